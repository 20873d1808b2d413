"""From pages to pieces: lines become paragraphs, headings, list items and notes at the foot.

The foot of a column is the run of its last lines in which everything is smaller than the body's type (or, in one size, that
begins with a raised label) and whose first line begins with a label: one that a marker on the page bears, or that counts on
from the note before. Small lines above the first label, without a gap to it, continue the last note of the page before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from archive.footnotes.endnotes import find_end_notes
from archive.footnotes.lines import Line, is_raised, read_lines
from archive.footnotes.markers import is_exponent, is_label, plain_label, several
from archive.footnotes.pieces import Piece, cut, ends_sentence, glue_between, join, put_part, trim
from archive.model.document import Emphasis, Link, PassageKind, Style
from archive.model.reading import Block, Page, Part, RawMarker, Span, Spot

_SMALL = 0.94
_LARGE = 1.1
_BODY_PART = 0.15
_WIDE_GAP = 1.45
_HEADING_GAP = 1.8
_FAR_LINES = 4.0
_LONGEST_HEADING = 220

_LEADING_LABEL = re.compile(
    r"(?:[\[(]\s?(\d{1,4}|[*†‡]{1,3})\s?[\])]|(\d{1,4})(?=[.)\s\u00a0]|[^\W\d_]|[«“„\"‘(\[—–])|([*†‡§]{1,3}))[.):]?[\s\u00a0]*(?=\S)"
)
_WRITTEN_MARKER = re.compile(
    r"(?<=[\w.,;:!?)»”\"' ])(?:\[\s?\d{1,3}\s?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})|(?<=[\w.,;:!?)»”])[*†‡]{1,3}(?=[\s.,;:!?)»”]|$)"
)
_LIST_SIGN = re.compile(
    r"(?:[•●▪■○◦·‣–—−*][\s\u00a0]+|\(?[a-zа-яіў]\)\s|\((?:[ivx]+|\d{1,2})\)\s|[ivx]{1,5}\)\s)(?=\S)", re.IGNORECASE
)
_ORNAMENT = re.compile(r"[*\s•_~–—-]+")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+\S")
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]*$", re.IGNORECASE)
_ADDRESS_WORD = re.compile(r"[A-Za-z0-9\-._~%/?#\[\]@!$&'()*+,;=:]+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x02": "\u00ad"})


class _Measure(msgspec.Struct, frozen=True):
    """What is usual in a document: the size of its body's type and the distance of its lines, in points and per size."""

    body_pt: float
    heading_sizes: tuple[float, ...]
    leading: float


class _Foot(msgspec.Struct):
    """The notes of the pages so far: whether the last one's text is unfinished, and the labels of markers that still want a note."""

    is_open: bool = False
    wanted: frozenset[str] = frozenset()


_Parted = tuple[list[list[Line]], list[tuple[str | None, list[Line]]]]
"""A page: its columns without their feet, and its notes: label (None for the rest of a note begun before) and lines."""


def lay_out(pages: Sequence[Page]) -> list[Piece]:
    """The pieces of laid-out pages in reading order, the notes at the foot of a page behind its body.

    Words broken at line ends are whole, raised markers are taken out of the text, running heads and page numbers are gone.
    Between two columns, and where notes stood, one number is missing in ``order``.
    """
    pages_lines = read_lines(pages)
    measure = _measure(pages_lines)
    foot = _Foot()
    parts = [_part_page(lines, measure, foot) for lines in pages_lines]
    ends = _end_labels(parts, measure)
    end_labels = {plain_label(label) for label in ends.values() if label}
    pieces: list[Piece] = []
    order = 0
    for body, notes in parts:
        labels = {plain_label(label) for label, _ in notes if label} | end_labels
        for column in body:
            text = [line for line in column if id(line) not in ends]
            last = next((at for at in range(len(pieces) - 1, -1, -1) if not pieces[at].is_foot), None)
            if text and last is not None and (carried := _carried_markers(text[0], labels)):
                pieces[last] = _with_markers(pieces[last], carried, Spot(text[0].page, text[0].spans[0].box))
                text[0] = msgspec.structs.replace(text[0], spans=text[0].spans[1:])
            for block in _paragraphs(text, measure, labels):
                pieces.append(Piece(block, order, column[0].page))
                order += 1
            order += 1
        for label, note_lines in [*notes, *_end_notes(body, ends)]:
            block = _note_block(label, note_lines, labels)
            pieces.append(Piece(block, order, note_lines[0].page, is_foot=True))
            order += 1
    return pieces


