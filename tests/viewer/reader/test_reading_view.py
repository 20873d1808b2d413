"""Reading: what is shown, where one goes, and what stays shut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from archive.model.document import Document, Passage, PassageKind
from archive.model.footnote import Citation, Marker, Note
from archive.model.locator import Locator
from archive.model.source import SourceState
from archive.words import choose_language, say
from viewer.look import style
from viewer.look.themes import THEMES, theme
from viewer.reader.margin import MOST_LINES, MarginNotes, cut_to_lines, without_addresses
from viewer.reader.note_card import NoteCard
from viewer.reader.outline import OutlineList
from viewer.reader.reading_text import ReadingText
from viewer.reader.reading_view import ReadingView

# The offscreen platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Report = tuple[Document, list[Passage], list[Note]]
SAVED_AT = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)


@pytest.fixture
def view(qtbot: object, report: Report, states: dict[str, SourceState]) -> Iterator[ReadingView]:
    """A view of the small report, 800 by 600."""
    choose_language("en")
    made = ReadingView(say, theme=theme("light"))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_document(*report, states, saved_at=dict.fromkeys(states, SAVED_AT))
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def text_of(view: ReadingView) -> ReadingText:
    return view.findChild(ReadingText)


def card_of(view: ReadingView) -> NoteCard:
    cards = view.findChildren(NoteCard)
    return next((card for card in cards if not card.isHidden()), cards[0])


def place_of(view: ReadingView, note: int) -> QRect:
    spot = text_of(view).spot_of(note)
    return text_of(view).rect_of(spot.position, spot.length).toRect()


def move_to(view: ReadingView, where: QPoint) -> None:
    viewport = text_of(view).viewport()
    point = QPointF(where)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        point,
        viewport.mapToGlobal(point),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def click(view: ReadingView, where: QPoint) -> None:
    QTest.mouseClick(text_of(view).viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def on_marker(view: ReadingView, note: int) -> QPoint:
    place = place_of(view, note)
    return QPoint(place.center().x(), place.top() + place.height() // 3)


def words_of(card: NoteCard) -> list[str]:
    return [
        label.accessibleName() or label.text() for label in card.findChildren(QLabel) if not label.isHidden() and label.text()
    ]


def test_everything_of_a_document_is_in_the_text(view: ReadingView, report: Report) -> None:
    shown = text_of(view).toPlainText()
    for passage in report[1]:
        for part in passage.text.replace("\t", "\n").split("\n"):
            assert part[:20] in shown
    assert "Zarečča Local History Circle · 24 January 2025 · ZLH 4/2025" in shown


def test_a_card_comes_when_the_pointer_rests_on_a_marker_and_goes_after_it_left(view: ReadingView, qtbot: object) -> None:
    with qtbot.waitSignal(view.marker_rested, timeout=2000) as rested:
        move_to(view, on_marker(view, 0))
    assert rested.args[0] == 0
    assert not card_of(view).isHidden()
    assert card_of(view).note.n == 0
    move_to(view, QPoint(5, 5))
    assert not card_of(view).isHidden(), "there is a grace in which the pointer may come to the card"
    qtbot.waitUntil(lambda: card_of(view).isHidden(), timeout=2000)


def test_the_card_stays_while_the_pointer_is_over_it(view: ReadingView, qtbot: object) -> None:
    with qtbot.waitSignal(view.marker_rested, timeout=2000):
        move_to(view, on_marker(view, 0))
    move_to(view, QPoint(5, 5))
    card_of(view).pointer_entered.emit()
    grace = card_of(view).note
    assert grace is not None
    qtbot.wait(400)  # longer than the grace: nothing may happen, so there is nothing to wait for
    assert not card_of(view).isHidden()


def test_the_card_can_be_switched_off(view: ReadingView, qtbot: object) -> None:
    view.set_notes_shown(on_rest=False, in_margin=True)
    with qtbot.waitSignal(view.marker_rested, timeout=2000):
        move_to(view, on_marker(view, 0))
    assert card_of(view).isHidden()


def test_the_card_says_what_became_of_the_source(view: ReadingView) -> None:
    click(view, on_marker(view, 1))
    assert words_of(card_of(view)) == ["2", "Дзённік вясковай настаўніцы", "museum.example.by", "Partly saved 15 January 2025"]
    QTest.keyClick(text_of(view), Qt.Key.Key_Escape)
    click(view, on_marker(view, 3))
    assert words_of(card_of(view))[-1] == "Gone", "what is gone has no date of saving"


def test_a_second_click_on_a_marker_asks_for_its_source(view: ReadingView, qtbot: object, report: Report) -> None:
    with qtbot.waitSignal(view.marker_opened, timeout=1000) as opened:
        click(view, on_marker(view, 2))
    assert opened.args == [2]
    with qtbot.waitSignal(view.source_wanted, timeout=1000) as wanted:
        click(view, on_marker(view, 2))
    assert wanted.args == [report[2][2].citations[0].address]
    assert card_of(view).isHidden(), "the source is open now: the card would only cover the text"


def test_a_card_that_was_opened_stays_until_a_click_elsewhere(view: ReadingView) -> None:
    click(view, on_marker(view, 0))
    move_to(view, QPoint(5, 5))
    assert not card_of(view).isHidden()
    click(view, QPoint(5, 5))
    assert card_of(view).isHidden()


def test_notes_are_reached_and_left_by_keyboard_alone(view: ReadingView, qtbot: object, report: Report) -> None:
    text = text_of(view)
    for _ in range(2):
        QTest.keyClick(text, "n")
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert card_of(view).note.n == 1
    with qtbot.waitSignal(view.source_wanted, timeout=1000) as wanted:
        QTest.keyClick(text, Qt.Key.Key_Return)
    assert wanted.args == [report[2][1].citations[0].address]
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert card_of(view).isHidden()
    QTest.keyClick(text, "N", Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert card_of(view).note is not None


def test_a_keyboard_that_writes_cyrillic_goes_to_the_next_marker_too(view: ReadingView) -> None:
    QApplication.sendEvent(text_of(view), QKeyEvent(QKeyEvent.Type.KeyPress, 0x0422, Qt.KeyboardModifier.NoModifier, "т"))
    QTest.keyClick(text_of(view), Qt.Key.Key_Return)
    assert card_of(view).note.n == 0


def test_tab_goes_into_the_card_and_escape_back_to_the_text(view: ReadingView, qtbot: object, report: Report) -> None:
    QTest.keyClick(text_of(view), "n")
    QTest.keyClick(text_of(view), Qt.Key.Key_Return)
    QTest.keyClick(text_of(view), Qt.Key.Key_Tab)
    button = view.window().focusWidget()
    assert button.text() == "Open source"
    with qtbot.waitSignal(view.source_wanted, timeout=1000) as wanted:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted.args == [report[2][0].citations[0].address]
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert card_of(view).isHidden()
    assert text_of(view).hasFocus()


def test_ctrl_and_the_wheel_change_the_size_of_the_text(view: ReadingView, qtbot: object) -> None:
    viewport, middle = text_of(view).viewport(), QPointF(200, 200)
    turn = QWheelEvent(
        middle,
        viewport.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(view.text_size_changed, timeout=1000) as changed:
        QApplication.sendEvent(viewport, turn)
    assert changed.args == [13.5]


def test_a_marker_without_a_note_opens_no_card_and_asks_to_be_put_right(qtbot: object, view: ReadingView, report: Report) -> None:
    sheet = text_of(view).sheet
    lonely = next(spot for spot in sheet.markers if spot.note is None)
    place = text_of(view).rect_of(lonely.position, lonely.length).toRect()
    with qtbot.waitSignal(view.correct_marker_wanted, timeout=1000) as wanted:
        click(view, QPoint(place.center().x(), place.top() + place.height() // 3))
    assert wanted.args == [4, 1]
    assert card_of(view).isHidden()


def test_the_card_leads_to_the_note_and_the_note_back_to_its_marker(view: ReadingView) -> None:
    click(view, on_marker(view, 0))
    card_of(view).note_wanted.emit(0)
    sheet = text_of(view).sheet
    place = text_of(view).rect_of(sheet.note_positions[0], 1).toRect()
    assert text_of(view).viewport().rect().contains(place.center())
    assert card_of(view).isHidden()
    click(view, place.center())
    assert text_of(view).viewport().rect().contains(place_of(view, 0).center())


@pytest.mark.parametrize("note", range(4))
def test_the_card_never_leaves_the_window(view: ReadingView, note: int) -> None:
    for size in ((800, 600), (480, 420)):
        view.resize(*size)
        text_of(view).choose_spot(note)
        text_of(view).setFocus()
        QTest.keyClick(text_of(view), Qt.Key.Key_Return)
        face = card_of(view).geometry().adjusted(12, 12, -12, -12)
        assert view.window().rect().contains(face)
        QTest.keyClick(text_of(view), Qt.Key.Key_Escape)


def test_a_link_is_told_and_never_opened(view: ReadingView, qtbot: object) -> None:
    text = text_of(view)
    position = text.sheet.text_map.position_of(7, 40)
    text.scroll_to(position)
    with qtbot.waitSignal(view.link_wanted, timeout=1000) as wanted:
        click(view, text.rect_of(position, 1).toRect().center())
    assert wanted.args == ["https://list.example.org"]


def test_going_to_words_brings_them_into_view_and_marks_them(view: ReadingView, report: Report) -> None:
    place = Locator(report[0].document, 13, 160, 168)
    view.go_to(place)
    (mark,) = text_of(view).extraSelections()
    assert mark.cursor.selectedText() == report[1][13].text[160:168]
    assert text_of(view).viewport().rect().intersects(text_of(view).cursorRect(mark.cursor))
    view.go_to(Locator("c" * 64, 1, 0, 3))
    assert text_of(view).extraSelections()[0].cursor.selectedText() == report[1][13].text[160:168], (
        "another document is left alone"
    )


def test_hits_are_walked_in_reading_order_and_round(view: ReadingView, report: Report) -> None:
    hits = [Locator(report[0].document, passage, 0, 3) for passage in (12, 1, 4)]
    view.set_hits(hits)
    walked = []
    for step in (view.next_hit, view.next_hit, view.next_hit, view.next_hit, view.previous_hit):
        step()
        current = [
            mark.cursor.selectedText()
            for mark in text_of(view).extraSelections()
            if mark.format.background().color().name() == theme("light").hit_current
        ]
        walked.append(current[0])
    texts = [report[1][passage].text[:3] for passage in (1, 4, 12)]
    assert walked == [*texts, texts[0], texts[2]]


def test_finding_says_how_many_and_goes_there(view: ReadingView, qtbot: object) -> None:
    view.open_find()
    line = view.window().focusWidget()
    QTest.keyClicks(line, "register")
    labels = [label.text() for label in view.findChildren(QLabel)]
    assert "1 of 6" in labels
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "2 of 6" in [label.text() for label in view.findChildren(QLabel)]
    QTest.keyClicks(line, "zzz")
    assert "Not found in this document" in [label.text() for label in view.findChildren(QLabel)]
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert text_of(view).extraSelections() == []
    assert text_of(view).hasFocus()


def test_the_place_is_kept_when_theme_size_or_width_change(view: ReadingView, report: Report) -> None:
    view.go_to(Locator(report[0].document, 12, 0, 0))
    text_of(view).scroll_to(text_of(view).sheet.text_map.position_of(12, 0), share=0)
    view.set_theme(theme("dark"))
    assert view.current_position().passage == 12
    view.set_text_size(16)
    assert view.current_position().passage == 12
    view.set_measure(50)
    assert view.current_position().passage == 12
    view.resize(500, 600)
    QApplication.processEvents()
    assert view.current_position().passage == 12


def test_the_position_is_told_once_scrolling_has_settled(view: ReadingView, qtbot: object, report: Report) -> None:
    with qtbot.waitSignal(view.position_changed, timeout=2000) as told:
        view.go_to(Locator(report[0].document, 12, 0, 0))
    assert told.args[0].document == report[0].document
    assert told.args[0].passage > 3


def test_copied_words_are_plain_text_without_markers(view: ReadingView, report: Report) -> None:
    text_of(view).selectAll()
    mime = text_of(view).createMimeDataFromSelection()
    assert report[1][1].text in mime.text()
    assert not mime.hasHtml()
    assert mime.data("x-kde-passwordManagerHint").data() == b"secret"


def test_everything_is_selected_and_copied_by_keyboard(view: ReadingView, report: Report) -> None:
    QTest.keyClick(text_of(view), "a", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text_of(view), "c", Qt.KeyboardModifier.ControlModifier)
    assert report[1][4].text in QApplication.clipboard().text()
    QApplication.clipboard().clear()


def test_the_wheel_scrolls_beside_the_column_too(view: ReadingView) -> None:
    view.resize(1300, 500)
    QApplication.processEvents()
    bar = text_of(view).verticalScrollBar()
    for widget in (text_of(view), text_of(view).viewport(), view.findChild(MarginNotes)):
        before = bar.value()
        where = QPointF(10, 10)
        turn = QWheelEvent(
            where,
            widget.mapToGlobal(where),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, turn)
        assert bar.value() > before


def test_nothing_is_kept_when_nothing_is_shown(view: ReadingView) -> None:
    click(view, on_marker(view, 0))
    view.show_nothing("Open a report from the library.")
    assert text_of(view).toPlainText() == ""
    assert view.current_position() is None
    assert card_of(view).note is None
    assert words_of(card_of(view)) == []
    assert view.outline.rowCount() == 0
    assert "Open a report from the library." in [label.text() for label in view.findChildren(QLabel)]


def test_headings_are_listed_and_gone_to(view: ReadingView, qtbot: object) -> None:
    outline = OutlineList(view.outline)
    qtbot.addWidget(outline)
    assert [view.outline.index(row).data() for row in range(3)] == ["The school by the river", "What was saved", "How we counted"]
    with qtbot.waitSignal(outline.heading_wanted, timeout=1000) as wanted:
        outline.activated.emit(view.outline.index(1))
    assert wanted.args == [3]
    outline.show_position(8)
    assert outline.currentIndex().row() == 1


EVIL = "<img src='file:///etc/passwd'><b>bold</b> gpj.\u202eexe"


def test_evil_strings_are_shown_as_they_are_and_nothing_is_loaded(
    view: ReadingView, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QTextDocument, "loadResource", lambda *given: asked.append(given))
    passages = [
        Passage(n=0, kind=PassageKind.HEADING, text=EVIL, level=1),
        Passage(n=1, kind=PassageKind.PARAGRAPH, text=f"{EVIL} text", markers=(Marker(label="<i>1</i>", at=len(EVIL), note=0),)),
        Passage(n=2, kind=PassageKind.NOTE, text=EVIL),
    ]
    citation = Citation(n=0, note=0, text=EVIL, address="https://xn--e1afmkfd.example/<b>", title=EVIL)
    notes = [Note(n=0, label="<i>1</i>", text=EVIL, passage=2, paired=True, citations=(citation,))]
    view.show_document(report[0], passages, notes, {})
    assert text_of(view).toPlainText().count("<img src='file:///etc/passwd'>") == 3
    assert "\u202e" not in text_of(view).toPlainText()
    QTest.keyClick(text_of(view), "n")
    QTest.keyClick(text_of(view), Qt.Key.Key_Return)
    assert card_of(view).note is not None
    for label in view.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    assert any(words.startswith("<img src='file:///etc/passwd'>") and "[U+202E]" in words for words in words_of(card_of(view)))
    view.grab()
    assert asked == []
    assert text_of(view).loadResource(2, QUrl("file:///etc/passwd")) is None


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("chosen", THEMES, ids=lambda chosen: chosen.name)
def test_it_can_be_seen_in_every_language_and_theme(
    qtbot: object, qapp: QApplication, report: Report, states: dict[str, SourceState], language: str, chosen: object
) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    style.apply(qapp, chosen)
    choose_language(language)
    try:
        made = ReadingView(say, theme=chosen)
        qtbot.addWidget(made)
        made.resize(1300, 700)
        made.show_document(*report, states)
        made.show()
        QTest.keyClick(text_of(made), "n")
        QTest.keyClick(text_of(made), Qt.Key.Key_Return)
        image = made.grab().toImage()
        assert image.pixelColor(4, 690).name() == chosen.paper
    finally:
        choose_language("en")
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_on_a_wide_window_notes_stand_beside_their_lines(view: ReadingView, qtbot: object) -> None:
    margin = view.findChild(MarginNotes)
    assert margin.isHidden()
    view.resize(1300, 700)
    QApplication.processEvents()
    assert not margin.isHidden()
    column = text_of(view).viewport().geometry()
    assert margin.geometry().left() > column.right()
    assert margin.geometry().right() < view.width()
    margin.grab()
    with qtbot.waitSignal(view.marker_opened, timeout=1000) as opened:
        where = QPoint(40, place_of(view, 1).top() + 6)
        QTest.mouseClick(margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert opened.args == [1]
    view.resize(800, 700)
    QApplication.processEvents()
    assert margin.isHidden()


def test_a_long_note_in_the_margin_ends_in_an_ellipsis(qapp: QApplication) -> None:
    lines = cut_to_lines("Ганна Шуляк 🙂 запісала ў дзённіку, што вада стаяла да другой прыступкі. " * 20, 200, MOST_LINES)
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
    assert cut_to_lines("short", 200, MOST_LINES) == ("short",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Viasna, «Сітуацыя», 15 January 2025, https://spring96.org/ru/news/117167", "Viasna, «Сітуацыя», 15 January 2025"),
        ("See <https://a.example.org/x>, p. 4", "See, p. 4"),
        ("Volume 1, https://a.example.org/x, read in May", "Volume 1, read in May"),
        ("https://a.example.org/x", "a.example.org"),
        ("Private\nletter", "Private letter"),
    ],
)
def test_the_margin_leaves_addresses_out(text: str, words: str) -> None:
    assert without_addresses(text) == words


def test_five_hundred_pages_open_at_a_hit_at_once(
    view: ReadingView, qtbot: object, five_hundred_pages: Report, states: dict[str, SourceState]
) -> None:
    document, passages, notes = five_hundred_pages
    hit = Locator(document.document, 700, 12, 30)
    began = time.perf_counter()
    view.show_document(document, passages, notes, states)
    view.set_hits([hit])
    view.go_to(hit)
    view.grab()
    took_s = time.perf_counter() - began
    assert took_s < 3.0, "a slow machine has its time; the benchmark prints the figure"
    (mark,) = text_of(view).extraSelections()
    assert mark.cursor.selectedText() == passages[700].text[12:30]
    assert text_of(view).viewport().rect().intersects(text_of(view).cursorRect(mark.cursor))
    for _ in range(5):
        QApplication.processEvents()
    share = text_of(view).cursorRect(mark.cursor).top() / text_of(view).viewport().height()
    assert 0.2 < share < 0.4, "what is laid out later moves nothing"
    assert view.find("Zarečča") > 700
    assert len(text_of(view).extraSelections()) < 100, "only what is seen is marked"
    cursor = QTextCursor(text_of(view).document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.position() > 400_000
