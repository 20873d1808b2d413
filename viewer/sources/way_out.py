"""The browser's side of its only way out: the proxy's process, begun before the browser's own network is taken away."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import msgspec

from archive.capture.policy import check_address
from archive.capture.proxy import USER, Begin, Finish, Look, Open, Opening, Spent
from archive.errors import ProcessLost
from archive.machine import HANDS_ON_FILES, IS_LINUX, Child, spawn
from archive.model.source import FetchOrder
from archive.namespaces import enter_empty_room
from archive.settings import CaptureLimits

_OPEN = msgspec.msgpack.Decoder(Open)
_SPENT = msgspec.msgpack.Decoder(Spent)
_WAITING = 128


class WayOut:
    """The proxy, as the browser's process sees it. After it is made, on Linux, the process has no network but this.

    Args:
        limits: what one visit may cost.

    Raises:
        ProcessLost: the proxy did not start.
    """

    user = USER

    def __init__(self, limits: CaptureLimits) -> None:
        self._has_proxy = bool(limits.proxy)
        self.is_alone = False
        """Whether the system keeps this process from every network but the proxy."""
        if IS_LINUX and HANDS_ON_FILES:
            ours, theirs = socket.socketpair()
            with ours, theirs:
                self._child: Child = spawn("archive.capture.proxy", descriptor=theirs.fileno())
                self.is_alone = enter_empty_room()
                with socket.create_server(("127.0.0.1", 0), backlog=_WAITING) as listener:
                    self.port = listener.getsockname()[1]
                    socket.send_fds(ours, [b"!"], [listener.fileno()])
                    self._opened(limits)
        else:
            self._child = spawn("archive.capture.proxy")
            self.port = self._opened(limits)

    def check(self, order: FetchOrder) -> None:
        """Return if the policy lets the page be asked for, as far as its address says.

        Raises:
            OutsideError: it does not.
        """
        check_address(order.address, allowed_private=order.allowed_private, has_proxy=self._has_proxy)

    def begin(self, password: str, allowed_private: Sequence[str]) -> None:
        """Begin a visit; only who brings the password gets out."""
        self._ask(Begin(password=password, allowed_private=tuple(allowed_private)))

    def look(self) -> Spent:
        """What the visit under way cost so far."""
        return self._ask(Look())

    def finish(self) -> Spent:
        """End the visit and all its connections; what it cost."""
        return self._ask(Finish())

    def close(self) -> None:
        """End the process."""
        self._child.end()

    def _opened(self, limits: CaptureLimits) -> int:
        self._child.pipe.send(msgspec.msgpack.encode(Opening(limits)))
        answer = self._child.pipe.receive()
        if answer is None:
            self._child.end()
            raise ProcessLost(process="browser")
        return _OPEN.decode(answer).port

    def _ask(self, order: Begin | Look | Finish) -> Spent:
        try:
            self._child.pipe.send(msgspec.msgpack.encode(order))
        except OSError as error:
            raise ProcessLost(process="browser") from error
        answer = self._child.pipe.receive()
        if answer is None:
            raise ProcessLost(process="browser")
        return _SPENT.decode(answer)
