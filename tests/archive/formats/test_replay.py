"""Captured pages keep their letters and lose what would act or ask out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.reader import Reader
from archive.formats.replay import settle_charset, show_page, show_style, show_text
from archive.model.replay import ServedText

LEFT_OUT = {
    "a script keeps its place": ("<p>a<script src=x>if (a < b) '</p>'</script>b", "<p>a<script></script>b"),
    "a script that is never closed": ("a<script>alert(1)", "a<script>"),
    "a script that closes itself is none in html": ("<script/>alert(1)</script>b", "<script></script>b"),
    "noscript": ("a<noscript><img src=x></noscript>b", "ab"),
    "comments": ("a<!-- <b> -->b<!--[if IE]>c<![endif]-->d<!-->e", "abde"),
    "a link that asks beforehand": ('<link rel="dns-prefetch" href="//a">b', "b"),
    "one with other words beside it": ("<LINK REL='Stylesheet  PreConnect' HREF=//a>b", "b"),
    "one spelt with character references": ("<link rel='pre&#99;onnect' href=//a>b", "b"),
    "a second attribute of a name does not count": (
        "<link rel=icon rel=preconnect href=//a>",
        "<link rel=icon rel=preconnect href=//a>",
    ),
    "a refresh": ('<meta http-equiv="Refresh" content="0;url=https://a/">b', "b"),
    "a policy": ("<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">b", "b"),
    "crossorigin and integrity": (
        '<link rel=stylesheet href="a.css" crossorigin integrity="sha256-x">',
        '<link rel="stylesheet" href="a.css">',
    ),
    "handlers": ("<img src=a onerror='x()'><body onload=x>", '<img src="a"><body>'),
    "handlers behind slashes": ('<img/src="a"onerror=x/>', '<img src="a">'),
    "telling of clicks": ('<a href="https://a/" ping="https://b/">c</a>', '<a href="https://a/">c</a>'),
    "a window of its own": ("<a href=b target=_blank>c</a><a href=d target=e>", '<a href="b">c</a><a href=d target=e>'),
    "a page in a frame's attribute": (
        '<iframe srcdoc="<script>1</script>&lt;link rel=preconnect href=//a&gt;b"></iframe>',
        '<iframe srcdoc="&lt;script&gt;&lt;/script&gt;b"></iframe>',
    ),
}
STAYS = {
    "text that names an address": "<p>see https://a.org/ or http://b",
    "a link": '<a href="https://a.org/">b</a>',
    "signs that begin no tag": "1 < 2 <3 a<= b",
    "a quoted sign": "<p title='a > b'>c",
    "what is written in a field": "<textarea><script>a</textarea>",
    "what stands in a title": "<title>a <b> & c</title>",
    "pictures in several sizes": '<img src="a.png" srcset="https://c/a.png 1x, /b.png 2x" alt="">',
    "a doctype": "<!DOCTYPE html><html><p>a",
    "broken nesting": "<table><p>a<td>b</p></table></b><i>c",
    "a drawing": '<svg viewBox="0 0 1 1"><use href="/s.svg#a"/></svg>',
    "plain text to the end": "<plaintext><script>a",
}


@pytest.mark.parametrize(("page", "shown"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_would_act_or_ask_is_left_out(page: str, shown: str) -> None:
    assert show_page(page) == shown


@pytest.mark.parametrize("page", STAYS.values(), ids=STAYS)
def test_all_else_stays_letter_for_letter(page: str) -> None:
    assert show_page(page) == page


def test_styles_ask_the_capture_and_text_keeps_its_addresses() -> None:
    assert show_style("@import 'HTTPS://a/i.css'; b{background:url( \"http://b/x\")} c{content:'https://d'}") == (
        "@import 'ibids://a/i.css'; b{background:url( \"ibidh://b/x\")} c{content:'https://d'}"
    )
    page = show_page(
        '<base href="https://a/b/"><style>p{background:url(https://a/c)}</style><p style="background:url(&quot;http://d&quot;)">'
    )
    assert page == (
        '<base href="ibids://a/b/"><style>p{background:url(ibids://a/c)}</style><p style="background:url(&quot;ibidh://d&quot;)">'
    )


def test_what_waited_for_a_script_is_there() -> None:
    assert show_page('<img src="data:image/gif;base64,R0" data-src="/a.png?b=1&amp;c">') == (
        '<img src="/a.png?b=1&amp;c" data-src="/a.png?b=1&amp;c">'
    )
    assert show_page('<img src="a.png" data-src="b.png">') == '<img src="a.png" data-src="b.png">'
    assert show_page("<link rel=preload as=style href=a.css onload=\"this.rel='stylesheet'\">") == (
        '<link rel="stylesheet" as="style" href="a.css">'
    )
    assert show_page("<link rel=stylesheet media=print href=a.css onload=\"this.media='all'\">") == (
        '<link rel="stylesheet" href="a.css">'
    )


@given(st.text(alphabet="<>/!-=\"' abscriptnolk&;\n[]?CDATA", max_size=200))
def test_whatever_a_page_is_nothing_of_a_script_is_left_and_twice_is_as_once(page: str) -> None:
    shown = show_page(page)
    assert show_page(shown) == shown


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "evil", ["<a ", "<a b='", "<!--", "<", "<a x=y ", "</noscript", "<style>", "<a/", "<title></titl", "<iframe srcdoc='<p>'>"]
)
def test_a_page_made_to_take_for_ever_takes_no_longer_than_another(evil: str) -> None:
    show_page(evil * 100_000)


@pytest.mark.parametrize(
    ("data", "media_type", "declared", "charset"),
    [
        ("Зваротная сувязь".encode("cp1251"), "text/html", "windows-1251", "windows-1251"),
        (b"<meta charset=windows-1251>" + "Зваротная сувязь".encode("cp1251"), "text/html", "", "windows-1251"),
        ("Ответ на письмо, которое пришло вчера".encode("koi8-r"), "text/html", "", "koi8-r"),
        (b"\xff\xfe" + "Слова".encode("utf-16-le"), "text/html", "windows-1251", "utf-16"),
        (b'@charset "windows-1251"; a::before{content:"' + "Словы".encode("cp1251") + b'"}', "text/css", "", "windows-1251"),
        ("Слова".encode(), "text/html", "windows-1251", "utf-8"),
    ],
)
def test_the_charset_is_settled_once_and_the_text_comes_as_utf8(
    data: bytes, media_type: str, declared: str, charset: str
) -> None:
    settled = settle_charset(ServedText(data, media_type, declared))
    assert settled == charset
    with Reader() as reader:
        assert reader.settle_charsets([ServedText(data, media_type, declared)]) == (charset,)
        shown = reader.show_text(data, media_type=media_type, charset=settled)
    assert shown == show_text(data, media_type=media_type, charset=settled)
    assert "�" not in shown.decode("utf-8")
    assert not shown.startswith(b"\xef\xbb\xbf")
