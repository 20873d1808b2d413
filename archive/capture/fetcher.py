"""The process that goes outside, and the handle by which its owner orders and stops.

It has no key, no archive and no screen: it gets an address and gives back what came. Where the kernel has Landlock it may
read the program, the system's libraries and the files that name servers and certificates need, and write nothing.

What crosses the pipe is msgpack of the structs below; the first message to the process is the limits, the first from it says that
it stands. Start it before the process that owns it seals itself: seals are inherited.

The embedded browser is a second such process, with the same messages; :func:`start_browser` finds it by entry point (group
``ibid.browser``), because the archive knows no viewer.
"""

from __future__ import annotations

import contextlib
import itertools
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from importlib.metadata import entry_points
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from archive.address import host_of
from archive.capture.policy import Resolve, proxy_of, resolve_by_system
from archive.errors import AddressRefused, BrowserUnavailable, HostNotFound, HostUnreachable, MachineError, ProcessLost
from archive.machine import Child, inherited_pipe, no_core_dumps, program_places, seal_to_folder, spawn
from archive.model.source import Ending, Fetched, FetchOrder
from archive.pipe import Pipe
from archive.progress import Cancelled
from archive.settings import CaptureLimits

if TYPE_CHECKING:
    from archive.capture.connect import Call

_CLOSING_S = 2.0
_FETCHER = "archive.capture.fetcher"
_HOSTS_REMEMBERED = 4096
# What a resolver and TLS read while they work; names may change, so folders and not files.
OUTSIDE_PLACES = ("/etc", "/run/systemd/resolve", "/run/NetworkManager", "/run/resolvconf", "/var/run/nscd")


class Standing(msgspec.Struct, frozen=True, tag=True):
    """The process stands. ``is_sealed`` is true where the kernel now keeps it from files."""

    is_sealed: bool
    unavailable: str = ""
    """Why the process will not do its work, a ``reason`` of :class:`~archive.errors.BrowserUnavailable`; empty where it will."""


class Ask(msgspec.Struct, frozen=True, tag=True):
    """Fetch this; the answer carries the same number."""

    number: int
    order: FetchOrder


class Stop(msgspec.Struct, frozen=True, tag=True):
    """Leave everything that was asked up to this number; no answer comes for it."""

    number: int


class Brought(msgspec.Struct, frozen=True, tag=True):
    """The answer to one question."""

    number: int
    fetched: Fetched


class Fetcher:
    """A fetcher process, as its owner sees it: a :class:`~archive.model.source.Loader` for several threads at once.

    Args:
        limits: what one source may cost.
        module: the module that is the process.
        name: the ``process`` of :class:`~archive.errors.ProcessLost`.

    Raises:
        ProcessLost: it did not start.
        BrowserUnavailable: it is the embedded browser, and will not work here.
    """

    def __init__(self, limits: CaptureLimits | None = None, *, module: str = _FETCHER, name: str = "fetcher") -> None:
        self._name = name
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Fetched]] = {}
        self._lock = threading.Lock()
        self._is_lost = False
        try:
            self._child: Child = spawn(module)
            self._child.pipe.send(msgspec.msgpack.encode(limits or CaptureLimits()))
        except OSError as error:
            raise ProcessLost(process=self._name) from error
        greeting = self._child.pipe.receive()
        if greeting is None:
            self._child.end()
            raise ProcessLost(process=self._name)
        standing = msgspec.msgpack.decode(greeting, type=Standing)
        if standing.unavailable:
            self._child.end()
            raise BrowserUnavailable(reason=standing.unavailable)
        self.is_sealed = standing.is_sealed
        self._listener = threading.Thread(target=self._listen, name="fetcher-answers", daemon=True)
        self._listener.start()

    def load(self, order: FetchOrder) -> Fetched:
        """Fetch one source; a fault of the outside is in the answer.

        Raises:
            Cancelled: :meth:`cancel` was called meanwhile.
            ProcessLost: the process ended; every later call says so too.
        """
        answer: Future[Fetched] = Future()
        with self._lock:
            if self._is_lost:
                raise ProcessLost(process=self._name)
            number = next(self._numbers)
            self._waiting[number] = answer
            # Numbers go out in order, because Stop means all up to one.
            with contextlib.suppress(OSError):  # the listener meets the same end, and tells everyone who waits
                self._child.pipe.send(msgspec.msgpack.encode(Ask(number, order)))
        return answer.result()

    def cancel(self) -> None:
        """Leave what is under way, at once; later orders are fetched again."""
        with self._lock:
            number = next(self._numbers)
            left, self._waiting = self._waiting, {}
            with contextlib.suppress(OSError):
                self._child.pipe.send(msgspec.msgpack.encode(Stop(number)))
        for answer in left.values():
            answer.set_exception(Cancelled())

    def close(self) -> None:
        """End the process; safe to call twice."""
        self.cancel()
        with contextlib.suppress(OSError):
            self._child.pipe.send(b"")
        self._listener.join(_CLOSING_S)
        self._child.end()
        self._listener.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _listen(self) -> None:
        decoder = msgspec.msgpack.Decoder(Brought)
        while (message := self._child.pipe.receive()) is not None:
            try:
                brought = decoder.decode(message)
            except msgspec.DecodeError:
                self._child.process.kill()  # what does not speak our language is not ours any more
                break
            with self._lock:
                answer = self._waiting.pop(brought.number, None)
            if answer is not None:
                answer.set_result(brought.fetched)
        with self._lock:
            self._is_lost = True
            left, self._waiting = self._waiting, {}
        for answer in left.values():
            answer.set_exception(ProcessLost(process=self._name))


