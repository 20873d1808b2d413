"""A person's corrections put into a document's passages and notes.

* Joined and split notes are cited anew, as if they had been read so; addresses that a person set are set again after that.
* What a person paired has confidence 1 and the reason ``person``; no rule is surer.
* A citation that repeats one whose address was set leads there too.
* A correction whose place is not found any more changes nothing and is named as lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from archive.footnotes.bodies import Body
from archive.footnotes.citations import cite
from archive.footnotes.compose import LONGEST_BEFORE
from archive.footnotes.markers import plain_label
from archive.footnotes.pieces import cut, glue_between, join
from archive.model.correction import (
    BEGINNING_CHARACTERS,
    Correction,
    EditAddress,
    JoinNotes,
    MarkerAnchor,
    NoteAnchor,
    PairMarker,
    SplitNote,
    words_before,
)
from archive.model.document import Passage, PassageKind
from archive.model.footnote import Citation, Marker, Note, repeats
from archive.model.geometry import Placed
from archive.model.reading import Block, RawMarker
from archive.values import Language

REASON = "person"
_LIKE_ENOUGH = 0.8


class Move(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of old passage ``passage`` stand in passage ``new_passage`` now, ``by`` characters further on.

    Its markers from number ``first_marker`` on are ``markers_by`` places further on in the new one.
    """

    passage: int
    start: int
    end: int
    new_passage: int
    by: int = 0
    first_marker: int = 0
    markers_by: int = 0


class Corrected(msgspec.Struct, frozen=True):
    """A document's parts after corrections; ``lost`` are those that found no place, by their position.

    ``moves`` say where the words of passages that moved stand now; a passage that is in none of them stays where it is.
    """

    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    lost: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()


def correct_all(
    passages: Sequence[Passage], notes: Sequence[Note], corrections: Sequence[Correction], *, geometry: Sequence[Placed] = ()
) -> tuple[Corrected, tuple[Placed, ...]]:
    """A document as it was read, with corrections, one after the other, and where its words stand on its pages."""
    done = Corrected(tuple(passages), tuple(notes))
    lost: list[int] = []
    placed = tuple(geometry)
    for number, correction in enumerate(corrections):
        better = correct(done.passages, done.notes, correction, earlier=corrections[:number])
        if better is None:
            lost.append(number)
        else:
            done, placed = better, move_geometry(placed, better.moves)
    return msgspec.structs.replace(done, lost=tuple(lost), moves=()), placed


def move_geometry(geometry: Sequence[Placed], moves: Sequence[Move]) -> tuple[Placed, ...]:
    """Where the words stand on their pages, named by the passages in which they are now, in the order of these."""
    by_passage: dict[int, list[Move]] = {}
    for move in moves:
        by_passage.setdefault(move.passage, []).append(move)
    moved: list[Placed] = []
    for placed in geometry:
        if placed.passage not in by_passage:
            moved.append(placed)
        for move in by_passage.get(placed.passage, ()):
            start, end = max(placed.start, move.start), min(placed.end, move.end)
            if placed.marker is None and start < end:
                moved.append(msgspec.structs.replace(placed, passage=move.new_passage, start=start + move.by, end=end + move.by))
            elif placed.marker is not None and move.start <= placed.start <= move.end and placed.marker >= move.first_marker:
                at = placed.start + move.by
                number = placed.marker + move.markers_by
                moved.append(Placed(move.new_passage, at, at, placed.spot, number))
    return tuple(sorted(moved, key=lambda placed: placed.passage))


def correct(
    passages: Sequence[Passage], notes: Sequence[Note], correction: Correction, *, earlier: Sequence[Correction]
) -> Corrected | None:
    """A document with one more correction.

    Args:
        passages: all of it, ``earlier`` corrections in them.
        notes: all of its notes, likewise.
        correction: what is wrong now.
        earlier: the corrections before it; addresses that they set stay set.

    Returns:
        All passages and notes, numbered anew where that is needed; None where the correction's place is not there.
    """
    if isinstance(correction, EditAddress):
        edited = _edit_address(notes, correction)
        return None if edited is None else Corrected(tuple(passages), edited)
    if isinstance(correction, PairMarker):
        return _pair(passages, notes, correction)
    return _cut_or_join(passages, notes, correction, earlier)


