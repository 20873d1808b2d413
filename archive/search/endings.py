"""What is left of a word when its ending is taken off: English by Snowball, Belarusian by rules of our own.

Words that no ending tells (``went``, «людзі») stand in ``resources/search/forms-en.txt`` and ``forms-be.txt``, one word a line, its forms
after each other; every form is taken for the first of its line.

The Belarusian rules take the longest known ending off, three letters left standing, and make alike what changes before an ending:

* a soft sign between two consonants is nothing, so «сьнег» of the 1918 orthography is «снег» of the official one; ў is в;
* the soft дз and ц at the end are д and т (людзі, люд);
* a vowel that comes and goes before the last consonant is gone (рубель, рубля; верасень, верасня).

A word in Łacinka, the Latin alphabet of Belarusian, is read as Cyrillic where one of its own letters tells it (ŭ š ž č ć ś ź ń ł).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import Stemmer

from archive.settings import RESOURCES

_CONSONANTS = frozenset("бвгґджзйклмнпрстфхцчшщў")
_VOWELS = frozenset("аеиоуыэюяіїє")
_PASSING_VOWELS = frozenset("аеоэ")
_REFLEXIVE = ("ся", "ца")
_SHORTEST = 3
# A Russian word asked for in a Belarusian text («правами») has no і.
_ALIKE = str.maketrans("ёи", "еі")
_ENDINGS_TEXT = (
    "амі ямі оў еў аў яў ам ям ом ем эм ах ях ой ей эй ай яй ою ею аю яю ы і а я о е э у ю й ь ага яга ога ому аму яму ым ім ых іх ымі імі йце "
    "ая яя ое ае яе ую юю ыя ія ый ій аць яць іць ыць уць юць еш эш іш ыш еце эце іце ыце іў ыў уў ала алі ало яла ялі яло іла ілі іло "
    "ыла ылі ыло ула улі уе юе аюць яюць уюць аем яем уем аеш ецца аецца ацца юцца"
)
_ENDINGS = tuple(
    frozenset(ending for ending in _ENDINGS_TEXT.split() if len(ending) == length)
    for length in range(1, max(map(len, _ENDINGS_TEXT.split())) + 1)
)
_SNOWBALL = Stemmer.Stemmer("english")

_OF_LACINKA = re.compile("[ŭšžčćśźńł]")
_LACINKA = (
    *(("dź", "дз"), ("dž", "дж"), ("dz", "дз"), ("ch", "х"), ("šč", "шч")),
    *((f"{hard}{vowel}", f"{cyrillic}{soft}") for hard, cyrillic in zip("bvhpmfkrxg", "бвгпмфкрхг", strict=True)
      for vowel, soft in (("ia", "я"), ("ie", "е"), ("io", "ё"), ("iu", "ю"))),
    *((f"{hard}{vowel}", f"{cyrillic}{soft}") for hard, cyrillic in zip("nszcd", "нсзцд", strict=True)
      for vowel, soft in (("ia", "я"), ("ie", "е"), ("io", "ё"), ("iu", "ю"))),
    *(("ja", "я"), ("je", "е"), ("jo", "ё"), ("ju", "ю"), ("la", "ля"), ("le", "ле"), ("lo", "лё"), ("lu", "лю"), ("li", "лі"), ("l", "ль")),
    *(("ła", "ла"), ("ło", "ло"), ("łu", "лу"), ("ły", "лы"), ("łe", "лэ"), ("ł", "л"), ("ć", "ць"), ("ś", "сь"), ("ź", "зь"), ("ń", "нь")),
    *zip("abcčdefghijklmnoprsštuŭvxyzž", ("а", "б", "ц", "ч", "д", "э", "ф", "ґ", "г", "і", "й", "к", "л", "м", "н", "о", "п", "р", "с", "ш",
                                          "т", "у", "ў", "в", "х", "ы", "з", "ж"), strict=True),
)  # fmt: skip


def lines_of(name: str) -> list[list[str]]:
    """The lines of a file of ours in ``resources/search``, each cut at its spaces; those that begin with # say what the file is."""
    said = (RESOURCES / "search" / name).read_text(encoding="utf-8")
    return [line.split() for line in said.splitlines() if line and not line.startswith("#")]


@cache
def english_forms() -> Mapping[str, tuple[str, ...]]:
    """For each form of an irregular English word, all of its forms."""
    return _by_form("forms-en.txt")


@cache
def belarusian_forms() -> Mapping[str, tuple[str, ...]]:
    """For each form of an irregular Belarusian word, all of its forms, ё as е and without apostrophes."""
    return _by_form("forms-be.txt")


def _by_form(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines_of(name):
        forms = tuple(form.replace("ё", "е") for form in line)
        for form in forms:
            found.setdefault(form, forms)
    return found


def english(word: str) -> str:
    """The stem of a folded English word (Porter, "Snowball: a language for stemming algorithms", 2001); irregular forms have that of their word."""
    forms = english_forms().get(word)
    return str(_SNOWBALL.stemWord(forms[0] if forms else word)) or word


def belarusian(word: str) -> str:
    """The stem of a folded Belarusian word without apostrophes; three letters are left of it, and и is taken for і."""
    word = word.translate(_ALIKE)
    word = belarusian_forms().get(word, (word,))[0]
    if "ь" in word:
        word = "".join(
            "" if here == "ь" and before in _CONSONANTS and after in _CONSONANTS else here
            for (before, here), after in zip(pairwise(" " + word), word[1:] + " ", strict=True)
        )
    stem = _stripped(word).replace("ў", "в")
    if len(stem) > _SHORTEST and stem.endswith("дз"):
        stem = stem[:-1]
    elif len(stem) > _SHORTEST and stem.endswith("ц"):
        stem = stem[:-1] + "т"
    return _without_passing_vowel(stem)


def _stripped(word: str) -> str:
    """``word`` without its longest known ending and then its last vowels."""
    for ending in _REFLEXIVE:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    for length in range(min(len(_ENDINGS), len(word) - _SHORTEST), 0, -1):
        if word[-length:] in _ENDINGS[length - 1]:
            word = word[:-length]
            break
    while len(word) > _SHORTEST and (word[-1] in _VOWELS or word[-1] in "ьй"):
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return word


def _without_passing_vowel(stem: str) -> str:
    """``stem`` without the vowel between its last two consonants, if one before it is left to speak it by."""
    if len(stem) <= _SHORTEST or stem[-2] not in _PASSING_VOWELS or stem[-1] not in _CONSONANTS or stem[-3] not in _CONSONANTS:
        return stem
    if _VOWELS.isdisjoint(stem[:-2]):
        return stem
    return stem[:-2] + (stem[-1] if stem[-3] != stem[-1] else "")


def in_cyrillic(word: str) -> str | None:
    """A folded word in Łacinka as it is written in Cyrillic, in the 1918 orthography; None where no letter tells that it is in Łacinka."""
    if not _OF_LACINKA.search(word):
        return None
    written: list[str] = []
    at = 0
    while at < len(word):
        latin, cyrillic = next(
            ((latin, cyrillic) for latin, cyrillic in _LACINKA if word.startswith(latin, at)), (word[at], word[at])
        )
        if cyrillic == "э" and written and written[-1][-1] in _CONSONANTS and at > 0 and word[at - 1] == "i":
            cyrillic = "е"
        written.append(cyrillic)
        at += len(latin)
    return "".join(written)
