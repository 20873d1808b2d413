"""Which engine reads what: from a file's bytes to a :class:`~archive.model.reading.Reading`, in this very process.

Only :mod:`archive.formats.reader` calls this, in a process that has nothing to lose.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import msgspec

from archive.errors import EmptyFile, SeveralDocuments, UnknownFormat
from archive.formats.docx import read_docx
from archive.formats.docx_styles import W
from archive.formats.encoding import decode, warm_up
from archive.formats.epub import read_epub
from archive.formats.html import declared_charset, read_html
from archive.formats.html_main_text import load_main_text_engine
from archive.formats.markdown import read_markdown
from archive.formats.mhtml import read_mhtml
from archive.formats.odt import read_flat_odt, read_odt
from archive.formats.packed import Packed, is_packed
from archive.formats.pdf import read_pdf
from archive.formats.rtf import read_rtf
from archive.formats.rtf_words import load_code_pages
from archive.formats.sniff import format_of_packed, sniff
from archive.formats.text import read_text
from archive.model.document import Format, Problem
from archive.model.reading import Reading

_DOCUMENT_ENDINGS = frozenset((
    "pdf", "docx", "docm", "odt", "fodt", "rtf", "epub", "html", "htm", "xhtml", "mht", "mhtml", "md", "markdown", "txt",
))  # fmt: skip


def parse(
    data: bytes,
    *,
    name: str = "",
    charset: str | None = None,
    is_main_text_only: bool = False,
    file_format: Format | None = None,
    password: str | None = None,
) -> Reading:
    """What the file says.

    Args:
        data: the whole file.
        name: a hint, see :func:`archive.formats.sniff.sniff`.
        charset: the encoding that a server declared; what an HTML page declares itself comes after it.
        is_main_text_only: of an HTML page, the text without what stands around it.
        file_format: read it as this, without looking what it is.
        password: of an encrypted PDF or ZIP.

    Raises:
        EmptyFile: nothing in it can be read.
        UnknownFormat: it is nothing Ibid reads.
        DamagedFile: it breaks off or contradicts itself.
        PasswordWanted: it is encrypted.
        PasswordWrong: not with this password.
        FileTooLarge: what is packed in it is over the limit.
        SeveralDocuments: it is a ZIP of several documents; :func:`list_packed` names them.
    """
    if file_format is None and is_packed(data):
        return _parse_packed(data, is_main_text_only=is_main_text_only, password=password)
    found = file_format or sniff(data, name=name)
    if found is Format.PDF:
        return read_pdf(data, password=password)
    if found in _WHOLE:
        return _with_text(_WHOLE[found](data))
    if found is Format.MHTML:
        return _with_text(read_mhtml(data, is_main_text_only=is_main_text_only))
    decoded = decode(data, declared=charset or (declared_charset(data) if found is Format.HTML else None))
    if found is Format.HTML:
        reading = read_html(decoded.text, is_main_text_only=is_main_text_only)
    else:
        reading = {Format.MARKDOWN: read_markdown, Format.TEXT: read_text}[found](decoded.text)
    reading = _with_text(reading)
    problems = () if decoded.is_sure else (Problem("encoding-unsure", decoded.encoding),)
    return msgspec.structs.replace(reading, encoding=decoded.encoding, problems=reading.problems + problems)


_WHOLE: dict[Format, Callable[[bytes], Reading]] = {
    Format.DOCX: lambda data: read_docx(Packed(data, kind=Format.DOCX)),
    Format.ODT: lambda data: read_odt(Packed(data, kind=Format.ODT)) if is_packed(data) else read_flat_odt(data),
    Format.EPUB: lambda data: read_epub(Packed(data, kind=Format.EPUB)),
    Format.RTF: read_rtf,
}


def _with_text(reading: Reading) -> Reading:
    if not any(block.text.strip() for block in reading.blocks):
        raise EmptyFile
    return reading


def _parse_packed(data: bytes, *, is_main_text_only: bool, password: str | None) -> Reading:
    """A document that is a ZIP, or the only document in a ZIP (a saved page with its pictures is one)."""
    packed = Packed(data, password=password)
    found = format_of_packed(packed)
    if found is not None:
        return _with_text(_WHOLE[found](data))
    documents = _documents(packed)
    if len(documents) > 1:
        raise SeveralDocuments(count=len(documents))
    if not documents:
        sniff(data)  # says what else it is
        raise UnknownFormat(looks_like="archive")
    inner = packed.read(documents[0])
    if is_packed(inner) and format_of_packed(Packed(inner)) is None:
        raise UnknownFormat(looks_like="archive")
    reading = parse(inner, name=documents[0], is_main_text_only=is_main_text_only, password=password)
    shown = "".join(letter for letter in documents[0].rsplit("/", 1)[-1] if letter.isprintable())
    return msgspec.structs.replace(reading, problems=(*reading.problems, Problem("read-from-zip", shown[-80:])))


def list_packed(data: bytes) -> tuple[str, ...]:
    """The names of the documents in a ZIP of several; none where it is anything else.

    Raises:
        DamagedFile: its table of contents cannot be read, or its parts lie over each other as only a bomb's do.
        FileTooLarge: together they are more than anybody packs.
    """
    if not is_packed(data):
        return ()
    packed = Packed(data)
    documents = _documents(packed) if format_of_packed(packed) is None else []
    if len(documents) < 2:
        return ()
    packed.check_together(documents)
    return tuple(documents)


def read_packed(data: bytes, name: str) -> bytes:
    """One document of a ZIP, inflated.

    Raises:
        DamagedFile, FileTooLarge, PasswordWanted: as of :meth:`archive.formats.packed.Packed.read`.
        UnknownFormat: it is a ZIP in the ZIP, which is not opened further.
    """
    inner = Packed(data).read(name)
    if is_packed(inner) and format_of_packed(Packed(inner)) is None:
        raise UnknownFormat(looks_like="archive")
    return inner


def _documents(packed: Packed) -> list[str]:
    """The names of the documents in a ZIP; the frames of a saved page, in the folder that browsers put beside it, are a part of it."""
    names = [name for name in packed.names if _is_document(name)]
    beside = {
        f"{name.rsplit('.', 1)[0]}{ending}/" for name in names for ending in ("_files", ".files") if "htm" in name[-5:].lower()
    }
    return [name for name in names if not any(name.startswith(folder) for folder in beside)]


def _is_document(name: str) -> bool:
    """Whether a file in a ZIP is a document by its name; what systems add unasked (``__MACOSX/``, ``.name``) is none."""
    parts = name.split("/")
    return (
        "." in parts[-1]
        and parts[-1].rsplit(".", 1)[-1].lower() in _DOCUMENT_ENDINGS
        and not any(part.startswith(".") and part not in {".", ".."} for part in parts)
        and "__MACOSX" not in parts
    )


_WORD = f"<w:document xmlns:w='{W[1:-1]}'><w:body><w:p><w:r><w:t>One</w:t></w:r></w:p></w:body></w:document>"
_OPEN_DOCUMENT = (
    "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text><text:p>One</text:p></office:text>"
    "</office:body></office:document>"
)
_MAIL = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
    b"Content-Transfer-Encoding: quoted-printable\n\n<p>One=20two</p>\n--b\nContent-Type: image/png\n"
    b"Content-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
)
_BOOK = {
    "META-INF/container.xml": "<container><rootfile full-path='a.opf'/></container>",
    "a.opf": "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>"
    "<spine><itemref idref='a'/></spine></package>",
    "a.xhtml": "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>One&nbsp;two</p></body></html>",
}


def _packed(parts: dict[str, str]) -> bytes:
    """The parts as a ZIP."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return whole.getvalue()