def find_note(notes: Sequence[Note], anchor: NoteAnchor) -> int | None:
    """The number of the note that an anchor names: the one of these words, else the one of this label that is most like it."""
    same = [note.n for note in notes if (note.label, note.text[:BEGINNING_CHARACTERS]) == (anchor.label, anchor.beginning)]
    if same:
        return same[min(anchor.nth, len(same) - 1)]
    likeness = sorted(
        (
            (SequenceMatcher(None, note.text[:BEGINNING_CHARACTERS], anchor.beginning, autojunk=False).ratio(), note.n)
            for note in notes
            if note.label == anchor.label
        ),
        reverse=True,
    )
    if not likeness or likeness[0][0] < _LIKE_ENOUGH or (len(likeness) > 1 and likeness[1][0] == likeness[0][0]):
        return None
    return likeness[0][1]


def find_marker(passages: Sequence[Passage], anchor: MarkerAnchor) -> tuple[int, int] | None:
    """The passage and the place in its markers of the marker that an anchor names, by the words before it or the end of them."""
    for characters in (len(anchor.before), 20):
        before = anchor.before[-characters:] if characters else ""
        same = [
            (passage.n, index)
            for passage in passages
            for index, marker in enumerate(passage.markers)
            if marker.label == anchor.label and words_before(passage, index)[-characters or None :] == before
        ]
        if len(same) > anchor.nth:
            return same[anchor.nth]
    return None


def _pair(passages: Sequence[Passage], notes: Sequence[Note], correction: PairMarker) -> Corrected | None:
    place = find_marker(passages, correction.marker)
    note = None if correction.note is None else find_note(notes, correction.note)
    if place is None or (note is None) is not (correction.note is None):
        return None
    passage, index = place
    markers = list(passages[passage].markers)
    markers[index] = msgspec.structs.replace(markers[index], note=note, confidence=1.0, reason=REASON)
    better = [*passages]
    better[passage] = msgspec.structs.replace(passages[passage], markers=tuple(markers))
    return Corrected(tuple(better), _paired_anew(better, notes))


def _edit_address(notes: Sequence[Note], correction: EditAddress) -> tuple[Note, ...] | None:
    at = find_note(notes, correction.note)
    own = [each for each in notes[at].citations if each.text == correction.citation_text] if at is not None else []
    everywhere = own or [each for note in notes for each in note.citations if each.text == correction.citation_text]
    if not everywhere:
        return None
    changed = everywhere[0]

    def follows(citation: Citation) -> bool:
        chain = repeats(citation, notes)
        return citation.address == changed.address and any(changed in note.citations for note in chain[-1:])

    def edited(citation: Citation) -> Citation:
        if citation.n == changed.n or follows(citation):
            return msgspec.structs.replace(citation, address=correction.address)
        return citation

    return tuple(msgspec.structs.replace(note, citations=tuple(map(edited, note.citations))) for note in notes)


def _cut_or_join(
    passages: Sequence[Passage], notes: Sequence[Note], correction: JoinNotes | SplitNote, earlier: Sequence[Correction]
) -> Corrected | None:
    at = find_note(notes, correction.note)
    if at is None:
        return None
    at_end = [passages[note.passage] for note in notes]
    marks = [marker for passage in at_end for marker in passage.markers]
    bodies = _bodies(notes, at_end)
    languages = [passage.language for passage in at_end]
    if isinstance(correction, JoinNotes):
        if at + 1 >= len(notes):
            return None
        first, glue = glue_between(bodies[at].block.text, bodies[at + 1].block.text)
        joined = join(cut(bodies[at].block, 0, len(first)), bodies[at + 1].block, glue)
        length, count = len(bodies[at + 1].block.text), len(bodies[at].block.markers)
        own = [(at + 1, 0, length, at, len(first) + len(glue), 0, count)]
        bodies[at : at + 2] = [msgspec.structs.replace(bodies[at], block=joined)]
        del languages[at + 1]
        new_of_old = [old - (old > at) for old in range(len(notes))]
    else:
        if not 0 < correction.at < len(bodies[at].block.text):
            return None
        start, length = _second_start(bodies[at].block.text, correction), len(bodies[at].block.text)
        count = sum(marker.at < correction.at for marker in bodies[at].block.markers)
        own = [(at, 0, correction.at, at, 0, 0, 0), (at, start, length, at + 1, -start, count, -count)]
        bodies[at : at + 1] = _split(bodies[at], correction, start)
        languages.insert(at, languages[at])
        new_of_old = [old + (old > at) for old in range(len(notes))]
    of_notes = {passage.n for passage in at_end}
    body = [_with_markers(passage, new_of_old) for passage in passages if passage.n not in of_notes]
    if isinstance(correction, SplitNote):
        body = _claim(body, correction.label, at + 1)
    marks = [_moved(marker, new_of_old) for marker in marks]
    made, numbered = _numbered(body, bodies, languages, marks)
    named = {move[0] for move in own}
    others = [(n, 0, len(passage.text), new_of_old[n], 0, 0, 0) for n, passage in enumerate(at_end) if n not in named]
    moves = [Move(at_end[old].n, start, end, len(body) + new, *rest) for old, start, end, new, *rest in [*others, *own]]
    for one in earlier:
        if isinstance(one, EditAddress):
            numbered = _edit_address(numbered, one) or numbered
    return Corrected(made, numbered, moves=tuple(moves))


