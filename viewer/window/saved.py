"""Web archives and ZIM files on their way into an archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from archive import saved
from archive.api import FrontDesk
from archive.errors import InputError
from archive.model.document import Arrival
from archive.progress import Job
from viewer.dialogs.articles import ArticlesSheet
from viewer.models.articles import AT_ONCE
from viewer.window.main_window import MainWindow
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

_MOST_CHOSEN = 10_000


def is_zim(file: Path) -> bool:
    """Whether a file is to be asked about before it comes in; by its name only, because the window reads no files."""
    return file.suffix.lower() == ".zim"


class ChoosingArticles(QObject):
    """One ZIM file: listed, asked about, its chosen articles brought in. Lives as long as its sheet.

    Args:
        runner: where the work runs.
        window: over which the sheet is laid.
        desk: of the archive that takes them.
        file: the ZIM file.
        finished: called when the sheet is gone.
    """

    def __init__(
        self, runner: TaskRunner, window: MainWindow, desk: FrontDesk, file: Path, *, finished: Callable[[], None]
    ) -> None:
        self._sheet = ArticlesSheet(window, name=file.name)
        super().__init__(self._sheet)
        self._runner, self._desk, self._file = runner, desk, file
        self._opened: list[Any] = []
        self._jobs: list[Job] = []
        self._listing = Latest(runner, Lane.LOOK, owner=self._sheet)
        self._sheet.words_wanted.connect(self._list)
        self._sheet.all_wanted.connect(self._choose_all)
        self._sheet.wanted.connect(self._bring_in)
        self._sheet.cancel_wanted.connect(self._leave)
        self._sheet.closed.connect(finished)
        window.open_sheet(self._sheet)
        self._jobs.append(
            runner.start(
                Lane.WORK,
                self._open,
                owner=self._sheet,
                done=lambda facts: self._sheet.show_listed(facts.problems),
                failed=self._sheet.refuse,
                progress=self._sheet.show_step,
            )
        )

    def _open(self, job: Job) -> object:
        opened, facts = saved.open_zim(self._file, job=job)
        self._opened.append(opened)
        if job.is_cancelled:
            opened.close()
        return facts

    def _list(self, words: str, first: int) -> None:
        opened = self._opened[0]
        self._listing.start(
            lambda _job: opened.titles(words, first=first, count=AT_ONCE),
            done=lambda found: self._sheet.show_articles(found, first=first),
            failed=self._sheet.refuse,
        )

    def _choose_all(self, words: str) -> None:
        opened = self._opened[0]
        self._runner.start(
            Lane.LOOK,
            lambda _job: opened.titles(words, first=0, count=_MOST_CHOSEN).entries,
            owner=self._sheet,
            done=self._sheet.choose,
            failed=self._sheet.refuse,
        )

    def _bring_in(self, names: tuple[str, ...]) -> None:
        opened, failures = self._opened[0], []

        def work(job: Job) -> int:
            def told(name: str, came: Arrival | InputError) -> None:
                if isinstance(came, InputError):
                    failures.append((name, came))

            saved.bring_in_articles(self._desk, opened, names, job=job, told=told)
            return len(names) - len(failures)

        def done(came: int) -> None:
            for name, error in failures:
                self._sheet.say_failure(name, error)
            self._sheet.show_done(came)

        self._jobs.append(
            self._runner.start(
                Lane.WORK, work, owner=self._sheet, done=done, failed=self._sheet.refuse, progress=self._sheet.show_step
            )
        )

    def _leave(self) -> None:
        """Stop what is under way and let go of the file, off the GUI thread."""
        for job in self._jobs:
            job.cancel()
        self._listing.drop()
        for opened in self._opened:
            self._runner.start(Lane.LOOK, lambda _job, opened=opened: opened.close(), owner=self._sheet, done=lambda _none: None)
