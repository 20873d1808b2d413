"""What a file says of its pictures for those who do not see them, where it says something.

Valid: *A line of people before the prison gates*. Not valid: an empty text, ``IMG_2041.jpg``, an address, *photo*, *Picture 3*, *logo*, a text
that stands in the document anyway. Such a description is read as a caption.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from archive.model.reading import Block

_FILE_NAME = re.compile(
    r"\S*\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|avif|heic|emf|wmf|ico|pdf)(?:\?\S*)?|.{0,60}\.(?:jpe?g|png)", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?|data|file|cid):\S*", re.IGNORECASE)
_MADE = re.compile(r"[.\s]*(?:Description|Описание|Апісанне)\s+(?:automatically|создано|створана)\b.*", re.IGNORECASE | re.DOTALL)
_NAMELESS = re.compile(
    r"(?:(?:the|a|an|our|site|user|main|header|featured|default|cover|no|this is)\W+)*"
    r"(?:image|picture|photo(?:graph)?|graphic|figure|logo(?:type)?|icon|avatar|banner|thumbnail|placeholder|spacer|alt|img|pic|shape|object|chart"
    r"|text ?box|фото(?:графия)?|фота(?:здымак)?|изображение|рисунок|картинка|логотип|иконка|баннер|выява|малюнак|лагатып|зображення|світлина)"
    r"[\W\d_]*(?:image|picture|photo|logo|icon|result|here|text)?[\W\d_]*",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 6
_FEWEST_WORDS = 2
_LONGEST = 2000


def said_of_picture(description: str | None) -> str:
    """The description of a picture with its spaces folded; empty where it says nothing."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in description or "").split())
    text = _MADE.sub("", text)[:_LONGEST]
    if len(text.split()) < _FEWEST_WORDS or sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return ""
    return "" if any(one.fullmatch(text) for one in (_FILE_NAME, _ADDRESS, _NAMELESS)) else text


def without_echoes(blocks: Iterable[Block], described: Collection[int]) -> list[Block]:
    """The blocks without the descriptions whose words stand in another block too.

    Args:
        blocks: in order.
        described: the identities (:func:`id`) of those that are descriptions; of two that say the same, the first is kept.
    """
    kept = list(blocks)
    if not described:
        return kept
    said = "\n".join(block.text for block in kept if id(block) not in described).casefold()
    seen: set[str] = set()
    found = []
    for block in kept:
        words = block.text.casefold().strip(" .")
        if id(block) in described:
            if words in said or words in seen:
                continue
            seen.add(words)
        found.append(block)
    return found


_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\0\0\1\0", "image/x-icon"),
)


def picture_type(data: bytes) -> str:
    """The media type of a picture, told by how it begins; empty for what is none."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in _SIGNS if data.startswith(sign)), "")
