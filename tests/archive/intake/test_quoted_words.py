"""A saved source says whether what its notes quote stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.formats.reader import Reader
from archive.intake.capture_sources import keep
from archive.intake.import_document import Importer
from archive.intake.preparing import Readers
from archive.intake.quoted_words import with_quoted
from archive.model.source import CaptureOutcome, Ending, Exchange, Fetched, Quoted, SourceState
from archive.sharing.check import is_consistent
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from archive.values import now
from tests.web.words import article

ADDRESS = "https://pier.org/book"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    with ArchiveFolder.create(tmp_path / "Notes.ibid", title="Notes") as made:
        yield made


def _bring(folder: ArchiveFolder, readers: Readers, *notes: str) -> None:
    text = "# A report\n\n" + "".join(f"Somebody wrote it down.[^{n}]\n\n" for n in range(len(notes)))
    text += "".join(f"[^{n}]: {note}\n" for n, note in enumerate(notes))
    Importer(folder, readers, holds_together=is_consistent).bring_in(text.encode(), name="report.md")


def _keep(folder: ArchiveFolder, reader: Reader, body: str = "") -> CaptureOutcome:
    exchange = Exchange(
        address=ADDRESS,
        method="GET",
        status=200,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", "text/html; charset=utf-8"),),
        fetched_at=now(),
        http_version="HTTP/1.1",
        body=(body or article()).encode(),
    )
    return keep(folder, reader, Fetched(address=ADDRESS, ending=Ending.COMPLETE, exchanges=(exchange,)))


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        (f"A site, “Nobody asked for the book until the pier was sold”, <{ADDRESS}>", Quoted.FOUND),
        (f"A site, “nobody asked for the book, until the pier was sold”, <{ADDRESS}>", Quoted.NEARLY),
        (f"A site, “The book was burnt in the yard on a Sunday”, <{ADDRESS}>", Quoted.NOT_FOUND),
        (f"See <{ADDRESS}>", None),
    ],
)
def test_a_capture_says_whether_the_quoted_words_stand_in_it_and_stays_saved(folder, reader, readers, note, quoted) -> None:
    _bring(folder, readers, note)
    outcome = _keep(folder, reader)
    assert (outcome.state, outcome.quoted) == (SourceState.SAVED, quoted)
    source = with_quoted(folder, catalogue.source(folder, ADDRESS))
    assert (source.quoted, [place.quoted for place in source.cited_at]) == (quoted, [quoted])
    assert catalogue.source(folder, ADDRESS).quoted is None, "lists are not compared"


def test_each_note_is_told_what_was_found_of_its_own_words(folder, reader, readers) -> None:
    _bring(
        folder,
        readers,
        f"“Nobody asked for the book until the pier was sold”, <{ADDRESS}>",
        f"<{ADDRESS}>",
        f"“The book was burnt in the yard on a Sunday”, <{ADDRESS}>",
    )
    assert _keep(folder, reader).quoted is Quoted.NOT_FOUND
    source = with_quoted(folder, catalogue.source(folder, ADDRESS))
    assert [place.quoted for place in source.cited_at] == [Quoted.FOUND, None, Quoted.NOT_FOUND]


def test_nothing_is_said_of_a_page_that_is_not_the_page(folder, reader, readers) -> None:
    _bring(folder, readers, f"“Nobody asked for the book until the pier was sold”, <{ADDRESS}>")
    assert _keep(folder, reader, "<title>Page not found</title><p>Page not found.").quoted is None
    assert with_quoted(folder, catalogue.source(folder, ADDRESS)).quoted is None


def test_a_source_that_no_note_cites_is_compared_with_nothing(folder, reader) -> None:
    assert _keep(folder, reader).quoted is None
