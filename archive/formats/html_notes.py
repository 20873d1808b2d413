"""Which elements of a web page are markers and which are the notes they lead to.

A marker is a link to a place further down in the same page, raised, bracketed, or called a note reference by its role,
``epub:type`` or class. The note is the block around that place. This holds for DPUB-ARIA, EPUB 3, Pandoc, DocBook,
Word's "filtered" HTML, MediaWiki and what most content systems make of these.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from archive.formats.block_text import marker_labels

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_REFERENCE_CLASS = re.compile(
    r"\b(?:foot|end)?-?note-?ref|\bfnref\b|\breference\b|\bfootnote-(?:link|call|anchor)\b|\bnoteref\b|\bcall\b", re.IGNORECASE
)
_BACK_CLASS = re.compile(r"back-?(?:link|ref)|\bmw-cite-backlink\b|\breversefootnote\b|\bfootnote-return\b", re.IGNORECASE)
_BACK_TEXT = re.compile(r"[\s↩↑^⇑⏎↵⤴↺\ufe0e\ufe0f]*")
_NOTE_NAME = re.compile(r"foot|end-?note|\bnote|note\b|\bfn|\bftn|\bedn|cite|снос|примеч", re.IGNORECASE)
_CONTAINERS = {"li", "aside", "dd", "div", "p", "td", "tr", "section"}
_BLOCKS = {"li", "aside", "dd", "dt", "div", "p", "td", "tr", "section", "blockquote", "body"}
_LONGEST_LABEL = 20


class Notes(NamedTuple):
    """What :func:`find_notes` found.

    ``markers`` maps a link element to (label, target); ``bodies`` maps a note's element to (label, target); ``backs`` are
    the fragments that lead back to a marker.
    """

    markers: dict[etree._Element, tuple[str, str]]
    bodies: dict[etree._Element, tuple[str, str]]
    backs: set[str]


def find_notes(root: etree._Element) -> Notes:
    """The markers and notes of a page. A link that leads nowhere in the page, or upwards, is no marker."""
    place_of: dict[etree._Element, int] = {}
    named: dict[str, etree._Element] = {}
    for place, element in enumerate(root.iter(etree.Element)):
        place_of[element] = place
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                named.setdefault(name, element)
    found: list[tuple[etree._Element, str, str]] = []
    targets: dict[etree._Element, str] = {}
    backs: set[str] = set()
    for link in root.iter("a"):
        target = _fragment(link)
        goal = named.get(target)
        if goal is None or place_of[goal] <= place_of[link] or is_back_link(link, set()):
            continue
        label = _label(link)
        if not label:
            continue
        found.append((link, label, target))
        targets.setdefault(goal, target)
        backs |= _names_around(link)
    markers: dict[etree._Element, tuple[str, str]] = {}
    bodies: dict[etree._Element, tuple[str, str]] = {}
    body_of: dict[str, str] = {}
    for link, label, target in found:
        goal = named[target]
        if target not in body_of:
            body = _body(goal, set(targets))
            if body is None or any(body is marker or _holds(body, marker) for marker, _, _ in found[:1]):
                body_of[target] = ""
            else:
                body_of[target] = bodies.setdefault(body, (label, target))[1]
        markers[link] = (label, body_of[target])
    return Notes(markers, bodies, backs)


def is_back_link(link: etree._Element, backs: set[str]) -> bool:
    """Whether the link leads from a note back to its marker."""
    said = f"{link.get('role') or ''} {link.get(_EPUB_TYPE) or link.get('epub:type') or ''}"
    if "backlink" in said or _BACK_CLASS.search(link.get("class") or ""):
        return True
    text = _text(link)
    return _fragment(link) in backs or bool(_fragment(link) and text.strip() and _BACK_TEXT.fullmatch(text))


def is_back_part(element: etree._Element) -> bool:
    """Whether the element, link or not, holds nothing but ways back (MediaWiki's ``^ a b c``)."""
    return _BACK_CLASS.search(element.get("class") or "") is not None


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _fragment(link: etree._Element) -> str:
    href = link.get("href") or ""
    return href[1:] if href.startswith("#") else ""


def _label(link: etree._Element) -> str:
    """What the marker shows, without brackets; empty when the link does not look like one."""
    text = re.sub(r"\s+", " ", _text(link)).strip()
    label = text.strip("[]() \u00a0")
    if not label or len(label) > _LONGEST_LABEL:
        return ""
    said = f"{link.get('role') or ''} {link.get(_EPUB_TYPE) or link.get('epub:type') or ''}"
    parent = link.getparent()
    classes = f"{link.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    if "noteref" in said or _REFERENCE_CLASS.search(classes):
        return label
    is_raised = any(ancestor.tag == "sup" for ancestor in link.iterancestors()) or link.find(".//sup") is not None
    is_bracketed = text.startswith(("[", "(")) or (
        parent is not None and (parent.text or "").rstrip().endswith("[") and (link.tail or "").lstrip().startswith("]")
    )
    return label if (is_raised or is_bracketed) and len(marker_labels(label)) == 1 else ""


def _names_around(link: etree._Element) -> set[str]:
    """The names by which a note may lead back to this marker: its own, those inside, and those of what closely surrounds it."""
    names = {name for element in link.iter(etree.Element) for name in (element.get("id"), element.get("name")) if name}
    for ancestor in link.iterancestors():
        if ancestor.tag in _BLOCKS:
            break
        names |= {name for name in (ancestor.get("id"), ancestor.get("name")) if name}
    before = link.getprevious()
    if before is not None and before.tag in {"a", "span"} and not (before.tail or "").strip() and not _text(before).strip():
        names |= {name for name in (before.get("id"), before.get("name")) if name}
    return names


def _body(goal: etree._Element, goals: set[etree._Element]) -> etree._Element | None:
    """The element that holds the note which begins at ``goal``, and no other note."""
    body = goal
    while body.tag not in _BLOCKS:
        parent = body.getparent()
        if parent is None:
            return None
        body = parent
    if body.tag == "body":
        return None
    while (parent := body.getparent()) is not None and parent.tag in _CONTAINERS:
        names = f"{parent.get('id') or ''} {parent.get('class') or ''} {parent.get(_EPUB_TYPE) or parent.get('epub:type') or ''}"
        is_note = parent.tag in {"li", "aside", "dd", "tr"} or (
            _NOTE_NAME.search(names) is not None and "notes" not in names.lower()
        )
        if not is_note or any(element in goals and element is not goal for element in parent.iter(etree.Element)):
            break
        body = parent
    return body


def _holds(outer: etree._Element, inner: etree._Element) -> bool:
    return any(ancestor is outer for ancestor in inner.iterancestors())
