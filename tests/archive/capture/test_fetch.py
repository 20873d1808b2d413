"""One address, fetched from a real server on the loopback."""

from __future__ import annotations

import socket
import threading
import time
import tracemalloc

import pytest

from archive.capture.connect import Call
from archive.capture.fetch import USER_AGENT, fetch
from archive.errors import HostNotFound
from archive.model.source import Ending, Fetched, FetchOrder
from archive.progress import Cancelled
from archive.settings import CaptureLimits

NEARBY = ("127.0.0.1",)


def _fetch(site, path: str, limits: CaptureLimits) -> Fetched:
    return fetch(FetchOrder(address=site.at(path), allowed_private=NEARBY), limits)


def test_a_page_comes_with_everything_a_web_archive_record_needs(site, limits, article) -> None:
    fetched = _fetch(site, "/article", limits)
    (exchange,) = fetched.exchanges
    assert fetched.ending is Ending.COMPLETE
    assert (exchange.status, exchange.reason, exchange.http_version, exchange.method) == (200, "OK", "HTTP/1.1", "GET")
    assert exchange.body.decode() == article
    assert ("X-MiXeD-CaSe", "kept") in exchange.answer_headers
    assert [name for name, _ in exchange.answer_headers][:3] == ["Server", "Date", "Content-Type"]
    assert [name for name, _ in exchange.request_headers] == [
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Upgrade-Insecure-Requests",
    ]
    assert exchange.fetched_at.utcoffset() is not None


