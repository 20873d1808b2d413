"""From bytes to text: which encoding it is, and how sure that is.

In this order: a byte order mark; two bytes for every letter; UTF-8, which nothing else is by accident; what the file or
its server declares, unless the letters speak against it; else the letters alone. Old texts in Belarusian and Russian come in
six encodings that differ only in which letter is which byte. A wrong one gives rare letters, capitals inside words
and words of two scripts at once, and that is what is counted. On 96 real texts of known encoding this is right more
often than charset-normalizer, which also takes thirty times longer (``docs/decisions/0003-one-process-for-every-foreign-file.md``).
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from math import log

import msgspec

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = (
    "windows-1252",  # first, because quotation marks alone speak for several
    "windows-1251",
    "koi8-r",
    "koi8-u",
    "iso-8859-5",
    "ibm866",
    "mac-cyrillic",
    "ibm855",
    "windows-1250",
    "iso-8859-2",
)
_SEVEN_BIT, _ESCAPE = "iso2022", b"\x1b"
_ONE_BYTE_WEST = {"ascii", "iso8859-1", "cp1252"}
_HIGH_WORD = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")
_MOST_WORDS = 500
_SURE_MARGIN = 0.5
_LEAST_LIKELIHOOD = -5.3  # real texts lie above -4.9; EBCDIC and packed bytes, which are none of the candidates, far below
_DECLARED_MARGIN = 1.0
_FEW_FAULTS = 0.02

# Letters of running text per thousand: Russian (National Corpus, via Sharov), Ukrainian and Belarusian letters added by their share.
_CYRILLIC = {
    **dict(zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (
        110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 0.4, 1), strict=True)),
    "і": 50, "ў": 15, "ї": 6, "є": 5, "ґ": 0.2,
}  # fmt: skip
# Accented letters of the Latin scripts, rough shares over western and central European text.
_LATIN = {
    **dict.fromkeys("éèàóíáñçüöä", 20.0),
    **dict.fromkeys("êâúôûîïßãõåæøëąćęłńśźżčšžėįųūěřůýő", 8.0),
    **dict.fromkeys("ùœÿìòđťďňľţşăț", 1.0),
}
_PUNCTUATION = dict.fromkeys("«»—–“”„’‘…№§©®°\xa0•", 10.0) | dict.fromkeys("¡¿ºª·±€£×", 1.0)
_STRANGE = log(0.005 / 1000)
_CAPITAL_INSIDE, _TWO_SCRIPTS, _CAPITAL = 4.0, 4.0, 0.35


class Decoded(msgspec.Struct, frozen=True):
    """Text, the encoding it was in (Python's name or the usual one), and whether something nearly as likely was passed over."""

    text: str
    encoding: str
    is_sure: bool = True


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text in ``data``.

    Args:
        data: the whole file.
        declared: an encoding that the file or its server names; believed where the bytes do not speak against it.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding.removesuffix("-sig"))
    if wide := wide_encoding(data[:65536]):
        return Decoded(data.decode(wide, "replace"), wide)
    name = known_encoding(declared)
    if name and name.startswith(_SEVEN_BIT) and _ESCAPE in data and (text := _strictly(data, name)) is not None:
        return Decoded(text, name)
    if (text := _strictly(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    if name and name not in {"utf-8", *_ONE_BYTE_WEST} and (text := _strictly(data, name)) is not None:
        best, _ = _most_likely(data)
        if name not in map(known_encoding, _CANDIDATES) or _likelihood(data, name) >= _likelihood(data, best) - _DECLARED_MARGIN:
            return Decoded(text, declared.lower() if declared else name)
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") <= _FEW_FAULTS * sum(character > "\x7f" for character in mended):
        return Decoded(mended, "utf-8", is_sure=False)
    best, margin = _most_likely(data)
    return Decoded(
        data.decode(best, "replace"), best, is_sure=margin >= _SURE_MARGIN and _likelihood(data, best) >= _LEAST_LIKELIHOOD
    )


def known_encoding(name: str | None) -> str | None:
    """Python's name for the encoding; None where there is none, or where it is no encoding of text."""
    try:
        info = codecs.lookup((name or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding else None


def wide_encoding(sample: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where nearly every second byte is the 0 or 4 above Latin and Cyrillic letters, else nothing."""
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < 8:
        return ""
    odd_share = sum(map(odd.count, (0, 4))) / len(odd)
    even_share = sum(map(even.count, (0, 4))) / len(even)
    if odd_share > 0.85 and even_share < 0.5:
        return "utf-16-le"
    return "utf-16-be" if even_share > 0.85 and odd_share < 0.5 else ""


def warm_up() -> None:
    """Load every codec now: a sealed process cannot read them from the disk any more."""
    from encodings import aliases

    for name in {*aliases.aliases.values(), *_CANDIDATES, *(encoding for _, encoding in _BYTE_ORDER_MARKS)}:
        known_encoding(name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _most_likely(data: bytes) -> tuple[str, float]:
    """The candidate whose letters are likeliest, and how far the next one is behind, by letter in which the two differ."""
    ranked = sorted(_CANDIDATES, key=lambda encoding: _likelihood(data, encoding), reverse=True)
    best, words = ranked[0], _high_words(data)
    text = words.decode(best, "replace")
    for other in ranked[1:]:
        differing = sum(one != two for one, two in zip(text, words.decode(other, "replace"), strict=False))
        if differing:
            share = differing / max(1, sum(letter > "\x7f" for letter in text))
            return best, (_likelihood(data, best) - _likelihood(data, other)) / share
    return best, _SURE_MARGIN


@lru_cache(maxsize=4)
def _high_words(data: bytes) -> bytes:
    """The words with bytes above 127, a limited number of them from all over the file, one to a line."""
    words = _HIGH_WORD.findall(data[: 4 << 20])
    step = max(1, len(words) // _MOST_WORDS)
    return b"\n".join(words[::step])


@lru_cache(maxsize=64)
def _likelihood(data: bytes, encoding: str) -> float:
    """The mean logarithm of how likely the letters above 127 are, with penalties for what words do not do."""
    text = _high_words(data).decode(encoding, "replace")
    total, count = 0.0, 0
    for word in text.split("\n"):
        has_latin = any("a" <= letter <= "z" for letter in word.lower())
        cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in word)
        is_all_capitals = word.isupper() and len(word) > 1
        before = ""
        for letter in word:
            if letter > "\x7f":
                count += 1
                total += _weight(letter)
                if letter.isupper():
                    total -= _CAPITAL
                    if before.islower():
                        total -= _CAPITAL_INSIDE
                elif before.isupper() and letter.islower() and is_all_capitals:
                    total -= _CAPITAL_INSIDE
            before = letter
        if has_latin and cyrillic:
            total -= _TWO_SCRIPTS * cyrillic
    return total / max(1, count)


@lru_cache(maxsize=1024)
def _weight(letter: str) -> float:
    lower = letter.lower()
    share = _CYRILLIC.get(lower) or _LATIN.get(lower) or _PUNCTUATION.get(letter)
    return log(share / 1000) if share else _STRANGE
