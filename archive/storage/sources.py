r"""Sources and captures into a volume.

The name of a capture is a digest over its exchanges, so the same capture has the same name in every archive: the SHA-256 of
``ibid-capture\x01`` and then, for each exchange in order, these fields, each as its length in bytes (8 bytes, big-endian) and itself in UTF-8:
address, method, status in decimal, reason, HTTP version, content coding, moment (ISO 8601, UTC, ``+00:00``), the number of request
headers in decimal, name and value of each, the number of answer headers, name and value of each, SHA-256 of the body in hexadecimal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from urllib.parse import urljoin

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from archive.address import normalise
from archive.errors import AddressRefused, ArchiveDamaged, Fact
from archive.model.replay import CapturePart
from archive.model.sharing import ParcelCapture
from archive.model.source import Exchange, SourceState
from archive.storage import rows
from archive.storage.documents import add_waiting
from archive.storage.objects import put_object, read_object
from archive.storage.tables import captures, exchanges, objects, sources
from archive.values import digest_of

_CAPTURE = b"ibid-capture\x01"


def capture_name(made: Sequence[Exchange]) -> str:
    """The name of the capture that these exchanges are, 64 hexadecimal digits."""
    return _name((exchange, digest_of(exchange.body)) for exchange in made)


def _name(made: Iterable[tuple[Exchange, str]]) -> str:
    hasher = hashlib.sha256(_CAPTURE)
    for exchange, digest in made:
        for field in _fields(exchange, digest):
            encoded = field.encode(errors="surrogatepass")
            hasher.update(len(encoded).to_bytes(8, "big") + encoded)
    return hasher.hexdigest()


def set_state(
    connection: Connection, address: str, state: SourceState, error: str | None = None, facts: Mapping[str, Fact] | None = None
) -> None:
    """Say what has become of a source; makes it known to the volume if it was not.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`.
        address: normalised.
        state: not NO_ADDRESS.
        error: the code of the error that is the reason, if one is.
        facts: that error's.
    """
    row = rows.source_row(address, state, error, dict(facts or {}))
    row["seal"] = rows.seal_of([row])
    statement = insert(sources).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["address"], set_=row))


def add_capture(connection: Connection, parcel: ParcelCapture) -> bool:
    """Write a capture with its exchanges and their bodies; its text is a document of its own.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`.
        parcel: the capture, under its own name.

    Returns:
        False where the volume had it already; then nothing was written.

    Raises:
        ValueError: the capture's name is not that of its exchanges (a bug of the caller).
    """
    capture = parcel.capture
    if capture_name(parcel.exchanges) != capture.capture:
        raise ValueError("the capture's name is not that of its exchanges")
    if connection.execute(select(captures.c.capture).where(captures.c.capture == capture.capture)).first() is not None:
        return False
    add_waiting(connection, [capture.address])
    row = rows.capture_row(capture)
    connection.execute(captures.insert().values(row | {"seal": rows.seal_of([row])}))
    stored = [rows.exchange_row(exchange, body=put_object(connection, exchange.body)) for exchange in parcel.exchanges]
    connection.execute(exchanges.insert(), [{"capture": capture.capture, "n": n} | one for n, one in enumerate(stored)])
    return True


def read_parts(connection: Connection, capture: str) -> tuple[CapturePart, ...]:
    """The exchanges of a capture of this volume in the order made, without their bodies; none where the volume has no such capture.

    Raises:
        ArchiveDamaged: they are not those that the capture's name is made of.
    """
    with_size = exchanges.join(objects, objects.c.digest == exchanges.c.body)
    wanted = select(exchanges, objects.c.size_bytes).select_from(with_size).where(exchanges.c.capture == capture)
    found = [
        (rows.exchange_of(row, b""), row["body"], row["size_bytes"])
        for row in connection.execute(wanted.order_by(exchanges.c.n)).mappings()
    ]
    if found and _name((exchange, digest) for exchange, digest, _ in found) != capture:
        raise ArchiveDamaged(where=connection.info["volume"])
    return tuple(
        CapturePart(
            address=exchange.address,
            status=exchange.status,
            media_type=exchange.media_type,
            size_bytes=size_bytes,
            digest=digest,
            fetched_at=exchange.fetched_at,
            method=exchange.method,
            charset=exchange.charset,
            leads_to=_joined(exchange.address, exchange.location),
        )
        for exchange, digest, size_bytes in found
    )


def read_exchanges(connection: Connection, capture: str) -> tuple[Exchange, ...]:
    """The exchanges of a capture of this volume in the order made, bodies re-hashed.

    Raises:
        ArchiveDamaged: a body is not what was stored.
    """
    found = connection.execute(select(exchanges).where(exchanges.c.capture == capture).order_by(exchanges.c.n)).mappings().all()
    return tuple(rows.exchange_of(row, read_object(connection, row["body"])) for row in found)


def _fields(exchange: Exchange, digest: str) -> Iterator[str]:
    yield from (exchange.address, exchange.method, str(exchange.status), exchange.reason, exchange.http_version, exchange.coding)
    yield exchange.fetched_at.astimezone(UTC).isoformat()
    for headers in (exchange.request_headers, exchange.answer_headers):
        yield str(len(headers))
        for name, value in headers:
            yield from (name, value)
    yield digest


def _joined(address: str, location: str) -> str:
    """Where a redirect leads, normalised; empty where it leads nowhere."""
    try:
        return normalise(urljoin(address, location)) if location else ""
    except (AddressRefused, ValueError):
        return ""
