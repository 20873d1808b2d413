"""The part of the front desk where documents and sources are looked at; see :mod:`archive.api`."""

from __future__ import annotations

from typing import Protocol

from archive.model.correction import Correction
from archive.model.document import Document, DocumentEntry, OtherVersion, Passage, Role
from archive.model.footnote import Note
from archive.model.geometry import Placed
from archive.model.replay import CapturePart, ShownPart
from archive.model.source import Source, SourceState
from archive.progress import Job


class LookingDesk(Protocol):
    """What may be looked at in one open archive. Every method may be called from any thread."""

    def documents(self, *, role: Role | None = None) -> tuple[DocumentEntry, ...]:
        """Every document, or those of one role, in the order in which they came in."""
        ...

    def document(self, prefix: str) -> Document:
        """The document whose identifier begins with ``prefix``.

        Raises:
            DocumentNotFound, DocumentAmbiguous: none does, or several.
        """
        ...

    def passages(self, document: str, *, first: int = 0, count: int | None = None) -> tuple[Passage, ...]:
        """The passages of a document in reading order, from the ``first`` on, ``count`` of them at most.

        Raises:
            ArchiveDamaged: the document is not what was written; none of it is given.
        """
        ...

    def notes(self, document: str) -> tuple[Note, ...]:
        """The notes of a document in their order, with their citations."""
        ...

    def corrections(self, document: str) -> tuple[Correction, ...]:
        """What was put right in the notes of a document, oldest first."""
        ...

    def versions(self, document: str) -> tuple[OtherVersion, ...]:
        """The document in other languages: what stands in the archive, then what only an address is known of; at most one of each."""
        ...

    def geometry(self, document: str, *, page: int | None = None) -> tuple[Placed, ...]:
        """Where the words and markers of a document stand on its pages, or on one of them, in the order of its passages.

        Empty where the format has no pages.
        """
        ...

    def page_labels(self, document: str) -> tuple[str, ...]:
        """What the pages of a document are called (``xii``), from the first on, ``""`` for one that has its number only; empty where all have."""
        ...

    def recognition_languages(self) -> tuple[str, ...]:
        """The languages in which text can be read from pictures here, as Tesseract names them; empty where it is not installed."""
        ...

    def recognise(self, document: str, *, languages: tuple[str, ...], password: str | None = None, job: Job) -> Document:
        """Read the text of a document that is pictures of pages; see :func:`archive.intake.recognise_document.recognise`."""
        ...

    def original(self, document: str) -> bytes:
        """The bytes from which a document was read, re-hashed."""
        ...

    def sources(self, *, state: SourceState | None = None) -> tuple[Source, ...]:
        """Every source, or those in one state, with where it is cited and its captures."""
        ...

    def parts(self, capture: str) -> tuple[CapturePart, ...]:
        """What a capture consists of, in the order in which it was fetched: redirects, the page, what the page needs.

        Empty where the archive has no such capture.

        Raises:
            ArchiveDamaged: it is not what was kept.
        """
        ...

    def part(self, capture: str, address: str) -> ShownPart | None:
        """One part of a capture as a browser may have it, by any spelling of its address; None where it was not saved with it.

        Pages and styles come without what would act or ask (:mod:`archive.formats.replay`).

        Raises:
            ArchiveDamaged: it is not what was kept.
            ReaderGaveUp, ProcessLost: it could not be made ready.
        """
        ...

    def source(self, address: str, *, is_compared: bool = False) -> Source:
        """The source of this address.

        Args:
            address: any spelling of it.
            is_compared: say too whether what its notes quote stands in its best capture (:attr:`~archive.model.source.Place.quoted`).

        Raises:
            SourceNotFound: no note cites it.
        """
        ...
