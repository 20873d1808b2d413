"""What Russian and Ukrainian words are forms of, from the dictionaries of OpenCorpora and VESUM as pymorphy3 packs them.

A form may belong to several words («стали» to «стать» and «сталь»). The index keeps each word under the likeliest one, a question asks for all of
them: so a place in a text is one key, phrases work, and most forms are found. Which is likeliest, pymorphy3's own probabilities say for Russian; for
Ukrainian, which has none, how often each sort of form was the right one in UD Ukrainian (``resources/search/tags-uk.txt``).

The dictionaries are read when the first word is asked for, a tenth of a second and 20 MB each. Where the package DAWG2 is there, pymorphy3 reads
them by it, ten times as fast and with the same answers.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from archive.search.endings import lines_of
from archive.values import Language

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_MOST_WORDS = 4
_LETTERS_TOLD = 5
_OPENING = threading.Lock()


@cache
def _opened(language: Language) -> MorphAnalyzer:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=language.value)


def _dictionary(language: Language) -> MorphAnalyzer:
    with _OPENING:
        return _opened(language)


@cache
def _tag_weights() -> Mapping[str, float]:
    return {tag: float(weight) for tag, weight in lines_of("tags-uk.txt")}


@cache
def _tag_weight(tag: str) -> float:
    weights = _tag_weights()
    grammemes = tag.replace(" ", ",").split(",")
    told = ",".join(each for each in grammemes if each in _grammemes_weighed())
    return weights.get(told, weights.get(grammemes[0], 0.0))


@cache
def _grammemes_weighed() -> frozenset[str]:
    return frozenset(each for tag in _tag_weights() for each in tag.split(","))


def words_of(form: str, language: Language) -> tuple[str, ...]:
    """The words, in their dictionary form, that a form may belong to; the likeliest first, at most four.

    Args:
        form: folded, without apostrophes in Russian; a form that stands in no dictionary is judged by its last letters.
        language: Russian, or Ukrainian.
    """
    morph = _dictionary(language)
    found = _known(morph, form) or _supposed(morph, form)
    likely = dict.fromkeys((word for word, _ in found), -math.inf)
    if len(likely) < 2:
        return tuple(likely) or (form,)
    for word, tag in found:
        weight = _weight(morph, form, tag, language)
        likely[word] = max(likely[word], weight)
    return tuple(sorted(likely, key=lambda word: -likely[word])[:_MOST_WORDS])


def _known(morph: MorphAnalyzer, form: str) -> list[tuple[str, Any]]:
    """The words of the dictionary that ``form`` belongs to, with the tag it has as such. A look-up without pymorphy's own objects is three times as fast."""
    dictionary = morph.dictionary
    found: list[tuple[str, Any]] = []
    for written, places in dictionary.words.similar_items(form, morph.char_substitutes):
        for paradigm, place in places:
            row = dictionary.paradigms[paradigm]
            tag = dictionary.gramtab[row[len(row) // 3 + place]]
            found.append((dictionary.build_normal_form(paradigm, place, written), tag))
    return found


def _supposed(morph: MorphAnalyzer, form: str) -> list[tuple[str, Any]]:
    return [(each.normal_form, each.tag) for each in sorted(morph.parse(form), key=lambda each: -each.score)]


def _weight(morph: MorphAnalyzer, form: str, tag: Any, language: Language) -> float:
    if language == Language.UKRAINIAN:
        return _tag_weight(str(tag))
    return float(morph.prob_estimator.p_t_given_w.prob(form, tag))


@lru_cache(maxsize=5_000)
def beginnings_of(form: str, language: Language) -> frozenset[str]:
    """What the forms of the words that ``form`` may belong to begin with: every form with one of these words begins with one of these."""
    morph = _dictionary(language)
    lexemes = [parse.lexeme for parse in morph.parse(form)]
    return frozenset({form[:_LETTERS_TOLD]} | {each.word[:_LETTERS_TOLD] for lexeme in lexemes for each in lexeme})
