"""Archives with a few documents in our own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from archive.model.document import Description, Document, Format, Passage, PassageKind, Role
from archive.model.footnote import Citation, Note
from archive.model.sharing import ParcelDocument
from archive.search import deadline, index
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language, digest_of

Shelve = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    """An empty archive."""
    made = ArchiveFolder.create(tmp_path / "shelf.ibid", title="Shelf")
    yield made
    made.close()


@pytest.fixture
def shelve(folder: ArchiveFolder) -> Shelve:
    """Brings a document into the archive: its title, its paragraphs and its notes; gives its identifier."""

    def bring(
        title: str,
        *paragraphs: str,
        notes: Sequence[str] = (),
        role: Role = Role.REPORT,
        language: Language = Language.UNKNOWN,
        into: ArchiveFolder | None = None,
        **stated: object,
    ) -> str:
        parcel = parcel_of(title, paragraphs, notes, role=role, description=Description(title=title, language=language, **stated))
        with (into or folder).writing() as connection:
            row_id = add_document(connection, parcel)
            index.add(connection, row_id, parcel.document, parcel.passages, parcel.notes)
        return parcel.document.document

    return bring


def parcel_of(
    title: str, paragraphs: Sequence[str], notes: Sequence[str], *, role: Role, description: Description
) -> ParcelDocument:
    """A document whose first passage is its title, then the paragraphs, then the notes, labelled from 1."""
    original = "\n".join([title, *paragraphs, *notes, str(description)]).encode()
    body = [Passage(n=0, kind=PassageKind.HEADING, text=title, level=1, page=1)]
    body += [Passage(n=n, kind=PassageKind.PARAGRAPH, text=text, page=n) for n, text in enumerate(paragraphs, 1)]
    at_foot = [Passage(n=len(body) + n, kind=PassageKind.NOTE, text=text, page=1) for n, text in enumerate(notes)]
    made = tuple(
        Note(n=n, label=str(n + 1), text=passage.text, passage=passage.n, page=1, citations=_citations(n, passage.text))
        for n, passage in enumerate(at_foot)
    )
    document = Document(
        document=digest_of(original),
        role=role,
        format=Format.TEXT,
        description=description,
        size_bytes=len(original),
        passages=len(body) + len(at_foot),
        notes=len(made),
        markers=0,
        paired=0,
    )
    return ParcelDocument(document=document, passages=(*body, *at_foot), notes=made, original=original)


def _citations(note: int, text: str) -> tuple[Citation, ...]:
    address = next((word for word in text.split() if word.startswith("https://")), None)
    return (Citation(n=note, note=note, text=text, address=address),)


@pytest.fixture(autouse=True)
def _no_other_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question is cut short by what it costs, not by what else this machine is doing."""
    monkeypatch.setattr(deadline, "_LONGEST_WAIT", 1000)
