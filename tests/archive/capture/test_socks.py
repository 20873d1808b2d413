"""Through a SOCKS proxy: names go to it unasked, nothing else connects, and no rule is weaker."""

from __future__ import annotations

import socket

import msgspec
import pytest

from archive.capture.fetch import fetch
from archive.capture.policy import proxy_of
from archive.errors import ProxyUnreadable
from archive.model.source import Ending, Fetched, FetchOrder
from tests.web.serving import Answer, open_web
from tests.web.socks import SocksServer, open_socks
from tests.web.words import article

ONION = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion"


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every name that somebody looks up on this machine."""
    looked_up: list[object] = []
    getaddrinfo = socket.getaddrinfo

    def watch(host: object, *arguments: object, **named: object) -> object:
        if host != "127.0.0.1":
            looked_up.append(host)
        return getaddrinfo(host, *arguments, **named)

    monkeypatch.setattr("socket.getaddrinfo", watch)
    return looked_up


def _fetch(socks: SocksServer, limits, address: str, *allowed: str, trust=None) -> Fetched:
    limits = msgspec.structs.replace(limits, proxy=socks.address, redirects=20)

    def never(host: str, _port: int) -> tuple[str, ...]:
        raise AssertionError(f"{host} was looked up")

    return fetch(FetchOrder(address=address, allowed_private=allowed), limits, resolve=never, trust=trust)


def test_a_page_with_its_parts_comes_through_the_proxy_and_no_name_is_looked_up(web, limits, no_names) -> None:
    with open_socks(web.port) as socks:
        fetched = _fetch(socks, limits, "http://absolute.test/", *web.hosts)
    assert (fetched.ending, len(fetched.requisites)) == (Ending.COMPLETE, 2)
    assert {(kind, name) for kind, name, _ in socks.asked} == {(3, "absolute.test"), (3, "pictures.test")}
    assert no_names == []


def test_an_onion_is_reached_through_the_proxy_only(limits, no_names) -> None:
    with open_web({ONION: {"/": Answer(article())}}) as web, open_socks(web.port) as socks:
        assert _fetch(socks, limits, f"http://{ONION}/").ending is Ending.COMPLETE
        assert socks.asked == [(3, ONION, 80)]
        refused = fetch(FetchOrder(address=f"http://{ONION}/"), limits)
    assert (refused.error, refused.facts["reason"]) == ("request-refused", "onion")
    assert no_names == []


def test_tls_is_spoken_through_the_proxy_with_the_name(web, limits) -> None:
    with open_socks(web.secure_port) as socks:
        fetched = _fetch(socks, limits, "https://secure.test/", "secure.test", trust=web.trust)
    assert fetched.ending is Ending.COMPLETE
    assert [certificate.host for certificate in fetched.evidence.certificates] == ["secure.test"]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://127.0.0.1/",
            "http://10.0.0.1:8080/",
            "http://169.254.169.254/latest/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
        ),
        *("http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://[64:ff9b::7f00:1]/"),
        *(
            "http://localhost/",
            "http://printer.local/",
            "http://router/",
            "http://a.org:25/",
            "file:///etc/hosts",
            "http://x.test/",
        ),
    ],
)
def test_what_ibid_never_asks_for_is_not_asked_of_the_proxy_either(limits, address) -> None:
    with open_socks(1) as socks:
        fetched = _fetch(socks, limits, address)
        assert fetched.error in {"request-refused", "host-not-found"}
        assert socks.asked == []


def test_a_redirect_inside_is_refused_behind_a_proxy_too(web, limits) -> None:
    with open_socks(web.port) as socks:
        fetched = _fetch(socks, limits, "http://redirects.test/inside", "redirects.test")
        assert (fetched.error, fetched.facts["reason"]) == ("request-refused", "private")
        assert [name for _, name, _ in socks.asked] == ["redirects.test"]


@pytest.mark.parametrize(("reply", "reason"), [(1, "dropped"), (2, "refused"), (4, "dropped"), (5, "refused"), (6, "dropped")])
def test_what_the_proxy_says_of_a_host_is_told(limits, reply, reason) -> None:
    with open_socks(1) as socks:
        socks.replies["a.org"] = reply
        fetched = _fetch(socks, limits, "http://a.org/")
    assert (fetched.error, fetched.facts) == ("host-unreachable", {"host": "a.org", "reason": reason})


def test_a_proxy_that_is_not_there_is_named_as_the_reason(limits) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    limits = msgspec.structs.replace(limits, proxy=f"socks5h://127.0.0.1:{port}")
    fetched = fetch(FetchOrder(address="http://a.org/"), limits)
    assert (fetched.error, fetched.facts) == ("host-unreachable", {"host": "127.0.0.1", "reason": "proxy"})


def test_a_proxy_that_wants_a_password_gets_it_and_serves_nobody_else(web, limits) -> None:
    with open_socks(web.port, password="me:se-cret") as socks:
        assert _fetch(socks, limits, "http://plain.test/", "plain.test").exchanges[-1].status == 404
        limits = msgspec.structs.replace(limits, proxy=socks.address.replace("me:se-cret@", ""))
        refused = fetch(FetchOrder(address="http://a.org/"), limits)
    assert refused.facts["reason"] == "proxy"


def test_something_that_is_no_proxy_is_not_taken_for_one(site, limits) -> None:
    limits = msgspec.structs.replace(limits, proxy=f"socks5h://127.0.0.1:{site.server_port}", page_s=0.5)
    assert fetch(FetchOrder(address="http://a.org/"), limits).error in {"took-too-long", "host-unreachable"}


@pytest.mark.parametrize(
    "text", ["", "127.0.0.1:9050", "http://127.0.0.1:9050", "socks5h://127.0.0.1", "socks5h://:9050", "socks5h://a:9050/x"]
)
def test_what_names_no_proxy_is_refused(text: str) -> None:
    with pytest.raises(ProxyUnreadable):
        proxy_of(text)


def test_a_proxy_is_taken_apart() -> None:
    assert proxy_of("socks5h://me:a%40b@[::1]:9150") == ("::1", 9150, "me", "a@b")
    assert proxy_of("socks5://127.0.0.1:9050")[:2] == ("127.0.0.1", 9050)
