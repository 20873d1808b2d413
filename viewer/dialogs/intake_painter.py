"""How one file on its way is drawn: its name, and beneath it what became of it. Plain text only, by our own pen; all rows are of one height."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from archive import intake_report
from archive.model.intake import Fate, IntakeLine
from viewer.look.ground import paint_ground
from viewer.look.icons import pixmap
from viewer.look.plain import plain
from viewer.look.style import interface_font
from viewer.look.themes import Theme
from viewer.models.intake import IntakeRole

Index = QModelIndex | QPersistentModelIndex

SIDE_PX, TOP_PX, ICON_PX, GAP_PX = 10, 7, 16, 10
NAME_PT, FATE_PT = 10.5, 9.0
_ICONS = {
    Fate.WAITING: "waiting",
    Fate.READING: "import",
    Fate.ARRIVED: "check",
    Fate.ALREADY: "saved",
    Fate.FAILED: "warning",
    Fate.UNTOUCHED: "no-address",
}


def say_line(line: IntakeLine) -> str:
    """What became of a file, in one line: why it did not come in, else its fate and the first thing to know of it."""
    problems = intake_report.say_problems(line)
    said = problems[:1] if line.error else [intake_report.say_fate(line), *problems[:1]]
    return " · ".join(plain(part) for part in said)


class IntakePainter(QStyledItemDelegate):
    """Draws the files of a run.

    Args:
        view: the list.
        theme: the colours.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._name, self._fate = interface_font(NAME_PT), interface_font(FATE_PT)
        self._name_px, self._fate_px = (round(QFontMetricsF(font).height()) for font in (self._name, self._fate))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As wide as the list; the same height for all."""
        return QSize(self._view.viewport().width(), 2 * TOP_PX + self._name_px + 2 + self._fate_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Sign, name and fate; a quiet ground when chosen or pointed at."""
        line: IntakeLine = index.data(IntakeRole.LINE)
        theme = self._theme
        colour = theme.gone if line.error else theme.partial if line.problems else theme.quiet_ink
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, view=self._view, theme=self._theme, radius_px=6, inset_px=0.5)
        inner = option.rect.adjusted(SIDE_PX, TOP_PX, -SIDE_PX, -TOP_PX)
        sign = theme.saved if line.fate is Fate.ARRIVED and not line.problems else colour
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            inner.left(), inner.top() + (self._name_px - ICON_PX) // 2, pixmap(_ICONS[line.fate], sign, ICON_PX, ratio=ratio)
        )
        inner.setLeft(inner.left() + ICON_PX + GAP_PX)
        name = QRect(inner.left(), inner.top(), inner.width(), self._name_px)
        fate = QRect(inner.left(), inner.top() + self._name_px + 2, inner.width(), self._fate_px)
        painter.setFont(self._name)
        painter.setPen(QColor(theme.quiet_ink if line.fate in {Fate.WAITING, Fate.UNTOUCHED} else theme.ink))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, _fitted(plain(line.name), self._name, name, is_name=True))
        painter.setFont(self._fate)
        painter.setPen(QColor(colour))
        painter.drawText(fate, Qt.AlignmentFlag.AlignVCenter, _fitted(say_line(line), self._fate, fate, is_name=False))
        painter.restore()


def _fitted(text: str, font: object, room: QRect, *, is_name: bool) -> str:
    """The text cut to its room; of a name, whose end tells most, the middle goes."""
    mode = Qt.TextElideMode.ElideMiddle if is_name else Qt.TextElideMode.ElideRight
    return QFontMetricsF(font).elidedText(text, mode, room.width())
