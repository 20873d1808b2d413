r"""Another spelling as an alternative in a question: joined with OR at the word it may stand for, never in place of it.

with_spelling("суд Лукашенко", "Лукашенко", "Лукашэнка")  -> "суд (Лукашенко OR Лукашэнка)"
with_spelling("Лукашенко", "Лукашенко", "Лукашэнка")      -> "Лукашенко OR Лукашэнка"
with_spelling('"у Лукашенко"', "Лукашенко", "Лукашэнка")  -> '"у Лукашенко" OR "у Лукашэнка"'
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.model.hit import Spelling

_QUOTED = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”|„[^“”]*[“”]')


def with_spellings(text: str, ticked: Iterable[Spelling]) -> str:
    """The question with every one of these spellings as an alternative."""
    by_word: dict[str, list[str]] = {}
    for spelling in ticked:
        by_word.setdefault(spelling.word, []).append(spelling.text)
    for word, others in by_word.items():
        text = _with_others(text, word, others)
    return text


def with_spelling(text: str, word: str, other: str) -> str:
    """The question with one spelling as an alternative to a word of it; a word that is not found makes the whole question the other side."""
    return _with_others(text, word, [other])


def _with_others(text: str, word: str, others: list[str]) -> str:
    text = text.strip()
    found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE) if word else None
    place = found.search(text) if found else None
    if found is None or place is None:
        whole = text if len(text.split()) <= 1 or " OR " in text else f"({text})"
        return " OR ".join([whole, *map(_quoted_if_needed, others)])
    quoted = next((each for each in _QUOTED.finditer(text) if each.start() < place.start() < each.end()), None)
    begin, end = (place.start(), place.end()) if quoted is None else (quoted.start(), quoted.end())
    here = text[begin:end]
    choices = [
        here,
        *((_quoted_if_needed(other) if quoted is None else found.sub(lambda _at, other=other: other, here)) for other in others),
    ]
    joined = " OR ".join(choices)
    is_alone = not text[:begin].strip() and not text[end:].strip()
    return joined if is_alone else f"{text[:begin]}({joined}){text[end:]}"


def _quoted_if_needed(words: str) -> str:
    return f'"{words}"' if " " in words else words
