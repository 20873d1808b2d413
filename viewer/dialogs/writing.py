"""Writing something into a file that any program can read, after saying what that means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from archive.progress import Step
from viewer.dialogs.files import choose_place
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error
from viewer.say.words import say


class WritingSheet(Sheet):
    """Says that the file will be readable by anyone, asks where to, writes, and can be stopped.

    Args:
        host: the window.
        words: how the names of its sentences begin (``table`` for ``table-title``, ``table-text``, …).
        about: what is written, in a line under the title.
        kinds: the kinds of file to choose from, with their endings.

    Signals:
        wanted: the file (Path).
        cancel_wanted: stop; nothing is left of the file.
    """

    wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, words: str, about: str, kinds: list[str]) -> None:
        super().__init__(host, title=say(f"{words}-title"), width_px=500)
        self._words = words
        self.is_done = self._is_writing = False
        self.body.addWidget(text_label(about, kind="quiet", parent=self))
        self._told = text_label(say(f"{self._words}-text"), parent=self)
        self._warning = text_label(say("table-warning"), kind="problem", parent=self)
        self._progress = QProgressBar(self, textVisible=False)
        for widget in (self._told, self._warning, self._progress):
            self.body.addWidget(widget)
        self._progress.hide()
        self._leave = self.add_cancel()
        self._choose = self.add_button(say("table-choose"), is_main=True)
        self._choose.clicked.connect(lambda: choose_place(self, chosen=self.write_to, label=say("table-write"), filters=kinds))

    def write_to(self, file: Path) -> None:
        """Write into this file."""
        self._is_writing = True
        self.say_notice("")
        self._choose.hide()
        self._warning.hide()
        self._progress.setMaximum(0)
        self._progress.show()
        set_text(self._told, say("table-writing"))
        self.fit()
        self._leave.setFocus()
        self.wanted.emit(file)

    def show_step(self, step: Step) -> None:
        """It has come this far."""
        self._progress.setMaximum(step.total or 0)
        self._progress.setValue(step.done)

    def show_done(self, name: str, count: int) -> None:
        """It is written."""
        self.is_done, self._is_writing = True, False
        self._progress.hide()
        set_text(self._told, say(f"{self._words}-done", name=name, count=count))
        self._leave.setText(say("button-done"))
        self.fit()

    def refuse(self, error: Exception) -> None:
        """It could not be written; nothing is left of it."""
        self._is_writing = False
        self._progress.hide()
        self._choose.show()
        self._warning.show()
        set_text(self._told, say(f"{self._words}-text"))
        self.say_notice(say_error(error))

    def close_sheet(self) -> None:
        """Leave; what is half written is taken away again."""
        if self._is_writing:
            self.cancel_wanted.emit()
        super().close_sheet()
