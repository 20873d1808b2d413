"""The names that narrow a question, and what may stand after them.

Each has its name in English, which is the one that is written out, and others in Russian, Belarusian and Ukrainian. A value may be typed in part:
``lang:b`` is Belarusian, ``from:20`` is from 2000 on, ``state:sav`` is saved.

    valid:      from:2024   from:2024-5   from:12.05.2024   from:"12 мая 2024"   to:май-2024   lang:беларуская   язык:be
    not valid:  from:soon   lang:xx    (they are then words like others)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from archive.model.document import Role
from archive.model.source import SourceState
from archive.values import Language

_Value = TypeVar("_Value")

TITLE, BODY, NOTE = "title", "body", "note"
SOURCE, COLLECTION, LANGUAGE, ROLE = "source", "in", "lang", "role"
DATE, FROM, TO = "date", "from", "to"
CITES, CITED_BY, PUBLISHER, SITE, STATE = "cites", "cited-by", "publisher", "site", "state"

NAMES: Final[Mapping[str, str]] = {
    name: field
    for field, names in {
        TITLE: "title заголовок название загаловак назва",
        BODY: "body text текст тэкст",
        NOTE: "note notes сноска сноски примечание зноска зноскі заўвага примітка виноска",
        SOURCE: "source источник крыніца джерело",
        COLLECTION: "in collection подборка подборке коллекция падборка падборцы калекцыя добірка",
        LANGUAGE: "lang language язык мова",
        ROLE: "role роль",
        DATE: "date year дата год рік",
        FROM: "from since от с ад з від",
        TO: "to until до по да",
        CITES: "cites ссылается цитирует спасылаецца цытуе посилається",
        CITED_BY: "cited-by citedby цитируется процитировано цытуецца цитується",
        PUBLISHER: "publisher издатель выдавец видавець",
        SITE: "site сайт",
        STATE: "state состояние стан",
    }.items()
    for name in names.split()
}
"""Every name of a field, in lower case, and the field."""

SHOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {field: field for field in dict.fromkeys(NAMES.values())},
    "ru": {
        TITLE: "заголовок", BODY: "текст", NOTE: "сноска", SOURCE: "источник", COLLECTION: "подборка", LANGUAGE: "язык", ROLE: "роль",
        DATE: "дата", FROM: "от", TO: "до", CITES: "ссылается", CITED_BY: "цитируется", PUBLISHER: "издатель", SITE: "сайт", STATE: "состояние",
    },
    "be": {
        TITLE: "загаловак", BODY: "тэкст", NOTE: "зноска", SOURCE: "крыніца", COLLECTION: "падборка", LANGUAGE: "мова", ROLE: "роль",
        DATE: "дата", FROM: "ад", TO: "да", CITES: "спасылаецца", CITED_BY: "цытуецца", PUBLISHER: "выдавец", SITE: "сайт", STATE: "стан",
    },
}  # fmt: skip
"""By language: the name that is offered for each field."""

_LANGUAGES = {
    Language.BELARUSIAN: "be belarusian беларуская беларускі белорусский білоруська",
    Language.RUSSIAN: "ru russian русский руская рускі російська",
    Language.UKRAINIAN: "uk ukrainian украинский українська украінская",
    Language.ENGLISH: "en english английский англійская англійська",
    Language.UNKNOWN: "und other другой иной іншая інша",
}
_ROLES = {
    Role.REPORT: "reports доклады отчёты отчеты даклады справаздачы звіти",
    Role.SOURCE: "sources источники крыніцы джерела",
}
_STATES = {
    SourceState.SAVED: "saved сохранено сохранён захавана збережено",
    SourceState.PARTIAL: "partial частично часткова частково",
    SourceState.WAITING: "waiting ждёт ждет чакае чекає",
    SourceState.GONE: "gone исчез исчезло знікла зникло",
    SourceState.REFUSED: "refused отказано адмоўлена відмовлено",
    SourceState.FAILED: "failed неудача няўдача невдача",
}
_MONTHS = (
    "jan янв студ січ", "feb фев лют", "mar мар сак бер", "apr апр крас квіт", "may май мая мае трав", "jun июн чэрв черв", "jul июл ліп лип",
    "aug авг жні серп", "sep сен вера вере", "oct окт каст жовт", "nov ноя ліст лист", "dec дек снеж сне груд",
)  # fmt: skip
_NUMBERS = re.compile(r"(?P<year>\d{4})(?:[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?)?[-./]?")
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})[-./])?(?P<month>\d{1,2})[-./](?P<year>\d{4})")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})[\s.\-]+)?(?P<name>[^\W\d_]{3,})\.?[\s\-]+(?:(?P<day_after>\d{1,2}),?[\s\-]+)?(?P<year>\d{4})\b.*"
)


def language_of(value: str) -> Language | None:
    """The language that a word, or its beginning, names; two letters are a code."""
    return _named(_LANGUAGES, value)


def role_of(value: str) -> Role | None:
    """The role that a word, or its beginning, names."""
    return _named(_ROLES, value)


def state_of(value: str) -> SourceState | None:
    """The state that a word, or its beginning, names."""
    return _named(_STATES, value)


def _named(known: Mapping[_Value, str], value: str) -> _Value | None:
    typed = value.casefold()
    if not typed:
        return None
    exact = (each for each, names in known.items() if typed in names.split())
    begun = (each for each, names in known.items() if any(name.startswith(typed) for name in names.split()))
    return next(exact, None) or next(begun, None)


def date_of(value: str, *, is_last: bool = False) -> str | None:
    """The date that is meant, ISO 8601 in the precision given: ``12.05.2024`` gives ``2024-05-12``; None for what is no date.

    Args:
        value: as typed; of a year the last digits may be missing.
        is_last: a year that is begun is filled up to the last that may be meant, not to the first.
    """
    typed = value.strip().casefold()
    if re.fullmatch(r"\d{1,3}-?", typed, re.ASCII):
        return typed.rstrip("-").ljust(4, "9" if is_last else "0")
    found = _NUMBERS.fullmatch(typed) or _DAY_FIRST.fullmatch(typed)
    if found is not None and typed.isascii():
        return _iso(found["year"], found["month"], found["day"])
    named = _NAMED.fullmatch(typed)
    if named is None:
        return None
    months = (number for number, names in enumerate(_MONTHS, 1) if named["name"].startswith(tuple(names.split())))
    month = next(months, None)
    return None if month is None else _iso(named["year"], str(month), named["day"] or named["day_after"])


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    numbers = [int(part) for part in (month, day) if part is not None]
    if any(not 0 <= number <= most for number, most in zip(numbers, (12, 31), strict=False)):
        return None
    # A zero is the first digit of a month that is still being typed.
    written = [f"{number:02}" for number in numbers]
    kept = written[: written.index("00")] if "00" in written else written
    return "-".join([year, *kept])
