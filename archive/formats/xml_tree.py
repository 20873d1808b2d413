"""XML to a tree that holds what the file itself says and nothing else.

No entity is expanded (they stay unread), no document type is loaded, nothing is fetched, and libxml2's own bounds on depth and
length stay on: billion laughs and outside entities are harmless because they are never looked at.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from archive.errors import DamagedFile

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def parse_xml(data: bytes, *, kind: str) -> Any:
    """The root element.

    Args:
        data: one XML document, in the encoding that it declares.
        kind: the name of the format that it is a part of, a fact of the error.

    Raises:
        DamagedFile: it is not well-formed, or too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
            raise MemoryError from error
        raise DamagedFile(format=kind) from error
    if root is None:
        raise DamagedFile(format=kind)
    return root


def local_name(element: Any) -> str:
    """The element's name without its namespace; empty for an entity that was not expanded."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: Any) -> str:
    """All text inside an element, white space folded; empty where there is no element."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
