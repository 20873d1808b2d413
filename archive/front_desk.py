"""The front desk in this process: every question answered by the room that knows."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from archive.api import FrontDesk
from archive.intake import bring_in_article, bring_in_pages, capture_sources, correct_notes, sample
from archive.intake.import_document import Importer
from archive.intake.preparing import Readers
from archive.local_asking import LocalAsking
from archive.local_looking import LocalLooking
from archive.local_private import LocalPrivate
from archive.local_work_list import LocalWorkList
from archive.model.correction import Correction
from archive.model.document import Arrival, Document
from archive.model.saved import Article, PageOutcome, SavedPage
from archive.model.sharing import ArchiveFacts, Item, Parcel, TakeOutcome, VerifyReport
from archive.model.source import CaptureOutcome, Fetched
from archive.progress import Job
from archive.search.tending import Tender
from archive.settings import StorageLimits
from archive.sharing import check, give, merge, select, verify
from archive.storage.folder import ArchiveFolder


class LocalDesk(LocalLooking, LocalAsking, LocalPrivate, LocalWorkList, FrontDesk):
    """One open archive. Every method may be called from any thread; those that write take their turn.

    Args:
        folder: the open archive; the desk closes it.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        LocalLooking.__init__(self, folder, Readers())
        LocalAsking.__init__(self, folder)
        LocalPrivate.__init__(self, folder)
        LocalWorkList.__init__(self, folder, self._readers)
        self._importer = Importer(folder, self._readers, holds_together=check.is_consistent)
        self._tender = Tender(folder)

    def about(self) -> ArchiveFacts:
        """What the archive says of itself."""
        return self._folder.facts()

    def bring_in(self, data: bytes, *, name: str = "", password: str | None = None) -> Arrival:
        """Bring one file in; see :meth:`archive.intake.import_document.Importer.bring_in`."""
        return self._importer.bring_in(data, name=name, password=password)

    def already_here(self, digest: str) -> Arrival | None:
        """What stands in the archive as a report under this digest, or None."""
        return self._importer.already_here(digest)

    def correct(self, document: str, correction: Correction) -> Document:
        """Put something right in the notes of a report; see :func:`archive.intake.correct_notes.correct`."""
        try:
            return correct_notes.correct(self._folder, document, correction)
        finally:
            self._forget_last()

    def undo_correction(self, document: str) -> Document:
        """Take the newest correction of a report back; see :func:`archive.intake.correct_notes.undo`."""
        try:
            return correct_notes.undo(self._folder, document)
        finally:
            self._forget_last()

    def packed_documents(self, data: bytes) -> tuple[str, ...]:
        """The names of the documents in a ZIP of several."""
        with self._readers.one() as reader:
            return reader.list_packed(data)

    def packed_document(self, data: bytes, name: str) -> bytes:
        """The bytes of one of them."""
        with self._readers.one() as reader:
            return reader.read_packed(data, name)

    def keep(self, fetched: Fetched) -> CaptureOutcome:
        """Keep what a fetcher brought, judge it, and say what became of the source."""
        with self._readers.one() as reader:
            return capture_sources.keep(self._folder, reader, fetched)

    def keep_saved(self, saved: SavedPage) -> PageOutcome:
        """Keep a page of a web archive as a capture of its address; see :func:`archive.intake.bring_in_pages.keep_saved`."""
        with self._readers.one() as reader:
            return bring_in_pages.keep_saved(self._folder, reader, saved)

    def attach_capture(self, address: str, data: bytes, *, name: str = "") -> PageOutcome:
        """Keep a file as a saved state of an address; see :func:`archive.intake.bring_in_pages.attach_capture`."""
        with self._readers.one() as reader:
            return bring_in_pages.attach_capture(self._folder, reader, address, data, name=name)

    def bring_in_article(self, article: Article) -> Arrival:
        """Bring an article of a ZIM file in; see :func:`archive.intake.bring_in_article.bring_in_article`."""
        with self._readers.one() as reader:
            return bring_in_article.bring_in_article(self._importer, reader, article)

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
        sample.build_sample(self._folder, self._importer, self._readers, job)

    def finish(self) -> None:
        """Leave the files as they travel best: one file a volume, nothing beside it, on the disk."""
        self._folder.finish()

    def changed_volumes(self, *, job: Job) -> tuple[str, ...]:
        """The file names of volumes whose bytes are not those that were noted when they were last closed."""
        return self._folder.changed(job)

    def close(self) -> None:
        """Close the archive and end its readers."""
        self._readers.close()
        self._tender.close()
        self._folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class InThisProcess:
    """Doors without a keeper. Raises what :class:`~archive.storage.folder.ArchiveFolder` raises."""

    def __init__(self, limits: StorageLimits | None = None) -> None:
        self._limits = limits or StorageLimits()

    def new(self, path: Path, *, title: str, passphrase: str | None, is_desk: bool = False) -> FrontDesk:
        """A new, empty archive at ``path``, or a desk."""
        return LocalDesk(ArchiveFolder.create(path, title=title, passphrase=passphrase, limits=self._limits, is_desk=is_desk))

    def open(self, path: Path, *, passphrase: str | None, read_only: bool | None = None, is_desk: bool = False) -> FrontDesk:
        """The archive that stands at ``path``, or the desk."""
        return LocalDesk(
            ArchiveFolder.open(path, passphrase=passphrase, read_only=read_only, limits=self._limits, is_desk=is_desk)
        )


IN_THIS_PROCESS = InThisProcess()
