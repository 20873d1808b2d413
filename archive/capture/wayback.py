"""Where the place has nothing any more: the copy that a web archive of others keeps, nearest to the day that is meant.

* A TimeGate is asked (RFC 7089, "Memento"): the address goes behind the TimeGate's, the day into ``Accept-Datetime``; it leads to the nearest copy.
* The copy is taken as the keeper got it, where it offers that (``/20190212031500id_/``, as the Internet Archive and pywb do), otherwise as it shows it.
* What the page needs comes from the same keeper, near the same moment.
* Exchanges stand under the addresses of the originals, so the copy looks up its parts as the page did. Where they really came from, of which moment,
  and what the place itself answered, is in the evidence. Nothing of this is silent.

A copy is wanted where another attempt at the place will hardly do better:

=============================================================================  =======
what the place answered                                                        wanted
=============================================================================  =======
no such host; it refuses or drops connections, or does not speak as the web    yes
404, 410; 401, 403, 451; 500 and what else is no success, but not below        yes
an error page, a login, a paywall, a check for robots, a block page, parked    yes
429, 502, 503, 504; too slow; offline; the proxy does not serve                no
Ibid's own policy would not ask                                                no
a page without text (a browser may see one), a part of a page, a file          no
=============================================================================  =======
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec

from archive.capture.requisites import gather
from archive.capture.said import said_by
from archive.capture.verdict import judge, reason
from archive.errors import HostNotFound, HostUnreachable, NotServed, OutsideError, PartsMissing, TooManyRedirects
from archive.model.source import Ending, Evidence, Exchange, Fetched, FetchOrder, OwnAnswer, Verdict, Way, WebCopy
from archive.references import Part, Reference

if TYPE_CHECKING:
    from archive.capture.fetch import Visit

_LATER = frozenset({429, 502, 503, 504})
_AWAY = frozenset({"refused", "dropped", "tls", "protocol"})
_WORTHLESS = frozenset({
    Verdict.ERROR_PAGE, Verdict.COOKIE_WALL, Verdict.LOGIN, Verdict.PAYWALL, Verdict.BLOCK_PAGE, Verdict.CAPTCHA, Verdict.PARKED,
})  # fmt: skip
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_STEPS = 8
_AT_ONCE = 2  # a web archive serves everybody; who asks much is refused for a while
_KEPT = re.compile(r"(?P<place>https?://.+?/)(?P<moment>\d{14})(?:[a-z]{2}_)?/(?P<original>https?:/{1,2}.+)", re.IGNORECASE)


class _Kept(NamedTuple):
    """A place in a web archive: what stands before the moment, the moment's 14 digits, and the address of the original."""

    place: str
    moment: str
    original: str

    def as_it_came(self, original: str) -> str:
        """The address of what the keeper got from ``original`` near this moment, untouched."""
        return f"{self.place}{self.moment}id_/{original}"


def may_be_asked(order: FetchOrder, timegate: str) -> bool:
    """Whether the order allows it. A host that the person named as private is told to nobody, unless the web archive is as private."""
    host, keeper = (urlsplit(address).hostname or "" for address in (order.address, timegate))
    is_secret = host in order.allowed_private and keeper not in order.allowed_private
    return order.may_ask_archives and bool(timegate) and not is_secret


def is_wanted(fetched: Fetched) -> bool:
    """Whether a copy of others would be better than what the place answered, as the table above has it."""
    if fetched.error == HostUnreachable.code():
        return fetched.ending is Ending.FAILED and fetched.facts.get("reason") in _AWAY
    if fetched.error not in {None, PartsMissing.code()}:
        return fetched.error == HostNotFound.code()
    if not fetched.exchanges:
        return False
    last = fetched.exchanges[-1]
    if not 200 <= last.status < 300:
        return last.status not in _LATER
    return _verdict(fetched) in _WORTHLESS


def copy_of(order: FetchOrder, own: Fetched, visit: Visit) -> Fetched | None:
    """The copy nearest to the day that is meant, with what its page needs; None where nobody keeps one.

    Args:
        order: the source, and the day.
        own: what the place itself answered.
        visit: asks.

    Raises:
        Cancelled: the call was stopped.
    """
    day = datetime.combine(order.nearest_to, time(12), UTC) if order.nearest_to else None
    try:
        copy, kept_at, exchanges = _nearest(order.address, day, visit)
    except OutsideError:
        return None
    last = exchanges[-1]
    kept = _kept(copy)
    met = [exchange.address for exchange in exchanges]
    parts = gather(last, lambda one: _part(one, kept, kept_at, visit), most=visit.limits.parts, met=met, at_once=_AT_ONCE)
    made = Fetched(
        address=order.address,
        ending=Ending.COMPLETE if parts.error is None else Ending.PARTIAL,
        exchanges=tuple(exchanges),
        requisites=parts.exchanges,
        way=Way.COPY,
        evidence=Evidence(
            copy=WebCopy(address=copy, keeper=urlsplit(copy).hostname or "", kept_at=kept_at),
            missing=parts.missing,
            own_answer=_own_answer(own),
        ),
        error=None if parts.error is None else parts.error.code(),
        facts={} if parts.error is None else dict(parts.error.facts),
    )
    return None if _verdict(made) in _WORTHLESS else made


def _own_answer(own: Fetched) -> OwnAnswer:
    error, facts = reason(own)
    return OwnAnswer(error=error or "", facts=facts, verdict=None if error else _verdict(own))


