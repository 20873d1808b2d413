"""Words are found in a text where they stand, and made alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.fold import fold, tokens

CASES = [
    ("capitals", "Мінск", ["мінск"]),
    ("stress marks", "за́мак", ["замак"]),
    ("Latin accents stay", "Łukašenka café", ["łukašenka", "café"]),
    ("decomposed letters", "и\u0306од cafe\u0301", ["йод", "café"]),
    ("apostrophes", "м’яч м'яч мʼяч", ["м'яч", "м'яч", "м'яч"]),
    ("quotation marks are no apostrophes", "'слова' ‘word’", ["слова", "word"]),
    ("English possessive", "Belarus's Viasna’s", ["belarus", "viasna"]),
    ("soft hyphens", "пра\u00adвы", ["правы"]),
    ("zero-width signs", "пра\u200bвы", ["правы"]),
    ("ў after a vowel", "ў ўрадзе", ["у", "урадзе"]),
    ("hyphens", "human-rights", ["human", "rights"]),
    ("case numbers", "дело №2-123/2019", ["дело", "2", "123", "2019"]),
    ("references", "EUR 49/8966/2025", ["eur", "49", "8966", "2025"]),
    ("addresses", "https://spring96.org/ru/news/117167", ["https", "spring96", "org", "ru", "news", "117167"]),
    ("underscores", "trade_unions_web-1.pdf", ["trade", "unions", "web", "1", "pdf"]),
    ("nothing", " — … !", []),
]


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert [word for _, _, word in tokens(text)] == words


def test_offsets_are_those_of_the_original_text() -> None:
    text = "«За́мак» і м’яч — cafe\u0301."
    assert [text[start:end] for start, end, _ in tokens(text)] == ["За́мак", "і", "м’яч", "cafe\u0301"]


@given(st.text(max_size=200))
def test_words_follow_each_other_and_are_never_empty(text: str) -> None:
    at = 0
    for start, end, word in tokens(text):
        assert at <= start < end <= len(text)
        assert word
        assert not any(character.isspace() for character in word)
        at = end


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    for _, _, word in tokens(text):
        assert [again for _, _, again in tokens(word)] == [word] or fold(fold(word)) == fold(word)
