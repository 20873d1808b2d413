"""From what a reader process says of a file to passages and notes, nothing lost.

The notes are taken out of the body and stand behind it; a sentence that they cut is one again; a pull quote is told from the
paragraph that it repeats; every marker stands at its place, joined to its note as :mod:`archive.footnotes.pairing` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from archive.footnotes.bodies import Body, part, written_labels
from archive.footnotes.citations import cite
from archive.footnotes.layout import lay_out
from archive.footnotes.markers import find_written, plain_label
from archive.footnotes.pairing import MarkerPlace, NotePlace, Pairing, pair
from archive.footnotes.pieces import Piece, cut, ends_sentence, glue_between, is_prose, join, trim
from archive.footnotes.unanswered import put_back_unanswered
from archive.model.document import Passage, PassageKind, Problem
from archive.model.footnote import Marker, Note
from archive.model.geometry import Placed
from archive.model.reading import Block, RawMarker, Reading

LONGEST_BEFORE = 120
LONGEST_DETAIL = 40

_QUOTES_ONLY = re.compile(r"[\s\"'“”„«»‘’‹›❝❞]+")
_NOT_WORDS = re.compile(r"[\W_]+")
_SOME_WORDS = re.compile(r"[^\W_]+")
_BEGINNING_CHARACTERS = 100
_NEAR_PIECES = 6
_LEAST_QUOTE_WORDS = 6
_LEAST_CUT_CHARACTERS = 60


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document: passages in reading order, those of kind NOTE behind the body, notes in their order, and what is amiss.

    Problems are ``marker-without-note`` and ``note-without-marker``; the detail is the label, or the first words of a note without one.
    """

    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    geometry: tuple[Placed, ...] = ()


def compose(reading: Reading) -> Composed:
    """The passages and notes of a document; every word of the reading stands in exactly one of them.

    Left out are only running heads and page numbers of laid-out pages, and quotation marks that stand alone beside a pull quote.
    """
    pieces = list(lay_out(reading.pages, reading.outline)) if reading.pages else _pieces(reading.blocks)
    body, notes = part(pieces)
    labels = written_labels(notes)
    if reading.pages:
        body = put_back_unanswered(body, labels)
    markers = [marker for piece in body for marker in piece.block.markers]
    raised = frozenset(plain_label(marker.label) for marker in markers if not marker.label.startswith("["))
    body = [msgspec.structs.replace(piece, block=find_written(piece.block, labels, raised=raised)) for piece in body]
    # Before cut sentences are joined: a marker stands on its own page, wherever its paragraph began.
    places = [
        MarkerPlace(marker.label, piece.order, piece.page, marker.target) for piece in body for marker in piece.block.markers
    ]
    body = _mark_pull_quotes(_join_cut(body))
    # Markers inside notes come last whatever their order: the body has the first claim on a note.
    last = max([place.order for place in places], default=0)
    places += [
        MarkerPlace(marker.label, max(last, note.order), note.page, marker.target)
        for note in notes
        for marker in note.block.markers
    ]
    pairings = pair(places, [NotePlace(note.label, note.order, note.page, note.target) for note in notes])
    passages = _passages(body, notes, pairings)
    made = _notes(notes, passages, pairings, first_note=len(body))
    return Composed(
        passages=tuple(passages),
        notes=made,
        problems=reading.problems + _problems(places, pairings, made),
        geometry=tuple(_geometry([*(piece.block for piece in body), *(note.block for note in notes)])),
    )


def _geometry(blocks: Sequence[Block]) -> Iterator[Placed]:
    """Where the characters and then the markers of each block stand, the blocks being the passages in their order."""
    for n, block in enumerate(blocks):
        yield from (Placed(n, part.start, part.end, part.spot) for part in block.parts)
        for number, marker in enumerate(block.markers):
            if marker.spot is not None:
                yield Placed(n, marker.at, marker.at, marker.spot, number)


def _pieces(blocks: Sequence[Block]) -> list[Piece]:
    return [
        Piece(trim(block), order) for order, block in enumerate(blocks) if block.is_rule or block.text.strip() or block.markers
    ]


def _join_cut(body: Sequence[Piece]) -> list[Piece]:
    """The body with sentences put together that notes, rules or page ends had cut; rules are gone."""
    joined: list[Piece] = []
    is_cut = False
    for piece in body:
        if piece.block.is_rule:
            is_cut = True
            continue
        last = joined[-1] if joined else None
        is_cut = is_cut or (last is not None and piece.order != last.order + 1) or piece.page != (last.page if last else None)
        if last is not None and is_cut and _is_one_sentence(last.block, piece.block):
            first, glue = glue_between(last.block.text, piece.block.text)
            block = join(cut(last.block, 0, len(first)), piece.block, glue)
            joined[-1] = msgspec.structs.replace(last, block=block, order=piece.order)
        else:
            joined.append(piece)
        is_cut = False
    return joined


