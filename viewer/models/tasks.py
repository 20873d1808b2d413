"""What is being done in the background, for the strip at the foot of the window."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from archive.progress import Job, Step


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work: what it is in words, how far it has come, and how it is stopped."""

    number: int
    words: str
    step: Step = Step(0)


class Tasks(QObject):
    """All pieces of work that a person should know of, oldest first.

    Signals:
        changed: one began, went on or ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: dict[int, Task] = {}
        self._stops: dict[int, Callable[[], None]] = {}
        self._next = 0

    @property
    def all(self) -> tuple[Task, ...]:
        """The pieces of work under way."""
        return tuple(self._tasks.values())

    def begin(self, words: str) -> int:
        """A piece of work begins; its number is for the calls below."""
        self._next += 1
        self._tasks[self._next] = Task(number=self._next, words=words)
        self.changed.emit()
        return self._next

    def may_stop(self, number: int, stop: Job | Callable[[], None]) -> None:
        """Stopping the task cancels a job, or calls ``stop``."""
        self._stops[number] = stop.cancel if isinstance(stop, Job) else stop

    def go_on(self, number: int, step: Step) -> None:
        """It has come this far."""
        if number in self._tasks:
            self._tasks[number] = Task(number=number, words=self._tasks[number].words, step=step)
            self.changed.emit()

    def end(self, number: int) -> None:
        """It is over, one way or the other."""
        self._tasks.pop(number, None)
        self._stops.pop(number, None)
        self.changed.emit()

    def stop_all(self) -> None:
        """Ask all of them to stop."""
        for stop in list(self._stops.values()):
            stop()
        self._tasks.clear()
        self._stops.clear()
        self.changed.emit()
