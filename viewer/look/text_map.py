"""Where the characters of passages stand in a text document, and back.

Passages count code points and know nothing of markers, table cells or line ends; a ``QTextDocument`` counts UTF-16 units and has all of
these in between. The map is a list of runs: so many characters of a passage, standing together from one position on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


class Run(NamedTuple):
    """``length`` code points of ``passage`` from ``offset`` on, standing from ``position`` on.

    ``text`` is kept only where a code point may take two units, else it is empty.
    """

    position: int
    passage: int
    offset: int
    length: int
    text: str


class TextMap:
    """Runs in the order in which they stand in the text document."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._positions: list[int] = []
        self._of_passage: dict[int, list[Run]] = {}

    def add(self, passage: int, offset: int, position: int, text: str) -> int:
        """Note that ``text``, from ``offset`` of the passage, stands at ``position``.

        Returns:
            The position after it.
        """
        is_simple = _TWO_UNITS.search(text) is None
        run = Run(position, passage, offset, len(text), "" if is_simple else text)
        self._runs.append(run)
        self._positions.append(position)
        self._of_passage.setdefault(passage, []).append(run)
        return position + (len(text) if is_simple else units(text))

    def position_of(self, passage: int, offset: int, *, is_end: bool = False) -> int | None:
        """Where character ``offset`` of the passage stands; None if the passage is not in the text.

        Args:
            passage: its number.
            offset: in code points; one that is past the end means the end.
            is_end: the offset ends a stretch: stay behind the character before it, ahead of a marker that stands between.
        """
        runs = self._of_passage.get(passage)
        if not runs:
            return None
        found = runs[0]
        for run in runs:
            if run.offset > offset or (is_end and run.offset == offset):
                break
            found = run
        inside = max(0, min(offset - found.offset, found.length))
        return found.position + (units(found.text[:inside]) if found.text else inside)

    def place_of(self, position: int) -> tuple[int, int] | None:
        """The passage and the offset in it that stand at a position, or last before it; None if nothing does."""
        at = bisect_right(self._positions, position) - 1
        if at < 0:
            return None
        run = self._runs[at]
        inside = position - run.position
        if run.text:
            inside = len(run.text.encode("utf-16-le")[: 2 * inside].decode("utf-16-le", "ignore"))
        return run.passage, run.offset + min(inside, run.length)


def units(text: str) -> int:
    """How many UTF-16 units the text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
