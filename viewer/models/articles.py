"""The articles of a ZIM file as a list that grows while it is scrolled, each with a box to tick."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from archive.model.saved import ArticleEntries, ArticleEntry

Index = QModelIndex | QPersistentModelIndex

AT_ONCE = 200
"""How many articles are asked for at a time."""


class ArticlesModel(QAbstractListModel):
    """The articles that answer to the words typed; what was ticked stays ticked whatever is shown.

    Signals:
        more_wanted: the view has come near the end; the place to go on from. Answer with :meth:`go_on`.
        chosen_changed: something was ticked or unticked.
    """

    more_wanted = Signal(int)
    chosen_changed = Signal()

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)
        self._entries: list[ArticleEntry] = []
        self._chosen: dict[int, str] = {}
        self._count = 0
        self._is_waiting = False

    @property
    def count(self) -> int:
        """How many articles answer in all."""
        return self._count

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked articles, by number (``#12``), in the order of the file."""
        return tuple(f"#{number}" for number in sorted(self._chosen))

    def show(self, found: ArticleEntries) -> None:
        """List the answer to other words."""
        self.beginResetModel()
        self._entries, self._count, self._is_waiting = list(found.entries), found.count, False
        self.endResetModel()

    def go_on(self, found: ArticleEntries) -> None:
        """Add the next articles."""
        self._is_waiting = False
        if found.entries:
            last = len(self._entries)
            self.beginInsertRows(QModelIndex(), last, last + len(found.entries) - 1)
            self._entries.extend(found.entries)
            self.endInsertRows()

    def choose(self, entries: tuple[ArticleEntry, ...]) -> None:
        """Tick all of these, listed already or not."""
        self._chosen.update((entry.number, entry.title) for entry in entries)
        self._say_chosen()

    def choose_none(self) -> None:
        """Untick everything."""
        self._chosen.clear()
        self._say_chosen()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many articles are here by now."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, and whether it is ticked."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if entry.number in self._chosen else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt calls it so
        """Tick or untick one."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        entry = self._entries[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._chosen[entry.number] = entry.title
        else:
            self._chosen.pop(entry.number, None)
        self.dataChanged.emit(index, index, [role])
        self.chosen_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt calls it so
        """Whether more articles answer than are here."""
        return not parent.isValid() and not self._is_waiting and 0 < len(self._entries) < self._count

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt calls it so
        """Ask for the next ones."""
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(len(self._entries))

    def _say_chosen(self) -> None:
        if self._entries:
            ends = self.index(0), self.index(len(self._entries) - 1)
            self.dataChanged.emit(*ends, [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit()
