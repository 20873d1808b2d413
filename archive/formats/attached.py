"""A file that a person says is a saved state of an address: a page, a PDF, a page with its parts (MHTML), a picture of it.

Only :mod:`archive.formats.large_file` uses this, in a process that has nothing to lose. The file's own date is taken where it states one
(the ``Date`` of an MHTML's head, RFC 2557); else there is none, and whoever keeps it says when it was added. The web's own answer is not in
such a file: it is kept under the method
:data:`~archive.model.source.ADDED_BY_HAND`, with the status and the headers of a file that came whole, and no request.
"""

from __future__ import annotations

import email.message
import email.parser
import email.policy
import email.utils
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from archive.address import normalise
from archive.errors import AddressRefused, EmptyFile, UnknownFormat
from archive.formats.mhtml import page_part, parts
from archive.formats.pictures import picture_type
from archive.formats.sniff import sniff
from archive.model.document import Format
from archive.model.saved import SavedPage, WebArchiveFacts
from archive.model.source import ADDED_BY_HAND, Ending, Exchange, Fetched, Way

NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment of an exchange whose file states none."""

_MEDIA_TYPES = {
    Format.HTML: "text/html",
    Format.PDF: "application/pdf",
    Format.TEXT: "text/plain",
    Format.MARKDOWN: "text/markdown",
    Format.RTF: "application/rtf",
    Format.EPUB: "application/epub+zip",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MOST_PARTS = 500
_MAIL = (
    b"From: a\nDate: Wed, 15 Jan 2025 10:00:00 +0300\nMIME-Version: 1.0\nSnapshot-Content-Location: https://a.example/\n"
    b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Location: https://a.example/\n"
    b"Content-Transfer-Encoding: quoted-printable\n\n<p>One=20two</p>\n--b\nContent-Type: image/png\n"
    b"Content-Location: https://a.example/a.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
)


def is_web_archive(data: bytes) -> bool:
    """Whether the bytes are to be read as a web archive."""
    if data.startswith((b"WARC/", b"filedesc://", b"\x1f\x8b")):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        return any(name.startswith("archive/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return False


class Attached:
    """One such file.

    Args:
        data: all of it.
        name: its name, a hint for its format.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self.facts = WebArchiveFacts(pages=1)

    def survey(self) -> Iterator[tuple[int, int]]:
        """There is nothing to look for first."""
        yield len(self._data), len(self._data)

    def page_of(self, address: str) -> SavedPage:
        """The file as a saved state of ``address``.

        Raises:
            EmptyFile, UnknownFormat: there is nothing in it, or nothing that Ibid reads.
        """
        kind = picture_type(self._data)
        if not kind:
            found = sniff(self._data, name=self._name)
            if found is Format.MHTML:
                return self._page_with_parts(address)
            if found not in _MEDIA_TYPES:
                raise UnknownFormat(looks_like="data")
            kind = _MEDIA_TYPES[found]
        exchange = _exchange(address, self._data, kind, NO_DATE)
        return SavedPage(fetched=Fetched(address=address, ending=Ending.COMPLETE, exchanges=(exchange,), way=Way.ADDED))

    def _page_with_parts(self, address: str) -> SavedPage:
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(self._data)
        page = page_part(message)
        body = _content(page) if page is not None else b""
        if page is None or not body.strip():
            raise EmptyFile
        at = _moment(message)
        stated = _address(message.get("Snapshot-Content-Location")) or _address(page.get("Content-Location"))
        exchange = _exchange(stated or address, body, _type(page), at)
        others: list[Exchange] = []
        for part in parts(message):
            place = _address(part.get("Content-Location"))
            if part is not page and place and len(others) < _MOST_PARTS:
                others.append(_exchange(place, _content(part), _type(part), at))
        return SavedPage(
            fetched=Fetched(
                address=address,
                ending=Ending.COMPLETE,
                exchanges=(exchange,),
                requisites=tuple(others),
                way=Way.ADDED,
            )
        )


def load_engine() -> None:
    """Read a file of our own, so that everything is imported before the process is sealed."""
    Attached(_MAIL, "a.mht").page_of("https://a.example/")
    Attached(b"<!doctype html><p>One", "a.html").page_of("https://a.example/")
    is_web_archive(b"PK\x03\x04")


def _exchange(address: str, body: bytes, content_type: str, at: datetime) -> Exchange:
    return Exchange(
        address=address,
        method=ADDED_BY_HAND,
        status=200,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", content_type),),
        fetched_at=at,
        http_version="HTTP/1.1",
        body=body,
    )


def _content(part: email.message.Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _type(part: email.message.Message) -> str:
    charset = part.get_content_charset()
    return part.get_content_type() + (f"; charset={charset}" if charset else "")


def _moment(message: email.message.Message) -> datetime:
    try:
        moment = email.utils.parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, IndexError):
        return NO_DATE
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _address(text: object) -> str:
    try:
        return normalise("".join(str(text or "").split()))
    except AddressRefused:
        return ""
