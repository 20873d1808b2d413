"""A web archive that Ibid writes is valid, holds every byte, and comes in again as what it was."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import types
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive import api, saved
from archive.api import FrontDesk
from archive.errors import NothingToShare, TargetExists
from archive.front_desk import IN_THIS_PROCESS
from archive.model.saved import SavedPage
from archive.model.sharing import WebArchiveKind
from archive.model.source import ADDED_BY_HAND, Ending, Exchange, Fetched, Way
from archive.progress import Cancelled, Job
from archive.sharing.exports.web_archive import key_of
from tests.archive.web_files import page

PIER = "https://pier.example/lights"
AT = datetime(2025, 1, 15, 10, 0, 0, 250_000, tzinfo=UTC)


def _exchange(address: str, body: bytes, **more: object) -> Exchange:
    usual = Exchange(
        address=address,
        method="GET",
        status=200,
        reason="OK",
        request_headers=(("Host", "pier.example"), ("Accept", "*/*")),
        answer_headers=(("Content-Type", "text/html; charset=utf-8"), ("X-Crew", "два матроса")),
        fetched_at=AT,
        http_version="HTTP/1.1",
        body=body,
    )
    return msgspec.structs.replace(usual, **more)


def _packed_page() -> Exchange:
    body = page("lights", head='<link rel="stylesheet" href="/pier.css">')
    headers = (
        ("Server", "pier"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", str(len(gzip.compress(body)))),
        ("Content-Type", "text/html; charset=utf-8"),
    )
    return _exchange(PIER, body, answer_headers=headers, coding="gzip")


def _pages() -> list[Fetched]:
    moved = _exchange(
        "http://pier.example/lights",
        b"",
        status=301,
        reason="Moved",
        answer_headers=(("Location", PIER), ("Content-Length", "0")),
    )
    css = _exchange("https://pier.example/pier.css", b"p { color: navy }", answer_headers=(("Content-Type", "text/css"),))
    cut = _exchange(
        "https://pier.example/cut", page("cut"), answer_headers=(("Content-Type", "text/html"), ("Content-Length", "90000"))
    )
    by_hand = _exchange("https://pier.example/by-hand", page("hand"), method=ADDED_BY_HAND, request_headers=())
    return [
        Fetched(address=moved.address, ending=Ending.COMPLETE, exchanges=(moved, _packed_page()), requisites=(css,)),
        Fetched(address=cut.address, ending=Ending.PARTIAL, exchanges=(cut,)),
        Fetched(address=by_hand.address, ending=Ending.COMPLETE, exchanges=(by_hand,), way=Way.ADDED),
    ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FrontDesk]:
    """An archive with a page behind a redirect that came packed and has a style, a page that broke off, and one that a person added."""
    with IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="Прычал", passphrase=None) as made:
        for fetched in _pages():
            made.keep_saved(SavedPage(fetched=fetched))
        yield made


def _exchanges(desk: FrontDesk) -> dict[tuple[str, datetime], str]:
    parcels = [desk.give(item).capture for item in desk.items() if item.is_capture]
    assert all(parcels)
    return {
        (e.address, e.fetched_at): hashlib.sha256(e.body).hexdigest() for parcel in parcels if parcel for e in parcel.exchanges
    }


def _names(desk: FrontDesk, address: str) -> set[str]:
    return {capture.capture for capture in desk.source(address).captures}


def _records(file: Path) -> list[tuple[str, str, dict[str, str], bytes]]:
    with file.open("rb") as opened:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                dict(record.http_headers.headers if record.http_headers else record.rec_headers.headers),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(opened)
        ]


@pytest.mark.parametrize("kind", list(WebArchiveKind))
def test_a_web_archive_brought_in_again_holds_every_byte_under_the_same_names(
    desk: FrontDesk, kind: WebArchiveKind, tmp_path: Path
) -> None:
    file = tmp_path / f"out.{kind}"
    done = api.export_web_archive(desk, file, kind=kind, job=Job())
    assert (done.captures, done.answers) == (3, 5)
    with IN_THIS_PROCESS.new(tmp_path / "b.ibid", title="B", passphrase=None) as other:
        saved.bring_in_pages(other, file, job=Job(), told=lambda _outcome: None)
        assert _exchanges(other) == _exchanges(desk)
        assert _names(desk, "http://pier.example/lights") <= _names(other, "http://pier.example/lights")
        assert _names(desk, "https://pier.example/cut") == _names(other, "https://pier.example/cut")
        assert other.source("https://pier.example/cut").state == desk.source("https://pier.example/cut").state


def test_every_digest_in_a_warc_is_right_and_each_kind_of_exchange_has_its_record(desk: FrontDesk, tmp_path: Path) -> None:
    file = tmp_path / "out.warc.gz"
    api.export_web_archive(desk, file, kind=WebArchiveKind.WARC, job=Job())
    assert Checker(types.SimpleNamespace(inputs=[str(file)], verbose=False)).process_all() == 0
    records = _records(file)
    kinds = [kind for kind, *_ in records]
    assert kinds[0] == "warcinfo"
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "warcinfo": 1,
        "response": 4,
        "request": 4,
        "metadata": 3,
        "resource": 1,
    }
    headers = next(headers for kind, address, headers, _ in records if (kind, address) == ("response", PIER))
    assert "Transfer-Encoding" not in headers
    assert "Content-Encoding" not in headers
    assert headers["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert headers["Content-Length"] == str(len(_packed_page().body))
    about = [json.loads(body) for kind, _, _, body in records if kind == "metadata"]
    assert {each["way"] for each in about} == {"page", "added"}


def test_the_index_of_a_wacz_leads_to_its_records_and_every_part_has_its_digest(desk: FrontDesk, tmp_path: Path) -> None:
    file = tmp_path / "out.wacz"
    api.export_web_archive(desk, file, kind=WebArchiveKind.WACZ, job=Job())
    with zipfile.ZipFile(file) as packed:
        assert {part.compress_type for part in packed.infolist()} == {zipfile.ZIP_STORED}
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    package = json.loads(parts["datapackage.json"])
    stated = {one["path"]: (one["hash"], one["bytes"]) for one in package["resources"]}
    held = {
        path: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        for path, data in parts.items()
        if "datapackage" not in path
    }
    assert stated == held
    assert package["title"] == "Прычал"
    digest = json.loads(parts["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(parts['datapackage.json']).hexdigest()}"
    lines = gzip.decompress(parts["indexes/index.cdx.gz"]).decode().splitlines()
    assert lines == sorted(lines, key=str.encode)
    for line in lines:
        _key, moment, about_text = line.split(" ", 2)
        about = json.loads(about_text)
        piece = parts["archive/data.warc.gz"][int(about["offset"]) :][: int(about["length"])]
        record = next(iter(ArchiveIterator(io.BytesIO(piece))))
        assert record.rec_headers.get_header("WARC-Target-URI") == about["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == about["digest"]
        assert moment == "20250115100000"
    pages = [json.loads(line) for line in parts["pages/pages.jsonl"].splitlines()]
    assert {one["url"] for one in pages[1:]} == {PIER, "https://pier.example/cut", "https://pier.example/by-hand"}
    assert "Nobody on the pier" in next(one["text"] for one in pages[1:] if one["url"] == PIER)


def test_the_same_captures_give_the_same_bytes(desk: FrontDesk, tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        api.export_web_archive(desk, tmp_path / name, kind=WebArchiveKind.WACZ, job=Job())
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_header_with_a_line_break_in_it_stays_one_header(tmp_path: Path) -> None:
    evil = _exchange(PIER, page("evil"), answer_headers=(("Content-Type", "text/html"), ("X", "a\r\nSet-Cookie: b=c\r\n\r\n<b>")))
    with IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="A", passphrase=None) as desk:
        desk.keep_saved(SavedPage(fetched=Fetched(address=PIER, ending=Ending.COMPLETE, exchanges=(evil,))))
        api.export_web_archive(desk, tmp_path / "out", kind=WebArchiveKind.WARC, job=Job())
    [(headers, body)] = [(headers, body) for kind, _, headers, body in _records(tmp_path / "out") if kind == "response"]
    assert "Set-Cookie" not in headers
    assert body == evil.body


def test_what_stands_there_already_is_left_and_a_cancelled_export_leaves_nothing(desk: FrontDesk, tmp_path: Path) -> None:
    file = tmp_path / "out.warc"
    file.write_text("mine")
    with pytest.raises(TargetExists):
        api.export_web_archive(desk, file, kind=WebArchiveKind.WARC, job=Job())
    assert file.read_text() == "mine"
    job = Job(lambda step: job.cancel() if step.done == 1 else None)
    with pytest.raises(Cancelled):
        api.export_web_archive(desk, tmp_path / "other.wacz", kind=WebArchiveKind.WACZ, job=job)
    assert not list(tmp_path.glob("other*"))


def test_an_archive_without_captures_says_that_there_is_nothing_to_write(tmp_path: Path) -> None:
    with IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="A", passphrase=None) as desk, pytest.raises(NothingToShare):
        api.export_web_archive(desk, tmp_path / "out", kind=WebArchiveKind.WARC, job=Job())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.A.org/x?b=2&a=1", "org,a)/x?a=1&b=2"),
        ("http://news.a.org:8080/Page", "org,a,news:8080)/page"),
        ("https://a.org/", "org,a)/"),
    ],
)
def test_an_index_is_sorted_by_the_host_from_behind(address: str, key: str) -> None:
    assert key_of(address) == key


@pytest.mark.parametrize("name", ["warc2zim/http-return-codes.warc.gz", "warcio/example.arc.gz"])
def test_a_real_web_archive_goes_through_without_losing_a_byte(name: str, data: Path, tmp_path: Path) -> None:
    with (
        IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="A", passphrase=None) as one,
        IN_THIS_PROCESS.new(tmp_path / "b.ibid", title="B", passphrase=None) as two,
    ):
        saved.bring_in_pages(one, data / "webarchive" / name, job=Job(), told=lambda _outcome: None)
        api.export_web_archive(one, tmp_path / "out.wacz", kind=WebArchiveKind.WACZ, job=Job())
        saved.bring_in_pages(two, tmp_path / "out.wacz", job=Job(), told=lambda _outcome: None)
        assert _exchanges(one) == _exchanges(two) != {}
