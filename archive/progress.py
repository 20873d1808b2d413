"""How long work reports, and how it is told to stop. No Qt here."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec


class Cancelled(Exception):
    """The person asked to stop. Not a failure: say nothing, log nothing."""


class Step(msgspec.Struct, frozen=True):
    """How far work has come: ``done`` of ``total`` (None when unknown), and what is being done now.

    ``label`` is plain untrusted text (a file name, a title, a host) for the eye only.
    """

    done: int
    total: int | None = None
    label: str = ""


def _say_nothing(_step: Step) -> None:
    """Nobody listens."""


class Job:
    """Handed to every long piece of work, which calls :meth:`step` often.

    Args:
        report: called with every step, in the thread of the work.
    """

    def __init__(self, report: Callable[[Step], None] = _say_nothing) -> None:
        self._report = report
        self._stop = threading.Event()
        self._goes = threading.Event()
        self._goes.set()
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_cancelled(self) -> bool:
        """Whether someone asked the work to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; safe from any thread, and more than once."""
        self._stop.set()
        self._goes.set()
        for listener in self._listeners:
            listener()

    @property
    def is_paused(self) -> bool:
        """Whether someone asked the work to begin nothing new for now."""
        return not self._goes.is_set()

    def pause(self) -> None:
        """Ask the work to finish what it is at and to begin nothing new; only work that says so can be paused. Safe from any thread."""
        if not self.is_cancelled:
            self._goes.clear()

    def resume(self) -> None:
        """Let paused work go on; safe from any thread."""
        self._goes.set()

    def wait_while_paused(self, most_s: float) -> None:
        """Return when the work may go on or is to stop, or after ``most_s`` seconds."""
        self._goes.wait(most_s)

    def when_cancelled(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when someone asks the work to stop (now, if someone has): for work done by another process."""
        self._listeners.append(listener)
        if self.is_cancelled:
            listener()

    def step(self, done: int, total: int | None = None, label: str = "") -> None:
        """Report, and stop here if asked to. Call it once per page, record or file.

        Raises:
            Cancelled: someone called :meth:`cancel`.
        """
        if self.is_cancelled:
            raise Cancelled
        self._report(Step(done, total, label))
