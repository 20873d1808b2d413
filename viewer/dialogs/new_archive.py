"""A new, empty archive."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from viewer.dialogs.files import choose_folder
from viewer.dialogs.passphrase import LockChoice
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error
from viewer.say.words import say

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def folder_name(title: str) -> str:
    """The name of an archive's folder that Linux, Windows and macOS all take: ``Belarus 2025`` gives ``Belarus 2025.ibid``."""
    return f"{_FORBIDDEN.sub(' ', title).strip(' .')[:80] or 'Ibid'}.ibid"


class NewArchiveSheet(Sheet):
    """Asks for a title, a place and whether to lock.

    Signals:
        wanted: the folder to make (Path), the title, and the passphrase or None.
    """

    wanted = Signal(object, str, object)

    def __init__(self, host: QWidget, *, place: Path) -> None:
        super().__init__(host, title=say("new-title"), width_px=500)
        self._place = place
        self._title = QLineEdit(self)
        self._title.setPlaceholderText(say("new-name"))
        self._title.setAccessibleName(say("new-name"))
        self._where = text_label("", kind="hint", parent=self)
        change = QPushButton(say("button-change-place"), self)
        change.setProperty("flat", "true")
        row = QHBoxLayout()
        row.addWidget(self._where, 1)
        row.addWidget(change)
        self._lock = LockChoice(self)
        self.body.addWidget(self._title)
        self.body.addLayout(row)
        self.body.addWidget(self._lock)
        self.add_cancel()
        self._make = self.add_button(say("new-make"), is_main=True)
        self._title.textChanged.connect(self._follow)
        self._lock.changed.connect(self._follow)
        change.clicked.connect(lambda: choose_folder(self, chosen=self._move, label=say("button-choose")))
        self._make.clicked.connect(self._want)
        self._follow()

    def refuse(self, error: Exception) -> None:
        """It could not be made: say why and let something else be chosen."""
        self._make.setEnabled(True)
        self.say_notice(say_error(error))

    @property
    def target(self) -> Path:
        """The folder that would be made."""
        return self._place / folder_name(self._title.text())

    def _move(self, place: Path) -> None:
        self._place = place
        self._follow()

    def _follow(self) -> None:
        set_text(self._where, say("new-where", place=str(self.target)))
        self._make.setEnabled(bool(self._title.text().strip()) and self._lock.is_complete)
        self.fit()

    def _want(self) -> None:
        self._make.setEnabled(False)
        self.say_notice("")
        self.wanted.emit(self.target, self._title.text().strip(), self._lock.passphrase)
