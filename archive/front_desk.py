"""The front desk in this process: every question answered by the room that knows."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.api import FrontDesk
from archive.formats.reader import Reader
from archive.intake import capture_sources, import_document, sample
from archive.local_asking import LocalAsking
from archive.model.document import Arrival, Document, DocumentEntry, Passage, Role
from archive.model.footnote import Note
from archive.model.sharing import ArchiveFacts, Item, Parcel, TakeOutcome, VerifyReport
from archive.model.source import CaptureOutcome, Fetched, Source, SourceState
from archive.progress import Job
from archive.settings import StorageLimits
from archive.sharing import give, merge, select, verify
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder


class LocalDesk(LocalAsking, FrontDesk):
    """One open archive. Every method may be called from any thread; those that write take their turn.

    Args:
        folder: the open archive; the desk closes it.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        super().__init__(folder)
        self._folder = folder
        self._reader = Reader()
        self._turn = threading.Lock()
        self._last: tuple[Document, tuple[Passage, ...], tuple[Note, ...]] | None = None

    def about(self) -> ArchiveFacts:
        """What the archive says of itself."""
        return self._folder.facts()

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

    def original(self, document: str) -> bytes:
        """The bytes from which a document was read, re-hashed."""
        return catalogue.original(self._folder, document)

    def sources(self, *, state: SourceState | None = None) -> tuple[Source, ...]:
        """Every source, or those in one state, with where it is cited and its captures."""
        return catalogue.sources(self._folder, state=state)

    def source(self, address: str) -> Source:
        """The source of this address.

        Raises:
            SourceNotFound: no note cites it.
        """
        return catalogue.source(self._folder, address)

    def bring_in(self, data: bytes, *, name: str = "") -> Arrival:
        """Bring one file in; see :func:`archive.intake.import_document.bring_in`."""
        return import_document.bring_in(self._folder, self._reader, data, name=name)

    def keep(self, fetched: Fetched) -> CaptureOutcome:
        """Keep what a fetcher brought, judge it, and say what became of the source."""
        return capture_sources.keep(self._folder, self._reader, fetched)

    def items(self, *, documents: tuple[str, ...] | None = None) -> tuple[Item, ...]:
        """What can be given: everything, or some reports with the captures of what they cite."""
        return select.items(self._folder, documents)

    def give(self, item: Item) -> Parcel:
        """One thing, ready for another archive."""
        return give.give(self._folder, item)

    def take(self, parcel: Parcel) -> TakeOutcome:
        """Take one thing from another archive, after checking all of it; twice changes nothing."""
        return merge.take(self._folder, parcel)

    def verify(self, *, job: Job) -> VerifyReport:
        """Read everything, hash everything, and list every fault."""
        return verify.verify(self._folder, job)

    def build_sample(self, *, job: Job) -> None:
        """Bring in the collection that comes with Ibid."""
        sample.build_sample(self._folder, self._reader, job)

    def finish(self) -> None:
        """Leave the files as they travel best: one file a volume, nothing beside it, on the disk."""
        self._folder.finish()

    def changed_volumes(self, *, job: Job) -> tuple[str, ...]:
        """The file names of volumes whose bytes are not those that were noted when they were last closed."""
        return self._folder.changed(job)

    def close(self) -> None:
        """Close the archive and end its reader."""
        self._reader.close()
        self._folder.close()

    def _whole(self, document: str) -> tuple[Document, tuple[Passage, ...], tuple[Note, ...]]:
        """A document with all its parts, checked; passages and notes are asked for one after the other."""
        with self._turn:
            if self._last is None or self._last[0].document != document:
                self._last = catalogue.whole(self._folder, document)
            return self._last

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class InThisProcess:
    """Doors without a keeper. Raises what :class:`~archive.storage.folder.ArchiveFolder` raises."""

    def __init__(self, limits: StorageLimits | None = None) -> None:
        self._limits = limits or StorageLimits()

    def new(self, path: Path, *, title: str, passphrase: str | None) -> FrontDesk:
        """A new, empty archive at ``path``."""
        return LocalDesk(ArchiveFolder.create(path, title=title, passphrase=passphrase, limits=self._limits))

    def open(self, path: Path, *, passphrase: str | None, read_only: bool | None = None) -> FrontDesk:
        """The archive that stands at ``path``."""
        return LocalDesk(ArchiveFolder.open(path, passphrase=passphrase, read_only=read_only, limits=self._limits))


IN_THIS_PROCESS = InThisProcess()
