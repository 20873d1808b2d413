"""Which language a text is in, and what the forms of a word have in common.

``guess`` looks at the script first, then at how often each letter occurs (be, ru and uk differ most in их и, і, ы, ў, ї, щ) and at
function words. A text in another Latin or Cyrillic language, and a text without letters, is UNKNOWN.

``stem`` gives the key under which a form of a word stands in the index, ``stems_asked`` the keys that a question for it asks for. A key is never shown:

* ru and uk: the word itself, from a dictionary (:mod:`archive.search.dictionaries`). A form that may belong to several words has one key in the
  index, that of the likeliest, and several in a question; so there is one key for each place of a text, and phrases work.
* en and be: what is left without the ending (:mod:`archive.search.endings`).
* ё is е, і and ї are и, ґ is г, apostrophes are nothing: be, ru and uk spellings of one name often meet ("Мінск", "Минск").
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from archive.search import endings
from archive.values import Language

_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-zA-Z\u00aa-\u024f\u1e00-\u1eff]")
_CYRILLIC_RUN = re.compile(r"[\u0400-\u052f]+")
_LATIN_RUN = re.compile(r"[a-zA-Z\u00aa-\u024f\u1e00-\u1eff]+")
_LOOKED_AT_CHARACTERS = 4000
_CACHED_WORDS = 50_000
_SHORT = 2

# Occurrences of each letter in 10,000, measured on running text of the years 1900 to 2020.
_LETTER_COUNTS = {
    Language.BELARUSIAN: (
        "а1578 б192 в285 г213 д350 е404 ж95 з304 й107 к400 л383 м310 н562 о403 п301 р425 с422 т334 у344 ф8 х125 ц286 ч150 ш138 "
        "ы412 ь156 э83 ю76 я381 ё57 і502 ў217"
    ),
    Language.RUSSIAN: (
        "а846 б165 в476 г189 д319 е816 ж82 з156 и786 й132 к345 л441 м316 н665 о1050 п287 р551 с558 т587 у241 ф40 х87 ц55 ч118 ш63 "
        "щ33 ъ4 ы168 ь134 э29 ю60 я183 ё19"
    ),
    Language.UKRAINIAN: (
        "а814 б151 в533 г161 д338 е457 ж91 з222 и631 й113 к367 л354 м314 н724 о963 п285 р485 с419 т526 у341 ф32 х117 ц93 ч125 ш71 "
        "щ47 ь172 ю89 я225 і604 ї79 є58 ґ2"
    ),
}
_FUNCTION_WORDS = {
    Language.BELARUSIAN: "і не з на ў а што як у я да за яго ён гэта па ад каб ці калі але іх то толькі яе мне было яна дзе яшчэ мяне "
    "яны ўжо усё для быў бо праз пра які якая якія якое гэты былі пасля таксама паводле ды больш супраць",
    Language.RUSSIAN: "в и с по что не на из он а за его как о к от у после был для это я до во время то она все который с так же где при "
    "были об или была более уже их когда этом однако они ещё еще чтобы только если нет",
    Language.UKRAINIAN: "і на у в не з що та до а за й як це про для від я його є із він але які так чи було її коли вони або ще тому вона "
    "під також який вже якщо щоб все навіть бо тільки був після має де яка через були між немає",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH_WORDS = _words(
    "the and of to a in that it is was for on this we with as or are at have he from be by not they but his all if an what "
    "which do had their when has were about will more would her been out who how them some could than its into after over "
    "no she you said there i my your our against under between during before other only also didn don isn doesn t s up down "
    "why new see any most first vs says"
)
_OTHER_LATIN_WORDS = _words(
    "de la el los las que y en un una del por con para es se lo su al le les des et est dans du pour qui sur pas plus au "
    "der die das und ist nicht ein eine den von mit zu auf für dem e o os um uma não do da dos das em il di che è per non i "
    "w z na się nie że jest są oraz dla od v ve je se že za pro ir yra buvo su kad ar het een van dat op te en och att det "
    "som på av och ja on ei że što nia jak heta dy pa ad byŭ"
)
_ENGLISH_PIECES = re.compile(
    r"(?:tion|ing|ed|ly|ment|ness|ity|ous|ism|ist|th|sh|wh|ght|ough|ck|ee|oo|ers?|ies)(?![a-z])|th|wh|sh|ck|gh"
)
_OTHER_CYRILLIC = frozenset("ђѓѕјљњћќџѐѝәғқңөұүһҳҷӣӯӗӑҫѣѳѵ")


def _log_odds() -> dict[Language, dict[str, float]]:
    floor = math.log(0.2 / 10_000)
    tables: dict[Language, dict[str, float]] = {}
    alphabet = set(re.sub(r"[\d ]", "", "".join(_LETTER_COUNTS.values())))
    for language, counts in _LETTER_COUNTS.items():
        seen = {part[0]: math.log(int(part[1:]) / 10_000) for part in counts.split()}
        tables[language] = {letter: seen.get(letter, floor) for letter in alphabet}
    return tables


_LOG_ODDS = _log_odds()
_WORDS = {language: _words(words) for language, words in _FUNCTION_WORDS.items()}


def guess(text: str) -> Language:
    """The language of ``text``, from its first 4,000 characters; right on one sentence, often on a few words.

    Returns:
        be, ru, uk or en; UNKNOWN for no letters, for other scripts and for other languages of these two scripts.
    """
    text = text[:_LOOKED_AT_CHARACTERS]
    words = _LETTERS.findall(text.lower())
    if text.isascii():
        return _guess_latin(words) if words else Language.UNKNOWN
    letter_count = sum(map(len, words))
    cyrillic_count = sum(map(len, _CYRILLIC_RUN.findall(text)))
    latin_count = sum(map(len, _LATIN_RUN.findall(text)))
    if max(cyrillic_count, latin_count) * 2 < letter_count or not letter_count:
        return Language.UNKNOWN
    if cyrillic_count >= latin_count:
        return _guess_cyrillic([word for word in words if _CYRILLIC.search(word)])
    return _guess_latin([word for word in words if _LATIN.search(word)])


def _guess_cyrillic(words: list[str]) -> Language:
    counts = Counter("".join(words))
    if sum(count for letter, count in counts.items() if letter in _OTHER_CYRILLIC) * 50 > counts.total():
        return Language.UNKNOWN
    scores: dict[Language, float] = {}
    for language, odds in _LOG_ODDS.items():
        function_words = _WORDS[language]
        said = sum(1 for word in words if word in function_words)
        scores[language] = sum(odds.get(letter, 0.0) * count for letter, count in counts.items()) + 2.0 * said
    return max(scores, key=lambda language: scores[language])


def _guess_latin(words: list[str]) -> Language:
    english = sum(map(_ENGLISH_WORDS.__contains__, words))
    other = sum(map(_OTHER_LATIN_WORDS.__contains__, words))
    foreign_letters = len(words) - sum(map(str.isascii, words))
    if english > other + foreign_letters:
        return Language.ENGLISH
    if other + foreign_letters:
        return Language.UNKNOWN
    pieces = sum(_ENGLISH_PIECES.search(word) is not None for word in words)
    return Language.ENGLISH if pieces * 3 >= len(words) and pieces else Language.UNKNOWN


def has_cyrillic(word: str) -> bool:
    """Whether a Cyrillic letter stands in ``word``."""
    return not word.isascii() and _CYRILLIC.search(word) is not None


KEY_LANGUAGES = (Language.RUSSIAN, Language.BELARUSIAN, Language.UKRAINIAN)
"""The languages among which a word asked for may be found; a Latin word has the same key in all of them."""
_ALIKE = str.maketrans({"і": "и", "ї": "и", "ґ": "г", "ё": "е", "'": None})


def alike(word: str) -> str:
    """``word`` with the letters made one that all keys make one; what a key begins with, when ``word`` is the beginning of a word."""
    return word.translate(_ALIKE)


# What FTS5 (unicode61, Unicode 6.1) takes for letters and digits and leaves as they are.
_PLAIN_KEY = re.compile("[0-9a-z\u00df-\u00f6\u00f8-\u017e\u0180-\u024f\u0430-\u0481\u048a-\u0527]+")
_IN_KEY = "\ue002"


def in_index(key: str) -> str:
    """A key, or the beginning of one, as a token of the index: FTS5 takes it for one word whatever letters it has, also those of newer versions of Unicode.

    ``ҕ`` stays, and the letter U+10D0 becomes its number between two signs for private use, which FTS5 takes for letters.
    """
    if _PLAIN_KEY.fullmatch(key):
        return key
    return "".join(each if _PLAIN_KEY.fullmatch(each) else f"{_IN_KEY}{ord(each):x}{_IN_KEY}" for each in key)


@lru_cache(maxsize=_CACHED_WORDS)
def stem(word: str, language: Language) -> str:
    """The key of ``word`` in the index: equal for the forms of one word, as far as dictionary and ending tell.

    Args:
        word: one folded word (see :mod:`archive.search.fold`).
        language: what a Cyrillic word is taken for; anything but be and uk is taken for ru. Latin words are taken for English, those in Łacinka for be.

    Returns:
        At least one character; a word with a digit, or of another script, is its own key.
    """
    return _keys_of(word, language)[0]


@lru_cache(maxsize=5_000)
def stems_asked(word: str, language: Language) -> tuple[str, ...]:
    """The keys under which forms of ``word`` may stand in the index; the first is that of the word itself, at most four."""
    return _keys_of(word, language)


def keys(words: Iterable[str], language: Language) -> list[str]:
    """The key of each of some folded words, in their order."""
    return [stem(word, language) for word in words]


@lru_cache(maxsize=5_000)
def beginnings(word: str) -> frozenset[str]:
    """Beginnings of words, so that each form of ``word``, in whatever language it is, begins with one of them; a short one may be a whole word.

    They are without apostrophes. A form may have ё, ї, ў where its beginning has е, і or в, and signs that come to nothing between the letters.
    """
    from archive.search import dictionaries

    plain = word.replace("'", "")
    if not plain.isalpha():
        return frozenset((plain,))
    if not _CYRILLIC.match(plain):
        written = endings.in_cyrillic(plain)
        if not plain.isascii():
            return frozenset((plain,)) | (beginnings(written) if written else frozenset())
        return frozenset((*endings.english_forms().get(plain, ()), _certain(endings.english(plain))))
    found = {*endings.belarusian_forms().get(plain.replace("ё", "е"), ()), _certain(endings.belarusian(plain))}
    for language in (Language.RUSSIAN, Language.UKRAINIAN):
        found |= dictionaries.beginnings_of(plain if language == Language.RUSSIAN else word, language)
    return frozenset(each.replace("'", "") for each in found)


def _certain(key: str) -> str:
    """A stem without its last letter, which may be the stemmer's own."""
    return key[:-1] if len(key) > _SHORT else key


def _keys_of(word: str, language: Language) -> tuple[str, ...]:
    plain = word.replace("'", "")
    if not plain.isalpha():
        return (plain.translate(_ALIKE) or word,)
    if not _CYRILLIC.match(plain):
        if plain.isascii():
            return (endings.english(plain),)
        written = endings.in_cyrillic(plain)
        return (plain,) if written is None else (endings.belarusian(written).translate(_ALIKE),)
    if language == Language.BELARUSIAN:
        return (endings.belarusian(plain).translate(_ALIKE) or plain,)
    # The dictionaries come in with the first word that is asked for, not with the window.
    from archive.search import dictionaries

    is_ukrainian = language == Language.UKRAINIAN
    words = dictionaries.words_of(word if is_ukrainian else plain, Language.UKRAINIAN if is_ukrainian else Language.RUSSIAN)
    return tuple(dict.fromkeys(each.translate(_ALIKE) for each in words))
