"""The list of all words of a volume as they are written, and what can be asked of it.

Answers are (word, in how many documents of the volume it stands), most frequent first, equal ones in the order of their letters.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Row, text

from archive.search import sounds
from archive.search.languages import has_cyrillic
from archive.storage.database import plain_statements

Forms = list[tuple[str, int]]

_COUNT = (
    "INSERT INTO word_forms (form, documents) SELECT key, value FROM json_each(?) WHERE true "
    "ON CONFLICT (form) DO UPDATE SET documents = documents + excluded.documents"
)
_UNCOUNT = text("UPDATE word_forms SET documents = documents - 1 WHERE form IN (SELECT value FROM json_each(:forms))")
_GONE = text("SELECT form FROM word_forms WHERE form IN (SELECT value FROM json_each(:forms)) AND documents < 1")
_FORGET = text("DELETE FROM word_forms WHERE form IN (SELECT value FROM json_each(:forms)) AND documents < 1")
_LIST = "INSERT OR IGNORE INTO skeletons (skeleton, form) VALUES (?, ?)"
_UNLIST = "DELETE FROM skeletons WHERE skeleton = ? AND form = ?"
_HEARD = (
    "SELECT group_concat(form, ' ') FROM (SELECT form FROM json_each(?) CROSS JOIN skeletons ON skeleton = value "
    "WHERE length(form) BETWEEN ? AND ? LIMIT ?)"
)
_BEGINNING = text(
    "SELECT form, documents FROM word_forms WHERE form >= :first AND form < :last AND length(form) <= :longest "
    "ORDER BY documents DESC, form LIMIT :most"
)
_HOW_MANY = text("SELECT count(*) FROM (SELECT 1 FROM word_forms WHERE form >= :first AND form < :last LIMIT :most)")
_AMONG = text("SELECT form, documents FROM word_forms WHERE form IN (SELECT value FROM json_each(:forms))")
_AMONG_FORMS = "SELECT form, documents FROM word_forms WHERE form IN (SELECT value FROM json_each(?))"
_AFTER_ALL = "\U0010ffff"
_LONGEST_ENDING = 8
_LENGTHS_DIFFER = 5
_MOST = ((300, 80), (100, 5))
"""How many words are looked at and how many of them kept: of the other script, and of one's own."""
_OFTEN, _SLIPPED_OFTEN = 0.1, 0.25
_SHORTEST_OF_TWO_SLIPS = 6


def add_many(connection: Connection, forms_of: Iterable[Collection[str]]) -> None:
    """Count one more document for each of the words, for the words of each document; those with a capital letter are names (:mod:`archive.search.entry`)."""
    counted: Counter[str] = Counter()
    listed: set[tuple[int, str]] = set()
    for forms in forms_of:
        counted.update(forms)
    for form in [form for form in counted if form[0].isupper()]:
        small = form.lower()
        counted[small] += counted.pop(form)
        listed.update((skeleton, small) for skeleton in sounds.listed(small))
    if counted:
        # In the order of the table, which is written page by page then.
        ordered = {form: counted[form] for form in sorted(counted)}
        connection.exec_driver_sql(_COUNT, (msgspec.json.encode(ordered).decode(),))
    if listed:
        connection.exec_driver_sql(_LIST, sorted(listed))


def clear(connection: Connection) -> None:
    """Forget all words."""
    connection.exec_driver_sql("DELETE FROM skeletons")
    connection.exec_driver_sql("DELETE FROM word_forms")


def remove(connection: Connection, forms: Collection[str]) -> None:
    """Count one document less for each of the words, and forget those that stand nowhere any more."""
    row = {"forms": _json([form.lower() for form in forms])}
    connection.execute(_UNCOUNT, row)
    gone = connection.execute(_GONE, row).scalars().all()
    unlisted = [(skeleton, form) for form in gone for skeleton in sounds.listed(form)]
    if unlisted:
        connection.exec_driver_sql(_UNLIST, unlisted)
    connection.execute(_FORGET, row)


def beginning_with(connection: Connection, beginning: str, *, most: int) -> Forms:
    """Words that begin so and go on for no longer than an ending; at most ``most``."""
    row = {"first": beginning, "last": beginning + _AFTER_ALL, "longest": len(beginning) + _LONGEST_ENDING, "most": most}
    return [(form, documents) for form, documents in connection.execute(_BEGINNING, row)]


