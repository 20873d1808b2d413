"""Notes gathered at the end of laid-out pages: which lines begin them.

They are believed when their labels answer, one after the other and all in order, the raised markers that no note at the foot of
a page answers; between these, a number that counts on begins a note too, though its marker was not seen. Numbers (``1``, ``2`` ...) and roman numbers (``i``, ``ii`` ...) and letters (``a``, ``b`` ...) are looked for apart, since a document may use both.
Where the labels are neither raised nor in smaller type than the text, three in a row are wanted: two numbered lines are soon found.

Under a heading such as *Notes* or *References* a run of numbers from 1 on is believed sooner: half of them must stand in the text as
markers, raised or in brackets. Every such heading, one a chapter perhaps, begins a run anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from archive.footnotes.lines import Line, is_raised
from archive.footnotes.markers import HEADING_OF_NOTES, is_label, plain_label, several

_ROMAN = re.compile(r"(?=[ivxlc])(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_WRITTEN = re.compile(r"(?:\[|\()?(?P<label>\d{1,4}|[ivxlc]{1,7})(?:[.)\]]\s*|\s+)(?=\S)")
_LEADERS = "....."  # a line of the contents
_LEAST_PLAIN = 3
_MOST, _MANY = 0.8, 0.7
_SAME_LEFT = 2.0


class EndNotes(msgspec.Struct, frozen=True):
    """Where notes at the end begin: the places of their first lines among all lines, by place the label; and the place where they end."""

    labels: dict[int, str]
    end: int


def find_end_notes(
    lines: Sequence[Line], unanswered: Sequence[Sequence[str]], *, small_pt: float, heading_pt: float
) -> EndNotes | None:
    """The notes at the end of a document; None where it has none.

    Args:
        lines: all lines of the body in reading order, the notes at the feet of pages left out.
        unanswered: for each line the plain labels of its raised markers that no note at a foot answers.
        small_pt: type of this size and below is smaller than that of the body.
        heading_pt: type of this size and above is a heading's; notes end there.
    """
    found: dict[int, str] = {}
    for kind in (str.isdigit, _is_roman, _is_letter):
        wanted = [(place, label) for place, labels in enumerate(unanswered) for label in labels if kind(label)]
        firsts = (
            sorted({label for _, label in wanted}, key=int)
            if kind is str.isdigit
            else list(dict.fromkeys(label for _, label in wanted))
        )
        if not firsts:
            continue
        last = max(place for place, _ in wanted)
        found |= _run(lines, firsts, after=last, small_pt=small_pt)
    if not found:
        return None
    end = next((place for place in range(max(found) + 1, len(lines)) if lines[place].size_pt >= heading_pt), len(lines))
    return EndNotes(found, end)


def find_headed_notes(lines: Sequence[Line], marked: frozenset[str], *, heading_pt: float) -> dict[int, str | None]:
    """The notes under headings of their own: the place of each of their lines among all lines; the label where one begins, else None.

    Args:
        lines: all lines in reading order.
        marked: the plain labels that stand as markers in the document, raised or in brackets.
        heading_pt: type of this size and above is a heading's; the notes end there.
    """
    found: dict[int, str | None] = {}
    for place, line in enumerate(lines):
        if HEADING_OF_NOTES.fullmatch(line.text) and (line.size_pt >= heading_pt or all(span.is_bold for span in line.spans)):
            found |= _headed_run(lines, place + 1, marked, heading_pt=heading_pt)
    return found


def _headed_run(lines: Sequence[Line], start: int, marked: frozenset[str], *, heading_pt: float) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    count, left = 0, 0.0
    for place in range(start, len(lines)):
        line = lines[place]
        if line.size_pt >= heading_pt:
            break
        label, _ = _label(line)
        is_next = label == str(count + 1) and (
            not count or abs(line.x0 - left) < _SAME_LEFT * line.size_pt or _is_elsewhere(lines, place)
        )
        if not is_next and not count:
            break
        if is_next:
            count, left = count + 1, line.x0
        found[place] = label if is_next else None
    answered = sum(str(number) in marked for number in range(1, count + 1))
    return found if count > 1 and 2 * answered >= count else {}


def _is_elsewhere(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands in another column or on another page than the one before."""
    line, last = lines[place], lines[place - 1]
    return (line.page, line.column) != (last.page, last.column)


def _run(lines: Sequence[Line], wanted: Sequence[str], *, after: int, small_pt: float) -> dict[int, str]:
    """The lines behind ``after`` that begin with the wanted labels in their order, or count on between them; none where too few do."""
    found: dict[int, str] = {}
    ahead = list(wanted)
    is_sure, answered, following = False, 0, ""
    for place in range(after + 1, len(lines)):
        label, is_high = _label(lines[place])
        if label is None or label not in {*ahead[:2], following}:
            continue
        following = str(int(label) + 1) if label.isdigit() else ""
        is_sure = is_sure or is_high or lines[place].size_pt <= small_pt
        found[place] = label
        answered += label in ahead
        del ahead[: ahead.index(label) + 1 if label in ahead else 0]
        if not ahead:
            break
    enough = answered >= _MOST * len(wanted) and answered >= _MANY * len(found) and (is_sure or answered >= _LEAST_PLAIN)
    return found if enough and found and next(iter(found.values())) == wanted[0] else {}


def _label(line: Line) -> tuple[str | None, bool]:
    """The plain label with which a line begins, and whether it is raised."""
    first = line.spans[0]
    if _LEADERS in line.text:
        return None, False
    if len(line.spans) > 1 and is_raised(first, line) and len(several(first.text)) == 1:
        return plain_label(first.text), True
    if len(line.spans) == 1 and is_label(first.text) and not first.text.strip().isdigit():
        return plain_label(first.text), True
    match = _WRITTEN.match(line.text)
    return (match["label"], False) if match else (None, False)


def _is_letter(label: str) -> bool:
    return len(label) == 1 and label.isalpha() and not _is_roman(label)


def _is_roman(label: str) -> bool:
    return _ROMAN.fullmatch(label) is not None
