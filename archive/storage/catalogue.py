"""What an archive holds, read over all its volumes.

What stands in several volumes is one in every answer. A document is the same wherever it stands. A source is saved if any volume
says so, else partly saved if any says so, else what the newest volume says that knows more than that it waits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, true

from archive.address import place_of
from archive.errors import ArchiveDamaged, DocumentAmbiguous, DocumentNotFound, SourceNotFound
from archive.model.correction import Correction
from archive.model.document import Document, DocumentEntry, Passage, Role
from archive.model.footnote import Note
from archive.model.geometry import Placed
from archive.model.replay import CapturePart
from archive.model.sharing import ParcelDocument
from archive.model.source import Capture, Exchange, Place, Source, SourceState
from archive.storage import judging, rows, tables
from archive.storage.captured import with_judgement
from archive.storage.corrections import read_corrections
from archive.storage.database import Volume
from archive.storage.documents import read_whole
from archive.storage.folder import ArchiveFolder
from archive.storage.geometry import read_geometry
from archive.storage.objects import has_object, read_object
from archive.storage.page_labels import read_page_labels
from archive.storage.sources import read_exchanges, read_parts
from archive.storage.tables import captures, citations, documents

_BEGINNING = re.compile(r"[0-9a-f]{1,64}")
_AT_ONCE = 500
_SHOWN = 16
_Said = tuple[SourceState, str | None, dict[str, Any]]


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
    became_reports = _reports(folder) if role is Role.SOURCE and len(folder.volumes) > 1 else ()
    for volume in folder.volumes:
        with volume.look() as connection:
            counts = _state_counts(connection, truer)
            for row in connection.execute(select(documents).where(wanted).order_by(documents.c.id)).mappings():
                if row["digest"] in became_reports:
                    continue
                document = rows.document_of(row)
                states = {state: count for state, count in counts[row["id"]].items() if count}
                known = found.get(document.document)
                if known is None or _counts_before(document, known.document):
                    found[document.document] = DocumentEntry(document=document, sources=states)
    return tuple(found.values())


def _reports(folder: ArchiveFolder) -> set[str]:
    """The documents that some volume holds as a report, whatever another says."""
    found: set[str] = set()
    for volume in folder.volumes:
        with volume.look() as connection:
            found.update(connection.execute(select(documents.c.digest).where(documents.c.role == Role.REPORT.value)).scalars())
    return found


def _counts_before(newer: Document, older: Document) -> bool:
    """Whether a document in a newer volume takes the place of the same in an older one: it was corrected there, or became a report."""
    return newer.role is Role.REPORT or older.role is not Role.REPORT


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
                    one = FoundDocument(volume, row["id"], rows.document_of(row))
                    known = found.get(row["digest"])
                    if known is None or _counts_before(one.document, known.document):
                        found[row["digest"]] = one
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


def corrections(folder: ArchiveFolder, digest: str) -> tuple[Correction, ...]:
    """What was put right in the notes of a document, oldest first.

    Raises:
        DocumentNotFound, DocumentAmbiguous: as :func:`find`.
        ArchiveDamaged: it is not what was stored.
    """
    found = find(folder, digest)
    with found.volume.look() as connection:
        return read_corrections(connection, found.row_id, found.document.document)[0]


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


def parts(folder: ArchiveFolder, capture: str) -> tuple[CapturePart, ...]:
    """The exchanges of a capture in the order made, without their bodies; none where the archive has no such capture.

    Raises:
        ArchiveDamaged: they are not those that were kept.
    """
    for volume in folder.volumes:
        with volume.look() as connection:
            if found := read_parts(connection, capture):
                return found
    return ()


def body(folder: ArchiveFolder, digest: str) -> bytes:
    """The object of this name, re-hashed.

    Raises:
        ArchiveDamaged: it is nowhere, or not what was stored.
    """
    for volume in folder.volumes:
        with volume.look() as connection:
            if has_object(connection, digest):
                return read_object(connection, digest)
    raise ArchiveDamaged(where="objects")


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
                return with_judgement(rows.capture_of(row), judging.read(folder))
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
    made, as_read = read_corrections(connection, row_id, document.document)
    return ParcelDocument(
        document=document,
        passages=body,
        notes=footnotes,
        original=read_object(connection, document.document),
        geometry=read_geometry(connection, row_id, document.document),
        page_labels=read_page_labels(connection, row_id, document.document),
        corrections=made,
        as_read=as_read,
    )


def geometry(folder: ArchiveFolder, digest: str) -> tuple[Placed, ...]:
    """Where the words of a document stand on its pages, in the order of its passages; empty where it has none.

    Raises:
        DocumentNotFound, DocumentAmbiguous: as :func:`find`.
        ArchiveDamaged: it is not what was stored.
    """
    found = find(folder, digest)
    with found.volume.look() as connection:
        return read_geometry(connection, found.row_id, found.document.document)


def page_labels(folder: ArchiveFolder, digest: str) -> tuple[str, ...]:
    """What the pages of a document are called, from the first on, ``""`` for one that has its number only; empty where all have.

    Raises:
        DocumentNotFound, DocumentAmbiguous: as :func:`find`.
        ArchiveDamaged: it is not what was stored.
    """
    found = find(folder, digest)
    with found.volume.look() as connection:
        return read_page_labels(connection, found.row_id, found.document.document)


def cited_at(folder: ArchiveFolder, digests: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    """For each of these source documents, the notes that cite it: whose source has a capture with this text.

    Args:
        folder: the archive.
        digests: whole identifiers of documents.

    Returns:
        Every digest given, with its places in the order of documents and notes; empty for one that nothing cites.
    """
    captured: defaultdict[str, set[str]] = defaultdict(set)
    for volume in folder.volumes:
        with volume.look() as connection:
            for part in _parts(digests):
                for row in connection.execute(
                    select(captures.c.document, captures.c.source).where(captures.c.document.in_(part))
                ):
                    captured[place_of(row.source)].add(row.document)
    found: dict[str, dict[tuple[str, str], Place]] = {digest: {} for digest in digests}
    for address, place in _places(folder, _spellings(folder, list(captured))):
        for digest in captured.get(place_of(address), ()):
            found[digest].setdefault((place.document, place.label), place)
    return {digest: tuple(places.values()) for digest, places in found.items()}


def states(folder: ArchiveFolder, addresses: Sequence[str] | None = None) -> dict[str, _Said]:
    """State, error and facts of addresses (all, or those of these that are known), over all volumes; each spelling for itself."""
    found: dict[str, _Said] = {}
    ruling = judging.ruling(folder) if len(folder.volumes) > 1 else {}
    for number, volume in enumerate(folder.volumes):
        with volume.look() as connection:
            for wanted in _among(tables.sources.c.address, addresses):
                for row in connection.execute(select(tables.sources).where(wanted)).mappings():
                    said = rows.state_of(row)
                    known = found.get(row["address"]) if number > ruling.get(row["address"], -1) else None
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
    wanted_places = None if addresses is None else {place_of(address) for address in addresses}
    asked = None if wanted_places is None else _spellings(folder, sorted(wanted_places))
    known = states(folder, asked)
    cited: defaultdict[str, dict[tuple[str, str], Place]] = defaultdict(dict)
    spellings: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for address, place in _places(folder, asked):
        cited[place_of(address)].setdefault((place.document, place.label), place)
        spellings[place_of(address)][address] = None
    for address in known:
        spellings[place_of(address)][address] = None
    kept: defaultdict[str, dict[str, Capture]] = defaultdict(dict)
    judged = judging.read(folder)
    for volume in folder.volumes:
        with volume.look() as connection:
            for wanted in _among(captures.c.source, asked):
                for row in connection.execute(select(captures).where(wanted)).mappings():
                    kept[place_of(row["source"])].setdefault(row["capture"], with_judgement(rows.capture_of(row), judged))
    for where, spelt in spellings.items():
        told = [address for address in spelt if address in known]
        if told and (wanted_places is None or where in wanted_places):
            yield _source(told, known, tuple(cited[where].values()), kept[where].values())


def _source(spelt: Sequence[str], known: dict[str, _Said], cited: tuple[Place, ...], kept: Iterable[Capture]) -> Source:
    """The source of one place from its spellings, those that are cited first."""
    best = max(
        spelt, key=lambda address: (_WEIGHT.get(known[address][0], 1), address.startswith("https:"), -spelt.index(address))
    )
    state, error, facts = known[best]
    return Source(
        address=best,
        also_spelt=tuple(address for address in spelt if address != best),
        state=state,
        cited_at=cited,
        captures=tuple(sorted(kept, key=lambda capture: (capture.taken_at, capture.capture), reverse=True)),
        error=error,
        facts=facts,
    )


def _spellings(folder: ArchiveFolder, places: Sequence[str]) -> list[str]:
    """The addresses of these places that any volume knows."""
    found: dict[str, None] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            for wanted in _among(tables.sources.c.place, places):
                found.update(dict.fromkeys(connection.execute(select(tables.sources.c.address).where(wanted)).scalars()))
    return list(found)


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
    found: list[tuple[int, str, Place]] = []
    for number, volume in enumerate(folder.volumes):
        with volume.look() as connection:
            for wanted in _among(citations.c.source, addresses):
                found += [
                    (number, row.source, Place(row.digest, row.label, row.title))
                    for row in connection.execute(cited.where(wanted))
                ]
    newest = _newest(folder, {place.document for _, _, place in found})
    return [(address, place) for number, address, place in found if number == newest.get(place.document, number)]


def _newest(folder: ArchiveFolder, digests: Collection[str]) -> dict[str, int]:
    """For each of these documents the number of the last volume in which it stands: there it was corrected, or became a report."""
    found: dict[str, int] = {}
    for number, volume in enumerate(folder.volumes if len(folder.volumes) > 1 else ()):
        with volume.look() as connection:
            for part in _parts(sorted(digests)):
                here = connection.execute(select(documents.c.digest).where(documents.c.digest.in_(part))).scalars()
                found.update(dict.fromkeys(here, number))
    return found


def _truer_states(folder: ArchiveFolder) -> dict[str, SourceState]:
    """By place: the state of the places that several volumes know or that have several spellings, where they differ."""
    found: defaultdict[str, set[SourceState]] = defaultdict(set)
    for volume in folder.volumes:
        with volume.look() as connection:
            for row in connection.execute(select(tables.sources.c.place, tables.sources.c.state).distinct()):
                found[row.place].add(SourceState(row.state))
    if all(len(said) == 1 for said in found.values()):
        return {}
    return {place_of(source.address): source.state for source in _gather(folder, None)}


def _state_counts(connection: Connection, truer: dict[str, SourceState]) -> defaultdict[int, dict[str, int]]:
    """By document row: how many of its sources are in which state."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    of_place = tables.sources.c
    distinct = (
        select(citations.c.document, of_place.place, func.max(of_place.state).label("state"))
        .join(tables.sources, of_place.address == citations.c.source)
        .group_by(citations.c.document, of_place.place)
    )
    if truer:
        for row in connection.execute(distinct):
            state = truer[row.place].value if row.place in truer else row.state
            counts[row.document][state] = counts[row.document].get(state, 0) + 1
    else:
        each = distinct.subquery()
        by_state = select(each.c.document, each.c.state, func.count().label("total")).group_by(each.c.document, each.c.state)
        for row in connection.execute(by_state):
            counts[row.document][row.state] = row.total
    nowhere = (
        select(citations.c.document, func.count().label("total"))
        .where(citations.c.source.is_(None))
        .group_by(citations.c.document)
    )
    for row in connection.execute(nowhere):
        counts[row.document][SourceState.NO_ADDRESS.value] = row.total
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
