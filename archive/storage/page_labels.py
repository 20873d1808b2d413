"""What a document's pages are called, where that is not their number: ``xii``, ``A-3``."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from archive.errors import ArchiveDamaged
from archive.storage import rows
from archive.storage.tables import page_labels

_LABELS = msgspec.json.Decoder(tuple[str, ...])


def add_page_labels(connection: Connection, row_id: int, digest: str, labels: Sequence[str]) -> None:
    """Write what the pages of a document are called, with a seal of its own; nothing where they have numbers only.

    Args:
        connection: the volume's writer.
        row_id: the document's row.
        digest: the document's identifier: the seal binds the two.
        labels: of its pages from the first on, ``""`` for one that has its number only.
    """
    if labels:
        written = msgspec.json.encode(list(labels)).decode()
        connection.execute(page_labels.insert().values(document=row_id, labels=written, seal=_seal(digest, written)))


def read_page_labels(connection: Connection, row_id: int, digest: str) -> tuple[str, ...]:
    """What the pages of a document are called, as :func:`add_page_labels` was given it; empty where they have numbers only.

    Raises:
        ArchiveDamaged: it is not what was written.
    """
    columns = page_labels.c
    row = connection.execute(select(columns.labels, columns.seal).where(columns.document == row_id)).first()
    if row is None:
        return ()
    damaged = ArchiveDamaged(where=connection.info["volume"])
    if _seal(digest, row.labels) != row.seal:
        raise damaged
    try:
        return _LABELS.decode(row.labels)
    except msgspec.MsgspecError as error:
        raise damaged from error


def _seal(digest: str, written: str) -> str:
    return rows.seal_of([{"document": digest, "labels": written}])
