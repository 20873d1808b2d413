"""The embedded browser's only way out: whom it lets through, where to, and what it counts."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator

import msgspec
import pytest

from archive.capture.proxy import USER, Begin, CheckedProxy
from archive.errors import HostNotFound, RequestRefused
from archive.settings import CaptureLimits

PASSWORD = "only-this-visit-knows"


class _Way:
    """A proxy on the loopback, and what one can say to it."""

    def __init__(self, limits: CaptureLimits, names: dict[str, list[list[str]]]) -> None:
        self._names = names
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.proxy = CheckedProxy(self._listener, limits, resolve=self._resolve)
        self._thread = threading.Thread(target=self.proxy.serve)
        self._thread.start()

    def _resolve(self, host: str, _port: int) -> list[str]:
        if host not in self._names:
            raise HostNotFound(host=host)
        answers = self._names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def say(self, head: str, *, password: str = PASSWORD, body: bytes = b"", then: bytes = b"") -> bytes:
        key = b64encode(f"{USER}:{password}".encode()).decode()
        with socket.create_connection(("127.0.0.1", self._listener.getsockname()[1]), timeout=10) as there:
            there.sendall(head.replace("\n", "\r\n").encode() + f"\r\nProxy-Authorization: Basic {key}\r\n\r\n".encode() + body)
            told = b""
            try:
                while part := there.recv(65536):
                    told += part
                    if then and told.endswith(b"\r\n\r\n"):
                        there.sendall(then)
                        then = b""
            except ConnectionResetError:
                pass
            return told

    def close(self) -> None:
        self.proxy.finish()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture
def way(limits, site) -> Iterator[_Way]:
    opened = _Way(
        limits, {"known.org": [["127.0.0.1"]], "127.0.0.1": [["127.0.0.1"]], "two.org": [["93.184.215.14"], ["127.0.0.1"]]}
    )
    opened.proxy.begin(Begin(password=PASSWORD, allowed_private=("127.0.0.1",)))
    yield opened
    opened.close()


def _reason(way: _Way, host: str) -> str:
    fault = way.proxy.finish().faults[host]
    assert fault.code == RequestRefused.code()
    return str(fault.facts["reason"])


def test_a_plain_request_is_sent_on_with_the_host_that_was_checked_and_nothing_of_the_way(way, site, article) -> None:
    told = way.say(f"GET {site.at('/article')} HTTP/1.1\nHost: other.example.org\nProxy-Connection: keep-alive\nX-Own: 1")
    assert told.partition(b"\r\n\r\n")[2].decode() == article
    path, headers = site.seen[-1]
    assert (path, headers["Host"], headers["X-Own"]) == ("/article", f"127.0.0.1:{site.server_port}", "1")
    assert not {"Proxy-Authorization", "Proxy-Connection"} & set(headers)


def test_a_tunnel_carries_bytes_both_ways_and_counts_them(way, site, article) -> None:
    asked = f"GET /article HTTP/1.1\r\nHost: 127.0.0.1:{site.server_port}\r\nConnection: close\r\n\r\n".encode()
    told = way.say(f"CONNECT 127.0.0.1:{site.server_port} HTTP/1.1\nHost: x", then=asked)
    assert told.decode().endswith(article)
    spent = way.proxy.finish()
    assert spent.size_bytes > len(article)
    assert (spent.is_cut, spent.faults) == (False, {})


@pytest.mark.parametrize("password", ["", "another", PASSWORD + "x"])
def test_who_does_not_know_the_password_of_the_visit_gets_nothing(way, site, password) -> None:
    assert way.say(f"GET {site.at('/article')} HTTP/1.1\nHost: x", password=password).startswith(b"HTTP/1.1 407 ")
    assert site.seen == []


def test_a_connection_of_the_visit_before_reaches_nothing(way, site) -> None:
    way.proxy.begin(Begin(password="the next", allowed_private=("127.0.0.1",)))
    assert way.say(f"GET {site.at('/article')} HTTP/1.1\nHost: x").startswith(b"HTTP/1.1 407 ")
    way.proxy.finish()
    assert way.say(f"GET {site.at('/article')} HTTP/1.1\nHost: x", password="the next").startswith(b"HTTP/1.1 407 ")
    assert site.seen == []


@pytest.mark.parametrize(
    ("head", "host", "reason"),
    [
        ("GET http://known.org/ HTTP/1.1", "known.org", "private"),
        ("CONNECT known.org:443 HTTP/1.1", "known.org", "private"),
        ("CONNECT localhost:443 HTTP/1.1", "localhost", "local_name"),
        ("CONNECT 169.254.169.254:443 HTTP/1.1", "169.254.169.254", "private"),
        ("GET http://169.254.169.254/latest/meta-data/ HTTP/1.1", "169.254.169.254", "private"),
        ("GET http://[::1]/ HTTP/1.1", "::1", "private"),
        ("GET http://[::ffff:7f00:1]/ HTTP/1.1", "::ffff:7f00:1", "private"),
        ("CONNECT 10.0.0.1:22 HTTP/1.1", "10.0.0.1", "port"),
        ("CONNECT mail.example.com:25 HTTP/1.1", "mail.example.com", "port"),
        ("GET ftp://known.org/ HTTP/1.1", "known.org", "scheme"),
        ("GET http://a:b@known.org/ HTTP/1.1", "known.org", "credentials"),
        ("CONNECT hidden.onion:443 HTTP/1.1", "hidden.onion", "onion"),
    ],
)
def test_what_the_policy_refuses_is_a_connection_that_closes(limits, head, host, reason) -> None:
    names = {name: [[name.strip("[]")]] for name in ("169.254.169.254", "::1", "::ffff:7f00:1", "10.0.0.1")}
    way = _Way(limits, names | {"known.org": [["10.1.2.3"]], "mail.example.com": [["93.184.215.14"]]})
    try:
        way.proxy.begin(Begin(password=PASSWORD))
        assert way.say(f"{head}\nHost: x") == b""
        assert _reason(way, host) == reason
    finally:
        way.close()


def test_a_name_that_answers_differently_the_second_time_gains_nothing(limits, site) -> None:
    way = _Way(limits, {"two.org": [["93.184.215.14", "127.0.0.1"], ["127.0.0.1"]]})
    try:
        way.proxy.begin(Begin(password=PASSWORD))
        for _ in range(2):
            assert way.say(f"GET http://two.org:{site.server_port}/article HTTP/1.1\nHost: x") == b""
        assert _reason(way, "two.org") == "private"
        assert site.seen == []
    finally:
        way.close()


def test_a_second_request_on_the_same_connection_is_not_carried(way, site) -> None:
    second = f"GET http://127.0.0.1:{site.server_port}/moved HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    way.say(f"GET {site.at('/article')} HTTP/1.1\nHost: x", body=second)
    way.say(f"POST {site.at('/article')} HTTP/1.1\nHost: x\nContent-Length: 0", body=second)
    assert "/moved" not in [path for path, _ in site.seen]


def test_the_bytes_of_a_visit_end_where_its_limit_is(way, site, limits) -> None:
    told = way.say(f"GET {site.at('/endless')} HTTP/1.1\nHost: x")
    assert len(told) < 2 * limits.body_bytes
    spent = way.proxy.finish()
    assert (spent.is_cut, spent.faults["127.0.0.1"].code) == (True, "answer-too-large")


def test_the_time_of_a_visit_ends_what_is_under_way(hasty, site) -> None:
    way = _Way(hasty, {"127.0.0.1": [["127.0.0.1"]]})
    try:
        way.proxy.begin(Begin(password=PASSWORD, allowed_private=("127.0.0.1",)))
        assert b"and so on" not in way.say(f"GET {site.at('/slow')} HTTP/1.1\nHost: x")
    finally:
        way.close()


def test_through_socks_the_name_goes_to_the_proxy_and_is_never_resolved(limits) -> None:
    asked: list[bytes] = []

    def answer(listener: socket.socket) -> None:
        there, _ = listener.accept()
        with there:
            there.recv(3)
            there.sendall(b"\x05\x00")
            asked.append(there.recv(262))
            there.sendall(b"\x05\x00\x00\x01" + bytes(6))
            there.recv(65536)
            there.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfar away")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        through = msgspec.structs.replace(limits, proxy=f"socks5h://127.0.0.1:{listener.getsockname()[1]}")
        way = _Way(through, {})
        try:
            way.proxy.begin(Begin(password=PASSWORD))
            assert way.say("GET http://secretname.onion/ HTTP/1.1\nHost: x").endswith(b"far away")
        finally:
            way.close()
            thread.join()
    assert asked == [b"\x05\x01\x00\x03\x10secretname.onion\x00\x50"]