def start_browser(limits: CaptureLimits | None = None) -> Fetcher:
    """A process with the embedded browser, for pages that their own scripts build; it loads one at a time.

    Raises:
        BrowserUnavailable: its sandbox does not hold here, or Ibid was installed without it.
        ProcessLost: it did not start.
    """
    for entry in entry_points(group="ibid.browser", name="loader"):
        return Fetcher(limits, module=entry.value, name="browser")
    raise BrowserUnavailable(reason="missing")


@contextlib.contextmanager
def open_loaders(
    limits: CaptureLimits | None = None, *, without_browser: Callable[[MachineError], None] = lambda _why: None
) -> Iterator[tuple[Fetcher, ...]]:
    """The fetcher, and the embedded browser behind it where one can be started. Call it before the process seals itself.

    Args:
        limits: what one source may cost.
        without_browser: told why there is no browser, where there is none.

    Raises:
        ProcessLost: the fetcher did not start.
        ProxyUnreadable: the text for a proxy names none; nothing was started.
    """
    if limits is not None and limits.proxy:
        proxy_of(limits.proxy)
    with contextlib.ExitStack() as stack:
        started = [stack.enter_context(Fetcher(limits))]
        try:
            started.append(stack.enter_context(start_browser(limits)))
        except (BrowserUnavailable, ProcessLost) as why:
            without_browser(why)
        yield tuple(started)


