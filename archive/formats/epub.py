"""Books (EPUB 2 and 3) to blocks: the files of the spine in order, as one page, so that links from chapter to notes are markers.

Every file is read as XHTML and, where it is not well-formed, as HTML; names in it get the number of their file, and links from file
to file lead to such names. What is a marker and what a note is then decided as on any web page (:mod:`archive.formats.html_notes`):
``epub:type``, roles, and the raised links that lead there and back of EPUB 2.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from archive.errors import DamagedFile, EmptyFile, PasswordWanted
from archive.formats.epub_outline import add_headings, encrypted_parts, read_outline
from archive.formats.html import blocks_of_tree
from archive.formats.packed import Packed
from archive.formats.xml_tree import DUBLIN_CORE, local_name, parse_xml, words_of
from archive.model.document import Format, Problem
from archive.model.reading import Reading, StatedProperties
from archive.values import Language

_XHTML = "{http://www.w3.org/1999/xhtml}"
_OPF = "{http://www.idpf.org/2007/opf}"
_PAGES = {"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml", "application/xml", "text/xml"}
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T\s])")
_ISBN = re.compile(r"(?:urn:)?(?:isbn:?\s*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])", re.IGNORECASE)
_MOST_FILES = 5000


def read_epub(packed: Packed) -> Reading:
    """The blocks of a book in the order of its spine, and what its package document states.

    Files of the spine that are missing, broken or encrypted are left out and counted in a problem, ``parts-unreadable``; so is a
    package document that cannot be read, and the pages then come in the order of their names. Headings that only the book's table of contents knows are written
    where it points.

    Raises:
        DamagedFile: none of its files can be read.
        EmptyFile: no file of its spine is a page of text (a book of drawings).
        FileTooLarge: it holds more than any book.
        PasswordWanted: its text is encrypted.
    """
    package, folder = _package(packed)
    names = (_spine(package, folder) if package is not None else _pages_by_name(packed))[:_MOST_FILES]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    locked = encrypted_parts(packed)
    book = html.Element("html")
    body = etree.SubElement(book, "body")
    sections: dict[int, Any] = {}
    for place, name in enumerate(names):
        try:
            page = _page(packed.read(name)) if name not in locked else None
        except DamagedFile:
            page = None
        if page is None:
            continue
        _rename(page, name, place, places)
        sections[place] = section = etree.SubElement(body, "section", id=f"{place}-")
        section.text = page.text
        section.extend(list(page))
    if not sections:
        if locked:
            raise PasswordWanted(format=Format.EPUB)
        if not names:
            raise EmptyFile
        raise DamagedFile(format=Format.EPUB)
    if package is not None:
        add_headings(sections, read_outline(packed, package, folder), places)
    unreadable = len(names) - len(sections) + (package is None)
    problems = (Problem("parts-unreadable", str(unreadable)),) if unreadable else ()
    stated = _stated(package) if package is not None else StatedProperties()
    return Reading(format=Format.EPUB, blocks=blocks_of_tree(book), stated=stated, problems=problems)


def _package(packed: Packed) -> tuple[Any, str]:
    """The package document (OCF 3.3, 4.2.6.3.1), or the only one that can be read, and its folder; None where there is none."""
    named: list[str] = []
    with suppress(DamagedFile):
        container = parse_xml(packed.read("META-INF/container.xml"), kind=Format.EPUB)
        named += [(one.get("full-path") or "").lstrip("/") for one in container.iter() if local_name(one) == "rootfile"]
    named += [name for name in packed.names if name.lower().endswith(".opf")]
    for name in dict.fromkeys(named):
        with suppress(DamagedFile):
            return parse_xml(packed.read(name), kind=Format.EPUB), posixpath.dirname(name)
    return None, ""


def _pages_by_name(packed: Packed) -> list[str]:
    """The pages of a book that does not say its order: by their names, numbers as numbers.

    Raises:
        DamagedFile: it holds no page.
    """
    names = [name for name in packed.names if name.lower().endswith((".xhtml", ".html", ".htm"))]
    if not names:
        raise DamagedFile(format=Format.EPUB)
    return sorted(names, key=lambda name: [part.zfill(9) if part.isdigit() else part for part in re.split(r"(\d+)", name)])


def _spine(package: Any, folder: str) -> list[str]:
    """The names of the files to be read, in order, each once. What is out of the linear order (notes often are) comes last."""
    items = {element.get("id"): element for element in package.iter() if local_name(element) == "item" and element.get("href")}
    linear: list[str] = []
    aside: list[str] = []
    for reference in package.iter():
        if local_name(reference) != "itemref":
            continue
        item = _readable(items.get(reference.get("idref")), items)
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href").split("#")[0])))
        (aside if reference.get("linear") == "no" else linear).append(name)
    return list(dict.fromkeys(linear + aside))


def _readable(item: Any, items: dict[str | None, Any]) -> Any:
    """The item, or the one that stands in for it where it is no page (manifest fallbacks); None where there is none."""
    for _ in range(10):
        media_type = "" if item is None else (item.get("media-type") or "").lower()
        if item is None or (media_type in _PAGES and not (media_type.endswith("/xml") and item.get("fallback"))):
            return item
        item = items.get(item.get("fallback"))
    return None


def _page(data: bytes) -> Any:
    """The body of one file, its elements named as in HTML.

    Raises:
        DamagedFile: nothing of it can be read.
    """
    try:
        parser = html.XHTMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(data, parser)
        html.xhtml_to_html(root)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        try:
            root = html.document_fromstring(data, html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False))
        except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
            raise DamagedFile(format=Format.EPUB) from error
    body = root if local_name(root) == "body" else root.find(".//body")
    if body is None and local_name(root) in {"html", "svg", "ncx"}:
        raise DamagedFile(format=Format.EPUB)
    if body is None:  # a piece of a page
        body = etree.Element("body")
        body.append(root)
    return body


def _rename(page: Any, name: str, place: int, places: dict[str, int]) -> None:
    """Give every name in a file its file's number, and let links to other files of the book lead to such names."""
    folder = posixpath.dirname(name)
    for element in page.iter(etree.Element):
        for attribute in ("id", "name", "aria-describedby"):
            if element.get(attribute):
                element.set(attribute, f"{place}-{element.get(attribute)}")
        href = element.get("href")
        if href is None or _OUTSIDE.match(href) or href.startswith("//"):
            continue
        path, _, fragment = href.partition("#")
        target = places.get(posixpath.normpath(posixpath.join(folder, unquote(path)))) if path else place
        element.set("href", f"#{target}-{unquote(fragment)}" if target is not None else "#")


