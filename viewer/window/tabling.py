"""Writing what was found as a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from archive.progress import Job
from viewer.dialogs.writing import WritingSheet
from viewer.look.plain import plain
from viewer.models.library import Library
from viewer.say.words import say
from viewer.window.asking import Asking
from viewer.window.main_window import MainWindow
from viewer.work.runner import Lane, TaskRunner


class Tabling(QObject):
    """Asks where to, and writes every passage of every hit there."""

    def __init__(self, runner: TaskRunner, library: Library, asking: Asking, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._asking, self._window = runner, library, asking, window
        window.zones.results.head.csv_wanted.connect(self.ask)

    def ask(self) -> None:
        """Say what the file will be, then write it where the person says."""
        question = self._asking.question
        if not self._library.archives:
            return
        desks = self._library.desks
        sheet = WritingSheet(self._window, words="table", about=plain(question.text), kinds=[say("table-kind")])

        def write(file: Path) -> None:
            def work(job: Job) -> int:
                from archive.api import export_hits

                return export_hits(desks, question, file, may_replace=True, job=job)

            job = self._runner.start(
                Lane.WORK,
                work,
                owner=sheet,
                done=lambda rows: sheet.show_done(file.name, rows),
                failed=sheet.refuse,
                progress=sheet.show_step,
            )
            sheet.cancel_wanted.connect(job.cancel)

        sheet.wanted.connect(write)
        self._window.open_sheet(sheet)
