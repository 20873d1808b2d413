"""Lines of a page in reading order, columns told apart, running heads and page numbers gone.

A small span belongs to the larger line whose baseline is up to 0.72 of its size below it and beside whose words it
stands: that is a raised marker. A gutter is a strip that hardly any line crosses while many rows have words on both sides of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate, pairwise, takewhile

import msgspec

from archive.footnotes.direction import reads_right_to_left, turned
from archive.footnotes.markers import several
from archive.model.reading import Page, Span

_SAME_BASELINE = 0.25
_RAISED_BY = (0.1, 0.72)
_SMALLER = 0.9
_BESIDE = 0.9
_LABEL_BEFORE = 6.0
_GUTTER_PT = 9.0
_LEAST_ROWS = 6
_HEADING = 1.15
_EDGE_PART = 0.14
_EDGE_LINES = 3
_SAME_PLACE_PT = 4.0
_SHORT_TEXT = 60
_TINY = 0.75
_NUMBER_LINE = re.compile(
    r"\W*(?:page|p\.|стр(?:аница|\.)|с\.|старонка|сторінка|página|pág\.)?\W*(?P<number>\d{1,4})(?:\W*(?:of|/|из|з|de|\|)\W*\d{1,4})?\W*",
    re.IGNORECASE,
)


class Line(msgspec.Struct, frozen=True):
    """Spans of one line as they are read, in points. ``size_pt`` is that of most of its letters; ``column`` counts from 0.

    ``is_turned`` says that it is read from right to left; ``x0`` is its left end all the same.
    ``stretch`` counts the stretches of a page between lines that cross its columns, so that columns are read stretch by stretch.
    """

    spans: tuple[Span, ...]
    size_pt: float
    baseline_pt: float
    x0: float
    x1: float
    page: int
    column: int = 0
    stretch: int = 0
    is_turned: bool = False

    @property
    def text(self) -> str:
        """The words of the line, spans joined with a space."""
        return " ".join(span.text.strip() for span in self.spans if span.text.strip())


def read_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of every page in reading order, without those that only repeat from page to page."""
    return _without_furniture([_in_columns(_rows(page), page) for page in pages], pages)


def is_raised(span: Span, line: Line) -> bool:
    """Whether a span stands higher than the words of its line."""
    by = line.baseline_pt - span.baseline_pt
    return by >= _RAISED_BY[0] * line.size_pt and (span.size_pt <= _SMALLER * line.size_pt or by >= 0.25 * line.size_pt)


def _rows(page: Page) -> list[Line]:
    """The spans of a page as full rows, top to bottom."""
    rows: list[list[Span]] = []
    for span in sorted((one for one in page.spans if one.text.strip()), key=lambda one: one.baseline_pt):
        for row in reversed(rows[-4:]):
            tallest = max(one.size_pt for one in row)
            if abs(row[0].baseline_pt - span.baseline_pt) <= _SAME_BASELINE * max(min(tallest, span.size_pt), 4.0):
                row.append(span)
                break
        else:
            rows.append([span])
    lines = [line_of(row, page.number) for row in rows]
    return sorted(_with_raised(lines), key=lambda line: line.baseline_pt)


def line_of(spans: Iterable[Span], page: int, *, column: int = 0, stretch: int = 0) -> Line:
    """Spans as one line, whatever their heights."""
    ordered = tuple(sorted(spans, key=lambda one: one.box.x0))
    left = ordered[0].box.x0
    if is_turned := reads_right_to_left(ordered):
        ordered = turned(ordered)
    sizes: Counter[float] = Counter()
    for span in ordered:
        sizes[round(span.size_pt, 1)] += len(span.text.strip())
    size = sizes.most_common(1)[0][0]
    main = max((one for one in ordered if round(one.size_pt, 1) == size), key=lambda one: len(one.text.strip()))
    return Line(ordered, size, main.baseline_pt, left, max(one.box.x1 for one in ordered), page, column, stretch, is_turned)


