"""What differs between Linux, Windows and macOS: confinement of processes, starting children, syncing, caches.

The only file that asks which system this is. On Linux the confinement is the kernel's: seccomp filters (no privileges
needed, inherited by every child) and, where the kernel has it, Landlock. On Windows and macOS the processes are
separate in the same way, but the functions that seal return False: nothing is claimed that was not done.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import struct
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.errors import FileTooLarge, UnreadableFile
from archive.pipe import Pipe

IS_LINUX = sys.platform.startswith("linux")

# --- children ------------------------------------------------------------------------------------------------------

_KEPT_VARIABLES = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "HOME",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "IBID_TEST_SUITE_BROWSES_WITHOUT_SANDBOX",
)


HANDS_ON_FILES = sys.platform != "win32"
"""Whether a child can be given an open file. On Windows it opens a large file itself, by its path: nothing there seals it anyway."""

_DESCRIPTOR = "--file="
# https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html: memory in huge pages, whose tables a fork need not copy.
_FOR_FORKING = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=4194304:glibc.malloc.mmap_threshold=8388608"}


@dataclass(frozen=True)
class Child:
    """A process of ours and the pipe to it."""

    process: subprocess.Popen[bytes]
    pipe: Pipe

    def ask_to_leave(self, *, grace_s: float = 2.0) -> None:
        """Send no more, which asks the child to leave; after ``grace_s`` seconds it is killed by its own id.

        What it still says can be received; close the pipe after that.
        """
        self.pipe.finish_sending()
        try:
            self.process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def end(self, *, grace_s: float = 2.0) -> None:
        """:meth:`ask_to_leave`, then close the pipe; for when no other thread is receiving."""
        self.ask_to_leave(grace_s=grace_s)
        self.pipe.close()


def spawn(module: str, *, args: Sequence[str] = (), descriptor: int | None = None, is_forking: bool = False) -> Child:
    """Start ``python -I -m module args`` with a pipe to it; in a frozen build the same executable with a hidden verb.

    The child inherits no descriptor but the pipe, and ``descriptor`` where one is given and :data:`HANDS_ON_FILES`, and only harmless
    variables; what it would print is dropped, because engines print pieces of documents. It finds its end of the pipe with
    :func:`inherited_pipe`, the file with :func:`inherited_file`. One that ``is_forking`` has its memory laid out for that.

    Raises:
        OSError: the system would not start it.
    """
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ} | (
        _FOR_FORKING if is_forking else {}
    )
    handed_on = (descriptor,) if descriptor is not None and HANDS_ON_FILES else ()
    process = subprocess.Popen(
        [*module_command(module), *args, *(f"{_DESCRIPTOR}{number}" for number in handed_on)],
        pass_fds=handed_on,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("IBID_SHOW_CHILD_ERRORS") else subprocess.DEVNULL,
        env=environment,
        bufsize=0,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        # Ctrl+C is for the program alone: a reader that it ended would leave a page that nobody could read, though anybody can.
        process_group=0 if os.name == "posix" else None,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    pipe = Pipe(source=os.dup(process.stdout.fileno()), sink=os.dup(process.stdin.fileno()))
    process.stdin.close()
    process.stdout.close()
    return Child(process, pipe)


def module_command(module: str) -> list[str]:
    """The command that runs one of our modules by itself, away from what the user's Python would load."""
    return (
        [sys.executable, "--ibid-child", module] if getattr(sys, "frozen", False) else [sys.executable, "-I", "-B", "-m", module]
    )


def inherited_pipe() -> Pipe:
    """The child's end of the pipe that :func:`spawn` made; from then on stray prints go nowhere."""
    pipe = Pipe(source=os.dup(0), sink=os.dup(1))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipe


def inherited_file() -> int | None:
    """The descriptor that :func:`spawn` handed on; None where it handed on none."""
    return next((int(word.removeprefix(_DESCRIPTOR)) for word in sys.argv[1:] if word.startswith(_DESCRIPTOR)), None)


def descriptor_path(descriptor: int) -> str:
    """A path by which the file behind a descriptor of this process can be opened once more (not on Windows)."""
    return f"/proc/self/fd/{descriptor}" if IS_LINUX else f"/dev/fd/{descriptor}"


