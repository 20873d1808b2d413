"""Files on their way into an archive: the run, which outlives every sheet that shows it, and its lines as a list."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from archive.model.document import Arrival
from archive.model.intake import Fate, IntakeLine
from archive.progress import Cancelled, Job, Step
from viewer.models.tasks import Tasks
from viewer.say.words import say
from viewer.work.runner import Lane, TaskRunner

if TYPE_CHECKING:
    from archive.bringing import FoundFile

    _Told = int | list[FoundFile] | IntakeLine
    """What a worker tells: how many files were found so far, all of them, what became of one."""

Index = QModelIndex | QPersistentModelIndex


class IntakeRole(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    LINE = Qt.ItemDataRole.UserRole + 1


class IntakeModel(QAbstractListModel):
    """One row per file in their order, or only those that a person should look at; a row's LINE is its IntakeLine.

    Ten thousand rows and more: nothing is made per row, and a change touches the rows that changed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[IntakeLine] = []
        self._shown: list[int] | None = None
        self._places: dict[int, int] = {}
        self._fates: Counter[Fate] = Counter()
        self._problems = 0

    @property
    def lines(self) -> tuple[IntakeLine, ...]:
        """Every line, whatever is shown."""
        return tuple(self._lines)

    @property
    def fates(self) -> dict[Fate, int]:
        """How many files have met which fate so far."""
        return {fate: self._fates[fate] for fate in Fate if self._fates[fate]}

    @property
    def problem_count(self) -> int:
        """How many files a person should look at."""
        return self._problems

    @property
    def over_count(self) -> int:
        """How many files have met their fate."""
        return len(self._lines) - self._fates[Fate.WAITING] - self._fates[Fate.READING]

    @property
    def shows_problems_only(self) -> bool:
        """Whether only those that a person should look at are shown."""
        return self._shown is not None

    def clear(self) -> None:
        """Forget every line."""
        self.beginResetModel()
        self._lines, self._shown, self._places = [], None if self._shown is None else [], {}
        self._fates, self._problems = Counter(), 0
        self.endResetModel()

    def add(self, names: Sequence[str]) -> None:
        """More files wait at the end."""
        if not names:
            return
        first = len(self._lines)
        if self._shown is None:
            self.beginInsertRows(QModelIndex(), first, first + len(names) - 1)
        self._lines += [IntakeLine(n=first + n, name=name) for n, name in enumerate(names)]
        self._fates[Fate.WAITING] += len(names)
        if self._shown is None:
            self.endInsertRows()

    def take(self, lines: Sequence[IntakeLine]) -> None:
        """What has become of some files."""
        for line in lines:
            before = self._lines[line.n]
            self._lines[line.n] = line
            self._fates[before.fate] -= 1
            self._fates[line.fate] += 1
            self._problems += line.has_problems - before.has_problems
            if self._shown is not None and line.has_problems and line.n not in self._places:
                self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown))
                self._places[line.n] = len(self._shown)
                self._shown.append(line.n)
                self.endInsertRows()
        rows = [line.n if self._shown is None else self._places.get(line.n) for line in lines]
        changed = [row for row in rows if row is not None]
        if changed:
            self.dataChanged.emit(self.index(min(changed)), self.index(max(changed)))

    def show_problems_only(self, *, is_on: bool) -> None:
        """Show only the files that a person should look at, or all."""
        self.beginResetModel()
        self._shown = [line.n for line in self._lines if line.has_problems] if is_on else None
        self._places = {n: row for row, n in enumerate(self._shown or ())}
        self.endResetModel()

    def line(self, row: int) -> IntakeLine:
        """The line that a row shows."""
        return self._lines[row if self._shown is None else self._shown[row]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._lines if self._shown is None else self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name for screen readers, the line for the painter."""
        if not index.isValid():
            return None
        line = self.line(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return line.name
        return line if role == IntakeRole.LINE else None


class _Wanted(msgspec.Struct, frozen=True):
    """A run that waits for its turn."""

    desk: Any
    archive: str
    chosen: tuple[Path, ...]


class Intake(QObject):
    """Brings files in, in the background; files that come while it works wait for their turn.

    Args:
        runner: in whose threads it works.
        tasks: where it is listed while it works.
        parent: Qt's.

    Signals:
        changed: something became of a file, or a run began.
        finished: the desk of a run that is over, whatever became of its files.
        failed: the archive takes no more; the error.
    """

    changed = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._tasks = runner, tasks
        self._task: int | None = None
        self.model = IntakeModel(self)
        self._waiting: deque[_Wanted] = deque()
        self._now: _Wanted | None = None
        self._stop = Job()
        self._found = 0
        self._archive = ""
        self._desk: Any = None
        self._files: list[FoundFile] = []

    @property
    def is_running(self) -> bool:
        """Whether files are on their way."""
        return self._now is not None

    @property
    def is_looking(self) -> bool:
        """Whether it is still being found out which files there are."""
        return self.is_running and self._found >= 0

    @property
    def found_count(self) -> int:
        """How many files were found so far."""
        return max(0, self._found)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show."""
        return self.is_running or bool(self._archive)

    @property
    def archive(self) -> str:
        """The title of the archive that takes the files."""
        return self._archive

    def start(self, desk: Any, *, archive: str, chosen: Sequence[Path]) -> None:
        """Bring files and folders into an archive, after those that are on their way."""
        self._waiting.append(_Wanted(desk, archive, tuple(chosen)))
        if not self.is_running:
            self._clear()
            self._next()

    def stop(self) -> None:
        """Begin no more files; those under way come in whole."""
        self._waiting.clear()
        self._stop.cancel()

    def forget(self) -> None:
        """Stop, and remember no name of any file."""
        self.stop()
        self._now, self._archive, self._desk = None, "", None
        self._files.clear()
        self.model.clear()
        self._tell()

    def open_locked(self, n: int, password: str, *, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Bring in the file of a line, which its maker encrypted; its line follows."""
        desk, file = self._desk, self._files[n]

        def work(_job: Job) -> IntakeLine:
            from archive.bringing import bring_in_locked

            return bring_in_locked(desk, file, n=n, password=password)

        def take(line: IntakeLine) -> None:
            if self._desk is desk and self._files[n : n + 1] == [file]:
                self.model.take([line])
                self._tell()
                self.finished.emit(desk)
            done()

        self._runner.start(Lane.WORK, work, owner=self, done=take, failed=failed)

    def _clear(self) -> None:
        self._files.clear()
        self.model.clear()

    def _next(self) -> None:
        if not self._waiting:
            return
        wanted = self._waiting.popleft()
        if wanted.desk is not self._desk:
            self._clear()
        self._desk = wanted.desk
        self._now, self._archive, self._found, self._stop = wanted, wanted.archive, 0, Job()
        stop, first = self._stop, len(self.model.lines)
        told: deque[Callable[[], None]] = deque()

        def work(job: Job) -> None:
            job.when_cancelled(stop.cancel)
            _bring(wanted, stop, job, lambda step: told.append(lambda: self._take(step, first)))

        def progress(_step: Step) -> None:
            if self._now is wanted:
                self._drain(told)

        def over(error: Exception | None) -> None:
            if self._now is wanted:
                self._drain(told)
                self._end(wanted, error)

        self._runner.start(Lane.BRING, work, owner=self, done=lambda _none: over(None), failed=over, progress=progress)
        self._tell()

    def _drain(self, told: deque[Callable[[], None]]) -> None:
        while told:
            told.popleft()()
        self._tell()

    def _tell(self) -> None:
        if self.is_running:
            if self._task is None:
                self._task = self._tasks.begin(say("task-bringing-in"))
                self._tasks.may_stop(self._task, self.stop)
            self._tasks.go_on(self._task, Step(self.model.over_count, None if self.is_looking else len(self.model.lines)))
        elif self._task is not None:
            self._tasks.end(self._task)
            self._task = None
        self.changed.emit()

    def _take(self, told: _Told, first: int) -> None:
        if isinstance(told, int):
            self._found = told
        elif isinstance(told, list):
            self._found = -1
            self._files += told
            self.model.add([file.name for file in told])
        else:
            self.model.take([msgspec.structs.replace(told, n=first + told.n)])

    def _end(self, wanted: _Wanted, error: Exception | None) -> None:
        self._now = None
        self._tell()
        self.finished.emit(wanted.desk)
        if error is not None:
            self._waiting.clear()
            self.failed.emit(error)
        self._next()


def _bring(wanted: _Wanted, stop: Job, job: Job, tell: Callable[[_Told], None]) -> None:
    """One run in a worker's thread: how many files were found, then their names, then line after line."""
    # In a thread: it brings the desk's engines with it.
    from archive.bringing import apart, bring_in_many, bring_in_web_archive, find_files, open_packed

    def pass_on(step: _Told) -> None:
        tell(step)
        if not job.is_cancelled:
            job.step(0)

    def found(step: Step) -> None:
        if stop.is_cancelled:
            looking.cancel()
        if step.done % 100 == 1:
            pass_on(step.done)

    def told(line: IntakeLine, _arrival: Arrival | None) -> None:
        pass_on(line)

    looking = Job(found)
    ones, web_archives = apart(find_files(wanted.chosen, job=looking))
    ones = open_packed(wanted.desk, ones, job=looking)
    pass_on([*ones, *web_archives])
    bring_in_many(wanted.desk, ones, job=stop, told=told)
    for n, file in enumerate(web_archives, len(ones)):
        untouched = IntakeLine(n=n, name=file.name, fate=Fate.UNTOUCHED)
        pass_on(untouched if stop.is_cancelled else msgspec.structs.replace(untouched, fate=Fate.READING))
        if not stop.is_cancelled:
            try:
                pass_on(bring_in_web_archive(wanted.desk, file, n=n, job=stop))
            except Cancelled:
                pass_on(untouched)
