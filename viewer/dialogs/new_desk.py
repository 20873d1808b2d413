"""A desk is made only here: after saying what it is, where it will lie and who could read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from viewer.dialogs.passphrase import LockChoice
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.look.plain import plain
from viewer.say.notices import say_error
from viewer.say.words import say


class NewDeskSheet(Sheet):
    """Asks where the desk shall lie and with which passphrase it is locked.

    Args:
        host: over which it is laid.
        places: the folders it may be made at, the proposed one first, each with whether it is on this computer.

    Signals:
        wanted: the folder to make (Path), and the passphrase or None.
    """

    wanted = Signal(object, object)

    def __init__(self, host: QWidget, *, places: Sequence[tuple[Path, bool]]) -> None:
        super().__init__(host, title=say("desk-new-title"), width_px=540)
        self._places = [path for path, _is_here in places]
        self.body.addWidget(text_label(say("desk-new-text"), parent=self))
        self._group = QButtonGroup(self)
        for number, (_path, is_here) in enumerate(places):
            button = QRadioButton(say("desk-on-computer" if is_here else "desk-beside"), self)
            button.setChecked(not number)
            self._group.addButton(button, number)
            self.body.addWidget(button)
        self._where = text_label("", kind="hint", parent=self)
        self._lock = LockChoice(self)
        self.body.addWidget(self._where)
        self.body.addWidget(self._lock)
        self.add_cancel()
        self._make = self.add_button(say("desk-make"), is_main=True)
        self._lock.changed.connect(self._follow)
        self._group.idToggled.connect(lambda _number, _is_on: self._follow())
        self._make.clicked.connect(self._want)
        self._follow()

    @property
    def target(self) -> Path:
        """The folder that would be made."""
        return self._places[max(self._group.checkedId(), 0)]

    def refuse(self, error: Exception) -> None:
        """It could not be made: say why."""
        self._make.setEnabled(True)
        self.say_notice(say_error(error))

    def _follow(self) -> None:
        set_text(self._where, say("desk-where", place=plain(str(self.target))))
        self._make.setEnabled(self._lock.is_complete)
        self.fit()

    def _want(self) -> None:
        self._make.setEnabled(False)
        self.say_notice("")
        self.wanted.emit(self.target, self._lock.passphrase)
