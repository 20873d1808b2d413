"""What a web archive or a ZIM file holds, as the process that reads it says, and what becomes of it.

Neither is one document. A web archive (WARC, ARC, WACZ) holds answers of the web, of which some are pages; a ZIM file holds articles.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from archive.model.document import Arrival, Problem
from archive.model.reading import StatedProperties
from archive.model.source import Fetched, SourceState, Verdict


class Container(StrEnum):
    """Files that hold many things of the web."""

    WEB_ARCHIVE = "web-archive"
    ZIM = "zim"


class SavedPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a web archive, as a fetcher would have brought it. ``is_page`` is false for an answer that is no page and
    that no page of the file claims (a lone picture): no text is looked for in it.
    """

    fetched: Fetched
    title: str = ""
    is_page: bool = True


class ListedPage(msgspec.Struct, frozen=True):
    """An entry of a web archive's list of pages; ``title`` is plain untrusted text, possibly empty."""

    address: str
    title: str = ""
    taken_at: datetime | None = None


class WebArchiveFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a web archive holds: its own title, how many pages can be asked for, the list of them, and what is amiss.

    ``records`` counts everything in it. ``has_list`` says whether the list is the file's own; else it is made from its pages.
    """

    title: str = ""
    records: int = 0
    pages: int = 0
    listed: tuple[ListedPage, ...] = ()
    has_list: bool = False
    problems: tuple[Problem, ...] = ()


class Surveyed(msgspec.Struct, frozen=True):
    """How far the first pass over a file has come, both in bytes; ``facts`` when it is over."""

    done: int
    total: int
    facts: WebArchiveFacts | None = None


class PageOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page of a web archive; ``document`` is its text where it has one."""

    address: str
    state: SourceState
    verdict: Verdict | None
    is_already_here: bool = False
    document: str | None = None
    title: str = ""
    requisites: int = 0
    size_bytes: int = 0
    problems: tuple[Problem, ...] = ()


class PageFault(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a web archive that could not be read: the error's code and facts."""

    code: str
    facts: dict[str, str | int | float | bool] = {}


class PagesReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a web archive: how many pages came in, were here already, or failed; what else came; its list of pages.

    ``others`` counts answers that are no pages and that no page claimed. ``lists`` are the documents that list the pages.
    """

    new: int = 0
    already: int = 0
    failed: int = 0
    others: int = 0
    lists: tuple[Arrival, ...] = ()
    problems: tuple[Problem, ...] = ()


class ZimFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a ZIM file says of itself (openZIM, "Metadata"), unchecked, and how many articles can be listed.

    ``origin`` is the web address of the site it was made from, empty where that cannot be told.
    """

    title: str = ""
    language: str = ""
    publisher: str = ""
    date: str = ""
    origin: str = ""
    articles: int = 0
    problems: tuple[Problem, ...] = ()


class Listed(msgspec.Struct, frozen=True):
    """How far listing the articles of a ZIM file has come; ``facts`` when it is over."""

    done: int
    total: int
    facts: ZimFacts | None = None


class ArticleEntry(msgspec.Struct, frozen=True, array_like=True):
    """An article of a ZIM file: its number there, and its title and path, which are plain untrusted text."""

    number: int
    title: str
    path: str


class ArticleEntries(msgspec.Struct, frozen=True):
    """Some articles of a ZIM file by title, and how many answer in all."""

    count: int
    entries: tuple[ArticleEntry, ...]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a ZIM file: its bytes, and what the file states of it. ``origin`` is its own web address where it can be told."""

    data: bytes
    title: str
    path: str
    media_type: str
    stated: StatedProperties
    origin: str = ""
