"""Which elements of a web page are markers and which are the notes they lead to.

A marker is a link to a place further down in the same page, raised, bracketed, called a note reference by its role,
``epub:type`` or class, or answered by a link back. The note is the block around that place; where one block holds several, each
begins at its own place. This holds for DPUB-ARIA, EPUB 2 and 3, Pandoc, DocBook, Asciidoctor, docutils, Word's "filtered" HTML,
Google Docs, MediaWiki, Substack, WordPress and what most content systems make of these. Notes that stand where their marker
does (sidenotes, tooltips, attributes) are told by :mod:`archive.formats.html_asides`. What the page calls a note and no
marker means is a note all the same, so that it can be reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from archive.formats.block_text import marker_labels

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_REFERENCE_CLASS = re.compile(
    r"\b(?:foot|end)?-?note-?ref|\bfnref\b|\bmw-ref\b|\bfootnote-(?:link|call|anchor|reference)\b|\bnoteref\b|\bcall\b",
    re.IGNORECASE,
)
_BACK_CLASS = re.compile(
    r"back-?(?:link|ref)|\bmw-cite-backlink\b|\breversefootnote\b|\bfootnote-return\b|\beasy-footnote-to-top\b"
    r"|\bltx_(?:note_mark|tag_note)\b|\bfootnote_tooltip\b|\bbigfoot-footnote(?!__container)|\blittlefoot__(?:popover|content)",
    re.IGNORECASE,
)
_BACK_TEXT = re.compile(r"[\s↩↑^⇑⏎↵⤴↺\ufe0e\ufe0f]*")
_NOTE_NAME = re.compile(r"foot|end-?note|\bnote|note\b|\bfn|\bftn|\bedn|cite|снос|примеч", re.IGNORECASE)
_NOTE_TYPE = re.compile(r"(?:^|\s)(?:doc-)?(?:footnote|endnote|rearnote)(?:\s|$)")
_LIST_TYPE = re.compile(r"(?:^|\s)(?:doc-endnotes|footnotes|endnotes|rearnotes)(?:\s|$)")
_LIST_CLASS = re.compile(r"(?:^|\s)(?:footnotes?|endnotes|wp-block-footnotes|footnotes?-list|easy-footnotes-wrapper)(?:\s|$)")
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:footnote|endnote)(?:\s|$)")
_OWN_LABEL = re.compile(r"[\s\[(^↑]*(\d{1,4}|[*†‡§¶]{1,4}|[ivxlc]{1,6}(?=[\]).])|[a-zа-я](?=[\]).]))[\s\]).:\u00a0]")
_AGAIN = re.compile(r":\d+$")
_SPOKEN = re.compile(r"^(?:footnote|endnote|сноска|зноска|виноска)\s+(?=\S)", re.IGNORECASE)
_CONTAINERS = {"li", "aside", "dd", "div", "p", "td", "tr", "section"}
_BLOCKS = {"li", "aside", "dd", "dt", "div", "p", "td", "th", "tr", "table", "section", "blockquote", "body"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PLUGIN = re.compile(r"footnote_plugin_tooltip_(?!text)(\w+)$")
_LONGEST_LABEL = 20
_LONGEST_SPOKEN_LABEL = 80

Joined = tuple[str, str]


class Notes(NamedTuple):
    """What :func:`find_notes` found.

    ``markers`` maps an element to (label, target); ``bodies`` maps a note's element to (label, target); ``starts`` are places
    inside a body at which another note begins; ``asides`` maps an element to the one that holds the text of a note which stands
    right there; ``backs`` are the fragments that lead back to a marker.
    """

    markers: dict[etree._Element, Joined]
    bodies: dict[etree._Element, Joined]
    starts: dict[etree._Element, Joined]
    asides: dict[etree._Element, etree._Element]
    backs: set[str]


class _Page:
    """A page's elements by name and order, and what links in it lead to."""

    def __init__(self, root: etree._Element, own_addresses: Iterable[str]) -> None:
        self.root = root
        self.place_of: dict[etree._Element, int] = {}
        self.named: dict[str, list[etree._Element]] = {}
        self._own = {address.partition("#")[0] for address in own_addresses if address}
        self._own |= {"./" + address.rpartition("/")[2] for address in self._own}
        for place, element in enumerate(root.iter(etree.Element)):
            self.place_of[element] = place
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    self.named.setdefault(name, []).append(element)

    def goal(self, link: etree._Element, name: str) -> etree._Element | None:
        """The place of this name; where several pages were made one and the name came twice, the next one behind the link."""
        places = self.named.get(name, [])
        return next((one for one in places if self.place_of[one] > self.place_of[link]), places[0] if places else None)

    def fragment(self, link: etree._Element) -> str:
        """The name of the place in this page that a link leads to, also where it says so with the page's whole address."""
        path, _, name = (link.get("href") or "").strip().partition("#")
        name = name if name in self.named else unquote(name)
        if path and path not in self._own and not (name in self.named and _NOTE_NAME.search(name) and "://" in path):
            return ""
        return name


