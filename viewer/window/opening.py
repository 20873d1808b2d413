"""Opening, making and locking archives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from archive.errors import ArchiveDamaged, ArchiveLocked, WrongPassphrase
from archive.progress import Job
from viewer.dialogs.files import choose_folder
from viewer.dialogs.new_archive import NewArchiveSheet
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.unlock import UnlockSheet
from viewer.models.library import Library, OpenArchive
from viewer.models.tasks import Tasks
from viewer.say.notices import say_error
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.work.runner import Lane, TaskRunner


class Opening(QObject):
    """Brings archives into the library and takes them out again.

    Signals:
        opened: an OpenArchive is in the library now.
        locked: everything is closed; whatever was shown must be gone.
    """

    opened = Signal(object)
    locked = Signal()

    def __init__(self, runner: TaskRunner, library: Library, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._tasks, self._window = runner, library, tasks, window

    def choose(self) -> None:
        """Ask which archive to open."""
        choose_folder(self._window, chosen=self.open, label=say("button-open"))

    def open(self, path: Path) -> None:
        """Open the archive at ``path``, asking for its passphrase if it has one."""
        task = self._tasks.begin(say("task-opening"))

        def failed(error: Exception) -> None:
            self._tasks.end(task)
            if isinstance(error, ArchiveLocked):
                self._ask_passphrase(path)
            else:
                self.say_failure(error)

        self._library.open(path, passphrase=None, done=lambda opened: (self._tasks.end(task), self._tell(opened)), failed=failed)

    def ask_for_new(self) -> None:
        """Ask for the title and place of a new archive, and make it."""
        sheet = NewArchiveSheet(self._window, place=Path.home())

        def make(path: Path, title: str, passphrase: str | None) -> None:
            def done(opened: OpenArchive) -> None:
                sheet.close_sheet()
                self._tell(opened)

            self._library.make(path, title=title, passphrase=passphrase, done=done, failed=sheet.refuse)

        sheet.wanted.connect(make)
        self._window.open_sheet(sheet)

    def open_sample(self, path: Path) -> None:
        """Open the collection that comes with Ibid at ``path``, building it there the first time."""
        if path.exists():
            self.open(path)
            return
        task = self._tasks.begin(say("task-sample"))

        partial = path.with_name(f"{path.name}.partial")

        def build(job: Job) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(partial, ignore_errors=True)  # what an earlier start left half built
            desk = self._library.doors().new(partial, title=say("sample-title"), passphrase=None)
            try:
                desk.build_sample(job=job)
            finally:
                desk.close()
            partial.rename(path)

        def failed(error: Exception) -> None:
            self._tasks.end(task)
            self.say_failure(error)

        job = self._runner.start(
            Lane.WORK,
            build,
            owner=self,
            done=lambda _none: (self._tasks.end(task), self.open(path)),
            failed=failed,
            progress=lambda step: self._tasks.go_on(task, step),
        )
        self._tasks.may_stop(task, job)

    def lock_now(self) -> None:
        """Blank the window, close every archive, and ask for the passphrase of the first locked one again."""
        self._window.centralWidget().hide()
        self._window.close_sheets()
        QGuiApplication.clipboard().clear()
        was_locked = [each.path for each in self._library.archives if each.facts.is_locked]
        self._tasks.stop_all()
        self._library.close_all()
        self.locked.emit()
        self._window.centralWidget().show()
        if was_locked:
            self._ask_passphrase(was_locked[0], then=lambda: [self.open(path) for path in was_locked[1:]])

    def say_failure(self, error: Exception) -> None:
        """Say in a sheet why an archive did not open."""
        self._window.open_sheet(NoticeSheet(self._window, title=say("notice-not-opened"), text=say_error(error)))

    def _ask_passphrase(self, path: Path, *, then: Callable[[], object] = lambda: None) -> None:
        sheet = UnlockSheet(self._window, name=path.name.removesuffix(".ibid"))

        def try_it(passphrase: str) -> None:
            def done(opened: OpenArchive) -> None:
                sheet.close_sheet()
                self._tell(opened)
                then()

            def failed(error: Exception) -> None:
                if isinstance(error, WrongPassphrase):
                    sheet.refuse(error)
                else:
                    sheet.close_sheet()
                    self.say_failure(error)

            self._library.open(path, passphrase=passphrase, done=done, failed=failed)

        sheet.given.connect(try_it)
        self._window.open_sheet(sheet)

    def _tell(self, opened: OpenArchive) -> None:
        self.opened.emit(opened)
        self._library.check(opened, changed=lambda volume: self._refuse(opened, volume))

    def _refuse(self, opened: OpenArchive, volume: str) -> None:
        """An archive whose bytes were changed is shown no longer."""
        self._library.close(opened)
        self.locked.emit()
        self.say_failure(ArchiveDamaged(where=volume))
