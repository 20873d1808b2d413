"""Asking on a real archive: passages, narrowing, spellings, completions, likeness, citations, collections, tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from archive.front_desk import IN_THIS_PROCESS
from archive.model.document import Role
from archive.model.hit import FacetName
from viewer.dialogs.asking_help import AskingHelpSheet
from viewer.dialogs.collect import CollectSheet
from viewer.dialogs.places import PlacesSheet
from viewer.dialogs.writing import WritingSheet
from viewer.models.results import ResultRole
from viewer.search.results_view import _HitList
from viewer.wiring import Ibid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)")

Press = Callable[[Ibid, str], None]
RIVER = "# The river\n\n" + "\n\n".join(f"Paragraph {n}: the heron stood in the river." for n in range(60)) + "\n"


def ask(qtbot: QtBot, program: Ibid, words: str) -> None:
    program.bar.ask(words)
    qtbot.waitUntil(lambda: program.model.answer is not None and program.model.answer.question == words)


@pytest.fixture
def with_river(start: Callable[..., Ibid], archive: Path, qtbot: QtBot) -> Ibid:
    with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
        desk.bring_in(RIVER.encode(), name="river.md")
        desk.bring_in(b"# Another pond\n\nA heron again, by the pond.\n", name="pond.md")
    program = start()
    program.opening.open(archive)
    qtbot.waitUntil(lambda: bool(program.library.archives))
    return program


def test_every_passage_of_a_hit_is_reached_in_order(qtbot: QtBot, press: Press, with_river: Ibid) -> None:
    program = with_river
    ask(qtbot, program, "heron")
    model = program.model
    row = next(row for row in range(model.rowCount()) if model.hit(row).title == "The river")
    shelf = program.window.zones.results.findChild(_HitList)
    shelf.setCurrentIndex(model.index(row))
    qtbot.keyClick(shelf, Qt.Key.Key_Right)
    assert model.is_unfolded(row)
    assert model.rowCount() == 2 + 60
    last = model.index(row + 60)
    shelf.scrollTo(last)
    qtbot.waitUntil(lambda: last.data(ResultRole.PASSAGE) is not None)
    first_seen = [model.index(row + n).data(ResultRole.PASSAGE) for n in (1, 60)]
    assert first_seen[0].passage < first_seen[1].passage
    assert "Paragraph 59" in "".join(text for text, _is_hit in first_seen[1].snippet)
    shelf.setCurrentIndex(last)
    qtbot.keyClick(shelf, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.reading.document is not None)
    view = program.window.zones.reading
    qtbot.waitUntil(lambda: len(view._hits) == 60)
    assert view._hits[view._current_hit].passage == first_seen[1].passage
    press(program, "F3")
    qtbot.waitUntil(lambda: program.reading.document.document.description.title == "Another pond" or view._current_hit == 0)


def test_what_was_chosen_narrows_and_is_taken_away_again(qtbot: QtBot, with_river: Ibid) -> None:
    program = with_river
    ask(qtbot, program, "piano OR register")
    view = program.window.zones.results
    qtbot.waitUntil(lambda: not view.facets.is_empty)
    both = program.model.answer.count
    program.asking.narrow(FacetName.ROLE, "source")
    qtbot.waitUntil(lambda: program.model.answer.count < both)
    assert {program.model.hit(row).role for row in range(program.model.rowCount())} == {Role.SOURCE}
    chip = next(button for button in view.head.findChildren(QPushButton) if "Kind: Saved sources" in button.text())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.model.answer.count == both)


def test_completions_are_offered_and_never_change_what_was_typed(qtbot: QtBot, press: Press, with_river: Ibid) -> None:
    program = with_river
    press(program, "Ctrl+L")
    qtbot.keyClicks(program.bar, "pupi")
    qtbot.waitUntil(program.bar.completions.isVisible)
    assert program.bar.text() == "pupi"
    press(program, "Escape")
    assert program.bar.text() == "pupi"
    assert not program.bar.completions.isVisible()
    qtbot.keyClick(program.bar, Qt.Key.Key_Backspace)
    qtbot.waitUntil(program.bar.completions.isVisible)
    press(program, "Down")
    press(program, "Return")
    assert program.bar.text() == "pupils "
    qtbot.waitUntil(lambda: program.model.answer is not None and program.model.answer.question == "pupils ")


def test_help_on_asking_is_one_key_away_and_its_examples_can_be_asked(qtbot: QtBot, press: Press, with_river: Ibid) -> None:
    press(with_river, "Ctrl+L")
    press(with_river, "F1")
    sheet = with_river.window.findChild(AskingHelpSheet)
    example = next(button for button in sheet.findChildren(QPushButton) if button.text() == "repress*")
    qtbot.mouseClick(example, Qt.MouseButton.LeftButton)
    assert with_river.bar.text() == "repress*"


def test_what_is_like_a_document_is_listed_and_returned_to(qtbot: QtBot, press: Press, with_river: Ibid) -> None:
    program = with_river
    ask(qtbot, program, "pond")
    program.window.zones.results.focus_list()
    press(program, "Return")
    qtbot.waitUntil(lambda: program.reading.document is not None)
    program.actions["like"].trigger()
    qtbot.waitUntil(lambda: program.history.here.is_like)
    assert program.window.shown is program.window.zones.results
    assert program.model.hit(0).title == "The river"
    press(program, "Alt+Left")
    assert program.window.shown is program.window.zones.reading


def test_who_cites_an_address_is_listed_over_all_archives(qtbot: QtBot, with_river: Ibid) -> None:
    with_river.relating.list_citing("https://museum.example.org/diary")
    qtbot.waitUntil(lambda: with_river.window.findChild(PlacesSheet) is not None)
    sheet = with_river.window.findChild(PlacesSheet)
    assert any("The school by the river, note 1" in sheet.list.item(row).text() for row in range(sheet.list.count()))
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: with_river.reading.document is not None)


def test_a_collection_is_made_filled_and_asked_for(qtbot: QtBot, with_river: Ibid) -> None:
    program = with_river
    ask(qtbot, program, "pond")
    program.window.zones.results.hit_opened.emit(program.model.hit(0))
    qtbot.waitUntil(lambda: program.reading.document is not None)
    program.actions["collect"].trigger()
    qtbot.waitUntil(lambda: program.window.findChild(CollectSheet) is not None)
    sheet = program.window.findChild(CollectSheet)
    qtbot.keyClicks(sheet.findChild(QLineEdit), "To read")
    qtbot.keyClick(sheet.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.collecting.names == ("To read",))
    assert [box.isChecked() for box in sheet.findChildren(QCheckBox)] == [True]
    sheet.close_sheet()
    program.window.zones.library.collections.opened.emit("To read")
    qtbot.waitUntil(lambda: program.model.answer.question == 'in:"To read"')
    assert [program.model.hit(row).title for row in range(program.model.rowCount())] == ["Another pond"]


def test_results_are_written_as_a_table_after_a_warning(qtbot: QtBot, with_river: Ibid, tmp_path: Path) -> None:
    ask(qtbot, with_river, "heron")
    with_river.window.zones.results.head.csv_wanted.emit()
    sheet = with_river.window.findChild(WritingSheet)
    assert sheet._warning.isVisible()
    sheet.write_to(tmp_path / "heron.csv")
    qtbot.waitUntil(lambda: sheet.is_done)
    assert len((tmp_path / "heron.csv").read_text("utf-8").splitlines()) == 1 + 60 + 1
    assert not list(tmp_path.glob("*.partial"))
