"""Bodies: which blocks are the texts of notes, and which of them are one note.

A block is the body of a note when, in this order:

1. the markup says so (``note_label``);
2. it begins with a marker, and the label is also a marker in the text, or continues the numbers of a body beside it;
3. it begins with a written label (``[12]``, ``¹²``, ``*``) that is also written in the text before it, or, under a heading
   such as *Notes*, *Примечания*, *Зноскі*, with ``12.`` or ``12)``;
4. it stands under such a heading and ends with the sign that leads back (``↩``); without a label it is given ``*`` if the
   text before holds as many ``*`` as there are such blocks;
5. it stands at the foot of its page without a label and continues the last note there.

One block that holds several notes (``1 ... 2 ...`` as converters of PDF write them) is cut at its markers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from archive.footnotes.markers import HEADING_OF_NOTES, SYMBOLS, plain_label
from archive.footnotes.pieces import Piece, cut, glue_between, join, trim, without
from archive.model.document import PassageKind
from archive.model.reading import Block

_WRITTEN = re.compile(
    rf"(?P<label>\[\s?(?:\d{{1,3}}|[*†‡]{{1,3}})\s?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,4}}|[{re.escape(SYMBOLS)}]{{1,4}})[.):]?\s*(?=[^\s{re.escape(SYMBOLS)}])"
)
_LISTED = re.compile(r"(?P<label>\d{1,4})(?:[.)\]:]\s*|\s+)(?=\S)")
_SIGN = re.compile(r"[\[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]")
_IN_TEXT = re.compile(r"(?<=[\w.,;:!?)»”\"' ])(?:\[\s?(\d{1,3}|[*†‡]{1,3})\s?\]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))")
_SYMBOL = re.compile(r"(?<=[\w.,;:!?)»”])([*†‡]{1,3})(?=[\s.,;:!?)»”]|$)")
_STAR = re.compile(r"(?<=[\w.,;:!?)»”])\*(?=[\s.,;:!?)»”]|$)")
_BACK = "↩"
_NOTHING_BEFORE = re.compile(r"\W*")
_LABEL_END = re.compile(r"^[\s.):\]]*(?=\S)")


class Body(msgspec.Struct, frozen=True):
    """The text of a note. ``block`` has it without its label; ``order`` and ``page`` say where it began."""

    label: str
    block: Block
    order: int
    page: int | None = None
    target: str = ""


def part(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Body]]:
    """The body of a document and the bodies of its notes, each in reading order; every word stands in one of them.

    Args:
        pieces: the whole document in reading order, trimmed, markers settled.
    """
    labels = _labels_in_text(pieces)
    marks = _is_body(pieces, labels)
    body: list[Piece] = []
    notes: list[Body] = []
    starred = _starred(pieces)
    for piece, is_note in zip(pieces, marks, strict=True):
        if not is_note:
            body.append(piece)
            continue
        if piece.order in starred:
            notes.append(Body("*", _as_note(piece.block), piece.order, piece.page))
            continue
        for found in _read_bodies(piece, labels):
            if notes and _continues(notes[-1], found, piece):
                first, glue = glue_between(notes[-1].block.text, found.block.text)
                glue = "\n" if not piece.is_foot else glue
                trimmed = cut(notes[-1].block, 0, len(first))
                notes[-1] = msgspec.structs.replace(notes[-1], block=join(trimmed, found.block, glue))
            else:
                notes.append(found)
    return body, notes


def written_labels(notes: Sequence[Body]) -> frozenset[str]:
    """The plain labels of all notes that the markup has not joined to their markers itself."""
    return frozenset(plain_label(note.label) for note in notes if note.label and not note.target)


def _labels_in_text(pieces: Sequence[Piece]) -> frozenset[str]:
    """The plain labels of all markers that do not begin a block and for which the markup names no note."""
    found = {
        plain_label(marker.label)
        for piece in pieces
        if piece.block.note_label is None
        for marker in piece.block.markers
        if not marker.target and not _begins(piece.block, marker.at)
    }
    for piece in pieces:
        if not _SIGN.search(piece.block.text):
            continue
        for match in _IN_TEXT.finditer(piece.block.text):
            found.add(plain_label(match[0]))
        found.update(plain_label(match[0]) for match in _SYMBOL.finditer(piece.block.text))
    return frozenset(found - _signs_of_lists(pieces))


def _signs_of_lists(pieces: Sequence[Piece]) -> set[str]:
    """Symbols that begin more blocks than stand behind words: those blocks are the items of a list."""
    begun = Counter(
        match["label"] for piece in pieces if (match := _WRITTEN.match(piece.block.text)) and match["label"][0] in SYMBOLS
    )
    if not begun:
        return set()
    standing = Counter(match[0] for piece in pieces for match in _SYMBOL.finditer(piece.block.text))
    standing.update(marker.label for piece in pieces for marker in piece.block.markers)
    return {label for label, count in begun.items() if count > standing[label]}


def _is_body(pieces: Sequence[Piece], labels: frozenset[str]) -> list[bool]:
    marks: list[bool] = []
    under_notes = False
    for piece in pieces:
        block = piece.block
        label, _ = _own_label(block, is_listed=under_notes)
        is_heading = block.kind is PassageKind.HEADING and not (under_notes and label is not None)
        if is_heading:
            under_notes = HEADING_OF_NOTES.fullmatch(block.text) is not None
        marks.append(
            not block.is_rule
            and not is_heading
            and (
                block.note_label is not None
                or block.kind is PassageKind.NOTE
                or piece.is_foot
                or (under_notes and _leads_back(block))
                or (label is not None and plain_label(label) in labels)
            )
        )
    _mark_neighbours(pieces, marks)
    return marks


def _starred(pieces: Sequence[Piece]) -> frozenset[int]:
    """The orders of the unlabelled blocks that lead back, where the text before holds as many ``*``."""
    stars = 0
    found: list[int] = []
    under_notes = False
    for piece in pieces:
        block = piece.block
        if block.kind is PassageKind.HEADING:
            under_notes = HEADING_OF_NOTES.fullmatch(block.text) is not None
        elif under_notes and _leads_back(block) and _own_label(block, is_listed=True)[0] is None:
            found.append(piece.order)
        elif not found:
            stars += len(_STAR.findall(block.text)) if "*" in block.text else 0
            stars += sum(plain_label(marker.label) == "*" for marker in block.markers)
    return frozenset(found) if stars == len(found) else frozenset()


def _leads_back(block: Block) -> bool:
    return block.text.rstrip().endswith(_BACK)


def _mark_neighbours(pieces: Sequence[Piece], marks: list[bool]) -> None:
    """A block that begins with a marker and continues the numbers of the body beside it is a body too, though no marker means it."""
    for step in (1, -1):
        places = range(len(pieces)) if step == 1 else range(len(pieces) - 1, -1, -1)
        last: int | None = None
        for at in places:
            label, _ = _own_label(pieces[at].block, is_listed=False)
            number = int(plain_label(label)) if label and plain_label(label).isdigit() else None
            if marks[at]:
                last = number
            elif not pieces[at].block.is_rule:
                if number is not None and last is not None and number == last + step:
                    marks[at] = True
                last = number if marks[at] else None


def _own_label(block: Block, *, is_listed: bool) -> tuple[str | None, int]:
    """The label with which a block begins and where its text goes on; None when it begins with none."""
    if block.note_label is not None:
        return block.note_label, 0
    for marker in block.markers:
        if _begins(block, marker.at):
            return marker.label, marker.at
    for pattern in (_WRITTEN, _LISTED) if is_listed else (_WRITTEN,):
        match = pattern.match(block.text)
        if match:
            return match["label"], match.end()
    return None, 0


def _begins(block: Block, at: int) -> bool:
    # A marker that has a block of its own (that of a picture) begins no note.
    return bool(block.text) and _NOTHING_BEFORE.fullmatch(block.text, 0, at) is not None


def _read_bodies(piece: Piece, labels: frozenset[str]) -> list[Body]:
    """The notes that one block holds: one, or several where its markers count on."""
    block = piece.block
    label, start = _own_label(block, is_listed=True)
    if block.note_label is None and label is not None:
        own = next((marker for marker in block.markers if _begins(block, marker.at)), None)
        block = msgspec.structs.replace(block, markers=tuple(one for one in block.markers if one is not own))
        rest = _LABEL_END.match(block.text[start:])
        block = cut(block, start + (rest.end() if rest else 0))
    target = piece.block.note_target or next(
        (one.target for one in piece.block.markers if label is not None and _begins(piece.block, one.at)), ""
    )
    found: list[Body] = []
    while label is not None and not piece.block.note_target and plain_label(label).isdigit():
        wanted = str(int(plain_label(label)) + 1)
        after = next((one for one in block.markers if plain_label(one.label) == wanted and one.at > 0 and wanted in labels), None)
        if after is None or block.text[after.at - 1 : after.at].isalpha():
            break
        earlier = tuple(one for one in block.markers if one.at < after.at)
        head = cut(msgspec.structs.replace(block, markers=earlier), 0, after.at)
        found.append(Body(label, _as_note(head), piece.order, piece.page, target))
        later = tuple(one for one in block.markers if one is not after and one.at >= after.at)
        block = cut(msgspec.structs.replace(block, markers=later), after.at)
        label, target = after.label, after.target
    found.append(Body(label or "", _as_note(block), piece.order, piece.page, target))
    return found


def _as_note(block: Block) -> Block:
    while (at := block.text.find(_BACK)) >= 0:
        end = at + 1 + (block.text[at + 1 : at + 2] == " " and block.text[at - 1 : at] == " ")
        block = without(block, at, end)
    return msgspec.structs.replace(trim(block), kind=PassageKind.NOTE, level=0, note_label=None)


def _continues(last: Body, found: Body, piece: Piece) -> bool:
    """Whether a body goes on with the note before it: the markup repeats its name, or it stands at a foot without a label."""
    if piece.block.note_label is not None:
        return bool(found.target) and found.target == last.target and plain_label(found.label) == plain_label(last.label)
    return not found.label and piece.is_foot
