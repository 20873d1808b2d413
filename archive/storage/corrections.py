"""What a person put right in a document, and the document as it was read before that."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from archive.errors import ArchiveDamaged
from archive.model.correction import AsRead, Correction
from archive.storage import rows
from archive.storage.objects import compress, decompress
from archive.storage.tables import corrections, uncorrected
from archive.values import digest_of

_CONTENT = msgspec.json.Decoder(Correction)
_AS_READ = msgspec.msgpack.Decoder(AsRead)


def add_corrections(connection: Connection, row_id: int, digest: str, made: Sequence[Correction], as_read: AsRead | None) -> None:
    """Write the corrections of a document that has none yet, and the document as it was read, each with its seal.

    Args:
        connection: the volume's writer.
        row_id: the document's row.
        digest: the document's identifier, to which the seals bind.
        made: in the order in which they were made.
        as_read: given where there are corrections.
    """
    if not made or as_read is None:
        return
    content = [msgspec.json.encode(one).decode() for one in made]
    connection.execute(
        corrections.insert(),
        [{"document": row_id, "n": n, "content": one, "seal": _seal(digest, n, one)} for n, one in enumerate(content)],
    )
    data = compress(msgspec.msgpack.encode(as_read), level=12)
    connection.execute(uncorrected.insert().values(document=row_id, data=data, seal=_seal(digest, -1, digest_of(data))))


def read_corrections(connection: Connection, row_id: int, digest: str) -> tuple[tuple[Correction, ...], AsRead | None]:
    """The corrections of a document in order, and the document as it was read; nothing and None where there are none.

    Raises:
        ArchiveDamaged: they are not what was written.
    """
    damaged = ArchiveDamaged(where=connection.info["volume"])
    found = connection.execute(select(corrections).where(corrections.c.document == row_id).order_by(corrections.c.n)).fetchall()
    before = connection.execute(select(uncorrected).where(uncorrected.c.document == row_id)).first()
    if (before is None) is not (not found) or [row.n for row in found] != list(range(len(found))):
        raise damaged
    if before is None:
        return (), None
    if (
        any(_seal(digest, row.n, row.content) != row.seal for row in found)
        or _seal(digest, -1, digest_of(before.data)) != before.seal
    ):
        raise damaged
    try:
        return tuple(_CONTENT.decode(row.content) for row in found), _AS_READ.decode(decompress(before.data, damaged))
    except msgspec.MsgspecError as error:
        raise damaged from error


def _seal(digest: str, n: int, content: str) -> str:
    return rows.seal_of([{"document": digest, "n": n, "content": content}])
