"""The source beside the report: its state is said, its words are found, its strings are only shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit

from archive.model.document import Passage, PassageKind
from archive.model.footnote import Citation, Note
from archive.model.quoting import quotes_of
from archive.model.source import Capture, Place, Quoted, Source, SourceState, Verdict
from archive.words import choose_language, say
from viewer.look.paper import PlainBox
from viewer.look.themes import THEMES, theme
from viewer.sources.saved_text import SavedText
from viewer.sources.source_pane import SourcePane

# The offscreen platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

ADDRESS = "https://museum.example.by/diary/3"
FILLING = "Вада стаяла высока, і ніхто не мог прайсці па вуліцы без лодкі. " * 8
PASSAGES = [
    Passage(n=0, kind=PassageKind.HEADING, text="Сшытак трэці", level=1),
    *(Passage(n=n, kind=PassageKind.PARAGRAPH, text=FILLING) for n in range(1, 12)),
    Passage(n=12, kind=PassageKind.PARAGRAPH, text="Потым яна дапісала: “Мы вынеслі   кнігі першымі”, і ўсё."),
    *(Passage(n=n, kind=PassageKind.PARAGRAPH, text=FILLING) for n in range(13, 16)),
]


def capture(day: int, document: str | None = "d" * 64, verdict: Verdict = Verdict.COMPLETE) -> Capture:
    return Capture(
        capture=f"{day:064}",
        address=ADDRESS,
        final_address=ADDRESS,
        taken_at=datetime(2025, 1, day, 12, tzinfo=UTC),
        verdict=verdict,
        status=200,
        media_type="text/html",
        size_bytes=10,
        document=document,
    )


def source(
    state: SourceState = SourceState.SAVED, *captures: Capture, address: str = ADDRESS, cited_at: tuple[Place, ...] = ()
) -> Source:
    return Source(address=address, state=state, captures=captures, cited_at=cited_at)


@pytest.fixture
def pane(qtbot: object) -> Iterator[SourcePane]:
    """A pane, 460 by 640, on the screen."""
    choose_language("en")
    made = SourcePane(say, theme=theme("light"))
    qtbot.addWidget(made)
    made.resize(460, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


def words_of(pane: SourcePane) -> str:
    shown = [label.text() for label in pane.findChildren(QLabel) if label.isVisible() and label.text()]
    return "\n".join([*shown, *(box.toPlainText() for box in pane.findChildren(PlainBox) if box.isVisible())])


def buttons_of(pane: SourcePane) -> dict[str, QPushButton]:
    return {button.text(): button for button in pane.findChildren(QPushButton) if button.isVisible()}


def test_a_saved_source_opens_at_the_quoted_words(pane: SourcePane) -> None:
    pane.show_source(source(SourceState.SAVED, capture(15)), PASSAGES, ["no such words", "Мы вынеслі кнігі першымі"])
    QApplication.processEvents()
    text = pane.findChild(SavedText)
    (mark,) = text.extraSelections()
    assert mark.cursor.selectedText() == "Мы вынеслі   кнігі першымі"
    assert text.viewport().rect().intersects(text.cursorRect(mark.cursor))
    assert {"museum.example.by", "Saved 15 January 2025 · as text", "Сшытак трэці", "The quoted words are marked."} <= set(
        words_of(pane).split("\n")
    )


def test_a_pane_that_was_hidden_opens_at_the_quoted_words_too(qtbot: object) -> None:
    made = SourcePane(say, theme=theme("dark"))
    qtbot.addWidget(made)
    made.show_source(source(SourceState.SAVED, capture(15)), PASSAGES, ["Мы вынеслі кнігі першымі"])
    made.resize(430, 500)
    with qtbot.waitExposed(made):
        made.show()
    text = made.findChild(SavedText)
    assert text.viewport().rect().intersects(text.cursorRect(text.extraSelections()[0].cursor))


def test_quoted_words_that_are_not_there_are_said_so(pane: SourcePane) -> None:
    pane.show_source(source(SourceState.SAVED, capture(15)), PASSAGES, ["nobody wrote this"])
    assert "The quoted words were not found in the saved text." in words_of(pane)
    assert pane.findChild(SavedText).extraSelections() == []
    pane.show_source(source(SourceState.SAVED, capture(15)), PASSAGES)
    assert "quoted" not in words_of(pane), "nothing was quoted, so nothing is missing"


def test_words_that_stand_in_the_title_alone_are_found(pane: SourcePane) -> None:
    pane.show_source(source(SourceState.SAVED, capture(15)), PASSAGES, ["сшытак трэці"])
    assert "The saved page has the title that the note names." in words_of(pane)
    pane.show_source(source(SourceState.SAVED, capture(15)), PASSAGES, ["Сшытак трэці", "Мы вынеслі кнігі"])
    assert "The quoted words are marked." in words_of(pane), "words in the text are better than the title"


@pytest.mark.parametrize(
    ("state", "sentence", "advice"),
    [
        (SourceState.SAVED, "Saved, but the page holds no text", False),
        (SourceState.PARTIAL, "Only a part could be saved", True),
        (SourceState.WAITING, "Not saved yet.", True),
        (SourceState.GONE, "This source is gone.", False),
        (SourceState.REFUSED, "This source was not saved.", False),
        (SourceState.FAILED, "This source could not be saved.", True),
    ],
)
def test_every_state_without_a_text_says_what_is_and_what_to_do(
    pane: SourcePane, state: SourceState, sentence: str, advice: bool
) -> None:
    pane.show_source(source(state))
    assert sentence in words_of(pane)
    assert ("ibid capture" in words_of(pane)) == advice


def test_why_a_source_is_not_saved_is_said_as_it_was_and_not_guessed(pane: SourcePane) -> None:
    refused = msgspec.structs.replace(source(SourceState.REFUSED), error="not-served", facts={"host": "a.example", "status": 403})
    pane.show_source(refused)
    assert "a.example answered with 403: it refuses access" in words_of(pane)
    assert "private" not in words_of(pane)
    pane.show_source(msgspec.structs.replace(refused, error="invented", facts={}))
    assert "The site, or Ibid itself, refused." in words_of(pane)


def test_a_note_without_an_address_says_so(pane: SourcePane) -> None:
    pane.show_source(source(SourceState.NO_ADDRESS, address=""))
    assert "This note gives no address." in words_of(pane)


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("chosen", THEMES, ids=lambda chosen: chosen.name)
@pytest.mark.parametrize("state", SourceState)
def test_every_state_has_words_in_every_language(qtbot: object, language: str, chosen: object, state: SourceState) -> None:
    choose_language(language)
    try:
        made = SourcePane(say, theme=chosen)
        qtbot.addWidget(made)
        for captures in (
            (),
            (capture(15),),
            (capture(20, verdict=Verdict.EMPTY_PAGE), capture(3, document=None, verdict=Verdict.ERROR_PAGE)),
        ):
            made.show_source(source(state, *captures), PASSAGES if captures else ())
        made.set_theme(theme("sepia"))
        made.set_text_size(15)
    finally:
        choose_language("en")


def test_reports_that_cite_it_are_counted_once_and_can_be_opened(pane: SourcePane, qtbot: object) -> None:
    places = (
        Place("a" * 64, "3", "One report"),
        Place("a" * 64, "9", "One report"),
        Place("b" * 64, "*", "Tom & Jerry <b>" + "x" * 90),
    )
    pane.show_source(source(SourceState.WAITING, cited_at=places))
    menu = buttons_of(pane)["Cited by 2 reports"].menu()
    assert [action.text() for action in menu.actions()][:2] == ["One report, note 3", "One report, note 9"]
    assert menu.actions()[2].text().startswith("Tom && Jerry <b>xxx")
    with qtbot.waitSignal(pane.document_wanted, timeout=1000) as wanted:
        menu.actions()[2].trigger()
    assert wanted.args == ["b" * 64]


def test_several_captures_are_listed_by_date(pane: SourcePane, qtbot: object) -> None:
    captures = (capture(15), capture(9, document=None, verdict=Verdict.ERROR_PAGE), capture(3, document="e" * 64))
    pane.show_source(source(SourceState.SAVED, *captures), PASSAGES)
    *actions, line, comparing = buttons_of(pane)["3 saved copies"].menu().actions()
    assert (line.isSeparator(), comparing.text()) == (True, "Compare with the state of 3 January 2025")
    assert [action.text() for action in actions] == [
        "15 January 2025 · complete",
        "9 January 2025 · an error page",
        "3 January 2025 · complete",
    ]
    assert [action.isChecked() for action in actions] == [True, False, False]
    assert [action.isEnabled() for action in actions] == [True, False, True]
    with qtbot.waitSignal(pane.capture_wanted, timeout=1000) as wanted:
        actions[2].trigger()
    assert wanted.args == ["e" * 64]
    pane.show_source(source(SourceState.SAVED, *captures), PASSAGES, capture=captures[2])
    assert "Saved 3 January 2025 · as text" in words_of(pane)


def test_the_address_is_text_to_select_and_nothing_to_click(pane: SourcePane) -> None:
    evil = "https://xn--80ak6aa92e.example/<a href='file:///etc/passwd'>\u202egpj"
    pane.show_source(source(SourceState.WAITING, address=evil), title="<img src='file:///etc/passwd'>\u2067")
    box = next(box for box in pane.findChildren(PlainBox) if box.accessibleName() == "Address of the source")
    assert box.toPlainText() == "https://xn--80ak6aa92e.example/<a href='file:///etc/passwd'>[U+202E]gpj"
    assert box.textInteractionFlags() == Qt.TextInteractionFlag.TextSelectableByMouse
    assert not any(fmt.toCharFormat().isAnchor() for fmt in box.document().allFormats() if fmt.isCharFormat())
    assert "<img src='file:///etc/passwd'>[U+2067]" in words_of(pane)
    for label in pane.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


def test_long_unbroken_strings_do_not_widen_the_pane(pane: SourcePane) -> None:
    host = ".".join(["label" * 8] * 5) + ".by"
    pane.show_source(source(SourceState.WAITING, address=f"https://{host}/{'path' * 200}"), title="Title" * 60)
    QApplication.processEvents()
    assert pane.minimumSizeHint().width() <= 460
    assert pane.width() == 460


def test_escape_and_the_cross_close(pane: SourcePane, qtbot: object) -> None:
    pane.show_source(source(SourceState.SAVED, capture(15)), PASSAGES)
    with qtbot.waitSignal(pane.close_wanted, timeout=1000):
        QTest.keyClick(pane, Qt.Key.Key_Escape)


def test_nothing_is_kept_when_nothing_is_shown(pane: SourcePane) -> None:
    pane.show_source(
        source(SourceState.SAVED, capture(15), cited_at=(Place("a" * 64, "3", "One report"),)), PASSAGES, ["Сшытак трэці"]
    )
    pane.show_nothing()
    kept = [label.text() for label in pane.findChildren(QLabel)] + [box.toPlainText() for box in pane.findChildren(QTextEdit)]
    assert not [words for words in kept if "Сшытак" in words or "museum" in words or "Вада" in words]
    assert not [action for button in pane.findChildren(QPushButton) if button.menu() for action in button.menu().actions()]


def test_quoted_words_that_stand_there_nearly_are_said_to(pane: SourcePane) -> None:
    cited = (Place("d" * 64, "7", "A report", quoted=Quoted.NEARLY),)
    pane.show_source(source(SourceState.SAVED, capture(15), cited_at=cited), PASSAGES, ["words that stand there nearly"])
    assert "nearly as the note has them" in words_of(pane)


@pytest.mark.parametrize(
    ("text", "title", "quotes"),
    [
        pytest.param("Viasna, «Сітуацыя ў краіне», 15 January", None, ("Сітуацыя ў краіне",), id="guillemets"),
        pytest.param('See “Women on the line” and "Men at sea".', None, ("Women on the line", "Men at sea"), id="longest first"),
        pytest.param(
            "See „Niemand geht allein“, p. 4",
            "Women on the line",
            ("Women on the line", "Niemand geht allein"),
            id="with the title",
        ),
        pytest.param("See “this”, ibid.", None, (), id="too short to prove anything"),
    ],
)
def test_what_a_note_quotes(text: str, title: str | None, quotes: tuple[str, ...]) -> None:
    citation = Citation(n=0, note=0, text=text, address=ADDRESS, title=title)
    found = quotes_of(Note(n=0, label="1", text=text, passage=1, citations=(citation,)))
    assert sorted(found) == sorted(quotes)
    assert [len(words) for words in found] == sorted(map(len, quotes), reverse=True)
