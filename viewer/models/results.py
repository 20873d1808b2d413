"""The hits of an answer as a list that grows while it is scrolled; each can be unfolded to its passages, which come when they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive.model.hit import Answer, FoundPassage, Hit, PassagesFound

Index = QModelIndex | QPersistentModelIndex

PAGE = 30
"""How many hits are asked for at a time."""
PASSAGES_AT_ONCE = 20
"""How many passages of a document are asked for at a time."""
_HIT_ITSELF = -1


class ResultRole(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    HIT = Qt.ItemDataRole.UserRole + 1
    ORDINAL = Qt.ItemDataRole.UserRole + 2
    PASSAGE = Qt.ItemDataRole.UserRole + 3
    IS_UNFOLDED = Qt.ItemDataRole.UserRole + 4


class ResultsModel(QAbstractListModel):
    """The hits of one question, best first, with the passages of those that are unfolded below them.

    A row's HIT is its Hit. ORDINAL is None for the row of the hit itself, else the place of the passage among those found, from 0; PASSAGE is
    the FoundPassage, None until it has come.

    Signals:
        more_wanted: the view has come near the end; the offset to go on from. Answer with :meth:`go_on`.
        passages_wanted: a Hit whose passages are looked at, and the first one that is not here. Answer with :meth:`take_passages`.
    """

    more_wanted = Signal(int)
    passages_wanted = Signal(object, int)

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._answer: Answer | None = None
        self._is_waiting = False
        self._rows: list[tuple[int, int]] = []
        self._found: dict[int, dict[int, FoundPassage]] = {}
        self._asked: set[tuple[int, int]] = set()
        self.archives: Sequence[str] = ()

    @property
    def answer(self) -> Answer | None:
        """The answer being listed, as its first page came."""
        return self._answer

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits that are here by now, best first."""
        return tuple(self._hits)

    def show(self, answer: Answer | None, *, archives: Sequence[str] = ()) -> None:
        """List the hits of a new answer; ``archives`` are the titles of the open ones, in their order."""
        self.beginResetModel()
        self._answer, self.archives = answer, archives
        self._hits = list(answer.hits) if answer else []
        self._rows = [(number, _HIT_ITSELF) for number in range(len(self._hits))]
        self._found, self._asked, self._is_waiting = {}, set(), False
        self.endResetModel()

    def go_on(self, answer: Answer) -> None:
        """Add the next page of hits; an answer to another question is dropped."""
        self._is_waiting = False
        if self._answer is None or answer.question != self._answer.question or not answer.hits:
            return
        last, first = len(self._rows), len(self._hits)
        self.beginInsertRows(QModelIndex(), last, last + len(answer.hits) - 1)
        self._hits.extend(answer.hits)
        self._rows += [(number, _HIT_ITSELF) for number in range(first, len(self._hits))]
        self.endInsertRows()

    def hit(self, row: int) -> Hit:
        """The hit of a row, or the one its passage belongs to."""
        return self._hits[self._rows[row][0]]

    def row_of(self, hit: Hit) -> int | None:
        """The row of a hit, None if it is not listed."""
        return next((row for row, (number, at) in enumerate(self._rows) if at == _HIT_ITSELF and self._hits[number] is hit), None)

    def is_foldable(self, row: int) -> bool:
        """Whether this is the row of a hit that has more than one passage."""
        number, ordinal = self._rows[row]
        hit = self._hits[number]
        return ordinal == _HIT_ITSELF and (hit.passage_count > 1 or not hit.is_counted)

    def is_unfolded(self, row: int) -> bool:
        """Whether the passages of this hit stand below it."""
        number, ordinal = self._rows[row]
        return ordinal == _HIT_ITSELF and number in self._found

    def unfold(self, row: int) -> None:
        """List the passages of a hit below it."""
        if not self.is_foldable(row) or self.is_unfolded(row):
            return
        number = self._rows[row][0]
        hit = self._hits[number]
        count = max(hit.passage_count, len(hit.passages), 1)
        self.beginInsertRows(QModelIndex(), row + 1, row + count)
        self._found[number] = dict(enumerate(hit.passages))
        self._rows[row + 1 : row + 1] = [(number, ordinal) for ordinal in range(count)]
        self.endInsertRows()
        self.dataChanged.emit(self.index(row), self.index(row))

    def fold(self, row: int) -> int:
        """Take the passages of a hit away; the row of the hit is given back, also for one of its passages."""
        number, ordinal = self._rows[row]
        row -= ordinal + 1 if ordinal != _HIT_ITSELF else 0
        if number in self._found:
            count = self._count_below(row)
            self.beginRemoveRows(QModelIndex(), row + 1, row + count)
            del self._rows[row + 1 : row + 1 + count]
            del self._found[number]
            self._asked = {each for each in self._asked if each[0] != number}
            self.endRemoveRows()
            self.dataChanged.emit(self.index(row), self.index(row))
        return row

    def want_passage(self, row: int) -> None:
        """A passage is looked at: those around it are asked for if they are not here."""
        number, ordinal = self._rows[row]
        if ordinal == _HIT_ITSELF or ordinal in self._found[number]:
            return
        first = ordinal - ordinal % PASSAGES_AT_ONCE
        if (number, first) not in self._asked:
            self._asked.add((number, first))
            self.passages_wanted.emit(self._hits[number], first)

    def take_passages(self, hit: Hit, found: PassagesFound) -> None:
        """Passages that were asked for; the list grows or shrinks to as many as there are. Those of a hit that is gone are dropped."""
        row = self.row_of(hit)
        if row is None or not self.is_unfolded(row):
            return
        number = self._rows[row][0]
        self._found[number].update(enumerate(found.passages, start=found.first))
        count = self._count_below(row)
        if found.count > count:
            self.beginInsertRows(QModelIndex(), row + count + 1, row + found.count)
            self._rows[row + count + 1 : row + count + 1] = [(number, ordinal) for ordinal in range(count, found.count)]
            self.endInsertRows()
        elif 0 < found.count < count:
            self.beginRemoveRows(QModelIndex(), row + found.count + 1, row + count)
            del self._rows[row + found.count + 1 : row + count + 1]
            self.endRemoveRows()
        self.dataChanged.emit(self.index(row), self.index(row + self._count_below(row)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many rows are here by now."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title for screen readers, the hit and the passage for the painter."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        number, ordinal = self._rows[index.row()]
        hit = self._hits[number]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._spoken(hit, number, ordinal)
        if role == ResultRole.HIT:
            return hit
        if role == ResultRole.ORDINAL:
            return None if ordinal == _HIT_ITSELF else ordinal
        if role == ResultRole.PASSAGE:
            return self._found.get(number, {}).get(ordinal)
        return self.is_unfolded(index.row()) if role == ResultRole.IS_UNFOLDED else None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt calls it so
        """Whether the archive has more hits than are here."""
        if parent.isValid() or self._answer is None or self._is_waiting:
            return False
        return 0 < len(self._hits) < self._answer.count

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt calls it so
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(len(self._hits))

    def _count_below(self, row: int) -> int:
        number, below = self._rows[row][0], row + 1
        while below < len(self._rows) and self._rows[below][0] == number:
            below += 1
        return below - row - 1

    def _spoken(self, hit: Hit, number: int, ordinal: int) -> str:
        passage = self._found.get(number, {}).get(ordinal)
        if ordinal == _HIT_ITSELF or passage is None:
            return hit.title
        return "".join(text for text, _is_hit in passage.snippet)
