"""Plain text to blocks: paragraphs, evident headings, lists, and notes where both marker and note are written out.

Nothing is guessed that the text does not show. Lines are joined only where the text was wrapped at a common width; a
heading needs a number, capitals throughout, or a line drawn under it; ``[1]`` is a marker only where a line below begins with ``[1]``.
Raised digits (``¹``) always are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles

from archive.formats.block_text import BlockText
from archive.model.document import Format, PassageKind
from archive.model.reading import Block, Reading

_BLANK = re.compile(r"\n(?:[ \f\v\u00a0]*\n)+|\n(?=\t*\n)|\f")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NOTE_LINE = re.compile(r"^\[(\d{1,4}|\*)\][:.]?[ \t]+\S", re.MULTILINE)
_BRACKETED = re.compile(r"\[(\d{1,4}|\*)\]")
_MARKERS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[(?:\d{1,4}|\*)\]")
_UNIT_BEFORE = re.compile(r"(?:^|[\d\s(/])(?:[kcdm]?m|[кдсм]?м)$|[×x·]\s?10$")
_BULLET = re.compile(r"^\s*([-*•–—‣▪●]|\(?\d{1,3}[.)]|\(?[a-zа-я]\))[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"^[=\-~_*]{3,}$")
_RULE = re.compile(r"^[ \t]*(?:[-_*=~][ \t]*){3,}$")
_NUMBERED_HEADING = re.compile(
    r"^(?:(?:chapter|part|section|глава|часть|раздел|глава|частка|раздзел)\s+[\dIVXLC]+\b.{0,100}|[IVXLC]+\.\s+.{2,100})$",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;,»”\"]$")
_LONGEST_HEADING = 120
_LONG_PARAGRAPH = 200
_NARROWEST_WRAP, _WIDEST_WRAP = 40, 120
_DIVIDED = re.compile(r"[a-zа-яёіў]-$")
_QUOTED = re.compile(r"^>\s?", re.MULTILINE)

_GOES_ON_BEHIND = re.compile(r"[.!?…:;]$")
_NO_TITLE = re.compile(r"^\W|\d{4}$")


def read_text(text: str) -> Reading:
    """The blocks of a plain text in the order in which they stand."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    chunks = [chunk for chunk in _BLANK.split(text) if chunk.strip()]
    is_wrapped = _is_wrapped(chunks)
    noted = set(_NOTE_LINE.findall(text))
    blocks: list[Block] = []
    following = [*chunks[1:], ""]
    for chunk, next_chunk in zip(chunks, following, strict=True):
        if _introduces(chunk.strip(), next_chunk.strip()):
            blocks += filter(None, [_block(PassageKind.HEADING, 2, [chunk.strip()], noted)])
            continue
        for kind, level, lines in _pieces(chunk.strip("\n"), is_wrapped=is_wrapped):
            block = _block(kind, level, lines, noted)
            if block is not None:
                blocks.append(block)
    return Reading(format=Format.TEXT, blocks=tuple(blocks))


def _is_wrapped(chunks: Sequence[str]) -> bool:
    """Whether the lines of the text end at a common width and not at the end of a sentence."""
    inner = [line.rstrip() for chunk in chunks for line in chunk.split("\n")[:-1] if "\t" not in line and line.strip()]
    if len(inner) < 4:
        return False
    widths = sorted(len(line) for line in inner)
    low, _, _, high = quantiles(widths, n=5) if len(widths) > 1 else (0, 0, 0, 0)
    running = sum(not _GOES_ON_BEHIND.search(line) for line in inner) / len(inner)
    return _NARROWEST_WRAP <= high <= _WIDEST_WRAP and high - low <= 0.35 * high and running > 0.5


def _pieces(chunk: str, *, is_wrapped: bool) -> list[tuple[PassageKind, int, list[str]]]:
    """A chunk between blank lines as (kind, level, lines); the lines of one piece belong to one block."""
    lines = [line.rstrip(" \u00a0") for line in chunk.split("\n")]
    if all(line.startswith(">") for line in lines if line):
        return [(PassageKind.QUOTATION, 0, [" ".join(_QUOTED.sub("", line) for line in lines)])]
    if any("\t" in line.strip() for line in lines):
        return [(PassageKind.PARAGRAPH, 0, lines)]
    if len(lines) == 1 and _RULE.match(lines[0]):
        return [(PassageKind.PARAGRAPH, 0, [])]
    if len(lines) == 2 and _UNDERLINE.match(lines[1].strip()) and len(lines[0]) <= _LONGEST_HEADING:
        return [(PassageKind.HEADING, 1 if lines[1].strip()[0] == "=" else 2, lines[:1])]
    if len(lines) <= 2 and (level := _heading_level(" ".join(lines))):
        return [(PassageKind.HEADING, level, [" ".join(lines)])]
    return _paragraphs_and_items(lines, is_wrapped=is_wrapped)


