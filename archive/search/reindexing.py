"""A volume whose words were cut or stemmed by another version of the program is indexed anew, a few documents at a time.

The table ``keys_state`` says which version the keys of ``words`` are of. Until every document has its new keys, what is found may not be all, and
every answer says so. A document has either its new entry or none yet, whenever the work is broken off; it goes on from there.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, select

from archive.search import index
from archive.storage import rows, tables

STEP_S = 0.004
_POSTINGS_AT_ONCE = 8
_LAST = "SELECT coalesce(max(id), 0) FROM words_docsize"
_COVERED = "SELECT coalesce(max(last), -1) FROM postings_state"


def is_due(connection: Connection) -> bool:
    """Whether :func:`step` would do anything; quick, and ``connection`` need not write."""
    if not index.has_own_keys(connection):
        return True
    return bool(connection.exec_driver_sql(f"SELECT ({_LAST}) > 0 AND ({_LAST}) <> ({_COVERED})").scalar_one())


def step(connection: Connection, *, limit_s: float = STEP_S) -> bool:
    """Do some of what is due, in the transaction of ``connection``: the entries of all documents first, then their postings.

    Returns:
        Whether more is due.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not take it.
    """
    if index.has_own_keys(connection):
        if is_due(connection):
            index.rebuild_postings(connection, most=_POSTINGS_AT_ONCE)
        return is_due(connection)
    known = connection.exec_driver_sql("SELECT reached, until FROM keys_state WHERE version = ?", (index.KEYS,)).first()
    if known is None:
        _begin(connection)
        return True
    reached, until = known
    wanted = select(tables.documents).where(tables.documents.c.id > reached, tables.documents.c.id <= until)
    give_up_at = time.perf_counter() + limit_s
    while True:
        row = (
            connection
            .execute(wanted.where(tables.documents.c.id > reached).order_by(tables.documents.c.id).limit(1))
            .mappings()
            .first()
        )
        reached = until if row is None else row["id"]
        if row is not None:
            index.make_entry(connection, reached, rows.document_of(row))
        if reached >= until or time.perf_counter() >= give_up_at:
            break
    connection.exec_driver_sql("UPDATE keys_state SET reached = ?", (reached,))
    return is_due(connection)


def _begin(connection: Connection) -> None:
    """Forget what follows from the old keys, and say that nothing has new ones yet."""
    index.clear(connection)
    until = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM documents").scalar_one())
    connection.exec_driver_sql("INSERT OR REPLACE INTO keys_state VALUES (1, ?, 0, ?)", (index.KEYS, until))
