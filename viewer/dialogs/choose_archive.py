"""Which of several open archives takes what is brought in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.plain import plain
from viewer.say.words import say


class ChooseArchiveSheet(Sheet):
    """Asks for one of several archives.

    Args:
        host: the window.
        titles: of the archives that take changes.
        chosen: the one that is meant if nothing else is said.

    Signals:
        wanted: the position of the archive that was chosen.
    """

    wanted = Signal(int)

    def __init__(self, host: QWidget, *, titles: Sequence[str], chosen: int) -> None:
        super().__init__(host, title=say("choose-archive-title"), width_px=460)
        self.body.addWidget(text_label(say("choose-archive-text"), kind="quiet", parent=self))
        self._choices = [
            QRadioButton(plain(title).replace("&", "&&"), self, checked=n == chosen) for n, title in enumerate(titles)
        ]
        for choice in self._choices:
            self.body.addWidget(choice)
        self.add_cancel()
        self.add_button(say("button-bring-in"), is_main=True).clicked.connect(self._want)

    def focus_first(self) -> None:
        """The cursor begins on the archive that is meant."""
        next(choice for choice in self._choices if choice.isChecked()).setFocus()

    def _want(self) -> None:
        position = next(n for n, choice in enumerate(self._choices) if choice.isChecked())
        self.close_sheet()
        self.wanted.emit(position)
