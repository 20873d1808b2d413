"""From a footnote to a saved source: a real site, a real reader process, a real archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from archive.capture.fetch import fetch
from archive.formats.reader import Reader
from archive.intake.capture_sources import keep
from archive.intake.import_document import Importer
from archive.intake.preparing import Readers
from archive.model.document import Role
from archive.model.source import CaptureOutcome, Ending, Exchange, Fetched, FetchOrder, SourceState, Verdict
from archive.sharing.check import is_consistent
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from archive.values import now

NEARBY = ("127.0.0.1",)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    with ArchiveFolder.create(tmp_path / "Notes.ibid", title="Notes") as made:
        yield made


def _capture(site, limits, folder, reader, path: str) -> CaptureOutcome:
    address = site.at(path)
    return keep(folder, reader, fetch(FetchOrder(address=address, allowed_private=NEARBY), limits))


@pytest.mark.parametrize(
    ("path", "state", "verdict", "captures", "has_text"),
    [
        ("/article", SourceState.SAVED, Verdict.COMPLETE, 1, True),
        ("/moved", SourceState.SAVED, Verdict.COMPLETE, 1, True),
        ("/gzip", SourceState.SAVED, Verdict.COMPLETE, 1, True),
        ("/cp1251", SourceState.SAVED, Verdict.COMPLETE, 1, True),
        ("/report.pdf", SourceState.SAVED, Verdict.COMPLETE, 1, True),
        ("/picture.png", SourceState.PARTIAL, Verdict.UNREADABLE, 1, False),
        ("/cut", SourceState.PARTIAL, Verdict.PARTIAL, 1, True),
        ("/drip", SourceState.PARTIAL, Verdict.PARTIAL, 1, None),
        ("/says-gone", SourceState.GONE, Verdict.ERROR_PAGE, 1, False),
        ("/old/news/2019", SourceState.GONE, Verdict.ERROR_PAGE, 1, False),
        ("/missing", SourceState.GONE, None, 0, False),
        ("/says-blocked", SourceState.REFUSED, Verdict.BLOCK_PAGE, 1, False),
        ("/wants-login", SourceState.REFUSED, Verdict.LOGIN, 1, False),
        ("/forbidden", SourceState.REFUSED, None, 0, False),
        ("/to-metadata", SourceState.REFUSED, None, 0, False),
        ("/empty", SourceState.FAILED, Verdict.EMPTY_PAGE, 1, False),
        ("/hollow", SourceState.FAILED, Verdict.EMPTY_PAGE, 1, False),
        ("/broken", SourceState.FAILED, None, 0, False),
        ("/slow", SourceState.FAILED, None, 0, False),
        ("/endless", SourceState.FAILED, None, 0, False),
        ("/bomb", SourceState.FAILED, None, 0, False),
        ("/round", SourceState.FAILED, None, 0, False),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else None,
)
def test_what_the_web_answers_becomes_the_right_state(
    site, limits, hasty, folder, reader, path, state, verdict, captures, has_text
) -> None:
    outcome = _capture(site, hasty if path in {"/slow", "/drip"} else limits, folder, reader, path)
    assert (outcome.state, outcome.verdict) == (state, verdict)
    source = catalogue.source(folder, site.at(path))
    assert source.state is state
    assert len(source.captures) == captures
    if captures and has_text is not None:
        assert (source.captures[0].document is not None) is has_text
    if state in {SourceState.REFUSED, SourceState.FAILED} and verdict is None:
        assert source.error


def test_the_text_of_a_page_without_a_stated_charset_can_be_read_and_found(site, limits, folder, reader) -> None:
    _capture(site, limits, folder, reader, "/cp1251")
    (entry,) = catalogue.entries(folder)
    assert entry.document.role is Role.SOURCE
    assert entry.document.description.title == "Куда делись сноски"
    text = " ".join(passage.text for passage in catalogue.whole(folder, entry.document.document)[1])
    assert "сдержать его уже некому" in text


def test_the_same_page_twice_is_two_captures_and_one_document(site, limits, folder, reader) -> None:
    first = fetch(FetchOrder(address=site.at("/article"), allowed_private=NEARBY), limits)
    later = msgspec.structs.replace(first.exchanges[0], fetched_at=now().replace(year=2031))
    keep(folder, reader, first)
    keep(folder, reader, msgspec.structs.replace(first, exchanges=(later,)))
    source = catalogue.source(folder, site.at("/article"))
    assert [capture.taken_at.year == 2031 for capture in source.captures] == [True, False]
    assert len({capture.document for capture in source.captures}) == 1
    assert len(catalogue.entries(folder)) == 1


def test_what_was_saved_once_stays_saved_when_the_page_is_gone_later(site, limits, folder, reader) -> None:
    _capture(site, limits, folder, reader, "/article")
    gone = Fetched(address=site.at("/article"), ending=Ending.FAILED, error="host-not-found", facts={"host": "127.0.0.1"})
    assert keep(folder, reader, gone).state is SourceState.GONE
    source = catalogue.source(folder, site.at("/article"))
    assert (source.state, len(source.captures), source.error) == (SourceState.SAVED, 1, None)


def test_an_earlier_failure_gives_way_to_a_saved_page(site, limits, folder, reader) -> None:
    failed = Fetched(address=site.at("/article"), ending=Ending.FAILED, error="took-too-long", facts={"host": "a", "limit_s": 1})
    keep(folder, reader, failed)
    assert catalogue.source(folder, site.at("/article")).error == "took-too-long"
    _capture(site, limits, folder, reader, "/article")
    source = catalogue.source(folder, site.at("/article"))
    assert (source.state, source.error, source.facts) == (SourceState.SAVED, None, {})


def test_an_empty_page_is_kept_once_however_often_it_is_tried(site, limits, folder, reader) -> None:
    for _ in range(3):
        assert _capture(site, limits, folder, reader, "/hollow").verdict is Verdict.EMPTY_PAGE
    assert len(catalogue.source(folder, site.at("/hollow")).captures) == 1


def test_a_saved_source_says_which_note_of_which_report_cites_it(site, limits, folder, reader) -> None:
    report = f"# A report\n\nSomebody wrote it down.[^7]\n\n[^7]: A site, <{site.at('/article')}>\n"
    with Readers() as readers:
        Importer(folder, readers, holds_together=is_consistent).bring_in(report.encode(), name="report.md")
    assert catalogue.source(folder, site.at("/article")).state is SourceState.WAITING
    _capture(site, limits, folder, reader, "/article")
    (place,) = catalogue.source(folder, site.at("/article")).cited_at
    assert (place.label, place.title) == ("7", "A report")


def test_what_a_captured_page_cites_does_not_become_a_source_to_fetch(folder, reader) -> None:
    page = b"""<html><head><title>A page with notes</title></head><body><article><h1>A page with notes</h1>
    <p>The first thing that is said here rests on another page, as a note tells at the end.<a href="#n1" id="r1"><sup>1</sup></a></p>
    <p>The second paragraph is here so that the first is not alone, and so that the main text is found.</p>
    <ol class="footnotes"><li id="n1">See <a href="https://elsewhere.org/deep">https://elsewhere.org/deep</a> <a href="#r1">back</a></li></ol>
    </article></body></html>"""
    exchange = Exchange(
        address="https://a.org/x",
        method="GET",
        status=200,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", "text/html"),),
        fetched_at=now(),
        http_version="HTTP/1.1",
        body=page,
    )
    keep(folder, reader, Fetched(address="https://a.org/x", ending=Ending.COMPLETE, exchanges=(exchange,)))
    assert [source.address for source in catalogue.sources(folder)] == ["https://a.org/x"]
