"""Files on their way into an archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from archive.intake_report import write_report
from viewer.dialogs.bring_in import BringInSheet
from viewer.dialogs.choose_archive import ChooseArchiveSheet
from viewer.dialogs.files import choose_files, choose_folder, choose_place
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.password import PasswordSheet
from viewer.look.themes import Theme
from viewer.models.intake import Intake
from viewer.models.library import Library, OpenArchive
from viewer.say.notices import say_error
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.window.saved import ChoosingArticles, is_zim
from viewer.work.runner import Lane, TaskRunner


class Bringing(QObject):
    """Asks what is brought in and into which archive, and shows how it goes as long as a person wants to look.

    Args:
        runner: for writing reports.
        library: the open archives.
        intake: the run, which outlives the window.
        window: where sheets are laid.
        theme: gives the colours of the moment.
        meant: gives the position of the archive that is being read.

    Signals:
        document_wanted: the person wants to read a document that came in (its identifier).
    """

    document_wanted = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        library: Library,
        intake: Intake,
        window: MainWindow,
        *,
        theme: Callable[[], Theme],
        meant: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._runner, self._library, self._intake, self._window = runner, library, intake, window
        self._theme, self._meant = theme, meant
        self._sheet: BringInSheet | None = None
        intake.finished.connect(self._look_again)
        intake.failed.connect(self._say_failure)

    def choose(self) -> None:
        """Ask which files."""
        filters = [
            f"{say('files-documents')} (*.pdf *.docx *.odt *.rtf *.epub *.html *.htm *.xhtml *.mhtml *.mht *.md *.markdown *.txt *.zip)",
            f"{say('files-web-archives')} (*.warc *.warc.gz *.arc *.arc.gz *.wacz *.zim)",
            f"{say('files-all')} (*)",
        ]
        choose_files(self._window, chosen=self.bring_in, label=say("button-bring-in"), filters=filters)

    def choose_a_folder(self) -> None:
        """Ask for a folder, all of which is brought in."""
        choose_folder(self._window, chosen=lambda folder: self.bring_in([folder]), label=say("button-bring-in"))

    def bring_in(self, chosen: list[Path]) -> None:
        """Bring files and folders in; where several archives take changes the person says which. Nothing happens without one."""
        writable = self._library.writable
        if not writable or not chosen:
            return
        if len(writable) == 1:
            self._start(writable[0], chosen)
            return
        archives = self._library.archives
        meant = archives[self._meant()] if self._meant() < len(archives) else writable[-1]
        sheet = ChooseArchiveSheet(
            self._window,
            titles=[each.facts.title for each in writable],
            chosen=next((n for n, each in enumerate(writable) if each.desk is meant.desk), len(writable) - 1),
        )
        sheet.wanted.connect(lambda position: self._start(writable[position], chosen))
        self._window.open_sheet(sheet)

    def show(self) -> None:
        """Lay the list of the files over the window, if there is one."""
        if self._sheet is not None or not self._intake.is_known:
            return
        sheet = BringInSheet(self._window, intake=self._intake, theme=self._theme())
        sheet.document_wanted.connect(self.document_wanted)
        sheet.password_wanted.connect(self._ask_password)
        sheet.save_wanted.connect(self._ask_where)
        sheet.closed.connect(self._put_away)
        self._sheet = sheet
        self._window.open_sheet(sheet)

    def _start(self, into: OpenArchive, chosen: list[Path]) -> None:
        for file in filter(is_zim, chosen):
            ChoosingArticles(self._runner, self._window, into.desk, file, finished=lambda: self._look_again(into.desk))
        rest = [path for path in chosen if not is_zim(path)]
        if rest:
            self._intake.start(into.desk, archive=into.facts.title, chosen=rest)
            self.show()

    def _ask_password(self, n: int) -> None:
        line = self._intake.model.lines[n]
        asked = PasswordSheet(self._window, name=line.name, why=say("password-why-bring-in"))

        def give(password: str) -> None:
            self._intake.open_locked(n, password, done=asked.take, failed=asked.refuse)

        asked.given.connect(give)
        self._window.open_sheet(asked)

    def _put_away(self) -> None:
        self._sheet = None

    def _look_again(self, desk: object) -> None:
        for position, each in enumerate(self._library.archives):
            if each.desk is desk:
                self._library.look_again(position)

    def _ask_where(self) -> None:
        lines = self._intake.model.lines
        kinds = [f"{say('files-tables')} (*.csv)", "JSON (*.json)"]

        def save(path: Path) -> None:
            self._runner.start(
                Lane.LOOK,
                lambda _job: write_report(path, lines),
                owner=self,
                done=lambda _none: self._tell_saved(path),
                failed=self._say_failure,
            )

        choose_place(self._window, chosen=save, label=say("button-save"), filters=kinds)

    def _tell_saved(self, path: Path) -> None:
        if self._sheet is not None:
            self._sheet.say_notice(say("report-saved", name=path.name))

    def _say_failure(self, error: Exception) -> None:
        if self._sheet is not None:
            self._sheet.say_notice(say_error(error))
        else:
            self._window.open_sheet(NoticeSheet(self._window, title=say("notice-failed"), text=say_error(error)))