def _carried_markers(line: Line, labels: set[str]) -> list[str]:
    """The markers with which a column begins because they found no room in the column before."""
    if len(line.spans) < 2 or not is_raised(line.spans[0], line) or line.spans[1].text.startswith(" "):
        return []
    found = several(line.spans[0].text)
    return found if all(plain_label(label) in labels for label in found) else []


def _with_markers(piece: Piece, labels: Sequence[str], spot: Spot) -> Piece:
    """The piece with markers at its end."""
    markers = tuple(RawMarker(label=label, at=len(piece.block.text), spot=spot) for label in labels)
    return msgspec.structs.replace(piece, block=msgspec.structs.replace(piece.block, markers=piece.block.markers + markers))


def _end_labels(parts: Sequence[_Parted], measure: _Measure) -> dict[int, str | None]:
    """The lines of notes gathered at the end of the document, by identity: the label where one begins, else None."""
    lines = [line for body, _ in parts for column in body for line in column]
    answered: list[frozenset[str]] = [frozenset(plain_label(label) for label, _ in notes if label) for _, notes in parts]
    unanswered: list[list[str]] = []
    for at, (body, _) in enumerate(parts):
        near = answered[at].union(*answered[at + 1 : at + 2])
        unanswered += [[label for label in _raised_labels(line) if label not in near] for column in body for line in column]
    found = find_end_notes(lines, unanswered, small_pt=_SMALL * measure.body_pt, heading_pt=_LARGE * measure.body_pt)
    if found is None:
        return {}
    return {id(lines[place]): found.labels.get(place) for place in range(min(found.labels), found.end)}


def _end_notes(body: Sequence[Sequence[Line]], ends: dict[int, str | None]) -> list[tuple[str | None, list[Line]]]:
    """The notes at the end that stand on one page, as :func:`_part_page` gives those at its foot."""
    notes: list[tuple[str | None, list[Line]]] = []
    for line in (line for column in body for line in column if id(line) in ends):
        label = ends[id(line)]
        if label is not None or not notes:
            notes.append((label, [line]))
        else:
            notes[-1][1].append(line)
    return notes


def _raised_labels(line: Line) -> list[str]:
    """The plain labels of the markers that are raised in a line."""
    return [plain_label(label) for span in line.spans[1:] if is_raised(span, line) for label in several(span.text)]


def _measure(pages_lines: Sequence[Sequence[Line]]) -> _Measure:
    letters: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    for lines in pages_lines:
        for line in lines:
            letters[line.size_pt] += len(line.text)
            sizes[line.size_pt] += 1
        for line, following in pairwise(lines):
            if line.column == following.column and abs(line.size_pt - following.size_pt) < 0.3 and line.size_pt:
                gaps[round((following.baseline_pt - line.baseline_pt) / line.size_pt, 1)] += 1
    # Not the most frequent size: in court judgments the notes hold more letters than the body.
    body = max((size for size, count in letters.items() if count >= _BODY_PART * letters.total()), default=10.0)
    usual = [(gap, count) for gap, count in gaps.items() if 0.9 <= gap <= 2.6]
    leading = max(usual, key=lambda one: one[1])[0] if usual else 1.2
    large = sorted((size for size in sizes if size >= _LARGE * body), reverse=True)
    return _Measure(body, tuple(large), leading)


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for line in lines:
        if columns and (columns[-1][-1].column, columns[-1][-1].stretch) == (line.column, line.stretch):
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


def _part_page(lines: Sequence[Line], measure: _Measure, foot: _Foot) -> _Parted:
    """A page parted into its text and the notes at its foot."""
    own = _labels_on(lines)
    wanted = own | foot.wanted
    body: list[list[Line]] = []
    notes: list[tuple[str | None, list[Line]]] = []
    for column in _columns(lines):
        start = _foot_start(column, measure, foot, wanted)
        if column[:start]:
            body.append(column[:start])
        for at, line in enumerate(column[start:], start):
            label = _note_label(line, wanted)
            if label is not None and _is_new(label, line, notes) and not _leaps(label, notes, column[at + 1 :], wanted):
                notes.append((label, [line]))
            elif notes:
                notes[-1][1].append(line)
            else:
                notes.append((None, [line]))
        if notes:
            foot.is_open = not ends_sentence(notes[-1][1][-1].text)
    foot.wanted = own - {plain_label(label) for label, _ in notes if label}
    return body, notes


def _is_new(label: str, line: Line, notes: Sequence[tuple[str | None, list[Line]]]) -> bool:
    """Whether a labelled line begins another note: where the notes' labels are raised, a number on the line is not one."""
    labelled = [(own, lines[0]) for own, lines in notes if own is not None]
    if any(plain_label(own) == plain_label(label) for own, _ in labelled):
        return False
    is_higher = is_raised(line.spans[0], line)
    return is_higher or not any(is_raised(first.spans[0], first) for _, first in labelled)


