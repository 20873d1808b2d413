"""What passes between two archives, and what is found when one is checked."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from archive.model.correction import AsRead, Correction
from archive.model.document import Document, Passage
from archive.model.footnote import Note
from archive.model.geometry import Placed
from archive.model.source import Capture, Exchange, SourceState


class ArchiveFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an open archive says of itself. ``format`` is major*1000+minor. ``damaged`` names volumes that cannot be read."""

    title: str
    is_locked: bool
    is_writable: bool
    format: int
    volumes: int
    reports: int
    sources: int
    captures: int
    size_bytes: int
    damaged: tuple[str, ...] = ()


class ParcelDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document with everything that is its own; ``original`` is its original bytes, ``geometry`` is empty where it has no pages.
    ``page_labels`` are those of its pages from the first on, ``""`` for one that has its number only; empty where all have.

    ``passages``, ``notes`` and ``geometry`` have the ``corrections`` in them; where there are some, ``as_read`` is without.
    """

    document: Document
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    original: bytes
    geometry: tuple[Placed, ...] = ()
    page_labels: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    as_read: AsRead | None = None


class ParcelCapture(msgspec.Struct, frozen=True, kw_only=True):
    """A capture, its exchanges, and its text as a document where it has one."""

    capture: Capture
    exchanges: tuple[Exchange, ...]
    text: ParcelDocument | None = None


class ParcelSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source's state, without its captures."""

    address: str
    state: SourceState
    error: str | None = None
    facts: dict[str, str | int | float | bool] = {}


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A report, or one capture, on its way from one archive to another. Exactly one of the first two is set.

    ``collections`` are the names of those that its document is in. It carries nothing else of the giver: no name, path, time of use, remark
    or search.
    """

    report: ParcelDocument | None = None
    capture: ParcelCapture | None = None
    sources: tuple[ParcelSource, ...] = ()
    collections: tuple[str, ...] = ()


class Item(msgspec.Struct, frozen=True):
    """One thing an archive can give: a report (its digest) or a capture (its digest), with its size for planning."""

    name: str
    is_capture: bool
    size_bytes: int


class TakeOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one parcel: ``new``, ``same``, ``differing`` or ``refused`` (with the error's code)."""

    outcome: str
    error: str | None = None


class MergeReport(msgspec.Struct, frozen=True, kw_only=True):
    """How many parcels were new, the same, differing (the receiver's kept) or refused."""

    new: int
    same: int
    differing: int
    refused: int


class ShareReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was written to the target. ``is_verified`` is only true when it was read back from the disk."""

    archive: str
    volumes: int
    documents: int
    objects: int
    size_bytes: int
    is_verified: bool


class WebArchiveKind(StrEnum):
    """What a web archive is written as."""

    WARC = "warc"
    WACZ = "wacz"


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: captures, and the answers in them."""

    captures: int
    answers: int


class Fault(msgspec.Struct, frozen=True):
    """Something wrong in an archive: ``problem`` is a short code (``fault-<code>`` in words).

    ``where`` is the volume's file name; ``what`` names the thing, as an identifier, never as text of a document.
    """

    problem: str
    where: str = ""
    what: str = ""


class VerifyReport(msgspec.Struct, frozen=True, kw_only=True):
    """All that a check found: every object re-hashed, every row read, every index entry counted."""

    faults: tuple[Fault, ...]
    documents: int
    objects: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults
