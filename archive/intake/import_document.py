"""A file becomes a document: read, composed, described, and written with its index in one transaction."""

from __future__ import annotations

from archive.footnotes.compose import compose
from archive.formats.reader import Reader
from archive.intake.describe import describe
from archive.model.document import Arrival, Document, PassageKind, Problem, Role
from archive.model.footnote import Note
from archive.model.reading import Reading
from archive.model.sharing import ParcelDocument
from archive.search import index
from archive.storage import catalogue, documents
from archive.storage.folder import ArchiveFolder
from archive.values import digest_of


def bring_in(folder: ArchiveFolder, reader: Reader, data: bytes, *, name: str = "", password: str | None = None) -> Arrival:
    """Bring one file in as a report; twice is the same as once.

    Args:
        folder: an archive that may be written.
        reader: a reader process; it alone sees the bytes before they are understood.
        data: the file, whole.
        name: the file's name, a hint for its format only; it is not kept.
        password: of a file that its maker encrypted; it is not kept, and the file is kept as it is.

    Returns:
        The document as it now stands in the archive, and what a person should know of it.

    Raises:
        InputError: the file cannot be read; the archive is as it was.
        MachineError: the disk or the archive would not take it; the archive is as it was.
    """
    digest = digest_of(data)
    if documents.has_document(folder, digest):
        return _already_here(folder, digest)
    parcel, problems = make_document(reader.read(data, name=name, password=password), data, role=Role.REPORT)
    with folder.writing(expected_bytes=len(data)) as connection:
        row_id = documents.add_document(connection, parcel)
        index.add(connection, row_id, parcel.document, parcel.passages, parcel.notes)
    return Arrival(document=parcel.document, is_already_here=False, addresses=len(_addresses(parcel.notes)), problems=problems)


def make_document(reading: Reading, data: bytes, *, role: Role) -> tuple[ParcelDocument, tuple[Problem, ...]]:
    """The document that a reading of ``data`` makes, ready to be written, and the problems met on the way."""
    composed = compose(reading)
    description, passages = describe(reading, composed.passages)
    markers = [marker for passage in passages for marker in passage.markers]
    document = Document(
        document=digest_of(data),
        role=role,
        format=reading.format,
        description=description,
        size_bytes=len(data),
        passages=len(passages),
        notes=len(composed.notes),
        markers=len(markers),
        paired=sum(note.paired for note in composed.notes),
    )
    problems = (*reading.problems, *composed.problems)
    if not any(passage.text for passage in passages if passage.kind is not PassageKind.NOTE):
        problems = (*problems, Problem("no-text"))
    parcel = ParcelDocument(document=document, passages=passages, notes=composed.notes, original=data, geometry=composed.geometry)
    return parcel, problems


def _already_here(folder: ArchiveFolder, digest: str) -> Arrival:
    found = catalogue.find(folder, digest)
    _, _, notes = catalogue.whole(folder, digest)
    addresses = _addresses(notes)
    return Arrival(document=found.document, is_already_here=True, addresses=len(addresses))


def _addresses(notes: tuple[Note, ...]) -> set[str]:
    return {citation.address for note in notes for citation in note.citations if citation.address is not None}
