"""Whatever a person types is understood as something, and the index takes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text
from sqlcipher3 import dbapi2 as sqlcipher

from archive.search.query import to_match
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


_SIGNS = "AND OR NOT ANDNOT ( ) « » * ~ ~2 ^ [ ] { TO title: lang: date:[ date: from: role:source 2024-05 2-123/2019 м’яч права words NEAR"
_PIECES = st.one_of(st.sampled_from(_SIGNS.split()), st.sampled_from("\"\x00'\\-+:?\ud800\ue000ﷺ"))
_TYPED = st.one_of(
    st.text(max_size=120), st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES, max_size=25).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(typed=_TYPED, is_typing=st.booleans())
def test_any_text_is_a_question_the_index_can_answer(words: Connection, typed: str, *, is_typing: bool) -> None:
    plan = read(typed, is_typing=is_typing)
    if plan.tree is not None:
        match = to_match(plan.tree, lambda _words: frozenset({"ключ"}))
        assert words.execute(text("SELECT count(*) FROM words WHERE words MATCH :match"), {"match": match}).scalar() == 0


@settings(max_examples=200, deadline=None)
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
