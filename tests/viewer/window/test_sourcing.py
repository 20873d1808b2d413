"""Files attached to a source, two saved states compared, and saved pages written for other programs, from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from archive.model.source import SourceState
from viewer.dialogs.difference import DifferenceSheet
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.writing import WritingSheet
from viewer.wiring import Ibid

DIARY = "https://museum.example.org/diary"
REGISTER = "https://archive.example.org/register"
LATER = """<html><head><title>Diary of a village teacher</title></head><body><article><h1>Diary of a village teacher</h1>
<p>The water reached the third step of the porch, and we carried the books upstairs before the stove and before the piano.</p>
<p>On the sixteenth day the river went back to its bed, and the children wrote about it in their copybooks.</p>
<p>Nothing of <b>this</b> &lt;i&gt;was known&lt;/i&gt; before the archive opened in the autumn, when the papers were read again.</p>
</article></body></html>"""


def _source(program: Ibid, address: str):
    return program.library.archives[0].desk.source(address)


def _beside(qtbot: QtBot, program: Ibid, address: str) -> None:
    program.reading.open_source(0, address)
    qtbot.waitUntil(lambda: program.window.zones.source._source is not None)


def test_a_page_attached_to_a_waiting_source_is_shown_at_once(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    file = tmp_path / "register.html"
    file.write_text(LATER, encoding="utf-8")
    _beside(qtbot, opened, REGISTER)
    pane = opened.window.zones.source
    assert pane._attach.isVisible()
    opened.sourcing.attach(0, REGISTER, file)
    qtbot.waitUntil(lambda: bool(pane._passages), timeout=20_000)
    assert _source(opened, REGISTER).state is SourceState.SAVED
    assert pane._source.state is SourceState.SAVED


def test_what_cannot_be_attached_is_said_and_changes_nothing(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_bytes(b"")
    _beside(qtbot, opened, REGISTER)
    opened.sourcing.attach(0, REGISTER, file)
    qtbot.waitUntil(lambda: opened.window.findChild(NoticeSheet) is not None, timeout=20_000)
    assert _source(opened, REGISTER).state is SourceState.WAITING
    opened.window.close_sheets()


def test_two_states_of_a_source_are_compared_word_by_word(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    file = tmp_path / "diary.html"
    file.write_text(LATER, encoding="utf-8")
    opened.sourcing.attach(0, DIARY, file)
    qtbot.waitUntil(lambda: len(_source(opened, DIARY).captures) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: not opened.runner._jobs)
    _beside(qtbot, opened, DIARY)
    pane = opened.window.zones.source
    qtbot.waitUntil(lambda: len(pane._source.captures) == 2)
    [compare] = [action for action in pane._copies.menu().actions() if action.text().startswith("Compare")]
    compare.trigger()
    qtbot.waitUntil(lambda: opened.window.findChild(DifferenceSheet) is not None)
    sheet = opened.window.findChild(DifferenceSheet)
    text = sheet.text.toPlainText()
    assert "secondthird step" in text
    assert "Nothing of this <i>was known</i> before" in text, "foreign words are never markup"
    assert any("2 places changed" in label.text() for label in sheet.findChildren(QLabel))
    sheet.go(1)
    sheet.go(-1)
    picture = sheet.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert not picture.isNull()
    opened.window.close_sheets()


def test_saved_pages_are_written_after_saying_that_anyone_can_read_them(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    opened.actions["export"].trigger()
    sheet = opened.window.findChild(WritingSheet)
    assert any("not locked" in label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
    assert any(button.text() == "Choose a file…" for button in sheet.findChildren(QPushButton))
    sheet.write_to(tmp_path / "out.wacz")
    qtbot.waitUntil(lambda: sheet.is_done, timeout=20_000)
    assert (tmp_path / "out.wacz").read_bytes().startswith(b"PK")
    opened.window.close_sheets()
