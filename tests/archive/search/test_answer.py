"""Questions are answered from an archive: the right documents, in the right place of them, in the same order each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.document import Description, Role
from archive.model.hit import Answer, Question, Where
from archive.search import index
from archive.search.answer import ask
from archive.search.together import merge_answers
from archive.settings import StorageLimits
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import Shelve, parcel_of


def titles(answer: Answer) -> list[str]:
    return [hit.title for hit in answer.hits]


@pytest.fixture
def shelf(folder: ArchiveFolder, shelve: Shelve) -> ArchiveFolder:
    """An archive with reports in four languages."""
    shelve(
        "Ситуация с библиотеками",
        "За год закрыли семь читален. Права читателей никто не защищал.",
        "Дело №2-123/2019 слушали в Ёлкино, и решение (EUR 49/8966/2025) не отменили.",
        language=Language.RUSSIAN,
        published_on="2024-05-17",
    )
    shelve(
        "Правы чытачоў",
        "Калі зачынілі бібліятэку, Алесь Бяляцкі напісаў пра гэта ліст. У зямлі знайшлі м’яч.",
        "Сьнег ляжаў на даху, а грамадскiх слуханняў не было.",
        language=Language.BELARUSIAN,
        published_on="2023",
        topics=("асвета",),
    )
    shelve(
        "Reading rooms closed",
        "At least seven reading rooms were closed. Ales Bialiatski wrote a letter about human-rights and books.",
        notes=("See «Ситуация с правами читателей», https://example.org/ru/news/117167", "Ibid."),
        language=Language.ENGLISH,
        published_on="2025-01-24",
        publisher="Friends of Reading",
        reference="FR 12/2025",
    )
    shelve("Книги в місті", "Людина прийшла до книгарні, а там немає книжок.", language=Language.UKRAINIAN)
    return folder


FOUND = [
    ("a form of a Russian word", "права", {"Ситуация с библиотеками", "Reading rooms closed", "Правы чытачоў"}),
    ("another form of it", "правами", {"Ситуация с библиотеками", "Reading rooms closed", "Правы чытачоў"}),
    ("a word of the title", "ситуации", {"Ситуация с библиотеками", "Reading rooms closed"}),
    ("Belarusian", "зямля", {"Правы чытачоў"}),
    ("the other orthography", "снегу", {"Правы чытачоў"}),
    ("a Latin i among Cyrillic letters", "грамадскі", {"Правы чытачоў"}),
    ("an apostrophe of another kind", "м'яча", {"Правы чытачоў"}),
    ("no apostrophe at all", "мяч", {"Правы чытачоў"}),
    ("ё and е", "елкино", {"Ситуация с библиотеками"}),
    ("Ukrainian", "люди OR людину", {"Книги в місті"}),
    ("English", "close", {"Reading rooms closed"}),
    ("a name", "Bialiatski", {"Reading rooms closed"}),
    ("a case number", "2-123/2019", {"Ситуация с библиотеками"}),
    ("a reference", "EUR 49/8966/2025", {"Ситуация с библиотеками"}),
    ("a stated reference", "FR 12/2025", {"Reading rooms closed"}),
    ("a publisher", '"Friends of Reading"', {"Reading rooms closed"}),
    ("a topic", "асветы", {"Правы чытачоў"}),
    ("an address", "https://example.org/ru/news/117167", {"Reading rooms closed"}),
    ("a hyphenated word", "human-rights", {"Reading rooms closed"}),
    ("a phrase", '"At least seven reading rooms"', {"Reading rooms closed"}),
    ("no phrase from one passage into the next", '"reading rooms closed at least"', set()),
    ("all words", "семь читален", {"Ситуация с библиотеками"}),
    ("without", "права NOT читален", {"Reading rooms closed", "Правы чытачоў"}),
    ("in a title", "title:чытачоў", {"Правы чытачоў"}),
    ("in a note", "note:правами", {"Reading rooms closed"}),
    ("in a body, headings too", "body:правами", {"Ситуация с библиотеками", "Правы чытачоў"}),
    ("in a language", "lang:uk", {"Книги в місті"}),
    ("of a year", "date:2024", {"Ситуация с библиотеками"}),
    ("until", "to:2024-05-17", {"Ситуация с библиотеками", "Правы чытачоў"}),
    ("between", "date:[2024 TO 2025-01-24]", {"Ситуация с библиотеками", "Reading rooms closed"}),
    ("with a slip", "bialiatsky~", {"Reading rooms closed"}),
    ("a word of the tokens of filters", "report", set()),
    ("transliterated", "prava", set()),
    ("nothing", "", set()),
    ("not alone", "NOT права", set()),
]


@pytest.mark.parametrize(("typed", "expected"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_what_is_asked_for_is_found(shelf: ArchiveFolder, typed: str, expected: set[str]) -> None:
    answer = ask(shelf, Question(text=typed))
    assert set(titles(answer)) == expected
    assert (answer.count, answer.is_exact) == (len(expected), True)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Бяляц", "Правы чытачоў"),
        ("Bialia", "Reading rooms closed"),
        ("правам", "Ситуация с библиотеками"),
        ("правaм", "Ситуация с библиотеками"),  # the second a is Latin
        ("читателе", "Ситуация с библиотеками"),
        ("семь чит", "Ситуация с библиотеками"),
        ('"reading roo', "Reading rooms closed"),
        ("2-123/20", "Ситуация с библиотеками"),
        ("https://example.org/ru/ne", "Reading rooms closed"),
    ],
)
def test_a_document_is_found_while_its_word_is_typed(shelf: ArchiveFolder, typed: str, title: str) -> None:
    assert title in titles(ask(shelf, Question(text=typed, is_typing=True)))


@pytest.mark.parametrize("word", ["правами", "читателей", "слуханняў", "letter", "книгарні", "зачынілі"])
def test_every_beginning_of_a_word_of_three_letters_or_more_finds_it(shelf: ArchiveFolder, word: str) -> None:
    whole = set(titles(ask(shelf, Question(text=word))))
    assert whole
    for length in range(3, len(word) + 1):
        assert whole <= set(titles(ask(shelf, Question(text=word[:length], is_typing=True))))


def test_a_hit_in_the_body_shows_the_words_and_leads_to_them(shelf: ArchiveFolder) -> None:
    [hit] = ask(shelf, Question(text="Алесь ліст")).hits
    assert (hit.where, hit.passage, hit.page, hit.note) == (Where.BODY, 1, 1, None)
    assert [run for run, is_hit in hit.snippet if is_hit] == ["Алесь", "ліст"]
    text = "".join(run for run, _ in hit.snippet)
    assert text.startswith("Калі зачынілі бібліятэку")
    first = hit.locators[0]
    assert (first.document, first.passage) == (hit.document, 1)
    assert text[first.start : first.end] == "Алесь"
    assert (hit.language, hit.published_on) == (Language.BELARUSIAN, "2023")


def test_a_hit_in_a_note_names_the_note(shelf: ArchiveFolder) -> None:
    [hit] = ask(shelf, Question(text='"ситуация с правами"')).hits
    assert (hit.where, hit.note, hit.passage) == (Where.NOTE, "1", 2)
    assert [run for run, is_hit in hit.snippet if is_hit] == ["Ситуация с правами"]


def test_a_hit_in_the_title_says_so_and_ranks_first(shelf: ArchiveFolder) -> None:
    first = ask(shelf, Question(text="ситуация")).hits[0]
    assert (first.title, first.where) == ("Ситуация с библиотеками", Where.TITLE)


def test_what_a_document_states_of_itself_is_shown_where_the_text_does_not_say_it(shelf: ArchiveFolder) -> None:
    [hit] = ask(shelf, Question(text="friends")).hits
    assert hit.where == Where.TITLE
    assert ("Friends", True) in hit.snippet


def test_roles_and_languages_narrow_an_answer(shelf: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Ситуация с правами читателей", "Права читателей и читальни.", role=Role.SOURCE, language=Language.RUSSIAN)
    both = ask(shelf, Question(text="права", roles=(Role.REPORT, Role.SOURCE)))
    assert both.count == 4
    assert titles(ask(shelf, Question(text="права", roles=(Role.SOURCE,)))) == ["Ситуация с правами читателей"]
    assert titles(ask(shelf, Question(text="права", languages=(Language.ENGLISH,)))) == ["Reading rooms closed"]
    assert "lang" not in both.written


def test_pages_of_an_answer_follow_each_other(folder: ArchiveFolder, shelve: Shelve) -> None:
    for number in range(25):
        shelve(f"Paper {number:02}", "The same words in each paper.", "x" * number)
    whole = titles(ask(folder, Question(text="same words", limit=100)))
    pages = [titles(ask(folder, Question(text="same words", limit=10, offset=offset))) for offset in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [*pages[0], *pages[1], *pages[2]] == whole
    assert ask(folder, Question(text="same words", limit=0)).count == 25


def test_equal_documents_come_in_the_order_in_which_they_were_brought_in(folder: ArchiveFolder, shelve: Shelve) -> None:
    for number in range(12):
        shelve(f"Paper {number:02}", "The same words in each paper.")
    assert titles(ask(folder, Question(text="words"))) == [f"Paper {number:02}" for number in range(12)]


def test_an_answer_is_the_same_after_the_archive_was_closed(shelf: ArchiveFolder) -> None:
    questions = [Question(text=case[1]) for case in FOUND]
    before = [ask(shelf, question).hits for question in questions]
    path = shelf.path
    shelf.close()
    again = ArchiveFolder.open(path)
    assert [ask(again, question).hits for question in questions] == before
    again.close()


def test_a_document_taken_out_is_not_found_any_more(shelf: ArchiveFolder, shelve: Shelve) -> None:
    with shelf.volumes[0].look() as connection:
        forms_before = connection.exec_driver_sql("SELECT form, documents FROM word_forms ORDER BY form").fetchall()
        rows_before = index.row_ids(connection)
    shelve("Zebra", "Another zebra and a letter.")
    with shelf.writing() as connection:
        assert index.count(connection) == 5
        [row_id] = index.row_ids(connection) - rows_before
        index.remove(connection, row_id)
        index.remove(connection, row_id)
        assert index.row_ids(connection) == rows_before
        assert connection.exec_driver_sql("SELECT form, documents FROM word_forms ORDER BY form").fetchall() == forms_before
    assert ask(shelf, Question(text="zebra")).count == 0


def test_a_source_says_which_note_cites_it(shelf: ArchiveFolder, shelve: Shelve) -> None:
    source = shelve("Ситуация с правами читателей", "Права читателей.", role=Role.SOURCE, language=Language.RUSSIAN)
    with shelf.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO captures VALUES (?, ?, ?, ?, 'complete', 200, 'text/html', 10, ?, 'page', '{}', '')",
            (
                "c" * 64,
                "https://example.org/ru/news/117167",
                "https://example.org/ru/news/117167",
                "2025-01-15T00:00:00+00:00",
                source,
            ),
        )
    [hit] = ask(shelf, Question(text="читателей", roles=(Role.SOURCE,))).hits
    assert [(place.title, place.label) for place in hit.cited_at] == [("Reading rooms closed", "1")]


def test_a_document_in_two_volumes_is_one_answer(tmp_path: Path) -> None:
    folder = ArchiveFolder.create(tmp_path / "two.ibid", title="Two", limits=StorageLimits(volume_bytes=200_000))
    once = parcel_of("Twice", ["The zebra stands in both."], [], role=Role.REPORT, description=Description(title="Twice"))
    fillers = [
        parcel_of(
            f"Filler {n}", [f"{n} zebra " + "word " * 9000], [], role=Role.REPORT, description=Description(title=f"Filler {n}")
        )
        for n in range(8)
    ]
    for parcel in (once, *fillers):
        with folder.writing(100_000) as connection:
            index.add(connection, add_document(connection, parcel), parcel.document, parcel.passages, parcel.notes)
    assert len(folder.volumes) > 1
    with folder.volumes[-1].write() as connection:
        index.add(connection, add_document(connection, once), once.document, once.passages, once.notes)
    answer = ask(folder, Question(text="zebra"))
    assert answer.count == 9
    assert len({hit.document for hit in answer.hits}) == len(answer.hits) == 9
    folder.close()


def test_several_archives_give_one_list(shelf: ArchiveFolder, shelve: Shelve, tmp_path: Path) -> None:
    other = ArchiveFolder.create(tmp_path / "other.ibid", title="Other")
    for into in (shelf, other):
        shelve("Both", "A zebra in two archives.", into=into)
    shelve("Alone", "A zebra in one archive, and its zebra friends.", into=other)
    question = Question(text="zebra", limit=5)
    merged = merge_answers(question, [ask(shelf, question), ask(other, question)])
    assert sorted(titles(merged)) == ["Alone", "Both"]
    assert (merged.count, merged.is_exact) == (2, True)
    assert {hit.archive for hit in merged.hits} <= {0, 1}
    assert [hit.score for hit in merged.hits] == sorted((hit.score for hit in merged.hits), reverse=True)
    other.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), is_typing=st.booleans())
def test_any_text_gets_an_answer(shelf: ArchiveFolder, typed: str, *, is_typing: bool) -> None:
    answer = ask(shelf, Question(text=typed, is_typing=is_typing))
    assert answer.count >= len(answer.hits)
    for hit in answer.hits:
        assert hit.snippet
        assert all(run for run, _ in hit.snippet)
        assert len(hit.locators) <= 200


@pytest.mark.parametrize(
    ("typed", "stands"),
    [("идти", "шёл"), ("человек", "людьми"), ("go", "went"), ("чалавек", "людзьмі"), ("людина", "людей"), ("хорошо", "лучше")],
)
def test_a_form_that_begins_in_another_way_is_found_and_shown(
    folder: ArchiveFolder, shelve: Shelve, typed: str, stands: str
) -> None:
    shelve("Один", "Он шёл домой с людьми, и ему стало лучше.", language=Language.RUSSIAN)
    shelve("One", "They went home.", language=Language.ENGLISH)
    shelve("Адзін", "Ён гаварыў з людзьмі пра гэта ўвесь час.", language=Language.BELARUSIAN)
    shelve("Перший", "Тут немає людей, і це добре.", language=Language.UKRAINIAN)
    hits = ask(folder, Question(text=typed)).hits
    assert stands in {run for hit in hits for run, is_hit in hit.snippet if is_hit}


def test_a_document_of_figures_alone_is_found(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("2024", "17 * 19", "— — —")
    assert ask(folder, Question(text="19")).count == 1
