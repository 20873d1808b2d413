"""Saved pages in one file (MHTML, RFC 2557): the page goes through :mod:`archive.formats.html`, its pictures and styles are left."""

from __future__ import annotations

import email.errors
import email.message
import email.parser
import email.policy
from collections.abc import Iterator

import msgspec

from archive.errors import DamagedFile, EmptyFile
from archive.formats.encoding import decode
from archive.formats.html import declared_charset, read_html
from archive.model.document import Format, Problem
from archive.model.reading import Reading

_PAGES = {"text/html", "application/xhtml+xml"}
_MOST_PARTS = 20_000


def read_mhtml(data: bytes, *, is_main_text_only: bool = False) -> Reading:
    """What the page in the file says.

    Args:
        data: the whole file.
        is_main_text_only: leave out what stands around the page's own text.

    Raises:
        DamagedFile: it cannot be taken apart.
        EmptyFile: no page is in it, or none with text.
    """
    try:
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
        page = page_part(message)
        content = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
        address = str(page.get("Content-Location") or "").strip() if page is not None else ""
    except (email.errors.MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DamagedFile(format=Format.MHTML) from error
    if not isinstance(content, bytes) or not content.strip():
        raise EmptyFile
    decoded = decode(content, declared=charset or declared_charset(content))
    reading = read_html(decoded.text, is_main_text_only=is_main_text_only, address="".join(address.split()))
    problems = () if decoded.is_sure else (Problem("encoding-unsure", decoded.encoding),)
    return msgspec.structs.replace(reading, format=Format.MHTML, encoding=decoded.encoding, problems=reading.problems + problems)


def page_part(message: email.message.Message) -> email.message.Message | None:
    """The part that is the page: the one that the head names (``start``), else the first (RFC 2387, 3.2)."""
    pages = [part for part in parts(message) if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    wanted = start.strip() if isinstance(start, str) else ""
    return next((part for part in pages if wanted and str(part.get("Content-ID") or "").strip() == wanted), None) or next(
        iter(pages), None
    )


def parts(message: email.message.Message) -> Iterator[email.message.Message]:
    """The parts of a message that hold something themselves, in order."""
    for count, part in enumerate(message.walk()):
        if count >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part
