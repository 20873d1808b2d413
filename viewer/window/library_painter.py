"""How a document or a source is drawn in the list of the library."""

from __future__ import annotations

from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from archive.model.source import SourceState
from viewer.look.ground import paint_ground
from viewer.look.icons import icon_of_state, pixmap
from viewer.look.plain import plain
from viewer.look.style import interface_font, reading_font
from viewer.look.themes import Theme
from viewer.models.documents import ShelfEntry, ShelfRole
from viewer.models.sources import ShelfSource
from viewer.say.words import say, say_date

Index = QModelIndex | QPersistentModelIndex

SIDE_PX, TOP_PX, ICON_PX = 12, 9, 16
_TITLE_PT = 11.0


def readable_address(address: str) -> str:
    """An address without its scheme and with its letters as letters: ``spring96.org/ru/news``; for the eye, never opened."""
    parts = urlsplit(address)
    path = unquote(parts.path).rstrip("/") + (f"?{unquote(parts.query)}" if parts.query else "")
    return plain(f"{parts.hostname or address}{path}")


def say_entry(shelved: ShelfEntry) -> str:
    """When it was published, and by whom; and whether its text was read from pictures, or it has none."""
    document = shelved.entry.document
    description = document.description
    text = say("library-recognised") if document.recognised else "" if document.passages else say("library-without-text")
    return " · ".join(
        part for part in (plain(say_date(description.published_on)), plain(description.publisher or ""), text) if part
    )


class LibraryPainter(QStyledItemDelegate):
    """Draws rows of documents (title, publisher and date) and of sources (address, state)."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme from now on."""
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list; two lines of a title if it needs them."""
        width = self._view.viewport().width()
        shelved = index.data(ShelfRole.ENTRY)
        if isinstance(shelved, ShelfSource):
            return QSize(width, 2 * TOP_PX + _line_px(None) + 2 + _line_px(9.0))
        small = 2 + _line_px(9.0) if say_entry(shelved) else 0
        return QSize(width, 2 * TOP_PX + len(_broken(shelved.title, width - 2 * SIDE_PX)) * _title_px() + small)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then the words."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, view=self._view, theme=self._theme, radius_px=6, inset_px=1, chosen=self._theme.selection)
        inner = option.rect.adjusted(SIDE_PX, TOP_PX, -SIDE_PX, -TOP_PX)
        shelved = index.data(ShelfRole.ENTRY)
        if isinstance(shelved, ShelfSource):
            self._paint_source(painter, inner, shelved)
        else:
            self._paint_document(painter, inner, index)
        painter.restore()

    def _paint_document(self, painter: QPainter, inner: QRect, index: Index) -> None:
        font = reading_font(_TITLE_PT)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.ink))
        height, y = _title_px(), inner.top()
        for line in _broken(_entry(index).title, inner.width()):
            painter.drawText(QRect(inner.left(), y, inner.width(), height), Qt.AlignmentFlag.AlignVCenter, line)
            y += height
        self._paint_small(painter, QRect(inner.left(), y + 2, inner.width(), 0), say_entry(_entry(index)), self._theme.quiet_ink)

    def _paint_source(self, painter: QPainter, inner: QRect, shelved: ShelfSource) -> None:
        source = shelved.source
        font = interface_font()
        painter.setFont(font)
        painter.setPen(QColor(self._theme.ink))
        height = _line_px(None)
        words = QFontMetricsF(font).elidedText(readable_address(source.address), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), Qt.AlignmentFlag.AlignVCenter, words)
        colour, y = self._theme.of_state(source.state), inner.top() + height + 2
        drawn = pixmap(icon_of_state(source.state), colour, ICON_PX, ratio=painter.device().devicePixelRatioF())
        small = _line_px(9.0)
        painter.drawPixmap(inner.left(), y + (small - ICON_PX) // 2, drawn)
        room = QRect(inner.left() + ICON_PX + 6, y, inner.width() - ICON_PX - 6, 0)
        self._paint_small(painter, room, say_state(source.state), colour)

    def _paint_small(self, painter: QPainter, room: QRect, words: str, colour: str) -> None:
        font = interface_font(9.0)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        room.setHeight(_line_px(9.0))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def say_state(state: SourceState) -> str:
    """A source's state in a word or two."""
    return say(f"reading-state-{state.value.replace('_', '-')}")


def _entry(index: Index) -> ShelfEntry:
    shelved = index.data(ShelfRole.ENTRY)
    assert isinstance(shelved, ShelfEntry)
    return shelved


@lru_cache(maxsize=8192)
def _broken(title: str, width_px: int) -> tuple[str, ...]:
    """A title in at most two lines of ``width_px``, the second one elided; a list asks for every row's height again and again."""
    text, metrics = plain(title), QFontMetricsF(reading_font(_TITLE_PT))
    if metrics.horizontalAdvance(text) <= width_px:
        return (text,)
    words = text.split(" ")
    first = words.pop(0)
    while words and metrics.horizontalAdvance(f"{first} {words[0]}") <= width_px:
        first = f"{first} {words.pop(0)}"
    rest = " ".join(words)
    lines = (metrics.elidedText(first, Qt.TextElideMode.ElideRight, width_px),)
    return (*lines, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px)) if rest else lines


@cache
def _title_px() -> int:
    """The height of a line of a title."""
    return round(QFontMetricsF(reading_font(_TITLE_PT)).height())


@cache
def _line_px(size_pt: float | None) -> int:
    """The height of a line of the interface's type; None for its usual size."""
    return round(QFontMetricsF(interface_font() if size_pt is None else interface_font(size_pt)).height())
