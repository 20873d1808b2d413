"""One name: of a collection, of a saved question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.say.notices import say_error
from viewer.say.words import say

LONGEST_NAME = 200


class NameSheet(Sheet):
    """Asks for a name.

    Signals:
        named: the name, without spaces at its ends. Answer with :meth:`close_sheet` or :meth:`refuse`.
    """

    named = Signal(str)

    def __init__(self, host: QWidget, *, title: str, text: str, name: str = "") -> None:
        super().__init__(host, title=title, width_px=440)
        self.body.addWidget(text_label(text, kind="quiet", parent=self))
        self._name = QLineEdit(name, self, maxLength=LONGEST_NAME)
        self._name.setPlaceholderText(say("name-field"))
        self._name.setAccessibleName(say("name-field"))
        self._name.selectAll()
        self.body.addWidget(self._name)
        self.add_cancel()
        self._keep = self.add_button(say("name-keep"), is_main=True)
        self._name.textChanged.connect(self._follow)
        self._keep.clicked.connect(lambda: self.named.emit(self._name.text().strip()))
        self._follow()

    def refuse(self, error: Exception) -> None:
        """The name was not taken: say why and let another be typed."""
        self.say_notice(say_error(error))

    def _follow(self) -> None:
        self._keep.setEnabled(bool(self._name.text().strip()))
