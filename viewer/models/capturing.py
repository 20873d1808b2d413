"""Sources that are to be saved: the list with what becomes of each, and the run, which outlives every view of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from archive import capture_report
from archive.model.capturing import CaptureFate, CaptureLine, Choice, ListedHost, PlannedSource, Risk
from archive.model.source import SourceState
from archive.progress import Job, Step
from viewer.models.tasks import Tasks
from viewer.say.words import say
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

if TYPE_CHECKING:
    from archive.model.source import Loader

Index = QModelIndex | QPersistentModelIndex


class WorkRole(IntEnum):
    """What a row is asked for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1


class Shown(Enum):
    """Which states are listed."""

    UNSAVED = frozenset({SourceState.WAITING, SourceState.FAILED, SourceState.PARTIAL})
    GONE = frozenset({SourceState.GONE, SourceState.REFUSED})
    SAVED = frozenset({SourceState.SAVED})
    ALL = frozenset(SourceState)


class WorkRow(msgspec.Struct, frozen=True):
    """A source of the list, and how far it has come in the newest run, None where that was not about it."""

    planned: PlannedSource
    line: CaptureLine | None = None

    @property
    def is_moving(self) -> bool:
        """Whether it is being asked for just now."""
        return self.line is not None and self.line.fate in {CaptureFate.UNDER_WAY, CaptureFate.IN_BROWSER}

    @property
    def state(self) -> SourceState:
        """What has become of it, as far as is known."""
        is_newer = self.line is not None and self.line.fate is CaptureFate.OVER
        known = self.planned.entry.source.state
        return self.line.state if is_newer and self.line is not None and known is not SourceState.SAVED else known

    @property
    def fate(self) -> str:
        """The state, or what is being done, in words."""
        if self.line is None or (self.line.fate is CaptureFate.OVER and self.line.state is not self.state):
            return say(f"state-{self.state}")
        return capture_report.say_fate(self.line)

    @property
    def risks(self) -> tuple[Risk, ...]:
        """Why it should be saved before others; nothing of what is saved, and what was tried is not untried."""
        if self.state is SourceState.SAVED:
            return ()
        is_tried = self.line is not None and self.line.fate is CaptureFate.OVER
        return tuple(risk for risk in self.planned.risks if not (is_tried and risk is Risk.UNTRIED))

    @property
    def why(self) -> list[str]:
        """Why it is not saved, or what should be known of it; the weightiest first."""
        if self.line is not None and self.line.is_over and self.line.fate is not CaptureFate.UNTOUCHED:
            return capture_report.say_why(self.line)
        source = self.planned.entry.source
        said = [capture_report.say_error(source.error, source.facts)] if source.error else []
        if source.captures and source.state is not SourceState.SAVED:
            said.append(capture_report.say_judged(source.captures[0]))
        return [each for each in said if each]


