"""A sheet that asks for one secret, as often as it takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.dialogs.passphrase import passphrase_field
from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.say.notices import say_error
from viewer.say.words import say


class SecretSheet(Sheet):
    """Asks for a passphrase or a password. What is typed is kept nowhere.

    Args:
        title: of the sheet.
        width_px: of the sheet.
        texts: what is said above the field, each with its kind.
        name: of the field.
        leave: what the button says that leaves without; "Cancel" where it is not given.
        waiting: what the other button says while what was typed is tried; what it always says where it is not given.

    Signals:
        given: what was typed.
    """

    given = Signal(str)

    def __init__(
        self,
        host: QWidget,
        *,
        title: str,
        width_px: int,
        texts: tuple[tuple[str, str], ...],
        name: str,
        leave: str | None = None,
        waiting: str | None = None,
    ) -> None:
        super().__init__(host, title=title, width_px=width_px)
        self._waiting = waiting
        for text, kind in texts:
            self.body.addWidget(text_label(text, kind=kind, parent=self))
        self._field = passphrase_field(name, parent=self)
        self.body.addWidget(self._field)
        self.add_cancel(leave)
        self._open = self.add_button(say("button-open"), is_main=True)
        self._open.setEnabled(False)
        self._field.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        self._open.clicked.connect(self._give)

    def refuse(self, error: Exception) -> None:
        """What was typed did not open it: say so and let it be typed again."""
        self._set_busy(is_busy=False)
        self.say_notice(say_error(error))
        self._field.selectAll()
        self._field.setFocus()

    def _give(self) -> None:
        self._set_busy(is_busy=True)
        self.say_notice("")
        self.given.emit(self._field.text())

    def _set_busy(self, *, is_busy: bool) -> None:
        self._field.setEnabled(not is_busy)
        self._open.setEnabled(not is_busy)
        if self._waiting is not None:
            self._open.setText(self._waiting if is_busy else say("button-open"))
