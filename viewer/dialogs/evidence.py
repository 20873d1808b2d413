"""Everything that is known of how a capture was made, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QGuiApplication, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.paper import private_mime, words_between
from viewer.models.evidence import Fact
from viewer.say.words import say

_GAP_PX = 10


class EvidenceSheet(Sheet):
    """What was fetched, when, by what, from where, with which digests, and who agrees; and what all that does not prove.

    Args:
        host: the window.
        facts: what is said, under its headings.
        digest: of the capture, for the clipboard.
    """

    def __init__(self, host: QWidget, *, facts: Sequence[Fact], digest: str) -> None:
        super().__init__(host, title=say("evidence-title"), width_px=640)
        self.said = _Said(facts, self)
        self.said.setAccessibleName(say("evidence-title"))
        self.body.addWidget(self.said)
        self.body.addWidget(text_label(say("evidence-limits"), kind="quiet", parent=self))
        copy = self.add_button(say("evidence-copy-digest"))
        copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(digest))
        self.add_cancel(say("button-done"))


class _Said(QTextEdit):
    """Headings and lines, long addresses and digests broken where the sheet ends; what is copied of it is plain."""

    def __init__(self, facts: Sequence[Fact], parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setProperty("onCard", True)  # noqa: FBT003 - a property's value for the style sheet
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setMinimumHeight(400)
        cursor, gap, none = QTextCursor(self.document()), QTextBlockFormat(), QTextBlockFormat()
        gap.setTopMargin(_GAP_PX)
        bold, usual = QTextCharFormat(), QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        for n, fact in enumerate(facts):
            if n:
                cursor.insertBlock(gap)
            cursor.insertText(fact.heading, bold)
            for line in fact.lines:
                cursor.insertBlock(none)
                cursor.insertText(line, usual)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words as plain text."""
        return private_mime(words_between(self.textCursor()))