def _leaps(label: str, notes: Sequence[tuple[str | None, list[Line]]], ahead: Sequence[Line], wanted: frozenset[str]) -> bool:
    """Whether a number leaves out the next one, which begins a line further down: then it is a number in the text of a note."""
    last = plain_label(notes[-1][0] or "") if notes else ""
    if not last.isdigit() or not plain_label(label).isdigit() or int(plain_label(label)) <= int(last) + 1:
        return False
    following = str(int(last) + 1)
    return any(plain_label(_note_label(line, wanted) or "") == following for line in ahead)


def _labels_on(lines: Sequence[Line]) -> frozenset[str]:
    """The plain labels that stand as markers on a page: raised, in brackets, or as a symbol behind a word."""
    found = {label for line in lines for label in _raised_labels(line)}
    largest = max((line.size_pt for line in lines), default=0.0)
    for line, before in zip(lines, (None, *lines), strict=False):
        # A marker that found no room at the end of the line before; in smaller type it would be the label of a note.
        first = line.spans[0]
        is_begun = before is None or before.column != line.column or before.size_pt == line.size_pt
        if is_begun and line.size_pt == largest and len(line.spans) > 1 and is_raised(first, line):
            found.update(several(first.text) if not line.spans[1].text.startswith(" ") else ())
    for line in lines:
        found.update(match[0].strip() for match in _WRITTEN_MARKER.finditer(line.text))
    return frozenset(plain_label(label) for label in found)


def _foot_start(column: Sequence[Line], measure: _Measure, foot: _Foot, wanted: frozenset[str]) -> int:
    """The index of the first line of the foot; the length of the column where it has none."""
    top = len(column)
    while top and column[top - 1].size_pt <= _SMALL * measure.body_pt:
        top -= 1
    for at in range(top, len(column)):
        if _note_label(column[at], wanted) is None:
            continue
        if at == top or _is_gap(column, at, measure):
            return at
        continuation = at
        while continuation > top and not _is_gap(column, continuation, measure):
            continuation -= 1
        return continuation if foot.is_open and (continuation > top or _is_gap(column, top, measure)) else at
    if foot.is_open and top < len(column) and top and _is_gap(column, top, measure):
        return top
    for at in range(1, len(column)):
        first = column[at].spans[0]
        is_labelled = is_raised(first, column[at]) and plain_label(first.text) in wanted and _is_gap(column, at, measure)
        if is_labelled or (_is_far(column, at, measure) and _note_label(column[at], wanted) is not None):
            return at
    return len(column)


def _is_gap(column: Sequence[Line], at: int, measure: _Measure) -> bool:
    """Whether more than a line's distance lies above the line."""
    if at == 0:
        return True
    gap = column[at].baseline_pt - column[at - 1].baseline_pt
    return gap > _WIDE_GAP * measure.leading * column[at].size_pt * 0.85


def _is_far(column: Sequence[Line], at: int, measure: _Measure) -> bool:
    """Whether several empty lines lie above the line: what stands so far below the text is no paragraph of it."""
    gap = column[at].baseline_pt - column[at - 1].baseline_pt
    return gap > _FAR_LINES * measure.leading * column[at].size_pt and column[at].size_pt <= measure.body_pt + 0.05


def _note_label(line: Line, wanted: frozenset[str]) -> str | None:
    """The label with which a line begins a note, None if it begins none; one that is not raised must be wanted by a marker."""
    first = line.spans[0]
    text = first.text.strip()
    if _ORNAMENT.fullmatch(line.text):
        return None
    if len(line.spans) > 1 and is_label(text):
        plain = plain_label(text)
        if is_raised(first, line) and plain.isdigit():
            return text
        if first.size_pt < _SMALL * line.size_pt or is_raised(first, line):
            return text if plain in wanted else None
    match = _LEADING_LABEL.match(line.text)
    if match is None:
        return None
    label = next(group for group in match.groups() if group)
    return label if plain_label(label) in wanted else None


def _paragraphs(column: Sequence[Line], measure: _Measure, labels: set[str]) -> list[Block]:
    """The blocks of one column."""
    groups: list[list[Line]] = []
    left = min((line.x0 for line in column), default=0.0)
    right = max((line.x1 for line in column), default=0.0)
    for at, line in enumerate(column):
        if groups and not _begins_paragraph(column[at - 1], line, groups[-1], measure, left=left, right=right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        block
        for group in groups
        if (block := _body_block(group, measure, labels, right=right)).text or block.markers or block.is_rule
    ]


