"""A desk behind a pipe is the same desk: answers, errors, progress, cancelling, and what happens when its process is gone."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from archive.api import FrontDesk, search_together
from archive.errors import ArchiveLocked, DocumentNotFound, EmptyFile, ProcessLost, TargetExists, WrongPassphrase
from archive.keeper import THROUGH_KEEPERS
from archive.model.document import Role
from archive.model.hit import Question
from archive.progress import Cancelled, Job, Step

TEXT = "# Ліст з Гомеля\n\nТры чалавекі выйшлі на плошчу.[^1]\n\n[^1]: Хроніка, https://example.org/hronika\n"


@pytest.fixture
def desk(tmp_path: Path) -> FrontDesk:
    with THROUGH_KEEPERS.new(tmp_path / "mine.ibid", title="Mine", passphrase=None) as opened:
        yield opened


def test_what_is_brought_in_through_a_pipe_is_found_through_it(desk: FrontDesk) -> None:
    arrival = desk.bring_in(TEXT.encode(), name="letter.md")
    assert not arrival.is_already_here
    assert arrival.document.paired == 1
    assert desk.search(Question(text="плошча")).hits[0].document == arrival.document.document
    assert [note.label for note in desk.notes(arrival.document.document)] == ["1"]
    assert [entry.document for entry in desk.documents(role=Role.REPORT)] == [arrival.document]
    assert desk.source("https://example.org/hronika").cited_at[0].label == "1"
    assert desk.original(arrival.document.document) == TEXT.encode()
    assert desk.about().title == "Mine"


def test_an_error_crosses_the_pipe_with_its_facts(desk: FrontDesk) -> None:
    with pytest.raises(EmptyFile):
        desk.bring_in(b"", name="nothing.txt")
    with pytest.raises(DocumentNotFound) as caught:
        desk.document("0000")
    assert caught.value.facts == {"document": "0000"}


def test_a_locked_archive_wants_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "locked.ibid"
    THROUGH_KEEPERS.new(path, title="Locked", passphrase="шэсць слоў").close()
    with pytest.raises(ArchiveLocked):
        THROUGH_KEEPERS.open(path, passphrase=None)
    with pytest.raises(WrongPassphrase):
        THROUGH_KEEPERS.open(path, passphrase="шэсць слоу")
    with THROUGH_KEEPERS.open(path, passphrase="шэсць слоў") as desk:
        assert desk.about().is_locked
    with pytest.raises(TargetExists):
        THROUGH_KEEPERS.new(path, title="Again", passphrase=None)


def test_work_in_a_keeper_reports_and_can_be_stopped(desk: FrontDesk) -> None:
    steps: list[Step] = []
    for number in range(5):
        desk.bring_in(f"# Page {number}\n\nWords enough for page {number}.\n".encode(), name="page.md")
    assert desk.verify(job=Job(steps.append)).is_whole
    assert steps
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        desk.verify(job=stopped)


def test_a_keeper_that_is_killed_is_a_sentence_and_not_a_wait(tmp_path: Path) -> None:
    desk = THROUGH_KEEPERS.new(tmp_path / "a.ibid", title="A", passphrase=None)
    os.kill(desk.process_id, signal.SIGKILL)
    with pytest.raises(ProcessLost):
        desk.about()
    with pytest.raises(ProcessLost):
        desk.about()
    desk.close()


def test_several_threads_ask_at_once(desk: FrontDesk) -> None:
    desk.bring_in(TEXT.encode(), name="letter.md")
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(desk.search(Question(text="чалавек")).count)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [1] * 8


def test_two_archives_answer_together_and_a_document_in_both_is_one_hit(tmp_path: Path, desk: FrontDesk) -> None:
    with THROUGH_KEEPERS.new(tmp_path / "other.ibid", title="Other", passphrase=None) as other:
        for one in (desk, other):
            one.bring_in(TEXT.encode(), name="letter.md")
        other.bring_in(b"# A square\n\nPeople came to the square in Homiel.\n", name="square.md")
        assert search_together([desk, other], Question(text="плошча")).count == 1
        assert search_together([desk, other], Question(text="square")).hits[0].archive == 1
