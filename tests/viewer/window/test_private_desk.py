"""The private desk: made only when it is wanted, locked with everything else, and no archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from archive.errors import NotAnArchive
from archive.front_desk import IN_THIS_PROCESS
from archive.keeper import THROUGH_KEEPERS
from archive.model.hit import Question, SavedQuestion
from viewer.dialogs.name import NameSheet
from viewer.dialogs.new_desk import NewDeskSheet
from viewer.wiring import Ibid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)")


def test_a_desk_is_no_archive_and_an_archive_no_desk(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "Ibid.desk"
    with IN_THIS_PROCESS.new(path, title="Ibid", passphrase=None, is_desk=True) as desk:
        desk.save_question(SavedQuestion("mine", Question(text="heron")))
        assert desk.saved_questions() == (SavedQuestion("mine", Question(text="heron")),)
    with pytest.raises(NotAnArchive):
        IN_THIS_PROCESS.open(path, passphrase=None)
    with pytest.raises(NotAnArchive):
        IN_THIS_PROCESS.open(archive, passphrase=None, is_desk=True)
    with IN_THIS_PROCESS.open(archive, passphrase=None) as desk, pytest.raises(NotAnArchive):
        desk.save_question(SavedQuestion("mine", Question(text="heron")))


def test_a_desk_behind_a_keeper_keeps_renames_and_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "Ibid.desk"
    with THROUGH_KEEPERS.new(path, title="Ibid", passphrase="six words", is_desk=True) as desk:
        desk.save_question(SavedQuestion("a", Question(text="heron", publishers=("Viasna",))))
        desk.save_question(SavedQuestion("b", Question(text="pond")))
        desk.rename_question("a", to="c")
        desk.remove_question("b")
    assert b"heron" not in b"".join(file.read_bytes() for file in path.iterdir())
    with THROUGH_KEEPERS.open(path, passphrase="six words", is_desk=True) as desk:
        assert desk.saved_questions() == (SavedQuestion("c", Question(text="heron", publishers=("Viasna",))),)


@pytest.fixture
def program(start: Callable[..., Ibid], archive: Path, qtbot: QtBot, tmp_path: Path) -> Ibid:
    program = start()
    program.saving._places = (tmp_path / "data" / "Ibid.desk",)
    program.opening.open(archive)
    qtbot.waitUntil(lambda: bool(program.library.archives))
    return program


def test_a_question_is_saved_run_and_locked_with_everything_else(qtbot: QtBot, program: Ibid, tmp_path: Path) -> None:
    program.bar.ask("register")
    qtbot.waitUntil(lambda: program.model.answer is not None)
    assert not (tmp_path / "data").exists()
    program.window.zones.results.head.save_wanted.emit()
    sheet = program.window.findChild(NewDeskSheet)
    for field in sheet.findChildren(QLineEdit):
        field.setText("six words")
    next(button for button in sheet.findChildren(QPushButton) if button.isDefault()).click()
    qtbot.waitUntil(lambda: program.window.findChild(NameSheet) is not None, timeout=20_000)
    program.window.findChild(NameSheet).named.emit("what the register says")
    qtbot.waitUntil(lambda: [saved.name for saved in program.private_desk.questions] == ["what the register says"])
    program.bar.ask("river")
    qtbot.waitUntil(lambda: program.model.answer.question == "river")
    program.window.zones.library.questions.opened.emit("what the register says")
    qtbot.waitUntil(lambda: program.model.answer.question == "register")
    assert program.bar.text() == "register"
    program.opening.lock_now()
    assert program.private_desk.questions == ()
    assert not program.private_desk.is_open
    QApplication.processEvents()


def test_no_desk_is_made_where_the_person_thinks_better_of_it(qtbot: QtBot, program: Ibid, tmp_path: Path) -> None:
    program.bar.ask("register")
    qtbot.waitUntil(lambda: program.model.answer is not None)
    program.saving.ask_to_save()
    program.window.close_sheets()
    assert not (tmp_path / "data").exists()
    assert not program.private_desk.is_open
