"""Passages become a text document letter for letter."""

import pytest
from PySide6.QtGui import QTextCursor, QTextTable
from PySide6.QtWidgets import QApplication

from archive.model.document import Emphasis, Link, Passage, PassageKind, Style
from archive.model.footnote import Citation, Marker, Note
from archive.model.source import SourceState
from viewer.look.paper import words_between
from viewer.look.text_map import units
from viewer.look.themes import theme
from viewer.look.typesetting import Layout, Sheet, state_of_note, typeset

EVIL = "<img src='file:///etc/passwd'> <a href=\"http://attacker.example/\">x</a> <script>1</script> &amp; <b>b</b>"


def set_plainly(passages: list[Passage], notes: tuple[Note, ...] = (), title: str = "") -> Sheet:
    return typeset(passages, notes, {}, Layout(theme("light"), 12.0, "Notes", title))


def words_at(sheet: Sheet, passage: int, start: int, end: int) -> str:
    cursor = QTextCursor(sheet.document)
    cursor.setPosition(sheet.text_map.position_of(passage, start))
    cursor.setPosition(sheet.text_map.position_of(passage, end, is_end=True), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.mark.parametrize("kind", PassageKind)
def test_markup_in_a_passage_of_any_kind_is_letters(qapp: QApplication, kind: PassageKind) -> None:
    sheet = set_plainly([Passage(n=0, kind=kind, text=EVIL)], title=EVIL)
    assert EVIL in sheet.document.toPlainText()
    assert not [name for name in sheet.document.allFormats() if name.isImageFormat()]
    assert "attacker" not in "".join(fmt.toCharFormat().anchorHref() for fmt in sheet.document.allFormats() if fmt.isCharFormat())


def test_every_character_stands_where_the_map_says(qapp: QApplication) -> None:
    text = "Ён 🙂 запісаў «тры» словы: one, two and three."
    passages = [
        Passage(
            n=4,
            kind=PassageKind.PARAGRAPH,
            text=text,
            markers=(Marker(label="1", at=4, note=0), Marker(label="2", at=4, note=1), Marker(label="*", at=len(text))),
            styles=(Style(2, 12, Emphasis.ITALIC), Style(8, 20, Emphasis.BOLD)),
            links=(Link(10, 30, "https://example.org"),),
        ),
        Passage(n=5, kind=PassageKind.TABLE, text="a\tbb\n🙂c\td"),
        Passage(n=6, kind=PassageKind.LIST_ITEM, text="one\ntwo", level=1),
    ]
    sheet = set_plainly(passages)
    for passage in passages:
        for at, sign in enumerate(passage.text):
            if sign not in "\t\n":
                assert words_at(sheet, passage.n, at, at + 1) == sign
                assert sheet.text_map.place_of(sheet.text_map.position_of(passage.n, at)) == (passage.n, at)
    assert [spot.note for spot in sheet.markers] == [0, 1, None]


def test_lines_of_a_passage_stay_one_paragraph(qapp: QApplication) -> None:
    sheet = set_plainly([Passage(n=0, kind=PassageKind.PARAGRAPH, text="one\ntwo\u2029three\rfour")])
    assert sheet.document.blockCount() == 1


def test_a_table_is_a_table_even_where_its_rows_are_of_different_lengths(qapp: QApplication) -> None:
    sheet = set_plainly([Passage(n=0, kind=PassageKind.TABLE, text="Year\tPupils\n1911\n1924\t71\t12")])
    table = next(frame for frame in sheet.document.rootFrame().childFrames() if isinstance(frame, QTextTable))
    assert (table.rows(), table.columns()) == (3, 3)
    assert words_at(sheet, 0, 22, 24) == "71"


def test_a_title_that_is_a_heading_already_is_not_said_twice(qapp: QApplication) -> None:
    passages = [Passage(n=0, kind=PassageKind.HEADING, text="A QUIET YEAR", level=1)]
    assert set_plainly(passages, title="A quiet year").document.toPlainText() == "A QUIET YEAR"
    assert "Another" in set_plainly(passages, title="Another").document.toPlainText()


def test_the_heading_that_is_the_title_is_set_as_one(qapp: QApplication) -> None:
    passages = [Passage(n=n, kind=PassageKind.HEADING, text=text, level=3) for n, text in enumerate(("News", "A quiet year"))]
    document = set_plainly(passages, title="A QUIET YEAR").document
    sizes = [document.findBlockByNumber(n).charFormat().font().pointSizeF() for n in range(2)]
    assert sizes[1] > sizes[0] * 1.3


@pytest.mark.parametrize(("confidence", "shown"), [(0.98, "10"), (0.6, "10?")], ids=["sure", "doubtful"])
def test_copied_words_have_no_markers_in_them(qapp: QApplication, confidence: float, shown: str) -> None:
    text = "🙂 Seven people left."
    marker = Marker(label="10", at=13, note=0, confidence=confidence)
    sheet = set_plainly([Passage(n=0, kind=PassageKind.PARAGRAPH, text=text, markers=(marker,))])
    assert f"peopl{shown}e left" in sheet.document.toPlainText()
    cursor = QTextCursor(sheet.document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert words_between(cursor) == text
    cursor.setPosition(2)
    cursor.setPosition(units(text) + len(shown), QTextCursor.MoveMode.KeepAnchor)
    assert words_between(cursor) == text[1:]


S = SourceState


@pytest.mark.parametrize(
    ("states", "one"),
    [
        ([], S.NO_ADDRESS),
        ([S.SAVED], S.SAVED),
        ([S.SAVED, S.SAVED], S.SAVED),
        ([S.SAVED, S.WAITING], S.PARTIAL),
        ([S.GONE, S.WAITING], S.WAITING),
        ([S.GONE, S.REFUSED], S.REFUSED),
        ([None], S.WAITING),
    ],
    ids=str,
)
def test_a_note_is_saved_only_when_all_it_points_at_is(states: list[SourceState | None], one: SourceState) -> None:
    citations = tuple(Citation(n=n, note=0, text="", address=f"https://example.org/{n}") for n in range(len(states)))
    known = {f"https://example.org/{n}": state for n, state in enumerate(states) if state is not None}
    note = Note(n=0, label="1", text="", passage=1, citations=citations)
    assert state_of_note(note, known) == one
