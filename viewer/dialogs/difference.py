"""What changed between two saved states of a source."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from archive.model.difference import Change, Fate
from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.plain import plain_text
from viewer.look.style import GRID_PX, READING_PT, reading_font
from viewer.look.themes import Theme
from viewer.say.words import say


class DifferenceSheet(Sheet):
    """Shows how one text became the other: what was taken out struck through, what was put in underlined.

    Args:
        host: the window.
        theme: its colours.
        dates: of the older and of the newer state, as they are said.
        changes: what changed, in reading order.
    """

    def __init__(self, host: QWidget, *, theme: Theme, dates: tuple[str, str], changes: Sequence[Change]) -> None:
        super().__init__(host, title=say("difference-title"), width_px=820)
        self._theme = theme
        self._places: list[int] = []
        self._here = -1
        self.body.addWidget(text_label(say("difference-between", older=dates[0], newer=dates[1]), kind="quiet", parent=self))
        count = sum(change.is_change for change in changes)
        self.body.addWidget(text_label(say("difference-count", count=count), parent=self))
        self.text = QTextEdit(self, readOnly=True, acceptRichText=False)
        self.text.setAccessibleName(say("difference-title"))
        self.text.setMinimumHeight(GRID_PX * 46)
        self.text.setFont(reading_font(READING_PT - 2))
        self.text.document().setDocumentMargin(GRID_PX * 2)
        self.body.addWidget(self.text, 1)
        if count:
            self._write(changes)
            for name, step in (("previous", -1), ("next", 1)):
                self.add_button(say(f"difference-{name}")).clicked.connect(lambda _checked=False, step=step: self.go(step))
        else:
            self.text.hide()
        self.add_button(say("button-close"), is_main=True).clicked.connect(self.close_sheet)

    def go(self, step: int) -> None:
        """Go to the next change, or the one before; round at the ends."""
        self._here = (self._here + step) % len(self._places)
        cursor = self.text.textCursor()
        cursor.setPosition(self._places[self._here])
        self.text.setTextCursor(cursor)
        top = self.text.cursorRect(cursor).top()
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + top - GRID_PX * 6)

    def _write(self, changes: Sequence[Change]) -> None:
        cursor = QTextCursor(self.text.document())
        is_begun = False
        for change in changes:
            block = QTextBlockFormat()
            block.setBottomMargin(GRID_PX)
            if is_begun:
                cursor.insertBlock(block)
            else:
                cursor.setBlockFormat(block)
            is_begun = True
            if change.is_change:
                self._places.append(cursor.position())
            if change.unchanged:
                cursor.insertText(say("difference-unchanged", count=change.unchanged), self._format(None, is_heading=False))
            for run in change.runs:
                cursor.insertText(plain_text(run.text), self._format(run.fate, is_heading=bool(change.level)))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _format(self, fate: Fate | None, *, is_heading: bool) -> QTextCharFormat:
        style = QTextCharFormat()
        if is_heading:
            style.setFontWeight(QFont.Weight.Bold)
        if fate is None:
            style.setForeground(QColor(self._theme.quiet_ink))
            style.setFontItalic(True)
        elif fate is Fate.TAKEN_OUT:
            style.setForeground(QColor(self._theme.gone))
            style.setFontStrikeOut(True)
        elif fate is Fate.PUT_IN:
            style.setForeground(QColor(self._theme.saved))
            style.setFontUnderline(True)
        else:
            style.setForeground(QColor(self._theme.ink))
        return style
