"""The feet of pages: which lines at the end of a column are notes, and where each begins.

The foot of a column is the run of its last lines in which everything is smaller than the body's type (or, in one size, that
begins with a raised label) and whose first line begins with a label: one that a marker on the page bears, or that counts on
from the note before. Small lines above the first label, without a gap to it, continue the last note of the page before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from archive.footnotes.alignment import Candidate, align, with_parts
from archive.footnotes.line_text import text_of
from archive.footnotes.lines import Line, is_raised
from archive.footnotes.markers import counted_out, is_label, plain_label, several, without_open_bracket
from archive.footnotes.measure import SMALL, Measure
from archive.footnotes.pieces import cut, ends_sentence
from archive.model.reading import Block

_WIDE_GAP = 1.45
_FAR_LINES = 4.0
_LONE = 0.8
_DIGITS = re.compile(r"[1-9]\d{0,3}")
_LEADING_LABEL = re.compile(
    r"(?:[\[(]\s?(\d{1,4}|[*†‡]{1,3})\s?[\])]|(\d{1,4})(?=[.)\s\u00a0]|[^\W\d_]|[«“„\"‘(\[—–])|([*†‡§]{1,3}))[.):]?[\s\u00a0]*(?=\S)"
)
_WRITTEN_MARKER = re.compile(
    r"(?<=[\w.,;:!?)»”\"' ])(?:\[\s?\d{1,3}\s?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})|(?<=[\w.,;:!?)»”])[*†‡]{1,3}(?=[\s.,;:!?)»”]|$)"
)
ORNAMENT = re.compile(r"[*\s•_~–—-]+")


class Foot(msgspec.Struct):
    """The notes of the pages so far: whether the last one's text is unfinished, its number, and the labels of markers that still want a note."""

    is_open: bool = False
    last: int | None = None
    wanted: tuple[str, ...] = ()


Parted = tuple[list[list[Line]], list[tuple[str | None, list[Line]]]]
"""A page: its columns without their feet, and its notes: label (None for the rest of a note begun before) and lines."""


def part_page(lines: Sequence[Line], measure: Measure, foot: Foot) -> Parted:
    """A page parted into its text and the notes at its foot."""
    own = _labels_on(lines, measure)
    columns = _columns(lines)
    blocks = [_labelled_blocks(column, measure, frozenset((*foot.wanted, *own))) for column in columns]
    labels = _begun([() if block else column for column, block in zip(columns, blocks, strict=True)], measure, foot, own)
    body: list[list[Line]] = []
    notes: list[tuple[str | None, list[Line]]] = []
    for column, block in zip(columns, blocks, strict=True):
        if block:
            body.append(column[: len(column) - sum(len(part) for _, part in block)])
            notes += block
            continue
        start = _foot_start(column, measure, foot, labels)
        if column[:start]:
            body.append(column[:start])
        for line in column[start:]:
            label = labels.get(id(line))
            if label is not None or not notes:
                notes.append((label, [line]))
            else:
                notes[-1][1].append(line)
        if notes:
            foot.is_open = not ends_sentence(notes[-1][1][-1].text)
    found = {plain_label(label) for label, _ in notes if label}
    doubled = {
        label
        for label in set(own) - found
        if (parts := counted_out(label)) and found.issuperset(parts) and not set(own).intersection(parts)
    }
    if doubled:
        body = [[_told_apart(line, doubled) for line in column] for column in body]
    foot.wanted = tuple(dict.fromkeys(label for label in own if label not in found | doubled))
    numbers = [plain_label(label) for label, _ in notes if label]
    foot.last = next((int(label) for label in reversed(numbers) if label.isdecimal()), foot.last)
    return body, notes


def _told_apart(line: Line, doubled: Collection[str]) -> Line:
    """The line with a gap between markers that are printed as one number."""
    spans = tuple(
        msgspec.structs.replace(span, text=span.text.replace(label, ",".join(counted_out(label))))
        if (label := span.text.strip()) in doubled and (len(line.spans) == 1 or is_raised(span, line))
        else span
        for span in line.spans
    )
    return msgspec.structs.replace(line, spans=spans)


def _begun(columns: Sequence[Sequence[Line]], measure: Measure, foot: Foot, own: Sequence[str]) -> dict[int, str]:
    """The lines at the feet of a page's columns that begin notes, by identity, each with its label."""
    lines: list[Line] = []
    candidates: list[Candidate] = []
    wanted = (*foot.wanted, *own)
    labels = frozenset((*wanted, *with_parts(wanted)))
    for column in columns:
        left, right = min((line.x0 for line in column), default=0.0), max((line.x1 for line in column), default=0.0)
        for line in column[_zone_start(column, measure, labels) :]:
            candidates += _candidates(line, len(lines), right - line.x1 if line.is_turned else line.x0 - left, labels)
            lines.append(line)
    found = {one.line: one.label for one in align(candidates, wanted, carried=len(foot.wanted), last=foot.last)}
    # A raised number begins a note too, though its marker was not seen.
    taken = {plain_label(label) for label in found.values()}
    for one in candidates:
        if one.is_raised and one.label.isdecimal() and one.line not in found and one.label not in taken:
            found[one.line] = one.label
            taken.add(one.label)
    return {id(lines[at]): label for at, label in found.items()}


