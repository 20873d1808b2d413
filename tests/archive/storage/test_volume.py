"""What may be inside a volume, who may write it, and whose errors come out."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2 as sqlcipher

from archive.errors import ArchiveBusy, ArchiveDamaged, ArchiveTooNew, DiskFull, ForeignArchive, NotWritable
from archive.storage import catalogue, database
from archive.storage.database import Volume
from archive.storage.folder import ArchiveFolder

NewArchive = Callable[..., ArchiveFolder]


def _change(path: Path, *statements: str) -> None:
    connection = sqlcipher.connect(str(path))
    try:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


@pytest.fixture
def volume_file(new_archive: NewArchive) -> Path:
    folder = new_archive()
    folder.close()
    return folder.path / "volume-0001.ibv"


def test_a_newer_major_is_refused_with_both_numbers(volume_file: Path) -> None:
    _change(volume_file, "PRAGMA user_version=2003")
    with pytest.raises(ArchiveTooNew) as caught:
        ArchiveFolder.open(volume_file.parent)
    assert caught.value.facts == {"found": 2003, "understood": 1000}


def test_a_newer_minor_opens_for_reading(volume_file: Path) -> None:
    _change(volume_file, "CREATE TABLE editions(n INTEGER PRIMARY KEY)", "PRAGMA user_version=1001")
    with ArchiveFolder.open(volume_file.parent) as folder:
        assert folder.facts().format == 1001
        assert not folder.is_writable
        with pytest.raises(NotWritable), folder.writing():
            pass


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra(a)",
        "CREATE VIEW extra AS SELECT 1",
        "CREATE TRIGGER extra AFTER INSERT ON documents BEGIN SELECT 1; END",
        "CREATE INDEX extra ON documents(title)",
        "DROP TABLE word_forms",
        "ALTER TABLE documents ADD COLUMN extra TEXT",
        "ALTER TABLE documents RENAME COLUMN title TO name",
        "PRAGMA application_id=1",
        "PRAGMA user_version=0",
    ],
)
def test_a_database_that_is_not_of_the_format_is_refused(volume_file: Path, statement: str) -> None:
    _change(volume_file, statement)
    with pytest.raises(ForeignArchive) as caught:
        ArchiveFolder.open(volume_file.parent)
    assert caught.value.facts == {"where": "volume-0001.ibv"}


@pytest.mark.parametrize("kind", ["VIEW extra AS SELECT 1", "TRIGGER extra AFTER INSERT ON volume BEGIN SELECT 1; END"])
def test_not_even_a_newer_minor_may_hold_a_view_or_a_trigger(volume_file: Path, kind: str) -> None:
    _change(volume_file, f"CREATE {kind}", "PRAGMA user_version=1001")
    with pytest.raises(ForeignArchive):
        ArchiveFolder.open(volume_file.parent)


def test_a_web_page_with_the_name_of_a_volume_is_damaged(volume_file: Path) -> None:
    volume_file.write_text("<!doctype html><title>no</title>" * 200)
    with pytest.raises(ArchiveDamaged):
        ArchiveFolder.open(volume_file.parent)


@pytest.mark.parametrize("key", [None, b"\x00" * 32, b"k" * 32], ids=["none", "zero", "another"])
def test_a_wrong_key_neither_opens_nor_makes_a_volume(new_archive: NewArchive, key: bytes | None) -> None:
    folder = new_archive(passphrase="пароль")
    folder.close()
    path = folder.path / "volume-0001.ibv"
    before = path.read_bytes()
    with pytest.raises(ArchiveDamaged):
        Volume(path, key=key, may_write=True)
    assert path.read_bytes() == before
    assert not before.startswith(b"SQLite format 3")


def test_a_reader_can_change_nothing(new_archive: NewArchive) -> None:
    with new_archive().volumes[0].look() as connection, pytest.raises(NotWritable):
        connection.execute(text("DELETE FROM documents"))


@pytest.mark.parametrize(
    "statement", ["ATTACH 'copy.db' AS copy KEY ''", "ATTACH 'copy.db' AS copy", "SELECT load_extension('x')"]
)
@pytest.mark.parametrize("door", ["look", "write"])
def test_nothing_leads_out_of_a_volume(
    new_archive: NewArchive, statement: str, door: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    volume = new_archive(passphrase="пароль").volumes[0]
    with pytest.raises(Exception, match="not authorized"), getattr(volume, door)() as connection:
        connection.execute(text(statement))
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("door", ["look", "write"])
def test_every_connection_has_the_settings_that_keep_text_off_the_disk(new_archive: NewArchive, door: str) -> None:
    volume = new_archive(passphrase="пароль").volumes[0]
    with getattr(volume, door)() as connection:
        found = {
            name: int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("temp_store", "secure_delete", "trusted_schema", "cell_size_check", "foreign_keys", "page_size")
        }
    assert found == {
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "foreign_keys": 1,
        "page_size": 4096,
    }


def test_two_programs_take_turns_and_the_one_that_waits_too_long_is_told(
    new_archive: NewArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_S", 0.05)
    folder = new_archive()
    with ArchiveFolder.open(folder.path) as other, folder.writing():
        assert catalogue.entries(other) == ()
        with pytest.raises(ArchiveBusy), other.writing():
            pass


def test_a_full_disk_is_called_that(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    made.bring(folder, made.report(1))
    with folder.writing() as connection:
        # The engine's own limit ends in the same error as a disk without room.
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull):
        made.bring(folder, made.report(2, words="слова " * 50_000))
    assert len(catalogue.entries(folder)) == 1


def test_a_changed_page_of_a_locked_volume_is_damage_and_names_the_volume(new_archive: NewArchive, made) -> None:
    folder = new_archive(passphrase="пароль")
    reports = [made.report(n, words="слова " * 2000) for n in range(20)]
    for report in reports:
        made.bring(folder, report)
    folder.close()
    path = folder.path / "volume-0001.ibv"
    contents = bytearray(path.read_bytes())
    for page in range(45, len(contents) // 4096):
        contents[page * 4096 + 2000] ^= 1
    path.write_bytes(contents)

    def read_all() -> None:
        with ArchiveFolder.open(folder.path, passphrase="пароль") as again:
            for report in reports:
                catalogue.whole(again, report.document.document)

    with pytest.raises(ArchiveDamaged) as caught:
        read_all()
    assert caught.value.facts == {"where": "volume-0001.ibv"}


def test_text_that_is_none_is_damage_and_is_quoted_nowhere(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    report = made.report()
    made.bring(folder, report)
    with folder.writing() as connection:
        connection.exec_driver_sql("UPDATE passages SET text = CAST(x'63616e6172790aff' AS TEXT) WHERE n = 0")
    with pytest.raises(ArchiveDamaged) as caught:
        catalogue.whole(folder, report.document.document)
    assert "canary" not in "".join(traceback.format_exception(caught.value))


def test_an_error_of_the_engine_tells_nothing_of_the_text(new_archive: NewArchive) -> None:
    secret = "сакрэтны загаловак"
    folder = new_archive()
    with pytest.raises(Exception) as caught, folder.writing() as connection:  # noqa: PT011 - a bug raises the engine's own error
        connection.execute(text("INSERT INTO objects(digest, size_bytes) VALUES(:digest, NULL)"), {"digest": secret})
    assert secret not in str(caught.value)