def _with_raised(lines: Sequence[Line]) -> list[Line]:
    """The lines with raised and lowered small spans put into the lines they belong to."""
    spans = {at: list(line.spans) for at, line in enumerate(lines)}
    for at, line in enumerate(lines):
        for span in line.spans:
            near = [one for one in range(max(0, at - 3), min(len(lines), at + 6)) if one != at]
            distances = [(distance, abs(one - at), one) for one in near if (distance := _distance(span, lines[one])) is not None]
            home = min(distances)[2] if distances else None
            if home is not None and len(span.text.strip()) <= 12:
                spans[at].remove(span)
                spans[home].append(span)
    return [line_of(kept, lines[at].page) for at, kept in spans.items() if kept]


def _distance(span: Span, line: Line) -> float | None:
    """How far a raised or lowered span stands from the nearest word of a line, in points; None where it does not belong to it."""
    by = (line.baseline_pt - span.baseline_pt) / line.size_pt
    if not -0.35 <= by <= _RAISED_BY[1] or span.size_pt > 1.02 * line.size_pt:
        return None
    if span.size_pt > _SMALLER * line.size_pt and not (by >= 0.25 and several(span.text)):
        return None
    reach = _BESIDE * line.size_pt
    gaps = [
        gap for other in line.spans for gap in (span.box.x0 - other.box.x1, other.box.x0 - span.box.x1) if -1.5 <= gap <= reach
    ]
    if gaps:
        return max(0.0, min(gaps))
    before = span.box.x0 - line.x1 if line.is_turned and span.box.x0 > line.x1 else line.x0 - span.box.x1
    return before if 0 <= before <= _LABEL_BEFORE * line.size_pt else None


