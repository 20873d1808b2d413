"""Files made to do harm are read or refused; the program that asked lives."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.errors import EmptyFile, IbidError
from archive.formats.html import read_html
from archive.formats.reader import Reader

FEW = 50
RUN = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data|about|file):", re.IGNORECASE)


def outcomes(reader: Reader, paths: Sequence[Path]) -> Counter[str]:
    """How many files were read and how many met which error; anything but an error of ours fails the test."""
    counted: Counter[str] = Counter()
    for path in paths:
        try:
            reader.read(path.read_bytes(), name=path.name)
            counted["read"] += 1
        except IbidError as error:
            counted[error.code()] += 1
    return counted


def every_nth(folder: Path) -> list[Path]:
    """About FEW files from all over the folder, small ones."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size < 2_000_000)
    return paths[:: max(1, len(paths) // FEW)][:FEW]


def test_odd_pdf_files_are_read_or_refused(reader: Reader, data: Path) -> None:
    counted = outcomes(reader, every_nth(data / "pdf_robustness"))
    assert counted.total() == FEW
    assert counted["read"] > FEW // 2
    assert not counted["process-lost"]
    assert not counted["reader-gave-up"]


def test_every_hostile_page_and_packed_file_is_read_or_refused(reader: Reader, data: Path) -> None:
    folders = ("html_sanitizer", "odd_and_polyglot", "path_traversal", "tika", "xml", "zip_odd")
    paths = [path for folder in folders for path in sorted((data / "hostile" / folder).rglob("*")) if path.is_file()]
    counted = outcomes(reader, paths)
    assert counted.total() == len(paths) > FEW
    assert not counted["process-lost"]
    assert not counted["reader-gave-up"]
    for path in paths:
        try:
            names = reader.list_packed(path.read_bytes())
        except IbidError:
            continue
        for name in names:
            assert reader.read_packed(path.read_bytes(), name)


def test_hostile_databases_are_read_or_refused(reader: Reader, data: Path) -> None:
    counted = outcomes(reader, every_nth(data / "hostile" / "sqlite"))
    assert not counted["process-lost"]


def payloads(data: Path) -> list[str]:
    """Pages made to get past sanitizers."""
    folder = data / "hostile" / "html_sanitizer"
    known = json.loads((folder / "dompurify_fixtures.json").read_text("utf-8"))
    return [case["payload"] for case in known] + [path.read_text("utf-8") for path in sorted((folder / "bleach").iterdir())]


def test_nothing_of_a_page_made_against_sanitizers_can_be_run(data: Path) -> None:
    tried = 0
    for payload in payloads(data):
        try:
            blocks = read_html(f"<p>Before</p>{payload}").blocks
        except EmptyFile:
            continue
        tried += 1
        addresses = [link.address_text for block in blocks for link in block.links]
        assert not [address for address in addresses if RUN.match("".join(address.split()))]
    assert tried > FEW


BOMB = (
    "<!DOCTYPE lolz [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]><html><body><p>{}&a11;</p></body></html>"
)
OUTSIDE = "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>{}&x;</p></body></html>"


@pytest.mark.parametrize("head", ["", "<?xml version='1.0' encoding='utf-8'?>"])
@pytest.mark.parametrize("page", [BOMB, OUTSIDE], ids=["billion-laughs", "outside-entity"])
def test_entities_are_never_expanded(reader: Reader, head: str, page: str) -> None:
    reading = reader.read((head + page.format("Text")).encode(), name="a.html")
    text = "".join(block.text for block in reading.blocks)
    assert "Text" in text
    assert len(text) < 2000
    assert "root:" not in text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<div>" * 200_000 + b"x"),
        ("a.html", b"<table><tr><td>" * 20_000 + b"x"),
        ("a.html", b"<p " + b"a='" * 100_000),
        ("a.html", b"<a href='#x'>1</a>" * 20_000 + b"<p id=x>1</p>"),
        ("a.md", b"[" * 20_000),
        ("a.md", b"> " * 20_000),
        ("a.md", b"`" * 50_000 + b"x"),
        ("a.md", b"<sup>" * 20_000),
        ("a.md", b"[^1]: " * 5_000),
        ("a.txt", b"\n" * 500_000 + b"x"),
        ("a.txt", b"[1] " * 50_000),
        ("a.txt", b"x\t" * 200_000),
        ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj<<" * 50_000),
        ("a.pdf", b"%PDF-1.7\n" + b"[" * 200_000),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:12]),
)
def test_files_made_to_exhaust_a_reader_do_not(reader: Reader, name: str, data: bytes) -> None:
    outcome = "read"
    try:
        reader.read(data, name=name)
    except IbidError as error:
        outcome = error.code()
    assert outcome in {"read", "damaged-file", "reader-gave-up", "empty-file"}
    assert reader.read(b"Next.\n").blocks[0].text == "Next."
