"""A list of places to go to: who cites something, what shares sources with something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.plain import plain
from viewer.say.words import say

_PLACE = Qt.ItemDataRole.UserRole + 1
_LONGEST = 300


class PlacesSheet(Sheet):
    """Rows of plain words; Enter or a click goes there.

    Args:
        host: over which it is laid.
        title: what is listed.
        text: how many, or that there are none.
        rows: what each row says, and what is told when it is opened.

    Signals:
        opened: what belongs to the row.
    """

    opened = Signal(object)

    def __init__(self, host: QWidget, *, title: str, text: str, rows: Sequence[tuple[str, object]]) -> None:
        super().__init__(host, title=title, width_px=620)
        self.body.addWidget(text_label(text, kind="quiet", parent=self))
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(min(420, 20 + 58 * len(rows)))
        for words, place in rows:
            shown = "\n".join(plain(line)[:_LONGEST] for line in words.split("\n"))
            QListWidgetItem(shown, self.list).setData(_PLACE, place)
        self.list.setVisible(bool(rows))
        self.body.addWidget(self.list)
        self.add_button(say("button-close"), is_main=not rows).clicked.connect(self.close_sheet)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        if rows:
            self.list.setCurrentRow(0)

    def _open(self, item: QListWidgetItem) -> None:
        if not self.list.isVisible():
            return
        place = item.data(_PLACE)
        self.close_sheet()
        self.opened.emit(place)
