r"""The list of pages of a web archive as documents that can be read: an entry and a note per page, each note citing the page's address.

It is written as Markdown of our own, so the same list is the same document. What a page calls itself is foreign text: every mark
that means something in Markdown is escaped (CommonMark, 2.4), so ``[a](b)`` stays those six characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archive.address import display
from archive.model.saved import ListedPage, WebArchiveFacts
from archive.words import say

_PAGES_AT_ONCE = 1000
_MARK = re.compile(r"([!-/:-@\[-`{-~])")
_LONGEST_TITLE = 300


def page_lists(facts: WebArchiveFacts, titles: Mapping[str, str], *, name: str) -> Iterator[bytes]:
    """The list as documents of at most a thousand pages each; none where nothing is listed.

    Args:
        facts: of the web archive.
        titles: what the pages call themselves, by address, where the list does not say.
        name: of the web archive, for one without a title.
    """
    parts = [facts.listed[start : start + _PAGES_AT_ONCE] for start in range(0, len(facts.listed), _PAGES_AT_ONCE)]
    heading = say("pages-saved-in", name=_plain(facts.title or name))
    for number, part in enumerate(parts, start=1):
        place = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        entries = [_entry(n, page, titles.get(page.address, "")) for n, page in enumerate(part, start=1)]
        notes = [_note(n, page) for n, page in enumerate(part, start=1)]
        yield "\n\n".join((f"# {_escaped(heading)}{place}", *entries, *notes)).encode() + b"\n"


def _entry(n: int, page: ListedPage, known: str) -> str:
    return f"{_escaped(_plain(page.title or known) or display(page.address))}[^{n}]"


def _note(n: int, page: ListedPage) -> str:
    moment = f"{page.taken_at:%Y-%m-%d %H:%M} UTC: " if page.taken_at is not None else ""
    return f"[^{n}]: {moment}<{page.address}>"


def _plain(text: str) -> str:
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:_LONGEST_TITLE]


def _escaped(text: str) -> str:
    return _MARK.sub(r"\\\1", text)
