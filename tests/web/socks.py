"""A SOCKS5 proxy on the loopback (RFC 1928, RFC 1929) that connects every name to one server and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator


class _Conversation(socketserver.BaseRequestHandler):
    server: SocksServer

    def handle(self) -> None:
        """One client, from its greeting to the end of what it wanted."""
        with contextlib.suppress(OSError):
            _, count = self._read(2)
            methods = self._read(count)
            wanted = 2 if self.server.password else 0
            if wanted not in methods:
                self.request.sendall(b"\x05\xff")
                return
            self.request.sendall(bytes((5, wanted)))
            if self.server.password and not self._knows_password():
                return
            _, _, _, kind = self._read(4)
            name = self._name(kind)
            port = int.from_bytes(self._read(2))
            self.server.asked.append((kind, name, port))
            reply = self.server.replies.get(name, 0)
            self.request.sendall(bytes((5, reply, 0, 1)) + bytes(6))
            if not reply:
                self._join()

    def _knows_password(self) -> bool:
        _, length = self._read(2)
        user = self._read(length)
        given = self._read(self._read(1)[0])
        is_right = f"{user.decode()}:{given.decode()}" == self.server.password
        self.request.sendall(b"\x01\x00" if is_right else b"\x01\x01")
        return is_right

    def _name(self, kind: int) -> str:
        if kind == 3:
            return self._read(self._read(1)[0]).decode("ascii")
        packed = self._read(4 if kind == 1 else 16)
        return socket.inet_ntop(socket.AF_INET if kind == 1 else socket.AF_INET6, packed)

    def _read(self, count: int) -> bytes:
        came = b""
        while len(came) < count:
            piece = self.request.recv(count - len(came))
            if not piece:
                raise ConnectionResetError
            came += piece
        return came

    def _join(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.target_port)) as far:
            back = threading.Thread(target=_pump, args=(far, self.request))
            back.start()
            _pump(self.request, far)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


class SocksServer(socketserver.ThreadingTCPServer):
    """The proxy; ``asked`` holds (kind of address, name, port) of every connection wanted, ``replies`` what it says of a name instead of 0.

    Args:
        target_port: the port on this machine that every name leads to.
        password: ``user:password`` that it wants, empty for none.
    """

    block_on_close = True
    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, target_port: int, *, password: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.target_port, self.password = target_port, password
        self.asked: list[tuple[int, str, int]] = []
        self.replies: dict[str, int] = {}

    @property
    def address(self) -> str:
        """How it is named in a setting."""
        user = f"{self.password}@" if self.password else ""
        return f"socks5h://{user}127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def open_socks(target_port: int, *, password: str = "") -> Iterator[SocksServer]:
    """A proxy that stands while the block runs."""
    server = SocksServer(target_port, password=password)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
