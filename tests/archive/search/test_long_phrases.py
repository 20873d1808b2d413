"""A phrase of many words, such as a paragraph someone copied, is found by its longest words and then looked for in the texts."""

from __future__ import annotations

import random
from typing import Any

import pytest

from archive.model.hit import Question
from archive.search import postings, query, ranking
from archive.search.answer import ask, facets
from archive.search.deadline import FOUND_ROUGHLY_S, Deadline
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import Shelve

_WORDS = [
    "права",
    "человека",
    "суд",
    "закон",
    "сведка",
    "горад",
    "людзі",
    "the",
    "of",
    "court",
    "rights",
    "not",
    "was",
    "было",
    "не",
    "на",
    "в",
]
_MOST = 16


def _paragraph(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(_WORDS, k=length))


@pytest.fixture
def shelf(folder: ArchiveFolder, shelve: Shelve, monkeypatch: pytest.MonkeyPatch) -> ArchiveFolder:
    """Documents of the same words in other orders, and all the time there is."""
    monkeypatch.setattr(Deadline, "is_over", lambda *_: False)
    for number in range(12):
        shelve(
            f"Суд {number}",
            _paragraph(number),
            _paragraph(number + 100),
            language=Language.RUSSIAN,
            notes=(_paragraph(number + 200),),
        )
    return folder


def titles(folder: ArchiveFolder, typed: str, **chosen: Any) -> set[str]:
    """What answers, and that is all."""
    answer = ask(folder, Question(text=typed, **chosen))
    assert answer.is_exact
    assert answer.count == len(answer.hits) == facets(folder, Question(text=typed, **chosen)).count
    return {hit.title for hit in answer.hits}


@pytest.mark.parametrize("has_postings", [True, False])
def test_a_paragraph_is_found_whole(shelf: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, *, has_postings: bool) -> None:
    phrases = query.phrases

    def short_phrases(*asked: Any) -> Any:
        found = phrases(*asked)
        assert all(len(keys) <= _MOST for keys, _ in found), "FTS5 is asked for a long phrase, and nothing stops it"
        return found

    for room in (query, ranking):
        monkeypatch.setattr(room, "phrases", short_phrases)
    if not has_postings:
        with shelf.writing() as connection:
            postings.clear(connection)
    whole, words = _paragraph(3), _paragraph(3).split()
    assert titles(shelf, f'"{whole}"') == titles(shelf, f'"{whole}"', is_exact=True) == {"Суд 3"}
    assert titles(shelf, f'"{whole[:-2]}', is_typing=True) == {"Суд 3"}
    assert titles(shelf, f'"{" ".join(words[20:60])}"') == {"Суд 3"}
    assert titles(shelf, f'"{" ".join([*words[20:40], words[41], words[40], *words[42:60]])}"') == set()
    assert titles(shelf, f'"{" ".join(words[150:])} {" ".join(_paragraph(103).split()[:50])}"') == set()
    assert titles(shelf, f'note:"{_paragraph(205)}"') == {"Суд 5"}
    assert titles(shelf, f'note:"{whole}"') == set()
    assert titles(shelf, f'"{whole[:400]}" OR "{_paragraph(104)[:400]}"') == {"Суд 3", "Суд 4"}
    assert titles(shelf, f'суд NOT "{whole}"') == {f"Суд {number}" for number in range(12) if number != 3}


def test_of_documents_there_was_no_time_to_look_at_nobody_says_that_they_hold_it(
    shelf: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deadline, "is_over", lambda _, at_s=0.0: at_s == FOUND_ROUGHLY_S)
    for typed in (f'"{_paragraph(3)}"', f'суд NOT "{_paragraph(3)}"'):
        answer = ask(shelf, Question(text=typed))
        assert not answer.is_exact
        assert "Суд 3" not in {hit.title for hit in answer.hits}
