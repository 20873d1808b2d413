"""Every site of the loopback web, and what each page must become when it is captured."""

from __future__ import annotations

from typing import NamedTuple

from archive.model.source import SourceState, Verdict
from tests.web.layout_sites import LAYOUT_SITES
from tests.web.said_sites import SAID_SITES
from tests.web.serving import Sites
from tests.web.wire_sites import WIRE_SITES

SITES: Sites = LAYOUT_SITES | WIRE_SITES | SAID_SITES
CERTIFIED = ("sites.test", "secure.test", "both.test", "h2only.test")

SAVED = (SourceState.SAVED, Verdict.COMPLETE)
PARTIAL = (SourceState.PARTIAL, Verdict.PARTIAL)
UNREAD = (SourceState.PARTIAL, Verdict.UNREADABLE)
GONE = (SourceState.GONE, None)
REFUSED = (SourceState.REFUSED, None)
FAILED = (SourceState.FAILED, None)
SAYS_GONE = (SourceState.GONE, Verdict.ERROR_PAGE)
SAYS_BROKEN = (SourceState.FAILED, Verdict.ERROR_PAGE)
EMPTY = (SourceState.FAILED, Verdict.EMPTY_PAGE)


def _refused(verdict: Verdict) -> tuple[SourceState, Verdict]:
    return SourceState.REFUSED, verdict


class Case(NamedTuple):
    """A page and what it must become. ``parts`` is how many good answers it needs beside its own, None where that is not the point."""

    host: str
    path: str
    outcome: tuple[SourceState, Verdict | None]
    parts: int | None = None
    is_secure: bool = False
    is_hurried: bool = False
    """Tried with little time, because it would take all there is."""

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.host.removesuffix('.test')}{self.path}"


def _cases(outcome: tuple[SourceState, Verdict | None], host: str, *paths: str) -> list[Case]:
    return [Case(f"{host}.test", path, outcome) for path in paths]


CASES: tuple[Case, ...] = (
    # what pages need
    Case("relative.test", "/a/b/page.html", SAVED, 5),
    Case("rooted.test", "/deep/in/here", SAVED, 2),
    Case("schemeless.test", "/", SAVED, 3),
    Case("absolute.test", "/", SAVED, 2),
    Case("based.test", "/far/from/here", SAVED, 3),
    Case("srcset.test", "/", SAVED, 5),
    Case("imports.test", "/", SAVED, 4),
    Case("fonts.test", "/", SAVED, 3),
    Case("frames.test", "/", SAVED, 5),
    Case("lazy.test", "/", SAVED, 7),
    Case("media.test", "/", SAVED, 11),
    Case("xn--80azbjm.test", "/", SAVED, 2),
    Case("quiet.test", "/", SAVED, 2),
    Case("moved-parts.test", "/", SAVED, 3),
    Case("holes.test", "/", SAVED, 1),
    Case("bare.test", "/", PARTIAL, 1),
    Case("blind.test", "/", PARTIAL, 1),
    Case("frameless.test", "/", PARTIAL, 0),
    Case("adorned.test", "/", SAVED, 0),
    Case("inside.test", "/", SAVED, 0),
    Case("hung.test", "/", SAVED, 1, is_hurried=True),
    Case("scripted.test", "/", EMPTY),
    # charsets
    *_cases(SAVED, "stated", "/"),
    *_cases(SAVED, "meta", "/"),
    *_cases(SAVED, "unstated", "/", "/be"),
    *_cases(SAVED, "lying", "/", "/latin", "/nonsense"),
    *_cases(SAVED, "koi8", "/"),
    *_cases(SAVED, "wide", "/"),
    # on the wire
    *_cases(SAVED, "chunked", "/", "/until-closed"),
    *_cases(PARTIAL, "chunked", "/cut"),
    *_cases(SAVED, "packed", "/gzip", "/br", "/deflate", "/bare", "/twice"),
    *_cases(PARTIAL, "packed", "/half", "/half-br"),
    *_cases(FAILED, "packed", "/bomb", "/bomb-br", "/unknown", "/not-packed"),
    Case("secure.test", "/", SAVED, 1, is_secure=True),
    Case("both.test", "/", SAVED, is_secure=True),
    Case("h2only.test", "/", FAILED, is_secure=True),
    Case("stranger.test", "/", FAILED, is_secure=True),
    *_cases(SAVED, "redirects", "/0", "/5", "/20", "/cyrillic", "/by-page"),
    *_cases(FAILED, "redirects", "/30", "/loop", "/nowhere", "/round-by-page"),
    *_cases(SAYS_GONE, "redirects", "/old/news/12"),
    *_cases(REFUSED, "redirects", "/inside", "/file"),
    *_cases(SAVED, "cookies", "/"),
    *_cases(SAVED, "robots", "/"),
    Case("slow.test", "/head", FAILED, is_hurried=True),
    Case("slow.test", "/body", PARTIAL, is_hurried=True),
    *_cases(FAILED, "endless", "/"),
    *_cases(PARTIAL, "lengths", "/longer", "/shorter"),
    *_cases(FAILED, "lengths", "/none", "/nonsense"),
    *_cases(SAVED, "types", "/page.txt", "/page", "/untyped", "/as-html.pdf", "/as-pdf"),
    *_cases(UNREAD, "types", "/as-html.png"),
    *_cases(SAVED, "files", "/report.pdf", "/download?id=7", "/report.docx", "/notes.txt"),
    *_cases(PARTIAL, "files", "/cut.pdf"),
    *_cases(UNREAD, "files", "/picture.png"),
    # pages that are not the page
    *_cases(GONE, "errors", "/404", "/410"),
    *_cases(FAILED, "errors", "/500", "/503"),
    *_cases(REFUSED, "errors", "/403", "/429", "/check"),
    *_cases(_refused(Verdict.BLOCK_PAGE), "errors", "/451"),
    *_cases(SAYS_GONE, "soft-errors", "/en", "/ru", "/be", "/uk"),
    *_cases(SAYS_BROKEN, "soft-errors", "/broken", "/down"),
    *_cases(_refused(Verdict.COOKIE_WALL), "cookie-wall", "/en", "/ru", "/uk", "/off"),
    *_cases(SAVED, "cookie-wall", "/banner"),
    *_cases(_refused(Verdict.LOGIN), "login", "/private/12", "/in-place", "/ru", "/be"),
    *_cases(SAVED, "login", "/open"),
    *_cases(_refused(Verdict.PAYWALL), "paywall", "/en", "/ru", "/uk", "/stated"),
    *_cases(SAVED, "paywall", "/open"),
    *_cases(_refused(Verdict.BLOCK_PAGE), "blocked", "/be", "/by", "/ru", "/register", "/en", "/region", "/uk"),
    *_cases(_refused(Verdict.CAPTCHA), "captcha", "/moment", "/ru", "/be", "/frame", "/js"),
    *_cases((SourceState.GONE, Verdict.PARKED), "parked", "/sale", "/parked", "/ru", "/expired", "/server"),
    *_cases(EMPTY, "empty", "/nothing", "/hollow", "/blank"),
    *_cases(SAVED, "articles", *SAID_SITES["articles.test"]),
)
