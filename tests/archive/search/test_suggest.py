"""Other spellings are offered: of names in any script, and of words with a slip of the hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.model.hit import Question, Spelling
from archive.search import index, slips
from archive.search.answer import ask
from archive.search.fold import fold
from archive.search.forms import add_many, clear, distance, mistyped, sounding_like
from archive.search.names import channels
from archive.search.sounds import listed, spelt
from archive.search.suggest import make_ready
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import Shelve

ALIKE = [
    ["Лукашенко", "Лукашэнка", "Lukashenko", "Lukashenka", "Łukašenka", "Łukaszenka"],
    ["Беляцкий", "Бяляцкі", "Bialiatski", "Belyatsky", "Bialacki", "Białacki"],
    ["Тихановская", "Ціханоўская", "Tsikhanouskaya", "Cichanoŭskaja", "Tikhanovskaya"],
    ["Бабарико", "Бабарыка", "Babaryka", "Babariko"],
    ["Александр", "Аляксандр", "Олександр", "Alexander", "Aliaksandr", "Alaksandr"],
    ["Владимир", "Уладзімір", "Володимир", "Vladimir", "Uladzimir"],
    ["Щербицкий", "Щербицький", "Шчарбіцкі", "Shcherbytskyi"],
    ["Хрущёв", "Хрушчоў", "Khrushchev"],
]


@pytest.fixture(autouse=True, scope="module")
def _tables_read() -> None:
    """What is read once in a process is not on the clock of the first question."""
    make_ready()


SAID = [
    ("William", "Уильям"),
    ("Wright", "Райт"),
    ("Jean", "Жан"),
    ("Beauvoir", "Бовуар"),
    ("Schulz", "Шульц"),
    ("Szczepański", "Щепаньский"),
    ("Giovanni", "Джованни"),
    ("Jorge", "Хорхе"),
    ("Hiroshi", "Хироси"),
    ("Zhang", "Чжан"),
    ("Xiaoping", "Сяопин"),
    ("Yıldız", "Йылдыз"),
    ("Khalid", "Халид"),
    ("Dvořák", "Дворжак"),
    ("Łukašenka", "Лукашэнка"),
    ("Ŝukin", "Щукин"),
    ("Û̀rìj", "Юрій"),
]


@pytest.mark.parametrize("spellings", ALIKE, ids=[group[0] for group in ALIKE])
def test_spellings_of_a_name_are_found_from_each_other(folder: ArchiveFolder, spellings: list[str]) -> None:
    for one in spellings:
        found = heard(folder, spellings, one)
        assert found >= {fold(other) for other in spellings} - {fold(one)}, one


@pytest.mark.parametrize(("latin", "cyrillic"), SAID)
def test_a_name_is_found_as_it_is_said(folder: ArchiveFolder, latin: str, cyrillic: str) -> None:
    names = [name for pair in SAID for name in pair]
    assert fold(cyrillic) in heard(folder, names, latin)
    assert fold(latin) in heard(folder, names, cyrillic)


def test_other_names_are_not_alike(folder: ArchiveFolder) -> None:
    assert heard(folder, ["Минск", "Иванов", "Petrov", "Наталья"], "Lukashenka") == set()
    assert heard(folder, ["Минск", "Иванов", "Petrov", "Наталья"], "Лукашенко") == set()


def heard(folder: ArchiveFolder, listed: list[str], word: str) -> set[str]:
    """The names among ``listed`` that sound like ``word``."""
    with folder.writing() as connection:
        clear(connection)
        add_many(connection, [[fold(name).capitalize() for name in listed]])
        return {each.form for each in sounding_like(connection, fold(word))}


@given(st.text(max_size=30))
def test_any_word_can_be_listed_and_read(word: str) -> None:
    for skeleton in listed(word):
        assert -(2**30) < skeleton < 2**30
    for channel in (*channels(from_cyrillic=True), *channels(from_cyrillic=False)):
        skeletons, least = channel.skeletons(spelt(word))
        channel.nearest(spelt(word), [word, "слово"], least=least, most=2)
        assert skeletons or not listed(word) or least >= 0


def test_the_skeletons_of_a_volume_are_its_format() -> None:
    assert listed("лукашенко") == (int("h8ej8", 32),)
    assert listed("łukašenka") == (-int("e8dg8", 32),)
    assert set(listed("хрущёвым")) == {int("7ke4i", 32), int("7ke4", 32)}
    assert listed("hiroshi") == (-int("jhd", 32),)
    assert listed("аіша") == (int("1e", 32),)
    assert listed("ау") == listed("თბილისი") == listed("") == ()


@pytest.mark.parametrize(
    ("one", "other", "far"), [("слово", "слово", 0), ("слово", "слвоо", 1), ("слово", "слова", 1), ("слово", "сло", 2), ("суд", "рот", 3), ("", "а", 1)]
)  # fmt: skip
def test_the_distance_counts_slips(one: str, other: str, far: int) -> None:
    assert distance(one, other, most=3) == distance(other, one, most=3) == far
    assert distance(one, other, most=0) == (0 if far == 0 else 1)


def test_a_name_with_a_hyphen_is_offered_whole(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Один", "Письмо Анны Сент-Экзюпери и ноты Римского-Корсакова.")
    shelve("Два", "Экзюпери без другого имени.")
    shelve("One", "Letters by Saint-Exupéry and by Rimsky-Korsakov.")
    assert ("Сент-Экзюпери", 1, "Saint-Exupéry") in offered(folder, "Saint-Exupéry")
    assert ("Saint-Exupéry", 1, "Сент-Экзюпери") in offered(folder, "письмо Сент-Экзюпери")
    assert any(shown.startswith("Римск") for shown, _, _ in offered(folder, "Rimsky-Korsakov"))
    assert not offered(folder, '"Saint-Exupéry"')
    for shown, documents, _ in offered(folder, "Saint-Exupéry"):
        assert ask(folder, Question(text=shown)).count == documents


def offered(folder: ArchiveFolder, typed: str) -> set[tuple[str, int, str]]:
    """What is offered, in how many documents it stands, and for which word."""
    return {(each.text, each.count, each.word) for each in spellings(folder, typed)}


def test_a_name_is_forgotten_with_its_last_document(folder: ArchiveFolder, shelve: Shelve) -> None:
    digest = shelve("Один", "Письмо написал Беляцкий.")
    shelve("Два", "Письмо написал Иванов.")
    with folder.writing() as connection:
        row_id = connection.exec_driver_sql("SELECT id FROM documents WHERE digest = ?", (digest,)).scalar_one()
        index.remove(connection, row_id)
        names = connection.exec_driver_sql("SELECT DISTINCT form FROM skeletons ORDER BY form").scalars().all()
    assert names == ["два", "иванов", "письмо"]


def test_a_word_is_a_name_where_a_document_never_writes_it_small(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Библиотека", "Библиотека Иванова и другая библиотека. МИНСК, ʼ und 12.")
    with folder.volumes[0].look() as connection:
        names = set(connection.exec_driver_sql("SELECT form FROM skeletons").scalars())
        words = dict(connection.exec_driver_sql("SELECT form, documents FROM word_forms").fetchall())
    assert names == {"иванова", "минск"}
    assert words["иванова"] == words["библиотека"] == 1
    assert "Иванова" not in words


def test_words_two_slips_away_are_found_wherever_the_slips_are(folder: ArchiveFolder) -> None:
    with folder.writing() as connection:
        add_many(connection, [["библиотека", "библиография", "збор", "library", "бібліятэка", "ⴰⵣⵓⵍ"]])
    with folder.volumes[0].look() as connection:
        for typed in ("бибилотэка", "блиотека", "иблиотеха", "ббилиотка", "библиотекаря"):
            assert ("библиотека", distance(typed, "библиотека", most=2)) in slips_of(connection, typed)
        assert slips_of(connection, "lirbari") == [("library", 2)]
        assert slips_of(connection, "mibrary") == [("library", 1)]
        assert slips_of(connection, "xyz") == []


@given(
    st.text(alphabet="абвгд", min_size=2, max_size=7), st.lists(st.text(alphabet="абвгд", min_size=1, max_size=8), max_size=30)
)
def test_slips_are_counted_for_all_words_at_once_as_for_each_alone(typed: str, words: list[str]) -> None:
    listed_words = sorted({*words, "а"})
    table = slips._table(" ".join(listed_words), " ".join("1" for _ in listed_words))
    expected = {word: distance(typed, word, most=2) for word in listed_words}
    assert {word: far for word, far, _ in slips.within(table, typed, most=2)} == {
        word: far for word, far in expected.items() if far <= 2
    }


def test_a_word_brought_in_later_is_found_by_its_slips(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("One", "The library has seven rooms.")
    with folder.volumes[0].look() as connection:
        assert slips_of(connection, "librraians") == []
    shelve("Two", "Two librarians read.")
    with folder.volumes[0].look() as connection:
        assert slips_of(connection, "librraians") == [("librarians", 1)]


def slips_of(connection: Connection, typed: str) -> list[tuple[str, int]]:
    """Words near one, and by how many slips."""
    return [(each.form, far) for each, far in mistyped(connection, typed)]


@pytest.fixture
def shelf(folder: ArchiveFolder, shelve: Shelve) -> ArchiveFolder:
    """An archive in which the same people are spelt in several ways."""
    shelve("Адзін", "Ліст напісаў Бяляцкі, а Бяляцкага не было.")
    shelve("Два", "Пісьмо Бяляцкага прачыталі.")
    shelve("Один", "Письмо написал Беляцкий.")
    shelve("One", "Bialiatski wrote a letter to the library.")
    shelve("Two", "The library has seven reading rooms.")
    return folder


def spellings(folder: ArchiveFolder, typed: str, *, is_typing: bool = False) -> tuple[Spelling, ...]:
    return ask(folder, Question(text=typed, is_typing=is_typing)).spellings


def test_a_name_is_offered_in_its_other_spellings_with_the_number_of_documents(shelf: ArchiveFolder) -> None:
    assert {(spelling.text, spelling.count) for spelling in spellings(shelf, "Bialiatski")} == {("Бяляцкі", 2), ("Беляцкий", 1)}
    assert ("Bialiatski", 1) in {(spelling.text, spelling.count) for spelling in spellings(shelf, "Бяляцкі")}
    assert ("BIALIATSKI", 1) in {(spelling.text, spelling.count) for spelling in spellings(shelf, "БЯЛЯЦКІ")}


def test_spellings_are_offered_and_not_merged(shelf: ArchiveFolder) -> None:
    answer = ask(shelf, Question(text="Bialiatski"))
    assert answer.count == 1
    for spelling in answer.spellings:
        assert ask(shelf, Question(text=spelling.text)).count == spelling.count > 0


def test_forms_that_are_found_anyway_are_not_offered(shelf: ArchiveFolder) -> None:
    assert all(not spelling.text.startswith("Бяляц") for spelling in spellings(shelf, "Бяляцкі"))


@pytest.mark.parametrize(
    ("slip", "meant"), [("libary", "library"), ("lirbary", "library"), ("librarry", "library"), ("прачытлаі", "прачыталі")]
)
def test_a_slip_is_noticed(shelf: ArchiveFolder, slip: str, meant: str) -> None:
    assert meant in [spelling.text for spelling in spellings(shelf, slip)]


def test_a_name_is_offered_while_it_is_typed(shelf: ArchiveFolder) -> None:
    assert "Беляцкий" in [spelling.text for spelling in spellings(shelf, "Bialiatski", is_typing=True)]


def test_at_most_ten_are_offered(folder: ArchiveFolder, shelve: Shelve) -> None:
    for vowel in "aeiouyąęöüåëï":
        shelve(vowel, f"B{vowel}b{vowel}r{vowel}k{vowel} was here.")
    assert len(spellings(folder, "Бабарыка")) <= 10


def test_a_spelling_says_which_word_it_may_take_the_place_of(shelf: ArchiveFolder) -> None:
    assert {spelling.word for spelling in spellings(shelf, "library Bialiatski")} == {"Bialiatski"}
    assert {spelling.word for spelling in spellings(shelf, "libary")} == {"libary"}


def test_names_that_languages_call_differently_are_offered(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Адзін", "Рыгор і Кацярына жывуць у Горадні.")
    shelve("Один", "Григорий и Екатерина живут в Гродно.")
    shelve("One", "Hryhorii and Katsiaryna live in Grodno.")
    assert {"Рыгор", "Hryhorii"} <= {spelling.text for spelling in spellings(folder, "Григорий")}
    assert {"Кацярына", "Katsiaryna"} <= {spelling.text for spelling in spellings(folder, "Екатерину")}
    assert "Григорий" in {spelling.text for spelling in spellings(folder, "Рыгора")}


def test_a_form_of_the_word_itself_is_not_offered(folder: ArchiveFolder, shelve: Shelve) -> None:
    shelve("Один", "Здесь много сносок, и каждую сноску прочли.")
    shelve("Два", "У гэтым тэксце адна зноска.")
    offered = {spelling.text for spelling in spellings(folder, "сноска")}
    assert not offered & {"сносок", "сноску"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vbycr", "минск"),
        ("vsycr", "мінск"),
        ("зфкшы", "paris"),
        ("gfyf;jr", "панажок"),
        ("Vbycr", "минск"),
        ("rb]d", "київ"),
        ("<hf", "бра"),
    ],
)
def test_a_word_typed_in_the_wrong_layout_is_offered_as_it_was_meant(
    folder: ArchiveFolder, shelve: Shelve, typed: str, meant: str
) -> None:
    shelve("Один", "Минск, бра и панажок.")
    shelve("Два", "Мінск і Київ.", language=Language.UKRAINIAN)
    shelve("One", "Paris in the rain.")
    assert (meant, typed) in {(spelling.text, spelling.word) for spelling in spellings(folder, typed)}


def test_phrases_and_short_words_have_no_other_spellings(shelf: ArchiveFolder) -> None:
    assert spellings(shelf, '"Bialiatski wrote"') == ()
    assert spellings(shelf, "не") == ()
