"""Whatever byte of an archive is changed, checking it says so and names the volume."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import ArchiveDamaged, ArchiveTooNew, ForeignArchive
from archive.model.sharing import VerifyReport
from archive.model.source import SourceState
from archive.progress import Cancelled, Job
from archive.settings import StorageLimits
from archive.sharing.verify import verify
from archive.storage.folder import ArchiveFolder
from archive.storage.sources import add_capture, set_state
from archive.words import identifiers

NewArchive = Callable[..., ArchiveFolder]
A = "https://example.org/a"
FLIPS = 40


def _fill(folder: ArchiveFolder, made) -> ArchiveFolder:
    for n in range(4):
        made.bring(folder, made.report(n, addresses=(A,), words="словы пра восень " * 100))
    parcel = made.capture(A)
    made.bring(folder, parcel.text)
    with folder.writing() as connection:
        add_capture(connection, parcel)
        set_state(connection, A, SourceState.SAVED)
    return folder


@pytest.fixture
def folder(new_archive: NewArchive, made) -> ArchiveFolder:
    return _fill(new_archive(), made)


def _named(path: Path, passphrase: str | None) -> set[object]:
    """The files that opening or checking says are at fault; a changed version number is a fault of the only volume there is."""
    try:
        with ArchiveFolder.open(path, passphrase=passphrase, read_only=True) as folder:
            return {fault.where for fault in verify(folder, Job()).faults}
    except ArchiveTooNew:
        return {"volume-0001.ibv"}
    except (ArchiveDamaged, ForeignArchive) as error:
        return {error.facts["where"]}


def _codes(report: VerifyReport) -> set[str]:
    assert all(fault.where for fault in report.faults)
    return {fault.problem for fault in report.faults}


def test_a_whole_archive_has_no_fault_and_is_counted(folder: ArchiveFolder) -> None:
    steps: list[int] = []
    report = verify(folder, Job(lambda step: steps.append(step.done)))
    assert report.is_whole
    assert (report.documents, report.objects) == (5, 5)
    assert len(steps) >= 10


@pytest.mark.parametrize("passphrase", [None, "пароль"], ids=["open", "locked"])
def test_a_byte_changed_anywhere_in_a_finished_archive_is_a_fault_with_a_name(
    new_archive: NewArchive, made, passphrase: str | None
) -> None:
    folder = _fill(new_archive(passphrase=passphrase), made)
    folder.finish()
    folder.close()
    chance = random.Random(8)
    for file in [folder.path / "volume-0001.ibv"]:
        whole = file.read_bytes()
        places = [0, 16, 17, 23, 40, 60, 68, 96, 100, len(whole) - 1, *chance.sample(range(len(whole)), FLIPS // 2)]
        for place in places:
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            file.write_bytes(changed)
            assert file.name in _named(folder.path, passphrase), place
        file.write_bytes(whole)
    with ArchiveFolder.open(folder.path, passphrase=passphrase, read_only=True) as again:
        assert verify(again, Job()).is_whole


# Statement, and the code of the fault that must be named, in an archive that is still being written and has no digests beside it.
CHANGES = {
    "a word of a passage": (
        "UPDATE passages SET text = replace(text, 'восень', 'весень') WHERE document = 1",
        "document-damaged",
    ),
    "a passage gone": ("DELETE FROM markers; DELETE FROM passages WHERE document = 2 AND n = 0", "document-damaged"),
    "a title": ("UPDATE documents SET title = 'іншы' WHERE id = 1", "document-damaged"),
    "a role that is none": ("UPDATE documents SET role = 'king' WHERE id = 1", "document-damaged"),
    "a marker to another note": ("UPDATE markers SET note = 1 WHERE document = 1", "document-damaged"),
    "a marker to no note": ("UPDATE markers SET note = 99 WHERE document = 1", "document-damaged"),
    "a marker moved": ("UPDATE markers SET at = at + 1 WHERE document = 1", "document-damaged"),
    "a citation repeats what is not there": ("UPDATE citations SET ibid_of = 50 WHERE document = 1", "document-damaged"),
    "links that are no list": ("UPDATE passages SET links = '{' WHERE document = 1 AND n = 0", "document-damaged"),
    "bytes of an object": ("UPDATE chunks SET data = x'00' WHERE object = 1", "object-damaged"),
    "a chunk gone": ("DELETE FROM chunks WHERE object = 1", "object-damaged"),
    "an original gone": ("DELETE FROM chunks WHERE object = 1; DELETE FROM objects WHERE id = 1", "object-missing"),
    "a state": ("UPDATE sources SET state = 'gone'", "source-damaged"),
    "a verdict": ("UPDATE captures SET verdict = 'empty_page'", "capture-damaged"),
    "a status": ("UPDATE exchanges SET status = 404", "capture-damaged"),
    "a header": ("UPDATE exchanges SET answer_headers = '[]'", "capture-damaged"),
    "the index forgets": ("DELETE FROM words WHERE rowid = 3", "index-missing"),
    "the index invents": ("INSERT INTO words(rowid, title) VALUES(99, 'a')", "index-stray"),
    "a source gone": ("PRAGMA defer_foreign_keys=ON; DELETE FROM citations WHERE document = 1", "document-damaged"),
}


@pytest.mark.parametrize(("statements", "code"), CHANGES.values(), ids=CHANGES.keys())
def test_a_row_changed_behind_our_back_is_found(folder: ArchiveFolder, statements: str, code: str) -> None:
    with folder.volumes[0].write() as connection:
        for statement in statements.split(";"):
            connection.exec_driver_sql(statement)
    report = verify(folder, Job())
    assert code in _codes(report)
    assert not report.is_whole


def test_volumes_that_are_damaged_or_gone_are_named(new_archive: NewArchive, made) -> None:
    folder = _fill(new_archive(limits=StorageLimits(volume_bytes=4096)), made)
    folder.close()
    (folder.path / "volume-0002.ibv").write_bytes(b"x" * 5000)
    (folder.path / "volume-0003.ibv").unlink()
    with ArchiveFolder.open(folder.path) as again:
        report = verify(again, Job())
    assert {(fault.problem, fault.where) for fault in report.faults} == {
        ("volume-damaged", "volume-0002.ibv"),
        ("volume-changed", "volume-0002.ibv"),
        ("volume-missing", "volume-0003.ibv"),
    }


def test_checking_can_be_stopped(folder: ArchiveFolder) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        verify(folder, job)


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_every_fault_has_a_sentence_in_every_language(language: str) -> None:
    from archive.sharing import verify as module

    codes = [line.split()[0] for line in (module.__doc__ or "").splitlines() if line.startswith("    ")]
    assert len(codes) == 10
    assert {f"fault-{code}" for code in codes} <= identifiers(language)
