"""Headings, captions and lists of laid-out pages: told by size, weight, capitals, by the file's own outline, and by the signs that begin them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from archive.footnotes.lines import Line
from archive.footnotes.measure import LARGE, Measure
from archive.footnotes.pieces import join
from archive.model.document import PassageKind
from archive.model.reading import Block, OutlineEntry

_LONGEST_HEADING = 220
_LONGEST_CAPTION = 400
_LONGEST_NUMBERED = 300
LIST_SIGN = re.compile(
    r"(?:[•●▪■○◦·‣–—−*][\s\u00a0]+|\(?[a-zа-яіў]\)\s|\((?:[ivx]+|\d{1,2})\)\s|[ivx]{1,5}\)\s)(?=\S)", re.IGNORECASE
)
_SIGN_WITHIN = re.compile(r"\S\s+\((?:[a-zñа-яіў]|[ivx]+|\d{1,2})\)\s", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+\S")
_CAPTION = re.compile(
    r"(?:fig(?:ure|ura|\.)|table|photo|chart|map|tabla|cuadro|рис(?:унок|\.)|табл(?:ица|\.)|фото|схема|карта|диаграмма"
    r"|мал(?:юнак|юнок|\.)|рысунак|табліца|таблиця|здымак|дыяграма|діаграма)\s*(?:№\s*)?(?:\d{1,3}(?:[.-]\d{1,3})*|[IVX]{1,5})?\s*(?:[.:–—-]\s+\S|$)",
    re.IGNORECASE,
)
_TITLE_NUMBER = re.compile(
    r"(?:chapter|part|section|глава|часть|раздел|частка|раздзел|розділ)?\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6})[.):]?\s+",
    re.IGNORECASE,
)
_MOST_PARTS = 4
_NOT_WORDS = re.compile(r"[\W_]+")


class Outline:
    """The file's outline, asked whether a text is one of its titles."""

    def __init__(self, entries: Sequence[OutlineEntry]) -> None:
        self._levels: dict[str, list[OutlineEntry]] = defaultdict(list)
        for entry in entries:
            self._levels[_plain(entry.title)].append(entry)

    @property
    def is_stated(self) -> bool:
        """Whether the file has an outline."""
        return bool(self._levels)

    def level(self, text: str, page: int) -> int | None:
        """The level of the title that a text is, on the page that the outline names or one beside it; None where it is none."""
        if not self.is_stated or len(text) > _LONGEST_HEADING:
            return None
        entries = self._levels.get(_plain(text)) or self._levels.get(_plain(_TITLE_NUMBER.sub("", text)), [])
        return next((one.level for one in entries if one.page is None or abs(one.page - page) <= 1), None)


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()


def with_kind(block: Block, group: Sequence[Line], measure: Measure, outline: Outline) -> Block:
    """The block of these lines with the kind that it has: heading, caption, list item, or what it was."""
    stated = outline.level(block.text, group[0].page)
    if stated is not None:
        return msgspec.structs.replace(block, kind=PassageKind.HEADING, level=stated)
    if len(block.text) <= _LONGEST_CAPTION and _CAPTION.match(block.text):
        return msgspec.structs.replace(block, kind=PassageKind.CAPTION)
    if (level := _heading_level(block, group, measure)) is not None:
        return msgspec.structs.replace(block, kind=PassageKind.HEADING, level=level)
    if LIST_SIGN.match(block.text):
        return msgspec.structs.replace(block, kind=PassageKind.LIST_ITEM, level=1)
    return block


def _heading_level(block: Block, group: Sequence[Line], measure: Measure) -> int | None:
    if len(block.text) > _LONGEST_HEADING or len(group) > 4 or block.text[-1:] in {".", ";", ","}:
        return None
    letters = [letter for letter in block.text if letter.isalpha()]
    is_capitals = len(letters) >= 4 and all(letter.isupper() for letter in letters)
    size = group[0].size_pt
    if len(letters) < 3 or not (size >= LARGE * measure.body_pt or is_capitals or all(is_bold(line) for line in group)):
        return None
    above = [one for one in measure.heading_sizes if one > size + 0.05]
    return min(6, 1 + len(above) if size >= LARGE * measure.body_pt else 1 + len(measure.heading_sizes))


def is_bold(line: Line) -> bool:
    """Whether a line is set bold as headings are; a linked address in bold is none."""
    letters = sum(len(span.text.strip()) for span in line.spans)
    return sum(len(span.text.strip()) for span in line.spans if span.is_bold and span.link is None) > 0.8 * letters


def with_titles(blocks: Sequence[tuple[Block, tuple[Line, ...]]], outline: Outline) -> list[tuple[Block, tuple[Line, ...]]]:
    """The blocks of a column with those put together that are one title of the outline, set in several lines."""
    if not outline.is_stated:
        return list(blocks)
    found: list[tuple[Block, tuple[Line, ...]]] = []
    at = 0
    while at < len(blocks):
        for end in range(min(len(blocks), at + _MOST_PARTS), at + 1, -1):
            lines = tuple(line for _, part in blocks[at:end] for line in part)
            level = outline.level(" ".join(block.text for block, _ in blocks[at:end]), lines[0].page)
            if level is not None and all(block.kind is not PassageKind.TABLE for block, _ in blocks[at:end]):
                whole = blocks[at][0]
                for block, _ in blocks[at + 1 : end]:
                    whole = join(whole, block, " ")
                found.append((msgspec.structs.replace(whole, kind=PassageKind.HEADING, level=level), lines))
                at = end
                break
        else:
            found.append(blocks[at])
            at += 1
    return found


def begins_item(text: str, group: Sequence[Line]) -> bool:
    """Whether a line begins a list item: with a sign, unless signs of its kind stand within the text before (``(a) one; (b) two``)."""
    if not LIST_SIGN.match(text) or text.startswith(("–", "—", "−", "*")):
        return False
    return not text.startswith("(") or not any(_SIGN_WITHIN.search(line.text) for line in group)


def with_levels(blocks: Sequence[tuple[Block, tuple[Line, ...]]]) -> list[tuple[Block, tuple[Line, ...]]]:
    """The blocks of a column: numbers that count on begin list items too, and each item has the depth at which it is indented."""
    numbers = [_number(block) for block, _ in blocks]
    found: list[tuple[Block, tuple[Line, ...]]] = []
    indents: list[float] = []
    for at, (block, lines) in enumerate(blocks):
        number = numbers[at]
        beside = [numbers[near] for near in (at - 1, at + 1) if 0 <= near < len(blocks)]
        is_counted = number is not None and (number - 1 in beside or number + 1 in beside)
        if block.kind is not PassageKind.LIST_ITEM and not is_counted:
            indents = [] if block.kind is PassageKind.HEADING else indents
            found.append((block, lines))
            continue
        left = lines[0].x0
        while indents and left < indents[-1] - lines[0].size_pt / 2:
            indents.pop()
        if not indents or left > indents[-1] + lines[0].size_pt / 2:
            indents.append(left)
        level = min(6, len(indents))
        found.append((msgspec.structs.replace(block, kind=PassageKind.LIST_ITEM, level=level), lines))
    return found


def _number(block: Block) -> int | None:
    """The number of a short paragraph that is numbered."""
    if block.kind is not PassageKind.PARAGRAPH or len(block.text) > _LONGEST_NUMBERED:
        return None
    match = _NUMBER.match(block.text)
    return int(match[1]) if match else None
