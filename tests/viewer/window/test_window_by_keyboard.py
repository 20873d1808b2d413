"""The window without a mouse: asking, reading, notes, sources, going back, locking, languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QListView
from pytestqt.qtbot import QtBot

from archive.model.document import Role
from viewer.dialogs.about import KeysSheet
from viewer.dialogs.intake_painter import say_line
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.sheet import Sheet
from viewer.reader.outline import PASSAGE, OutlineList
from viewer.window.contents import Contents
from viewer.window.history import History, Place
from viewer.wiring import Ibid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Press = Callable[[Ibid, str], None]


def ask(qtbot: QtBot, press: Press, program: Ibid, words: str) -> None:
    press(program, "Ctrl+L")
    press(program, "Ctrl+A")
    qtbot.keyClicks(program.window.focusWidget(), words)
    press(program, "Return")
    qtbot.waitUntil(lambda: program.model.answer is not None and program.model.answer.question == words)


def read(qtbot: QtBot, press: Press, program: Ibid, words: str) -> None:
    ask(qtbot, press, program, words)
    press(program, "Down")
    press(program, "Return")
    qtbot.waitUntil(lambda: program.reading.document is not None)


def seen(program: Ibid) -> list[str]:
    return [label.text() for label in program.window.findChildren(QLabel) if label.isVisible()]


def test_the_title_is_the_name_of_the_program_whatever_is_read(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    read(qtbot, press, opened, "register")
    opened.window.setWindowTitle("The school by the river")
    assert opened.window.windowTitle() == "Ibid"
    assert opened.window.accessibleName() == "Ibid"


def test_a_question_is_typed_walked_and_opened_at_its_words(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    read(qtbot, press, opened, "register")
    assert opened.window.shown is opened.window.zones.reading
    assert opened.reading.document.document.description.title == "The school by the river"
    assert opened.window.zones.reading.current_position() is not None


def test_a_question_does_not_build_the_library_anew(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    listed = opened.window.zones.library.findChild(QListView).model()
    with qtbot.assertNotEmitted(listed.modelReset):
        ask(qtbot, press, opened, "register")


def test_a_note_opens_by_keyboard_and_its_source_stands_beside_it(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    read(qtbot, press, opened, "register")
    opened.window.enter_middle()
    press(opened, "n")
    with qtbot.waitSignal(opened.window.zones.reading.marker_opened):
        press(opened, "Return")
    press(opened, "Return")
    qtbot.waitUntil(opened.window.zones.source.isVisible)
    assert "museum.example.org" in seen(opened)
    press(opened, "Ctrl+E")
    assert not opened.window.zones.source.isVisible() or not opened.actions["sources"].isChecked()


def test_a_heading_is_gone_to_by_keyboard(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    opened.reading.open(Place(archive=0, document=opened.library.reports[-1].entry.document.document))
    qtbot.waitUntil(lambda: opened.reading.document is not None)
    press(opened, "Ctrl+Shift+O")
    contents = opened.window.findChild(Contents)
    assert contents.isVisible()
    headings = contents.findChild(OutlineList)
    assert headings.model().rowCount() >= 1
    qtbot.keyClick(headings, Qt.Key.Key_End)
    qtbot.keyClick(headings, Qt.Key.Key_Return)
    assert not contents.isVisible()
    last = headings.model().index(headings.model().rowCount() - 1, 0).data(PASSAGE)
    assert opened.window.zones.reading.current_position().passage <= last


def test_a_hit_in_a_source_says_which_note_cites_it(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    ask(qtbot, press, opened, "piano")
    hit = opened.model.hit(0)
    assert hit.role == Role.SOURCE
    assert {place.label for place in hit.cited_at} >= {"1"}
    read(qtbot, press, opened, "piano")
    assert opened.reading.document.document.role == Role.SOURCE


def test_going_back_and_forward(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    read(qtbot, press, opened, "register")
    press(opened, "Alt+Left")
    assert opened.window.shown is opened.window.zones.results
    press(opened, "Alt+Left")
    assert opened.window.shown is opened.window.zones.home
    assert not opened.actions["back"].isEnabled()
    press(opened, "Alt+Right")
    press(opened, "Alt+Right")
    assert opened.window.shown is opened.window.zones.reading


def test_a_slash_goes_to_the_line_and_is_a_slash_inside_it(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    read(qtbot, press, opened, "register")
    opened.window.enter_middle()
    press(opened, "/")
    assert opened.bar.hasFocus()
    opened.bar.clear()
    qtbot.keyClicks(opened.bar, "and/or")
    assert opened.bar.text() == "and/or"


def test_every_zone_is_reached_by_one_key(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    read(qtbot, press, opened, "register")
    visited = []
    for _ in range(3):
        press(opened, "F6")
        cursor = opened.window.focusWidget()
        zones = opened.window.zones
        visited.append(next(zone for zone in (zones.top_bar, zones.library, zones.reading) if zone.isAncestorOf(cursor)))
    assert len(set(map(id, visited))) == 3


def test_every_action_is_in_the_menu_and_most_have_a_key(opened: Ibid) -> None:
    in_menu = {action.text() for action in opened.window.zones.top_bar.menu().actions() if action.text()}
    hidden = {opened.actions[name].text() for name in ("find-next", "find-previous", "next-zone")}
    assert in_menu | hidden == {action.text() for action in opened.actions.all()}
    keys = [key for action in opened.actions.all() for key in action.shortcuts()]
    assert len(keys) == len({key.toString() for key in keys})
    assert [action for action in opened.actions.all() if not action.shortcuts()] == [opened.actions["sample"]]


def test_sources_are_listed_with_their_states(qtbot: QtBot, opened: Ibid) -> None:
    pane = opened.window.zones.library
    pane._sources_row.click()
    qtbot.waitUntil(lambda: pane._sources.rowCount() == 2)
    pane.focus_list()
    pane.grab()


def test_locking_blanks_the_window_and_forgets_what_was_read(
    qtbot: QtBot, press: Press, start: Callable[..., Ibid], tmp_path: Path
) -> None:
    program = start()
    made: list[object] = []
    program.library.make(tmp_path / "Own.ibid", title="Own", passphrase="six words", done=made.append, failed=made.append)
    qtbot.waitUntil(lambda: bool(made))
    program.bringing.bring_in([_file(tmp_path / "report.md", "# A secret of ours\n\nWords.[^1]\n\n[^1]: A note.\n")])
    qtbot.waitUntil(lambda: not program.runner._jobs)
    program.window.close_sheets()
    qtbot.waitUntil(lambda: len(program.library.reports) == 1)
    read(qtbot, press, program, "secret")
    QGuiApplication.clipboard().setText("A secret of ours")
    press(program, "Ctrl+Shift+L")
    assert program.library.archives == ()
    assert not any("secret" in text for text in seen(program))
    assert not QGuiApplication.clipboard().text()
    assert program.model.rowCount() == 0
    assert not program.history.can_go_back
    qtbot.keyClicks(program.window.focusWidget(), "wrong")
    press(program, "Return")
    qtbot.waitUntil(lambda: any("does not open the archive" in text for text in seen(program)))
    press(program, "Ctrl+A")
    qtbot.keyClicks(program.window.focusWidget(), "six words")
    press(program, "Return")
    qtbot.waitUntil(lambda: len(program.library.archives) == 1)
    assert not program.window.has_sheet


def test_another_language_keeps_the_place(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    import msgspec

    read(qtbot, press, opened, "register")
    opened.prefer(msgspec.structs.replace(opened.preferences, language="be"))
    qtbot.waitUntil(lambda: opened.reading.document is not None)
    assert opened.window.shown is opened.window.zones.reading
    assert "Даклады" in seen(opened)
    assert opened.actions["lock"].isEnabled()


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_every_theme_is_put_on_without_a_warning(qtbot: QtBot, press: Press, opened: Ibid, name: str) -> None:
    import msgspec

    read(qtbot, press, opened, "register")
    opened.prefer(msgspec.structs.replace(opened.preferences, theme=name, text_pt=16.0))
    opened.window.grab()


def test_the_keys_are_listed_and_the_sheet_keeps_keys_from_the_window(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    press(opened, "F2")
    sheet = opened.window.findChild(KeysSheet)
    assert "Ctrl+L, /" in [label.text() for label in sheet.findChildren(QLabel)]
    press(opened, "Ctrl+L")
    assert not opened.bar.hasFocus()
    press(opened, "Escape")
    assert not opened.window.has_sheet


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: None, "There is no archive at this place."),
        (lambda path: path.mkdir(), "is not an Ibid archive"),
        (lambda path: (path.mkdir(), (path / "volume-0001.ibv").write_bytes(b"x" * 8192)), "damaged"),
    ],
    ids=["missing", "not an archive", "damaged"],
)
def test_what_cannot_be_opened_is_refused_with_a_sentence(
    qtbot: QtBot, start: Callable[..., Ibid], tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "Spoilt.ibid"
    spoil(path)
    program = start()
    program.opening.open(path)
    qtbot.waitUntil(lambda: program.window.has_sheet)
    sheet = program.window.findChild(NoticeSheet)
    assert any(words in label.text() for label in sheet.findChildren(QLabel))


@pytest.mark.parametrize("where", ["in a text", "at the end"])
def test_an_archive_of_which_one_byte_was_changed_is_shown_no_longer(
    qtbot: QtBot, start: Callable[..., Ibid], archive: Path, where: str
) -> None:
    volume = archive / "volume-0001.ibv"
    contents = bytearray(volume.read_bytes())
    contents[contents.find(b"Nobody counted") if where == "in a text" else -1] ^= 1
    volume.write_bytes(contents)
    program = start()
    program.opening.open(archive)
    qtbot.waitUntil(lambda: program.window.has_sheet)
    sheet = program.window.findChild(NoticeSheet)
    assert any("The archive is damaged (volume-0001.ibv)" in label.text() for label in sheet.findChildren(QLabel))
    assert program.library.archives == ()


def test_files_are_dropped_into_the_archive(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    good = _file(tmp_path / "new.md", "# New words\n\nSomething about an orchard.[^1]\n\n[^1]: See https://example.org/orchard\n")
    opened.window.files_dropped.emit([good, tmp_path / "missing.md", _file(tmp_path / "empty.md", "")])
    sheet = opened.window.findChild(Sheet)
    qtbot.waitUntil(lambda: sheet.is_done)
    told = "\n".join(say_line(line) for line in opened.intake.model.lines)
    assert "1 footnote, 1 joined to the text; 1 address" in told
    assert "it is not there" in told
    assert "The file is empty." in told
    sheet.close_sheet()
    qtbot.waitUntil(lambda: len(opened.library.reports) == 3)


def test_a_copy_is_shared_opened_checked_and_merged(qtbot: QtBot, press: Press, opened: Ibid, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    press(opened, "Ctrl+Shift+S")
    share = opened.window.findChild(Sheet)
    share.move_to(tmp_path / "stick")
    target = share.target
    press(opened, "Return")
    qtbot.waitUntil(lambda: share.is_done, timeout=20_000)
    assert any("Safe to unplug" in label.text() for label in share.findChildren(QLabel))
    share.close_sheet()
    opened.sharing.ask_to_merge(target)
    qtbot.waitUntil(lambda: opened.window.has_sheet)
    press(opened, "Return")
    qtbot.waitUntil(lambda: any("were here already" in text for text in seen(opened)), timeout=20_000)
    opened.window.close_sheets()
    opened.opening.open(target)
    qtbot.waitUntil(lambda: len(opened.library.archives) == 2)
    opened.sharing.ask_to_verify(1)
    qtbot.waitUntil(lambda: any("The archive is whole" in text for text in seen(opened)), timeout=20_000)
    opened.window.close_sheets()
    ask(qtbot, press, opened, "register")
    assert opened.model.answer.count >= 1


def test_history_keeps_one_place_for_a_question_being_typed() -> None:
    history = History()
    for text in ("r", "ri", "river"):
        history.go(Place(question=text))
    history.go(Place(document="a" * 64))
    assert history.back() == Place(question="river")
    assert history.back() == Place()
    assert history.forward() == Place(question="river")
    history.go(Place(document="b" * 64))
    assert not history.can_go_forward


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_enabled_that_cannot_be_done(start: Callable[..., Ibid]) -> None:
    program = start()
    QApplication.processEvents()
    enabled = {
        name
        for name in ("search", "find", "share", "merge", "verify", "bring-in", "lock", "back")
        if program.actions[name].isEnabled()
    }
    assert enabled == set()
    assert program.actions["open"].isEnabled()
