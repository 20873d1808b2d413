"""Numbers as word processors print them before list items and notes: ``3``, ``iii``, ``C``, ``††``."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_CHICAGO = "*†‡§"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_HIGHEST = 9999


def numeral(number: int, style: str) -> str:
    """``number`` as it is printed.

    Args:
        number: from 1; what is outside 1..9999 is printed in digits.
        style: a name of ECMA-376 part 1, 17.18.59 (``decimal``, ``lowerRoman``, ``upperLetter``, ``chicago`` ...); those not
            known here are printed in digits, ``none`` and ``bullet`` are empty.
    """
    if style in {"none", "bullet"}:
        return ""
    if not 1 <= number <= _HIGHEST:
        return str(number)
    if style in {"lowerRoman", "upperRoman"}:
        text = _roman(number)
    elif style in {"lowerLetter", "upperLetter"}:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in {"russianLower", "russianUpper"}:
        text = _RUSSIAN[(number - 1) % len(_RUSSIAN)] * ((number - 1) // len(_RUSSIAN) + 1)
    elif style == "chicago":
        text = _CHICAGO[(number - 1) % len(_CHICAGO)] * ((number - 1) // len(_CHICAGO) + 1)
    elif style == "decimalZero":
        text = f"{number:02}"
    else:
        text = str(number)
    return text.upper() if style.startswith("upper") or style == "russianUpper" else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
