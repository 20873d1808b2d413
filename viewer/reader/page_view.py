"""Pages as they look, to be read: hits marked over them, words to select and copy, live markers, and links that say where they lead."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from archive.model.document import Passage
from archive.model.drawing import Letters, PageSize
from archive.model.geometry import Placed
from archive.model.locator import Locator
from archive.model.source import SourceState
from viewer.look.paper import private_mime
from viewer.look.plain import plain, plain_text
from viewer.look.style import GRID_PX, HALF_GRID_PX, interface_font
from viewer.look.themes import Theme, theme
from viewer.reader.page_canvas import PageCanvas
from viewer.reader.page_places import Edges, PageLetters, PagePlaces
from viewer.reader.reading_text import REST_MS, draw_state

_NEXT_LETTERS = ("n", "т")
_REACH_PT = 3.0
_PAPER = theme("light")  # what lies over paper has the colours of paper, whatever the theme around it


class PageView(PageCanvas):
    """The pages of one document with what Ibid knows of it laid over them.

    Keys: ``n`` and ``Shift+N`` go to the next and the previous marker, ``Enter`` opens it, ``Esc`` leaves it; ``Ctrl+C`` copies.

    Signals:
        marker_rested: the pointer has rested on the marker of this note; the rectangle is the viewport's.
        marker_left: the pointer is on no marker any more.
        marker_opened: click or Enter on the marker of this note.
        escaped: Esc was pressed, or the pointer somewhere else than on a marker.
        link_opened: what a link says it leads to, unchecked, and its passage.
    """

    marker_rested = Signal(int, QRect)
    marker_left = Signal()
    marker_opened = Signal(int, QRect)
    escaped = Signal()
    link_opened = Signal(str, int)

    def __init__(self, say: Callable[..., str], chosen: Theme, parent: QWidget | None = None) -> None:
        super().__init__(chosen, parent)
        self._say = say
        self.neighbour: QWidget | None = None
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._tell_rest)
        self.viewport().setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction(say("reading-copy"), self)
        copy.triggered.connect(lambda _checked=False: self.copy())
        self.addAction(copy)
        self.show_nothing()

    def show_pages(
        self,
        document: str,
        sizes: Sequence[PageSize],
        passages: Sequence[Passage],
        placed: Sequence[Placed],
        *,
        labels: Sequence[str] = (),
    ) -> None:
        """Show pages from the first one.

        Args:
            document: the identifier of the document they are of.
            sizes: of all its pages.
            passages: all of it.
            placed: where its words and markers stand.
            labels: what its pages are called where that is not their number; the page in sight is then named at the foot of the window.
        """
        states = self._states
        self.show_nothing()
        self._passages, self._states, self._labels = passages, states, labels
        self.places = PagePlaces(document, [passage.text for passage in passages], placed)
        self._spots = [
            (page, one, note)
            for page in sorted(self.places.markers)
            for one in self.places.markers[page]
            if (note := _note_of(passages, one)) is not None
        ]
        self.show_sizes(sizes)

    def show_nothing(self) -> None:
        """Show no pages and keep nothing of what was shown."""
        self._passages: Sequence[Passage] = ()
        self._labels: Sequence[str] = ()
        self.places = PagePlaces("", (), ())
        self._spots: list[tuple[int, Placed, int]] = []
        self._states: Mapping[int, SourceState] = {}
        self._hits: dict[int, list[tuple[Locator, bool]]] = {}
        self._over: dict[int, list[tuple[Edges, bool]]] = {}
        self._selection: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._current = -1
        self._is_selecting = False
        self._pressed = self._under = ("", 0)
        self._link = self._told = ""
        self._pointer = QPointF()
        self.show_sizes(())

    def show_letters(self, page: int, letters: Letters) -> None:
        """These are the letters of a page: now its words can be selected, and what is marked stands to the letter."""
        self.places.know(page, letters)
        self._over.pop(page, None)
        self.viewport().update()

    def set_states(self, states: Mapping[int, SourceState]) -> None:
        """What the notes point at is in these states, by the number of the note."""
        self._states = states
        self.viewport().update()

    def show_hits(self, hits: Sequence[Locator], current: int) -> None:
        """Light up these places; ``current`` is the one that stands out, -1 none."""
        by_page: dict[int, list[tuple[Locator, bool]]] = defaultdict(list)
        for number, hit in enumerate(hits):
            for page in {page for page, _ in self.places.boxes(hit)}:
                by_page[page].append((hit, number == current))
        self._hits, self._over = by_page, {}
        self.viewport().update()

    def go_to(self, locator: Locator) -> bool:
        """Bring the words of a place into sight; whether it is known where they stand."""
        found = self.places.boxes(locator)
        if not found:
            return False
        page, edges = found[0]
        seen = self.on_screen(page, edges)
        if seen.top() < GRID_PX or seen.bottom() > self.viewport().height() - GRID_PX:
            self.scroll_to(page, edges[1])
        return True

    def position(self) -> Locator | None:
        """The words at the top of the window; None where none are known."""
        if not self.roll.count:
            return None
        page, _, y = self.to_page(QPointF(self.viewport().width() / 2, 0))
        return self.places.place_near(page, y)

    def copy(self) -> None:
        """Put the selected words on the clipboard, as plain text that clipboard managers do not keep."""
        words = self.selected_words()
        if words:
            QGuiApplication.clipboard().setMimeData(private_mime(words))

    def selected_words(self) -> str:
        """What is selected, lines ended as on the page."""
        if self._selection is None:
            return ""
        (page, start), (last, end) = sorted(self._selection)
        words = []
        for number in range(page, last + 1):
            letters = self.places.letters(number)
            if letters is not None:
                words.append(letters.text[start if number == page else 0 : end if number == last else len(letters.text)])
        return plain_text("\n".join(words).replace("\r\n", "\n"))

    def choose_spot(self, note: int) -> None:
        """Make the first marker of a note the current one and bring it into sight."""
        at = next((at for at, (_, _, own) in enumerate(self._spots) if own == note), None)
        if at is not None:
            self._choose(at)

    def paint_over(self, painter: QPainter, page: int) -> None:
        """Hits, selection and markers of a page; the address under the pointer at the foot of the window."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for edges, is_current in self._marked(page):
            painter.fillRect(
                self.on_screen(page, edges).adjusted(-1, 0, 1, 0), QColor(_PAPER.hit_current if is_current else _PAPER.hit)
            )
        for edges in self._selected_boxes(page):
            painter.fillRect(self.on_screen(page, edges), QColor(_PAPER.selection))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (own, one, note) in enumerate(self._spots):
            if own != page:
                continue
            place = self._spot_on_screen(one)
            state = self._states.get(note, SourceState.NO_ADDRESS)
            draw_state(painter, state, place.translated(0, place.height() / 2 - 2), _PAPER.of_state(state))
            if at == self._current and self.hasFocus():
                painter.setPen(QPen(QColor(_PAPER.accent), 1.4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(-3, -2, 3, 3), 4, 4)
        if page == self.seen_pages()[-1]:
            self._paint_at_foot(painter, plain(self._link), is_left=True)
            self._paint_at_foot(painter, self.page_name(), is_left=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Markers by keyboard; Space turns pages."""
        is_plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif is_plain and event.text().lower() in _NEXT_LETTERS and event.text():
            self._step(-1 if event.text().isupper() else 1)
        elif is_plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current >= 0:
            _, one, note = self._spots[self._current]
            self.marker_opened.emit(note, self._spot_on_screen(one).toAlignedRect())
        elif event.key() == Qt.Key.Key_Escape:
            self._current, self._selection = -1, None
            self.viewport().update()
            self.escaped.emit()
        elif is_plain and event.key() == Qt.Key.Key_Space:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.setValue(bar.value() + (-1 if is_back else 1) * bar.pageStep())
        elif is_plain and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001, N802 - Qt's own signature
        """Tab goes to what floats over the page first."""
        if is_next and self.neighbour is not None and self.neighbour.isVisible():
            self.neighbour.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(is_next)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Notice markers and links under the pointer; with the button held, select."""
        self._pointer = event.position()
        if self._is_selecting:
            self._select_to(self._letter_at(event.position()))
        else:
            self._notice(self._thing_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or remember what was pressed; what was open closes unless it was a marker."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = self._thing_at(event.position())
        if self._pressed[0] != "note":
            self.escaped.emit()
        start = self._letter_at(event.position())
        self._is_selecting = start is not None
        self._selection = (start, start) if start is not None else None
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; two quick clicks on a marker are two clicks."""
        if self._thing_at(event.position())[0]:
            self.mousePressEvent(event)
            return
        page, x, y = self.to_page(event.position())
        letters = self.places.letters(page)
        at = letters.on(x, y) if letters else None
        if letters is not None and at is not None:
            start, end = letters.word(at)
            self._selection = ((page, start), (page, end))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was pressed and released, unless words were selected on the way."""
        self._is_selecting = False
        kind, number = self._thing_at(event.position())
        if kind and (kind, number) == self._pressed and not self.selected_words():
            if kind == "note":
                self._resting.stop()
                self._current = number
                self.marker_opened.emit(self._spots[number][2], self._spot_on_screen(self._spots[number][1]).toAlignedRect())
            else:
                self.link_opened.emit(self._link, number)
        self._pressed = ("", 0)

    def leaveEvent(self, event: object) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._notice(("", 0))

    def _marked(self, page: int) -> list[tuple[Edges, bool]]:
        """The rectangles of the hits of a page, reckoned once."""
        if page not in self._over:
            hits = self._hits.get(page, ())
            self._over[page] = [
                (edges, is_current) for hit, is_current in hits for own, edges in self.places.boxes(hit) if own == page
            ]
        return self._over[page]

    def _selected_boxes(self, page: int) -> list[Edges]:
        letters = self.places.letters(page)
        if self._selection is None or letters is None:
            return []
        (first, start), (last, end) = sorted(self._selection)
        if not first <= page <= last:
            return []
        return letters.boxes(start if page == first else 0, end if page == last else len(letters.text))

    def _letter_at(self, where: QPointF) -> tuple[int, int] | None:
        page, x, y = self.to_page(where) if self.roll.count else (0, 0.0, 0.0)
        letters: PageLetters | None = self.places.letters(page)
        at = letters.near(x, y) if letters else None
        return None if at is None else (page, at)

    def _select_to(self, end: tuple[int, int] | None) -> None:
        if end is not None and self._selection is not None:
            self._selection = (self._selection[0], end)
            self.viewport().update()

    def _thing_at(self, where: QPointF) -> tuple[str, int]:
        """What is at a point: ``note`` and the place of its marker, ``link`` and its passage, or nothing."""
        if not self.roll.count:
            return "", 0
        page, x, y = self.to_page(where)
        for one in self.places.markers.get(page, ()):
            box = one.spot.box
            if box.x0 - _REACH_PT <= x <= box.x1 + _REACH_PT and box.y0 - _REACH_PT <= y <= box.y1 + _REACH_PT:
                at = next((at for at, spot in enumerate(self._spots) if spot[1] is one), None)
                if at is not None:
                    return "note", at
        found = self.places.character_at(page, x, y)
        if found is not None:
            for link in self._passages[found[0]].links:
                if link.start <= found[1] < link.end:
                    self._link = link.address_text
                    return "link", found[0]
        return "", 0

    def _notice(self, thing: tuple[str, int]) -> None:
        if thing[0] != "link":
            self._link = ""
        if (thing, self._link) == (self._under, self._told):
            return
        self._told = self._link
        had_marker = self._under[0] == "note"
        self._under = thing
        self._resting.stop()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if thing[0] else Qt.CursorShape.IBeamCursor)
        self.viewport().update()
        if had_marker:
            self.marker_left.emit()
        if thing[0] == "note":
            self._resting.start()

    def _tell_rest(self) -> None:
        _, one, note = self._spots[self._under[1]]
        self.marker_rested.emit(note, self._spot_on_screen(one).toAlignedRect())

    def _step(self, by: int) -> None:
        if not self._spots:
            return
        if self._current < 0:
            page, _, y = self.to_page(QPointF(0, 0))
            at = bisect_left([(own, one.spot.box.y0) for own, one, _ in self._spots], (page, y))
            self._choose(min(at, len(self._spots) - 1) if by > 0 else max(0, at - 1))
        else:
            self._choose(max(0, min(self._current + by, len(self._spots) - 1)))

    def _choose(self, at: int) -> None:
        self._current = at
        page, one, _ = self._spots[at]
        seen = self._spot_on_screen(one)
        if seen.top() < 0 or seen.bottom() > self.viewport().height():
            self.scroll_to(page, one.spot.box.y0)
        self.viewport().update()

    def _spot_on_screen(self, one: Placed) -> QRectF:
        box = one.spot.box
        return self.on_screen(one.spot.page, (box.x0, box.y0, box.x1, box.y1))

    def page_name(self) -> str:
        """What the page in the middle of the window is called, in words; empty where the file gives its pages no names."""
        if not self._labels or not self.roll.count:
            return ""
        page, _, _ = self.to_page(QPointF(self.viewport().rect().center()))
        label = plain(self._labels[page - 1]) if page <= len(self._labels) else ""
        return self._say("hit-page", page=label or page)

    def _paint_at_foot(self, painter: QPainter, said: str, *, is_left: bool) -> None:
        """Words in a corner at the foot of the window, in plain letters: the address under the pointer, the name of the page."""
        if not said:
            return
        font: QFont = interface_font(9)
        painter.setFont(font)
        width = self.viewport().width() - 4 * GRID_PX
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, width)
        height = painter.fontMetrics().height() + GRID_PX
        across = painter.fontMetrics().horizontalAdvance(words) + 2 * GRID_PX
        box = QRect(0 if is_left else self.viewport().width() - across, self.viewport().height() - height, across, height)
        painter.fillRect(box, QColor(self.theme.card))
        painter.setPen(QColor(self.theme.quiet_ink))
        painter.drawText(box.adjusted(GRID_PX, HALF_GRID_PX, 0, -HALF_GRID_PX), Qt.AlignmentFlag.AlignVCenter, words)


def _note_of(passages: Sequence[Passage], one: Placed) -> int | None:
    """The note that a placed marker means."""
    if one.marker is None or one.passage >= len(passages) or one.marker >= len(passages[one.passage].markers):
        return None
    return passages[one.passage].markers[one.marker].note
