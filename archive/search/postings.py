"""Postings: for each key of a word, in which documents of the volume it stands and how much it weighs there.

They are a second index beside the table ``words`` (FTS5), from which the same questions are answered faster; whatever is said here follows from
the other tables (:func:`archive.search.index.rebuild_postings`), and without it, or where it lags behind (:func:`is_current`), FTS5 answers alone.

A new document is one row of ``forward``: found at once, looked through from end to end. When 256 have gathered they become a segment, and eight segments
of a size one of the next, up to 65,536 documents: in small steps, each a transaction (:mod:`archive.search.merging`). Inside a segment a document is a
number from 0 in the order of rows, so that all arrays of a segment are short and start at 0.

A weight is f, the number of places with a title's counted five times and a note's 0.8 times, as one byte (:data:`PLACES`): exact up to 20 places, then within two
hundredths. The part of BM25 that belongs to word and document follows from it when a question is asked: f / (f + k1 (1 - b + b length / mean length)), with FTS5's own
k1 = 1.2 and b = 0.75 and the mean length that the volume has then.

Beside keys stand two other sorts of term: a key of the title behind :data:`IN_TITLE`, which counts places in the title only, and two
common words in a row, each behind :data:`PAIR`, whose phrase FTS5 would be slow to find.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.model.document import Document, Role
from archive.search.common_words import COMMON_KEYS
from archive.search.entry import BETWEEN_PASSAGES, COLUMNS, date_token
from archive.storage.database import plain_statements
from archive.values import Language

Numbers = NDArray[Any]

VERSION = 3
"""Of keys, weights and arrays; a volume with postings of another version is answered by FTS5 until they are made anew."""
WEIGHTS = {"title": 25, "body": 5, "notes": 4}
"""How much one place of a word weighs, in fifths: as FTS5 is told in :mod:`archive.search.answer`."""
ROLES = (Role.REPORT, Role.SOURCE)
LANGUAGES = (Language.UNKNOWN, Language.ENGLISH, Language.RUSSIAN, Language.BELARUSIAN, Language.UKRAINIAN)
FORWARD_DOCUMENTS = 256
IN_TITLE, PAIR = "\ue003", "\ue004"
K1, B = 1.2, 0.75
ARRAYS = {"rows": "<u4", "lengths": "<u4", "roles": "u1", "languages": "u1", "dates": "<u4", "digests": "<u8"}
"""The arrays of a segment, with the type of their numbers."""
READ_FORWARD = "SELECT document, length, role, language, date, digest, words FROM forward ORDER BY document"
_KNOWN_TERMS = "SELECT terms.key, terms.id FROM json_each(?) AS wanted CROSS JOIN terms ON terms.key = wanted.value"
READ_STATE = "SELECT version, last, documents, length, change, segments_change FROM postings_state"
_LAST = "SELECT max(id) FROM words_docsize"


@dataclass(frozen=True)
class State:
    """What the postings of a volume cover: up to which row, how many documents, of how many words together."""

    version: int
    last: int
    documents: int
    length: int
    change: int
    """Another random number after every change: what was read of the postings stays true while it stays."""
    segments_change: int
    """Another random number after every change of the segments."""

    @property
    def mean_length(self) -> float:
        """Words per document."""
        return self.length / max(1, self.documents)


def state(connection: Connection) -> State | None:
    """What the postings cover; None where there are none."""
    row = connection.exec_driver_sql(READ_STATE).first()
    return State(*row) if row else None


def is_current(connection: Connection, known: State | None) -> bool:
    """Whether the postings cover what ``words`` holds. It is enough to compare the last rows: no program takes a row out of one of them alone."""
    return known is not None and known.version == VERSION and known.last == (connection.exec_driver_sql(_LAST).scalar() or 0)


def may_go_on(connection: Connection, known: State) -> bool:
    """Whether what the postings cover is whole up to their last row, so that further documents can be taken in behind it."""
    forward = connection.exec_driver_sql("SELECT coalesce(max(document), 0) FROM forward").scalar_one()
    last = connection.exec_driver_sql(_LAST).scalar() or 0
    return known.version == VERSION and max(forward, known.documents) <= known.last <= last


def factor(lengths: Numbers, mean_length: float) -> Numbers:
    """What stands beside f in BM25, for documents of these lengths."""
    scaled: Numbers = (K1 * (1 - B + B * lengths.astype(np.float64) / max(mean_length, 1e-9))).astype(np.float32)
    return scaled


def coded(weights: Numbers) -> Numbers:
    """Bytes for weights f."""
    fifths = np.maximum(np.rint(weights * 5), 1)
    steps = _EXACT + np.log(np.maximum(fifths, _EXACT) / _EXACT) / math.log(_STEP)
    codes: Numbers = np.minimum(np.where(fifths <= _EXACT, fifths, np.rint(steps)), 255).astype(np.uint8)
    return codes


_EXACT, _STEP = 100, 1.035
_CODES = np.arange(256)
PLACES = (np.where(_CODES <= _EXACT, _CODES, _EXACT * _STEP ** np.maximum(_CODES - _EXACT, 0)) / 5).astype(np.float32)
"""The weight f that each byte stands for: a fifth of it up to 100, of every further one 1.035 times that of the one before."""


Said = tuple[int, Document, Mapping[str, str]]
"""Of a document its row, what it states of itself, and its columns as ``words`` will have them."""


def add_many(connection: Connection, said: Sequence[Said]) -> None:
    """Take in documents, before ``words`` does, in the transaction of ``connection``. Postings that lag behind are forgotten.

    Args:
        connection: to the volume.
        said: documents in the order of their rows, which are larger than those of all documents before.
    """
    known = state(connection)
    last = connection.exec_driver_sql(_LAST).scalar() or 0
    if (known is None and last == 0) or (is_current(connection, known) and said[0][0] > last):
        take_in(connection, said)
    elif known is not None:
        clear(connection)


def take_in(connection: Connection, said: Sequence[Said]) -> None:
    """What :func:`add_many` does, whatever ``words`` holds."""
    from archive.search import merging

    connection.exec_driver_sql("INSERT OR IGNORE INTO postings_state VALUES (1, ?, 0, 0, 0, 0, 0, 0)", (VERSION,))
    log = _counted(connection, said)
    connection.exec_driver_sql(
        "UPDATE postings_state SET last = ?, documents = documents + ?, length = length + ?, change = ?",
        (said[-1][0], len(said), int(log.lengths.sum()), new_change()),
    )
    marks = np.searchsorted(log.documents, np.arange(len(said) + 1)).tolist()
    numbers = [getattr(log, name).tolist() for name in ARRAYS]
    weights = np.rint(log.weights * 5).astype("<u4")
    words = [log.terms[a:b].astype("<u4").tobytes() + weights[a:b].tobytes() for a, b in pairwise(marks)]
    stored = [(*row[:5], _signed(row[5]), blob) for row, blob in zip(zip(*numbers, strict=True), words, strict=True)]
    connection.exec_driver_sql("INSERT INTO forward VALUES (?, ?, ?, ?, ?, ?, ?)", stored)
    merging.keep_up(connection, len(said))


class _Numbers(dict[str, int]):
    """Numbers for keys in the order in which they are met."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


