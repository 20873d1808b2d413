"""A layout that sets its widgets side by side and begins a new line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Like words in a paragraph; as high as its lines need.

    Args:
        parent: the widget whose children are laid out.
        gap_px: between neighbours and between lines.
    """

    def __init__(self, parent: QWidget | None = None, *, gap_px: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap_px = gap_px
        self.setContentsMargins(0, 0, 0, 0)

    def clear(self) -> None:
        """Take every widget out and away."""
        for item in self._items:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        self._items = []
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt calls it so
        """Qt's own."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt calls it so
        """Qt's own."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt calls it so
        """Qt's own."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt calls it so
        """It wants no more than its lines."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width_px: int) -> int:
        """How high the lines are at this width."""
        return self._place(QRect(0, 0, width_px, 0), is_real=False)

    def setGeometry(self, room: QRect) -> None:  # noqa: N802 - Qt calls it so
        """Set the widgets."""
        super().setGeometry(room)
        self._place(room, is_real=True)

    def sizeHint(self) -> QSize:
        """As small as it can be."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest of its widgets."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, room: QRect, *, is_real: bool) -> int:
        lines: list[list[tuple[QLayoutItem, QSize, int]]] = [[]]
        x = 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(room.width(), 1), 10_000))
            if x + size.width() > room.width() and lines[-1]:
                lines.append([])
                x = 0
            lines[-1].append((item, size, x))
            x += size.width() + self._gap_px
        y = room.y()
        for line in lines:
            line_px = max((size.height() for _item, size, _x in line), default=0)
            if is_real:
                for item, size, at in line:
                    item.setGeometry(QRect(QPoint(room.x() + at, y + (line_px - size.height()) // 2), size))
            y += line_px + self._gap_px
        return y - room.y() - self._gap_px if self._items else 0
