"""What an answer is worth: only what is surely the source itself is called saved.

=====================================================================  ==========  ===================
what came                                                              state       verdict
=====================================================================  ==========  ===================
a page with main text, or a whole file whose text was read             SAVED       COMPLETE
whole bytes that no reader can read (a picture, a damaged PDF)         PARTIAL     UNREADABLE
a whole file that was read and has no text (a scanned PDF)             PARTIAL     UNREADABLE
what came broke off (cut connection, out of time)                      PARTIAL     PARTIAL
a page without what it needs to look as it looks                       PARTIAL     PARTIAL
a page that says, in a few words or in its title, that it is gone      GONE        ERROR_PAGE
a deep address that was sent on to the front page of its site          GONE        ERROR_PAGE
a page that says that the site is broken or being mended               FAILED      ERROR_PAGE
a domain that is for sale, expired, or an unused server's first page   GONE        PARKED
a page that shows nothing until cookies are taken                      REFUSED     COOKIE_WALL
a page that wants a login, or a redirect to one                        REFUSED     LOGIN
the beginning of a page, and that the rest is for those who pay        REFUSED     PAYWALL
a page that says access is blocked or denied; also status 451          REFUSED     BLOCK_PAGE
a check for robots                                                     REFUSED     CAPTCHA
a page without main text                                               FAILED      EMPTY_PAGE
status 404, 410                                                        GONE        none
status 401, 403, 407, 429                                              REFUSED     none
any other status that is no success (5xx, 400, a redirect to nowhere)  FAILED      none
no such host                                                           GONE        none
Ibid's own policy said no                                              REFUSED     none
too slow, too large, dropped, TLS not to be trusted, too many redirects FAILED      none
=====================================================================  ==========  ===================

REFUSED means that someone decided against it: the site, an authority or our own policy. GONE means that the place says there is nothing any
more. FAILED means that another attempt may do better. A verdict is of bytes worth keeping; without one nothing is kept. The page of a
status 451 is kept: that somebody forbade it, and who, is a finding (RFC 7725).

An article *about* such things is none of them: words decide only in a short text or its title, near the beginning (of a paywall: at
the end), and only where they speak to the visitor. "Access to the site X was blocked" is news, "access to this site is blocked" is a block page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.capture.sayings import BLOCKED, BROKEN, CAPTCHA, COOKIES, FOR_PAYING, GONE, LOGIN, PARKED
from archive.errors import HostNotFound, NotServed, PartsMissing, RequestRefused
from archive.model.source import Ending, Fetched, SourceState, Verdict

_GONE_STATUSES = frozenset({404, 410})
_REFUSED_STATUSES = frozenset({401, 403, 407, 429, 451})
_FORBIDDEN = 451
_SHORT_TEXT = 700
_NEXT_TO_NOTHING = 200
_TEASER = 2500
_BEGINNING = 200
_END = 400
_LOOKED_AT_BYTES = 512 * 1024
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|auth|sso|accounts?/login)(?:[/.?]|$)", re.IGNORECASE)
_CHECKS = re.compile(rb"g-recaptcha|h-captcha|cf-turnstile|challenge-platform|smart-?captcha|ddos-guard", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input\b[^>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)
_NOT_FREE = re.compile(rb"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)

# In this order: what is asked first is the surest.
_SAYINGS = (
    (CAPTCHA, SourceState.REFUSED, Verdict.CAPTCHA),
    (PARKED, SourceState.GONE, Verdict.PARKED),
    (BLOCKED, SourceState.REFUSED, Verdict.BLOCK_PAGE),
    (COOKIES, SourceState.REFUSED, Verdict.COOKIE_WALL),
    (LOGIN, SourceState.REFUSED, Verdict.LOGIN),
    (GONE, SourceState.GONE, Verdict.ERROR_PAGE),
    (BROKEN, SourceState.FAILED, Verdict.ERROR_PAGE),
)


def judge(fetched: Fetched, *, text: str | None, title: str = "") -> tuple[SourceState, Verdict | None]:
    """The state of a source after one attempt, and what the capture is worth, as the table above has it.

    Args:
        fetched: all that came.
        text: the main text of the last body, None where no reader could read it.
        title: what the page calls itself, where it does.

    Returns:
        The state, and a verdict exactly where there is something to keep.
    """
    if fetched.ending is Ending.FAILED or not fetched.exchanges:
        states = {HostNotFound.code(): SourceState.GONE, RequestRefused.code(): SourceState.REFUSED}
        return states.get(fetched.error or "", SourceState.FAILED), None
    last = fetched.exchanges[-1]
    if not 200 <= last.status < 300:
        return _state_of_status(last.status), Verdict.BLOCK_PAGE if last.status == _FORBIDDEN and last.body else None
    if (said := _said_by_page(fetched, (text or "").strip(), title.strip())) is not None:
        return said
    if not last.body:
        return SourceState.FAILED, Verdict.EMPTY_PAGE
    is_bare = fetched.error == PartsMissing.code()
    if fetched.ending is Ending.PARTIAL and not (is_bare and text is not None and not text.strip()):
        return SourceState.PARTIAL, Verdict.PARTIAL
    if text is not None and text.strip():
        return SourceState.SAVED, Verdict.COMPLETE
    if text is not None and is_page(media_type(fetched)):
        return SourceState.FAILED, Verdict.EMPTY_PAGE
    return SourceState.PARTIAL, Verdict.UNREADABLE


def reason(fetched: Fetched) -> tuple[str | None, dict[str, str | int | float | bool]]:
    """Why a source is not saved, as the code and the facts of an error; (None, {}) where an answer with a good status came."""
    if fetched.error is not None:
        return fetched.error, fetched.facts
    if fetched.exchanges and not 200 <= fetched.exchanges[-1].status < 300:
        host = urlsplit(fetched.exchanges[-1].address).hostname or ""
        error = NotServed(host=host, status=fetched.exchanges[-1].status)
        return error.code(), dict(error.facts)
    return None, {}


def media_type(fetched: Fetched) -> str:
    """The media type of the last answer (:attr:`~archive.model.source.Exchange.media_type`)."""
    return fetched.exchanges[-1].media_type if fetched.exchanges else ""


def charset(fetched: Fetched) -> str:
    """The charset that the last answer states (:attr:`~archive.model.source.Exchange.declared_charset`)."""
    return fetched.exchanges[-1].declared_charset if fetched.exchanges else ""


def is_page(media_type_text: str) -> bool:
    """Whether a media type means a page of HTML; no statement is taken for one, as browsers do with a leading ``<``."""
    return media_type_text in {"text/html", "application/xhtml+xml", ""}


def _state_of_status(status: int) -> SourceState:
    if status in _GONE_STATUSES:
        return SourceState.GONE
    return SourceState.REFUSED if status in _REFUSED_STATUSES else SourceState.FAILED


def _said_by_page(fetched: Fetched, text: str, title: str) -> tuple[SourceState, Verdict] | None:
    """What a page says of itself although its status is good, None where it says nothing of the kind."""
    asked, came = urlsplit(fetched.address), urlsplit(fetched.exchanges[-1].address)
    if not is_page(media_type(fetched)):
        return None
    if _LOGIN_PATH.search(came.path) and not _LOGIN_PATH.search(asked.path):
        return SourceState.REFUSED, Verdict.LOGIN
    body = fetched.exchanges[-1].body[:_LOOKED_AT_BYTES]
    if len(text) <= _SHORT_TEXT:
        for saying, state, verdict in _SAYINGS:
            if saying.search(text[:_BEGINNING]) or saying.search(title[:_BEGINNING]):
                return state, verdict
    if len(text) <= _NEXT_TO_NOTHING:
        if _CHECKS.search(body):
            return SourceState.REFUSED, Verdict.CAPTCHA
        if _PASSWORD.search(body) and b"<article" not in body:
            return SourceState.REFUSED, Verdict.LOGIN
    if len(text) <= _TEASER and (FOR_PAYING.search(text[-_END:]) or (len(text) <= 2 * _SHORT_TEXT and _NOT_FREE.search(body))):
        return SourceState.REFUSED, Verdict.PAYWALL
    if _was_sent_home(asked.path, came.path, came.query):
        return SourceState.GONE, Verdict.ERROR_PAGE
    return None


def _was_sent_home(asked_path: str, came_path: str, came_query: str) -> bool:
    """Whether a page deep in a site was answered with the site's front page, which is how many sites hide that it is gone."""
    is_deep = asked_path.strip("/").count("/") >= 1 and not re.search(r"/(?:index|default|home)\.\w+$", asked_path)
    return is_deep and came_path in {"", "/"} and not came_query