def _counted(connection: Connection, said: Sequence[Said]) -> ForwardLog:
    """How much each term weighs in each document; terms that the volume has not seen get their numbers."""
    met = _Numbers()
    between = met[BETWEEN_PASSAGES]
    lengths: list[int] = []
    parts: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in WEIGHTS}
    for _, _, columns in said:
        keys = {name: columns[name].split() for name in COLUMNS}
        lengths.append(sum(map(len, keys.values())))
        for name, (numbers, sizes) in parts.items():
            numbers.extend(map(met.__getitem__, keys[name]))
            sizes.append(len(keys[name]))
    names = list(met)
    is_common = np.fromiter((name in COMMON_KEYS for name in names), np.bool_, len(names))
    found: list[tuple[Numbers, Numbers, Numbers]] = []
    pairs: list[tuple[Numbers, Numbers, Numbers]] = []
    for name, (numbers, sizes) in parts.items():
        terms = np.array(numbers, np.int64)
        documents = np.repeat(np.arange(len(said)), sizes)
        weights = np.full(len(terms), WEIGHTS[name], np.int64)
        found.append((terms, documents, weights))
        at = np.flatnonzero(is_common[terms[:-1]] & is_common[terms[1:]] & (documents[:-1] == documents[1:]))
        pairs.append((terms[at] * len(names) + terms[at + 1], documents[at], weights[at]))
    in_title = (found[0][0] + len(names), found[0][1], found[0][2])
    coded, paired_documents, paired_weights = (np.concatenate(each) for each in zip(*pairs, strict=True))
    codes, paired = np.unique(coded, return_inverse=True)
    terms, documents, weights = (
        np.concatenate(each)
        for each in zip(*found, in_title, (paired + 2 * len(names), paired_documents, paired_weights), strict=True)
    )
    is_met = np.zeros(2 * len(names) + len(codes), np.bool_)
    is_met[terms] = True
    is_met[[between, between + len(names)]] = False
    spelt = _spelt(np.flatnonzero(is_met), names, codes)
    ids = np.zeros(len(is_met), np.int64)
    ids[is_met] = _term_ids(connection, spelt)
    stays = is_met[terms]
    together, added = _added_up(documents[stays], ids[terms[stays]], weights[stays])
    described = [(each[1].role, each[1].description, each[1].document) for each in said]
    return ForwardLog(
        rows=np.array([row for row, _, _ in said], np.int64),
        lengths=np.array(lengths, np.int64),
        roles=np.array([ROLES.index(role) for role, _, _ in described], np.int64),
        languages=np.array([LANGUAGES.index(each.language) for _, each, _ in described], np.int64),
        dates=np.array([date_number(each.published_on or "") for _, each, _ in described], np.int64),
        digests=np.array([int(digest[:16], 16) for _, _, digest in described], np.uint64),
        terms=(together & 0xFFFFFFFF).astype(np.uint32),
        documents=together >> 32,
        weights=added / 5,
    )


