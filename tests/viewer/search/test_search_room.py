"""The line and what it answers: typing, going down, hostile strings, plurals, nothing found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from archive import words
from archive.model.document import Role
from archive.model.hit import Answer, Clause, ClauseKind, Hit, Spelling, Where
from archive.model.source import Place
from viewer.look.themes import theme
from viewer.models.results import ResultsModel
from viewer.search.result_painter import SNIPPET_LINES, ResultPainter, say_where, snippet_layout
from viewer.search.results_head import say_count
from viewer.search.results_view import ResultsView, _HitList
from viewer.search.search_bar import SearchBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

LIGHT = theme("light")
HOSTILE = "<img src='file:///etc/passwd'>\u202egnp.exe &amp; <b>bold</b>"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.choose_language("en")


def hit(**facts: object) -> Hit:
    usual = {
        "document": "0" * 64,
        "title": "The school by the river",
        "role": Role.REPORT,
        "where": Where.BODY,
        "score": 1.0,
        "snippet": (("The village ", False), ("school", True), (" kept a register.", False)),
    }
    return Hit(**(usual | facts))


def answer(*hits: Hit, count: int | None = None, **facts: object) -> Answer:
    usual = {"question": "school", "written": "school", "is_exact": True, "duration_ms": 1.0}
    return Answer(**(usual | {"count": len(hits) if count is None else count, "hits": hits} | facts))


@pytest.fixture
def bar(qtbot: QtBot) -> SearchBar:
    bar = SearchBar(LIGHT)
    qtbot.addWidget(bar)
    bar.show()
    return bar


@pytest.fixture
def view(qtbot: QtBot) -> ResultsView:
    view = ResultsView(ResultsModel(), LIGHT)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


def test_typing_asks_at_once_and_again_when_the_hand_rests_and_says_that_the_word_is_unfinished(
    qtbot: QtBot, bar: SearchBar
) -> None:
    asked: list[tuple[str, bool]] = []
    bar.asked.connect(lambda text, is_typing: asked.append((text, is_typing)))
    qtbot.keyClicks(bar, "school")
    qtbot.waitUntil(lambda: asked[-1:] == [("school", True)])
    assert asked[0] == ("s", True)


def test_enter_asks_in_full_and_only_once(qtbot: QtBot, bar: SearchBar) -> None:
    asked: list[tuple[str, bool]] = []
    bar.asked.connect(lambda text, is_typing: asked.append((text, is_typing)))
    qtbot.keyClicks(bar, "school")
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    qtbot.wait(150)
    assert asked[-1] == ("school", False)
    assert [text for text, is_typing in asked if not is_typing] == ["school"]


def test_escape_empties_the_line_and_down_leaves_it(qtbot: QtBot, bar: SearchBar) -> None:
    qtbot.keyClicks(bar, "school")
    with qtbot.waitSignal(bar.results_wanted):
        qtbot.keyClick(bar, Qt.Key.Key_Down)
    with qtbot.waitSignal(bar.emptied):
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.text()


def test_hits_are_walked_and_opened_by_keyboard(qtbot: QtBot, view: ResultsView) -> None:
    first, second = hit(), hit(document="1" * 64, title="Second")
    view.show_answer(answer(first, second))
    view.focus_list()
    shelf = view.findChild(_HitList)
    qtbot.keyClick(shelf, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.hit_opened) as opened:
        qtbot.keyClick(shelf, Qt.Key.Key_Return)
    assert opened.args == [second]
    qtbot.keyClick(shelf, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.line_wanted):
        qtbot.keyClick(shelf, Qt.Key.Key_Up)


def test_other_spellings_are_offered_at_the_word_they_stand_for_and_never_merged(qtbot: QtBot, view: ResultsView) -> None:
    offered = (Spelling("Лукашэнка", 12, "лукашенко"), Spelling("Łukašenka", 3, "лукашенко"))
    view.show_answer(answer(hit(), spellings=offered))
    QApplication.processEvents()
    boxes = [box for box in view.findChildren(QCheckBox) if not box.isHidden()]
    assert [(box.text(), box.isChecked()) for box in boxes] == [("Лукашэнка  12", False), ("Łukašenka  3", False)]
    assert "Instead of “лукашенко” also:" in [label.text() for label in view.findChildren(QLabel)]
    with qtbot.waitSignal(view.head.spelling_ticked) as ticked:
        boxes[0].click()
    assert ticked.args == [offered[0], True]
    view.show_answer(answer(hit()))
    assert not [box for box in view.findChildren(QCheckBox) if not box.isHidden()]


def test_a_question_taken_otherwise_is_said(view: ResultsView) -> None:
    view.show_answer(
        answer(hit(), question="school AND", written="school", understood=(Clause(kind=ClauseKind.WORD, texts=("school",)),))
    )
    assert any(label.text() == "Taken as: documents with “school”" and label.isVisible() for label in view.findChildren(QLabel))
    view.show_answer(answer(hit()))
    assert not any(label.text().startswith("Taken as") and label.isVisible() for label in view.findChildren(QLabel))


def test_nothing_found_is_a_page_with_advice(view: ResultsView) -> None:
    view.show_answer(answer())
    assert any(label.text() == "Nothing here says that." and label.isVisible() for label in view.findChildren(QLabel))


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 document"),
        ("ru", 2, "2 документа"),
        ("ru", 5, "5 документов"),
        ("ru", 21, "21 документ"),
        ("be", 3, "3 дакументы"),
        ("be", 11, "11 дакументаў"),
    ],
)
def test_the_count_takes_the_plural_of_the_language(language: str, count: int, said: str) -> None:
    words.choose_language(language)
    assert say_count(answer(hit(), count=count)) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (hit(where=Where.NOTE, note="10", page=3), "Report, in note 10 · page 3"),
        (hit(where=Where.NOTE, note="10", page=3, page_label="xii"), "Report, in note 10 · page xii"),
        (
            hit(where=Where.TITLE, publisher="Viasna", published_on="2025-01-15"),
            "Report, in the title · Viasna · 15 January 2025",
        ),
        (
            hit(role=Role.SOURCE, cited_at=(Place("1" * 64, "4", "A report"), Place("2" * 64, "9", "Another"))),
            "In a saved source, cited at note 4 of A report and 1 more",
        ),
        (hit(role=Role.SOURCE), "In a saved source"),
    ],
    ids=["note", "note on a page with a name", "title", "source", "source cited nowhere"],
)
def test_a_hit_says_where_it_stands(found: Hit, said: str) -> None:
    assert say_where(found) == said


def test_a_snippet_marks_its_hits_also_behind_signs_of_two_units(qapp: object) -> None:
    layout = snippet_layout(hit(snippet=(("\U0001f600 the ", False), ("school", True), (" by the river", False))), LIGHT, 600)
    place = layout.formats()[0]
    assert layout.text().encode("utf-16-le")[2 * place.start : 2 * (place.start + place.length)].decode("utf-16-le") == "school"


def test_a_snippet_takes_a_few_lines_at_most_and_a_long_word_is_broken(qapp: object) -> None:
    assert snippet_layout(hit(snippet=(("word " * 400, False),)), LIGHT, 300).lineCount() == SNIPPET_LINES
    assert snippet_layout(hit(snippet=(("w" * 4000, True),)), LIGHT, 300).lineCount() == SNIPPET_LINES


def test_a_hostile_hit_is_drawn_as_the_letters_it_is_made_of(qtbot: QtBot, view: ResultsView) -> None:
    evil = hit(title=HOSTILE, publisher=HOSTILE, where=Where.NOTE, note=HOSTILE, snippet=((HOSTILE, True),))
    view.show_answer(
        answer(
            evil, written=HOSTILE, understood=(Clause(kind=ClauseKind.WORD, texts=(HOSTILE,)),), spellings=(Spelling(HOSTILE, 1),)
        )
    )
    view.grab()
    assert "\u202e" not in say_where(evil)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in view.findChildren(QLabel) if label.text())


def test_a_row_is_as_high_as_its_lines(qtbot: QtBot, view: ResultsView) -> None:
    view.show_answer(answer(hit(), hit(snippet=(("word " * 100, False),))))
    shelf = view.findChild(_HitList)
    painter = shelf.itemDelegate()
    assert isinstance(painter, ResultPainter)
    short, long = (painter.sizeHint(QStyleOptionViewItem(), view._model.index(row)) for row in (0, 1))
    assert isinstance(short, QSize)
    assert long.height() > short.height()
