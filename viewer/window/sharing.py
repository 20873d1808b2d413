"""Sharing, merging and checking, each from its sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from archive.errors import ArchiveLocked, WrongPassphrase
from archive.model.sharing import ArchiveFacts, MergeReport, ShareReport, VerifyReport
from archive.progress import Job
from viewer.dialogs.files import choose_folder
from viewer.dialogs.merge import MergeSheet
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.share import ShareSheet
from viewer.dialogs.sheet import Sheet
from viewer.dialogs.unlock import UnlockSheet
from viewer.dialogs.verify import VerifySheet
from viewer.models.library import Library, OpenArchive
from viewer.models.tasks import Tasks
from viewer.say.notices import say_error
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.work.runner import Lane, TaskRunner


class Sharing(QObject):
    """What is done with a whole archive. The archive meant is that of the document being read, else the first."""

    def __init__(self, runner: TaskRunner, library: Library, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._tasks, self._window = runner, library, tasks, window

    def ask_to_share(self, archive: int, *, report: str | None, title: str | None) -> None:
        """Ask what, where and whether locked; then write.

        Args:
            archive: its number in the library.
            report: the report being read, which may be shared alone.
            title: that report's title.
        """
        opened = self._library.archives[archive]
        sheet = ShareSheet(self._window, facts=opened.facts, selected=title, place=_proposed_place())

        def write(target: Path, passphrase: str | None, only_selected: bool) -> None:  # noqa: FBT001 - a slot of wanted(…, bool)
            documents = (report,) if only_selected and report is not None else None
            doors = self._library.doors

            def work(job: Job) -> ShareReport:
                from archive.api import share

                return share(opened.desk, target, passphrase=passphrase, documents=documents, job=job, doors=doors())

            self._run(sheet, work, words=say("task-sharing"))

        sheet.wanted.connect(write)
        self._window.open_sheet(sheet)

    def ask_to_verify(self, archive: int) -> None:
        """Check an archive at once; checking changes nothing."""
        opened = self._library.archives[archive]
        sheet = VerifySheet(self._window, archive=opened.facts.title)

        def work(job: Job) -> VerifyReport:
            return opened.desk.verify(job=job)

        self._window.open_sheet(sheet)
        self._run(sheet, work, words=say("task-verifying"))

    def choose_to_merge(self) -> None:
        """Ask from which archive to take."""
        choose_folder(self._window, chosen=self.ask_to_merge, label=say("button-choose"))

    def ask_to_merge(self, path: Path, *, passphrase: str | None = None, unlocking: UnlockSheet | None = None) -> None:
        """Look at the other archive, say what it holds, and take it in if that is wanted."""
        if not self._library.writable:
            return
        into = self._library.writable[-1]

        def look(_job: Job) -> tuple[object, ArchiveFacts]:
            giver = self._library.doors().open(path, passphrase=passphrase, read_only=True)
            return giver, giver.about()

        def done(found: tuple[object, ArchiveFacts]) -> None:
            if unlocking is not None:
                unlocking.close_sheet()
            self._offer_merge(into, *found)

        def failed(error: Exception) -> None:
            if isinstance(error, ArchiveLocked):
                self._ask_passphrase(path)
            elif isinstance(error, WrongPassphrase) and unlocking is not None:
                unlocking.refuse(error)
            else:
                if unlocking is not None:
                    unlocking.close_sheet()
                self._window.open_sheet(NoticeSheet(self._window, title=say("notice-not-opened"), text=say_error(error)))

        self._runner.start(Lane.WORK, look, owner=self, done=done, failed=failed)

    def _ask_passphrase(self, path: Path) -> None:
        sheet = UnlockSheet(self._window, name=path.name.removesuffix(".ibid"))
        sheet.given.connect(lambda typed: self.ask_to_merge(path, passphrase=typed, unlocking=sheet))
        self._window.open_sheet(sheet)

    def _offer_merge(self, into: OpenArchive, giver: object, facts: ArchiveFacts) -> None:
        sheet = MergeSheet(self._window, giver=facts, receiver=into.facts.title)

        def work(job: Job) -> MergeReport:
            from archive.api import merge_from

            return merge_from(into.desk, giver, job=job)

        def leave() -> None:
            self._runner.start(Lane.WORK, lambda _job: giver.close(), owner=self, done=lambda _none: None)
            for position, each in enumerate(self._library.archives):
                if each.desk is into.desk:
                    self._library.look_again(position)

        sheet.wanted.connect(lambda: self._run(sheet, work, words=say("task-merging")))
        sheet.closed.connect(leave)
        self._window.open_sheet(sheet)

    def _run(self, sheet: Sheet, work: object, *, words: str) -> None:
        """Run the work of a sheet, with its progress in the sheet and in the strip."""
        task = self._tasks.begin(words)

        def done(report: object) -> None:
            self._tasks.end(task)
            sheet.show_result(report)

        def failed(error: Exception) -> None:
            self._tasks.end(task)
            sheet.refuse(error)

        def progress(step: object) -> None:
            self._tasks.go_on(task, step)
            sheet.show_step(step)

        job = self._runner.start(Lane.WORK, work, owner=sheet, done=done, failed=failed, progress=progress)
        self._tasks.may_stop(task, job)
        sheet.cancel_wanted.connect(lambda: (job.cancel(), self._tasks.end(task)))


def _proposed_place() -> Path:
    """A stick if one is plugged in, else the person's own folder."""
    for mount in (Path("/media"), Path("/run/media")):
        sticks = sorted(mount.glob("*/*")) if mount.is_dir() else []
        if sticks:
            return sticks[0]
    return Path.home()
