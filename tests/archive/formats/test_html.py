"""Web pages: what a person would read on them, with their notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import EmptyFile
from archive.formats.encoding import decode
from archive.formats.html import read_html
from archive.model.document import Emphasis, Style
from archive.values import Language


def kinds(text: str) -> list[tuple[str, int, str]]:
    """Kind, level and text of every block."""
    return [(block.kind.value, block.level, block.text) for block in read_html(text).blocks]


def test_blocks_come_in_order_with_their_kinds() -> None:
    assert kinds("""
<html><head><title>T</title></head><body>
<h1>One</h1><p>two <b>three</b><br>four</p>loose
<blockquote><p>five</p></blockquote>
<ul><li>six<ul><li>seven</li></ul></li></ul><ol start=4><li><p>eight</p></li></ol>
<pre>nine
  ten</pre>
<table><caption>eleven</caption><tr><th>a</th><td>b <i>c</i></td></tr><tr><td>d</td><td></td></tr></table>
<figure><img src=x alt=no><figcaption>twelve</figcaption></figure>
</body></html>""") == [
        ("heading", 1, "One"),
        ("paragraph", 0, "two three\nfour"),
        ("paragraph", 0, "loose"),
        ("quotation", 0, "five"),
        ("list_item", 1, "six"),
        ("list_item", 2, "seven"),
        ("list_item", 1, "4. eight"),
        ("code", 0, "nine\n  ten"),
        ("caption", 0, "eleven"),
        ("table", 0, "a\tb c\nd"),
        ("caption", 0, "twelve"),
    ]


def test_what_a_person_does_not_see_or_did_not_come_for_is_left_out() -> None:
    assert kinds("""<body><nav>menu</nav><script>x</script><style>y</style><p hidden>z</p><p style="display: none">u</p>
<div role=navigation>v</div><form><button>w</button></form><noscript>n</noscript><template>t</template><svg><text>s</text></svg>
<p aria-hidden=true>r</p><!-- c --><p>Seen<span style="visibility:hidden">not</span></p></body>""") == [("paragraph", 0, "Seen")]


@pytest.mark.parametrize(
    "page",
    [
        "<title>Pier</title><article><p>The ferry left.</p><p>It came back.</p></article>",
        "<!doctype html><meta charset=utf-8><title>Pier</title><main><p>The ferry left.</p></main><p>It came back.</p>",
        "<html><head><title>Pier</title></head><pier-news>The ferry left.</pier-news><p>It came back.</p></html>",
    ],
)
def test_the_head_ends_where_a_browser_would_end_it(page: str) -> None:
    assert [block.text for block in read_html(page).blocks] == ["The ferry left.", "It came back."]


def test_a_table_that_only_lays_out_is_read_as_what_is_in_it() -> None:
    assert kinds("<table><tr><td><h2>A</h2><p>b</p></td><td><p>c</p></td></tr></table>") == [
        ("heading", 2, "A"),
        ("paragraph", 0, "b"),
        ("paragraph", 0, "c"),
    ]


def test_links_are_whole_addresses_where_the_page_says_where_it_stands() -> None:
    page = '<head><link rel=canonical href="https://example.org/a/b"></head><body><p><a href="../c?d=1">x</a> <a href="#y">y</a> <a href="javascript:z()">z</a></p>'
    (block,) = read_html(page).blocks
    assert [(block.text[link.start : link.end], link.address_text) for link in block.links] == [
        ("x", "https://example.org/c?d=1")
    ]
    (bare,) = read_html("<p><a href='../c'>x</a></p>").blocks
    assert bare.links[0].address_text == "../c"


NOTES = {
    "pandoc": """<p>One<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.</p>
<section class="footnotes" role="doc-endnotes"><hr /><ol><li id="fn1"><p>The <em>note</em>.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>""",
    "wikipedia": """<p>One<sup id="cite_ref-x_1-0" class="reference"><a href="#cite_note-x-1"><span>[</span>1<span>]</span></a></sup>.</p>
