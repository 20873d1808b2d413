"""Words found in passages the way people compare them, without Qt's help."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.model.document import Passage
from archive.model.locator import Locator

MOST_FOUND = 10_000

# One sign for one sign, so that places stay what they are: letters, quotation marks and dashes that people do not tell apart.
_ALIKE = str.maketrans("ё\u00a0’‘ʼ`“”„«»–—‑−", 'е \'\'\'\'"""""----')


def fold(text: str) -> str:
    """The text as it is compared: small letters, ё as е, one kind of quotation mark and dash; as long as it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return lower.translate(_ALIKE)


def find_in(passages: Sequence[Passage], text: str, *, document: str) -> list[Locator]:
    """Every place of ``text`` in the passages, in reading order, at most MOST_FOUND; none for blank text.

    Args:
        passages: of one document.
        text: as typed; any run of white space matches any other. Found inside words too, across markers, not across passages.
        document: its identifier, for the locators.
    """
    words = fold(text).split()
    found: list[Locator] = []
    if not words:
        return found
    wanted = re.compile(r"\s+".join(map(re.escape, words)))
    for passage in passages:
        for place in wanted.finditer(fold(passage.text)):
            found.append(Locator(document, passage.n, place.start(), place.end()))
            if len(found) == MOST_FOUND:
                return found
    return found
