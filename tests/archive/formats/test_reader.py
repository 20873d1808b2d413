"""The reader process: every file in a process of its own, which has nothing to lose."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    InputError,
    PasswordWanted,
    ProcessLost,
    ReaderGaveUp,
    UnknownFormat,
)
from archive.formats.reader import Reader
from archive.model.document import Format, Problem
from archive.settings import ReadingLimits

SmallPdf = Callable[..., bytes]
RUSSIAN = "Правозащитники сообщают о новых задержаниях."


def test_every_format_is_read_behind_the_seal(reader: Reader, small_pdf: SmallPdf) -> None:
    markdown = reader.read(b"# One\n\nTwo[^1]\n\n[^1]: Three\n", name="a.md")
    text = reader.read(RUSSIAN.encode("koi8-r"))
    page = reader.read(f"<html><body><p>{RUSSIAN}</p></body></html>".encode("cp1251"))
    pdf = reader.read(small_pdf([[(20, 350, 9, "Text")]]), name="a.txt")
    assert [one.format for one in (markdown, text, page, pdf)] == [Format.MARKDOWN, Format.TEXT, Format.HTML, Format.PDF]
    assert [block.text for block in markdown.blocks] == ["One", "Two", "Three"]
    assert (text.blocks[0].text, text.encoding) == (RUSSIAN, "koi8-r")
    assert (page.blocks[0].text, page.encoding) == (RUSSIAN, "windows-1251")
    assert pdf.pages[0].spans[0].text == "Text"


@pytest.mark.parametrize("charset", ["shift_jis", "gb18030", "euc-kr", "big5", "iso-2022-jp", "cp1253", "mac-roman"])
def test_a_declared_charset_needs_no_file_behind_the_seal(reader: Reader, charset: str) -> None:
    word = {"cp1253": "αβγ", "mac-roman": "é"}.get(charset, "日" if charset != "mac-roman" else "é")
    page = f"<html><body><p>{word} text</p></body></html>"
    assert reader.read(page.encode(charset), charset=charset, format=Format.HTML).blocks[0].text == f"{word} text"


def test_the_main_text_of_a_page_is_found_behind_the_seal(reader: Reader) -> None:
    sentence = "The court sentenced the defender to four years in a colony after a closed trial. "
    page = f"<html><body><div class='menu'><a href=/>Home</a> <a href=/news>News</a></div><article><h1>T</h1><p>{sentence * 4}</p><p>{sentence * 3}</p></article><footer>Imprint</footer></body></html>"
    texts = [block.text for block in reader.read(page.encode(), is_main_text_only=True).blocks]
    assert any(sentence.strip() in text for text in texts)
    assert not any("Imprint" in text or "Home" in text for text in texts)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b" \n", EmptyFile),
        (b"<html><body></body></html>", EmptyFile),
        (b"MZ\x90\0" + bytes(500), UnknownFormat),
        (b"%PDF-1.7\nbroken", DamagedFile),
    ],
    ids=["no-bytes", "white-space", "page-of-nothing", "program", "damaged-pdf"],
)
def test_what_cannot_be_read_is_one_clear_error_and_the_next_file_is_read(
    reader: Reader, data: bytes, error: type[InputError]
) -> None:
    with pytest.raises(error):
        reader.read(data, name="x")
    assert reader.read(b"Next.\n").blocks[0].text == "Next."


def test_a_locked_pdf_is_named(reader: Reader, small_pdf: SmallPdf) -> None:
    with pytest.raises(PasswordWanted) as caught:
        reader.read(small_pdf([[(20, 350, 9, "a")]], is_encrypted=True))
    assert caught.value.facts == {"format": "pdf"}


def test_a_guessed_encoding_is_said(reader: Reader) -> None:
    assert reader.read((RUSSIAN * 30).encode() + b"\xff").problems == (Problem("encoding-unsure", "utf-8"),)


def test_a_file_over_the_limit_is_not_even_sent() -> None:
    with Reader(ReadingLimits(file_bytes=10)) as small, pytest.raises(FileTooLarge) as caught:
        small.read(b"x" * 11)
    assert caught.value.facts == {"size_bytes": 11, "limit_bytes": 10}


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    endless = b"*a_ [b](" * 400_000
    with Reader(ReadingLimits(wall_s=0.5)) as hurried:
        started = time.monotonic()
        with pytest.raises(ReaderGaveUp) as caught:
            hurried.read(endless, name="a.md")
        assert caught.value.facts == {"limit": "time"}
        assert time.monotonic() - started < 5
        assert hurried.read(b"Next.\n").blocks[0].text == "Next."


def test_processor_time_is_limited_as_well() -> None:
    with Reader(ReadingLimits(cpu_s=1, wall_s=30.0)) as hurried, pytest.raises(ReaderGaveUp) as caught:
        hurried.read(b"*a_ [b](" * 400_000, name="a.md")
    assert caught.value.facts == {"limit": "time"}


def test_a_file_that_needs_too_much_memory_is_given_up() -> None:
    with Reader(ReadingLimits(memory_bytes=256 << 20, wall_s=30.0)) as narrow:
        with pytest.raises(ReaderGaveUp) as caught:
            narrow.read(b"<p>" + b"<b>x</b>" * 2_000_000, name="a.html")
        assert caught.value.facts == {"limit": "memory"}
        assert narrow.read(b"Next.\n").blocks[0].text == "Next."


def test_a_lost_reader_process_is_said_and_the_next_file_starts_another() -> None:
    with Reader() as one:
        one.read(b"First.\n")
        assert one._child is not None
        one._child.process.kill()
        one._child.process.wait()
        with pytest.raises(ProcessLost):
            one.read(b"Second.\n")
        assert one.read(b"Third.\n").blocks[0].text == "Third."


def test_threads_may_share_a_reader(reader: Reader) -> None:
    found: dict[int, str] = {}

    def read(number: int) -> None:
        found[number] = reader.read(f"Text {number}.\n".encode()).blocks[0].text

    threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"Text {number}." for number in range(12)}


def test_a_closed_reader_leaves_no_process_and_can_be_used_again() -> None:
    one = Reader()
    one.read(b"First.\n")
    assert one._child is not None
    process = one._child.process
    one.close()
    assert process.returncode is not None
    assert one.read(b"Again.\n").blocks[0].text == "Again."
    one.close()
    one.close()


def test_the_founding_statement_passes_through_the_process(reader: Reader, seeds: Path) -> None:
    path = next(seeds.glob("000_*.txt"))
    reading = reader.read(path.read_bytes(), name=path.name)
    assert reading.format is Format.MARKDOWN
    assert sum(len(block.markers) for block in reading.blocks) == 22
