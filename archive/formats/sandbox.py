"""One piece of work in a process of its own that can do nothing but compute and answer.

The forked child closes everything it inherited but the way back, seals itself (:func:`archive.machine.seal_reader`: no files,
no sockets, no children, limits of memory and time) and only then begins. Whatever happens to it, the process that forked it lives.
"""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from collections.abc import Callable
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


def run_sealed(work: Callable[[], bytes], *, limits: ReadingLimits) -> bytes:
    """What ``work`` returns when it runs in a sealed child of this process (POSIX only).

    Args:
        work: must need no file that is not imported or open yet.
        limits: memory, CPU time and wall time of the child.

    Raises:
        GaveUp: the child was stopped at a limit, or broke down.
    """
    back, way_back = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_leave(work, way_back, limits)
    os.close(way_back)
    try:
        answer, is_late = _receive(back, until=time.monotonic() + limits.wall_s, most_bytes=limits.memory_bytes)
    finally:
        os.close(back)
        # The child has answered, is late, or is gone already; it is ours and not yet waited for, so its number is still its own.
        os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    if is_late:
        raise GaveUp("time")
    if answer is not None:
        return answer
    if used.ru_utime + used.ru_stime >= limits.cpu_s - _SLACK_S:
        raise GaveUp("time")
    ended_by = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else ""
    # A fork begins with what its parent holds, which says nothing of the child.
    grown = used.ru_maxrss if used.ru_maxrss > _most_kib() else 0
    is_full = grown * 1024 >= limits.memory_bytes // 2
    raise GaveUp("memory" if is_full and ended_by in _OUT_OF_MEMORY_SIGNALS else "crash")


def _most_kib() -> int:
    """The most memory that this process has held at once, in KiB."""
    import resource  # not on Windows, where nothing of this runs

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _work_and_leave(work: Callable[[], bytes], way_back: int, limits: ReadingLimits) -> NoReturn:
    """The whole life of the child."""
    try:
        os.closerange(3, way_back)
        os.closerange(way_back + 1, max(way_back + 2, min(65536, os.sysconf("SC_OPEN_MAX"))))
        machine.seal_reader(memory_bytes=limits.memory_bytes, cpu_s=limits.cpu_s)
        answer = work()
        for part in (_LENGTH.pack(len(answer)), answer):
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(way_back, rest) :]
    finally:
        os._exit(0)


def _receive(back: int, *, until: float, most_bytes: int) -> tuple[bytes | None, bool]:
    """The child's answer if it came whole, and whether the time ran out first."""
    parts: list[bytes] = []
    size, wanted = 0, None
    while wanted is None or size < wanted:
        left_s = until - time.monotonic()
        if left_s <= 0 or not select.select([back], [], [], left_s)[0]:
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
