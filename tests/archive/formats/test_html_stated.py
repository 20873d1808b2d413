"""Where a page says that it stands, in which languages."""

from __future__ import annotations

from archive.formats.html import read_html

HEAD = (
    '<link rel="canonical" href="https://a.by/be/1"><base href="https://cdn.a.by/">'
    '<link rel="alternate" hreflang="ru" href="/ru/1"><link rel="alternate stylesheet" hreflang="en" href="https://a.by/en/1">'
    '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="help" hreflang="uk" href="/uk/1">'
)


def test_address_and_versions_are_read_from_the_head() -> None:
    stated = read_html(f"<html><head>{HEAD}</head><body><p>Словы</p></body></html>").stated
    assert stated.address_text == "https://a.by/be/1"
    assert stated.versions == (("ru", "https://a.by/ru/1"), ("en", "https://a.by/en/1"))


def test_a_page_that_says_neither_has_neither() -> None:
    stated = read_html(
        '<html><head><link rel="alternate" hreflang="ru" href="/ru/1"></head><body><p>Словы</p></body></html>'
    ).stated
    assert (stated.address_text, stated.versions) == (None, ())
