"""Segments are joined in small steps in the background; whoever writes hardly waits, and every step leaves the same answers."""

from __future__ import annotations

import random
import threading
from pathlib import Path

from archive.front_desk import IN_THIS_PROCESS
from archive.model.hit import Question
from archive.search import index, merging, postings
from archive.search.answer import ask
from archive.search.entry import prepare
from archive.search.tending import Tender
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from tests.archive.search.conftest import Shelve
from tests.archive.search.test_postings import QUESTIONS, assert_both_say_the_same, bring, from_postings, parcel_of_made, some


def fill(folder: ArchiveFolder, count: int, *, chance: random.Random, first: int = 0) -> None:
    """Many short documents in one transaction each fifty."""
    for begin in range(first, first + count, 50):
        with folder.writing() as connection:
            entries = []
            for number in range(begin, begin + 50):
                parcel = parcel_of_made(number, some(chance, 12))
                row_id = add_document(connection, parcel)
                entries.append((row_id, prepare(parcel.document, parcel.passages, parcel.notes)))
            index.add_many(connection, entries)


def test_many_documents_at_once_are_found_like_those_that_came_alone(folder: ArchiveFolder, tmp_path: Path) -> None:
    fill(folder, 150, chance=random.Random(3))
    with ArchiveFolder.create(tmp_path / "other.ibid", title="Other") as other:
        chance = random.Random(3)
        with other.writing() as connection:
            for number in range(150):
                bring(connection, number, some(chance, 12))
        with folder.volumes[0].look() as one, other.volumes[0].look() as alone:
            assert_both_say_the_same(one)
            for question in QUESTIONS:
                assert from_postings(one, question) == from_postings(alone, question), question
            words = "SELECT form, documents FROM word_forms ORDER BY form"
            assert one.exec_driver_sql(words).fetchall() == alone.exec_driver_sql(words).fetchall()


def test_after_each_step_of_joining_the_answers_are_the_same(folder: ArchiveFolder) -> None:
    chance = random.Random(4)
    steps = 0
    for begin in range(0, 400, 50):
        fill(folder, 50, chance=chance, first=begin)
        is_due = True
        while is_due:
            with folder.writing() as connection:
                is_due = merging.tend(connection, limit_s=0, least=40)
                steps += 1
            with folder.volumes[0].look() as connection:
                assert_both_say_the_same(connection)
    with folder.volumes[0].look() as connection:
        assert connection.exec_driver_sql("SELECT documents FROM segments").scalars().all() == [400]
        assert not merging.is_due(connection)
        assert steps > 10


def test_a_document_taken_out_while_segments_are_joined_leaves_no_word(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Zebra", "A zebrafish.")
    fill(folder, 100, chance=random.Random(5))
    with folder.writing() as connection:
        merging.tend(connection, limit_s=0, least=50)
        [row_id] = from_postings(connection, "zebra")
        index.remove(connection, row_id)
        assert not [key for key in connection.exec_driver_sql("SELECT key FROM terms").scalars() if "zebra" in key]
        assert connection.exec_driver_sql("SELECT count(*) FROM joining").scalar() == 0
        assert_both_say_the_same(connection)


def test_what_is_due_is_done_in_the_background_and_the_thread_ends(folder: ArchiveFolder) -> None:
    tender = Tender(folder)
    fill(folder, 300, chance=random.Random(6))
    for thread in [each for each in threading.enumerate() if each.name == "ibid-tender"]:
        thread.join(20)
    with folder.volumes[0].look() as connection:
        assert not merging.is_due(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM forward").scalar() < postings.FORWARD_DOCUMENTS
        assert_both_say_the_same(connection)
    tender.close()


def test_a_desk_that_closes_leaves_nothing_undone_that_is_short(tmp_path: Path) -> None:
    path = tmp_path / "shelf.ibid"
    with IN_THIS_PROCESS.new(path, title="Shelf", passphrase=None) as desk:
        fill(desk._folder, 300, chance=random.Random(7))  # type: ignore[attr-defined]
    with ArchiveFolder.open(path) as folder, folder.volumes[0].look() as connection:
        assert not merging.is_due(connection)
        assert_both_say_the_same(connection)


def test_a_short_beginning_of_very_many_words_finds_the_most_common_ones_and_says_that_there_may_be_more(
    folder: ArchiveFolder, shelve: Shelve
) -> None:
    shelve("Many", " ".join(f"ко{chr(0x430 + n // 30)}{chr(0x430 + n % 30)}" for n in range(600)))
    for _ in range(3):
        shelve(f"Суд {_}", "Корова.")
    answer = ask(folder, Question(text="ко*", limit=10))
    assert not answer.is_exact
    assert answer.count >= 3
    assert ask(folder, Question(text="коров*")).is_exact
    with folder.writing() as connection:
        postings.clear(connection)
    without = ask(folder, Question(text="ко*", limit=10))
    assert (without.count, without.is_exact) == (answer.count, False)
    assert {hit.document for hit in without.hits} == {hit.document for hit in answer.hits}
