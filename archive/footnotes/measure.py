"""What is usual in a laid-out document: the size of its body's type, the sizes of its headings and the distance of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from archive.footnotes.lines import Line

SMALL, LARGE = 0.94, 1.1
_BODY_PART = 0.15
_LEAST_PART = 0.03


class Measure(msgspec.Struct, frozen=True):
    """Sizes in points; ``leading`` is the distance of two lines per size, ``least_pt`` the smallest size in which anything is written at length."""

    body_pt: float
    heading_sizes: tuple[float, ...]
    leading: float
    least_pt: float = 10.0


def measure_of(pages_lines: Sequence[Sequence[Line]]) -> Measure:
    """The measure of a document's lines, page by page."""
    letters: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    for lines in pages_lines:
        for line in lines:
            letters[line.size_pt] += 0 if line.text.isdecimal() else len(line.text)  # a number alone is no text
            sizes[line.size_pt] += 1
        for line, following in pairwise(lines):
            if line.column == following.column and abs(line.size_pt - following.size_pt) < 0.3 and line.size_pt:
                gaps[round((following.baseline_pt - line.baseline_pt) / line.size_pt, 1)] += 1
    # Not the most frequent size: in court judgments the notes hold more letters than the body.
    body = max((size for size, count in letters.items() if count >= _BODY_PART * letters.total()), default=10.0)
    least = min((size for size, count in letters.items() if count >= _LEAST_PART * letters.total()), default=10.0)
    usual = [(gap, count) for gap, count in gaps.items() if 0.9 <= gap <= 2.6]
    leading = max(usual, key=lambda one: one[1])[0] if usual else 1.2
    large = sorted((size for size in sizes if size >= LARGE * body), reverse=True)
    return Measure(body, tuple(large), leading, least)
