"""A capture as it looked: its page in the browser engine, behind the guards; found in, enlarged, printed, and nothing else.

Import this file only after :func:`viewer.sources.engine.start_engine`. Each capture has a profile of its own, which is freed with its page:
the engine keeps pictures in memory by their address, and two captures have the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWebEngineCore import QWebEngineFindTextResult, QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from archive.model.document import Passage, PassageKind
from viewer.look.find_bar import FindBar
from viewer.look.find_words import find_in
from viewer.look.paper import private_mime
from viewer.look.themes import Theme
from viewer.sources.engine import is_confined
from viewer.sources.guard import Guard, GuardedPage, make_profile
from viewer.sources.scheme import Ask, CaptureAnswers, url_of

_ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_MOST_QUOTES = 8
_BEGINNING_WORDS = 6
_MOST_TEXT = 400_000
_FORWARD = QWebEnginePage.FindFlag(0)


@dataclass(frozen=True, eq=False)
class _Shown:
    """What belongs to the capture that is shown; of the engine's objects none keeps another."""

    page: GuardedPage
    profile: QWebEngineProfile
    answers: CaptureAnswers
    guard: Guard


_ending: set[_Shown] = set()
"""What is on its way out: Python would end it in any order."""


def has_ended() -> bool:
    """Whether nothing of any capture that was shown is left."""
    return not _ending


