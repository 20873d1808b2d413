"""A ZIP of several documents: each comes in as a document of its own, and what fails stops none of the others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from archive import api
from archive.errors import InputError
from archive.front_desk import IN_THIS_PROCESS
from archive.model.document import Arrival
from archive.progress import Cancelled, Job
from archive.values import digest_of

PARTS = {
    "report.txt": b"The first report of the centre.[1]\n\n[1] A letter to the court.\n",
    "broken.pdf": b"%PDF-1.7 broken",
    "../../page.html": b"<h1>A page</h1><p>With words of its own.</p>",
}


def packed() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for name, content in PARTS.items():
            file.writestr(name, content)
    return whole.getvalue()


def test_every_document_of_a_zip_comes_in_with_its_own_digest(tmp_path: Path) -> None:
    told: list[tuple[str, Arrival | InputError]] = []
    with IN_THIS_PROCESS.new(tmp_path / "A.ibid", title="A", passphrase=None) as desk:
        count = api.bring_in_packed(desk, packed(), told=lambda *each: told.append(each), job=Job())
        documents = {entry.document.document for entry in desk.documents()}
        again: list[Arrival | InputError] = []
        api.bring_in_packed(desk, packed(), told=lambda _name, outcome: again.append(outcome), job=Job())
        assert len(desk.documents()) == 2
    assert count == 3
    assert [name for name, _ in told] == list(PARTS)
    assert [isinstance(outcome, Arrival) for _, outcome in told] == [True, False, True]
    assert documents == {digest_of(PARTS["report.txt"]), digest_of(PARTS["../../page.html"])}
    assert [outcome.is_already_here for outcome in again if isinstance(outcome, Arrival)] == [True, True]
    assert not list(tmp_path.rglob("page.html"))


def test_anything_else_is_left_to_be_brought_in_as_it_is(tmp_path: Path) -> None:
    with IN_THIS_PROCESS.new(tmp_path / "A.ibid", title="A", passphrase=None) as desk:
        assert api.bring_in_packed(desk, b"Words.", told=lambda *_: None, job=Job()) == 0
        assert not desk.documents()


def test_cancelled_between_two_documents_the_first_is_in_whole(tmp_path: Path) -> None:
    job = Job()
    with IN_THIS_PROCESS.new(tmp_path / "A.ibid", title="A", passphrase=None) as desk:
        with pytest.raises(Cancelled):
            api.bring_in_packed(desk, packed(), told=lambda *_: job.cancel(), job=job)
        assert [entry.document.document for entry in desk.documents()] == [digest_of(PARTS["report.txt"])]
