"""Work off the GUI thread, and its answer brought back to it.

The rules: ``work(job)`` gets plain values and never touches a widget; ``done``, ``failed`` and ``progress`` run on the GUI
thread, and never after their owner is destroyed or the job cancelled. Threads are daemons, so a keeper that hangs cannot keep a
closed program alive.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from enum import Enum
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from archive.progress import Cancelled, Job, Step


class Lane(Enum):
    """What kind of work, and how many may run at once."""

    LOOK = ("look", 3)  # searches, opening a document, a source: quick reads
    HINT = ("hint", 2)  # completions, facets, lists at the side: whatever must not keep an answer waiting
    SHOW = ("show", 3)  # the parts of a captured page, of which one wants dozens at once
    LEAVE = ("leave", 2)  # closing desks, also of a keeper that hangs and keeps the other lanes busy
    WORK = ("work", 1)  # sharing, merging, checking: one at a time, in order
    BRING = ("bring", 1)  # bringing in, which may take hours and keeps nothing else waiting
    FETCH = ("fetch", 1)  # saving sources, which may take hours too

    @property
    def threads(self) -> int:
        """How many pieces of work of this lane run side by side."""
        return self.value[1]


class TaskRunner(QObject):
    """The only place in the viewer where threads are made. Make it, and call its methods, on the GUI thread.

    Signals:
        unclaimed: an exception whose caller gave no ``failed``.
    """

    unclaimed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: set[Job] = set()
        self._queues: dict[Lane, queue.SimpleQueue[Callable[[], None] | None]] = {lane: queue.SimpleQueue() for lane in Lane}
        self._threads: dict[Lane, list[threading.Thread]] = {lane: [] for lane in Lane}
        self._is_closed = False
        self._arrived.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        lane: Lane,
        work: Callable[[Job], Any],
        *,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[Step], None] | None = None,
    ) -> Job:
        """Run ``work(job)`` in a lane, then ``done(result)`` or ``failed(error)`` on the GUI thread.

        Work whose job is cancelled before a thread is free is never begun.

        Returns:
            The job, whose ``cancel`` may be called at any time.
        """

        def deliver(function: Callable[..., None], value: object) -> None:
            if shiboken6.isValid(owner) and not job.is_cancelled:
                function(value)

        def report(step: Step) -> None:
            if progress is not None:
                self._bring_home(lambda: deliver(progress, step))

        def run() -> None:
            try:
                if job.is_cancelled:
                    raise Cancelled
                result = work(job)
            except Cancelled:
                self._bring_home(lambda: self._jobs.discard(job))
            except Exception as error:  # noqa: BLE001 - whatever the work raised belongs to its claimant on the GUI thread
                self._bring_home(lambda error=error: self._fail(job, error, failed, deliver))
            else:
                self._bring_home(lambda: (self._jobs.discard(job), deliver(done, result)))

        job = Job(report)
        if not self._is_closed:
            self._jobs.add(job)
            self._queues[lane].put(run)
            self._hire(lane)
        return job

    def close(self, *, within_s: float = 3.0) -> bool:
        """Cancel everything and wait for the workers to leave, at most ``within_s`` seconds.

        Returns:
            Whether all of them left. Those that did not are daemons and end with the process.
        """
        self._is_closed = True
        for job in self._jobs:
            job.cancel()
        deadline = time.monotonic() + within_s
        for lane, threads in self._threads.items():
            for _thread in threads:
                self._queues[lane].put(None)
        for threads in self._threads.values():
            for thread in threads:
                thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for threads in self._threads.values() for thread in threads)

    def _hire(self, lane: Lane) -> None:
        """One more thread for a lane that has not all of its threads yet."""
        threads = self._threads[lane]
        if len(threads) >= lane.threads:
            return
        name = f"ibid-{lane.value[0]}-{len(threads)}"
        thread = threading.Thread(target=_serve, args=(self._queues[lane],), name=name, daemon=True)
        threads.append(thread)
        thread.start()

    def _fail(self, job: Job, error: Exception, failed: Callable[..., None] | None, deliver: Callable[..., None]) -> None:
        self._jobs.discard(job)
        deliver(failed if failed is not None else self.unclaimed.emit, error)

    def _bring_home(self, closure: Callable[[], object]) -> None:
        """Have ``closure`` called on the GUI thread, unless the runner itself is gone."""
        if shiboken6.isValid(self):
            self._arrived.emit(closure)

    @Slot(object)
    def _run_here(self, closure: Callable[[], None]) -> None:
        closure()


def _serve(waiting: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    """Take one piece of work after the other, until None is taken."""
    while (run := waiting.get()) is not None:
        run()