def test_a_request_says_nothing_of_the_machine(site, limits, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert _fetch(site, "/moved", limits).ending is Ending.COMPLETE
    for _, headers in site.seen:
        assert headers["User-Agent"] == USER_AGENT
        assert "Ibid" not in str(headers)
        assert not {"Referer", "Cookie", "From", "Via"} & set(headers)


def test_a_redirect_is_followed_and_both_answers_are_kept(site, limits, article) -> None:
    fetched = _fetch(site, "/moved", limits)
    assert [exchange.status for exchange in fetched.exchanges] == [301, 200]
    assert fetched.exchanges[-1].address == site.at("/article")
    assert fetched.exchanges[-1].body.decode() == article


@pytest.mark.parametrize(
    ("path", "reason"), [("/inside", "local_name"), ("/to-metadata", "private"), ("/to-file", "scheme")], ids=lambda value: value
)
def test_a_redirect_to_where_ibid_may_not_go_is_refused_and_the_redirect_is_kept(site, limits, path, reason) -> None:
    fetched = _fetch(site, path, limits)
    assert (fetched.ending, fetched.error, fetched.facts["reason"]) == (Ending.FAILED, "request-refused", reason)
    assert [exchange.status for exchange in fetched.exchanges] == [302]
    assert len(site.seen) == 1


def test_a_host_on_the_loopback_is_refused_unless_the_person_named_it(site, limits) -> None:
    fetched = fetch(FetchOrder(address=site.at("/article")), limits)
    assert (fetched.error, fetched.facts["reason"]) == ("request-refused", "private")
    assert fetched.exchanges == ()
    assert site.seen == []


def test_a_name_that_turns_private_after_it_was_checked_gains_nothing(site, limits, monkeypatch) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", connect)
    order = FetchOrder(address=site.at("/article", host="rebinding.org"))
    first = fetch(order, limits, resolve=lambda _host, _port: next(answers))
    assert connected == [("93.184.215.14", site.server_port)], "to the address that was checked, without asking the name again"
    assert first.facts["reason"] == "refused"
    second = fetch(order, limits, resolve=lambda _host, _port: next(answers))
    assert (second.error, len(connected)) == ("request-refused", 1)


def test_the_host_header_keeps_the_name_while_the_connection_goes_to_the_address(site, limits) -> None:
    order = FetchOrder(address=site.at("/article", host="named.org"), allowed_private=("named.org",))
    fetched = fetch(order, limits, resolve=lambda _host, _port: ["127.0.0.1"])
    assert fetched.ending is Ending.COMPLETE
    assert site.seen[0][1]["Host"] == f"named.org:{site.server_port}"


def test_a_redirect_loop_ends_at_the_limit(site, limits) -> None:
    fetched = _fetch(site, "/round", limits)
    assert (fetched.error, fetched.facts["limit"]) == ("too-many-redirects", 5)
    assert len(fetched.exchanges) == 6


def test_a_cookie_returns_to_its_host_within_one_source_only(site, limits) -> None:
    assert _fetch(site, "/cookie-door", limits).exchanges[-1].status == 200
    site.seen.clear()
    _fetch(site, "/article", limits)
    assert "Cookie" not in site.seen[0][1]


def test_a_cookie_is_kept_nowhere(site, limits) -> None:
    for page in ("/cookie-door", "/article"):
        kept = [
            name.lower()
            for one in _fetch(site, page, limits).exchanges
            for name, _ in (*one.request_headers, *one.answer_headers)
        ]
        assert "content-type" in kept
        assert not {"cookie", "set-cookie"} & set(kept)


def test_a_cookie_of_one_site_is_not_sent_to_another(site, limits) -> None:
    site.elsewhere = site.at("/article", host="other.org")
    order = FetchOrder(address=site.at("/cookie-away", host="one.org"), allowed_private=("one.org", "other.org"))
    assert fetch(order, limits, resolve=lambda _host, _port: ["127.0.0.1"]).ending is Ending.COMPLETE
    assert [path for path, _ in site.seen] == ["/cookie-away", "/article"]
    assert "Cookie" not in site.seen[1][1]


@pytest.mark.parametrize("path", ["/slow", "/drip-headers"])
def test_an_answer_that_does_not_begin_in_time_failed(site, hasty, path) -> None:
    begun_s = time.monotonic()
    fetched = _fetch(site, path, hasty)
    assert (fetched.ending, fetched.error, fetched.facts["limit_s"]) == (Ending.FAILED, "took-too-long", hasty.page_s)
    assert fetched.exchanges == ()
    assert time.monotonic() - begun_s < 2


def test_a_byte_now_and_then_is_not_progress_and_what_came_is_partial(site, hasty, article) -> None:
    begun_s = time.monotonic()
    fetched = _fetch(site, "/drip", hasty)
    assert (fetched.ending, fetched.error) == (Ending.PARTIAL, "took-too-long")
    assert article.encode().startswith(fetched.exchanges[-1].body)
    assert time.monotonic() - begun_s < 2


@pytest.mark.parametrize("path", ["/endless", "/bomb", "/bomb-in-bomb"])
def test_a_body_over_the_limit_is_not_kept(site, limits, path) -> None:
    fetched = _fetch(site, path, limits)
    assert (fetched.ending, fetched.error, fetched.facts["limit_bytes"]) == (Ending.FAILED, "answer-too-large", 2 << 20)
    assert fetched.exchanges == ()


@pytest.mark.parametrize("path", ["/cut", "/half-gzip"])
def test_a_body_that_breaks_off_is_partial_and_never_complete(site, limits, path, article) -> None:
    fetched = _fetch(site, path, limits)
    assert (fetched.ending, fetched.error, fetched.facts["reason"]) == (Ending.PARTIAL, "host-unreachable", "dropped")
    assert article.encode().startswith(fetched.exchanges[-1].body)


@pytest.mark.parametrize(("path", "coding"), [("/gzip", "gzip"), ("/bare-deflate", "deflate")])
def test_a_packed_body_is_unpacked_and_its_coding_remembered(site, limits, path, coding, article) -> None:
    (exchange,) = _fetch(site, path, limits).exchanges
    assert exchange.body.decode() == article
    assert exchange.coding == coding


def test_a_coding_that_was_not_asked_for_is_against_the_protocol(site, limits) -> None:
    fetched = _fetch(site, "/zstandard", limits)
    assert (fetched.ending, fetched.facts["reason"]) == (Ending.FAILED, "protocol")


def test_a_port_where_nobody_listens_refused(limits) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    fetched = fetch(FetchOrder(address=f"http://127.0.0.1:{port}/", allowed_private=NEARBY), limits)
    assert (fetched.error, fetched.facts) == ("host-unreachable", {"host": "127.0.0.1", "reason": "refused"})


def test_a_plain_server_asked_for_tls_is_not_trusted(site, limits) -> None:
    address = site.at("/article").replace("http:", "https:")
    fetched = fetch(FetchOrder(address=address, allowed_private=NEARBY), limits)
    assert (fetched.error, fetched.facts["reason"]) == ("host-unreachable", "tls")


def test_a_name_without_address_and_a_resolver_that_dawdles_are_told_apart(hasty) -> None:
    def none(host: str, _port: int) -> list[str]:
        raise HostNotFound(host=host)

    wake = threading.Event()

    def dawdle(_host: str, _port: int) -> list[str]:
        wake.wait(5)
        return []

    order = FetchOrder(address="https://nobody.org/")
    assert fetch(order, hasty, resolve=none).error == "host-not-found"
    slow = fetch(order, hasty, resolve=dawdle)
    wake.set()
    assert (slow.error, slow.facts["reason"]) == ("host-unreachable", "dns")


def test_a_stopped_call_ends_at_once(site) -> None:
    limits = CaptureLimits(page_s=30)
    call = Call(limits)
    timer = threading.Timer(0.2, call.stop)
    timer.start()
    begun_s = time.monotonic()
    with pytest.raises(Cancelled):
        fetch(FetchOrder(address=site.at("/slow"), allowed_private=NEARBY), limits, call=call)
    assert time.monotonic() - begun_s < 2


@pytest.mark.parametrize(
    ("host", "path", "most_mib"),
    [("endless.test", "/", 8), ("packed.test", "/bomb", 16), ("packed.test", "/bomb-br", 32)],  # Brotli has a window of its own
)
def test_what_is_too_large_is_never_all_in_memory(web, limits, host, path, most_mib) -> None:
    order = FetchOrder(address=web.at(host, path), allowed_private=web.hosts)
    tracemalloc.start()
    try:
        for _ in range(3):
            assert fetch(order, limits, resolve=web.resolve).error == "answer-too-large"
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < most_mib << 20
