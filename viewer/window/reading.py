"""From a place to what is seen of it: documents, their notes, and the sources beside them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, Signal

from archive.errors import SourceNotFound
from archive.model.document import Document, OtherVersion, Passage, Role
from archive.model.footnote import Note
from archive.model.hit import Hit
from archive.model.locator import Locator
from archive.model.quoting import quotes_of
from archive.model.source import Capture, Source
from archive.progress import Job
from viewer.models.library import Library, OpenArchive
from viewer.models.sources import ShelfSource
from viewer.window.history import Place
from viewer.window.main_window import MainWindow
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

_ASKED_ONE_BY_ONE = 300


class OpenDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document with all that is needed to read it; ``sources`` are those its notes cite, by address."""

    archive: int
    document: Document
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    sources: dict[str, Source]
    versions: tuple[OtherVersion, ...] = ()


class Reading(QObject):
    """Shows documents in the middle and sources beside them.

    Signals:
        went: the Place that is now shown.
        shown: the OpenDocument that is now read, when it was not read before.
        failed: the exception that came instead.
    """

    shown = Signal(object)
    went = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, library: Library, window: MainWindow) -> None:
        super().__init__(window)
        self._library, self._window = library, window
        self._documents = Latest(runner, Lane.LOOK, owner=self)
        self._sources = Latest(runner, Lane.LOOK, owner=self)
        self._lists = Latest(runner, Lane.LOOK, owner=self)
        self._open: OpenDocument | None = None
        self._beside: tuple[int, Source] | None = None
        view = window.zones.reading
        view.source_wanted.connect(self.open_cited)
        view.link_wanted.connect(self.open_cited)
        view.document_wanted.connect(self._open_version)

    @property
    def document(self) -> OpenDocument | None:
        """What is being read."""
        return self._open

    @property
    def archive_beside(self) -> int:
        """The number of the archive whose source stands beside; 0 where none does."""
        return self._beside[0] if self._beside is not None else 0

    def meant_on(self, source: Source) -> str | None:
        """The date whose state of a source is meant: when a note says that it looked, else when the report that is read came out."""
        if self._open is None:
            return None
        cited = [one for note in self._open.notes for one in note.citations if one.address in source.spellings]
        looked = [one.accessed_on for one in cited if one.accessed_on]
        return min(looked) if looked else self._open.document.description.published_on

    def open_hit(self, hit: Hit, locator: Locator | None = None) -> None:
        """Open a hit at its best words, or at a place of it, with all its words marked."""
        if locator is None:
            locator = hit.locators[0] if hit.locators else None
        if locator is None and hit.passage is not None:
            locator = Locator(hit.document, hit.passage)
        self.open(Place(archive=hit.archive, document=hit.document, locator=locator), hits=hit.locators)

    def open(self, place: Place, *, hits: Sequence[Locator] = (), is_return: bool = False) -> None:
        """Open a document; one that is open already is only scrolled.

        Args:
            place: which one, and where in it.
            hits: places to mark.
            is_return: the person went back or forward, so this is no new place.
        """
        if place.archive >= len(self._library.archives):
            return
        here = self._open
        if here is not None and (here.archive, here.document.document) == (place.archive, place.document):
            self._show(here, place, hits, is_return=is_return)
            return
        opened = self._library.archives[place.archive]
        self._documents.start(
            lambda _job: load(opened, place.archive, place.document),
            done=lambda loaded: self._show(loaded, place, hits, is_return=is_return),
            failed=self.failed.emit,
        )

    def _open_version(self, document: str) -> None:
        if self._open is not None:
            self.open(Place(archive=self._open.archive, document=document))

    def open_cited(self, address: str) -> None:
        """Show the source that a note of the open document cites beside it."""
        if self._open is not None:
            self.open_source(self._open.archive, address)

    def open_source(self, archive: int, address: str) -> None:
        """Show a source beside what is being read; an address that no note cites is passed over."""
        opened = self._library.archives[archive]

        def work(_job: Job) -> tuple[Source, tuple[Passage, ...]] | None:
            try:
                source = opened.desk.source(address, is_compared=True)
            except SourceNotFound:
                return None
            return source, text_of(opened, source)

        def done(found: tuple[Source, tuple[Passage, ...]] | None) -> None:
            if found is not None:
                self._beside = (archive, found[0])
                self._show_source(*found)

        self._sources.start(work, done=done, failed=self.failed.emit)

    def look_at_source_again(self, archive: int, address: str) -> None:
        """A source has a new saved state: show it, and let the markers of what is being read say so."""
        self.open_source(archive, address)
        self.look_again()

    def show_capture(self, document: str) -> None:
        """Show another saved copy of the source beside, named by the document that holds its text."""
        if self._beside is None:
            return
        archive, source = self._beside
        desk = self._library.archives[archive].desk
        capture = next((capture for capture in source.captures if capture.document == document), None)
        self._sources.start(
            lambda _job: desk.passages(document),
            done=lambda passages: self._show_source(source, passages, capture=capture),
            failed=self.failed.emit,
        )

    def list_sources(self) -> None:
        """Fill the library's list of sources."""
        archives = self._library.archives

        def work(job: Job) -> list[ShelfSource]:
            listed = []
            for number, each in enumerate(archives):
                job.step(number, len(archives))
                listed += [ShelfSource(archive=number, source=source) for source in each.desk.sources()]
            return listed

        self._lists.start(work, done=self._window.zones.library.show_sources, failed=self.failed.emit)

    def look_again(self) -> None:
        """Load what is being read anew, staying where it is read."""
        if self._open is not None:
            place = Place(archive=self._open.archive, document=self._open.document.document)
            self._open = None
            self.open(place, is_return=True)

    def forget(self) -> None:
        """Nothing is read any more, and nothing of it is kept."""
        for latest in (self._documents, self._sources, self._lists):
            latest.drop()
        self._open = self._beside = None
        self._window.zones.reading.show_nothing("")
        self._window.zones.source.show_nothing()
        self._window.show_source(is_shown=False)

    def _show(self, loaded: OpenDocument, place: Place, hits: Sequence[Locator], *, is_return: bool) -> None:
        view = self._window.zones.reading
        is_new = loaded is not self._open
        if is_new:
            self._open = loaded
            states = {address: source.state for address, source in loaded.sources.items()}
            saved_at = {address: source.captures[0].taken_at for address, source in loaded.sources.items() if source.captures}
            view.show_document(
                loaded.document, loaded.passages, loaded.notes, states, saved_at=saved_at, versions=loaded.versions
            )
        opened = self._library.archives[loaded.archive]
        view.set_correctable(is_on=opened.facts.is_writable and loaded.document.role == Role.REPORT)
        view.set_hits(hits)
        if place.locator is not None:
            view.go_to(place.locator)
        self._window.zones.library.choose_document(place.document)
        self._window.show_reading()
        if is_new:
            self.shown.emit(loaded)
        if not is_return:
            self.went.emit(place)

    def _show_source(self, source: Source, passages: tuple[Passage, ...], *, capture: Capture | None = None) -> None:
        notes = self._open.notes if self._open is not None else ()
        citing = [note for note in notes if any(citation.address in source.spellings for citation in note.citations)]
        quotes = [quote for note in citing for quote in quotes_of(note, of=source.spellings)]
        pane = self._window.zones.source
        pane.set_attachable(is_on=self._library.archives[self.archive_beside].facts.is_writable)
        pane.show_source(source, passages, quotes, capture=capture)
        self._window.show_source(is_shown=True)


def load(opened: OpenArchive, archive: int, document: str) -> OpenDocument:
    """Everything that reading a document needs; blocks.

    Raises:
        DocumentNotFound: the archive has none of this identifier.
    """
    desk = opened.desk
    notes = desk.notes(document)
    addresses = {citation.address for note in notes for citation in note.citations if citation.address is not None}
    return OpenDocument(
        archive=archive,
        document=desk.document(document),
        passages=desk.passages(document),
        notes=notes,
        sources=_sources_of(desk, addresses),
        versions=desk.versions(document),
    )


def text_of(opened: OpenArchive, source: Source) -> tuple[Passage, ...]:
    """The text of the newest capture of a source that has one; blocks."""
    text = next((capture.document for capture in source.captures if capture.document is not None), None)
    return () if text is None else opened.desk.passages(text)


def _sources_of(desk: object, addresses: set[str]) -> dict[str, Source]:
    if len(addresses) > _ASKED_ONE_BY_ONE:
        return {spelt: source for source in desk.sources() for spelt in source.spellings if spelt in addresses}
    found = {}
    for address in sorted(addresses):
        try:
            found[address] = desk.source(address)
        except SourceNotFound:
            continue
    return found
