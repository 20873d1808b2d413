"""Notes put right in the window, from the card and from a marker that means nothing, and taken back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from archive.model.correction import PairMarker, anchor_marker
from viewer.dialogs.correct_note import CorrectNoteSheet
from viewer.reader.note_card import NoteCard
from viewer.reader.reading_text import ReadingText
from viewer.window.history import Place
from viewer.wiring import Ibid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Press = Callable[[Ibid, str], None]


def _save(program: Ibid, name: str) -> None:
    if folder := os.environ.get("IBID_SHOTS"):
        program.window.grab().save(str(Path(folder, name)))


def _read(qtbot: QtBot, program: Ibid) -> str:
    desk = program.library.archives[0].desk
    document = next(one.document for one in desk.documents() if one.document.description.title == "The school by the river")
    program.reading.open(Place(archive=0, document=document.document))
    qtbot.waitUntil(lambda: program.reading.document is not None)
    return document.document


def _sheet(qtbot: QtBot, program: Ibid) -> CorrectNoteSheet:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in program.window.findChildren(CorrectNoteSheet)))
    return next(each for each in program.window.findChildren(CorrectNoteSheet) if each.isVisible())


def _notes(program: Ibid) -> list[str]:
    return [note.text for note in program.reading.document.notes] if program.reading.document else []


def _button(sheet: CorrectNoteSheet, words: str) -> QPushButton:
    return next(button for button in sheet.findChildren(QPushButton) if button.text().startswith(words))


def test_a_note_is_split_from_its_card_by_keyboard_and_the_split_is_taken_back(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    _read(qtbot, opened)
    text = opened.window.zones.reading.findChild(ReadingText)
    text.setFocus()
    before = _notes(opened)
    press(opened, "N")
    press(opened, "Return")
    [card] = [card for card in opened.window.findChildren(NoteCard) if not card.isHidden()]
    _save(opened, "correct-card.png")
    correct = next(button for button in card.findChildren(QPushButton) if button.text() == "Correct…")
    correct.setFocus()
    QTest.keyClick(correct, Qt.Key.Key_Space)
    sheet = _sheet(qtbot, opened)
    words = sheet.findChild(QPlainTextEdit)
    cursor = words.textCursor()
    cursor.setPosition(words.toPlainText().index("4 April"), QTextCursor.MoveMode.MoveAnchor)
    words.setTextCursor(cursor)
    _save(opened, "correct-split.png")
    assert sheet.findChild(QLineEdit).text() == "4"
    _button(sheet, "Another note").click()
    qtbot.waitUntil(lambda: len(_notes(opened)) == 4)
    assert _notes(opened)[1].startswith("April 1936")
    again = _sheet(qtbot, opened)
    _button(again, "Take back").click()
    qtbot.waitUntil(lambda: _notes(opened) == before)


def test_an_address_is_put_right_and_a_wrong_one_is_refused_in_the_sheet(qtbot: QtBot, opened: Ibid) -> None:
    _read(qtbot, opened)
    opened.correcting.correct_note(2)
    sheet = _sheet(qtbot, opened)
    line = next(each for each in sheet.findChildren(QLineEdit) if each.text().startswith("https://archive"))
    line.selectAll()
    qtbot.keyClicks(line, "javascript:alert(1)")
    _button(sheet, "Set").click()
    assert any("address" in label.text().lower() and label.isVisible() for label in sheet.findChildren(QLabel))
    _save(opened, "correct-address.png")
    line.selectAll()
    qtbot.keyClicks(line, "https://archive.example.org/right")
    _button(sheet, "Set").click()
    qtbot.waitUntil(
        lambda: any(
            address.endswith("/right") for address in (opened.reading.document.sources if opened.reading.document else ())
        )
    )


def test_a_marker_that_means_nothing_is_joined_to_its_note_by_a_click(qtbot: QtBot, opened: Ibid) -> None:
    document = _read(qtbot, opened)
    desk = opened.library.archives[0].desk
    desk.correct(document, PairMarker(anchor_marker(desk.passages(document), 1, 1), None))
    opened.reading.look_again()
    qtbot.waitUntil(lambda: opened.reading.document is not None and not opened.reading.document.notes[1].paired)
    text = opened.window.zones.reading.findChild(ReadingText)
    assert "No mark in the text leads here." in text.document().toPlainText()
    _save(opened, "correct-lonely.png")
    [spot] = [spot for spot in text.sheet.markers if spot.note is None]
    place = text.rect_of(spot.position, spot.length).center().toPoint()
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place))
    choice = _sheet(qtbot, opened).findChild(QComboBox)
    _save(opened, "correct-marker.png")
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    qtbot.waitUntil(lambda: opened.reading.document is not None and opened.reading.document.notes[1].paired)
    assert opened.reading.document.notes[1].confidence == 1.0


def test_an_archive_that_takes_no_changes_offers_none(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    _read(qtbot, opened)
    view = opened.window.zones.reading
    view.set_correctable(is_on=False)
    view.findChild(ReadingText).setFocus()
    press(opened, "N")
    press(opened, "Return")
    [card] = [card for card in opened.window.findChildren(NoteCard) if not card.isHidden()]
    assert not any(button.text() == "Correct…" and button.isVisible() for button in card.findChildren(QPushButton))
