"""Text layers that say something else than the page shows, where it is certain what they mean."""

from __future__ import annotations

import re

import msgspec

from archive.model.reading import Page

_T2A = {
    0xA0: "ґ", 0xA8: "ї", 0xB2: "ў", 0xB9: "є", 0xBC: "ё", 0xBD: "„", 0xBE: "«", 0xBF: "»",
}  # fmt: skip
_OF_T2A = re.compile(
    "\xbe(?=[\xc0-\xdf])|(?<=[\xe0-\xff])\xbf(?![\xe0-\xff])|(?<=[\xe0-\xff])[\xa8\xb2\xbc]|[\xa8\xb2\xbc](?=[\xe0-\xff])"
)
_LATIN_I = re.compile(r"(?<=[а-яґєїўА-ЯҐЄЇЎ'’ʼ])[iI]+|[iI]+(?=[а-яґєїўА-ЯҐЄЇЎ])")
_CYRILLIC_I = str.maketrans("iI", "іІ")
_LETTER = re.compile(r"[^\W\d_]")


def mend_cyrillic(pages: list[Page]) -> tuple[list[Page], bool]:
    """The pages with Cyrillic in place of the accented Latin letters that old programs wrote for it (``Ïðàâà`` for ``Права``).

    Only fonts are touched of which nearly all letters are the upper half of windows-1252, which no language is written in.
    """
    letters: dict[str, list[int]] = {}
    for page in pages:
        for span in page.spans:
            counts = letters.setdefault(span.font, [0, 0])
            for letter in _LETTER.findall(span.text):
                counts["\xc0" <= letter <= "\xff"] += 1
    fonts = {font for font, (plain, accented) in letters.items() if accented > 20 and accented > 3 * plain}
    if not fonts:
        return pages, False
    tables = {font: _table(page_text) for font, page_text in _texts(pages, fonts).items()}
    mended = [
        msgspec.structs.replace(
            page,
            spans=tuple(
                msgspec.structs.replace(span, text=_as_cyrillic(span.text, tables[span.font])) if span.font in fonts else span
                for span in page.spans
            ),
        )
        for page in pages
    ]
    return mended, True


def _texts(pages: list[Page], fonts: set[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {font: [] for font in fonts}
    for page in pages:
        for span in page.spans:
            if span.font in found:
                found[span.font].append(span.text)
    return {font: " ".join(texts) for font, texts in found.items()}


def _table(text: str) -> dict[int, str]:
    """What the letters of a font mean: as windows-1251, or as TeX's T2A where its signs stand where only they make sense."""
    table = {code: chr(code).encode("cp1252", "ignore").decode("cp1251", "ignore") or chr(code) for code in range(0x80, 0x100)}
    return table | _T2A if len(_OF_T2A.findall(text)) > text.count("\xb8") else table


def _as_cyrillic(text: str, table: dict[int, str]) -> str:
    text = text.translate(table)
    return _LATIN_I.sub(lambda match: match[0].translate(_CYRILLIC_I), text) if table[0xA8] == _T2A[0xA8] else text
