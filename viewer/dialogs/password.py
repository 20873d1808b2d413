"""The password of a file that its maker encrypted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.dialogs.passphrase import passphrase_field
from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.plain import plain
from viewer.say.notices import say_error
from viewer.say.words import say


class PasswordSheet(Sheet):
    """Asks for the password of one file, as often as it takes. What is typed is kept nowhere.

    Args:
        name: the file's name or title.
        why: a sentence that says what becomes of the password.

    Signals:
        password_given: what was typed.
        skipped: the person left without one.
    """

    password_given = Signal(str)
    skipped = Signal()

    def __init__(self, host: QWidget, *, name: str, why: str) -> None:
        super().__init__(host, title=say("password-title"), width_px=460)
        self._is_taken = False
        if name:
            self.body.addWidget(text_label(plain(name), parent=self))
        self.body.addWidget(text_label(why, kind="hint", parent=self))
        self._field = passphrase_field(say("password"), parent=self)
        self.body.addWidget(self._field)
        self.add_cancel(say("password-skip"))
        self._open = self.add_button(say("button-open"), is_main=True)
        self._open.setEnabled(False)
        self._field.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        self._open.clicked.connect(self._give)

    def refuse(self, error: Exception) -> None:
        """The password did not open it: say so and let it be typed again."""
        self._set_busy(is_busy=False)
        self.say_notice(say_error(error))
        self._field.selectAll()
        self._field.setFocus()

    def take(self) -> None:
        """The password opened it: leave."""
        self._is_taken = True
        self.close_sheet()

    def close_sheet(self) -> None:
        """Leave; without the right password the file is passed over."""
        self._field.clear()
        if not self._is_taken:
            self.skipped.emit()
        super().close_sheet()

    def _give(self) -> None:
        self._set_busy(is_busy=True)
        self.say_notice("")
        self.password_given.emit(self._field.text())

    def _set_busy(self, *, is_busy: bool) -> None:
        self._field.setEnabled(not is_busy)
        self._open.setEnabled(not is_busy)
