"""One page, loaded with its scripts, waited for, scrolled through, written down, and taken along with all it needed.

    load       until the page says that it has loaded, at most half of the time there is
    settle     until nothing is asked for and nothing changes any more, for half a second
    scroll     to the end, a window at a time, for the pictures that load only when they are looked at; then settle again
    freeze     the page and each of its frames become HTML that shows the same without scripts (``resources/browser/freeze.js``)
    take       the bytes of every answer, as the browser got them

Every step has its share of the time of the whole; a page that never ends is frozen as it is when the share is used up.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineFrame, QWebEngineScript

from archive.address import normalise
from archive.errors import (
    AddressRefused,
    AnswerTooLarge,
    HostUnreachable,
    NotServed,
    OutsideError,
    PageBroke,
    ProcessLost,
    TookTooLong,
)
from archive.model.source import FROZEN, Certificate, Ending, Evidence, Exchange, Fetched, FetchOrder, MissingPart, StepWords, Way
from archive.progress import Cancelled
from archive.settings import RESOURCES, CaptureLimits
from archive.values import digest_of, now
from viewer.sources.browser_page import BrowserPage
from viewer.sources.devtools import DevTools, NoAnswer
from viewer.sources.media import PAUSED, MediaTaken
from viewer.sources.network_log import EVENTS, Entry, NetworkLog, exchange_of
from viewer.sources.turning import Turning
from viewer.sources.way_out import WayOut

_QUIET_S = 0.5
_LATE_S = 2.0
_MOST_SCREENS = 60
_SCREEN_S = 0.1
_MOST_FRAMES = 40
_TAKEN_KINDS = frozenset({
    "Document",
    "Stylesheet",
    "Image",
    "Media",
    "Font",
    "Script",
    "XHR",
    "Fetch",
    "TextTrack",
    "Manifest",
    "Other",
})
_SHOWN_KINDS = frozenset({"Document", "Stylesheet", "Image", "Media", "Font"})
_OURS = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


class Visit:
    """One order, carried out in a page of its own.

    Args:
        order: the address.
        limits: what it may cost.
        turning: the loop to wait in.
        way_out: the proxy.
        name: what the browser calls itself, as the parameters of ``Emulation.setUserAgentOverride``.
        program: what it says in the evidence that it is.
        is_safe: whether the process of this number is in the sandbox.
    """

    def __init__(
        self,
        order: FetchOrder,
        limits: CaptureLimits,
        *,
        turning: Turning,
        way_out: WayOut,
        name: dict[str, object],
        program: str,
        is_safe: Callable[[int], bool],
    ) -> None:
        self._order, self._limits, self._turning, self._way_out = order, limits, turning, way_out
        self._is_safe, self._name, self._program = is_safe, name, program
        self._begun_s = time.monotonic()
        self._log = NetworkLog()
        self._last_event_s = 0.0
        self._is_looking = False
        self._changes: object = None
        self._changed_at_s = self._seen_up_to_s = 0.0
        self._host = urlsplit(order.address).hostname or ""
        password = secrets.token_urlsafe(24)
        way_out.begin(password, order.allowed_private)
        self._page = BrowserPage(user_agent=str(name["userAgent"]), login=(way_out.user, password), most_requests=limits.parts)
        self._tools = DevTools(self._page, turning, self._heard, (*EVENTS, PAUSED))
        self._media = MediaTaken(limit_bytes=limits.body_bytes, part_bytes=limits.part_bytes)

    def run(self) -> Fetched:
        """Everything that came; a fault of the outside is in it, never raised.

        Raises:
            Cancelled: it was left meanwhile.
            ProcessLost: the sandbox is not what was promised, or the proxy is gone; nothing was loaded.
        """
        exchanges: list[Exchange] = []
        requisites: list[Exchange] = []
        certificates: list[Certificate] = []
        error: OutsideError | None = None
        try:
            self._way_out.check(self._order)
            self._load()
            frozen = self._freeze()
            exchanges, requisites, error = self._taken(frozen)
            certificates = self._certificates(frozen[0].address)
        except OutsideError as fault:
            error = fault
        except NoAnswer:
            error = PageBroke(host=self._host, reason="crash" if self._page.is_broken else "hung")
        finally:
            self._close()
        broken_off = Ending.PARTIAL if exchanges else Ending.FAILED
        return Fetched(
            address=self._order.address,
            ending=Ending.COMPLETE if error is None else broken_off,
            exchanges=tuple(exchanges),
            requisites=tuple(requisites),
            way=Way.BROWSER,
            evidence=Evidence(
                program=self._program,
                certificates=tuple(certificates),
                missing=tuple(self._missing()) if exchanges else (),
                words=StepWords(self._order.first_words or 0, 0),
            ),
            error=None if error is None else error.code(),
            facts={} if error is None else dict(error.facts),
            duration_ms=round((time.monotonic() - self._begun_s) * 1000),
        )

    # --- the steps

    def _load(self) -> None:
        loaded: list[bool] = []
        self._page.loadFinished.connect(loaded.append)
        self._page.loadFinished.connect(self._turning.nudge)
        self._page.load(QUrl("about:blank"))
        self._wait_for(lambda: bool(loaded), self._left_s())
        if not self._is_safe(self._page.renderProcessPid()):
            raise ProcessLost(process="browser")
        self._tools.open()
        self._tools.ask(
            "Network.enable", maxTotalBufferSize=self._limits.body_bytes, maxResourceBufferSize=self._limits.body_bytes
        )
        self._media.begin(self._tools)
        self._tools.ask("Network.setBypassServiceWorker", bypass=True)
        self._tools.ask("Emulation.setUserAgentOverride", **self._name)
        loaded.clear()
        self._page.load(QUrl.fromEncoded(self._order.address.encode()))
        self._wait_for(lambda: bool(loaded) or self._page.is_no_page, self._left_s() / 2)
        self._wait_for(self._has_heard_of_the_page, min(_LATE_S, self._left_s()))
        page = self._page_entry()
        if self._page.is_no_page or (page is not None and page.status and page.media_type not in _OF_PAGES):
            raise PageBroke(host=self._host, reason="no_page")
        if page is None or not page.status:
            raise self._why(page)
        self._settle(self._limits.page_s * 0.15)
        asked = len(self._log.entries)
        self._scroll()
        if len(self._log.entries) > asked:
            self._settle(self._limits.page_s * 0.1)

    def _has_heard_of_the_page(self) -> bool:
        """Whether the tools have told what became of the page: they speak a little later than the page."""
        page = self._page_entry()
        return page is not None and bool(page.status or page.failed)

    def _settle(self, limit_s: float) -> None:
        """Wait until nothing was asked for and nothing changed for :data:`_QUIET_S`, by the page's own word: a busy one does not answer."""
        self._changed_at_s = time.monotonic()
        self._seen_up_to_s, self._is_looking = 0.0, False

        def is_quiet() -> bool:
            if self._log.in_flight(self._last_event_s):
                self._changed_at_s = time.monotonic()
            self._look_at_changes()
            return self._seen_up_to_s - self._changed_at_s >= _QUIET_S

        self._wait_for(is_quiet, min(limit_s, self._left_s()))

    def _look_at_changes(self) -> None:
        if self._is_looking:
            return
        asked_s, self._is_looking = time.monotonic(), True

        def seen(count: object) -> None:
            self._seen_up_to_s, self._is_looking = asked_s, False
            if count != self._changes:
                self._changes, self._changed_at_s = count, asked_s

        self._page.runJavaScript("globalThis.ibidChanges || 0", _OURS, seen)

    def _scroll(self) -> None:
        """Look at every part of the page once, then stand at its beginning again."""
        end_s = time.monotonic() + min(self._limits.page_s * 0.15, self._left_s())
        for _ in range(_MOST_SCREENS):
            at_end = self._run(
                self._page.mainFrame(),
                "(() => { const top = scrollY; scrollBy({top: innerHeight * 0.9, behavior: 'instant'}); return scrollY <= top; })()",
            )
            if at_end or time.monotonic() >= end_s:
                break
            began_s = time.monotonic()
            self._wait_for(lambda began_s=began_s: time.monotonic() - began_s >= _SCREEN_S, _SCREEN_S * 2)
        self._run(self._page.mainFrame(), "scrollTo({top: 0, behavior: 'instant'})")

    def _freeze(self) -> list[Exchange]:
        """The page and its frames as FROZEN exchanges, the page first; a frame that cannot be written down is left out."""
        script = (RESOURCES / "browser" / "freeze.js").read_text(encoding="utf-8")
        made: list[Exchange] = []
        status = {one.address: one for one in self._log.placed() if one.status}
        for frame in _all_frames(self._page.mainFrame()):
            address = bytes(frame.url().toEncoded().data()).decode("ascii").partition("#")[0]
            if not address.startswith(("http:", "https:")) or any(one.address == address for one in made):
                continue
            self._run(frame, script)
            frozen = self._frozen_of(frame)
            if frozen is None and not made:
                raise NoAnswer
            if frozen is None:
                continue
            answer = status.get(address) or self._page_entry()
            made.append(_frozen(address, frozen, answer.status if answer else 200, answer.reason if answer else "OK"))
        if not made:
            raise NoAnswer
        return made

    def _frozen_of(self, frame: QWebEngineFrame) -> str | None:
        """The HTML that the script made, None where it made none in time."""
        end_s = time.monotonic() + self._left_s() / 2
        while time.monotonic() < end_s:
            said = self._run(frame, "JSON.stringify(globalThis.ibidFrozen ?? null)")
            found = json.loads(said) if isinstance(said, str) and said else None
            if found is not None:
                return found.get("html")
            began_s = time.monotonic()
            self._wait_for(lambda began_s=began_s: time.monotonic() - began_s >= 0.02, 1.0)
        return None

    def _taken(self, frozen: list[Exchange]) -> tuple[list[Exchange], list[Exchange], OutsideError | None]:
        """The exchanges and what the page needs, with the bytes of every answer; and the error that cut it short, if one did."""
        main, others = self._sorted_entries()
        error: OutsideError | None = None
        left_bytes = self._limits.body_bytes - sum(len(one.body) for one in frozen)
        exchanges, requisites, had = [], [], {(one.address, one.is_redirect) for one in main}
        for entry in main:
            body = b"" if entry.is_redirect else self._body(entry, left_bytes)
            if body is None:
                error = error or TookTooLong(host=self._host, limit_s=self._limits.page_s)
                continue
            left_bytes -= len(body)
            exchanges.append(exchange_of(entry, body))
        exchanges.append(frozen[0])
        for entry in others:
            if (entry.address, entry.is_redirect) in had:
                continue
            taken = self._requisite(entry, left_bytes)
            if taken is not None:
                had.add((entry.address, entry.is_redirect))
                left_bytes -= len(taken.body)
                requisites.append(taken)
        requisites += frozen[1:]
        spent = self._way_out.look()
        if spent.is_cut or left_bytes < 0:
            error = error or AnswerTooLarge(host=self._host, limit_bytes=self._limits.body_bytes)
        return exchanges, requisites, error

    def _certificates(self, address: str) -> list[Certificate]:
        """What the host of the page proved itself with, none for plain HTTP."""
        page, host = self._page_entry(), urlsplit(address).hostname or ""
        stated = page.security if page is not None else {}
        if not stated or urlsplit(page.address).netloc != urlsplit(address).netloc:
            return []
        try:
            found = self._tools.ask("Network.getCertificate", limit_s=self._left_s(), origin=address)["tableNames"]
        except (NoAnswer, KeyError):
            return []
        return (
            [
                Certificate(
                    host=host,
                    subject=str(stated.get("subjectName", "")),
                    issuer=str(stated.get("issuer", "")),
                    valid_from=datetime.fromtimestamp(int(stated.get("validFrom", 0)), UTC),
                    valid_until=datetime.fromtimestamp(int(stated.get("validTo", 0)), UTC),
                    digest=digest_of(b64decode(found[0])),
                )
            ]
            if found
            else []
        )

    def _requisite(self, entry: Entry, left_bytes: int) -> Exchange | None:
        """A part of the page as an exchange; None where its bytes are not to be had."""
        if entry.is_redirect:
            return exchange_of(entry, b"")
        if entry.failed or not entry.status:
            return None
        body = self._media.bodies.get(entry.request) if entry.kind == "Media" else self._body(entry, left_bytes)
        return None if body is None or len(body) > self._limits.part_bytes else exchange_of(entry, body)

    def _body(self, entry: Entry, left_bytes: int) -> bytes | None:
        """The bytes of an answer with its content coding undone; None where the browser has them no more."""
        if not entry.is_whole or left_bytes <= 0:
            return None
        try:
            found = self._tools.ask("Network.getResponseBody", limit_s=self._left_s(), requestId=entry.request)
        except NoAnswer:
            return None
        return b64decode(found["body"]) if found.get("base64Encoded") else _in_its_charset(found["body"], entry)

    # --- what the log says

    def _heard(self, method: str, params: dict[str, Any]) -> None:
        self._last_event_s = max(self._last_event_s, float(params.get("timestamp", 0.0)))
        if method == PAUSED:
            self._media.take(self._tools, params)
        else:
            self._log.take(method, params)

    def _page_entry(self) -> Entry | None:
        """The last request for the page itself."""
        main, _ = self._sorted_entries()
        return main[-1] if main else None

    def _sorted_entries(self) -> tuple[list[Entry], list[Entry]]:
        """The requests for the page itself, and those for all it needed."""
        placed = [one for one in self._log.placed() if _is_placed(one.address)]
        frame = next((one.frame for one in placed if one.kind == "Document"), "")
        main = [one for one in placed if one.kind == "Document" and one.frame == frame and (one.status or not one.failed)]
        return main, [one for one in placed if one.kind in _TAKEN_KINDS and not (one.kind == "Document" and one.frame == frame)]

    def _missing(self) -> Iterator[MissingPart]:
        """What the page wanted to show and did not get, each address once."""
        main, _ = self._sorted_entries()
        faults, seen = self._spent.faults, {one.address for one in main}
        for one in self._log.placed():
            if one.kind not in _SHOWN_KINDS or one.address in seen or one.failed == "canceled" or not _is_placed(one.address):
                continue
            fault = faults.get(urlsplit(one.address).hostname or "")
            if one.failed or not one.status:
                seen.add(one.address)
                yield MissingPart(one.address, fault.code if fault else HostUnreachable.code())
            elif one.status >= 400:
                seen.add(one.address)
                yield MissingPart(one.address, NotServed.code())
            elif one.kind == "Media" and one.request not in self._media.bodies:
                seen.add(one.address)
                yield MissingPart(one.address, AnswerTooLarge.code())
            else:
                seen.add(one.address)

    def _why(self, page: Entry | None) -> OutsideError:
        """Why there is no page."""
        host = (urlsplit(page.address).hostname if page is not None else "") or self._host
        if (fault := self._way_out.look().faults.get(host)) is not None:
            return fault.error()
        if self._page.is_broken:
            return PageBroke(host=self._host, reason="crash")
        if self._left_s() < self._limits.page_s / 2 and (page is None or not page.failed):
            return TookTooLong(host=host, limit_s=self._limits.page_s)
        is_tls = host in self._page.hosts_not_believed or (page is not None and "SSL" in page.failed)
        return HostUnreachable(host=host, reason="tls" if is_tls else "dropped")

    # --- small things

    def _left_s(self) -> float:
        return max(0.05, self._limits.page_s - (time.monotonic() - self._begun_s))

    def _wait_for(self, is_so: Any, limit_s: float) -> bool:
        """Wait; a renderer that has died ends it.

        Raises:
            NoAnswer: it has.
            Cancelled: the visit was left.
        """
        is_done = self._turning.until(lambda: self._page.is_broken or is_so(), limit_s=limit_s)
        if self._page.is_broken:
            raise NoAnswer
        return is_done

    def _run(self, frame: QWebEngineFrame, script: str) -> object:
        """What a script gives in our own world of a frame.

        Raises:
            NoAnswer: the page is too busy to say, or dead.
        """
        if not frame.isValid():
            return None
        given: list[object] = []

        def take(value: object) -> None:
            given.append(value)
            self._turning.nudge()

        frame.runJavaScript(script, _OURS, take)
        if not self._wait_for(lambda: bool(given), self._left_s()):
            raise NoAnswer
        return given[0]

    def _close(self) -> None:
        """Let go of everything, and end the process that drew the page: a page without end would keep it."""
        self._spent = self._way_out.finish()
        process = self._page.renderProcessPid()
        gone: list[bool] = []
        self._page.destroyed.connect(lambda: gone.append(True))
        self._tools.close()
        self._page.go_away()
        if process > 0 and hasattr(signal, "SIGKILL"):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        with suppress(Cancelled):
            self._turning.until(lambda: bool(gone), limit_s=2.0)


