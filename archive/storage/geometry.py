"""Where words stand on pages, in few bytes: docs/formats/archive-1.md says how, number by number.

Each thing said of a piece of a line is a column of whole numbers; what changes little from line to line is written as the difference
from the line before. Places are rounded to a fifth of a point, which is less than a dot of the screen at twice the size of the page.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from sys import byteorder

import msgspec
from sqlalchemy import Connection, select

from archive.errors import ArchiveDamaged
from archive.model.geometry import Placed
from archive.model.reading import Box, Spot
from archive.storage import rows
from archive.storage.objects import compress, decompress
from archive.storage.tables import geometry
from archive.values import digest_of

_PER_POINT = 5
_FARTHEST_PT = 100_000
_COLUMNS = 9
_DIFFERENCES = frozenset({0, 3, 5, 6})


def add_geometry(connection: Connection, row_id: int, digest: str, placed: Sequence[Placed]) -> None:
    """Write where the words of a document stand, with a seal of its own; nothing where nothing is known.

    Args:
        connection: the volume's writer.
        row_id: the document's row.
        digest: the document's identifier: the seal binds the two.
        placed: in the order of the passages.
    """
    if placed:
        data = pack(placed)
        connection.execute(geometry.insert().values(document=row_id, data=data, seal=_seal(digest, data)))


def read_geometry(connection: Connection, row_id: int, digest: str) -> tuple[Placed, ...]:
    """Where the words of a document stand, as :func:`add_geometry` was given it but for the rounding; empty where it was given nothing.

    Raises:
        ArchiveDamaged: it is not what was written.
    """
    row = connection.execute(select(geometry.c.data, geometry.c.seal).where(geometry.c.document == row_id)).first()
    if row is None:
        return ()
    damaged = ArchiveDamaged(where=connection.info["volume"])
    if _seal(digest, row.data) != row.seal:
        raise damaged
    return unpack(row.data, damaged)


def pack(placed: Sequence[Placed]) -> bytes:
    """The columns, compressed."""
    columns: list[list[int]] = [[] for _ in range(_COLUMNS)]
    passage = end = 0
    for one in placed:
        box = [round(max(-_FARTHEST_PT, min(edge, _FARTHEST_PT)) * _PER_POINT) for edge in msgspec.structs.astuple(one.spot.box)]
        start = one.start - end if one.passage == passage and one.marker is None else one.start
        marker = 0 if one.marker is None else one.marker + 1
        numbers = (
            one.passage,
            start,
            one.end - one.start,
            one.spot.page,
            marker,
            box[0],
            box[1],
            box[2] - box[0],
            box[3] - box[1],
        )
        for column, number in zip(columns, numbers, strict=True):
            column.append(number)
        if one.marker is None:
            passage, end = one.passage, one.end
    written = bytearray()
    for place, column in enumerate(columns):
        numbers_of = list(map(sub, column, [0, *column])) if place in _DIFFERENCES else column
        plain = array("i", [number << 1 if number >= 0 else ~number << 1 | 1 for number in numbers_of])
        if byteorder == "big":
            plain.byteswap()
        raw = plain.tobytes()
        for byte in range(4):
            written += raw[byte::4]
    return compress(bytes(written), level=12)


def unpack(data: bytes, damaged: ArchiveDamaged) -> tuple[Placed, ...]:
    """What :func:`pack` was given.

    Raises:
        ArchiveDamaged: the bytes are none that it writes.
    """
    written = decompress(data, damaged)
    count, rest = divmod(len(written), 4 * _COLUMNS)
    if rest:
        raise damaged
    columns: list[list[int]] = []
    for place in range(_COLUMNS):
        raw = bytearray(4 * count)
        for byte in range(4):
            raw[byte::4] = written[(4 * place + byte) * count : (4 * place + byte + 1) * count]
        plain = array("i", bytes(raw))
        if byteorder == "big":
            plain.byteswap()
        numbers = [number >> 1 if not number & 1 else ~(number >> 1) for number in plain]
        columns.append(list(accumulate(numbers)) if place in _DIFFERENCES else numbers)
    found: list[Placed] = []
    last = end = 0
    for passage, start, length, page, marker, x, y, width, height in zip(*columns, strict=True):
        begin = start + end if passage == last and not marker else start
        edges = (edge / _PER_POINT for edge in (x, y, x + width, y + height))
        found.append(Placed(passage, begin, begin + length, Spot(page, Box(*edges)), marker - 1 if marker else None))
        if not marker:
            last, end = passage, begin + length
    return tuple(found)


def _seal(digest: str, data: bytes) -> str:
    return rows.seal_of([{"document": digest, "data": digest_of(data)}])