def _added_up(documents: Numbers, terms: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Documents and terms as one number, each once and in order, and what all their weights come to; a weight has five bits."""
    # Sorting numbers is several times as fast as finding the order of others by them.
    whole = np.sort((documents << 37) | (terms << 5) | weights)
    keys = whole >> 5
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    added = np.add.reduceat(whole & 31, starts) if len(starts) else whole
    return keys[starts], added


def _spelt(numbers: Numbers, names: Sequence[str], codes: Numbers) -> list[str]:
    """The terms of numbers in order: keys, keys in a title, and two keys in a row."""
    plain, titles = np.searchsorted(numbers, (len(names), 2 * len(names))).tolist()
    ordered = numbers.tolist()
    found = [names[number] for number in ordered[:plain]]
    found += [IN_TITLE + names[number - len(names)] for number in ordered[plain:titles]]
    for code in codes[numbers[titles:] - 2 * len(names)].tolist():
        first, second = divmod(code, len(names))
        found.append(pair_term(names[first], names[second]))
    return found


def pair_term(first: str, second: str) -> str:
    """The term of two common keys in a row."""
    return PAIR + first + PAIR + second


def _signed(number: int) -> int:
    """A number of 64 bits as SQLite keeps one."""
    return number - (1 << 64) if number >> 63 else number


def new_change() -> int:
    """A random number that SQLite can keep."""
    return secrets.randbits(62)


def date_number(published_on: str) -> int:
    """A date as one number: its digits filled up to eight, and how many there were: ``2025-01`` gives 202501006."""
    digits = date_token(published_on)[1:]
    return int(digits.ljust(8, "0")) * 10 + len(digits) if digits else 0


def _term_ids(connection: Connection, keys: Sequence[str]) -> list[int]:
    """The numbers of these different terms; new ones for those that the volume does not know."""
    with plain_statements(connection) as run:
        found: dict[str, int] = dict(run(_KNOWN_TERMS, (_json(keys),)).fetchall())
        missing = sorted(set(keys).difference(found))
        if missing:
            begin = run("SELECT terms FROM postings_state").fetchone()[0]
            run("INSERT INTO terms (key, id) SELECT value, ? + key FROM json_each(?)", (begin, _json(missing)))
            run("UPDATE postings_state SET terms = ?", (begin + len(missing),))
            found.update(zip(missing, range(begin, begin + len(missing)), strict=True))
    return [found[key] for key in keys]


def _json(keys: Sequence[Any]) -> str:
    return msgspec.json.encode(keys).decode()


@dataclass(frozen=True)
class ForwardLog:
    """The documents that are in no segment yet, in the order of their rows."""

    rows: Numbers
    lengths: Numbers
    roles: Numbers
    languages: Numbers
    dates: Numbers
    digests: Numbers
    """The first 64 bits of each document's identifier."""
    terms: Numbers
    """Of every word of every document, one after the other; ``documents`` and ``weights`` beside them."""
    documents: Numbers
    weights: Numbers


def read_forward(connection: Connection) -> ForwardLog:
    """All of ``forward``."""
    return forward_log(connection.exec_driver_sql(READ_FORWARD).fetchall())


def forward_log(stored: Sequence[Any]) -> ForwardLog:
    """The rows that :data:`READ_FORWARD` gives, as arrays."""
    numbers = np.array([row[:6] for row in stored], np.int64).reshape(-1, 6).T
    words = [np.frombuffer(row[6], "<u4").reshape(2, -1) for row in stored]
    counts = [part.shape[1] for part in words]
    whole = np.concatenate(words, axis=1) if words else np.zeros((2, 0), np.uint32)
    documents = np.repeat(np.arange(len(stored)), counts)
    rows, lengths, roles, languages, dates, digests = numbers
    return ForwardLog(rows, lengths, roles, languages, dates, digests.astype(np.uint64), whole[0], documents, whole[1] / 5)


def remove(connection: Connection, row_id: int, columns: Mapping[str, str]) -> None:
    """Take a document out, before ``words`` does, in the transaction of ``connection``: its segment is written anew, its own terms are forgotten.

    Args:
        connection: to the volume.
        row_id: of the document; nothing is done where the postings do not know it.
        columns: all its keys, as ``words`` has them; empty where they are not known.
    """
    from archive.search import merging

    known = state(connection)
    if known is None or not is_current(connection, known):
        connection.exec_driver_sql("DELETE FROM postings_state")
        return
    merging.abandon(connection)
    length = connection.exec_driver_sql("SELECT length FROM forward WHERE document = ?", (row_id,)).scalar()
    connection.exec_driver_sql("DELETE FROM forward WHERE document = ?", (row_id,))
    if length is None:
        length = merging.leave_out(connection, row_id)
        if length is None:
            return
    _forget(connection, _all_terms(columns))
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM words_docsize WHERE id <> ?", (row_id,)).scalar_one()
    connection.exec_driver_sql(
        "UPDATE postings_state SET last = ?, documents = documents - 1, length = length - ?, change = ?, segments_change = ?",
        (last, length, new_change(), new_change()),
    )


def _all_terms(columns: Mapping[str, str]) -> list[str]:
    """Every term of a document, and some that it may not have."""
    found: set[str] = set()
    for name, keys in ((name, columns[name].split()) for name in WEIGHTS if name in columns):
        found.update(keys)
        found.update(IN_TITLE + key for key in keys if name == "title")
        found.update(pair_term(first, second) for first, second in pairwise(keys) if {first, second} <= COMMON_KEYS)
    return sorted(found)


def _forget(connection: Connection, spelt: Sequence[str]) -> None:
    """Forget those of these terms that stand in no document any more."""
    with plain_statements(connection) as run:
        unused: dict[str, int] = dict(run(_KNOWN_TERMS, (_json(spelt),)).fetchall())
    used = set(np.unique(read_forward(connection).terms).tolist())
    for (blob,) in connection.exec_driver_sql("SELECT terms FROM postings"):
        used.update(np.frombuffer(blob, "<u4").tolist())
    gone = [key for key, number in unused.items() if number not in used]
    connection.exec_driver_sql("DELETE FROM terms WHERE key IN (SELECT value FROM json_each(?))", (_json(gone),))


def clear(connection: Connection) -> None:
    """Forget all postings; FTS5 answers alone until they are made anew."""
    for table in ("postings", "segments", "joining", "forward", "terms", "postings_state"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our own names
