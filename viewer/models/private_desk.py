"""The person's private desk, if there is one and it is open; it stands behind a keeper of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from archive.model.capturing import ListedHost
from archive.model.hit import Question, SavedQuestion
from archive.progress import Job
from viewer.work.runner import Lane, TaskRunner

if TYPE_CHECKING:
    from archive.api import Doors

FOLDER = "Ibid.desk"
_TITLE = "Ibid"


class PrivateDesk(QObject):
    """Made only when the person says so, opened with its passphrase, closed when everything is locked.

    Args:
        runner: in whose threads the desk is asked.
        doors: gives the doors through which it is opened; called in a thread.
        parent: Qt's.

    Signals:
        changed: it was opened or closed, or something on it is another.
    """

    changed = Signal()

    def __init__(self, runner: TaskRunner, doors: Callable[[], Doors], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._doors = runner, doors
        self._desk: Any = None
        self.questions: tuple[SavedQuestion, ...] = ()
        self.listed: tuple[ListedHost, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something can be kept on it now."""
        return self._desk is not None

    def open(self, path: Path, *, passphrase: str | None, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Open the desk that stands at ``path``."""
        self._start(lambda: self._doors().open(path, passphrase=passphrase, is_desk=True), done, failed)

    def make(self, path: Path, *, passphrase: str | None, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Make a desk at ``path``, and the folder above it where that is missing, and open it."""

        def new() -> Any:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._doors().new(path, title=_TITLE, passphrase=passphrase, is_desk=True)

        self._start(new, done, failed)

    def save(self, name: str, question: Question, *, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Keep a question under a name."""
        self._do(lambda desk: desk.save_question(SavedQuestion(name, question)), done, failed)

    def rename(self, name: str, to: str, *, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Give a saved question another name."""
        self._do(lambda desk: desk.rename_question(name, to=to), done, failed)

    def remove(self, name: str, *, failed: Callable[[Exception], None]) -> None:
        """Keep a question no longer."""
        self._do(lambda desk: desk.remove_question(name), lambda: None, failed)

    def list_hosts(self, hosts: tuple[ListedHost, ...], *, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Keep the person's own list of hosts, in the place of the one before."""

        def take() -> None:
            self.listed = hosts
            self.changed.emit()
            done()

        self._do(lambda desk: desk.list_hosts(hosts), take, failed)

    def close(self) -> None:
        """Forget everything on it at once, and have it closed in the background."""
        desk, self._desk, self.questions, self.listed = self._desk, None, (), ()
        self.changed.emit()
        if desk is not None:
            self._runner.start(Lane.LEAVE, lambda _job: desk.close(), owner=self, done=lambda _none: None)

    def _start(self, open_it: Callable[[], Any], done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        def work(_job: Job) -> tuple[Any, tuple[SavedQuestion, ...], tuple[ListedHost, ...]]:
            desk = open_it()
            try:
                return desk, desk.saved_questions(), desk.listed_hosts()
            except BaseException:
                desk.close()
                raise

        def take(opened: tuple[Any, tuple[SavedQuestion, ...], tuple[ListedHost, ...]]) -> None:
            self.close()
            self._desk, self.questions, self.listed = opened
            self.changed.emit()
            done()

        self._runner.start(Lane.WORK, work, owner=self, done=take, failed=failed)

    def _do(self, act: Callable[[Any], None], done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        desk = self._desk

        def work(_job: Job) -> tuple[SavedQuestion, ...]:
            act(desk)
            found: tuple[SavedQuestion, ...] = desk.saved_questions()
            return found

        def take(found: tuple[SavedQuestion, ...]) -> None:
            if self._desk is desk:
                self.questions = found
                self.changed.emit()
                done()

        self._runner.start(Lane.LOOK, work, owner=self, done=take, failed=failed)
