"""Words one or two slips of the hand away: a letter left out, put in, changed, or two neighbours swapped.

All words of a volume that begin with a letter are kept as a table of numbers, read when one is first asked for and again when the volume has changed. What is
counted is the optimal string alignment distance (F. J. Damerau, CACM 7(3), 1964, restricted), for all of these words at once, by the bits of machine words (H. Hyyrö,
"A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10, 2003). The first letter may be wrong too where the typed second
one is the first, or where one slip is all.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.search.languages import has_cyrillic
from archive.storage.database import plain_statements

Numbers = NDArray[Any]
LONGEST = 24
_MOST_BYTES = 12 * 2**20
_KEPT = "slips"
_MOST_LETTERS = 254
_WORDS = "SELECT group_concat(form, ' '), group_concat(documents, ' ') FROM word_forms WHERE form >= ? AND form < ? AND length(form) <= ?"
_AMONG = "SELECT form, documents FROM word_forms WHERE form IN (SELECT value FROM json_each(?))"
_CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщыьэюяіўїєґ'"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz'"
_NO_LETTER = "\0"
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Words:
    """The words with one first letter, the shortest first."""

    alphabet: Numbers
    """The code points of the letters in them; the last one is 0, for the place behind the end of a word."""
    letters: Numbers
    """For each word a row of places in the alphabet."""
    lengths: Numbers
    documents: Numbers
    presence: Numbers
    """For each word a bit for each letter that stands in it, letters 64 apart sharing one."""

    @property
    def size_bytes(self) -> int:
        """Room in memory."""
        return self.letters.nbytes + self.lengths.nbytes + self.documents.nbytes + self.presence.nbytes


class Near:
    """Tables of the words of one volume, beside the connection that read them."""

    def __init__(self) -> None:
        self._version: tuple[int, int] | None = None
        self._tables: OrderedDict[str, Words] = OrderedDict()

    def words(self, connection: Connection, first: str) -> Words:
        """The words that begin with this letter."""
        with plain_statements(connection) as run:
            # Something is read first, so that the version is that of what is seen throughout.
            run("SELECT id FROM volume").fetchall()
            version = (run("PRAGMA data_version").fetchone()[0], run("SELECT total_changes()").fetchone()[0])
            if version != self._version:
                self._tables.clear()
                self._version = version
            known = self._tables.get(first)
            if known is None:
                known = self._tables[first] = _table(*run(_WORDS, (first, first + _AFTER_ALL, LONGEST)).fetchone())
                while len(self._tables) > 2 and sum(each.size_bytes for each in self._tables.values()) > _MOST_BYTES:
                    self._tables.popitem(last=False)
        self._tables.move_to_end(first)
        return known


def _table(forms: str | None, documents: str | None) -> Words:
    said = np.frombuffer((forms or "").encode("utf-32-le"), np.uint32)
    ends = np.append(np.flatnonzero(said == ord(" ")), len(said))[: len((documents or "").split())]
    begins = np.append(0, ends + 1)[: len(ends)]
    order = np.argsort(ends - begins, kind="stable")
    begins, lengths = begins[order], (ends - begins)[order]
    alphabet = np.flatnonzero(np.bincount(said))
    numbers = np.zeros(int(alphabet.max(initial=0)) + 1, np.int64)
    numbers[alphabet] = np.arange(len(alphabet))
    codes = numbers[said]
    # Of more letters than a byte has, which are those of rarer scripts, the last ones are one letter; words with it are not looked for.
    alphabet, codes = (
        np.append(alphabet[:_MOST_LETTERS], 0),
        np.append(np.minimum(codes, _MOST_LETTERS), len(alphabet[:_MOST_LETTERS])),
    )
    places = begins[:, None] + np.arange(int(lengths.max(initial=0)))
    letters = codes[np.where(places < (begins + lengths)[:, None], places, -1)].astype(np.uint8)
    presence = np.bitwise_or.reduce(_bits(alphabet)[letters], axis=1) if letters.size else np.zeros(len(ends), np.uint64)
    counts = np.array((documents or "").split(), np.int32)[order]
    return Words(alphabet, letters, lengths.astype(np.int8), counts, presence)


def _bits(letters: Numbers) -> Numbers:
    bits: Numbers = np.where(letters > 0, np.left_shift(np.uint64(1), letters.astype(np.uint64) % np.uint64(64)), np.uint64(0))
    return bits


def within(words: Words, typed: str, *, most: int) -> list[tuple[str, int, int]]:
    """Those of the words that are at most so many slips away from ``typed``, at most two: (word, slips, in how many documents)."""
    if not len(words.lengths) or not 1 < len(typed) <= LONGEST:
        return []
    codes = np.array([ord(letter) for letter in typed])
    first, last = np.searchsorted(words.lengths, [len(typed) - most, len(typed) + most + 1])
    wanted = np.bitwise_or.reduce(_bits(codes))
    rows = first + np.flatnonzero(np.bitwise_count(words.presence[first:last] ^ wanted) <= 2 * most)
    far = _distances(words.letters[rows], words.lengths[rows], words.alphabet[:, None] == codes)
    near = far <= most
    return [
        (
            "".join(map(chr, words.alphabet[words.letters[row, : words.lengths[row]]].tolist())),
            int(slips),
            int(words.documents[row]),
        )
        for row, slips in zip(rows[near].tolist(), far[near].tolist(), strict=True)
    ]


def _distances(letters: Numbers, lengths: Numbers, is_there: Numbers) -> Numbers:
    """How many slips away each row of letters is from the typed ones; ``is_there`` says which letter of the alphabet stands at which place of those."""
    one, none = np.uint64(1), np.uint64(0)
    typed = is_there.shape[1]
    places = (is_there * (one << np.arange(typed, dtype=np.uint64))).sum(axis=1, dtype=np.uint64)
    last = one << np.uint64(typed - 1)
    far = np.full(len(letters), typed, np.int16)
    more = np.full(len(letters), (last << one) - one, np.uint64)
    less, equal, before = (np.zeros(len(letters), np.uint64) for _ in range(3))
    for number in range(int(lengths.max(initial=0))):
        here = places[letters[:, number]]
        swapped = ((~equal & here) << one) & before
        equal = (((here & more) + more) ^ more) | here | less | swapped
        up, down = less | ~(equal | more), equal & more
        step = ((up & last) != none).astype(np.int16) - ((down & last) != none)
        far += np.where(number < lengths, step, 0)
        up, down = (up << one) | one, down << one
        more, less, before = down | ~(equal | up), up & equal, here
    return far


def near(connection: Connection, typed: str, *, most: int = 2) -> list[tuple[str, int, int]]:
    """Words of the volume that are at most so many slips away, with the limits named above: (word, slips, in how many documents); ``typed`` is not among them."""
    tables: Near = connection.info.setdefault(_KEPT, Near())
    found = {}
    for first in dict.fromkeys(typed[:2]):
        for form, far, documents in within(tables.words(connection, first), typed, most=most):
            found[form] = (form, far, documents)
    with plain_statements(connection) as run:
        others = msgspec.json.encode(sorted(_other_first_letter(typed))).decode()
        for form, documents in run(_AMONG, (others,)).fetchall():
            found[form] = (form, 1, documents)
    found.pop(typed, None)
    return [each for each in found.values() if _NO_LETTER not in each[0]]


def _other_first_letter(typed: str) -> set[str]:
    letters = _CYRILLIC_LETTERS if has_cyrillic(typed) else _LATIN_LETTERS
    return {*(letter + typed for letter in letters), *(letter + typed[1:] for letter in letters), typed[1:]} - {""}
