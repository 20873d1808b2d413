"""Signs of symbol fonts, that files name by their places in the font (U+F020 to U+F0FF), as the signs they show.

Adobe's encoding of Symbol (PDF 32000-1, annex D.5), and the bullets, boxes, arrows and ticks of Wingdings; others stay what they are.
"""

from __future__ import annotations

_FIRST = 0xF000
_SYMBOL = (
    (0x20, " !∀#∃%&∋()∗+,"),
    (0x2E, "./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨"),
    (0xE5, "∑"),
    (0xF1, "⟩∫"),
)
_WINGDINGS = (
    (0x6C, "●"), (0x6E, "■□"), (0x71, "❑❒"), (0x75, "◆❖"), (0x9F, "•"), (0xA7, "▪◻"), (0xD8, "➢"), (0xDF, "←→↑↓"), (0xE8, "➔"),
    (0xEF, "⇦⇨⇧⇩"), (0xFB, "✗✓☒☑"),
)  # fmt: skip


def _as_table(parts: tuple[tuple[int, str], ...]) -> dict[int, str]:
    return {_FIRST + start + place: sign for start, signs in parts for place, sign in enumerate(signs)}


_TABLES = {"symbol": _as_table(_SYMBOL), "symbolmt": _as_table(_SYMBOL), "wingdings": _as_table(_WINGDINGS)}


def signs_of(font: str) -> dict[int, str] | None:
    """What the private letters of a font of this name show, for ``str.translate``; None for a font that is none of these."""
    return _TABLES.get(font.partition(",")[0].removesuffix("-Regular").casefold())
