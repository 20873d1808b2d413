"""What stands beside the text of a book: its table of contents (EPUB 3 ``nav``, EPUB 2 NCX), and which of its files are encrypted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from archive.errors import DamagedFile
from archive.formats.packed import Packed
from archive.formats.xml_tree import local_name, parse_xml, words_of
from archive.model.document import Format

_OBFUSCATIONS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}  # of fonts, which are no text
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEAVES = ("p", "div", "td", "li", "blockquote", "header", "section", "span", "center")
_DEEPEST, _MOST_ENTRIES = 6, 5000


class Entry(NamedTuple):
    """One line of a table of contents: its words, the file and the place in it that it leads to, and its depth from 1."""

    label: str
    name: str
    fragment: str
    depth: int


def encrypted_parts(packed: Packed) -> frozenset[str]:
    """The names of the files that are encrypted (OCF 3.3, 4.2.6.3.3), fonts that are only obfuscated left out."""
    try:
        root = parse_xml(packed.read("META-INF/encryption.xml"), kind=Format.EPUB)
    except DamagedFile:
        return frozenset()
    found: set[str] = set()
    for data in root.iter():
        if local_name(data) != "EncryptedData":
            continue
        inside = {local_name(one): one for one in data.iter()}
        method, reference = inside.get("EncryptionMethod"), inside.get("CipherReference")
        if reference is not None and (method is None or method.get("Algorithm") not in _OBFUSCATIONS):
            found.add(unquote(reference.get("URI") or "").lstrip("/"))
    return frozenset(found)


def read_outline(packed: Packed, package: Any, folder: str) -> tuple[Entry, ...]:
    """The table of contents in its order; empty where the book has none that can be read."""
    items = [element for element in package.iter() if local_name(element) == "item" and element.get("href")]
    nav = next((item for item in items if "nav" in (item.get("properties") or "").split()), None)
    ncx = next((item for item in items if (item.get("media-type") or "").lower() == "application/x-dtbncx+xml"), None)
    for item, read in ((nav, _nav_entries), (ncx, _ncx_entries)):
        if item is None:
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href").split("#")[0])))
        try:
            root = parse_xml(packed.read(name), kind=Format.EPUB)
        except DamagedFile:
            continue
        entries = tuple(entry for entry, _ in zip(read(root, posixpath.dirname(name)), range(_MOST_ENTRIES), strict=False))
        if entries:
            return entries
    return ()


def add_headings(sections: Mapping[int, Any], entries: tuple[Entry, ...], places: Mapping[str, int]) -> None:
    """Make headings where the table of contents leads to and the text has none: of the words that stand there, or else of its own.

    Args:
        sections: the files of the book by their place in the spine, names in them beginning with that place.
        entries: the table of contents.
        places: the place of every file.
    """
    has_headings = {place: any(True for _ in section.iter(*_HEADINGS)) for place, section in sections.items()}
    for entry in reversed(entries):  # of two that lead to one place, the upper one comes to stand first
        section = sections.get(places.get(entry.name, -1))
        if section is None or not entry.label:
            continue
        place = places[entry.name]
        goal = _named(section, f"{place}-{entry.fragment}") if entry.fragment else section
        first = _first_words(goal) if goal is not None else None
        if first is not None and _same(words_of(first), entry.label):
            if not any(one.tag in _HEADINGS for one in (first, *first.iterancestors())) and first.tag != "section":
                first.tag = f"h{entry.depth}"
        elif goal is not None and not has_headings[place]:
            heading = etree.Element(f"h{entry.depth}")
            heading.text = entry.label
            _put_before(goal, section, heading)


def _nav_entries(root: Any, folder: str) -> Iterator[Entry]:
    """The entries of the ``nav`` that is the table of contents, else of the first."""
    navs = [element for element in root.iter() if local_name(element) == "nav"]
    nav = next((one for one in navs if "toc" in (one.get("{http://www.idpf.org/2007/ops}type") or "").split()), None)
    for link in (nav if nav is not None else navs[0]).iter() if navs else ():
        if local_name(link) == "a" and link.get("href"):
            depth = sum(local_name(one) in {"ol", "ul"} for one in link.iterancestors())
            yield _entry(words_of(link), link.get("href"), folder, depth)


def _ncx_entries(root: Any, folder: str) -> Iterator[Entry]:
    for point in root.iter():
        if local_name(point) != "navPoint":
            continue
        inside = {local_name(one): one for one in point}
        content = inside.get("content")
        if content is not None and content.get("src"):
            depth = 1 + sum(local_name(one) == "navPoint" for one in point.iterancestors())
            yield _entry(words_of(inside.get("navLabel")), content.get("src"), folder, depth)


def _entry(label: str, address: str, folder: str, depth: int) -> Entry:
    path, _, fragment = address.partition("#")
    name = posixpath.normpath(posixpath.join(folder, unquote(path)))
    return Entry(label, name, unquote(fragment), max(1, min(_DEEPEST, depth)))


def _named(section: Any, name: str) -> Any:
    return next((one for one in section.iter(etree.Element) if name in {one.get("id"), one.get("name")}), None)


def _first_words(goal: Any) -> Any:
    """The outermost block that holds just the first words at or behind a place."""
    leaf = next(
        (
            element
            for element in goal.iter(*_HEADINGS, *_LEAVES, "a")
            if words_of(element) and not any(words_of(one) for one in element.iterdescendants(*_HEADINGS, *_LEAVES))
        ),
        None,
    )
    while leaf is not None and leaf.tag in {"a", "span"} and _same(words_of(leaf.getparent()), words_of(leaf)):
        leaf = leaf.getparent()
    return leaf


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold())) != ""


def _put_before(goal: Any, section: Any, heading: Any) -> None:
    """Set a heading before the block in which a place lies, at the beginning of the file where that is the place."""
    if goal is section:
        section.insert(0, heading)
        heading.tail, section.text = section.text, None
        return
    while goal.getparent() is not section and goal.tag not in _LEAVES:
        goal = goal.getparent()
    goal.addprevious(heading)
