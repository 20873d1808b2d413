"""Files on their way into an archive."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from archive.machine import read_file
from archive.model.document import Arrival
from archive.model.saved import PagesReport
from archive.progress import Job, Step
from archive.settings import ReadingLimits
from viewer.dialogs.bring_in import BringInSheet
from viewer.dialogs.files import choose_files
from viewer.models.library import Library, OpenArchive
from viewer.models.tasks import Tasks
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.window.saved import ChoosingArticles, bring_in_saved, is_zim
from viewer.work.runner import Lane, TaskRunner


class Bringing(QObject):
    """Brings files in one after the other; one that fails is a line in the list and stops none of the others."""

    def __init__(self, runner: TaskRunner, library: Library, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._tasks, self._window = runner, library, tasks, window

    def choose(self) -> None:
        """Ask which files."""
        filters = [
            f"{say('files-documents')} (*.pdf *.docx *.odt *.rtf *.epub *.html *.htm *.xhtml *.mhtml *.mht *.md *.markdown *.txt *.zip)",
            f"{say('files-web-archives')} (*.warc *.warc.gz *.arc *.arc.gz *.wacz *.zim)",
            f"{say('files-all')} (*)",
        ]
        choose_files(self._window, chosen=self.bring_in, label=say("button-bring-in"), filters=filters)

    def bring_in(self, files: list[Path]) -> None:
        """Bring these files into the archive that was opened last and takes changes; nothing happens without one."""
        if not self._library.writable or not files:
            return
        into = self._library.writable[-1]
        for file in filter(is_zim, files):
            ChoosingArticles(self._runner, self._window, into.desk, file, finished=lambda: self._look_again(into))
        files = [file for file in files if not is_zim(file)]
        if not files:
            return
        sheet = BringInSheet(self._window, files=files, archive=into.facts.title)
        task = self._tasks.begin(say("task-bringing-in"))
        jobs = [self._start(row, file, into=into, sheet=sheet, task=task, total=len(files)) for row, file in enumerate(files)]
        sheet.cancel_wanted.connect(lambda: [job.cancel() for job in jobs])
        sheet.closed.connect(lambda: self._finish(into, task))
        self._window.open_sheet(sheet)

    def _start(self, row: int, file: Path, *, into: OpenArchive, sheet: BringInSheet, task: int, total: int) -> Job:
        def work(job: Job) -> Arrival | PagesReport:
            job.step(row, total)
            if (report := bring_in_saved(into.desk, file, job)) is not None:
                return report
            data = read_file(file, limit_bytes=ReadingLimits().file_bytes)
            job.step(row, total)
            return into.desk.bring_in(data, name=file.name)

        def progress(step: Step) -> None:
            sheet.begin(row)
            self._tasks.go_on(task, step)

        return self._runner.start(
            Lane.WORK,
            work,
            owner=sheet,
            done=lambda came: (sheet.say_pages if isinstance(came, PagesReport) else sheet.say_arrival)(row, came),
            failed=lambda error: sheet.say_failure(row, error),
            progress=progress,
        )

    def _finish(self, into: OpenArchive, task: int) -> None:
        self._tasks.end(task)
        self._look_again(into)

    def _look_again(self, into: OpenArchive) -> None:
        for position, each in enumerate(self._library.archives):
            if each.desk is into.desk:
                self._library.look_again(position)