def _begins_paragraph(last: Line, line: Line, group: Sequence[Line], measure: _Measure, *, left: float, right: float) -> bool:
    size = min(last.size_pt, line.size_pt)
    if _is_lone_marker(line, last):
        return False
    if _ORNAMENT.fullmatch(line.text) or _ORNAMENT.fullmatch(last.text):
        return True
    if abs(last.size_pt - line.size_pt) > 0.08 * max(last.size_pt, line.size_pt):
        return True
    if _is_bold(last) != _is_bold(line) and (_is_bold(line) or all(_is_bold(one) for one in group)):
        return True
    widest = (
        _HEADING_GAP if size >= _LARGE * measure.body_pt and not ends_sentence(last.text) else max(measure.leading * 1.22, 1.05)
    )
    if line.baseline_pt - last.baseline_pt > widest * size or line.baseline_pt < last.baseline_pt:
        return True
    text = line.text
    if _LIST_SIGN.match(text) and not text.startswith(("–", "—", "−", "*")):
        return True
    is_short = last.x1 < right - 0.12 * (right - left)
    ended = ends_sentence(last.text)
    if _NUMBERED.match(text) and (ended or is_short):
        return True
    if is_short and ended:
        return True
    if size >= _LARGE * measure.body_pt:
        return False
    is_indented = line.x0 > last.x0 + 0.9 * size
    return is_indented and ended and (len(group) > 1 or last.x0 <= left + 2)


def _is_lone_marker(line: Line, last: Line) -> bool:
    """Whether a line holds nothing but a marker that found no room at the end of the line before."""
    is_small = line.size_pt <= 0.8 * last.size_pt
    return (
        is_small
        and len(line.spans) == 1
        and bool(several(line.text))
        and line.baseline_pt - last.baseline_pt < 1.5 * last.size_pt
    )


def _is_bold(line: Line) -> bool:
    """Whether a line is set bold as headings are; a linked address in bold is none."""
    letters = sum(len(span.text.strip()) for span in line.spans)
    return sum(len(span.text.strip()) for span in line.spans if span.is_bold and span.link is None) > 0.8 * letters


def _body_block(group: Sequence[Line], measure: _Measure, labels: set[str], *, right: float) -> Block:
    if all(_ORNAMENT.fullmatch(line.text) for line in group):
        return Block(kind=PassageKind.PARAGRAPH, text="", is_rule=True)
    block = _text_of(group, labels, right=right)
    size = group[0].size_pt
    is_bold = all(_is_bold(line) for line in group)
    letters = [letter for letter in block.text if letter.isalpha()]
    is_capitals = len(letters) >= 4 and all(letter.isupper() for letter in letters)
    is_short = len(block.text) <= _LONGEST_HEADING and len(group) <= 4 and len(letters) >= 3
    if is_short and (size >= _LARGE * measure.body_pt or is_bold or is_capitals) and not re.search(r"[.;,]$", block.text):
        above = [one for one in measure.heading_sizes if one > size + 0.05]
        level = min(6, 1 + len(above) if size >= _LARGE * measure.body_pt else 1 + len(measure.heading_sizes))
        return msgspec.structs.replace(block, kind=PassageKind.HEADING, level=level)
    sign = _LIST_SIGN.match(block.text)
    if sign:
        return msgspec.structs.replace(block, kind=PassageKind.LIST_ITEM, level=1)
    return block


def _note_block(label: str | None, lines: Sequence[Line], labels: set[str]) -> Block:
    """The block of a note at the foot, its label taken off; a rest of a note has none."""
    right = max(line.x1 for line in lines)
    if label is None:
        return _text_of(lines, labels, right=right)
    first = lines[0]
    if plain_label(first.spans[0].text) == plain_label(label):
        rest = msgspec.structs.replace(first, spans=first.spans[1:])
        block = _text_of([rest, *lines[1:]], labels, right=right)
    else:
        block = _text_of(lines, labels, right=right)
        match = _LEADING_LABEL.match(block.text) or re.match(rf"[\[(]?{re.escape(label)}[.)\]]?\s+", block.text)
        if match:
            block = cut(block, match.end())
    return msgspec.structs.replace(block, note_label=label)


