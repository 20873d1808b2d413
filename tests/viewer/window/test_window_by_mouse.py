"""The three journeys with the pointer alone (and letters typed into the lines that ask for them)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from viewer.dialogs.share import ShareSheet
from viewer.dialogs.verify import VerifySheet
from viewer.reader.note_card import NoteCard
from viewer.reader.reading_text import ReadingText
from viewer.search.results_view import _HitList
from viewer.wiring import Ibid

LEFT = Qt.MouseButton.LeftButton


def click_row(qtbot: QtBot, view: QListView, row: int) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 0)).center())


def click_button(qtbot: QtBot, inside: QWidget, words: str) -> None:
    kinds = (*inside.findChildren(QPushButton), *inside.findChildren(QToolButton))
    button = next(one for one in kinds if one.isVisible() and words in {one.text(), one.accessibleName()})
    qtbot.mouseClick(button, LEFT)


def rest_on_marker(program: Ibid, note: int) -> None:
    text = program.window.zones.reading.findChild(ReadingText)
    spot = text.spot_of(note)
    place = text.rect_of(spot.position, spot.length).toRect()
    where = QPointF(place.center().x(), place.top() + place.height() // 3)
    viewport = text.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        viewport.mapToGlobal(where),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def test_a_report_is_read_its_note_rested_on_and_its_source_opened(qtbot: QtBot, opened: Ibid) -> None:
    zones = opened.window.zones
    shelf = zones.library.findChild(QListView)
    titles = [shelf.model().index(row, 0).data() for row in range(shelf.model().rowCount())]
    click_row(qtbot, shelf, titles.index("The school by the river"))
    qtbot.waitUntil(lambda: opened.reading.document is not None)
    rest_on_marker(opened, 0)
    card = zones.reading.findChild(NoteCard)
    qtbot.waitUntil(card.isVisible)
    click_button(qtbot, card, "Open source")
    qtbot.waitUntil(zones.source.isVisible)
    qtbot.waitUntil(lambda: opened.reading._beside is not None)
    assert opened.reading._beside[1].address == "https://museum.example.org/diary"
    click_button(qtbot, zones.source, "Close the source")
    assert not zones.source.isVisible()


def test_a_question_is_clicked_into_and_its_hit_opened(qtbot: QtBot, opened: Ibid) -> None:
    line = opened.bar if isinstance(opened.bar, QLineEdit) else opened.bar.findChild(QLineEdit)
    qtbot.mouseClick(line, LEFT, pos=QPoint(60, line.height() // 2))
    assert line.hasFocus()
    qtbot.keyClicks(line, "register")
    qtbot.waitUntil(lambda: opened.model.answer is not None and opened.model.answer.question == "register")
    results = opened.window.zones.results.findChild(_HitList)
    click_row(qtbot, results, 0)
    qtbot.waitUntil(lambda: opened.reading.document is not None)
    assert opened.reading.document.document.description.title == "The school by the river"
    click_button(qtbot, opened.window.zones.top_bar, opened.actions["back"].text())
    qtbot.waitUntil(lambda: opened.window.shown is opened.window.zones.results)


@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)")
def test_a_copy_is_written_and_checked(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    menu = opened.window.zones.top_bar.menu()
    (tmp_path / "stick").mkdir()
    menu.popup(QPoint(0, 0))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(opened.actions["share"]).center())
    sheet = opened.window.findChild(ShareSheet)
    sheet.move_to(tmp_path / "stick")
    target = sheet.target
    click_button(qtbot, sheet, "Write")
    qtbot.waitUntil(lambda: sheet.is_done, timeout=20_000)
    assert target.is_dir()
    click_button(qtbot, sheet, "Done")
    menu.popup(QPoint(0, 0))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(opened.actions["verify"]).center())
    verify = opened.window.findChild(VerifySheet)
    qtbot.waitUntil(lambda: verify.is_done, timeout=20_000)
