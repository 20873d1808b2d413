"""Servers on this machine's loopback that answer for many host names: HTTP/1.1, TLS under an authority of their own, a little HTTP/2.

A :class:`Web` answers what ``tests/web/sites.py`` says. Names never leave the machine: a test gives ``web.resolve`` as its resolver (or
sends everything through :class:`tests.web.socks.SocksServer`), and names ``web.hosts`` as allowed. Addresses carry the port of the server;
whoever asks without a port in the Host header gets pages without ports in their links.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HTML = "text/html; charset=utf-8"
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    """What is sent for one path. ``http://name.test`` in ``body`` and in a Location get the server's port."""

    body: bytes | str
    kind: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


Page = Answer | Callable[["Visit"], None]
Sites = Mapping[str, Mapping[str, Page]]


@dataclass
class Seen:
    """One request as it came."""

    host: str
    path: str
    headers: dict[str, str]
    is_secure: bool


class Visit(BaseHTTPRequestHandler):
    """One connection; a page that is a function gets it and writes what it likes."""

    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30
    disable_nagle_algorithm = True

    def setup(self) -> None:
        """Finish TLS in the connection's own thread."""
        super().setup()
        self.is_h2 = False
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
            self.is_h2 = self.request.selected_alpn_protocol() == "h2"

    def handle(self) -> None:
        """Speak what was agreed on."""
        with contextlib.suppress(OSError, ValueError):
            if self.is_h2:
                _speak_h2(self)
            else:
                super().handle()

    def do_GET(self) -> None:
        """Answer by host and path."""
        name = self.headers.get("Host", "").partition(":")[0]
        web = self.server.web
        web.seen.append(Seen(name, self.path, dict(self.headers.items()), self.server.is_secure))
        site = web.sites.get(name, {})
        page = site.get(self.path) or site.get(self.path.partition("?")[0]) or site.get("*")
        if page is None:
            self.send(Answer("<title>Not Found</title><p>Nothing here.", status=404))
        elif isinstance(page, Answer):
            self.send(page)
        else:
            page(self)

    def send(self, answer: Answer, *, length: int | None = None) -> None:
        """Send an answer; ``length`` is what it says of itself where that is a lie."""
        body = self.with_ports(answer.body).encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        if answer.kind:
            self.send_header("Content-Type", answer.kind)
        for name, value in answer.headers:
            self.send_header(name, self.with_ports(value) if name == "Location" else value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def begin(self, kind: str = HTML, **headers: str) -> None:
        """The head of an answer that states no length; the connection ends with it unless it is chunked."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Transfer_Encoding" not in headers:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def with_ports(self, text: str) -> str:
        """The same text with the servers' ports behind our host names."""
        if ":" not in self.headers.get("Host", ""):
            return text
        web = self.server.web

        def at(found: re.Match[str]) -> str:
            is_secure = found[1] == "https:" or (not found[1] and self.server.is_secure)
            return f"{found[1]}//{found[2]}:{web.secure_port if is_secure else web.port}"

        return re.sub(r"((?:https?:)?)//([\w-]+(?:\.[\w-]+)*\.test)(?![\w.:-])", at, text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    block_on_close = True
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, web: Web, *, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.web, self.is_secure = web, context is not None
        self._held: set[socket.socket] = set()
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def process_request(self, request: socket.socket, client_address: object) -> None:
        self._held.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: socket.socket) -> None:
        self._held.discard(request)
        super().shutdown_request(request)

    def handle_error(self, *_: object) -> None:
        """A visitor who hangs up is no error."""

    def end(self) -> None:
        self.shutdown()
        for held in list(self._held):
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
        self.server_close()


@dataclass
class Web:
    """Many sites on the loopback; ``seen`` holds the requests in the order in which they came."""

    sites: Sites
    certificates: Path | None = None
    seen: list[Seen] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    secure_port: int = 0

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every name there is."""
        return tuple(self.sites)

    @property
    def trust(self) -> ssl.SSLContext | None:
        """Believes the authority of these tests and no other."""
        if self.certificates is None:
            return None
        return ssl.create_default_context(cafile=str(self.certificates / "authority.pem"))

    def at(self, host: str, path: str = "/", *, is_secure: bool = False) -> str:
        """The address of a page."""
        return f"https://{host}:{self.secure_port}{path}" if is_secure else f"http://{host}:{self.port}{path}"

    def resolve(self, host: str, _port: int) -> tuple[str, ...]:
        """The addresses of a name: the loopback for ours, itself for an address, nothing for any other."""
        if host in self.sites or host.isdigit():
            return ("127.0.0.1",)
        return (host,) if ":" in host or host.replace(".", "").isdigit() else ()

    def paths(self, host: str) -> list[str]:
        """What was asked of one host, in order."""
        return [seen.path for seen in self.seen if seen.host == host]


@contextlib.contextmanager
def open_web(sites: Sites, certificates: Path | None = None) -> Iterator[Web]:
    """A web that stands while the block runs; with TLS where there are certificates (see :func:`make_certificates`)."""
    web = Web(sites, certificates)
    servers = [_Server(web)]
    web.port = servers[0].server_port
    if certificates is not None:
        servers.append(_Server(web, context=_server_context(certificates)))
        web.secure_port = servers[1].server_port
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield web
    finally:
        web.closing.set()
        for server in servers:
            server.end()
        for thread in threads:
            thread.join()


def make_certificates(folder: Path, hosts: tuple[str, ...]) -> Path:
    """An authority of the tests' own, and what it signed for ``hosts``; skips the test where there is no openssl."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("making certificates needs the program openssl")
    folder.mkdir(parents=True, exist_ok=True)

    def run(*arguments: str) -> None:
        subprocess.run([program, *arguments], cwd=folder, check=True, capture_output=True, timeout=30)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    run(
        "req",
        "-x509",
        *key,
        "-days",
        "3",
        "-keyout",
        "authority.key",
        "-out",
        "authority.pem",
        "-subj",
        "/O=Loopback Notaries/CN=Root of the tests",
    )
    run("req", *key, "-keyout", "site.key", "-out", "site.csr", "-subj", "/CN=sites.test")
    (folder / "names.txt").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in hosts), encoding="ascii")
    signing = ("-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2", "-extfile", "names.txt")
    run("x509", "-req", "-in", "site.csr", *signing, "-out", "site.pem")
    return folder


