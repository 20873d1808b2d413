"""Raised labels that no note answers: which of them are markers all the same, and which are text.

A raised number of a formula, of a line of code, of a patent class is text, as the letters around it are. A raised label that no note of the
document answers is a marker only where it is one of a count:

* its number lies between those of the answered markers before and behind it, at most three from each (a printed number whose note was lost);
* or it is one of at least three that count on, one by one, in reading order, or of two that do so from 1 (a text without its notes).

Markers:  ``word.⁷`` between ``⁶`` and ``⁸``; ``¹ ... ² ... ³`` of an excerpt.  Text: ``(x₁ + x₂)²``, ``МПК⁷``, ``32 ⟨/natbib⟩³³``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from archive.footnotes.markers import plain_label
from archive.footnotes.pieces import Piece, put_in
from archive.model.reading import RawMarker

_NEAR = 3
_LEAST_RUN, _LEAST_FROM_ONE = 3, 2


def put_back_unanswered(body: Sequence[Piece], labels: frozenset[str]) -> list[Piece]:
    """The pieces of a laid-out document with raised labels that are no markers in the text again.

    Args:
        body: all of the document but its notes, in reading order; its markers are raised labels.
        labels: the plain labels of the notes.
    """
    markers = [marker for piece in body for marker in piece.block.markers]
    kept = iter(_is_marker(markers, labels))
    made: list[Piece] = []
    for piece in body:
        block = piece.block
        text = [marker for marker in block.markers if not next(kept)]
        block = msgspec.structs.replace(block, markers=tuple(marker for marker in block.markers if marker not in text))
        for place, marker in reversed(list(enumerate(text))):
            is_second = place > 0 and text[place - 1].at == marker.at
            block = put_in(block, marker.at, f",{marker.label}" if is_second else marker.label, spot=marker.spot)
        made.append(msgspec.structs.replace(piece, block=block))
    return made


def _is_marker(markers: Sequence[RawMarker], labels: frozenset[str]) -> list[bool]:
    plain = [plain_label(marker.label) for marker in markers]
    numbers = [int(label) if label.isdigit() else None for label in plain]
    kept = [bool(marker.target) or label in labels for marker, label in zip(markers, plain, strict=True)]
    answered = [number if is_so else None for number, is_so in zip(numbers, kept, strict=True)]
    before, behind = _last(answered), _last(answered[::-1])[::-1]
    for at, number in enumerate(numbers):
        kept[at] = kept[at] or (number is not None and _is_between(before[at], number, behind[at]))
    for start, end in _runs(numbers):
        if end - start >= (_LEAST_FROM_ONE if numbers[start] == 1 else _LEAST_RUN):
            kept[start:end] = [True] * (end - start)
    return kept


def _last(numbers: Sequence[int | None]) -> list[int | None]:
    """For each place the last number up to it."""
    found: list[int | None] = []
    last: int | None = None
    for number in numbers:
        last = last if number is None else number
        found.append(last)
    return found


def _is_between(before: int | None, number: int, behind: int | None) -> bool:
    """Whether a number counts on from an answered one before it and to the one behind it."""
    if before is None and behind is None:
        return False
    return (before is None or before < number <= before + _NEAR) and (behind is None or behind - _NEAR <= number < behind)


def _runs(numbers: Sequence[int | None]) -> list[tuple[int, int]]:
    """The stretches in which each number is one more than the one before."""
    starts = [at for at, number in enumerate(numbers) if not at or number is None or numbers[at - 1] != number - 1]
    return list(pairwise([*starts, len(numbers)]))
