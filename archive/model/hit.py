"""A question and its answer."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from archive.model.document import Role
from archive.model.locator import Locator
from archive.model.source import Place
from archive.values import Language

MOST_SPELLINGS = 8
"""How many other spellings are offered with one answer."""


class Where(StrEnum):
    """The part of a document in which a hit stands."""

    TITLE = "title"
    BODY = "body"
    NOTE = "note"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asks. ``text`` is as typed, in any state of completion.

    ``is_typing`` makes the last word a prefix. ``offset`` and ``limit`` cut the list of hits.
    """

    text: str
    limit: int = 20
    offset: int = 0
    is_typing: bool = False
    roles: tuple[Role, ...] = ()
    languages: tuple[Language, ...] = ()


class Spelling(msgspec.Struct, frozen=True):
    """Another spelling of a word of the question, and in how many documents it stands; offered, never merged silently."""

    text: str
    count: int


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that answers, at its best passage.

    ``snippet`` is plain text cut into (text, is_hit) runs. ``locators`` are the places of the words found, best passage first
    (at most 200). ``note`` is the label of the note the hit stands in when ``where`` is NOTE. ``cited_at`` names the notes that
    cite the source when the role is SOURCE. ``score`` is comparable within one answer only, higher is better.
    ``archive`` is the position of the archive in the library, 0 for a single one.
    """

    document: str
    title: str
    role: Role
    where: Where
    score: float
    snippet: tuple[tuple[str, bool], ...]
    locators: tuple[Locator, ...] = ()
    note: str | None = None
    passage: int | None = None
    page: int | None = None
    language: Language = Language.UNKNOWN
    published_on: str | None = None
    publisher: str | None = None
    cited_at: tuple[Place, ...] = ()
    archive: int = 0


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said to one question.

    ``understood`` is the question as it was taken, written out in the query language. ``count`` is of documents, exact if
    ``is_exact``. ``duration_ms`` is the time spent in the archive.
    """

    question: str
    understood: str
    count: int
    is_exact: bool
    duration_ms: float
    hits: tuple[Hit, ...] = ()
    spellings: tuple[Spelling, ...] = ()