def _server_context(certificates: Path) -> ssl.SSLContext:
    def make(*protocols: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / "site.pem", certificates / "site.key")
        context.set_alpn_protocols(list(protocols))
        return context

    usual, by_name = make("http/1.1"), {"both.test": make("h2", "http/1.1"), "h2only.test": make("h2")}

    def choose(connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        connection.context = by_name.get(name or "", usual)

    usual.sni_callback = choose
    return usual


def _speak_h2(visit: Visit) -> None:
    """HTTP/2 (RFC 9113) to whoever agreed on it: every request gets the page ``*`` of the site ``h2only.test``, headers unread."""
    read, write = visit.rfile.read, visit.wfile.write
    page = visit.server.web.sites["h2only.test"]["*"]
    assert isinstance(page, Answer)
    assert isinstance(page.body, str)
    body = page.body.encode()

    def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
        return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload

    write(frame(4, 0, 0))
    if read(len(_PREFACE)) != _PREFACE:
        write(frame(7, 0, 0, struct.pack(">II", 0, 1)))
        return
    while head := read(9):
        size, kind, flags, stream = int.from_bytes(head[:3]), head[3], head[4], int.from_bytes(head[5:]) & 0x7FFFFFFF
        payload = read(size)
        if kind == 4 and not flags & 1:
            write(frame(4, 1, 0))
        elif kind == 6 and not flags & 1:
            write(frame(6, 1, 0, payload))
        elif kind == 1:
            fields = (
                b"\x88\x0f\x10" + bytes([len(HTML)]) + HTML.encode()
            )  # ":status 200", and a literal "content-type" (RFC 7541)
            write(frame(1, 4, stream, fields) + frame(0, 1, stream, body))


def h2_refusal(visit: Visit) -> None:
    """What a server that speaks HTTP/2 alone says to HTTP/1.1: a frame of settings and a farewell."""
    visit.wfile.write(
        b"\x00\x00\x00\x04\x00\x00\x00\x00\x00" + b"\x00\x00\x08\x07\x00\x00\x00\x00\x00" + struct.pack(">II", 0, 13)
    )
    visit.close_connection = True
