"""Tables of laid-out pages, told by the alignment of their cells; rulings are not looked at, since many tables have none.

A cell is a run of spans without a wide gap. Three rows one below the other with the same number of cells, whose columns do not
overlap, make a table; with two columns the second must begin or end at one place. No table: numbered or marked list items, whose first
cell is a sign. A line with one cell that lies within a column goes on with the cell above it. When unsure, lines stay text: no word is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from archive.footnotes.line_text import text_of
from archive.footnotes.lines import Line, line_of
from archive.footnotes.measure import Measure
from archive.footnotes.pieces import join
from archive.model.document import PassageKind
from archive.model.reading import Block, Span

_CELL_GAP = 1.4
_LEAST_ROWS = 3
_SAME_EDGE_PT = 4.0
_ALIGNED = 0.7
_ROW_GAP = 2.6
_SIGN = re.compile(r"[\[(]?(?:\d{1,4}(?:\.\d{1,3})*|[ivxlcIVXLC]{1,6}|\w|[^\w\s]{1,3})[.)\]]*")

_Band = tuple[float, float]


class Table(msgspec.Struct, frozen=True):
    """Lines ``start`` to ``end`` of a column are a table; for each row the lines of each of its cells."""

    start: int
    end: int
    rows: list[list[list[Line]]]


def find_tables(column: Sequence[Line], measure: Measure) -> list[Table]:
    """The tables of a column in order."""
    cells = [_cells(line) for line in column]
    found: list[Table] = []
    at = 0
    while at < len(column):
        table = _table_at(column, cells, at, measure) if len(cells[at]) > 1 else None
        if table is not None:
            found.append(table)
        at = table.end if table is not None else at + 1
    return found


def table_block(table: Table, labels: set[str]) -> Block:
    """A table as one block: its rows are lines, its cells are parted by tabs."""
    whole: Block | None = None
    for row in table.rows:
        for place, lines in enumerate(row):
            text = text_of(lines, labels, right=max((line.x1 for line in lines), default=0.0))
            whole = text if whole is None else join(whole, text, "\t" if place else "\n")
    assert whole is not None
    return msgspec.structs.replace(whole, kind=PassageKind.TABLE)


def _cells(line: Line) -> list[Line]:
    """The line cut at its wide gaps."""
    groups: list[list[Span]] = []
    for span in line.spans:
        if groups and span.box.x0 - max(one.box.x1 for one in groups[-1]) < _CELL_GAP * line.size_pt:
            groups[-1].append(span)
        else:
            groups.append([span])
    if len(groups) == 1:
        return [line]
    return [line_of(group, line.page, column=line.column, stretch=line.stretch) for group in groups]


def _table_at(column: Sequence[Line], cells: Sequence[list[Line]], start: int, measure: Measure) -> Table | None:
    end = start + 1
    while end < len(column) and _is_near(column[end - 1], column[end], measure):
        end += 1
    counts = Counter(len(row) for row in cells[start:end] if len(row) > 1)
    for count in sorted((one for one, rows in counts.items() if rows >= _LEAST_ROWS), reverse=True):
        bands = _bands([row for row in cells[start:end] if len(row) == count])
        if bands is None or not _is_aligned([row for row in cells[start:end] if len(row) == count]):
            continue
        table = _rows(column, cells, start, end, bands)
        if sum(len(row) > 1 for row in cells[table.start : table.end]) >= _LEAST_ROWS:
            return table
    return None


def _is_near(line: Line, following: Line, measure: Measure) -> bool:
    gap = following.baseline_pt - line.baseline_pt
    return 0 < gap <= _ROW_GAP * measure.leading * max(line.size_pt, following.size_pt)


def _bands(rows: Sequence[list[Line]]) -> list[_Band] | None:
    """The columns of rows with the same number of cells; None where they overlap."""
    bands = [(min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)) for cells in zip(*rows, strict=True)]
    return bands if all(one[1] < other[0] for one, other in pairwise(bands)) else None


def _is_aligned(rows: Sequence[list[Line]]) -> bool:
    """Whether the cells behind the first begin or end below each other, and the first are more than the signs of a list."""
    if len(rows[0]) == 2 and all(_SIGN.fullmatch(row[0].text) for row in rows):
        return False
    for cells in list(zip(*rows, strict=True))[1:]:
        edges = ([cell.x0 for cell in cells], [cell.x1 for cell in cells], [(cell.x0 + cell.x1) / 2 for cell in cells])
        if max(_most_alike(places) for places in edges) < _ALIGNED * len(rows):
            return False
    return True


def _most_alike(places: Sequence[float]) -> int:
    return max(sum(abs(one - other) <= _SAME_EDGE_PT for other in places) for one in places)


def _rows(column: Sequence[Line], cells: Sequence[list[Line]], start: int, end: int, bands: Sequence[_Band]) -> Table:
    """The rows from ``start`` on as far as every line fits the columns."""
    rows: list[list[list[Line]]] = []
    kept, last = 0, start
    for at in range(start, end):
        places = [_band_of(cell, bands) for cell in cells[at]]
        if None in places:
            break
        if len(cells[at]) == 1:
            if places[0] == 0 or not rows:
                rows.append([[column[at]], *([] for _ in bands[1:])])
                continue
            rows[-1][places[0] or 0].append(column[at])
        else:
            rows.append([
                [cell for cell, place in zip(cells[at], places, strict=True) if place == one] for one in range(len(bands))
            ])
        kept, last = len(rows), at + 1
    return Table(start, last, rows[:kept])


def _band_of(cell: Line, bands: Sequence[_Band]) -> int | None:
    """The column in which a cell lies; None where it reaches over several."""
    touched = [at for at, (left, right) in enumerate(bands) if cell.x0 < right and left < cell.x1]
    if len(touched) > 1:
        return None
    return touched[0] if touched else min(range(len(bands)), key=lambda at: abs(bands[at][0] - cell.x0))
