"""How one can ask: what the line understands, each with an example that can be tried."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.say.words import say

EXAMPLES = (
    "words", "phrase", "or", "not", "beginning", "near", "title-field", "dates", "language", "kind", "cites", "collection",
)  # fmt: skip


class AskingHelpSheet(Sheet):
    """What can be asked, with examples.

    Signals:
        example_chosen: ask this.
    """

    example_chosen = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, title=say("asking-title"), width_px=620)
        self.body.addWidget(text_label(say("asking-text"), kind="quiet", parent=self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, name in enumerate(EXAMPLES):
            words, example = say(f"asking-{name}"), say(f"asking-{name}-example")
            button = QPushButton(example, self)
            button.setProperty("flat", "true")
            button.setProperty("edge", "true")
            button.setAccessibleName(f"{words}: {example}")
            button.clicked.connect(lambda _checked=False, example=example: self._choose(example))
            grid.addWidget(text_label(words, parent=self), row, 0)
            grid.addWidget(button, row, 1)
        self.body.addLayout(grid)
        self.add_button(say("button-close"), is_main=True).clicked.connect(self.close_sheet)

    def _choose(self, example: str) -> None:
        self.close_sheet()
        self.example_chosen.emit(example)
