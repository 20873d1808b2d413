"""Archives as folders: made whole or not at all, opened without a trace, grown volume by volume."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from archive.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveNotFound,
    EmptyPassphrase,
    ForeignArchive,
    NotAnArchive,
    NotWritable,
    TargetExists,
    WrongPassphrase,
)
from archive.progress import Job
from archive.settings import StorageLimits
from archive.storage import catalogue
from archive.storage.documents import add_document, has_document
from archive.storage.folder import ArchiveFolder, remove

NewArchive = Callable[..., ArchiveFolder]


def _names(path: Path) -> list[str]:
    return sorted(file.name for file in path.iterdir())


def _contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


@pytest.mark.parametrize("passphrase", [None, "пароль"], ids=["open", "locked"])
def test_a_new_archive_opens_again_under_its_title(new_archive: NewArchive, passphrase: str | None) -> None:
    folder = new_archive("Агляды", passphrase=passphrase)
    folder.close()
    with ArchiveFolder.open(folder.path, passphrase=passphrase) as again:
        facts = again.facts()
    assert (facts.title, facts.is_locked, facts.is_writable, facts.format) == ("Агляды", passphrase is not None, True, 1000)
    assert (facts.volumes, facts.reports, facts.sources, facts.captures, facts.damaged) == (1, 0, 0, 0, ())


def test_where_something_stands_no_archive_is_made(new_archive: NewArchive, tmp_path: Path) -> None:
    (tmp_path / "Тут.ibid").mkdir()
    (tmp_path / "Тут.ibid" / "letter.txt").write_text("mine")
    with pytest.raises(TargetExists):
        new_archive("Тут")
    assert _names(tmp_path / "Тут.ibid") == ["letter.txt"]


def test_what_a_killed_creation_left_is_in_nobodys_way(new_archive: NewArchive, tmp_path: Path) -> None:
    staging = tmp_path / "Агляды.ibid.new"
    staging.mkdir()
    (staging / "archive.key").write_bytes(b"half")
    (staging / "volume-0001.ibv").write_bytes(b"half")
    new_archive("Агляды")
    assert not staging.exists()


def test_a_file_of_someone_elses_in_that_place_is_never_taken_away(new_archive: NewArchive, tmp_path: Path) -> None:
    staging = tmp_path / "Агляды.ibid.new"
    staging.mkdir()
    (staging / "letter.txt").write_text("mine")
    with pytest.raises(TargetExists):
        new_archive("Агляды")
    assert (staging / "letter.txt").read_text() == "mine"
    remove(staging)
    assert (staging / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("passphrase", [None, "пароль"], ids=["open", "locked"])
def test_no_one_else_on_the_machine_can_read_it(new_archive: NewArchive, made, passphrase: str | None) -> None:
    before = os.umask(0)
    try:
        folder = new_archive(passphrase=passphrase)
        made.bring(folder, made.report())
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.path.iterdir()} == dict.fromkeys(
        _names(folder.path), 0o600
    )
    assert any(name.endswith("-wal") for name in _names(folder.path))


@pytest.mark.parametrize(
    ("passphrase", "error"),
    [(None, ArchiveLocked), ("Пароль", WrongPassphrase), ("", EmptyPassphrase)],
    ids=["none", "wrong", "empty"],
)
def test_a_locked_archive_stays_shut(new_archive: NewArchive, passphrase: str | None, error: type[Exception]) -> None:
    folder = new_archive(passphrase="пароль")
    before = _contents(folder.path)
    with pytest.raises(error):
        ArchiveFolder.open(folder.path, passphrase=passphrase)
    assert _contents(folder.path) == before


def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound):
        ArchiveFolder.open(tmp_path / "nothing.ibid")
    (tmp_path / "letter.txt").write_text("mine")
    for path in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(NotAnArchive):
            ArchiveFolder.open(path)


def test_an_open_volume_slipped_into_a_locked_archive_is_not_believed(new_archive: NewArchive) -> None:
    locked, other = new_archive("Пад замком", passphrase="пароль"), new_archive("Іншы")
    locked.close()
    other.close()
    shutil.copy(other.path / "volume-0001.ibv", locked.path / "volume-0001.ibv")
    with pytest.raises(ArchiveDamaged):
        ArchiveFolder.open(locked.path, passphrase="пароль")


def test_a_volume_of_another_archive_does_not_join_in(new_archive: NewArchive, made) -> None:
    ours, other = new_archive("Наш"), new_archive("Іншы")
    made.bring(other, made.report(5))
    ours.close()
    other.close()
    shutil.copy(other.path / "volume-0001.ibv", ours.path / "volume-0002.ibv")
    with ArchiveFolder.open(ours.path) as again:
        assert again.damaged == ("volume-0002.ibv",)
        assert catalogue.entries(again) == ()


def test_when_the_limit_would_be_passed_the_next_volume_opens(new_archive: NewArchive, made) -> None:
    folder = new_archive(limits=StorageLimits(volume_bytes=250_000), passphrase="пароль")
    reports = [made.report(n, addresses=("https://example.org/a",), words="слова " * 3000) for n in range(6)]
    for report in reports:
        made.bring(folder, report)
    assert len(folder.volumes) >= 2
    assert [entry.document.document for entry in catalogue.entries(folder)] == [report.document.document for report in reports]
    assert all(volume.path.stat().st_size <= 350_000 for volume in folder.volumes[:-1])
    full = folder.volumes[0].path.read_bytes()
    folder.close()
    with ArchiveFolder.open(folder.path, passphrase="пароль", limits=StorageLimits(volume_bytes=250_000)) as again:
        made.bring(again, made.report(100))
        assert again.volumes[0].path.read_bytes() == full
        assert len(catalogue.entries(again)) == 7
        assert catalogue.source(again, "https://example.org/a").cited_at[5].document == reports[5].document.document


def test_one_document_larger_than_the_limit_has_a_volume_of_its_own(new_archive: NewArchive, made) -> None:
    folder = new_archive(limits=StorageLimits(volume_bytes=4096))
    for n in range(3):
        made.bring(folder, made.report(n))
    assert len(folder.volumes) == 3


def test_a_volume_that_another_program_adds_is_seen(new_archive: NewArchive, made) -> None:
    limits = StorageLimits(volume_bytes=4096)
    folder = new_archive(limits=limits)
    made.bring(folder, made.report(1))
    with ArchiveFolder.open(folder.path, limits=limits) as other:
        made.bring(other, made.report(2))
    assert len(catalogue.entries(folder)) == 2
    made.bring(folder, made.report(3))
    assert [volume.number for volume in folder.volumes] == [1, 2, 3]


def test_a_damaged_volume_does_not_keep_the_others_from_opening(new_archive: NewArchive, made) -> None:
    folder = new_archive(limits=StorageLimits(volume_bytes=4096))
    for n in range(3):
        made.bring(folder, made.report(n))
    folder.close()
    (folder.path / "volume-0002.ibv").write_bytes(b"not a volume at all")
    with ArchiveFolder.open(folder.path, limits=StorageLimits(volume_bytes=4096)) as again:
        assert again.damaged == ("volume-0002.ibv",)
        assert again.facts().damaged == ("volume-0002.ibv",)
        assert len(catalogue.entries(again)) == 2
        made.bring(again, made.report(3))
        assert [volume.number for volume in again.volumes] == [1, 3, 4]


def test_when_the_newest_volume_is_damaged_what_is_new_goes_to_another(new_archive: NewArchive, made) -> None:
    limits = StorageLimits(volume_bytes=4096)
    folder = new_archive(limits=limits)
    for n in range(2):
        made.bring(folder, made.report(n))
    folder.close()
    damaged = folder.path / "volume-0002.ibv"
    damaged.write_bytes(b"not a volume at all")
    with ArchiveFolder.open(folder.path, limits=limits) as again:
        made.bring(again, made.report(7))
        assert [volume.number for volume in again.volumes] == [1, 3]
    assert damaged.read_bytes() == b"not a volume at all"


def test_an_archive_with_no_volume_that_can_be_read_says_which_is_damaged(new_archive: NewArchive) -> None:
    folder = new_archive()
    folder.close()
    (folder.path / "volume-0001.ibv").write_bytes(b"")
    with pytest.raises(ArchiveDamaged) as caught:
        ArchiveFolder.open(folder.path)
    assert caught.value.facts == {"where": "volume-0001.ibv"}


def test_a_half_made_volume_is_taken_away_and_not_counted(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    made.bring(folder, made.report())
    folder.close()
    (folder.path / "volume-0002.ibv.new").write_bytes(b"half")
    (folder.path / "other.new").write_bytes(b"mine")
    with ArchiveFolder.open(folder.path) as again:
        assert again.facts().volumes == 1
    assert not (folder.path / "volume-0002.ibv.new").exists()
    assert (folder.path / "other.new").exists()


@pytest.mark.parametrize("passphrase", [None, "пароль"], ids=["open", "locked"])
def test_a_finished_archive_is_one_file_a_volume_that_sha256sum_can_check(
    new_archive: NewArchive, made, passphrase: str | None
) -> None:
    folder = new_archive(passphrase=passphrase)
    made.bring(folder, made.report())
    folder.finish()
    folder.close()
    expected = ["archive.sums", "volume-0001.ibv"] if passphrase is None else ["archive.key", "archive.sums", "volume-0001.ibv"]
    assert _names(folder.path) == expected
    digest = hashlib.sha256((folder.path / "volume-0001.ibv").read_bytes()).hexdigest()
    assert (folder.path / "archive.sums").read_text() == f"{digest}  volume-0001.ibv\n"


@pytest.mark.parametrize("read_only", [True, None], ids=["asked for", "by itself"])
def test_looking_at_a_finished_archive_changes_no_byte_of_it(new_archive: NewArchive, made, read_only: bool | None) -> None:
    folder = new_archive(passphrase="пароль")
    report = made.report(addresses=("https://example.org/",))
    made.bring(folder, report)
    folder.finish()
    folder.close()
    before = _contents(folder.path)
    with ArchiveFolder.open(folder.path, passphrase="пароль", read_only=read_only) as again:
        assert catalogue.whole(again, report.document.document)[1] == report.passages
        assert _contents(folder.path) == before
    assert _contents(folder.path) == before


def test_a_folder_that_takes_no_changes_opens_for_reading(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    report = made.report()
    made.bring(folder, report)
    folder.close()
    with ArchiveFolder.open(folder.path, read_only=True) as again:
        assert not again.is_writable
        assert not again.facts().is_writable
        assert catalogue.original(again, report.document.document) == report.original
        with pytest.raises(NotWritable), again.writing():
            pass
        with pytest.raises(NotWritable):
            again.finish()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_the_right_to_write_is_found_out(new_archive: NewArchive) -> None:
    folder = new_archive()
    folder.close()
    folder.path.chmod(0o500)
    try:
        with ArchiveFolder.open(folder.path) as again:
            assert not again.is_writable
        with pytest.raises(NotWritable):
            ArchiveFolder.open(folder.path, read_only=False)
    finally:
        folder.path.chmod(0o700)


def test_writing_into_a_finished_archive_withdraws_its_digest_first(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    made.bring(folder, made.report(1))
    folder.finish()
    made.bring(folder, made.report(2))
    assert (folder.path / "archive.sums").read_text() == ""
    folder.close()
    assert (folder.path / "archive.sums").read_text().endswith("  volume-0001.ibv\n")


@pytest.mark.parametrize("at", [200, 5_000, 40_000, -1])
def test_a_flipped_byte_of_a_closed_archive_is_seen_wherever_it_lies(new_archive: NewArchive, made, at: int) -> None:
    folder = new_archive()
    made.bring(folder, made.report(1))
    assert folder.changed(Job()) == (), "nothing is noted while something is written"
    folder.close()
    with ArchiveFolder.open(folder.path, read_only=True) as again:
        assert again.changed(Job()) == ()
        contents = bytearray((folder.path / "volume-0001.ibv").read_bytes())
        contents[at] ^= 1
        (folder.path / "volume-0001.ibv").write_bytes(contents)
        assert again.changed(Job()) == ("volume-0001.ibv",)


def test_when_the_block_raises_nothing_of_it_is_kept(new_archive: NewArchive, made) -> None:
    folder = new_archive()

    def bring_half() -> None:
        with folder.writing() as connection:
            add_document(connection, made.report())
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        bring_half()
    assert catalogue.entries(folder) == ()
    assert folder.facts().sources == 0


def test_a_symbolic_link_is_no_volume(new_archive: NewArchive, tmp_path: Path) -> None:
    folder = new_archive()
    folder.close()
    (folder.path / "volume-0001.ibv").rename(tmp_path / "elsewhere")
    (folder.path / "volume-0001.ibv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ForeignArchive):
        ArchiveFolder.open(folder.path)


def test_many_threads_write_look_and_finish_without_waiting_for_each_other_for_ever(new_archive: NewArchive, made) -> None:
    folder = new_archive(limits=StorageLimits(volume_bytes=250_000))

    def bring(first: int) -> None:
        for n in range(first, first + 8):
            report = made.report(n, words="слова " * 500)
            with folder.writing(len(report.original)) as connection:
                assert not has_document(folder, report.document.document)
                add_document(connection, report)

    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(bring, first) for first in (0, 100, 200)]
        while not all(task.done() for task in tasks):
            with suppress(ArchiveBusy):
                folder.finish()
            catalogue.entries(folder)
        for task in tasks:
            task.result()
    folder.finish()
    assert len(catalogue.entries(folder)) == 24
    assert len(folder.volumes) > 1
    noted = dict(reversed(line.split("  ")) for line in (folder.path / "archive.sums").read_text().splitlines())
    for volume in folder.volumes:
        assert noted[volume.name] == hashlib.sha256(volume.path.read_bytes()).hexdigest()


def test_where_the_place_does_not_take_it_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(NotWritable):
        ArchiveFolder.create(tmp_path / "no such folder" / "a.ibid", title="a")
    (tmp_path / "b.ibid").symlink_to(tmp_path / "nowhere")
    with pytest.raises(TargetExists):
        ArchiveFolder.create(tmp_path / "b.ibid", title="b")
    assert _names(tmp_path) == ["b.ibid"]
