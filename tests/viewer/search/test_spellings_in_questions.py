"""Another spelling joins the question beside the word it may stand for."""

from __future__ import annotations

import pytest

from archive.model.hit import Completion, CompletionKind, Spelling
from viewer.search.completions_list import completed
from viewer.search.spellings import with_spelling, with_spellings

CASES = {
    "alone": ("Лукашенко", "Лукашенко", "Лукашэнка", "Лукашенко OR Лукашэнка"),
    "among others": ("суд Лукашенко вчера", "лукашенко", "Лукашэнка", "суд (Лукашенко OR Лукашэнка) вчера"),
    "in a phrase": ('"у Лукашенко" суд', "Лукашенко", "Лукашэнка", '("у Лукашенко" OR "у Лукашэнка") суд'),
    "of a field": ("title:Минск", "Минск", "Мінск", "title:(Минск OR Мінск)"),
    "not part of a word": ("Минский Минск", "Минск", "Мінск", "Минский (Минск OR Мінск)"),
    "of no word": ("a b", "", "c", "(a b) OR c"),
    "several words": ("vbycr", "vbycr", "горад мінск", 'vbycr OR "горад мінск"'),
}


@pytest.mark.parametrize(("text", "word", "other", "joined"), CASES.values(), ids=CASES)
def test_a_spelling_stands_beside_its_word(text: str, word: str, other: str, joined: str) -> None:
    assert with_spelling(text, word, other) == joined


def test_several_spellings_of_one_word_stand_together() -> None:
    ticked = [Spelling("Лукашэнка", 1, "Лукашенко"), Spelling("Łukašenka", 1, "Лукашенко")]
    assert with_spellings("суд Лукашенко", ticked) == "суд (Лукашенко OR Лукашэнка OR Łukašenka)"


def test_nothing_ticked_changes_nothing() -> None:
    assert with_spellings("суд  Лукашенко", []) == "суд  Лукашенко"


def test_a_completion_replaces_only_what_was_begun() -> None:
    word = Completion(kind=CompletionKind.WORD, text="школа", start=4, end=6)
    assert completed("суд шк річка", word) == "суд школа річка"
    assert completed("суд шк", word) == "суд школа "
    assert completed("суд la", Completion(kind=CompletionKind.FIELD, text="lang:", start=4, end=6)) == "суд lang:"
