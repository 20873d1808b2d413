"""Markers: what may be one, and where they stand in a text.

A label is a number from 1 to 9999, a roman number, one letter, or a run of ``*``, ``†``, ``‡``, ``§``, ``¶``, ``#``.

Markers:      ``word.¹``  ``word[12]``  ``word*``  ``word†``  ``<sup>iv</sup>``  ``<sup>1,2</sup>`` (two of them)
No markers:   ``m²``  ``1ˢᵗ``  ``5º``  ``N⁰``  ``[sic]``  ``[2021] EWCA``  ``in 2020``  ``2 * 3``
"""

from __future__ import annotations

import re

from archive.footnotes.pieces import take_out
from archive.model.reading import Block, RawMarker

SYMBOLS = "*†‡§¶#∗"
HEADING_OF_NOTES = re.compile(
    r"\W*(?:(?:foot|end)?notes?|notes and references|references|sources|comments|примечани[яе]|комментарии|сноски|ссылки|источники"
    r"|зноскі|заўвагі|каментарыі|спасылкі|крыніцы|примітки|коментарі|виноски|посилання|джерела|notas)\W*",
    re.IGNORECASE,
)
"""The headings under which notes are gathered."""

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_RAISED = "".join(_SUPERSCRIPTS)
_LABEL = re.compile(rf"[1-9]\d{{0,3}}|[ivxlc]{{1,7}}|[a-zа-яёіў]|[{SYMBOLS}]{{1,4}}", re.IGNORECASE)
_UNIT = re.compile(r"(?:(?:^|[\s\d(/])(?:[kcdm]?m|[кcсдм]?м|ha|га|ft|x)|[×x·]\s?10|(?<!\w)CO)$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|ère|re|[eè]me|o|a|os|as|ª|º|го|й|я|е|му|ый|ая)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:,|;|\s)\s*")
_SIGN = re.compile(rf"[{_RAISED}\[*†‡]")
_IN_TEXT = re.compile(
    rf"(?P<raised>[{_RAISED}]{{1,4}}(?:[,\u2009 ]?[{_RAISED}]{{1,4}})*)"
    r"|(?P<bracketed>\[\s?(?:\d{1,3}|[*†‡]{1,3})\s?\])"
    r"|(?P<symbol>(?<=[^\W_])[*†‡]{1,3}(?=[\s.,;:!?)»”]|$)|(?<=[.,;:!?)»”])[*†‡]{1,3}(?=\s|$))"
)


def plain_label(text: str) -> str:
    """A label as it is compared: brackets, points and raised forms gone, lower case (``[1].`` and ``¹`` both give ``1``)."""
    plain = "".join(_SUPERSCRIPTS.get(letter, letter) for letter in text.strip())
    return plain.strip("[]().:^ \u00a0").replace("∗", "*").casefold()


def without_open_bracket(label: str) -> str:
    """A label without a bracket that it only opens: files cut ``(*)`` into ``(*`` and ``)``."""
    stripped = label.lstrip()
    return stripped[1:] if stripped[:1] in {"(", "["} and stripped[-1] not in ")]" else label


def is_label(text: str) -> bool:
    """Whether a text could be the label of a note."""
    return _LABEL.fullmatch(plain_label(text)) is not None


def several(text: str) -> list[str]:
    """The labels of a raised text that holds one or more (``1,2`` gives two); empty if any of it is no label."""
    labels = [part for part in _SEVERAL.split(text.strip(" ,;\u2009\u00a0")) if part]
    return labels if labels and all(is_label(label) for label in labels) else []


def counted_out(label: str) -> list[str]:
    """The numbers that count on and make up a number when printed without a gap (``12`` is 1 and 2, ``910`` is 9 and 10); empty where there are none."""
    for length in range(1, len(label) // 2 + 1 if label.isdecimal() and label[0] != "0" else 0):
        parts, rest = [label[:length]], label[length:]
        while rest and rest.startswith(following := str(int(parts[-1]) + 1)):
            parts, rest = [*parts, following], rest[len(following) :]
        if not rest:
            return parts
    return []


def is_exponent(before: str, label: str) -> bool:
    """Whether a raised ``label`` behind the text ``before`` is a power or an ordinal ending rather than a marker."""
    plain = plain_label(label)
    if _ORDINAL.fullmatch(plain) and re.search(r"\d$", before) and not plain.isdigit():
        return True
    return plain in {"2", "3"} and _UNIT.search(before[-8:]) is not None


def find_written(block: Block, wanted: frozenset[str], *, raised: frozenset[str] = frozenset()) -> Block:
    """The block with the markers that are written in its text as characters taken out of it.

    Args:
        block: a block of the body.
        wanted: the plain labels for which the document holds a note; nothing else is taken for a marker.
        raised: the plain labels that stand raised in the document; in brackets they then mean something else (a list of literature).
    """
    if not wanted or not _SIGN.search(block.text):
        return block
    for match in reversed(list(_IN_TEXT.finditer(block.text))):
        labels = several("".join(match[0].split("\u2009"))) if match["raised"] else [match[0]]
        plain = [plain_label(label) for label in labels]
        if not labels or any(label not in wanted for label in plain):
            continue
        if match["bracketed"] and plain[0] in raised:
            continue
        if match["raised"] and is_exponent(block.text[: match.start()], labels[0]):
            continue
        if match.start() == 0 and not match["raised"]:
            continue
        start = match.start()
        if match["bracketed"] and block.text[start - 1 : start] in {" ", "\u00a0"}:
            start -= 1
        for order, label in enumerate(plain):
            marker = RawMarker(label=label, at=start)
            block = take_out(block, start, match.end() if order == 0 else start, marker)
    return block
