"""Dates as people write them, in en, ru, be, uk and in figures.

====================================================  ==================================================
written                                               read
====================================================  ==================================================
``24 January 2025``, ``January 24th, 2025``           2025-01-24
``24 студзеня 2025``, ``24 января 2025 г.``           2025-01-24
``24.01.2025``, ``24/1/2025``                         2025-01-24: day before month, as in Europe
``2025-01-24``, ``2025-01-24T10:00:00Z``              2025-01-24 (ISO 8601)
``January 2025``, ``у студзені 2025``                 2025-01
``31.02.2025``, ``Article 24, 2025 people``           nothing: there is no such day; no month stands there
====================================================  ==================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    r"jan(?:uary)?|январ[ьяе]|янв|студзен[ья]|студзені|студ|січ(?:ень|ня|ні)?",
    r"feb(?:ruary)?|феврал[ьяе]|февр?|лют(?:ы|ага|ым|ий|ого|ому)|лют",
    r"mar(?:ch)?|март[ае]?|сакавік[ау]?|сак|берез(?:ень|ня|ні)",
    r"apr(?:il)?|апрел[ьяе]|апр|красавік[ау]?|крас|квіт(?:ень|ня|ні)",
    r"may|ма[йяеі]|травень|траўн[яі]|травн[яі]",
    r"june?|июн[ьяе]|чэрвен[ья]|чэрвені|червень|червн[яі]",
    r"july?|июл[ьяе]|ліпен[ья]|ліпені|лип(?:ень|ня|ні)",
    r"aug(?:ust)?|август[ае]?|авг|жні(?:вень|ўня|ўні)|серп(?:ень|ня|ні)",
    r"sep(?:t(?:ember)?)?|сентябр[ьяе]|сент?|верас(?:ень|ня|ні)",
    r"oct(?:ober)?|октябр[ьяе]|окт|кастрычнік[ау]?|кастр|жовт(?:ень|ня|ні)",
    r"nov(?:ember)?|ноябр[ьяе]|нояб|лістапад[ау]?|ліст|листопад[ауі]?",
    r"dec(?:ember)?|декабр[ьяе]|дек|снеж(?:ань|ня|ні)|груд(?:ень|ня|ні)",
)
_MONTH = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./]{_YEAR}"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?:{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?:{_MONTH})\.?,?\s+{_YEAR}", re.IGNORECASE),
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Every date in a text, in order, none within another.

    Returns:
        start and end in ``text`` (code points, end exclusive) and the date as ISO 8601 of the precision written
        (``2025-01-24`` or ``2025-01``).
    """
    if not _HAS_YEAR.search(text):
        return []
    found: list[tuple[int, int, str]] = []
    for pattern in _DATES:
        for start, end, day in _dates_of(pattern, text):
            if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
                found.append((start, end, day))
    return sorted(found)


def read_date(text: str) -> str | None:
    """The first date in a text as ISO 8601 of its own precision, or None; a whole date goes before a month."""
    if not _HAS_YEAR.search(text):
        return None
    for pattern in _DATES:
        for _, _, day in _dates_of(pattern, text):
            return day
    return None


def _dates_of(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        month = groups.get("month") or next((name[1:] for name, said in groups.items() if name[0] == "m" and said), "0")
        day = groups.get("day")
        try:
            moment = date(int(groups["year"]), int(month), int(day or 1))
        except ValueError:
            continue
        yield match.start(), match.end(), moment.isoformat() if day else moment.isoformat()[:7]
