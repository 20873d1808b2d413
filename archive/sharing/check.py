"""Whether a document or a capture holds together: every offset inside its text, every number in its order, every name its own.

Whatever comes from another archive is checked here before it is taken, and whatever is here when an archive is verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import inf

import msgspec

from archive import address
from archive.errors import AddressRefused, ArchiveDamaged, CollectionUnnamed
from archive.model.document import Document, Passage, PassageKind, Role
from archive.model.footnote import Note
from archive.model.geometry import Placed
from archive.model.reading import LONGEST_PAGE_LABEL
from archive.model.sharing import Parcel, ParcelCapture, ParcelDocument
from archive.model.source import SourceState
from archive.storage.collecting import checked_name
from archive.storage.sources import capture_name
from archive.values import digest_of, is_digest

_PARCEL = "parcel"
_MOST_COLLECTIONS = 1000


def check_parcel(parcel: Parcel) -> None:
    """Return when all of a parcel holds together.

    Raises:
        ArchiveDamaged: it does not.
        AddressRefused: it names an address that Ibid would never open.
    """
    _check_types(parcel)
    _claim((parcel.report is None) is not (parcel.capture is None))
    if parcel.report is not None:
        _check_whole(parcel.report, Role.REPORT)
    if parcel.capture is not None:
        check_capture(parcel.capture)
        text = parcel.capture.text
        _claim((parcel.capture.capture.document is None) is (text is None))
        if text is not None:
            _claim(text.document.document == parcel.capture.capture.document)
            _check_whole(text, None)
    _check_collections(parcel)
    allowed = {citation.address for note in (parcel.report.notes if parcel.report else ()) for citation in note.citations}
    if parcel.capture is not None:
        allowed.add(parcel.capture.capture.address)
    _claim(all(source.address in allowed and source.state is not SourceState.NO_ADDRESS for source in parcel.sources))


def _check_collections(parcel: Parcel) -> None:
    for name in parcel.collections:
        try:
            _claim(checked_name(name) == name)
        except CollectionUnnamed as error:
            raise ArchiveDamaged(where=_PARCEL) from error
    _claim(len(parcel.collections) <= _MOST_COLLECTIONS)
    _claim(
        not parcel.collections or parcel.report is not None or (parcel.capture is not None and parcel.capture.text is not None)
    )


def check_document(document: Document, passages: Sequence[Passage], notes: Sequence[Note]) -> None:
    """Return when a document's parts hold together.

    Raises:
        ArchiveDamaged: they do not.
        AddressRefused: a citation names an address that Ibid would never open.
    """
    _claim(is_digest(document.document) and document.size_bytes >= 0)
    _claim((document.passages, document.notes) == (len(passages), len(notes)))
    _claim(document.markers == sum(len(passage.markers) for passage in passages))
    _claim(document.paired == sum(note.paired for note in notes))
    for n, passage in enumerate(passages):
        _claim(passage.n == n and passage.level >= 0 and (passage.page is None or passage.page >= 1))
        length = len(passage.text)
        _claim(all(0 <= link.start <= link.end <= length for link in passage.links))
        _claim(all(0 <= style.start <= style.end <= length for style in passage.styles))
        for marker in passage.markers:
            _claim(0 <= marker.at <= length and 0.0 <= marker.confidence <= 1.0)
            _claim(marker.note is None or 0 <= marker.note < len(notes))
    for n, note in enumerate(notes):
        _claim(note.n == n and 0.0 <= note.confidence <= 1.0)
        _claim(0 <= note.passage < len(passages) and passages[note.passage].kind is PassageKind.NOTE)
    citations = sorted((citation for note in notes for citation in note.citations), key=lambda citation: citation.n)
    _claim(all(citation.note == note.n for note in notes for citation in note.citations))
    for n, citation in enumerate(citations):
        _claim(citation.n == n and (citation.ibid_of is None or 0 <= citation.ibid_of < n))
        if citation.address is not None:
            _claim(address.normalise(citation.address) == citation.address)


def check_geometry(passages: Sequence[Passage], geometry: Sequence[Placed]) -> None:
    """Return when every place of words is one of the document's own.

    Raises:
        ArchiveDamaged: it is not.
    """
    for placed in geometry:
        box = placed.spot.box
        _claim(0 <= placed.passage < len(passages) and placed.spot.page >= 1)
        _claim(-inf < box.x0 <= box.x1 < inf and -inf < box.y0 <= box.y1 < inf)
        passage = passages[placed.passage]
        _claim(0 <= placed.start <= placed.end <= len(passage.text))
        _claim(placed.marker is None or 0 <= placed.marker < len(passage.markers))


def check_page_labels(labels: Sequence[str]) -> None:
    """Return when names of pages are such as Ibid reads from a file.

    Raises:
        ArchiveDamaged: they are not.
    """
    _claim(all(len(label) <= LONGEST_PAGE_LABEL for label in labels))


def check_capture(parcel: ParcelCapture) -> None:
    """Return when a capture is what its name says and its numbers are its own.

    Raises:
        ArchiveDamaged: it is not.
        AddressRefused: its address is none that Ibid would ever open.
    """
    capture = parcel.capture
    _claim(bool(parcel.exchanges) and capture_name(parcel.exchanges) == capture.capture)
    _claim(address.normalise(capture.address) == capture.address)
    _claim(capture.size_bytes == sum(len(exchange.body) for exchange in parcel.exchanges))
    _claim(capture.taken_at.tzinfo is not None and all(exchange.fetched_at.tzinfo is not None for exchange in parcel.exchanges))
    for text in (capture.final_address, *(exchange.address for exchange in parcel.exchanges)):
        address.normalise(text)


def is_consistent(
    document: Document, passages: Sequence[Passage], notes: Sequence[Note], geometry: Sequence[Placed] = ()
) -> bool:
    """Whether :func:`check_document` and :func:`check_geometry` have nothing against it."""
    try:
        check_document(document, passages, notes)
        check_geometry(passages, geometry)
    except (ArchiveDamaged, AddressRefused):
        return False
    return True


def _check_whole(parcel: ParcelDocument, role: Role | None) -> None:
    document = parcel.document
    _claim(role is None or document.role is role)
    _claim(digest_of(parcel.original) == document.document and len(parcel.original) == document.size_bytes)
    check_document(document, parcel.passages, parcel.notes)
    check_geometry(parcel.passages, parcel.geometry)
    check_page_labels(parcel.page_labels)
    _claim((parcel.as_read is None) is (not parcel.corrections))
    if parcel.as_read is not None:
        before = parcel.as_read
        counts = {"passages": len(before.passages), "notes": len(before.notes)}
        markers = sum(len(passage.markers) for passage in before.passages)
        counts |= {"markers": markers, "paired": sum(note.paired for note in before.notes)}
        check_document(msgspec.structs.replace(document, **counts), before.passages, before.notes)
        check_geometry(before.passages, before.geometry)


def _check_types(parcel: Parcel) -> None:
    """A pipe has proved the types of what came through it; a parcel read in this process out of a foreign volume has not been."""
    try:
        msgspec.convert(msgspec.to_builtins(parcel, builtin_types=(bytes, datetime)), Parcel)
    except (msgspec.ValidationError, TypeError) as error:
        raise ArchiveDamaged(where=_PARCEL) from error


def _claim(holds: bool) -> None:  # noqa: FBT001 - a claim is nothing but a boolean
    if not holds:
        raise ArchiveDamaged(where=_PARCEL)
