"""The sources of the library as a list for Qt views."""

from __future__ import annotations

from enum import IntEnum

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from archive.model.source import Source

Index = QModelIndex | QPersistentModelIndex


class SourceRole(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


class ShelfSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source of the library: the number of its archive, and what that archive says of it."""

    archive: int
    source: Source


class SourcesModel(QAbstractListModel):
    """Sources in the order given; a row's ENTRY is its ShelfSource."""

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)
        self._sources: list[ShelfSource] = []

    def show(self, sources: list[ShelfSource]) -> None:
        """List these sources instead."""
        self.beginResetModel()
        self._sources = sources
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many sources."""
        return 0 if parent.isValid() else len(self._sources)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The address for the eye and for screen readers, the source for painters."""
        if not index.isValid():
            return None
        shelved = self._sources[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shelved.source.address
        return shelved if role == SourceRole.ENTRY else None
