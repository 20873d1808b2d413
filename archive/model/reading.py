"""What a reader process says of one file, before the footnotes are found in it.

Laid-out formats (PDF) give ``pages``; marked-up formats give ``blocks``. Never both.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archive.model.document import Format, Link, PassageKind, Problem, Style
from archive.values import Language


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a page in points (1/72 inch), origin top left, y downward; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a page; ``page`` counts from 1."""

    page: int
    box: Box


class Part(msgspec.Struct, frozen=True, array_like=True):
    """Characters ``start`` to ``end`` (code points, end exclusive) of a block that stand on one line of a page, in this rectangle."""

    start: int
    end: int
    spot: Spot


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A run of characters of one font and size on one line of a page.

    ``baseline_pt`` is the y of the baseline, in the page's coordinates. ``link`` is the address of a link annotation that covers it.
    """

    text: str
    box: Box
    size_pt: float
    baseline_pt: float
    font: str = ""
    is_bold: bool = False
    is_italic: bool = False
    link: str | None = None


LONGEST_PAGE_LABEL = 40


class Page(msgspec.Struct, frozen=True):
    """One page; ``number`` counts from 1, ``label`` is what is printed for it where the file says so. Spans in file order."""

    number: int
    width_pt: float
    height_pt: float
    spans: tuple[Span, ...] = ()
    label: str = ""


def page_labels(pages: Sequence[Page]) -> tuple[str, ...]:
    """What pages are called where that is not their number: from the first on, ``""`` for one that has its number only; empty where all have."""
    labels = tuple("" if page.label == str(page.number) else page.label[:LONGEST_PAGE_LABEL] for page in pages)
    return labels if any(labels) else ()


class RawMarker(msgspec.Struct, frozen=True):
    """A marker that the markup itself names: its label and offset in the block's text, from which it is already taken out.

    ``target`` joins it to the RawNote of the same ``target`` where the markup does so, else it is empty.
    ``spot`` is where it stands on its page, None where the format has no pages.
    """

    label: str
    at: int
    target: str = ""
    spot: Spot | None = None


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One block of a marked-up file, in file order, markup gone from its text.

    A block that begins with a marker (``at`` 0) may be the body of a note: :mod:`archive.footnotes` decides.
    ``note_label`` and ``note_target`` are set where the markup itself says that the block is a note's body.
    ``is_rule`` marks a thematic break, whose text is empty. ``parts`` say where its characters stand on laid-out pages, in order.
    """

    kind: PassageKind
    text: str
    level: int = 0
    markers: tuple[RawMarker, ...] = ()
    links: tuple[Link, ...] = ()
    styles: tuple[Style, ...] = ()
    parts: tuple[Part, ...] = ()
    note_label: str | None = None
    note_target: str = ""
    is_rule: bool = False


class StatedProperties(msgspec.Struct, frozen=True, kw_only=True):
    """What the file's own metadata says (PDF information dictionary, ``<meta>``, JSON-LD, YAML front matter), unchecked."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_on: str | None = None
    language: Language | None = None
    topics: tuple[str, ...] = ()
    reference: str | None = None
    address_text: str | None = None
    versions: tuple[tuple[str, str], ...] = ()
    """Codes of languages (BCP 47) and where the file says that it stands in them."""


class OutlineEntry(msgspec.Struct, frozen=True, array_like=True):
    """A title of the file's own outline: ``level`` counts from 1, ``page`` from 1 (None where it leads nowhere)."""

    title: str
    level: int
    page: int | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reader process says of one file."""

    format: Format
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    stated: StatedProperties = StatedProperties()
    encoding: str = ""
    problems: tuple[Problem, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
