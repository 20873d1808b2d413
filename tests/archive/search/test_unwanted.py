"""What is not wanted is in no answer, however little time there was to find out where it stands."""

from __future__ import annotations

import pytest

from archive.model.hit import FacetName, Question
from archive.search import forms, postings
from archive.search.answer import ask, facets
from archive.storage.database import Interrupted
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import Shelve

_MANY = " ".join(f"ко{chr(0x430 + n // 30)}{chr(0x430 + n % 30)}" for n in range(600))
ASKED = {
    "of words alone": "суд NOT {}",
    "of a publisher too": "суд publisher:Вясна NOT {}",
    "of a publisher alone": "publisher:Вясна NOT {}",
    "of one of two": "суд publisher:Вясна NOT ({} OR publisher:Amnesty)",
    "of a publisher and a word": "publisher:Вясна NOT ({} publisher:Вясна)",
}


@pytest.fixture
def shelf(folder: ArchiveFolder, shelve: Shelve) -> ArchiveFolder:
    """Words of which very many begin alike, one of them in one document only; and a form that begins like no key."""
    for number in range(3):
        shelve(f"Суд {number}", "Корова.", language=Language.RUSSIAN, publisher="Вясна")
    shelve("Many", _MANY, language=Language.RUSSIAN)
    shelve("Суд и кость", "кояя", language=Language.RUSSIAN, publisher="Вясна")
    shelve("Суд и дорога", "Шедший мимо.", language=Language.RUSSIAN, publisher="Вясна")
    return folder


def titles(folder: ArchiveFolder, typed: str) -> set[str]:
    """What answers; its number is what facets and the answer itself say."""
    question = Question(text=typed)
    answer, counted = ask(folder, question), facets(folder, question)
    assert counted.count == answer.count == len(answer.hits)
    assert sum(value.count for facet in counted.facets if facet.name == FacetName.ROLE for value in facet.values) == answer.count
    return {hit.title for hit in answer.hits}


@pytest.mark.parametrize("has_postings", [True, False])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_beginning_of_very_many_words_that_is_not_wanted_stands_for_all_of_them(
    shelf: ArchiveFolder, asked: str, *, has_postings: bool
) -> None:
    if not has_postings:
        with shelf.writing() as connection:
            postings.clear(connection)
    assert titles(shelf, asked.format("ко*")) == {"Суд и дорога"}
    assert ask(shelf, Question(text=asked.format("ко*"))).is_exact
    assert not ask(shelf, Question(text="ко*")).is_exact


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_what_there_was_no_time_to_look_up_may_stand_in_any_document(
    shelf: ArchiveFolder, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = asked.format("шедш*")
    assert titles(shelf, typed) == {"Суд 0", "Суд 1", "Суд 2", "Суд и кость"}

    def interrupted(*_: object, **__: object) -> forms.Forms:
        raise Interrupted

    monkeypatch.setattr(forms, "beginning_with", interrupted)
    assert titles(shelf, typed) == set()
    assert not ask(shelf, Question(text=typed)).is_exact
    assert not facets(shelf, Question(text=typed)).is_exact


def test_documents_that_have_no_keys_yet_may_hold_what_is_not_wanted(shelf: ArchiveFolder) -> None:
    with shelf.writing() as connection:
        connection.exec_driver_sql("UPDATE keys_state SET version = 0")
        connection.exec_driver_sql("INSERT INTO words (words) VALUES ('delete-all')")
    answer = ask(shelf, Question(text="publisher:Вясна NOT суд"))
    assert (answer.count, answer.is_exact) == (0, False)


def test_a_beginning_of_more_words_than_are_looked_up_says_that_there_may_be_more(
    shelf: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(shelf, Question(text="коро*")).is_exact
    monkeypatch.setattr("archive.search.expanding._MOST_FORMS", 1)
    assert not ask(shelf, Question(text="коро*")).is_exact
