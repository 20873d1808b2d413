"""Sentences for people: every error in every language, and never an exception's own words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from archive import words
from archive.errors import ArchiveDamaged, WrongPassphrase
from viewer.say.crash import catch_faults
from viewer.say.notices import name_fault, say_error
from viewer.say.words import LANGUAGES, say_date, say_number

SECRET = "the words of a document"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.choose_language("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_said_in_every_language_with_its_facts(language: str) -> None:
    words.choose_language(language)
    assert "volume-0001.ibv" in say_error(ArchiveDamaged(where="volume-0001.ibv"))
    assert say_error(WrongPassphrase())


def test_a_fault_of_ours_is_said_without_its_words() -> None:
    assert SECRET not in say_error(KeyError(SECRET))


def test_a_fault_nobody_caught_becomes_a_sentence_and_quotes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    said: list[str] = []
    catch_faults(said.append)
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    assert said == [words.say("error-bug")]
    printed = capsys.readouterr()
    assert SECRET not in printed.err + printed.out
    assert "KeyError, test_notices.py:" in printed.err


def test_a_fault_is_named_by_kind_and_line() -> None:
    assert name_fault(ValueError(SECRET)) == "ValueError"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (None, ""),
        ("2025-01-24", "24 January 2025"),
        (datetime(2025, 1, 24, 23, 59, tzinfo=UTC), "24 January 2025"),
        ("2025", "2025"),
    ],
)
def test_a_date_or_a_moment_is_said_as_a_date(stated: str | datetime | None, said: str) -> None:
    assert say_date(stated) == said


def test_large_numbers_are_set_apart() -> None:
    assert say_number(1192) == "1,192"
