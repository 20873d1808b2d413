"""The archives that are open together, each behind its desk.

Everything a desk does blocks, so everything here that asks one runs in the runner's threads; what is remembered here (facts and
lists) is what the desks last said.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal

from archive.model.document import DocumentEntry, Role
from archive.model.hit import Answer, Question
from archive.model.sharing import ArchiveFacts
from archive.progress import Job
from viewer.models.documents import ShelfEntry
from viewer.work.runner import Lane, TaskRunner

if TYPE_CHECKING:
    from archive.api import Doors, FrontDesk


class OpenArchive(msgspec.Struct, frozen=True, kw_only=True):
    """One open archive: where it stands, its desk, and what it last said of itself and its reports."""

    path: Path
    desk: Any
    facts: ArchiveFacts
    reports: tuple[DocumentEntry, ...]


class Library(QObject):
    """All archives that are open, in the order they were opened.

    Args:
        runner: in whose threads the desks are asked.
        doors: gives the doors through which archives are opened; called in a thread, because they bring heavy engines with them.
        parent: Qt's.

    Signals:
        changed: an archive was opened, closed, or says something new of itself.
    """

    changed = Signal()

    def __init__(self, runner: TaskRunner, doors: Callable[[], Doors], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.doors = doors
        self._archives: list[OpenArchive] = []

    @property
    def archives(self) -> tuple[OpenArchive, ...]:
        """The open archives; a hit's ``archive`` is a position in this."""
        return tuple(self._archives)

    @property
    def desks(self) -> list[FrontDesk]:
        """The desks of the open archives, in their order."""
        return [each.desk for each in self._archives]

    @property
    def writable(self) -> tuple[OpenArchive, ...]:
        """The open archives that take new documents."""
        return tuple(each for each in self._archives if each.facts.is_writable)

    @property
    def reports(self) -> list[ShelfEntry]:
        """Every report of every archive, newest publication first."""
        entries = [ShelfEntry(archive=n, entry=entry) for n, each in enumerate(self._archives) for entry in each.reports]
        return sorted(entries, key=lambda shelved: shelved.entry.document.description.published_on or "", reverse=True)

    def open(
        self, path: Path, *, passphrase: str | None, done: Callable[[OpenArchive], None], failed: Callable[[Exception], None]
    ) -> Job:
        """Open the archive at ``path`` and add it; one that is open already is only asked anew what it holds."""

        def work(_job: Job) -> OpenArchive:
            return _look_at(path, self.doors().open(path, passphrase=passphrase))

        here = self._position(path)
        if here is not None:
            return self.look_again(here, done=done, failed=failed)
        return self._runner.start(Lane.WORK, work, owner=self, done=lambda opened: self._add(opened, done), failed=failed)

    def make(
        self,
        path: Path,
        *,
        title: str,
        passphrase: str | None,
        done: Callable[[OpenArchive], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Make a new archive at ``path`` and open it."""

        def work(_job: Job) -> OpenArchive:
            return _look_at(path, self.doors().new(path, title=title, passphrase=passphrase))

        return self._runner.start(Lane.WORK, work, owner=self, done=lambda opened: self._add(opened, done), failed=failed)

    def look_again(
        self,
        position: int,
        *,
        done: Callable[[OpenArchive], None] = lambda _opened: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Ask an archive anew what it holds."""
        asked = self._archives[position]

        def take(said: OpenArchive) -> None:
            if asked in self._archives:
                self._archives[self._archives.index(asked)] = said
                self.changed.emit()
                done(said)

        return self._runner.start(Lane.LOOK, lambda _job: _look_at(asked.path, asked.desk), owner=self, done=take, failed=failed)

    def search(self, question: Question) -> Answer:
        """Ask all archives at once; blocks, so call it in a runner's thread."""
        from archive.api import search_together

        return search_together(self.desks, question)

    def check(
        self, opened: OpenArchive, *, changed: Callable[[str], None], failed: Callable[[Exception], None] | None = None
    ) -> Job:
        """Hash an archive's volumes in the background.

        Args:
            opened: which archive.
            changed: called with a volume's file name if its bytes are not those noted when it was last closed.
            failed: called when it could not be done.
        """

        def take(names: tuple[str, ...]) -> None:
            if names and any(each.desk is opened.desk for each in self._archives):
                changed(names[0])

        return self._runner.start(
            Lane.LOOK, lambda job: opened.desk.changed_volumes(job=job), owner=self, done=take, failed=failed
        )

    def close(self, opened: OpenArchive) -> None:
        """Forget one archive at once and have its desk closed in the background."""
        self._archives = [each for each in self._archives if each.desk is not opened.desk]
        self.changed.emit()
        self._runner.start(Lane.LEAVE, lambda _job: opened.desk.close(), owner=self, done=lambda _none: None)

    def find_document(self, document: str) -> int | None:
        """The position of the archive that lists this report, None if none does."""
        for position, each in enumerate(self._archives):
            if any(entry.document.document == document for entry in each.reports):
                return position
        return None

    def close_all(self) -> list[Path]:
        """Forget every archive at once and have their desks closed in the background.

        Returns:
            Where they stood, in order.
        """
        leaving, self._archives = self._archives, []
        self.changed.emit()
        for each in leaving:
            self._runner.start(Lane.LEAVE, lambda _job, desk=each.desk: desk.close(), owner=self, done=lambda _none: None)
        return [each.path for each in leaving]

    def _add(self, opened: OpenArchive, done: Callable[[OpenArchive], None]) -> None:
        self._archives.append(opened)
        self.changed.emit()
        done(opened)

    def _position(self, path: Path) -> int | None:
        wanted = path.resolve()
        return next((n for n, each in enumerate(self._archives) if each.path.resolve() == wanted), None)


def _look_at(path: Path, desk: Any) -> OpenArchive:
    """What the desk says of its archive now."""
    try:
        return OpenArchive(path=path, desk=desk, facts=desk.about(), reports=tuple(desk.documents(role=Role.REPORT)))
    except BaseException:
        desk.close()
        raise
