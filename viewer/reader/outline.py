"""The headings of the open document, as a list to go by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from viewer.look.style import GRID_PX
from viewer.look.typesetting import Heading

LEVEL = Qt.ItemDataRole.UserRole + 1
PASSAGE = Qt.ItemDataRole.UserRole + 2


class OutlineModel(QAbstractListModel):
    """Headings in reading order; a row knows its level and its passage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[Heading, ...] = ()

    def show(self, headings: Sequence[Heading]) -> None:
        """List these headings instead."""
        self.beginResetModel()
        self._headings = tuple(headings)
        self.endResetModel()

    def row_at(self, passage: int) -> int:
        """The row of the last heading that stands at or before a passage; -1 before the first."""
        return sum(heading.passage <= passage for heading in self._headings) - 1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many headings."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A heading's words, level or passage."""
        if not index.isValid():
            return None
        heading = self._headings[index.row()]
        return {Qt.ItemDataRole.DisplayRole: heading.text, LEVEL: heading.level, PASSAGE: heading.passage}.get(role)


class OutlineList(QListView):
    """The outline; Enter or a click goes to the heading.

    Signals:
        heading_wanted: the number of the heading's passage.
    """

    heading_wanted = Signal(int)

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Indented(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)

    def show_position(self, passage: int) -> None:
        """Mark the heading under which a passage stands."""
        row = self._model.row_at(passage)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
        else:
            self.clearSelection()

    def _go(self, index: QModelIndex) -> None:
        self.heading_wanted.emit(index.data(PASSAGE))


class _Indented(QStyledItemDelegate):
    """Indents a heading by its level."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        indented = QStyleOptionViewItem(option)
        indented.rect = option.rect.adjusted((min(index.data(LEVEL), 4) - 1) * GRID_PX * 2, 0, 0, 0)
        super().paint(painter, indented, index)
