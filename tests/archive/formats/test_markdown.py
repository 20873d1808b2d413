"""Markdown as people and as PDF converters write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.formats.markdown import read_markdown
from archive.model.document import Emphasis, Link, PassageKind, Style
from archive.model.reading import Block, RawMarker
from archive.values import Language


def only(text: str) -> Block:
    """The one block of ``text``."""
    (block,) = read_markdown(text).blocks
    return block


def kinds(text: str) -> list[tuple[str, int, str]]:
    """Kind, level and text of every block."""
    return [(block.kind.value, block.level, block.text) for block in read_markdown(text).blocks]


def test_blocks_come_in_order_with_their_kinds() -> None:
    text = """# One

two
three

> four

- five
  - six
- seven

7. eight
8. nine

```
ten  eleven
```

| a | b |
|---|---|
| c | *d* |

---

Twelve
======
"""
    assert kinds(text) == [
        ("heading", 1, "One"),
        ("paragraph", 0, "two three"),
        ("quotation", 0, "four"),
        ("list_item", 1, "five"),
        ("list_item", 2, "six"),
        ("list_item", 1, "seven"),
        ("list_item", 1, "7. eight"),
        ("list_item", 1, "8. nine"),
        ("code", 0, "ten  eleven"),
        ("table", 0, "a\tb\nc\td"),
        ("paragraph", 0, ""),
        ("heading", 1, "Twelve"),
    ]
    assert [block.is_rule for block in read_markdown(text).blocks].index(True) == 10


def test_a_bold_heading_is_a_heading_without_emphasis() -> None:
    block = only("## **INTERNATIONAL RESPONSE**")
    assert (block.text, block.level, block.styles) == ("INTERNATIONAL RESPONSE", 2, ())


def test_emphasis_keeps_its_place() -> None:
    block = only("a *b* **c** `d`")
    assert block.text == "a b c d"
    assert block.styles == (Style(2, 3, Emphasis.ITALIC), Style(4, 5, Emphasis.BOLD), Style(6, 7, Emphasis.CODE))


def test_a_raised_number_is_a_marker_where_it_stands() -> None:
    block = only("medics<sup>2</sup>, teachers<sup> 3 </sup> and *others*.<sup>10</sup> End")
    assert block.text == "medics, teachers and others. End"
    assert [(marker.label, block.text[: marker.at]) for marker in block.markers] == [
        ("2", "medics"),
        ("3", "medics, teachers"),
        ("10", "medics, teachers and others."),
    ]


def test_a_paragraph_that_begins_with_a_marker_keeps_it_at_the_start() -> None:
    block = only("<sup>4</sup> A centre, “*The year*”, <https://example.org/a_b>")
    assert block.text == "A centre, “The year”, https://example.org/a_b"
    assert block.markers == (RawMarker("4", 0),)
    assert block.styles == (Style(11, 19, Emphasis.ITALIC),)
    assert block.links == (Link(22, 45, "https://example.org/a_b"),)


@pytest.mark.parametrize(
    ("text", "plain", "labels"),
    [
        ("a<sup>1, 2</sup>b", "ab", ["1", "2"]),
        ("a<sup>[3]</sup>", "a", ["3"]),
        ("a<sup>3-5</sup>", "a", ["3", "4", "5"]),
        ("a<sup>*</sup>", "a", ["*"]),
        ("the 19<sup>th</sup> day", "the 19th day", []),
        ("10 km<sup>2</sup> and 5 м<sup>3</sup>", "10 km² and 5 м³", []),
        ("a[<sup>6</sup>](#note-6)", "a", ["6"]),
        ("a<sup>[6](#note-6)</sup>", "a", ["6"]),
        ("a<sup>never closed", "anever closed", []),
    ],
)
def test_what_is_raised_is_a_marker_or_stays_text(text: str, plain: str, labels: list[str]) -> None:
    block = only(text)
    assert block.text == plain
    assert [marker.label for marker in block.markers] == labels


@pytest.mark.parametrize(
    "text",
    [
        r"[https://example.org/trade\\_unions\\_web-1.pdf](https://example.org/trade_unions_web-1.pdf)",
        r"[https://example.org/trade\_unions\_web-1.pdf](https://example.org/trade\_unions\_web-1.pdf)",
        r"<https://example.org/trade\_unions\_web-1.pdf>",
        r"https://example.org/trade\_unions\_web-1.pdf",
        "https://example.org/trade_unions_web-1.pdf",
        "<https://example.org/trade_unions_web-1.pdf>",
        "*https://example.org/trade_unions_web-1.pdf*",
    ],
)
def test_an_address_reads_as_a_person_means_it(text: str) -> None:
    block = only(f"See {text}")
    address = "https://example.org/trade_unions_web-1.pdf"
    assert block.text == f"See {address}"
    assert block.links == (Link(4, 4 + len(address), address),)


def test_an_address_is_neither_encoded_nor_decoded() -> None:
    address = "https://example.org/Ситуация?q=%D0%B0&a=1"
    assert only(f"<{address}>").links[0].address_text == address
    assert only(f"[x]({address})").links[0].address_text == address


def test_a_bare_address_ends_before_the_full_stop_and_the_bracket() -> None:
    block = only("(see https://example.org/a_(b)_c). And http://example.net/_x_, too")
    assert [link.address_text for link in block.links] == ["https://example.org/a_(b)_c", "http://example.net/_x_"]
    assert block.text == "(see https://example.org/a_(b)_c). And http://example.net/_x_, too"


def test_notes_with_definitions_are_joined() -> None:
    text = """One[^1] and two[^b].

