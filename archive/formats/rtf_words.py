"""What the control words of RTF (specification 1.9.1) mean: characters, destinations, code pages."""

from __future__ import annotations

import codecs
import re

TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?:(?P<number>-?\d{1,10})\d*)? ?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z'])"
    rb"|(?P<group>[{}])|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<stray>\\)"
)

CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "tab": " ",
    "emspace": " ", "enspace": " ", "qmspace": " ", "~": "\u00a0", "_": "\u2011", "-": "",
}  # fmt: skip

SKIPPED = frozenset((
    "colortbl", "pict", "objdata", "objclass", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator",
    "xe", "tc", "sp", "shprslt", "nonesttables", "bkmkstart", "bkmkend", "private", "template", "themedata", "datastore", "latentstyles",
    "colorschememapping", "mmathPr", "xmlnstbl", "filetbl", "pntxta", "pntxtb", "pn", "formfield", "background", "nonshppict", "buptim",
    "creatim", "revtim", "printim", "operator", "company", "manager", "category", "doccomm", "hlinkbase", "comment", "subject", "atnid",
    "atnauthor", "atntime", "atndate", "atnref", "atnparent", "atrfstart", "atrfend", "docvar", "wgrffmtfilter", "nesttableprops", "falt",
    "panose", "fontemb", "fontfile", "picprop", "blipuid", "fname", "passwordhash", "userprops", "xform", "xmlopen", "xmlclose",
))  # fmt: skip
"""Destinations of which nothing is text."""

THROUGH = frozenset((
    "shpinst",
    "shptxt",
    "shp",
    "result",
    "object",
    "ud",
    "do",
    "dptxbxtext",
    "oldcprops",
    "oldpprops",
))
"""Destinations, marked as skippable or not, in which text may stand."""

NUMERALS = {
    "ar": "decimal",
    "alc": "lowerLetter",
    "auc": "upperLetter",
    "rlc": "lowerRoman",
    "ruc": "upperRoman",
    "chi": "chicago",
}

_CODE_PAGE_OF_CHARSET = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip


_CODE_PAGES = {
    **{
        number: f"cp{number}"
        for number in (437, 737, 775, 850, 852, 855, 857, 860, 861, 862, 863, 865, 866, 869, 874, 932, 936, 949, 950)
    },
    **{number: f"cp{number}" for number in range(1250, 1259)},
    65001: "utf-8",
    10000: "mac-roman",
    10007: "mac-cyrillic",
    10029: "mac-latin2",
}


def code_page_of_charset(charset: int) -> str | None:
    r"""The encoding of a font whose ``\fcharset`` is given; None where the document's own applies."""
    return _CODE_PAGE_OF_CHARSET.get(charset)


def code_page(number: int) -> str | None:
    r"""The encoding that ``\ansicpg`` or ``\cpg`` names; None where it is not known."""
    return _CODE_PAGES.get(number)


def load_code_pages() -> None:
    """Load every code page now: Python reads one from the disk at its first use, and a sealed process has no disk."""
    for name in {*_CODE_PAGES.values(), *_CODE_PAGE_OF_CHARSET.values()}:
        codecs.lookup(name)
