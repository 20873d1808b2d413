"""Which documents answer a question of any kind, as sets of rows of each volume.

What an index of words tells is asked of it whole; publishers, sites, collections and citations narrow by :mod:`archive.search.narrowing`; a word as
it is written is found in all its forms first, a long phrase by its longest words, and then looked for in the text of what is left. All of it ends in time (:mod:`archive.search.deadline`): where
that is too little, what is not known to answer is no answer, and the count says that there may be more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from archive.model.document import Document
from archive.model.hit import Order
from archive.search import full_text, ranking, showing
from archive.search.deadline import FOUND_ROUGHLY_S, FOUND_S, Deadline
from archive.search.entry import cyrillic_language, description_lines
from archive.search.expanding import Expanding
from archive.search.facets import in_order_of_titles
from archive.search.index import has_own_keys
from archive.search.narrowing import Narrowing
from archive.search.query import AllOf, AnyOf, Chosen, Filter, Narrow, Node, Words, over_volumes, to_match, words_asked
from archive.search.showing import Opened
from archive.search.snippets import Exactly, Finder, find
from archive.storage import rows, tables
from archive.storage.database import Interrupted, plain_statements

Numbers = NDArray[Any]
_MOST_WORDS_ROUGHLY = 40
_AT_ONCE = 40
_LONG, _LONGEST_WORDS, _ROW = 16, 24, 3
_KINDS = {"body": " AND kind <> 'note'", "notes": " AND kind = 'note'"}
_NONE = np.zeros(0, np.int64)


class Matching:
    """One question at work on the volumes of one archive.

    Args:
        connections: to all volumes.
        tree: the question.
        deadline: of the question.
    """

    def __init__(self, connections: Sequence[Connection], tree: Node, deadline: Deadline) -> None:
        self._connections = connections
        self._tree = tree if len(connections) == 1 else over_volumes(tree)
        self.expanding = Expanding(deadline)
        """What beginnings, and words with slips, stand for."""
        self._deadline = deadline
        self.narrowing = Narrowing(connections, deadline)
        self._has_own_keys = list(map(has_own_keys, connections))
        self._is_exact = all(self._has_own_keys)
        self.count = 0
        """How many documents answer, once a page was asked for."""
        self.counts: dict[int, int] = {}
        """How many rows of a volume answer, where asking for the best of them told it."""
        self.digests: dict[int, Numbers] = {}
        """The first 64 bits of the identifiers of the documents of a volume that answer, where there are several volumes and it told it."""

    @property
    def is_exact(self) -> bool:
        """Whether all documents that answer were found."""
        return self._is_exact and self.expanding.is_exact and self.narrowing.is_exact

    @property
    def is_plain(self) -> bool:
        """Whether an index of words tells all."""
        return _is_plain(self._tree)

    def rows(self, volume: int) -> Numbers:
        """The rows of a volume that answer, in order."""
        return self._rows(volume, self._tree, None)

    def mask(self) -> Numbers:
        """For each document of the archive whether it answers."""
        return self.narrowing.columns.mask_of([self.rows(volume) for volume in range(len(self._connections))])

    def knows_unwanted(self, volume: int, node: Node | None = None) -> bool:
        """Whether everything was looked up that an answer, or a part of the question, must not hold; else nobody can say what answers."""
        connection = self._connections[volume]
        leaves = _leaves(node or self._tree)
        return not any(
            isinstance(leaf, Words) and leaf.is_unwanted and self.expanding.is_cut(connection, leaf) for leaf in leaves
        )

    def scored(self, volume: int, most: int) -> list[tuple[int, float]]:
        """The best rows of a volume with their scores, of a plain question."""
        return self._best(volume, self._tree, most, None)

    def page(self, offset: int, limit: int, order: Order) -> list[tuple[int, int, float]]:
        """Volume, row and score of the documents that answer, from ``offset`` on."""
        by_volume = [self.rows(volume) for volume in range(len(self._connections))]
        if order == Order.RELEVANCE and len(by_volume) == 1:
            self.count = len(by_volume[0])
            return [(0, row, score) for row, score in self._ranked(0, by_volume[0], offset + limit)[offset:]]
        columns = self.narrowing.columns
        mask = columns.mask_of(by_volume)
        self.count = int(mask.sum())
        if order == Order.RELEVANCE:
            return self._ranked_together(by_volume, offset + limit)[offset:]
        found = np.flatnonzero(mask)
        if order == Order.TITLE:
            with self._deadline.apart():
                ordered = in_order_of_titles(columns, self._connections)
            keys = ordered[found]
        else:
            dates = columns.dates[found]
            keys = -dates if order == Order.NEWEST else np.where(dates == 0, np.iinfo(np.int64).max, dates)
        chosen = found[np.argsort(keys, kind="stable")[offset : offset + limit]]
        return [self._place(number, by_volume) for number in chosen.tolist()]

    def _place(self, number: int, by_volume: Sequence[Numbers]) -> tuple[int, int, float]:
        """Where a document that answers stands: the first volume in which it does."""
        columns = self.narrowing.columns
        for volume, here in enumerate(by_volume):
            for row in columns.rows[volume][columns.numbers[volume] == number].tolist():
                if row in here:
                    return volume, row, 0.0
        raise LookupError(number)

    def _ranked_together(self, by_volume: Sequence[Numbers], most: int) -> list[tuple[int, int, float]]:
        columns = self.narrowing.columns
        scored = [
            (-score, volume, row) for volume, rows in enumerate(by_volume) for row, score in self._ranked(volume, rows, most)
        ]
        best: dict[int, tuple[int, int, float]] = {}
        for badness, volume, row in sorted(scored):
            [number] = columns.numbers_at(volume, {row}).tolist()
            best.setdefault(number, (volume, row, -badness))
        return list(best.values())[:most]

    def _ranked(self, volume: int, rows: Numbers, most: int) -> list[tuple[int, float]]:
        """The best of these rows, by the words of the question; those without any come last."""
        asked = list(dict.fromkeys(map(_loosely, words_asked(self._tree))))
        best: list[tuple[int, float]] = []
        if asked and len(rows):
            tree = asked[0] if len(asked) == 1 else AnyOf(tuple(asked))
            best = self._best(volume, tree, most, rows)
        if len(best) < min(most, len(rows)):
            with_words = {row for row, _ in best}
            left = (row for row in rows.tolist() if row not in with_words)
            best += [(row, 0.0) for row, _ in zip(left, range(most - len(best)), strict=False)]
        return best

    def _best(self, volume: int, tree: Node, most: int, among: Numbers | None) -> list[tuple[int, float]]:
        try:
            return self._best_in_time(volume, tree, most, among)
        except Interrupted:
            self._is_exact = False
            rows = self._some_rows(volume, tree) if among is None else among
            return [(row, 0.0) for row in rows[:most].tolist()]

    def _best_in_time(self, volume: int, tree: Node, most: int, among: Numbers | None) -> list[tuple[int, float]]:
        connection = self._connections[volume]
        expand = self.expanding.in_volume(connection)
        try:
            with self._deadline.until(connection, FOUND_S) as run:
                ranked = ranking.Ranking(run, tree, expand)
                count, best = ranked.best(most, among=among)
                if among is None and len(self._connections) > 1:
                    self.digests[volume] = ranked.digests()
        except ranking.LeftToWords:
            count = None
            with self._deadline.until(connection, FOUND_S) as run:
                best = full_text.best(run, tree, expand, most, None if among is None else among.tolist())
        if not self.knows_unwanted(volume, tree):
            raise Interrupted
        if among is None and count is not None:
            self.counts[volume] = count
        return best

    def _some_rows(self, volume: int, node: Node) -> Numbers:
        """Rows that answer, as many as FTS5 has time to name."""
        found: list[int] = []
        connection = self._connections[volume]
        if sum(len(leaf.words) for leaf in _leaves(node) if isinstance(leaf, Words)) <= _MOST_WORDS_ROUGHLY:
            match = to_match(node, self.expanding.in_volume(connection))
            if not self.knows_unwanted(volume, node):
                return _NONE
            with suppress(Interrupted), self._deadline.until(connection, FOUND_ROUGHLY_S) as run:
                found.extend(row for (row,) in run(full_text.EACH, (match,)))
        return _sorted(found)

    def _rows(self, volume: int, node: Node, within: Numbers | None) -> Numbers:
        if isinstance(node, (Narrow, Chosen)):
            found = self.narrowing.rows(node, volume)
        elif _is_plain(node):
            found = self._plain_rows(volume, node)
        elif isinstance(node, Words):
            loose = _both(self._plain_rows(volume, _loosely(node)), within)
            return self._looked_at(volume, node, loose)[0]
        elif isinstance(node, AnyOf):
            found = np.unique(np.concatenate([self._rows(volume, part, within) for part in node.parts]))
        else:
            assert isinstance(node, AllOf)
            return self._all_rows(volume, node, within)
        return _both(found, within)

    def _all_rows(self, volume: int, node: AllOf, within: Numbers | None) -> Numbers:
        """What an index of words tells first, what must be looked for in the text last."""
        plain = tuple(part for part in node.parts if _is_plain(part))
        unwanted = tuple(part for part in node.without if _is_plain(part)) if plain else ()
        if plain:
            alone = plain[0] if len(plain) == 1 and not unwanted else AllOf(plain, unwanted)
            within = _both(self._plain_rows(volume, alone), within)
        for part in sorted((part for part in node.parts if part not in plain), key=_cost):
            within = self._rows(volume, part, within)
        assert within is not None
        for part in sorted((part for part in node.without if part not in unwanted), key=_cost):
            within = np.setdiff1d(within, self._perhaps(volume, part, within), assume_unique=True)
        return within

    def _perhaps(self, volume: int, node: Node, within: Numbers) -> Numbers:
        """The rows that answer, and those of which it is not known whether they do."""
        if isinstance(node, AnyOf):
            return np.unique(np.concatenate([self._perhaps(volume, part, within) for part in node.parts]))
        was_exact, self._is_exact = self._is_exact, True
        if isinstance(node, Words) and not _is_plain(node):
            found = _both(self._plain_rows(volume, _loosely(node)), within)
            is_whole = self._is_exact
            found = np.union1d(*self._looked_at(volume, node, found)) if is_whole else found
        else:
            found = self._rows(volume, node, within)
            is_whole = self._is_exact
        self._is_exact = self._is_exact and was_exact
        is_known = self._has_own_keys[volume] or not any(isinstance(leaf, (Words, Filter)) for leaf in _leaves(node))
        return found if is_whole and is_known and self.narrowing.is_exact and self.knows_unwanted(volume, node) else within

    def _plain_rows(self, volume: int, node: Node) -> Numbers:
        """The rows that answer, as many as there was time to find."""
        connection = self._connections[volume]
        expand = self.expanding.in_volume(connection)
        try:
            try:
                with self._deadline.until(connection, FOUND_S) as run:
                    found = ranking.Ranking(run, node, expand).rows().astype(np.int64)
            except ranking.LeftToWords:
                with self._deadline.until(connection, FOUND_S) as run:
                    found = full_text.rows(run, node, expand)
        except Interrupted:
            self._is_exact = False
            return self._some_rows(volume, node)
        return found if self.knows_unwanted(volume, node) else _NONE

    def _looked_at(self, volume: int, node: Words, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Of rows that hold a word in some form, those that hold it as it is written, and those there was no time to look at; the best first."""
        loose = _loosely(node)
        ordered = [row for row, _ in self._best(volume, loose, len(rows), rows)] if len(rows) > _AT_ONCE else rows.tolist()
        connection = self._connections[volume]
        sure: list[int] = []
        for begin in range(0, len(ordered), _AT_ONCE):
            held: set[int] = set()
            clock = _Clock(self._deadline)
            try:
                with self._deadline.until(connection, FOUND_ROUGHLY_S):
                    if not clock.is_over():
                        held = _holding(connection, node, ordered[begin : begin + _AT_ONCE], clock)
            except Interrupted:
                clock.has_stopped = True
            sure += held
            if clock.has_stopped:
                self._is_exact = False
                return _sorted(sure), _sorted([row for row in ordered[begin:] if row not in held])
        return _sorted(sure), _NONE


