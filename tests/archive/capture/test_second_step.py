"""When the embedded browser is asked for a page, which exchange is the page, and which of two steps is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from archive.capture.second_step import wants_browser
from archive.formats.html import read_html
from archive.formats.reader import Reader
from archive.intake.capture_sources import keep
from archive.model.source import (
    FROZEN,
    Ending,
    Evidence,
    Exchange,
    Fetched,
    SourceState,
    StepWords,
    Verdict,
    Way,
    page_of,
)
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from archive.values import now

ADDRESS = "https://news.example.org/list"
LONG = "The court heard the case behind closed doors on that day. " * 20
SHELL = "<!doctype html><title>News</title><div id=app></div><script src=app.js></script>"


def _exchange(body: str, *, method: str = "GET", status: int = 200, kind: str = "text/html; charset=utf-8") -> Exchange:
    return Exchange(
        address=ADDRESS,
        method=method,
        status=status,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", kind),),
        fetched_at=now(),
        http_version="HTTP/1.1",
        body=body.encode(),
    )


def _fetched(*exchanges: Exchange, way: Way = Way.PAGE, **more: object) -> Fetched:
    return Fetched(address=ADDRESS, ending=Ending.COMPLETE, exchanges=exchanges, way=way, **more)


@pytest.mark.parametrize(
    ("body", "text", "verdict", "is_wanted"),
    [
        (SHELL, "", Verdict.EMPTY_PAGE, True),
        (SHELL, "Menu About us Contact", Verdict.COMPLETE, True),
        ("<p>A short note without scripts.", "A short note without scripts.", Verdict.COMPLETE, False),
        ("<p>x", "You need to enable JavaScript to run this app.", Verdict.COMPLETE, True),
        ("<p>x", "JavaScript is disabled in your browser.", Verdict.COMPLETE, True),
        ("<p>x", "Для работы сайта необходимо включить в браузере JavaScript.", Verdict.COMPLETE, True),
        ("<p>x", "Калі ласка, уключыце JavaScript, каб чытаць.", Verdict.COMPLETE, True),
        (SHELL, LONG, Verdict.COMPLETE, False),
        (SHELL, LONG + "JavaScript must be enabled", Verdict.COMPLETE, False),
        (SHELL, "Not found", Verdict.ERROR_PAGE, False),
        (SHELL, "Sign in", Verdict.LOGIN, False),
        (SHELL, "", None, False),
    ],
)
def test_a_browser_is_wanted_where_scripts_may_bring_the_text(body, text, verdict, is_wanted) -> None:
    assert wants_browser(_fetched(_exchange(body)), verdict, text) is is_wanted


def test_a_browser_is_not_wanted_for_a_file_nor_twice() -> None:
    assert not wants_browser(_fetched(_exchange(SHELL, kind="application/pdf")), Verdict.EMPTY_PAGE, "")
    assert not wants_browser(_fetched(_exchange(SHELL), way=Way.BROWSER), Verdict.EMPTY_PAGE, "")


def test_a_browser_is_wanted_too_where_a_page_without_words_lacks_something_it_needs() -> None:
    bare = msgspec.structs.replace(_fetched(_exchange(SHELL)), ending=Ending.PARTIAL, error="parts-missing")
    assert wants_browser(bare, Verdict.EMPTY_PAGE, "")
    assert wants_browser(bare, Verdict.PARTIAL, "Menu")
    assert not wants_browser(bare, Verdict.PARTIAL, LONG)
    assert not wants_browser(msgspec.structs.replace(bare, error="host-unreachable"), Verdict.PARTIAL, "Menu")


def test_the_page_of_a_capture_is_the_frozen_one_else_the_first_that_sends_nowhere() -> None:
    moved, served, frozen, frame = (
        _exchange("", status=301),
        _exchange(SHELL),
        _exchange("<p>Built", method=FROZEN),
        _exchange("<p>Frame", method=FROZEN),
    )
    assert page_of((moved, served, frozen, frame)) is frozen
    assert page_of((moved, served)) is served
    assert page_of((moved,)) is moved
    assert page_of(()) is None


def test_the_words_of_a_shadow_tree_are_read_where_they_are_shown() -> None:
    page = "<h1>List</h1><my-item><template shadowrootmode=open><p>In the shadow.<template><p>Not shown</template></template></my-item><p>After."
    assert [block.text for block in read_html(page).blocks] == ["List", "In the shadow.", "After."]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    with ArchiveFolder.create(tmp_path / "Notes.ibid", title="Notes") as made:
        yield made


def _built(text: str, first_words: int) -> Fetched:
    page = f"<!doctype html><title>News</title><body><article><h1>News</h1><p>{text}</article>"
    evidence = Evidence(words=StepWords(first_words, 0))
    return _fetched(_exchange(SHELL), _exchange(page, method=FROZEN), way=Way.BROWSER, evidence=evidence)


def test_what_the_browser_built_is_kept_beside_what_the_server_sent(folder, reader) -> None:
    first = keep(folder, reader, _fetched(_exchange(SHELL)))
    assert (first.state, first.wants_browser) == (SourceState.FAILED, True)
    second = keep(folder, reader, _built(LONG, first.text_words))
    assert (second.state, second.verdict, second.wants_browser) == (SourceState.SAVED, Verdict.COMPLETE, False)
    assert second.compared == StepWords(first.text_words, second.text_words)
    kept = next(one for one in catalogue.source(folder, ADDRESS).captures if one.verdict is Verdict.COMPLETE)
    assert (kept.way, kept.evidence.words, kept.final_address) == (Way.BROWSER, second.compared, ADDRESS)


def test_a_page_that_says_that_it_needs_scripts_is_not_called_saved_until_a_browser_brought_more(folder, reader) -> None:
    asking = "<body><article><h1>News</h1><p>You need to enable JavaScript to read this page.</article><script></script>"
    first = keep(folder, reader, _fetched(_exchange(asking)))
    assert (first.state, first.verdict, first.wants_browser) == (SourceState.PARTIAL, Verdict.PARTIAL, True)
    assert keep(folder, reader, _built(LONG, first.text_words)).state is SourceState.SAVED
    assert catalogue.source(folder, ADDRESS).state is SourceState.SAVED


def test_what_the_browser_built_is_left_where_it_has_no_more_words(folder, reader) -> None:
    first = keep(folder, reader, _fetched(_exchange(f"<body><article><h1>News</h1><p>{LONG}</article><script></script>")))
    second = keep(folder, reader, _built(LONG[:100], first.text_words))
    assert (second.state, second.verdict) == (SourceState.SAVED, None)
    assert second.compared is not None
    assert second.compared.second < second.compared.first
    broke = msgspec.structs.replace(
        _fetched(way=Way.BROWSER), ending=Ending.FAILED, error="page-broke", facts={"host": "news.example.org", "reason": "crash"}
    )
    assert keep(folder, reader, broke).error == "page-broke"
    source = catalogue.source(folder, ADDRESS)
    assert (source.state, len(source.captures), source.error) == (SourceState.SAVED, 1, None)
