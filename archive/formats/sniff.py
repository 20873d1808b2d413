"""What bytes are, judged by the bytes; the end of a file's name is a hint between text, Markdown and HTML only.

A ``.txt`` that holds Markdown, as PDF converters write it, is Markdown; a ``.pdf`` that holds a web page is HTML.
What Ibid cannot read yet is named all the same, because "this is a Word file" helps and "unknown" does not.
"""

from __future__ import annotations

import re

from archive.errors import EmptyFile, IbidError, PasswordWanted, UnknownFormat
from archive.formats.encoding import wide_encoding
from archive.formats.packed import Packed, is_packed
from archive.model.document import Format

_HEAD_BYTES = 1024
_SAMPLE_BYTES = 256 * 1024
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_WHITE = b" \t\r\n\f\v\x00"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"\xfe\xed\xfa\xce", "executable"),
    (b"\xfe\xed\xfa\xcf", "executable"),
    (b"\xce\xfa\xed\xfe", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"#!", "executable"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"AT&TFORM", "djvu"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"ZIM\x04", "zim"),
    (b"WARC/", "web-archive"),
    (b"SQLite format 3\x00", "database"),
    (b"%!PS", "postscript"),
    (b"\x00\x00\x00\x18ftyp", "video"),
    (b"\x00\x00\x00\x20ftyp", "video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"fLaC", "sound"),
)

_BARE_PDF = re.compile(rb"[\s\x00%]*(?:PDF[^-]|\d+\s+\d+\s+obj\b|trailer\s*<<|%[^\n]*\n\s*\d+\s+\d+\s+obj\b)")  # its head is lost
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|div|table|p|h[1-6]|article|section|main|a|ul|ol|font|center|b|br|img)"
    rb"(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(rb"</(?:p|div|body|html|table|td|li|h[1-6]|span|a|article|section|script|head)\s*>", re.IGNORECASE)
_XML_START = re.compile(rb"\s*<(?:\?xml|!DOCTYPE\s+(?!html))", re.IGNORECASE)
_WORD_PART = re.compile(r"^word/|/document\d*\.xml$", re.IGNORECASE)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # how Word names what it encrypted ([MS-OFFCRYPTO] 2.3.4.10)
_OLD_WORD = "WordDocument".encode("utf-16-le")  # the stream that holds the text of a .doc ([MS-DOC] 2.1.1)
_MIME_HEAD = re.compile(rb"\s*[A-Za-z][A-Za-z-]{1,40}:[ \t]?[^\n]")
_MAIL_BYTES = 16 * 1024
_FEW_CONTROLS = 0.02
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27, 26})

