"""The feet of pages: which lines at the end of a column are notes, and where each begins.

The foot of a column is the run of its last lines in which everything is smaller than the body's type (or, in one size, that
begins with a raised label) and whose first line begins with a label: one that a marker on the page bears, or that counts on
from the note before. Small lines above the first label, without a gap to it, continue the last note of the page before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from archive.footnotes.line_text import text_of
from archive.footnotes.lines import Line, is_raised
from archive.footnotes.markers import is_label, plain_label, several, without_open_bracket
from archive.footnotes.measure import SMALL, Measure
from archive.footnotes.pieces import cut, ends_sentence
from archive.model.reading import Block

_WIDE_GAP = 1.45
_FAR_LINES = 4.0
_LONE = 0.8
_SAME_LEFT_PT = 2.0
_LEADING_LABEL = re.compile(
    r"(?:[\[(]\s?(\d{1,4}|[*†‡]{1,3})\s?[\])]|(\d{1,4})(?=[.)\s\u00a0]|[^\W\d_]|[«“„\"‘(\[—–])|([*†‡§]{1,3}))[.):]?[\s\u00a0]*(?=\S)"
)
_WRITTEN_MARKER = re.compile(
    r"(?<=[\w.,;:!?)»”\"' ])(?:\[\s?\d{1,3}\s?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})|(?<=[\w.,;:!?)»”])[*†‡]{1,3}(?=[\s.,;:!?)»”]|$)"
)
ORNAMENT = re.compile(r"[*\s•_~–—-]+")


class Foot(msgspec.Struct):
    """The notes of the pages so far: whether the last one's text is unfinished, and the labels of markers that still want a note."""

    is_open: bool = False
    wanted: frozenset[str] = frozenset()


Parted = tuple[list[list[Line]], list[tuple[str | None, list[Line]]]]
"""A page: its columns without their feet, and its notes: label (None for the rest of a note begun before) and lines."""


def part_page(lines: Sequence[Line], measure: Measure, foot: Foot) -> Parted:
    """A page parted into its text and the notes at its foot."""
    own = _labels_on(lines, measure)
    wanted = own | foot.wanted
    body: list[list[Line]] = []
    notes: list[tuple[str | None, list[Line]]] = []
    for column in _columns(lines):
        if blocks := _labelled_blocks(column, measure, wanted):
            body.append(column[: len(column) - sum(len(block) for _, block in blocks)])
            notes += blocks
            continue
        start = _foot_start(column, measure, foot, wanted)
        if column[:start]:
            body.append(column[:start])
        for at, line in enumerate(column[start:], start):
            label = _note_label(line, wanted) or _glued_label(line, notes, wanted)
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


def _labelled_blocks(column: Sequence[Line], measure: Measure, wanted: frozenset[str]) -> list[tuple[str | None, list[Line]]]:
    """Notes at the foot whose labels stand below their first lines, as some programs set notes that are tables; none where they do not.

    Each is a block between two gaps and holds one label; most hold it below their first line.
    """
    starts = [at for at in range(len(column)) if _is_gap(column, at, measure)]
    found: list[tuple[str | None, list[Line]]] = []
    below = 0
    for start, end in zip(reversed(starts), reversed([*starts[1:], len(column)]), strict=True):
        block = list(column[start:end])
        places = [at for at, line in enumerate(block) if _has_small_label(line, wanted)]
        if len(places) != 1:
            break
        below += places[0] > 0
        found.insert(0, (block[places[0]].spans[0].text.strip(), block))
    return found if below >= 2 and 2 * below >= len(found) else []


def _has_small_label(line: Line, wanted: frozenset[str]) -> bool:
    first = line.spans[0]
    return len(line.spans) > 1 and first.size_pt <= _LONE * line.size_pt and plain_label(first.text) in wanted


def lone_labels(line: Line, measure: Measure) -> list[str]:
    """The labels of a line in small type that holds nothing else: markers of a picture or of an empty paragraph."""
    return several(line.text) if len(line.spans) == 1 and line.size_pt <= _LONE * measure.least_pt else []


def _labels_on(lines: Sequence[Line], measure: Measure) -> frozenset[str]:
    """The plain labels that stand as markers on a page: raised, in brackets, as a symbol behind a word, or alone in small type."""
    found = {label for line in lines for label in raised_labels(line)}
    largest = max((line.size_pt for line in lines), default=0.0)
    for line, before in zip(lines, (None, *lines), strict=False):
        # A marker that found no room at the end of the line before; in smaller type it would be the label of a note.
        first = line.spans[0]
        is_begun = before is None or before.column != line.column or before.size_pt == line.size_pt
        if is_begun and line.size_pt == largest and len(line.spans) > 1 and is_raised(first, line):
            found.update(several(first.text) if not line.spans[1].text.startswith(" ") else ())
    found.update(label for line in lines for label in (*written_markers(line), *lone_labels(line, measure)))
    return frozenset(plain_label(label) for label in found)


