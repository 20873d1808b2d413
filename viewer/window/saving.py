"""Saved questions: kept on the private desk, which is made when the person first wants one and asked for once when it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from archive.errors import ArchiveLocked, WrongPassphrase
from archive.model.hit import Question
from viewer.dialogs.name import NameSheet
from viewer.dialogs.new_desk import NewDeskSheet
from viewer.dialogs.unlock import UnlockSheet
from viewer.models.library import Library, OpenArchive
from viewer.models.private_desk import FOLDER, PrivateDesk
from viewer.say.words import say
from viewer.window.asking import Asking
from viewer.window.library_pane import is_on_stick
from viewer.window.main_window import MainWindow


class Saving(QObject):
    """Joins the question that is asked, the desk, and the list in the library.

    Args:
        desk: the private desk.
        library: the open archives; beside one of them the desk may lie.
        asking: what is asked.
        window: over which sheets are laid.
        places: where a desk of this user may lie on this computer; none is made or looked at otherwise.

    Signals:
        failed: the exception that came instead.
    """

    failed = Signal(object)

    def __init__(
        self, desk: PrivateDesk, library: Library, asking: Asking, window: MainWindow, *, places: Sequence[Path]
    ) -> None:
        super().__init__(window)
        self.desk, self._library, self._asking, self._window, self._places = desk, library, asking, window, tuple(places)
        self._asked_for: set[Path] = set()
        shelf = window.zones.library.questions
        shelf.opened.connect(self._run)
        shelf.add_wanted.connect(self.ask_to_save)
        shelf.rename_wanted.connect(self._ask_to_rename)
        shelf.remove_wanted.connect(lambda name: desk.remove(name, failed=self.failed.emit))
        window.zones.results.head.save_wanted.connect(self.ask_to_save)
        desk.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """List what is saved."""
        names = [(saved.name, None) for saved in self.desk.questions]
        self._window.zones.library.questions.show_names(names, may_add=bool(self._library.archives))

    def look_for_desk(self, opened: OpenArchive | None = None) -> None:
        """Open the desk if there is one, beside an archive or on this computer; its passphrase is asked for once."""
        places = [] if opened is None else [opened.path.parent / FOLDER]
        for path in (*places, *self._places):
            if not self.desk.is_open and path not in self._asked_for and path.is_dir():
                self._asked_for.add(path)
                self._open(path)
                return

    def ask_to_save(self) -> None:
        """Ask for a name for what is asked; without a desk, ask first whether there shall be one."""
        question = self._asking.question
        if not question.text:
            return
        if not self.desk.is_open:
            self._ask_for_desk(then=self.ask_to_save)
            return
        sheet = NameSheet(self._window, title=say("question-save"), text=question.text, name=question.text)
        sheet.named.connect(lambda name: self.desk.save(name, question, done=sheet.close_sheet, failed=sheet.refuse))
        self._window.open_sheet(sheet)

    def with_desk(self, then: Callable[[], None]) -> None:
        """Do something that needs the desk; without one, ask first whether there shall be one."""
        if self.desk.is_open:
            then()
        else:
            self._ask_for_desk(then=then)

    def _run(self, name: str) -> None:
        question: Question | None = next((saved.question for saved in self.desk.questions if saved.name == name), None)
        if question is not None:
            self._asking.ask_again(question)

    def _ask_to_rename(self, name: str) -> None:
        sheet = NameSheet(self._window, title=say("shelf-rename"), text=name, name=name)
        sheet.named.connect(lambda to: self.desk.rename(name, to, done=sheet.close_sheet, failed=sheet.refuse))
        self._window.open_sheet(sheet)

    def _ask_for_desk(self, *, then: Callable[[], None]) -> None:
        """A desk that is there is opened; else ask whether and where one shall be made."""
        places = self._possible_places()
        there = next((path for path, _is_here in places if path.is_dir()), None)
        if there is not None:
            self._open(there, then=then)
            return
        sheet = NewDeskSheet(self._window, places=places)

        def done() -> None:
            sheet.close_sheet()
            then()

        def make(path: Path, passphrase: str | None) -> None:
            self._asked_for.add(path)
            self.desk.make(path, passphrase=passphrase, done=done, failed=sheet.refuse)

        sheet.wanted.connect(make)
        self._window.open_sheet(sheet)

    def _possible_places(self) -> list[tuple[Path, bool]]:
        """Beside an archive that is on a stick first: what is read from a stick shall leave nothing on the computer unasked."""
        beside = [(each.path.parent / FOLDER, False) for each in self._library.archives if is_on_stick(each.path)]
        here = [(path, True) for path in self._places]
        others = [(each.path.parent / FOLDER, False) for each in self._library.archives if not is_on_stick(each.path)]
        return list(dict.fromkeys([*beside, *here, *others]))

    def _open(self, path: Path, *, then: Callable[[], None] = lambda: None) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, ArchiveLocked):
                self._ask_passphrase(path, then=then)
            else:
                self.failed.emit(error)

        self.desk.open(path, passphrase=None, done=then, failed=failed)

    def _ask_passphrase(self, path: Path, *, then: Callable[[], None]) -> None:
        sheet = UnlockSheet(self._window, name=say("desk-name"))

        def done() -> None:
            sheet.close_sheet()
            then()

        def failed(error: Exception) -> None:
            if isinstance(error, WrongPassphrase):
                sheet.refuse(error)
            else:
                sheet.close_sheet()
                self.failed.emit(error)

        sheet.given.connect(lambda typed: self.desk.open(path, passphrase=typed, done=done, failed=failed))
        self._window.open_sheet(sheet)
