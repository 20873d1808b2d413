"""Whatever a person types is understood as something, and the index takes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text
from sqlcipher3 import dbapi2 as sqlcipher

from archive.search.query import AllOf, AnyOf, Narrow, Node, to_match
from archive.search.typed import read
from archive.storage.tables import create_words

UNDERSTOOD = [
    ("two words are both wanted", "права человека", "права AND человека"),
    ("either", "права OR правы", "права OR правы"),
    ("not", "суд NOT турма", "суд NOT турма"),
    ("brackets", "(суд OR турма) прысуд", "(суд OR турма) AND прысуд"),
    ("phrase", '"права человека"', '"права человека"'),
    ("phrase in Russian quotation marks", "«права человека» суд", '"права человека" AND суд'),
    ("phrase in curved quotation marks", "“human rights”", '"human rights"'),
    ("phrase in low quotation marks", "„правы чалавека“", '"правы чалавека"'),
    ("an open quotation mark", 'суд "права человека', "суд AND права AND человека"),
    ("open and closed brackets", "((суд) турма))", "суд AND турма"),
    ("a title", "title:Беларусь", "title:беларусь"),
    ("a phrase of a note", 'note:"права человека"', 'note:"права человека"'),
    ("a field of several words", "title:(суд OR турма)", "title:суд OR title:турма"),
    ("an unknown field", "foo:bar", '"foo bar"'),
    ("a case number", "дело №2-123/2019", 'дело AND "2 123 2019"'),
    ("a reference", "EUR 49/8966/2025", 'eur AND "49 8966 2025"'),
    ("an address", "https://spring96.org/ru/news/117167", '"https spring96 org ru news 117167"'),
    ("a minus at the start of a word", "слово -другое", "слово NOT другое"),
    ("a number with a hyphen is no minus", "дело №2-123/2019 human-rights", 'дело AND "2 123 2019" AND "human rights"'),
    ("a dash between words is no minus", "Минск - столица", "минск AND столица"),
    ("minus before a phrase", 'суд -"права человека"', 'суд NOT "права человека"'),
    ("minus before brackets", "суд -(турма OR ліст)", "суд NOT турма NOT ліст"),
    ("minus before a field", "суд -lang:be", "суд NOT lang:be"),
    ("minus before a title", "суд -title:турма", "суд NOT title:турма"),
    ("one word in quotation marks", "«права» человека", '"права" AND человека'),
    ("Russian operators", "суд ИЛИ турма НЕ ліст", "(суд OR турма) NOT ліст"),
    ("Belarusian operators", "суд АБО турма", "суд OR турма"),
    ("Russian and", "суд И турма", "суд AND турма"),
    ("a title all in capitals", "НЕ МОЛЧИ", "не AND молчи"),
    ("fields in Russian", "заголовок:суд язык:белорусский от:2023", "title:суд AND lang:be AND from:2023"),
    ("fields in Belarusian", "загаловак:суд мова:беларуская ад:2023", "title:суд AND lang:be AND from:2023"),
    ("a field in capitals", "Title:суд", "title:суд"),
    ("a language by name", "lang:Belarusian", "lang:be"),
    ("a language begun", "суд lang:b", "суд AND lang:be"),
    ("a state begun", "state:sav", "state:saved"),
    ("a publisher", 'publisher:"Amnesty International"', 'publisher:"Amnesty International"'),
    ("a site", "site:spring96.org суд", "site:spring96.org AND суд"),
    ("a collection", 'суд in:"Дело Беляцкого"', 'суд AND in:"Дело Беляцкого"'),
    ("an address that is cited", "cites:https://spring96.org/be/news?a=(1)", 'cites:"https://spring96.org/be/news?a=(1)"'),
    ("cited by words of a title", 'cited-by:"No end in sight"', 'cited-by:"No end in sight"'),
    ("words of sources", "source:права", "права AND role:source"),
    ("an address of sources", "source:spring96.org", "source:spring96.org"),
    ("a value in brackets", "(суд lang:be) OR турма", "(суд AND lang:be) OR турма"),
    ("near", '"суд прысуд"~5', '"суд прысуд"~5'),
    ("near without a number", '"суд прысуд"~', '"суд прысуд"~10'),
    ("near as an operator", "суд NEAR/3 прысуд", '"суд прысуд"~3'),
    ("near in Russian", "суд РЯДОМ прысуд", '"суд прысуд"~10'),
    ("near in a title", 'title:"суд прысуд"~4', 'title:"суд прысуд"~4'),
    ("a date with the day first", "date:12.05.2024", "date:2024-05-12"),
    ("a date in words", 'from:"12 мая 2024"', "from:2024-05-12"),
    ("a month in words", "to:май-2024", "to:2024-05"),
    ("an English month", 'date:"May 2024"', "date:2024-05"),
    ("a year begun", "суд from:20", "суд AND from:2000"),
    ("a year begun, to its end", "суд to:202", "суд AND to:2029"),
    ("a month begun", "from:2024-0", "from:2024"),
    ("a date that is none", "from:soon", "from AND soon"),
    ("a field that waits for its value", "суд lang:", "суд"),
    ("a title that waits for its word", "суд title:", "суд"),
    ("a lone operator", "OR", ""),
    ("operators only", "AND NOT OR", ""),
    ("an operator at the start", "OR суд", "суд"),
    ("an apostrophe", "м’яч", "м'яч"),
    ("the beginning of a word", "Бяляц*", "бяляц*"),
    ("a word with slips", "слово~2", "слово~"),
    ("a language", "суд lang:be", "суд AND lang:be"),
    ("a language that is none", "суд lang:xx", "суд AND lang AND xx"),
    ("a role", "суд role:sources", "суд AND role:source"),
    ("a span of dates", "date:[2023-05 TO 2024] суд", "date:[2023-05 TO 2024] AND суд"),
    ("since and until", "суд from:2023 to:2024-06", "суд AND from:2023 AND to:2024-06"),
    ("an operator at the end", "суд AND", "суд"),
    ("an operator in lower case", "суд and турма", "суд AND and AND турма"),
    ("not beside or", "суд OR NOT турма", "суд"),
    ("nothing wanted", "NOT суд", "NOT суд"),
    ("no words", " …!? «» ()", ""),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("typed", "understood"), [case[1:] for case in UNDERSTOOD], ids=[case[0] for case in UNDERSTOOD])
def test_what_was_understood_is_written_out(typed: str, understood: str) -> None:
    assert read(typed).understood == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("права чел", "права AND чел*"),
        ("права ", "права"),
        ('"права чел', '"права чел*"'),
        ("«права чел", '"права чел*"'),
        ("https://spring96.org/ru", '"https spring96 org ru*"'),
        ("суд lang:be", "суд AND lang:be"),
        ("суд lang:", "суд"),
        ("суд title:", "суд"),
        ("title:", ""),
        ("суд -", "суд"),
        ("суд -тур", "суд NOT тур*"),
        ('суд "', "суд"),
        ('суд title:"права чел', 'суд AND title:"права чел*"'),
        ("in:Дел", "in:Дел"),
        ("суд NEAR", "суд"),
        ("суд NEAR/", "суд"),
        ("слово~", "слово~"),
        ("суд OR ", "суд"),
        ("Bialia", "bialia*"),
    ],
)
def test_while_typing_the_last_word_may_go_on(typed: str, understood: str) -> None:
    assert read(typed, is_typing=True).understood == understood


@pytest.mark.parametrize("typed", ["NOT суд", "", " … ", "()", "* ~ ^", "NOT (суд OR турма)"])
def test_what_asks_for_nothing_has_no_plan(typed: str) -> None:
    assert read(typed).tree is None


@pytest.fixture(scope="module")
def words() -> Iterator[Connection]:
    """An empty index."""
    engine = create_engine("sqlite://", module=sqlcipher)
    with engine.connect() as connection:
        create_words(connection)
        yield connection
    engine.dispose()


_SIGNS = (
    "AND OR NOT ANDNOT ( ) « » * ~ ~2 ^ [ ] { TO title: lang: date:[ date: from: role:source 2024-05 2-123/2019 м’яч права words NEAR NEAR/3 "
    'И ИЛИ НЕ - -слово -( cites: cites:a.org in: source: site:b.by publisher:x заголовок: "a b"~5 от:20 https://a.org/b?c=(d)'
)
_PIECES = st.one_of(st.sampled_from(_SIGNS.split()), st.sampled_from("\"\x00'\\-+:?\ud800\ue000ﷺ"))
_TYPED = st.one_of(
    st.text(max_size=120), st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES, max_size=25).map("".join)
)


def _of_words(node: Node) -> Node | None:
    """A question without what no index of words tells."""
    if isinstance(node, AllOf):
        parts = [part for part in map(_of_words, node.parts) if part is not None]
        without = [part for part in map(_of_words, node.without) if part is not None]
        return AllOf(tuple(parts), tuple(without)) if parts else None
    if isinstance(node, AnyOf):
        parts = [part for part in map(_of_words, node.parts) if part is not None]
        return AnyOf(tuple(parts)) if parts else None
    return None if isinstance(node, Narrow) else node


@settings(max_examples=max(300, settings.default.max_examples), deadline=None)
@given(typed=_TYPED, is_typing=st.booleans())
def test_any_text_is_a_question_the_index_can_answer(words: Connection, typed: str, *, is_typing: bool) -> None:
    plan = read(typed, is_typing=is_typing)
    tree = None if plan.tree is None else _of_words(plan.tree)
    if tree is not None:
        match = to_match(tree, lambda _words: frozenset({"ключ"}))
        assert words.execute(text("SELECT count(*) FROM words WHERE words MATCH :match"), {"match": match}).scalar() == 0


@settings(max_examples=max(200, settings.default.max_examples), deadline=None)
@given(typed=_TYPED)
def test_what_was_understood_is_understood_the_same_way_again(typed: str) -> None:
    plan = read(typed)
    if plan.tree is not None:
        assert read(plan.understood).understood == plan.understood


_MANY = " ".join(f"{number}" for number in range(900))


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 3000,
        '"' * 3001,
        "слово " * 2000,
        "((((((((((((((((((((a))))))))))))))))))))",
        "NOT " * 500,
        "a OR " * 700,
        _MANY,
        _MANY.replace(" ", " OR "),
        _MANY.replace(" ", " NOT "),
    ],
)
def test_long_and_deep_questions_are_answered_too(words: Connection, typed: str) -> None:
    plan = read(typed)
    if plan.tree is not None:
        words.execute(
            text("SELECT rowid FROM words WHERE words MATCH :match"), {"match": to_match(plan.tree, lambda _words: frozenset())}
        )
