"""One address, fetched: its redirects followed by hand, its body counted while it comes, then what the page needs.

With :mod:`archive.capture.connect` the only file that imports the network engine. What it promises:

* The policy is asked for every address of a chain of redirects and for every part of a page, and again when a connection is made.
* Nothing of the machine shows: no proxy or certificate settings from the environment, no referrer, one User-Agent for
  everybody, cookies for the length of one source only and only to the host that set them.
* Limits hold while bytes arrive, not afterwards: of the raw body and of the unpacked one (a kilobyte can unpack to a gigabyte),
  of the whole time across redirects (a byte a second is not progress), of the connection, of the number of redirects.
* A body that was cut off is never called complete: the ending is PARTIAL and says why. One that grew too large is not kept.
* Where the place has nothing any more, a web archive of others is asked, if the order allows it, and what it gave is marked as such.

HTTP/1.1 only: every server speaks it, its headers keep their order and spelling, and a WARC record can hold it (ISO 28500
knows no form for HTTP/2).
"""

from __future__ import annotations

import contextlib
import functools
import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import certifi
import httpcore
import msgspec

from archive.capture import coding, policy, wayback
from archive.capture.connect import Call, CheckedBackend
from archive.capture.requisites import gather
from archive.capture.steps import Budget, Trail
from archive.capture.verdict import is_page
from archive.errors import (
    AnswerTooLarge,
    HostUnreachable,
    OutsideError,
    TookTooLong,
    TooManyRedirects,
)
from archive.model.source import Ending, Evidence, Exchange, Fetched, FetchOrder
from archive.progress import Cancelled
from archive.references import Part, Reference, refresh_of
from archive.settings import CaptureLimits
from archive.values import now

