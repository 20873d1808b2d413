"""The three journeys and every view of the window, driven as a person would drive them, with pictures.

``ibid demo FOLDER`` runs :func:`run_demo`, ``make shots`` runs :func:`make_shots`. Both use the real window, real keepers and the
sample archive, draw offscreen, and give up the network for good, so they want a process of their own.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archive import machine
from archive.settings import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from archive.model.source import Fetched, FetchOrder, Loader
    from viewer.wiring import Ibid

_PATIENCE_S = 30.0
_REPORT = b"""# A page to bring in

This report was written for the demonstration of Ibid.[^1] It says one thing and shows where it comes from.[^2]

[^1]: Ibid, "A page to bring in", 3 March 2025, https://example.org/demonstration
[^2]: Ibid.
"""
_PAGE = """<html lang="en"><head><title>A rehearsal</title></head><body><article><h1>A rehearsal</h1><p>This page was written for the
demonstration of Ibid. It stands for what a site would have answered, so that a run can be shown without one.</p><p>Nobody was asked, and nothing
went out, for {0}.</p></article></body></html>"""
_WORDS = {"en": "source", "ru": "сноска", "be": "зноска"}


class TookTooLong(Exception):
    """The window did not come to show what it should; the words say what was waited for."""


class _Stage:
    """The program on a screen that nobody sees, a hand on its keyboard, and a camera."""

    def __init__(
        self, app: QApplication, place: Path, pictures: Path, *, language: str, is_sealed: bool, loaders: Sequence[Loader] = ()
    ) -> None:
        from viewer.app import make_program

        self._app, self._pictures = app, pictures
        self.taken: list[Path] = []
        sample = place / f"sample-{language}.ibid"
        self.program: Ibid = make_program(
            app, language=language, sample=sample, is_sealed=is_sealed, desk=[place / f"{language}.desk"], loaders=loaders
        )
        self.program.show()
        self.settle()

    @property
    def window(self) -> QWidget:
        return self.program.window

    def settle(self, *, ms: int = 60) -> None:
        """Let everything that is due happen."""
        until = time.monotonic() + ms / 1000
        while time.monotonic() < until:
            self._app.processEvents()
            time.sleep(0.005)

    def until(self, is_so: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + _PATIENCE_S
        while not is_so():
            if time.monotonic() > deadline:
                raise TookTooLong(what)
            self.settle(ms=20)
        self.settle()

    def picture(self, name: str) -> None:
        """Take a picture of the window."""
        path = self._pictures / f"{name}.png"
        self.window.grab().save(str(path))
        self.taken.append(path)

    def press(self, key: str) -> None:
        """Press a key, or several together, as ``Ctrl+L``; it goes where the cursor is."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        combination = QKeySequence(key)[0]
        QTest.keyClick(self.window.focusWidget() or self.window, combination.key(), combination.keyboardModifiers())
        self.settle()

    def type(self, words: str) -> None:
        """Type words where the cursor is."""
        from PySide6.QtTest import QTest

        widget = self.window.focusWidget()
        for letter in words:
            QTest.keyClicks(widget, letter) if letter.isascii() else widget.insert(letter)
        if not words.isascii():
            widget.textEdited.emit(widget.text())
        self.settle()

    def open_sample(self) -> None:
        """The sample is open and at rest."""
        self.program.opening.open_sample(self.program._sample)
        self.until(lambda: self.program.library.archives and not self.program.tasks.all, "the sample")

    def ask(self, words: str) -> None:
        """Ask, and wait for the answer to be seen."""
        self.press("Ctrl+L")
        self.press("Ctrl+A")
        self.type(words)
        self.press("Return")
        model = self.program.model
        self.until(lambda: model.answer is not None and model.answer.question == words, "an answer")

    def read(self, *, language: str) -> None:
        """Open the report of a language of which most is saved."""
        reports = self.program.library.reports
        mine = [
            shelved
            for shelved in reports
            if shelved.entry.document.description.language == language and shelved.entry.document.notes
        ]
        chosen = max(mine or reports, key=lambda shelved: shelved.entry.sources.get("saved", 0))
        document = chosen.entry.document.document
        self.window.zones.library.document_opened.emit(chosen.archive, document)
        self.until(
            lambda: self.program.reading.document and self.program.reading.document.document.document == document, "a report"
        )

    def open_card(self) -> None:
        """Go to the first marker by keyboard and open its card."""
        self.program.window.enter_middle()
        self.press("n")
        self.press("Return")

    def open_source(self) -> None:
        """Open the source of the card."""
        self.press("Return")
        self.until(self.window.zones.source.isVisible, "a source")

    def close(self) -> None:
        """Put everything away."""
        self.window.close()
        self.program.close()
        self.settle()
        self.window.deleteLater()
        self.settle()


