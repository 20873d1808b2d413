"""What bytes are is judged by the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import EmptyFile, UnknownFormat
from archive.formats.sniff import sniff
from archive.model.document import Format

CONVERTED = """# A REPORT

## INTRODUCTION

Thousands were detained.<sup>1</sup> The list grew.<sup>2</sup>

<sup>1</sup> A centre, "The year", <https://example.org/the\\_year>
"""
PASTED = """NEWS

24 January 2025

An election in a climate of fear

The authorities must end their campaign [of repression] at once. * It is shameful.

#tag\tPRESS\tNEWS
"""


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        pytest.param(CONVERTED.encode(), "report.txt", Format.MARKDOWN, id="Markdown-in-a-txt"),
        pytest.param(CONVERTED.encode("utf-16"), "", Format.MARKDOWN, id="Markdown-in-utf-16"),
        pytest.param(PASTED.encode(), "news.txt", Format.TEXT, id="pasted-text"),
        pytest.param(PASTED.encode(), "news.md", Format.MARKDOWN, id="a-name-decides-between-texts"),
        pytest.param("Простой текст.\n".encode("koi8-r"), "", Format.TEXT, id="koi8"),
        pytest.param("Просты тэкст, дзе ўсё зразумела.\n".encode("utf-16-le"), "", Format.TEXT, id="utf-16-without-mark"),
        pytest.param(b"<!DOCTYPE html><p>Hi", "x.pdf", Format.HTML, id="a-page-called-pdf"),
        pytest.param(b"\xef\xbb\xbf\n<!-- saved --><HTML><BODY>x</BODY></HTML>", "x.txt", Format.HTML, id="html-after-a-comment"),
        pytest.param(
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "", Format.HTML, id="xhtml"
        ),
        pytest.param(b"junk before\n%PDF-1.4\n", "page.html", Format.PDF, id="pdf-with-a-late-head"),
        pytest.param(b"1 0 obj<</Type/Catalog>>endobj", "", Format.PDF, id="pdf-without-a-head"),
        pytest.param(b"{\\rtf1 hello}", "a.doc", Format.RTF, id="rtf-called-doc"),
        pytest.param(b"text [^1]\n\n[^1]: note\n", "", Format.MARKDOWN, id="one-pandoc-note"),
        pytest.param(b"MZ is a magazine that appears monthly.\n", "", Format.TEXT, id="words-that-begin-like-a-program"),
    ],
)
def test_the_format_is_found_in_the_bytes(data: bytes, name: str, expected: Format) -> None:
    assert sniff(data, name=name) is expected


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0"])
def test_nothing_but_white_space_is_an_empty_file(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        sniff(data, name="x.md")


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"MZ\x90\0\x03\0\0\0\x04" + bytes(range(256)), "executable"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "executable"),
        (b"#!/bin/sh\nrm -rf /\n", "executable"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "office"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "epub"),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "WordDocument".encode("utf-16-le"), "old-word"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "image"),
        (b"SQLite format 3\0" + bytes(99), "database"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "xml"),
        (bytes(range(256)) * 8, "data"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, looks_like: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        sniff(data, name="report.txt")
    assert caught.value.facts == {"looks_like": looks_like}


def test_the_founding_documents_are_what_they_are(seeds: Path) -> None:
    statement, news = (next(seeds.glob(f"{number}_*.txt")) for number in ("000", "001"))
    assert sniff(statement.read_bytes(), name=statement.name) is Format.MARKDOWN
    assert sniff(news.read_bytes(), name=news.name) is Format.TEXT
