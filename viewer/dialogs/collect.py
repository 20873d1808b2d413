"""In which collections a document is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from viewer.dialogs.name import LONGEST_NAME
from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.plain import plain
from viewer.say.notices import say_error
from viewer.say.words import say


class CollectSheet(Sheet):
    """Boxes to tick, one for each collection, and a line for a new one. What is ticked holds at once.

    Args:
        host: over which it is laid.
        title: of the document.
        names: of all collections.
        holding: those that the document is in.

    Signals:
        turned: the name of a collection, and whether the document is in it now.
    """

    turned = Signal(str, bool)

    def __init__(self, host: QWidget, *, title: str, names: Sequence[str], holding: Sequence[str]) -> None:
        super().__init__(host, title=say("collect-title"), width_px=460)
        self.body.addWidget(text_label(title, kind="quiet", parent=self))
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(4)
        for name in names:
            self._add(name, is_in=name in holding)
        self._name = QLineEdit(self, maxLength=LONGEST_NAME)
        self._name.setPlaceholderText(say("collect-new"))
        self._name.setAccessibleName(say("collect-new"))
        add = QPushButton(say("collect-add"), self)
        add.setEnabled(False)
        self._name.textChanged.connect(lambda text: add.setEnabled(bool(text.strip())))
        add.clicked.connect(self._make)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(add)
        self.body.addLayout(self._boxes)
        self.body.addLayout(row)
        self.add_button(say("button-done"), is_main=True).clicked.connect(self.close_sheet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line makes what is typed there; anywhere else it is as in every sheet."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self._name.hasFocus() and self._name.text().strip():
            self._make()
        else:
            super().keyPressEvent(event)

    def refuse(self, error: Exception) -> None:
        """It was not done: say why."""
        self.say_notice(say_error(error))

    def _add(self, name: str, *, is_in: bool) -> None:
        box = QCheckBox(plain(name).replace("&", "&&"), self)
        box.setChecked(is_in)
        box.toggled.connect(lambda is_on, name=name: self.turned.emit(name, is_on))
        self._boxes.addWidget(box)

    def _make(self) -> None:
        name = " ".join(self._name.text().split())
        if name:
            self._name.clear()
            self._add(name, is_in=True)
            self.fit()
            self.turned.emit(name, True)  # noqa: FBT003 - a signal's argument
