"""A block and the page it stands on; cutting and joining that lose no marker, link or style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from archive.model.document import Link, PassageKind, Style
from archive.model.reading import Block, Box, Part, RawMarker, Spot


class Piece(msgspec.Struct, frozen=True):
    """A block of a document. ``page`` counts from 1, None where the format has none.

    ``order`` counts from 0 in reading order; ``is_foot`` says that it stands among the notes at the foot of its page.
    """

    block: Block
    order: int
    page: int | None = None
    is_foot: bool = False


_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»“)\]]*$")
_BROKEN_WORD = re.compile(r"[^\W\d_]-\Z")
_BROKEN_COMPOUND = re.compile(r"\w[-–/]\Z")
_LETTER = re.compile(r"[^\W\d_]")
_LAST_SIGNS = 20
_Range = TypeVar("_Range", Link, Style, Part)


def cut(block: Block, start: int, end: int | None = None) -> Block:
    """Characters ``start`` to ``end`` of a block without white space at both ends; markers that stood outside move to the nearer end."""
    end = len(block.text) if end is None else end
    while start < end and block.text[start].isspace():
        start += 1
    while end > start and block.text[end - 1].isspace():
        end -= 1
    return msgspec.structs.replace(
        block,
        text=block.text[start:end],
        markers=tuple(msgspec.structs.replace(one, at=min(max(one.at - start, 0), end - start)) for one in block.markers),
        links=_cut_ranges(block.links, start, end),
        styles=_cut_ranges(block.styles, start, end),
        parts=_cut_ranges(block.parts, start, end),
    )


def trim(block: Block) -> Block:
    """The block without white space at its ends; most have none, and then it is the same one."""
    text, length = block.text, len(block.text)
    is_trim = bool(text) and not text[0].isspace() and not text[-1].isspace()
    ranges = [(one.start, one.end) for one in block.links]
    ranges += [(one.start, one.end) for one in block.styles]
    ranges += [(one.start, one.end) for one in block.parts]
    if (
        is_trim
        and all(0 <= one.at <= length for one in block.markers)
        and all(0 <= start < end <= length for start, end in ranges)
    ):
        return block
    return cut(block, 0)


def join(first: Block, second: Block, glue: str) -> Block:
    """One block of two: the first's kind and label, both texts with ``glue`` between, everything at its new place."""
    by = len(first.text) + len(glue)
    return msgspec.structs.replace(
        first,
        text=first.text + glue + second.text,
        markers=(*first.markers, *(msgspec.structs.replace(marker, at=marker.at + by) for marker in second.markers)),
        links=(*first.links, *_shift(second.links, by)),
        styles=(*first.styles, *_shift(second.styles, by)),
        parts=(*first.parts, *_shift(second.parts, by)),
    )


def take_out(block: Block, start: int, end: int, marker: RawMarker) -> Block:
    """The block without characters ``start`` to ``end``, with ``marker`` in their place."""
    spot = marker.spot or _spot_of(block.parts, start, end)
    block = without(block, start, end)
    markers = [*block.markers, msgspec.structs.replace(marker, at=start, spot=spot)]
    return msgspec.structs.replace(block, markers=tuple(sorted(markers, key=lambda one: one.at)))


def without(block: Block, start: int, end: int) -> Block:
    """The block without characters ``start`` to ``end``; markers that stood there move to ``start``."""
    by = end - start

    def move(at: int) -> int:
        return at if at <= start else max(start, at - by)

    return msgspec.structs.replace(
        block,
        text=block.text[:start] + block.text[end:],
        markers=tuple(msgspec.structs.replace(one, at=move(one.at)) for one in block.markers),
        links=_kept(msgspec.structs.replace(link, start=move(link.start), end=move(link.end)) for link in block.links),
        styles=_kept(msgspec.structs.replace(style, start=move(style.start), end=move(style.end)) for style in block.styles),
        parts=_kept(msgspec.structs.replace(part, start=move(part.start), end=move(part.end)) for part in block.parts),
    )


def put_in(block: Block, at: int, text: str, *, spot: Spot | None = None) -> Block:
    """The block with ``text`` before its character ``at``, that stands at ``spot`` of a page; what stood there or behind moves on."""
    by = len(text)

    def move(place: int, *, is_start: bool) -> int:
        return place + by if place > at or (is_start and place == at) else place

    def moved(one: _Range) -> _Range:
        return msgspec.structs.replace(one, start=move(one.start, is_start=True), end=move(one.end, is_start=False))

    parts = [moved(one) for one in block.parts]
    inside = any(one.start < at < one.end for one in block.parts)
    if spot is not None and not inside:
        parts = sorted([*parts, Part(at, at + by, spot)], key=lambda one: one.start)
    return msgspec.structs.replace(
        block,
        text=block.text[:at] + text + block.text[at:],
        markers=tuple(msgspec.structs.replace(one, at=move(one.at, is_start=True)) for one in block.markers),
        links=tuple(map(moved, block.links)),
        styles=tuple(map(moved, block.styles)),
        parts=tuple(parts),
    )


def put_part(parts: list[Part], part: Part, *, near_pt: float) -> None:
    """Add a piece of a line to those before it on the same line: to the last one, where it stands ``near_pt`` points behind it or nearer."""
    if part.start >= part.end:
        return
    last, box = (parts[-1].spot.box if parts else None), part.spot.box
    if last is not None and -near_pt <= box.x0 - last.x1 <= near_pt:
        box = Box(last.x0, min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
        parts[-1] = Part(parts[-1].start, part.end, Spot(part.spot.page, box))
    else:
        parts.append(part)


def _spot_of(parts: Iterable[Part], start: int, end: int) -> Spot | None:
    """About where characters of a block stand on the line on which they begin; None where that is not known."""
    for part in parts:
        if part.start <= start < part.end:
            box, step = part.spot.box, (part.spot.box.x1 - part.spot.box.x0) / (part.end - part.start)
            left, right = (box.x0 + step * (min(at, part.end) - part.start) for at in (start, end))
            return Spot(part.spot.page, Box(left, box.y0, right, box.y1))
    return None


def glue_between(first: str, second: str) -> tuple[str, str]:
    """How a text broken in two is put together: the first without its line-end hyphen if it has one, and what goes between.

    A hyphen stays before a capital, a digit, and in words that are compounds (``state-`` + ``controlled`` cannot be told
    from a broken word; a word broken at a line end is far more frequent, so the hyphen goes).
    """
    if first.endswith("\u00ad"):
        return first[:-1], ""
    if _BROKEN_WORD.search(first[-2:]) and _LETTER.match(second) and second[0].islower():
        return first[:-1], ""
    if _BROKEN_COMPOUND.search(first[-2:]) and second[:1].isalnum():
        return first, ""
    return first, " "


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence or a title line does."""
    return bool(_SENTENCE_END.search(text[-_LAST_SIGNS:].rstrip()))


def is_prose(block: Block) -> bool:
    """Whether a sentence may run from or into this block."""
    return block.kind in {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.QUOTATION}


def _cut_ranges(ranges: Iterable[_Range], start: int, end: int) -> tuple[_Range, ...]:
    return _kept(
        msgspec.structs.replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start) for one in ranges
    )


def _shift(ranges: Iterable[_Range], by: int) -> tuple[_Range, ...]:
    return tuple(msgspec.structs.replace(one, start=one.start + by, end=one.end + by) for one in ranges)


def _kept(ranges: Iterable[_Range]) -> tuple[_Range, ...]:
    return tuple(one for one in ranges if one.start < one.end)
