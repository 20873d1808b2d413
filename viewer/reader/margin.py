"""On a wide window the notes stand in the margin, each beside its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QTextLayout, QTextOption, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from archive.address import find_addresses
from archive.model.footnote import Note
from viewer.look.plain import plain, plain_host
from viewer.look.style import GRID_PX, interface_font
from viewer.reader.reading_text import ReadingText

WIDE_PX = 1040
NOTES_PX = 256
MOST_LINES = 5
_GAP_PX = GRID_PX * 3
_LABEL_PX = GRID_PX * 3


@dataclass(frozen=True)
class _Placed:
    """A note in the margin: its lines, and where it stands."""

    note: Note
    lines: tuple[str, ...]
    place: QRectF
    colour: str


class MarginNotes(QWidget):
    """Lies beside the column of a :class:`ReadingText` and shows the notes of the markers that are seen.

    Signals:
        note_opened: a note in the margin was clicked: its number, and where it stands in the text's viewport.
    """

    note_opened = Signal(int, QRect)

    def __init__(self, text: ReadingText) -> None:
        super().__init__(text)
        self._text = text
        self._notes: Mapping[int, Note] = {}
        self._placed: list[_Placed] = []
        self._cut: dict[int, tuple[str, ...]] = {}
        self.is_wanted = True
        self.setMouseTracking(True)
        self.hide()
        text.verticalScrollBar().valueChanged.connect(lambda _value: self.update())
        text.viewport().installEventFilter(self)

    def know(self, notes: Mapping[int, Note]) -> None:
        """These are the notes of the document, by number."""
        self._notes, self._cut = notes, {}
        self.fit()

    def fit(self) -> None:
        """Come or go with the width of the text, and lie where the column ends."""
        room_px = self._text.width() - self._text.verticalScrollBar().sizeHint().width()
        fits = room_px >= max(WIDE_PX, self._text.column_px() + NOTES_PX + _GAP_PX)
        shown = self.is_wanted and bool(self._notes) and fits
        self._text.keep_side_free(NOTES_PX + _GAP_PX if shown else 0)
        self.setVisible(shown)
        if shown:
            column = self._text.viewport().geometry()
            self.setGeometry(column.right() + _GAP_PX, column.top(), NOTES_PX, column.height())
            self.update()

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Repaint when the text does, lie beside it when it moves."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Labels in the accent, words quiet, what does not fit behind an ellipsis."""
        self._arrange()
        painter = QPainter(self)
        font = interface_font(9)
        bold = interface_font(9)
        bold.setBold(True)
        height_px = QFontMetricsF(font).lineSpacing()
        for placed in self._placed:
            painter.setFont(bold)
            painter.setPen(QColor(placed.colour))
            painter.drawText(
                QRectF(0, placed.place.top(), _LABEL_PX, height_px), Qt.AlignmentFlag.AlignLeft, plain(placed.note.label)
            )
            painter.setFont(font)
            painter.setPen(QColor(self._text.theme.quiet_ink))
            for number, line in enumerate(placed.lines):
                painter.drawText(QPointF(_LABEL_PX, placed.place.top() + number * height_px + QFontMetricsF(font).ascent()), line)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a note."""
        over = self._note_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the note that was clicked."""
        placed = self._note_at(event.position())
        if placed is not None and event.button() == Qt.MouseButton.LeftButton:
            corner = self._text.viewport().mapFrom(self._text, self.mapTo(self._text, placed.place.topLeft().toPoint()))
            self.note_opened.emit(placed.note.n, QRect(corner, placed.place.size().toSize()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text."""
        QApplication.sendEvent(self._text.verticalScrollBar(), event)

    def _note_at(self, where: QPointF) -> _Placed | None:
        return next((placed for placed in self._placed if placed.place.contains(where)), None)

    def _arrange(self) -> None:
        height_px = QFontMetricsF(interface_font(9)).lineSpacing()
        self._placed, free_from = [], 0.0
        seen: set[int] = set()
        for spot in self._text.visible_spots():
            note = self._notes.get(spot.note) if spot.note is not None else None
            if note is None or note.n in seen:
                continue
            seen.add(note.n)
            lines = self._lines_of(note)
            beside = self._text.rect_of(spot.position, spot.length).top() + 2
            top = max(beside, free_from)
            place = QRectF(0, top, NOTES_PX, height_px * len(lines))
            free_from = place.bottom() + GRID_PX
            self._placed.append(_Placed(note, lines, place, self._text.theme.of_state(spot.state)))

    def _lines_of(self, note: Note) -> tuple[str, ...]:
        if note.n not in self._cut:
            self._cut[note.n] = cut_to_lines(without_addresses(note.text[:1000]), NOTES_PX - _LABEL_PX, MOST_LINES)
        return self._cut[note.n]


def without_addresses(untrusted_text: str) -> str:
    """A note's words in one line, the addresses among them left out; the hosts alone where there are no other words."""
    kept, hosts, end = [], [], 0
    for start, after, address in find_addresses(untrusted_text):
        kept.append(untrusted_text[end:start].rstrip(" <([,;"))
        hosts.append(plain_host(address))
        end = after
    words = plain("".join([*kept, untrusted_text[end:].lstrip(">)]") if kept else untrusted_text])).strip(" ,;")
    return words if any(sign.isalnum() for sign in words) else ", ".join(hosts)


def cut_to_lines(words: str, width_px: float, most: int) -> tuple[str, ...]:
    """The words in lines of the margin's type; an ellipsis ends the last one when there was more.

    Args:
        words: one line of plain text.
        width_px: the width of a line.
        most: how many lines at most.
    """
    font = interface_font(9)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    encoded = words.encode("utf-16-le", "surrogatepass")
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if len(lines) + 1 == most and 2 * end < len(encoded):
            rest = encoded[2 * start :].decode("utf-16-le", "replace")
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width_px))
            break
        lines.append(encoded[2 * start : 2 * end].decode("utf-16-le", "replace").rstrip())
    layout.endLayout()
    return tuple(lines)
