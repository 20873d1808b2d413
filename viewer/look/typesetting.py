"""Passages set as a native text document: inserted as plain text, never as markup.

Whatever a passage holds is put in with ``QTextCursor.insertText`` (``<img src=...>`` is nine letters and a sign or two). Anchors carry
our own short references, never a foreign string: ``note:3`` at the marker of note 3, ``back:3`` at the note itself, ``link:7`` at the
seventh link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from archive.model.document import Emphasis, Passage, PassageKind
from archive.model.footnote import SURE, Marker, Note
from archive.model.source import SourceState
from viewer.look.plain import plain, plain_text
from viewer.look.style import code_font, interface_font, reading_font
from viewer.look.text_map import TextMap
from viewer.look.themes import Theme

BAR = QTextFormat.Property.UserProperty + 1
"""A block with this property has a bar at its left; the value is one of :class:`Bar`."""
MARKER = QTextFormat.Property.UserProperty + 2
"""Characters with this property are a marker: no words of the document."""

LINE_HEIGHT = 1.5
_LINE_SEPARATOR = "\u2028"
_HEADING_SIZES = {1: 1.72, 2: 1.32, 3: 1.14, 4: 1.0}
_MEASURE_SAMPLE = "the quick brown fox jumps over the lazy dog and the five boxing wizards "


class Bar(IntEnum):
    """What stands at the left of a block."""

    QUIET = 1
    STRONG = 2


@dataclass(frozen=True)
class MarkerSpot:
    """A marker in the text: its place, the note it means (None: none was found) and the state of what the note points at."""

    position: int
    length: int
    note: int | None
    state: SourceState


@dataclass(frozen=True)
class Heading:
    """A heading, for the outline."""

    text: str
    level: int
    passage: int


@dataclass
class Sheet:
    """A document set for reading. ``links`` are unchecked addresses by number; ``note_positions`` by the number of the note."""

    document: QTextDocument
    text_map: TextMap = field(default_factory=TextMap)
    markers: list[MarkerSpot] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    note_positions: dict[int, int] = field(default_factory=dict)
    lonely: list[tuple[int, int]] = field(default_factory=list)
    """The markers that mean no note, by number: passage, and place among its markers."""


@dataclass(frozen=True)
class Layout:
    """How a document is to be set: theme, size of the running text, and the words around it in the person's language."""

    theme: Theme
    size_pt: float
    notes_heading: str = ""
    title: str = ""
    imprint: str = ""
    unmarked: str = ""
    """What is said of a note that no marker means."""
    versions: tuple[str, ...] = ()
    """A line of the head in pieces: every second one, from the second on, leads to another version (``version:0``, ``version:1`` ...)."""


def measure_px(size_pt: float, characters: int) -> int:
    """The width of a line of so many characters of running text."""
    return round(QFontMetricsF(reading_font(size_pt)).horizontalAdvance(_MEASURE_SAMPLE) / len(_MEASURE_SAMPLE) * characters)


def state_of_note(note: Note, states: Mapping[str, SourceState]) -> SourceState:
    """One state for everything a note points at; never ``saved`` unless all of it is.

    Args:
        note: the note.
        states: the states of sources by address; an address that is not there waits.
    """
    found = {states.get(citation.address, SourceState.WAITING) for citation in note.citations if citation.address}
    if not found:
        return SourceState.NO_ADDRESS
    if len(found) == 1:
        return found.pop()
    if found & {SourceState.SAVED, SourceState.PARTIAL}:
        return SourceState.PARTIAL
    worst_last = (SourceState.GONE, SourceState.REFUSED, SourceState.FAILED, SourceState.WAITING)
    return next(state for state in reversed(worst_last) if state in found)


def typeset(passages: Sequence[Passage], notes: Sequence[Note], states: Mapping[str, SourceState], layout: Layout) -> Sheet:
    """The passages as a text document, with markers, and the notes at its end.

    Args:
        passages: of one document, in reading order.
        notes: of the same document; may be empty.
        states: the states of sources by address.
        layout: how to set them.
    """
    return _Typesetter(notes, states, layout).set(passages)


