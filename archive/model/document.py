"""A document and its passages, as they are stored and read."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from archive.model.footnote import Marker
from archive.values import Language


class Role(StrEnum):
    """How a document came in: as a report, or as the text of a capture."""

    REPORT = "report"
    SOURCE = "source"


class Format(StrEnum):
    """The formats a reader can read."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    EPUB = "epub"
    MHTML = "mhtml"


class PassageKind(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    PULL_QUOTE = "pull_quote"
    TABLE = "table"
    CAPTION = "caption"
    CODE = "code"
    NOTE = "note"


class Emphasis(StrEnum):
    """How words of a passage stand out."""

    ITALIC = "italic"
    BOLD = "bold"
    CODE = "code"


class Style(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` (code points, end exclusive) of a passage that stand out."""

    start: int
    end: int
    emphasis: Emphasis


class Link(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of a passage that lead somewhere.

    ``address_text`` is what the file says, unchecked: it is shown, never opened.
    """

    start: int
    end: int
    address_text: str


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One heading, paragraph, list item, quotation, table, caption or note, in reading order.

    ``n`` counts from 0 within the document. ``level`` is 1..6 for headings, the depth from 1 for list items, else 0.
    ``page`` counts from 1, None where the format has no pages. ``text`` is plain: markers are taken out of it and stand in
    ``markers`` with the offset (in code points) at which they stood. A table's rows are lines, its cells separated by tabs.
    Passages of kind NOTE follow the body, in the order of their notes; a note's text stands only there.
    """

    n: int
    kind: PassageKind
    text: str
    level: int = 0
    page: int | None = None
    language: Language = Language.UNKNOWN
    markers: tuple[Marker, ...] = ()
    links: tuple[Link, ...] = ()
    styles: tuple[Style, ...] = ()


class Version(msgspec.Struct, frozen=True):
    """The same document in another language, as the document itself says; ``address`` is normalised."""

    language: Language
    address: str


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What a document states of itself; what it does not state is None or empty, never guessed from nothing.

    ``published_on`` is an ISO 8601 date of the precision the document gives (``2025-01-24``, ``2025-01`` or ``2025``).
    ``reference`` is the publisher's own number (``EUR 49/8966/2025``, ``A/HRC/58/68``). ``address`` is where it says that it is
    published (normalised), ``versions`` what it says of itself in other languages, at most one for each.
    """

    title: str = ""
    language: Language = Language.UNKNOWN
    publisher: str | None = None
    reference: str | None = None
    published_on: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    address: str | None = None
    versions: tuple[Version, ...] = ()


class Recognition(msgspec.Struct, frozen=True):
    """How text was read from pictures of pages: the program, the languages it was told (``rus``, ``bel``), its mean confidence 0..1."""

    engine: str
    languages: tuple[str, ...]
    confidence: float


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document of an archive. ``document`` is the SHA-256 of its original bytes, 64 hexadecimal digits.

    ``recognised`` says that its text is not the file's own, but was read from the pictures of its pages.
    """

    document: str
    role: Role
    format: Format
    description: Description
    size_bytes: int
    passages: int
    notes: int
    markers: int
    paired: int
    recognised: Recognition | None = None


class Problem(msgspec.Struct, frozen=True):
    """Something about a file that a person should know though it came in: ``code`` names a sentence in words.

    ``problem-<code>`` is its identifier there; ``detail`` is short plain text, possibly empty.
    """

    code: str
    detail: str = ""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """What came of bringing in one file. ``addresses`` counts the distinct addresses its notes cite.

    When ``is_already_here``, nothing was changed and the rest describes what stands in the archive.
    """

    document: Document
    is_already_here: bool
    addresses: int
    problems: tuple[Problem, ...] = ()


class DocumentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a list: with how many of its sources are in which state (keys: values of SourceState)."""

    document: Document
    sources: dict[str, int]


class OtherVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The same document in another language: ``document`` where it stands in the archive, else None and only its address is known."""

    language: Language
    title: str = ""
    document: str | None = None
    address: str | None = None
