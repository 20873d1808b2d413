"""Sources, captures, and what passes between the archive and a fetcher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

import msgspec

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


class SourceState(StrEnum):
    """What has become of a source. A citation without an address has no source and so no state (NO_ADDRESS in lists)."""

    SAVED = "saved"
    PARTIAL = "partial"
    WAITING = "waiting"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    NO_ADDRESS = "no_address"


class Verdict(StrEnum):
    """What a capture is worth; only COMPLETE lets its source be called saved."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    ERROR_PAGE = "error_page"
    COOKIE_WALL = "cookie_wall"
    LOGIN = "login"
    PAYWALL = "paywall"
    BLOCK_PAGE = "block_page"
    CAPTCHA = "captcha"
    PARKED = "parked"
    EMPTY_PAGE = "empty_page"
    UNREADABLE = "unreadable"


class Way(StrEnum):
    """By which step a capture came to be."""

    PAGE = "page"
    """Asked for at its own address, as it is."""

    BROWSER = "browser"
    """Built by its own scripts in the embedded browser, and frozen."""

    COPY = "copy"
    """A copy that a web archive of others keeps, asked for there (RFC 7089)."""

    FILE = "file"
    """Out of a web archive that someone brought as a file."""

    ADDED = "added"
    """A file that a person attached."""


class Quoted(StrEnum):
    """Whether words that a note or its report quotes stand in the text of a capture."""

    FOUND = "found"
    NEARLY = "nearly"
    NOT_FOUND = "not_found"


class Place(msgspec.Struct, frozen=True):
    """A note of a document, where a source is cited; ``label`` is the note's.

    ``quoted`` says whether what the note quotes stands in the source's best capture; None where nothing is quoted, or where it was not compared.
    """

    document: str
    label: str
    title: str = ""
    quoted: Quoted | None = None


ADDED_BY_HAND = "ADDED"
"""The method of an exchange that no request made: a person added the file. In a WARC it is a ``resource``, no ``response``."""


FROZEN = "FROZEN"
"""The method of an exchange that no server answered: a page as its own scripts had built it in the embedded browser, written down by
Ibid. ``address`` and ``status`` are those of the answer it was built from, which stands beside it as it came. In a WARC it is a ``resource``."""

_SENDS_ON = frozenset({301, 302, 303, 307, 308})


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One request and its answer, kept so that a valid WARC record can be written from it.

    Headers in the order and spelling in which they came. ``body`` is the answer's payload with transfer and content coding
    undone; ``coding`` is the Content-Encoding that it had on the wire. ``fetched_at`` is aware, UTC. ``charset`` is the one in which
    a text was read, settled once when it was kept; empty for what is no text. It is no part of the capture's name.
    """

    address: str
    method: str
    status: int
    reason: str
    request_headers: tuple[tuple[str, str], ...]
    answer_headers: tuple[tuple[str, str], ...]
    fetched_at: datetime
    http_version: str
    body: bytes
    coding: str = ""
    charset: str = ""

    @property
    def media_type(self) -> str:
        """The media type that the answer states, lower case, without parameters; empty where it states none (RFC 9110 section 8.3)."""
        return self._header("content-type").partition(";")[0].strip().lower()

    @property
    def declared_charset(self) -> str:
        """The charset that the answer states, lower case; empty where it states none."""
        found = _CHARSET.search(self._header("content-type"))
        return found[1].lower() if found else ""

    @property
    def location(self) -> str:
        """Where a redirect sends on, as written; empty for an answer that is none."""
        return self._header("location").strip() if 300 <= self.status < 400 else ""

    def _header(self, wanted: str) -> str:
        return next((value for name, value in self.answer_headers if name.lower() == wanted), "")


def page_of(exchanges: Sequence[Exchange]) -> Exchange | None:
    """The exchange of a capture that is its page, the one to show; None where it has no exchange.

    The page as it was frozen, where a browser built it: the first FROZEN one. Else the first that does not send on elsewhere, and where
    all do, the last. Where an address has a FROZEN exchange (a frame may too), that is what is shown of it.
    """
    frozen = next((exchange for exchange in exchanges if exchange.method == FROZEN), None)
    stayed = next((exchange for exchange in exchanges if exchange.status not in _SENDS_ON), None)
    return frozen or stayed or (exchanges[-1] if exchanges else None)


class MissingPart(msgspec.Struct, frozen=True, array_like=True):
    """Something that a page needs and that did not come; ``error`` is the code of an :class:`~archive.errors.OutsideError`."""

    address: str
    error: str


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What a host proved itself with (RFC 5280). ``digest`` is the SHA-256 of the certificate as it came; moments are aware, UTC."""

    host: str
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    digest: str


class WebCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a web archive of others kept the copy that was fetched (Memento, RFC 7089)."""

    address: str
    keeper: str
    kept_at: datetime


class StepWords(msgspec.Struct, frozen=True, array_like=True):
    """How many words of main text the first step brought, and how many the browser."""

    first: int
    second: int


class OwnAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the place itself answered, where a copy of others was fetched in its stead: an error with its facts, or what its page was worth."""

    error: str = ""
    facts: dict[str, str | int | float | bool] = {}
    verdict: Verdict | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of how a capture was made, beyond its exchanges.

    ``program`` is what made it, empty where that is not known. ``words`` compares the two steps, where there were two.
    """

    program: str = ""
    certificates: tuple[Certificate, ...] = ()
    copy: WebCopy | None = None
    missing: tuple[MissingPart, ...] = ()
    words: StepWords | None = None
    own_answer: OwnAnswer | None = None


class FetchOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What a fetcher is asked: one source.

    ``allowed_private`` are host names the person named with their own hand. ``nearest_to`` is the day whose state of the page is
    meant (the note's "accessed on", else the day of the document), for a copy of others where the place itself has it no more; without
    ``may_ask_archives`` none is asked for. ``first_words`` is how many words of main text a first step brought, where this is the second.
    """

    address: str
    allowed_private: tuple[str, ...] = ()
    nearest_to: date | None = None
    may_ask_archives: bool = True
    first_words: int | None = None


class Ending(StrEnum):
    """How the steps of a capture ended."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What a fetcher brings: the exchanges of one source in the order made (redirects first, the page last), and what the page needs
    to look as it looked (``requisites``: pictures, styles, fonts, frames). Of a page that the embedded browser built, the answer as it
    came stands before the page as it was frozen (:data:`FROZEN`), which is the last.

    When the ending is FAILED or PARTIAL, ``error`` and ``facts`` name an :class:`~archive.errors.OutsideError`; exchanges made before
    it are kept all the same, and of a PARTIAL one the last holds what came of its body. ``duration_ms`` is for the whole source.
    """

    address: str
    ending: Ending
    exchanges: tuple[Exchange, ...] = ()
    requisites: tuple[Exchange, ...] = ()
    way: Way = Way.PAGE
    evidence: Evidence = Evidence()
    error: str | None = None
    facts: dict[str, str | int | float | bool] = {}
    duration_ms: int = 0


class Loader(Protocol):
    """Something that fetches one source: httpcore in the fetcher, or the embedded browser in a process of its own."""

    def load(self, order: FetchOrder) -> Fetched:
        """Fetch; a fault of the outside is in the answer, never raised."""
        ...

    def cancel(self) -> None:
        """Leave what is under way, at once; its ``load`` raises :class:`~archive.progress.Cancelled`."""
        ...


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """One saved state of a source at one moment.

    Its exchanges are the redirects, the page (:func:`page_of` says which), and behind it what the page needs to look as it
    looked: pictures, styles, frames.
    ``capture`` is a digest over its exchanges, so the same capture has the same name in every archive. ``document`` is the
    document of role SOURCE that holds its text, None where there is none. ``status`` is the HTTP status of the
    page. ``size_bytes`` is the payload of all exchanges. ``way`` and ``evidence`` say how it came to be. ``verdict`` is Ibid's;
    ``judged`` is a person's, where one has overruled it, and then counts.
    """

    capture: str
    address: str
    final_address: str
    taken_at: datetime
    verdict: Verdict
    status: int
    media_type: str
    size_bytes: int
    document: str | None = None
    way: Way = Way.PAGE
    evidence: Evidence = Evidence()
    judged: Verdict | None = None

    @property
    def counted(self) -> Verdict:
        """What it is worth: what a person said, else what Ibid said."""
        return self.judged or self.verdict


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The place citations lead to. ``cited_at`` in the order of documents and notes; captures newest first.

    ``address`` is the spelling of its place (see :func:`archive.address.place_of`) that was saved, else the first cited, https before http;
    ``also_spelt`` are the others that notes cite. The state is the best of all spellings. ``error`` and ``facts`` say why, when it is GONE,
    REFUSED or FAILED. ``quoted`` is the least of its places'; it is compared when one source is asked for, never for lists.
    """

    address: str
    state: SourceState
    also_spelt: tuple[str, ...] = ()
    cited_at: tuple[Place, ...] = ()
    captures: tuple[Capture, ...] = ()
    error: str | None = None
    facts: dict[str, str | int | float | bool] = {}
    quoted: Quoted | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every address of it that is known, the one that stands for it first."""
        return (self.address, *self.also_spelt)


class CaptureOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one source in a capture run; ``status`` is 0 where no answer came.

    ``text_words`` is how many words of main text came. ``wants_browser``: the page may be one that its own scripts build, and the
    embedded browser should load it, told these words (:attr:`FetchOrder.first_words`). ``compared`` is of a second step: it was kept
    only if it brought more words than the first. ``way`` is the step by which it came. ``quoted`` says whether what the notes quote stands in its text.
    """

    address: str
    state: SourceState
    verdict: Verdict | None
    status: int
    size_bytes: int
    duration_ms: int
    error: str | None = None
    facts: dict[str, str | int | float | bool] = {}
    text_words: int = 0
    wants_browser: bool = False
    compared: StepWords | None = None
    way: Way = Way.PAGE
    quoted: Quoted | None = None