class _Reference(NamedTuple):
    """An element that may be a marker."""

    element: etree._Element
    label: str
    target: str
    goal: etree._Element | None
    is_called: bool


def find_notes(root: etree._Element, *, own_addresses: Iterable[str] = ()) -> Notes:
    """The markers and notes of a page. A link that leads upwards is no marker unless the page calls it one.

    Args:
        root: the page.
        own_addresses: where it stands; links to these lead to places in it.
    """
    page = _Page(root, own_addresses)
    notes = Notes({}, {}, {}, {}, set())
    found = list(_references(page))
    goals = {one.goal for one in found if one.goal is not None}
    target_of: dict[etree._Element | None, str] = {None: ""}
    marked = {one.element for one in found}
    for one in found:
        notes.backs.update(_names_around(one.element))
        if one.goal not in target_of:
            target_of[one.goal] = _join(notes, one, goals, marked, f"{one.target}-{len(target_of)}")
        if target_of[one.goal] or one.is_called or is_raised(one.element):
            notes.markers[one.element] = (one.label, target_of[one.goal])
    _unmarked(page, notes)
    return notes


def is_back_link(link: etree._Element, backs: set[str]) -> bool:
    """Whether the link leads from a note back to its marker."""
    if "backlink" in said_of(link) or _BACK_CLASS.search(link.get("class") or ""):
        return True
    text = text_of(link)
    name = (link.get("href") or "").rpartition("#")[2] if "#" in (link.get("href") or "") else ""
    return name in backs or bool(name and text.strip() and _BACK_TEXT.fullmatch(text))


def is_back_part(element: etree._Element) -> bool:
    """Whether the element, link or not, holds nothing but ways back (MediaWiki's ``^ a b c``), or says a note a second time."""
    classes = element.get("class")
    return classes is not None and _is_back_class(classes)


@lru_cache(maxsize=2000)
def _is_back_class(classes: str) -> bool:
    return _BACK_CLASS.search(classes) is not None


def said_of(element: etree._Element) -> str:
    """The element's roles and types."""
    return f"{element.get('role') or ''} {element.get(_EPUB_TYPE) or element.get('epub:type') or ''}"


def text_of(element: etree._Element) -> str:
    """All text inside the element, as it stands."""
    return "".join(map(str, element.itertext())) if len(element) else str(element.text or "")


def label_of(text: str) -> str:
    """A marker's text without brackets, words before its number and the count of its repetition; empty when it is too long for one."""
    label = " ".join(text.split()).strip("[]() \u00a0")
    if len(label) > _LONGEST_SPOKEN_LABEL:
        return ""
    if " " in label:
        label = _SPOKEN.sub("", label)
    if ":" in label:
        label = _AGAIN.sub("", label)
    return label if len(label) <= _LONGEST_LABEL else ""


def is_worded(element: etree._Element) -> bool:
    """Whether a marker is words of the sentence that it stands in, which must stay there."""
    label = label_of(text_of(element))
    return bool(text_of(element).strip()) and not marker_labels(label) and not is_raised(element) and not _is_bracketed(element)


def is_raised(element: etree._Element) -> bool:
    """Whether the element stands in, is or holds a ``sup``."""
    return element.tag == "sup" or element.find(".//sup") is not None or any(one.tag == "sup" for one in element.iterancestors())


