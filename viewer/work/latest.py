"""Only the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from archive.progress import Job
from viewer.work.runner import Lane, TaskRunner


class Latest:
    """One question at a time: starting again drops what was asked before, and what it would have answered.

    Args:
        runner: where the work runs.
        lane: in which lane.
        owner: who gets the answers; none comes once it is destroyed.
    """

    def __init__(self, runner: TaskRunner, lane: Lane, *, owner: QObject) -> None:
        self._runner, self._lane, self._owner = runner, lane, owner
        self._job: Job | None = None

    def start(
        self,
        work: Callable[[Job], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``work`` and give its answer to ``done``, unless something newer is started first."""
        self.drop()
        self._job = self._runner.start(self._lane, work, owner=self._owner, done=done, failed=failed)

    def drop(self) -> None:
        """Forget what is running; its answer will not come."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