<ol class="references"><li id="cite_note-x-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-x_1-0"><sup>a</sup></a> <a href="#cite_ref-2"><sup>b</sup></a></span>
<span class="reference-text">The <em>note</em>.</span></li></ol>""",
    "word": """<p>One<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p>
<div><hr><div id="ftn1"><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> The <em>note</em>.</p></div></div>""",
    "docbook": """<p>One<a href="#ftn.id1" class="footnote" name="id1"><sup class="footnote">[1]</sup></a>.</p>
<div class="footnotes"><br><hr><div id="ftn.id1" class="footnote"><p><a href="#id1" class="para"><sup class="para">[1] </sup></a>The <em>note</em>.</p></div></div>""",
    "epub": """<p>One<a epub:type="noteref" href="#n1">1</a>.</p><aside epub:type="footnote" id="n1" hidden><p>1. The <em>note</em>.</p></aside>""",
    "plain": """<p>One<sup><a href="#fn1" id="r1">1</a></sup>.</p><p id="fn1"><sup>1</sup> The <em>note</em>. <a href="#r1">↑</a></p>""",
}


@pytest.mark.parametrize("kind", NOTES)
def test_a_marker_is_joined_to_its_note(kind: str) -> None:
    body, *others = [block for block in read_html(f"<html><body>{NOTES[kind]}</body></html>").blocks if not block.is_rule]
    (note,) = others
    assert body.text == "One."
    assert [(marker.label, marker.at) for marker in body.markers] == [("1", 3)]
    assert (note.kind.value, note.note_label, note.text.strip()) == ("note", "1", "The note.")
    assert note.styles == (Style(4, 8, Emphasis.ITALIC),)
    assert body.markers[0].target == note.note_target != ""


def test_a_note_of_two_paragraphs_is_two_blocks_of_one_note() -> None:
    page = '<p>A<sup><a href="#f">1</a></sup></p><ol><li id="f"><p>First.</p><p>Second.</p></li></ol>'
    notes = [(block.note_label, block.text) for block in read_html(page).blocks if block.note_label]
    assert notes == [("1", "First."), ("1", "Second.")]


def test_two_markers_of_one_note_keep_their_note() -> None:
    page = '<p>A<sup><a href="#f">1</a></sup> B<sup><a href="#f">1</a></sup></p><ol><li id="f">Note.</li></ol>'
    body, note = read_html(page).blocks
    assert [marker.target for marker in body.markers] == [note.note_target] * 2


def test_a_raised_number_without_a_link_is_a_marker_too() -> None:
    body, note = read_html(
        "<p>Died.<sup>1</sup> An area of 5 km<sup>2</sup>, the 4<sup>th</sup>.</p><p><sup>1</sup> Source.</p>"
    ).blocks
    assert body.text == "Died. An area of 5 km², the 4th."
    assert [marker.label for marker in body.markers] == ["1"]
    assert note.markers[0].at == 0
    assert note.text == "Source."


def test_a_table_of_contents_holds_no_markers() -> None:
    page = (
        '<ul><li><a href="#c1">1</a> One</li><li><a href="#c2">2. Two</a></li></ul><h2 id=c1>One</h2><p>x</p><h2 id=c2>Two</h2>'
    )
    assert not any(block.markers or block.note_label for block in read_html(page).blocks)


def test_what_a_page_states_is_read() -> None:
    stated = read_html("""<html lang="be-BY"><head><title>Загаловак | Сайт</title>
