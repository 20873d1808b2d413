"""The postings find what FTS5 finds, weigh it as FTS5 does, and may be lost at any moment."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.model.document import Description, Role
from archive.model.hit import Question
from archive.model.sharing import ParcelDocument
from archive.search import full_text, index, merging, postings, ranking
from archive.search.answer import ask
from archive.search.languages import in_index
from archive.search.query import to_match
from archive.search.ranking import LeftToWords, Ranking
from archive.search.typed import read
from archive.storage.database import plain_statements
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import Shelve, parcel_of

WORDS = [
    "права",
    "правы",
    "людина",
    "human",
    "rights",
    "закон",
    "закона",
    "законам",
    "суд",
    "court",
    "сьнег",
    "снег",
    "2024",
    "мяч",
    "м'яч",
    "ёлка",
    "𐵐a",
    "ა",
    "ßu",
    "the",
    "of",
    "was",
    "not",
    "не",
    "было",
]
DATES = (None, "2024", "2024-05", "2024-05-17", "2023-12-01")
QUESTIONS = [
    *WORDS,
    "права закон",
    "права OR суд",
    "права OR суд OR court",
    "закон NOT суд",
    "(права OR human) AND (закон OR rights) NOT court",
    "зак*",
    "пра* OR cou*",
    "lang:be",
    "lang:be OR lang:en",
    "суд lang:ru",
    "суд role:source date:2024",
    "закон from:2024-05 to:2024-06",
    "date:2024-05-17 NOT lang:be",
    '"права людина"',
    "title:суд",
    '"права закон" OR court',
    '"не было" OR "the of"',
    '"was not" закон',
    'title:"the court"',
    "body:суд -> note:court",
    '"не был*" NOT "the the"',
    "note:court OR title:суд*",
    "нетакогослова",
    "нетакогослова OR суд",
]

paragraphs = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=3)
documents = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    paragraphs,
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.sampled_from(Role),
    st.sampled_from(Language),
    st.sampled_from(DATES),
)
steps = st.lists(
    st.one_of(st.lists(documents, min_size=1, max_size=5), st.sampled_from(["merge", "tend", "tend", "remove", "rebuild"])),
    min_size=1,
    max_size=14,
)


def nothing_further(_words: object) -> frozenset[str]:
    return frozenset()


def from_words(connection: Connection, question: str) -> dict[int, float]:
    """What FTS5 alone says."""
    tree = read(question).tree
    assert tree is not None
    with plain_statements(connection) as run:
        found = full_text.best(run, tree, nothing_further, 100_000)
        assert len(found) == run(full_text.COUNTED, (to_match(tree, nothing_further),)).fetchone()[0]
    return dict(found)


def from_postings(connection: Connection, question: str, most: int = 100_000) -> dict[int, float]:
    """What the postings alone say; their count is of what they give."""
    tree = read(question).tree
    assert tree is not None
    with plain_statements(connection) as run:
        count, found = Ranking(run, tree, nothing_further).best(most)
    assert len(found) == min(count, most)
    return dict(found)


def parcel_of_made(number: int, made: Sequence[object]) -> ParcelDocument:
    title, body, notes, role, language, date = made
    said = Description(title=f"{title} {number}", language=language, published_on=date)
    return parcel_of(f"{title} {number}", body, notes, role=role, description=said)


def bring(connection: Connection, number: int, made: Sequence[object]) -> int:
    parcel = parcel_of_made(number, made)
    row_id = add_document(connection, parcel)
    index.add(connection, row_id, parcel.document, parcel.passages, parcel.notes)
    return row_id


def assert_both_say_the_same(connection: Connection) -> None:
    assert postings.is_current(connection, postings.state(connection))
    for question in QUESTIONS:
        expected = from_words(connection, question)
        try:
            found = from_postings(connection, question)
        except LeftToWords:
            continue
        assert found.keys() == expected.keys(), question
        few = from_postings(connection, question, most=3)
        ordered = sorted(found, key=lambda row: (-found[row], row))
        assert list(few) == ordered[:3], question


@settings(max_examples=25, deadline=None)
@given(steps=steps, chance=st.randoms(use_true_random=False))
def test_postings_and_fts5_find_the_same_after_any_steps(steps: list[object], chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as place, ArchiveFolder.create(Path(place, "shelf.ibid"), title="Shelf") as folder:
        rows: list[int] = []
        number = 0
        for step in steps:
            with folder.writing() as connection:
                if step == "merge":
                    merging.merge(connection)
                elif step == "tend":
                    merging.tend(connection, limit_s=0, least=3)
                elif step == "rebuild":
                    index.rebuild_postings(connection)
                elif step == "remove" and rows:
                    index.remove(connection, rows.pop(chance.randrange(len(rows))))
                elif not isinstance(step, str):
                    for made in step:
                        number += 1
                        rows.append(bring(connection, number, made))
        with folder.volumes[0].look() as connection:
            assert sorted(rows) == sorted(index.row_ids(connection))
            if rows:
                assert_both_say_the_same(connection)


def some(chance: random.Random, words: int) -> tuple[object, ...]:
    vocabulary = [*WORDS, *(f"слово{n}" for n in range(200))]
    return (
        chance.choice(WORDS),
        [" ".join(chance.choices(vocabulary, k=words))],
        chance.choices(WORDS, k=2),
        chance.choice(list(Role)),
        chance.choice(list(Language)),
        chance.choice(DATES),
    )


@pytest.fixture
def many(folder: ArchiveFolder) -> ArchiveFolder:
    """An archive of 330 documents of about one length: a segment and a log."""
    chance = random.Random(5)
    with folder.writing() as connection:
        for number in range(330):
            bring(connection, number, some(chance, chance.randrange(40, 60)))
            if number == 255:
                merging.finish(connection)
    return folder


def test_scores_are_those_of_fts5_but_for_what_a_byte_cannot_hold(many: ArchiveFolder) -> None:
    with many.volumes[0].look() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM segments").scalar() == 1
        for question in ("закон", "права OR court", "права закон суд", "слово12* NOT суд", "rights lang:en", "слово7 OR human"):
            expected, found = from_words(connection, question), from_postings(connection, question)
            assert found.keys() == expected.keys()
            assert len(found) > 5
            for row, score in found.items():
                assert score == pytest.approx(expected[row], rel=1e-5, abs=1e-6), question


def test_a_byte_holds_a_weight_exactly_up_to_twenty_places_and_then_within_two_hundredths() -> None:
    fifths = np.arange(1, 20_000)
    held = postings.PLACES[postings.coded(fifths / 5)] * 5
    assert held[:100] == pytest.approx(fifths[:100])
    assert held == pytest.approx(fifths, rel=0.02)


def test_a_document_is_found_in_the_log_and_weighs_the_same_in_a_segment(many: ArchiveFolder) -> None:
    with many.writing() as connection:
        before = {question: from_postings(connection, question) for question in QUESTIONS[:12]}
        assert connection.exec_driver_sql("SELECT count(*) FROM forward").scalar() == 330 - 256
        merging.merge(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM forward").scalar() == 0
        for question, found in before.items():
            assert from_postings(connection, question) == pytest.approx(found)


def test_of_lists_that_are_kept_the_longest_go_when_there_are_too_many(
    many: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with many.volumes[0].look() as connection:
        before = {question: from_postings(connection, question) for question in QUESTIONS}
    monkeypatch.setattr(ranking, "_kept", {})
    monkeypatch.setattr(ranking, "_KEPT_BYTES", 6000)
    monkeypatch.setattr(ranking, "_KEPT_BYTES_A_DOCUMENT", 0)
    with many.volumes[0].look() as connection:
        for _ in range(3):
            for question, found in before.items():
                assert from_postings(connection, question) == found
                [kept] = ranking._kept.values()
                lengths = [len(documents) for documents, _ in kept.lists.values()]
                assert kept.kept_bytes == sum(8 * length + 200 for length in lengths) <= 6000
        ranking._kept.clear()
        from_postings(connection, "слово7")
        [rare] = connection.exec_driver_sql("SELECT id FROM terms WHERE key = 'слово7'").scalars()
        for word in ("закон", "суд", "court", "human", "rights", "the", "of", "мяч"):
            from_postings(connection, word)
        [kept] = ranking._kept.values()
        assert rare in kept.lists
        assert len(kept.lists) < 9


def test_eight_segments_become_one(folder: ArchiveFolder) -> None:
    chance = random.Random(6)
    with folder.writing() as connection:
        for number in range(40):
            bring(connection, number, some(chance, 40 if number < 20 else 400))
            if number % 5 == 4:
                merging.merge(connection)
        assert connection.exec_driver_sql("SELECT documents FROM segments").scalars().all() == [40]
        assert_both_say_the_same(connection)
        for question in QUESTIONS:
            expected, found = from_words(connection, question), from_postings(connection, question)
            assert found == pytest.approx(expected, rel=0.01, abs=1e-5), f"{question}: the mean length has moved since"


def test_without_postings_or_with_older_ones_the_answers_are_the_same(folder: ArchiveFolder, shelve: Shelve) -> None:
    for number in range(30):
        shelve(f"Закон {number}", "Права людини і суд. " * (1 + number % 3), "human rights", notes=("court",))
    questions = [Question(text=typed, limit=100) for typed in QUESTIONS]
    before = [ask(folder, question) for question in questions]
    for harm in ("DELETE FROM postings_state", "UPDATE postings_state SET last = 7", "UPDATE postings_state SET version = 99"):
        with folder.writing() as connection:
            index.rebuild_postings(connection)
            connection.exec_driver_sql(harm)
        for one, question in zip(before, questions, strict=True):
            other = ask(folder, question)
            assert {hit.document for hit in one.hits} == {hit.document for hit in other.hits}
            assert one.count == other.count


def test_postings_that_lag_behind_are_forgotten_when_a_document_comes_and_can_be_made_anew(
    folder: ArchiveFolder, shelve: Shelve
) -> None:
    shelve("Закон", "Права.")
    with folder.writing() as connection:
        connection.exec_driver_sql("UPDATE postings_state SET last = 0")
    shelve("Суд", "Права.")
    assert ask(folder, Question(text="права")).count == 2
    with folder.writing() as connection:
        assert postings.state(connection) is None
        index.rebuild_postings(connection)
        assert_both_say_the_same(connection)


def test_of_a_document_taken_out_no_word_is_left(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Закон", "Права.")
    for merges in (False, True):
        shelve("Zebra", "A zebrafish.")
        with folder.writing() as connection:
            if merges:
                merging.merge(connection)
            [row_id] = from_postings(connection, "zebra")
            index.remove(connection, row_id)
            keys = connection.exec_driver_sql("SELECT key FROM terms").scalars().all()
            assert not [key for key in keys if key.startswith("z")]
            assert_both_say_the_same(connection)
            # Its rows still stand; under another name it can come again.
            connection.exec_driver_sql("UPDATE documents SET digest = ? WHERE id = ?", (f"{row_id:064}", row_id))


def test_every_key_is_one_token_of_fts5(folder: ArchiveFolder) -> None:
    letters = [chr(code) for code in range(0x20, 0x3000) if chr(code).isalnum() and chr(code).lower() == chr(code)]
    tokens = [in_index(f"a{letter}b") for letter in [*letters, "\U00010d50", "\u0307", "'"]]
    with folder.writing() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.probe USING fts5(a, tokenize='unicode61 remove_diacritics 0')")
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(probe, 'row')")
        connection.exec_driver_sql("INSERT INTO probe VALUES (?)", (" ".join(tokens),))
        assert set(connection.exec_driver_sql("SELECT term FROM seen").scalars()) == set(tokens)


WRITER = """
import random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.archive.search.test_postings import bring, some
from archive.search import merging
from archive.storage.folder import ArchiveFolder
folder = ArchiveFolder.open(Path(sys.argv[1]))
chance = random.Random(int(sys.argv[3]))
print("ready", flush=True)
for number in range(10_000):
    with folder.writing() as connection:
        bring(connection, chance.randrange(10**12), some(chance, 30))
    with folder.writing() as connection:
        merging.tend(connection, limit_s=0, least=3)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no such signal")
def test_killed_at_any_moment_both_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "shelf.ibid"
    ArchiveFolder.create(path, title="Shelf").close()
    chance = random.Random(11)
    counts = [0]
    for attempt in range(3):
        command = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parents[3]), str(attempt)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready"
            time.sleep(chance.uniform(0.05, 0.5))
            child.kill()
        with ArchiveFolder.open(path) as folder, folder.volumes[0].look() as connection:
            counts.append(index.count(connection))
            if counts[-1]:
                assert_both_say_the_same(connection)
    assert counts == sorted(counts)
    assert counts[-1] > 0
