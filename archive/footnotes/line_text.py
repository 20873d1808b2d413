"""Lines become text: words and addresses broken at line ends are whole, raised markers are taken out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from archive.footnotes.lines import Line, is_raised
from archive.footnotes.markers import is_exponent, plain_label, several, without_open_bracket
from archive.footnotes.pieces import cut, glue_between, join, put_part, trim
from archive.model.document import Emphasis, Link, PassageKind, Style
from archive.model.reading import Block, Part, RawMarker, Span, Spot

_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]*$", re.IGNORECASE)
_ADDRESS_WORD = re.compile(r"[A-Za-z0-9\-._~%/?#\[\]@!$&'()*+,;=:]+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x02": "\u00ad"})


def text_of(lines: Sequence[Line], labels: set[str], *, right: float) -> Block:
    """The lines as one text, words and addresses broken at line ends put together."""
    block: Block | None = None
    for at, line in enumerate(lines):
        if at and is_lone_marker(line, lines[at - 1]) and block is not None:
            spot = Spot(line.page, line.spans[0].box)
            lone = tuple(RawMarker(label=label, at=len(block.text), spot=spot) for label in several(line.text))
            block = msgspec.structs.replace(block, markers=block.markers + lone)
            continue
        own = trim(_line_block(line, labels, is_first=at == 0))
        if block is None:
            block = own
            continue
        if at and (carried := [marker for marker in own.markers if marker.at == 0]):
            moved = tuple(msgspec.structs.replace(marker, at=len(block.text)) for marker in carried)
            block = msgspec.structs.replace(block, markers=block.markers + moved)
            own = msgspec.structs.replace(own, markers=own.markers[len(carried) :])
        block = _join_lines(block, own, is_full=lines[at - 1].x1 >= right - 0.15 * (right - line.x0))
    return _with_hyphens(block) if block is not None else Block(kind=PassageKind.PARAGRAPH, text="")


def _join_lines(block: Block, own: Block, *, is_full: bool) -> Block:
    open_address = _OPEN_ADDRESS.search(block.text, block.text.rfind(" ") + 1)
    if open_address and own.text:
        last = next((link for link in block.links if link.end >= len(block.text) - 1), None)
        first = next((link for link in own.links if link.start <= 1), None)
        if last is not None or first is not None:
            goes_on = last is not None and first is not None and last.address_text == first.address_text
        else:
            word = _ADDRESS_WORD.match(own.text)
            goes_on = word is not None and _is_rest(open_address[0], word[0], is_full=is_full)
        return join(block, own, "" if goes_on else " ")
    first_text, glue = glue_between(block.text, own.text)
    block = cut(block, 0, len(first_text)) if len(first_text) < len(block.text) else block
    return join(block, own, glue)


def _is_rest(address: str, word: str, *, is_full: bool) -> bool:
    """Whether the first word of a line goes on with the address at the end of the line before."""
    if re.match(r"https?:|www\.", word, re.IGNORECASE) or address[-1] in ",;)>":
        return False
    looks_rest = re.search(r"[/_=&%?]|\w\.\w|\d", word) is not None or "-" in word[1:-1]
    if address[-1] in "/-_=&?%":
        return looks_rest or is_full or word[0].islower()
    return is_full and looks_rest and address[-1] != "."


def _line_block(line: Line, labels: set[str], *, is_first: bool) -> Block:
    """The line as a block; a label that is raised at the beginning of the first line is no marker of that line."""
    text = ""
    markers: list[RawMarker] = []
    links: list[Link] = []
    styles: list[Style] = []
    parts: list[Part] = []
    last: Span | None = None
    is_open = False
    for span in line.spans:
        own = re.sub(r"\s+", " ", span.text.translate(_LIGATURES))
        found = several(own) if is_raised(span, line) and not (is_first and last is None) else []
        if last is None and not all(plain_label(label) in labels for label in found):
            found = []
        if found and not is_exponent(text.rstrip(), found[0]) and not _is_ordinal(found[0], labels):
            text = text.rstrip() + (" " if text.endswith(" ") and own.startswith(" ") else "")
            is_open = without_open_bracket(found[-1]) != found[-1]
            spot = Spot(line.page, span.box)
            markers += [RawMarker(label=without_open_bracket(label), at=len(text), spot=spot) for label in found]
            text += " " if own.endswith(" ") else ""
            last = span
            continue
        if last is not None and not text.endswith(" ") and not own.startswith(" ") and _gap(last, span) > 0.13 * line.size_pt:
            text += " "
        own = own.lstrip() if text.endswith(" ") or not text else own
        own, is_open = own[1:] if is_open and own[:1] in {")", "]"} else own, False
        start, text = len(text), text + own
        end = len(text.rstrip())
        put_part(parts, Part(start, end, Spot(line.page, span.box)), near_pt=line.size_pt if span.font else 0.0)
        if span.link is not None and end > start:
            links.append(Link(start, end, span.link))
        for emphasis, holds in ((Emphasis.BOLD, span.is_bold), (Emphasis.ITALIC, span.is_italic)):
            if holds and end > start:
                styles.append(Style(start, end, emphasis))
        last = span
    return Block(
        kind=PassageKind.PARAGRAPH,
        text=text,
        markers=tuple(markers),
        links=tuple(links),
        styles=tuple(styles),
        parts=tuple(parts),
    )


def _gap(last: Span, span: Span) -> float:
    return max(span.box.x0 - last.box.x1, last.box.x0 - span.box.x1)


def _is_ordinal(label: str, labels: set[str]) -> bool:
    """Whether a raised letter is rather an ending (``Nº``, ``1ª``): no note of the page bears it."""
    plain = plain_label(label)
    return plain.isalpha() and plain not in labels


def _with_hyphens(block: Block) -> Block:
    """Soft hyphens within a line are hyphens: many fonts name theirs so."""
    return msgspec.structs.replace(block, text=block.text.replace("\u00ad", "-"))


def is_lone_marker(line: Line, last: Line) -> bool:
    """Whether a line holds nothing but a marker that found no room at the end of the line before."""
    is_small = line.size_pt <= 0.8 * last.size_pt
    return (
        is_small
        and len(line.spans) == 1
        and bool(several(line.text))
        and line.baseline_pt - last.baseline_pt < 1.5 * last.size_pt
    )
