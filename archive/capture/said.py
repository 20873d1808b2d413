"""What a page says at first sight, for the fetcher alone: enough to tell a page from a refusal, not enough to read by.

What is kept is judged again by the main text that the reader process finds.
"""

from __future__ import annotations

import re

from lxml import etree

_MOST_BYTES = 2 * 1024 * 1024
_UNSEEN = frozenset({
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "head",
    "svg",
    "select",
    "button",
    "aside",
})


def said_by(body: bytes, *, media_type: str, charset: str) -> tuple[str, str | None]:
    """The title of a page and the words that stand on it, menus left out; no words are told of what is no page.

    Args:
        body: as it came, codings undone.
        media_type: lower case, without parameters; empty is taken for HTML.
        charset: the one stated beside it, if one was.
    """
    if media_type not in {"text/html", "application/xhtml+xml", ""}:
        return "", None
    tree = _tree(body[:_MOST_BYTES], charset)
    if tree is None:
        return "", ""
    title = next((" ".join("".join(map(str, element.itertext())).split()) for element in tree.iter("title")), "")
    return title, re.sub(r"\s+", " ", " ".join(_words(tree))).strip()


def _tree(body: bytes, charset: str) -> etree._Element | None:
    for encoding in (charset or None, None):
        try:
            return etree.fromstring(body, etree.HTMLParser(encoding=encoding, no_network=True, recover=True, huge_tree=False))
        except (etree.LxmlError, LookupError, ValueError, AssertionError):
            continue
    return None


def _words(tree: etree._Element) -> list[str]:
    """The text of every element that is seen, in order, without recursion: a page may be as deep as its maker likes."""
    words: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_unseen = element.tag in _UNSEEN
        if event == "start":
            hidden += is_unseen
            if not hidden and isinstance(element.tag, str) and element.text:
                words.append(element.text)
        else:
            hidden -= is_unseen
            if not hidden and element.tail:
                words.append(element.tail)
    return words
