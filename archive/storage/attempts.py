"""How often each source was asked for, and in which run: so that a run that was stopped or killed goes on where it was.

No moment is noted: when somebody sat at a computer and asked is nobody's business, and a copy of the folder would tell it. Nothing of this is given to another archive.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from archive.model.source import SourceState
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import attempts, capture_run


class Tried(msgspec.Struct, frozen=True):
    """How often an address was asked for, how often of these it was not saved whole, and in which run it was last."""

    tries: int
    fell_short: int
    run: int


def begin_run(folder: ArchiveFolder) -> int:
    """The number of the run that has not come to its end, or of a new one.

    Raises:
        MachineError: no run was begun.
    """
    number, is_over = newest_run(folder)
    if is_over:
        number += 1
        _write_run(folder, number, is_over=False)
    return number


def end_run(folder: ArchiveFolder) -> None:
    """The run has come to its end: the next one begins anew.

    Raises:
        MachineError: it goes on, as if it had been stopped.
    """
    number, is_over = newest_run(folder)
    if not is_over:
        _write_run(folder, number, is_over=True)


def newest_run(folder: ArchiveFolder) -> tuple[int, bool]:
    """The number of the newest run, and whether it came to its end; (0, True) where there was none."""
    for volume in reversed(folder.volumes):
        with volume.look() as connection:
            row = connection.execute(select(capture_run.c.number, capture_run.c.is_over)).first()
            if row is not None:
                return int(row.number), bool(row.is_over)
    return 0, True


def read(folder: ArchiveFolder) -> dict[str, Tried]:
    """By address; what a newer volume says counts."""
    found: dict[str, Tried] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            columns = attempts.c
            for row in connection.execute(select(columns.address, columns.tries, columns.fell_short, columns.run)):
                found[row.address] = Tried(row.tries, row.fell_short, row.run)
    return found


def add(
    connection: Connection, folder: ArchiveFolder, address: str, state: SourceState, error: str | None, *, is_again: bool = False
) -> None:
    """Count one attempt, in the transaction that keeps what came of it.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`.
        folder: the archive.
        address: normalised.
        state: what the attempt came to.
        error: the code of the reason, where it is not saved.
        is_again: it is another step of the attempt that was counted last.
    """
    before = _tried(connection, folder, address)
    tries, fell_short = (before.tries, before.fell_short) if before else (0, 0)
    is_short = state is not SourceState.SAVED
    if is_again and tries:
        fell_short = max(0, fell_short - (not is_short))
    else:
        tries, fell_short = tries + 1, fell_short + is_short
    row = {"run": newest_run(folder)[0], "tries": tries, "fell_short": fell_short, "state": state.value, "error": error}
    statement = insert(attempts).values(address=address, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=["address"], set_=row))


def _tried(connection: Connection, folder: ArchiveFolder, address: str) -> Tried | None:
    wanted = select(attempts.c.tries, attempts.c.fell_short, attempts.c.run).where(attempts.c.address == address)
    row = connection.execute(wanted).first()
    for volume in reversed(folder.volumes[:-1]):
        if row is None:
            with volume.look() as older:
                row = older.execute(wanted).first()
    return None if row is None else Tried(*row)


def _write_run(folder: ArchiveFolder, number: int, *, is_over: bool) -> None:
    with folder.writing() as connection:
        row = {"number": number, "is_over": int(is_over)}
        statement = insert(capture_run).values(id=1, **row)
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
