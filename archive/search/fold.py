"""Words of a text, made alike.

A word is a run of letters and digits of any script; the marks that sit on them, soft hyphens and zero-width signs inside it
belong to it, and so does an apostrophe between two letters. Everything else ends a word, so ``2-123/2019`` is three words in a row and
``human-rights`` two: a question for either becomes a phrase of them (:mod:`archive.search.query`).

A folded word is lower case and NFC, without stress marks (U+0301), soft hyphens and zero-width signs; its apostrophes are all ``'``; an
English ``'s`` is gone; ў at its start is у, because the two follow the word before (be: «ва ўрадзе», «урад»).
Latin letters that look like Cyrillic ones are Cyrillic in a Cyrillic word («грамадскiх» is often typed with a Latin i), and the other way.
What stays is still a word that can be shown; ё, і and the apostrophes are made alike only by :func:`archive.search.languages.stem`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’ʼ‘`´ʹ′＇"
_INSIDE = "\u0300-\u036f\u0483-\u0487\u00ad\u200b-\u200d\u2060\ufeff"
WORD = re.compile(rf"[^\W_]+(?:(?:[{_INSIDE}]+(?=[^\W_])|[\u0300-\u036f]|[{_APOSTROPHES}](?=[^\W\d_]))[^\W_]*)*")
_DROPPED = re.compile("[\u0300\u0301\u00ad\u200b-\u200d\u2060\ufeff]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_POSSESSIVE = re.compile(r"(?<=[a-z])'s$")
_STRESSED = re.compile(r"(?<=[аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ])[\u0300\u0301]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_PLAIN = re.compile("[\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e\u045f\u0490\u0491]+")
"""Cyrillic letters that are what they are in every form of Unicode; ѐ and ѝ are not among them."""
_LOOKALIKES = str.maketrans("aceiopxy", "асеіорху")
_LATIN_LOOKALIKES = str.maketrans("асеіорху", "aceiopxy")
_WITH_GRAVE = str.maketrans("ѐѝ", "еи")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """One word as it is kept in the list of words; ``word`` is a run that :func:`tokens` would find."""
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = word.lower() if _PLAIN.fullmatch(word) else _plainly(word)
    return "у" + plain[1:] if plain.startswith("ў") else plain


def _plainly(word: str) -> str:
    plain = unicodedata.normalize("NFC", _STRESSED.sub("", word))
    plain = unicodedata.normalize("NFC", _DROPPED.sub("", plain).lower()).translate(_WITH_GRAVE)
    plain = _POSSESSIVE.sub("", _APOSTROPHE.sub("'", plain))
    if _LATIN.search(plain) and _CYRILLIC.search(plain):
        in_cyrillic, in_latin = plain.translate(_LOOKALIKES), plain.translate(_LATIN_LOOKALIKES)
        plain = in_cyrillic if not _LATIN.search(in_cyrillic) else plain if _CYRILLIC.search(in_latin) else in_latin
    return plain


def tokens(text: str) -> list[tuple[int, int, str]]:
    """The words of ``text`` in order, as (start, end, folded word); offsets are code points of ``text``, end exclusive.

    No folded word is empty, none holds white space.
    """
    return [(match.start(), match.end(), folded) for match in WORD.finditer(text) if (folded := fold(match.group()))]
