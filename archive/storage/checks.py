"""Reading everything a volume holds, to see whether it is still what was written. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from archive.errors import ArchiveDamaged
from archive.model.sharing import ParcelCapture
from archive.storage import judging, rows, tables
from archive.storage.objects import read_object
from archive.storage.sources import read_exchanges

NOT_WHOLE = (ArchiveDamaged, rows.UnreadableRow)
"""What reading a changed row or object raises."""


def document_rows(connection: Connection) -> dict[int, str]:
    """Row and identifier of every document."""
    found = connection.execute(select(tables.documents.c.id, tables.documents.c.digest).order_by(tables.documents.c.id))
    return {row.id: row.digest for row in found}


def object_names(connection: Connection) -> list[str]:
    """The names of all objects."""
    return list(connection.execute(select(tables.objects.c.digest).order_by(tables.objects.c.id)).scalars())


def is_object_whole(connection: Connection, digest: str) -> bool:
    """Whether an object can be read and is what its name says."""
    try:
        read_object(connection, digest)
    except NOT_WHOLE:
        return False
    return True


def stray_chunks(connection: Connection) -> int:
    """How many chunks belong to no object."""
    known = select(tables.objects.c.id)
    count = select(func.count()).select_from(tables.chunks).where(tables.chunks.c.object.not_in(known))
    return int(connection.execute(count).scalar_one())


def damaged_sources(connection: Connection) -> Iterator[str]:
    """The addresses of sources whose rows are no longer what was written."""
    for row in connection.execute(select(tables.sources)).mappings():
        if not rows.is_sealed(row):
            yield row["address"]


def damaged_judgements(connection: Connection) -> Iterator[str]:
    """The captures of which a person's judgement is no longer what was written."""
    yield from judging.damaged(connection)


def stored_captures(connection: Connection) -> Iterator[tuple[str, ParcelCapture | None]]:
    """Every capture by name, with its exchanges; None where its rows are no longer what was written."""
    for row in connection.execute(select(tables.captures)).mappings().all():
        try:
            whole = ParcelCapture(capture=rows.capture_of(row), exchanges=read_exchanges(connection, row["capture"]))
        except NOT_WHOLE:
            yield row["capture"], None
        else:
            yield row["capture"], whole if rows.is_sealed(row) else None
