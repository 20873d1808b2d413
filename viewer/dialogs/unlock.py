"""The passphrase of a locked archive."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.dialogs.passphrase import passphrase_field
from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.say.notices import say_error
from viewer.say.words import say


class UnlockSheet(Sheet):
    """Asks for the passphrase of one archive, as often as it takes.

    Args:
        name: the archive's folder name; its title is not known before it is open.

    Signals:
        passphrase_given: what was typed.
    """

    passphrase_given = Signal(str)

    def __init__(self, host: QWidget, *, name: str) -> None:
        super().__init__(host, title=say("unlock-title", name=name), width_px=440)
        self.body.addWidget(text_label(say("unlock-text"), parent=self))
        self._field = passphrase_field(say("passphrase"), parent=self)
        self.body.addWidget(self._field)
        self.add_cancel()
        self._open = self.add_button(say("button-open"), is_main=True)
        self._open.setEnabled(False)
        self._field.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        self._open.clicked.connect(self._give)

    def refuse(self, error: Exception) -> None:
        """The passphrase did not open it: say so and let it be typed again."""
        self._set_busy(is_busy=False)
        self.say_notice(say_error(error))
        self._field.selectAll()
        self._field.setFocus()

    def _give(self) -> None:
        self._set_busy(is_busy=True)
        self.say_notice("")
        self.passphrase_given.emit(self._field.text())

    def _set_busy(self, *, is_busy: bool) -> None:
        self._field.setEnabled(not is_busy)
        self._open.setEnabled(not is_busy)
        self._open.setText(say("unlock-opening") if is_busy else say("button-open"))
