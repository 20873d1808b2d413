"""Whether this computer lets a program without rights confine its children, of which Chromium's sandbox is made.

Asked before a browser is started: one that finds no sandbox does not start at all, or starts without. On Linux the sandbox is made of namespaces
(user_namespaces(7)), which containers and some distributions refuse, and root is refused by Chromium itself. A child tries it and is
gone. On Windows and macOS the sandbox needs nothing that could be missing.

A process of ours may also enter a room with nothing in it. Its network has a loopback of its own and no other interface, so no address of the
machine, its network or the world answers it, by TCP, UDP or anything else, whatever the program in it does; a socket that listens there can be
handed to a process outside. Its shared memory (``/dev/shm``) is its own too, and gone with it, however it ends.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

from archive import machine

_NEW_USER, _NEW_PROCESSES, _NEW_NETWORK, _NEW_MOUNTS = 0x10000000, 0x20000000, 0x40000000, 0x00020000
_PRIVATE_ALL_DOWN, _NO_SUID_NO_DEVICES = 0x4000 | 0x40000, 2 | 4  # MS_REC | MS_PRIVATE, MS_NOSUID | MS_NODEV
_SHARED_MEMORY = b"/dev/shm"  # not a file that anyone else could have made: a place of its own is put over it
_PATIENCE_S = 10.0
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41  # SIOCSIFFLAGS, IFF_UP | IFF_RUNNING
_CAPABILITIES_VERSION_3 = 0x20080522


@cache
def are_allowed() -> bool:
    """Whether a sandbox can be made here by whoever runs this. Blocks for a tenth of a second, once."""
    if not machine.IS_LINUX:
        return True
    if os.geteuid() == 0:
        return False
    try:
        tried = subprocess.run(
            machine.module_command("archive.namespaces"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def is_inside(process_id: int) -> bool:
    """Whether a process of ours lives in a namespace of processes of its own, as a browser's confined children do (proc_pid_status(5))."""
    if not machine.IS_LINUX:
        return True
    return _depth(str(process_id)) > _depth("self") > 0


def _depth(process: str) -> int:
    """In how many namespaces of processes it has a number, its own included; 0 where the system does not say."""
    try:
        said = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return next((len(line.split()) - 1 for line in said.splitlines() if line.startswith("NSpid:")), 0)


def enter_empty_room() -> bool:
    """Leave the machine's network and its shared memory, for good and with all children to come; call it before there are threads.

    Returns:
        True where the process is now in a network that holds its own loopback only; False where the system does not let it.
    """
    if not machine.IS_LINUX or not _enter(_NEW_USER | _NEW_NETWORK | _NEW_MOUNTS):
        return False
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH22x", b"lo", _UP_AND_RUNNING))
    library = ctypes.CDLL(None, use_errno=True)
    if library.mount(b"none", b"/", None, _PRIVATE_ALL_DOWN, None) == 0:
        library.mount(b"none", _SHARED_MEMORY, b"tmpfs", _NO_SUID_NO_DEVICES, b"mode=1777")
    _drop_capabilities()
    return True


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
    ctypes.CDLL(None, use_errno=True).capset(head, ctypes.create_string_buffer(24))


def main() -> int:
    """Try what Chromium does: namespaces of one's own, then the rights that they give. What ``python -m archive.namespaces`` does."""
    # The second step fails where a namespace is given without its rights (AppArmor on Ubuntu since 24.04).
    return 0 if _enter(_NEW_USER) and _unshare(_NEW_PROCESSES | _NEW_NETWORK) else 1


if __name__ == "__main__":
    sys.exit(main())
