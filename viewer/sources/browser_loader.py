"""The second process that goes outside: the embedded browser, for pages that their own scripts build. Started like the fetcher.

It speaks the fetcher's language (:mod:`archive.capture.fetcher`) and loads one page at a time. It has no key, no archive and no screen, and:

* **no network**: on Linux it lives in a network of its own with nothing in it, where only the proxy (:mod:`archive.capture.proxy`, another
  process) listens. Elsewhere the browser's own settings say the same: every request through the proxy, no name resolved, no UDP.
* **no files**: where the kernel has Landlock it reads the program and the system's libraries and fonts and writes nothing but shared
  memory; its home is a place where nothing can be made. Profiles are off the record, one for each page.
* **its sandbox, or nothing**: as root, or where the system lets no user make namespaces, the process says so and leaves. Only the
  test suite may do without, by :data:`~viewer.sources.engine.WITHOUT_SANDBOX`.

Qt is imported after all that, when the first page is asked for: most runs need none.
"""

from __future__ import annotations

import os
import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from archive import namespaces
from archive.capture.fetcher import Ask, Brought, Pace, Standing, Stop
from archive.errors import PageBroke, ProcessLost
from archive.machine import IS_LINUX, inherited_pipe, no_core_dumps, program_places, seal_to_folder
from archive.model.source import Ending, Fetched, FetchOrder, Way
from archive.pipe import Pipe
from archive.progress import Cancelled
from archive.settings import CaptureLimits, program
from viewer.sources.engine import WITHOUT_SANDBOX

if TYPE_CHECKING:
    from viewer.sources.way_out import WayOut

_NOWHERE = os.devnull  # a file: nothing can be made in it
_READABLE = ("/etc", "/proc", "/sys", "/dev/random", "/dev/zero", "/var/cache/fontconfig", "/run/systemd/resolve")
_WRITABLE = ("/dev/shm", "/proc")  # noqa: S108  # memory that Chromium's processes share
_HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")
_FLAGS = (
    "--proxy-server=http://127.0.0.1:{port}",
    "--proxy-bypass-list=<-loopback>",
    '--host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"',
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-http2",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pings",
    "--dns-prefetch-disable",
    "--disable-features=WebRtcHideLocalIpsWithMdns,SpeculationRules,Prerender2,NetworkTimeServiceQuerying,IsolateOrigins,site-per-process",
    "--disable-site-isolation-trials",
    "--disable-gpu",
    "--disable-gpu-shader-disk-cache",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--mute-audio",
    "--disable-speech-api",
    "--log-level=3",
)


