"""Collections: listed over all open archives, made, renamed, let go of, filled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from archive.errors import CollectionNotFound
from archive.model.hit import Collection
from archive.progress import Job
from viewer.dialogs.collect import CollectSheet
from viewer.dialogs.name import NameSheet
from viewer.models.library import Library
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.window.relating import Subject
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner


class Collecting(QObject):
    """Keeps the library's list of collections, and does what is wished of them.

    A collection of the same name in several archives is one to the person: it is renamed and let go of in all that take changes.

    Signals:
        question_wanted: ask this.
        failed: the exception that came instead.
    """

    question_wanted = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, library: Library, window: MainWindow, *, meant: Callable[[], int]) -> None:
        super().__init__(window)
        self._runner, self._library, self._window, self._meant = runner, library, window, meant
        self._lists = Latest(runner, Lane.HINT, owner=self)
        self.names: tuple[str, ...] = ()
        shelf = window.zones.library.collections
        shelf.opened.connect(lambda name: self.question_wanted.emit('in:"{}"'.format(name.replace('"', " "))))
        shelf.add_wanted.connect(self.ask_for_new)
        shelf.rename_wanted.connect(self.ask_to_rename)
        shelf.remove_wanted.connect(self.remove)

    def follow(self) -> None:
        """Ask all archives which collections they have."""
        desks = self._library.desks
        self._lists.start(lambda _job: _all_of(desks), done=self._show, failed=self.failed.emit)

    def ask_for_new(self) -> None:
        """Ask for the name of a new collection, and make it."""
        sheet = NameSheet(self._window, title=say("collection-new-title"), text=say("collection-new-text"))
        desk = self._library.archives[self._meant()].desk
        sheet.named.connect(
            lambda name: self._do(lambda _job: desk.make_collection(name), done=sheet.close_sheet, failed=sheet.refuse)
        )
        self._window.open_sheet(sheet)

    def ask_to_rename(self, name: str) -> None:
        """Ask for another name."""
        sheet = NameSheet(self._window, title=say("shelf-rename"), text=say("collection-rename-text"), name=name)

        def rename(other: str) -> None:
            self._do(
                lambda _job: self._in_all(lambda desk: desk.rename_collection(name, to=other)),
                done=sheet.close_sheet,
                failed=sheet.refuse,
            )

        sheet.named.connect(rename)
        self._window.open_sheet(sheet)

    def remove(self, name: str) -> None:
        """Let go of a collection; its documents stay."""
        self._do(lambda _job: self._in_all(lambda desk: desk.remove_collection(name)))

    def ask_about(self, about: Subject) -> None:
        """Ask in which collections a document is to be."""
        desk = self._library.archives[about.archive].desk

        def done(holding: tuple[Collection, ...]) -> None:
            sheet = CollectSheet(self._window, title=about.title, names=self.names, holding=[each.name for each in holding])

            def turn(name: str, is_in: bool) -> None:  # noqa: FBT001 - a slot of turned(str, bool)
                act = desk.collect if is_in else desk.uncollect
                self._do(lambda _job: act(name, (about.document,)), failed=sheet.refuse)

            sheet.turned.connect(turn)
            self._window.open_sheet(sheet)

        self._runner.start(
            Lane.LOOK, lambda _job: desk.collections(document=about.document), owner=self, done=done, failed=self.failed.emit
        )

    def _in_all(self, act: Callable[[object], None]) -> None:
        for each in self._library.writable:
            try:
                act(each.desk)
            except CollectionNotFound:
                continue

    def _do(
        self,
        work: Callable[[Job], object],
        *,
        done: Callable[[], object] = lambda: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def finished(_result: object) -> None:
            done()
            self.follow()

        self._runner.start(Lane.LOOK, work, owner=self, done=finished, failed=failed or self.failed.emit)

    def _show(self, found: dict[str, int]) -> None:
        self.names = tuple(found)
        self._window.zones.library.collections.show_names(list(found.items()), may_add=bool(self._library.writable))


def _all_of(desks: list[object]) -> dict[str, int]:
    """Every collection of all archives with how many documents are in it, in the order of names; blocks."""
    counted: dict[str, int] = {}
    for desk in desks:
        for each in desk.collections():  # type: ignore[attr-defined]
            counted[each.name] = counted.get(each.name, 0) + each.count
    return dict(sorted(counted.items(), key=lambda pair: pair[0].casefold()))
