"""Notes of a web page that stand where their marker does: in the margin, behind a button, or in an attribute.

Taken for one:

* LaTeXML's ``ltx_note``; Tufte's ``sidenote`` and ``marginnote``; a ``span`` or ``small`` called *footnote* that holds a sentence (CSS paged
  media);
* what a raised or called number *describes* (``aria-describedby``, Modern Footnotes) when that is a tooltip or called a note;
* the ``title`` or ``data-footnote``, ``data-note``, ``data-content``, ``data-tooltip`` of a raised number that leads nowhere in the page;
* the address of a raised number that leads straight to its source: the note says that address, and the title that the link has.

Not valid: a ``title`` that only tells what the number is (*View footnote*), the abbreviation of an ``abbr``, a tooltip on a word.
"""

from __future__ import annotations

import re

from lxml import etree, html

from archive.formats.block_text import marker_labels
from archive.formats.html_notes import Notes, label_of, text_of

_ASIDE = re.compile(
    r"(?:^|\s)(?:side-?note|margin-?note|foot-?note|end-?note|fn|inline-?footnote|footnote-(?:text|content))(?:\s|$)",
    re.IGNORECASE,
)
_IN_MARGIN = re.compile("side-?note|margin-?note")
_TOOLTIP = re.compile(r"tooltip|foot-?note|end-?note|side-?note|mfn", re.IGNORECASE)
_CALLED = re.compile(r"foot-?note|end-?note|side-?note|\bfn|mfn|tooltip|\bref", re.IGNORECASE)
_SAYS = (
    "data-footnote", "data-footnote-text", "data-footnote-content", "data-bigfoot-footnote", "data-note", "data-content", "data-tooltip",
    "data-tippy-content", "data-bs-content", "data-bs-original-title", "data-original-title", "data-title", "title",
)  # fmt: skip
_ABOUT_ITSELF = re.compile(
    r"\W*(?:(?:view|see|jump|go|show|open|read|back|return|link|click)\b[\w\s-]{0,25}\b)?(?:foot|end)?-?(?:note|reference|citation)s?\W*[\w*†]{0,6}\W*",
    re.IGNORECASE,
)
_TAG = re.compile("<[^>]*>")
_LEAST_WORDS = 2
_OUTSIDE = ("http://", "https://", "ftp://")
_KEPT_LINK = re.compile(r"footnote-print-only|littlefoot--print")


def add_asides(root: etree._Element, notes: Notes) -> None:
    """Add to the notes of a page those that stand where their marker does."""
    covered = {one for body in notes.bodies for one in body.iter(etree.Element)}
    has_kept_links = any(_KEPT_LINK.search(one.get("class") or "") for one in root.iter("sup", "a"))
    named = {one.get("id"): one for one in root.iter(etree.Element) if one.get("id")}
    count, taken = 0, set(notes.markers)
    for element in list(root.iter("span", "small", "sup", "a", "button", "label", "aside")):
        if not _may_be_aside(element) or element in covered or element in taken:
            continue
        if any(one in taken for one in element.iterancestors()):
            continue
        if has_kept_links and (element.tag == "button" or element.find(".//button") is not None):
            continue
        found = _text_of_aside(element, named) or _said_by(element, notes)
        if found is None:
            continue
        content, label = found
        count += 1
        taken.update((element, content))
        joined = (label or _number_before(element) or str(count), f"aside-{count}")
        notes.markers[element] = joined
        notes.asides[element] = content


def _may_be_aside(element: etree._Element) -> bool:
    """Whether an element is worth a closer look: nearly all are not, and most of a page is links."""
    classes = element.get("class") or ""
    if classes and ("ltx_note" in classes or element.tag == "button" or _ASIDE.search(classes)):
        return True
    return element.tag == "button" or bool(marker_labels(label_of(text_of(element))))


def _text_of_aside(element: etree._Element, named: dict[str | None, etree._Element]) -> tuple[etree._Element, str] | None:
    """The element with the text of a note that stands in this one or is described by it, and its label where it has one."""
    classes = element.get("class") or ""
    if "ltx_note" in classes.split():
        content = next((one for one in element.iter(etree.Element) if "ltx_note_content" in (one.get("class") or "")), None)
        mark = next((one for one in element.iter(etree.Element) if "ltx_note_mark" in (one.get("class") or "")), None)
        return (content, label_of(text_of(mark)) if mark is not None else "") if content is not None else None
    label = label_of(text_of(element))
    described = named.get(element.get("aria-describedby"))
    if described is not None and described is not element and marker_labels(label):
        names = f"{described.get('class') or ''} {described.get('role') or ''} {described.get('id') or ''}"
        if _TOOLTIP.search(names) and len(text_of(described).split()) >= 1:
            return described, label
    if element.tag in {"span", "small", "aside"} and _ASIDE.search(classes) and element.get("role") != "tooltip":
        is_text = len(text_of(element).split()) >= _LEAST_WORDS and not label_is_marker(label)
        stands_in_text = element.tag != "aside" or _IN_MARGIN.search(classes) is not None
        if is_text and stands_in_text and element.find(".//sup/a") is None:
            return element, ""
    return None


def label_is_marker(label: str) -> bool:
    """Whether all of an element's text is the label of a marker."""
    return bool(label) and len(marker_labels(label)) == 1


def _said_by(element: etree._Element, notes: Notes) -> tuple[etree._Element, str] | None:
    """A note made of an attribute of a raised number, or of the address that it leads to."""
    label = label_of(text_of(element))
    parent = element.getparent()
    is_raised = element.tag == "sup" or (parent is not None and parent.tag == "sup") or element.find("sup") is not None
    is_called = _CALLED.search(f"{element.get('class') or ''} {element.get('rel') or ''}") is not None
    if not label_is_marker(label) and not (element.tag == "button" and is_called):
        return None
    if any(one in notes.markers for one in element.iter("a", "sup")) or not (is_raised or is_called):
        return None
    for one in (element, *element.iter("a", "span", "button")):
        for name in _SAYS:
            said = (one.get(name) or "").strip()
            if len(_TAG.sub(" ", said).split()) >= _LEAST_WORDS and not _ABOUT_ITSELF.fullmatch(said):
                return _made(said, _outside(one)), label
    if (
        is_raised
        and label.isdecimal()
        and (address := next((found for one in element.iter("a") if (found := _outside(one))), ""))
    ):
        return _made("", address), label
    return None


def _outside(link: etree._Element) -> str:
    address = (link.get("href") or "").strip()
    return address if address.lower().startswith(_OUTSIDE) else ""


def _made(said: str, address: str) -> etree._Element:
    """An element of a note's text and the address that it leads to."""
    try:
        body: etree._Element = html.fragment_fromstring(said, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        body = etree.Element("div")
        body.text = "".join(letter for letter in said if letter.isprintable())
    if address:
        link = etree.SubElement(body, "a", href=address)
        link.text = address
        if said and link.getprevious() is not None:
            link.getprevious().tail = (link.getprevious().tail or "") + " "  # type: ignore[union-attr]  # asked for above
        elif said:
            body.text = (body.text or "") + " "
    return body


def _number_before(element: etree._Element) -> str:
    """The number that stands raised right before a note in the margin."""
    before = element.getprevious()
    if before is None or (before.tail or "").strip() or before.tag not in {"sup", "label", "span"}:
        return ""
    label = label_of(text_of(before))
    return label if label_is_marker(label) else ""
