"""The password of a file that its maker encrypted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.dialogs.secret import SecretSheet
from viewer.look.plain import plain
from viewer.say.words import say


class PasswordSheet(SecretSheet):
    """Asks for the password of one file.

    Args:
        name: the file's name or title.
        why: a sentence that says what becomes of the password.

    Signals:
        skipped: the person left without one.
    """

    skipped = Signal()

    def __init__(self, host: QWidget, *, name: str, why: str) -> None:
        super().__init__(
            host,
            title=say("password-title"),
            width_px=460,
            texts=(*([(plain(name), "body")] if name else []), (why, "hint")),
            name=say("password"),
            leave=say("password-skip"),
        )
        self._is_taken = False

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
