"""Which lines at the foot of a page begin notes: the markers of the page and the lines that could bear their labels, aligned as two sequences.

Notes stand at the foot in the order of their markers, and a document sets all their labels in one way: raised, or with a gap behind them where
there is room for it, which longer numbers fill (``9 Text``, ``10Text``); and their lines begin at one left edge. So every way and every edge is
tried, and of all alignments that keep the order the one that explains most is taken: a label set in another way or at another edge earns little
or nothing, and a marker that is passed over costs a little.

* ``828/20/16`` is 82 before ``8/20/16`` where its neighbours have no gap either and one of them is 81 or 83;
* ``3 February`` between notes 1 and 2 is a number in a text, since note 3 begins further down;
* two markers may be printed as one number (``12`` for 1 and 2), if that explains more;
* markers are taken as they are read, or in the order of their numbers (a table or a box may stand before them), whichever explains more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import msgspec

from archive.footnotes.markers import counted_out, plain_label

_RAISED, _SPACED, _TIGHT, _CUT = 3.0, 2.0, 1.8, 1.5
_OTHER_WAY, _OTHER_EDGE, _OTHER_ROOM = 3.0, 1.6, 1.6
_PASSED, _MOST_PASSED = 0.2, 1.0
_SAME_EDGE_PT = 2.0
_ALL_RAISED = -1


class Candidate(msgspec.Struct, frozen=True):
    """A line that may begin a note: its place among the lines, the label it would bear as it is printed, and how that is set.

    ``indent_pt`` counts from the left edge of the column; ``is_tight`` says that the text follows without a gap, ``is_cut`` that it begins with a digit.
    """

    line: int
    label: str
    indent_pt: float = 0.0
    is_raised: bool = False
    is_tight: bool = False
    is_cut: bool = False


def align(
    candidates: Sequence[Candidate], markers: Sequence[str], *, carried: int = 0, last: int | None = None
) -> list[Candidate]:
    """The lines that begin notes, each with its label, in order; at most one candidate of a line.

    Args:
        candidates: in the order of the lines; one line may have several.
        markers: the plain labels of the markers in reading order.
        carried: so many of the first markers stand on the page before: no line need answer them.
        last: the number of the last note before, None where there is none.
    """
    wanted = frozenset((*markers, *with_parts(markers)))
    of_marker = [one for one in candidates if plain_label(one.label) in wanted]
    orders = [list(markers)]
    if (in_order := [*markers[:carried], *_in_number_order(markers[carried:])]) != orders[0]:
        orders.append(in_order)
    if (told_apart := with_parts(markers)) != orders[0]:
        orders.append(told_apart)
    edges: list[float] = []
    for one in of_marker:
        if all(abs(one.indent_pt - edge) > _SAME_EDGE_PT for edge in edges):
            edges.append(one.indent_pt)
    rooms = sorted({_ALL_RAISED if one.is_raised else len(one.label) - one.is_tight for one in of_marker})
    best, found = 0.0, list[Candidate]()
    for order, room, edge in product(orders, rooms, edges):
        worths = [_worth(one, room=room, edge=edge) for one in of_marker]
        worth, path = _best_path(of_marker, worths, order, carried)
        if worth > best + 0.001:
            best, found = worth, path
    numbers = [last, *(_number(one) for one in found), None]
    return [
        one
        for one, before, own, behind in zip(found, numbers, numbers[1:], numbers[2:], strict=False)
        if not one.is_cut or own is None or own - 1 == before or own + 1 == behind
    ]


def with_parts(markers: Sequence[str]) -> list[str]:
    """The labels of markers, each that may be several printed without a gap taken for these; none of these may be another marker."""
    own = frozenset(markers)
    found: list[str] = []
    for label in markers:
        parts = counted_out(label)
        found += parts if parts and own.isdisjoint(parts) else [label]
    return found


def _worth(one: Candidate, *, room: int, edge: float) -> float:
    """What a line earns as the first of a note where labels up to ``room`` characters have a gap behind them, or all are raised."""
    worth = _RAISED if one.is_raised else _CUT if one.is_cut else _TIGHT if one.is_tight else _SPACED
    if one.is_raised != (room == _ALL_RAISED):
        worth -= _OTHER_WAY
    elif one.is_tight and len(one.label) <= room:
        worth -= _OTHER_WAY if one.is_cut else _OTHER_ROOM
    elif not one.is_raised and not one.is_tight and len(one.label) > room:
        worth -= _OTHER_ROOM
    return worth - _OTHER_EDGE * (abs(one.indent_pt - edge) > _SAME_EDGE_PT)


def _best_path(
    candidates: Sequence[Candidate], worths: Sequence[float], markers: Sequence[str], carried: int
) -> tuple[float, list[Candidate]]:
    """The most that lines in order earn with markers in order, and those lines."""
    pairs: list[tuple[Candidate, int]] = []
    sums: list[float] = []
    before: list[int | None] = []
    for one, own in zip(candidates, worths, strict=True):
        if own <= 0:
            continue
        plain = plain_label(one.label)
        for marker in (at for at, label in enumerate(markers) if label == plain):
            best, last = -_cost(marker - carried), None
            for place, (other, other_marker) in enumerate(pairs):
                if other.line < one.line and other_marker < marker:
                    worth = sums[place] - _cost(marker - other_marker - 1)
                    if worth > best:
                        best, last = worth, place
            pairs.append((one, marker))
            sums.append(best + own)
            before.append(last)
    if not pairs:
        return 0.0, []
    at: int | None = max(range(len(pairs)), key=sums.__getitem__)
    worth, path = max(sums), list[Candidate]()
    while at is not None:
        path.append(pairs[at][0])
        at = before[at]
    return worth, path[::-1]


def _number(one: Candidate) -> int | None:
    plain = plain_label(one.label)
    return int(plain) if plain.isdecimal() else None


def _cost(passed: int) -> float:
    return min(_PASSED * max(0, passed), _MOST_PASSED)


def _in_number_order(labels: Sequence[str]) -> list[str]:
    numbers = iter(sorted((label for label in labels if label.isdecimal()), key=int))
    return [next(numbers) if label.isdecimal() else label for label in labels]
