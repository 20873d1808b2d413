"""The founding documents are found by what people look for in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.model.document import Description, Role
from archive.model.hit import Question, Where
from archive.search import index
from archive.search.answer import ask
from archive.search.languages import guess
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import parcel_of


@pytest.fixture
def statement(folder: ArchiveFolder, seeds: Path) -> ArchiveFolder:
    """The statement, its notes taken out of the running text as bringing it in does, and the news item."""
    text = next(seeds.glob("000_*.txt")).read_text(encoding="utf-8")
    notes = [note.strip() for note in re.findall(r"^<sup>\d+</sup>(.+)$", text, re.MULTILINE)]
    running = re.sub(r"\n+<sup>\d+</sup>.+$", "", text, flags=re.MULTILINE)
    running = re.sub(r"At least seven\s+people", "At least seven people", re.sub(r"<sup>\d+</sup>", "", running))
    paragraphs = [part.strip("#* \n") for part in re.split(r"\n\s*\n", running) if part.strip("#* \n")]
    title = "BELARUS: NO END IN SIGHT FOR THE HUMAN RIGHTS CRISIS"
    said = Description(title=title, language=Language.ENGLISH, publisher="Amnesty International", published_on="2025-01-24")
    item = next(seeds.glob("001_*.txt")).read_text(encoding="utf-8")
    lines = [line.strip() for line in item.split("\n") if line.strip()]
    for parcel in (
        parcel_of(title, paragraphs, notes, role=Role.REPORT, description=said),
        parcel_of(lines[0], lines[1:], [], role=Role.REPORT, description=Description(title=lines[0], language=guess(item))),
    ):
        with folder.writing() as connection:
            index.add(connection, add_document(connection, parcel), parcel.document, parcel.passages, parcel.notes)
    return folder


@pytest.mark.parametrize(
    "typed", ["ситуации", "права", "Ситуация с правами человека", "ситуацыя OR сітуацыі OR ситуацией", "беларуси"]
)
def test_the_russian_title_in_a_note_is_found_in_any_form(statement: ArchiveFolder, typed: str) -> None:
    hit = ask(statement, Question(text=typed)).hits[0]
    assert (hit.where, hit.note) == (Where.NOTE, "10")
    assert any(is_hit for _, is_hit in hit.snippet)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ('"At least seven people have died while in detention since 2020"', Where.BODY),
        ("“At least seven people have died while in detention since 2020”", Where.BODY),
        ("EUR 49/8966/2025", Where.BODY),
        ("no end in sight", Where.TITLE),
        ('"https://spring96.org/ru/news/117167"', Where.NOTE),
        ("spring96.org", Where.NOTE),
        ("note:Viasna", Where.NOTE),
        ('publisher OR "Amnesty International"', None),
    ],
)
def test_the_statement_is_found_where_it_says_so(statement: ArchiveFolder, typed: str, where: Where | None) -> None:
    hit = ask(statement, Question(text=typed)).hits[0]
    assert hit.title.startswith("BELARUS")
    assert where is None or hit.where == where


def test_a_phrase_is_marked_as_one(statement: ArchiveFolder) -> None:
    typed = "At least seven people have died while in detention since 2020"
    [hit] = ask(statement, Question(text=f'"{typed}"')).hits
    assert [run for run, is_hit in hit.snippet if is_hit] == [typed]


@pytest.mark.parametrize("typed", ["Bialiatski", "bialiatski", "Bialia", "Bialiatski's"])
def test_the_news_item_is_found_by_a_name(statement: ArchiveFolder, typed: str) -> None:
    assert any(not hit.title.startswith("BELARUS") for hit in ask(statement, Question(text=typed, is_typing=True)).hits)
