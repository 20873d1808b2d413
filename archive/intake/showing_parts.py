"""A part of a capture is found by its address and made ready to be shown.

An address is looked up under the one spelling that :func:`archive.address.normalise` gives it, as both browsers and pages write it
in several; where none is kept under that, under its bare bytes, as Qt percent-encodes more than others (``^``, ``|``) and encodes what is
encoded once more where a ``%`` in the address is a lone one. Of several answers of one address a page that was frozen is meant before all others, a good one is meant before a redirect, and that before any other, and of equals the last. Where
a page names a part with ``http`` that was saved with ``https``, or the other way round, that is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from archive.address import normalise
from archive.errors import AddressRefused
from archive.formats.pictures import picture_type
from archive.formats.replay import PAGES, is_text
from archive.intake.preparing import Readers
from archive.model.replay import CapturePart, ShownPart
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder

_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
_SIGNS = (
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\0\1\0\0", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"<!DOCTYPE HTML", "text/html"),
    (b"<HTML", "text/html"),
)
_LIKE_FONTS = {"application/font-woff": "font/woff", "application/x-font-woff": "font/woff", "application/x-font-ttf": "font/ttf"}
_SCRIPTS = ("javascript", "ecmascript")


def show_part(folder: ArchiveFolder, readers: Readers, parts: Sequence[CapturePart], address: str) -> ShownPart | None:
    """The part of this address as a browser may have it; None where there is none, or it is nothing that is shown.

    Args:
        folder: the archive.
        readers: one of them makes texts ready.
        parts: what the capture consists of.
        address: as it was asked for.

    Raises:
        ArchiveDamaged: the body is not what was kept.
        ReaderGaveUp, ProcessLost: the text could not be made ready.
    """
    part = find_part(parts, address)
    if part is None:
        return None
    if part.leads_to:
        return ShownPart(media_type="", body=b"", leads_to=part.leads_to)
    if part.media_type.endswith(_SCRIPTS) or not (part.is_good or part.media_type in PAGES):
        return None
    body = catalogue.body(folder, part.digest)
    media_type = shown_type(part.media_type, body)
    if is_text(media_type):
        with readers.one() as reader:
            body = reader.show_text(body, media_type=media_type, charset=part.charset)
    return ShownPart(media_type=media_type, body=body)


def find_part(parts: Sequence[CapturePart], address: str) -> CapturePart | None:
    """The part that is meant by an address, see the module's caption; None where there is none."""
    try:
        wanted = normalise(address)
    except AddressRefused:
        return None
    bare = _bare(wanted)
    alike = [(part, _spelling(part.address)) for part in parts if _bare(part.address) == bare]
    place = wanted.partition("://")[2]
    for is_meant in (
        lambda spelling: spelling == wanted,
        lambda spelling: spelling.partition("://")[2] == place,
        lambda _spelling: True,
    ):
        found = [part for part, spelling in alike if is_meant(spelling)]
        if found:
            return max(reversed(found), key=lambda part: (part.is_frozen, part.is_good, bool(part.leads_to)))
    return None


def shown_type(media_type: str, body: bytes) -> str:
    """As what a browser is given a body: what its host stated, or what it is where its host stated nothing, or something vague."""
    if media_type not in _VAGUE:
        return _LIKE_FONTS.get(media_type, media_type)
    beginning = body[:512].lstrip()[:16].upper() if media_type == "" else body[:16]
    found = next((kind for sign, kind in _SIGNS if beginning.startswith(sign)), "")
    return picture_type(body) or found or media_type or "application/octet-stream"


def _bare(address: str) -> bytes:
    """What an address says, however it is encoded, without its scheme: to compare and never to open."""
    return unquote_to_bytes(unquote_to_bytes(_spelling(address).partition("://")[2]))


def _spelling(address: str) -> str:
    try:
        return normalise(address)
    except AddressRefused:
        return address
