"""A page saved in one file is read as the page it is."""

from __future__ import annotations

import base64
import quopri

import pytest

from archive.errors import EmptyFile, UnknownFormat
from archive.formats.parsing import parse
from archive.formats.reader import Reader
from archive.model.document import Format

PAGE = '<html><head><title>Агляд</title></head><body><p>Спіс <a href="../b">вырас</a>.<sup><a href="#n">1</a></sup></p><p id="n">1 Гл. спіс.</p></body></html>'
HEAD = 'From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n'


def saved(page: bytes, *, coding: str = "quoted-printable", charset: str = "utf-8", kind: str = "text/html") -> bytes:
    body = quopri.encodestring(page) if coding == "quoted-printable" else base64.encodebytes(page)
    part = f"----b\r\nContent-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {coding}\r\nContent-Location: https://example.org/x/a\r\n\r\n"
    picture = "\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----b--\r\n"
    return HEAD.encode() + part.encode() + body + picture.encode()


@pytest.mark.parametrize(("coding", "charset"), [("quoted-printable", "utf-8"), ("base64", "windows-1251")])
def test_the_page_is_read_with_its_notes_and_links(coding: str, charset: str, reader: Reader) -> None:
    reading = reader.read(saved(PAGE.encode(charset), coding=coding, charset=charset), name="a.mht")
    assert reading.format is Format.MHTML
    assert [(block.text, block.note_label) for block in reading.blocks] == [("Спіс вырас.", None), ("Гл. спіс.", "1")]
    assert reading.blocks[0].links[0].address_text == "https://example.org/b"
    assert reading.stated.title == "Агляд"


def test_a_saved_page_without_a_page_is_empty() -> None:
    with pytest.raises(EmptyFile):
        parse(saved(b"x", kind="text/plain"))


def test_mail_is_still_not_a_document() -> None:
    with pytest.raises(UnknownFormat) as caught:
        parse(b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello\r\n")
    assert caught.value.facts == {"looks_like": "mail"}