def _in_columns(rows: Sequence[Line], page: Page) -> list[Line]:
    """The rows cut at gutters; where the page as a whole has none, one between two large headings may have its own."""
    gutter = _gutter(rows, page.width_pt)
    if gutter is not None:
        return _cut_at(gutter, rows, stretch=0)
    sizes = sorted(row.size_pt for row in rows)
    parts: list[list[Line]] = [[]]
    for row in rows:
        if row.size_pt >= _HEADING * sizes[len(sizes) // 2]:
            parts.append([])
        parts[-1].append(row)
    found: list[Line] = []
    for number, part in enumerate(parts):
        gutter = _gutter(part, page.width_pt) if len(parts) > 1 else None
        found += part if gutter is None else _cut_at(gutter, part, stretch=1000 * (number + 1))
    return found


def _cut_at(gutter: float, rows: Sequence[Line], *, stretch: int) -> list[Line]:
    """The rows as lines of two columns, stretch by stretch between the rows that cross the gutter."""
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        sides: dict[int, list[Span]] = defaultdict(list)
        for span in row.spans:
            sides[0 if span.box.x1 <= gutter + 1 else 1 if span.box.x0 >= gutter - 1 else 2].append(span)
        if 2 in sides:
            found += left + right + [msgspec.structs.replace(row, stretch=stretch + 1)]
            left, right, stretch = [], [], stretch + 2
            continue
        for side, lines in ((0, left), (1, right)):
            if sides[side]:
                lines.append(line_of(sides[side], row.page, column=side, stretch=stretch))
    return found + left + right


def _gutter(rows: Sequence[Line], width_pt: float) -> float | None:
    """The middle of the strip that parts two columns, None where the rows stand in one."""
    if len(rows) < _LEAST_ROWS:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    if right - left < width_pt * 0.4:
        return None
    crossed = [0] * (int(right) + 3)
    for row in rows:
        for span in row.spans:
            crossed[max(0, int(span.box.x0) + 1)] += 1
            crossed[min(len(crossed) - 1, max(0, int(span.box.x1)))] -= 1
    crossed = list(accumulate(crossed))
    middles = range(int(left + 0.3 * (right - left)), int(left + 0.7 * (right - left)))
    best = min((crossed[middle] for middle in middles), default=len(rows))
    if best > 0.15 * len(rows):
        return None
    strip = [middle for middle in middles if crossed[middle] <= best + 1]
    centre = (strip[0] + strip[-1]) / 2 if strip[-1] - strip[0] <= 60 else float(strip[len(strip) // 2])
    both = 0
    for row in rows:
        before = max((span.box.x1 for span in row.spans if span.box.x1 <= centre), default=None)
        after = min((span.box.x0 for span in row.spans if span.box.x0 >= centre), default=None)
        both += before is not None and after is not None and after - before >= _GUTTER_PT
    sides = [row.x0 >= centre for row in rows if row.x1 <= centre or row.x0 >= centre]
    # Lines of two columns need not stand on common baselines: then rows of the left and of the right take turns.
    beside = both + sum(one != other for one, other in pairwise(sides)) // 2
    return centre if beside >= 5 and both + len(sides) >= 0.6 * len(rows) and beside >= 0.3 * len(rows) else None


def _without_furniture(pages_lines: Sequence[Sequence[Line]], pages: Sequence[Page]) -> list[list[Line]]:
    """The lines without running heads and page numbers: the same words, or numbers that count on, at the same place of several pages."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    offsets: Counter[tuple[int, int]] = Counter()
    for lines, page in zip(pages_lines, pages, strict=True):
        for line in _at_edges(lines, page):
            for text in _same_texts(line.text, page.number):
                places[text].append((page.number, line.baseline_pt))
            number = _NUMBER_LINE.fullmatch(line.text)
            if number:
                offsets[(int(number["number"]) - page.number, line.baseline_pt < page.height_pt / 2)] += 1
    kept: list[list[Line]] = []
    for lines, page in zip(pages_lines, pages, strict=True):
        dropped: set[int] = set()
        # From the edge inward, and only as far as every line repeats: the last line of a note may look like one on another page.
        for edge in _edges(lines, page):
            repeating = partial(_repeats, lines=lines, page=page, places=places, offsets=offsets)
            dropped.update(id(line) for line in takewhile(repeating, edge))
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _at_edges(lines: Sequence[Line], page: Page) -> list[Line]:
    top, bottom = _edges(lines, page)
    return top + [line for line in bottom if line not in top]


def _edges(lines: Sequence[Line], page: Page) -> tuple[list[Line], list[Line]]:
    """The first lines of a page from the top down, and the last from the bottom up."""
    ordered = sorted(lines, key=lambda line: line.baseline_pt)
    edge = _EDGE_PART * page.height_pt
    top = [line for line in ordered[:_EDGE_LINES] if line.baseline_pt <= edge]
    return top, [line for line in reversed(ordered[-_EDGE_LINES:]) if line.baseline_pt >= page.height_pt - edge]


def _same_texts(text: str, page: int) -> list[str]:
    """The text as it is compared from page to page: as it stands, and with one of its numbers counting on with the pages."""
    plain = " ".join(text.split()).casefold()
    numbers = list(re.finditer(r"\d{1,4}", plain)) if len(plain) <= _SHORT_TEXT else []
    return [plain, *(f"{plain[: one.start()]}#{int(one[0]) - page}{plain[one.end() :]}" for one in numbers)]


def _repeats(
    line: Line,
    lines: Sequence[Line],
    page: Page,
    places: dict[str, list[tuple[int, float]]],
    offsets: Counter[tuple[int, int]],
) -> bool:
    if is_raised(line.spans[0], line):
        return False
    number = _NUMBER_LINE.fullmatch(line.text)
    if number and _is_marker_above(line, number["number"], lines, page):
        return False
    if number and offsets[(int(number["number"]) - page.number, line.baseline_pt < page.height_pt / 2)] >= 2:
        return True
    if number and int(number["number"]) == page.number and not _is_tiny_above(line, lines, page):
        return True
    near = {
        other
        for text in _same_texts(line.text, page.number)
        for other, baseline in places[text]
        if abs(baseline - line.baseline_pt) <= _SAME_PLACE_PT
    }
    return len(near) >= 3 or (len(near) == 2 and max(near) - min(near) <= 2 and not number)


def _is_tiny_above(line: Line, lines: Sequence[Line], page: Page) -> bool:
    """Whether a line stands in the upper half in tiny type: a number there is rather the marker of a picture than that of the page."""
    return line.baseline_pt < page.height_pt / 2 and line.size_pt <= _TINY * max(one.size_pt for one in lines)


def _is_marker_above(line: Line, number: str, lines: Sequence[Line], page: Page) -> bool:
    """Whether a tiny number above is answered by a line of the lower half that begins with it: both would be gone with the page numbers."""
    beginning = f"{number} "
    return _is_tiny_above(line, lines, page) and any(
        other.text.startswith(beginning) for other in lines if other.baseline_pt > page.height_pt / 2
    )
