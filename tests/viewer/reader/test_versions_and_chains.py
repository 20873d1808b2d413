"""Ways on from a document: to itself in other languages, and from a note to the one that it repeats."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from archive.model.document import Document, OtherVersion, Passage
from archive.model.footnote import Note
from archive.values import Language
from viewer.look import style
from viewer.look.themes import theme
from viewer.reader.note_card import NoteCard
from viewer.reader.reading_text import ReadingText
from viewer.reader.reading_view import ReadingView
from viewer.say.words import say

Report = tuple[Document, list[Passage], list[Note]]
HERE = OtherVersion(language=Language.RUSSIAN, title="Школа у реки", document="c" * 64)
ELSEWHERE = OtherVersion(language=Language.BELARUSIAN, address="https://example.by/be")


@pytest.fixture
def view(qtbot: object, qapp: QApplication) -> ReadingView:
    style.apply(qapp, theme("light"))
    made = ReadingView(say, theme=theme("light"))
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    return made


def _save(view: ReadingView, name: str) -> None:
    if folder := os.environ.get("IBID_SHOTS"):
        view.window().grab().save(str(Path(folder, name)))


def test_a_version_that_is_here_opens_from_the_head_and_one_elsewhere_is_only_named(
    qtbot: object, view: ReadingView, report: Report
) -> None:
    view.show_document(*report, {}, versions=(ELSEWHERE, HERE))
    text = view.findChild(ReadingText)
    words = text.document().toPlainText()
    assert "Also in the archive: Russian · Elsewhere: Belarusian" in words
    _save(view, "versions.png")
    place = text.rect_of(words.index("Russian") + 2, 2).center().toPoint()
    with qtbot.waitSignal(view.document_wanted, timeout=1000) as wanted:
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place))
    assert wanted.args == ["c" * 64]


def test_without_other_versions_the_head_says_nothing_of_them(view: ReadingView, report: Report) -> None:
    view.show_document(*report, {})
    assert "Also in" not in view.findChild(ReadingText).document().toPlainText()


def test_the_card_says_which_note_is_repeated_and_through_which(view: ReadingView, report: Report) -> None:
    document, passages, notes = report
    links = {1: (0, "p. 12"), 2: (1, None)}
    notes = [
        msgspec.structs.replace(
            note,
            citations=tuple(
                msgspec.structs.replace(each, ibid_of=links[each.n][0], pages=links[each.n][1]) if each.n in links else each
                for each in note.citations
            ),
        )
        for note in notes
    ]
    view.show_document(document, passages, notes, {})
    text = view.findChild(ReadingText)
    said = []
    for _ in range(4):
        QTest.keyClick(text, "n")
        QTest.keyClick(text, Qt.Key.Key_Return)
        [card] = [card for card in view.window().findChildren(NoteCard) if not card.isHidden()]
        said.append((card.note.label, [label.accessibleName() for label in card.findChildren(QLabel) if label.accessibleName()]))
        _save(view, f"chain-{len(said)}.png")
        rows = card.findChild(QScrollArea)
        assert rows.height() >= rows.widget().sizeHint().height() > 20, "a card that was open already shows its citations too"
    by_label = dict(said)
    assert not any("Repeats" in line for line in by_label["1"])
    assert "Repeats note 1" in by_label["2"]
    assert any(line.endswith("· p. 12") for line in by_label["2"])
    assert "Repeats note 1, by way of 2" in by_label["3"]