def _verdict(fetched: Fetched) -> Verdict | None:
    last = fetched.exchanges[-1]
    title, text = said_by(last.body, media_type=last.media_type, charset=last.declared_charset)
    return judge(fetched, text=text, title=title)[1]


def _nearest(address: str, day: datetime | None, visit: Visit) -> tuple[str, datetime, list[Exchange]]:
    """Where the nearest copy stands, of which moment it is, and its exchanges, redirects that were kept first.

    Raises:
        OutsideError: there is none, or it did not come.
    """
    wish = (("Accept-Datetime", format_datetime(day, usegmt=True)),) if day else ()
    found = visit.once(visit.limits.timegate + address, headers=wish)
    place = found.address
    for _ in range(_MOST_STEPS):
        if "memento-datetime" in _fields(found) or _kept(place) is not None:
            return _taken(place, found, visit)
        location = _fields(found).get("location", "")
        if found.status not in _REDIRECTS or not location:
            break
        place = urljoin(place, location)
        if _kept(place) is None:
            found = visit.once(place, headers=wish)
    raise NotServed(host=urlsplit(place).hostname or "", status=found.status)


def _taken(place: str, shown: Exchange, visit: Visit) -> tuple[str, datetime, list[Exchange]]:
    """The copy at a place as it came to its keeper, else as it is shown."""
    kept = _kept(place)
    exchanges: list[Exchange] = []
    if kept is None:
        return place, _moment(shown, kept), [_as_original(shown, _original(shown, place), kept)]
    asked, original = kept.as_it_came(kept.original), kept.original
    copy, kept_at = asked, None
    for _ in range(_MOST_STEPS):
        answer = visit.once(asked)
        location = urljoin(asked, _fields(answer).get("location", ""))
        nearer = _kept(location)
        if answer.status in _REDIRECTS and "memento-datetime" not in _fields(answer) and nearer and nearer.original == original:
            asked = copy = nearer.as_it_came(original)  # the keeper leads to the moment that it really has
            continue
        if answer.status in _REDIRECTS and _fields(answer).get("location"):
            exchanges.append(_as_original(answer, original, kept))
            original = nearer.original if nearer else location
            asked = copy = nearer.as_it_came(original) if nearer else kept.as_it_came(original)
            continue
        if not 200 <= answer.status < 300:
            raise NotServed(host=urlsplit(asked).hostname or "", status=answer.status)
        kept_at = _moment(answer, _kept(asked))
        return copy, kept_at, [*exchanges, _as_original(answer, original, kept)]
    raise TooManyRedirects(host=urlsplit(asked).hostname or "", limit=_MOST_STEPS)


def _part(reference: Reference, kept: _Kept | None, kept_at: datetime, visit: Visit) -> list[Exchange]:
    """What a page needs, from the same keeper near the same moment, under its own address.

    Raises:
        OutsideError: the keeper has it not.
    """
    if kept is None:
        asked, wish = visit.limits.timegate + reference.address, [("Accept-Datetime", format_datetime(kept_at, usegmt=True))]
    else:
        asked, wish = kept.as_it_came(reference.address), []
    for _ in range(_MOST_STEPS):
        answer = visit.once(asked, headers=wish, part=reference.part or Part.OTHER)
        location = _fields(answer).get("location", "")
        if answer.status not in _REDIRECTS or not location:
            return [_as_original(answer, reference.address, kept)]
        asked = urljoin(asked, location)
        if kept is not None and (nearer := _kept(asked)) is not None:
            asked = nearer.as_it_came(nearer.original)
    raise TooManyRedirects(host=urlsplit(asked).hostname or "", limit=_MOST_STEPS)


def _as_original(answer: Exchange, original: str, kept: _Kept | None) -> Exchange:
    """The keeper's answer under the address of the original; a redirect leads to where the original led."""

    def told(name: str, value: str) -> str:
        if name.lower() != "location" or kept is None:
            return value
        nearer = _kept(urljoin(kept.place, value))
        return nearer.original if nearer else value

    headers = tuple((name, told(name, value)) for name, value in answer.answer_headers)
    return msgspec.structs.replace(answer, address=original, answer_headers=headers)


def _kept(address: str) -> _Kept | None:
    found = _KEPT.fullmatch(address)
    if found is None:
        return None
    original = re.sub(r"^(https?:)/+", r"\1//", found["original"], flags=re.IGNORECASE)
    return _Kept(found["place"], found["moment"], original)


def _moment(answer: Exchange, kept: _Kept | None) -> datetime:
    """Of which moment a copy is: what the keeper states, else what its address says.

    Raises:
        OutsideError: neither can be read; a copy without a date is none.
    """
    try:
        return parsedate_to_datetime(_fields(answer).get("memento-datetime", "")).astimezone(UTC)
    except (ValueError, TypeError):
        pass
    try:
        if kept is not None:
            return datetime.strptime(kept.moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise HostUnreachable(host=urlsplit(answer.address).hostname or "", reason="protocol")


def _original(answer: Exchange, place: str) -> str:
    """What a copy is a copy of: the keeper's link ``original`` (RFC 7089 section 2.2.1), else the end of its address."""
    found = re.search(r"<([^>]+)>\s*;\s*rel=\"?[^\",]*\boriginal\b", _fields(answer).get("link", ""))
    if found:
        return found[1]
    at = max(place.rfind("http://"), place.rfind("https://"))
    return place[at:]


def _fields(answer: Exchange) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.answer_headers}
