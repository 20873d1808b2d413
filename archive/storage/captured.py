"""Captures over all volumes of an archive, by name, by address and by the document that holds their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack

import msgspec
from sqlalchemy import Connection, select

from archive.model.source import Capture, Verdict
from archive.storage import judging, rows
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import captures

_BEGINNING = re.compile(r"[0-9a-f]{1,64}")
_AT_ONCE = 500


def capture_names(folder: ArchiveFolder, beginning: str) -> tuple[str, ...]:
    """The names of all captures that begin so, each once; none where it is no beginning of a name."""
    if not _BEGINNING.fullmatch(beginning):
        return ()
    found: dict[str, None] = {}
    begins = captures.c.capture.between(beginning, beginning + "g")
    for volume in folder.volumes:
        with volume.look() as connection:
            found.update(dict.fromkeys(connection.execute(select(captures.c.capture).where(begins).limit(_AT_ONCE)).scalars()))
    return tuple(found)


def captures_of(folder: ArchiveFolder, address: str) -> tuple[Capture, ...]:
    """The captures of one normalised address, each once; none where the archive has none.

    Raises:
        ArchiveDamaged: a row is not what was stored.
    """
    found: dict[str, Capture] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            for row in connection.execute(select(captures).where(captures.c.source == address)).mappings():
                found.setdefault(row["capture"], rows.capture_of(row))
    said = judging.read(folder) if found else {}
    return tuple(with_judgement(kept, said) for kept in found.values())


def with_judgement(kept: Capture, said: dict[str, Verdict | None]) -> Capture:
    """The capture with what a person said of it, where one did."""
    return msgspec.structs.replace(kept, judged=said[kept.capture]) if said.get(kept.capture) else kept


def addresses_of(connections: Sequence[Connection], digests: Sequence[str]) -> dict[str, str]:
    """For each of these documents that is the text of a source, the address of that source; of several the newest capture's.

    Args:
        connections: to all volumes.
        digests: whole identifiers of documents.
    """
    found: dict[str, str] = {}
    columns = captures.c
    for connection in connections:
        for part in (digests[start : start + _AT_ONCE] for start in range(0, len(digests), _AT_ONCE)):
            captured = select(columns.document, columns.source).where(columns.document.in_(part)).order_by(columns.taken_at)
            found.update({row.document: row.source for row in connection.execute(captured)})
    return found


def address_of(folder: ArchiveFolder, digest: str) -> str | None:
    """The address of the source whose text this document is; None where it is none."""
    with ExitStack() as stack:
        connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
        return addresses_of(connections, [digest]).get(digest)
