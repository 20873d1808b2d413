"""Two lines under a source that say in plain words how the capture that is shown was made, and the way to more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from archive.model.replay import CapturePart
from archive.model.source import Capture
from viewer.look.paper import PlainBox
from viewer.look.plain import plain_address
from viewer.look.style import GRID_PX, HALF_GRID_PX, interface_font
from viewer.look.themes import Theme
from viewer.models.evidence import SHORT_DIGITS, in_short

_MOST_LISTED = 40


class CaptureBar(QWidget):
    """Says what is known of a capture, and lets a person choose whether it is shown as text or as it looked.

    Args:
        say: gives the sentence of a name, with its facts.
        theme: the theme to begin with.

    Signals:
        look_chosen: whether it shall be shown as it looked.
        evidence_wanted: everything that is known of it.
    """

    look_chosen = Signal(bool)
    evidence_wanted = Signal()

    def __init__(self, say: Callable[..., str], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._digest = ""
        self._facts, self.remark, self._is_warning = "", "", False
        self._width_px, self._theme = GRID_PX * 40, theme
        self._said, self._note = PlainBox(self), PlainBox(self)
        self._text, self._look = self._choice("capture-as-text"), self._choice("capture-as-it-looked")
        self._group = QButtonGroup(self)
        self._missing = self._flat("")
        self._missing.setMenu(QMenu(self._missing))
        self._copy = self._flat("")
        self._copy.setToolTip(say("capture-digest-copy"))
        self._evidence = self._flat(say("capture-evidence"))
        self._build()
        self.clear()

    def show_capture(self, capture: Capture, parts: Sequence[CapturePart]) -> None:
        """Say what is known of this capture; ``parts`` may be empty until they are known."""
        self._facts = "\n".join(in_short(capture, parts, self._say))
        self._digest = capture.capture
        self._copy.setText(self._say("capture-digest", digest=capture.capture[:SHORT_DIGITS] + "…"))
        menu = self._missing.menu()
        menu.clear()
        lost = capture.evidence.missing
        for part in lost[:_MOST_LISTED]:
            menu.addAction(plain_address(part.address).replace("&", "&&"))
        self._missing.setText(self._say("capture-missing", count=len(lost)))
        self._missing.setVisible(bool(lost))
        self.show()
        self._fit()

    def say_note(self, text: str, *, is_warning: bool = False) -> None:
        """Say a sentence about what is shown; an empty one takes it away."""
        self.remark, self._is_warning = text, is_warning
        self._note.setVisible(bool(text))
        self._fit()

    def fit(self, width_px: int, theme: Theme) -> None:
        """Let everything wrap to this width, in the colours of this theme."""
        self._width_px, self._theme = width_px, theme
        self._fit()

    def set_look(self, *, is_look: bool, can_look: bool) -> None:
        """Which of the two is chosen now, and whether there is a choice."""
        (self._look if is_look else self._text).setChecked(True)
        self._look.setEnabled(can_look)

    def clear(self) -> None:
        """Nothing is shown; nothing of it is kept."""
        self._digest = self._facts = self.remark = ""
        for box in (self._said, self._note):
            box.clear()
        self._note.hide()
        self._missing.menu().clear()
        self._copy.setText("")
        self.hide()

    def _build(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(HALF_GRID_PX)
        for button, is_look in ((self._text, False), (self._look, True)):
            self._group.addButton(button)
            choice.addWidget(button)
            button.clicked.connect(lambda _checked=False, is_look=is_look: self.look_chosen.emit(is_look))
        choice.addStretch(1)
        more = QHBoxLayout()
        more.setSpacing(GRID_PX * 2)
        for button in (self._evidence, self._copy, self._missing):
            more.addWidget(button)
        more.addStretch(1)
        self._evidence.clicked.connect(lambda _checked=False: self.evidence_wanted.emit())
        self._copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(self._digest))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, HALF_GRID_PX, 0, 0)
        column.setSpacing(HALF_GRID_PX)
        column.addLayout(choice)
        column.addWidget(self._said)
        column.addLayout(more)
        column.addWidget(self._note)

    def _fit(self) -> None:
        quiet, warning = self._theme.quiet_ink, self._theme.partial
        for box, words, colour in (
            (self._said, self._facts, quiet),
            (self._note, self.remark, warning if self._is_warning else quiet),
        ):
            if words:
                box.show_words(words, font=interface_font(9), colour=colour, width_px=self._width_px, limit_px=GRID_PX * 14)

    def _choice(self, name: str) -> QPushButton:
        button = QPushButton(self._say(name))
        button.setProperty("choice", True)  # noqa: FBT003 - a property's value for the style sheet
        button.setCheckable(True)
        button.setFont(interface_font(9))
        return button

    def _flat(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("flat", True)  # noqa: FBT003 - a property's value for the style sheet
        button.setProperty("edge", True)  # noqa: FBT003 - as above
        button.setFont(interface_font(9))
        return button
