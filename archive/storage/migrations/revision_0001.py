"""Format 1.0: the first tables.

Frozen: a migration says what a version was, not what the tables of today are.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE TABLE documents (
        id INTEGER NOT NULL,
        digest TEXT NOT NULL,
        role TEXT NOT NULL,
        format TEXT NOT NULL,
        title TEXT NOT NULL,
        language TEXT NOT NULL,
        publisher TEXT,
        reference TEXT,
        published_on TEXT,
        authors TEXT NOT NULL,
        topics TEXT NOT NULL,
        address TEXT,
        versions TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        notes INTEGER NOT NULL,
        markers INTEGER NOT NULL,
        paired INTEGER NOT NULL,
        recognised TEXT,
        seal TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (digest)
    )
     STRICT
    """,
    """
    CREATE TABLE objects (
        id INTEGER NOT NULL,
        digest TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (digest)
    )
     STRICT
    """,
    """
    CREATE TABLE sources (
        address TEXT NOT NULL,
        place TEXT NOT NULL,
        state TEXT NOT NULL,
        error TEXT,
        facts TEXT NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (address)
    )
     WITHOUT ROWID,
     STRICT
    """,
    "CREATE INDEX sources_by_place ON sources (place)",
    """
    CREATE TABLE volume (
        id INTEGER NOT NULL CHECK (id = 1),
        archive TEXT NOT NULL,
        title TEXT NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE saved_questions (
        name TEXT NOT NULL,
        question TEXT NOT NULL,
        PRIMARY KEY (name)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE listed_hosts (
        host TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (host)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE attempts (
        address TEXT NOT NULL,
        run INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        fell_short INTEGER NOT NULL,
        state TEXT NOT NULL,
        error TEXT,
        PRIMARY KEY (address)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE capture_run (
        id INTEGER NOT NULL CHECK (id = 1),
        number INTEGER NOT NULL,
        is_over INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE judgements (
        capture TEXT NOT NULL,
        n INTEGER NOT NULL,
        verdict TEXT,
        seal TEXT NOT NULL,
        PRIMARY KEY (capture, n)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE collections (
        name TEXT NOT NULL,
        is_kept INTEGER NOT NULL,
        PRIMARY KEY (name)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE collection_documents (
        collection TEXT NOT NULL,
        document TEXT NOT NULL,
        is_in INTEGER NOT NULL,
        PRIMARY KEY (collection, document),
        FOREIGN KEY(collection) REFERENCES collections (name)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE word_forms (
        form TEXT NOT NULL,
        documents INTEGER NOT NULL,
        PRIMARY KEY (form)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE skeletons (
        skeleton INTEGER NOT NULL,
        form TEXT NOT NULL,
        PRIMARY KEY (skeleton, form)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE captures (
        capture TEXT NOT NULL,
        source TEXT NOT NULL,
        final_address TEXT NOT NULL,
        taken_at TEXT NOT NULL,
        verdict TEXT NOT NULL,
        status INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        document TEXT,
        way TEXT NOT NULL,
        evidence TEXT NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (capture),
        FOREIGN KEY(source) REFERENCES sources (address)
    )
     WITHOUT ROWID,
     STRICT
    """,
    "CREATE INDEX captures_by_document ON captures (document)",
    "CREATE INDEX captures_by_source ON captures (source)",
    """
    CREATE TABLE chunks (
        object INTEGER NOT NULL,
        n INTEGER NOT NULL,
        coding TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (object, n),
        FOREIGN KEY(object) REFERENCES objects (id)
    )
     STRICT
    """,
    """
    CREATE TABLE passages (
        document INTEGER NOT NULL,
        n INTEGER NOT NULL,
        kind TEXT NOT NULL,
        level INTEGER NOT NULL,
        page INTEGER,
        language TEXT NOT NULL,
        text TEXT NOT NULL,
        links TEXT,
        styles TEXT,
        PRIMARY KEY (document, n),
        FOREIGN KEY(document) REFERENCES documents (id)
    )
     STRICT
    """,
    """
    CREATE TABLE geometry (
        document INTEGER NOT NULL,
        data BLOB NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (document),
        FOREIGN KEY(document) REFERENCES documents (id)
    )
     STRICT
    """,
    """
    CREATE TABLE page_labels (
        document INTEGER NOT NULL,
        labels TEXT NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (document),
        FOREIGN KEY(document) REFERENCES documents (id)
    )
     STRICT
    """,
    """
    CREATE TABLE corrections (
        document INTEGER NOT NULL,
        n INTEGER NOT NULL,
        content TEXT NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (document, n),
        FOREIGN KEY(document) REFERENCES documents (id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE uncorrected (
        document INTEGER NOT NULL,
        data BLOB NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (document),
        FOREIGN KEY(document) REFERENCES documents (id)
    )
     STRICT
    """,
    """
    CREATE TABLE exchanges (
        capture TEXT NOT NULL,
        n INTEGER NOT NULL,
        address TEXT NOT NULL,
        method TEXT NOT NULL,
        status INTEGER NOT NULL,
        reason TEXT NOT NULL,
        request_headers TEXT NOT NULL,
        answer_headers TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        http_version TEXT NOT NULL,
        coding TEXT NOT NULL,
        charset TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (capture, n),
        FOREIGN KEY(capture) REFERENCES captures (capture),
        FOREIGN KEY(body) REFERENCES objects (digest)
    )
     STRICT
    """,
    """
    CREATE TABLE markers (
        document INTEGER NOT NULL,
        passage INTEGER NOT NULL,
        n INTEGER NOT NULL,
        label TEXT NOT NULL,
        at INTEGER NOT NULL,
        note INTEGER,
        confidence REAL NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (document, passage, n),
        FOREIGN KEY(document, passage) REFERENCES passages (document, n)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE notes (
        document INTEGER NOT NULL,
        n INTEGER NOT NULL,
        label TEXT NOT NULL,
        passage INTEGER NOT NULL,
        text TEXT,
        page INTEGER,
        paired INTEGER NOT NULL,
        confidence REAL NOT NULL,
        "before" TEXT NOT NULL,
        PRIMARY KEY (document, n),
        FOREIGN KEY(document, passage) REFERENCES passages (document, n)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE citations (
        document INTEGER NOT NULL,
        n INTEGER NOT NULL,
        note INTEGER NOT NULL,
        text TEXT NOT NULL,
        source TEXT,
        title TEXT,
        ibid_of INTEGER,
        pages TEXT,
        published_on TEXT,
        accessed_on TEXT,
        PRIMARY KEY (document, n),
        FOREIGN KEY(document, note) REFERENCES notes (document, n),
        FOREIGN KEY(source) REFERENCES sources (address)
    )
     STRICT
    """,
    "CREATE INDEX citations_by_source ON citations (source)",
    """
    CREATE TABLE terms (
        "key" TEXT NOT NULL,
        id INTEGER NOT NULL,
        PRIMARY KEY ("key")
        )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE segments (
        id INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        first INTEGER NOT NULL,
        "rows" BLOB NOT NULL,
        lengths BLOB NOT NULL,
        roles BLOB NOT NULL,
        languages BLOB NOT NULL,
        dates BLOB NOT NULL,
        digests BLOB NOT NULL,
        PRIMARY KEY (id)
        )
     STRICT
    """,
    """
    CREATE TABLE postings (
        segment INTEGER NOT NULL,
        first INTEGER NOT NULL,
        terms BLOB NOT NULL,
        ends BLOB NOT NULL,
        documents BLOB NOT NULL,
        weights BLOB NOT NULL,
        PRIMARY KEY (segment, first)
        )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE forward (
        document INTEGER NOT NULL,
        length INTEGER NOT NULL,
        role INTEGER NOT NULL,
        language INTEGER NOT NULL,
        date INTEGER NOT NULL,
        digest INTEGER NOT NULL,
        words BLOB NOT NULL,
        PRIMARY KEY (document)
        )
     STRICT
    """,
    """
    CREATE TABLE joining (
        id INTEGER NOT NULL CHECK (id = 1),
        segment INTEGER NOT NULL,
        parts TEXT NOT NULL,
        until INTEGER NOT NULL,
        term INTEGER NOT NULL,
        PRIMARY KEY (id)
        )
     STRICT
    """,
    """
    CREATE TABLE postings_state (
        id INTEGER NOT NULL CHECK (id = 1),
        version INTEGER NOT NULL,
        last INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        length INTEGER NOT NULL,
        change INTEGER NOT NULL,
        segments_change INTEGER NOT NULL,
        terms INTEGER NOT NULL,
        PRIMARY KEY (id)
        )
     STRICT
    """,
    """
    CREATE TABLE keys_state (
        id INTEGER NOT NULL CHECK (id = 1),
        version INTEGER NOT NULL,
        reached INTEGER NOT NULL,
        until INTEGER NOT NULL,
        PRIMARY KEY (id)
        )
     STRICT
    """,
    """
    CREATE VIRTUAL TABLE words USING fts5(title, body, notes, meta,
        content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')
    """,
    "INSERT INTO words(words, rank) VALUES('pgsz', 3900)",
    "INSERT INTO words(words, rank) VALUES('secure-delete', 1)",
)


def upgrade() -> None:
    """From nothing to format 1.0."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
