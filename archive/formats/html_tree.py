"""A page as a tree of elements, as a browser would build it where libxml2 does not."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import Any

from lxml import etree

from archive.errors import EmptyFile

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OF_HEAD = frozenset((
    "base",
    "basefont",
    "bgsound",
    "link",
    "meta",
    "noframes",
    "noscript",
    "script",
    "style",
    "template",
    "title",
))


def parse(text: str) -> Any:
    """The root of a page, whatever is wrong with it.

    Raises:
        EmptyFile: there is no element in it.
        MemoryError: the engine had no room for it.
    """
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, recover=True)
    text = _DECLARATION.sub("", text.replace("\0", ""), count=1)
    try:
        # Not by lxml.html, which asks a function of Python for the class of each element, each time that it is met.
        root = etree.fromstring(text, parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
            raise MemoryError from error
        raise EmptyFile from error
    if root is None:
        raise EmptyFile
    _end_head(root)
    return root


def _end_head(root: Any) -> None:
    """Let the head end where the HTML standard (13.2.6.4.4, "in head") ends it; libxml2 keeps ``<article>`` and other newer elements in it."""
    head = root.find("head")
    outside = [] if head is None else list(dropwhile(lambda child: child.tag in _OF_HEAD, head))
    if outside:
        body = root.find("body")
        body = etree.SubElement(root, "body") if body is None else body
        outside[-1].tail = (outside[-1].tail or "") + (body.text or "") or None
        body.text = None
        body[:0] = outside
