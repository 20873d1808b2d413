"""A line over a document that says what a person must know of its text, with one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from viewer.look.label import set_text, text_label
from viewer.look.style import GRID_PX, HALF_GRID_PX


class PageNotice(QFrame):
    """One sentence and perhaps a button; away while there is nothing to say.

    Signals:
        wanted: the button was pressed.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)  # noqa: FBT003 - a property's value for the style sheet
        self._words = text_label(kind="hint", parent=self)
        self.button = QPushButton(self)
        self.button.clicked.connect(lambda _checked=False: self.wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_PX * 2, HALF_GRID_PX, GRID_PX * 2, HALF_GRID_PX)
        row.setSpacing(GRID_PX * 2)
        row.addWidget(self._words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str, *, action: str = "") -> None:
        """Show a sentence, and a button with these words where there are any; no sentence takes the line away."""
        set_text(self._words, words)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setVisible(bool(words))
