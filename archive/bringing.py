"""Many files brought in: folders walked, several files under way at once, one line for each whatever happens.

What is walked:

* a folder with all folders below it, in the order of names, capitals and small letters alike, files before folders;
* left out: names that begin with a dot, files that systems leave behind (``Thumbs.db``, ``~$draft.docx``), other archives of Ibid's (``x.ibid``);
* a link inside a folder is not followed: it is a line that says so. What a person names himself is followed;
* a folder that cannot be read is a line; a file that is named twice is one.

Resuming needs no list of what is left, and so none can be found on the computer or travel with an archive: whoever says the same folder again
gets one line for every file again, those that are in are known by their digest without being read, and the rest comes in.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

import msgspec

from archive import machine
from archive.api import FrontDesk
from archive.errors import (
    OPENED_WITH_PASSWORD,
    ArchiveError,
    ArticlesWanted,
    DiskFull,
    Fact,
    IbidError,
    InputError,
    NotWritable,
    PartOfFile,
    PasswordWanted,
    ProcessLost,
    UnreadableFile,
)
from archive.model.document import Arrival
from archive.model.intake import Fate, IntakeLine
from archive.model.saved import Container, PagesReport
from archive.progress import Job
from archive.saved import bring_in_pages, container_of
from archive.settings import ReadingLimits
from archive.values import digest_of

_LEFT_BEHIND = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "__macosx"})
_AT_ONCE_PER_CORE, _MOST_AT_ONCE = 8, 24
_MOST_BYTES = 64 * 1024 * 1024
"""Of files that are under way at once; a larger one travels alone."""
_LONGEST_NAME = 80
_NO_USE_GOING_ON = (DiskFull, NotWritable, ArchiveError)

Told = Callable[[IntakeLine, Arrival | None], None]
"""Gets a line, and what came of the file where something did."""
PasswordOf = Callable[[str], str | None]
"""The password of the encrypted file of this name, or None: then the file is a line that says that it wants one."""


class FoundFile(msgspec.Struct, frozen=True):
    """A file of a run: where it stands, what it is called, and why it cannot be read, where that is known already."""

    path: Path
    name: str
    reason: str = ""
    part: str = ""
    """The name of the document in a ZIP of several; empty for a file as it is."""


def find_files(chosen: Iterable[Path], *, job: Job) -> list[FoundFile]:
    """Every file of what a person chose, each once, in order.

    Args:
        chosen: files and folders.
        job: a step per file.

    Raises:
        Cancelled: the job was cancelled.
    """
    found: dict[Path, FoundFile] = {}
    for path in chosen:
        name = path.absolute().name
        for one in _walk(path, name) if path.is_dir() else [FoundFile(path, name)]:
            found.setdefault(one.path.absolute(), one)
            job.step(len(found), None, one.name)
    return list(found.values())


def open_packed(desk: FrontDesk, files: Iterable[FoundFile], *, job: Job) -> list[FoundFile]:
    """The files, and in the place of every ZIP of several documents one for each of these; a ZIP that is refused stays one line.

    Args:
        desk: the archive; its reader alone looks into a ZIP.
        files: from :func:`find_files`.
        job: a step per ZIP.

    Raises:
        Cancelled: the job was cancelled.
    """
    found: list[FoundFile] = []
    for file in files:
        parts: tuple[str, ...] = ()
        if file.name.lower().endswith(".zip") and not file.reason:
            job.step(len(found), None, file.name)
            with suppress(InputError):
                parts = desk.packed_documents(machine.read_file(file.path, limit_bytes=ReadingLimits().file_bytes))
        found += [FoundFile(file.path, f"{file.name}/{_shown(part)}", part=part) for part in parts] or [file]
    return found


def _shown(part: str) -> str:
    """The name of a document in a ZIP as it may be shown: its last part, nothing in it that a screen obeys."""
    return "".join(letter for letter in part.rsplit("/", 1)[-1] if letter.isprintable())[-_LONGEST_NAME:] or "?"


def _walk(folder: Path, name: str) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        yield FoundFile(folder, name, machine.reason_of(error))
        return
    inside = [entry for entry in inside if not _is_left_out(entry)]
    for entry in inside:
        if entry.is_symlink():
            yield FoundFile(Path(entry.path), f"{name}/{entry.name}", "link")
        elif not entry.is_dir(follow_symlinks=False):
            yield FoundFile(Path(entry.path), f"{name}/{entry.name}")
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{name}/{entry.name}")


def _is_left_out(entry: os.DirEntry[str]) -> bool:
    name = entry.name.casefold()
    is_archive = name.endswith((".ibid", ".ibid.partial")) and entry.is_dir(follow_symlinks=False)
    return name.startswith((".", "~$")) or name in _LEFT_BEHIND or is_archive


def apart(found: Sequence[FoundFile]) -> tuple[list[FoundFile], list[FoundFile]]:
    """The files that are one document each, and those that hold many things of the web (or are a part of such a one)."""
    ones: list[FoundFile] = []
    holding: list[FoundFile] = []
    for file in found:
        try:
            is_one = bool(file.reason) or container_of(file.path) is None
        except PartOfFile:
            is_one = False
        except InputError:
            is_one = True
        (ones if is_one else holding).append(file)
    return ones, holding


def at_once() -> int:
    """How many files are under way at once: more than are read, so that those that are ready can be written together."""
    return min(_MOST_AT_ONCE, _AT_ONCE_PER_CORE * (os.cpu_count() or 1))


def bring_in_many(
    desk: FrontDesk, files: Sequence[FoundFile], *, job: Job, told: Told, password_of: PasswordOf = lambda _name: None
) -> None:
    """Bring files in, several at once; one that cannot be read stops none of the others.

    Each line is told in the calling thread when its file begins and when it is over, and never before it is on the disk. When the job is
    cancelled, what is under way is finished and told, and the rest is told untouched; so it is when the archive takes no more.

    Args:
        desk: the archive.
        files: from :func:`find_files`.
        job: a step for each file that is over.
        told: called with every line, in the order in which things happen.
        password_of: asked for each file that its maker encrypted, one at a time, in another thread.

    Raises:
        MachineError, ArchiveError: the archive takes no more (disk full, keeper gone); all lines were told.
    """
    run = _Run(desk, files, job, told, password_of)
    with ThreadPoolExecutor(at_once(), "ibid-bring") as pool:
        run.go(pool)
    if run.fatal is not None:
        raise run.fatal


def bring_in_locked(desk: FrontDesk, file: FoundFile, *, n: int, password: str) -> IntakeLine:
    """Bring in one file that its maker encrypted.

    Returns:
        Its line, the ``n``-th of its run.

    Raises:
        InputError, MachineError, ArchiveError: it is not in.
    """
    data = machine.read_file(file.path, limit_bytes=ReadingLimits().file_bytes)
    return arrived(n, file.name, desk.bring_in(data, name=file.path.name, password=password))


def arrived(n: int, name: str, arrival: Arrival) -> IntakeLine:
    """The line of a file that is in."""
    document = arrival.document
    return IntakeLine(
        n=n,
        name=name,
        fate=Fate.ALREADY if arrival.is_already_here else Fate.ARRIVED,
        document=document.document,
        title=document.description.title,
        notes=document.notes,
        paired=document.paired,
        addresses=arrival.addresses,
        problems=arrival.problems,
    )


def bring_in_web_archive(desk: FrontDesk, file: FoundFile, *, n: int, job: Job) -> IntakeLine:
    """The line of one file of the second part of :func:`apart`: its pages come in as captures of their sources.

    Raises:
        Cancelled: what came in so far stays, each page whole.
        MachineError, ArchiveError: the archive takes no more.
    """
    line = IntakeLine(n=n, name=file.name)
    try:
        if container_of(file.path) is Container.ZIM:
            raise ArticlesWanted
        return line_of_pages(bring_in_pages(desk, file.path, job=job, told=lambda _outcome: None), line)
    except InputError as error:
        return msgspec.structs.replace(line, fate=Fate.FAILED, error=error.code(), facts=error.facts)


def line_of_pages(report: PagesReport, line: IntakeLine) -> IntakeLine:
    """The line of a web archive: failed where nothing of it could be read."""
    came, already = report.new + report.others, report.already
    fate = Fate.ARRIVED if came else Fate.ALREADY if already else Fate.FAILED
    children = {Fate.ARRIVED.value: came, Fate.ALREADY.value: already, Fate.FAILED.value: report.failed}
    return msgspec.structs.replace(
        line,
        fate=fate,
        document=report.lists[0].document.document if report.lists else None,
        problems=report.problems,
        children={name: count for name, count in children.items() if count},
    )


class _Run:
    """One run of :func:`bring_in_many`."""

    def __init__(self, desk: FrontDesk, files: Sequence[FoundFile], job: Job, told: Told, password_of: PasswordOf) -> None:
        self._desk, self._files, self._job, self._told, self._password_of = desk, files, job, told, password_of
        self._under_way: dict[Future[Arrival], tuple[int, int]] = {}
        self._over = 0
        self._guard, self._asking = threading.Lock(), threading.Lock()
        self._digests: dict[str, threading.Event] = {}
        self.fatal: IbidError | None = None

    def go(self, pool: ThreadPoolExecutor) -> None:
        begun = 0
        try:
            for n, file in enumerate(self._files):
                size_bytes = _size_bytes(file.path)
                self._make_room(size_bytes)
                if self._is_to_stop():
                    break
                self._told(self._line(n, Fate.READING), None)
                self._under_way[pool.submit(self._bring_in, file)] = (n, size_bytes)
                begun = n + 1
        finally:
            while self._under_way:
                self._take_back()
            for n in range(begun, len(self._files)):
                self._tell(self._line(n, Fate.UNTOUCHED))

    def _bring_in(self, file: FoundFile) -> Arrival:
        """One file: read, and sent only if it is not here already; the same bytes under another name wait for the first."""
        if file.reason:
            raise UnreadableFile(reason=file.reason)
        data = machine.read_file(file.path, limit_bytes=ReadingLimits().file_bytes)
        if file.part:
            data = self._desk.packed_document(data, file.part)
        digest, mine = digest_of(data), threading.Event()
        with self._guard:
            first = self._digests.setdefault(digest, mine)
        try:
            if first is not mine:
                first.wait()
            return self._desk.already_here(digest) or self._open(file, data)
        finally:
            mine.set()

    def _open(self, file: FoundFile, data: bytes) -> Arrival:
        try:
            return self._desk.bring_in(data, name=file.part or file.path.name)
        except PasswordWanted as error:
            if error.facts["format"] not in OPENED_WITH_PASSWORD:
                raise
            with self._asking:
                password = self._password_of(file.name)
            if password is None:
                raise
            return self._desk.bring_in(data, name=file.part or file.path.name, password=password)

    def _is_to_stop(self) -> bool:
        return self._job.is_cancelled or self.fatal is not None

    def _make_room(self, size_bytes: int) -> None:
        while self._under_way and (
            len(self._under_way) >= at_once() or sum(size for _, size in self._under_way.values()) + size_bytes > _MOST_BYTES
        ):
            self._take_back()

    def _take_back(self) -> None:
        finished, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        for future in sorted(finished, key=lambda one: self._under_way[one]):
            n, _size = self._under_way.pop(future)
            error = future.exception()
            if error is None:
                self._tell(arrived(n, self._files[n].name, future.result()), future.result())
            else:
                self._tell(self._failed(n, error))

    def _failed(self, n: int, error: BaseException) -> IntakeLine:
        if not isinstance(error, IbidError):
            return self._failure(n, "bug", {})
        if isinstance(error, _NO_USE_GOING_ON) or (isinstance(error, ProcessLost) and error.facts["process"] == "keeper"):
            self.fatal = error
        return self._failure(n, error.code(), error.facts)

    def _failure(self, n: int, code: str, facts: dict[str, Fact]) -> IntakeLine:
        return msgspec.structs.replace(self._line(n, Fate.FAILED), error=code, facts=facts)

    def _line(self, n: int, fate: Fate) -> IntakeLine:
        return IntakeLine(n=n, name=self._files[n].name, fate=fate)

    def _tell(self, line: IntakeLine, arrival: Arrival | None = None) -> None:
        self._over += 1
        self._told(line, arrival)
        if not self._job.is_cancelled:
            self._job.step(self._over, len(self._files), line.name)


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
