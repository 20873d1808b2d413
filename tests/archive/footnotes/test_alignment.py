"""The markers of a page and the lines at its foot, aligned as two sequences."""

from __future__ import annotations

import pytest

from archive.footnotes.alignment import Candidate, align
from archive.footnotes.markers import counted_out
from tests.archive.footnotes.test_layout import FILL, NOTE, Sheet, lay


def spaced(line: int, label: str, indent_pt: float = 0.0) -> Candidate:
    """A label with a gap behind it."""
    return Candidate(line, label, indent_pt)


def tight(line: int, label: str, indent_pt: float = 0.0) -> Candidate:
    """A label without one."""
    return Candidate(line, label, indent_pt, is_tight=True)


def cut(line: int, label: str, indent_pt: float = 0.0) -> Candidate:
    """A label without one before a text that begins with a digit."""
    return Candidate(line, label, indent_pt, is_tight=True, is_cut=True)


def raised(line: int, label: str) -> Candidate:
    """A raised label."""
    return Candidate(line, label, is_raised=True)


ALIGNED = [
    pytest.param([spaced(0, "1"), spaced(1, "3"), spaced(2, "2"), spaced(3, "3")], "1 2 3", {0: "1", 2: "2", 3: "3"}, id="a number in a text comes again in its order"),
    pytest.param([spaced(0, "9"), tight(1, "10"), cut(1, "1"), tight(2, "11"), cut(2, "1")], "9 10 11", {0: "9", 1: "10", 2: "11"}, id="longer numbers fill the room of the gap"),
    pytest.param([tight(0, "81"), cut(1, "82"), cut(1, "8"), tight(2, "83")], "81 82 83", {0: "81", 1: "82", 2: "83"}, id="a text that begins with a digit"),
    pytest.param([cut(0, "1"), tight(0, "12"), cut(1, "2"), cut(2, "3")], "1 2 3 12", {0: "1", 1: "2", 2: "3"}, id="the shorter number where it explains more"),
    pytest.param([spaced(0, "3"), cut(1, "4")], "3 4", {0: "3"}, id="a number that begins with the next where labels have a gap"),
    pytest.param([cut(0, "4")], "4", {}, id="alone a cut number is none"),
    pytest.param([tight(0, "99"), tight(1, "100", 8.5), tight(2, "100")], "99 100", {0: "99", 2: "100"}, id="at the edge at which notes begin"),
    pytest.param([tight(0, "99"), tight(1, "100", 8.5), spaced(2, "101")], "99 100 101", {0: "99", 1: "100", 2: "101"}, id="one at another edge"),
    pytest.param([spaced(0, "1", 36.0), spaced(1, "2", 36.0), raised(2, "1")], "1", {2: "1"}, id="raised before written"),
    pytest.param([raised(0, "1"), spaced(1, "2")], "1 2", {0: "1"}, id="a number in a text where labels are raised"),
    pytest.param([spaced(0, "2"), spaced(1, "1")], "1 2", {1: "1"}, id="the first marker before the second"),
    pytest.param([spaced(0, "1"), spaced(1, "2"), spaced(2, "3")], "3 1 2", {0: "1", 1: "2", 2: "3"}, id="markers of a box read first"),
    pytest.param([spaced(0, "57"), spaced(1, "1"), spaced(2, "2")], "57 1 2", {0: "57", 1: "1", 2: "2"}, id="a chapter that counts anew"),
    pytest.param([spaced(0, "*"), spaced(1, "*")], "* *", {0: "*", 1: "*"}, id="two stars"),
]  # fmt: skip


@pytest.mark.parametrize(("candidates", "markers", "begun"), ALIGNED)
def test_lines_that_begin_notes_answer_the_markers_in_their_order(
    candidates: list[Candidate], markers: str, begun: dict[int, str]
) -> None:
    assert {one.line: one.label for one in align(candidates, markers.split())} == begun


def test_a_cut_number_counts_on_from_the_page_before() -> None:
    assert [one.label for one in align([cut(0, "82")], ["82"], last=81)] == ["82"]


def test_a_label_of_the_page_before_and_the_same_of_this_page_are_two() -> None:
    assert [one.line for one in align([spaced(0, "1"), spaced(2, "1")], ["1", "1"], carried=1)] == [0, 2]


def test_markers_of_the_page_before_need_no_answer() -> None:
    assert [one.label for one in align([spaced(0, "1"), spaced(1, "7")], ["7", "8", "9", "1"], carried=3)] == ["1"]


def test_labels_fill_their_room_and_lines_further_in_go_on() -> None:
    text = Sheet(1).body(*FILL).body("Так было{9} учора,{10} сёння{11} і заўсёды.{100}")
    composed = lay(
        text
        .foot("9 Вясна, агляд.", "10@spring96, запіс.")
        .line("100 чалавек.", size=NOTE, x=68.5)
        .foot("1111 мая, запіс.", "100Агляд.")
    )
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [
        ("9", "Вясна, агляд.", True),
        ("10", "@spring96, запіс. 100 чалавек.", True),
        ("11", "11 мая, запіс.", True),
        ("100", "Агляд.", True),
    ]


def test_a_numbered_quotation_in_small_type_is_no_note_where_labels_are_raised() -> None:
    sheet = Sheet().body(*FILL).body("Так было.{1}").line("1. Кожны мае права на абарону,", size=NOTE, gap=3, x=96)
    sheet.line("і суд мусіць выслухаць яго.", size=NOTE, x=96)
    [note] = lay(sheet.foot("{1} Агляд за год.")).notes
    assert (note.label, note.text, note.paired) == ("1", "Агляд за год.", True)


def test_a_number_in_tiny_type_is_no_note_of_its_own() -> None:
    sheet = Sheet().body(*FILL).body(*FILL).line("2012", size=5.0, gap=30, wide=False).line("Мінск", size=NOTE, gap=3, wide=False)
    assert lay(sheet).notes == ()


def test_two_markers_printed_as_one_number_are_two() -> None:
    composed = lay(Sheet().body(*FILL).body("Так было.{12}").foot("1 Вясна.", "2 Агляд."))
    assert [(marker.label, marker.note) for marker in composed.passages[1].markers] == [("1", 0), ("2", 1)]


def test_a_number_whose_figures_are_other_markers_is_one() -> None:
    composed = lay(Sheet().body(*FILL).body("Ізатоп {12}C{1} і вугаль.{2}").foot("{1} Вясна.", "{2} Агляд."))
    assert [(marker.label, marker.note) for marker in composed.passages[1].markers] == [("1", 0), ("2", 1)]


@pytest.mark.parametrize(
    ("label", "parts"), [("12", ["1", "2"]), ("910", ["9", "10"]), ("123", ["1", "2", "3"]), ("21", []), ("11", []), ("*", [])]
)
def test_a_number_is_counted_out_where_its_figures_count_on(label: str, parts: list[str]) -> None:
    assert counted_out(label) == parts


def test_a_number_that_looks_like_that_of_the_page_is_a_marker_where_a_line_at_the_foot_answers_it() -> None:
    sheets = []
    for n in (1, 2, 3):
        sheet = Sheet(n)
        sheet.y = 60.0
        sheet.line(str(n), size=5.0, wide=False)
        sheet.y = 780.0
        sheets.append(sheet.line(f"{n} Крыніца {'абвгд'[n] * 6}.", wide=False))
    assert [(note.label, note.text, note.page, note.paired) for note in lay(*sheets).notes] == [
        (str(n), f"Крыніца {'абвгд'[n] * 6}.", n, True) for n in (1, 2, 3)
    ]
