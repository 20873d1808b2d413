"""What a page needs comes with it: from the right places, within limits, and what did not come is told."""

from __future__ import annotations

import socket

import msgspec
import pytest

from archive.capture.fetch import fetch
from archive.model.source import Ending, Fetched, FetchOrder
from archive.settings import CaptureLimits
from tests.web.layout_sites import LAYOUT_SITES
from tests.web.serving import Answer, open_web
from tests.web.sites import CASES
from tests.web.words import article, png

INSIDE = ("localhost", "printer.local", "router.lan", "169.254.169.254", "192.168.0.1", "2130706433", "::1", "::ffff:a00:1")


def _fetch(web, host: str, limits: CaptureLimits, path: str = "/") -> Fetched:
    allowed = tuple(name for name in web.hosts if name not in INSIDE)
    return fetch(FetchOrder(address=web.at(host, path), allowed_private=allowed), limits, resolve=web.resolve)


def _missing(fetched: Fetched) -> dict[str, str]:
    return {part.address: part.error for part in fetched.evidence.missing}


@pytest.mark.parametrize("case", [case for case in CASES if case.parts is not None], ids=lambda case: case.name)
def test_a_page_comes_with_all_that_it_names_and_nothing_else(web, limits, case) -> None:
    limits = msgspec.structs.replace(limits, page_s=0.8 if case.is_hurried else limits.page_s)
    order = FetchOrder(address=web.at(case.host, case.path, is_secure=case.is_secure), allowed_private=web.hosts)
    fetched = fetch(order, limits, resolve=web.resolve, trust=web.trust)
    good = [exchange.address for exchange in fetched.requisites if exchange.status == 200]
    assert len(good) == case.parts, good
    assert fetched.exchanges[-1].status == 200
    asked = [(seen.host, seen.path) for seen in web.seen]
    assert len(asked) == len(set(asked)), "asked twice"
    assert not {path for _, path in asked} & {
        "/app.js",
        "/feed.xml",
        "/never.png",
        "/elsewhere.html",
        "/robots.txt",
        "/favicon.ico",
    }


def test_a_redirect_of_a_part_is_kept_with_it(web, limits) -> None:
    fetched = _fetch(web, "moved-parts.test", limits)
    assert [(one.address.partition("test:")[2].partition("/")[2], one.status) for one in fetched.requisites] == [
        *[("old.css", 301), ("new.css", 200), ("old.png", 302), ("6.png", 200), ("bar.png", 200)],
    ]


def test_a_part_whose_own_host_has_it_not_is_told_and_the_page_is_whole(web, limits) -> None:
    fetched = _fetch(web, "holes.test", limits)
    assert (fetched.ending, fetched.error) == (Ending.COMPLETE, None)
    assert _missing(fetched) == {web.at("holes.test", "/gone.css"): "not-served", web.at("holes.test", "/gone.png"): "not-served"}


@pytest.mark.parametrize(("host", "count"), [("bare.test", 1), ("blind.test", 3), ("frameless.test", 2)])
def test_a_page_without_what_matters_is_partial_and_says_how_much_is_missing(web, limits, host, count) -> None:
    fetched = _fetch(web, host, limits)
    assert (fetched.ending, fetched.error, fetched.facts) == (Ending.PARTIAL, "parts-missing", {"host": host, "count": count})
    assert len(_missing(fetched)) == count


def test_no_part_is_asked_for_inside_the_archivists_network(web, limits, monkeypatch) -> None:
    connected: list[tuple[str, int]] = []
    connect = socket.create_connection

    def watch(address: tuple[str, int], *arguments: object, **named: object) -> socket.socket:
        connected.append(address)
        return connect(address, *arguments, **named)

    monkeypatch.setattr("socket.create_connection", watch)
    fetched = _fetch(web, "inside.test", limits)
    errors = _missing(fetched)
    refused = {address for address, error in errors.items() if error == "request-refused"}
    assert {address.partition("//")[2].partition("/")[0] for address in refused} == {
        *("printer.local", "169.254.169.254", "[::1]", "[::ffff:a00:1]", "router.lan", "localhost"),
        f"inside.test:{web.port}",
    }
    assert set(errors.values()) <= {"request-refused", "host-not-found"}
    assert {host for host, _ in connected} == {"127.0.0.1"}
    assert {seen.host for seen in web.seen} == {"inside.test"}


