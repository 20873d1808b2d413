"""A network with nothing in it, for a process that must reach one socket of ours and nothing else (Linux).

A process that enters one has a loopback of its own and no other interface: no address of the machine, its network or the world can be
reached from it, by TCP, UDP or anything else, whatever the program in it does. A socket that listens there can be handed to a process
outside. No privileges are needed where the kernel lets users make namespaces; Chromium's sandbox needs the same.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

from archive.machine import IS_LINUX, module_command

_NEW_USER, _NEW_NET, _NEW_PID = 0x10000000, 0x40000000, 0x20000000
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41  # SIOCSIFFLAGS, IFF_UP | IFF_RUNNING
_CAPABILITIES_VERSION_3 = 0x20080522
_PATIENCE_S = 10.0


def can_make_namespaces() -> bool:
    """Whether a child of this process can shut itself in, as Chromium's sandbox does; asked of a child, so call it before there are threads.

    On systems other than Linux the sandbox needs none, and the answer is yes.
    """
    if not IS_LINUX:
        return True
    child = os.fork()
    if not child:
        code = 1
        with contextlib.suppress(BaseException):
            code = 0 if _enter(_NEW_USER) and _unshare(_NEW_PID | _NEW_NET) else 1
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@cache
def can_confine_a_browser() -> bool:
    """Whether a browser's children can be confined here, asked from a program with threads: of a process of its own, once.

    Root gets no sandbox from Chromium. Blocks for a fifth of a second.
    """
    if not IS_LINUX:
        return True
    if os.geteuid() == 0:
        return False
    try:
        tried = subprocess.run(
            module_command("archive.isolation"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def enter_empty_network() -> bool:
    """Leave the machine's network, for good and with all children to come; call it before there are threads.

    Returns:
        True where the process is now in a network that holds its own loopback only; False where the system does not let it.
    """
    if not IS_LINUX or not _enter(_NEW_USER | _NEW_NET):
        return False
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH22x", b"lo", _UP_AND_RUNNING))
    _drop_capabilities()
    return True


def is_confined(process_id: int) -> bool:
    """Whether a process of ours is alone among processes, as what Chromium's sandbox holds is (proc_pid_status(5)); elsewhere, yes."""
    return not IS_LINUX or _depth(str(process_id)) > _depth("self") > 0


def _depth(process: str) -> int:
    """In how many namespaces of processes it has a number; 0 where the system does not say."""
    try:
        said = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((len(line.split()) - 1 for line in said.splitlines() if line.startswith("NSpid:")), 0)


def _enter(namespaces: int) -> bool:
    """Enter new namespaces under the user's own name, which gives the process rights over them and over nothing else."""
    user, group = os.geteuid(), os.getegid()
    if not _unshare(namespaces):
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    except OSError:
        return False
    return True


def _unshare(namespaces: int) -> bool:
    return bool(ctypes.CDLL(None, use_errno=True).unshare(namespaces) == 0)


def _drop_capabilities() -> None:
    """Give up the rights over the new network: it stays as it is."""
    head = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITIES_VERSION_3, 0))
    none = ctypes.create_string_buffer(24)
    ctypes.CDLL(None, use_errno=True).capset(head, none)


if __name__ == "__main__":
    sys.exit(0 if can_make_namespaces() else 1)
