"""A document takes the place of itself: rows and index in one transaction.

It keeps its row where its words stay what they are; else it is indexed anew under a new row. A document of a volume that is closed for good is written
into the newest one, and counts there (:mod:`archive.storage.catalogue`).
"""

from __future__ import annotations

from sqlalchemy import Connection

from archive.model.sharing import ParcelDocument
from archive.search import index
from archive.search.entry import entry_of
from archive.storage import catalogue, documents
from archive.storage.folder import ArchiveFolder


def replace_document(folder: ArchiveFolder, parcel: ParcelDocument) -> None:
    """Write a document in the place of the one that has its identifier, with its index, in one transaction.

    Raises:
        MachineError: the archive is as it was.
    """
    with folder.writing(expected_bytes=len(parcel.original)) as connection:
        replace_in(connection, parcel)


def replace_in(connection: Connection, parcel: ParcelDocument) -> None:
    """The same in the transaction of ``connection``; a volume that does not hold the document gets it.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`; nothing is committed here.
        parcel: the document, complete and consistent.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not take it.
    """
    before = documents.row_in(connection, parcel.document.document)
    keeps_row = False
    cited: list[str] = []
    if before is not None:
        old = catalogue.read_parcel(connection, before)
        cited = [citation.address for note in old.notes for citation in note.citations if citation.address]
        keeps_row = _entry(old) == _entry(parcel)
        if not keeps_row:
            index.remove(connection, before, comes_back=True)
        documents.take_out(connection, before)
    row_id = documents.add_document(connection, parcel, row_id=before if keeps_row else None)
    if not keeps_row:
        index.add(connection, row_id, parcel.document, parcel.passages, parcel.notes)
    documents.forget_uncited(connection, cited)


def _entry(parcel: ParcelDocument) -> tuple[dict[str, str], list[str]]:
    columns, forms = entry_of(parcel.document, parcel.passages, parcel.notes)
    return columns, sorted(forms)
