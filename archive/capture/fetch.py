"""One address, fetched: its redirects followed by hand, its body counted while it comes, its name checked where it connects.

The only file that imports the network engine. What it promises:

* The policy is asked for every address of a chain of redirects, and again when a connection is made; the connection goes to
  the very address that was checked, while TLS and the Host header keep the name.
* Nothing of the machine shows: no proxy or certificate settings from the environment, no referrer, one User-Agent for
  everybody, cookies for the length of one source only and only to the host that set them.
* Limits hold while bytes arrive, not afterwards: of the raw body and of the unpacked one (a kilobyte can unpack to a gigabyte),
  of the whole time across redirects (a byte a second is not progress), of the connection, of the number of redirects.
* A body that was cut off is never called complete: the ending is PARTIAL and says why. One that grew too large is not kept.

HTTP/1.1 only: every server speaks it, its headers keep their order and spelling, and a WARC record can hold it (ISO 28500
knows no form for HTTP/2).
"""

from __future__ import annotations

import contextlib
import functools
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urldefrag, urljoin

import certifi
import httpcore

from archive.capture import policy
from archive.capture.steps import Page
from archive.errors import (
    AnswerTooLarge,
    HostUnreachable,
    OutsideError,
    TookTooLong,
    TooManyRedirects,
)
from archive.model.source import Exchange, Fetched, FetchOrder
from archive.progress import Cancelled
from archive.settings import MIB, CaptureLimits
from archive.values import now