def end_now() -> None:
    """Let what is on its way out go at once: no loop may come that would do it."""
    for _ in range(3):  # the view, its page, its profile
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class CaptureView(QWidget):
    """Shows one capture after the other.

    Args:
        say: gives the sentence of a name, with its facts.
        theme: of the bar to find in.

    Signals:
        shown: the page has come, or what of it was saved.
        quote_sought: whether one of the quoted words was found.
        link_wanted: the web address of a link in the page.
        broke: the process that draws the page is gone, or is not confined; nothing is shown any more.
        print_wanted: the page shall be printed.
    """

    shown = Signal()
    quote_sought = Signal(bool)
    link_wanted = Signal(str)
    broke = Signal()
    print_wanted = Signal()

    def __init__(self, say: Callable[..., str], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._view: QWebEngineView | None = None
        self._shown: _Shown | None = None
        self._zoom = 1.0
        self._quotes: list[str] = []
        self._bar = FindBar(say, theme=theme, parent=self)
        self._bar.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._bar)
        self._bar.text_changed.connect(self._find)
        self._bar.next_wanted.connect(lambda: self._find(self._bar.line.text()))
        self._bar.previous_wanted.connect(lambda: self._find(self._bar.line.text(), is_backwards=True))
        self._bar.close_wanted.connect(self.close_find)

    @property
    def page(self) -> GuardedPage | None:
        """The page that is shown."""
        return self._shown.page if self._shown is not None else None

    @property
    def answers(self) -> CaptureAnswers | None:
        """What answers for the capture that is shown."""
        return self._shown.answers if self._shown is not None else None

    @property
    def guard(self) -> Guard | None:
        """What its requests meet first."""
        return self._shown.guard if self._shown is not None else None

    def show_capture(self, address: str, ask: Ask, *, quotes: Sequence[str] = ()) -> None:
        """Show a capture.

        Args:
            address: of its page, the one after all redirects.
            ask: asks the archive for its parts.
            quotes: what to open at, best first.
        """
        self.show_nothing()
        self._quotes = _sought(quotes)
        answers, guard = CaptureAnswers(ask, self._say, may_answer=self._is_confined), Guard()
        profile = make_profile(answers, guard)
        page = GuardedPage(profile)
        self._shown = _Shown(page, profile, answers, guard)
        page.link_wanted.connect(self.link_wanted)
        page.renderProcessTerminated.connect(lambda *_how: self._break_soon())
        page.renderProcessPidChanged.connect(lambda process: process and not is_confined(process) and self._break_soon())
        page.loadFinished.connect(self._take_page)
        self._view = QWebEngineView(page, self)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.setAcceptDrops(False)
        self._view.setZoomFactor(self._zoom)
        self._view.setAccessibleName(self._say("capture-page"))
        self._column.addWidget(self._view, 1)
        self.setFocusProxy(self._view)
        page.load(url_of(address))
        self._view.show()
        self._catch_keys()

    def show_nothing(self) -> None:
        """End the page, its process and its profile; nothing of it is kept. Safe to call twice."""
        self.close_find()
        shown, view = self._shown, self._view
        self._shown = self._view = None
        if shown is None or view is None:
            return
        self.setFocusProxy(None)
        self._column.removeWidget(view)
        view.hide()
        # In this order: a page that outlives its profile, or goes before its view, takes the program with it.
        _ending.add(shown)
        shown.profile.destroyed.connect(lambda: _ending.discard(shown))
        shown.page.destroyed.connect(shown.profile.deleteLater)
        view.destroyed.connect(shown.page.deleteLater)
        view.deleteLater()

    def set_theme(self, theme: Theme) -> None:
        """Follow the theme; the page stays as it looked."""
        self._bar.set_theme(theme)

    def open_find(self) -> None:
        """Let the person type what to find in the page."""
        self._bar.open()

    def close_find(self) -> None:
        """Take the bar and its marks away."""
        if self._bar.isVisibleTo(self):
            self._bar.hide()
            self._seek("", _nobody)
            if self._view is not None:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._seek_quote()

    def zoom(self, by: int) -> None:
        """Enlarge (1), reduce (-1) or show at its own size (0); the next capture is shown so too."""
        nearest = min(range(len(_ZOOMS)), key=lambda n: abs(_ZOOMS[n] - self._zoom))
        self._zoom = 1.0 if by == 0 else _ZOOMS[max(0, min(nearest + by, len(_ZOOMS) - 1))]
        if self._view is not None:
            self._view.setZoomFactor(self._zoom)

    def print_to_bytes(self, done: Callable[[bytes], None]) -> None:
        """The page as a PDF, in memory; ``done`` gets nothing where it could not be made."""
        if self.page is None:
            done(b"")
            return
        self.page.printToPdf(lambda made: done(bytes(made.data())))

    def print_on(self, printer: object, done: Callable[[bool], None]) -> None:
        """Print the page on a QPrinter, and say whether it was; the caller keeps the printer until then."""
        if self._view is None:
            done(False)  # noqa: FBT003 - as the signal has it
            return
        self._view.printFinished.connect(done)
        self._view.print(printer)

    def copy(self) -> None:
        """Put the selected words on the clipboard, marked as not to be kept."""
        if self.page is not None and (words := self.page.selectedText()):
            QGuiApplication.clipboard().setMimeData(private_mime(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copying is ours: the engine's own marks nothing for clipboard managers. Esc and the keys of the window are the window's."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride} and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
                if event.type() == QEvent.Type.KeyPress:
                    self.copy()
                event.accept()
                return True
            if event.type() == QEvent.Type.ShortcutOverride and event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _catch_keys(self) -> None:
        if self._view is not None and (drawn := self._view.focusProxy()) is not None:
            drawn.removeEventFilter(self)
            drawn.installEventFilter(self)

    def _is_confined(self) -> bool:
        """Whether the process that draws is in its sandbox; one that is not gets no page, and is ended."""
        if self.page is not None and is_confined(self.page.renderProcessPid()):
            return True
        self._break_soon()
        return False

    def _take_page(self, _is_whole: bool) -> None:  # noqa: FBT001 - a signal
        self._catch_keys()
        self.shown.emit()
        page, quotes = self.page, self._quotes
        if page is not None and quotes:
            page.toPlainText(lambda text: self._take_text(text, quotes) if self.page is page else None)

    def _take_text(self, text: str, quotes: Sequence[str]) -> None:
        """Look for the quoted words as the page itself spells them: the engine finds what is the same letter for letter."""
        self._quotes = _as_spelt(text[:_MOST_TEXT], quotes)
        self._seek_quote()

    def _seek_quote(self) -> None:
        """Look for the next of the quoted words, until one is found."""
        if self._quotes and not self._bar.isVisibleTo(self):
            self._seek(self._quotes[0], self._take_quote)

    def _take_quote(self, result: QWebEngineFindTextResult) -> None:
        count = result.numberOfMatches()
        if not self._quotes:
            return
        self._quotes = [] if count else self._quotes[1:]
        if count or not self._quotes:
            self.quote_sought.emit(bool(count))
        else:
            self._seek_quote()

    def _take_found(self, result: QWebEngineFindTextResult) -> None:
        self._bar.show_count(result.activeMatch(), result.numberOfMatches())

    def _seek(
        self,
        text: str,
        took: Callable[[QWebEngineFindTextResult], None],
        flags: QWebEnginePage.FindFlag = _FORWARD,
    ) -> None:
        """Have the page look for a text; what it finds goes to whoever asked, as long as the same page is shown."""
        page = self.page
        if page is not None:
            page.findText(text, flags, lambda result: took(result) if self.page is page else None)

    def _find(self, text: str, *, is_backwards: bool = False) -> None:
        if text.strip():
            self._seek(text, self._take_found, QWebEnginePage.FindFlag.FindBackward if is_backwards else _FORWARD)
        else:
            self._seek("", _nobody)
            self._bar.show_count(0, 0)

    def _show_menu(self, at: QPoint) -> None:
        if self.page is None or self._view is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self._say("reading-copy"), self.copy)
        copy.setEnabled(self.page.hasSelection())
        menu.addAction(
            self._say("reading-select-all"),
            lambda: self.page and self.page.triggerAction(QWebEnginePage.WebAction.SelectAll),
        )
        menu.addSeparator()
        menu.addAction(self._say("capture-find"), self.open_find)
        menu.addAction(self._say("capture-print"), self.print_wanted.emit)
        menu.popup(self._view.mapToGlobal(at))

    def _break_soon(self) -> None:
        # Not at once: the page that says so still stands on the stack.
        page = self.page
        QTimer.singleShot(0, self, lambda: self.page is page and self._break())

    def _break(self) -> None:
        if self.page is not None:
            self.show_nothing()
            self.broke.emit()


def _nobody(_result: QWebEngineFindTextResult) -> None:
    """Nobody asks what was found."""


def _as_spelt(text: str, quotes: Sequence[str]) -> list[str]:
    """The quotes as they stand on the page, in other quotation marks or spaces; then, should that not do, as they stand in the note."""
    lines = [Passage(n=n, kind=PassageKind.PARAGRAPH, text=line) for n, line in enumerate(text.split("\n")) if line.strip()]
    by_number = {line.n: line.text for line in lines}
    spelt = []
    for words in quotes:
        places = find_in(lines, words, document="")
        if places:
            spelt.append(by_number[places[0].passage][places[0].start : places[0].end])
    return list(dict.fromkeys([*spelt, *quotes]))


def _sought(quotes: Sequence[str]) -> list[str]:
    """What to look for, one after the other: the quoted words, then their beginnings, as pages set long ones in several pieces."""
    whole = [" ".join(words.split()) for words in quotes[:_MOST_QUOTES]]
    cut = [" ".join(words.split()[:_BEGINNING_WORDS]) for words in whole]
    return list(dict.fromkeys([*whole, *(words for words in cut if len(words) >= 12)]))
