"""The embedded browser's only way out: a proxy that asks the policy for every host and makes every connection itself.

The browser resolves no name and connects to nothing but this proxy, so what a page's scripts ask for (``fetch``, WebSocket, a frame, a
picture) goes where :mod:`archive.capture.policy` lets it, to the very address that was checked, or nowhere. What it promises:

* One visit at a time. A connection must bring the password of the visit under way, which nobody else on the machine knows; one that a page
  before left open reaches nothing.
* ``CONNECT`` is a tunnel: TLS stays between the browser and the site. A plain request is sent on by itself: one request, one connection,
  and the ``Host`` it names is the one that was checked.
* Nothing is answered in a site's name: what is refused or cannot be reached is a connection that closes.
* The bytes and the time of a visit are counted here, where no script can reach.

It is a process of its own with the fetcher's seals. On Linux its socket listens inside the browser's own empty network (see
:mod:`archive.namespaces`) and is handed over; elsewhere it listens on this machine's loopback.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from base64 import b64encode
from hmac import compare_digest
from pathlib import Path

import msgspec

from archive.capture import connect, fetch, policy
from archive.capture.fetcher import OUTSIDE_PLACES, CarefulResolver
from archive.errors import AnswerTooLarge, Fact, OutsideError, from_code
from archive.machine import inherited_file, inherited_pipe, no_core_dumps, program_places, seal_to_folder
from archive.model.source import FetchOrder
from archive.pipe import Pipe
from archive.settings import CaptureLimits

USER = "page"
"""The user name of every visit; only the password differs."""

_HEAD_BYTES = 1 << 16
_READ_BYTES = 1 << 16
_HEAD_S = 15.0
_STALL_S = 30.0
_MOST_CONNECTIONS = 128
_HOP_BY_HOP = (b"proxy-authorization", b"proxy-connection", b"connection", b"keep-alive", b"host", b"te", b"trailer")


class Opening(msgspec.Struct, frozen=True, tag=True):
    """The first message to the process: what one visit may cost."""

    limits: CaptureLimits


class Open(msgspec.Struct, frozen=True, tag=True):
    """It listens. ``port`` is 0 where the socket was handed over."""

    port: int
    is_sealed: bool


class Begin(msgspec.Struct, frozen=True, tag=True):
    """A visit begins; the one before is over. Answered by an empty :class:`Spent`."""

    password: str
    allowed_private: tuple[str, ...] = ()


class Look(msgspec.Struct, frozen=True, tag=True):
    """What has the visit cost so far? Answered by :class:`Spent`."""


class Finish(msgspec.Struct, frozen=True, tag=True):
    """The visit is over, and all its connections; answered by :class:`Spent`."""


class Fault(msgspec.Struct, frozen=True):
    """Why a host was not reached, as the code and the facts of an :class:`~archive.errors.OutsideError`."""

    code: str
    facts: dict[str, Fact]

    def error(self) -> OutsideError:
        """The error itself."""
        error = from_code(self.code, self.facts)
        assert isinstance(error, OutsideError)
        return error


class Spent(msgspec.Struct, frozen=True, tag=True):
    """What a visit cost. ``faults`` by host; ``is_cut`` says that its bytes ran out."""

    size_bytes: int = 0
    is_cut: bool = False
    faults: dict[str, Fault] = {}


class _Visit:
    """One page's time on the network."""

    def __init__(self, begin: Begin, limits: CaptureLimits, resolve: policy.Resolve) -> None:
        self.order = FetchOrder(address="", allowed_private=begin.allowed_private)
        self.call = connect.Call(limits)
        self.backend = connect.CheckedBackend(self.call, self.order, resolve)
        self.key = b"Basic " + b64encode(f"{USER}:{begin.password}".encode())
        self.faults: dict[str, Fault] = {}
        self.size_bytes = 0
        self.is_cut = False
        self._limit_bytes = limits.body_bytes
        self._lock = threading.Lock()

    def count(self, size_bytes: int, host: str) -> None:
        """Count what came or went; past the limit everything ends."""
        with self._lock:
            self.size_bytes += size_bytes
            self.is_cut = self.is_cut or self.size_bytes > self._limit_bytes
        if self.is_cut:
            self.blame(host, AnswerTooLarge(host=host, limit_bytes=self._limit_bytes))
            self.call.stop()

    def blame(self, host: str, error: OutsideError) -> None:
        """Remember why a host was not reached; the first reason stays."""
        with self._lock:
            self.faults.setdefault(host, Fault(error.code(), dict(error.facts)))

    def spent(self) -> Spent:
        """What it cost so far."""
        with self._lock:
            return Spent(size_bytes=self.size_bytes, is_cut=self.is_cut, faults=dict(self.faults))