_ONE_OF_EACH: tuple[Callable[[], object], ...] = (
    warm_up,
    load_code_pages,
    lambda: parse("Слова.¹\n".encode("koi8-r", "replace")),
    lambda: parse(_packed({"[Content_Types].xml": "<Types/>", "word/document.xml": _WORD})),
    lambda: parse(_OPEN_DOCUMENT.encode()),
    lambda: parse(_packed(_BOOK)),
    lambda: parse(rb"{\rtf1\ansi\ansicpg1251 \'e0\u1073?{\super\chftn{\footnote\chftn one}}\par}"),
    lambda: parse(_MAIL),
    lambda: parse(b"# One\n\nTwo[^1] <sup>2</sup>\n\n| a |\n|---|\n| b |\n\n[^1]: *Three*\n"),
    lambda: parse(
        b"<!doctype html><html><body><h1>One</h1><p>Two<sup><a href='#n'>1</a></sup></p><p id=n>1 Three</p></body></html>"
    ),
)


def load_engines() -> None:
    """Import everything that reading may need, by reading a line of our own in each format: a sealed process imports nothing."""
    for read_one in _ONE_OF_EACH:
        read_one()


def load_heavy_engines() -> None:
    """Import what only captured pages need, which takes as long as all the rest."""
    load_main_text_engine()
