"""The reports and source texts of the library as a list for Qt views."""

from __future__ import annotations

from enum import IntEnum

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from archive.model.document import DocumentEntry

Index = QModelIndex | QPersistentModelIndex


class ShelfRole(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


class ShelfEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the library: the number of its archive, and what that archive says of it."""

    archive: int
    entry: DocumentEntry

    @property
    def title(self) -> str:
        """The document's own title, else the beginning of its identifier."""
        return self.entry.document.description.title or self.entry.document.document[:12]


class DocumentsModel(QAbstractListModel):
    """Documents in the order given; a row's ENTRY is its ShelfEntry."""

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)
        self._entries: list[ShelfEntry] = []

    def show(self, entries: list[ShelfEntry]) -> None:
        """List these documents instead."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def row_of(self, document: str) -> int | None:
        """The row of a document, None if it is not listed."""
        return next((row for row, each in enumerate(self._entries) if each.entry.document.document == document), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many documents."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title for the eye and for screen readers, the entry for painters."""
        if not index.isValid():
            return None
        shelved = self._entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shelved.title
        return shelved if role == ShelfRole.ENTRY else None
