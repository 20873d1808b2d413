"""Reading text from pictures of pages: which languages, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QWidget

from archive.progress import Step
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error
from viewer.say.words import say


class RecogniseSheet(Sheet):
    """Offers to read the text of one document; nothing begins before the person says so.

    Args:
        languages: those installed, as Tesseract names them; without any the sheet says what to install.
        chosen: those ticked to begin with.

    Signals:
        wanted: the languages (tuple of str) in which to read.
        cancel_wanted: the person does not want the rest of the pages.
    """

    wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, languages: Sequence[str], chosen: Sequence[str]) -> None:
        super().__init__(host, title=say("recognise-title"), width_px=520)
        self._is_reading = False
        self.body.addWidget(text_label(say("recognise-text") if languages else say("recognise-none"), parent=self))
        self._boxes = {
            language: QCheckBox(say("recognise-language", language=language), self, checked=language in chosen)
            for language in languages
        }
        for box in self._boxes.values():
            box.toggled.connect(self._follow)
            self.body.addWidget(box)
        self._progress = QProgressBar(self, textVisible=False)
        self._words = text_label("", kind="quiet", parent=self)
        for widget in (self._progress, self._words):
            widget.hide()
            self.body.addWidget(widget)
        self._leave = self.add_cancel(None if languages else say("button-done"))
        if languages:
            self._start = self.add_button(say("recognise-start"), is_main=True)
            self._start.clicked.connect(self._begin)
            self._follow()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are ticked."""
        return tuple(language for language, box in self._boxes.items() if box.isChecked())

    def go_on(self, step: Step) -> None:
        """So many pages are read."""
        self._progress.setMaximum(step.total or 0)
        self._progress.setValue(step.done)
        page = min(step.done + 1, step.total or 0)
        set_text(self._words, say("recognise-progress", page=page, pages=step.total or 0))

    def refuse(self, error: Exception) -> None:
        """It did not come to an end: say why, and let it be tried again."""
        self._show_reading(is_reading=False)
        self.say_notice(say_error(error))

    def finish(self) -> None:
        """All pages are read: leave."""
        self._is_reading = False
        self.close_sheet()

    def close_sheet(self) -> None:
        """Leave; what is being read is given up, and the document stays as it was."""
        if self._is_reading:
            self.cancel_wanted.emit()
        super().close_sheet()

    def _begin(self) -> None:
        self.say_notice("")
        set_text(self._words, say("recognise-begin"))
        self._progress.setMaximum(0)
        self._show_reading(is_reading=True)
        self.wanted.emit(self.languages)

    def _show_reading(self, *, is_reading: bool) -> None:
        self._is_reading = is_reading
        for box in self._boxes.values():
            box.setEnabled(not is_reading)
        for widget in (self._progress, self._words):
            widget.setVisible(is_reading)
        self._start.setEnabled(not is_reading)
        self.fit()

    def _follow(self) -> None:
        self._start.setEnabled(bool(self.languages) and not self._is_reading)
