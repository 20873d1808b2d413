"""A document open for reading: text or pages, margin, note card, find bar, and the calm page when nothing is open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from archive.model.document import Document, OtherVersion, Passage
from archive.model.footnote import Note
from archive.model.locator import Locator
from archive.model.source import SourceState
from viewer.look.find_bar import FindBar
from viewer.look.find_words import find_in
from viewer.look.icons import pixmap
from viewer.look.style import GRID_PX, READING_PT, interface_font
from viewer.look.themes import Theme
from viewer.look.typesetting import Layout, Sheet, state_of_note, typeset
from viewer.reader.hover import NoteHover
from viewer.reader.margin import MarginNotes
from viewer.reader.note_card import NoteCard
from viewer.reader.outline import OutlineModel
from viewer.reader.page_notice import PageNotice
from viewer.reader.page_view import PageView
from viewer.reader.reading_text import ReadingText
from viewer.say.words import say_date

MEASURE_CHARACTERS = 70
_SETTLED_MS = 120
_HERE = "\ue000"


class ReadingView(QWidget):
    """Shows one document and lets a person read it, with the pointer or by keyboard alone.

    Args:
        say: gives the sentence of a name, with its facts.
        theme: the theme to begin with.

    Signals:
        marker_rested: the pointer has rested on the marker of a note: its number, and the rectangle in this widget.
        marker_opened: a click or Enter opened the card of this note.
        source_wanted: the address of a source that the card was asked to open.
        link_wanted: what a link in the text says it leads to, unchecked; never to be opened as it is.
        document_wanted: another version of the document, by its identifier.
        correct_note_wanted: the number of a note to be put right.
        correct_marker_wanted: passage and place of a marker that means no note, to be put right.
        position_changed: what is read now, once scrolling has settled.
        text_size_changed: the size of the running text in points, when a person changed it here.
    """

    marker_rested = Signal(int, QRect)
    marker_opened = Signal(int)
    source_wanted = Signal(str)
    link_wanted = Signal(str)
    document_wanted = Signal(str)
    correct_note_wanted = Signal(int)
    correct_marker_wanted = Signal(int, int)
    position_changed = Signal(object)
    text_size_changed = Signal(float)

    def __init__(self, say: Callable[..., str], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._theme = say, theme
        self._size_pt, self._measure = READING_PT, MEASURE_CHARACTERS
        self._document: Document | None = None
        self._versions: list[OtherVersion] = []
        self._elsewhere: list[OtherVersion] = []
        self._passages: Sequence[Passage] = ()
        self._notes: dict[int, Note] = {}
        self._states: Mapping[str, SourceState] = {}
        self._saved_at: Mapping[str, datetime] = {}
        self._hits: list[Locator] = []
        self._current_hit = -1
        self.outline = OutlineModel(self)
        self._build()
        self._join()

    def show_document(
        self,
        document: Document,
        passages: Sequence[Passage],
        notes: Sequence[Note],
        states: Mapping[str, SourceState],
        *,
        saved_at: Mapping[str, datetime] | None = None,
        versions: Sequence[OtherVersion] = (),
    ) -> None:
        """Show a document from its beginning; the same document again stays where it was read.

        Args:
            document: what is shown.
            passages: all of it, in reading order.
            notes: all of its notes.
            states: the states of its sources by address; an address that is missing counts as waiting.
            saved_at: when the newest capture of an address was taken, for the card.
            versions: the document in other languages.
        """
        place = self.current_position() if self._document and self._document.document == document.document else None
        if place is None:
            self.close_find()
            self._hits, self._current_hit = [], -1
            self.page.show_nothing()
            self.show_page(is_shown=False)
        self._document, self._passages = document, passages
        self._versions = [version for version in versions if version.document is not None]
        self._elsewhere = [version for version in versions if version.document is None]
        self._notes = {note.n: note for note in notes}
        self._states, self._saved_at = states, saved_at or {}
        self._set(place)
        self._hover.know(self._notes, states, self._saved_at)
        self.page.set_states({note.n: state_of_note(note, states) for note in notes})
        self._margin.know(self._notes)
        self._stack.setCurrentWidget(self._reading)

    def show_nothing(self, words: str) -> None:
        """Show an empty page with a sentence of ours in its middle; nothing of the document is kept."""
        self._hover.know({}, {}, {})
        self._card.forget()
        self.page.show_nothing()
        self.notice.say("")
        self.show_page(is_shown=False)
        self.close_find()
        self._find.line.clear()
        self._document, self._passages, self._notes, self._states, self._saved_at = None, (), {}, {}, {}
        self._versions, self._elsewhere = [], []
        self._hits, self._current_hit = [], -1
        self._margin.know({})
        self._text.show_sheet(
            typeset((), (), {}, Layout(self._theme, self._size_pt)), size_pt=self._size_pt, characters=self._measure
        )
        self.outline.show(())
        self._empty_words.setText(words)
        self._empty_sign.setVisible(bool(words))
        self._stack.setCurrentWidget(self._empty)

    def go_to(self, locator: Locator) -> None:
        """Go to a place of the document shown and mark its words; a place of another document is left alone."""
        stretch = self._stretch(locator)
        if stretch is None:
            return
        if locator in self._hits:
            self._current_hit = self._hits.index(locator)
            self._show_hits()
        elif stretch[1] > stretch[0]:
            self._hits, self._current_hit = [locator], 0
            self._show_hits()
        if not self.is_page_shown or not self.page.go_to(locator):
            self._text.scroll_to(stretch[0])

    @property
    def is_page_shown(self) -> bool:
        """Whether the document is shown as its pages look, and not as text."""
        return self._faces.currentWidget() is self.page

    def show_page(self, *, is_shown: bool) -> None:
        """Show the document as its pages look (``page`` must hold them), or as text, at the same place."""
        if is_shown == self.is_page_shown:
            return
        place = self._hits[self._current_hit] if self._current_hit >= 0 else self.current_position()
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._faces.setCurrentWidget(self.page if is_shown else self._text)
        self._hover.follow(self.page if is_shown else self._text)
        self.setFocusProxy(self._faces.currentWidget())
        if had_focus and self._find.isHidden():
            self.setFocus()
        self._show_hits()
        if place is not None and is_shown:
            self.page.go_to(place)
        elif place is not None and (stretch := self._stretch(place)) is not None:
            self._text.scroll_to(stretch[0])

    def set_hits(self, locators: Sequence[Locator]) -> None:
        """Light up these places, in any order, without moving; places of other documents are left out."""
        mine = {locator for locator in locators if self._stretch(locator) is not None}
        here = self._hits[self._current_hit] if self._current_hit >= 0 else None
        self._hits = sorted(mine, key=lambda hit: (hit.passage, hit.start))
        self._current_hit = self._hits.index(here) if here in mine else -1
        self._show_hits()

    def next_hit(self, *, is_round: bool = True) -> bool:
        """Go to the next hit, from the last one to the first unless that is not wanted; whether there was one to go to.

        What the find bar found is always gone round in.
        """
        return self._go_to_hit(1, is_round=is_round or not self._find.isHidden())

    def previous_hit(self, *, is_round: bool = True) -> bool:
        """Go to the hit before, from the first one to the last unless that is not wanted; whether there was one to go to."""
        return self._go_to_hit(-1, is_round=is_round or not self._find.isHidden())

    def find(self, text: str) -> int:
        """Light up every place of a text and go to the first one from here on; how many there are."""
        document = self._document.document if self._document else ""
        here = self.current_position()
        self._hits = find_in(self._passages, text, document=document)
        self._current_hit = -1
        if self._hits:
            at = bisect_left([(hit.passage, hit.start) for hit in self._hits], (here.passage, here.start)) if here else 0
            self._current_hit = at % len(self._hits)
            self._scroll_to_current_hit()
        self._show_hits()
        return len(self._hits)

    def open_find(self) -> None:
        """Show the find bar and type into it."""
        if self._document is not None:
            self._find.open()

    def close_find(self) -> None:
        """Put the find bar and what it found away."""
        if not self._find.isHidden():
            self._find.hide()
            self._hits, self._current_hit = [], -1
            self._show_hits()
            self.setFocus()

    def go_to_note(self, note: int) -> None:
        """Go to the body of a note at the end of the document."""
        sheet = self._text.sheet
        self._hover.close()
        if self._document is not None and self.is_page_shown and note in self._notes:
            self.page.go_to(Locator(self._document.document, self._notes[note].passage, 0, 1))
        elif self._document is not None and sheet is not None and note in sheet.note_positions:
            self._text.scroll_to(sheet.note_positions[note])

    def go_to_marker(self, note: int) -> None:
        """Go back to the first marker of a note."""
        spot = self._text.spot_of(note)
        if self.is_page_shown:
            self.page.choose_spot(note)
            self.setFocus()
        elif spot is not None:
            self._text.scroll_to(spot.position)
            self._text.choose_spot(note)
            self._text.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Follow the theme, staying at the place."""
        self._theme = self._text.theme = self.page.theme = theme
        self._find.set_theme(theme)
        self._card.set_theme(theme)
        self.page.viewport().update()
        self._empty_sign.setPixmap(pixmap("report", theme.line, 48, ratio=self.devicePixelRatioF()))
        self._set_again()

    def set_text_size(self, size_pt: float) -> None:
        """Set the running text in another size, 8 to 32 points, staying at the place."""
        self._size_pt = max(8.0, min(size_pt, 32.0))
        self._set_again()

    def set_measure(self, characters: int) -> None:
        """Make lines about so many characters long, 40 to 120, staying at the place."""
        self._measure = max(40, min(characters, 120))
        self._set_again()

    def set_notes_shown(self, *, on_rest: bool, in_margin: bool) -> None:
        """Whether the card comes when the pointer rests, and whether notes stand in the margin of a wide window."""
        self._hover.comes_on_rest = on_rest
        self._margin.is_wanted = in_margin
        self._margin.fit()

    def current_position(self) -> Locator | None:
        """The place that stands at the top of the window; None when nothing is open."""
        sheet = self._text.sheet
        if self._document is None or sheet is None:
            return None
        if self.is_page_shown and (here := self.page.position()) is not None:
            return here
        passage, offset = sheet.text_map.place_of(self._text.position_at_top()) or (0, 0)
        return Locator(self._document.document, passage, offset, offset)

    def _build(self) -> None:
        self._text = ReadingText(self._theme)
        self._text.setAccessibleName(self._say("reading-text"))
        self.page = PageView(self._say, self._theme)
        self.page.setAccessibleName(self._say("reading-page"))
        self._faces = QStackedWidget()
        self._faces.addWidget(self._text)
        self._faces.addWidget(self.page)
        self._card = NoteCard(self._say, theme=self._theme, parent=self)
        self._hover = NoteHover((self._text, self.page), self._card)
        self._margin = MarginNotes(self._text)
        self._find = FindBar(self._say, theme=self._theme)
        self._find.hide()
        self.notice = PageNotice()
        self._reading = QWidget()
        column = QVBoxLayout(self._reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._find)
        column.addWidget(self.notice)
        column.addWidget(self._faces, 1)
        self._build_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._reading)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self._text)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)

    def _build_empty(self) -> None:
        self._empty = QWidget()
        self._empty.setProperty("pane", "paper")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty_sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty_sign.setPixmap(pixmap("report", self._theme.line, 48, ratio=self.devicePixelRatioF()))
        self._empty_words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty_words.setTextFormat(Qt.TextFormat.PlainText)
        self._empty_words.setWordWrap(True)
        self._empty_words.setProperty("quiet", True)  # noqa: FBT003 - a property's value for the style sheet
        self._empty_words.setFont(interface_font(11))
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(GRID_PX * 6, GRID_PX * 3, GRID_PX * 6, GRID_PX * 3)
        column.setSpacing(GRID_PX * 2)
        column.addStretch(2)
        column.addWidget(self._empty_sign)
        column.addWidget(self._empty_words)
        column.addStretch(3)

    def _join(self) -> None:
        self._text.marker_rested.connect(
            lambda note, place: self.marker_rested.emit(
                note, QRect(self._text.viewport().mapTo(self, place.topLeft()), place.size())
            )
        )
        self._text.back_wanted.connect(self.go_to_marker)
        self._text.link_opened.connect(self._open_link)
        self._text.version_opened.connect(self._open_version)
        self._text.lonely_opened.connect(self._open_lonely)
        self._text.correct_wanted.connect(self.correct_note_wanted)
        self._card.correct_wanted.connect(self.correct_note_wanted)
        self._text.size_wanted.connect(self._change_size)
        self._hover.opened.connect(self.marker_opened)
        self._card.source_wanted.connect(self.source_wanted)
        self._card.note_wanted.connect(self.go_to_note)
        self._margin.note_opened.connect(self._hover.open)
        self.page.link_opened.connect(self._lead_to)
        self._find.text_changed.connect(self.find)
        self._find.next_wanted.connect(self.next_hit)
        self._find.previous_wanted.connect(self.previous_hit)
        self._find.close_wanted.connect(self.close_find)
        for face in (self._text, self.page):
            face.verticalScrollBar().valueChanged.connect(lambda _value: self._settled.start())
        self._settled.timeout.connect(self._tell_position)
        self._text.offer(self._say("reading-copy"), self._text.copy)
        self._text.offer(self._say("reading-select-all"), self._text.selectAll)
        self._text.offer(self._say("reading-find"), self.open_find)

    def _set(self, place: Locator | None) -> None:
        """Set the document shown, and go back to a place in it."""
        assert self._document is not None
        said = self._document.description
        imprint = " · ".join(part for part in (said.publisher, say_date(said.published_on), said.reference) if part)
        layout = Layout(
            self._theme,
            self._size_pt,
            self._say("reading-notes"),
            said.title,
            imprint,
            self._say("reading-unmarked"),
            self._version_line(),
        )
        sheet: Sheet = typeset(self._passages, tuple(self._notes.values()), self._states, layout)
        self._text.show_sheet(sheet, size_pt=self._size_pt, characters=self._measure)
        self.outline.show(sheet.headings)
        self._margin.fit()
        self._show_hits()
        if place is not None and (place.passage, place.start) != (0, 0):
            stretch = self._stretch(place)
            self._text.scroll_to(stretch[0] if stretch else 0, share=0)

    def _version_line(self) -> tuple[str, ...]:
        """The line that leads to the document in other languages, cut where its links begin and end."""
        pieces = [""]
        if self._versions:
            before, after = self._say("reading-also-in", languages=_HERE).split(_HERE)
            names = [self._say(f"language-{version.language.value}") for version in self._versions]
            pieces = [before, *(piece for name in names for piece in (name, ", "))]
            pieces[-1] = after
        if self._elsewhere:
            names = [self._say(f"language-{version.language.value}") for version in self._elsewhere]
            pieces[-1] += " · " * bool(self._versions) + self._say("reading-also-elsewhere", languages=", ".join(names))
        return tuple(pieces) if any(pieces) else ()

    def set_correctable(self, *, is_on: bool) -> None:
        """Whether the notes of the document shown can be put right: its archive takes changes."""
        self._card.is_correctable = is_on

    def _open_lonely(self, number: int) -> None:
        sheet = self._text.sheet
        if sheet is not None and number < len(sheet.lonely):
            self.correct_marker_wanted.emit(*sheet.lonely[number])

    def _open_version(self, number: int) -> None:
        if number < len(self._versions):
            self.document_wanted.emit(self._versions[number].document)

    def _set_again(self) -> None:
        if self._document is not None:
            self._hover.close()
            self._set(self.current_position())

    def _stretch(self, locator: Locator) -> tuple[int, int] | None:
        """The positions of a place in the text set."""
        sheet = self._text.sheet
        if self._document is None or sheet is None or locator.document != self._document.document:
            return None
        start = sheet.text_map.position_of(locator.passage, locator.start)
        end = sheet.text_map.position_of(locator.passage, locator.end, is_end=True)
        return None if start is None or end is None else (start, max(start, end))

    def _show_hits(self) -> None:
        stretches = [stretch for stretch in map(self._stretch, self._hits) if stretch is not None]
        self._text.show_hits(stretches, self._current_hit)
        if self.is_page_shown:
            self.page.show_hits(self._hits, self._current_hit)
        self._find.show_count(self._current_hit + 1, len(self._hits))

    def _go_to_hit(self, by: int, *, is_round: bool) -> bool:
        if not self._hits:
            return False
        following = self._current_hit + by if self._current_hit >= 0 else (0 if by > 0 else len(self._hits) - 1)
        if not is_round and not 0 <= following < len(self._hits):
            return False
        self._current_hit = following % len(self._hits)
        self._scroll_to_current_hit()
        self._show_hits()
        return True

    def _scroll_to_current_hit(self) -> None:
        if self.is_page_shown and self.page.go_to(self._hits[self._current_hit]):
            return
        stretch = self._stretch(self._hits[self._current_hit])
        if stretch is not None:
            place = self._text.rect_of(stretch[0], stretch[1] - stretch[0])
            if place.top() < GRID_PX or place.bottom() > self._text.viewport().height() - GRID_PX:
                self._text.scroll_to(stretch[0])

    def _open_link(self, number: int) -> None:
        if self._text.sheet is not None:
            self._lead_to(*self._text.sheet.links[number])

    def _lead_to(self, address_text: str, passage: int) -> None:
        """A link in a note that cites one address leads to that source, any other to what it says."""
        note = next((note for note in self._notes.values() if note.passage == passage), None)
        addresses = {citation.address for citation in note.citations if citation.address} if note else set()
        if address_text in addresses or len(addresses) == 1:
            self.source_wanted.emit(address_text if address_text in addresses else addresses.pop())
        else:
            self.link_wanted.emit(address_text)

    def _change_size(self, by: int) -> None:
        self.set_text_size(self._size_pt + by)
        self.text_size_changed.emit(self._size_pt)

    def _tell_position(self) -> None:
        place = self.current_position()
        if place is not None:
            self.position_changed.emit(place)
