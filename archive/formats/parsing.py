"""Which engine reads what: from a file's bytes to a :class:`~archive.model.reading.Reading`, in this very process.

Only :mod:`archive.formats.reader` calls this, in a process that has nothing to lose.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from archive.errors import EmptyFile
from archive.formats.encoding import decode, warm_up
from archive.formats.html import declared_charset, load_main_text_engine, read_html
from archive.formats.markdown import read_markdown
from archive.formats.pdf import read_pdf
from archive.formats.sniff import sniff
from archive.formats.text import read_text
from archive.model.document import Format, Problem
from archive.model.reading import Reading


def parse(
    data: bytes,
    *,
    name: str = "",
    charset: str | None = None,
    is_main_text_only: bool = False,
    file_format: Format | None = None,
) -> Reading:
    """What the file says.

    Args:
        data: the whole file.
        name: a hint, see :func:`archive.formats.sniff.sniff`.
        charset: the encoding that a server declared; what an HTML page declares itself comes after it.
        is_main_text_only: of an HTML page, the text without what stands around it.
        file_format: read it as this, without looking what it is.

    Raises:
        EmptyFile: nothing in it can be read.
        UnknownFormat: it is nothing Ibid reads.
        DamagedFile: it breaks off or contradicts itself.
        PasswordWanted: it is encrypted.
    """
    found = file_format or sniff(data, name=name)
    if found is Format.PDF:
        return read_pdf(data)
    decoded = decode(data, declared=charset or (declared_charset(data) if found is Format.HTML else None))
    if found is Format.HTML:
        reading = read_html(decoded.text, is_main_text_only=is_main_text_only)
    else:
        reading = {Format.MARKDOWN: read_markdown, Format.TEXT: read_text}[found](decoded.text)
    if not any(block.text.strip() for block in reading.blocks):
        raise EmptyFile
    problems = () if decoded.is_sure else (Problem("encoding-unsure", decoded.encoding),)
    return msgspec.structs.replace(reading, encoding=decoded.encoding, problems=reading.problems + problems)


_ONE_OF_EACH: tuple[Callable[[], object], ...] = (
    warm_up,
    lambda: parse("Слова.¹\n".encode("koi8-r", "replace")),
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
