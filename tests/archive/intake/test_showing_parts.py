"""What a capture consists of, and each part of it as a browser may have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from archive.errors import ArchiveDamaged
from archive.front_desk import IN_THIS_PROCESS, LocalDesk
from archive.intake.charsets import is_surely_utf8
from archive.intake.showing_parts import find_part, shown_type
from archive.model.replay import CapturePart
from archive.model.source import FROZEN, Ending, Exchange, Fetched
from archive.storage import catalogue
from archive.values import digest_of

OLD, PAGE, STYLE = "http://mill.example/old", "https://mill.example/wheel", "https://cdn.example/mill.css"
PICTURE = "https://cdn.example/%D0%B2%D0%BE%D0%B4%D0%B0.png"
TEXT = "Млын стаяў на рацэ, і кола круцілася цэлы год, пакуль не прыйшла вялікая вада і не знесла грэблю."


def answer(address: str, body: bytes, kind: str, *, status: int = 200, **more: str) -> Exchange:
    return Exchange(
        address=address,
        method="GET",
        status=status,
        reason="",
        request_headers=(),
        answer_headers=(("Content-Type", kind), *more.items()),
        fetched_at=datetime(2025, 1, 15, 10, tzinfo=UTC),
        http_version="HTTP/1.1",
        body=body,
    )


def fetched() -> Fetched:
    page = f"<html><head><title>Млын</title><link rel=stylesheet href={STYLE}></head><body><script>1</script><p>{TEXT}</p>"
    return Fetched(
        address=OLD,
        ending=Ending.COMPLETE,
        exchanges=(
            answer(OLD, b"", "text/html", status=301, Location="https://mill.example/wheel"),
            answer(PAGE, page.encode("cp1251"), "text/html; charset=windows-1251"),
        ),
        requisites=(
            answer(STYLE, b"p{background:url(https://cdn.example/a.png)}", "text/css"),
            answer(PICTURE, b"\x89PNG\r\n\x1a\nxyz", "application/octet-stream"),
            answer("https://mill.example/a.js", b"alert(1)", "text/javascript"),
            answer("https://mill.example/gone.png", b"<p>not here", "text/html", status=404),
        ),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LocalDesk]:
    with IN_THIS_PROCESS.new(tmp_path / "Mills.ibid", title="Mills", passphrase=None) as opened:
        opened.keep(fetched())
        yield opened  # type: ignore[misc]


@pytest.fixture
def capture(desk: LocalDesk) -> str:
    return desk.source(OLD).captures[0].capture


def test_a_capture_says_what_it_consists_of_in_the_order_fetched(desk: LocalDesk, capture: str) -> None:
    parts = desk.parts(capture)
    assert [(part.address, part.status, part.media_type, part.charset) for part in parts] == [
        (OLD, 301, "text/html", ""),
        (PAGE, 200, "text/html", "windows-1251"),
        (STYLE, 200, "text/css", "utf-8"),
        (PICTURE, 200, "application/octet-stream", ""),
        ("https://mill.example/a.js", 200, "text/javascript", "utf-8"),
        ("https://mill.example/gone.png", 404, "text/html", "utf-8"),
    ]
    assert parts[0].leads_to == PAGE
    assert parts[2].size_bytes == 44
    assert parts[2].digest == digest_of(b"p{background:url(https://cdn.example/a.png)}")
    assert desk.parts("0" * 64) == ()


def test_the_page_comes_as_utf8_and_without_scripts_and_its_text_is_the_same(desk: LocalDesk, capture: str) -> None:
    shown = desk.part(capture, PAGE)
    assert shown is not None
    assert shown.media_type == "text/html"
    assert "<script></script>" in shown.body.decode("utf-8")
    assert TEXT in shown.body.decode("utf-8")
    document = desk.source(OLD).captures[0].document
    assert document is not None
    assert any(TEXT in passage.text for passage in desk.passages(document))


def test_parts_answer_to_every_spelling_of_their_address(desk: LocalDesk, capture: str) -> None:
    assert desk.part(capture, "https://cdn.example:443/вода.png#x") == desk.part(capture, PICTURE)
    assert desk.part(capture, PICTURE.replace("https", "http")) == desk.part(capture, PICTURE)
    assert desk.part(capture, OLD).leads_to == PAGE  # type: ignore[union-attr]
    assert desk.part(capture, STYLE).body == b"p{background:url(ibids://cdn.example/a.png)}"  # type: ignore[union-attr]
    assert desk.part(capture, PICTURE).media_type == "image/png"  # type: ignore[union-attr]
    assert desk.part(capture, "https://elsewhere.example/") is None
    assert desk.part(capture, "file:///etc/passwd") is None
    assert desk.part(capture, "https://mill.example/a.js") is None, "no script leaves the archive"


def test_a_capture_that_is_not_what_was_kept_is_not_shown(desk: LocalDesk, capture: str) -> None:
    with desk._folder.writing(expected_bytes=0) as connection:
        from archive.storage.tables import exchanges

        connection.execute(exchanges.update().where(exchanges.c.n == 2).values(address="https://evil.example/a.css"))
    with pytest.raises(ArchiveDamaged):
        desk.parts(capture)


def test_of_several_answers_a_good_one_is_meant() -> None:
    part = CapturePart(
        address=PAGE, status=200, media_type="", size_bytes=0, digest="a", fetched_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    moved = msgspec.structs.replace(part, status=302, leads_to=STYLE, digest="b")
    gone, newer = msgspec.structs.replace(part, status=404, digest="c"), msgspec.structs.replace(part, digest="d")
    assert find_part([part, moved, gone], PAGE) is part
    assert find_part([part, newer, moved], PAGE) is newer
    assert find_part([gone, moved], PAGE) is moved
    frozen = msgspec.structs.replace(part, method=FROZEN, digest="e")
    assert find_part([frozen, newer], PAGE) is frozen, "a page as its scripts had built it"


@pytest.mark.parametrize(
    ("stated", "body", "shown"),
    [
        ("text/html", b"\x89PNG\r\n\x1a\n", "text/html"),
        ("", b"  <!doctype html><p>", "text/html"),
        ("", b"?", "application/octet-stream"),
        ("text/plain", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("text/plain", b"<html>", "text/plain"),
        ("application/octet-stream", b"RIFF\0\0\0\0WEBP", "image/webp"),
        ("application/font-woff", b"wOFF", "font/woff"),
    ],
)
def test_a_body_goes_out_as_what_it_is(stated: str, body: bytes, shown: str) -> None:
    assert shown_type(stated, body) == shown


def test_what_is_surely_utf8_is_read_as_that_whatever_is_declared() -> None:
    from archive.formats.encoding import decode

    for data in ("Слова".encode(), b"words", "Слова".encode("cp1251"), "ab".encode("utf-16-le"), b"\x1b$B", b"\xef\xbb\xbfa"):
        if is_surely_utf8(data):
            assert decode(data, declared="iso-2022-jp").encoding == "utf-8"
    assert [is_surely_utf8(data) for data in ("Слова".encode("cp1251"), b"a\0b\0", b"\x1b$B")] == [False, False, False]


def test_pages_of_web_archives_have_their_charset_too(desk: LocalDesk) -> None:
    from archive.model.saved import SavedPage

    saved = SavedPage(fetched=msgspec.structs.replace(fetched(), address=PAGE, exchanges=fetched().exchanges[1:]))
    desk.keep_saved(saved)
    kept = catalogue.exchanges(desk._folder, desk.source(PAGE).captures[0].capture)
    assert kept[0].charset == "windows-1251"
