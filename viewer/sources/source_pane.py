"""The saved source beside the report: where it is from, what became of it, and its text at the quoted words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive.errors import from_code
from archive.model.document import Passage, PassageKind
from archive.model.replay import CapturePart
from archive.model.source import Capture, Quoted, Source, SourceState
from viewer.look.find_words import find_in, fold
from viewer.look.icons import icon, icon_of_state, pixmap
from viewer.look.paper import PlainBox
from viewer.look.plain import plain, plain_address, plain_host
from viewer.look.style import GRID_PX, HALF_GRID_PX, READING_PT, code_font, interface_font, reading_font
from viewer.look.themes import Theme
from viewer.look.typesetting import Layout, typeset
from viewer.models.evidence import worth_in_words
from viewer.say.notices import say_error
from viewer.say.words import say_date
from viewer.sources.absence import Absence
from viewer.sources.capture_bar import CaptureBar
from viewer.sources.saved_text import SavedText

_MEASURE_CHARACTERS = 62
_TITLE_LIMIT = 240


class SourcePane(QFrame):
    """Shows one source.

    Args:
        say: gives the sentence of a name, with its facts.
        theme: the theme to begin with.

    Signals:
        close_wanted: the cross or Esc.
        document_wanted: a report that cites the source: its identifier.
        capture_wanted: another saved copy: the identifier of the document that holds its text.
        citing_wanted: the address: which notes of all archives cite it?
        compare_wanted: two Captures, the older first: what changed between them?
        attach_wanted: the address: keep a file as a saved state of it.
        facts_wanted: a Capture: what does it consist of? Answer with :meth:`show_facts`.
        look_wanted: a Capture that shall be shown as it looked, or None: no longer. Answer with :meth:`show_look` or :meth:`show_text_instead`.
        evidence_wanted: what is known of the capture that is shown?
    """

    close_wanted = Signal()
    document_wanted = Signal(str)
    capture_wanted = Signal(str)
    citing_wanted = Signal(str)
    compare_wanted = Signal(object, object)
    attach_wanted = Signal(str)
    facts_wanted = Signal(object)
    look_wanted = Signal(object)
    evidence_wanted = Signal()

    def __init__(self, say: Callable[..., str], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._theme = say, theme
        self._source: Source | None = None
        self._passages: Sequence[Passage] = ()
        self._shown: Sequence[Passage] = ()
        self._quotes: Sequence[str] = ()
        self._capture: Capture | None = None
        self._title_words = ""
        self._is_attachable = False
        self.is_look = False
        self._size_pt = READING_PT - 1
        self.setProperty("pane", "paper")
        self._build()
        self.show_nothing()

    def show_source(
        self,
        source: Source,
        passages: Sequence[Passage] = (),
        note_quotes: Sequence[str] = (),
        *,
        title: str = "",
        capture: Capture | None = None,
    ) -> None:
        """Show a source, its text at the first of the quoted words that stands in it.

        Args:
            source: what is known of it; ``address`` may be empty when the note gives none.
            passages: the text of the capture that is shown; empty when there is none.
            note_quotes: what the note quotes or names, best first (see :func:`archive.model.quoting.quotes_of`); none means nothing was quoted.
            title: of the saved page, where it states one.
            capture: which capture the passages are of; the newest that has a text if not given.
        """
        self._source, self._passages, self._quotes = source, passages, note_quotes
        with_text = [one for one in source.captures if one.document is not None]
        self._capture = capture or (with_text or list(source.captures) or [None])[0]
        headings = (passage.text for passage in passages if passage.kind == PassageKind.HEADING)
        self._title_words = plain(title or next(headings, ""))
        is_repeated = bool(passages) and passages[0].kind == PassageKind.HEADING and plain(passages[0].text) == self._title_words
        self._shown = passages[1:] if is_repeated else passages
        self._show_head()
        self._show_body()

    def show_nothing(self) -> None:
        """Say how a source comes here; nothing of the one before is kept."""
        self._source, self._capture, self._title_words = None, None, ""
        self._bar.clear()
        self._passages = self._shown = self._quotes = ()
        for part in (self._host, self._title, self._address, self._state):
            part.clear()
        for button in (self._cited, self._copies):
            button.menu().clear()
        self._text.show_sheet(
            typeset((), (), {}, Layout(self._theme, self._size_pt)), size_pt=self._size_pt, characters=_MEASURE_CHARACTERS
        )
        self._head.hide()
        self._show_message(self._say("source-pane-nothing"))
        self.look_wanted.emit(None)

    @property
    def source(self) -> Source | None:
        """The source that is shown."""
        return self._source

    @property
    def capture(self) -> Capture | None:
        """Which of its captures is shown."""
        return self._capture

    @property
    def remark(self) -> str:
        """The sentence that is said about what is shown; empty for none."""
        return self._bar.remark

    @property
    def quotes(self) -> Sequence[str]:
        """What the note quotes or names of it, best first."""
        return self._quotes

    @property
    def theme(self) -> Theme:
        """The theme that is on."""
        return self._theme

    @property
    def is_look_shown(self) -> bool:
        """Whether the capture is seen as it looked, just now."""
        return self._look is not None and self._stack.currentWidget() is self._look

    def choose_look(self, *, is_look: bool) -> None:
        """Show sources as they looked from now on, or as text."""
        self.is_look = is_look
        if self._source is not None:
            self._show_head()
            self._show_body()

    def show_facts(self, capture: Capture, parts: Sequence[CapturePart]) -> None:
        """Say under the source how the capture that is shown was made."""
        if capture == self._capture:
            self._bar.show_capture(capture, parts)

    def show_look(self, look: QWidget) -> None:
        """Put the capture as it looked in place of the text."""
        if look is not self._look:
            self._look = look
            self._stack.addWidget(look)
        self._quote_line.hide()
        self._stack.setCurrentWidget(look)
        self.setFocusProxy(look)

    def show_text_instead(self, why: str) -> None:
        """The capture cannot be shown as it looked: show its text, and say why."""
        if self._source is not None:
            self._show_text(self._source)
            self._state.setText(self._state_words(self._source, is_look=False))
            self.say_note(why)

    def say_note(self, text: str) -> None:
        """Say a sentence about what is shown."""
        self._bar.say_note(text)

    def say_quote_sought(self, is_found: bool) -> None:  # noqa: FBT001 - a signal
        """Say whether the quoted words stand on the page as it looked."""
        self._bar.say_note(self._say(f"capture-quote-{'found' if is_found else 'missing'}"), is_warning=not is_found)

    def set_attachable(self, *, is_on: bool) -> None:
        """Whether a file can be attached to the source: its archive can be written."""
        self._is_attachable = is_on
        self._attach.setVisible(is_on and self._source is not None and bool(self._source.address))

    def set_theme(self, theme: Theme) -> None:
        """Follow the theme."""
        self._theme = self._text.theme = theme
        if self._look is not None:
            self._look.set_theme(theme)
        self._close.setIcon(icon("close", theme))
        if self._source is None:
            self.show_nothing()
            return
        self._show_head()
        if not self.is_look_shown:
            self._show_body()

    def set_text_size(self, size_pt: float) -> None:
        """Follow the size of the report's text, one point smaller."""
        self._size_pt = max(8.0, min(size_pt, 32.0) - 1)
        if self._source is not None and not self.is_look_shown:
            self._show_body()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let title and address wrap to the new width."""
        super().resizeEvent(event)
        self._fit_boxes()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._build_head()
        self._look: QWidget | None = None
        self._quote_line = _words(interface_font(9))
        self._quote_line.setContentsMargins(GRID_PX * 2, GRID_PX, GRID_PX * 2, GRID_PX)
        self._text = SavedText(self._theme)
        self._text.is_centred = False
        self._text.setAccessibleName(self._say("reading-text"))
        self._message = Absence()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._text)
        column.addWidget(self._head)
        column.addWidget(self._quote_line)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self._text)
        self._text.offer(self._say("reading-copy"), self._text.copy)
        self._text.offer(self._say("reading-select-all"), self._text.selectAll)

    def _build_head(self) -> None:
        self._head = QFrame()
        self._sign, self._state, self._host = QLabel(), _words(interface_font(9)), _words(interface_font(10.5))
        self._host.setWordWrap(False)
        self._host.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._title = PlainBox(self)
        self._address = PlainBox(self)
        self._address.setAccessibleName(self._say("source-pane-address"))
        self._close = QToolButton()
        self._close.setIcon(icon("close", self._theme))
        self._close.setToolTip(self._say("source-pane-close"))
        self._close.setAccessibleName(self._say("source-pane-close"))
        self._close.clicked.connect(lambda _checked=False: self.close_wanted.emit())
        self._cited, self._copies = self._menu_button(), self._menu_button()
        self._attach = self._flat_button(self._say("source-pane-attach"))
        self._attach.clicked.connect(lambda _checked=False: self._source and self.attach_wanted.emit(self._source.address))
        self._attach.hide()
        top = QHBoxLayout()
        top.setSpacing(GRID_PX)
        top.addWidget(self._host, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        state = QHBoxLayout()
        state.setSpacing(GRID_PX - 2)
        state.addWidget(self._sign)
        state.addWidget(self._state, 1)
        ways = QHBoxLayout()
        ways.setSpacing(GRID_PX * 2)
        ways.addWidget(self._cited)
        ways.addWidget(self._copies)
        ways.addWidget(self._attach)
        ways.addStretch(1)
        line = QFrame()
        line.setProperty("line", True)  # noqa: FBT003 - a property's value for the style sheet
        inner = QVBoxLayout()
        inner.setContentsMargins(GRID_PX * 2, GRID_PX + HALF_GRID_PX, GRID_PX + HALF_GRID_PX, GRID_PX)
        inner.setSpacing(HALF_GRID_PX)
        for part in (top, state):
            inner.addLayout(part)
        inner.addSpacing(HALF_GRID_PX)
        inner.addWidget(self._title)
        inner.addWidget(self._address)
        inner.addLayout(ways)
        self._bar = CaptureBar(self._say, theme=self._theme)
        self._bar.look_chosen.connect(lambda is_look: self.choose_look(is_look=is_look))
        self._bar.evidence_wanted.connect(self.evidence_wanted)
        inner.addWidget(self._bar)
        column = QVBoxLayout(self._head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner)
        column.addWidget(line)

    def _flat_button(self, words: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setProperty("flat", True)  # noqa: FBT003 - a property's value for the style sheet
        button.setProperty("edge", True)  # noqa: FBT003 - as above
        button.setFont(interface_font(9))
        return button

    def _menu_button(self) -> QPushButton:
        button = self._flat_button()
        button.setMenu(QMenu(button))
        return button

    def _show_head(self) -> None:
        source = self._source
        assert source is not None
        colour = self._theme.of_state(source.state)
        self._head.show()
        self._host.setText(_tail(plain_host(source.address)) if source.address else self._say("reading-state-no-address"))
        self._sign.setPixmap(pixmap(icon_of_state(source.state), colour, 16, ratio=self.devicePixelRatioF()))
        self._state.setText(self._state_words(source, is_look=self.is_look) if source.address else "")
        for part in (self._sign, self._state):
            part.setVisible(bool(source.address))
        self._state.setStyleSheet(f"color: {colour};")
        self._title.setVisible(bool(self._title_words))
        self._address.setVisible(bool(source.address))
        self._fit_boxes()
        self._fill_cited(source)
        self._fill_copies(source)
        self.set_attachable(is_on=self._is_attachable)

    def _state_words(self, source: Source, *, is_look: bool) -> str:
        if self._capture is not None and source.state in {SourceState.SAVED, SourceState.PARTIAL}:
            seen = "as-it-looked" if is_look else "as-text"
            name = f"source-pane-{'' if source.state == SourceState.SAVED else 'partly-'}saved-{seen}"
            return self._say(name, date=say_date(self._capture.taken_at))
        return self._say(f"reading-state-{_name(source.state)}")

    def _fill_cited(self, source: Source) -> None:
        menu = self._cited.menu()
        menu.clear()
        reports = {place.document for place in source.cited_at}
        for place in source.cited_at[:50]:
            title = plain(place.title) or place.document[:12]
            words = self._say("source-pane-at-note", title=_shortened(title), label=plain(place.label))
            menu.addAction(words.replace("&", "&&"), lambda document=place.document: self.document_wanted.emit(document))
        if source.address:
            menu.addSeparator()
            menu.addAction(self._say("related-citing"), lambda: self.citing_wanted.emit(source.address))
        self._cited.setText(self._say("source-pane-cited-by", count=len(reports)))
        self._cited.setVisible(bool(reports))

    def _fill_copies(self, source: Source) -> None:
        menu = self._copies.menu()
        menu.clear()
        for capture in source.captures:
            action = menu.addAction(f"{say_date(capture.taken_at)} · {worth_in_words(capture, self._say)}")
            action.setCheckable(True)
            action.setChecked(capture == self._capture)
            action.setEnabled(capture.document is not None)
            action.triggered.connect(lambda _checked=False, document=capture.document: self.capture_wanted.emit(document))
        self._offer_comparing(menu, source)
        self._copies.setText(self._say("source-pane-captures", count=len(source.captures)))
        self._copies.setVisible(len(source.captures) > 1)

    def _offer_comparing(self, menu: QMenu, source: Source) -> None:
        """A line for each other state with a text: what changed between it and the one that is shown?"""
        shown = self._capture
        others = [one for one in source.captures if one.document is not None and one != shown]
        if shown is None or shown.document is None or not others:
            return
        menu.addSeparator()
        for other in others:
            older, newer = sorted((shown, other), key=lambda one: one.taken_at)
            words = self._say("source-pane-compare", date=say_date(other.taken_at))
            menu.addAction(words, lambda older=older, newer=newer: self.compare_wanted.emit(older, newer))

    def _show_body(self) -> None:
        source, capture = self._source, self._capture
        assert source is not None
        self._bar.say_note("")
        self._bar.set_look(is_look=self.is_look, can_look=capture is not None)
        if capture is None:
            self._bar.clear()
        else:
            self._bar.show_capture(capture, ())
            self.facts_wanted.emit(capture)
        if self.is_look and capture is not None:
            self._quote_line.hide()
            self._show_message(self._say("capture-coming"))
            self.look_wanted.emit(capture)
            return
        self.look_wanted.emit(None)
        self._show_text(source)

    def _show_text(self, source: Source) -> None:
        self.setFocusProxy(self._text)
        if not self._passages:
            self._show_absence(source)
            return
        layout = Layout(self._theme, self._size_pt, self._say("reading-notes"))
        sheet = typeset(self._shown, (), {}, layout)
        self._text.show_sheet(sheet, size_pt=self._size_pt, characters=_MEASURE_CHARACTERS)
        places = next((found for words in self._quotes if (found := find_in(self._shown, words, document=""))), [])
        is_named = not places and any(words.strip() and fold(words) in fold(self._title_words) for words in self._quotes)
        self._text.mark([(place.passage, place.start, place.end) for place in places])
        self._quote_line.setVisible(bool(self._quotes))
        is_near = Quoted.NEARLY in {place.quoted for place in source.cited_at}
        how = "found" if places else "title" if is_named else "nearly" if is_near else "missing"
        self._quote_line.setText(self._say(f"source-pane-quote-{how}"))
        self._quote_line.setStyleSheet(f"color: {self._theme.partial if how == 'missing' else self._theme.quiet_ink};")
        self._stack.setCurrentWidget(self._text)

    def _show_absence(self, source: Source) -> None:
        match source.state:
            case SourceState.SAVED:
                name, advice = "source-pane-empty", ""
            case SourceState.PARTIAL:
                name, advice = "source-pane-partial-empty", "source-pane-what-to-do-again"
            case SourceState.WAITING:
                name, advice = "source-pane-waiting", "source-pane-what-to-do-save"
            case SourceState.FAILED:
                name, advice = "source-pane-failed", "source-pane-what-to-do-again"
            case _:
                name, advice = f"source-pane-{_name(source.state)}", ""
        words = self._say(name)
        reason = _reason(source)
        if reason:
            words = f"{words.splitlines()[0]}\n{reason}"
        self._show_message(words, state=source.state, advice=self._say(advice) if advice else "")

    def _show_message(self, words: str, *, state: SourceState | None = None, advice: str = "") -> None:
        self._quote_line.hide()
        self._message.show_words(words, self._theme, state=state, advice=advice)
        self._stack.setCurrentWidget(self._message)

    def _fit_boxes(self) -> None:
        width_px = max(GRID_PX * 20, self.width() - GRID_PX * 4)
        self._bar.fit(width_px, self._theme)
        if self._title_words:
            title = self._title_words[:_TITLE_LIMIT]
            self._title.show_words(title, font=reading_font(14), colour=self._theme.ink, width_px=width_px, limit_px=GRID_PX * 14)
        if self._source is not None and self._source.address:
            address = plain_address(self._source.address)
            self._address.show_words(
                address, font=code_font(8.5), colour=self._theme.quiet_ink, width_px=width_px, limit_px=GRID_PX * 7
            )


def _words(font: object) -> QLabel:
    """A label for plain words that wrap."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(font)  # type: ignore[arg-type]
    return label


def _reason(source: Source) -> str:
    """Why it is not saved, in the words of the error that the archive keeps with it; what an archive of someone else's invents says nothing."""
    if source.error is None:
        return ""
    try:
        return plain(say_error(from_code(source.error, source.facts)))
    except (ValueError, KeyError):
        return ""


def _tail(host: str) -> str:
    """A host of which the end, which says whose it is, can always be seen."""
    return host if len(host) <= 48 else "…" + host[-47:]


def _name(value: str) -> str:
    return value.replace("_", "-")


def _shortened(title: str) -> str:
    return title if len(title) <= 70 else title[:69].rstrip() + "…"
