"""Markers, notes and citations, and how sure their pairing is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

SURE = 0.65
"""A pairing of less confidence is shown as doubtful: only ``nearest`` and ``far`` of :mod:`archive.footnotes.pairing` give less."""


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """The small sign in the text that points to a note.

    ``at`` is the offset in its passage's text (code points) at which it stands; it takes no room there. ``note`` is the
    ``n`` of the note it means, None when none was found. ``confidence`` is 0..1, ``reason`` names the rule that decided.
    """

    label: str
    at: int
    note: int | None = None
    confidence: float = 0.0
    reason: str = ""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a note points at.

    ``n`` counts from 0 over the whole document. ``text`` is the part of the note that makes the citation, as it stands there.
    ``address`` is normalised (see :mod:`archive.address`), None where the citation has none. ``title`` is the cited
    work's title where it can be told. ``ibid_of`` is the ``n`` of the earlier citation that this one repeats, which may itself repeat
    another (see :func:`repeats`); it then has the address and title at the beginning of that chain.

    ``pages`` is where in the work, as printed (``pp. 5–7``, ``paras. 3, 4``; a *locator* of the Citation Style Language). ``published_on`` is
    the date that the citation gives the work, ``accessed_on`` the day on which its author saw it; both ISO 8601 of the precision given.
    """

    n: int
    note: int
    text: str
    address: str | None = None
    title: str | None = None
    ibid_of: int | None = None
    pages: str | None = None
    published_on: str | None = None
    accessed_on: str | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """The text a marker points to.

    ``n`` counts from 0 in the order of the notes. ``passage`` is the ``n`` of its passage (kind NOTE), where the text stands
    too. ``label`` is as printed (``10``, ``*``, ``iv``). ``page`` counts from 1. ``paired`` says whether a marker means it;
    ``confidence`` is that pairing's, 0 when there is none. ``before`` is up to 120 characters of the text before the first marker.
    """

    n: int
    label: str
    text: str
    passage: int
    page: int | None = None
    paired: bool = False
    confidence: float = 0.0
    before: str = ""
    citations: tuple[Citation, ...] = ()


def repeats(citation: Citation, notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes through which a citation leads to what it repeats: nearest first, the one that gives the work itself last.

    Args:
        citation: of one of ``notes``.
        notes: all notes of the document, in their order.

    Returns:
        Nothing for a citation that stands for itself.
    """
    by_number = {each.n: each for note in notes for each in note.citations}
    chain: list[Note] = []
    while citation.ibid_of is not None and citation.ibid_of < citation.n and citation.ibid_of in by_number:
        citation = by_number[citation.ibid_of]
        chain.append(notes[citation.note])
    return tuple(chain)
