"""What the embedded browser asked for and what came, told by its own events (Chrome DevTools Protocol, domain Network).

No Qt here: events in, exchanges out. A request and each redirect of it is an entry of its own; headers are taken from the ``ExtraInfo``
events, which hold what really went over the wire, in its order where the browser still has it (``headersText``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from archive.model.source import Exchange

EVENTS = (
    "Network.requestWillBeSent",
    "Network.requestWillBeSentExtraInfo",
    "Network.responseReceived",
    "Network.responseReceivedExtraInfo",
    "Network.loadingFinished",
    "Network.loadingFailed",
    "Network.requestServedFromCache",
)
"""The events that a log wants to hear of."""

_OF_THE_VISITOR = frozenset({
    *("cookie", "cookie2", "set-cookie", "set-cookie2", "authorization"),
    *("proxy-authorization", "proxy-connection", "proxy-authenticate"),
})
_NEVER_QUIET = frozenset({"WebSocket", "EventSource", "Media", "Ping", "Preflight", "SignedExchange", "CSPViolationReport"})
_WITHOUT_A_PLACE = ("data:", "blob:", "about:", "devtools:")
_LONGEST_IN_FLIGHT_S = 10.0

Headers = tuple[tuple[str, str], ...]


@dataclass
class Entry:
    """One request and what became of it; ``status`` is 0 until an answer came, ``failed`` the browser's word for why none will."""

    request: str
    address: str
    method: str
    kind: str
    frame: str
    loader: str
    asked_at: datetime
    begun_s: float
    asked_with: Headers = ()
    status: int = 0
    reason: str = ""
    answered_with: Headers = ()
    protocol: str = ""
    media_type: str = ""
    is_whole: bool = False
    is_redirect: bool = False
    failed: str = ""
    security: Mapping[str, Any] = field(default_factory=dict)

    @property
    def coding(self) -> str:
        """The Content-Encoding on the wire."""
        return ", ".join(value for name, value in self.answered_with if name.lower() == "content-encoding")


