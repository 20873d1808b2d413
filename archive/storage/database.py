"""One volume as a database: the only file of this room that knows the engine (SQLite, or SQLCipher when there is a key).

* Readers are many and can change nothing (``query_only``); the writer is one and begins with BEGIN IMMEDIATE.
* The writer, and with it the write-ahead log, only comes when something is written: looking at a volume never changes a byte
  of it. A volume that may not be written is opened ``immutable``, so that not even a file appears beside it.
* Nothing but what the format has may be in a volume: no trigger, no view, no table of someone else's; no ATTACH, no extension.
* Errors of the engine become ours here, wherever in a block they are raised, and none of them carries a value.

``synchronous=NORMAL`` with the write-ahead log: a killed program loses nothing and a power cut at worst the last documents, each as a
whole, which can be brought in again; what must last (a closed volume, a share) is synced when it is closed.

``cipher_memory_security`` stays off: it makes writing and reading 1.5 to 2 times as long (docs/formats/archive-1.md), and clears only the engine's
copies while Python's own stay; the keeper's memory goes back to the system as a whole when an archive is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from archive.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveTooNew,
    DiskFull,
    ForeignArchive,
    IbidError,
    NotWritable,
)
from archive.storage.rows import UnreadableRow
from archive.storage.tables import APPLICATION_ID, FORMAT, MAJOR, Shape, create_tables, shape_of, volume

ARCHIVE: Final = "archive"
DESK: Final = "desk"
"""What a volume is part of: an archive, or the private desk of one person."""
PAGE_BYTES: Final = 4096
"""SQLCipher's own default: any SQLCipher opens a volume with nothing but the key. 16 KiB pages gain 3 % of room and write 4 times as
much for one small document."""

_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_BUSY_S: Final = 10.0
_READERS: Final = 4
_SETTINGS: Final = (
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "foreign_keys=ON",
)
_LOOKING: Final = ("query_only=ON", "cache_size=-32000")
_ALONE: Final = ("busy_timeout=1000",)
_CLOSING: Final = ("busy_timeout=100",)
_WRITING: Final = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000", "journal_size_limit=67108864")

# https://www.sqlite.org/rescode.html and https://www.sqlite.org/c3ref/c_alter_table.html
_BUSY, _LOCKED, _PERMISSION, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 3, 8, 10, 11, 13, 14, 26
_IO_READ, _IO_SHORT_READ = 10 | (1 << 8), 10 | (2 << 8)
_INTERRUPTED = 9
_ATTACH, _FUNCTION, _ALLOW, _DENY = 24, 31, 0, 1
_NOT_TEXT: Final = "Could not decode to UTF-8"

_STEPS_BETWEEN_LOOKS: Final = 1000

NewConnection = Callable[[], Any]


class Interrupted(Exception):
    """A statement was given up because whoever ran it has no more time (:func:`stopping`)."""


class Volume:
    """One open volume.

    Args:
        path: its file, which stands there already.
        key: the archive's key, 32 bytes; None for an open archive.
        may_write: whether the place takes changes.

    Raises:
        ArchiveDamaged: it cannot be read (with a key: or was not written under this key).
        ArchiveTooNew: a newer Ibid wrote it.
        ForeignArchive: it is a database, but not a volume of the format.
    """

    def __init__(self, path: Path, *, key: bytes | None, may_write: bool) -> None:
        self._path = path
        self._key = key
        self._may_write = may_write
        self._turn = threading.Lock()
        self._check_header()
        self._readers = _engine(path, lambda: self._connect(_LOOKING, self._look_mode()), begin="BEGIN", size=_READERS)
        self._writer: Engine | None = None
        try:
            with self.look() as connection:
                self.format = self._check_format(connection)
                row = connection.execute(select(volume)).one_or_none()
                if row is None:
                    raise ArchiveDamaged(where=path.name)
                self.archive: str = row.archive
                self.title: str = row.title
                self.number: int = row.number
                self.kind: str = row.kind
        except DBAPIError as error:
            self._readers.dispose()
            raise ArchiveDamaged(where=path.name) from error
        except BaseException:
            self._readers.dispose()
            raise

    @property
    def name(self) -> str:
        """The name of its file."""
        return self._path.name

    @property
    def path(self) -> Path:
        """Where its file stands."""
        return self._path

    @property
    def is_writable(self) -> bool:
        """Whether :meth:`write` can work: the place takes changes and no newer Ibid wrote the volume."""
        return self._may_write and self.format <= FORMAT

    @property
    def has_written(self) -> bool:
        """Whether :meth:`write` was called since the volume was opened or closed."""
        return self._writer is not None

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A connection that sees one state of the volume throughout and can change nothing.

        Raises:
            ArchiveDamaged, ArchiveBusy: also from what is run on it.
        """
        with self._readable_rows(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The connection that writes: everything done on it is kept when the block ends, or nothing if it raises.

        Waits for its turn. Not to be nested.

        Raises:
            NotWritable: :attr:`is_writable` is false.
            DiskFull, ArchiveBusy, ArchiveDamaged: also from what is run on it; the volume is as it was.
        """
        if not self.is_writable:
            raise NotWritable
        with self._turn:
            if self._writer is None:
                self._writer = _engine(self._path, lambda: self._connect(_WRITING, "mode=rw"), begin="BEGIN IMMEDIATE", size=1)
            with self._readable_rows(), self._writer.begin() as connection:
                yield connection

    def faults_of_engine(self) -> list[str]:
        """What the engine itself finds wrong, page by page and index by index; empty when all is well."""
        found: list[str] = []
        with self.look() as connection:
            # The check of an FTS5 table (SQLite 3.53) goes by what this connection last knew of its segments, and calls those corrupt that the
            # writer has merged since; a question lets it look anew.
            connection.exec_driver_sql("SELECT rowid FROM words WHERE words MATCH '\ue000' LIMIT 1").fetchall()
            for pragma in ("cipher_integrity_check", "integrity_check(20)") if self._key else ("integrity_check(20)",):
                found += [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}") if row[0] != "ok"]
            violations = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
            found += [f"foreign key {row[0]}" for row in violations]
        return found

    def settle(self) -> None:
        """Leave one file with nothing beside it; the volume stays open.

        Raises:
            NotWritable, DiskFull, ArchiveBusy: the volume is whole all the same.
        """
        self._alone("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode=DELETE")

    def finish(self) -> None:
        """Leave one compact file with nothing beside it, ready to travel; the volume stays open.

        Raises:
            NotWritable, DiskFull, ArchiveBusy: the volume is whole all the same.
        """
        self._alone("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode=DELETE", "VACUUM")

    def _alone(self, *statements: str) -> None:
        if not self.is_writable:
            raise NotWritable
        self.close()
        with self._turn, _raw(self._path, lambda: self._connect(_ALONE, "mode=rw")) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Empty the write-ahead log into the file and let go of it."""
        with self._turn:
            if self._writer is not None:
                with _raw(self._path, lambda: self._connect(_CLOSING, "mode=rw")) as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                self._writer.dispose()
                self._writer = None
            self._readers.dispose()

    @contextmanager
    def _readable_rows(self) -> Iterator[None]:
        try:
            yield
        except UnreadableRow as error:
            raise ArchiveDamaged(where=self.name) from error

    def _look_mode(self) -> str:
        if self._may_write:
            return "mode=rw"
        return "mode=ro" if self._path.with_name(self._path.name + "-wal").exists() else "mode=ro&immutable=1"

    def _connect(self, settings: tuple[str, ...], mode: str) -> Any:
        return _connect(self._path, self._key, settings, mode)

    def _check_header(self) -> None:
        try:
            with self._path.open("rb") as file:
                header = file.read(len(_PLAIN_HEADER))
        except OSError as error:
            raise ArchiveDamaged(where=self._path.name) from error
        # Without this a locked archive would accept an open volume that someone slipped in.
        if (header == _PLAIN_HEADER) is (self._key is not None):
            raise ArchiveDamaged(where=self._path.name)

    def _check_format(self, connection: Connection) -> int:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if application != APPLICATION_ID:
            raise ForeignArchive(where=self._path.name)
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if found // 1000 > MAJOR:
            raise ArchiveTooNew(found=found, understood=FORMAT)
        shape, expected = shape_of(connection), _expected_shape()
        extra, missing = shape - expected, expected - shape
        if missing or found < FORMAT or (extra and found == FORMAT) or any(kind in {"trigger", "view"} for kind, *_ in extra):
            raise ForeignArchive(where=self._path.name)
        return found


def create_volume(path: Path, *, key: bytes | None, archive: str, title: str, number: int, kind: str = ARCHIVE) -> None:
    """Make an empty volume. Its file, which must stand there already and be empty, is whole when this returns, or worthless.

    Args:
        path: an empty file; its rights stay as they are.
        key: the archive's key; None for an open one.
        archive: identifier of the archive, 32 hexadecimal digits.
        title: of the archive.
        number: of the volume, from 1.
        kind: ARCHIVE or DESK.

    Raises:
        DiskFull, NotWritable: the file is worthless.
    """
    with _raw(path, lambda: _connect(path, key, ("journal_mode=MEMORY", f"page_size={PAGE_BYTES}"), "mode=rw")) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        create_tables(connection)
        connection.execute(volume.insert().values(id=1, archive=archive, title=title, number=number, kind=kind))
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
        connection.exec_driver_sql("COMMIT")


Run = Callable[..., Any]


@contextmanager
def plain_statements(connection: Connection) -> Iterator[Run]:
    """The driver's own ``execute`` on the transaction of ``connection``, for questions that are answered in less time than SQLAlchemy needs for one.

    Raises:
        ArchiveDamaged, ArchiveBusy, DiskFull, NotWritable: as from the connection itself.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        yield driver.execute
    except sqlcipher.Error as error:
        ours = _ours(error, str(connection.info.get("volume", "")))
        if ours is None:
            raise
        raise ours from error


@contextmanager
def stopping(connection: Connection, is_over: Callable[[], bool]) -> Iterator[None]:
    """Give up what is read on ``connection`` once ``is_over`` says so; it is asked some thousand times a second, also while FTS5 reads its blocks.

    Raises:
        Interrupted: a statement was given up; the transaction goes on and sees what it saw.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(is_over, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


def size_bytes(connection: Connection) -> int:
    """How large the volume is, with what this transaction has written so far."""
    return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) * PAGE_BYTES


@cache
def _expected_shape() -> Shape:
    engine = create_engine("sqlite://", module=sqlcipher)
    try:
        with engine.begin() as connection:
            create_tables(connection)
            return shape_of(connection)
    finally:
        engine.dispose()


def _connect(path: Path, key: bytes | None, settings: tuple[str, ...], mode: str) -> Any:
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=_BUSY_S, check_same_thread=False, isolation_level=None
    )
    try:
        # Before the key: SQLCipher otherwise tells standard error, and with it the system's journal, what it is doing.
        connection.execute("PRAGMA cipher_log_level=NONE")
        if key is not None:
            connection.set_key(b"x'" + key.hex().encode() + b"'")
        for setting in (*_SETTINGS, *settings):
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.set_authorizer(_authorize)
    except BaseException:
        connection.close()
        raise
    return connection


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    # VACUUM attaches a nameless database of its own, which stays in memory.
    if action == _ATTACH and first:
        return _DENY
    return _DENY if action == _FUNCTION and second == "load_extension" else _ALLOW


