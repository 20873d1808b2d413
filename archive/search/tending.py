"""The postings of an archive are joined in the background, a few milliseconds at a time, after something was written."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

from archive.errors import IbidError
from archive.search import reindexing
from archive.storage.folder import ArchiveFolder

_QUIET_S, _LONGEST_WAIT_S = 0.2, 2.0
_PAUSE_S = 0.004
_AT_CLOSING_S = 0.3


class Tender:
    """Does what is due in the newest volume, whenever there is something.

    Its thread begins some time after something was written, lets a waiting writer in between any two steps, and ends when
    nothing is due. Errors end it until something is written again: what was due stays due.

    Args:
        folder: the open archive; nothing is done before something was written, but where its newest volume is to be indexed anew.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None
        self._written_at = 0.0
        self._is_due = False
        self._leave = threading.Event()
        folder.when_written = self.look_after
        with suppress(IbidError):
            if folder.is_writable and self._has_other_keys():
                self.look_after()

    def look_after(self) -> None:
        """Something was written; safe from any thread."""
        with self._turn:
            if threading.current_thread() is self._thread or self._leave.is_set():
                return
            self._written_at = time.monotonic()
            self._is_due = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="ibid-tender", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the thread; some of what is due is still done, for at most a third of a second."""
        self._leave.set()
        with self._turn:
            thread = self._thread
        if thread is not None:
            thread.join()
        if self._is_due:
            until = time.monotonic() + _AT_CLOSING_S
            with suppress(IbidError):
                while time.monotonic() < until and self._step():
                    pass

    def _work(self) -> None:
        began = time.monotonic()
        while not self._leave.is_set():
            now = time.monotonic()
            if now - self._written_at < _QUIET_S and now - began < _LONGEST_WAIT_S:
                self._leave.wait(_QUIET_S / 4)
                continue
            with self._turn:
                self._is_due = False
            is_due = False
            with suppress(IbidError):
                is_due = self._step()
            with self._turn:
                if not is_due and not self._is_due:
                    self._thread = None
                    return
                self._is_due = True
            self._leave.wait(_PAUSE_S)

    def _has_other_keys(self) -> bool:
        with self._folder.volumes[-1].look() as connection:
            return reindexing.is_due(connection)

    def _step(self) -> bool:
        if self._has_other_keys():
            with self._folder.writing() as connection:
                reindexing.step(connection)
            return True
        # numpy comes in with it.
        from archive.search import merging

        with self._folder.volumes[-1].look() as connection:
            if not merging.is_due(connection):
                return False
        with self._folder.writing() as connection:
            return merging.tend(connection)