def _stated(package: Any) -> StatedProperties:
    """What the package document states. Of several titles the one called main is taken, else the first (EPUB 3.3, 5.5.3.1)."""
    said: dict[str, list[str]] = {}
    refined: dict[tuple[str, str], str] = {}
    for element in package.iter():
        if isinstance(element.tag, str) and element.tag.startswith(DUBLIN_CORE) and words_of(element):
            said.setdefault(local_name(element), []).append(words_of(element))
            if element.get(f"{_OPF}event"):
                refined["date", words_of(element)] = element.get(f"{_OPF}event")
        elif local_name(element) == "meta" and element.get("refines"):
            refined[element.get("refines").lstrip("#"), element.get("property") or ""] = words_of(element)
    main = next(
        (
            words_of(one)
            for one in package.iter(f"{DUBLIN_CORE}title")
            if refined.get((one.get("id") or "", "title-type")) == "main" and words_of(one)
        ),
        None,
    )
    days = [
        day
        for day in said.get("date", ())
        if refined.get(("date", day), "publication") in {"publication", "original-publication"}
    ]
    day = next((found[0] for one in days if (found := _DATE.match(one))), None)
    language = next(iter(said.get("language", ())), "")[:2].lower()
    return StatedProperties(
        title=main or next(iter(said.get("title", ())), None),
        authors=tuple(dict.fromkeys(said.get("creator", ()))),
        publisher=next(iter(said.get("publisher", ())), None),
        published_on=None if day is None or day.startswith(("0000", "0101")) else day,
        language=Language(language) if language in set(Language) else None,
        topics=tuple(dict.fromkeys(said.get("subject", ())))[:50],
        reference=next((f"ISBN {found[1]}" for one in said.get("identifier", ()) if (found := _ISBN.fullmatch(one))), None),
    )
