"""How the question may go on: a small list under the line, which never takes the cursor nor changes what was typed until one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from archive.model.hit import Completion, CompletionKind
from viewer.look.plain import plain
from viewer.look.style import interface_font
from viewer.look.themes import Theme
from viewer.say.words import say, say_number

MOST_SHOWN = 8
_ROW_PX, _SIDE_PX, _EDGE_PX = 30, 14, 5
_COMPLETION = Qt.ItemDataRole.UserRole + 1


def completed(text: str, completion: Completion) -> str:
    """The question with a completion taken; a word is followed by a space, the name of a field by its value."""
    after = text[completion.end :]
    gap = "" if completion.kind == CompletionKind.FIELD or after[:1].isspace() else " "
    return text[: completion.start] + completion.text + gap + after


def say_completion(completion: Completion) -> str:
    """What a completion is, for the right side of its row."""
    kind = say(f"completion-{completion.kind}")
    return say_number(completion.count) if completion.kind == CompletionKind.WORD else kind


class _RowPainter(QStyledItemDelegate):
    """Draws what may be taken at the left, what it is at the right."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        completion: Completion = index.data(_COMPLETION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selection if is_chosen else self.theme.shade))
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5)
        inner = option.rect.adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
        painter.setFont(interface_font(9))
        painter.setPen(QColor(self.theme.quiet_ink))
        what = say_completion(completion)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, what)
        inner.setRight(inner.right() - round(QFontMetricsF(interface_font(9)).horizontalAdvance(what)) - 12)
        font = interface_font(11)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.ink))
        words = QFontMetricsF(font).elidedText(plain(completion.text), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class CompletionsList(QListWidget):
    """The list; the line it belongs to keeps the cursor and passes it its keys.

    Signals:
        taken: a Completion was clicked.
    """

    taken = Signal(object)

    def __init__(self, line: QWidget, theme: Theme) -> None:
        super().__init__(line)
        self._line = line
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("completions", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("completions-name"))
        self._painter = _RowPainter(self, theme)
        self.setItemDelegate(self._painter)
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(_COMPLETION)))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._painter.theme = theme

    @property
    def chosen(self) -> Completion | None:
        """The one the keys have come to."""
        item = self.currentItem()
        return item.data(_COMPLETION) if item is not None and self.isVisible() else None

    @property
    def first(self) -> Completion | None:
        """The likeliest one."""
        return self.item(0).data(_COMPLETION) if self.isVisible() and self.count() else None

    def offer(self, completions: Sequence[Completion]) -> None:
        """Show these under the line, none of them chosen; nothing takes the list away."""
        self.clear()
        for completion in completions[:MOST_SHOWN]:
            item = QListWidgetItem(plain(completion.text), self)
            item.setData(_COMPLETION, completion)
        self.setCurrentRow(-1)
        if not self.count():
            self.hide()
            return
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        self.setGeometry(below.x(), below.y(), self._line.width(), self.count() * _ROW_PX + 2 * _EDGE_PX)
        self.show()
        self.raise_()

    def step(self, by: int) -> bool:
        """Choose the next or the previous one; before the first none is chosen. Whether there was one to go to."""
        row = self.currentRow() + by
        if row >= self.count() or row < -1:
            return False
        self.setCurrentRow(row)
        return True
