"""The notes that cite a source, with what they say of it: what its captures are compared with."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import bindparam, select

from archive.address import place_of
from archive.model.footnote import Note
from archive.storage import rows
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import citations, documents, notes, passages, sources

_MOST_NOTES = 500

_WANTED = (
    select(citations.c.document, citations.c.note)
    .join(sources, sources.c.address == citations.c.source)
    .where(sources.c.place == bindparam("place"))
    .distinct()
    .order_by(citations.c.document, citations.c.note)
    .limit(_MOST_NOTES)
    .subquery()
)
_NOTES = (
    select(notes, documents.c.digest, passages.c.text.label("said"))
    .join(_WANTED, (notes.c.document == _WANTED.c.document) & (notes.c.n == _WANTED.c.note))
    .join(documents, documents.c.id == notes.c.document)
    .join(passages, (passages.c.document == notes.c.document) & (passages.c.n == notes.c.passage), isouter=True)
    .order_by(notes.c.document, notes.c.n)
)
_CITATIONS = (
    select(citations)
    .join(_WANTED, (citations.c.document == _WANTED.c.document) & (citations.c.note == _WANTED.c.note))
    .order_by(citations.c.n)
)


def notes_citing(folder: ArchiveFolder, address: str) -> tuple[tuple[str, Note], ...]:
    """The notes that cite the place of an address in any spelling, each with the identifier of its document, in the order of documents and notes.

    Not more than 500: what so many notes quote tells nothing more. Where a document stands in several volumes, the newest has it.
    """
    found: dict[tuple[str, int], Note] = {}
    place = {"place": place_of(address)}
    for volume in folder.volumes:
        with volume.look() as connection:
            stored = connection.execute(_NOTES, place).mappings().all()
            told: defaultdict[tuple[int, int], list[rows.Stored]] = defaultdict(list)
            for row in connection.execute(_CITATIONS, place).mappings() if stored else ():
                told[row["document"], row["note"]].append(row)
        for row in stored:
            text = row["said"] if row["text"] is None else row["text"]
            found[row["digest"], row["n"]] = rows.note_of(row, text or "", told[row["document"], row["n"]])
    return tuple((digest, note) for (digest, _), note in found.items())
