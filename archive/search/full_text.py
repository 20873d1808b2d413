"""What FTS5 is asked: where words stand in a row, and everything where the postings cannot be asked.

A phrase weighs what its words weigh wherever they stand in the document, and so does a word of the body or of the notes alone: BM25 of a phrase would need its
places in every document. A word of the title weighs by its places in the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from archive.search.query import AllOf, AnyOf, Expand, Node, Words, to_match
from archive.storage.database import Run

Numbers = NDArray[Any]

HAS = "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?"
ROWS = "SELECT group_concat(rowid) FROM words WHERE words MATCH ?"
EACH = "SELECT rowid FROM words WHERE words MATCH ?"
COUNTED = "SELECT count(*) FROM words WHERE words MATCH ?"
RANKED = (
    "SELECT rowid, bm25(words, 5.0, 1.0, 0.8, 0.0) AS badness FROM words WHERE words MATCH ?1 ORDER BY badness, rowid LIMIT ?2"
)
# The sign before rowid: otherwise SQLite asks FTS5 anew for every row of the inner question.
RANKED_WITHIN = (
    "SELECT rowid, bm25(words, 5.0, 1.0, 0.8, 0.0) AS badness FROM words WHERE words MATCH ?1 "
    "AND +rowid IN (SELECT rowid FROM words WHERE words MATCH ?3) ORDER BY badness, rowid LIMIT ?2"
)
RANKED_AMONG = (
    "SELECT rowid, bm25(words, 5.0, 1.0, 0.8, 0.0) AS badness FROM words WHERE words MATCH ?1 "
    "AND +rowid IN (SELECT rowid FROM words WHERE words MATCH ?3) AND +rowid IN (SELECT value FROM json_each(?4)) "
    "ORDER BY badness, rowid LIMIT ?2"
)


@cache
def words_of(node: Words) -> tuple[Words, ...]:
    """The single words that a phrase, or a word of one part of the document, weighs as; a beginning or a fuzzy word at the end of a phrase weighs nothing."""
    last_is_whole = not (node.is_prefix or node.is_fuzzy)
    column = node.column if node.column == "title" else None
    if len(node.words) == 1:
        return (replace(node, column=column, near=None),)
    words = node.words if last_is_whole else node.words[:-1]
    return tuple(Words((word,), column) for word in dict.fromkeys(words))


def ranked(node: Node) -> Node:
    """The question by which the documents that answer are ranked; all of them answer it too."""
    if isinstance(node, Words):
        parts = words_of(node)
        return parts[0] if len(parts) == 1 else AllOf(parts)
    if isinstance(node, AllOf):
        return AllOf(tuple(ranked(part) for part in node.parts), node.without)
    if isinstance(node, AnyOf):
        return AnyOf(tuple(ranked(part) for part in node.parts))
    return node


def match(node: Words, keys: tuple[str, ...], *, is_beginning: bool) -> str:
    """The FTS5 expression for one row of keys."""
    said = f'"{" ".join(keys)}"' + (" *" if is_beginning else "")
    return f"{node.column} : {said}" if node.column else said


def best(run: Run, node: Node, expand: Expand, most: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
    """The row and score of the best ``most`` documents that answer, equal ones in the order of their rows, from FTS5 alone.

    Args:
        run: runs a statement.
        node: the question.
        expand: gives the further keys of beginnings and fuzzy words.
        most: so many at most.
        among: other rows do not answer.
    """
    weighed = ranked(node)
    wanted = to_match(node, expand)
    if among is not None:
        rows = run(RANKED_AMONG, (to_match(weighed, expand), most, wanted, msgspec.json.encode(list(among)).decode())).fetchall()
    elif weighed == node:
        rows = run(RANKED, (wanted, most)).fetchall()
    else:
        rows = run(RANKED_WITHIN, (to_match(weighed, expand), most, wanted)).fetchall()
    return [(row, -badness) for row, badness in rows]


def rows(run: Run, node: Node, expand: Expand) -> Numbers:
    """The rows of all documents that answer, in order, from FTS5 alone."""
    return listed(run, to_match(node, expand))


def listed(run: Run, match: str) -> Numbers:
    """The rows for which FTS5 has this expression, in order."""
    found = run(ROWS, (match,)).fetchone()[0]
    numbers: Numbers = np.fromstring(found or "", np.int64, sep=",")
    return numbers
