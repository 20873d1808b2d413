"""Collections: named sets of documents, over all volumes of an archive.

A document is named by its digest, since it may stand in a volume that is closed for good. What a newer volume says of a collection or of a document in it
counts before what an older one says; taken out is a row that says so only where an older volume says otherwise, so that in an archive of one
volume nothing stays of a name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from archive.errors import CollectionNotFound, CollectionUnnamed
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import collection_documents, collections, documents

LONGEST_NAME = 200
_AT_ONCE = 500


def checked_name(name: str) -> str:
    """A name as it is kept: NFC, single spaces, none at its ends.

    Raises:
        CollectionUnnamed: nothing is left, or too much, or characters that cannot be seen.
    """
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(plain) <= LONGEST_NAME or any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co"} for each in plain):
        raise CollectionUnnamed
    return plain


def members(connections: Sequence[Connection]) -> dict[str, set[str]]:
    """Every collection with the digests of its documents, in the order of names.

    Args:
        connections: to all volumes, oldest first.
    """
    kept: dict[str, set[str]] = {}
    for connection in connections:
        for name, is_kept in connection.execute(select(collections.c.name, collections.c.is_kept)).fetchall():
            kept.setdefault(name, set())
            if not is_kept:
                del kept[name]
        columns = collection_documents.c
        for name, digest, is_in in connection.execute(select(columns.collection, columns.document, columns.is_in)).fetchall():
            if name in kept:
                (kept[name].add if is_in else kept[name].discard)(digest)
    return {name: kept[name] for name in sorted(kept, key=lambda each: (each.casefold(), each))}


def read(folder: ArchiveFolder) -> dict[str, set[str]]:
    """Every collection of an archive with the digests of its documents, in the order of names."""
    with ExitStack() as stack:
        return members([stack.enter_context(volume.look()) for volume in folder.volumes])


def counts(folder: ArchiveFolder, *, holding: str | None = None) -> dict[str, int]:
    """Every collection (or those that hold a document) with how many of its documents are here, in the order of names."""
    with ExitStack() as stack:
        connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
        return {
            name: _here(connections, digests)
            for name, digests in members(connections).items()
            if holding is None or holding in digests
        }


def _here(connections: Sequence[Connection], digests: set[str]) -> int:
    here: set[str] = set()
    ordered = sorted(digests)
    for connection in connections:
        for start in range(0, len(ordered), _AT_ONCE):
            among = documents.c.digest.in_(ordered[start : start + _AT_ONCE])
            here.update(connection.execute(select(documents.c.digest).where(among)).scalars())
    return len(here)


def names_of(folder: ArchiveFolder, digest: str) -> tuple[str, ...]:
    """The names of the collections that a document is in."""
    return tuple(name for name, digests in read(folder).items() if digest in digests)


def make(folder: ArchiveFolder, name: str) -> None:
    """Make an empty collection; one that is there stays as it is.

    Raises:
        CollectionUnnamed: see :func:`checked_name`.
        MachineError: nothing was changed.
    """
    plain = checked_name(name)
    if plain not in read(folder):
        with folder.writing() as connection:
            put(connection, plain, ())


def put(connection: Connection, name: str, digests: Iterable[str]) -> None:
    """Put documents into a collection, in the transaction of ``connection``; it is made if it is not there.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`.
        name: as :func:`checked_name` gives it.
        digests: whole identifiers of documents.
    """
    made = insert(collections).values(name=name, is_kept=1)
    connection.execute(made.on_conflict_do_update(index_elements=["name"], set_={"is_kept": 1}))
    rows = [{"collection": name, "document": digest, "is_in": 1} for digest in dict.fromkeys(digests)]
    if rows:
        statement = insert(collection_documents)
        connection.execute(statement.on_conflict_do_update(index_elements=["collection", "document"], set_={"is_in": 1}), rows)


def collect(folder: ArchiveFolder, name: str, digests: Sequence[str]) -> int:
    """Put documents into a collection; gives how many were not in it before.

    Raises:
        CollectionUnnamed, MachineError: nothing was changed.
    """
    plain = checked_name(name)
    here = read(folder)
    new = [digest for digest in dict.fromkeys(digests) if digest not in here.get(plain, ())]
    if new or plain not in here:
        with folder.writing() as connection:
            put(connection, plain, new)
    return len(new)


def uncollect(folder: ArchiveFolder, name: str, digests: Sequence[str]) -> int:
    """Take documents out of a collection; gives how many were in it before.

    Raises:
        CollectionNotFound, MachineError: nothing was changed.
    """
    plain, here = _known(folder, name)
    gone = [digest for digest in dict.fromkeys(digests) if digest in here]
    if gone:
        with folder.writing() as connection:
            _take_out(folder, connection, plain, gone)
    return len(gone)


def rename(folder: ArchiveFolder, name: str, to: str) -> None:
    """Give a collection another name; where that one is taken, the two become one.

    Raises:
        CollectionNotFound, CollectionUnnamed, MachineError: nothing was changed.
    """
    new = checked_name(to)
    plain, here = _known(folder, name)
    if new != plain:
        with folder.writing() as connection:
            put(connection, new, sorted(here))
            _forget(folder, connection, plain, here)


def remove(folder: ArchiveFolder, name: str) -> None:
    """Let go of a collection; its documents stay.

    Raises:
        CollectionNotFound, MachineError: nothing was changed.
    """
    plain, here = _known(folder, name)
    with folder.writing() as connection:
        _forget(folder, connection, plain, here)


def _known(folder: ArchiveFolder, name: str) -> tuple[str, set[str]]:
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    here = read(folder).get(plain)
    if here is None:
        raise CollectionNotFound
    return plain, here


def _forget(folder: ArchiveFolder, connection: Connection, name: str, digests: Iterable[str]) -> None:
    _take_out(folder, connection, name, digests)
    here = collections.c.name == name
    if _is_older(folder, name):
        connection.execute(collections.update().where(here).values(is_kept=0))
    else:
        connection.execute(delete(collections).where(here))


def _take_out(folder: ArchiveFolder, connection: Connection, name: str, digests: Iterable[str]) -> None:
    put(connection, name, ())
    columns = collection_documents.c
    is_older = _is_older(folder, name)
    for digest in digests:
        connection.execute(delete(collection_documents).where((columns.collection == name) & (columns.document == digest)))
        if is_older:
            connection.execute(insert(collection_documents).values(collection=name, document=digest, is_in=0))


def _is_older(folder: ArchiveFolder, name: str) -> bool:
    """Whether a volume before the newest knows the collection."""
    for volume in folder.volumes[:-1]:
        with volume.look() as connection:
            if connection.execute(select(collections.c.name).where(collections.c.name == name)).first() is not None:
                return True
    return False
