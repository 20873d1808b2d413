"""Whether what notes quote of a source stands in its capture: compared when a capture is kept, and when a source is looked at."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from archive.address import place_of
from archive.errors import DocumentNotFound
from archive.model.document import Document, Passage
from archive.model.quoting import how_quoted, least, quotes_of
from archive.model.source import Place, Quoted, Source
from archive.storage import catalogue, quoting
from archive.storage.folder import ArchiveFolder


def quoted_in(folder: ArchiveFolder, address: str, document: Document, passages: Collection[Passage]) -> Quoted | None:
    """The least of what the notes that cite the place of an address quote and a text holds; None where none quotes anything."""
    return least(_by_note(folder, address, document, passages).values())


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
    judged = _by_note(folder, source.address, document, passages)

    def told(place: Place) -> Place:
        return msgspec.structs.replace(place, quoted=judged.get((place.document, place.label)))

    return msgspec.structs.replace(source, cited_at=tuple(map(told, source.cited_at)), quoted=least(judged.values()))


def _by_note(
    folder: ArchiveFolder, address: str, document: Document, passages: Collection[Passage]
) -> dict[tuple[str, str], Quoted | None]:
    """By document and label: what was found of what a note quotes."""
    place = place_of(address)
    quoted: list[tuple[tuple[str, str], tuple[str, ...]]] = []
    for cited_in, note in quoting.notes_citing(folder, address):
        of = {citation.address for citation in note.citations if citation.address and place_of(citation.address) == place}
        quoted.append(((cited_in, note.label), quotes_of(note, of=of)))
    if not any(quotes for _, quotes in quoted):
        return {}
    text = "\n".join((document.description.title, *(passage.text for passage in passages)))
    judged: dict[tuple[str, str], Quoted | None] = {}
    for where, quotes in quoted:
        judged[where] = least((judged.get(where), how_quoted(text, quotes)))
    return judged
