"""What a process that parses a foreign file cannot do, tried by a process that is sealed the same way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.formats.sandbox import GaveUp, run_sealed
from archive.settings import ReadingLimits

LIMITS = ReadingLimits(cpu_s=2, wall_s=5.0)

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux refuses these in the kernel"),
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]


def attempt(act: Callable[[], object]) -> bytes:
    """The name of the error that ``act`` meets, ``done`` where it meets none."""
    try:
        act()
    except Exception as error:
        return type(error).__name__.encode()
    return b"done"


def sealed(act: Callable[[], object]) -> bytes:
    """What :func:`attempt` says of ``act`` in a sealed child."""
    return run_sealed(lambda: attempt(act), limits=LIMITS)


def test_work_comes_back_whole() -> None:
    assert run_sealed(lambda: b"x" * 5_000_000, limits=LIMITS) == b"x" * 5_000_000
    assert run_sealed(bytes, limits=LIMITS) == b""


ACTS: dict[str, Callable[[], object]] = {
    "open a file": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "open a file for writing": lambda: os.open("/ibid-sealed", os.O_CREAT | os.O_WRONLY),
    "look into a folder": lambda: list(Path("/").iterdir()),
    "remove a file": lambda: Path("/ibid-nothing").unlink(),
    "make a folder": lambda: Path("/ibid-sealed").mkdir(),
    "an internet socket": lambda: socket.socket(socket.AF_INET),
    "a local socket": lambda: socket.socket(socket.AF_UNIX),
    "a pair of sockets": socket.socketpair,
    "fork": os.fork,
    "run a program": lambda: subprocess.run(["/bin/true"], check=True),
    "become a program": lambda: os.execv("/bin/true", ["true"]),
    "signal its parent": lambda: os.kill(os.getppid(), 0),
}


@pytest.mark.parametrize("what", ACTS)
def test_a_sealed_process_is_refused(what: str) -> None:
    assert sealed(ACTS[what]) == b"PermissionError"


def test_nothing_open_in_the_parent_is_open_in_the_child(tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w+") as file:
        file.write("key")
        file.flush()
        assert sealed(lambda: os.pread(file.fileno(), 3, 0)) == b"OSError"


def test_a_child_that_sleeps_is_stopped_at_the_wall_clock() -> None:
    started = time.monotonic()
    with pytest.raises(GaveUp) as caught:
        run_sealed(lambda: time.sleep(60) or b"", limits=ReadingLimits(wall_s=0.3))
    assert caught.value.limit == "time"
    assert time.monotonic() - started < 3


def test_a_child_that_computes_for_ever_is_stopped() -> None:
    def spin() -> bytes:
        while True:
            pass

    with pytest.raises(GaveUp) as caught:
        run_sealed(spin, limits=ReadingLimits(cpu_s=1, wall_s=20.0))
    assert caught.value.limit == "time"


def test_a_child_that_breaks_down_is_said_to_have() -> None:
    with pytest.raises(GaveUp) as caught:
        run_sealed(lambda: os.abort() or b"", limits=LIMITS)
    assert caught.value.limit == "crash"


def test_what_the_parent_holds_is_not_held_against_the_child() -> None:
    held = bytearray(os.urandom(1 << 20)) * 300
    with pytest.raises(GaveUp) as caught:
        run_sealed(lambda: os.abort() or b"", limits=ReadingLimits(memory_bytes=512 << 20))
    assert (caught.value.limit, len(held)) == ("crash", 300 << 20)


def test_memory_is_limited() -> None:
    assert run_sealed(lambda: attempt(lambda: bytearray(2 << 30)), limits=ReadingLimits(memory_bytes=1 << 30)) == b"MemoryError"


def test_no_child_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, children = os.fork, []

    def noted_fork() -> int:
        child = fork()
        if child:
            children.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted_fork)
    for _ in range(5):
        run_sealed(lambda: b"x", limits=LIMITS)
    assert len(children) == 5
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
