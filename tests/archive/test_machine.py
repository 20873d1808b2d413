"""The seals are the kernel's: each is tried from inside, in a process of its own, and the same act is tried unsealed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from archive import machine

pytestmark = pytest.mark.skipif(not machine.IS_LINUX, reason="seccomp and Landlock are Linux's")

ACTS = {
    "inet": "socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()",
    "inet6": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()",
    "unix": "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()",
    "read": "pathlib.Path(sys.argv[1]).read_bytes()",
    "fork": "os.waitpid(os.fork() or os._exit(0), 0)",
    "exec": "subprocess.run([sys.executable, '-c', ''], check=True)",
    "thread": "__import__('threading').Thread(target=int).start()",
}
SEALS = {
    "nothing": "",
    "no internet": "machine.seal_no_internet()",
    "reader": "machine.seal_reader(memory_bytes=1 << 30, cpu_s=10)",
    "folder": "machine.seal_to_folder(readable=machine.program_places(), writable=[pathlib.Path(sys.argv[2])])",
}
REFUSED = {
    "nothing": set(),
    "no internet": {"inet", "inet6"},
    "reader": {"inet", "inet6", "unix", "read", "fork", "exec", "thread"},
    "folder": {"read"},
}


def outcome_of(seal: str, act: str, *places: Path) -> str:
    program = textwrap.dedent(f"""
        import os, pathlib, socket, subprocess, sys
        from archive import machine
        {SEALS[seal]}
        try:
            {ACTS[act]}
        except (OSError, RuntimeError):
            print("refused", flush=True)
        else:
            print("allowed", flush=True)
        os._exit(0)
    """)
    run = subprocess.run(
        [sys.executable, "-I", "-c", program, *map(str, places)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20
    )
    return run.stdout.decode().strip()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("seal", SEALS)
def test_a_seal_refuses_what_it_says_and_nothing_else(seal: str, act: str, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.txt", tmp_path / "inside"
    outside.write_text("not for you")
    inside.mkdir()
    if seal == "folder" and not has_landlock():
        pytest.skip("this kernel has no Landlock, and Ibid does not claim it here")
    assert outcome_of(seal, act, outside, inside) == ("refused" if act in REFUSED[seal] else "allowed")


def has_landlock() -> bool:
    program = "from archive import machine; import sys; sys.exit(not machine.seal_to_folder(readable=[], writable=[]))"
    return subprocess.run([sys.executable, "-I", "-c", program], timeout=20).returncode == 0


def test_a_browser_is_never_confined_for_root(monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.machine import IS_LINUX
    from archive.namespaces import are_allowed

    are_allowed.cache_clear()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert are_allowed() is not IS_LINUX
    are_allowed.cache_clear()


@pytest.mark.skipif(not hasattr(os, "getpgid"), reason="this system has no groups of processes")
def test_what_a_terminal_sends_to_the_program_does_not_reach_its_children() -> None:
    child = machine.spawn("archive.formats.reader")
    try:
        assert os.getpgid(child.process.pid) == child.process.pid != os.getpgid(0)
    finally:
        child.end()
