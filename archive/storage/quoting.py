"""The notes that cite a source, with what they say of it: what its captures are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from archive.model.footnote import Note
from archive.storage import rows
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import citations, documents, notes, passages

_MOST_NOTES = 500


def notes_citing(folder: ArchiveFolder, addresses: Sequence[str]) -> tuple[tuple[str, Note], ...]:
    """The notes that cite any of these addresses, each with the identifier of its document, in the order of documents and notes.

    Not more than 500: what so many notes quote tells nothing more. Where a document stands in several volumes, the newest has it.
    """
    found: dict[tuple[str, int], Note] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            cited = select(citations.c.document, citations.c.note).where(citations.c.source.in_(addresses)).distinct()
            wanted = cited.order_by(citations.c.document, citations.c.note).limit(_MOST_NOTES).subquery()
            on = (notes.c.document == wanted.c.document) & (notes.c.n == wanted.c.note)
            in_passage = (passages.c.document == notes.c.document) & (passages.c.n == notes.c.passage)
            asked = (
                select(notes, documents.c.digest, passages.c.text.label("said"))
                .join(wanted, on)
                .join(documents, documents.c.id == notes.c.document)
                .join(passages, in_passage, isouter=True)
                .order_by(notes.c.document, notes.c.n)
            )
            stored = connection.execute(asked).mappings().all()
            belong = (citations.c.document == wanted.c.document) & (citations.c.note == wanted.c.note)
            told: defaultdict[tuple[int, int], list[rows.Stored]] = defaultdict(list)
            for row in connection.execute(select(citations).join(wanted, belong).order_by(citations.c.n)).mappings():
                told[row["document"], row["note"]].append(row)
            for row in stored:
                text = row["said"] if row["text"] is None else row["text"]
                found[row["digest"], row["n"]] = rows.note_of(row, text or "", told[row["document"], row["n"]])
    return tuple((digest, note) for (digest, _), note in found.items())
