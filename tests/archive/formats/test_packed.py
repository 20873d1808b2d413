"""Packed files are taken apart in memory only, within limits; what is made to do harm does none."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archive.errors import DamagedFile, FileTooLarge, IbidError, PasswordWanted, SeveralDocuments, UnknownFormat
from archive.formats import packed as packing
from archive.formats.packed import Packed
from archive.formats.parsing import list_packed, parse
from archive.formats.reader import Reader
from archive.settings import MIB

Pack = Callable[[Mapping[str, str | bytes]], bytes]
DOCUMENT = '<?xml version="1.0"?>{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Text {body}</w:t></w:r></w:p></w:body></w:document>'


def test_the_only_document_in_a_zip_comes_in_and_is_named(pack: Pack) -> None:
    reading = parse(
        pack({"saved/page.html": "<html><body><p>Words</p></body></html>", "saved/a.png": b"\x89PNG", "__MACOSX/page.html": "x"})
    )
    assert [block.text for block in reading.blocks] == ["Words"]
    assert [(problem.code, problem.detail) for problem in reading.problems] == [("read-from-zip", "page.html")]


def test_a_zip_of_several_documents_is_refused_with_their_count(pack: Pack) -> None:
    with pytest.raises(SeveralDocuments) as caught:
        parse(pack({"a.txt": "a", "b.pdf": "b", "c.png": "c"}))
    assert caught.value.facts == {"count": 2}


def test_a_zip_without_a_document_is_named(pack: Pack) -> None:
    with pytest.raises(UnknownFormat):
        parse(pack({"a.png": "a"}))


def test_a_zip_in_a_zip_is_not_opened_further(pack: Pack) -> None:
    with pytest.raises(UnknownFormat):
        parse(pack({"a.txt": pack({"b.txt": "words"})}))


def test_names_that_climb_out_and_links_are_names_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("../../climbed.txt", "Words that climb")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    reading = parse(whole.getvalue())
    assert [block.text for block in reading.blocks] == ["Words that climb"]
    assert list(tmp_path.rglob("*")) == []


def test_what_swells_is_stopped_while_it_swells(pack: Pack) -> None:
    bomb = pack({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(40 * MIB)})
    assert len(bomb) < MIB
    with pytest.raises(FileTooLarge):
        parse(bomb)


def test_a_size_that_lies_is_not_believed(pack: Pack) -> None:
    data = bytearray(pack({"a.txt": bytes(20 * MIB)}))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 10)
    with pytest.raises((FileTooLarge, DamagedFile)):
        Packed(bytes(data)).read("a.txt")


def test_all_parts_together_have_a_limit(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)
    packed = Packed(pack({"a": b"x" * 600, "b": b"y" * 600}))
    assert len(packed.read("a")) == 600
    with pytest.raises(FileTooLarge):
        packed.read("b")


def test_too_many_parts_are_no_document(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_PARTS", 10)
    with pytest.raises(FileTooLarge):
        Packed(pack({f"{number}.txt": "x" for number in range(11)}))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param('<!DOCTYPE w [<!ENTITY a "ha">' + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9)) + "]>", "&b8;", id="billion-laughs"),
        pytest.param('<!DOCTYPE w [<!ENTITY a "' + "x" * 50_000 + '">]>', "&a;" * 5000, id="quadratic"),
        pytest.param('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;", id="outside-entity"),
        pytest.param('<!DOCTYPE w SYSTEM "https://example.org/a.dtd">', "", id="outside-type"),
    ],
)  # fmt: skip
def test_entities_in_office_files_are_never_expanded(head: str, body: str, pack: Pack, reader: Reader) -> None:
    data = pack({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCUMENT.format(head=head, body=body)})
    try:
        text = "".join(block.text for block in reader.read(data).blocks)
    except DamagedFile:
        return
    assert text.startswith("Text")
    assert len(text) < 1000
    assert "root:" not in text


def test_nesting_has_an_end(pack: Pack, reader: Reader) -> None:
    deep = "<w:p>" + "<w:ins>" * 100_000 + "</w:ins>" * 100_000 + "</w:p>"
    data = pack({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": DOCUMENT.format(head="", body="").replace("</w:body>", deep + "</w:body>"),
    })
    with pytest.raises(DamagedFile):
        reader.read(data)


@pytest.mark.parametrize("folder", ["office", "epub", "webarchive"])
def test_real_files_are_read_or_refused(folder: str, data: Path, reader: Reader) -> None:
    paths = sorted(path for path in (data / folder).rglob("*") if path.is_file() and path.stat().st_size < 500_000)
    codes: list[str] = []
    for path in paths[:: max(1, len(paths) // 40)]:
        try:
            reader.read(path.read_bytes(), name=path.name)
        except IbidError as error:
            codes.append(error.code())
    assert "process-lost" not in codes
    assert "reader-gave-up" not in codes


def test_the_documents_of_a_zip_are_listed_and_read_one_by_one(pack: Pack, reader: Reader) -> None:
    whole = pack({
        "reports/a.txt": "One.",
        "b.html": "<p>Two.</p>",
        "b_files/frame.html": "<p>An advertisement.</p>",
        "b_files/x.css": "p {}",
        "__MACOSX/a.txt": "x",
        ".hidden.txt": "x",
    })
    assert reader.list_packed(whole) == ("reports/a.txt", "b.html")
    assert [reader.read_packed(whole, name) for name in reader.list_packed(whole)] == [b"One.", b"<p>Two.</p>"]


def test_only_a_zip_of_several_documents_is_listed(pack: Pack, reader: Reader) -> None:
    word = pack({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": DOCUMENT.format(head="", body=""),
        "a.txt": "",
        "b.txt": "",
    })
    for data in (b"Words.", word, pack({"a.txt": "alone"}), pack({"a.png": "x", "b.css": "y"})):
        assert reader.list_packed(data) == ()


def test_a_zip_among_the_documents_of_a_zip_stays_closed(pack: Pack, reader: Reader) -> None:
    whole = pack({"a.txt": "One.", "b.txt": pack({"c.txt": "deep"})})
    with pytest.raises(UnknownFormat):
        reader.read_packed(whole, "b.txt")


def test_parts_that_share_their_bytes_are_refused(pack: Pack) -> None:
    data = bytearray(pack({f"{number}.txt": bytes(random.Random(number).randbytes(4000)) for number in range(2)}))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    struct.pack_into("<L", data, second + 20, len(data))
    with pytest.raises(DamagedFile):
        list_packed(bytes(data))


def test_documents_that_are_together_too_much_are_refused(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_TOGETHER_BYTES", 1000)
    with pytest.raises(FileTooLarge):
        list_packed(pack({"a.txt": "x" * 600, "b.txt": "y" * 600}))


def test_a_password_of_one_document_leaves_the_others_readable(pack: Pack, reader: Reader) -> None:
    data = bytearray(pack({"a.txt": "One.", "b.txt": "Two."}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + flags, 1)
    assert reader.list_packed(bytes(data)) == ("a.txt", "b.txt")
    with pytest.raises(PasswordWanted):
        reader.read_packed(bytes(data), "a.txt")
    assert reader.read_packed(bytes(data), "b.txt") == b"Two."
