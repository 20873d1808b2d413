"""What a person does with the saved states of a source: attaches a file as one, compares two, writes them all for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from archive.model.difference import Change, differences
from archive.model.saved import PageOutcome
from archive.model.sharing import Exported, WebArchiveKind
from archive.model.source import Capture
from archive.progress import Job
from archive.settings import ReadingLimits
from viewer.dialogs.difference import DifferenceSheet
from viewer.dialogs.files import choose_files
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.writing import WritingSheet
from viewer.look.plain import plain
from viewer.look.themes import Theme
from viewer.models.library import Library
from viewer.models.tasks import Tasks
from viewer.say.notices import say_error
from viewer.say.words import say, say_date
from viewer.window.main_window import MainWindow
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner


class Sourcing(QObject):
    """Answers the wishes of the source pane.

    Args:
        runner: makes the threads.
        library: the open archives.
        tasks: what is under way.
        window: where sheets are laid.
        theme: gives the present theme.

    Signals:
        attached: the number of the archive and the address of a source that has a new saved state.
        failed: the exception that came instead.
    """

    attached = Signal(int, str)
    failed = Signal(object)

    def __init__(
        self, runner: TaskRunner, library: Library, tasks: Tasks, window: MainWindow, *, theme: Callable[[], Theme]
    ) -> None:
        super().__init__(window)
        self._runner, self._library, self._tasks, self._window, self._theme = runner, library, tasks, window, theme
        self._looks = Latest(runner, Lane.LOOK, owner=self)

    def choose_to_attach(self, archive: int, address: str) -> None:
        """Ask for the file that shall be a saved state of a source."""
        kinds = [
            f"{say('attach-kinds')} (*.html *.htm *.mhtml *.mht *.pdf *.png *.jpg *.jpeg *.webp *.warc *.gz *.wacz *.arc)",
            f"{say('files-all')} (*)",
        ]
        choose_files(
            self._window, chosen=lambda files: self.attach(archive, address, files[0]), label=say("attach-choose"), filters=kinds
        )

    def attach(self, archive: int, address: str, file: Path) -> None:
        """Keep a file as a saved state of a source, and say what became of it."""
        desk = self._library.archives[archive].desk
        task = self._tasks.begin(say("task-attaching"))

        def work(_job: Job) -> PageOutcome:
            return desk.attach_capture(address, _bytes_of(file), name=file.name)

        def done(outcome: PageOutcome) -> None:
            self._tasks.end(task)
            if outcome.is_already_here:
                self._say(say("attach-title"), say("attach-already"))
            elif outcome.document is None:
                self._say(say("attach-title"), say("attach-no-text"))
            self.attached.emit(archive, outcome.address)

        def failed(error: Exception) -> None:
            self._tasks.end(task)
            self._say(say("attach-failed"), say_error(error))

        self._runner.start(Lane.WORK, work, owner=self, done=done, failed=failed)

    def compare(self, archive: int, older: Capture, newer: Capture) -> None:
        """Show what changed between two saved states that both have a text."""
        desk = self._library.archives[archive].desk

        def work(_job: Job) -> tuple[Change, ...]:
            assert older.document is not None
            assert newer.document is not None
            return differences(desk.passages(older.document), desk.passages(newer.document))

        def done(changes: tuple[Change, ...]) -> None:
            dates = (say_date(older.taken_at), say_date(newer.taken_at))
            self._window.open_sheet(DifferenceSheet(self._window, theme=self._theme(), dates=dates, changes=changes))

        self._looks.start(work, done=done, failed=self.failed.emit)

    def ask_to_export(self, archive: int, *, report: str | None = None) -> None:
        """Say what a web archive is, then write one where the person says: of everything, or of what one report cites."""
        opened = self._library.archives[archive]
        kinds = [say("web-archive-kind-wacz"), say("web-archive-kind-warc")]
        sheet = WritingSheet(self._window, words="web-archive", about=plain(opened.facts.title), kinds=kinds)

        def write(file: Path) -> None:
            kind = WebArchiveKind.WACZ if file.suffix.lower() == ".wacz" else WebArchiveKind.WARC

            def work(job: Job) -> Exported:
                from archive.api import export_web_archive

                chosen = None if report is None else (report,)
                return export_web_archive(opened.desk, file, kind=kind, documents=chosen, may_replace=True, job=job)

            job = self._runner.start(
                Lane.WORK,
                work,
                owner=sheet,
                done=lambda written: sheet.show_done(file.name, written.captures),
                failed=sheet.refuse,
                progress=sheet.show_step,
            )
            sheet.cancel_wanted.connect(job.cancel)

        sheet.wanted.connect(write)
        self._window.open_sheet(sheet)

    def _say(self, title: str, text: str) -> None:
        self._window.open_sheet(NoticeSheet(self._window, title=title, text=text))


def _bytes_of(file: Path) -> bytes:
    """The whole file.

    Raises:
        FileTooLarge, UnreadableFile: it is not read.
    """
    from archive.machine import read_file

    return read_file(file, limit_bytes=ReadingLimits().file_bytes)