def _is_one_sentence(first: Block, second: Block) -> bool:
    if not is_prose(first) or second.kind is not PassageKind.PARAGRAPH or not first.text or not second.text:
        return False
    if ends_sentence(first.text):
        return False
    if second.text[0].islower():
        return True
    return len(first.text) >= _LEAST_CUT_CHARACTERS and second.text[0].isalnum() and re.search(r"[\w,]$", first.text) is not None


def _mark_pull_quotes(body: Sequence[Piece]) -> list[Piece]:
    """The body with blocks that only repeat words of a paragraph near them marked as pull quotes, stray quotation marks gone."""
    quotable = _Quotable(body)
    quoted = {at for at in range(len(body)) if _repeats(body, quotable, at)}
    kept: list[Piece] = []
    for at, piece in enumerate(body):
        if _QUOTES_ONLY.fullmatch(piece.block.text) and not piece.block.markers and {at - 1, at + 1} & quoted:
            continue
        block = msgspec.structs.replace(piece.block, kind=PassageKind.PULL_QUOTE, level=0) if at in quoted else piece.block
        kept.append(msgspec.structs.replace(piece, block=block))
    return kept


class _Quotable:
    """The words of blocks without signs between them, made only for blocks of which one may repeat the other."""

    def __init__(self, body: Sequence[Piece]) -> None:
        self._folded = [piece.block.text.casefold() for piece in body]
        self._plain: dict[int, str] = {}

    def __getitem__(self, at: int) -> str:
        if at not in self._plain:
            self._plain[at] = _NOT_WORDS.sub(" ", self._folded[at]).strip()
        return self._plain[at]

    def may_repeat(self, at: int, others: Sequence[int]) -> list[int]:
        """Those of the other blocks that hold the longest word with which a block begins, as any must that holds all of it."""
        words = _SOME_WORDS.findall(self._folded[at], 0, _BEGINNING_CHARACTERS)
        longest = max(words[: max(1, len(words) - 1)], key=len, default="")
        return [near for near in others if longest in self._folded[near]]


def _repeats(body: Sequence[Piece], plain: _Quotable, at: int) -> bool:
    block = body[at].block
    if block.kind not in {PassageKind.PARAGRAPH, PassageKind.QUOTATION, PassageKind.HEADING} or block.markers:
        return False
    nearby = range(max(0, at - _NEAR_PIECES), min(len(body), at + _NEAR_PIECES + 1))
    others = [near for near in nearby if near != at and body[near].block.kind in {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM}]
    others = plain.may_repeat(at, others)
    if not others or plain[at].count(" ") + 1 < _LEAST_QUOTE_WORDS:
        return False
    for near in others:
        if f" {plain[at]} " not in f" {plain[near]} ":
            continue
        # Of two that say the same, the paragraph is the one that is punctuated, and then the first.
        if (len(plain[near]), len(body[near].block.text), -near) > (len(plain[at]), len(block.text), -at):
            return True
    return False


def _passages(body: Sequence[Piece], notes: Sequence[Body], pairings: Sequence[Pairing]) -> list[Passage]:
    blocks = [(piece.block, piece.page) for piece in body] + [(note.block, note.page) for note in notes]
    passages: list[Passage] = []
    ahead = iter(pairings)
    for n, (block, page) in enumerate(blocks):
        passages.append(
            Passage(
                n=n,
                kind=block.kind,
                text=block.text,
                level=block.level,
                page=page,
                markers=tuple(_marker(marker, next(ahead)) for marker in block.markers),
                links=block.links,
                styles=block.styles,
            )
        )
    return passages


def _marker(marker: RawMarker, pairing: Pairing) -> Marker:
    return Marker(label=marker.label, at=marker.at, note=pairing.note, confidence=pairing.confidence, reason=pairing.reason)


def _notes(
    notes: Sequence[Body], passages: Sequence[Passage], pairings: Sequence[Pairing], *, first_note: int
) -> tuple[Note, ...]:
    cited = cite(notes)
    befores: dict[int, str] = {}
    for passage in passages:
        for marker in passage.markers:
            if marker.note is not None:
                befores.setdefault(marker.note, passage.text[max(0, marker.at - LONGEST_BEFORE) : marker.at])
    confidences: dict[int, float] = {}
    for pairing in pairings:
        if pairing.note is not None:
            confidences[pairing.note] = max(pairing.confidence, confidences.get(pairing.note, 0.0))
    return tuple(
        Note(
            n=n,
            label=note.label,
            text=note.block.text,
            passage=first_note + n,
            page=note.page,
            paired=n in confidences,
            confidence=confidences.get(n, 0.0),
            before=befores.get(n, ""),
            citations=cited[n],
        )
        for n, note in enumerate(notes)
    )


def _problems(places: Sequence[MarkerPlace], pairings: Sequence[Pairing], notes: Sequence[Note]) -> tuple[Problem, ...]:
    lonely = [Problem("marker-without-note", places[one.marker].label) for one in pairings if one.note is None]
    unmarked = [note for note in notes if not note.paired]
    return (*lonely, *(Problem("note-without-marker", note.label or f"“{note.text[:LONGEST_DETAIL]}…”") for note in unmarked))
