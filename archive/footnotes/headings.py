"""Headings, captions and lists of laid-out pages: told by size, weight, capitals, by the file's own outline, and by the signs that begin them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from archive.footnotes.lines import Line
from archive.footnotes.measure import LARGE, Measure
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
_NOT_WORDS = re.compile(r"[\W_]+")


class Outline:
    """The file's outline, asked whether a text is one of its titles."""

    def __init__(self, entries: Sequence[OutlineEntry]) -> None:
        self._levels: dict[str, list[OutlineEntry]] = defaultdict(list)
        for entry in entries:
            self._levels[_plain(entry.title)].append(entry)

    def level(self, text: str, page: int) -> int | None:
        """The level of the title that a text is, on the page that the outline names or one beside it; None where it is none."""
        if not self._levels or len(text) > _LONGEST_HEADING:
            return None
        plain = _plain(text)
        return next((one.level for one in self._levels.get(plain, ()) if one.page is None or abs(one.page - page) <= 1), None)


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
