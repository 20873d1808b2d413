"""Hits as a table for other programs: CSV (RFC 4180) that opens rightly where it is opened most, in a spreadsheet.

UTF-8 with a byte order mark, so that Cyrillic is read as such. A cell that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab
or their wide forms; OWASP, "CSV Injection") gets an apostrophe before it; characters that are not seen are left out.
"""

from __future__ import annotations

import csv
import io
import re

from archive.model.hit import FoundPassage, Hit
from archive.words import say

BEGINNING = "\ufeff"
_DIGITS = 16
COLUMNS = (
    "document", "title", "role", "where", "note", "page", "passage", "text", "date", "publisher", "language", "address", "cited-at", "archive",
)  # fmt: skip
_FORMULA = re.compile("^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212|%]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


def heading() -> str:
    """The first line: the names of the columns in the chosen language."""
    return BEGINNING + _line([say(f"column-{column}") for column in COLUMNS])


def row(hit: Hit, passage: FoundPassage | None, *, archive: str) -> str:
    """One line: a passage of a hit; the hit itself where it has no passage with words of the question.

    Args:
        hit: the document.
        passage: one of its passages.
        archive: what the archive is called.
    """
    shown = passage or hit
    return _line([
        hit.document,
        hit.title,
        say(f"role-{hit.role}"),
        say(f"where-{shown.where}"),
        shown.note or "",
        "" if shown.page is None else shown.page_label or str(shown.page),
        "" if shown.passage is None else str(shown.passage + 1),
        "".join(text for text, _ in shown.snippet),
        hit.published_on or "",
        hit.publisher or "",
        hit.language.value,
        hit.address or "",
        "; ".join(f"{place.title}, {place.label}" for place in hit.cited_at),
        archive,
    ])


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(map(safe, cells))
    return written.getvalue()


def safe(cell: str) -> str:
    """A cell that no program takes for anything but text."""
    plain = _UNSEEN.sub(" ", cell)
    return "'" + plain if _FORMULA.match(plain) else plain


def beginnings(answering: bytes) -> frozenset[str]:
    """The documents that answer, as :meth:`archive.asking.AskingDesk.answering` gives them, one by one."""
    text = answering.decode("ascii", "replace")
    return frozenset(text[start : start + _DIGITS] for start in range(0, len(text), _DIGITS))


def beginning(hit: Hit) -> str:
    """How the identifier of a hit's document begins, to be looked for in :func:`beginnings`."""
    return hit.document[:_DIGITS]