# What Markdown leaves in a text and people do not type; how much each sign says. Counted at most four times each.
_MARKDOWN_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE), 1.0),
    (re.compile(r"<sup>\s*\[?[\d*†‡]{1,4}\]?\s*</sup>", re.IGNORECASE), 2.0),
    (re.compile(r"\[\^[^\]\s]{1,40}\]"), 2.0),
    (re.compile(r"!?\[[^\]\n]{1,300}\]\((?:<[^>\n]*>|[^)\s]+)(?:\s+\"[^\"\n]*\")?\)"), 1.5),
    (re.compile(r"<https?://[^\s<>]+>"), 0.5),
    (re.compile(r"\\[_*#\[\]~>`]"), 0.5),
    (re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"), 1.0),
    (re.compile(r"^(?:```|~~~)", re.MULTILINE), 1.0),
    (re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE), 2.0),
    (re.compile(r"^(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE), 0.25),
    (re.compile(r"^\[[^\]\n]{1,100}\]:[ \t]+\S", re.MULTILINE), 1.0),
    (re.compile(r"^\S[^\n]{0,120}\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE), 0.75),
)
_MARKDOWN_ENOUGH = 2.0
_MARKDOWN_ENDINGS = ("md", "markdown", "mkd", "mdown", "mdtext")


def sniff(data: bytes, *, name: str = "") -> Format:
    """The format of ``data``.

    Args:
        data: the whole file, or at least its first 256 KiB.
        name: the file's name or the last part of an address; only its ending is looked at, and believed only between formats of text.

    Raises:
        EmptyFile: there are no bytes, or only white space.
        PasswordWanted: an office program encrypted it.
        UnknownFormat: nothing that Ibid reads; ``looks_like`` says what it seems to be.
    """
    head = data[:_HEAD_BYTES]
    if not data.strip(_WHITE + b"".join(_BYTE_ORDER_MARKS)):
        raise EmptyFile
    if b"%PDF-" in head or _BARE_PDF.match(head):
        return Format.PDF
    if is_packed(data):
        return _sniff_packed(data)
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    if _MIME_HEAD.match(head) and re.search(
        rb"^content-type:\s*multipart/related", data[:_MAIL_BYTES], re.IGNORECASE | re.MULTILINE
    ):
        return Format.MHTML
    _refuse_known(data)
    sample = _readable_sample(data)
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if _HTML_START.match(sample):
        if ending in _MARKDOWN_ENDINGS and not re.match(rb"\s*<(?:!doctype|html)", sample, re.IGNORECASE):
            return Format.MARKDOWN
        if ending not in {"txt", "text"} or len(_HTML_TAG.findall(sample, 0, _HEAD_BYTES * 16)) > 1:
            return Format.HTML
    if _XML_START.match(sample):
        if re.search(rb"<office:document[\s>]", sample[: _HEAD_BYTES * 8]):
            return Format.ODT
        if re.search(rb"<html[\s>]", sample[: _HEAD_BYTES * 4], re.IGNORECASE):
            return Format.HTML
        raise UnknownFormat(looks_like="xml")
    if ending in {"html", "htm", "xhtml"} and _HTML_TAG.search(sample):
        return Format.HTML
    text = sample.decode("utf-8", "replace")
    if ending in _MARKDOWN_ENDINGS or markdown_evidence(text) >= _MARKDOWN_ENOUGH:
        return Format.MARKDOWN
    if len(_HTML_TAG.findall(sample)) > 5:
        return Format.HTML
    return Format.TEXT


def markdown_evidence(text: str) -> float:
    """How much in ``text`` speaks for Markdown: 0 nothing, 2 enough to believe it. Several kinds of sign weigh more than many of one."""
    return sum(weight * min(4, len(sign.findall(text))) for sign, weight in _MARKDOWN_SIGNS)


def format_of_packed(packed: Packed) -> Format | None:
    """Which document a ZIP is, told by the parts that its format prescribes; None where it only holds files."""
    stated = packed.read("mimetype")[:100].strip() if 0 < packed.size_bytes("mimetype") < 200 else b""
    if stated == b"application/epub+zip" or packed.has("META-INF/container.xml"):
        return Format.EPUB
    if stated.startswith(b"application/vnd.oasis.opendocument.text") or (
        not stated and packed.has("content.xml") and packed.has("META-INF/manifest.xml")
    ):
        return Format.ODT
    if packed.has("[Content_Types].xml") and any(_WORD_PART.search(name) for name in packed.names):
        return Format.DOCX
    return None


def _sniff_packed(data: bytes) -> Format:
    """Which document a whole ZIP is.

    Raises:
        UnknownFormat: it is none, or its table of contents cannot be read.
    """
    try:
        packed = Packed(data)
        found = format_of_packed(packed)
    except IbidError as error:
        raise UnknownFormat(looks_like=_kind_of_zip(data)) from error
    if found is None:
        is_office = packed.has("[Content_Types].xml") or packed.has("content.xml")
        raise UnknownFormat(looks_like="office" if is_office else _kind_of_zip(data))
    return found


def _refuse_known(data: bytes) -> None:
    """Raise for what is known and not read."""
    if data[:4] == b"RIFF":
        raise UnknownFormat(looks_like="image" if data[8:12] == b"WEBP" else "video")
    for signature, looks_like in _SIGNATURES:
        if data.startswith(signature) and not (signature in {b"MZ", b"BM", b"BZh", b"ID3"} and _is_text(data)):
            if looks_like == "office" and _ENCRYPTED_PACKAGE in data:
                raise PasswordWanted(format="office")
            if looks_like == "office" and _OLD_WORD in data:
                raise UnknownFormat(looks_like="old-word")
            raise UnknownFormat(looks_like=looks_like)
    if data.startswith(b"From:") or re.match(rb"(?:[A-Za-z-]+: [^\n]*\n)*MIME-Version: ", data[: _HEAD_BYTES * 2], re.IGNORECASE):
        raise UnknownFormat(looks_like="mail")


def _kind_of_zip(data: bytes) -> str:
    """Which of the many formats that are ZIP files inside this one seems to be, by its beginning."""
    head = data[:8192]
    if b"application/epub+zip" in head[:200]:
        return "epub"
    if b"application/vnd.oasis.opendocument" in head[:200] or b"[Content_Types].xml" in head or b"word/" in head:
        return "office"
    return "archive"


def _is_text(data: bytes) -> bool:
    """Whether there is next to nothing in it that no text holds."""
    sample = data[:_SAMPLE_BYTES]
    return len(sample) - len(sample.translate(None, _CONTROLS)) <= _FEW_CONTROLS * len(sample)


def _readable_sample(data: bytes) -> bytes:
    """The beginning as bytes in which ASCII can be looked for.

    Raises:
        UnknownFormat: it is no text in any encoding.
    """
    sample = data[:_SAMPLE_BYTES]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample[: len(sample) // 2 * 2].decode("utf-16", "replace").encode()
    wide = wide_encoding(sample)
    if wide:
        return sample[: len(sample) // 2 * 2].decode(wide, "replace").encode()
    if not _is_text(data):
        raise UnknownFormat(looks_like="data")
    return sample.removeprefix(b"\xef\xbb\xbf")
