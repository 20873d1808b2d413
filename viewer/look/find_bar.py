"""The bar in which one types what to find in the open document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from viewer.look.icons import icon
from viewer.look.style import GRID_PX, HALF_GRID_PX
from viewer.look.themes import Theme


class FindBar(QFrame):
    """A line to type in, how many places there are, and the way to the next one.

    Signals:
        text_changed: what is to be found now.
        next_wanted, previous_wanted: Enter and Shift+Enter, or the arrows.
        close_wanted: Esc or the cross.
    """

    text_changed = Signal(str)
    next_wanted = Signal()
    previous_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, say: Callable[..., str], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self.setProperty("bar", True)  # noqa: FBT003 - a property's value for the style sheet
        self.line = QLineEdit()
        self.line.setPlaceholderText(say("reading-find"))
        self.line.setAccessibleName(say("reading-find"))
        self.line.setMaximumWidth(GRID_PX * 45)
        self.line.textChanged.connect(self.text_changed)
        self.line.installEventFilter(self)
        self._count = QLabel()
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("quiet", True)  # noqa: FBT003 - as above
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_PX * 2, HALF_GRID_PX, GRID_PX, HALF_GRID_PX)
        row.setSpacing(HALF_GRID_PX)
        row.addWidget(self.line, 1)
        self._buttons = {
            "up": self._button("reading-previous", self.previous_wanted),
            "down": self._button("reading-next", self.next_wanted),
            "close": self._button("reading-close", self.close_wanted),
        }
        row.addWidget(self._buttons["up"])
        row.addWidget(self._buttons["down"])
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._buttons["close"])
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in this theme."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme))

    def show_count(self, current: int, count: int) -> None:
        """Say which of how many places is shown; ``current`` counts from 1, 0 means none yet."""
        if not self.line.text().strip():
            self._count.setText("")
        elif count:
            self._count.setText(self._say("reading-found", current=current, count=count))
        else:
            self._count.setText(self._say("reading-found-nothing"))

    def open(self) -> None:
        """Show the bar and let the person type at once."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Shift+Enter and Esc in the line."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                (self.previous_wanted if backwards else self.next_wanted).emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_wanted.emit()
                return True
        return super().eventFilter(watched, event)

    def _button(self, words: str, wanted: Signal) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(self._say(words))
        button.setToolTip(self._say(words))
        button.clicked.connect(lambda _checked=False: wanted.emit())
        return button
