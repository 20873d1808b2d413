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

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.storage.database import plain_statements

Numbers = NDArray[Any]
LONGEST = 40
_MOST_BYTES = 12 * 2**20
_KEPT = "slips"
_LETTERS = 0x600
_WORDS = (
    "SELECT group_concat(form, ' '), group_concat(documents, ' ') FROM "
    "(SELECT form, documents FROM word_forms WHERE form >= ? AND form < ? ORDER BY length(form))"
)
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Words:
    """The words with one first letter, the shortest first."""

    letters: Numbers
    """A row of code points for each, 0 behind the end."""
    lengths: Numbers
    documents: Numbers
    presence: Numbers
    """For each word a bit for each letter that stands in it, letters 64 apart sharing one."""

    @property
    def size_bytes(self) -> int:
        """Room in memory."""
        return sum(each.nbytes for each in (self.letters, self.lengths, self.documents, self.presence))


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
                known = self._tables[first] = _table(*run(_WORDS, (first, first + _AFTER_ALL)).fetchone())
        self._tables.move_to_end(first)
        while len(self._tables) > 1 and sum(each.size_bytes for each in self._tables.values()) > _MOST_BYTES:
            self._tables.popitem(last=False)
        return known


def _table(forms: str | None, documents: str | None) -> Words:
    said = np.frombuffer((forms or "").encode("utf-32-le"), np.uint32).astype(np.uint16)
    ends = np.append(np.flatnonzero(said == ord(" ")), len(said)) if forms else np.empty(0, np.int64)
    begins = np.append(0, ends + 1)[: len(ends)]
    lengths = np.minimum(ends - begins, LONGEST)
    places = begins[:, None] + np.arange(int(lengths.max(initial=0)))
    letters = np.where(places < (begins + lengths)[:, None], said[np.minimum(places, max(0, len(said) - 1))], 0) if forms else np.zeros((0, 0), np.uint16)
    # Letters of other scripts are all the same letter here, which no typed one is.
    letters = np.where(letters < _LETTERS, letters, 1).astype(np.uint16)
    presence = np.bitwise_or.reduce(_BITS[letters], axis=1) if letters.size else np.zeros(len(ends), np.uint64)
    counts = np.array((documents or "").split(), np.int64)
    return Words(letters, lengths.astype(np.int16), counts, presence)


_BITS = np.left_shift(np.uint64(1), np.arange(_LETTERS, dtype=np.uint64) % np.uint64(64))
_BITS[0] = 0


def within(words: Words, typed: str, *, most: int) -> list[tuple[str, int, int]]:
    """Those of the words that are at most so many slips away from ``typed``, at most two: (word, slips, in how many documents)."""
    codes = np.array([ord(letter) for letter in typed])
    if not len(words.lengths) or len(codes) > LONGEST or codes.max() >= _LETTERS:
        return []
    first, last = np.searchsorted(words.lengths, [len(typed) - most, len(typed) + most + 1])
    wanted = np.bitwise_or.reduce(_BITS[codes])
    rows = first + np.flatnonzero(np.bitwise_count(words.presence[first:last] ^ wanted) <= 2 * most)
    far = _distances(words.letters[rows], words.lengths[rows], codes)
    near = far <= most
    return [
        ("".join(map(chr, words.letters[row, : words.lengths[row]].tolist())), int(slips), int(words.documents[row]))
        for row, slips in zip(rows[near].tolist(), far[near].tolist(), strict=True)
    ]


def _distances(letters: Numbers, lengths: Numbers, typed: Numbers) -> Numbers:
    """How many slips away each row of letters is from the typed ones."""
    one, none = np.uint64(1), np.uint64(0)
    places = np.zeros(_LETTERS, np.uint64)
    for number, code in enumerate(typed.tolist()):
        places[code] |= one << np.uint64(number)
    last = one << np.uint64(len(typed) - 1)
    far = np.full(len(letters), len(typed), np.int16)
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


def near(connection: Connection, typed: str, *, most: int) -> list[tuple[str, int, int]]:
    """Words of the volume that are at most so many slips away and begin with the first or the second letter of ``typed``: (word, slips, in how many documents)."""
    tables = connection.info.setdefault(_KEPT, Near())
    return [found for first in dict.fromkeys(typed[:2]) for found in within(tables.words(connection, first), typed, most=most) if found[0] != typed]
