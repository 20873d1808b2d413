"""What an answer is worth: only what is surely the source itself is called saved.

=====================================================================  ==========  ===================
what came                                                              state       verdict
=====================================================================  ==========  ===================
a page with main text, or a whole file whose text was read             SAVED       COMPLETE
whole bytes that no reader can read (a picture, a damaged PDF)         PARTIAL     UNREADABLE
a whole file that was read and has no text (a scanned PDF)             PARTIAL     UNREADABLE
what came broke off (cut connection, out of time)                      PARTIAL     PARTIAL
a page that says, in a few words or in its title, that it is gone      GONE        ERROR_PAGE
a deep address that was sent on to the front page of its site          GONE        ERROR_PAGE
a page that wants a login, a check for robots, or says it is blocked   REFUSED     ERROR_PAGE
a page without main text                                               FAILED      EMPTY_PAGE
status 404, 410                                                        GONE        none
status 401, 403, 407, 429, 451                                         REFUSED     none
any other status that is no success (5xx, 400, a redirect to nowhere)  FAILED      none
no such host                                                           GONE        none
Ibid's own policy said no                                              REFUSED     none
too slow, too large, dropped, TLS not to be trusted, too many redirects FAILED      none
=====================================================================  ==========  ===================

REFUSED means that someone decided against it: the site or our own policy. GONE means that the place says there is nothing any
more. FAILED means that another attempt may do better. A verdict is of bytes worth keeping; without one nothing is kept.

An article *about* missing pages is not one: words decide only in a short text or in the title, and only near the beginning.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.errors import HostNotFound, NotServed, RequestRefused
from archive.model.source import Ending, Exchange, Fetched, SourceState, Verdict

_GONE_STATUSES = frozenset({404, 410})
_REFUSED_STATUSES = frozenset({401, 403, 407, 429, 451})
_SHORT_TEXT = 700
_BEGINNING = 200

_GONE_WORDS = re.compile(
    r"""
    \b(?:error|http|ошибка|памылка|помилка)\s*[:#-]?\s*(?:404|410)\b
    | ^\W*(?:404|410)(?:\W*$|\W+(?:error|not\ found|gone|page|ошибка|страница|не\ найден|памылка|старонка))
    | \bpage\ (?:was\ |is\ |could\ |can\ ?)*(?:not|n['’]t)\ (?:be\ )?(?:found|exist)
    | \bpage\ (?:you\ (?:are|were)\ looking\ for\ )?(?:does\ not|doesn['’]t|no\ longer)\ exists?
    | \bnot\ found\b.{0,40}\b(?:page|server|url|404)\b | ^\W*(?:page\ |file\ )?not\ found\W*$
    | \b(?:страниц[аы]|документ|материал|запись|файл)\b.{0,60}\b(?:не\ (?:найден|существу|обнаружен)|удал[её]н|больше\ нет)
    | \b(?:старонк[аі]|дакумент|матэрыял|запіс|файл)\b.{0,60}\b(?:не\ (?:знойдзен|існу|знайшл)|выдален|больш\ няма)
    | \b(?:сторінк[ау]|документ|матеріал)\b.{0,60}\b(?:не\ (?:знайден|існу)|видален)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REFUSED_WORDS = re.compile(
    r"""
    ^\W*(?:just\ a\ moment|attention\ required|access\ (?:to\ this\ page\ has\ been\ )?denied|403\ forbidden|forbidden)\b
    | \bchecking\ (?:if\ the\ site\ connection\ is\ secure|your\ browser)
    | \b(?:verify(?:ing)?|confirm)\ (?:that\ )?you\ are\ (?:a\ )?(?:not\ a\ robot|human)
    | \benable\ javascript\ and\ cookies\ to\ continue
    | \bдоступ\b.{0,60}\b(?:ограничен|запрещ[её]н|заблокирован)
    | \bдоступ\b.{0,60}\b(?:абмежаван|забаронен|заблакіраван)
    | \b(?:подтвердите|проверка),?\ что\ вы\ не\ робот
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|auth|sso|accounts?/login)(?:[/.?]|$)", re.IGNORECASE)


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
    status = fetched.exchanges[-1].status
    if not 200 <= status < 300:
        return _state_of_status(status), None
    if (words := _state_of_words(fetched, text or "", title)) is not None:
        return words, Verdict.ERROR_PAGE
    if not fetched.exchanges[-1].body:
        return SourceState.FAILED, Verdict.EMPTY_PAGE
    if fetched.ending is Ending.PARTIAL:
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
    """The media type of the last answer (see :func:`media_type_of`)."""
    return media_type_of(fetched.exchanges[-1]) if fetched.exchanges else ""


def charset(fetched: Fetched) -> str:
    """The charset that the last answer states (see :func:`charset_of`)."""
    return charset_of(fetched.exchanges[-1]) if fetched.exchanges else ""


def media_type_of(exchange: Exchange) -> str:
    """The media type of an answer, lower case, without parameters; empty where none is stated (RFC 9110 section 8.3)."""
    return _content_type(exchange).partition(";")[0].strip().lower()


def charset_of(exchange: Exchange) -> str:
    """The charset that an answer states, lower case; empty where it states none."""
    found = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", _content_type(exchange), re.IGNORECASE)
    return found[1].lower() if found else ""


def is_page(media_type_text: str) -> bool:
    """Whether a media type means a page of HTML; no statement is taken for one, as browsers do with a leading ``<``."""
    return media_type_text in {"text/html", "application/xhtml+xml", ""}


def _content_type(exchange: Exchange) -> str:
    return next((value for name, value in exchange.answer_headers if name.lower() == "content-type"), "")


def _state_of_status(status: int) -> SourceState:
    if status in _GONE_STATUSES:
        return SourceState.GONE
    return SourceState.REFUSED if status in _REFUSED_STATUSES else SourceState.FAILED


def _state_of_words(fetched: Fetched, text: str, title: str) -> SourceState | None:
    """What a page says of itself although its status is good, None where it says nothing of the kind."""
    asked, came = urlsplit(fetched.address), urlsplit(fetched.exchanges[-1].address)
    if not is_page(media_type(fetched)):
        return None
    if _LOGIN_PATH.search(came.path) and not _LOGIN_PATH.search(asked.path):
        return SourceState.REFUSED
    is_short = len(text.strip()) <= _SHORT_TEXT
    said = [title.strip()[:_BEGINNING]] if title and is_short else []
    said += [text.strip()[:_BEGINNING]] if is_short else []
    if any(map(_REFUSED_WORDS.search, said)):
        return SourceState.REFUSED
    if any(map(_GONE_WORDS.search, said)) or _was_sent_home(asked.path, came.path, came.query):
        return SourceState.GONE
    return None


def _was_sent_home(asked_path: str, came_path: str, came_query: str) -> bool:
    """Whether a page deep in a site was answered with the site's front page, which is how many sites hide that it is gone."""
    is_deep = asked_path.strip("/").count("/") >= 1 and not re.search(r"/(?:index|default|home)\.\w+$", asked_path)
    return is_deep and came_path in {"", "/"} and not came_query