def _text_of(lines: Sequence[Line], labels: set[str], *, right: float) -> Block:
    """The lines as one text, words and addresses broken at line ends put together."""
    block: Block | None = None
    for at, line in enumerate(lines):
        if at and _is_lone_marker(line, lines[at - 1]) and block is not None:
            spot = Spot(line.page, line.spans[0].box)
            lone = tuple(RawMarker(label=label, at=len(block.text), spot=spot) for label in several(line.text))
            block = msgspec.structs.replace(block, markers=block.markers + lone)
            continue
        own = trim(_line_block(line, labels, is_first=at == 0))
        if block is None:
            block = own
            continue
        if at and (carried := [marker for marker in own.markers if marker.at == 0]):
            moved = tuple(msgspec.structs.replace(marker, at=len(block.text)) for marker in carried)
            block = msgspec.structs.replace(block, markers=block.markers + moved)
            own = msgspec.structs.replace(own, markers=own.markers[len(carried) :])
        block = _join_lines(block, own, is_full=lines[at - 1].x1 >= right - 0.15 * (right - line.x0))
    return _with_hyphens(block) if block is not None else Block(kind=PassageKind.PARAGRAPH, text="")


def _join_lines(block: Block, own: Block, *, is_full: bool) -> Block:
    open_address = _OPEN_ADDRESS.search(block.text)
    if open_address and own.text:
        last = next((link for link in block.links if link.end >= len(block.text) - 1), None)
        first = next((link for link in own.links if link.start <= 1), None)
        if last is not None or first is not None:
            goes_on = last is not None and first is not None and last.address_text == first.address_text
        else:
            word = _ADDRESS_WORD.match(own.text)
            goes_on = word is not None and _is_rest(open_address[0], word[0], is_full=is_full)
        return join(block, own, "" if goes_on else " ")
    first_text, glue = glue_between(block.text, own.text)
    block = cut(block, 0, len(first_text)) if len(first_text) < len(block.text) else block
    return join(block, own, glue)


def _is_rest(address: str, word: str, *, is_full: bool) -> bool:
    """Whether the first word of a line goes on with the address at the end of the line before."""
    if re.match(r"https?:|www\.", word, re.IGNORECASE) or address[-1] in ",;)>":
        return False
    looks_rest = re.search(r"[/_=&%?]|\w\.\w|\d", word) is not None or "-" in word[1:-1]
    if address[-1] in "/-_=&?%":
        return looks_rest or is_full or word[0].islower()
    return is_full and looks_rest and address[-1] != "."


def _line_block(line: Line, labels: set[str], *, is_first: bool) -> Block:
    """The line as a block; a label that is raised at the beginning of the first line is no marker of that line."""
    text = ""
    markers: list[RawMarker] = []
    links: list[Link] = []
    styles: list[Style] = []
    parts: list[Part] = []
    last: Span | None = None
    for span in line.spans:
        own = re.sub(r"\s+", " ", span.text.translate(_LIGATURES))
        found = several(own) if is_raised(span, line) and not (is_first and last is None) else []
        if last is None and not all(plain_label(label) in labels for label in found):
            found = []
        if found and not is_exponent(text.rstrip(), found[0]) and not _is_ordinal(found[0], labels):
            text = text.rstrip() + (" " if text.endswith(" ") and own.startswith(" ") else "")
            markers += [RawMarker(label=label, at=len(text), spot=Spot(line.page, span.box)) for label in found]
            text += " " if own.endswith(" ") else ""
            last = span
            continue
        if (
            last is not None
            and not text.endswith(" ")
            and not own.startswith(" ")
            and span.box.x0 - last.box.x1 > 0.13 * line.size_pt
        ):
            text += " "
        own = own.lstrip() if text.endswith(" ") or not text else own
        start, text = len(text), text + own
        end = len(text.rstrip())
        put_part(parts, Part(start, end, Spot(line.page, span.box)), near_pt=line.size_pt if span.font else 0.0)
        if span.link is not None and end > start:
            links.append(Link(start, end, span.link))
        for emphasis, holds in ((Emphasis.BOLD, span.is_bold), (Emphasis.ITALIC, span.is_italic)):
            if holds and end > start:
                styles.append(Style(start, end, emphasis))
        last = span
    return Block(
        kind=PassageKind.PARAGRAPH,
        text=text,
        markers=tuple(markers),
        links=tuple(links),
        styles=tuple(styles),
        parts=tuple(parts),
    )


def _is_ordinal(label: str, labels: set[str]) -> bool:
    """Whether a raised letter is rather an ending (``Nº``, ``1ª``): no note of the page bears it."""
    plain = plain_label(label)
    return plain.isalpha() and plain not in labels


def _with_hyphens(block: Block) -> Block:
    """Soft hyphens within a line are hyphens: many fonts name theirs so."""
    return msgspec.structs.replace(block, text=block.text.replace("\u00ad", "-"))
