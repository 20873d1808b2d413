"""Whether a page should be loaded once more, by the embedded browser, because its own scripts build it.

valid       a page with a good status, few words or none, and scripts of its own
valid       a page, short enough to be nothing else, that says "enable JavaScript"
not valid   a file that is no page; an error page, a login, a wall: a browser would be shown the same
not valid   a page with its text, whatever scripts it has

A page that is taken wrongly costs the browser some seconds and changes nothing: what it brings is kept only if it has more words.
"""

from __future__ import annotations

import re

from archive.capture.verdict import is_page, media_type
from archive.errors import PartsMissing
from archive.model.source import Ending, Fetched, Verdict, Way

_FEW_WORDS = 100
_FEW_WORDS_TO_SAY_SO = 200
_NO_VERDICT_AGAINST = frozenset({Verdict.COMPLETE, Verdict.EMPTY_PAGE})
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_WANTS_SCRIPTS = re.compile(
    r"""
    (?:enabled?|turn\ on|requires?|needs?|without|activate)\W+(?:\w+\W+){0,3}java\s?script | java\s?script\W+(?:\w+\W+){0,4}(?:enabled?|required|disabled|turned\ off)
    | (?:включит|разрешит|требует|необходим|без|уключы|дазвол|патрабу|неабходн|увімкн|потріб)\w*\W+(?:\w+\W+){0,4}(?:java\s?script|джаваскрипт)
    | java\s?script\W+(?:\w+\W+){0,3}(?:отключ|выключ|необходим|требует|адключан|неабходн|патрабу|вимкнен|потріб)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def count_words(text: str | None) -> int:
    """How many words a text has; 0 for None."""
    return len(re.findall(r"\w+", text or ""))


def wants_browser(fetched: Fetched, verdict: Verdict | None, text: str | None) -> bool:
    """Whether the embedded browser may bring more of a source than came.

    Args:
        fetched: what the first step brought.
        verdict: what it is worth.
        text: its main text, None where no reader could read it.
    """
    is_bare = fetched.error == PartsMissing.code()
    is_whole = fetched.ending is Ending.COMPLETE or is_bare
    is_likely = verdict in _NO_VERDICT_AGAINST or (is_bare and verdict is Verdict.PARTIAL)
    if fetched.way is not Way.PAGE or not is_whole or not is_likely:
        return False
    page = fetched.exchanges[-1]
    if not is_page(media_type(fetched)) or not page.body:
        return False
    return (count_words(text) < _FEW_WORDS and _SCRIPT.search(page.body) is not None) or asks_for_scripts(text)


def asks_for_scripts(text: str | None) -> bool:
    """Whether a page says in few words that it needs scripts: what it is about is not in it, and it is not called saved."""
    return count_words(text) < _FEW_WORDS_TO_SAY_SO and _WANTS_SCRIPTS.search(text or "") is not None