class _Typesetter:
    """One document being set."""

    def __init__(self, notes: Sequence[Note], states: Mapping[str, SourceState], layout: Layout) -> None:
        self._layout = layout
        self._theme = layout.theme
        self._states = {note.n: state_of_note(note, states) for note in notes}
        self._note_of_passage = {note.passage: note for note in notes}
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._em_px = float(QFontInfo(reading_font(layout.size_pt)).pixelSize())
        body = reading_font(layout.size_pt)
        document.setDefaultFont(body)
        frame = document.rootFrame().frameFormat()
        frame.setMargin(0)
        frame.setLeftMargin(self._em_px)
        frame.setRightMargin(self._em_px)
        frame.setBottomMargin(self._em_px * 4)
        frame.setTopMargin(self._em_px * 2)
        document.rootFrame().setFrameFormat(frame)
        self._sheet = Sheet(document)
        self._cursor = QTextCursor(document)
        self._is_fresh = True
        self._body = self._format(body)
        self._quiet_body = self._format(body, self._theme.quiet_ink)
        self._marker_font = interface_font(layout.size_pt * 1.12)
        self._looks: dict[tuple[PassageKind, int, bool], tuple[QTextBlockFormat, QTextCharFormat]] = {}

    def set(self, passages: Sequence[Passage]) -> Sheet:
        self._cursor.beginEditBlock()
        self._set_head(passages)
        in_notes = False
        for passage in passages:
            if passage.kind == PassageKind.NOTE and not in_notes:
                in_notes = True
                self._set_notes_heading()
            self._set_passage(passage)
        self._cursor.endEditBlock()
        return self._sheet

    def _set_head(self, passages: Sequence[Passage]) -> None:
        title, imprint = plain(self._layout.title), plain(self._layout.imprint)
        if imprint:
            self._begin_block(self._block(after=0.7), self._small())
            self._cursor.insertText(imprint)
        if self._layout.versions:
            self._begin_block(self._block(after=0.7), self._small())
            for number, words in enumerate(self._layout.versions):
                look = self._small()
                if number % 2:
                    look.setAnchor(True)
                    look.setAnchorHref(f"version:{number // 2}")
                    look.setForeground(QColor(self._theme.accent))
                self._cursor.insertText(plain(words) if number % 2 else words, look)
        early = [passage for passage in passages[:8] if passage.kind == PassageKind.HEADING]
        if title and not any(self._is_title(passage.text) for passage in early):
            font = self._heading_font(1)
            self._begin_block(self._block(after=0.9, line=1.25, size=font), self._format(font))
            self._cursor.insertText(title)

    def _is_title(self, text: str) -> bool:
        return plain(text).casefold() == plain(self._layout.title).casefold()

    def _set_notes_heading(self) -> None:
        font = interface_font(self._layout.size_pt * 0.8)
        font.setWeight(QFont.Weight.DemiBold)
        self._begin_block(self._block(before=2.4, after=0.6), self._format(font, self._theme.quiet_ink))
        self._cursor.insertText(self._layout.notes_heading)

    def _set_passage(self, passage: Passage) -> None:
        if passage.kind == PassageKind.TABLE:
            self._set_table(passage)
            return
        is_title = passage.kind == PassageKind.HEADING and self._is_title(passage.text)
        level = 1 if is_title else passage.level
        look = (passage.kind, level, self._is_fresh or passage.n == 0)
        if look not in self._looks:
            self._looks[look] = self._look_of(passage.kind, level, is_first=look[2])
        block, characters = self._looks[look]
        self._begin_block(block, characters)
        if passage.kind == PassageKind.HEADING:
            self._sheet.headings.append(Heading(plain(passage.text), max(1, passage.level), passage.n))
        elif passage.kind == PassageKind.LIST_ITEM:
            self._cursor.insertText(("•" if passage.level <= 1 else "–") + "\t", self._quiet_body)
        elif passage.kind == PassageKind.NOTE:
            self._set_note_label(passage, characters)
        self._set_text(passage, characters)
        note = self._note_of_passage.get(passage.n) if passage.kind == PassageKind.NOTE else None
        if note is not None and not note.paired and self._layout.unmarked:
            look = self._small()
            look.setProperty(MARKER, -1)
            look.setAnchor(True)
            look.setAnchorHref(f"correct:{note.n}")
            self._cursor.insertText(f"\u2002{self._layout.unmarked}", look)

    def _set_note_label(self, passage: Passage, characters: QTextCharFormat) -> None:
        note = self._note_of_passage.get(passage.n)
        if note is None:
            return
        self._sheet.note_positions[note.n] = self._cursor.position()
        label = QTextCharFormat(characters)
        label.setForeground(QColor(self._theme.accent if note.paired else self._theme.quiet_ink))
        label.setProperty(MARKER, note.n)
        if note.paired:
            label.setAnchor(True)
            label.setAnchorHref(f"back:{note.n}")
        self._cursor.insertText(plain(note.label), label)
        self._cursor.insertText("\t", characters)

    def _set_text(self, passage: Passage, characters: QTextCharFormat) -> None:
        text = plain_text(passage.text).replace("\n", _LINE_SEPARATOR)
        cuts = {0, len(text)}
        for stretch in (*passage.styles, *passage.links):
            cuts.update((max(0, min(stretch.start, len(text))), max(0, min(stretch.end, len(text)))))
        markers = sorted(enumerate(passage.markers), key=lambda pair: pair[1].at)
        cuts.update(max(0, min(marker.at, len(text))) for _, marker in markers)
        if len(cuts) == 2 and not passage.styles and not passage.links and not markers:
            self._insert(passage.n, 0, text, characters)
            return
        first_link = len(self._sheet.links)
        self._sheet.links.extend((link.address_text, passage.n) for link in passage.links)
        points = sorted(cuts)
        waiting = list(reversed(markers))
        for start, end in zip(points, [*points[1:], len(text)], strict=True):
            previous: Marker | None = None
            while waiting and max(0, min(waiting[-1][1].at, len(text))) <= start:
                index, marker = waiting.pop()
                self._set_marker(marker, (passage.n, index), follows=previous is not None)
                previous = marker
            if start < end:
                self._insert(passage.n, start, text[start:end], self._emphasised(passage, start, characters, first_link))

    def _emphasised(self, passage: Passage, at: int, characters: QTextCharFormat, first_link: int) -> QTextCharFormat:
        made = QTextCharFormat(characters)
        for style in passage.styles:
            if style.start <= at < style.end:
                if style.emphasis == Emphasis.ITALIC:
                    made.setFontItalic(True)
                elif style.emphasis == Emphasis.BOLD:
                    made.setFontWeight(QFont.Weight.DemiBold)
                else:
                    made.setFontFamilies(code_font().families())
        for number, link in enumerate(passage.links, first_link):
            if link.start <= at < link.end:
                made.setAnchor(True)
                made.setAnchorHref(f"link:{number}")
                made.setForeground(QColor(self._theme.accent))
        return made

    def _set_marker(self, marker: Marker, place: tuple[int, int], *, follows: bool) -> None:
        state = SourceState.NO_ADDRESS if marker.note is None else self._states.get(marker.note, SourceState.NO_ADDRESS)
        look = QTextCharFormat(self._body)
        look.setProperty(MARKER, -1 if marker.note is None else marker.note)
        look.setFont(self._marker_font)
        look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        look.setForeground(QColor(self._theme.of_state(state)))
        if follows:
            self._cursor.insertText("\u2009", look)
        if marker.note is not None:
            look.setAnchor(True)
            look.setAnchorHref(f"note:{marker.note}")
        else:
            look.setAnchor(True)
            look.setAnchorHref(f"lonely:{len(self._sheet.lonely)}")
            self._sheet.lonely.append(place)
        start = self._cursor.position()
        is_doubtful = marker.note is not None and marker.confidence < SURE
        self._cursor.insertText((plain(marker.label) or "*") + "?" * is_doubtful, look)
        self._sheet.markers.append(MarkerSpot(start, self._cursor.position() - start, marker.note, state))

    def _insert(self, passage: int, offset: int, text: str, characters: QTextCharFormat) -> None:
        self._sheet.text_map.add(passage, offset, self._cursor.position(), text)
        self._cursor.insertText(text, characters)

    def _set_table(self, passage: Passage) -> None:
        rows = [row.split("\t") for row in plain_text(passage.text).split("\n")]
        look = QTextTableFormat()
        look.setBorderCollapse(True)
        look.setBorder(0)
        look.setCellSpacing(0)
        look.setCellPadding(self._em_px * 0.4)
        look.setTopMargin(self._em_px * 0.8)
        look.setBottomMargin(self._em_px)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        characters = self._format(interface_font(self._layout.size_pt * 0.82))
        head = self._format(interface_font(self._layout.size_pt * 0.82), self._theme.quiet_ink)
        ruled = QTextTableCellFormat()
        ruled.setBottomBorder(1)
        ruled.setBottomBorderBrush(QBrush(QColor(self._theme.line)))
        ruled.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        columns = max(map(len, rows))
        table = self._cursor.insertTable(len(rows), columns, look)
        offset = 0
        for row_number, row in enumerate(rows):
            for column in range(columns):
                place = table.cellAt(row_number, column)
                place.setFormat(ruled)
                if column < len(row):
                    inside = place.firstCursorPosition()
                    self._sheet.text_map.add(passage.n, offset, inside.position(), row[column])
                    inside.insertText(row[column], characters if row_number else head)
                    offset += len(row[column]) + 1
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_fresh = True

    def _begin_block(self, block: QTextBlockFormat, characters: QTextCharFormat) -> None:
        if self._is_fresh:
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(characters)
            self._cursor.setCharFormat(characters)
            self._is_fresh = False
        else:
            self._cursor.insertBlock(block, characters)

    def _look_of(self, kind: PassageKind, level: int, *, is_first: bool) -> tuple[QTextBlockFormat, QTextCharFormat]:
        size_pt, em_px = self._layout.size_pt, self._em_px
        match kind:
            case PassageKind.HEADING:
                font = self._heading_font(level)
                before = 0.4 if is_first else {1: 1.4, 2: 1.7}.get(level, 1.2)
                return self._block(before=before, after=0.55, line=1.28, size=font), self._format(font)
            case PassageKind.LIST_ITEM:
                block = self._block(after=0.35)
                block.setLeftMargin(em_px * 1.5 * max(1, level))
                self._hang(block, em_px * 1.1)
                return block, self._body
            case PassageKind.QUOTATION:
                block = self._block(after=0.75)
                block.setLeftMargin(em_px * 1.6)
                block.setRightMargin(em_px * 1.2)
                block.setProperty(BAR, int(Bar.QUIET))
                return block, self._body
            case PassageKind.PULL_QUOTE:
                font = reading_font(size_pt * 1.16)
                font.setItalic(True)
                block = self._block(before=1.1, after=1.3, line=1.42, size=font)
                block.setLeftMargin(em_px * 1.6)
                block.setRightMargin(em_px * 1.6)
                block.setProperty(BAR, int(Bar.STRONG))
                return block, self._format(font, self._theme.accent)
            case PassageKind.CAPTION:
                return self._block(after=1.0, line=1.4, size=interface_font(size_pt * 0.8)), self._small()
            case PassageKind.CODE:
                font = code_font(size_pt * 0.84)
                block = self._block(after=0.9, line=1.45, size=font)
                block.setBackground(QColor(self._theme.chrome))
                block.setLeftMargin(em_px * 0.4)
                return block, self._format(font)
            case PassageKind.NOTE:
                font = reading_font(size_pt * 0.84)
                block = self._block(after=0.35, line=1.42, size=font)
                block.setLeftMargin(em_px * 2.1)
                self._hang(block, em_px * 2.1)
                return block, self._format(font)
        return self._block(after=0.75), self._body

    def _hang(self, block: QTextBlockFormat, width_px: float) -> None:
        block.setTextIndent(-width_px)
        block.setTabPositions([QTextOption.Tab(width_px, QTextOption.TabType.LeftTab)])

    def _block(
        self, *, before: float = 0.0, after: float = 0.0, line: float = LINE_HEIGHT, size: QFont | None = None
    ) -> QTextBlockFormat:
        block = QTextBlockFormat()
        font_px = self._em_px if size is None else float(QFontInfo(size).pixelSize())
        block.setLineHeight(round(font_px * line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setTopMargin(round(before * self._em_px))
        block.setBottomMargin(round(after * self._em_px))
        block.setAlignment(Qt.AlignmentFlag.AlignLeading)
        return block

    def _format(self, font: QFont, colour: str | None = None) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(QColor(colour or self._theme.ink))
        return made

    def _small(self) -> QTextCharFormat:
        return self._format(interface_font(self._layout.size_pt * 0.8), self._theme.quiet_ink)

    def _heading_font(self, level: int) -> QFont:
        font = reading_font(self._layout.size_pt * _HEADING_SIZES.get(max(1, level), 1.0))
        font.setWeight(QFont.Weight.DemiBold)
        return font