def _engine(path: Path, connect: NewConnection, *, begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=-1, hide_parameters=True
    )

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> IbidError | Interrupted | None:
        return _ours(context.original_exception, path.name)

    @event.listens_for(engine, "connect")
    def _name(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["volume"] = path.name

    if begin:

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _raw(path: Path, connect: NewConnection) -> Iterator[Connection]:
    """One connection outside any transaction, for what SQLite does not do inside one."""
    engine = _engine(path, connect, begin="", size=1)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _ours(error: BaseException | None, where: str) -> IbidError | Interrupted | None:
    """Our error for one of the engine's, or None where it is a bug."""
    if error is not None and str(error).startswith(_NOT_TEXT):
        # The driver quotes the text; nobody's traceback shall.
        error.args = (_NOT_TEXT,)
        return ArchiveDamaged(where=where)
    code = getattr(error, "sqlite_errorcode", 0)
    if code in {_IO_READ, _IO_SHORT_READ}:
        return ArchiveDamaged(where=where)
    if code == _INTERRUPTED:
        return Interrupted()
    kinds: dict[int, type[IbidError]] = {
        _FULL: DiskFull,
        _BUSY: ArchiveBusy,
        _LOCKED: ArchiveBusy,
        _PERMISSION: NotWritable,
        _READ_ONLY: NotWritable,
        _CANNOT_OPEN: NotWritable,
        _IO: NotWritable,
        _CORRUPT: ArchiveDamaged,
        _NOT_A_DATABASE: ArchiveDamaged,
    }
    kind = kinds.get(code & 0xFF)
    if kind is None:
        return None
    return kind(where=where) if issubclass(kind, ArchiveError) else kind()
