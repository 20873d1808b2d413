r"""Foreign strings made fit for one line of the window.

A title, a host or an address comes from a stranger. Two kinds of characters in it can lie about it: those that turn the direction
of what follows (``moc.live`` shown as ``evil.com``) and those that take no room (``exam<U+200B>ple.org``). The first are made
visible, the second left out; line breaks and tabs become spaces, other control characters the replacement character.

    plain("a\u202eb")   -> "a[U+202E]b"
    plain("ex\u200bam") -> "exam"
    plain("one\n two")  -> "one two"

The result is still foreign: show it as ``Qt.TextFormat.PlainText`` only.
"""

from __future__ import annotations

import re
import unicodedata

from archive.address import display
from archive.errors import AddressRefused

# Unicode 16, chapter 23.2 and UAX #9: embeddings, overrides and isolates.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Zero width space to RLM, word joiner and invisible operators, soft hyphen, Mongolian vowel separator, Arabic letter mark, BOM,
# deprecated format characters, interlinear annotation, tag characters, Hangul fillers.
_WITHOUT_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")
_REPLACEMENT = "\ufffd"


def plain(untrusted_text: str) -> str:
    """The text in one line in which nothing hides and nothing turns; spaces at its ends are gone.

    Args:
        untrusted_text: a title, address, label or name from a document, a page or an archive.
    """
    if untrusted_text.isascii() and untrusted_text.isprintable():
        return _SPACES.sub(" ", untrusted_text).strip()
    visible = _TURNING.sub(lambda found: f"[U+{ord(found[0]):04X}]", untrusted_text)
    visible = _SPACES.sub(" ", _WITHOUT_WIDTH.sub("", visible)).strip()
    return "".join(_REPLACEMENT if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in visible)


def plain_text(untrusted_text: str) -> str:
    r"""Running text, character for character as long as it was, in which nothing turns and nothing can break a text document.

    Direction overrides, control characters and the noncharacters that Qt keeps for itself become the replacement character.
    Line breaks stay ``\n`` and tabs stay; embeddings and isolates stay, because honest Arabic and Hebrew text needs them.
    """
    if untrusted_text.isprintable():
        return untrusted_text
    return _UNFIT.sub(_REPLACEMENT, untrusted_text.translate(_BREAKS))


def plain_address(untrusted_address: str) -> str:
    """An address as a person can read it, its letters as letters where they cannot be taken for others; what is none, as it is."""
    try:
        return plain(display(untrusted_address))
    except AddressRefused:
        return plain(untrusted_address)


def plain_host(untrusted_address: str) -> str:
    """The host of an address as a person can read it; nothing where the text is no address."""
    try:
        return plain(display(untrusted_address).split("/", 3)[2])
    except AddressRefused:
        return ""


_BREAKS = {ord(sign): "\n" for sign in "\r\v\f\u0085\u2028\u2029"}
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufdd0-\ufdef\ufffc\ufffe\uffff\ud800-\udfff]")