def written_markers(line: Line) -> list[str]:
    """The plain labels of the markers that are written in a line: in brackets, as raised characters, or as a symbol behind a word."""
    return [plain_label(match[0]) for match in _WRITTEN_MARKER.finditer(line.text)]


def _foot_start(column: Sequence[Line], measure: Measure, foot: Foot, wanted: frozenset[str]) -> int:
    """The index of the first line of the foot; the length of the column where it has none."""
    top = len(column)
    while top and column[top - 1].size_pt <= SMALL * measure.body_pt:
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


def _is_gap(column: Sequence[Line], at: int, measure: Measure) -> bool:
    """Whether more than a line's distance lies above the line."""
    if at == 0:
        return True
    gap = column[at].baseline_pt - column[at - 1].baseline_pt
    return gap > _WIDE_GAP * measure.leading * column[at].size_pt * 0.85


def _is_far(column: Sequence[Line], at: int, measure: Measure) -> bool:
    """Whether several empty lines lie above the line: what stands so far below the text is no paragraph of it."""
    gap = column[at].baseline_pt - column[at - 1].baseline_pt
    return gap > _FAR_LINES * measure.leading * column[at].size_pt and column[at].size_pt <= measure.body_pt + 0.05


def _note_label(line: Line, wanted: frozenset[str]) -> str | None:
    """The label with which a line begins a note, None if it begins none; one that is not raised must be wanted by a marker."""
    first = line.spans[0]
    text = first.text.strip()
    if ORNAMENT.fullmatch(line.text):
        return None
    if len(line.spans) > 1 and is_label(text):
        plain = plain_label(text)
        if is_raised(first, line) and plain.isdigit():
            return text
        if first.size_pt < SMALL * line.size_pt or is_raised(first, line):
            return text if plain in wanted else None
    match = _LEADING_LABEL.match(line.text)
    if match is None:
        return None
    label = next(group for group in match.groups() if group)
    return label if plain_label(label) in wanted else None


def _glued_label(line: Line, notes: Sequence[tuple[str | None, list[Line]]], wanted: frozenset[str]) -> str | None:
    """The number after that of the note before, printed without a gap before a text that begins with a digit or a sign (``828/20/16``)."""
    last, first = (notes[-1][0] or "", notes[-1][1][0]) if notes else ("", line)
    label = str(int(last) + 1) if last.isdecimal() else ""
    is_flush = bool(notes) and abs(line.x0 - first.x0) <= _SAME_LEFT_PT
    return label if is_flush and label in wanted and line.text.startswith(label) else None


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for line in lines:
        if columns and (columns[-1][-1].column, columns[-1][-1].stretch) == (line.column, line.stretch):
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


def raised_labels(line: Line) -> list[str]:
    """The plain labels of the markers that are raised in a line."""
    return [plain_label(label) for span in line.spans[1:] if is_raised(span, line) for label in several(span.text)]


def note_block(label: str | None, lines: Sequence[Line], labels: set[str]) -> Block:
    """The block of a note at the foot, its label taken off; a rest of a note has none."""
    right = max(line.x1 for line in lines)
    if label is None:
        return text_of(lines, labels, right=right)
    at = next((at for at, line in enumerate(lines) if plain_label(line.spans[0].text) == plain_label(label)), 0)
    if at:
        bare = msgspec.structs.replace(lines[at], spans=lines[at].spans[1:])
        return msgspec.structs.replace(text_of([*lines[:at], bare, *lines[at + 1 :]], labels, right=right), note_label=label)
    first = lines[0]
    if plain_label(first.spans[0].text) == plain_label(label):
        rest = msgspec.structs.replace(first, spans=first.spans[1:])
        block = text_of([rest, *lines[1:]], labels, right=right)
        if without_open_bracket(label) != label:
            block = cut(block, re.match(r"[)\]]?\s*", block.text).end())  # type: ignore[union-attr]  # it always matches
            label = without_open_bracket(label)
    else:
        block = text_of(lines, labels, right=right)
        match = _LEADING_LABEL.match(block.text) or re.match(rf"[\[(]?{re.escape(label)}[.)\]]?\s+", block.text)
        if match and plain_label(match[0]) == plain_label(label):
            block = cut(block, match.end())
        elif block.text.startswith(label):
            block = cut(block, len(label))
    return msgspec.structs.replace(block, note_label=label)
