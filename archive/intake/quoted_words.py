"""Whether what notes quote of a source stands in its capture: compared when a capture is kept, and when a source is looked at."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from archive.errors import DocumentNotFound
from archive.model.document import Passage
from archive.model.quoting import how_quoted, least, quotes_of
from archive.model.source import Place, Quoted, Source
from archive.storage import catalogue, quoting
from archive.storage.folder import ArchiveFolder


def quoted_in(folder: ArchiveFolder, addresses: Collection[str], text: str) -> Quoted | None:
    """The least of what the notes that cite these addresses quote and a text holds; None where none quotes anything."""
    return least(_by_note(folder, addresses, text).values())


def with_quoted(folder: ArchiveFolder, source: Source) -> Source:
    """The source with what its notes quote compared with its best capture: for each note that quotes something, and for all of them.

    Unchanged where no capture has a text.
    """
    best = next((capture for capture in source.captures if capture.document is not None), None)
    if best is None or best.document is None:
        return source
    try:
        document, passages, _ = catalogue.whole(folder, best.document)
    except DocumentNotFound:
        return source
    judged = _by_note(folder, source.spellings, text_of(passages, document.description.title))

    def told(place: Place) -> Place:
        return msgspec.structs.replace(place, quoted=judged.get((place.document, place.label)))

    return msgspec.structs.replace(source, cited_at=tuple(map(told, source.cited_at)), quoted=least(judged.values()))


def text_of(passages: Collection[Passage], title: str) -> str:
    """All that a captured page says, its title first."""
    return "\n".join((title, *(passage.text for passage in passages)))


def _by_note(folder: ArchiveFolder, addresses: Collection[str], text: str) -> dict[tuple[str, str], Quoted | None]:
    judged: dict[tuple[str, str], Quoted | None] = {}
    for document, note in quoting.notes_citing(folder, tuple(addresses)):
        one = how_quoted(text, quotes_of(note, of=addresses))
        judged[document, note.label] = least((judged.get((document, note.label)), one))
    return judged
