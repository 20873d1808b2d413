"""A question and its answer."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from archive.model.document import Role
from archive.model.locator import Locator
from archive.model.source import Place, SourceState
from archive.values import Language

MOST_SPELLINGS = 10
"""How many other spellings are offered with one answer."""


class Where(StrEnum):
    """The part of a document in which a hit stands."""

    TITLE = "title"
    BODY = "body"
    NOTE = "note"


class Order(StrEnum):
    """How hits are ordered. Documents without a date come last, newest or oldest first; equal ones stand in the order in which they came in."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asks. ``text`` is as typed, in any state of completion.

    ``is_typing`` makes the last word a prefix. ``offset`` and ``limit`` cut the list of hits. The tuples are what was chosen from facets: of
    each one that is not empty a document must have one value; ``years`` are four digits, and the empty text stands for documents that state
    none (also among ``publishers``, ``sites`` and ``collections``). ``is_exact`` asks for all words as they are written, not in all forms.
    """

    text: str
    limit: int = 20
    offset: int = 0
    is_typing: bool = False
    roles: tuple[Role, ...] = ()
    languages: tuple[Language, ...] = ()
    publishers: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    states: tuple[SourceState, ...] = ()
    collections: tuple[str, ...] = ()
    is_exact: bool = False
    order: Order = Order.RELEVANCE


class SavedQuestion(msgspec.Struct, frozen=True):
    """A question that a person keeps on the desk, under a name."""

    name: str
    question: Question


class ClauseKind(StrEnum):
    """What one part of a question asks for. The first six are words, the next ten narrow, the last three hold other parts."""

    WORD = "word"
    EXACT = "exact"
    PHRASE = "phrase"
    NEAR = "near"
    BEGINNING = "beginning"
    FUZZY = "fuzzy"
    ROLE = "role"
    LANGUAGE = "language"
    DATE = "date"
    PUBLISHER = "publisher"
    SITE = "site"
    STATE = "state"
    COLLECTION = "collection"
    SOURCE = "source"
    CITES = "cites"
    CITED_BY = "cited_by"
    ALL = "all"
    ANY = "any"
    NOT = "not"


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a question as it was taken; :mod:`archive.understood` says it in the person's language.

    ``texts`` are the words, or the value that narrows (of DATE the first and the last day, either may be empty). ``where`` is the part of a
    document meant, None for any. ``distance`` is of NEAR. ``parts`` are of ALL, ANY and NOT.
    """

    kind: ClauseKind
    texts: tuple[str, ...] = ()
    where: Where | None = None
    distance: int = 0
    parts: tuple[Clause, ...] = ()


class Spelling(msgspec.Struct, frozen=True):
    """Another spelling of a word of the question, and in how many documents it stands; offered, never merged silently.

    ``word`` is what it may take the place of, as it is typed in the question.
    """

    text: str
    count: int
    word: str = ""


class FoundPassage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that holds words of a question: its ``n``, and ``note`` the label of the note it is, if it is one.

    ``snippet`` is plain text cut into (text, is_hit) runs, ``locators`` the places in it, in order. ``page_label`` is what the file calls
    its page (``xii``), empty where that is the number ``page``, which always counts from 1.
    """

    passage: int
    where: Where
    snippet: tuple[tuple[str, bool], ...]
    locators: tuple[Locator, ...] = ()
    note: str | None = None
    page: int | None = None
    page_label: str = ""


class PassagesFound(msgspec.Struct, frozen=True, kw_only=True):
    """Passages of a document that hold words of a question, in reading order, from the ``first`` on; ``count`` is of all of them."""

    document: str
    count: int
    first: int = 0
    passages: tuple[FoundPassage, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that answers, at its best passage.

    ``snippet`` is plain text cut into (text, is_hit) runs. ``locators`` are the places of the words found, best passage first
    (at most 200). ``note`` is the label of the note the hit stands in when ``where`` is NOTE. ``cited_at`` names the notes that
    cite the source when the role is SOURCE. ``score`` is comparable within one answer only, higher is better.
    ``archive`` is the position of the archive in the library, 0 for a single one; ``archives`` are those of all that hold the document.
    ``passage_count`` is how many passages hold words of the question, at least that many where ``is_counted`` is false (a book);
    ``page_label`` is what the file calls the page (``xii``), empty where that is its number.
    ``passages`` are the first few in reading order, the others are given by ``passages_found``. ``address`` is that of the source whose text
    the document is.
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
    page_label: str = ""
    language: Language = Language.UNKNOWN
    published_on: str | None = None
    publisher: str | None = None
    cited_at: tuple[Place, ...] = ()
    archive: int = 0
    archives: tuple[int, ...] = (0,)
    passage_count: int = 0
    is_counted: bool = True
    passages: tuple[FoundPassage, ...] = ()
    address: str | None = None


class Offer(msgspec.Struct, frozen=True):
    """Another question that may be meant, ready to be asked, and how many documents answer it (an address typed: who cites it)."""

    text: str
    count: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said to one question.

    ``understood`` are the parts of the question as they were taken, all of which hold for every hit, but those of kind NOT, which hold for
    none; ``written`` is the same in the query language. ``count`` is of documents, exact if ``is_exact``, else at least so many.
    ``duration_ms`` is the time spent in the archive.
    """

    question: str
    written: str
    count: int
    is_exact: bool
    duration_ms: float
    understood: tuple[Clause, ...] = ()
    hits: tuple[Hit, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    offers: tuple[Offer, ...] = ()


class FacetName(StrEnum):
    """By what answers are counted."""

    ROLE = "role"
    LANGUAGE = "language"
    PUBLISHER = "publisher"
    SITE = "site"
    YEAR = "year"
    STATE = "state"
    COLLECTION = "collection"


class FacetValue(msgspec.Struct, frozen=True):
    """How many of the documents that answer have this value; the empty text stands for those that state none."""

    value: str
    count: int


class Facet(msgspec.Struct, frozen=True):
    """The values of one kind, most frequent first, equal ones in the order of their letters; years newest first."""

    name: FacetName
    values: tuple[FacetValue, ...]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """All documents that answer, counted in each way. ``count`` is of documents, exact if ``is_exact``.

    A value chosen already (the tuples of :class:`Question`) does not narrow its own facet, so that another one can be chosen beside it.
    """

    count: int
    is_exact: bool
    duration_ms: float
    facets: tuple[Facet, ...] = ()


class CompletionKind(StrEnum):
    """What a completion is."""

    FIELD = "field"
    VALUE = "value"
    WORD = "word"
    TITLE = "title"


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """How a question may go on: ``text`` in place of the characters ``start`` to ``end`` of what was typed.

    ``count`` is of documents, 0 where it is not known (fields).
    """

    kind: CompletionKind
    text: str
    start: int
    end: int
    count: int = 0


class CitingNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note that cites something: its ``label`` and passage, the address it cites, and the words that do."""

    label: str
    passage: int
    address: str
    text: str


class Citing(msgspec.Struct, frozen=True, kw_only=True):
    """A document that cites what was asked for, with the notes that do, in their order. ``archive`` as in :class:`Hit`."""

    document: str
    title: str
    notes: tuple[CitingNote, ...]
    published_on: str | None = None
    archive: int = 0


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """Another document that cites sources which a document cites: how many, and the first few of their addresses."""

    document: str
    title: str
    count: int
    addresses: tuple[str, ...]
    archive: int = 0


class Collection(msgspec.Struct, frozen=True):
    """A named set of documents; a document may be in several. ``count`` is of documents that are here."""

    name: str
    count: int
