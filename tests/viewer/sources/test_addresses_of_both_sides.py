"""The archive and the browser spell addresses each in their way, and mean the same ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from archive.address import normalise
from archive.errors import AddressRefused
from archive.intake.showing_parts import find_part
from archive.model.replay import CapturePart
from viewer.sources.scheme import address_of, url_of

SPELLINGS = [
    "https://example.org/Шлях/файл.png", "https://example.org/a%7Eb~c.png", "https://example.org/a|b[1].png",
    "https://example.org/a%20b.png?q=x%20y+z", "https://example.org//double//slash.png", "https://example.org/%d0%bf%2F.png?",
    "https://прыклад.бел/x.png", "https://example.org:8443/p.png", "http://EXAMPLE.org:80/Case.png", "https://example.org",
    "https://example.org/q?a=%zz&b=\"<>'", "https://example.org/{x}^`.png", "https://example.org/a?ключ=ў#тут", "http://[::1]:8080/a",
    "https://xn--80aswg.xn--p1ai/%D1%81?b=%2B+%20", "https://example.org/%E0%A4%A/100%", "https://example.org/a;b,c:d@e!$&'()*",
]  # fmt: skip


def is_found(kept: str, asked: QUrl) -> bool:
    """Whether a part that was kept under this address is the answer to what the browser asks for, and no other is."""
    about = {"status": 200, "media_type": "", "size_bytes": 0, "digest": "", "fetched_at": datetime(2025, 1, 1, tzinfo=UTC)}
    other = CapturePart(address="https://example.org/another", **about)
    part = CapturePart(address=kept, **about)
    return find_part([other, part], address_of(url_of(asked))) is part


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_a_browser_asks_for_is_what_was_kept(spelling: str) -> None:
    kept = normalise(spelling)
    for asked in (QUrl(spelling), QUrl.fromEncoded(spelling.encode()), QUrl(kept), url_of(kept)):
        assert url_of(asked).scheme() in {"ibids", "ibidh"}
        assert is_found(kept, asked)


@given(st.text(alphabet="abzAZ09-._~%/?=&+;:@!$'()*,|[]{}^`<>\" ўяß€\\", max_size=40))
def test_whatever_stands_behind_a_host_the_two_agree(rest: str) -> None:
    try:
        kept = normalise(f"https://example.org/{rest}")
    except AddressRefused:
        return
    assert is_found(kept, url_of(kept))


@pytest.mark.parametrize(
    "other", ["file:///etc/passwd", "chrome://gpu", "javascript:1", "mailto:a@b.c", "about:blank", "", "ibid://doc/"]
)
def test_nothing_but_the_web_has_an_address_of_ours(other: str) -> None:
    assert url_of(other).isEmpty()
    assert address_of(QUrl(other)) == ""
