"""Nothing in a foreign string hides or turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.look.plain import plain, plain_address, plain_host, plain_text


@pytest.mark.parametrize(
    ("untrusted", "shown"),
    [
        pytest.param("Шосты сшытак", "Шосты сшытак", id="honest Cyrillic"),
        pytest.param("gpj.\u202eexe.txt", "gpj.[U+202E]exe.txt", id="a direction override is visible"),
        pytest.param("a\u2067b\u2069c", "a[U+2067]b[U+2069]c", id="so are isolates"),
        pytest.param("exam\u200bple\u00ad.org\ufeff", "example.org", id="what takes no room is gone"),
        pytest.param("one\r\n\ttwo  three ", "one two three", id="one line"),
        pytest.param("bell\x07 nul\x00", "bell\ufffd nul\ufffd", id="control characters"),
        pytest.param("x\U000e0041y", "xy", id="tag characters"),
        pytest.param("<img src='file:///etc/passwd'>", "<img src='file:///etc/passwd'>", id="markup stays letters"),
        pytest.param("a\ud800b", "a\ufffdb", id="half a pair"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_foreign_line(untrusted: str, shown: str) -> None:
    assert plain(untrusted) == shown


@given(st.text())
def test_a_foreign_line_is_one_printable_line_and_stays_so(untrusted: str) -> None:
    shown = plain(untrusted)
    assert len(shown.splitlines()) <= 1
    assert plain(shown) == shown
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff\x00")


@given(st.text())
def test_running_text_keeps_its_length_and_cannot_break_a_text_document(untrusted: str) -> None:
    shown = plain_text(untrusted)
    assert len(shown) == len(untrusted)
    assert not set(shown) & set("\u2028\u2029\r\x00\u202e\u202d\ufdd0\ufdd1\ufffc")


@pytest.mark.parametrize(
    ("address", "shown", "host"),
    [
        pytest.param(
            "https://ru.wikipedia.org/wiki/%D0%9C%D0%B8%D0%BD%D1%81%D0%BA",
            "https://ru.wikipedia.org/wiki/Минск",
            "ru.wikipedia.org",
            id="letters",
        ),
        pytest.param(
            "https://xn--80ak6aa92e.com/", "https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", id="a look-alike of apple.com"
        ),
        pytest.param("https://a.org/\u202egpj", "https://a.org/[U+202E]gpj", "", id="no address"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_an_address_is_shown_so_that_it_cannot_be_taken_for_another(address: str, shown: str, host: str) -> None:
    assert plain_address(address) == shown
    assert plain_host(address) == host