def _candidates(line: Line, at: int, indent_pt: float, wanted: frozenset[str]) -> list[Candidate]:
    """The labels with which a line may begin a note; one that is not raised must be wanted by a marker."""
    first = line.spans[0]
    text = first.text.strip()
    if ORNAMENT.fullmatch(line.text):
        return []
    if len(line.spans) > 1 and is_label(text):
        is_higher = is_raised(first, line)
        if (is_higher and plain_label(text).isdigit()) or (
            plain_label(text) in wanted and (is_higher or first.size_pt < SMALL * line.size_pt)
        ):
            return [Candidate(at, text, indent_pt, is_raised=True)]
    found: list[Candidate] = []
    match = _LEADING_LABEL.match(line.text)
    label = next(group for group in match.groups() if group) if match else ""
    if label and plain_label(label) in wanted:
        is_tight = label == line.text[: len(label)] and label.isdecimal() and line.text[len(label)] not in " .)\u00a0"
        found.append(Candidate(at, label, indent_pt, is_tight=is_tight))
    digits = _DIGITS.match(line.text)
    for length in range(1, min(len(digits[0]), len(line.text) - 1) + 1 if digits else 0):
        part = line.text[:length]
        if part != label and part in wanted:
            is_cut = line.text[length : length + 1].isdecimal()
            found.append(Candidate(at, part, indent_pt, is_tight=True, is_cut=is_cut))
    return found


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


def _labels_on(lines: Sequence[Line], measure: Measure) -> list[str]:
    """The plain labels that stand as markers on a page, each number once: raised, in brackets, as a symbol behind a word, or alone in small type."""
    found: list[str] = []
    largest = max((line.size_pt for line in lines), default=0.0)
    for line, before in zip(lines, (None, *lines), strict=False):
        # A marker that found no room at the end of the line before; in smaller type it would be the label of a note.
        first = line.spans[0]
        is_begun = before is None or before.column != line.column or before.size_pt == line.size_pt
        if is_begun and line.size_pt == largest and len(line.spans) > 1 and is_raised(first, line):
            found += several(first.text) if not line.spans[1].text.startswith(" ") else ()
        found += (*raised_labels(line), *written_markers(line), *lone_labels(line, measure))
    plain = [plain_label(label) for label in found]
    return [label for at, label in enumerate(plain) if not label.isdecimal() or label not in plain[:at]]


def written_markers(line: Line) -> list[str]:
    """The plain labels of the markers that are written in a line: in brackets, as raised characters, or as a symbol behind a word."""
    return [plain_label(match[0]) for match in _WRITTEN_MARKER.finditer(line.text)]


def _zone_start(column: Sequence[Line], measure: Measure, wanted: frozenset[str]) -> int:
    """The first line of a column at or behind which its foot may begin: its last lines in small type, or a label far below the text."""
    top = _small_start(column, measure)
    if any(_candidates(line, 0, 0.0, wanted) for line in column[top:]):
        return top
    for at in range(1, len(column)):
        first = column[at].spans[0]
        is_labelled = is_raised(first, column[at]) and plain_label(first.text) in wanted and _is_gap(column, at, measure)
        if is_labelled or (_is_far(column, at, measure) and _candidates(column[at], at, 0.0, wanted)):
            return at
    return len(column)


def _small_start(column: Sequence[Line], measure: Measure) -> int:
    top = len(column)
    while top and column[top - 1].size_pt <= SMALL * measure.body_pt:
        top -= 1
    return top


def _foot_start(column: Sequence[Line], measure: Measure, foot: Foot, labels: dict[int, str]) -> int:
    """The index of the first line of the foot; the length of the column where it has none."""
    top = _small_start(column, measure)
    first = next((at for at, line in enumerate(column) if id(line) in labels), None)
    if first is None:
        return top if foot.is_open and top < len(column) and top and _is_gap(column, top, measure) else len(column)
    if first <= top or _is_gap(column, first, measure):
        return first
    continuation = first
    while continuation > top and not _is_gap(column, continuation, measure):
        continuation -= 1
    return continuation if foot.is_open and (continuation > top or _is_gap(column, top, measure)) else first


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
