"""What one can go to from a document: what is like it, what cites it, what shares its sources; and the menu that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from archive.model.document import Role
from archive.model.hit import Citing, FoundPassage, Hit, Related
from archive.model.locator import Locator
from archive.progress import Job
from viewer.dialogs.places import PlacesSheet
from viewer.look.plain import plain, plain_address
from viewer.models.documents import ShelfEntry
from viewer.models.library import Library
from viewer.models.sources import ShelfSource
from viewer.say.words import say
from viewer.window.history import Place
from viewer.window.main_window import MainWindow
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

_MOST_ROWS = 500


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a menu is about: a document, a passage of it or none, and the address of the source whose text it is."""

    archive: int
    document: str
    title: str
    role: Role = Role.REPORT
    passage: int | None = None
    address: str | None = None


class Relating(QObject):
    """Answers the wishes of a document's menu.

    Signals:
        like_wanted: the Place of a document or a passage: list what is like it.
        collect_wanted: a Subject: in which collections is it?
        opened: the Place that was chosen from a list.
        failed: the exception that came instead.
    """

    like_wanted = Signal(object)
    collect_wanted = Signal(object)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, library: Library, window: MainWindow) -> None:
        super().__init__(window)
        self._library, self._window = library, window
        self._lists = Latest(runner, Lane.LOOK, owner=self)

    def show_menu_of_hit(self, hit: Hit, passage: FoundPassage | None, where: QPoint) -> None:
        """The menu of a row of the results."""
        number = passage.passage if passage is not None else hit.passage
        self.show_menu(
            Subject(
                archive=hit.archive, document=hit.document, title=hit.title, role=hit.role, passage=number, address=hit.address
            ),
            where,
        )

    def show_menu_of_shelf(self, shelved: ShelfEntry | ShelfSource, where: QPoint) -> None:
        """The menu of a row of the library."""
        if isinstance(shelved, ShelfEntry):
            document = shelved.entry.document.document
            self.show_menu(Subject(archive=shelved.archive, document=document, title=shelved.title), where)
            return
        source = shelved.source
        text = next((capture.document for capture in source.captures if capture.document), None) or ""
        about = Subject(archive=shelved.archive, document=text, title="", role=Role.SOURCE, address=source.address)
        self.show_menu(about, where)

    def show_menu(self, about: Subject, where: QPoint) -> QMenu:
        """What can be done with a document."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if about.document:
            menu.addAction(say("related-like"), lambda: self.find_like(about, is_passage=False))
            if about.passage is not None:
                menu.addAction(say("related-like-passage"), lambda: self.find_like(about, is_passage=True))
        if about.address:
            menu.addAction(say("related-citing"), lambda: self.list_citing(about.address or ""))
        if about.role == Role.REPORT:
            menu.addAction(say("related-sharing"), lambda: self.list_sharing(about))
        if about.document and self._library.archives[about.archive].facts.is_writable:
            menu.addSeparator()
            menu.addAction(say("related-collect"), lambda: self.collect_wanted.emit(about))
        menu.popup(where)
        return menu

    def find_like(self, about: Subject, *, is_passage: bool) -> None:
        """List what is like a document, or like the passage meant."""
        locator = Locator(about.document, about.passage) if is_passage and about.passage is not None else None
        self.like_wanted.emit(Place(archive=about.archive, document=about.document, locator=locator))

    def list_citing(self, address: str) -> None:
        """List the notes of all archives that cite an address."""

        def work(_job: Job) -> tuple[Citing, ...]:
            from archive.api import citing_together

            return citing_together(self._library.desks, address)

        self._ask(work, lambda found: self._show_citing(address, found))

    def list_sharing(self, about: Subject) -> None:
        """List the documents that cite what this one cites."""
        desk = self._library.desks[about.archive]
        self._ask(lambda _job: desk.also_cited_by(about.document), lambda found: self._show_sharing(about, found))

    def _ask(self, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        self._lists.start(work, done=done, failed=self.failed.emit)

    def _show_citing(self, address: str, found: Sequence[Citing]) -> None:
        rows: list[tuple[str, object]] = []
        for citing in found:
            for note in citing.notes:
                words = say("related-at-note", title=_title(citing.title), label=plain(note.label))
                place = Place(archive=citing.archive, document=citing.document, locator=Locator(citing.document, note.passage))
                rows.append((f"{words}\n{plain(note.text)}", place))
        text = say("related-citing-count", address=plain_address(address), documents=len(found), notes=len(rows))
        self._show(say("related-citing-title"), text, rows)

    def _show_sharing(self, about: Subject, found: Sequence[Related]) -> None:
        rows: list[tuple[str, object]] = [
            (
                f"{_title(each.title)}\n{say('related-shared', count=each.count)}: "
                + ", ".join(plain_address(address) for address in each.addresses[:3]),
                Place(archive=about.archive, document=each.document),
            )
            for each in found
        ]
        self._show(say("related-sharing-title"), say("related-sharing-count", title=_title(about.title), count=len(rows)), rows)

    def _show(self, title: str, text: str, rows: list[tuple[str, object]]) -> None:
        sheet = PlacesSheet(self._window, title=title, text=text, rows=rows[:_MOST_ROWS])
        sheet.opened.connect(self.opened)
        self._window.open_sheet(sheet)


def _title(untrusted_title: str) -> str:
    return plain(untrusted_title) or say("hit-untitled")