class CarefulResolver:
    """A resolver that believes "there is no such name" only where names were found before.

    A computer that is offline may say it of every name; then nothing is gone, only nobody could be asked.

    Args:
        resolve: whom to ask.
    """

    def __init__(self, resolve: Resolve = resolve_by_system) -> None:
        self._resolve = resolve
        self._has_found = False

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of ``host``.

        Raises:
            HostNotFound: it has none.
            HostUnreachable: nobody could be asked.
        """
        try:
            found = tuple(self._resolve(host, port))
        except HostNotFound as error:
            if self._has_found:
                raise
            raise HostUnreachable(host=host, reason="dns") from error
        self._has_found = self._has_found or bool(found)
        return found


class Pace:
    """Keeps the beginnings of two visits to one host apart.

    Args:
        pace_s: by how much.
    """

    def __init__(self, pace_s: float) -> None:
        self._pace_s = pace_s
        self._free_at_s: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait_s(self, host: str) -> float:
        """How long to wait before visiting ``host`` now; the visit after this one waits longer."""
        with self._lock:
            now_s = time.monotonic()
            if len(self._free_at_s) >= _HOSTS_REMEMBERED:
                self._free_at_s = {name: at_s for name, at_s in self._free_at_s.items() if at_s > now_s}
            start_s = max(now_s, self._free_at_s.get(host, now_s))
            self._free_at_s[host] = start_s + self._pace_s
            return start_s - now_s


class _Worker:
    """The process's side: a few threads that fetch, one order at a time each."""

    def __init__(self, pipe: Pipe, limits: CaptureLimits) -> None:
        from archive.capture import connect, fetch  # the engine is loaded in this process only

        self._fetch, self._connect, self._pipe, self._limits = fetch, connect, pipe, limits
        self._trust = fetch.trusted_roots()
        self._resolve = CarefulResolver()
        self._pace = Pace(limits.pace_s)
        self._asked: queue.Queue[Ask] = queue.Queue()
        self._calls: dict[int, Call] = {}
        self._left_up_to = 0
        self._lock = threading.Lock()
        self._stopped = threading.Condition(self._lock)

    def serve(self) -> None:
        """Take orders until the pipe ends."""
        for n in range(self._limits.at_once):
            threading.Thread(target=self._work, name=f"fetch-{n}", daemon=True).start()
        decoder = msgspec.msgpack.Decoder(Ask | Stop)
        while message := self._pipe.receive():
            asked = decoder.decode(message)
            if isinstance(asked, Ask):
                self._asked.put(asked)
                continue
            with self._stopped:
                self._left_up_to = asked.number
                calls = list(self._calls.values())
                self._stopped.notify_all()
            for call in calls:
                call.stop()

    def _work(self) -> None:
        while True:
            asked = self._asked.get()
            with contextlib.suppress(Cancelled):
                self._wait_for_turn(asked)
                fetched = self._fetch_one(asked)
                self._pipe.send(msgspec.msgpack.encode(Brought(asked.number, fetched)))

    def _wait_for_turn(self, asked: Ask) -> None:
        host = self._host(asked.order.address)
        if host in asked.order.allowed_private:
            return  # the person's own host: there is no stranger to spare
        until_s = time.monotonic() + self._pace.wait_s(host)
        with self._stopped:
            self._stopped.wait_for(lambda: asked.number <= self._left_up_to, max(0.0, until_s - time.monotonic()))
            if asked.number <= self._left_up_to:
                raise Cancelled

    def _fetch_one(self, asked: Ask) -> Fetched:
        call = self._connect.Call(self._limits)
        with self._lock:
            if asked.number <= self._left_up_to:
                raise Cancelled
            self._calls[asked.number] = call
        try:
            return self._fetch.fetch(
                asked.order, self._limits, call=call, resolve=self._resolve, trust=self._trust, pace_s=self._pace.wait_s
            )
        except Cancelled:
            raise
        except Exception:  # noqa: BLE001  # a site may break the engine in any way; who ordered must hear that it did
            error = HostUnreachable(host=self._host(asked.order.address), reason="protocol")
            return Fetched(address=asked.order.address, ending=Ending.FAILED, error=error.code(), facts=dict(error.facts))
        finally:
            with self._lock:
                del self._calls[asked.number]

    @staticmethod
    def _host(address: str) -> str:
        try:
            return host_of(address)
        except AddressRefused:
            return address.partition("//")[2].partition("/")[0]


def main() -> None:
    """The process: stand, seal, serve, leave when the pipe ends."""
    pipe = inherited_pipe()
    no_core_dumps()
    head = pipe.receive()
    if head is None:
        return
    limits = msgspec.msgpack.decode(head, type=CaptureLimits)
    worker = _Worker(pipe, limits)
    with contextlib.suppress(OSError):
        socket.getaddrinfo("localhost", 80)  # the resolver loads its plug-ins now, while it may
    is_sealed = seal_to_folder(readable=[*program_places(), *map(Path, OUTSIDE_PLACES)], writable=[])
    pipe.send(msgspec.msgpack.encode(Standing(is_sealed)))
    worker.serve()


if __name__ == "__main__":
    main()
