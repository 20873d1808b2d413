"""The one line to ask in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from viewer.look.icons import icon
from viewer.look.themes import Theme
from viewer.say.words import say
from viewer.work.debounce import Debounce

QUIET_MS = 30


class SearchBar(QLineEdit):
    """Asks while it is typed in, and asks in full on Enter.

    Signals:
        asked: the text, and whether its last word may be unfinished.
        results_wanted: the person wants to go down into the list.
        emptied: nothing is asked any more.
    """

    asked = Signal(str, bool)
    results_wanted = Signal()
    emptied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("question", "true")
        self.setPlaceholderText(say("search-placeholder"))
        self.setAccessibleName(say("search-placeholder"))
        self._typed = Debounce(lambda: self._ask(is_typing=True), quiet_ms=QUIET_MS, parent=self)
        self._clear = QAction(say("search-clear"), self)
        self._clear.triggered.connect(self._empty)
        self._glass = QAction(self)
        self._glass.triggered.connect(self.focus_here)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.set_theme(theme)
        self.textEdited.connect(self._follow)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._clear.setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        """Draw the glass and the cross in another theme."""
        self._glass.setIcon(icon("search", theme, role="quiet_ink"))
        self._clear.setIcon(icon("close", theme, role="quiet_ink"))

    def focus_here(self) -> None:
        """Put the cursor here, with what stands here selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def ask(self, text: str) -> None:
        """Ask this, as if it had been typed and Enter pressed."""
        self.setText(text)
        self._ask(is_typing=False)

    def show_question(self, text: str) -> None:
        """Show what was asked without asking it again."""
        self._typed.forget()
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the results, Enter asks in full, Esc empties."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
            self.results_wanted.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._typed.forget()
            self._ask(is_typing=False)
        elif key == Qt.Key.Key_Escape and self.text():
            self._empty()
        else:
            super().keyPressEvent(event)

    def _follow(self, text: str) -> None:
        if text.strip():
            self._typed.poke()
        else:
            self._typed.forget()
            self.emptied.emit()

    def _ask(self, *, is_typing: bool) -> None:
        if self.text().strip():
            self.asked.emit(self.text(), is_typing)

    def _empty(self) -> None:
        self.clear()
        self._typed.forget()
        self.emptied.emit()