def _bodies(notes: Sequence[Note], passages: Sequence[Passage]) -> list[Body]:
    """Notes as they were before they were numbered; a marker in them keeps which it was of all in its target."""
    bodies: list[Body] = []
    count = 0
    for note, passage in zip(notes, passages, strict=True):
        markers = tuple(RawMarker(marker.label, marker.at, str(number)) for number, marker in enumerate(passage.markers, count))
        count += len(markers)
        block = Block(kind=PassageKind.NOTE, text=passage.text, markers=markers, links=passage.links, styles=passage.styles)
        bodies.append(Body(note.label, block, note.n, note.page))
    return bodies


def _second_start(text: str, correction: SplitNote) -> int:
    """Where the second note begins: behind white space and the label that it is given."""
    start = correction.at
    while start < len(text) and text[start].isspace():
        start += 1
    if text.startswith(correction.label, start):
        after = start + len(correction.label)
        rest = text[after:].lstrip(" \t\n.):]")
        if rest and (len(rest) < len(text) - after or not text[after].isalnum()):
            start = len(text) - len(rest)
    return start


def _split(body: Body, correction: SplitNote, start: int) -> list[Body]:
    """The two notes; the label that begins the second is taken out of its text."""
    whole = body.block
    before = tuple(marker for marker in whole.markers if marker.at < correction.at)
    behind = tuple(marker for marker in whole.markers if marker.at >= correction.at)
    first = cut(msgspec.structs.replace(whole, markers=before), 0, correction.at)
    second = cut(msgspec.structs.replace(whole, markers=behind), start)
    return [msgspec.structs.replace(body, block=first), Body(correction.label, second, body.order, body.page)]


def _with_markers(passage: Passage, new_of_old: Sequence[int]) -> Passage:
    return msgspec.structs.replace(passage, markers=tuple(_moved(marker, new_of_old) for marker in passage.markers))


def _moved(marker: Marker, new_of_old: Sequence[int]) -> Marker:
    return marker if marker.note is None else msgspec.structs.replace(marker, note=new_of_old[marker.note])


def _claim(passages: Sequence[Passage], label: str, note: int) -> list[Passage]:
    """The first marker of this label that means nothing yet means the new note."""
    better = list(passages)
    for at, passage in enumerate(passages):
        for index, marker in enumerate(passage.markers):
            if marker.note is None and plain_label(marker.label) == plain_label(label):
                markers = list(passage.markers)
                markers[index] = msgspec.structs.replace(marker, note=note, confidence=1.0, reason=REASON)
                better[at] = msgspec.structs.replace(passage, markers=tuple(markers))
                return better
    return better


def _numbered(
    body: Sequence[Passage], bodies: Sequence[Body], languages: Sequence[Language], marks: Sequence[Marker]
) -> tuple[tuple[Passage, ...], tuple[Note, ...]]:
    """Passages and notes with their new numbers and citations."""
    passages = [msgspec.structs.replace(passage, n=n) for n, passage in enumerate(body)]
    notes: list[Note] = []
    cited = cite(bodies)
    for n, (made, language) in enumerate(zip(bodies, languages, strict=True)):
        block, at = made.block, len(body) + n
        markers = tuple(msgspec.structs.replace(marks[int(marker.target)], at=marker.at) for marker in block.markers)
        passages.append(
            Passage(
                n=at,
                kind=PassageKind.NOTE,
                text=block.text,
                page=made.page,
                language=language,
                markers=markers,
                links=block.links,
                styles=block.styles,
            )
        )
        notes.append(Note(n=n, label=made.label, text=block.text, passage=at, page=made.page, citations=cited[n]))
    return tuple(passages), _paired_anew(passages, notes)


def _paired_anew(passages: Sequence[Passage], notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes with what the markers now say of them."""
    befores: dict[int, str] = {}
    confidences: dict[int, float] = {}
    for passage in passages:
        for marker in passage.markers:
            if marker.note is not None:
                befores.setdefault(marker.note, passage.text[max(0, marker.at - LONGEST_BEFORE) : marker.at])
                confidences[marker.note] = max(marker.confidence, confidences.get(marker.note, 0.0))
    return tuple(
        msgspec.structs.replace(
            note, paired=note.n in confidences, confidence=confidences.get(note.n, 0.0), before=befores.get(note.n, "")
        )
        for note in notes
    )
