"""Web archives: their pages become captures, their list a document; nothing twice, no byte changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import saved
from archive.errors import DamagedFile, NotInFile, ReaderGaveUp
from archive.front_desk import IN_THIS_PROCESS, LocalDesk
from archive.model.document import Role
from archive.model.hit import Question
from archive.model.saved import PageFault, PageOutcome, PagesReport, SavedPage
from archive.model.source import ADDED_BY_HAND, Ending, Exchange, Fetched, SourceState, Verdict, Way
from archive.progress import Cancelled, Job, Step
from archive.storage import catalogue
from tests.archive.web_files import HTML, Warc, in_one_piece, page, wacz

PIER = "https://pier.example/log"
LAMP = "https://pier.example/lamp.png"
STYLE = "https://pier.example/pier.css"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LocalDesk]:
    with IN_THIS_PROCESS.new(tmp_path / "Piers.ibid", title="Piers", passphrase=None) as opened:
        yield opened  # type: ignore[misc]


def bring(
    desk: LocalDesk, tmp_path: Path, data: bytes, name: str = "pier.warc.gz"
) -> tuple[PagesReport, list[PageOutcome | PageFault]]:
    file = tmp_path / name
    file.write_bytes(data)
    told: list[PageOutcome | PageFault] = []
    return saved.bring_in_pages(desk, file, job=Job(), told=told.append), told


def exchanges_of(desk: LocalDesk, address: str):
    return catalogue.exchanges(desk._folder, desk.source(address).captures[0].capture)


def test_a_page_becomes_a_capture_of_its_own_moment_with_what_it_needs(desk: LocalDesk, tmp_path: Path) -> None:
    html = page("lantern", head=f'<link rel="stylesheet" href="{STYLE}">')
    warc = Warc().answer(PIER, html).answer(STYLE, b"body{background:url(lamp.png)}", content_type="text/css")
    report, _ = bring(desk, tmp_path, warc.answer(LAMP, b"\x89PNG", content_type="image/png").bytes())
    assert (report.new, report.others, report.failed) == (1, 0, 0)
    (capture,) = desk.source(PIER).captures
    assert (capture.taken_at, capture.verdict) == (datetime(2025, 1, 15, 10, tzinfo=UTC), Verdict.COMPLETE)
    assert [exchange.address for exchange in exchanges_of(desk, PIER)] == [PIER, STYLE, LAMP]
    assert desk.source(PIER).state is SourceState.SAVED
    assert desk.search(Question(text="lantern")).hits[0].document == hashlib.sha256(html).hexdigest()


def test_the_same_record_again_is_already_here_also_from_another_file(desk: LocalDesk, tmp_path: Path) -> None:
    bring(desk, tmp_path, Warc().answer(PIER, page("lantern")).bytes())
    before = desk.about()
    report, told = bring(desk, tmp_path, Warc(is_packed=False).answer(PIER, page("lantern")).bytes(), "pier.warc.gz")
    assert (report.new, report.already) == (0, 1)
    assert isinstance(told[0], PageOutcome)
    assert told[0].is_already_here
    assert (desk.about().captures, desk.about().reports) == (before.captures, before.reports)


def test_two_states_of_one_address_live_side_by_side(desk: LocalDesk, tmp_path: Path) -> None:
    warc = Warc().answer(PIER, page("lantern")).answer(PIER, page("beacon"), at="2025-02-15T10:00:00Z")
    bring(desk, tmp_path, warc.bytes())
    assert [capture.taken_at.month for capture in desk.source(PIER).captures] == [2, 1]


def test_what_was_sent_in_pieces_and_packed_is_kept_unpacked_with_its_headers(desk: LocalDesk, tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(page("lantern"))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("x-CASE", "a  b")]
    bring(desk, tmp_path, Warc().answer(PIER, chunked, headers=headers).bytes())
    (exchange,) = exchanges_of(desk, PIER)
    assert (exchange.body, exchange.coding) == (page("lantern"), "gzip")
    assert exchange.answer_headers == (("Content-Type", HTML), *headers)


def test_brotli_is_undone(desk: LocalDesk, tmp_path: Path) -> None:
    import brotli

    bring(desk, tmp_path, Warc().answer(PIER, brotli.compress(page("lantern")), headers=[("Content-Encoding", "br")]).bytes())
    assert [(exchange.body, exchange.coding) for exchange in exchanges_of(desk, PIER)] == [(page("lantern"), "br")]


def test_a_body_that_was_unpacked_by_its_writer_stays_as_it_is(desk: LocalDesk, tmp_path: Path) -> None:
    bring(desk, tmp_path, Warc().answer(PIER, page("lantern"), headers=[("Content-Encoding", "gzip")]).bytes())
    assert [(exchange.body, exchange.coding) for exchange in exchanges_of(desk, PIER)] == [(page("lantern"), "")]


def test_pseudo_headers_of_http_2_are_left_out(desk: LocalDesk, tmp_path: Path) -> None:
    bring(desk, tmp_path, Warc().answer(PIER, page("lantern"), protocol="HTTP/2", headers=[(":status", "200")]).bytes())
    (exchange,) = exchanges_of(desk, PIER)
    assert (exchange.http_version, exchange.status, exchange.answer_headers) == ("HTTP/2", 200, (("Content-Type", HTML),))


@pytest.mark.parametrize("how", ["stated", "short"])
def test_a_cut_answer_is_partly_saved(desk: LocalDesk, tmp_path: Path, how: str) -> None:
    cut = {"more": {"WARC-Truncated": "length"}} if how == "stated" else {"headers": [("Content-Length", "100000")]}
    bring(desk, tmp_path, Warc().answer(PIER, page("lantern"), **cut).bytes())
    assert (desk.source(PIER).state, desk.source(PIER).captures[0].verdict) == (SourceState.PARTIAL, Verdict.PARTIAL)


def test_a_revisit_is_the_answer_that_it_repeats_at_its_own_moment(desk: LocalDesk, tmp_path: Path) -> None:
    warc = Warc().answer(PIER, page("lantern")).again(PIER, at="2025-03-01T00:00:00Z", digest="sha1:unknown", repeats=PIER)
    bring(desk, tmp_path, warc.bytes())
    captures = desk.source(PIER).captures
    assert [capture.taken_at.month for capture in captures] == [3, 1]
    assert exchanges_of(desk, PIER)[0].body == page("lantern")


def test_a_revisit_of_another_file_is_said_to_be_left_out(desk: LocalDesk, tmp_path: Path) -> None:
    warc = Warc().answer(PIER, page("lantern")).again(LAMP, at="2025-03-01T00:00:00Z", digest="sha1:Z", repeats=LAMP)
    report, _ = bring(desk, tmp_path, warc.bytes())
    assert [problem.code for problem in report.problems] == ["web-archive-records-unrepeatable"]


def test_a_redirect_is_kept_with_the_page_it_leads_to(desk: LocalDesk, tmp_path: Path) -> None:
    old = "http://pier.example/old"
    warc = (
        Warc()
        .answer(old, b"", status="301 Moved", headers=[("Location", "/log")])
        .answer("http://pier.example/log", page("lantern"))
    )
    bring(desk, tmp_path, warc.bytes())
    assert [exchange.status for exchange in exchanges_of(desk, old)] == [301, 200]
    assert desk.source(old).state is SourceState.SAVED


def test_a_picture_that_no_page_claims_is_kept_and_said(desk: LocalDesk, tmp_path: Path) -> None:
    report, _ = bring(desk, tmp_path, Warc().answer(PIER, page("x")).answer(LAMP, b"\x89PNG", content_type="image/png").bytes())
    assert (report.new, report.others) == (1, 1)
    assert desk.source(LAMP).captures[0].verdict is Verdict.UNREADABLE


def test_an_answer_belongs_to_the_page_that_asked_for_it(desk: LocalDesk, tmp_path: Path) -> None:
    warc = Warc().answer(PIER, page("x")).answer(LAMP, b"\x89PNG", content_type="image/png", referrer=PIER)
    report, _ = bring(desk, tmp_path, warc.bytes())
    assert (report.others, len(exchanges_of(desk, PIER))) == (0, 2)


def test_a_page_that_says_it_is_gone_is_not_saved_and_takes_nothing_back(desk: LocalDesk, tmp_path: Path) -> None:
    gone = b"<html><head><title>404 Not Found</title></head><body><p>Page not found</p></body></html>"
    bring(desk, tmp_path, Warc().answer(PIER, page("lantern")).answer(PIER, gone, at="2026-01-01T00:00:00Z").bytes())
    assert desk.source(PIER).state is SourceState.SAVED
    assert [capture.verdict for capture in desk.source(PIER).captures] == [Verdict.ERROR_PAGE, Verdict.COMPLETE]


def test_the_pages_are_listed_in_a_document_whose_notes_lead_to_them(desk: LocalDesk, tmp_path: Path) -> None:
    hostile = "[a](b) <i>*x*</i> \u202e# log"
    listed = [
        {"url": PIER, "title": hostile, "ts": "2025-01-15T10:00:00Z"},
        {"url": "https://pier.example/lost", "title": "Lost"},
    ]
    data = wacz(
        Warc().answer(PIER, page("lantern")).answer("https://pier.example/frame", page("frame")).bytes(), listed, title="Piers"
    )
    report, _ = bring(desk, tmp_path, data, "piers.wacz")
    (arrival,) = report.lists
    assert arrival.document.role is Role.REPORT
    assert "Piers" in arrival.document.description.title
    entries = [passage.text for passage in desk.passages(arrival.document.document) if passage.markers]
    assert entries == ["[a](b) <i>*x*</i> # log", "Lost"]
    notes = desk.notes(arrival.document.document)
    assert [note.citations[0].address for note in notes] == [PIER, "https://pier.example/lost"]
    assert [desk.source(address).state for address in (PIER, "https://pier.example/lost")] == [
        SourceState.SAVED,
        SourceState.WAITING,
    ]
    assert desk.source(PIER).cited_at[0].document == arrival.document.document


def test_a_wacz_that_was_changed_is_said_to_be(desk: LocalDesk, tmp_path: Path) -> None:
    data = wacz(Warc().answer(PIER, page("lantern")).bytes(), [{"url": PIER}], spoilt=True)
    report, _ = bring(desk, tmp_path, data, "piers.wacz")
    assert [(problem.code, problem.detail) for problem in report.problems] == [("wacz-digest-differs", "archive/data.warc.gz")]
    assert report.new == 1


def test_a_damaged_record_does_not_stop_the_next(desk: LocalDesk, tmp_path: Path) -> None:
    first, second = (Warc().answer(address, page(address[-1])).bytes() for address in (PIER, PIER + "2"))
    spoilt = bytearray(Warc().answer(PIER + "1", page("z" * 300)).bytes())
    spoilt[40:80] = b"\xff" * 40
    report, _ = bring(desk, tmp_path, first + bytes(spoilt) + second)
    assert report.new == 2
    assert "web-archive-records-damaged" in {problem.code for problem in report.problems}


def test_a_gzip_in_one_piece_is_read(desk: LocalDesk, tmp_path: Path) -> None:
    plain = Warc(is_packed=False).answer(PIER, page("a")).answer(PIER + "2", page("b")).bytes()
    assert bring(desk, tmp_path, in_one_piece(plain))[0].new == 2


def test_what_is_no_web_archive_is_refused_and_nothing_is_changed(desk: LocalDesk, tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        bring(desk, tmp_path, in_one_piece(b"a list of ferries"))
    assert desk.about().captures == 0


def test_cancelled_leaves_whole_pages(desk: LocalDesk, tmp_path: Path) -> None:
    warc = Warc()
    for n in range(6):
        warc.answer(f"{PIER}{n}", page(str(n)))
    (tmp_path / "a.warc.gz").write_bytes(warc.bytes())
    told: list[object] = []
    job = Job()

    def tell(outcome: object) -> None:
        told.append(outcome)
        if len(told) == 3:
            job.cancel()

    with pytest.raises(Cancelled):
        saved.bring_in_pages(desk, tmp_path / "a.warc.gz", job=job, told=tell)
    assert desk.about().captures == 3
    assert desk.verify(job=Job()).is_whole


def test_progress_is_told_per_page(desk: LocalDesk, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(Warc().answer(PIER, page("a")).answer(PIER + "2", page("b")).bytes())
    steps: list[Step] = []
    saved.bring_in_pages(desk, tmp_path / "a.warc.gz", job=Job(steps.append), told=lambda _outcome: None)
    assert {(step.done, step.total) for step in steps} >= {(0, 2), (1, 2), (2, 2)}


def test_killed_while_pages_come_in_the_archive_holds_whole_captures(tmp_path: Path) -> None:
    warc = Warc()
    for n in range(40):
        warc.answer(f"{PIER}{n}", page(f"w{n}"), referrer=PIER)
    (tmp_path / "a.warc.gz").write_bytes(warc.bytes())
    IN_THIS_PROCESS.new(tmp_path / "K.ibid", title="K", passphrase=None).close()
    command = [sys.executable, "-m", "archive.cli", "import", str(tmp_path / "K.ibid"), str(tmp_path / "a.warc.gz"), "--json"]
    for told in (1, 4):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        for _ in range(told):
            process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()
        with IN_THIS_PROCESS.open(tmp_path / "K.ibid", passphrase=None) as desk:
            assert desk.verify(job=Job()).is_whole
            captured = [source for source in desk.sources() if source.captures]
            assert told <= len(captured) < 40
            assert all(source.state is SourceState.SAVED for source in captured)


def test_every_payload_is_what_warcio_alone_reads(desk: LocalDesk, data: Path) -> None:
    for name in (
        "ipwb/sample-1.warc.gz",
        "warc2zim/kiwix-with-redirects.warc.gz",
        "ipwb/froggie.warc.gz",
        "pywb/example.warc.gz",
    ):
        file = data / "webarchive" / name
        wanted = set()
        with file.open("rb") as opened:
            for record in ArchiveIterator(opened, arc2warc=True):
                is_good = (
                    record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode()[:1] == "2"
                )
                if is_good and record.rec_headers.get_header("WARC-Target-URI").startswith("http"):
                    wanted.add(hashlib.sha256(record.content_stream().read()).hexdigest())
        saved.bring_in_pages(desk, file, job=Job(), told=lambda _outcome: None)
        kept = set()
        for source in desk.sources():
            for capture in source.captures:
                kept |= {hashlib.sha256(each.body).hexdigest() for each in catalogue.exchanges(desk._folder, capture.capture)}
        assert wanted <= kept, name


def test_a_saved_page_can_be_attached_to_a_source(desk: LocalDesk) -> None:
    outcome = desk.attach_capture(PIER, page("lantern"), name="saved.html")
    assert (outcome.state, outcome.is_already_here) == (SourceState.SAVED, False)
    (exchange,) = exchanges_of(desk, PIER)
    assert exchange.method == ADDED_BY_HAND
    assert desk.search(Question(text="lantern")).count == 1


def test_a_picture_of_a_page_is_attached_as_it_is_and_counts_as_a_part(desk: LocalDesk) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(300)
    outcome = desk.attach_capture(PIER, picture, name="screen.png")
    assert (outcome.state, outcome.verdict, outcome.document) == (SourceState.PARTIAL, Verdict.UNREADABLE, None)
    [kept] = desk.source(PIER).captures
    assert (kept.media_type, kept.way, kept.size_bytes) == ("image/png", Way.ADDED, len(picture))
    assert desk.parts(kept.capture)[0].media_type == "image/png"


def test_an_mhtml_is_attached_with_its_parts_date_and_stated_place(desk: LocalDesk) -> None:
    stated = "https://www.pier.example/log?x=1"
    mail = (
        "From: <Saved>\nSnapshot-Content-Location: {0}\nDate: Wed, 15 Jan 2025 10:00:00 +0300\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\nContent-Location: {0}\n\n{1}\n'
        "--b\nContent-Type: image/png\nContent-Location: {2}\nContent-Transfer-Encoding: base64\n\niVBORw==\n--b--\n"
    ).format(stated, page("lantern").decode(), LAMP)
    desk.attach_capture(PIER, mail.encode(), name="a.mhtml")
    first, picture = exchanges_of(desk, PIER)
    assert first.fetched_at == datetime(2025, 1, 15, 7, tzinfo=UTC)
    assert ("Content-Location", stated) in first.answer_headers
    assert (picture.address, picture.body) == (LAMP, b"\x89PNG")


def test_a_web_archive_gives_what_it_holds_of_the_address_it_is_attached_to(desk: LocalDesk) -> None:
    warc = Warc().answer(PIER, page("lantern")).answer(PIER + "2", page("beacon")).bytes()
    desk.attach_capture(PIER, warc, name="a.warc.gz")
    assert desk.search(Question(text="beacon")).count == 0
    with pytest.raises(NotInFile):
        desk.attach_capture("https://elsewhere.example/", warc, name="a.warc.gz")


@pytest.mark.parametrize(
    "change",
    [{"address": "javascript:alert(1)"}, {"address": "https://Pier.Example/log"}, {"fetched_at": datetime(2025, 1, 1)}],  # noqa: DTZ001
)
def test_a_page_that_does_not_hold_together_is_refused(desk: LocalDesk, change: dict[str, object]) -> None:
    made = {"address": PIER, "fetched_at": datetime(2025, 1, 1, tzinfo=UTC)} | change
    exchange = Exchange(
        method="GET", status=200, reason="OK", request_headers=(), answer_headers=(), http_version="HTTP/1.1", body=b"x", **made
    )
    page_given = SavedPage(fetched=Fetched(address=PIER, ending=Ending.COMPLETE, exchanges=(exchange,)))
    with pytest.raises(ReaderGaveUp):
        desk.keep_saved(page_given)
    assert desk.about().captures == 0


def test_one_file_attached_to_two_sources_is_two_captures(desk: LocalDesk) -> None:
    for address in (PIER, "https://mirror.example/log"):
        desk.attach_capture(address, page("lantern"), name="saved.html")
        assert len(desk.source(address).captures) == 1
