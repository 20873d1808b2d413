"""What a page needs to look as it looks, fetched: its pictures, styles, fonts, frames, recordings, and what those need in turn.

A part that did not come is told with its reason, always. Whether the page is *partly saved* for it is decided by one question: does the page
look otherwise here than it does to a visitor?

==============================================================================  ========================================
what did not come                                                               the page is
==============================================================================  ========================================
anything, because its own host says that it is not there (404, 410), or no      whole: every visitor sees it so
such host, or it stands where nobody on the internet can ask
a style that the page names for screens, or that such a style imports           partly saved
a frame of the page's own host                                                  partly saved
more than half of the pictures that the page itself shows (two at least)        partly saved
anything else: a picture, a font, a recording, an advertisement in a frame      whole
==============================================================================  ========================================

Scripts are not fetched: nothing ever runs them. No more than four parts are under way at once, as in a browser; each has its own limit of time and
of bytes, all together share the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from archive.capture.verdict import is_page
from archive.errors import AnswerTooLarge, HostNotFound, NotServed, OutsideError, PartsMissing, RequestRefused
from archive.model.source import Exchange, MissingPart
from archive.references import Part, Reference, references_of

AT_ONCE = 4
_DEEPEST = 6
_MOST_TOLD = 500
_FETCHED = frozenset({Part.STYLE, Part.PICTURE, Part.FONT, Part.FRAME, Part.MEDIA})
_NOT_THERE = frozenset({404, 410})

Ask = Callable[[Reference], list[Exchange]]


class Parts(NamedTuple):
    """What came, in the order named (redirects before their answers), and what did not. ``error`` is None where the page is whole."""

    exchanges: tuple[Exchange, ...] = ()
    missing: tuple[MissingPart, ...] = ()
    error: PartsMissing | None = None


class _Wanted(NamedTuple):
    reference: Reference
    depth: int
    is_essential: bool


class _Answer(NamedTuple):
    wanted: _Wanted
    exchanges: Sequence[Exchange]
    error: OutsideError | None


def gather(page: Exchange, ask: Ask, *, most: int, met: Iterable[str] = (), at_once: int = AT_ONCE) -> Parts:
    """Everything that a page needs, each address asked for once.

    Args:
        page: the page's own answer; of another kind than HTML it needs nothing.
        ask: fetches one part, with its redirects; called from several threads. It raises OutsideError where no good answer came.
        most: how many parts at the most.
        met: addresses that are not asked for again.
        at_once: how many are under way at once.

    Raises:
        Cancelled: ``ask`` raised it.
    """
    seen = {page.address, *met}
    wave = _wanted(page, depth=0, seen=seen, is_essential=True, address=page.address)
    pictures = sum(one.reference.part is Part.PICTURE and one.reference.is_shown for one in wave)
    exchanges: list[Exchange] = []
    missing: list[_Answer] = []
    left = most
    if not wave:
        return Parts()
    with ThreadPoolExecutor(at_once, thread_name_prefix="part") as pool:
        while wave:
            over = [_Answer(one, (), AnswerTooLarge(host=_host(one.reference.address), limit_bytes=most)) for one in wave[left:]]
            answers = [*pool.map(lambda one: _answer(one, ask), wave[:left]), *over]
            left = max(0, left - len(wave))
            wave = []
            for answer in answers:
                exchanges += answer.exchanges
                if answer.error is not None:
                    missing.append(answer)
                elif answer.wanted.depth < _DEEPEST:
                    wave += _following(answer, seen, page.address)
    return Parts(_once(exchanges), _told(missing), _error(missing, pictures, page.address))


def _wanted(holder: Exchange, *, depth: int, seen: set[str], is_essential: bool, address: str) -> list[_Wanted]:
    """What a page, a frame or a style names that was not met yet."""
    kind = holder.media_type
    if is_page(kind) and not holder.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f\0\xff\xfe").startswith(b"<"):
        return []
    wanted = []
    for reference in references_of(holder.body, address=holder.address, media_type=kind, charset=holder.declared_charset):
        if reference.part in _FETCHED and reference.address not in seen:
            seen.add(reference.address)
            is_own_frame = reference.part is Part.FRAME and _host(reference.address) == _host(address)
            wanted.append(
                _Wanted(reference, depth, is_essential and reference.is_shown and (reference.part is Part.STYLE or is_own_frame))
            )
    return wanted


def _following(answer: _Answer, seen: set[str], address: str) -> list[_Wanted]:
    """What a style or a frame needs in turn; what a style of the page imports is as essential as the style."""
    last, wanted = answer.exchanges[-1], answer.wanted
    seen.add(last.address)
    is_style = wanted.reference.part is Part.STYLE and last.media_type in {"text/css", "", "text/plain"}
    if is_style:
        answers = (*last.answer_headers[:0], ("Content-Type", f"text/css; charset={last.declared_charset or 'utf-8'}"))
        last = msgspec.structs.replace(last, answer_headers=answers)
    elif wanted.reference.part not in {Part.FRAME, Part.MEDIA} or not is_page(last.media_type):
        return []
    return _wanted(last, depth=wanted.depth + 1, seen=seen, is_essential=is_style and wanted.is_essential, address=address)


def _answer(wanted: _Wanted, ask: Ask) -> _Answer:
    try:
        exchanges = ask(wanted.reference)
    except OutsideError as error:
        return _Answer(wanted, (), error)
    last = exchanges[-1]
    if not 200 <= last.status < 300:
        return _Answer(wanted, (), NotServed(host=_host(last.address), status=last.status))
    return _Answer(wanted, exchanges, None)


def _once(exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """Each address once: two parts may have been sent on to one."""
    return tuple({exchange.address: exchange for exchange in exchanges}.values())


def _told(missing: Iterable[_Answer]) -> tuple[MissingPart, ...]:
    told = [MissingPart(one.wanted.reference.address, one.error.code()) for one in missing if one.error is not None]
    return tuple(told[:_MOST_TOLD])


def _error(missing: Sequence[_Answer], pictures: int, address: str) -> PartsMissing | None:
    """Why the page is not whole, None where it is."""
    held_back = [one for one in missing if not _is_nowhere(one.error)]
    essential = [one for one in held_back if one.wanted.is_essential]
    shown = [
        one
        for one in held_back
        if one.wanted.depth == 0 and one.wanted.reference.part is Part.PICTURE and one.wanted.reference.is_shown
    ]
    if essential or (len(shown) >= 2 and 2 * len(shown) > pictures):
        return PartsMissing(host=_host(address), count=len(missing))
    return None


def _is_nowhere(error: OutsideError | None) -> bool:
    """Whether every visitor would miss it just the same."""
    return isinstance(error, HostNotFound | RequestRefused) or (
        isinstance(error, NotServed) and error.facts["status"] in _NOT_THERE
    )


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