def run_demo(folder: Path) -> list[Path]:
    """Walk the three journeys on the sample archive: bring in, ask and read, share and check.

    Args:
        folder: where the pictures go; made if it is not there.

    Returns:
        The pictures, in the order of the journeys.

    Raises:
        TookTooLong: a step of a journey did not come to its end.
    """
    is_sealed = machine.seal_no_internet()
    app = _offscreen()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ibid-demo-") as temporary:
        stage = _Stage(app, Path(temporary), folder, language="en", is_sealed=is_sealed)
        try:
            _bring_in(stage, Path(temporary))
            _ask_and_read(stage)
            _share_and_check(stage, Path(temporary) / "stick")
        finally:
            stage.close()
    return stage.taken


def _bring_in(stage: _Stage, place: Path) -> None:
    from viewer.dialogs.bring_in import BringInSheet

    stage.picture("a1-start")
    stage.open_sample()
    stage.picture("a2-library")
    report = place / "report.md"
    report.write_bytes(_REPORT)
    stage.program.bringing.bring_in([report])
    sheet = stage.window.findChild(BringInSheet)
    stage.until(lambda: sheet.is_done, "the report to come in")
    stage.picture("a3-brought-in")
    stage.press("Return")


def _ask_and_read(stage: _Stage) -> None:
    stage.ask(_WORDS["en"])
    stage.picture("b1-results")
    stage.press("Down")
    stage.press("Return")
    stage.until(lambda: stage.program.reading.document, "the hit to open")
    stage.read(language="en")
    stage.picture("b2-reading")
    stage.open_card()
    stage.picture("b3-note")
    stage.open_source()
    stage.picture("b4-source")


def _share_and_check(stage: _Stage, stick: Path) -> None:
    from viewer.dialogs.share import ShareSheet
    from viewer.dialogs.verify import VerifySheet

    stick.mkdir()
    stage.press("Ctrl+Shift+S")
    share = stage.window.findChild(ShareSheet)
    stage.picture("c1-share")
    share.move_to(stick)
    copy = share.target
    stage.press("Return")
    stage.until(lambda: share.is_done, "the copy")
    stage.picture("c2-shared")
    share.close_sheet()
    stage.program.opening.open(copy)
    stage.until(lambda: len(stage.program.library.archives) == 2, "the copy to open")
    stage.program.sharing.ask_to_verify(1)
    verify = stage.window.findChild(VerifySheet)
    stage.until(lambda: verify.is_done, "the check")
    stage.picture("c3-checked")


def make_shots(folder: Path) -> list[Path]:
    """A picture of every view in every language: start, library, empty archive, results, nothing found, reading with a card, source, dark, error.

    Args:
        folder: where the pictures go, named ``<language>-<view>.png``; made if it is not there.

    Returns:
        The pictures.

    Raises:
        TookTooLong: the window did not come to show a view.
    """
    is_sealed = machine.seal_no_internet()
    app = _offscreen()
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="ibid-shots-") as temporary:
        for language in _WORDS:
            stage = _Stage(app, Path(temporary), folder, language=language, is_sealed=is_sealed)
            try:
                _photograph(stage, language, Path(temporary))
            finally:
                stage.close()
            taken += stage.taken
            stage = _Stage(
                app, Path(temporary), folder, language=language, is_sealed=is_sealed, loaders=[_Rehearsal(), _Rehearsal()]
            )
            try:
                _photograph_saving(stage, language)
            finally:
                stage.close()
            taken += stage.taken
    return taken


def _photograph(stage: _Stage, language: str, place: Path) -> None:
    from archive.errors import ArchiveDamaged
    from viewer.dialogs.notice import NoticeSheet

    stage.picture(f"{language}-start")
    done: list[object] = []
    stage.program.library.make(
        place / f"empty-{language}.ibid",
        title="Belarus 2025",
        passphrase=secrets.token_urlsafe(),
        done=done.append,
        failed=done.append,
    )
    stage.until(lambda: done, "an empty archive")
    stage.picture(f"{language}-empty")
    stage.press("Ctrl+Shift+L")
    stage.until(lambda: stage.program.window.has_sheet, "the lock")
    stage.picture(f"{language}-locked")
    stage.press("Escape")
    stage.open_sample()
    stage.picture(f"{language}-library")
    stage.ask(_WORDS[language])
    stage.settle(ms=400)
    stage.picture(f"{language}-results")
    _photograph_asking(stage, language)
    stage.ask("xyzzy")
    stage.picture(f"{language}-nothing-found")
    stage.press("Escape")
    stage.read(language=language)
    stage.open_card()
    stage.picture(f"{language}-note")
    stage.open_source()
    stage.picture(f"{language}-source")
    _photograph_looking_back(stage, language)
    stage.program.prefer(msgspec.structs.replace(stage.program.preferences, theme="dark"))
    stage.settle()
    stage.picture(f"{language}-dark")
    stage.program.opening.say_failure(ArchiveDamaged(where="volume-0001.ibv"))
    stage.settle()
    stage.picture(f"{language}-error-dark")
    for sheet in stage.window.findChildren(NoticeSheet):
        sheet.close_sheet()
    stage.program.prefer(msgspec.structs.replace(stage.program.preferences, theme="light"))
    stage.settle()
    _photograph_sheets(stage, language)


