"""The tables of a volume, format 1 (docs/formats/archive-1.md says what each column means, for readers in twenty years).

Every table is STRICT, so that a text column holds text even in a volume that someone else made. Lists inside a row are JSON,
which any SQLite tool can show. A minor version of the format adds tables and indexes and never changes one.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

APPLICATION_ID: Final = 0x49626964
"""``Ibid`` in ASCII."""
MAJOR: Final = 1
MINOR: Final = 0
FORMAT: Final = MAJOR * 1000 + MINOR
REVISION: Final = "0001"

metadata = MetaData()

volume = Table(
    "volume",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("archive", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    sqlite_strict=True,
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("publisher", Text),
    Column("reference", Text),
    Column("published_on", Text),
    Column("authors", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("address", Text),
    Column("versions", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("markers", Integer, nullable=False),
    Column("paired", Integer, nullable=False),
    Column("recognised", Text),
    Column("seal", Text, nullable=False),
    sqlite_strict=True,
)

passages = Table(
    "passages",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("page", Integer),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("links", Text),
    Column("styles", Text),
    PrimaryKeyConstraint("document", "n"),
    sqlite_strict=True,
)

markers = Table(
    "markers",
    metadata,
    Column("document", Integer, nullable=False),
    Column("passage", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("note", Integer),
    Column("confidence", REAL, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("document", "passage", "n"),
    ForeignKeyConstraint(["document", "passage"], ["passages.document", "passages.n"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

notes = Table(
    "notes",
    metadata,
    Column("document", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("passage", Integer, nullable=False),
    Column("text", Text),
    Column("page", Integer),
    Column("paired", Integer, nullable=False),
    Column("confidence", REAL, nullable=False),
    Column("before", Text, nullable=False),
    PrimaryKeyConstraint("document", "n"),
    ForeignKeyConstraint(["document", "passage"], ["passages.document", "passages.n"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

geometry = Table(
    "geometry",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("seal", Text, nullable=False),
    sqlite_strict=True,
)

page_labels = Table(
    "page_labels",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("labels", Text, nullable=False),
    Column("seal", Text, nullable=False),
    sqlite_strict=True,
)

corrections = Table(
    "corrections",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("seal", Text, nullable=False),
    PrimaryKeyConstraint("document", "n"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

uncorrected = Table(
    "uncorrected",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("seal", Text, nullable=False),
    sqlite_strict=True,
)

sources = Table(
    "sources",
    metadata,
    Column("address", Text, primary_key=True, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("error", Text),
    Column("facts", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Index("sources_by_place", "place"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

citations = Table(
    "citations",
    metadata,
    Column("document", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("note", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, ForeignKey("sources.address")),
    Column("title", Text),
    Column("ibid_of", Integer),
    Column("pages", Text),
    Column("published_on", Text),
    Column("accessed_on", Text),
    PrimaryKeyConstraint("document", "n"),
    ForeignKeyConstraint(["document", "note"], ["notes.document", "notes.n"]),
    Index("citations_by_source", "source"),
    sqlite_strict=True,
)

captures = Table(
    "captures",
    metadata,
    Column("capture", Text, primary_key=True, nullable=False),
    Column("source", Text, ForeignKey("sources.address"), nullable=False),
    Column("final_address", Text, nullable=False),
    Column("taken_at", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("document", Text),
    Column("way", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Index("captures_by_source", "source"),
    Index("captures_by_document", "document"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("capture", Text, ForeignKey("captures.capture"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("request_headers", Text, nullable=False),
    Column("answer_headers", Text, nullable=False),
    Column("fetched_at", Text, nullable=False),
    Column("http_version", Text, nullable=False),
    Column("coding", Text, nullable=False),
    Column("charset", Text, nullable=False),
    Column("body", Text, ForeignKey("objects.digest"), nullable=False),
    PrimaryKeyConstraint("capture", "n"),
    sqlite_strict=True,
)

objects = Table(
    "objects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
    sqlite_strict=True,
)

chunks = Table(
    "chunks",
    metadata,
    Column("object", Integer, ForeignKey("objects.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("coding", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("object", "n"),
    sqlite_strict=True,
)

saved_questions = Table(
    "saved_questions",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("question", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

listed_hosts = Table(
    "listed_hosts",
    metadata,
    Column("host", Text, primary_key=True, nullable=False),
    Column("kind", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

attempts = Table(
    "attempts",
    metadata,
    Column("address", Text, primary_key=True, nullable=False),
    Column("run", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("fell_short", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("error", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

capture_run = Table(
    "capture_run",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("is_over", Integer, nullable=False),
    sqlite_strict=True,
)

judgements = Table(
    "judgements",
    metadata,
    Column("capture", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("verdict", Text),
    Column("seal", Text, nullable=False),
    PrimaryKeyConstraint("capture", "n"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

collections = Table(
    "collections",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("is_kept", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

collection_documents = Table(
    "collection_documents",
    metadata,
    Column("collection", Text, ForeignKey("collections.name"), nullable=False),
    Column("document", Text, nullable=False),
    Column("is_in", Integer, nullable=False),
    PrimaryKeyConstraint("collection", "document"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

word_forms = Table(
    "word_forms",
    metadata,
    Column("form", Text, primary_key=True, nullable=False),
    Column("documents", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

skeletons = Table(
    "skeletons",
    metadata,
    Column("skeleton", Integer, nullable=False),
    Column("form", Text, nullable=False),
    PrimaryKeyConstraint("skeleton", "form"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

terms = Table(
    "terms",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("id", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

segments = Table(
    "segments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("documents", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("rows", LargeBinary, nullable=False),
    Column("lengths", LargeBinary, nullable=False),
    Column("roles", LargeBinary, nullable=False),
    Column("languages", LargeBinary, nullable=False),
    Column("dates", LargeBinary, nullable=False),
    Column("digests", LargeBinary, nullable=False),
    sqlite_strict=True,
)

postings = Table(
    "postings",
    metadata,
    Column("segment", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("terms", LargeBinary, nullable=False),
    Column("ends", LargeBinary, nullable=False),
    Column("documents", LargeBinary, nullable=False),
    Column("weights", LargeBinary, nullable=False),
    PrimaryKeyConstraint("segment", "first"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

forward = Table(
    "forward",
    metadata,
    Column("document", Integer, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("role", Integer, nullable=False),
    Column("language", Integer, nullable=False),
    Column("date", Integer, nullable=False),
    Column("digest", Integer, nullable=False),
    Column("words", LargeBinary, nullable=False),
    sqlite_strict=True,
)

joining = Table(
    "joining",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("segment", Integer, nullable=False),
    Column("parts", Text, nullable=False),
    Column("until", Integer, nullable=False),
    Column("term", Integer, nullable=False),
    sqlite_strict=True,
)

postings_state = Table(
    "postings_state",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("change", Integer, nullable=False),
    Column("segments_change", Integer, nullable=False),
    Column("terms", Integer, nullable=False),
    sqlite_strict=True,
)

keys_state = Table(
    "keys_state",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("reached", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    sqlite_strict=True,
)

# Alembic's own, exactly as it makes it, so that a later migration finds where to begin.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

WORDS: Final = (
    "CREATE VIRTUAL TABLE words USING fts5(title, body, notes, meta, "
    "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
)
# SQLCipher keeps 80 bytes of every 4096-byte page, and FTS5's default leaf of 4050 bytes would spill onto a second page.
# FTS5 takes secure-delete but cannot act on it without content: whoever takes a document out must end with 'optimize'.
WORDS_SETTINGS: Final = (
    "INSERT INTO words(words, rank) VALUES('pgsz', 3900)",
    "INSERT INTO words(words, rank) VALUES('secure-delete', 1)",
)


def create_words(connection: Connection) -> None:
    """The search index, empty. Its row ids are those of ``documents``; what it holds is the search room's affair."""
    for statement in (WORDS, *WORDS_SETTINGS):
        connection.exec_driver_sql(statement)


def create_tables(connection: Connection) -> None:
    """Everything an empty volume has, but for its row in ``volume``."""
    metadata.create_all(connection, checkfirst=False)
    create_words(connection)
    connection.execute(alembic_version.insert().values(version_num=REVISION))


Shape = frozenset[tuple[str, str, str, tuple[str, ...]]]


def shape_of(connection: Connection) -> Shape:
    """What a database is made of: (type, name, table, words of the statement that made it) for everything in its schema.

    Spaces, quotes and letter case of the statements do not count, so that another version of SQLAlchemy writes the same shape.
    """
    rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_schema"))
    return frozenset((row.type, row.name, row.tbl_name, _words_of(row.sql or "")) for row in rows)


def _words_of(statement: str) -> tuple[str, ...]:
    for mark in "(),='":
        statement = statement.replace(mark, f" {mark} ")
    return tuple(statement.replace('"', "").lower().split())