# One string for everybody, that of the browser the most careful people use (docs/decisions/0006-what-goes-outside.md says
# why not our own name). Renew it with each release.
USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
_ASKED_WITH = (
    ("User-Agent", USER_AGENT),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Language", "en-US,en;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_CODINGS = 2
_MOST_COOKIES = 50
_OF_THE_VISITOR = frozenset({"cookie", "cookie2", "set-cookie", "set-cookie2"})
_PACKED = zlib.MAX_WBITS | 32  # gzip or zlib, whichever the first bytes say
_SAFE_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~-._"


@functools.cache
def trusted_roots() -> ssl.SSLContext:
    """TLS that believes the public authorities only, whatever the machine's own store was made to believe.

    An authority added to a computer (by an employer, a state) can read everything that is fetched there and forge it.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=certifi.where())
    return context


class Call:
    """One order under way: its clock, and the sockets it holds. Any thread may stop it.

    Args:
        limits: what the source may cost; the clock starts now.
    """

    def __init__(self, limits: CaptureLimits) -> None:
        self.limits = limits
        self.started_s = time.monotonic()
        self._stopped = threading.Event()
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def left_s(self, at_most_s: float | None = None) -> float:
        """The seconds left, more than 0, and not more than ``at_most_s``.

        Raises:
            Cancelled: someone stopped the call.
            httpcore.ReadTimeout: none are left.
        """
        if self._stopped.is_set():
            raise Cancelled
        left_s = self.limits.page_s - (time.monotonic() - self.started_s)
        if left_s <= 0:
            raise httpcore.ReadTimeout
        return left_s if at_most_s is None else min(left_s, at_most_s)

    def stop(self) -> None:
        """End the call at once: what waits for a socket wakes up."""
        with self._lock:
            self._stopped.set()
            for held in self._sockets:
                with contextlib.suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)

    @property
    def is_stopped(self) -> bool:
        """Whether someone stopped it."""
        return self._stopped.is_set()

    def hold(self, held: socket.socket) -> None:
        """Remember a socket, so that :meth:`stop` can wake who waits for it.

        Raises:
            Cancelled: the call was stopped meanwhile.
        """
        with self._lock:
            self._sockets.append(held)
        self.left_s()


class CheckedBackend(httpcore.NetworkBackend):
    """Makes the connections: resolves the name, has every address checked, and connects to one of those that were.

    Args:
        call: whose clock and sockets.
        order: whose allowed hosts.
        resolve: gives the addresses of a name.
    """

    def __init__(self, call: Call, order: FetchOrder, resolve: policy.Resolve) -> None:
        self._call, self._order, self._resolve = call, order, resolve
        self._engine = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to an address of ``host`` that was checked; the first that answers.

        Raises:
            OutsideError: the name has no address or one that is not public, or no address took the connection in time.
        """
        addresses = policy.public_addresses(
            host, port, resolve=self._resolve_in_time, allowed_private=self._order.allowed_private
        )
        problem: OutsideError = HostUnreachable(host=host, reason="dropped")
        for ip in addresses:
            try:
                stream = self._engine.connect_tcp(
                    ip, port, self._call.left_s(timeout), local_address=local_address, socket_options=socket_options
                )
            except httpcore.ConnectTimeout:
                problem = TookTooLong(host=host, limit_s=self._call.limits.connect_s)
            except httpcore.ConnectError as error:
                is_refused = isinstance(error.__cause__, ConnectionRefusedError)
                problem = HostUnreachable(host=host, reason="refused" if is_refused else "dropped")
            else:
                self._call.hold(stream.get_extra_info("socket"))
                return _TimedStream(stream, self._call, host)
        raise problem

    def _resolve_in_time(self, host: str, port: int) -> tuple[str, ...]:
        """The system's resolver cannot be told when to stop, so it works aside and is left behind when it dawdles."""
        answers: queue.Queue[tuple[str, ...] | Exception] = queue.Queue()

        def ask() -> None:
            try:
                answers.put(tuple(self._resolve(host, port)))
            except Exception as error:  # noqa: BLE001  # handed over to the waiting thread, which raises it
                answers.put(error)

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        try:
            answer = answers.get(timeout=self._call.left_s(self._call.limits.connect_s))
        except queue.Empty as error:
            raise HostUnreachable(host=host, reason="dns") from error
        if isinstance(answer, Exception):
            raise answer
        return answer


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait is cut to what is left of the call."""

    def __init__(self, stream: httpcore.NetworkStream, call: Call, host: str) -> None:
        self._stream, self._call, self._host = stream, call, host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._call.left_s(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._call.left_s(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._call.left_s(timeout))
        except httpcore.ConnectError as error:
            is_tls = isinstance(error.__cause__, ssl.SSLError)
            raise HostUnreachable(host=self._host, reason="tls" if is_tls else "dropped") from error
        self._call.hold(secured.get_extra_info("socket"))
        return _TimedStream(secured, self._call, self._host)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def fetch(
    order: FetchOrder,
    limits: CaptureLimits,
    *,
    call: Call | None = None,
    resolve: policy.Resolve = policy.resolve_by_system,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """Everything one source answered; a fault of the outside is in it, never raised.

    Args:
        order: the address.
        limits: what it may cost.
        call: lets another thread stop it.
        resolve: gives the addresses of a host's name.
        trust: whose certificates are believed; the public authorities if None.

    Raises:
        Cancelled: the call was stopped.
    """
    call = call or Call(limits)
    page = Page()
    error: OutsideError | None = None
    backend = CheckedBackend(call, order, resolve)
    with httpcore.ConnectionPool(ssl_context=trust or trusted_roots(), network_backend=backend) as pool:
        try:
            _follow(pool, order, call, page)
        except OutsideError as fault:
            error = fault
    if call.is_stopped:
        raise Cancelled
    return Fetched(
        address=order.address,
        ending=page.ending(failed=error is not None),
        exchanges=tuple(page.exchanges),
        error=None if error is None else error.code(),
        facts={} if error is None else dict(error.facts),
        duration_ms=round((time.monotonic() - call.started_s) * 1000),
    )


def _follow(pool: httpcore.ConnectionPool, order: FetchOrder, call: Call, page: Page) -> None:
    """Ask, and ask again where the answer leads, until something answers that is no redirect."""
    address = urldefrag(order.address).url
    cookies: dict[str, dict[str, str]] = {}
    for _ in range(call.limits.redirects + 1):
        target = policy.check_address(address, allowed_private=order.allowed_private)
        with _our_errors(target.host, call):
            exchange = _ask(pool, target, address, cookies.setdefault(target.host, {}), call, page)
        location = _header(exchange.answer_headers, "location")
        if exchange.status not in _REDIRECTS or not location:
            return
        address = _next_address(address, location)
    raise TooManyRedirects(host=target.host, limit=call.limits.redirects)


def _ask(
    pool: httpcore.ConnectionPool, target: policy.Target, address: str, cookies: dict[str, str], call: Call, page: Page
) -> Exchange:
    """One request and its answer, added to the page's exchanges; a body that breaks off is added as far as it came."""
    asked = [("Host", target.authority), *_ASKED_WITH]
    if cookies:
        asked.append(("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items())))
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    waits = {"connect": call.limits.connect_s, "read": None, "write": None, "pool": None}
    asked_at = now()
    with pool.stream("GET", url, headers=asked, extensions={"timeout": waits}) as answer:
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers)
        coding = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
        _take_cookies(headers, cookies)
        body = bytearray()

        def exchange() -> Exchange:
            return Exchange(
                address=address,
                method="GET",
                status=answer.status,
                reason=answer.extensions.get("reason_phrase", b"").decode("latin-1"),
                request_headers=_without_cookies(asked),
                answer_headers=_without_cookies(headers),
                fetched_at=asked_at,
                http_version=answer.extensions["http_version"].decode("ascii"),
                body=bytes(body),
                coding=coding,
            )

        try:
            raw = _counted(answer.iter_stream(), target.host, page.room_bytes(call.limits.body_bytes))
            for part in _counted(_undo(raw, coding, target.host), target.host, page.room_bytes(call.limits.body_bytes)):
                body += part
        except AnswerTooLarge:
            raise
        except Exception:
            if body:
                page.add_cut(exchange())
            raise
    made = exchange()
    page.add(made)
    return made


def _counted(parts: Iterable[bytes], host: str, limit_bytes: int) -> Iterator[bytes]:
    """The same parts, until together they are over the limit."""
    size_bytes = 0
    for part in parts:
        size_bytes += len(part)
        if size_bytes > limit_bytes:
            raise AnswerTooLarge(host=host, limit_bytes=limit_bytes)
        yield part


def _undo(parts: Iterator[bytes], coding: str, host: str) -> Iterator[bytes]:
    """The body with its Content-Encoding undone (RFC 9110 section 8.4): the last coding applied comes off first."""
    codings = [name for name in re.split(r"[\s,]+", coding.lower()) if name not in {"", "identity"}]
    if len(codings) > _MOST_CODINGS or not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        raise HostUnreachable(host=host, reason="protocol")
    for _ in codings:
        parts = _unpacked(parts, host)
    return parts


def _unpacked(parts: Iterable[bytes], host: str) -> Iterator[bytes]:
    """Unpack gzip (also of several members) or deflate, at most a mebibyte at a time whatever it unpacks to."""
    engine, is_begun = zlib.decompressobj(_PACKED), False
    for part in parts:
        rest = part
        while rest:
            if engine.eof:
                if not rest.startswith(b"\x1f\x8b"):
                    break  # what follows the last member is no part of the body; browsers pass over it too
                engine = zlib.decompressobj(_PACKED)
            try:
                piece = engine.decompress(rest, MIB)
            except zlib.error as error:
                if is_begun:
                    raise HostUnreachable(host=host, reason="protocol") from error
                # Some servers send bare deflate (RFC 1951) where RFC 9110 means zlib.
                engine, is_begun = zlib.decompressobj(-zlib.MAX_WBITS), True
                continue
            is_begun = True
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
            yield piece
    if is_begun and not engine.eof:
        raise HostUnreachable(host=host, reason="dropped")


@contextlib.contextmanager
def _our_errors(host: str, call: Call) -> Iterator[None]:
    """The engine's errors as ours."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise TookTooLong(host=host, limit_s=call.limits.page_s) from error
    except httpcore.NetworkError as error:
        raise HostUnreachable(host=host, reason="dropped") from error
    except httpcore.RemoteProtocolError as error:
        # The engine says "incomplete" and "disconnected" where the host hung up in the middle of a sentence.
        is_cut = re.search(r"incomplete|disconnected|closed", str(error)) is not None
        raise HostUnreachable(host=host, reason="dropped" if is_cut else "protocol") from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError) as error:
        raise HostUnreachable(host=host, reason="protocol") from error


def _next_address(address: str, location: str) -> str:
    """Where a Location header leads (RFC 9110 section 10.2.2); its bytes are taken for UTF-8 where they can be."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    joined = urldefrag(urljoin(address, location.strip())).url
    scheme, sign, rest = joined.partition("//")
    host, slash, path = rest.partition("/")
    return scheme + sign + host + slash + quote(path, safe=_SAFE_IN_ADDRESS)


def _header(headers: Iterable[tuple[str, str]], name: str) -> str:
    return next((value for found, value in headers if found.lower() == name), "")


def _take_cookies(headers: Iterable[tuple[str, str]], kept: dict[str, str]) -> None:
    """Remember what a host sets, for that host and this source only: some pages redirect until it comes back."""
    for header, value in headers:
        name, sign, rest = value.partition(";")[0].partition("=")
        if header.lower() == "set-cookie" and sign and len(kept) < _MOST_COOKIES:
            kept[name.strip()] = rest.strip()


def _without_cookies(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What is kept of an exchange: a cookie is the visitor's, not the page's, and would travel with every copy of the archive."""
    return tuple(pair for pair in headers if pair[0].lower() not in _OF_THE_VISITOR)