def counts(connection: Connection, words: Collection[str]) -> dict[str, int]:
    """In how many documents of the volume each of these words stands; those that stand in none are left out."""
    return _counts(connection.execute(_AMONG, {"forms": _json(words)}))


def are_many(connection: Connection, beginning: str, *, more_than: int) -> bool:
    """Whether more words than that begin so."""
    row = {"first": beginning, "last": beginning + _AFTER_ALL, "most": more_than + 1}
    return int(connection.execute(_HOW_MANY, row).scalar_one()) > more_than


def near(connection: Connection, word: str, *, most: int = 20) -> Forms:
    """Words a slip of the hand away from ``word``; where there is none, for a word of six letters and more, those two slips away. The word itself is not among them."""
    slips = mistyped(connection, word)
    fewest = min((slip for _, slip in slips), default=1)
    if fewest > 1 and len(word) < _SHORTEST_OF_TWO_SLIPS:
        return []
    return _sorted((each.form, each.documents) for each, slip in slips if slip == fewest)[:most]


def mistyped(connection: Connection, word: str) -> list[tuple[Alike, int]]:
    """Words one or two slips of the hand away (:mod:`archive.search.slips`), the likeliest first, each with the number of slips; the word itself is not among them."""
    # numpy comes in with it.
    from archive.search import slips

    found = [
        (Alike(form, documents, far - _SLIPPED_OFTEN * math.log(documents + 1)), far)
        for form, far, documents in slips.near(connection, word)
    ]
    return sorted(found, key=lambda each: (each[0].far, each[0].form))


@dataclass(frozen=True)
class Alike:
    """A word that another one may be meant for."""

    form: str
    documents: int
    far: float
    """How far off: about 0 for the same sound or spelling, 1 for a slip of the hand, less for a frequent word."""


def sounding_like(connection: Connection, word: str, *, limit_s: float = math.inf) -> list[Alike]:
    """Names of either script that sound like ``word``, by the rules of :mod:`archive.search.names`, nearest first; the word itself is not among them.

    Args:
        connection: to the volume.
        word: folded.
        limit_s: after this time nothing more is begun.
    """
    # numpy comes in with it.
    from archive.search import names

    until = time.perf_counter() + limit_s
    typed = sounds.spelt(word)
    lengths = (max(1, len(typed) - _LENGTHS_DIFFER), len(typed) + _LENGTHS_DIFFER)
    found: dict[str, float] = {}
    with plain_statements(connection) as run:
        for channel, (heard, near) in zip(names.channels(from_cyrillic=has_cyrillic(word)), _MOST, strict=True):
            if time.perf_counter() > until or len(typed) < 2:
                break
            skeletons, least = channel.skeletons(typed)
            listed = run(_HEARD, (msgspec.json.encode(skeletons).decode(), *lengths, heard)).fetchone()[0]
            if listed:
                for form, far in channel.nearest(typed, dict.fromkeys(listed.split(" ")), least=least, most=near):
                    found[form] = min(far, found.get(form, far))
        found.pop(word, None)
        documents = dict(run(_AMONG_FORMS, (_json(found),)).fetchall())
    return sorted(
        (Alike(form, documents[form], far - often(documents[form])) for form, far in found.items() if form in documents),
        key=lambda each: (each.far, each.form),
    )


def often(documents: int) -> float:
    """How much nearer a word is that stands in so many documents: as many times as likely, so much."""
    return _OFTEN * math.log(documents + 1)


def _json(forms: Collection[str]) -> str:
    return msgspec.json.encode(sorted(forms)).decode()


def _counts(rows: Iterable[Row[tuple[str, int]]]) -> dict[str, int]:
    return {row.form: row.documents for row in rows}


def _sorted(found: Iterable[tuple[str, int]]) -> Forms:
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def distance(one: str, other: str, *, most: int) -> int:
    """How many letters must be left out, put in, changed, or swapped with a neighbour to make one word the other.

    This is the optimal string alignment distance (F. J. Damerau, CACM 7(3), 1964, restricted); above ``most`` any larger number is returned.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, opposite in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and opposite == one[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
