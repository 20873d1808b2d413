"""Old texts come in many encodings and rarely say which."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from archive.formats.encoding import decode
from archive.formats.html import declared_charset

BELARUSIAN = "Праваабаронцы паведамляюць, што ў краіне затрыманыя дзясяткі людзей. Ўсё гэта ёсць у справаздачы."
RUSSIAN = "Правозащитники сообщают, что в стране задержаны десятки людей; объём списка растёт."
UKRAINIAN = "Правозахисники повідомляють, що їхні імена є у списку."
FRENCH = "L'été dernier, la fenêtre du café était fermée à clé, paraît-il."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic", "cp855")),
        *(
            (BELARUSIAN, encoding)
            for encoding in ("cp1251", "iso8859-5", "mac-cyrillic", "utf-8", "utf-16", "utf-16-le", "utf-16-be")
        ),
        *((UKRAINIAN, encoding) for encoding in ("cp1251", "koi8-u", "iso8859-5", "mac-cyrillic")),
        (FRENCH, "cp1252"),
    ],
)
def test_letters_tell_the_encoding(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text.lstrip("\ufeff") == text
    assert found.is_sure


def test_a_page_without_a_declared_charset_is_read_as_it_was_meant() -> None:
    page = f"<html><head><title>Новости</title></head><body><p>{BELARUSIAN}</p></body></html>"
    assert declared_charset(page.encode("cp1251")) is None
    assert decode(page.encode("cp1251")).text == page


def test_a_declaration_is_believed_unless_the_letters_speak_against_it() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), declared="koi8-r").encoding == "koi8-r"
    assert decode(RUSSIAN.encode("cp1251"), declared="koi8-r").text == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), declared="iso-8859-1").text == RUSSIAN
    assert decode("日本語の文章".encode("shift_jis"), declared="Shift_JIS").text == "日本語の文章"
    assert decode(RUSSIAN.encode(), declared="windows-1251").text == RUSSIAN


@pytest.mark.parametrize("declared", ["no-such-charset", "base64", "", "\0", "x" * 500, "utf-8-but-not"])
def test_a_senseless_declaration_changes_nothing(declared: str) -> None:
    assert decode(RUSSIAN.encode("cp1251"), declared=declared).text == RUSSIAN


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=KOI8-R'>", "koi8-r"),
        (b"<?xml version='1.0' encoding='iso-8859-5'?><html>", "iso-8859-5"),
        (b"<p>charset=none", None),
    ],
)
def test_a_page_may_name_its_charset(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    found = decode((RUSSIAN * 20).encode() + b"\xff")
    assert found.encoding == "utf-8"
    assert not found.is_sure


def test_real_texts_are_read_as_their_folder_says(data: Path) -> None:
    wrong = []
    folders = [folder for folder in (data / "txt_encodings" / "chardet").iterdir() if folder.is_dir()]
    for folder in folders:
        truth = folder.name.removesuffix("-russian").removesuffix("-bulgarian")
        for path in sorted(folder.iterdir()):
            expected = path.read_bytes().decode(codecs.lookup(truth.replace("Mac", "mac-")).name, "replace").lstrip("\ufeff")
            if decode(path.read_bytes()).text.lstrip("\ufeff") != expected:
                wrong.append(path.name)
    assert folders
    assert not wrong
