"""What pages and styles need, named in every way there is."""

from __future__ import annotations

import time

import pytest

from archive.references import Part, Reference, references_of, refresh_of, resolve

AT = "http://a.org/d/page.html"


def _found(body: str, *, kind: str = "text/html") -> list[str]:
    return [
        reference.address.removeprefix("http://a.org") for reference in references_of(body.encode(), address=AT, media_type=kind)
    ]


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("<img src=x.png><IMG SRC='/y.png'><img src='//b.org/z.png'>", ["/d/x.png", "/y.png", "http://b.org/z.png"]),
        ("<img src=x.png><img src='x.png#again'>", ["/d/x.png"]),
        ("<img src='a.png?x=1&amp;y=2'>", ["/d/a.png?x=1&y=2"]),
        ("<img src=' with space.png '>", ["/d/with%20space.png"]),
        ("<img srcset='a,b.png, c.png 2x,d.png 3x'>", ["/d/a,b.png", "/d/c.png", "/d/d.png"]),
        ("<base href='/other/'><img src=x.png>", ["/other/x.png"]),
        ("<!-- <img src=no.png> --><script>'<img src=no.png>'</script><p>", []),
        ("<noscript><img src=x.png></noscript><template><img src=y.png></template>", ["/d/x.png", "/d/y.png"]),
        ("<iframe srcdoc='&lt;img src=x.png&gt;'></iframe>", ["/d/x.png"]),
        ("<img src='data:image/png;base64,AA'><img src='javascript:x()'><img src=''><use href='#a'/>", []),
        ("<p style=\"background: url('x.png')\"><style>p { background: url(y.png) }</style>", ["/d/x.png", "/d/y.png"]),
        ("<a href=/no.html>no</a><area href=/no.html><form action=/no>", []),
        ("<body background=b.jpg><td background=c.jpg>", ["/d/b.jpg", "/d/c.jpg"]),
        ("<svg><image xlink:href='x.png'/><use href='m.svg#a'/></svg>", ["/d/x.png", "/d/m.svg"]),
        ("<img src='http://me:pass@a.org/x.png'><img src='ftp://a.org/x.png'><img src='http://a b.org/'>", []),
    ],
    ids=str,
)
def test_a_page_names_what_it_needs(body: str, addresses: list[str]) -> None:
    assert _found(body) == addresses


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("@import 'a.css'; @import\"b.css\"; @import url( 'c.css' ) screen;", ["/d/a.css", "/d/b.css", "/d/c.css"]),
        ("@namespace url(http://www.w3.org/1999/xhtml); p { content: 'no.png' }", []),
        ('/* url(no.png) */ p { background: url(x.png), url("y (1).png") }', ["/d/x.png", "/d/y%20(1).png"]),
        ("p { background: url(a\\(1\\).png) }", []),
        ("p { background: url('a\\(1\\).png') }", ["/d/a(1).png"]),
    ],
    ids=str,
)
def test_a_style_names_what_it_needs(body: str, addresses: list[str]) -> None:
    assert _found(body, kind="text/css") == addresses


def test_a_reference_says_what_it_loads_and_whether_a_screen_shows_it() -> None:
    body = (
        "<link rel=stylesheet href=a.css><link rel=stylesheet media=print href=b.css><link rel='alternate stylesheet' href=c.css>"
        "<link rel=icon href=i.png><script src=s.js></script><iframe src=f.html></iframe><style>@font-face { src: url(t.woff2) }</style>"
    )
    assert [(one.part, one.is_shown) for one in references_of(body.encode(), address=AT, media_type="text/html")] == [
        *[(Part.STYLE, True), (Part.STYLE, False), (Part.STYLE, False), (Part.PICTURE, False)],
        *[(Part.SCRIPT, True), (Part.FRAME, True), (Part.FONT, True)],
    ]


def test_an_address_is_read_in_the_charset_of_its_page() -> None:
    body = "<img src='/план.png'>".encode("cp1251")
    (found,) = references_of(body, address=AT, media_type="text/html", charset="windows-1251")
    assert found == Reference(Part.PICTURE, "http://a.org/%D0%BF%D0%BB%D0%B0%D0%BD.png")


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/new", "http://a.org/new"),
        ("3;URL='new.html'", "http://a.org/d/new.html"),
        ("0, url=http://b.org/", "http://b.org/"),
        ("600; url=/new", ""),
        ("5", ""),
        ("0; url=javascript:x()", ""),
    ],
)
def test_a_page_that_sends_on_at_once_says_where(content: str, target: str) -> None:
    assert refresh_of(f'<meta http-equiv="Refresh" content="{content}">'.encode(), address=AT) == target
    assert not refresh_of(f'<noscript><meta http-equiv="refresh" content="{content}"></noscript>'.encode(), address=AT)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("url('" * 400_000, "text/css"),
        ('@import "' * 400_000, "text/css"),
        ("/*" * 1_000_000, "text/css"),
        ("@namespace " * 200_000, "text/css"),
        ("<img srcset='" + ", " * 500_000 + "'>", "text/html"),
        ("<img src='" * 200_000, "text/html"),
        ("<div><i>" * 200_000, "text/html"),
    ],
    ids=lambda value: value[:10],
)
def test_a_page_made_to_be_slow_is_read_in_a_moment(body: str, kind: str) -> None:
    begun_s = time.monotonic()
    _found(body, kind=kind)
    assert time.monotonic() - begun_s < 5


def test_nonsense_leads_nowhere() -> None:
    assert resolve(AT, "http://[::1") == ""
    assert list(references_of(b"", address=AT, media_type="text/html")) == []
    assert list(references_of(b"\x00\xff", address=AT, media_type="")) == []
    assert list(references_of(b"<img src=x>", address=AT, media_type="application/pdf")) == []
