"""The work list in the window: what is listed, what its menu does, and the person's own list of hosts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from archive.capture_report import say_worth
from archive.model.capturing import Choice, ListedHost
from archive.model.document import Role
from archive.model.source import Capture, Verdict
from archive.progress import Job
from viewer.dialogs.files import choose_files
from viewer.dialogs.notice import NoticeSheet
from viewer.models.capturing import Capturing, WorkRow
from viewer.models.library import Library
from viewer.say.notices import say_error
from viewer.say.words import say, say_date
from viewer.window.main_window import MainWindow
from viewer.window.reading import Reading
from viewer.window.saving import Saving
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner


class _Scope(msgspec.Struct, frozen=True):
    """Something whose sources may be listed: an archive, a collection, a report."""

    desk: Any
    name: str
    choice: Choice = Choice()


class CapturingSources(QObject):
    """Joins the list, the archives that are open, and the private desk.

    Args:
        runner: in whose threads the desks are asked.
        library: the open archives.
        work: the list and the run, which outlive the window.
        reading: what is being read, and the source beside it.
        saving: has the private desk, which holds the person's list of hosts, and makes it where there is none.
        window: shows the list in its middle.

    Signals:
        left: the person leaves the list.
    """

    left = Signal()

    def __init__(
        self, runner: TaskRunner, library: Library, work: Capturing, reading: Reading, saving: Saving, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._runner, self._library, self._work = runner, library, work
        self._reading, self._private, self._saving, self._window = reading, saving.desk, saving, window
        self._scopes: list[_Scope] = []
        self._here = 0
        self._collections = Latest(runner, Lane.HINT, owner=self)
        view = window.zones.work
        view.scope_wanted.connect(self._choose)
        view.source_wanted.connect(self._open)
        view.menu_wanted.connect(lambda row, where: self.menu_of(row).popup(where))
        view.close_wanted.connect(self.left)
        work.finished.connect(self._look_again)
        work.failed.connect(self._say_failure)
        saving.desk.changed.connect(self._follow_desk)

    def show_run(self) -> bool:
        """Show the list if sources are being saved; whether they are."""
        if self._work.is_running:
            self._window.show_work()
            self._window.enter_middle()
        return self._work.is_running

    def show(self, archive: int) -> None:
        """Show the list of the report that is being read, or else of an archive; one that is being saved stays as it is."""
        read = self._reading.document
        report = read.document.document if read is not None and read.document.role == Role.REPORT else None
        self._window.show_work()
        archives = self._library.archives
        if archive >= len(archives) or (self._work.is_running and self._scopes):
            return
        desks = [each.desk for each in archives]

        def work(_job: Job) -> list[list[str]]:
            return [[collection.name for collection in desk.collections()] for desk in desks]

        def take(names: list[list[str]]) -> None:
            self._scopes = self._possible(names)
            here = [n for n, scope in enumerate(self._scopes) if scope.desk is desks[archive]]
            named = [n for n in here if report is not None and scope_of(self._scopes[n]) == report]
            self._choose((named or here or [0])[0])

        self._collections.start(work, done=take, failed=self._say_failure)

    def forget(self) -> None:
        """Stop, and list nothing any more."""
        self._work.forget()
        self._collections.drop()
        self._scopes, self._here = [], 0
        self._window.zones.work.show_scopes([], 0)

    def choose_hosts(self) -> None:
        """Ask for the file with the person's own list of hosts; it is kept on the private desk and nowhere else."""

        def read(paths: list[Path]) -> None:
            def work(_job: Job) -> tuple[ListedHost, ...]:
                from archive.capturing import read_hosts

                return read_hosts(paths[0])

            self._runner.start(Lane.LOOK, work, owner=self, done=self._keep_hosts, failed=self._say_failure)

        filters = [f"{say('work-hosts')} (*.txt)", f"{say('files-all')} (*)"]
        choose_files(self._window, chosen=read, label=say("button-choose"), filters=filters)

    def _keep_hosts(self, hosts: tuple[ListedHost, ...]) -> None:
        def keep() -> None:
            self._private.list_hosts(hosts, done=self._follow_desk, failed=self._say_failure)

        self._saving.with_desk(keep)

    def _possible(self, collections: list[list[str]]) -> list[_Scope]:
        scopes: list[_Scope] = []
        for opened, names in zip(self._library.archives, collections, strict=False):
            scopes.append(_Scope(opened.desk, say("work-all-of", archive=opened.facts.title)))
            scopes += [_Scope(opened.desk, say("work-collection", name=name), Choice(collection=name)) for name in names]
            for entry in opened.reports:
                document = entry.document
                title = document.description.title or document.document[:12]
                scopes.append(_Scope(opened.desk, title, Choice(reports=(document.document,))))
        return scopes

    def _choose(self, position: int) -> None:
        if position >= len(self._scopes):
            return
        self._here = position
        self._window.zones.work.show_scopes([scope.name for scope in self._scopes], position)
        scope = self._scopes[position]
        self._work.look(scope.desk, scope.choice, listed=self._private.listed)
        self._window.zones.work.focus_list()

    def _follow_desk(self) -> None:
        if self._scopes and not self._work.is_running:
            self._work.look(self._scopes[self._here].desk, self._scopes[self._here].choice, listed=self._private.listed)

    def _position(self) -> int | None:
        desk = self._scopes[self._here].desk if self._scopes else None
        return next((n for n, each in enumerate(self._library.archives) if each.desk is desk), None)

    def _open(self, row: WorkRow) -> None:
        position = self._position()
        if position is not None:
            self._reading.open_source(position, row.planned.entry.source.address)

    def _look_again(self, desk: object) -> None:
        for position, each in enumerate(self._library.archives):
            if each.desk is desk:
                self._library.look_again(position)
                self._reading.look_again()

    def menu_of(self, row: WorkRow | None) -> QMenu:
        """What can be done with the source the cursor is on, and the list of hosts."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        position = self._position()
        is_writable = position is not None and self._library.archives[position].facts.is_writable
        if row is not None:
            menu.addAction(say("work-open"), lambda: self._open(row))
            captures = row.planned.entry.source.captures
            if self._work.can_fetch and not self._work.is_running:
                menu.addAction(say("work-save-one"), lambda: self._work.start([row.planned], is_run=False))
            if captures and is_writable:
                self._add_judging(menu, row, captures[0])
                text = next((capture.document for capture in captures if capture.document is not None), None)
                if text is not None:
                    menu.addAction(say("work-follow"), lambda: self._work.ask(lambda desk: desk.follow(text)))
            menu.addSeparator()
        menu.addAction(say("work-hosts-choose"), self.choose_hosts)
        if self._private.listed:
            menu.addAction(say("work-hosts-forget"), lambda: self._keep_hosts(()))
        return menu

    def _add_judging(self, menu: QMenu, row: WorkRow, capture: Capture) -> None:
        judging = menu.addMenu(say("work-judge", date=say_date(capture.taken_at)))
        address = row.planned.address

        def judge(verdict: Verdict | None) -> None:
            self._work.ask(lambda desk: desk.judge(capture.capture, verdict), address=address)

        for verdict in Verdict:
            action = judging.addAction(say_worth(verdict), lambda verdict=verdict: judge(verdict))
            action.setCheckable(True)
            action.setChecked(verdict is capture.counted)
        judging.addSeparator()
        undo = judging.addAction(say("work-judge-undo", said=say_worth(capture.verdict)), lambda: judge(None))
        undo.setEnabled(capture.judged is not None)

    def _say_failure(self, error: Exception) -> None:
        self._window.open_sheet(NoticeSheet(self._window, title=say("notice-failed"), text=say_error(error)))


def scope_of(scope: _Scope) -> str:
    """The report that a scope is about, empty where it is about more."""
    return next(iter(scope.choice.reports), "")