class CheckedProxy:
    """A proxy that serves one visit at a time.

    Args:
        listener: where the browser connects.
        limits: what one visit may cost.
        resolve: gives the addresses of a name.
    """

    def __init__(
        self, listener: socket.socket, limits: CaptureLimits, *, resolve: policy.Resolve = policy.resolve_by_system
    ) -> None:
        self._listener, self._limits, self._resolve = listener, limits, resolve
        self._visit: _Visit | None = None
        self._places = threading.BoundedSemaphore(_MOST_CONNECTIONS)

    def serve(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._places.acquire()
            threading.Thread(target=self._serve_one, args=(client,), name="proxy", daemon=True).start()

    def begin(self, begin: Begin) -> Spent:
        """Begin a visit; the one before is over."""
        self.finish()
        self._visit = _Visit(begin, self._limits, self._resolve)
        return Spent()

    def look(self) -> Spent:
        """What the visit under way cost so far."""
        return Spent() if self._visit is None else self._visit.spent()

    def finish(self) -> Spent:
        """End the visit under way, if one is, and all its connections."""
        visit, self._visit = self._visit, None
        if visit is None:
            return Spent()
        visit.call.stop()
        return visit.spent()

    def _serve_one(self, client: socket.socket) -> None:
        try:
            with client, contextlib.suppress(OSError):
                self._answer(client)
        finally:
            self._places.release()

    def _answer(self, client: socket.socket) -> None:
        client.settimeout(_HEAD_S)
        head, body = _read_head(client)
        line, *fields = head.split(b"\r\n")
        method, target, *_ = [*line.split(b" "), b"", b""]
        headers = [(name.strip(), value.strip()) for name, _, value in (field.partition(b":") for field in fields)]
        visit = self._visit
        if visit is None or not compare_digest(_value(headers, b"proxy-authorization"), visit.key):
            client.sendall(
                b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="page"\r\n'
                b"Content-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        is_tunnel = method == b"CONNECT"
        place, upstream = _reach(visit, f"https://{target.decode('ascii', 'replace')}/" if is_tunnel else _text(target))
        if place is None or upstream is None:
            return
        try:
            if is_tunnel:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                upstream.sendall(_request(method, place, headers))
                _send_body(client, upstream, body, headers)
            _relay(client, upstream, visit, place.host, both_ways=is_tunnel)
        finally:
            upstream.close()


def _read_head(client: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request, and what came behind it.

    Raises:
        OSError: the client left, dawdled or sent too much.
    """
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(_READ_BYTES)
        if not part or len(data) > _HEAD_BYTES:
            raise ConnectionAbortedError
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _reach(visit: _Visit, address: str) -> tuple[policy.Target | None, socket.socket | None]:
    """A connection to the host of an address, if the policy allows it and the host takes it; why not is remembered."""
    place = None
    try:
        has_proxy = bool(visit.call.limits.proxy)
        place = policy.check_address(address, allowed_private=visit.order.allowed_private, has_proxy=has_proxy)
        stream = visit.backend.connect_tcp(place.host, place.port, visit.call.limits.connect_s)
    except OutsideError as error:
        visit.blame(place.host if place else str(error.facts.get("host", "")), error)
        return None, None
    except Exception:  # noqa: BLE001  # the visit is over or out of time, which whoever began it knows
        return None, None
    return place, stream.get_extra_info("socket")


def _request(method: bytes, place: policy.Target, headers: list[tuple[bytes, bytes]]) -> bytes:
    """The head of a plain request as the site gets it (RFC 9112 section 3.2.1)."""
    kept = [(name, value) for name, value in headers if name.lower() not in _HOP_BY_HOP]
    kept = [(b"Host", place.authority.encode("ascii")), *kept, (b"Connection", b"close")]
    return (
        b"%s %s HTTP/1.1\r\n" % (method, place.path.encode("ascii")) + b"".join(b"%s: %s\r\n" % pair for pair in kept) + b"\r\n"
    )


def _send_body(client: socket.socket, upstream: socket.socket, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """Send on the body that a request states, and not a byte more: what follows would be a request that nobody checked.

    Raises:
        OSError: the body's length is not stated, or one of the two left.
    """
    if _value(headers, b"transfer-encoding"):
        raise ConnectionAbortedError
    stated = _value(headers, b"content-length")
    left = int(stated) if stated.isdigit() else 0
    while left > 0:
        part = body[:left] or client.recv(min(left, _READ_BYTES))
        body = body[len(part) :]
        if not part:
            raise ConnectionAbortedError
        upstream.sendall(part)
        left -= len(part)


def _relay(client: socket.socket, upstream: socket.socket, visit: _Visit, host: str, *, both_ways: bool) -> None:
    """Carry bytes until one of the two leaves, the visit is over, or its bytes or its time are.

    An end that is not the site's own is a reset: an answer without a stated length would else look whole.
    """
    client.settimeout(_STALL_S)
    upstream.settimeout(_STALL_S)
    is_own_end = False
    try:
        while not is_own_end:
            ready, _, _ = select.select([client, upstream], [], [], visit.call.left_s(1.0))
            for source in ready:
                part = source.recv(_READ_BYTES)
                if not part or (source is client and not both_ways):
                    is_own_end = not visit.call.is_stopped
                    return
                visit.count(len(part), host)
                (upstream if source is client else client).sendall(part)
    except Exception:  # noqa: BLE001  # over, out of time, or broken off: the connection ends
        return
    finally:
        if not is_own_end:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _value(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes:
    return next((value for found, value in headers if found.lower() == name), b"")


def _text(target: bytes) -> str:
    return target.decode("ascii", "replace")


def _serve_owner(pipe: Pipe, proxy: CheckedProxy) -> None:
    """Begin and finish visits until the pipe ends."""
    decoder = msgspec.msgpack.Decoder(Begin | Look | Finish)
    answers = {Look: proxy.look, Finish: proxy.finish}
    while message := pipe.receive():
        asked = decoder.decode(message)
        pipe.send(msgspec.msgpack.encode(proxy.begin(asked) if isinstance(asked, Begin) else answers[type(asked)]()))


def main() -> None:
    """The process: stand, seal, serve, leave when the pipe ends."""
    pipe = inherited_pipe()
    no_core_dumps()
    head = pipe.receive()
    if head is None:
        return
    opening = msgspec.msgpack.Decoder(Opening).decode(head)
    if (descriptor := inherited_file()) is not None:
        with socket.socket(fileno=descriptor) as handing:
            _, (number, *_), _, _ = socket.recv_fds(handing, 1, 1)
        listener, port = socket.socket(fileno=number), 0
    else:
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    fetch.trusted_roots()
    with contextlib.suppress(OSError):
        socket.getaddrinfo("localhost", 80)  # the resolver loads its plug-ins now, while it may
    is_sealed = seal_to_folder(readable=[*program_places(), *map(Path, OUTSIDE_PLACES)], writable=[])
    proxy = CheckedProxy(listener, opening.limits, resolve=CarefulResolver())
    threading.Thread(target=proxy.serve, name="proxy-listener", daemon=True).start()
    pipe.send(msgspec.msgpack.encode(Open(port, is_sealed)))
    _serve_owner(pipe, proxy)


if __name__ == "__main__":
    main()
