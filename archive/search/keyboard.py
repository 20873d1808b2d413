"""What was meant by a word typed in the wrong keyboard layout: ``vbycr`` is «минск» and «мінск», «зфкшы» is ``paris``.

Layouts: US English, and the standard Russian, Belarusian and Ukrainian layouts of ЙЦУКЕН, by the place of each key.
"""

from __future__ import annotations

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = (
    "ёйцукенгшщзхъфывапролджэячсмитьбю",
    "ёйцукенгшўзх'фывапролджэячсмітьбю",
    "'йцукенгшщзхїфівапролджєячсмитьбю",
)
_SHIFTED = str.maketrans('~{}:"<>', "`[];',.")
_TO_CYRILLIC = tuple(str.maketrans(_LATIN, row) for row in _CYRILLIC)
_TO_LATIN = tuple(str.maketrans(row, _LATIN) for row in _CYRILLIC)


def retyped(chunk: str) -> tuple[str, ...]:
    """What the same keys give in the other layouts, in lower case, each once; empty for text that no layout turns into letters of one script.

    Args:
        chunk: what stands between two spaces, as typed; a comma or a bracket may be a letter.
    """
    lower = chunk.lower().translate(_SHIFTED)
    if not any(character.isalpha() for character in lower):
        return ()
    tables = _TO_CYRILLIC if lower.isascii() else _TO_LATIN
    found = dict.fromkeys(lower.translate(table) for table in tables)
    is_wanted = str.isascii if tables is _TO_LATIN else _is_cyrillic
    return tuple(each for each in found if is_wanted(each) and each.replace("'", "").isalpha())


def _is_cyrillic(word: str) -> bool:
    return all("\u0400" <= character <= "\u052f" or character == "'" for character in word)