@dataclass
class NetworkLog:
    """The entries of one visit, in the order in which they were asked for."""

    entries: list[Entry] = field(default_factory=list)
    _open: dict[str, Entry] = field(default_factory=dict)
    _hops: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _answered: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _early: dict[str, list[tuple[str, Mapping[str, Any]]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, method: str, params: Mapping[str, Any]) -> None:
        """Take one event; what is not of :data:`EVENTS` or holds nothing of use changes nothing."""
        name = method.removeprefix("Network.")
        handler = getattr(self, f"_{name}", None)
        if handler is not None and isinstance(params.get("requestId"), str):
            handler(params["requestId"], params)

    def in_flight(self, now_s: float) -> int:
        """How many requests have no end yet that a page would wait for; one that has hung for long counts no more."""
        return sum(
            not (one.is_whole or one.failed)
            and one.kind not in _NEVER_QUIET
            and not one.address.startswith(_WITHOUT_A_PLACE)
            and now_s - one.begun_s < _LONGEST_IN_FLIGHT_S
            for one in self._open.values()
        )

    def placed(self) -> Iterator[Entry]:
        """The entries that have an address on the web and were asked for with GET, in order."""
        return (one for one in self.entries if one.method == "GET" and one.address.startswith(("http://", "https://")))

    def _requestWillBeSent(self, request: str, params: Mapping[str, Any]) -> None:  # noqa: N802  # the protocol's name
        before = self._open.get(request)
        if before is not None and (redirect := params.get("redirectResponse")):
            _answer(before, redirect)
            before.is_redirect = before.is_whole = True
        asked = params.get("request", {})
        entry = Entry(
            request=request,
            address=str(asked.get("url", "")).partition("#")[0],
            method=str(asked.get("method", "")),
            kind=str(params.get("type", "")),
            frame=str(params.get("frameId", "")),
            loader=str(params.get("loaderId", "")),
            asked_at=datetime.fromtimestamp(int(params.get("wallTime", 0)), UTC),
            begun_s=float(params.get("timestamp", 0.0)),
            asked_with=headers_of(asked.get("headers", {})),
        )
        self.entries.append(entry)
        self._hops[request].append(entry)
        self._open[request] = entry
        for name, early in self._early.pop(request, []):
            getattr(self, name)(request, early)

    def _requestWillBeSentExtraInfo(self, request: str, params: Mapping[str, Any]) -> None:  # noqa: N802
        if (hop := self._hop(request, self._asked, "_requestWillBeSentExtraInfo", params)) is not None:
            hop.asked_with = headers_of(params.get("headers", {}))

    def _responseReceivedExtraInfo(self, request: str, params: Mapping[str, Any]) -> None:  # noqa: N802
        if (hop := self._hop(request, self._answered, "_responseReceivedExtraInfo", params)) is not None:
            text = params.get("headersText")
            hop.answered_with = headers_of_text(text) if text else headers_of(params.get("headers", {}))

    def _hop(self, request: str, taken: dict[str, int], name: str, params: Mapping[str, Any]) -> Entry | None:
        """The entry that an ``ExtraInfo`` belongs to: they come in the order of the redirects, also before the event that they add to."""
        hops = self._hops[request]
        if taken[request] >= len(hops):
            self._early[request].append((name, params))
            return None
        taken[request] += 1
        return hops[taken[request] - 1]

    def _responseReceived(self, request: str, params: Mapping[str, Any]) -> None:  # noqa: N802
        if (entry := self._open.get(request)) is not None:
            entry.kind = str(params.get("type", entry.kind))
            _answer(entry, params.get("response", {}))

    def _loadingFinished(self, request: str, _params: Mapping[str, Any]) -> None:  # noqa: N802
        if (entry := self._open.get(request)) is not None:
            entry.is_whole = True

    def _loadingFailed(self, request: str, params: Mapping[str, Any]) -> None:  # noqa: N802
        if (entry := self._open.get(request)) is not None:
            entry.failed = "canceled" if params.get("canceled") else str(params.get("errorText") or "failed")

    def _requestServedFromCache(self, request: str, _params: Mapping[str, Any]) -> None:  # noqa: N802
        if (entry := self._open.get(request)) is not None:
            entry.is_whole = True


def exchange_of(entry: Entry, body: bytes, *, charset: str = "") -> Exchange:
    """The exchange that an entry is, with the body that came; what is the visitor's own is left out."""
    return Exchange(
        address=entry.address,
        method=entry.method,
        status=entry.status,
        reason=entry.reason,
        request_headers=without_visitor(entry.asked_with),
        answer_headers=without_visitor(entry.answered_with),
        fetched_at=entry.asked_at,
        http_version="HTTP/1.0" if entry.protocol == "http/1.0" else "HTTP/1.1",
        body=body,
        coding=entry.coding,
        charset=charset,
    )


def headers_of(found: Mapping[str, Any]) -> Headers:
    """Headers out of the protocol's table; one that came several times holds line feeds there."""
    return tuple(
        (str(name), part) for name, value in found.items() for part in str(value).split("\n") if not name.startswith(":")
    )


def headers_of_text(text: str) -> Headers:
    """Headers in the order and spelling in which they came (RFC 9112 section 5)."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n")[1:] if ":" in line]
    return tuple((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines))


def without_visitor(headers: Iterable[tuple[str, str]]) -> Headers:
    """The headers without those that name the visitor or the way out."""
    return tuple(pair for pair in headers if pair[0].lower() not in _OF_THE_VISITOR)


def _answer(entry: Entry, response: Mapping[str, Any]) -> None:
    entry.status = int(response.get("status", 0))
    entry.reason = str(response.get("statusText", ""))
    entry.protocol = str(response.get("protocol", ""))
    entry.security = response.get("securityDetails") or {}
    entry.media_type = str(response.get("mimeType", "")).lower()
    if not entry.answered_with:
        entry.answered_with = headers_of(response.get("headers", {}))
