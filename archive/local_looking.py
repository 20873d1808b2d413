"""The part of the front desk where documents and sources are looked at, in this process."""

from __future__ import annotations

import threading

from archive import recognition
from archive.intake import recognise_document, showing_parts
from archive.intake.preparing import Readers
from archive.intake.quoted_words import with_quoted
from archive.looking import LookingDesk
from archive.model.correction import Correction
from archive.model.document import Document, DocumentEntry, OtherVersion, Passage, Role
from archive.model.footnote import Note
from archive.model.geometry import Placed
from archive.model.replay import CapturePart, ShownPart
from archive.model.source import Source, SourceState
from archive.progress import Job
from archive.storage import catalogue, versions
from archive.storage.folder import ArchiveFolder


class LocalLooking(LookingDesk):
    """What may be looked at in one open archive; a part of :class:`archive.front_desk.LocalDesk`.

    Args:
        folder: the open archive.
        readers: processes that alone see foreign bytes before they are understood.
    """

    def __init__(self, folder: ArchiveFolder, readers: Readers) -> None:
        self._folder = folder
        self._readers = readers
        self._last_parts: tuple[str, tuple[CapturePart, ...]] = ("", ())
        self._turn = threading.Lock()
        self._last: tuple[Document, tuple[Passage, ...], tuple[Note, ...]] | None = None

    def documents(self, *, role: Role | None = None) -> tuple[DocumentEntry, ...]:
        """Every document, or those of one role, in the order in which they came in."""
        return catalogue.entries(self._folder, role=role)

    def document(self, prefix: str) -> Document:
        """The document whose identifier begins with ``prefix``.

        Raises:
            DocumentNotFound, DocumentAmbiguous: none does, or several.
        """
        return catalogue.find(self._folder, prefix).document

    def passages(self, document: str, *, first: int = 0, count: int | None = None) -> tuple[Passage, ...]:
        """The passages of a document in reading order, from the ``first`` on, ``count`` of them at most.

        Raises:
            ArchiveDamaged: the document is not what was written; none of it is given.
        """
        _, passages, _ = self._whole(document)
        return passages[first:] if count is None else passages[first : first + count]

    def notes(self, document: str) -> tuple[Note, ...]:
        """The notes of a document in their order, with their citations."""
        _, _, notes = self._whole(document)
        return notes

    def corrections(self, document: str) -> tuple[Correction, ...]:
        """What was put right in the notes of a document, oldest first."""
        return catalogue.corrections(self._folder, document)

    def versions(self, document: str) -> tuple[OtherVersion, ...]:
        """The document in other languages; see :func:`archive.storage.versions.other_versions`."""
        return versions.other_versions(self._folder, catalogue.find(self._folder, document).document)

    def geometry(self, document: str, *, page: int | None = None) -> tuple[Placed, ...]:
        """Where the words and markers of a document stand on its pages, or on one of them, in the order of its passages."""
        placed = catalogue.geometry(self._folder, document)
        return placed if page is None else tuple(one for one in placed if one.spot.page == page)

    def page_labels(self, document: str) -> tuple[str, ...]:
        """What the pages of a document are called (``xii``), from the first on, ``""`` for one that has its number only; empty where all have."""
        return catalogue.page_labels(self._folder, document)

    def recognition_languages(self) -> tuple[str, ...]:
        """The languages in which text can be read from pictures here; empty where Tesseract is not installed."""
        return recognition.languages()

    def recognise(self, document: str, *, languages: tuple[str, ...], password: str | None = None, job: Job) -> Document:
        """Read the text of a document that is pictures of pages; see :func:`archive.intake.recognise_document.recognise`."""
        return recognise_document.recognise(self._folder, document, languages=languages, password=password, job=job)

    def original(self, document: str) -> bytes:
        """The bytes from which a document was read, re-hashed."""
        return catalogue.original(self._folder, document)

    def sources(self, *, state: SourceState | None = None) -> tuple[Source, ...]:
        """Every source, or those in one state, with where it is cited and its captures."""
        return catalogue.sources(self._folder, state=state)

    def source(self, address: str, *, is_compared: bool = False) -> Source:
        """The source of this address.

        Raises:
            SourceNotFound: no note cites it.
        """
        found = catalogue.source(self._folder, address)
        return with_quoted(self._folder, found) if is_compared else found

    def parts(self, capture: str) -> tuple[CapturePart, ...]:
        """What a capture consists of, in the order in which it was fetched: redirects, the page, what the page needs."""
        name, parts = self._last_parts
        if name != capture:
            parts = catalogue.parts(self._folder, capture)
            self._last_parts = (capture, parts)
        return parts

    def part(self, capture: str, address: str) -> ShownPart | None:
        """One part of a capture as a browser may have it; see :func:`archive.intake.showing_parts.show_part`."""
        return showing_parts.show_part(self._folder, self._readers, self.parts(capture), address)

    def _whole(self, document: str) -> tuple[Document, tuple[Passage, ...], tuple[Note, ...]]:
        """A document with all its parts, checked; passages and notes are asked for one after the other."""
        with self._turn:
            if self._last is None or self._last[0] != catalogue.find(self._folder, document).document:
                self._last = catalogue.whole(self._folder, document)
            return self._last

    def _forget_last(self) -> None:
        """A document was changed: what is kept of it is no longer so."""
        with self._turn:
            self._last = None
