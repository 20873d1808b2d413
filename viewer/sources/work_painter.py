"""How one source of the work list is drawn: what it is called and its state, where it is cited, and why it is where it is. Plain text only, by our own pen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from archive import capture_report
from archive.model.capturing import CaptureFate
from archive.model.source import Quoted, SourceState
from viewer.look.ground import paint_ground
from viewer.look.icons import icon_of_state, pixmap
from viewer.look.plain import plain, plain_address, plain_host
from viewer.look.style import interface_font
from viewer.look.themes import Theme
from viewer.models.capturing import WorkRole, WorkRow
from viewer.say.words import say

Index = QModelIndex | QPersistentModelIndex

SIDE_PX, TOP_PX, ICON_PX, GAP_PX, LEAD_PX = 12, 8, 16, 10, 2
TITLE_PT, SMALL_PT = 10.5, 9.0


class WorkPainter(QStyledItemDelegate):
    """Draws the sources of the work list; all rows are of one height.

    Args:
        view: the list.
        theme: the colours.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self.theme = view, theme
        self._title, self._small = interface_font(TITLE_PT), interface_font(SMALL_PT)
        self._title_px, self._small_px = (round(QFontMetricsF(font).height()) for font in (self._title, self._small))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As wide as the list; the same height for all."""
        return QSize(self._view.viewport().width(), 2 * TOP_PX + self._title_px + 2 * (LEAD_PX + self._small_px))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Sign, title and state; host and note; the reason."""
        row: WorkRow = index.data(WorkRole.ROW)
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, view=self._view, theme=theme, radius_px=6, inset_px=0.5, chosen=theme.selection)
        inner = option.rect.adjusted(SIDE_PX, TOP_PX, -SIDE_PX, -TOP_PX)
        colour = theme.accent if row.is_moving else theme.gone if _is_broken(row) else theme.of_state(row.state)
        sign = "import" if row.is_moving else "warning" if _is_broken(row) else icon_of_state(row.state)
        ratio = painter.device().devicePixelRatioF()
        top = inner.top() + (self._title_px - ICON_PX) // 2
        painter.drawPixmap(inner.left(), top, pixmap(sign, colour, ICON_PX, ratio=ratio))
        inner.setLeft(inner.left() + ICON_PX + GAP_PX)
        first = QRect(inner.left(), inner.top(), inner.width(), self._title_px)
        fate = plain(row.fate)
        room = round(QFontMetricsF(self._small).horizontalAdvance(fate)) + GAP_PX
        _draw(painter, fate, self._small, colour, first, Qt.AlignmentFlag.AlignRight)
        _draw(painter, name_of(row), self._title, theme.ink, first.adjusted(0, 0, -room, 0))
        second = QRect(inner.left(), first.bottom() + 1 + LEAD_PX, inner.width(), self._small_px)
        _draw(painter, place_of(row), self._small, theme.quiet_ink, second)
        third = second.translated(0, self._small_px + LEAD_PX)
        why = row.why[:1]
        words = plain(why[0]) if why else capture_report.say_risks(row.risks)
        _draw(painter, words, self._small, _colour_of_why(row, theme) if why else theme.quiet_ink, third)
        painter.restore()


def name_of(row: WorkRow) -> str:
    """What notes call a source; where they do not, its address."""
    return plain(row.planned.entry.title) or plain_address(row.planned.address)


def place_of(row: WorkRow) -> str:
    """The host, and the first note that cites it."""
    cited = row.planned.entry.source.cited_at
    parts = [plain_host(row.planned.address)]
    if cited:
        title = plain(cited[0].title) or cited[0].document[:12]
        parts.append(say("work-cited-at", label=plain(cited[0].label), title=title, more=len(cited) - 1))
    return " · ".join(parts)


def _is_broken(row: WorkRow) -> bool:
    return row.line is not None and row.line.fate is CaptureFate.BROKEN


def _colour_of_why(row: WorkRow, theme: Theme) -> str:
    is_warning = row.state is SourceState.SAVED and row.line is not None and row.line.quoted is Quoted.NOT_FOUND
    return theme.partial if is_warning else theme.gone if _is_broken(row) else theme.of_state(row.state)


def _draw(
    painter: QPainter,
    text: str,
    font: QFont,
    colour: str,
    room: QRect,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    fitted = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | align, fitted)
