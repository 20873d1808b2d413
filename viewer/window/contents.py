"""The headings of what is being read, in a small list that comes when called and leaves when used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from archive.model.locator import Locator
from viewer.look.style import GRID_PX
from viewer.reader.outline import OutlineList
from viewer.reader.reading_view import ReadingView
from viewer.say.words import say

_SIZE = QSize(360, 480)


class Contents(QFrame):
    """A list of headings over the window; Enter or a click goes there, Esc leaves.

    Args:
        view: what is being read; the list lies over it.
    """

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view)
        self.setProperty("card", "true")
        self._view = view
        self._list = OutlineList(view.outline, self)
        self._list.setAccessibleName(say("action-contents"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        column.addWidget(self._list)
        self._list.heading_wanted.connect(self._go)
        self._list.installEventFilter(self)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave when the cursor goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Show the list at the top of the text, at the heading one is under."""
        rows, here = self._view.outline.rowCount(), self._view.current_position()
        if not rows or here is None:
            return
        row_px = max(GRID_PX * 4, self._list.sizeHintForRow(0))
        self.resize(_SIZE.boundedTo(QSize(_SIZE.width(), row_px * rows + GRID_PX * 4)))
        self.move(GRID_PX * 2, GRID_PX)
        self._list.show_position(here.passage)
        self.show()
        self.raise_()
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self, passage: int) -> None:
        here = self._view.current_position()
        if here is not None:
            self._view.go_to(Locator(here.document, passage))
        self._leave()

    def _leave(self) -> None:
        self.hide()
        self._view.setFocus()
