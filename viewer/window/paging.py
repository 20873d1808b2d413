"""The pages of the open document: fetched and drawn in time, or its text instead, as the person likes it for each document."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from archive.drawing import Drawer
from archive.errors import IbidError, InputError, PasswordWanted, PasswordWrong
from archive.model.document import Format
from archive.model.drawing import Letters, PageSize, Picture
from archive.model.geometry import Placed
from archive.progress import Job
from viewer.dialogs.password import PasswordSheet
from viewer.models.library import Library
from viewer.reader.page_canvas import Wanted
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.window.reading import OpenDocument, Reading
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner


class _Opened(msgspec.Struct, frozen=True):
    """A document laid open for drawing."""

    sizes: tuple[PageSize, ...]
    placed: tuple[Placed, ...]
    labels: tuple[str, ...]


class Paging(QObject):
    """Shows documents as their pages look, drawn by a process of its own that holds one file and nothing else.

    Args:
        runner: in whose threads pages are fetched and drawn.
        library: the open archives.
        reading: what is being read.
        window: where it is shown.
        likes: which documents the person wants as pages, by identifier; outlives the window.

    Signals:
        changed: another document is open, or it is shown the other way.
        failed: the exception that came instead of pages.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, runner: TaskRunner, library: Library, reading: Reading, window: MainWindow, *, likes: dict[str, bool]
    ) -> None:
        super().__init__(window)
        self._runner, self._library, self._reading, self._window = runner, library, reading, window
        self._view = window.zones.reading
        self._drawer = Drawer()
        self._opening = Latest(runner, Lane.LOOK, owner=self)
        self._likes_pages = likes
        self._drawn = ""  # the document that the drawer holds
        self._is_drawing = False
        self._view.page.drawing_wanted.connect(self._draw)
        reading.shown.connect(self._follow)

    @property
    def has_pages(self) -> bool:
        """Whether the open document can be shown as its pages look."""
        return self._reading.document is not None and self._reading.document.document.format == Format.PDF

    def show_page(self, *, is_shown: bool) -> None:
        """Show the open document as its pages look, or as text, and remember it for this document while the program runs."""
        read = self._reading.document
        if read is None or not self.has_pages:
            self.changed.emit()
            return
        self._likes_pages[read.document.document] = is_shown
        if is_shown and self._drawn != read.document.document:
            self._open(read)
        else:
            self._view.show_page(is_shown=is_shown)
        self.changed.emit()

    def zoom(self, by: int) -> bool:
        """Draw pages larger (1), smaller (-1) or as wide as the window (0); False where no pages are shown."""
        if not self._view.is_page_shown:
            return False
        self._view.page.step_zoom(by)
        return True

    def close(self) -> None:
        """End the drawing process."""
        self._opening.drop()
        self._drawn = ""
        self._drawer.close()

    def _follow(self, read: OpenDocument) -> None:
        """A document was opened: show it as it was liked; one without text is nothing but pages."""
        self._opening.drop()
        self._drawn = ""
        about = read.document
        if self.has_pages and self._likes_pages.setdefault(about.document, not read.passages):
            self._open(read)
        self.changed.emit()

    def _open(self, read: OpenDocument, *, password: str | None = None, sheet: PasswordSheet | None = None) -> None:
        desk, document = self._library.archives[read.archive].desk, read.document.document
        # A drawer for each opening: one that is overtaken never draws for another document.
        drawer, self._drawn = Drawer(), ""
        self._drawer.close()
        self._drawer = drawer

        def work(_job: Job) -> _Opened:
            placed, labels = desk.geometry(document), desk.page_labels(document)
            return _Opened(drawer.open(desk.original(document), password=password), placed, labels)

        def done(opened: _Opened) -> None:
            if sheet is not None:
                sheet.take()
            self._drawn = document
            self._view.page.show_pages(document, opened.sizes, read.passages, opened.placed, labels=opened.labels)
            self._view.show_page(is_shown=True)
            self.changed.emit()

        def failed(error: Exception) -> None:
            if isinstance(error, PasswordWanted | PasswordWrong):
                self._ask_password(read, error, sheet)
            else:
                self._likes_pages.pop(document, None)
                self.failed.emit(error)
                self.changed.emit()

        self._opening.start(work, done=done, failed=failed)

    def _ask_password(self, read: OpenDocument, error: InputError, sheet: PasswordSheet | None) -> None:
        if sheet is not None:
            sheet.refuse(error)
            return
        asked = PasswordSheet(self._window, name=read.document.description.title, why=say("password-why-page"))
        asked.given.connect(lambda password: self._open(read, password=password, sheet=asked))
        asked.skipped.connect(lambda: self._likes_pages.pop(read.document.document, None))
        asked.skipped.connect(self.changed)
        self._window.open_sheet(asked)

    def _draw(self) -> None:
        """Have the page drawn that is wanted most, one after the other, until none is."""
        wanted: Wanted | None = self._view.page.wanted()
        if wanted is None or self._is_drawing or not self._drawn:
            return
        document, page, drawer = self._drawn, wanted.page, self._drawer
        has_letters = self._view.page.places.letters(page) is not None

        def work(_job: Job) -> tuple[Picture, Letters | None]:
            return drawer.draw(page, scale=wanted.scale), None if has_letters else drawer.letters(page)

        def done(drawn: tuple[Picture, Letters | None]) -> None:
            self._end(document, lambda: self._show(wanted, *drawn))

        def failed(error: Exception) -> None:
            self._end(document, lambda: self._lose(page, error))

        self._is_drawing = True
        self._runner.start(Lane.LOOK, work, owner=self, done=done, failed=failed)

    def _end(self, document: str, show: Callable[[], None]) -> None:
        self._is_drawing = False
        if document == self._drawn:
            show()
        self._draw()

    def _show(self, wanted: Wanted, picture: Picture, letters: Letters | None) -> None:
        if letters is not None:
            self._view.page.show_letters(wanted.page, letters)
        self._view.page.show_picture(wanted.page, wanted.scale, picture)

    def _lose(self, page: int, error: Exception) -> None:
        """A page could not be drawn: it stays blank, and the document is laid open anew for the others."""
        self._view.page.show_picture(page, 0.0, None)
        read = self._reading.document
        if not isinstance(error, IbidError) or read is None:
            self.failed.emit(error)
            return
        self._drawn = ""
        self._reopen(read)

    def _reopen(self, read: OpenDocument) -> None:
        desk, document, drawer = self._library.archives[read.archive].desk, read.document.document, self._drawer

        def done(_sizes: object) -> None:
            self._drawn = document
            self._draw()

        self._opening.start(lambda _job: drawer.open(desk.original(document)), done=done, failed=self.failed.emit)
