"""Reading order within a line: from left to right, or from right to left where most of its letters are Hebrew or Arabic.

PDFium gives the letters of a span as they are read; spans stand where they are seen. In a line read from right to left the spans are turned round,
but what is written from left to right in it (numbers, names in Latin letters) keeps its order. A label far to the left of such a line
(a note of a text whose notes are set from left to right) is still read first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from archive.footnotes.markers import is_label
from archive.model.reading import Span

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile(r"[^\W_]")
_WIDE_GAP = 1.4


def reads_right_to_left(spans: Sequence[Span]) -> bool:
    """Whether most letters of a line are written from right to left."""
    found = [span.text for span in spans if not span.text.isascii() and _RIGHT_TO_LEFT.search(span.text)]
    if not found:
        return False
    letters = sum(letter.isalpha() for span in spans for letter in span.text)
    return 2 * sum(len(_RIGHT_TO_LEFT.findall(text)) for text in found) > letters


def turned(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of a line that reads from right to left, given from left to right, in the order in which they are read."""
    first, rest = spans[:1], spans[1:]
    if not rest or not is_label(first[0].text) or rest[0].box.x0 - first[0].box.x1 < _WIDE_GAP * rest[0].size_pt:
        first, rest = (), spans
    backward = sorted(rest, key=lambda one: -one.box.x1)
    found: list[Span] = [*first]
    for is_forward, group in groupby(backward, key=_is_forward):
        run = list(group)
        found += run[::-1] if is_forward else run
    return tuple(found)


def _is_forward(span: Span) -> bool:
    return _RIGHT_TO_LEFT.search(span.text) is None and _LEFT_TO_RIGHT.search(span.text) is not None
