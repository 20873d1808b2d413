"""How long a question may take, all of its parts together.

Whoever asks waits for less than a fifth of a second, whatever was asked of however much. Each part of an answer looks at the same clock and has its share
of the time, up to a moment counted from the question; where that has come, what is known is the answer, which says that it is not all. A
machine that is busy with something else gives a question little of its processor: until it had a third of its time there it is not cut short, for six times as
long at most, so that an ordinary question has its whole answer there too. What is read once, for a process or for a state of a volume, is not on
the clock: the first question has the same answer as the second.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from archive.storage.database import Interrupted, Run, plain_statements, stopping

EXPANDED_S, FOUND_S, FOUND_ROUGHLY_S, COUNTED_S, SHOWN_S = 0.05, 0.08, 0.1, 0.11, 0.14
"""When it must be known what beginnings stand for, which documents are the best, which ones answer at all, how many they are, and how they look."""
_LEAST_PROCESSOR, _LONGEST_WAIT = 1 / 3, 6


class Deadline:
    """The clock of one question, which is asked in the thread that makes it."""

    def __init__(self) -> None:
        self._began, self._worked = time.perf_counter(), time.thread_time()

    def is_over(self, at_s: float = SHOWN_S) -> bool:
        """Whether that moment has come."""
        passed = time.perf_counter() - self._began
        if passed < at_s:
            return False
        return time.thread_time() - self._worked >= at_s * _LEAST_PROCESSOR or passed >= at_s * _LONGEST_WAIT

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is done meanwhile is not on the clock."""
        passed, worked = time.perf_counter(), time.thread_time()
        try:
            yield
        finally:
            self._began += time.perf_counter() - passed
            self._worked += time.thread_time() - worked

    @contextmanager
    def until(self, connection: Connection, at_s: float) -> Iterator[Run]:
        """Runs statements, by what is given or on the connection itself, which are given up when that moment has come.

        Raises:
            archive.storage.database.Interrupted: one was, or would have begun too late.
        """

        def is_over() -> bool:
            return self.is_over(at_s)

        with stopping(connection, is_over), plain_statements(connection) as run:

            def run_in_time(statement: str, values: tuple[Any, ...] = ()) -> Any:
                if is_over():
                    raise Interrupted
                return run(statement, values)

            yield run_in_time
