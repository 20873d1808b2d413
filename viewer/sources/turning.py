"""Waiting without standing still: Qt's loop turns until something is so, its time is up, or whoever asked has left."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from archive.progress import Cancelled

_LOOK_MS = 20


class Turning:
    """The loop of a process that does one thing at a time.

    Args:
        is_left: whether what is under way was left.
    """

    def __init__(self, is_left: Callable[[], bool]) -> None:
        self._is_left = is_left
        self._loop = QEventLoop()
        self._looking = QTimer()
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._loop.quit)

    def until(self, is_so: Callable[[], bool], *, limit_s: float) -> bool:
        """Turn until ``is_so()``; False where the time was up before.

        Raises:
            Cancelled: what is under way was left.
        """
        end_s = time.monotonic() + limit_s
        self._looking.start()
        try:
            while not is_so():
                if self._is_left():
                    raise Cancelled
                if time.monotonic() >= end_s:
                    return False
                self._loop.exec()
            return True
        finally:
            self._looking.stop()

    def nudge(self) -> None:
        """Look again now; for a callback that brought something."""
        self._loop.quit()
