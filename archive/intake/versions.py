"""What a document says of itself in other languages.

It stands in its head (HTML ``rel=alternate hreflang``), or in a short line near its beginning or end that names a language and leads somewhere:

====================================================  =========================================================
line                                                  version
====================================================  =========================================================
*Русская версия* (a link)                             ru, where the link leads
``Read in Belarusian: https://a.by/be/1``             be, https://a.by/be/1
``Українською | Беларуская`` (links)                  uk and be
*He spoke Russian to the judges* (a link)             none: the line is a sentence
====================================================  =========================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.address import find_addresses, normalise
from archive.errors import AddressRefused
from archive.model.document import Passage, PassageKind, Version
from archive.model.reading import StatedProperties
from archive.values import Language

_FIRST, _LAST = 25, 12
_LONGEST_LINE = 160
_NAMES = {
    Language.ENGLISH: r"english|eng?|английск\w+|англійск\w+|англійськ\w+|па-англійску|по-английски",
    Language.RUSSIAN: r"russian|rus?|русск\w+|руск\w+|російськ\w+|расійск\w+|по-русски|па-руску",
    Language.BELARUSIAN: r"belarus(?:ian|ki)|bel?|беларуск\w+|белорусск\w+|білоруськ\w+|па-беларуску|по-белорусски",
    Language.UKRAINIAN: r"ukrainian|ukr?|украинск\w+|украінск\w+|українськ\w+|па-украінску|по-украински",
}
_WORDS = (
    r"(?:also|read|this|the|text|page|document|report|statement|available|published|in|version|language|translation|original"
    r"|версия|версія|версии|перевод|пераклад|переклад|оригинал|арыгінал|оригінал|на|языке|мове|мовою|языку|читать|чытаць|читати|также|таксама|також|текст|тэкст"
    r"|доклад|даклад|доповідь|заявление|заява|доступно|даступна)"
)
_LINES = {
    language: re.compile(rf"[\s\[(]*(?:{_WORDS}\s+)*(?:{names})(?:\s+{_WORDS})*[\s\])]*[:.—–-]?\s*", re.IGNORECASE)
    for language, names in _NAMES.items()
}
_BETWEEN = re.compile(r"\s*[|/·•,;\t\n]\s*")


def stated_versions(stated: StatedProperties, passages: Sequence[Passage], *, own: Language) -> tuple[Version, ...]:
    """What a document says of itself in other languages, at most one version for each.

    Args:
        stated: what its head says.
        passages: all passages in order.
        own: the document's own language, which is no other.
    """
    found: dict[Language, Version] = {}
    for code, address_text in (*stated.versions, *_written(passages)):
        language = next((each for each in Language if each.value == code[:2]), Language.UNKNOWN)
        address = _address(address_text)
        if language not in {own, Language.UNKNOWN} and address is not None and language not in found:
            found[language] = Version(language, address)
    return tuple(found.values())


def stated_address(stated: StatedProperties) -> str | None:
    """Where a document says that it is published, normalised; None where it does not say, or no web address."""
    return None if stated.address_text is None else _address(stated.address_text)


def _written(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Language and address of the lines that name both, from the beginning and the end of the body."""
    body = [passage for passage in passages if passage.kind is not PassageKind.NOTE]
    for passage in [*body[:_FIRST], *body[max(_FIRST, len(body) - _LAST) :]]:
        if len(passage.text) > _LONGEST_LINE:
            continue
        for link in passage.links:
            language = _language_named(passage.text[link.start : link.end]) or _language_named(passage.text[: link.start])
            if language is not None:
                yield language.value, link.address_text
        for start, _, address in find_addresses(passage.text):
            language = _language_named(passage.text[:start])
            if language is not None:
                yield language.value, address


def _language_named(words: str) -> Language | None:
    """The language that these words name, where they say nothing else; of several parts the last."""
    last = [part for part in _BETWEEN.split(words) if part.strip()][-1:]
    return next((language for part in last for language, line in _LINES.items() if line.fullmatch(part)), None)


def _address(address_text: str) -> str | None:
    try:
        return normalise(address_text)
    except AddressRefused:
        return None
