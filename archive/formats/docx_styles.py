"""What the parts beside the text of a DOCX say of it: styles, numbering of lists, numbering of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from archive.formats.numerals import numeral
from archive.model.document import PassageKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 12
_HEADING = re.compile(r"(?:heading|заголовок|загаловак) (\d)")
_KINDS = {
    "caption": PassageKind.CAPTION,
    "quote": PassageKind.QUOTATION,
    "intense quote": PassageKind.QUOTATION,
    "block text": PassageKind.QUOTATION,
}
_PLACE = re.compile(r"%(\d)")


class Look(NamedTuple):
    """What a style makes of text; None where it says nothing of it."""

    is_bold: bool | None = None
    is_italic: bool | None = None
    is_raised: bool | None = None
    is_hidden: bool | None = None


def value_of(element: Any, name: str) -> str | None:
    """The ``w:val`` of the child ``w:name``; None where either is missing."""
    child = element.find(W + name) if element is not None else None
    return child.get(W + "val") if child is not None else None


def is_on(element: Any, name: str) -> bool | None:
    """A toggle property (17.17.4): there and not switched off; None where it is not there."""
    child = element.find(W + name)
    if child is None:
        return None
    return (child.get(W + "val") or "true").lower() not in {"0", "false", "off", "none"}


def look_of(properties: Any) -> Look:
    """What run properties (``w:rPr``) say."""
    raised = value_of(properties, "vertAlign")
    return Look(
        is_on(properties, "b"),
        is_on(properties, "i"),
        None if raised is None else raised == "superscript",
        is_on(properties, "vanish"),
    )


class _ParagraphStyle(NamedTuple):
    name: str
    based_on: str | None
    outline: int | None
    numbering: tuple[str | None, int | None]


class Styles:
    """The styles of a document, by identifier.

    Args:
        root: the part ``styles.xml``, None where the package has none.
    """

    def __init__(self, root: Any) -> None:
        self._paragraph: dict[str, _ParagraphStyle] = {}
        self._looks: dict[str, Look] = {}
        self._default: str | None = None
        for style in root.iter(W + "style") if root is not None else ():
            identifier = style.get(W + "styleId") or ""
            if style.get(W + "type") == "character":
                properties = style.find(W + "rPr")
                self._looks[identifier] = look_of(properties) if properties is not None else Look()
                continue
            properties = style.find(W + "pPr")
            level = value_of(properties, "outlineLvl")
            numbering = properties.find(W + "numPr") if properties is not None else None
            self._paragraph[identifier] = _ParagraphStyle(
                (value_of(style, "name") or "").lower(),
                value_of(style, "basedOn"),
                _number(level),
                (value_of(numbering, "numId"), _number(value_of(numbering, "ilvl"))),
            )
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}:
                self._default = identifier

    def look(self, identifier: str | None) -> Look:
        """What a character style says of text."""
        return self._looks.get(identifier or "", Look())

    def kind(self, properties: Any) -> tuple[PassageKind, int]:
        """What a paragraph with these properties (``w:pPr`` or None) is, and at which level; lists are not told here."""
        chain = list(self._chain(value_of(properties, "pStyle")))
        for style in chain:
            if heading := _HEADING.fullmatch(style.name):
                return PassageKind.HEADING, max(1, min(6, int(heading[1])))
            if style.name == "title":
                return PassageKind.HEADING, 1
            if style.name in _KINDS:
                return _KINDS[style.name], 0
        levels = [_number(value_of(properties, "outlineLvl")), *(style.outline for style in chain)]
        level = next((one for one in levels if one is not None), 9)
        return (PassageKind.HEADING, min(6, level + 1)) if 0 <= level < 9 else (PassageKind.PARAGRAPH, 0)

    def numbering(self, properties: Any) -> tuple[str, int] | None:
        """Which list (``numId``) the paragraph belongs to and at which level from 0; None when to none."""
        own = properties.find(W + "numPr") if properties is not None else None
        found, level = value_of(own, "numId"), _number(value_of(own, "ilvl"))
        for style in self._chain(value_of(properties, "pStyle")):
            found = style.numbering[0] if found is None else found
            level = style.numbering[1] if level is None else level
        return (found, max(0, min(8, level or 0))) if found not in {None, "0"} else None

    def _chain(self, identifier: str | None) -> Iterable[_ParagraphStyle]:
        identifier = identifier or self._default
        for _ in range(_DEEPEST):
            style = self._paragraph.get(identifier or "")
            if style is None:
                return
            yield style
            identifier = style.based_on


class _Level(NamedTuple):
    start: int
    style: str
    pattern: str


class Numbering:
    """Counts the items of lists as Word does: one count for each abstract list, lower levels begin anew.

    Args:
        root: the part ``numbering.xml``, None where the package has none.
    """

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restart: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        for abstract in root.iter(W + "abstractNum"):
            self._lists[abstract.get(W + "abstractNumId") or ""] = {
                _number(level.get(W + "ilvl")) or 0: _Level(
                    _number(value_of(level, "start")) or 1,
                    value_of(level, "numFmt") or "decimal",
                    (value_of(level, "lvlText") or "")[:40],
                )
                for level in abstract.iter(W + "lvl")
            }
        for one in root.iter(W + "num"):
            number = one.get(W + "numId") or ""
            self._abstract[number] = value_of(one, "abstractNumId") or ""
            self._restart[number] = {
                _number(override.get(W + "ilvl")) or 0: start
                for override in one.iter(W + "lvlOverride")
                if (start := _number(value_of(override, "startOverride"))) is not None
            }

    def next_label(self, number: str, level: int) -> str:
        """What is printed before the next item of this list and level; empty for bullets and lists that are not defined."""
        abstract = self._abstract.get(number, "")
        levels = self._lists.get(abstract, {})
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for place, start in self._restart.get(number, {}).items():
                counts[place] = start - 1
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [place for place in counts if place > level]:
            del counts[deeper]

        def shown(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            at = levels.get(other, own)
            return numeral(counts.get(other, at.start), at.style)

        return "" if own.style in {"bullet", "none"} else _PLACE.sub(shown, own.pattern).strip()


class NoteNumbering:
    """The labels of notes in the order of their references.

    Args:
        settings: the part ``settings.xml``, None where the package has none.
        sections: every ``w:sectPr`` of the body, in order.
        name: ``footnotePr`` or ``endnotePr``.
    """

    def __init__(self, settings: Any, sections: list[Any], *, name: str) -> None:
        usual = settings.find(W + name) if settings is not None else None
        self._usual_style = "lowerRoman" if name == "endnotePr" else "decimal"
        self._each = [(usual, section.find(W + name)) for section in sections] or [(usual, None)]
        self._section = 0
        self._count = self._start() - 1

    def next_label(self) -> str:
        """The label of the next note."""
        self._count += 1
        return numeral(self._count, self._said("numFmt") or self._usual_style)

    def end_section(self) -> None:
        """The section of the body ends here; where notes are counted by section, they begin anew."""
        self._section = min(self._section + 1, len(self._each) - 1)
        if self._said("numRestart") == "eachSect":
            self._count = self._start() - 1

    def _start(self) -> int:
        return _number(self._said("numStart")) or 1

    def _said(self, name: str) -> str | None:
        usual, own = self._each[self._section]
        return value_of(own, name) or value_of(usual, name)


def _number(text: str | None) -> int | None:
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None
