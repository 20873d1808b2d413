"""A volume whose keys are of another version says so, and gets its own in the background, document by document."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from archive.front_desk import IN_THIS_PROCESS
from archive.model.hit import Question
from archive.model.sharing import Fault
from archive.progress import Job
from archive.search import index, merging, reindexing
from archive.search.answer import ask, facets
from archive.sharing.verify import verify
from archive.storage.folder import ArchiveFolder
from tests.archive.search.conftest import Shelve
from tests.archive.search.test_postings import assert_both_say_the_same

_WORD_FORMS = "SELECT form, documents FROM word_forms ORDER BY form"
_COUNT = 30


def make_old(folder: ArchiveFolder) -> None:
    """As another version would have left it: other keys, other words in the list, postings of those."""
    with folder.writing() as connection:
        row_ids = sorted(index.row_ids(connection))
        connection.exec_driver_sql("INSERT INTO words (words) VALUES ('delete-all')")
    with folder.writing() as connection:
        for row_id in row_ids:
            connection.exec_driver_sql(
                "INSERT INTO words (rowid, title, body, notes, meta) VALUES (?, '', 'otherkey', '', '')", (row_id,)
            )
        connection.exec_driver_sql("UPDATE terms SET key = key || 'otherkey'")
        connection.exec_driver_sql("UPDATE word_forms SET documents = documents + 1")
        connection.exec_driver_sql("UPDATE keys_state SET version = version - 1")


def said(connection: Connection) -> list[Any]:
    """What the index holds beside the postings."""
    terms = "SELECT title, body FROM words WHERE words MATCH 'otherkey'"
    return [
        index.row_ids(connection),
        connection.exec_driver_sql(_WORD_FORMS).fetchall(),
        connection.exec_driver_sql(terms).fetchall(),
    ]


@pytest.fixture
def old(folder: ArchiveFolder, shelve: Shelve) -> tuple[ArchiveFolder, list[Any]]:
    """An archive made old, and what its index held before."""
    for number in range(_COUNT):
        shelve(f"Закон {number}", "Права людини і суд. " * (1 + number % 3), "human rights", notes=("court",))
    with folder.volumes[0].look() as connection:
        before = said(connection)
    make_old(folder)
    return folder, before


def one_step(folder: ArchiveFolder) -> bool:
    """The smallest there is."""
    with folder.writing() as connection:
        return reindexing.step(connection, limit_s=0)


def broken_off(folder: ArchiveFolder) -> None:
    """A step whose transaction is not ended."""
    with folder.writing() as connection:
        reindexing.step(connection, limit_s=0)
        raise KeyboardInterrupt


def all_steps(folder: ArchiveFolder) -> None:
    """Until nothing is due."""
    while one_step(folder):
        pass


def is_found_exactly(folder: ArchiveFolder) -> tuple[int, bool]:
    """Of a word of all documents: how many hold it, and whether that is exact."""
    answer = ask(folder, Question(text="права"))
    counted = facets(folder, Question(text="права"))
    assert (counted.count, counted.is_exact) == (answer.count, answer.is_exact)
    return answer.count, answer.is_exact


def test_an_index_of_other_keys_never_claims_that_it_found_everything(old: tuple[ArchiveFolder, list[Any]]) -> None:
    folder, _ = old
    assert is_found_exactly(folder) == (0, False)
    folder.finish()
    with ArchiveFolder.open(folder.path, read_only=True) as read:
        assert is_found_exactly(read) == (0, False)


def test_each_document_gets_its_own_keys_and_the_answers_are_exact_only_then(old: tuple[ArchiveFolder, list[Any]]) -> None:
    folder, before = old
    counts = []
    is_due = True
    while is_due:
        counts.append(is_found_exactly(folder))
        is_due = one_step(folder)
    assert [count for count, _ in counts[1 : _COUNT + 2]] == list(range(_COUNT + 1))
    assert [is_exact for _, is_exact in counts[: _COUNT + 2]] == [False] * (_COUNT + 1) + [True]
    with folder.volumes[0].look() as connection:
        assert said(connection) == before
        assert_both_say_the_same(connection)
        assert not reindexing.is_due(connection)


def test_a_step_that_is_broken_off_is_as_if_it_never_was(old: tuple[ArchiveFolder, list[Any]]) -> None:
    folder, before = old
    for _ in range(_COUNT + 10):
        with folder.volumes[0].look() as connection:
            held = said(connection)
        with pytest.raises(KeyboardInterrupt):
            broken_off(folder)
        with folder.volumes[0].look() as connection:
            assert said(connection) == held
        if not one_step(folder):
            break
    with folder.volumes[0].look() as connection:
        assert said(connection) == before
        assert_both_say_the_same(connection)


def test_documents_may_come_and_go_meanwhile(old: tuple[ArchiveFolder, list[Any]], shelve: Shelve, tmp_path: Path) -> None:
    folder, _ = old
    shelve("Before it began", "zebrafish права")
    for _ in range(10):
        one_step(folder)
    shelve("Meanwhile", "zebrafish права")
    with folder.writing() as connection:
        for row_id in (3, 20):
            index.remove(connection, row_id)
    for _ in range(22):
        one_step(folder)
    shelve("While the postings are made", "zebrafish права")
    all_steps(folder)
    assert is_found_exactly(folder)[1]
    assert ask(folder, Question(text="zebrafish")).count == 3
    with folder.volumes[0].look() as connection:
        assert_both_say_the_same(connection)
        assert ("zebrafish", 3) in said(connection)[1]


def test_a_desk_that_may_write_does_it_in_the_background(old: tuple[ArchiveFolder, list[Any]]) -> None:
    folder, _ = old
    folder.close()
    with IN_THIS_PROCESS.open(folder.path, passphrase=None) as desk:
        for thread in [each for each in threading.enumerate() if each.name == "ibid-tender"]:
            thread.join(timeout=30)
        answer = desk.search(Question(text="права"))
        assert (answer.count, answer.is_exact) == (_COUNT, True)
        assert not desk.verify(job=Job()).faults
    with ArchiveFolder.open(folder.path) as again, again.volumes[0].look() as connection:
        assert_both_say_the_same(connection)
        assert not merging.is_due(connection)


def test_verify_names_a_volume_of_other_keys(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Закон", "Права.")
    with folder.writing() as connection:
        connection.exec_driver_sql("UPDATE keys_state SET version = version - 1")
    assert verify(folder, Job()).faults == (Fault("index-outdated", folder.volumes[0].name),)
    all_steps(folder)
    assert not verify(folder, Job()).faults
