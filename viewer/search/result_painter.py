"""How one hit is drawn: its title, where it stands, and the words around what was found. Plain text only, by our own pen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive.model.document import Role
from archive.model.hit import Hit, Where
from viewer.look.icons import pixmap
from viewer.look.plain import plain, plain_text
from viewer.look.style import interface_font, reading_font
from viewer.look.themes import Theme
from viewer.models.results import ResultRole
from viewer.say.words import say, say_date

Index = QModelIndex | QPersistentModelIndex

SIDE_PX, TOP_PX, GAP_PX, ICON_PX = 16, 14, 4, 16
TITLE_PT, META_PT, SNIPPET_PT = 13.0, 9.0, 11.0
SNIPPET_LINES = 3


def say_where(hit: Hit) -> str:
    """Where the hit stands and what it stands in, in one line."""
    if hit.role == Role.SOURCE:
        place = hit.cited_at[0] if hit.cited_at else None
        parts = [
            say(
                "hit-in-source",
                label=plain(place.label),
                title=plain(place.title) or say("hit-untitled"),
                more=len(hit.cited_at) - 1,
            )
            if place
            else say("hit-in-uncited-source")
        ]
    else:
        where = {Where.TITLE: "hit-in-title", Where.BODY: "hit-in-body", Where.NOTE: "hit-in-note"}[hit.where]
        parts = [say(where, label=plain(hit.note or ""))]
    if hit.page is not None:
        parts.append(say("hit-page", page=plain(hit.page_label) or hit.page))
    parts += [part for part in (plain(hit.publisher or ""), plain(say_date(hit.published_on))) if part]
    return " · ".join(parts)


def snippet_layout(hit: Hit, theme: Theme, width_px: float) -> QTextLayout:
    """The snippet laid out in lines of ``width_px``, its hits marked; at most SNIPPET_LINES lines, the last one cut."""
    text, formats = "", []
    for untrusted_run, is_hit in hit.snippet:
        run = plain_text(untrusted_run).replace("\n", " ").replace("\t", " ")
        if is_hit:
            marked = QTextCharFormat()
            marked.setBackground(QColor(theme.hit))
            marked.setForeground(QColor(theme.ink))
            place = QTextLayout.FormatRange()
            place.start, place.length, place.format = _utf16_length(text), _utf16_length(run), marked
            formats.append(place)
        text += run
    layout = QTextLayout(text, reading_font(SNIPPET_PT))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.setCacheEnabled(True)
    leading = QFontMetricsF(layout.font()).lineSpacing() * 1.12
    layout.beginLayout()
    for number in range(SNIPPET_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width_px)
        line.setPosition(QPointF(0, number * leading))
    layout.endLayout()
    return layout


class ResultPainter(QStyledItemDelegate):
    """Draws hits in a list.

    Args:
        view: the list; its width decides how the lines break.
        theme: the colours.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._laid_out: dict[tuple[int, int], tuple[Hit, QTextLayout]] = {}

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme from now on."""
        self._theme = theme
        self.forget()

    def forget(self) -> None:
        """Another answer is listed: what was laid out is of no use any more."""
        self._laid_out.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as the lines need."""
        hit: Hit = index.data(ResultRole.HIT)
        width = self._view.viewport().width()
        text = _line_px(reading_font(TITLE_PT)) + GAP_PX + _line_px(interface_font(META_PT))
        layout = self._layout(hit, width - 2 * SIDE_PX)
        height = TOP_PX + text + (GAP_PX + 2 + layout.boundingRect().height() if layout.text() else 0) + TOP_PX
        return QSize(width, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Title, place, snippet; a quiet ground when chosen or pointed at."""
        hit: Hit = index.data(ResultRole.HIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        inner = option.rect.adjusted(SIDE_PX, TOP_PX, -SIDE_PX, -TOP_PX)
        y = self._paint_title(painter, inner, hit)
        y = self._paint_place(painter, inner, y + GAP_PX, hit)
        painter.setPen(QColor(self._theme.ink))
        self._layout(hit, inner.width()).draw(painter, QPointF(inner.left(), y + GAP_PX + 2))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_pointed_at = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5)
        if is_chosen or is_pointed_at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.shade))
            painter.drawRoundedRect(ground, 8, 8)
        if is_chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self._theme.accent))
            painter.drawRoundedRect(ground, 8, 8)

    def _paint_title(self, painter: QPainter, inner: QRect, hit: Hit) -> int:
        font = reading_font(TITLE_PT)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.ink))
        title = QFontMetricsF(font).elidedText(
            plain(hit.title) or say("hit-untitled"), Qt.TextElideMode.ElideRight, inner.width()
        )
        height = _line_px(font)
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), Qt.AlignmentFlag.AlignVCenter, title)
        return inner.top() + height

    def _paint_place(self, painter: QPainter, inner: QRect, y: int, hit: Hit) -> int:
        font = interface_font(META_PT)
        height = _line_px(font)
        ratio = painter.device().devicePixelRatioF()
        name = "source" if hit.role == Role.SOURCE else "note" if hit.where == Where.NOTE else "report"
        painter.drawPixmap(inner.left(), y + (height - ICON_PX) // 2, pixmap(name, self._theme.quiet_ink, ICON_PX, ratio=ratio))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.quiet_ink))
        room = QRect(inner.left() + ICON_PX + 6, y, inner.width() - ICON_PX - 6, height)
        words = QFontMetricsF(font).elidedText(say_where(hit), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return y + height

    def _layout(self, hit: Hit, width_px: int) -> QTextLayout:
        key = (id(hit), width_px)
        if key not in self._laid_out:
            self._laid_out[key] = (hit, snippet_layout(hit, self._theme, width_px))
        return self._laid_out[key][1]


def _line_px(font: object) -> int:
    return round(QFontMetricsF(font).height())


def _utf16_length(text: str) -> int:
    """How many of Qt's characters: those beyond the first plane count twice."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)
