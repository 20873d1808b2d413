"""A person's correction of a document's notes: applied, written and indexed in one transaction.

Every correction is put into the document as it was read, after those that were made before; so each can be taken back, and none depends on a later reading.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archive.errors import CorrectionLost, NothingToCorrect
from archive.footnotes.correcting import correct_all
from archive.model.correction import AsRead, Correction
from archive.model.document import Document, Role
from archive.model.sharing import ParcelDocument
from archive.search.replacing import replace_document
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder


def correct(folder: ArchiveFolder, document: str, correction: Correction) -> Document:
    """Put one more thing right.

    Args:
        folder: an archive that may be written.
        document: the identifier of a report, or how it begins.
        correction: what is wrong now.

    Returns:
        The document as it stands in the archive then.

    Raises:
        CorrectionLost: its place is not there; nothing was changed.
        NothingToCorrect: the document is no report.
        DocumentNotFound, DocumentAmbiguous, ArchiveDamaged, MachineError: nothing was changed.
    """
    parcel = catalogue.parcel(folder, document)
    return _write(folder, parcel, (*parcel.corrections, correction), is_new=True)


def undo(folder: ArchiveFolder, document: str) -> Document:
    """Take the newest correction back; raises as :func:`correct` does, NothingToCorrect where none was made."""
    parcel = catalogue.parcel(folder, document)
    if not parcel.corrections:
        raise NothingToCorrect
    return _write(folder, parcel, parcel.corrections[:-1], is_new=False)


def corrected(parcel: ParcelDocument, made: Sequence[Correction], *, as_read: AsRead) -> tuple[ParcelDocument, tuple[int, ...]]:
    """The document with these corrections instead of its own, and which of them found no place; those are kept all the same."""
    done, placed = correct_all(as_read.passages, as_read.notes, made, geometry=as_read.geometry)
    document = msgspec.structs.replace(
        parcel.document,
        passages=len(done.passages),
        notes=len(done.notes),
        markers=sum(len(passage.markers) for passage in done.passages),
        paired=sum(note.paired for note in done.notes),
    )
    better = msgspec.structs.replace(
        parcel,
        document=document,
        passages=done.passages,
        notes=done.notes,
        geometry=placed,
        corrections=tuple(made),
        as_read=as_read if made else None,
    )
    return better, done.lost


def _write(folder: ArchiveFolder, parcel: ParcelDocument, made: tuple[Correction, ...], *, is_new: bool) -> Document:
    if parcel.document.role is not Role.REPORT:
        raise NothingToCorrect
    as_read = parcel.as_read or AsRead(parcel.passages, parcel.notes, parcel.geometry)
    better, lost = corrected(parcel, made, as_read=as_read)
    if is_new and len(made) - 1 in lost:
        raise CorrectionLost
    replace_document(folder, better)
    return better.document
