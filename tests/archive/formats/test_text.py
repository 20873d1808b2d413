"""Plain text: nothing is guessed that the text does not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.formats.text import read_text


def kinds(text: str) -> list[tuple[str, int, str]]:
    """Kind, level and text of every block."""
    return [(block.kind.value, block.level, block.text) for block in read_text(text).blocks]


def test_lines_wrapped_at_a_common_width_are_joined() -> None:
    lines = [
        "This text was wrapped by a program at a",
        "width of about forty letters, as texts",
        "were when they came by mail, and so the",
        "lines belong to-",
        "gether again.",
    ]
    assert kinds("\n".join(lines) + "\n\nSecond.\n") == [
        (
            "paragraph",
            0,
            "This text was wrapped by a program at a width of about forty letters, as texts were when they came by mail, and so the lines belong together again.",
        ),
        ("paragraph", 0, "Second."),
    ]


def test_lines_that_were_not_wrapped_stay_apart() -> None:
    assert kinds(
        "A first line that ends.\nA second one.\nA third, much longer one, that nobody wrapped anywhere at all, because it was pasted from a page.\n"
    ) == [
        ("paragraph", 0, "A first line that ends."),
        ("paragraph", 0, "A second one."),
        ("paragraph", 0, "A third, much longer one, that nobody wrapped anywhere at all, because it was pasted from a page."),
    ]


def test_evident_headings_are_headings_and_a_credit_is_none() -> None:
    text = "BELARUS: NO END\n\n© NATALIA WHO/AFP via Agency\n\nSome text.\n\nUnder a line\n============\n\nChapter 2. Trials\n\nГлава 3\n\nIV. Findings\n"
    assert kinds(text) == [
        ("heading", 2, "BELARUS: NO END"),
        ("paragraph", 0, "© NATALIA WHO/AFP via Agency"),
        ("paragraph", 0, "Some text."),
        ("heading", 1, "Under a line"),
        ("heading", 2, "Chapter 2. Trials"),
        ("heading", 2, "Глава 3"),
        ("heading", 2, "IV. Findings"),
    ]


def test_a_short_line_before_a_long_paragraph_is_its_heading() -> None:
    long = "Peaceful protests have been met with unlawful force by police and by other services of the state. " * 3
    assert [
        kind for kind, _, _ in kinds(f"News\n\n24 January 2025\n\nWidespread repression\n\n{long}\n\nIt ends.\n\n{long}\n")
    ] == [
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


def test_lines_with_tabs_are_one_block_with_its_tabs() -> None:
    assert kinds("Text.\n\nBELARUS\tFREEDOM OF EXPRESSION\t\tDETENTION\nNEWS\tTORTURE\t\n") == [
        ("paragraph", 0, "Text."),
        ("paragraph", 0, "BELARUS\tFREEDOM OF EXPRESSION\t\tDETENTION\nNEWS\tTORTURE"),
    ]


def test_lists_and_quotations_are_seen() -> None:
    assert kinds("- one\n- two\n\n1. three\n2. four\n\n> five\n> six\n") == [
        ("list_item", 1, "one"),
        ("list_item", 1, "two"),
        ("list_item", 1, "1. three"),
        ("list_item", 1, "2. four"),
        ("quotation", 0, "five six"),
    ]


def test_a_line_of_dashes_is_a_rule() -> None:
    blocks = read_text("One\n\n* * *\n\nTwo\n").blocks
    assert [block.is_rule for block in blocks] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        (
            "Detained.[1] More [2].\n\n[1] A source.\n[2] Another.\n",
            [("1", "Detained."), ("2", "Detained. More "), ("1", ""), ("2", "")],
        ),
        ("An array a[1] and [sic].\n", []),
        ("Died.¹ Left.¹²\n", [("1", "Died."), ("12", "Died. Left.")]),
        ("An area of 5 km² and 10 м³.\n", []),
    ],
)
def test_markers_are_believed_when_the_text_bears_them_out(text: str, markers: list[tuple[str, str]]) -> None:
    found = [(marker.label, block.text[: marker.at]) for block in read_text(text).blocks for marker in block.markers]
    assert found == markers


def test_an_area_keeps_its_raised_two() -> None:
    assert kinds("An area of 5 km² here.¹\n")[0][2] == "An area of 5 km² here."


def test_the_founding_news_item_is_read_whole(seeds: Path) -> None:
    found = kinds(next(seeds.glob("001_*.txt")).read_text(encoding="utf-8"))
    texts = [text for _, _, text in found]
    assert texts[0].startswith("©")
    assert "Belarus: Authorities hold presidential election in climate of total fear and repression" in texts
    assert ("heading", 2, "Widespread repression") in found
    assert texts[-1].count("\t") >= 9
