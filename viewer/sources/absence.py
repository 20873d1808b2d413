"""What stands in place of a text where there is none: a sign, a sentence, and what an archivist can do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive.model.source import SourceState
from viewer.look.icons import icon_of_state, pixmap
from viewer.look.style import GRID_PX, code_font, interface_font
from viewer.look.themes import Theme

COMMAND = "ibid capture"


class Absence(QWidget):
    """Says why there is nothing to read; plain words in the middle of a pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words, self._advice, self._command = (
            _centred(font) for font in (interface_font(11), interface_font(10), code_font(10))
        )
        self._command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID_PX * 5, GRID_PX * 3, GRID_PX * 5, GRID_PX * 3)
        column.setSpacing(GRID_PX * 2)
        column.addStretch(2)
        for part in (self._sign, self._words, self._advice, self._command):
            column.addWidget(part)
        column.addStretch(3)

    def show_words(self, words: str, theme: Theme, *, state: SourceState | None = None, advice: str = "") -> None:
        """Say this.

        Args:
            words: the sentence, made fit to be shown.
            theme: whose colours are meant.
            state: what became of the source; None where there is no source.
            advice: what goes before the command; empty where nothing can be done.
        """
        sign, colour = (icon_of_state(state), theme.of_state(state)) if state else ("source", theme.line)
        self._sign.setPixmap(pixmap(sign, colour, 40, ratio=self.devicePixelRatioF()))
        self._words.setText(words)
        self._words.setStyleSheet(f"color: {theme.ink if state else theme.quiet_ink};")
        self._advice.setText(advice)
        self._advice.setStyleSheet(f"color: {theme.quiet_ink};")
        self._advice.setVisible(bool(advice))
        self._command.setText(COMMAND)
        self._command.setVisible(bool(advice))


def _centred(font: object) -> QLabel:
    label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(font)  # type: ignore[arg-type]
    return label