def _paragraphs_and_items(lines: Sequence[str], *, is_wrapped: bool) -> list[tuple[PassageKind, int, list[str]]]:
    """Lines as paragraphs and list items: joined where the text is wrapped, else one line each."""
    pieces: list[tuple[PassageKind, int, list[str]]] = []
    is_list = len(lines) > 1 and sum(bool(_BULLET.match(line)) for line in lines) > 1
    for line in lines:
        begins_note = _NOTE_LINE.match(line) is not None
        begins_item = (is_list or not pieces) and _BULLET.match(line) is not None and (is_list or line.lstrip()[0] in "•‣▪●")
        if pieces and not begins_item and not begins_note and _continues(pieces[-1][2], line, is_wrapped=is_wrapped):
            pieces[-1][2].append(line)
        elif begins_item:
            bullet = _BULLET.match(line)
            assert bullet is not None
            is_number = bullet[1].strip("(.)").isalnum()
            pieces.append((PassageKind.LIST_ITEM, 1, [line.strip() if is_number else line[bullet.end() :]]))
        else:
            pieces.append((PassageKind.PARAGRAPH, 0, [line]))
    return [(kind, level, [_joined(piece)]) for kind, level, piece in pieces]


def _continues(so_far: Sequence[str], line: str, *, is_wrapped: bool) -> bool:
    """Whether ``line`` goes on with the paragraph so far."""
    if is_wrapped:
        return True
    last = so_far[-1].rstrip()
    begins_small = line.lstrip()[:1].islower()
    return begins_small and not _ENDS_SENTENCE.search(last)


def _joined(lines: Sequence[str]) -> str:
    """The lines as one; a word divided at the end of a line is whole again where the next line begins small."""
    parts = [lines[0].strip()]
    for line in lines[1:]:
        following = line.strip()
        if parts[-1].endswith("\u00ad") or (_DIVIDED.search(parts[-1][-2:]) and following[:1].islower()):
            parts[-1] = parts[-1][:-1]
        else:
            parts.append(" ")
        parts.append(following)
    return "".join(parts).strip()


def _heading_level(line: str) -> int:
    """1 or 2 for what is evidently a heading, else 0."""
    line = line.strip()
    if not line or len(line) > _LONGEST_HEADING or "\t" in line:
        return 0
    if _NUMBERED_HEADING.match(line):
        return 2
    letters = [letter for letter in line if letter.isalpha()]
    is_loud = len(letters) >= 4 and all(letter.isupper() for letter in letters) and not line.startswith("©")
    return 2 if is_loud and not _ENDS_SENTENCE.search(line) else 0


def _introduces(line: str, following: str) -> bool:
    """Whether a short line without an end stands over a long paragraph that has one."""
    is_short = "\n" not in line and "\t" not in line and 3 <= len(line) <= _LONGEST_HEADING and not _ENDS_SENTENCE.search(line)
    is_title = line[:1].isupper() and not _NO_TITLE.search(line) and not _BULLET.match(line)
    return is_short and is_title and len(following) >= _LONG_PARAGRAPH and _ENDS_SENTENCE.search(following) is not None


def _block(kind: PassageKind, level: int, lines: Sequence[str], noted: set[str]) -> Block | None:
    """The block of these lines, its markers taken out of the text."""
    if not lines:
        return Block(kind=PassageKind.PARAGRAPH, text="", is_rule=True)
    writing = BlockText()
    for place, line in enumerate(lines):
        if place:
            writing.add_exactly("\n")
        _write_line(writing, line, noted)
    return writing.finish(kind, level=level)


def _write_line(writing: BlockText, line: str, noted: set[str]) -> None:
    at = 0
    for found in _MARKERS.finditer(line):
        before = line[at : found.start()]
        if _RAISED.fullmatch(found[0]):
            if len(found[0]) == 1 and _UNIT_BEFORE.search(line[: found.start()]):
                continue
            label = found[0].translate(_RAISED_DIGITS)
        else:
            label = found[0][1:-1]
            if label not in noted:
                continue
        _write_cells(writing, before)
        writing.mark(label)
        at = found.end()
    _write_cells(writing, line[at:])


def _write_cells(writing: BlockText, text: str) -> None:
    """Text in which tabs stay tabs."""
    for place, cell in enumerate(text.split("\t")):
        if place:
            writing.add_exactly("\t")
        writing.add(cell)