class _Clock:
    """Says when there is no more time to look at texts, and remembers that it did."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self.has_stopped = False

    def is_over(self) -> bool:
        """Whether the time has come."""
        self.has_stopped = self.has_stopped or self._deadline.is_over(FOUND_ROUGHLY_S)
        return self.has_stopped


def _loosely(node: Words) -> Node:
    """What an index of words is asked first: of a long phrase its longest words, and the three in a row that have most letters."""
    if not _is_long(node):
        return node
    words = node.words[:-1] if node.is_prefix else node.words
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)[:_LONGEST_WORDS]
    rows = [words[at : at + _ROW] for at in range(len(words) - _ROW + 1)]
    row = max(rows, key=lambda each: sum(map(len, each)))
    parts = [Words(row, node.column), *(Words((word,), node.column) for word in longest)]
    return AllOf(tuple(replace(part, is_unwanted=node.is_unwanted) for part in parts))


def _is_long(node: Words) -> bool:
    """Whether a phrase is so long that FTS5 would read hundreds of lists, where nothing stops it."""
    return len(node.words) > _LONG and node.near is None


def _holding(connection: Connection, node: Words, row_ids: Sequence[int], clock: _Clock) -> set[int]:
    """Those of these rows of a volume that hold the words in a row, as they are written where that is asked; some of them where the time ends."""
    found: set[int] = set()
    if len(node.words) == 1 and node.column != "title":
        exactly = Exactly(node.words[0])
        kinds = _KINDS.get(node.column or "", "")
        numbered = ", ".join(map(str, row_ids))
        with plain_statements(connection) as run:
            for row, passage_text in run(f"SELECT document, text FROM passages WHERE document IN ({numbered}){kinds}"):  # noqa: S608 - numbers
                if row not in found and exactly.stands_in(passage_text):
                    found.add(row)
        if node.column is not None:
            return found
    left = [row for row in row_ids if row not in found]
    finder = Finder([node], {}, is_over=clock.is_over)
    if len(node.words) == 1:
        documents = select(tables.documents).where(tables.documents.c.id.in_(left))
        described = ((row["id"], rows.document_of(row)) for row in connection.execute(documents).mappings().fetchall())
        return found | {row for row, document in described if _is_stated(document, finder)}
    return found | {row for row, opened in showing.open_documents(connection, left).items() if _holds(opened, finder)}


def _is_stated(document: Document, finder: Finder) -> bool:
    language = document.description.language
    lines = (line for line in description_lines(document) if finder.may_stand_in(line))
    return any(finder.spans(line, cyrillic_language(line, language), column="title") for line in lines)


def _holds(opened: Opened, finder: Finder) -> bool:
    said = opened.document.description
    return bool(find(finder, opened.passages, stated=said.language, most=1).found) or _is_stated(opened.document, finder)


def _sorted(rows: Sequence[int]) -> Numbers:
    return np.array(sorted(rows), np.int64)


def _both(rows: Numbers, within: Numbers | None) -> Numbers:
    return rows if within is None else np.intersect1d(rows, within, assume_unique=True)


def _is_plain(node: Node) -> bool:
    """Whether an index of words tells all of it."""
    return not any(isinstance(leaf, (Narrow, Chosen)) or _is_looked_for(leaf) for leaf in _leaves(node))


def _is_looked_for(node: Node) -> bool:
    """Whether words are found in texts, not in an index."""
    return isinstance(node, Words) and (node.is_exact or _is_long(node))


def _leaves(node: Node) -> Iterator[Words | Filter | Narrow | Chosen]:
    if isinstance(node, AllOf):
        for part in (*node.parts, *node.without):
            yield from _leaves(part)
    elif isinstance(node, AnyOf):
        for part in node.parts:
            yield from _leaves(part)
    else:
        yield node


def _cost(node: Node) -> int:
    """What is told without looking at texts comes first."""
    return sum(map(_is_looked_for, _leaves(node)))