_OF_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})


def _all_frames(frame: QWebEngineFrame) -> Iterator[QWebEngineFrame]:
    """A frame and all in it, at most :data:`_MOST_FRAMES`, outer ones first."""
    waiting, count = [frame], 0
    while waiting and count < _MOST_FRAMES:
        frame = waiting.pop(0)
        count += 1
        yield frame
        if frame.isValid():
            waiting.extend(frame.children())


def _frozen(address: str, html: str, status: int, reason: str) -> Exchange:
    return Exchange(
        address=address,
        method=FROZEN,
        status=status,
        reason=reason,
        request_headers=(),
        answer_headers=(("Content-Type", "text/html; charset=utf-8"),),
        fetched_at=now(),
        http_version="HTTP/1.1",
        body=html.encode("utf-8", "replace"),
        charset="utf-8",
    )


def _in_its_charset(text: str, entry: Entry) -> bytes:
    """The bytes of a text that the browser has decoded already, in the charset that its answer states."""
    stated = next((value for name, value in entry.answered_with if name.lower() == "content-type"), "").lower()
    charset = stated.partition("charset=")[2].partition(";")[0].strip("\"' ") or "utf-8"
    try:
        return text.encode(charset)
    except (LookupError, UnicodeError):
        return text.encode("utf-8", "replace")


def _is_placed(address: str) -> bool:
    try:
        normalise(address)
    except AddressRefused:
        return False
    return True