<meta property="og:title" content="Загаловак"><meta property="og:site_name" content="Сайт">
<meta property="article:published_time" content="2025-01-24T10:00:00+03:00">
<meta name="keywords" content="правы, суды"><meta name="author" content="Аўтарка"></head><body><p>x</p></body></html>""").stated
    assert (stated.title, stated.publisher, stated.published_on, stated.language) == (
        "Загаловак",
        "Сайт",
        "2025-01-24",
        Language.BELARUSIAN,
    )
    assert (stated.authors, stated.topics) == (("Аўтарка",), ("правы", "суды"))


def test_json_ld_is_read_and_broken_json_ld_is_passed_over() -> None:
    stated = read_html("""<head><script type="application/ld+json">{broken</script><script type="application/ld+json">
{"@graph": [{"@type": "Organization", "name": "O"}, {"@type": "NewsArticle", "headline": "H", "datePublished": "2024-05",
 "author": [{"name": "A"}, {"name": "B"}], "publisher": {"name": "P"}, "inLanguage": "ru"}]}</script></head><body><p>x</p>""").stated
    assert (stated.title, stated.published_on, stated.authors, stated.publisher, stated.language) == (
        "H",
        "2024-05",
        ("A", "B"),
        "P",
        Language.RUSSIAN,
    )


def test_only_the_main_text_is_kept_with_its_links_and_notes() -> None:
    sentence = "The court sentenced the defender to four years in a colony after a closed trial, the centre reported. "
    menu = "".join(f"<li><a href='/{number}'>Section {number}</a></li>" for number in range(30))
    page = f"""<html><body><div class=menu><ul>{menu}</ul></div><article><h1>A sentence</h1><p>{sentence * 3}<sup><a href="#f1">1</a></sup></p>
<p>{sentence * 2}<a href="https://example.org/x">More here</a>.</p></article><div id="f1">1. A source of it.</div><footer>Subscribe to our letter</footer></body></html>"""
    blocks = read_html(page, is_main_text_only=True).blocks
    text = "\n".join(block.text for block in blocks)
    assert "Section 7" not in text
    assert "Subscribe" not in text
    assert text.count("closed trial") == 5
    assert [block.note_label for block in blocks if block.note_label] == ["1"]
    assert any(link.address_text == "https://example.org/x" for block in blocks for link in block.links)


def test_where_no_main_text_is_found_the_whole_page_is_kept() -> None:
    assert [block.text for block in read_html("<body><div>Only this.</div></body>", is_main_text_only=True).blocks] == [
        "Only this."
    ]


@pytest.mark.parametrize("text", ["", "   ", "<!-- -->", "\0"])
def test_a_page_of_nothing_is_an_empty_file(text: str) -> None:
    with pytest.raises(EmptyFile):
        read_html(text)


def test_deep_nesting_and_many_attributes_do_no_harm() -> None:
    for tag in ("div", "b", "blockquote", "table><tr><td", "ul><li", "a href='#x'", "sup"):
        read_html(f"<body><p>before</p>{f'<{tag}>' * 20000}inside")
    read_html("<p " + " ".join(f"a{number}=1" for number in range(20000)) + ">x</p>")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([
            "<p>",
            "</p>",
            "<sup>",
            "</sup>",
            "<a href='#n' id=m>",
            "</a>",
            "<li id=n>",
            "1",
            " ",
            "x",
            "<table><tr><td>",
            "</table>",
            "<b>",
            "</b>",
            "<pre>",
            "<br>",
            "&lt;",
            "<hr>",
        ]),
        max_size=40,
    )
)
def test_any_soup_gives_blocks_whose_offsets_are_inside(pieces: list[str]) -> None:
    for block in read_html("<body>x" + "".join(pieces)).blocks:
        assert all(0 <= marker.at <= len(block.text) for marker in block.markers)
        assert all(0 <= span.start < span.end <= len(block.text) for span in (*block.links, *block.styles))


def test_real_pages_with_footnotes_have_them_joined(data: Path) -> None:
    pages = sorted((data / "html_footnotes" / "docbook_ru").glob("maint-guide*.html"))
    assert pages
    for path in pages:
        blocks = read_html(decode(path.read_bytes()).text).blocks
        markers = [marker for block in blocks for marker in block.markers]
        assert markers
        assert {marker.target for marker in markers} == {block.note_target for block in blocks if block.note_label}
