"""The connections of a fetcher: names resolved and checked, every wait cut to what is left, what hosts prove themselves with.

With :mod:`archive.capture.fetch` the only file that imports the network engine.

* The policy is asked when a connection is made, of every address that the name really has; the connection goes to the very address that was
  checked, while TLS and the Host header keep the name.
* Through a SOCKS proxy (RFC 1928, RFC 1929) names are sent to the proxy and never resolved here, and nothing connects but the proxy.
  A literal address is checked as ever, in every spelling that a resolver would take for one.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore

from archive.capture import policy
from archive.capture.certificates import certificate_of
from archive.errors import HostUnreachable, OutsideError, TookTooLong
from archive.model.source import Certificate, FetchOrder
from archive.progress import Cancelled
from archive.settings import CaptureLimits


class Call:
    """One order under way: its clock, and the sockets it holds. Any thread may stop it.

    Args:
        limits: what the source may cost; the clock starts now.
    """

    def __init__(self, limits: CaptureLimits) -> None:
        self.limits = limits
        self.started_s = time.monotonic()
        self._until_s = self.started_s + limits.page_s
        self._own = threading.local()
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
        left_s = min(self._until_s, getattr(self._own, "until_s", self._until_s)) - time.monotonic()
        if left_s <= 0:
            raise httpcore.ReadTimeout
        return left_s if at_most_s is None else min(left_s, at_most_s)

    @contextlib.contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """What this thread does in the block may take so long at most."""
        self._own.until_s = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._own.until_s

    def begin_anew(self) -> None:
        """Give the call its whole time again: for another place, after the first has used it up."""
        self._until_s = time.monotonic() + self.limits.page_s

    def rest(self, seconds: float) -> None:
        """Do nothing for so long, which does not count.

        Raises:
            Cancelled: someone stopped the call.
        """
        if self._stopped.wait(seconds):
            raise Cancelled
        self._until_s += seconds

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

    ``certificates`` holds what every host proved itself with, in the order in which they were met.

    Args:
        call: whose clock and sockets.
        order: whose allowed hosts.
        resolve: gives the addresses of a name; not asked where there is a proxy.
    """

    def __init__(self, call: Call, order: FetchOrder, resolve: policy.Resolve) -> None:
        self._call, self._order, self._resolve = call, order, resolve
        self._engine = httpcore.SyncBackend()
        self._proxy = policy.proxy_of(call.limits.proxy) if call.limits.proxy else None
        self.certificates: dict[str, Certificate] = {}

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
        if self._proxy is not None:
            return self._through_proxy(self._proxy, host, port, timeout)
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
                return _TimedStream(stream, self, host)
        raise problem

    def _through_proxy(self, proxy: policy.Proxy, host: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        """A connection that the proxy makes; the name is its to resolve (RFC 1928 section 4)."""
        policy.check_literal(host, allowed_private=self._order.allowed_private)
        try:
            plain = self._engine.connect_tcp(proxy.host, proxy.port, self._call.left_s(timeout))
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise HostUnreachable(host=proxy.host, reason="proxy") from error
        self._call.hold(plain.get_extra_info("socket"))
        stream = _TimedStream(plain, self, host)
        try:
            _greet(stream, proxy)
            _ask_for(stream, host, port)
        except BaseException:
            plain.close()
            raise
        return stream

    def left_s(self, at_most_s: float | None = None) -> float:
        """What is left of the call (see :meth:`Call.left_s`)."""
        return self._call.left_s(at_most_s)

    def secured(self, stream: httpcore.NetworkStream, host: str) -> None:
        """Remember a stream whose TLS stands, and what its host proved itself with."""
        self._call.hold(stream.get_extra_info("socket"))
        certificate = certificate_of(stream.get_extra_info("socket"), host)
        if certificate is not None:
            self.certificates.setdefault(host, certificate)

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

    def __init__(self, stream: httpcore.NetworkStream, backend: CheckedBackend, host: str) -> None:
        self._stream, self._backend, self._host = stream, backend, host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left_s(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left_s(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._backend.left_s(timeout))
        except httpcore.ConnectError as error:
            is_tls = isinstance(error.__cause__, ssl.SSLError)
            raise HostUnreachable(host=self._host, reason="tls" if is_tls else "dropped") from error
        self._backend.secured(secured, self._host)
        return _TimedStream(secured, self._backend, self._host)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


_SOCKS = 5
_NO_AUTHENTICATION, _NAME_AND_PASSWORD = 0, 2
_TO_CONNECT, _IP_4, _NAME, _IP_6 = 1, 1, 3, 4
# What a proxy says of a host that it could not reach (RFC 1928 section 6); Tor says 4 of names that it cannot find.
_WHY = {2: "refused", 5: "refused", 6: "dropped"}


def _greet(stream: httpcore.NetworkStream, proxy: policy.Proxy) -> None:
    """Agree on how to authenticate, and do it (RFC 1928 section 3, RFC 1929)."""
    method = _NAME_AND_PASSWORD if proxy.user else _NO_AUTHENTICATION
    stream.write(bytes((_SOCKS, 1, method)))
    if _exactly(stream, 2, proxy.host) != bytes((_SOCKS, method)):
        raise HostUnreachable(host=proxy.host, reason="proxy")
    if method == _NAME_AND_PASSWORD:
        user, password = proxy.user.encode()[:255], proxy.password.encode()[:255]
        stream.write(bytes((1, len(user))) + user + bytes((len(password),)) + password)
        if _exactly(stream, 2, proxy.host)[1]:
            raise HostUnreachable(host=proxy.host, reason="proxy")


def _ask_for(stream: httpcore.NetworkStream, host: str, port: int) -> None:
    """Have the proxy connect to a host by its name, or by its address where it is one (RFC 1928 sections 4 to 6)."""
    try:
        packed = ipaddress.ip_address(host).packed
        place = bytes((_IP_4 if len(packed) == 4 else _IP_6,)) + packed
    except ValueError:
        place = bytes((_NAME, len(host))) + host.encode("ascii")
    stream.write(bytes((_SOCKS, _TO_CONNECT, 0)) + place + port.to_bytes(2))
    version, reply, _, kind = _exactly(stream, 4, host)
    if version != _SOCKS or reply:
        raise HostUnreachable(host=host, reason=_WHY.get(reply, "dropped"))
    length = {_IP_4: 4, _IP_6: 16}.get(kind) or _exactly(stream, 1, host)[0]
    _exactly(stream, length + 2, host)


def _exactly(stream: httpcore.NetworkStream, count: int, host: str) -> bytes:
    """So many bytes, whatever pieces they come in."""
    came = b""
    while len(came) < count:
        piece = stream.read(count - len(came))
        if not piece:
            raise HostUnreachable(host=host, reason="dropped")
        came += piece
    return came
