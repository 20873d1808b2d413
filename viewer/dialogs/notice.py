"""Something that a person must read before going on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.say.words import say


class NoticeSheet(Sheet):
    """A title, the sentences, and a button that takes them away."""

    def __init__(self, host: QWidget, *, title: str, text: str) -> None:
        super().__init__(host, title=title, width_px=480)
        self.body.addWidget(text_label(text, parent=self))
        self.add_button(say("button-close"), is_main=True).clicked.connect(self.close_sheet)