def _photograph_saving(stage: _Stage, language: str) -> None:
    """The work list beside a fetcher that only rehearses: before a run, and when it is over."""
    stage.open_sample()
    stage.press("Ctrl+Shift+W")
    stage.until(lambda: stage.program.work.is_known, "the work list")
    stage.picture(f"{language}-work-list")
    work = stage.program.work
    work.start(work.model.worth_asking(), is_run=True)
    stage.until(lambda: not work.is_running and not stage.program.tasks.all, "the end of the run")
    stage.settle(ms=400)
    stage.picture(f"{language}-work-list-over")


class _Rehearsal:
    """A loader that goes nowhere: half of the pages come, half are gone."""

    def __init__(self) -> None:
        self._count = 0

    def load(self, order: FetchOrder) -> Fetched:
        """A short page of our own, or none."""
        from archive.model.source import Ending, Exchange, Fetched
        from archive.values import now

        self._count += 1
        exchange = Exchange(
            address=order.address,
            method="GET",
            status=200 if self._count % 2 else 404,
            reason="",
            request_headers=(),
            answer_headers=(("Content-Type", "text/html; charset=utf-8"),),
            fetched_at=now(),
            http_version="HTTP/1.1",
            body=_PAGE.format(order.address).encode(),
        )
        return Fetched(address=order.address, ending=Ending.COMPLETE, exchanges=(exchange,), duration_ms=1)

    def cancel(self) -> None:
        """Nothing is under way."""


def _photograph_looking_back(stage: _Stage, language: str) -> None:
    """The source as it looked, or the sentence that says why it cannot be shown so here, and the evidence."""
    pane = stage.window.zones.source
    stage.press("F7")
    stage.until(lambda: pane.is_look_shown or pane.remark, "the page as it looked")
    stage.settle(ms=600)
    stage.picture(f"{language}-looked")
    stage.press("Shift+F7")
    stage.until(lambda: stage.program.window.has_sheet, "the evidence")
    stage.picture(f"{language}-evidence")
    stage.program.window.close_sheets()
    stage.press("F7")


def _photograph_asking(stage: _Stage, language: str) -> None:
    """Passages unfolded, an answer narrowed, what may be typed on, help, the sheets of a hit and of the desk."""
    from archive.model.hit import FacetName
    from viewer.window.relating import Subject

    results, program = stage.window.zones.results, stage.program
    results.focus_list()
    stage.press("Right")
    stage.picture(f"{language}-passages")
    stage.press("Left")
    program.asking.narrow(FacetName.LANGUAGE, language)
    stage.settle(ms=400)
    stage.picture(f"{language}-narrowed")
    program.asking.narrow(FacetName.LANGUAGE, language)
    stage.press("Ctrl+L")
    stage.press("Ctrl+A")
    stage.type(_WORDS[language][:3])
    stage.until(program.bar.completions.isVisible, "completions")
    stage.picture(f"{language}-typing")
    stage.press("F1")
    stage.picture(f"{language}-how-to-ask")
    program.window.close_sheets()
    stage.ask(_WORDS[language])
    hit = program.model.hit(0)
    about = Subject(archive=hit.archive, document=hit.document, title=hit.title)
    for name, act in {
        "citing": lambda: program.relating.list_citing("https://sample.ibid.example"),
        "collect": lambda: program.collecting.ask_about(about),
        "table": program.tabling.ask,
        "new-desk": program.saving.ask_to_save,
    }.items():
        act()
        stage.until(lambda: program.window.has_sheet, name)
        stage.picture(f"{language}-{name}")
        program.window.close_sheets()
        stage.settle()


def _photograph_sheets(stage: _Stage, language: str) -> None:
    for name, key in (("share", "Ctrl+Shift+S"), ("preferences", "Ctrl+,"), ("about", "F1"), ("keys", "F2"), ("new", "Ctrl+N")):
        stage.press(key)
        stage.picture(f"{language}-{name}")
        stage.program.window.close_sheets()
        stage.settle()
    stage.press("Ctrl+Shift+W")
    stage.until(lambda: stage.program.work.is_known, "the work list")
    stage.picture(f"{language}-work-list-sealed")


def _offscreen() -> QApplication:
    from PySide6.QtWidgets import QApplication

    from viewer.app import make_application

    # a screen of a usual size: the platform's own is 800 by 800, and a card never leaves its screen
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={RESOURCES / 'demo' / 'screen.json'}"
    return QApplication.instance() or make_application()


if __name__ == "__main__":
    for picture in (make_shots if sys.argv[1:2] == ["shots"] else run_demo)(Path(sys.argv[-1])):
        sys.stdout.write(f"{picture}\n")
