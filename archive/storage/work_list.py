"""The sources of an archive with what decides when each is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from sqlalchemy import select

from archive.address import place_of
from archive.model.capturing import WorkEntry
from archive.model.source import Evidence, Source
from archive.storage import attempts, catalogue, tables
from archive.storage.attempts import Tried
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import citations, documents

_QUOTED_BEFORE = re.compile(r"\S+\s+\S+\s*[”»“\"][\s.,;:)\]]{0,3}$")
"""The end of a quotation of two words or more, right before a marker."""


class _Said(msgspec.Struct):
    """What notes say of one place, the first that says it."""

    title: str = ""
    accessed_on: str | None = None
    cited_on: str | None = None
    reported_on: str | None = None
    is_quoted: bool = False


def gather(folder: ArchiveFolder, digests: Collection[str] | None = None) -> tuple[WorkEntry, ...]:
    """Every source, or those that these documents cite, in the order of documents and notes.

    Args:
        folder: the archive.
        digests: whole identifiers of documents; None for all.

    Raises:
        ArchiveDamaged: a row is not what was written.
    """
    said, tried = _said_of(folder), attempts.read(folder)
    run, is_over = attempts.newest_run(folder)
    return tuple(
        _entry(source, said.get(place_of(source.address), _Said()), tried, run=0 if is_over else run)
        for source in catalogue.sources(folder)
        if digests is None or any(place.document in digests for place in source.cited_at)
    )


def _entry(source: Source, said: _Said, tried: dict[str, Tried], *, run: int) -> WorkEntry:
    met = [tried[address] for address in source.spellings if address in tried]
    kept = tuple(msgspec.structs.replace(capture, evidence=Evidence()) for capture in source.captures)
    return WorkEntry(
        source=msgspec.structs.replace(source, captures=kept),
        title=said.title,
        accessed_on=said.accessed_on,
        cited_on=said.cited_on,
        reported_on=said.reported_on,
        is_quoted=said.is_quoted,
        tries=sum(each.tries for each in met),
        fell_short=sum(each.fell_short for each in met),
        is_tried=run > 0 and any(each.run == run for each in met),
    )


def _said_of(folder: ArchiveFolder) -> dict[str, _Said]:
    found: defaultdict[str, _Said] = defaultdict(_Said)
    for row in _cited(folder):
        said = found[place_of(row.source)]
        said.title = said.title or row.title or ""
        said.accessed_on = said.accessed_on or row.accessed_on
        said.cited_on = said.cited_on or row.published_on
        said.reported_on = said.reported_on or row.reported_on
        said.is_quoted = said.is_quoted or _QUOTED_BEFORE.search(row.before) is not None
    return found


def _cited(folder: ArchiveFolder) -> Iterator[Any]:
    in_note = (tables.notes.c.document == citations.c.document) & (tables.notes.c.n == citations.c.note)
    wanted = (
        select(
            citations.c.source,
            citations.c.title,
            citations.c.accessed_on,
            citations.c.published_on,
            documents.c.published_on.label("reported_on"),
            tables.notes.c.before,
        )
        .join(documents, documents.c.id == citations.c.document)
        .join(tables.notes, in_note)
        .where(citations.c.source.is_not(None))
        .order_by(documents.c.id, citations.c.n)
    )
    for volume in folder.volumes:
        with volume.look() as connection:
            yield from connection.execute(wanted)
