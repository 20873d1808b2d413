"""Sentences: plurals of three languages, dates, and no sentence without its facts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive import words


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.choose_language("en")


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 document"),
        ("en", 5, "5 documents"),
        ("ru", 1, "1 документ"),
        ("ru", 3, "3 документа"),
        ("ru", 5, "5 документов"),
        ("ru", 21, "21 документ"),
        ("be", 1, "1 дакумент"),
        ("be", 3, "3 дакументы"),
        ("be", 11, "11 дакументаў"),
    ],
)
def test_a_number_takes_its_plural(language: str, count: int, said: str) -> None:
    words.choose_language(language)
    assert words.say("terminal-hits", count=count) == said


@pytest.mark.parametrize(
    ("iso", "language", "said"),
    [
        ("2025-01-24", "en", "24 January 2025"),
        ("2025-01-24", "be", "24 студзеня 2025 года"),
        ("2025-01", "ru", "январь 2025 года"),
        ("2025", "en", "2025"),
        ("last spring", "en", "last spring"),
        ("2025-13-01", "en", "2025-13-01"),
    ],
)
def test_a_date_is_said_with_the_precision_it_has(iso: str, language: str, said: str) -> None:
    words.choose_language(language)
    assert words.say_date(iso) == said


@pytest.mark.parametrize(
    ("tag", "language"), [("be_BY.UTF-8", "be"), ("ru", "ru"), ("C.UTF-8", "en"), ("", "en"), ("de-AT", "en")]
)
def test_a_tag_chooses_a_language_that_ibid_speaks(tag: str, language: str) -> None:
    assert words.choose_language(tag) == language


def test_a_sentence_without_its_fact_is_a_bug() -> None:
    with pytest.raises(KeyError):
        words.say("terminal-made")
    with pytest.raises(KeyError):
        words.say("no-such-sentence")
