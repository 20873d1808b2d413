"""How a hit and its passages are drawn: title, place, and the words around what was found. Plain text only, by our own pen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from archive.model.document import Role
from archive.model.hit import FoundPassage, Hit, Where
from viewer.look.ground import paint_ground
from viewer.look.icons import pixmap
from viewer.look.plain import plain, plain_text
from viewer.look.style import interface_font, reading_font
from viewer.look.themes import Theme
from viewer.models.results import ResultRole, ResultsModel
from viewer.say.words import say, say_date, say_number

Index = QModelIndex | QPersistentModelIndex

SIDE_PX, TOP_PX, GAP_PX, ICON_PX = 16, 14, 4, 16
TITLE_PT, META_PT, SNIPPET_PT = 13.0, 9.0, 11.0
SNIPPET_LINES, PASSAGE_LINES = 3, 2
PASSAGE_SIDE_PX, PASSAGE_TOP_PX = 42, 8


def say_where(hit: Hit, archives: Sequence[str] = ()) -> str:
    """Where the hit stands and what it stands in, in one line.

    Args:
        hit: what was found.
        archives: the titles of the open archives; where there are several, those that hold the document are named.
    """
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
        parts = [_say_part(hit.where, hit.note)]
    parts += [_say_page(hit.page, hit.page_label), plain(hit.publisher or ""), plain(say_date(hit.published_on))]
    if len(archives) > 1:
        parts += [plain(archives[number]) for number in hit.archives if number < len(archives)]
    return " · ".join(part for part in parts if part)


def say_passage(passage: FoundPassage) -> str:
    """Where a passage stands in its document."""
    part = say("hit-in-note-only", label=plain(passage.note or "")) if passage.where == Where.NOTE else ""
    title = say("hit-in-title-only") if passage.where == Where.TITLE else ""
    return " · ".join(each for each in (part or title or say("hit-in-text"), _say_page(passage.page, passage.page_label)) if each)


def say_passages(hit: Hit) -> str:
    """How many passages hold words of the question, exactly or at least."""
    number = say_number(hit.passage_count)
    return say("hit-passages", count=hit.passage_count, number=number if hit.is_counted else f"{number}+")


def _say_part(where: Where, note: str | None) -> str:
    name = {Where.TITLE: "hit-in-title", Where.BODY: "hit-in-body", Where.NOTE: "hit-in-note"}[where]
    return say(name, label=plain(note or ""))


def _say_page(page: int | None, label: str) -> str:
    return "" if page is None else say("hit-page", page=plain(label) or page)


def snippet_layout(hit: Hit | FoundPassage, theme: Theme, width_px: float, *, lines: int = SNIPPET_LINES) -> QTextLayout:
    """The snippet laid out in lines of ``width_px``, its hits marked; at most ``lines`` lines, the last one cut."""
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
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width_px)
        line.setPosition(QPointF(0, number * leading))
    layout.endLayout()
    return layout


class ResultPainter(QStyledItemDelegate):
    """Draws hits and their passages in a list.

    Args:
        view: the list; its width decides how the lines break.
        theme: the colours.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._laid_out: dict[tuple[int, int], tuple[Hit | FoundPassage, QTextLayout]] = {}

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme from now on."""
        self._theme = theme
        self.forget()

    def forget(self) -> None:
        """Another answer is listed: what was laid out is of no use any more."""
        self._laid_out.clear()

    def fold_place(self, row: QRect, index: Index) -> QRect:
        """Where in the row of a hit it is folded and unfolded with the pointer; empty where there is nothing to unfold."""
        model = index.model()
        if not isinstance(model, ResultsModel) or not model.is_foldable(index.row()):
            return QRect()
        font = interface_font(META_PT)
        width = round(QFontMetricsF(font).horizontalAdvance(say_passages(index.data(ResultRole.HIT)))) + ICON_PX + 14
        top = row.top() + TOP_PX + _line_px(_title_font()) + GAP_PX - 3
        return QRect(row.right() - SIDE_PX - width, top, width, _line_px(font) + 6)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as the lines need; a passage is as high before it has come as after."""
        width = self._view.viewport().width()
        if index.data(ResultRole.ORDINAL) is not None:
            lines = round(QFontMetricsF(reading_font(SNIPPET_PT)).lineSpacing() * 1.12 * PASSAGE_LINES)
            return QSize(width, 2 * PASSAGE_TOP_PX + _line_px(interface_font(META_PT)) + GAP_PX + lines)
        hit: Hit = index.data(ResultRole.HIT)
        text = _line_px(reading_font(TITLE_PT)) + GAP_PX + _line_px(interface_font(META_PT))
        layout = self._layout(hit, width - 2 * SIDE_PX, SNIPPET_LINES)
        height = TOP_PX + text + (GAP_PX + 2 + layout.boundingRect().height() if layout.text() else 0) + TOP_PX
        return QSize(width, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Title, place, snippet; a quiet ground when chosen or pointed at."""
        hit: Hit = index.data(ResultRole.HIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, view=self._view, theme=self._theme, radius_px=8, inset_px=1.5)
        if index.data(ResultRole.ORDINAL) is None:
            inner = option.rect.adjusted(SIDE_PX, TOP_PX, -SIDE_PX, -TOP_PX)
            y = self._paint_title(painter, inner, hit)
            y = self._paint_place(painter, inner, y + GAP_PX, hit, self._paint_fold(painter, option.rect, index))
            painter.setPen(QColor(self._theme.ink))
            self._layout(hit, inner.width(), SNIPPET_LINES).draw(painter, QPointF(inner.left(), y + GAP_PX + 2))
        else:
            self._paint_passage(painter, option.rect, index)
        painter.restore()

    def _paint_title(self, painter: QPainter, inner: QRect, hit: Hit) -> int:
        font = _title_font()
        painter.setFont(font)
        painter.setPen(QColor(self._theme.ink))
        title = QFontMetricsF(font).elidedText(
            plain(hit.title) or say("hit-untitled"), Qt.TextElideMode.ElideRight, inner.width()
        )
        height = _line_px(font)
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), Qt.AlignmentFlag.AlignVCenter, title)
        return inner.top() + height

    def _paint_fold(self, painter: QPainter, row: QRect, index: Index) -> int:
        """How many passages there are, and a sign that turns; how wide that is."""
        place = self.fold_place(row, index)
        if place.isEmpty():
            return 0
        painter.setFont(interface_font(META_PT))
        painter.setPen(QColor(self._theme.accent))
        words = QRect(place.left() + 4, place.top(), place.width() - ICON_PX - 10, place.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, say_passages(index.data(ResultRole.HIT)))
        name, ratio = "up" if index.data(ResultRole.IS_UNFOLDED) else "down", painter.device().devicePixelRatioF()
        sign = pixmap(name, self._theme.accent, ICON_PX, ratio=ratio)
        painter.drawPixmap(place.right() - ICON_PX - 2, place.top() + (place.height() - ICON_PX) // 2, sign)
        return place.width() + 8

    def _paint_place(self, painter: QPainter, inner: QRect, y: int, hit: Hit, taken_px: int) -> int:
        font = interface_font(META_PT)
        height = _line_px(font)
        ratio = painter.device().devicePixelRatioF()
        name = "source" if hit.role == Role.SOURCE else "note" if hit.where == Where.NOTE else "report"
        painter.drawPixmap(inner.left(), y + (height - ICON_PX) // 2, pixmap(name, self._theme.quiet_ink, ICON_PX, ratio=ratio))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.quiet_ink))
        room = QRect(inner.left() + ICON_PX + 6, y, inner.width() - ICON_PX - 6 - taken_px, height)
        model = self._view.model()
        archives = model.archives if isinstance(model, ResultsModel) else ()
        words = QFontMetricsF(font).elidedText(say_where(hit, archives), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return y + height

    def _paint_passage(self, painter: QPainter, row: QRect, index: Index) -> None:
        passage = index.data(ResultRole.PASSAGE)
        inner = row.adjusted(PASSAGE_SIDE_PX, PASSAGE_TOP_PX, -SIDE_PX, -PASSAGE_TOP_PX)
        painter.setPen(QColor(self._theme.line))
        painter.drawLine(row.left() + PASSAGE_SIDE_PX - 16, row.top(), row.left() + PASSAGE_SIDE_PX - 16, row.bottom())
        font = interface_font(META_PT)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.quiet_ink))
        line = QRect(inner.left(), inner.top(), inner.width(), _line_px(font))
        if passage is None:
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, "…")
            model = index.model()
            assert isinstance(model, ResultsModel)
            model.want_passage(index.row())
            return
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, say_passage(passage))
        painter.setPen(QColor(self._theme.ink))
        layout = self._layout(passage, inner.width(), PASSAGE_LINES)
        layout.draw(painter, QPointF(inner.left(), line.bottom() + GAP_PX))

    def _layout(self, shown: Hit | FoundPassage, width_px: int, lines: int) -> QTextLayout:
        key = (id(shown), width_px)
        if key not in self._laid_out:
            self._laid_out[key] = (shown, snippet_layout(shown, self._theme, width_px, lines=lines))
        return self._laid_out[key][1]


def _title_font() -> QFont:
    font = reading_font(TITLE_PT)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _line_px(font: QFont) -> int:
    return round(QFontMetricsF(font).height())


def _utf16_length(text: str) -> int:
    """How many of Qt's characters: those beyond the first plane count twice."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)