[^1]: First,
continued.

    Second paragraph.

[^b]: > Other
"""
    reading = read_markdown(text)
    body, *notes = reading.blocks
    assert body.text == "One and two."
    targets = {marker.label: marker.target for marker in body.markers}
    assert [(note.note_label, note.text, note.kind) for note in notes] == [
        ("1", "First, continued.", PassageKind.NOTE),
        ("1", "Second paragraph.", PassageKind.NOTE),
        ("b", "Other", PassageKind.NOTE),
    ]
    assert all(targets[note.note_label or ""] == note.note_target != "" for note in notes)


def test_labels_that_are_words_are_numbered_by_first_mention() -> None:
    reading = read_markdown("One[^viasna] two[^hrw] three^[Written here].\n\n[^hrw]: B\n\n[^viasna]: A\n")
    assert [marker.label for marker in reading.blocks[0].markers] == ["1", "2", "3"]
    assert [(note.note_label, note.text) for note in reading.blocks[1:]] == [("2", "B"), ("1", "A"), ("3", "Written here")]


def test_a_marker_without_a_definition_is_not_dropped() -> None:
    assert only("One[^5] two").markers == (RawMarker("5", 3),)


def test_inline_html_goes_and_its_text_stays() -> None:
    block = only(
        "a <span id='x'>b</span><!-- no --> <b>c</b>&nbsp;&amp; &#8470;5 <a href='https://example.org/?a=1&amp;b=2'>d</a>"
    )
    assert block.text == "a b c\xa0& №5 d"
    assert block.links == (Link(11, 12, "https://example.org/?a=1&b=2"),)


def test_html_blocks_are_read_as_html() -> None:
    assert kinds("<div><p>One</p><script>x()</script><table><tr><td>a</td><td>b</td></tr></table></div>\n\nTwo\n") == [
        ("paragraph", 0, "One"),
        ("table", 0, "a\tb"),
        ("paragraph", 0, "Two"),
    ]


def test_front_matter_is_stated_and_not_text() -> None:
    reading = read_markdown(
        "---\ntitle: 'A report'\nauthor:\n  - One\n  - Two\ndate: 2025-01-24\nlang: be-BY\nkeywords: [a, b]\n---\n\nText\n"
    )
    assert [block.text for block in reading.blocks] == ["Text"]
    stated = reading.stated
    assert (stated.title, stated.authors, stated.published_on, stated.language, stated.topics) == (
        "A report",
        ("One", "Two"),
        "2025-01-24",
        Language.BELARUSIAN,
        ("a", "b"),
    )


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [block.text for block in read_markdown("---\n\nOne\n\n---\n\nTwo").blocks] == ["", "One", "", "Two"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab*_[]^()<>`#|-\\&;: \n1~!/'supx", max_size=120))
def test_any_text_gives_blocks_whose_offsets_are_inside(text: str) -> None:
    for block in read_markdown(text).blocks:
        assert all(0 <= marker.at <= len(block.text) for marker in block.markers)
        assert all(0 <= span.start < span.end <= len(block.text) for span in (*block.links, *block.styles))


def test_deep_nesting_is_read_without_harm() -> None:
    for piece in (">", "- ", "[", "*", "<b>", "^[", "("):
        read_markdown(piece * 3000 + "x")


def test_the_founding_statement_is_read_whole(seeds: Path) -> None:
    blocks = read_markdown(next(seeds.glob("000_*.txt")).read_text(encoding="utf-8")).blocks
    markers = [(marker.label, marker.at) for block in blocks for marker in block.markers]
    assert sorted(int(label) for label, _ in markers) == sorted([*range(1, 12), *range(1, 12)])
    assert sum(at == 0 for _, at in markers) == 11
    assert "https://www.amnesty.org/en/wp-content/uploads/2021/06/trade_unions_web-1.pdf" in {
        link.address_text for block in blocks for link in block.links
    }
    assert not any("\\" in block.text or "<" in block.text for block in blocks)
    assert [block.text for block in blocks if block.kind is PassageKind.HEADING][1:4] == [
        "BELARUS: NO END IN SIGHT FOR THE HUMAN RIGHTS CRISIS",
        "INTRODUCTION",
        "ONGOING HUMAN RIGHTS VIOLATIONS",
    ]