# --- confinement ---------------------------------------------------------------------------------------------------

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
_ANSWER_ZERO = 0x00050000  # SECCOMP_RET_ERRNO with 0: the call is not run, and its caller is told that it gave 0
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32_BIT = 0x40000000
_AF_UNIX, _AF_NETLINK = 1, 16

# System calls a process that parses one file has no use for (numbers: the kernel's unistd tables for x86_64 and aarch64).
_REFUSED_TO_READERS = {
    "x86_64": (
        *(2, 257, 437, 85, 303, 304),  # open openat openat2 creat name_to_handle_at open_by_handle_at
        *(59, 322, 56, 57, 58, 435),  # execve execveat clone fork vfork clone3
        *(41, 42, 43, 288, 49, 50, 53),  # socket connect accept accept4 bind listen socketpair
        *(62, 200, 234, 101, 310, 311, 434, 438),  # kill tkill tgkill ptrace process_vm_* pidfd_open pidfd_getfd
        *(
            82,
            264,
            316,
            83,
            258,
            84,
            86,
            265,
            87,
            263,
            88,
            266,
            76,
            280,
        ),  # rename* mkdir* rmdir link* unlink* symlink* truncate utimensat
        *(90, 268, 92, 260, 133, 259, 165, 161, 272, 308),  # chmod fchmodat chown fchownat mknod* mount chroot unshare setns
        *(425, 319, 321, 298, 323, 317, 248, 250, 29, 64, 68),  # io_uring memfd bpf perf userfaultfd seccomp keys shm sem msg
    ),
    "aarch64": (
        *(56, 437, 264, 265),
        *(221, 281, 220, 435),
        *(198, 203, 202, 242, 200, 201, 199),
        *(129, 130, 131, 117, 270, 271, 434, 438),
        *(38, 276, 34, 37, 35, 36, 45, 88),
        *(53, 54, 33, 40, 51, 97, 268),
        *(425, 279, 280, 241, 282, 277, 217, 219, 194, 190, 186),
    ),
}
_OPENING_CALLS = {"x86_64": (2, 257, 437), "aarch64": (56, 437)}  # open openat openat2
_CLOSE = {"x86_64": 3, "aarch64": 57}
_NEEDED_BY_PROGRAMS = {
    "x86_64": (2, 257, 437, 59, 322, 56, 57, 58, 435),  # open openat openat2 execve execveat clone fork vfork clone3
    "aarch64": (56, 437, 221, 281, 220, 435),
}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_IO_URING_SETUP = 425


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_void_p))


