"""Objects: bytes in a volume, named by the SHA-256 of their content, cut into chunks, compressed where it pays, re-hashed when read."""

from __future__ import annotations

import zstandard
from sqlalchemy import Connection, select

from archive.errors import ArchiveDamaged
from archive.settings import StorageLimits
from archive.storage.tables import chunks, objects
from archive.values import digest_of

# Written out: asked for every file that comes in, and SQLAlchemy takes longer to say them than SQLite to do them.
_HAS = "SELECT id FROM objects WHERE digest = ?"
_PUT = "INSERT INTO objects (digest, size_bytes) VALUES (?, ?)"
_PUT_CHUNK = "INSERT INTO chunks (object, n, coding, data) VALUES (?, ?, ?, ?)"
_PAYS = 0.9
_LARGEST_CHUNK_BYTES = 64 * 1024 * 1024


def put_object(connection: Connection, data: bytes, *, chunk_bytes: int = StorageLimits().chunk_bytes) -> str:
    """Keep bytes, once.

    Args:
        connection: the volume's writer.
        data: any bytes, also none.
        chunk_bytes: how long a piece is before compression, at most 64 MiB.

    Returns:
        Their digest.
    """
    digest = digest_of(data)
    if has_object(connection, digest):
        return digest
    row_id = connection.exec_driver_sql(_PUT, (digest, len(data))).lastrowid
    for n, start in enumerate(range(0, len(data), chunk_bytes)):
        piece = data[start : start + chunk_bytes]
        packed = compress(piece)
        pays = len(packed) < _PAYS * len(piece)
        connection.exec_driver_sql(_PUT_CHUNK, (row_id, n, "zstd" if pays else "plain", packed if pays else piece))
    return digest


def has_object(connection: Connection, digest: str) -> bool:
    """Whether the volume holds an object of this name."""
    return connection.exec_driver_sql(_HAS, (digest,)).first() is not None


def read_object(connection: Connection, digest: str) -> bytes:
    """The bytes of that name, re-hashed.

    Raises:
        ArchiveDamaged: they are not there, or are not what their name says.
    """
    damaged = ArchiveDamaged(where=connection.info["volume"])
    row = connection.execute(select(objects.c.id, objects.c.size_bytes).where(objects.c.digest == digest)).one_or_none()
    if row is None:
        raise damaged
    pieces = [
        _unpack(chunk.coding, chunk.data, damaged)
        for chunk in connection.execute(
            select(chunks.c.coding, chunks.c.data).where(chunks.c.object == row.id).order_by(chunks.c.n)
        )
    ]
    data = b"".join(pieces)
    if len(data) != row.size_bytes or digest_of(data) != digest:
        raise damaged
    return data


def _unpack(coding: str, data: bytes, damaged: ArchiveDamaged) -> bytes:
    if coding == "plain":
        return data
    if coding != "zstd":
        raise damaged
    return decompress(data, damaged)


def compress(data: bytes, *, level: int = 3) -> bytes:
    """The bytes as one zstd frame that says how long its content is."""
    return zstandard.ZstdCompressor(level=level).compress(data)


def decompress(data: bytes, damaged: ArchiveDamaged) -> bytes:
    """The bytes of which :func:`compress` made a frame.

    Raises:
        ArchiveDamaged: it is no such frame, or of more than 64 MiB.
    """
    try:
        # A frame says how long its content is, and the library believes it: ask first.
        if not 0 <= zstandard.frame_content_size(data) <= _LARGEST_CHUNK_BYTES:
            raise damaged
        return zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        raise damaged from error
