"""The rows and columns of a table of a web page (HTML standard, 4.9): which table holds data, and where merged cells leave columns empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_ROLES_OF_LAYOUT = {"presentation", "none"}
_GROUPS = {"thead", "tbody", "tfoot"}
_CELLS = {"td", "th"}
_NEVER_IN_DATA = ("h1", "h2", "h3", "blockquote", "pre")
_LONGEST_CELL = 600
_MOST_COLUMNS = 200
_MOST_COVERED_ROWS = 1000


def is_layout(table: Any) -> bool:
    """Whether a table only puts things beside each other. A table that names what its columns or rows are never does."""
    if table.get("role") in _ROLES_OF_LAYOUT:
        return True
    rows = list(own_rows(table))
    if max((len(cells_of(row)) for row in rows), default=0) < 2:
        return True
    if table.find(".//table") is not None or any(table.find(f".//{tag}") is not None for tag in _NEVER_IN_DATA):
        return True
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    has_lists = table.find(".//ul") is not None or table.find(".//ol") is not None
    return has_lists or any(sum(map(len, cell.itertext())) > _LONGEST_CELL for row in rows for cell in cells_of(row))


def own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from child.iterchildren("tr")


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in _CELLS]


def strays(table: Any) -> Iterator[Any | str]:
    """Elements and texts that stand in a table and in none of its cells; browsers show them before it."""
    for holder in (table, *table.iterchildren(*_GROUPS), *own_rows(table)):
        yield holder.text or ""
        for child in holder:
            if isinstance(child.tag, str) and child.tag not in {"tr", "caption", "colgroup", "col", *_GROUPS, *_CELLS}:
                yield child
            yield child.tail or ""


def columns(rows: list[Any]) -> Iterator[list[Any | None]]:
    """The cells of every row by column; None stands in a column that a cell to the left or above covers."""
    covered: dict[int, int] = {}
    for row in rows:
        placed: list[Any | None] = []
        below: dict[int, int] = {}
        for cell in cells_of(row):
            while covered.get(len(placed), 0):
                placed.append(None)
            width = _span(cell.get("colspan"), _MOST_COLUMNS)
            height = _span(cell.get("rowspan"), _MOST_COVERED_ROWS, otherwise=_MOST_COVERED_ROWS)
            below |= dict.fromkeys(range(len(placed), len(placed) + width), height)
            placed += [cell, *[None] * (width - 1)]
        last = max((place for place, left in covered.items() if left), default=-1)
        placed += [None] * (last + 1 - len(placed))
        covered = {place: left - 1 for place, left in ({place: left for place, left in covered.items() if left} | below).items()}
        yield placed


def _span(text: str | None, most: int, *, otherwise: int = 1) -> int:
    """How many columns or rows a cell takes; 0 rows means all that follow in its group."""
    if text is None or not text.strip().isdecimal() or len(text) > 6:
        return 1
    return min(most, int(text)) or otherwise
