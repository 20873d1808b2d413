"""Documents into a volume, with their passages, markers, notes and citations, and out of it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from archive.errors import ArchiveDamaged
from archive.model.document import Document, Passage, Role
from archive.model.footnote import Note
from archive.model.sharing import ParcelDocument
from archive.model.source import SourceState
from archive.storage import rows
from archive.storage.corrections import add_corrections
from archive.storage.folder import ArchiveFolder
from archive.storage.geometry import add_geometry
from archive.storage.objects import put_object
from archive.storage.page_labels import add_page_labels
from archive.storage.tables import (
    captures,
    citations,
    corrections,
    documents,
    geometry,
    markers,
    notes,
    page_labels,
    passages,
    sources,
    uncorrected,
)
from archive.values import digest_of

_AFTER_ALL = 1 << 62


def has_document(folder: ArchiveFolder, digest: str) -> bool:
    """Whether any volume holds the document of this identifier (all 64 digits)."""
    for volume in folder.volumes:
        with volume.look() as connection:
            if row_in(connection, digest) is not None:
                return True
    return False


def find_report(folder: ArchiveFolder, digest: str, *, writing: Connection | None = None) -> tuple[Document, int] | None:
    """The report of this identifier (all 64 digits), from whichever volume, and how many addresses its notes cite; None where there is none.

    Args:
        folder: the archive.
        digest: of the document.
        writing: of :meth:`~archive.storage.folder.ArchiveFolder.writing`: what was written on it counts too.
    """
    found = None if writing is None else report_in(writing, digest)
    if found is not None:
        return found
    for volume in folder.volumes:
        if writing is not None and volume.name == writing.info["volume"]:
            continue
        with volume.look() as connection:
            found = report_in(connection, digest)
        if found is not None:
            return found
    return None


def report_in(connection: Connection, digest: str) -> tuple[Document, int] | None:
    """The same of one volume."""
    if row_in(connection, digest) is None:
        return None
    is_it = (documents.c.digest == digest) & (documents.c.role == Role.REPORT.value)
    row = connection.execute(select(documents).where(is_it)).mappings().first()
    if row is None:
        return None
    cited = select(func.count(citations.c.source.distinct())).where(citations.c.document == row["id"])
    return rows.document_of(row), int(connection.execute(cited).scalar_one())


def row_in(connection: Connection, digest: str) -> int | None:
    """The row of a document in one volume, whatever its role; None where it does not stand there."""
    # Asked twice or more for every file that comes in; written out, it takes a quarter of the time.
    row = connection.exec_driver_sql("SELECT id FROM documents WHERE digest = ?", (digest,)).first()
    return None if row is None else int(row[0])


def take_out(connection: Connection, row_id: int) -> None:
    """Delete a document's rows; its original and the sources that it cites stay. Take it out of the index first."""
    for table in (citations, notes, markers, passages, geometry, page_labels, corrections, uncorrected):
        connection.execute(table.delete().where(table.c.document == row_id))
    connection.execute(documents.delete().where(documents.c.id == row_id))


def forget_uncited(connection: Connection, addresses: Sequence[str]) -> None:
    """Take out those of these sources that only waited, and that no note of the volume cites any more."""
    for address in addresses:
        is_cited = select(citations.c.n).where(citations.c.source == address)
        is_captured = select(captures.c.capture).where(captures.c.source == address)
        row = (sources.c.address == address) & (sources.c.state == SourceState.WAITING.value)
        connection.execute(sources.delete().where(row, ~is_cited.exists(), ~is_captured.exists()))


