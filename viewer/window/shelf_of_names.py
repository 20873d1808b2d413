"""A short list of names in the library: collections, saved questions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QToolButton, QVBoxLayout, QWidget

from viewer.look.label import text_label
from viewer.look.plain import plain
from viewer.say.words import say, say_number

_MOST_ROWS, _ROW_PX = 5, 32
_NAME = Qt.ItemDataRole.UserRole + 1


class _Names(QListWidget):
    """Enter opens, F2 renames, Delete removes, the menu key offers the three."""

    key_wanted = Signal(str)
    menu_wanted = Signal(QPoint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open", Qt.Key.Key_F2: "rename", Qt.Key.Key_Delete: "remove"}
        act = acts.get(Qt.Key(event.key()))
        if act is not None and self.currentItem() is not None:
            self.key_wanted.emit(act)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if is_by_key else self.itemAt(event.pos())
        if item is not None:
            self.setCurrentItem(item)
            centre = self.viewport().mapToGlobal(self.visualItemRect(item).center())
            self.menu_wanted.emit(centre if is_by_key else event.globalPos())


class ShelfOfNames(QWidget):
    """A heading with a button that adds, and the names below it.

    Args:
        title: the heading.
        add: what the button does, in words.

    Signals:
        opened, rename_wanted, remove_wanted: a name.
        add_wanted: one more.
    """

    opened = Signal(str)
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)
    add_wanted = Signal()

    def __init__(self, *, title: str, add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = text_label(title, kind="hint", parent=self)
        self._add = QToolButton(self)
        self._add.setText("+")
        self._add.setToolTip(add)
        self._add.setAccessibleName(add)
        self._add.clicked.connect(lambda _checked=False: self.add_wanted.emit())
        self.list = _Names(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAccessibleName(title)
        self.list.itemClicked.connect(lambda _item: self._act("open"))
        self.list.key_wanted.connect(self._act)
        self.list.menu_wanted.connect(self._show_menu)
        top = QHBoxLayout()
        top.setContentsMargins(10, 0, 0, 0)
        top.addWidget(heading, 1)
        top.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list)
        self.show_names([])

    def show_names(self, names: Sequence[tuple[str, int | None]], *, may_add: bool = True) -> None:
        """List these names, each with a count or none; without any, only the heading is seen, and that only if one may be added."""
        self.list.clear()
        for name, count in names:
            words = plain(name) if count is None else f"{plain(name)}   {say_number(count)}"
            QListWidgetItem(words, self.list).setData(_NAME, name)
        self.list.setFixedHeight(min(len(names), _MOST_ROWS) * _ROW_PX)
        self.list.setVisible(bool(names))
        self._add.setVisible(may_add)
        self.setVisible(bool(names) or may_add)

    def _act(self, act: str) -> None:
        item = self.list.currentItem()
        if item is not None:
            {"open": self.opened, "rename": self.rename_wanted, "remove": self.remove_wanted}[act].emit(item.data(_NAME))

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in ("open", "rename", "remove"):
            menu.addAction(say(f"shelf-{act}"), lambda act=act: self._act(act))
        menu.popup(where)
