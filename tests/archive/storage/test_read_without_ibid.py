"""What docs/formats/archive-1.md promises to someone without our program, done as it says there."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2 as sqlcipher

from archive.storage import tables
from archive.storage.folder import ArchiveFolder
from archive.storage.keys import open_key

NewArchive = Callable[..., ArchiveFolder]
FORMAT = Path(__file__).parents[3] / "docs" / "formats" / "archive-1.md"
A = "https://example.org/a"


@pytest.fixture(params=[None, "пароль"], ids=["open", "locked"])
def database(request: pytest.FixtureRequest, new_archive: NewArchive, made) -> Any:
    folder = new_archive(passphrase=request.param)
    made.bring(folder, made.report(1, addresses=(A,), words="словы " * 2000))
    folder.finish()
    folder.close()
    path = folder.path / "volume-0001.ibv"
    if request.param is None:
        connection = sqlite3.connect(path)
    else:
        connection = sqlcipher.connect(str(path))
        key = open_key((folder.path / "archive.key").read_bytes(), request.param)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    yield connection
    connection.close()


def test_the_text_and_the_notes_are_read_with_plain_sql(database: Any, made) -> None:
    report = made.report(1, addresses=(A,), words="словы " * 2000)
    body = database.execute("SELECT text FROM passages WHERE document = 1 AND kind <> 'note' ORDER BY n").fetchall()
    assert body == [(report.passages[0].text,)]
    cited = database.execute(
        "SELECT notes.label, citations.source FROM notes JOIN citations "
        "ON citations.document = notes.document AND citations.note = notes.n WHERE notes.document = 1"
    ).fetchall()
    assert cited == [("1", A), ("2", None)]


def test_the_original_is_put_together_by_hand(database: Any, made) -> None:
    digest, size = database.execute("SELECT digest, size_bytes FROM documents").fetchone()
    chunks = database.execute(
        "SELECT coding, data FROM chunks JOIN objects ON objects.id = object WHERE digest = ? ORDER BY n", (digest,)
    ).fetchall()
    whole = b"".join(zstandard.decompress(data) if coding == "zstd" else data for coding, data in chunks)
    assert len(whole) == size
    assert hashlib.sha256(whole).hexdigest() == digest
    assert whole == made.report(1, addresses=(A,), words="словы " * 2000).original


def test_the_seal_is_the_digest_that_the_format_describes(database: Any) -> None:
    def select(table: str, order: str) -> list[list[Any]]:
        return [list(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}")]

    (about,) = select("documents", "id")
    parts = [[about[1:-1]]]
    for table, order in (("passages", "n"), ("markers", "passage, n"), ("notes", "n"), ("citations", "n")):
        parts.append([row[1:] for row in select(table, order)])
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(written.encode()).hexdigest() == about[-1]
    (source,) = select("sources", "address")
    written = json.dumps([[source[:-1]]], ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(written.encode()).hexdigest() == source[-1]


def test_the_statements_of_the_format_make_the_tables_of_a_volume(new_archive: NewArchive) -> None:
    written = re.search(r"```sql\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    assert written is not None
    engine = create_engine("sqlite://", module=sqlcipher)
    with engine.begin() as described:
        for statement in written[1].split(";\n"):
            if statement.strip():
                described.exec_driver_sql(statement)
        shape = tables.shape_of(described)
    engine.dispose()
    with new_archive().volumes[0].look() as connection:
        assert tables.shape_of(connection) == shape
