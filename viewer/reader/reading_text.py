"""The text of a document with its markers: resting on one, opening one, walking from one to the next, and hits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from archive.model.source import SourceState
from viewer.look.paper import Paper
from viewer.look.themes import Theme
from viewer.look.typesetting import MarkerSpot, Sheet

REST_MS = 150
# The key of the letter n, also where the keyboard writes Cyrillic.
_NEXT_LETTERS = ("n", "т")


class ReadingText(Paper):
    """Paper whose markers answer to pointer and keyboard.

    Keys: ``n`` and ``Shift+N`` go to the next and the previous marker, ``Enter`` opens it, ``Esc`` leaves it.

    Signals:
        marker_rested: the pointer has rested on the marker of this note for REST_MS; the rectangle is the viewport's.
        marker_left: the pointer is on no marker any more.
        marker_opened: click or Enter on the marker of this note.
        escaped: Esc was pressed, or the pointer somewhere else than on a marker.
        back_wanted: the number of this note was clicked: back to its marker.
        link_opened: the number of a link in the sheet.
        version_opened: the number of another version in the sheet's head.
        lonely_opened: the number of a marker of the sheet that means no note.
        correct_wanted: the number of a note that no marker means, to be put right.
    """

    marker_rested = Signal(int, QRect)
    marker_left = Signal()
    marker_opened = Signal(int, QRect)
    escaped = Signal()
    back_wanted = Signal(int)
    link_opened = Signal(int)
    version_opened = Signal(int)
    lonely_opened = Signal(int)
    correct_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._spots: list[MarkerSpot] = []
        self._current = -1
        self._hits: list[tuple[int, int]] = []
        self._current_hit = -1
        self._under_pointer = ""
        self._pressed = ""
        self._pointer = QPoint()
        self.neighbour: QWidget | None = None
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._tell_rest)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._light_up)
        self.verticalScrollBar().rangeChanged.connect(self._light_up)

    def show_sheet(self, sheet: Sheet, *, size_pt: float, characters: int) -> None:
        """Put this sheet on, without hits and with no current marker."""
        self._spots = [spot for spot in sheet.markers if spot.note is not None]
        self._current, self._hits, self._current_hit = -1, [], -1
        self.setExtraSelections([])
        super().show_sheet(sheet, size_pt=size_pt, characters=characters)

    def show_hits(self, stretches: Sequence[tuple[int, int]], current: int) -> None:
        """Light up these stretches of positions (sorted); ``current`` is the one that stands out, -1 none."""
        self._hits, self._current_hit = list(stretches), current
        self._light_up()

    def visible_spots(self) -> list[MarkerSpot]:
        """The markers that are seen, in order; those without a note are left out."""
        first = self.position_at_top()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        positions = [spot.position for spot in self._spots]
        return self._spots[bisect_left(positions, first) : bisect_right(positions, last)]

    def spot_of(self, note: int) -> MarkerSpot | None:
        """The first marker of a note, or the current one if it is of that note."""
        if 0 <= self._current < len(self._spots) and self._spots[self._current].note == note:
            return self._spots[self._current]
        return next((spot for spot in self._spots if spot.note == note), None)

    def choose_spot(self, note: int) -> None:
        """Make the marker of a note the current one and bring it into view."""
        spot = self.spot_of(note)
        if spot is not None:
            self._choose(self._spots.index(spot))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Markers by keyboard; Space turns pages."""
        is_plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if is_plain and event.text().lower() in _NEXT_LETTERS:
            self._step(-1 if event.text().isupper() else 1)
        elif is_plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current >= 0:
            spot = self._spots[self._current]
            self.marker_opened.emit(spot.note, self.rect_of(spot.position, spot.length).toRect())
        elif event.key() == Qt.Key.Key_Escape:
            self._leave_current()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001, N802 - Qt's own signature
        """Tab goes to what floats over the text first."""
        if is_next and self.neighbour is not None and self.neighbour.isVisible():
            self.neighbour.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(is_next)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Notice markers and links under the pointer."""
        super().mouseMoveEvent(event)
        self._pointer = event.position().toPoint()
        self._notice("" if event.buttons() else self.anchorAt(self._pointer))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed; what was open closes unless it was a marker."""
        super().mousePressEvent(event)
        self._pressed = self.anchorAt(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else ""
        if not self._pressed.startswith("note:"):
            self.escaped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on a marker are two clicks; elsewhere they select a word."""
        if self.anchorAt(event.position().toPoint()):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was pressed and released, unless words were selected on the way."""
        super().mouseReleaseEvent(event)
        where = event.position().toPoint()
        if self._pressed and self._pressed == self.anchorAt(where) and not self.textCursor().hasSelection():
            self._open(self._pressed, where)
        self._pressed = ""

    def leaveEvent(self, event: object) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._notice("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text; under each marker a small sign of its state, whose form says it as well as its colour."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for spot in self.visible_spots():
            place = self.rect_of(spot.position, spot.length)
            draw_state(painter, spot.state, place, self.theme.of_state(spot.state))
            if 0 <= self._current < len(self._spots) and spot is self._spots[self._current] and self.hasFocus():
                painter.setPen(QPen(QColor(self.theme.accent), 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(place.left() - 1.5, place.top() - 1, place.width() + 3.5, place.height() / 2 + 9)
                painter.drawRoundedRect(ring, 4, 4)
        painter.end()

    def _step(self, by: int) -> None:
        if not self._spots:
            return
        if self._current < 0:
            positions = [spot.position for spot in self._spots]
            at = bisect_left(positions, self.position_at_top())
            self._choose(min(at, len(self._spots) - 1) if by > 0 else max(0, at - 1))
        else:
            self._choose(max(0, min(self._current + by, len(self._spots) - 1)))

    def _choose(self, number: int) -> None:
        self._current = number
        spot = self._spots[number]
        place = self.rect_of(spot.position, spot.length)
        if place.top() < 0 or place.bottom() > self.viewport().height():
            self.scroll_to(spot.position)
        self.viewport().update()

    def _leave_current(self) -> None:
        self._current = -1
        self.viewport().update()

    def _notice(self, reference: str) -> None:
        if reference == self._under_pointer:
            return
        had_marker = self._under_pointer.startswith("note:")
        self._under_pointer = reference
        self._resting.stop()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if reference else Qt.CursorShape.IBeamCursor)
        if had_marker:
            self.marker_left.emit()
        if reference.startswith("note:"):
            self._resting.start()

    def _tell_rest(self) -> None:
        note = int(self._under_pointer.partition(":")[2])
        self.marker_rested.emit(note, self._place_of_note(note, self._pointer))

    def _open(self, reference: str, where: QPoint) -> None:
        kind, _, number = reference.partition(":")
        if kind == "note":
            self._resting.stop()
            place = self._place_of_note(int(number), where)
            self._current = next(
                (i for i, spot in enumerate(self._spots) if self.rect_of(spot.position, spot.length).toRect() == place), -1
            )
            self.marker_opened.emit(int(number), place)
        elif kind == "back":
            self.back_wanted.emit(int(number))
        elif kind == "version":
            self.version_opened.emit(int(number))
        elif kind == "lonely":
            self.lonely_opened.emit(int(number))
        elif kind == "correct":
            self.correct_wanted.emit(int(number))
        else:
            self.link_opened.emit(int(number))

    def _place_of_note(self, note: int, near: QPoint) -> QRect:
        """Where the marker of a note that is nearest to a point stands: one note may have several."""
        seen = [spot for spot in self.visible_spots() if spot.note == note]
        places = [self.rect_of(spot.position, spot.length).toRect() for spot in seen]
        return min(places, key=lambda place: (place.center() - near).manhattanLength(), default=QRect(near, near))

    def _light_up(self) -> None:
        """Mark the hits that are seen: Qt looks at every mark in every paint, and a document may have thousands."""
        if not self._hits:
            if self.extraSelections():
                self.setExtraSelections([])
            return
        first = self.position_at_top()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        shown = []
        starts = [start for start, _ in self._hits]
        for number in range(max(0, bisect_left(starts, first) - 1), bisect_right(starts, last)):
            start, end = self._hits[number]
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.format = QTextCharFormat()
            mark.format.setBackground(QColor(self.theme.hit_current if number == self._current_hit else self.theme.hit))
            mark.format.setForeground(QColor(self.theme.ink))
            shown.append(mark)
        self.setExtraSelections(shown)


def draw_state(painter: QPainter, state: SourceState, place: QRectF, colour: str) -> None:
    """A line under a marker: whole for saved, half for partly saved, dotted for waiting; a cross for gone, refused and failed."""
    if state == SourceState.NO_ADDRESS:
        return
    left, right, y = place.left(), place.right() - 0.5, place.center().y() + 3.5
    pen = QPen(QColor(colour), 1.2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if state in {SourceState.GONE, SourceState.REFUSED, SourceState.FAILED}:
        painter.setPen(pen)
        middle = place.center().x()
        painter.drawLine(QPointF(middle - 2, y - 1), QPointF(middle + 2, y + 3))
        painter.drawLine(QPointF(middle + 2, y - 1), QPointF(middle - 2, y + 3))
        return
    if state == SourceState.WAITING:
        pen.setDashPattern([1.2, 1.2])
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(place.center().x() if state == SourceState.PARTIAL else right, y))
