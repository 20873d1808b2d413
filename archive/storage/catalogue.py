"""What an archive holds, read over all its volumes.

What stands in several volumes is one in every answer. A document is the same wherever it stands. A source is saved if any volume
says so, else partly saved if any says so, else what the newest volume says that knows more than that it waits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, true

from archive.errors import ArchiveDamaged, DocumentAmbiguous, DocumentNotFound, SourceNotFound
from archive.model.document import Document, DocumentEntry, Passage, Role
from archive.model.footnote import Note
from archive.model.sharing import ParcelDocument
from archive.model.source import Capture, Exchange, Place, Source, SourceState
from archive.storage import rows, tables
from archive.storage.database import Volume
from archive.storage.documents import read_whole
from archive.storage.folder import ArchiveFolder
from archive.storage.objects import read_object
from archive.storage.sources import read_exchanges
from archive.storage.tables import captures, citations, documents

_BEGINNING = re.compile(r"[0-9a-f]{1,64}")
_AT_ONCE = 500
_SHOWN = 16


class FoundDocument(msgspec.Struct, frozen=True):
    """Where a document stands: its volume, its row there, and itself."""

    volume: Volume
    row_id: int
    document: Document


def entries(folder: ArchiveFolder, role: Role | None = None) -> tuple[DocumentEntry, ...]:
    """Every document, or those of one role, in the order in which they came in, with the states of what each cites.

    A source that a document cites several times counts once; citations without an address count under NO_ADDRESS, each.
    """
    wanted = true() if role is None else documents.c.role == role.value
    found: dict[str, DocumentEntry] = {}
    truer = _truer_states(folder)
    for volume in folder.volumes:
        with volume.look() as connection:
            counts = _state_counts(connection, truer)
            for row in connection.execute(select(documents).where(wanted).order_by(documents.c.id)).mappings():
                document = rows.document_of(row)
                states = {state: count for state, count in counts[row["id"]].items() if count}
                found.setdefault(document.document, DocumentEntry(document=document, sources=states))
    return tuple(found.values())


def find(folder: ArchiveFolder, prefix: str) -> FoundDocument:
    """The document whose identifier begins with ``prefix``.

    Raises:
        DocumentNotFound: none does.
        DocumentAmbiguous: several do.
    """
    beginning = prefix.strip().lower()
    found: dict[str, FoundDocument] = {}
    if _BEGINNING.fullmatch(beginning):
        begins = documents.c.digest.between(beginning, beginning + "g")
        for volume in folder.volumes:
            with volume.look() as connection:
                for row in connection.execute(select(documents).where(begins).limit(_AT_ONCE)).mappings():
                    found.setdefault(row["digest"], FoundDocument(volume, row["id"], rows.document_of(row)))
    if not found:
        raise DocumentNotFound(document=prefix[:_SHOWN])
    if len(found) > 1:
        raise DocumentAmbiguous(document=prefix[:_SHOWN], count=len(found))
    return next(iter(found.values()))


def whole(folder: ArchiveFolder, digest: str) -> tuple[Document, tuple[Passage, ...], tuple[Note, ...]]:
    """A document with its passages in reading order and its notes in theirs, exactly as they were written.

    Raises:
        DocumentNotFound, DocumentAmbiguous: as :func:`find`.
        ArchiveDamaged: a row is not what was written.
    """
    found = find(folder, digest)
    with found.volume.look() as connection:
        return read_whole(connection, found.row_id)


def original(folder: ArchiveFolder, digest: str) -> bytes:
    """The bytes from which a document was read, re-hashed.

    Raises:
        DocumentNotFound, DocumentAmbiguous: as :func:`find`.
        ArchiveDamaged: they are not what was stored.
    """
    found = find(folder, digest)
    with found.volume.look() as connection:
        return read_object(connection, found.document.document)


def sources(folder: ArchiveFolder, state: SourceState | None = None) -> tuple[Source, ...]:
    """Every source, or those in one state, in the order in which the documents cite them; those that none cites come last."""
    return tuple(source for source in _gather(folder, None) if state is None or source.state is state)


def source(folder: ArchiveFolder, address: str) -> Source:
    """The source of this address.

    Raises:
        SourceNotFound: no volume knows it.
    """
    for found in _gather(folder, [address]):
        return found
    raise SourceNotFound(address=address)


def exchanges(folder: ArchiveFolder, capture: str) -> tuple[Exchange, ...]:
    """The exchanges of a capture in the order made, bodies re-hashed; none where the archive has no such capture.

    Raises:
        ArchiveDamaged: a body is not what was stored.
    """
    for volume in folder.volumes:
        with volume.look() as connection:
            if found := read_exchanges(connection, capture):
                return found
    return ()


def capture(folder: ArchiveFolder, name: str) -> Capture | None:
    """The capture of this name, or None where the archive has none.

    Raises:
        ArchiveDamaged: its row is not what was stored.
    """
    for volume in folder.volumes:
        with volume.look() as connection:
            row = connection.execute(select(captures).where(captures.c.capture == name)).mappings().first()
            if row is not None and not rows.is_sealed(row):
                raise ArchiveDamaged(where=volume.name)
            if row is not None:
                return rows.capture_of(row)
    return None


def parcel(folder: ArchiveFolder, digest: str) -> ParcelDocument:
    """A document with everything that is its own.

    Raises:
        DocumentNotFound, DocumentAmbiguous: as :func:`find`.
        ArchiveDamaged: it or its original is not what was stored.
    """
    found = find(folder, digest)
    with found.volume.look() as connection:
        return read_parcel(connection, found.row_id)


def read_parcel(connection: Connection, row_id: int) -> ParcelDocument:
    """The document of a row of a volume with everything that is its own; the row must be there.

    Raises:
        ArchiveDamaged: it or its original is not what was stored.
    """
    document, body, footnotes = read_whole(connection, row_id)
    return ParcelDocument(document=document, passages=body, notes=footnotes, original=read_object(connection, document.document))


def cited_at(folder: ArchiveFolder, digests: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    """For each of these source documents, the notes that cite it: whose source has a capture with this text.

    Args:
        folder: the archive.
        digests: whole identifiers of documents.

    Returns:
        Every digest given, with its places in the order of documents and notes; empty for one that nothing cites.
    """
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for volume in folder.volumes:
        with volume.look() as connection:
            for part in _parts(digests):
                for row in connection.execute(
                    select(captures.c.document, captures.c.source).where(captures.c.document.in_(part))
                ):
                    addresses[row.source].add(row.document)
    found: dict[str, dict[tuple[str, str], Place]] = {digest: {} for digest in digests}
    for address, place in _places(folder, list(addresses)):
        for digest in addresses[address]:
            found[digest].setdefault((place.document, place.label), place)
    return {digest: tuple(places.values()) for digest, places in found.items()}


def addresses_of(connections: Sequence[Connection], digests: Sequence[str]) -> dict[str, str]:
    """For each of these documents that is the text of a source, the address of that source; of several the newest capture's.

    Args:
        connections: to all volumes.
        digests: whole identifiers of documents.
    """
    found: dict[str, str] = {}
    columns = captures.c
    for connection in connections:
        for part in _parts(digests):
            captured = select(columns.document, columns.source).where(columns.document.in_(part)).order_by(columns.taken_at)
            found.update({row.document: row.source for row in connection.execute(captured)})
    return found


def states(
    folder: ArchiveFolder, addresses: Sequence[str] | None = None
) -> dict[str, tuple[SourceState, str | None, dict[str, Any]]]:
    """State, error and facts of sources (all, or those of these addresses that are known), over all volumes."""
    found: dict[str, tuple[SourceState, str | None, dict[str, Any]]] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            for wanted in _among(tables.sources.c.address, addresses):
                for row in connection.execute(select(tables.sources).where(wanted)).mappings():
                    said = rows.state_of(row)
                    known = found.get(row["address"])
                    if known is None or _WEIGHT.get(said[0], 1) >= _WEIGHT.get(known[0], 1):
                        found[row["address"]] = said
    return found


def truer_state(older: str, newer: str) -> str:
    """Of what two volumes say of a source, what counts; values of :class:`~archive.model.source.SourceState`."""
    weights = [_WEIGHT.get(SourceState(state), 1) for state in (older, newer)]
    return newer if weights[1] >= weights[0] else older


# What a volume says of a source; a newer volume's word counts where the weight is the same.
_WEIGHT = {SourceState.SAVED: 3, SourceState.PARTIAL: 2, SourceState.WAITING: 0}


def _gather(folder: ArchiveFolder, addresses: Sequence[str] | None) -> Iterator[Source]:
    known = states(folder, addresses)
    places: defaultdict[str, dict[tuple[str, str], Place]] = defaultdict(dict)
    for address, place in _places(folder, addresses):
        places[address].setdefault((place.document, place.label), place)
    kept: defaultdict[str, dict[str, Capture]] = defaultdict(dict)
    for volume in folder.volumes:
        with volume.look() as connection:
            for wanted in _among(captures.c.source, addresses):
                for row in connection.execute(select(captures).where(wanted)).mappings():
                    kept[row["source"]].setdefault(row["capture"], rows.capture_of(row))
    for address in dict.fromkeys([*places, *known]):
        if address in known:
            state, error, facts = known[address]
            newest_first = sorted(kept[address].values(), key=lambda capture: (capture.taken_at, capture.capture), reverse=True)
            yield Source(
                address=address,
                state=state,
                cited_at=tuple(places[address].values()),
                captures=tuple(newest_first),
                error=error,
                facts=facts,
            )


def _places(folder: ArchiveFolder, addresses: Sequence[str] | None) -> list[tuple[str, Place]]:
    """(address, note that cites it) in the order of volumes, documents and notes."""
    in_note = (tables.notes.c.document == citations.c.document) & (tables.notes.c.n == citations.c.note)
    cited = (
        select(citations.c.source, documents.c.digest, documents.c.title, tables.notes.c.label, documents.c.id, tables.notes.c.n)
        .join(documents, documents.c.id == citations.c.document)
        .join(tables.notes, in_note)
        .where(citations.c.source.is_not(None))
        .order_by(documents.c.id, citations.c.n)
    )
    found: list[tuple[str, Place]] = []
    for volume in folder.volumes:
        with volume.look() as connection:
            for wanted in _among(citations.c.source, addresses):
                found += [
                    (row.source, Place(row.digest, row.label, row.title)) for row in connection.execute(cited.where(wanted))
                ]
    return found


def _truer_states(folder: ArchiveFolder) -> dict[str, SourceState]:
    """The states of sources that several volumes know."""
    if len(folder.volumes) == 1:
        return {}
    return {address: state for address, (state, _, _) in states(folder).items()}


def _state_counts(connection: Connection, truer: dict[str, SourceState]) -> defaultdict[int, dict[str, int]]:
    """By document row: how many of its sources are in which state."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    distinct = select(citations.c.document, citations.c.source).where(citations.c.source.is_not(None)).distinct().subquery()
    by_state = (
        select(distinct.c.document, tables.sources.c.state, func.count().label("total"))
        .join(tables.sources, tables.sources.c.address == distinct.c.source)
        .group_by(distinct.c.document, tables.sources.c.state)
    )
    for row in connection.execute(by_state):
        counts[row.document][row.state] = row.total
    nowhere = (
        select(citations.c.document, func.count().label("total"))
        .where(citations.c.source.is_(None))
        .group_by(citations.c.document)
    )
    for row in connection.execute(nowhere):
        counts[row.document][SourceState.NO_ADDRESS.value] = row.total
    known = connection.execute(select(tables.sources.c.address, tables.sources.c.state)) if truer else ()
    differing = {row.address: (row.state, truer[row.address].value) for row in known if truer[row.address].value != row.state}
    for part in _parts(list(differing)):
        for row in connection.execute(select(distinct).where(distinct.c.source.in_(part))):
            here, overall = differing[row.source]
            counts[row.document][here] -= 1
            counts[row.document][overall] = counts[row.document].get(overall, 0) + 1
    return counts


def _among(column: ColumnElement[Any], values: Sequence[str] | None) -> Iterator[ColumnElement[bool]]:
    """Conditions that together take the rows whose column is one of ``values``; None takes every row."""
    if values is None:
        yield true()
        return
    for part in _parts(values):
        yield column.in_(part)


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