def _references(page: _Page) -> Iterable[_Reference]:
    """What may be a marker, in the order of the page."""
    count = 0
    for link in page.root.iter("a", "sup"):
        if link.tag == "sup":
            if plugin := _PLUGIN.match(link.get("id") or ""):
                target = f"footnote_plugin_reference_{plugin[1]}"
                yield _Reference(link, label_of(text_of(link)), target, page.goal(link, target), is_called=True)
            continue
        target = page.fragment(link)
        if not target or is_back_link(link, set()):
            continue
        label, goal = label_of(text_of(link)), page.goal(link, target)
        is_stated = "noteref" in said_of(link)
        is_sign = len(marker_labels(label)) == 1
        is_set_off = is_raised(link) or _is_bracketed(link)
        is_called = is_stated or ((is_sign or is_set_off) and (link.get("rel") == "footnote" or _has_called_class(link)))
        count += is_called
        if goal is None:
            if is_called and is_sign and (is_stated or is_raised(link)):
                yield _Reference(link, label, target, goal, is_called)
        elif page.place_of[goal] <= page.place_of[link] and (not is_stated or _holds(goal, link)):
            continue
        elif is_called:
            yield _Reference(link, label if is_sign or (label and is_set_off) else str(count), target, goal, is_called)
        elif is_sign and (is_set_off or _is_answered(page, link, goal)):
            yield _Reference(link, label, target, goal, is_called)


def _has_called_class(link: etree._Element) -> bool:
    parent = link.getparent()
    around = (parent.get("class") or "") if parent is not None else ""
    if (
        parent is not None and parent.tag == "sup" and "reference" in around.split()
    ):  # MediaWiki; elsewhere the class means any link
        return True
    return _REFERENCE_CLASS.search(f"{link.get('class') or ''} {around}") is not None


def _is_bracketed(link: etree._Element) -> bool:
    parent = link.getparent()
    if text_of(link).strip().startswith(("[", "(")):
        return True
    earlier = link.getprevious()
    before = (earlier.tail if earlier is not None else parent.text if parent is not None else "") or ""
    return before.rstrip().endswith("[") and (link.tail or "").lstrip().startswith("]")


def _is_answered(page: _Page, link: etree._Element, goal: etree._Element) -> bool:
    """Whether a link in the block that begins at the goal leads back here, and no heading stands there (a table of contents is no note)."""
    body = _body(goal, {goal})
    if body is None or any(True for _ in body.iter(*_HEADINGS)):
        return False
    names = _names_around(link)
    block = next((one for one in link.iterancestors() if one.tag in _BLOCKS), None)
    if block is not None and block.get("id"):
        names.add(block.get("id") or "")
    return any(page.fragment(one) in names for one in body.iter("a") if one is not link)


def _names_around(link: etree._Element) -> set[str]:
    """The names by which a note may lead back to this marker: its own, those inside, and those of what closely surrounds it."""
    names = {name for element in link.iter(etree.Element) for name in (element.get("id"), element.get("name")) if name}
    for ancestor in link.iterancestors():
        if ancestor.tag in _BLOCKS or ancestor.tag in _HEADINGS:
            break
        names |= {name for name in (ancestor.get("id"), ancestor.get("name")) if name}
    for one in (link, link.getparent()):
        before = one.getprevious() if one is not None else None
        if before is not None and before.tag in {"a", "span"} and not (before.tail or "").strip() and not text_of(before).strip():
            names |= {name for name in (before.get("id"), before.get("name")) if name}
    return names


# --- the note around a place -----------------------------------------------------------------------------------------


def _join(notes: Notes, one: _Reference, goals: set[etree._Element], marked: set[etree._Element], target: str) -> str:
    """Make the note that a reference leads to; gives the target that joins the two, empty where there is no note."""
    goal = one.goal
    body = _body(goal, goals) if goal is not None else None
    if goal is None or body is None or body in marked or _holds(body, one.element):
        return ""
    if not one.is_called and any(True for _ in body.iter(*_HEADINGS)):
        return ""
    joined = (one.label, target)
    if body.tag == "dl":
        notes.bodies.setdefault(body, joined)
        goal = next((ancestor for ancestor in goal.iterancestors() if ancestor.tag == "dt"), goal)
    elif body not in notes.bodies:
        notes.bodies[body] = joined
        return target
    notes.starts[goal] = joined
    return target


