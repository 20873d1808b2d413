"""What a fetcher brought of the loopback web, written as a web archive: valid for others, every byte of it, and found under the addresses of the originals."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.capture.fetch import fetch
from archive.capture.verdict import judge
from archive.intake.capture_sources import make_capture
from archive.model.sharing import ParcelCapture
from archive.model.source import Fetched, FetchOrder, Verdict, Way
from archive.settings import CaptureLimits
from archive.sharing.exports.web_archive import write_warc
from tests.web.keeper import Keeper
from tests.web.serving import Answer, Web
from tests.web.sites import CASES
from tests.web.words import article


def _all_of(web: Web) -> list[Fetched]:
    limits = CaptureLimits(body_bytes=2 << 20, pace_s=0.0, timegate="")
    brought = []
    for case in CASES:
        if case.outcome[1] is not None and not case.is_hurried:
            order = FetchOrder(address=web.at(case.host, case.path, is_secure=case.is_secure), allowed_private=web.hosts)
            brought.append(fetch(order, limits, resolve=web.resolve, trust=web.trust))
    return brought


def _as_warc(brought: list[Fetched]) -> bytes:
    parcels = []
    for fetched in brought:
        capture = make_capture(fetched, judge(fetched, text="words " * 200)[1] or Verdict.COMPLETE, None)
        parcels.append(ParcelCapture(capture=capture, exchanges=fetched.exchanges + fetched.requisites))
    file = io.BytesIO()
    write_warc(file, parcels, program="Ibid")
    return file.getvalue()


def _answers(data: bytes) -> list[tuple[str, str | None, bytes]]:
    return [
        (
            record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Truncated"),
            record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(data))
        if record.rec_type == "response"
    ]


def test_all_that_came_is_a_valid_web_archive_with_every_byte(web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought = _all_of(web)
    file = tmp_path / "all.warc.gz"
    file.write_bytes(_as_warc(brought))
    checker = Checker(type("Options", (), {"inputs": [str(file)], "verbose": False, "warc_arc_reader_options": {}})())
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out
    answers = _answers(file.read_bytes())
    came = {(each.address, each.body) for fetched in brought for each in fetched.exchanges + fetched.requisites}
    assert {(address, body) for address, _, body in answers} == came
    truncated = {address for address, cut, _ in answers if cut}
    assert web.at("lengths.test", "/longer") in truncated
    assert web.at("bare.test", "/") not in truncated, "the page came whole, only its style did not"


def test_a_copy_of_others_stands_under_the_addresses_of_the_originals(web) -> None:
    keeper = Keeper()
    web.sites = {**web.sites, **keeper.sites()}
    address = web.at("holes.test", "/gone-page")
    keeper.keep(address, "20190212031500", Answer(article(extra="<img src=/there.png alt=''>")))
    keeper.keep(web.at("holes.test", "/there.png"), "20190212031500", Answer(b"picture", kind="image/png"))
    limits = CaptureLimits(pace_s=0.0, timegate=web.at("keeper.test", "/web/"))
    fetched = fetch(FetchOrder(address=address, allowed_private=web.hosts), limits, resolve=web.resolve)
    assert fetched.way is Way.COPY
    answers = _answers(_as_warc([fetched]))
    assert {address for address, _, _ in answers} == {address, web.at("holes.test", "/there.png")}
