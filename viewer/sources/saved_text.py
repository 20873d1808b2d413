"""The text of a saved source, with the quoted words marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from viewer.look.paper import Paper

_MOST_MARKED = 50


class SavedText(Paper):
    """Paper that marks words."""

    def mark(self, places: Sequence[tuple[int, int, int]]) -> None:
        """Mark these (passage, start, end) and go to the first; none: stay at the top."""
        marks: list[QTextEdit.ExtraSelection] = []
        assert self.sheet is not None
        for passage, start, end in places[:_MOST_MARKED]:
            first = self.sheet.text_map.position_of(passage, start)
            last = self.sheet.text_map.position_of(passage, end, is_end=True)
            if first is None or last is None:
                continue
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(first)
            one.cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            one.format = QTextCharFormat()
            one.format.setBackground(QColor(self.theme.hit))
            one.format.setForeground(QColor(self.theme.ink))
            marks.append(one)
        self.setExtraSelections(marks)
        if marks:
            self.scroll_to(marks[0].cursor.selectionStart())
