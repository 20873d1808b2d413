"""The main text of a web page: trafilatura says which words are the page's own, and of our blocks those are kept that say them.

So links, markers and notes stay, which trafilatura drops. It is asked for all it can find: what it then takes too much is mostly what the
page says twice, and every line and run of words of its answer is counted once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree, html

from archive.formats.block_text import settle_targets
from archive.model.reading import Block

_NEVER_MAIN = (  # it would leave these out itself, after walking through them many times
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "button", "select", "input",
    "textarea", "datalist", "nav", "map", "frameset", "applet", "dialog", "menu",
)  # fmt: skip
_LITTLE_TEXT = 200
_RUN, _SHORT, _LONG, _MOST = 4, 8, 20, 0.75


def load_main_text_engine() -> None:
    """Import trafilatura and let it read one line, so that it needs no file later."""
    _main_text("<html><body><article><h1>One</h1><p>" + "Two three four five. " * 40 + "</p></article></body></html>")


def _main_text(text: str) -> str:
    """What trafilatura takes for the page's own text; empty where it finds none or breaks down."""
    import trafilatura

    try:
        root = html.document_fromstring(
            text.replace("\0", ""), html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        )
        etree.strip_elements(root, *_NEVER_MAIN, with_tail=False)
        return trafilatura.extract(root, include_comments=False, include_tables=True, fast=True, favor_recall=True) or ""
    except Exception:  # noqa: BLE001 (it walks hostile trees in many ways; without it the whole page is kept)
        return ""


def main_blocks(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks whose words trafilatura found, and the notes that they mean; all of them where next to nothing would be left.

    Args:
        text: the page, decoded.
        blocks: all its blocks, in order.
    """
    lines = [_words(line) for line in _main_text(text).split("\n")]
    main = [word for line in lines for word in line]
    if sum(map(len, main)) < min(_LITTLE_TEXT, sum(len(block.text) for block in blocks) // 4):
        return tuple(blocks)
    left = _Left(lines)
    kept = [block for block in blocks if block.note_label is None and left.take(_words(block.text))]
    meant = {marker.target for block in kept for marker in block.markers if marker.target}
    names = {id(block) for block in kept}
    return settle_targets(block for block in blocks if id(block) in names or (block.note_target and block.note_target in meant))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_RUN)), strict=False)


class _Left:
    """What of the main text no block has said yet, so that a teaser or a pull quote that says it again is not kept beside it.

    Args:
        lines: the words of every line of the main text.
    """

    def __init__(self, lines: Sequence[Sequence[str]]) -> None:
        self._lines = Counter(map(tuple, lines))
        self._runs = Counter(_runs([word for line in lines for word in line]))
        self._taken: set[tuple[str, ...]] = set()

    def take(self, words: Sequence[str]) -> bool:
        """Whether the words of a block are a line of the main text, or (longer ones) most of their runs stand in it; they are then used up.

        A long block that is repeated word for word is one that the page wants to say twice.
        """
        line, own = tuple(words), list(_runs(words))
        if not words or (len(words) > _LONG and line in self._taken):
            return bool(words)
        if self._lines[line] <= 0 and (len(words) <= _SHORT or sum(self._runs[run] > 0 for run in own) < _MOST * len(own)):
            return False
        self._lines[line] -= 1
        self._runs.subtract(own)
        self._taken.add(line)
        return True