def test_a_part_whose_name_turns_private_gains_nothing(limits) -> None:
    sites = {
        "front.test": {
            "/": lambda visit: visit.send(Answer(article(extra=f"<img src='//turning.org:{visit.server.web.port}/x.png'>")))
        }
    }
    with open_web(sites) as web:
        order = FetchOrder(address=web.at("front.test"), allowed_private=("front.test",))
        fetched = fetch(order, limits, resolve=lambda _host, _port: ("127.0.0.1",))
        assert _missing(fetched) == {f"http://turning.org:{web.port}/x.png": "request-refused"}
        assert [seen.host for seen in web.seen] == ["front.test"]


def test_a_cookie_goes_with_parts_of_its_own_host_and_no_referrer_with_any(web, limits) -> None:
    fetched = _fetch(web, "quiet.test", limits)
    assert _missing(fetched) == {}
    by_host = {seen.host: seen.headers for seen in web.seen}
    assert by_host["quiet.test"]["Cookie"] == "room=7"
    assert "Cookie" not in by_host["nosy.test"]
    assert not any("Referer" in seen.headers for seen in web.seen)
    kept = [name.lower() for one in fetched.requisites for name, _ in (*one.request_headers, *one.answer_headers)]
    assert not {"cookie", "set-cookie"} & set(kept)


def test_a_part_that_hangs_does_not_hold_up_the_others_nor_the_page(web, limits) -> None:
    fetched = _fetch(web, "hung.test", msgspec.structs.replace(limits, part_s=0.3))
    assert fetched.ending is Ending.COMPLETE
    assert _missing(fetched) == {web.at("hung.test", "/slow.png"): "took-too-long"}
    assert fetched.duration_ms < 3000


def test_a_page_that_names_more_than_is_allowed_gets_what_is_allowed_and_says_so(limits) -> None:
    sites = {"many.test": {"/": Answer(article(extra="".join(f"<img src=/{n}.png alt=''>" for n in range(50))))}}
    sites["many.test"] |= {f"/{n}.png": Answer(png(n, n, n, size_px=2), kind="image/png") for n in range(50)}
    with open_web(sites) as web:
        fetched = _fetch(web, "many.test", msgspec.structs.replace(limits, parts=10))
        assert (len(fetched.requisites), len(web.seen)) == (10, 11)
        assert list(_missing(fetched).values()) == ["answer-too-large"] * 40


def test_parts_share_the_bytes_that_a_page_may_have(limits) -> None:
    sites = {
        "heavy.test": {"/": Answer(article(extra="<img src=/1.bin><img src=/2.bin><img src=/3.bin><video src=/4.bin></video>"))}
    }
    sites["heavy.test"] |= {f"/{n}.bin": Answer(bytes(600_000 if n < 4 else 900_000), kind="image/png") for n in range(1, 5)}
    with open_web(sites) as web:
        fetched = _fetch(web, "heavy.test", msgspec.structs.replace(limits, body_bytes=1_500_000, part_bytes=700_000))
        kept = sum(len(one.body) for one in (*fetched.exchanges, *fetched.requisites))
        assert 600_000 < kept <= 1_500_000
        assert _missing(fetched)[web.at("heavy.test", "/4.bin")] == "answer-too-large"


def test_frames_that_hold_each_other_end(web, limits) -> None:
    fetched = _fetch(web, "frames.test", limits)
    assert len({one.address for one in fetched.requisites}) == len(fetched.requisites) == 5


def test_a_file_is_taken_as_it_is(web, limits) -> None:
    for path in ("/report.pdf", "/report.docx", "/picture.png", "/notes.txt"):
        web.seen.clear()
        fetched = _fetch(web, "files.test", limits, path)
        assert (fetched.ending, fetched.requisites, len(web.seen)) == (Ending.COMPLETE, (), 1)


def test_a_page_that_only_sends_on_is_kept_beside_and_what_it_leads_to_is_the_page(web, limits) -> None:
    fetched = _fetch(web, "redirects.test", limits, "/by-page")
    assert [one.address for one in fetched.exchanges] == [web.at("redirects.test", "/0")]
    assert fetched.requisites[0].address == web.at("redirects.test", "/by-page")


def test_every_page_of_the_layouts_is_among_the_cases() -> None:
    served = {host for host in LAYOUT_SITES if not set(LAYOUT_SITES[host]).isdisjoint({"/", "/a/b/page.html", "/deep/in/here"})}
    assert served - {case.host for case in CASES} == set()