def add_document(connection: Connection, parcel: ParcelDocument, *, row_id: int | None = None) -> int:
    """Write a document that the archive does not have, its original, and a waiting source for each address it cites that the
    volume does not know.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`; index the document on it before the block ends.
        parcel: the document, complete and consistent.
        row_id: the row that it shall have, where it had it before.

    Returns:
        Its row in the volume, by which the index knows it.

    Raises:
        ValueError: the original is not what its name says, or the parcel's counts are not its own (a bug of the caller).
    """
    document = parcel.document
    if digest_of(parcel.original) != document.document or document.size_bytes != len(parcel.original):
        raise ValueError("the original is not what its name says")
    if (document.passages, document.notes) != (len(parcel.passages), len(parcel.notes)):
        raise ValueError("the counts are not the parcel's own")
    put_object(connection, parcel.original)
    tables = _rows_of(parcel)
    about, *parts = tables
    stored = about[0] | {"seal": rows.seal_of(*tables)}
    if row_id is None:
        row_id = int(connection.exec_driver_sql(rows.insertion(documents), stored).lastrowid)
    else:
        connection.execute(documents.insert().values(stored | {"id": row_id}))
    add_waiting(connection, [row["source"] for row in parts[-1] if row["source"] is not None])
    for table, part in zip((passages, markers, notes, citations), parts, strict=True):
        if part:
            connection.exec_driver_sql(rows.insertion(table), [{"document": row_id} | row for row in part])
    add_geometry(connection, row_id, document.document, parcel.geometry)
    add_page_labels(connection, row_id, document.document, parcel.page_labels)
    add_corrections(connection, row_id, document.document, parcel.corrections, parcel.as_read)
    return row_id


def add_waiting(connection: Connection, addresses: Sequence[str]) -> None:
    """Make each of these addresses a waiting source of the volume, unless it is one already."""
    waiting = [rows.source_row(address, SourceState.WAITING, None, {}) for address in dict.fromkeys(addresses)]
    if waiting:
        statement = f"{rows.insertion(sources)} ON CONFLICT (address) DO NOTHING"
        connection.exec_driver_sql(statement, [row | {"seal": rows.seal_of([row])} for row in waiting])


def read_whole(connection: Connection, row_id: int) -> tuple[Document, tuple[Passage, ...], tuple[Note, ...]]:
    """A document with all its passages and notes, its seal checked; the row must be there.

    Raises:
        ArchiveDamaged: a row is not what was written.
    """
    found = connection.execute(select(documents).where(documents.c.id == row_id)).mappings().one()
    about = {name: value for name, value in found.items() if name not in {"id", "seal"}}
    parts: list[list[rows.Row]] = []
    for table in (passages, markers, notes, citations):
        stored = connection.execute(_part(table, row_id).order_by(*table.primary_key.columns)).mappings()
        parts.append([{name: value for name, value in row.items() if name != "document"} for row in stored])
    if rows.seal_of([about], *parts) != found["seal"]:
        raise ArchiveDamaged(where=connection.info["volume"])
    marks, cited = _grouped(parts[1], "passage"), _grouped(parts[3], "note")
    texts = {row["n"]: row["text"] for row in parts[0]}
    if any(row["text"] is None and row["passage"] not in texts for row in parts[2]):
        raise rows.UnreadableRow
    return (
        rows.document_of(found),
        tuple(rows.passage_of(row, marks[row["n"]]) for row in parts[0]),
        tuple(
            rows.note_of(row, texts[row["passage"]] if row["text"] is None else row["text"], cited[row["n"]]) for row in parts[2]
        ),
    )


def _grouped(found: Iterable[rows.Stored], by: str) -> defaultdict[int, list[rows.Stored]]:
    groups: defaultdict[int, list[rows.Stored]] = defaultdict(list)
    for row in found:
        groups[row[by]].append(row)
    return groups


def _part(table: Table, row_id: int) -> Select[Any]:
    return select(table).where(table.c.document == row_id)


def _rows_of(parcel: ParcelDocument) -> list[list[rows.Row]]:
    return [
        [rows.document_row(parcel.document)],
        rows.passage_rows(parcel.passages),
        rows.marker_rows(parcel.passages),
        rows.note_rows(parcel.notes, parcel.passages),
        sorted(rows.citation_rows(parcel.notes), key=lambda row: int(row["n"])),
    ]
