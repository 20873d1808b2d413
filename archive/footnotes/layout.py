"""From pages to pieces: lines become paragraphs, headings, list items, and the notes at the foot and at the end stand behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from archive.footnotes.endnotes import find_end_notes, find_headed_notes
from archive.footnotes.feet import ORNAMENT, Foot, Parted, lone_labels, note_block, part_page, raised_labels, written_markers
from archive.footnotes.headings import Outline, begins_item, is_bold, with_kind, with_levels, with_titles
from archive.footnotes.line_text import is_lone_marker, text_of
from archive.footnotes.lines import Line, is_raised, read_lines
from archive.footnotes.markers import plain_label, several
from archive.footnotes.measure import LARGE, SMALL, Measure, measure_of
from archive.footnotes.pieces import Piece, ends_sentence
from archive.footnotes.tables import find_tables, table_block
from archive.model.document import PassageKind
from archive.model.reading import Block, OutlineEntry, Page, RawMarker, Spot

_HEADING_GAP = 1.8
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+\S")


class Laid(msgspec.Struct, frozen=True):
    """A piece and the lines that it was made of."""

    piece: Piece
    lines: tuple[Line, ...]


def lay_out(pages: Sequence[Page], outline: Sequence[OutlineEntry] = ()) -> list[Piece]:
    """The pieces of :func:`lay_out_lines`."""
    return [laid.piece for laid in lay_out_lines(pages, outline)]


def lay_out_lines(pages: Sequence[Page], outline: Sequence[OutlineEntry] = ()) -> list[Laid]:
    """The pieces of laid-out pages in reading order, the notes at the foot of a page behind its body.

    Words broken at line ends are whole, raised markers are taken out of the text, running heads and page numbers are gone.
    Between two columns, and where notes stood, one number is missing in ``order``.
    """
    pages_lines = read_lines(pages)
    titles = Outline(outline)
    measure = measure_of(pages_lines)
    headed = _headed_notes(pages_lines, measure)
    foot = Foot()
    parts = [part_page([line for line in lines if id(line) not in headed], measure, foot) for lines in pages_lines]
    ends = headed or _end_labels(parts, measure)
    end_labels = {plain_label(label) for label in ends.values() if label}
    pieces: list[Laid] = []
    order = 0
    for (body, notes), page_lines in zip(parts, pages_lines, strict=True):
        labels = {plain_label(label) for label, _ in notes if label} | end_labels
        for column in body:
            text = [line for line in column if id(line) not in ends]
            last = next((at for at in range(len(pieces) - 1, -1, -1) if not pieces[at].piece.is_foot), None)
            if text and last is not None and (carried := _carried_markers(text[0], labels)):
                pieces[last] = _with_markers(pieces[last], carried, Spot(text[0].page, text[0].spans[0].box))
                text[0] = msgspec.structs.replace(text[0], spans=text[0].spans[1:])
            for block, lines in _paragraphs(text, measure, labels, titles):
                pieces.append(Laid(Piece(block, order, column[0].page), lines))
                order += 1
            order += 1
        for label, note_lines in [*notes, *_end_notes(page_lines, ends)]:
            block = note_block(label, note_lines, labels)
            pieces.append(Laid(Piece(block, order, note_lines[0].page, is_foot=True), tuple(note_lines)))
            order += 1
    return pieces


def _end_labels(parts: Sequence[Parted], measure: Measure) -> dict[int, str | None]:
    """The lines of notes gathered at the end of the document, by identity: the label where one begins, else None."""
    lines = [line for body, _ in parts for column in body for line in column]
    answered: list[frozenset[str]] = [frozenset(plain_label(label) for label, _ in notes if label) for _, notes in parts]
    unanswered: list[list[str]] = []
    raised = {label for line in lines for label in raised_labels(line)}
    for at, (body, _) in enumerate(parts):
        near = answered[at].union(*answered[at + 1 : at + 2])
        unanswered += [
            [label for label in (*raised_labels(line), *_lone(line, measure, raised)) if label not in near]
            for column in body
            for line in column
        ]
    found = find_end_notes(lines, unanswered, small_pt=SMALL * measure.body_pt, heading_pt=LARGE * measure.body_pt)
    if found is None:
        return {}
    return {id(lines[place]): found.labels.get(place) for place in range(min(found.labels), found.end)}


def _headed_notes(pages_lines: Sequence[Sequence[Line]], measure: Measure) -> dict[int, str | None]:
    """The lines of notes gathered under headings of their own, as :func:`_end_labels` gives those without."""
    lines = [line for page_lines in pages_lines for line in page_lines]
    marked = frozenset(label for line in lines for label in [*raised_labels(line), *written_markers(line)])
    found = find_headed_notes(lines, marked, heading_pt=LARGE * measure.body_pt)
    return {id(lines[place]): label for place, label in found.items()}


def _lone(line: Line, measure: Measure, raised: set[str]) -> list[str]:
    """The plain labels of markers that have a line of their own; what stands raised elsewhere is the label of a note here."""
    return [label for label in map(plain_label, lone_labels(line, measure)) if label not in raised]


def _end_notes(lines: Sequence[Line], ends: dict[int, str | None]) -> list[tuple[str | None, list[Line]]]:
    """The notes at the end that stand on one page, as :func:`part_page` gives those at its foot."""
    notes: list[tuple[str | None, list[Line]]] = []
    for line in (line for line in lines if id(line) in ends):
        label = ends[id(line)]
        if label is not None or not notes:
            notes.append((label, [line]))
        else:
            notes[-1][1].append(line)
    return notes


def _carried_markers(line: Line, labels: set[str]) -> list[str]:
    """The markers with which a column begins because they found no room in the column before."""
    if len(line.spans) < 2 or not is_raised(line.spans[0], line) or line.spans[1].text.startswith(" "):
        return []
    found = several(line.spans[0].text)
    return found if all(plain_label(label) in labels for label in found) else []


def _with_markers(laid: Laid, labels: Sequence[str], spot: Spot) -> Laid:
    """The piece with markers at its end."""
    block = laid.piece.block
    markers = tuple(RawMarker(label=label, at=len(block.text), spot=spot) for label in labels)
    block = msgspec.structs.replace(block, markers=block.markers + markers)
    return msgspec.structs.replace(laid, piece=msgspec.structs.replace(laid.piece, block=block))


def _paragraphs(
    column: Sequence[Line], measure: Measure, labels: set[str], outline: Outline
) -> list[tuple[Block, tuple[Line, ...]]]:
    """The blocks of one column and the lines of each."""
    found: list[tuple[Block, tuple[Line, ...]]] = []
    done = 0
    for table in find_tables(column, measure):
        found += _texts(column[done : table.start], column, measure, labels, outline)
        found.append((table_block(table, labels), tuple(column[table.start : table.end])))
        done = table.end
    found += _texts(column[done:], column, measure, labels, outline)
    return with_levels(with_titles(found, outline))


def _texts(
    lines: Sequence[Line], column: Sequence[Line], measure: Measure, labels: set[str], outline: Outline
) -> list[tuple[Block, tuple[Line, ...]]]:
    """The blocks of the lines of a column between two tables."""
    groups: list[list[Line]] = []
    left = min((line.x0 for line in column), default=0.0)
    right = max((line.x1 for line in column), default=0.0)
    for at, line in enumerate(lines):
        if groups and not _begins_paragraph(lines[at - 1], line, groups[-1], measure, left=left, right=right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        (block, tuple(group))
        for group in groups
        if (block := _body_block(group, measure, labels, outline, right=right)).text or block.markers or block.is_rule
    ]


def _begins_paragraph(last: Line, line: Line, group: Sequence[Line], measure: Measure, *, left: float, right: float) -> bool:
    size = min(last.size_pt, line.size_pt)
    if is_lone_marker(line, last):
        return False
    if ORNAMENT.fullmatch(line.text) or ORNAMENT.fullmatch(last.text):
        return True
    if abs(last.size_pt - line.size_pt) > 0.08 * max(last.size_pt, line.size_pt):
        return True
    if is_bold(last) != is_bold(line) and (is_bold(line) or all(is_bold(one) for one in group)):
        return True
    widest = (
        _HEADING_GAP if size >= LARGE * measure.body_pt and not ends_sentence(last.text) else max(measure.leading * 1.22, 1.05)
    )
    if line.baseline_pt - last.baseline_pt > widest * size or line.baseline_pt < last.baseline_pt:
        return True
    text = line.text
    if begins_item(text, group):
        return True
    rest = last.x0 - left if last.is_turned else right - last.x1
    is_short = rest > 0.12 * (right - left)
    ended = ends_sentence(_without_markers(last))
    if _NUMBERED.match(text) and (ended or is_short):
        return True
    if is_short and ended:
        return True
    if size >= LARGE * measure.body_pt:
        return False
    indent, last_indent = (right - line.x1, right - last.x1) if line.is_turned else (line.x0 - left, last.x0 - left)
    return indent > last_indent + 0.9 * size and ended and (len(group) > 1 or last_indent <= 2)


def _without_markers(line: Line) -> str:
    """The words of a line without the markers that stand at its end."""
    end = len(line.spans)
    while end > 1 and is_raised(line.spans[end - 1], line) and several(line.spans[end - 1].text):
        end -= 1
    return " ".join(span.text.strip() for span in line.spans[:end] if span.text.strip())


def _body_block(group: Sequence[Line], measure: Measure, labels: set[str], outline: Outline, *, right: float) -> Block:
    if all(ORNAMENT.fullmatch(line.text) for line in group):
        return Block(kind=PassageKind.PARAGRAPH, text="", is_rule=True)
    if len(group) == 1 and (lone := lone_labels(group[0], measure)) and all(plain_label(label) in labels for label in lone):
        return Block(
            kind=PassageKind.PARAGRAPH,
            text="",
            markers=tuple(RawMarker(label=label, at=0, spot=Spot(group[0].page, group[0].spans[0].box)) for label in lone),
        )
    block = text_of(group, labels, right=right)
    return with_kind(block, group, measure, outline)
