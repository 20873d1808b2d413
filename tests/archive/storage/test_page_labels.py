"""What pages are called where that is not their number: kept under a seal of its own, given, verified, and shown with hits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from archive.errors import ArchiveDamaged
from archive.model.reading import Page, page_labels
from archive.progress import Job
from archive.sharing import give, merge, verify
from archive.sharing.select import items
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder

LABELS = ("xi", "xii", "", "1")


def folder_with_labels(path: Path, made: Any) -> tuple[ArchiveFolder, str]:
    folder = ArchiveFolder.create(path, title="Labels", passphrase=None)
    report = msgspec.structs.replace(made.report(1), page_labels=LABELS)
    made.bring(folder, report)
    return folder, report.document.document


def test_pages_that_are_called_by_their_numbers_have_no_labels() -> None:
    assert page_labels([Page(1, 1.0, 1.0, label="1"), Page(2, 1.0, 1.0)]) == ()
    assert page_labels([Page(1, 1.0, 1.0, label="i"), Page(2, 1.0, 1.0, label="2")]) == ("i", "")
    assert len(page_labels([Page(1, 1.0, 1.0, label="A" * 5000)])[0]) == 40


def test_labels_are_kept_given_and_taken(tmp_path: Path, made: Any) -> None:
    folder, digest = folder_with_labels(tmp_path / "A.ibid", made)
    with folder, ArchiveFolder.create(tmp_path / "B.ibid", title="Other", passphrase=None) as other:
        assert catalogue.page_labels(folder, digest) == LABELS
        assert merge.take(other, give.give(folder, items(folder, None)[0])).outcome == "new"
        assert catalogue.page_labels(other, digest) == LABELS
        assert verify.verify(other, Job()).is_whole


def test_labels_longer_than_any_that_is_read_are_refused(tmp_path: Path, made: Any) -> None:
    folder, _ = folder_with_labels(tmp_path / "A.ibid", made)
    with folder, ArchiveFolder.create(tmp_path / "B.ibid", title="Other", passphrase=None) as other:
        parcel = give.give(folder, items(folder, None)[0])
        report = msgspec.structs.replace(parcel.report, page_labels=("x" * 41,))
        assert merge.take(other, msgspec.structs.replace(parcel, report=report)).outcome == "refused"


@pytest.mark.parametrize("written", ['["i"]', "no list", '[["i"]]'])
def test_a_changed_label_is_a_fault(tmp_path: Path, made: Any, written: str) -> None:
    folder, digest = folder_with_labels(tmp_path / "A.ibid", made)
    with folder:
        with folder.writing() as connection:
            connection.exec_driver_sql("UPDATE page_labels SET labels = ?", (written,))
        with pytest.raises(ArchiveDamaged):
            catalogue.page_labels(folder, digest)
        assert [fault.problem for fault in verify.verify(folder, Job()).faults if fault.what == digest] == ["document-damaged"]