class _Orders:
    """What the owner asks, read by a thread of its own."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._asked: queue.Queue[Ask | None] = queue.Queue()
        self._left_up_to = 0
        self._current = 0
        self.is_over = False

    def listen(self) -> None:
        """Read until the owner leaves."""
        decoder = msgspec.msgpack.Decoder(Ask | Stop)
        while message := self._pipe.receive():
            asked = decoder.decode(message)
            if isinstance(asked, Ask):
                self._asked.put(asked)
            else:
                self._left_up_to = asked.number
        self.is_over = True
        self._asked.put(None)

    def next(self) -> Ask | None:
        """The next order that was not left meanwhile; waits for it. None when the owner has gone."""
        while (asked := self._asked.get()) is not None and asked.number <= self._left_up_to:
            pass
        self._current = 0 if asked is None else asked.number
        return asked

    def is_left(self) -> bool:
        """Whether the order under way is wanted no more."""
        return self.is_over or self._current <= self._left_up_to


def main() -> None:
    """The process: see that it may, shut itself in, stand, serve, leave when the pipe ends."""
    pipe = inherited_pipe()
    no_core_dumps()
    head = pipe.receive()
    if head is None:
        return
    limits = msgspec.msgpack.Decoder(CaptureLimits).decode(head)
    if reason := _unavailable():
        pipe.send(msgspec.msgpack.encode(Standing(is_sealed=False, unavailable=reason)))
        return
    from viewer.sources.way_out import WayOut

    way_out = WayOut(limits)
    is_sealed = _shut_in(way_out.port) and way_out.is_alone
    orders = _Orders(pipe)
    threading.Thread(target=orders.listen, name="orders", daemon=True).start()
    pipe.send(msgspec.msgpack.encode(Standing(is_sealed=is_sealed)))
    try:
        if (first := orders.next()) is not None:
            _serve(first, pipe, orders, limits, way_out)
    finally:
        way_out.close()
    os._exit(0)  # Qt's engine has nothing to save, and takes its time


def _unavailable() -> str:
    """Why the browser must not start here; empty where it may."""
    if os.environ.get(WITHOUT_SANDBOX) == "1" or not IS_LINUX:
        return ""
    if os.geteuid() == 0:
        return "root"
    return "" if namespaces.are_allowed() else "sandbox"


def _shut_in(port: int) -> bool:
    """Take from the process its files and from the browser its choices; whether the kernel enforces the former."""
    for name in _HOMES:
        os.environ[name] = _NOWHERE
    is_of_tests = os.environ.get(WITHOUT_SANDBOX) == "1"
    os.environ.update({
        "QT_QPA_PLATFORM": "offscreen",
        "QT_ACCESSIBILITY": "0",
        "QT_DISABLE_SHADER_DISK_CACHE": "1",
        "MESA_SHADER_CACHE_DISABLE": "true",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={_NOWHERE}",
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={_NOWHERE}",
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "QTWEBENGINE_CHROMIUM_FLAGS": " ".join(_FLAGS).format(port=port) + (" --no-sandbox" if is_of_tests else ""),
    })
    return seal_to_folder(readable=[*program_places(), *map(Path, _READABLE)], writable=[Path(place) for place in _WRITABLE])


def _name(version: str) -> dict[str, object]:
    """What the browser calls itself: the commonest one with this engine. To call it another's name would be seen at once by what it can do."""
    major = version.partition(".")[0]
    brands = [{"brand": brand, "version": major} for brand in ("Chromium", "Google Chrome")]
    brands.append({"brand": "Not=A?Brand", "version": "24"})
    return {
        "userAgent": f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36",
        "platform": "Win32",
        "userAgentMetadata": {
            "brands": brands,
            "platform": "Windows",
            "platformVersion": "10.0.0",
            "architecture": "x86",
            "bitness": "64",
            "model": "",
            "mobile": False,
        },
    }


def _serve(first: Ask, pipe: Pipe, orders: _Orders, limits: CaptureLimits, way_out: WayOut) -> None:
    """Load what is asked, one page after the other, until the owner leaves."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWebEngineCore import qWebEngineChromiumVersion
    from PySide6.QtWidgets import QApplication

    from viewer.sources.turning import Turning
    from viewer.sources.visit import Visit

    app = QApplication(["ibid"])
    app.setQuitOnLastWindowClosed(False)
    turning, pace = Turning(orders.is_left), Pace(limits.pace_s)
    name, made_by = _name(qWebEngineChromiumVersion()), f"{program()}, Chromium {qWebEngineChromiumVersion()}"
    is_safe = (lambda _process: True) if os.environ.get(WITHOUT_SANDBOX) == "1" else namespaces.is_inside
    asked: Ask | None = first
    while asked is not None:
        order = asked.order
        try:
            turning.until(lambda: False, limit_s=pace.wait_s(urlsplit(order.address).hostname or ""))
            visit = Visit(order, limits, turning=turning, way_out=way_out, name=name, program=made_by, is_safe=is_safe)
            pipe.send(msgspec.msgpack.encode(Brought(asked.number, visit.run())))
        except Cancelled:
            pass
        except (ProcessLost, OSError):
            return
        except Exception:  # noqa: BLE001  # a page may break the engine in any way; who ordered must hear that it did
            pipe.send(msgspec.msgpack.encode(Brought(asked.number, _broken(order))))
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        asked = orders.next()


def _broken(order: FetchOrder) -> Fetched:
    error = PageBroke(host=urlsplit(order.address).hostname or "", reason="crash")
    return Fetched(address=order.address, ending=Ending.FAILED, way=Way.BROWSER, error=error.code(), facts=dict(error.facts))


if __name__ == "__main__":
    main()
