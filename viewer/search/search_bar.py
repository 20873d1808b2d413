"""The one line to ask in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from archive.model.hit import Completion
from viewer.look.icons import icon
from viewer.look.themes import Theme
from viewer.say.words import say
from viewer.search.completions_list import CompletionsList, completed
from viewer.work.debounce import Debounce

QUIET_MS = 30


class SearchBar(QLineEdit):
    """Asks while it is typed in, and asks in full on Enter; offers how it may go on, and shows how to ask on F1.

    Signals:
        asked: the text, and whether its last word may be unfinished.
        completions_wanted: the text and the place of the cursor in it, in code points. Answer with :meth:`offer`.
        help_wanted: how can one ask?
        results_wanted: the person wants to go down into the list.
        emptied: nothing is asked any more.
    """

    asked = Signal(str, bool)
    completions_wanted = Signal(str, int)
    help_wanted = Signal()
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
        self.completions = CompletionsList(self, theme)
        self._may_offer = False
        self._asked = QElapsedTimer()
        self.completions.taken.connect(self._complete)
        self.set_theme(theme)
        self.textEdited.connect(self._follow)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._clear.setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        """Draw the glass and the cross in another theme."""
        self._glass.setIcon(icon("search", theme, role="quiet_ink"))
        self._clear.setIcon(icon("close", theme, role="quiet_ink"))
        self.completions.set_theme(theme)

    def offer(self, text: str, completions: Sequence[Completion]) -> None:
        """Show how the question may go on; where it stands here no more, or the person has gone on, nothing is shown."""
        if self._may_offer and text == self.text() and self.hasFocus():
            self.completions.offer(completions)

    def focus_here(self) -> None:
        """Put the cursor here, with what stands here selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def ask(self, text: str) -> None:
        """Ask this, as if it had been typed and Enter pressed."""
        self._typed.forget()
        self.put_away()
        self.setText(text)
        self._ask(is_typing=False)

    def show_question(self, text: str) -> None:
        """Show what was asked without asking it again."""
        self._typed.forget()
        self.put_away()
        self.setText(text)

    def put_away(self) -> None:
        """Nothing is offered any more, also nothing that is still on its way."""
        self._may_offer = False
        self.completions.hide()

    def event(self, event: QEvent) -> bool:
        """F1 belongs to the line while the cursor is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes through what is offered and then to the results, Enter takes or asks in full, Esc puts away or empties."""
        key, offered = event.key(), self.completions
        if key == Qt.Key.Key_F1:
            self.put_away()
            self.help_wanted.emit()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
            if not (offered.isVisible() and key == Qt.Key.Key_Down and offered.step(1)):
                self.put_away()
                self.results_wanted.emit()
        elif key == Qt.Key.Key_Up and offered.isVisible():
            if not offered.step(-1):
                self.put_away()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if offered.chosen is not None:
                self._complete(offered.chosen)
                return
            self.put_away()
            self._typed.forget()
            self._ask(is_typing=False)
        elif key == Qt.Key.Key_Escape and offered.isVisible():
            self.put_away()
        elif key == Qt.Key.Key_Escape and self.text():
            self._empty()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001, N802 - Qt's own signature
        """Tab takes what is chosen, or the likeliest; where nothing is offered it goes on."""
        completion = self.completions.chosen or self.completions.first
        if is_next and completion is not None:
            self._complete(completion)
            return True
        return super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is offered goes with the cursor."""
        self.put_away()
        super().focusOutEvent(event)

    def _complete(self, completion: Completion) -> None:
        text = completed(self.text(), completion)
        end = completion.start + len(text) - len(self.text()) + (completion.end - completion.start)
        self.put_away()
        self.setText(text)
        self.setCursorPosition(len(text[:end].encode("utf-16-le")) // 2)
        self._typed.forget()
        self._ask(is_typing=completion.text.endswith(":"))
        if completion.text.endswith(":"):
            self._want_completions()

    def _want_completions(self) -> None:
        self._may_offer = True
        before = self.text().encode("utf-16-le")[: self.cursorPosition() * 2].decode("utf-16-le", "replace")
        self.completions_wanted.emit(self.text(), len(before))

    def _follow(self, text: str) -> None:
        if text.strip():
            self._ask_soon()
            self._want_completions()
        else:
            self._typed.forget()
            self.put_away()
            self.emptied.emit()

    def _ask_soon(self) -> None:
        """A letter after a rest is asked at once, those that follow quickly when the hand rests again."""
        is_rested = not self._asked.isValid() or self._asked.hasExpired(QUIET_MS)
        self._asked.start()
        if is_rested:
            self._ask(is_typing=True)
        else:
            self._typed.poke()

    def _ask(self, *, is_typing: bool) -> None:
        if self.text().strip():
            self.asked.emit(self.text(), is_typing)

    def _empty(self) -> None:
        self.clear()
        self.put_away()
        self._typed.forget()
        self.emptied.emit()
