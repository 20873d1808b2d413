"""The index of one volume: what each document says, as keys of its words.

The table ``words`` holds, per document (its row id), the keys of title, body and notes in reading order; between two passages stands a
sign that no question can hold, so that a phrase never runs from one passage into the next. ``title`` also holds what the document
states of itself: reference, publisher, authors, topics. ``meta`` holds one token each for role, language and date of publication, which filters ask for.
The table ``word_forms`` counts in how many documents each word stands as it is written; prefixes and spellings come from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, text

from archive.model.document import Document, Passage
from archive.model.footnote import Note
from archive.search import forms
from archive.search.entry import COLUMNS, Entry, entry_of, prepare
from archive.storage import rows, tables
from archive.storage.database import plain_statements

KEYS = 1
"""The version of keys: another one whenever a word may come to another key than before, or a text is cut into other words."""
_AT_ONCE = 500

_INSERT = "INSERT INTO words (rowid, title, body, notes, meta) VALUES (?, ?, ?, ?, ?)"
# A volume without words has no keys of another version.
_NAME_KEYS = "INSERT OR IGNORE INTO keys_state SELECT 1, ?, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM words_docsize)"
_OWN_KEYS = (
    "SELECT EXISTS (SELECT 1 FROM keys_state WHERE version = ? AND reached >= until) "
    "OR NOT EXISTS (SELECT 1 FROM keys_state UNION ALL SELECT 1 FROM words_docsize)"
)
_HAS = text("SELECT rowid FROM words WHERE rowid = :row")
_DELETE = text("DELETE FROM words WHERE rowid = :row")
# FTS5 cannot take a contentless entry's words out of its blocks when it is deleted; only rewriting them does.
_REWRITE = text("INSERT INTO words (words) VALUES ('optimize')")


def add_many(connection: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    """Index several documents in the transaction of ``connection``; for each much cheaper than alone.

    Args:
        connection: to the volume that holds the documents; nothing is committed here.
        entries: for each document its row id, ascending and above that of every document indexed before, and what :func:`archive.search.entry.prepare` gave.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not take them.
    """
    if not entries:
        return
    from archive.search import postings

    connection.exec_driver_sql(_NAME_KEYS, (KEYS,))
    postings.add_many(connection, [(row_id, each.document, each.columns) for row_id, each in entries])
    rows_of_words = [(row_id, *(each.columns[name] for name in COLUMNS)) for row_id, each in entries]
    connection.exec_driver_sql(_INSERT, rows_of_words)
    forms.add_many(connection, [each.forms for _, each in entries])


def add(connection: Connection, row_id: int, document: Document, passages: Sequence[Passage], notes: Sequence[Note]) -> None:
    """Index a document in the transaction of ``connection``.

    Args:
        connection: to the volume that holds the document; nothing is committed here.
        row_id: the document's row id in that volume; it has no entry yet.
        document: what the document states of itself.
        passages: all its passages in reading order, notes included.
        notes: its notes; one whose passage is not among ``passages`` is indexed by its own text.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not take it.
    """
    add_many(connection, [(row_id, prepare(document, passages, notes))])


def remove(connection: Connection, row_id: int, *, comes_back: bool = False) -> None:
    """Take a document's entry out of the index, in the transaction of ``connection``; no word of it is left in the file.

    Call it while the rows of the document still stand: its words are counted back from them. Without an entry nothing is done.

    Args:
        connection: to the volume that holds the document; nothing is committed here.
        row_id: the document's row id in that volume.
        comes_back: the same words are indexed again in this transaction, so what is left of them in the file gives nothing away.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not do it.
    """
    from archive.search import postings

    if connection.execute(_HAS, {"row": row_id}).first() is None:
        return
    row = connection.execute(select(tables.documents).where(tables.documents.c.id == row_id)).mappings().first()
    columns: dict[str, str] = {}
    if row is not None:
        columns, found = entry_of(rows.document_of(row), _stored_passages(connection, row_id), ())
        forms.remove(connection, found)
    postings.remove(connection, row_id, columns)
    connection.execute(_DELETE, {"row": row_id})
    if not comes_back:
        connection.execute(_REWRITE)


def has_own_keys(connection: Connection) -> bool:
    """Whether all documents of the volume are found by the keys that this program makes; where not, :mod:`archive.search.reindexing` sees to it."""
    with plain_statements(connection) as run:
        return bool(run(_OWN_KEYS, (KEYS,)).fetchone()[0])


def clear(connection: Connection) -> None:
    """Forget all entries, and all that follows from them, in the transaction of ``connection``."""
    from archive.search import postings

    postings.clear(connection)
    forms.clear(connection)
    connection.exec_driver_sql("INSERT INTO words (words) VALUES ('delete-all')")


def make_entry(connection: Connection, row_id: int, document: Document) -> None:
    """Give a document without an entry the one it has by its stored text, and count its words; postings are not touched."""
    columns, found = entry_of(document, _stored_passages(connection, row_id), ())
    connection.exec_driver_sql(_INSERT, (row_id, *(columns[name] for name in COLUMNS)))
    forms.add_many(connection, [found])


def rebuild_postings(connection: Connection, *, most: int | None = None) -> None:
    """Make the postings from the documents of the volume, in the transaction of ``connection``; where they lag behind, this mends them.

    Args:
        connection: to the volume.
        most: so many documents at most, from where the postings end; None makes all of them anew.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not take it.
    """
    from archive.search import postings

    known = None if most is None else postings.state(connection)
    if known is None or not postings.may_go_on(connection, known):
        postings.clear(connection)
        known = None
    after = known.last if known else 0
    further = text("SELECT id FROM words_docsize WHERE id > :after ORDER BY id LIMIT :most")
    ordered = list(connection.execute(further, {"after": after, "most": -1 if most is None else most}).scalars())
    for begin in range(0, len(ordered), _AT_ONCE):
        said = []
        for row_id in ordered[begin : begin + _AT_ONCE]:
            row = connection.execute(select(tables.documents).where(tables.documents.c.id == row_id)).mappings().one()
            document = rows.document_of(row)
            columns, _ = entry_of(document, _stored_passages(connection, row_id), ())
            said.append((row_id, document, columns))
        postings.take_in(connection, said)


def _stored_passages(connection: Connection, row_id: int) -> list[Passage]:
    of_document = tables.passages.c.document == row_id
    stored = connection.execute(select(tables.passages).where(of_document).order_by(tables.passages.c.n)).mappings().fetchall()
    return [rows.passage_of(each, ()) for each in stored]


def row_ids(connection: Connection) -> set[int]:
    """The row ids of all documents that have an entry in this volume's index."""
    return set(connection.execute(text("SELECT rowid FROM words")).scalars())


def count(connection: Connection) -> int:
    """How many documents have an entry in this volume's index."""
    return int(connection.execute(text("SELECT count(*) FROM words")).scalar_one())