def _body(goal: etree._Element, goals: set[etree._Element]) -> etree._Element | None:
    """The element that holds the note which begins at ``goal``, and no other note where that can be helped."""
    body = _following(goal) if goal.tag in {"a", "span"} else None
    body = goal if body is None else body
    while body.tag not in _BLOCKS:
        parent = body.getparent()
        if parent is None or body.tag in _HEADINGS:
            return None
        body = parent
    if body.tag == "body":
        return None
    if body.tag == "dt":
        return body.getparent()
    while (parent := body.getparent()) is not None and parent.tag in _CONTAINERS:
        names = f"{parent.get('id') or ''} {parent.get('class') or ''} {said_of(parent)}"
        is_note = parent.tag in {"li", "aside", "dd", "tr"} or (
            _NOTE_NAME.search(names) is not None and "notes" not in names.lower()
        )
        if not is_note or any(element in goals and element is not goal for element in parent.iter(etree.Element)):
            break
        body = parent
    return body


def _following(anchor: etree._Element) -> etree._Element | None:
    """The block behind an empty anchor that stands between blocks."""
    parent, after = anchor.getparent(), anchor.getnext()
    is_between = not (anchor.tail or "").strip() and not text_of(anchor).strip() and after is not None
    if is_between and parent is not None and parent.tag in {"body", "div", "section", "article", "main", "ol", "ul"}:
        return after if after.tag in _BLOCKS else None  # type: ignore[union-attr]  # there is one, see above
    return None


def _holds(outer: etree._Element, inner: etree._Element) -> bool:
    return any(ancestor is outer for ancestor in inner.iterancestors())


# --- notes that no marker means --------------------------------------------------------------------------------------


def _unmarked(page: _Page, notes: Notes) -> None:
    """Take what the page itself calls a note and no link leads to: it is joined by its label, or reported."""
    covered = {one for body in notes.bodies for one in body.iter(etree.Element)}
    above = {one for body in notes.bodies for one in body.iterancestors()}
    for element in page.root.iter("ol", "ul", "aside", "div", "p", "li", "section", "table", "dl", "dt"):
        if element in covered:
            if element.tag == "dt" and element not in notes.starts and _is_footnote_list(element.getparent()):
                notes.starts[element] = (_own_label(element, ""), "")
            continue
        if element.tag in {"ol", "ul"} and _is_list_of_notes(element):
            first = _whole(element.get("start"))
            for number, item in enumerate(element.iterchildren("li"), first):
                if item not in covered and item not in above:
                    notes.bodies[item] = (_own_label(item, str(number) if element.tag == "ol" else ""), "")
                    covered.update(item.iter(etree.Element))
        elif element.attrib and element not in above and element.tag != "dt":
            said, classes = said_of(element), element.get("class") or ""
            is_note = _NOTE_TYPE.search(said) or (
                element.tag in {"aside", "div", "p", "table", "dl"} and _NOTE_CLASS.search(classes) and _own_label(element, "")
            )
            if is_note and not _LIST_TYPE.search(said) and not any(True for _ in element.iter(*_HEADINGS)):
                notes.bodies[element] = (_own_label(element, ""), "")
                covered.update(element.iter(etree.Element))


def _is_footnote_list(element: etree._Element | None) -> bool:
    return element is not None and _NOTE_CLASS.search(element.get("class") or "") is not None


def _is_list_of_notes(element: etree._Element) -> bool:
    """Whether a list, or what closely holds it, is called the notes of the page."""
    for one in (element, *list(element.iterancestors())[:2]):
        if one.tag == "body":
            break
        if _LIST_TYPE.search(said_of(one)) or _LIST_CLASS.search(one.get("class") or ""):
            return True
    return False


def _own_label(element: etree._Element, otherwise: str) -> str:
    found = _OWN_LABEL.match(text_of(element) + " ")
    return found[1] if found else otherwise


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 1
