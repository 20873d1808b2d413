"""The labels of a web page's list items, as browsers print them (HTML standard, 4.4.5 and 4.4.8).

``start``, ``reversed``, ``value`` and ``type`` count, and a list style in the element's own ``style``; what a style sheet far away says does not.
Items of a list without an order have no label. A term of a ``dl`` is a bold paragraph and what describes it an item; without any term
the list only sets text in, so its parts are paragraphs.
"""

from __future__ import annotations

import re
from typing import Any

from archive.formats.numerals import numeral
from archive.model.document import PassageKind

_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero", "none": "none", "disc": "none",
    "circle": "none", "square": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(\d)", re.IGNORECASE)


class Lists:
    """The lists that are open, the innermost last."""

    def __init__(self) -> None:
        self._open: list[list[Any]] = []

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return len(self._open)

    def enter(self, element: Any) -> None:
        """A list begins: ``ol``, ``ul``, ``dl`` or an element with that role."""
        if element.tag != "ol":
            self._open.append([0, 1, "none"])
            return
        step = -1 if element.get("reversed") is not None else 1
        first = sum(1 for _ in element.iterchildren("li")) if step < 0 else 1
        self._open.append([_whole(element.get("start"), first), step, _style(element, "decimal")])

    def leave(self) -> None:
        """The innermost list ends."""
        self._open.pop()

    def next_label(self, item: Any) -> str:
        """What is printed before an item, with the space behind it."""
        if not self._open:
            return ""
        number, step, style = self._open[-1]
        number = _whole(item.get("value"), number)
        self._open[-1][0] = number + step
        label = numeral(number, style if style == "none" else _style(item, style))
        return f"{label}. " if label else ""


def described_kind(element: Any, depth: int) -> tuple[PassageKind, int]:
    """What a ``dd`` is, ``depth`` lists deep."""
    holder = next(element.iterancestors("dl"), None)
    has_terms = holder is not None and next(holder.iter("dt"), None) is not None
    return (PassageKind.LIST_ITEM, max(1, depth)) if has_terms else (PassageKind.PARAGRAPH, 0)


def word_level(element: Any) -> int:
    """The level of a paragraph that Word saved as an item of a list, its label written in it; 0 for any other."""
    found = _WORD_LEVEL.search(element.get("style") or "") if "MsoList" in (element.get("class") or "") else None
    return int(found[1]) if found else 0


def _style(element: Any, otherwise: str) -> str:
    if found := _LIST_STYLE.search(element.get("style") or ""):
        return _STYLES.get(found[1].lower(), otherwise)
    return _TYPES.get(element.get("type") or "", otherwise)


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None and len(text) < 10 else otherwise
    except ValueError:
        return otherwise
