"""What a page or a style sheet needs to look as it looks: every picture, style, font, frame and recording that it names.

Both who captures and who looks through a web archive ask here, so that both mean the same.

* HTML: attributes that load something (``src``, ``srcset``, ``poster``, ``data``, ``background``, ``href`` of ``link`` and of drawings), the ``data-``
  attributes from which scripts load lazily, ``style`` elements and attributes, ``srcdoc`` frames; what stands in ``noscript`` and ``template`` too.
* CSS: ``@import`` and ``url(...)``, comments and ``@namespace`` left out (CSS Syntax 3, CSS Cascade 5).
* Addresses are resolved against ``<base>`` or the address of the page (HTML Living Standard, 2.4), and normalised.

Not named here: where links lead (``a``, ``area``), addresses that a script makes up, ``data:`` addresses.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from archive.address import normalise
from archive.errors import AddressRefused


class Part(StrEnum):
    """What a reference loads."""

    STYLE = "style"
    PICTURE = "picture"
    FONT = "font"
    FRAME = "frame"
    MEDIA = "media"
    SCRIPT = "script"
    OTHER = "other"


class Reference(NamedTuple):
    """One thing that a page needs. ``is_shown`` is false for what a screen may never show: a style for print, a picture for a script."""

    part: Part
    address: str
    is_shown: bool = True


_MOST = 2000
_MOST_LOOKED_AT = 20_000
_MOST_HTML_BYTES = 16 * 1024 * 1024
_MOST_CSS_BYTES = 4 * 1024 * 1024
_DEEPEST_SRCDOC = 3
_NOTHING = ("data:", "javascript:", "about:", "blob:", "mailto:", "#")

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-echo")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")
_LOADED: dict[str, tuple[tuple[str, Part], ...]] = {
    "img": (("src", Part.PICTURE),),
    "source": (("src", Part.MEDIA),),
    "script": (("src", Part.SCRIPT),),
    "iframe": (("src", Part.FRAME), ("data-src", Part.FRAME)),
    "frame": (("src", Part.FRAME),),
    "embed": (("src", Part.MEDIA),),
    "object": (("data", Part.MEDIA),),
    "video": (("src", Part.MEDIA), ("poster", Part.PICTURE)),
    "audio": (("src", Part.MEDIA),),
    "track": (("src", Part.MEDIA),),
    "input": (("src", Part.PICTURE),),
    "image": (("href", Part.PICTURE), ("xlink:href", Part.PICTURE)),
    "use": (("href", Part.PICTURE), ("xlink:href", Part.PICTURE)),
}
_PRELOADED = {"style": Part.STYLE, "font": Part.FONT, "image": Part.PICTURE}
_SET = re.compile(r"[\s,]*(?:(\S*[^\s,]),+(?=\s|$)|(\S+)(?:\s[^,]*)?(?:,|$))")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|@namespace\b[^;{]{0,500};", re.DOTALL | re.IGNORECASE)
_STRING = r"\"([^\"\n]{0,4000})\"|'([^'\n]{0,4000})'"
_URL = rf"url\(\s*(?:{_STRING}|([^\"'()\s][^\"'()\s]{{0,4000}}))\s*\)"
_IN_STYLE = re.compile(rf"(@import)\s*(?:{_URL}|{_STRING})|{_URL}", re.IGNORECASE)
_FONT_PATH = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\([^0-9a-fA-F\n])")


def references_of(body: bytes, *, address: str, media_type: str, charset: str = "") -> Iterator[Reference]:
    """What a page or a style sheet needs, in the order in which it is named, each address once.

    Args:
        body: the page as it came, codings undone.
        address: where it came from.
        media_type: lower case, without parameters; empty is taken for HTML. Other kinds need nothing.
        charset: the one stated beside it, if one was.
    """
    if media_type == "text/css":
        found = _of_style(_text(body[:_MOST_CSS_BYTES], charset), address)
    elif media_type in {"text/html", "application/xhtml+xml", ""}:
        found = _of_page(body[:_MOST_HTML_BYTES], address, charset)
    else:
        return
    met: set[str] = set()
    for reference in itertools.islice(found, _MOST_LOOKED_AT):
        if len(met) >= _MOST:
            return
        if reference.address and reference.address not in met:
            met.add(reference.address)
            yield reference


def resolve(address: str, text: str) -> str:
    """The normalised address that ``text`` on the page ``address`` leads to; empty for none."""
    text = text.strip()
    if not text or text[:16].lower().startswith(_NOTHING):
        return ""
    try:
        return normalise(re.sub(r"[ \t]", "%20", urljoin(address, re.sub(r"[\r\n]", "", text))))
    except (AddressRefused, ValueError):
        return ""


def refresh_of(body: bytes, *, address: str) -> str:
    """Where a page sends its visitor on by itself and at once (``<meta http-equiv=refresh>``); empty where it does not."""
    if b"refresh" not in body[:65536].lower():
        return ""
    tree = _tree(body[:65536], "")
    for element in () if tree is None else tree.iter("meta"):
        if str(element.get("http-equiv", "")).strip().lower() == "refresh" and not _is_without_scripts(element):
            found = re.fullmatch(
                r"\s*[0-5](?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?(.*?)[\"']?\s*",
                element.get("content", ""),
                re.IGNORECASE | re.DOTALL,
            )
            if found:
                return resolve(address, found[1])
    return ""


def _is_without_scripts(element: etree._Element) -> bool:
    return any(parent.tag == "noscript" for parent in element.iterancestors())


def _tree(body: bytes, charset: str) -> etree._Element | None:
    """The page as a tree; None where there is none in it."""
    if charset or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body, encoding = _text(body, charset).encode("utf-8", "replace"), "utf-8"
    else:
        encoding = None
    try:
        return etree.fromstring(body, etree.HTMLParser(encoding=encoding, no_network=True, recover=True, huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _text(body: bytes, charset: str) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    try:
        return body.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _of_page(body: bytes, address: str, charset: str, depth: int = 0) -> Iterator[Reference]:
    tree = _tree(body, charset)
    if tree is None:
        return
    base = next((href for element in tree.iter("base") if (href := element.get("href"))), "")
    address = resolve(address, base) or address
    for element in tree.iter(etree.Element):
        yield from _of_element(element, address)
        if style := element.get("style"):
            yield from _of_style(style, address)
        if element.tag == "style" and element.text:
            yield from _of_style(element.text, address)
        if element.tag == "iframe" and (inner := element.get("srcdoc")) and depth < _DEEPEST_SRCDOC:
            yield from _of_page(inner.encode("utf-8", "replace"), address, "utf-8", depth + 1)


def _of_element(element: etree._Element, address: str) -> Iterator[Reference]:
    tag = str(element.tag).rpartition(":")[2]
    if tag == "link":
        yield from _of_link(element, address)
        return
    if tag == "input" and element.get("type", "").strip().lower() != "image":
        return
    for name, part in _LOADED.get(tag, ()):
        if text := element.get(name):
            yield Reference(part, resolve(address, text))
    if background := element.get("background"):
        yield Reference(Part.PICTURE, resolve(address, background))
    if tag in {"img", "source"}:
        if srcset := element.get("srcset"):
            yield from (Reference(Part.PICTURE, resolve(address, text)) for text in _set_of(srcset))
        for name in _LAZY:
            if text := element.get(name):
                yield Reference(Part.PICTURE, resolve(address, text), is_shown=False)
        for name in _LAZY_SETS:
            if srcset := element.get(name):
                yield from (Reference(Part.PICTURE, resolve(address, text), is_shown=False) for text in _set_of(srcset))


def _of_link(element: etree._Element, address: str) -> Iterator[Reference]:
    text = element.get("href")
    if not text:
        return
    relations = set(element.get("rel", "").lower().split())
    target = resolve(address, text)
    if "stylesheet" in relations:
        media = element.get("media", "").lower()
        is_shown = "alternate" not in relations and not re.fullmatch(r"\s*(?:print|speech)\s*", media)
        yield Reference(Part.STYLE, target, is_shown=is_shown)
    elif relations & {"icon", "apple-touch-icon", "mask-icon"}:
        yield Reference(Part.PICTURE, target, is_shown=False)
    elif "preload" in relations:
        yield Reference(_PRELOADED.get(element.get("as", "").lower(), Part.OTHER), target, is_shown=False)
    else:
        yield Reference(Part.OTHER, target, is_shown=False)


def _of_style(text: str, address: str) -> Iterator[Reference]:
    for found in _IN_STYLE.finditer(_COMMENT.sub(" ", text)):
        is_import, *named = found.groups(default="")
        target = resolve(address, _CSS_ESCAPE.sub(r"\1", "".join(named)))
        if is_import:
            yield Reference(Part.STYLE, target)
        else:
            yield Reference(Part.FONT if _FONT_PATH.search(target) else Part.PICTURE, target)


def _set_of(srcset: str) -> Iterator[str]:
    """The addresses of a ``srcset`` (HTML Living Standard, 4.8.4.2.1): a comma ends an address only where white space follows it."""
    return (found[1] or found[2] for found in _SET.finditer(srcset))