# One string for everybody, that of the browser the most careful people use (docs/decisions/0006-what-goes-outside.md says
# why not our own name). Renew it with each release.
USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
_FOR_PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPTED = {
    Part.PICTURE: "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    Part.STYLE: "text/css,*/*;q=0.1",
    Part.FRAME: _FOR_PAGES,
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_COOKIES = 50
_REFRESH_BYTES = 16 * 1024
_OF_THE_VISITOR = frozenset({"cookie", "cookie2", "set-cookie", "set-cookie2"})
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


@functools.cache
def program() -> str:
    """What fetched it, for the evidence."""
    try:
        return f"Ibid {version('ibid-archive')}"
    except PackageNotFoundError:
        return "Ibid"


def fetch(
    order: FetchOrder,
    limits: CaptureLimits,
    *,
    call: Call | None = None,
    resolve: policy.Resolve = policy.resolve_by_system,
    trust: ssl.SSLContext | None = None,
    pace_s: Callable[[str], float] = lambda _host: 0.0,
) -> Fetched:
    """Everything one source answered, and what its page needs; a fault of the outside is in it, never raised.

    Args:
        order: the address, and what is allowed.
        limits: what it may cost. A copy from a web archive of others has the same time once more.
        call: lets another thread stop it.
        resolve: gives the addresses of a host's name.
        trust: whose certificates are believed; the public authorities if None.
        pace_s: how long to wait before a web archive of others is visited, by its host.

    Raises:
        Cancelled: the call was stopped.
    """
    call = call or Call(limits)
    backend = CheckedBackend(call, order, resolve)
    with httpcore.ConnectionPool(ssl_context=trust or trusted_roots(), network_backend=backend) as pool:
        visit = Visit(pool, order, call)
        fetched = visit.page(order.address)
        if wayback.may_be_asked(order, limits.timegate) and wayback.is_wanted(fetched):
            call.rest(pace_s(urlsplit(limits.timegate).hostname or ""))
            call.begin_anew()
            fetched = wayback.copy_of(order, fetched, visit) or fetched
    if call.is_stopped:
        raise Cancelled
    hosts = {urlsplit(address).hostname for address in _asked(fetched)}
    met = tuple(certificate for host, certificate in backend.certificates.items() if host in hosts)
    evidence = msgspec.structs.replace(fetched.evidence, program=program(), certificates=met)
    duration_ms = round((time.monotonic() - call.started_s) * 1000)
    return msgspec.structs.replace(fetched, evidence=evidence, duration_ms=duration_ms)


def _asked(fetched: Fetched) -> list[str]:
    """The addresses whose hosts answered for the page: its own and its redirects', or the web archive's."""
    copy = fetched.evidence.copy
    return [copy.address] if copy is not None else [exchange.address for exchange in fetched.exchanges]


class Visit:
    """What is asked for one source: one jar of cookies, one budget of bytes, one clock.

    Args:
        pool: the connections.
        order: the source, and what is allowed.
        call: the clock.
    """

    def __init__(self, pool: httpcore.ConnectionPool, order: FetchOrder, call: Call) -> None:
        self._pool, self._order, self._call = pool, order, call
        self._cookies: dict[str, dict[str, str]] = {}
        self._budget = Budget(call.limits.body_bytes)

    @property
    def limits(self) -> CaptureLimits:
        """What it may cost."""
        return self._call.limits

    def page(self, address: str) -> Fetched:
        """The page at an address, with its redirects and what it needs."""
        trail, error = Trail(), None
        try:
            self._follow(urldefrag(address).url, trail)
        except OutsideError as fault:
            error = fault
        ending, requisites, evidence = trail.ending(failed=error is not None), tuple(trail.aside), Evidence()
        if ending is Ending.COMPLETE and trail.exchanges and 200 <= trail.exchanges[-1].status < 300:
            last = trail.exchanges[-1]
            met = [exchange.address for exchange in (*trail.exchanges, *trail.aside)]
            parts = gather(last, self._part, most=self.limits.parts, met=met)
            requisites += parts.exchanges
            evidence = Evidence(missing=parts.missing)
            if parts.error is not None:
                ending, error = Ending.PARTIAL, parts.error
        return Fetched(
            address=address,
            ending=ending,
            exchanges=tuple(trail.exchanges),
            requisites=requisites,
            evidence=evidence,
            error=None if error is None else error.code(),
            facts={} if error is None else dict(error.facts),
        )

    def once(self, address: str, *, headers: Iterable[tuple[str, str]] = (), part: Part | None = None) -> Exchange:
        """One answer, whatever it is; redirects are not followed.

        Args:
            address: where.
            headers: more to say than every request does.
            part: what is asked for, None for a page.

        Raises:
            OutsideError: none came whole.
        """
        with self._call.at_most(self.limits.page_s if part is None else self.limits.part_s):
            trail = Trail()
            self._one(address, trail, part=part, headers=headers)
            return trail.exchanges[-1]

    def _part(self, reference: Reference) -> list[Exchange]:
        """A part of a page, with the redirects that lead to it."""
        with self._call.at_most(self.limits.part_s):
            trail = Trail()
            self._follow(reference.address, trail, part=reference.part)
            return trail.exchanges

    def _follow(self, address: str, trail: Trail, *, part: Part | None = None) -> None:
        """Ask, and ask again where the answer leads, until something answers that leads nowhere else."""
        target_host = ""
        for _ in range(self.limits.redirects + 1):
            exchange = self._one(address, trail, part=part)
            target_host = urlsplit(address).hostname or ""
            location = _header(exchange.answer_headers, "location")
            if exchange.status in _REDIRECTS and location:
                address = _next_address(address, location)
                continue
            refreshed = _refreshed(exchange) if part is None else ""
            if not refreshed or refreshed == address:
                return
            trail.put_last_aside()
            address = refreshed
        raise TooManyRedirects(host=target_host, limit=self.limits.redirects)

    def _one(
        self,
        address: str,
        trail: Trail,
        *,
        part: Part | None = None,
        headers: Iterable[tuple[str, str]] = (),
    ) -> Exchange:
        """One request and its answer, added to the trail; a body that breaks off is added as far as it came."""
        target = policy.check_address(address, allowed_private=self._order.allowed_private, has_proxy=bool(self.limits.proxy))
        asked = [("Host", target.authority), *_said(target, part), *headers]
        if cookies := self._cookies.get(target.host):
            asked.append(("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items())))
        limit_s = self.limits.page_s if part is None else self.limits.part_s
        limit_bytes = self.limits.body_bytes if part is None else min(self.limits.body_bytes, self.limits.part_bytes)
        with _our_errors(target.host, limit_s):
            exchange = self._ask(target, address, asked, trail, limit_bytes)
        if part is None:
            _take_cookies(exchange.answer_headers, self._cookies.setdefault(target.host, {}))
        exchange = msgspec.structs.replace(exchange, answer_headers=_without_cookies(exchange.answer_headers))
        trail.add(exchange)
        return exchange

    def _ask(self, target: policy.Target, address: str, asked: list[tuple[str, str]], trail: Trail, limit_bytes: int) -> Exchange:
        url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        waits = {"connect": self.limits.connect_s, "read": None, "write": None, "pool": None}
        asked_at = now()
        with self._pool.stream("GET", url, headers=asked, extensions={"timeout": waits}) as answer:
            headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers)
            packed = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
            body = bytearray()

            def exchange() -> Exchange:
                return Exchange(
                    address=address,
                    method="GET",
                    status=answer.status,
                    reason=answer.extensions.get("reason_phrase", b"").decode("latin-1"),
                    request_headers=_without_cookies(asked),
                    answer_headers=headers,
                    fetched_at=asked_at,
                    http_version=answer.extensions["http_version"].decode("ascii"),
                    body=bytes(body),
                    coding=packed,
                )

            try:
                raw = _counted(answer.iter_stream(), target.host, limit_bytes)
                for piece in _counted(coding.undone(raw, packed, target.host), target.host, limit_bytes):
                    if not self._budget.take(len(piece)):
                        raise AnswerTooLarge(host=target.host, limit_bytes=self.limits.body_bytes)
                    body += piece
            except AnswerTooLarge:
                self._budget.give_back(len(body))
                raise
            except Exception:
                if body:
                    cut = exchange()
                    trail.add_cut(msgspec.structs.replace(cut, answer_headers=_without_cookies(headers)))
                raise
            return exchange()


def _said(target: policy.Target, part: Part | None) -> Iterator[tuple[str, str]]:
    """What every request says besides its host: what that browser says, and nothing of whoever asks."""
    yield "User-Agent", USER_AGENT
    yield "Accept", _FOR_PAGES if part is None else _ACCEPTED.get(part, "*/*")
    yield "Accept-Language", "en-US,en;q=0.5"
    yield "Accept-Encoding", coding.ASKED_FOR[target.scheme]
    if part is None:
        yield "Upgrade-Insecure-Requests", "1"


def _refreshed(exchange: Exchange) -> str:
    """Where a small page sends its visitor on by itself; empty where it does not."""
    is_small_page = 200 <= exchange.status < 300 and len(exchange.body) <= _REFRESH_BYTES and is_page(exchange.media_type)
    return refresh_of(exchange.body, address=exchange.address) if is_small_page else ""


def _counted(parts: Iterable[bytes], host: str, limit_bytes: int) -> Iterator[bytes]:
    """The same parts, until together they are over the limit."""
    size_bytes = 0
    for part in parts:
        size_bytes += len(part)
        if size_bytes > limit_bytes:
            raise AnswerTooLarge(host=host, limit_bytes=limit_bytes)
        yield part


@contextlib.contextmanager
def _our_errors(host: str, limit_s: float) -> Iterator[None]:
    """The engine's errors as ours."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise TookTooLong(host=host, limit_s=limit_s) from error
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
