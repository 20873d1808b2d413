"""One piece of work in a process of its own that can do nothing but compute and answer.

The forked child closes everything it inherited but the way back, seals itself (:func:`archive.machine.seal_reader`: no files,
no sockets, no children, limits of memory and time) and only then begins. A child can be made ahead, so that nobody waits for that. Whatever happens to it, the process that forked it lives.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import NoReturn

from archive import machine
from archive.settings import ReadingLimits

_LENGTH = struct.Struct(">Q")
_READ_BYTES = 1 << 20
_SLACK_S = 0.5
_OUT_OF_MEMORY_SIGNALS = {"SIGKILL", "SIGABRT", "SIGILL", "SIGTRAP", "SIGSEGV"}


class GaveUp(Exception):
    """The child ended without an answer; ``limit`` is ``time``, ``memory`` or ``crash``."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Sealed:
    """A child of this process that is sealed and waits for its one order (POSIX only); it can be made before there is one.

    Args:
        work: what it makes of the order; must need no file that is not imported or open yet.
        limits: memory, CPU time and wall time of the child.
    """

    def __init__(self, work: Callable[[bytes], bytes], *, limits: ReadingLimits) -> None:
        self.limits = limits
        order, self._way = os.pipe()
        self._back, way_back = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            _work_and_leave(work, order, way_back, limits)
        os.close(order)
        os.close(way_back)

    def answer(self, order: bytes, told: Callable[[bytes], object]) -> None:
        """Give the child its order, tell what it answers as soon as that is whole, and end it.

        Raises:
            GaveUp: the child was stopped at a limit, or broke down; nothing was told.
        """
        answer, is_late = None, False
        try:
            with suppress(BrokenPipeError):
                _write(self._way, order)
                answer, is_late = _receive(
                    self._back, until=time.monotonic() + self.limits.wall_s, most_bytes=self.limits.memory_bytes
                )
            if answer is not None:
                told(answer)
        finally:
            status, used = self.end()
        if is_late:
            raise GaveUp("time")
        if answer is not None:
            return
        if used.ru_utime + used.ru_stime >= self.limits.cpu_s - _SLACK_S:
            raise GaveUp("time")
        ended_by = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else ""
        # A fork begins with what its parent holds, which says nothing of the child.
        grown = used.ru_maxrss if used.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss else 0
        is_full = grown * 1024 >= self.limits.memory_bytes // 2
        raise GaveUp("memory" if is_full and ended_by in _OUT_OF_MEMORY_SIGNALS else "crash")

    def end(self) -> tuple[int, resource.struct_rusage]:
        """End the child, whatever it is doing: how it ended, and what it used. Once only."""
        os.close(self._way)
        os.close(self._back)
        # The child has answered, is late, is gone already or is not wanted; it is ours and not yet waited for, so its number is still its own.
        os.kill(self._child, signal.SIGKILL)
        _, status, used = os.wait4(self._child, 0)
        return status, used


def run_sealed(work: Callable[[], bytes], *, limits: ReadingLimits) -> bytes:
    """What ``work`` returns when it runs in a sealed child of this process (POSIX only).

    Args:
        work: must need no file that is not imported or open yet.
        limits: memory, CPU time and wall time of the child.

    Raises:
        GaveUp: the child was stopped at a limit, or broke down.
    """
    answers: list[bytes] = []
    Sealed(lambda _order: work(), limits=limits).answer(b"", answers.append)
    return answers[0]


def _work_and_leave(work: Callable[[bytes], bytes], way: int, way_back: int, limits: ReadingLimits) -> NoReturn:
    """The whole life of the child."""
    try:
        first, second = sorted((way, way_back))
        os.closerange(3, first)
        os.closerange(first + 1, second)
        os.closerange(second + 1, max(second + 2, min(65536, os.sysconf("SC_OPEN_MAX"))))
        machine.seal_reader(memory_bytes=limits.memory_bytes, cpu_s=limits.cpu_s)
        order, _ = _receive(way, until=inf, most_bytes=limits.memory_bytes)
        if order is not None:
            _write(way_back, work(order))
    finally:
        os._exit(0)


def _write(way: int, message: bytes) -> None:
    for part in (_LENGTH.pack(len(message)), message):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(way, rest) :]


def _receive(back: int, *, until: float, most_bytes: int) -> tuple[bytes | None, bool]:
    """What the other end says if it came whole, and whether the time ran out first."""
    parts: list[bytes] = []
    size, wanted = 0, None
    while wanted is None or size < wanted:
        left_s = until - time.monotonic()
        if left_s < inf and (left_s <= 0 or not select.select([back], [], [], left_s)[0]):
            return None, True
        part = os.read(back, _READ_BYTES)
        if not part:
            return None, False
        parts.append(part)
        size += len(part)
        if wanted is None and size >= _LENGTH.size:
            wanted = _LENGTH.size + _LENGTH.unpack(b"".join(parts)[: _LENGTH.size])[0]
        if size > most_bytes:
            return None, False
    return b"".join(parts)[_LENGTH.size : wanted], False
