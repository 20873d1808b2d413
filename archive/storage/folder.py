"""An archive: a folder ``NAME.ibid/`` that holds volumes, and a key file if it is locked.

Whatever is made here appears whole under its name or not at all: it is made under a name that ends in ``.new``, synced, and renamed. What a killed
program left under such a name is taken away at the next occasion; nothing that is not ours is ever touched.

``archive.sums`` (lines as ``sha256sum`` writes them) notes every volume that nothing is being written to: it is taken out before the first
change and noted again when the archive is closed. It
shows a changed byte even where an open volume has nothing but air.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Select, func, select

from archive.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveNotFound,
    DiskFull,
    ForeignArchive,
    NotAnArchive,
    NotWritable,
    TargetExists,
    UnreadableFile,
)
from archive.machine import sync_file, sync_folder
from archive.model.document import Role
from archive.model.sharing import ArchiveFacts
from archive.progress import Job
from archive.settings import StorageLimits
from archive.storage import sums
from archive.storage.database import ARCHIVE, DESK, Volume, create_volume, size_bytes
from archive.storage.files import NEW, OURS, remove, volume_name, volume_numbers
from archive.storage.keys import KEY_FILE, GuessCost, create_key, open_key
from archive.storage.tables import captures, documents, sources

Writing = Connection
"""What :meth:`ArchiveFolder.writing` gives, for rooms that pass it on and know no SQL."""
_NO_SPACE: Final = 28
_NO_QUOTA: Final = 122


class ArchiveFolder:
    """An open archive. Made by :meth:`create` and :meth:`open`; its methods may be called from any thread."""

    def __init__(self, path: Path, *, key: bytes | None, may_write: bool, limits: StorageLimits) -> None:
        self._path = path
        self._key = key
        self._may_write = may_write
        self._limits = limits
        self._turn = threading.Lock()
        self._one_writer = threading.Lock()
        self.when_written: Callable[[], None] = _say_nothing
        """Called after each block of :meth:`writing` that was kept, when the next writer may begin."""
        self._volumes: dict[int, Volume] = {}
        self._damaged: dict[int, ArchiveError] = {}
        self._follow()

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        title: str,
        passphrase: str | None = None,
        limits: StorageLimits | None = None,
        cost: GuessCost | None = None,
        is_desk: bool = False,
    ) -> Self:
        """A new, empty archive; it stands there whole or not at all.

        Args:
            path: the folder to make.
            title: what the person calls the archive.
            passphrase: locks it; None leaves it open.
            limits: how large its volumes grow.
            cost: of one guess at the passphrase.
            is_desk: it is the private desk of a person, and no archive.

        Raises:
            TargetExists: something stands there; it is left as it is.
            EmptyPassphrase: the passphrase is empty.
            NotWritable, DiskFull: the place does not take it.
        """
        if path.exists() or path.is_symlink():
            raise TargetExists
        key_file, key = (None, None) if passphrase is None else create_key(passphrase, cost=cost)
        staging = path.with_name(path.name + NEW)
        with _machine_errors():
            remove(staging)
            try:
                staging.mkdir(mode=0o700)
            except FileExistsError as error:
                raise TargetExists from error
            try:
                _fill(staging, title=title, key_file=key_file, key=key, kind=DESK if is_desk else ARCHIVE)
                staging.rename(path)
            except BaseException:
                remove(staging)
                raise
            sync_folder(path.parent)
        return cls(path, key=key, may_write=True, limits=limits or StorageLimits())

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        passphrase: str | None = None,
        read_only: bool | None = None,
        limits: StorageLimits | None = None,
        is_desk: bool = False,
    ) -> Self:
        """The archive that stands at ``path``. Opening and looking change nothing in it.

        A damaged volume does not keep the others from opening: it is named in :attr:`damaged`.

        Args:
            path: its folder.
            passphrase: for a locked one; not needed for an open one.
            read_only: True never writes; None and False write where the place takes it.
            limits: how large its volumes grow.
            is_desk: a desk is wanted; what is the other of the two is not opened at all.

        Raises:
            ArchiveNotFound, NotAnArchive, ArchiveLocked, WrongPassphrase, EmptyPassphrase: as their names say.
            ArchiveTooNew: a newer Ibid wrote it.
            ArchiveDamaged, ForeignArchive: of the first volume, when none can be opened; of the key file.
            NotWritable: ``read_only`` is False and the place takes no changes.
            UnreadableFile: the operating system would not give it.
        """
        if not path.exists():
            raise ArchiveNotFound
        try:
            numbers = volume_numbers(path)
            has_key = (path / KEY_FILE).exists()
        except OSError as error:
            raise UnreadableFile(reason="permission") from error
        if not numbers:
            raise NotAnArchive
        key = _read_key(path / KEY_FILE, passphrase) if has_key else None
        may_write = not read_only and _takes_changes(path, path / volume_name(numbers[-1]))
        if read_only is False and not may_write:
            raise NotWritable
        folder = cls(path, key=key, may_write=may_write, limits=limits or StorageLimits())
        if not folder._volumes:
            raise folder._damaged[numbers[0]]
        if folder.is_desk != is_desk:
            folder.close()
            raise NotAnArchive
        folder._clear_leftovers()
        return folder

    @property
    def path(self) -> Path:
        """The folder."""
        return self._path

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes that can be read, oldest first; also those that another program has added meanwhile."""
        with self._turn:
            self._follow()
            return tuple(self._volumes[number] for number in sorted(self._volumes))

    @property
    def damaged(self) -> tuple[str, ...]:
        """The file names of volumes that cannot be read, or do not belong here."""
        return tuple(volume_name(number) for number in sorted(self._damaged))

    @property
    def missing(self) -> tuple[str, ...]:
        """The file names of volumes that were here once: a number below the last one that has no file."""
        numbers = set(volume_numbers(self._path))
        return tuple(volume_name(number) for number in range(1, max(numbers, default=0)) if number not in numbers)

    @property
    def is_desk(self) -> bool:
        """Whether it is the private desk of a person, and no archive."""
        return any(volume.kind == DESK for volume in self._volumes.values())

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase keeps it."""
        return self._key is not None

    @property
    def is_writable(self) -> bool:
        """Whether :meth:`writing` can work: the place takes changes, and no newer Ibid has written here."""
        return self._may_write and all(volume.is_writable for volume in self._volumes.values())

    def facts(self) -> ArchiveFacts:
        """What the archive says of itself; what stands in several volumes counts once."""
        volumes = self.volumes
        return ArchiveFacts(
            title=volumes[-1].title,
            is_locked=self.is_locked,
            is_writable=self.is_writable,
            format=max(volume.format for volume in volumes),
            volumes=len(volumes) + len(self._damaged),
            reports=_count(volumes, select(documents.c.digest).where(documents.c.role == Role.REPORT.value)),
            sources=_count(volumes, select(sources.c.place).distinct()),
            captures=_count(volumes, select(captures.c.capture)),
            size_bytes=sum(file.stat().st_size for file in self._path.iterdir() if file.is_file()),
            damaged=self.damaged,
        )

    @contextmanager
    def writing(self, expected_bytes: int = 0) -> Iterator[Connection]:
        """The connection on which one thing is brought in: all of it is kept when the block ends, or nothing if it raises.

        It writes to the newest volume; where that one would grow over its limit, the next one is opened first. Waits for
        its turn, also for other programs. Not to be nested.

        Args:
            expected_bytes: about how much will be written.

        Raises:
            NotWritable, DiskFull, ArchiveBusy, ArchiveDamaged: also from what is run on it; the archive is as it was.
        """
        if not self.is_writable:
            raise NotWritable
        with self._one_writer:
            while True:
                newest = self.volumes[-1]
                with _machine_errors():
                    # Before the first connection that writes: it alone changes the file already.
                    sums.forget(self._path, newest.name)
                with newest.write() as connection:
                    last = volume_numbers(self._path)[-1]
                    if last == newest.number and self._has_room(connection, expected_bytes):
                        yield connection
                        break
                    # Only one program at a time comes here: it holds the newest volume.
                    if last == newest.number or last in self._damaged:
                        self._add_volume(last + 1, like=newest)
                self._retire(newest)
        self.when_written()

    def finish(self) -> None:
        """Leave the files as they travel best: compact, nothing beside a volume, their digests in ``archive.sums``, all on the disk.

        Raises:
            NotWritable, DiskFull, ArchiveBusy: the archive is whole all the same.
        """
        if not self.is_writable:
            raise NotWritable
        with self._one_writer, _machine_errors():
            for volume in self.volumes:
                volume.finish()
                sync_file(volume.path)
            sums.write(self._path, [volume.name for volume in self.volumes])
            sync_folder(self._path)

    def close(self) -> None:
        """Let go of every file; may be called twice."""
        with self._turn:
            volumes = tuple(self._volumes.values())
        # Not under the turn: a volume waits for its writer, and the writer may ask for the volumes.
        for volume in volumes:
            has_written = volume.has_written
            volume.close()
            if has_written:
                self._note(volume)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _follow(self) -> None:
        """Open the volumes that are there and were not yet opened."""
        for number in volume_numbers(self._path):
            if number in self._volumes or number in self._damaged:
                continue
            path = self._path / volume_name(number)
            try:
                if path.is_symlink():
                    raise ForeignArchive(where=path.name)
                volume = Volume(path, key=self._key, may_write=self._may_write)
                first = next(iter(self._volumes.values()), volume)
                if volume.number != number or volume.archive != first.archive:
                    volume.close()
                    raise ForeignArchive(where=path.name)
            except (ArchiveDamaged, ForeignArchive) as error:
                self._damaged[number] = error
            else:
                self._volumes[number] = volume

    def _has_room(self, connection: Connection, expected_bytes: int) -> bool:
        is_empty = connection.execute(select(documents.c.id).limit(1)).first() is None
        return is_empty or size_bytes(connection) + expected_bytes <= self._limits.volume_bytes

    def _add_volume(self, number: int, *, like: Volume) -> None:
        path = self._path / volume_name(number)
        staging = path.with_name(path.name + NEW)
        with _machine_errors():
            staging.unlink(missing_ok=True)
            create_volume(
                _new_file(staging), key=self._key, archive=like.archive, title=like.title, number=number, kind=like.kind
            )
            sync_file(staging)
            staging.rename(path)
            sync_folder(self._path)

    def _retire(self, volume: Volume) -> None:
        """A full volume is closed and never changes again: its digest is noted, unless someone is looking at it just now."""
        if volume.number == self.volumes[-1].number:
            return
        with suppress(ArchiveBusy), _machine_errors():
            volume.settle()
            sync_file(volume.path)
            sums.add(self._path, volume.name)

    def _note(self, volume: Volume) -> None:
        """Note the digest of a volume that was written to and closed, unless another program is still writing to it."""
        log = volume.path.with_name(volume.name + "-wal")
        with suppress(DiskFull, NotWritable), _machine_errors():
            before = volume.path.stat()
            if not log.exists():
                sums.add(self._path, volume.name)
            after = volume.path.stat()
            if log.exists() or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
                sums.forget(self._path, volume.name)

    def changed(self, job: Job) -> tuple[str, ...]:
        """The file names of volumes whose bytes are not those noted in ``archive.sums``.

        Args:
            job: a step per mebibyte; no digest is noted while something is written to a volume.

        Raises:
            Cancelled: it was stopped.
        """
        noted = sums.read(self._path)
        changed: list[str] = []
        for name in noted:
            path = self._path / name
            if path.exists() and sums.file_digest(path, job) != noted[name] and sums.read(self._path).get(name) == noted[name]:
                changed.append(name)
        return tuple(changed)

    def _clear_leftovers(self) -> None:
        leftovers = [file for file in self._path.iterdir() if OURS.fullmatch(file.name) and file.suffix == NEW]
        if not leftovers or not self.is_writable:
            return
        # Whoever makes a volume holds the newest one.
        with self.volumes[-1].write(), _machine_errors():
            for file in leftovers:
                file.unlink(missing_ok=True)


def _say_nothing() -> None:
    """Nobody wants to know."""


def _fill(folder: Path, *, title: str, key_file: bytes | None, key: bytes | None, kind: str) -> None:
    """The files of a new archive, on the disk when this returns."""
    if key_file is not None:
        _new_file(folder / KEY_FILE).write_bytes(key_file)
        sync_file(folder / KEY_FILE)
    first = _new_file(folder / volume_name(1))
    create_volume(first, key=key, archive=secrets.token_hex(16), title=title, number=1, kind=kind)
    sync_file(first)
    sync_folder(folder)


def _read_key(path: Path, passphrase: str | None) -> bytes:
    if passphrase is None:
        raise ArchiveLocked
    try:
        with path.open("rb") as file:
            contents = file.read(4096)
    except OSError as error:
        raise ArchiveDamaged(where=KEY_FILE) from error
    return open_key(contents, passphrase)


def _takes_changes(path: Path, newest: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(newest, os.W_OK)


def _new_file(path: Path) -> Path:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return path


def _count(volumes: tuple[Volume, ...], names: Select[str]) -> int:
    if len(volumes) == 1:
        with volumes[0].look() as connection:
            return int(connection.execute(select(func.count()).select_from(names.subquery())).scalar_one())
    seen: set[str] = set()
    for volume in volumes:
        with volume.look() as connection:
            seen.update(connection.execute(names).scalars())
    return len(seen)


@contextmanager
def _machine_errors() -> Iterator[None]:
    """What the operating system says about files, as our errors."""
    try:
        yield
    except OSError as error:
        raise (DiskFull if error.errno in {_NO_SPACE, _NO_QUOTA} else NotWritable) from error