def _statement(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _no_new_privileges() -> bool:
    return bool(_libc().prctl(38, 1, 0, 0, 0) == 0)  # PR_SET_NO_NEW_PRIVS


def _install(program: Sequence[bytes]) -> bool:
    code = b"".join(program)
    buffer = ctypes.create_string_buffer(code, len(code))
    packed = _Filter(len(program), ctypes.addressof(buffer))
    return _no_new_privileges() and _libc().prctl(22, 2, ctypes.byref(packed), 0, 0) == 0  # PR_SET_SECCOMP, MODE_FILTER


def _architecture() -> str | None:
    name = platform.machine()
    return name if IS_LINUX and name in _AUDIT else None


def _opening(architecture: str) -> list[bytes]:
    """The first statements of every filter: another architecture is killed, the x32 table refused, the number loaded."""
    return [
        _statement(_LOAD, 4),
        _statement(_IF_EQUAL, _AUDIT[architecture], 1, 0),
        _statement(_RETURN, _KILL),
        _statement(_LOAD, 0),
        _statement(_IF_AT_LEAST, _X32_BIT, 0, 1),
        _statement(_RETURN, _REFUSE),
    ]


def seal_no_internet() -> bool:
    """Take from this process and all its children, for good, every socket but local ones.

    Returns:
        True where the kernel now enforces it (Linux on x86_64 and aarch64); False where it cannot, and must not be claimed.
    """
    architecture = _architecture()
    if architecture is None:
        return False
    return _install([
        *_opening(architecture),
        _statement(_IF_EQUAL, _IO_URING_SETUP, 6, 0),
        _statement(_IF_EQUAL, _SOCKET[architecture], 0, 3),
        _statement(_LOAD, 16),
        _statement(_IF_EQUAL, _AF_UNIX, 1, 0),
        _statement(_IF_EQUAL, _AF_NETLINK, 0, 2),
        _statement(_RETURN, _ALLOW),
        _statement(_RETURN, _ALLOW),
        _statement(_RETURN, _REFUSE),
    ])


def seal_reader(*, memory_bytes: int, cpu_s: int, opens_first_only: bool = False) -> bool:
    """Take from this process, for good, files, sockets, children and other processes; limit its memory and CPU time.

    Descriptors that are open stay usable: the reader answers on its pipe. Import what is needed first.

    Args:
        memory_bytes: of address space.
        cpu_s: of processor time.
        opens_first_only: whatever this process opens from now on is its descriptor 0, which cannot be closed either: for an engine that
            insists on opening a path. The kernel runs neither call, it only answers them. Seal again without it when the engine has opened.

    Returns:
        True where the kernel now enforces all of it.
    """
    _limit(memory_bytes=memory_bytes, cpu_s=cpu_s)
    architecture = _architecture()
    if architecture is None:
        return False
    if opens_first_only:
        return _install(_first_only(architecture))
    return _install(_refusing_readers(architecture))


def prepare_to_fork() -> None:
    """Make what :func:`seal_reader` needs, once for all children that this process forks."""
    if (architecture := _architecture()) is not None:
        _refusing_readers(architecture)
        _libc()


@cache
def _refusing_readers(architecture: str) -> tuple[bytes, ...]:
    return tuple(_refusing(_REFUSED_TO_READERS[architecture], architecture))


def seal_program(*, readable: Iterable[Path], memory_bytes: int, cpu_s: int) -> bool:
    """Take from this process, for good, what a foreign program that only reckons has no use for; then let it become that program.

    It can start and read what the system and ``readable`` hold, and nothing else: no sockets, no byte written to any file (a limit of
    the process) and, where the kernel has Landlock, no file made or seen anywhere else.

    Returns:
        True where the kernel now enforces all but Landlock's part.
    """
    _limit(memory_bytes=memory_bytes, cpu_s=cpu_s)
    seal_to_folder(readable=[*program_places(), *readable], writable=[])
    architecture = _architecture()
    if architecture is None:
        return False
    refused = [number for number in _REFUSED_TO_READERS[architecture] if number not in _NEEDED_BY_PROGRAMS[architecture]]
    return _install(_refusing(refused, architecture))


def _limit(*, memory_bytes: int, cpu_s: int) -> None:
    with contextlib.suppress(ImportError):
        import resource

        for limit, amount in (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_CPU, cpu_s),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            _, ceiling = resource.getrlimit(limit)
            bound = amount if ceiling == resource.RLIM_INFINITY else min(amount, ceiling)
            resource.setrlimit(limit, (bound, bound))


def _refusing(refused: Sequence[int], architecture: str) -> list[bytes]:
    return [
        *_opening(architecture),
        *(_statement(_IF_EQUAL, number, len(refused) - place, 0) for place, number in enumerate(refused)),
        _statement(_RETURN, _ALLOW),
        _statement(_RETURN, _REFUSE),
    ]


def _first_only(architecture: str) -> list[bytes]:
    """The reader's filter, but that opening gives descriptor 0 and closing that one does nothing."""
    opens = _OPENING_CALLS[architecture]
    refused = [number for number in _REFUSED_TO_READERS[architecture] if number not in opens]
    close = [
        _statement(_IF_EQUAL, _CLOSE[architecture], 0, 4),
        _statement(_LOAD, 16),
        _statement(_IF_EQUAL, 0, 0, 1),
        _statement(_RETURN, _ANSWER_ZERO),
        _statement(_RETURN, _ALLOW),
    ]
    opening = [_statement(_IF_EQUAL, number, len(opens) + len(refused) + 1 - place, 0) for place, number in enumerate(opens)]
    refusing = [_statement(_IF_EQUAL, number, len(refused) - place, 0) for place, number in enumerate(refused)]
    ends = [_statement(_RETURN, _ALLOW), _statement(_RETURN, _REFUSE), _statement(_RETURN, _ANSWER_ZERO)]
    return [*_opening(architecture), *close, *opening, *refusing, *ends]


_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_READ = 0b1101  # execute, read file, read folder
_LANDLOCK_ALL_V1 = (1 << 13) - 1
_LANDLOCK_OF_FILES = 0b111 | 1 << 14  # execute, write, read, truncate: what a rule on a single file may name


def seal_to_folder(*, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Take from this process and its children, for good, every file outside the places named (Landlock).

    Args:
        readable: files and folders that may be read and run; those that do not exist are passed over.
        writable: folders that may also be changed; the null device always may.

    Returns:
        True where the kernel now enforces it; False where it has no Landlock.
    """
    if _architecture() is None:
        return False
    libc = _libc()
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    handled = _LANDLOCK_ALL_V1 | (1 << 13 if version >= 2 else 0) | (1 << 14 if version >= 3 else 0)
    attributes = ctypes.create_string_buffer(struct.pack("Q", handled))
    ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, 8, 0)
    if ruleset < 0:
        return False
    try:
        for places, access in ((readable, _LANDLOCK_READ), ([*writable, Path(os.devnull)], handled & ~1)):
            for place in places:
                _allow(libc, ruleset, place, access)
        return _no_new_privileges() and libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, place: Path, access: int) -> None:
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined, unused-ignore]  # Linux only, as is Landlock
    except OSError:
        return
    try:
        allowed = access if place.is_dir() else access & _LANDLOCK_OF_FILES
        rule = ctypes.create_string_buffer(struct.pack("<Qi", allowed, descriptor))
        libc.syscall(_LANDLOCK_ADD, ruleset, 1, rule, 0)
    finally:
        os.close(descriptor)


def program_places() -> list[Path]:
    """Where Python and the system's libraries stand, for :func:`seal_to_folder`: what a sealed process must still import."""
    return [
        *(Path(place) for place in {sys.prefix, sys.base_prefix, *(entry for entry in sys.path if entry)}),
        *(Path(place) for place in ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ssl", "/etc/localtime", "/dev/urandom")),
        Path(__file__).resolve().parent.parent,
    ]


def has_screen() -> bool:
    """Whether a window could be shown here: on Linux a display must be named, or Qt told to draw elsewhere."""
    return not IS_LINUX or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def no_core_dumps() -> None:
    """A crash of this process leaves no copy of its memory on the disk (POSIX; elsewhere the system decides)."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def private_umask() -> None:
    """Files that this process makes are for this user only."""
    os.umask(0o077)


# --- disks ---------------------------------------------------------------------------------------------------------


def sync_file(path: Path) -> None:
    """Return when the file's bytes have left for the disk.

    Raises:
        OSError: the disk did not take them.
    """
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Return when the folder's entries have left for the disk; Windows does this by itself.

    Raises:
        OSError: the disk did not take them.
    """
    if sys.platform != "win32":
        sync_file(path)


def forget_cached(path: Path) -> bool:
    """Ask the system to drop its copy of the file, so that the next read comes from the disk.

    Returns:
        Whether the system has such a request (Linux); without it a read-back may come from memory, and must not be called uncached.
    """
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        advise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
    return True


def read_file(path: Path, *, limit_bytes: int) -> bytes:
    """The bytes of a file that a person named, as they were at one moment.

    Raises:
        UnreadableFile: the system does not give it, it is no file (a pipe, a device), or it was written to while it was read.
        FileTooLarge: it is over the limit; nothing of it was read.
    """
    try:
        if not path.is_file() and not path.is_dir() and path.exists():
            raise UnreadableFile(reason="special")  # before it is opened: a pipe would wait for its other end
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > limit_bytes:
                raise FileTooLarge(size_bytes=before.st_size, limit_bytes=limit_bytes)
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UnreadableFile(reason=reason_of(error)) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise UnreadableFile(reason="changed")
    return data


def reason_of(error: OSError) -> str:
    """Why the system does not give a file, as a fact of :class:`~archive.errors.UnreadableFile`."""
    reasons = {FileNotFoundError: "missing", PermissionError: "permission", IsADirectoryError: "folder"}
    return reasons.get(type(error), "io")
