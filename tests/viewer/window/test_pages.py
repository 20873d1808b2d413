"""Documents as their pages look, in the real window with a real drawing process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from archive.front_desk import IN_THIS_PROCESS
from archive.model.locator import Locator
from tests.papers import locked_pdf, scanned_pdf, text_pdf
from viewer.dialogs.password import PasswordSheet
from viewer.dialogs.recognise import RecogniseSheet
from viewer.reader.note_card import NoteCard
from viewer.reader.reading_view import ReadingView
from viewer.window.history import Place
from viewer.wiring import Ibid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Press = Callable[[Ibid, str], None]
FIRST = [
    (40, 340, 10, "The register of the river school names"),
    (208.5, 344, 6, "1"),
    (40, 328, 10, "two hundred pupils, and every teacher signed it."),
    (40, 40, 6, "1"),
    (44, 38, 8, "Archive, Register, https://archive.example.org/register"),
]
REPORT = text_pdf([FIRST, *[[(40, 340, 10, f"On page {n} the river is named again and again.")] for n in range(2, 9)]])
LOCKED = locked_pdf("The heron stood in the river", password="heron")
SCAN = scanned_pdf([(30, 40, b"\xff" * 600 + b"\0" * 600)])


@pytest.fixture
def pages(start: Callable[..., Ibid], tmp_path: Path, qtbot: QtBot) -> Callable[..., Ibid]:
    """The program with an archive open, and this document of it being read."""

    def begin(data: bytes, *, password: str | None = None) -> Ibid:
        with IN_THIS_PROCESS.new(tmp_path / "Pages.ibid", title="Pages", passphrase=None) as desk:
            name = desk.bring_in(data, name="report.pdf", password=password).document.document
        program = start()
        program.opening.open(tmp_path / "Pages.ibid")
        qtbot.waitUntil(lambda: bool(program.library.archives))
        program.reading.open(Place(archive=0, document=name))
        qtbot.waitUntil(lambda: program.reading.document is not None)
        return program

    return begin


def view_of(program: Ibid) -> ReadingView:
    return program.window.zones.reading


def show_pages(qtbot: QtBot, press: Press, program: Ibid) -> ReadingView:
    view = view_of(program)
    press(program, "F8")
    qtbot.waitUntil(lambda: view.is_page_shown and view.page.has_page(1) and view.page.wanted() is None, timeout=15_000)
    return view


def dots(view: ReadingView) -> QImage:
    return view.page.viewport().grab().toImage()


def test_a_key_shows_pages_and_text_at_the_same_place(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    program = pages(REPORT)
    view = show_pages(qtbot, press, program)
    assert program.actions["page"].isChecked()
    place = next(passage.n for passage in program.reading.document.passages if "page 6" in passage.text)
    view.go_to(Locator(program.reading.document.document.document, place, 0, 2))
    assert 6 in view.page.seen_pages()
    press(program, "F8")
    assert not view.is_page_shown
    assert view.current_position().passage <= place
    press(program, "F8")
    assert view.is_page_shown
    assert 6 in view.page.seen_pages()


def test_how_a_document_was_read_is_remembered_while_the_program_runs(
    qtbot: QtBot, press: Press, pages: Callable[..., Ibid]
) -> None:
    program = pages(REPORT)
    show_pages(qtbot, press, program)
    program.reading.look_again()
    qtbot.waitUntil(lambda: view_of(program).is_page_shown and view_of(program).page.roll.count == 8)


def test_words_found_are_marked_over_the_page(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    program = pages(REPORT)
    view = show_pages(qtbot, press, program)
    before = dots(view)
    assert view.find("river") == 8
    after = dots(view)
    assert before != after
    (page, edges) = view.page.places.boxes(view._hits[0])[0]
    middle = view.page.on_screen(page, edges).center().toPoint()
    assert after.pixelColor(middle.x(), view.page.on_screen(page, edges).toRect().top() + 1).name() != "#ffffff"
    view.next_hit()
    view.next_hit()
    assert 3 in view.page.seen_pages()


def test_a_marker_over_the_page_shows_its_card_and_the_card_goes_to_the_note(
    qtbot: QtBot, press: Press, pages: Callable[..., Ibid]
) -> None:
    program = pages(REPORT)
    view = show_pages(qtbot, press, program)
    (spot,) = view.page.places.markers[1]
    place = view.page._spot_on_screen(spot).center().toPoint()
    with qtbot.waitSignal(view.page.marker_rested):
        qtbot.mouseMove(view.page.viewport(), place + QPoint(40, 40))
        qtbot.mouseMove(view.page.viewport(), place)
    (card,) = program.window.findChildren(NoteCard)
    assert card.note is not None
    assert card.note.label == "1"
    card.note_wanted.emit(card.note.n)
    assert card.isHidden()
    view.page.setFocus()
    press(program, "N")
    press(program, "Return")
    assert card.note is not None
    with qtbot.waitSignal(view.source_wanted) as wanted:
        press(program, "Return")
    assert wanted.args == ["https://archive.example.org/register"]


def test_words_are_selected_and_copied_as_plain_text(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    program = pages(REPORT)
    view = show_pages(qtbot, press, program)
    page, viewport = view.page, view.page.viewport()
    first = page.on_screen(1, (41, 50, 42, 60)).center().toPoint()
    last = page.on_screen(1, (290, 64, 291, 72)).center().toPoint()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(viewport, last)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=last)
    assert page.selected_words().split("\n")[0].startswith("The register of the river school")
    page.setFocus()
    press(program, "Ctrl+C")
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().startswith("The register")
    assert not mime.hasHtml()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=page.on_screen(1, (70, 52, 72, 58)).center().toPoint())
    assert page.selected_words() == "register"
    press(program, "Escape")
    assert page.selected_words() == ""


def test_zoom_keeps_the_place_and_fits_the_width_again(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    program = pages(REPORT)
    view = show_pages(qtbot, press, program)
    fitting = view.page.roll.zoom
    view.page.scroll_to(4, 100)
    here, _, _ = view.page.to_page(QPointF(100, view.page.viewport().height() / 3))
    press(program, "Ctrl+=")
    press(program, "Ctrl+=")
    assert view.page.roll.zoom > fitting
    assert view.page.to_page(QPointF(100, view.page.viewport().height() / 3))[0] == here
    qtbot.waitUntil(lambda: view.page.wanted() is None)
    press(program, "Ctrl+0")
    assert view.page.roll.zoom == pytest.approx(fitting)


def test_paper_is_white_in_every_theme(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    program = pages(REPORT)
    view = show_pages(qtbot, press, program)
    corner = view.page.on_screen(1, (5, 5, 6, 6)).center().toPoint()
    for _ in range(3):
        press(program, "Ctrl+T")
        assert dots(view).pixelColor(corner).name() == "#ffffff"


def test_a_scan_opens_as_pages_and_says_that_it_has_no_text(qtbot: QtBot, pages: Callable[..., Ibid]) -> None:
    program = pages(SCAN)
    view = view_of(program)
    qtbot.waitUntil(lambda: view.is_page_shown and view.page.has_page(1))
    assert "cannot be searched" in view.notice.words
    view.notice.button.click()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(RecogniseSheet)))
    (sheet,) = program.window.findChildren(RecogniseSheet)
    assert bool(sheet.findChildren(QCheckBox)) is (shutil.which("tesseract") is not None)
    sheet.close_sheet()


def test_the_pages_of_a_locked_file_ask_for_its_password_each_time(
    qtbot: QtBot, press: Press, pages: Callable[..., Ibid]
) -> None:
    program = pages(LOCKED, password="heron")
    assert "heron" in program.reading.document.passages[0].text
    press(program, "F8")
    qtbot.waitUntil(lambda: bool(program.window.findChildren(PasswordSheet)))
    (sheet,) = program.window.findChildren(PasswordSheet)
    give(qtbot, sheet, "stork")
    qtbot.waitUntil(sheet._notice.isVisible)
    assert "does not open" in sheet._notice.text()
    give(qtbot, sheet, "heron")
    qtbot.waitUntil(lambda: view_of(program).is_page_shown and view_of(program).page.has_page(1))
    assert not program.window.has_sheet


def give(qtbot: QtBot, sheet: PasswordSheet, password: str) -> None:
    (field,) = sheet.findChildren(QLineEdit)
    qtbot.waitUntil(field.isEnabled)
    field.setText(password)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_page_in_sight_is_called_what_the_file_calls_it(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    lines = [[(40, 340, 10, f"On page {n} the river is named again and again.")] for n in range(1, 5)]
    roman = text_pdf(lines, labels=b"/PageLabels << /Nums [0 << /S /r /St 11 >> 2 << /S /D >>] >>")
    view = show_pages(qtbot, press, pages(roman))
    assert view.page.page_name() == "page xi"
    view.page.verticalScrollBar().setValue(view.page.verticalScrollBar().maximum())
    assert view.page.page_name() == "page 2"


def test_pages_that_have_numbers_only_are_not_named(qtbot: QtBot, press: Press, pages: Callable[..., Ibid]) -> None:
    assert show_pages(qtbot, press, pages(REPORT)).page.page_name() == ""
