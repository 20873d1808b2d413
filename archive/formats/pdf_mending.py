"""Text layers that say something else than the page shows, where it is certain what they mean."""

from __future__ import annotations

import re

import msgspec

from archive.model.reading import Page

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
    mended = [
        msgspec.structs.replace(
            page,
            spans=tuple(
                msgspec.structs.replace(span, text=_as_cyrillic(span.text)) if span.font in fonts else span for span in page.spans
            ),
        )
        for page in pages
    ]
    return mended, True


def _as_cyrillic(text: str) -> str:
    return "".join(
        letter.encode("cp1252", "ignore").decode("cp1251", "ignore") or letter if "\x80" <= letter <= "\xff" else letter
        for letter in text
    )
