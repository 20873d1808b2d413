"""The hits of an answer as a list that grows while it is scrolled."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive.model.hit import Answer, Hit

Index = QModelIndex | QPersistentModelIndex

PAGE = 30
"""How many hits are asked for at a time."""


class ResultRole(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    HIT = Qt.ItemDataRole.UserRole + 1


class ResultsModel(QAbstractListModel):
    """The hits of one question, best first; a row's HIT is its Hit.

    Signals:
        more_wanted: the view has come near the end; the offset to go on from. Answer with :meth:`go_on`.
    """

    more_wanted = Signal(int)

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._answer: Answer | None = None
        self._is_waiting = False

    @property
    def answer(self) -> Answer | None:
        """The answer being listed, as its first page came."""
        return self._answer

    def show(self, answer: Answer | None) -> None:
        """List the hits of a new answer."""
        self.beginResetModel()
        self._answer = answer
        self._hits = list(answer.hits) if answer else []
        self._is_waiting = False
        self.endResetModel()

    def go_on(self, answer: Answer) -> None:
        """Add the next page of hits; an answer to another question is dropped."""
        self._is_waiting = False
        if self._answer is None or answer.question != self._answer.question or not answer.hits:
            return
        last = len(self._hits)
        self.beginInsertRows(QModelIndex(), last, last + len(answer.hits) - 1)
        self._hits.extend(answer.hits)
        self.endInsertRows()

    def hit(self, row: int) -> Hit:
        """The hit of a row."""
        return self._hits[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many hits are here by now."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title for screen readers, the hit for the painter."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return hit.title
        return hit if role == ResultRole.HIT else None

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