class WorkModel(QAbstractListModel):
    """One row per source in the order in which they are asked for, of the states that are shown; a row's ROW is its WorkRow.

    What the newest run was about stays listed until the list is asked for anew with other states.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[PlannedSource] = []
        self._lines: dict[str, CaptureLine] = {}
        self._rows: list[PlannedSource] = []
        self._places: dict[str, int] = {}
        self.shown = Shown.UNSAVED

    @property
    def states(self) -> dict[SourceState, int]:
        """How many sources of the list are in which state."""
        return dict(Counter(WorkRow(one, self._lines.get(one.address)).state for one in self._all))

    @property
    def total(self) -> int:
        """How many sources there are, shown or not."""
        return len(self._all)

    def show(self, planned: Sequence[PlannedSource]) -> None:
        """List these sources instead; what is known of the newest run stays with them."""
        self._all = list(planned)
        self._list_again()

    def show_states(self, shown: Shown) -> None:
        """List the sources of these states only."""
        self.shown = shown
        if not any(not line.is_over for line in self._lines.values()):
            self._lines.clear()
        self._list_again()

    def begin(self, lines: Sequence[CaptureLine]) -> None:
        """A run begins: it is about these."""
        self._lines = {line.address: line for line in lines}
        self._list_again()

    def take(self, lines: Sequence[CaptureLine]) -> None:
        """What has become of some sources of the run."""
        rows = []
        for line in lines:
            self._lines[line.address] = line
            row = self._places.get(line.address)
            rows += [row] if row is not None else []
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def forget_line(self, address: str) -> None:
        """A person judged this source: what the run said of it is not the last word any more."""
        self._lines.pop(address, None)

    def clear(self) -> None:
        """Forget every source."""
        self._lines.clear()
        self.show([])

    def worth_asking(self) -> list[PlannedSource]:
        """The sources that would be asked for if nothing were picked: those that are shown and not saved."""
        wanted = Shown.GONE if self.shown is Shown.GONE else Shown.UNSAVED
        return [one for one in self._rows if WorkRow(one, self._lines.get(one.address)).state in wanted.value]

    def place_of(self, address: str) -> int | None:
        """The row of a source; None where it is not shown."""
        return self._places.get(address)

    def row(self, row: int) -> WorkRow:
        """What a row shows."""
        one = self._rows[row]
        return WorkRow(one, self._lines.get(one.address))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title and state for screen readers, the row for the painter."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{row.planned.entry.title or row.planned.address}, {row.fate}"
        return row if role == WorkRole.ROW else None

    def _list_again(self) -> None:
        self.beginResetModel()
        states = self.shown.value
        self._rows = [one for one in self._all if one.entry.source.state in states or one.address in self._lines]
        self._places = {one.address: row for row, one in enumerate(self._rows)}
        self.endResetModel()


class Capturing(QObject):
    """Lists what is to be saved, and saves it in the background where a loader was given.

    Args:
        runner: in whose threads it works.
        tasks: where it is listed while it works.
        loaders: what goes outside, the embedded browser second where there is one; none in a sealed window, which only lists.
        parent: Qt's.

    Signals:
        changed: the list is another, or something became of a source.
        finished: the desk of a run that is over, whatever became of its sources.
        failed: the exception that came instead.
    """

    changed = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        tasks: Tasks,
        *,
        loaders: Sequence[Loader] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._tasks = runner, tasks
        self._loader, self._browser = (*loaders, None, None)[:2]
        self._lists = Latest(runner, Lane.HINT, owner=self)
        self._task: int | None = None
        self._job: Job | None = None
        self._lines: dict[int, CaptureLine] = {}
        self._looked: tuple[Any, Choice, tuple[ListedHost, ...]] | None = None
        self.model = WorkModel(self)
        self.is_known = False

    @property
    def can_fetch(self) -> bool:
        """Whether this window may save sources at all."""
        return self._loader is not None

    @property
    def is_running(self) -> bool:
        """Whether sources are being saved."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        """Whether the run begins nothing new for now."""
        return self._job is not None and self._job.is_paused

    @property
    def progress(self) -> tuple[int, int]:
        """How many sources of the newest run are over, and how many there are."""
        return sum(line.is_over for line in self._lines.values()), len(self._lines)

    @property
    def report(self) -> capture_report.EndReport | None:
        """What the newest run has come to so far; None where there was none."""
        return capture_report.end_report([self._lines[n] for n in sorted(self._lines)]) if self._lines else None

    def look(self, desk: Any, choice: Choice, *, listed: tuple[ListedHost, ...] = ()) -> None:
        """List the sources of reports, of a collection, or of an archive."""
        self._looked = (desk, choice, listed)

        def work(_job: Job) -> list[PlannedSource]:
            from archive.capturing import all_work  # in a thread: it brings the desk's engines with it

            return all_work(desk, choice, listed=listed)

        def take(planned: list[PlannedSource]) -> None:
            self.is_known = True
            self.model.show(planned)
            self.changed.emit()

        self._lists.start(work, done=take, failed=self.failed.emit)

    def look_again(self) -> None:
        """Ask anew for what is listed."""
        if self._looked is not None:
            desk, choice, listed = self._looked
            self.look(desk, choice, listed=listed)

    def start(self, planned: Sequence[PlannedSource], *, is_run: bool) -> None:
        """Save these sources of the archive that is listed; ``is_run`` where they are all that there is to do."""
        if self.is_running or self._looked is None or self._loader is None or not planned:
            return
        desk, loader, job = self._looked[0], self._loader, Job()
        self._job = job
        self._lines = {n: _waiting(n, one) for n, one in enumerate(planned)}
        self.model.begin(list(self._lines.values()))
        told: deque[CaptureLine] = deque()

        def work(outer: Job) -> None:
            from archive.capturing import capture_many

            def tell(line: CaptureLine) -> None:
                told.append(line)
                if not outer.is_cancelled:
                    outer.step(0)

            outer.when_cancelled(job.cancel)
            capture_many(desk, loader, planned, job=job, told=tell, browser=self._browser, is_run=is_run)

        def progress(_step: Step) -> None:
            if self._job is job:
                self._drain(told)

        def over(error: Exception | None) -> None:
            if self._job is job:
                self._drain(told)
                self._end(desk, error)

        self._runner.start(Lane.FETCH, work, owner=self, done=lambda _none: over(None), failed=over, progress=progress)
        self._tell()

    def pause(self) -> None:
        """Begin nothing new for now; what is under way is finished."""
        if self._job is not None:
            self._job.pause()
            self._tell()

    def resume(self) -> None:
        """Go on."""
        if self._job is not None:
            self._job.resume()
            self._tell()

    def stop(self) -> None:
        """Leave what is under way; what is saved stays saved, and the rest goes on next time."""
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """Stop, and remember no source."""
        self.stop()
        self._lists.drop()
        self._job, self._looked, self.is_known = None, None, False
        self._lines.clear()
        self.model.clear()
        self._tell()

    def ask(self, act: Callable[[Any], object], *, address: str = "") -> None:
        """Have something else done to the archive that is listed (judge, follow), and list anew."""
        if self._looked is None:
            return
        desk = self._looked[0]

        def take(_value: object) -> None:
            self.model.forget_line(address)
            self.finished.emit(desk)
            self.look_again()

        self._runner.start(Lane.LOOK, lambda _job: act(desk), owner=self, done=take, failed=self.failed.emit)

    def _drain(self, told: deque[CaptureLine]) -> None:
        lines = []
        while told:
            lines.append(told.popleft())
        self._lines.update((line.n, line) for line in lines)
        self.model.take(lines)
        self._tell()

    def _tell(self) -> None:
        if self.is_running:
            if self._task is None:
                self._task = self._tasks.begin(say("task-capturing"))
                self._tasks.may_stop(self._task, self.stop)
            self._tasks.go_on(self._task, Step(*self.progress))
        elif self._task is not None:
            self._tasks.end(self._task)
            self._task = None
        self.changed.emit()

    def _end(self, desk: Any, error: Exception | None) -> None:
        self._job = None
        self._tell()
        self.finished.emit(desk)
        self.look_again()
        if error is not None:
            self.failed.emit(error)


def _waiting(n: int, planned: PlannedSource) -> CaptureLine:
    return CaptureLine(
        n=n, address=planned.address, title=planned.entry.title, risks=planned.risks, state=planned.entry.source.state
    )
