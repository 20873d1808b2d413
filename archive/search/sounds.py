"""How names are written in another script and another orthography: tables of our own, and the skeleton under which a word is listed.

``resources/search/transcription.txt`` says, language by language, by what Cyrillic letters a name in Latin script is written (``William``, Уильям);
``respelling.txt`` in what ways one script writes the same sounds (Лукашэнка, Лукашенко; Łukašenka, Lukashenka). ``sounds.txt`` says how often each
rule is used in names, and further ones that were found there: its costs were learned (``python -m tests.benchmarks learn-names``), a cost being the negative
natural logarithm of the rule's share.

A skeleton is what is left of a word when its vowels, soft and hard signs, Latin h and doubled letters are dropped; a vowel at the start is kept as one
sign, and so is a Latin h there. Of the rest five signs at most count. It belongs to one script: nothing about languages is in it, so the skeletons in a
volume stay right when the tables become better. What stands for what is worked out when a question is asked (:mod:`archive.search.names`).

    valid:      лукашенко -> лкшнк     łukašenka -> lksnk     уильям -> (vowel)лм     hiroshi -> hrs
    not valid:  words without a consonant, and of other scripts: they have no skeleton
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from archive.search.endings import lines_of
from archive.search.languages import has_cyrillic

LONGEST_SKELETON = 5
LONGEST_RULE = 7
Rules = Mapping[str, Mapping[str, float]]
"""For each run of letters, by what it may be written, and what that costs."""

_UNLEARNED = 12.0
_RESPELT, _SAME = 1.5, 0.0
_CYRILLIC_VOWELS, _LATIN_VOWELS = "аеёиоуыэюяіїєй", "aeiouyjæœøəı"
_VOWEL, _LATIN_H = "1", "j"
_CYRILLIC_SIGNS = dict(zip("бпвўфгґхкдтцчжшщзслмнр", "2344566789abcdeefghijk", strict=True))
_LATIN_SIGNS = dict(zip("bpfvwdđðtþkqcgzsßlłmnrx", "2345566677889acddeefghi", strict=True))
LETTERS = ((0x41, 0x24F), (0x400, 0x52F), (0x1E00, 0x1EFF))
"""First and last code points of the letters that can have a sign; others are of other scripts."""
_NOT_HEARD = "ьъh'\u0361\ufe20\ufe21\u02b9\u02ba\u02bb\u02bc\u02bf\u02be"
_NOT_LETTERS = str.maketrans("", "", "'.\u0361\ufe20\ufe21\u02b9\u02ba\u02bb\u02bc\u02bf\u02be")
_CASE_ENDINGS = frozenset([
    "ого",
    "ому",
    "ага",
    "аму",
    "ими",
    "ыми",
    "імі",
    "ымі",
    "ами",
    "ями",
    "амі",
    "ямі",
    "им",
    "ым",
    "ім",
    "ом",
    "ем",
    "эм",
    "ам",
    "ям",
    "ах",
    "ях",
    "ові",
    "еві",
    "ов",
    "ев",
    "аў",
    "оў",
    "ів",
    "их",
    "ых",
    "іх",
])
_SHORTEST_ENDED = 5


def _signs() -> dict[int, str]:
    """For :meth:`str.translate`: the sign of each letter; of a letter with a mark that of the letter, of what is not heard nothing."""
    known = {**_CYRILLIC_SIGNS, **_LATIN_SIGNS, **dict.fromkeys(_CYRILLIC_VOWELS + _LATIN_VOWELS, _VOWEL)}
    found = {}
    for first, last in LETTERS:
        for letter in map(chr, range(first, last + 1)):
            found[ord(letter)] = known.get(letter) or known.get(unicodedata.normalize("NFD", letter)[0], "")
    return found | {ord(letter): "" for letter in _NOT_HEARD}


_SIGNS = _signs()
_CONSONANTS = {code: sign if sign != _VOWEL else "" for code, sign in _SIGNS.items()}


def signs(letters: str, *, before: str = "") -> str:
    """The skeleton of ``before``, as signs, made longer by some letters; letters of other scripts stay as they are."""
    found = before
    if not before and letters:
        found, letters = _LATIN_H if letters[0] == "h" else letters[0].translate(_SIGNS), letters[1:]
        if not found:
            return signs(letters)
    for sign in letters.translate(_CONSONANTS):
        if sign != found[-1]:
            found += sign
            if len(found) == LONGEST_SKELETON:
                break
    return found


def spelt(word: str) -> str:
    """A folded word without apostrophes, ties and other signs that are not letters, as rules see it."""
    return word.translate(_NOT_LETTERS)


def number(skeleton: str, *, is_cyrillic: bool) -> int:
    """A skeleton as it stands in a volume: its signs are digits of a number to the base 32, below zero in Latin script; 0 stands for none."""
    if skeleton == _VOWEL or not (skeleton.isascii() and skeleton.isalnum()):
        return 0
    return int(skeleton, 32) if is_cyrillic else -int(skeleton, 32)


@lru_cache(maxsize=30_000)
def listed(form: str) -> tuple[int, ...]:
    """The numbers under which a word of the list stands: one, or two where the word may end in an ending that has consonants."""
    is_cyrillic = has_cyrillic(form)
    whole = number(signs(form), is_cyrillic=is_cyrillic)
    if is_cyrillic and len(form) >= _SHORTEST_ENDED:
        ending = form[-3:] if form[-3:] in _CASE_ENDINGS else form[-2:]
        ended = number(signs(form[: -len(ending)]), is_cyrillic=True) if ending in _CASE_ENDINGS else whole
        return tuple({whole, ended} - {0})
    return (whole,) if whole else ()


@cache
def transcription() -> tuple[Rules, Rules]:
    """The rules from Latin to Cyrillic, and the same ones from Cyrillic to Latin."""
    costs = dict(written())
    for latin, *found in lines_of("sounds.txt"):
        for each in found:
            cyrillic, _, tenths = each.partition("=")
            rule = "" if latin == "-" else latin, cyrillic
            costs[rule] = min(int(tenths) / 10, costs.get(rule, _UNLEARNED))
    there: defaultdict[str, dict[str, float]] = defaultdict(dict)
    back: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (latin, cyrillic), cost in costs.items():
        there[latin][cyrillic] = back[cyrillic][latin] = cost
    return there, back


def written() -> dict[tuple[str, str], float]:
    """The rules of ``transcription.txt``, runs of Latin letters, none of them empty, and by what they are written; and what each costs where nothing was learned."""
    found: dict[tuple[str, str], float] = {}
    for line in lines_of("transcription.txt"):
        cost = float(line[0]) if "=" not in line[0] else _UNLEARNED
        for each in line:
            latin, _, ways = each.replace("'", "").partition("=")
            for cyrillic in ways.split("/") if "=" in each and latin else ():
                found[latin, cyrillic] = min(cost, found.get((latin, cyrillic), cost))
    return found


@cache
def respelling() -> Rules:
    """The rules within each script."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for words in lines_of("respelling.txt"):
        *cost, group = words
        ways = group.replace("'", "").split("~")
        for one in ways:
            for other in ways:
                if one != other:
                    found[one][other] = float(cost[0]) if cost else _RESPELT
    for letter in set("".join(found)) | set("abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюяіўїєґ"):
        found[letter][letter] = _SAME
    for letter in "бвгджзклмнпрстфцчшbcdfgklmnprstvz":
        found[letter * 2].setdefault(letter, 0.2)
        found[letter].setdefault(letter * 2, 0.2)
    return found
