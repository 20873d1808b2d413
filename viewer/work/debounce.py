"""Waiting until somebody has stopped typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Debounce(QObject):
    """Calls ``act`` once things have been quiet for ``quiet_ms`` milliseconds."""

    def __init__(self, act: Callable[[], None], *, quiet_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=quiet_ms)
        self._timer.timeout.connect(act)

    def poke(self) -> None:
        """Something changed: wait anew."""
        self._timer.start()

    def forget(self) -> None:
        """Do not call at all."""
        self._timer.stop()
