"""Labels that show words as plain text, always."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from viewer.look.plain import plain
from viewer.look.style import reading_font

TITLE_PT = 17.0


def text_label(text: str = "", *, kind: str = "body", parent: QWidget | None = None) -> QLabel:
    """A label that shows ``text`` as plain text and wraps.

    Args:
        text: what it says, foreign or not.
        kind: ``title`` (large serif), ``heading``, ``body``, ``quiet``, ``hint`` (small and quiet) or ``problem``.
        parent: the widget it stands in.
    """
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    for name in {"heading": ("heading",), "quiet": ("quiet",), "hint": ("quiet", "small"), "problem": ("problem",)}.get(kind, ()):
        label.setProperty(name, "true")
    if kind == "title":
        label.setFont(reading_font(TITLE_PT))
    set_text(label, text)
    return label


def set_text(label: QLabel, text: str) -> None:
    """Let a label say something else, each line of it made fit to be shown."""
    label.setText("\n".join(plain(line) for line in text.split("\n")))
