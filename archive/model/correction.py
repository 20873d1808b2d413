"""What a person puts right in the notes of a document.

A correction names notes and markers by their words, not by their numbers: a later and better reading of the same file counts
anew, and the correction is found its place again, or is said to be lost.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archive.model.document import Passage
from archive.model.footnote import Note
from archive.model.geometry import Placed

BEGINNING_CHARACTERS = 80
BEFORE_CHARACTERS = 60


class NoteAnchor(msgspec.Struct, frozen=True):
    """A note: its label, how its text begins, and which it is of those alike (from 0)."""

    label: str
    beginning: str
    nth: int = 0


class MarkerAnchor(msgspec.Struct, frozen=True):
    """A marker: its label, the words before it in its passage, and which it is of those alike (from 0)."""

    label: str
    before: str
    nth: int = 0


class JoinNotes(msgspec.Struct, frozen=True, tag="join"):
    """The note goes on in the next one: both are one, under the first one's label; markers of the second mean the whole."""

    note: NoteAnchor


class SplitNote(msgspec.Struct, frozen=True, tag="split"):
    """At character ``at`` (code points) of its text another note begins, of this label; the label's own characters there are not repeated."""

    note: NoteAnchor
    at: int
    label: str


class PairMarker(msgspec.Struct, frozen=True, tag="pair"):
    """The marker means this note; None: it means none."""

    marker: MarkerAnchor
    note: NoteAnchor | None


class EditAddress(msgspec.Struct, frozen=True, tag="address"):
    """The citation of this text in this note leads to this address (normalised); None: it leads nowhere."""

    note: NoteAnchor
    citation_text: str
    address: str | None


class AsRead(msgspec.Struct, frozen=True):
    """A document as it was read, before any correction: so corrections can be taken back."""

    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    geometry: tuple[Placed, ...] = ()


Correction = JoinNotes | SplitNote | PairMarker | EditAddress


def anchor_note(notes: Sequence[Note], n: int) -> NoteAnchor:
    """How note ``n`` of these, all notes of a document in order, is named in a correction."""
    wanted = notes[n].label, notes[n].text[:BEGINNING_CHARACTERS]
    return NoteAnchor(*wanted, nth=[(note.label, note.text[:BEGINNING_CHARACTERS]) for note in notes[:n]].count(wanted))


def anchor_marker(passages: Sequence[Passage], passage: int, index: int) -> MarkerAnchor:
    """How marker ``index`` of passage ``passage`` of these, all passages of a document in order, is named in a correction."""
    alike = [
        (at, number)
        for at, each in enumerate(passages)
        for number, marker in enumerate(each.markers)
        if (marker.label, words_before(each, number))
        == (passages[passage].markers[index].label, words_before(passages[passage], index))
    ]
    return MarkerAnchor(
        passages[passage].markers[index].label, words_before(passages[passage], index), nth=alike.index((passage, index))
    )


def words_before(passage: Passage, index: int) -> str:
    """The characters before a marker of a passage by which it is known again."""
    at = passage.markers[index].at
    return passage.text[max(0, at - BEFORE_CHARACTERS) : at]
