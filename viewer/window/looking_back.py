"""Captures as they looked, beside what is being read: the engine is loaded when one is first wanted, and never where it is not safe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from archive.errors import SourceNotFound
from archive.model.replay import CapturePart, ShownPart
from archive.model.source import Capture, Source
from archive.progress import Job
from viewer.dialogs.evidence import EvidenceSheet
from viewer.dialogs.printing import PrintSheet, printers
from viewer.look.plain import plain_address
from viewer.models.evidence import in_full
from viewer.models.library import Library
from viewer.say.words import say
from viewer.sources import engine
from viewer.window.main_window import MainWindow
from viewer.window.reading import Reading
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

if TYPE_CHECKING:
    from viewer.sources.capture_view import CaptureView

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "image/svg+xml", ""})


class LookingBack(QObject):
    """Gives the source pane what it needs to show a capture as it looked, and answers what is asked of it.

    Args:
        runner: in whose threads the archive is asked.
        library: the open archives.
        reading: what is being read, and which source stands beside.
        window: where it is shown.

    Signals:
        failed: the exception that came instead.
        changed: another capture is shown, or it is shown the other way.
    """

    failed = Signal(object)
    changed = Signal()

    def __init__(self, runner: TaskRunner, library: Library, reading: Reading, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._reading, self._window = runner, library, reading, window
        self._pane = window.zones.source
        self._parts = Latest(runner, Lane.HINT, owner=self)
        self._starting = Latest(runner, Lane.SHOW, owner=self)
        self._links = Latest(runner, Lane.LOOK, owner=self)
        self._view: CaptureView | None = None
        self._known: tuple[Capture, tuple[CapturePart, ...]] | None = None
        self._pane.facts_wanted.connect(self._find_facts)
        self._pane.look_wanted.connect(self._look)
        self._pane.look_wanted.connect(self._tell)
        self._pane.evidence_wanted.connect(self.show_evidence)

    @property
    def is_meant(self) -> bool:
        """Whether the cursor stands on a capture as it looked, so that finding, enlarging and printing mean it."""
        cursor = self._window.focusWidget()
        return self._pane.is_look_shown and cursor is not None and self._pane.isAncestorOf(cursor)

    def find(self) -> bool:
        """Find in the capture; False where none is meant."""
        if not self.is_meant or self._view is None:
            return False
        self._view.open_find()
        return True

    def zoom(self, by: int) -> bool:
        """Enlarge the capture (1, -1, or 0 for its own size); False where none is meant."""
        if not self.is_meant or self._view is None:
            return False
        self._view.zoom(by)
        return True

    def turn(self) -> None:
        """Show the source the other way: as it looked, or as text."""
        self._pane.choose_look(is_look=not self._pane.is_look)

    def show_evidence(self) -> None:
        """Lay the sheet of evidence over the window."""
        source, capture = self._pane.source, self._pane.capture
        if source is None or capture is None:
            return
        parts = self._known[1] if self._known is not None and self._known[0] == capture else ()
        facts = in_full(source, capture, parts, say, meant_on=self._reading.meant_on(source))
        self._window.open_sheet(EvidenceSheet(self._window, facts=facts, digest=capture.capture))

    def close(self) -> None:
        """End what is shown and everything that belongs to it."""
        for latest in (self._parts, self._starting, self._links):
            latest.drop()
        self._known = None
        if self._view is not None:
            from viewer.sources.capture_view import end_now

            self._view.show_nothing()
            end_now()

    def _find_facts(self, capture: Capture) -> None:
        desk = self._desk
        if desk is None:
            return

        def done(parts: tuple[CapturePart, ...]) -> None:
            self._known = (capture, parts)
            self._pane.show_facts(capture, parts)

        self._parts.start(lambda _job: desk.parts(capture.capture), done=done, failed=self.failed.emit)

    def _look(self, capture: Capture | None) -> None:
        """Show a capture as it looked; None: nothing any more."""
        self._starting.drop()
        if self._view is not None:
            self._view.show_nothing()
        if capture is None:
            if self._pane.source is None:
                self._parts.drop()
                self._known = None
            return
        if capture.media_type not in _PAGES and not capture.media_type.startswith("image/"):
            self._pane.show_text_instead(say("capture-no-page", kind=capture.media_type))
            return
        self._starting.start(
            lambda _job: engine.is_allowed(),
            done=lambda is_allowed: self._show(capture) if is_allowed else self._refuse(),
            failed=self.failed.emit,
        )

    def _reveal(self) -> None:
        """The page has come: let it be seen, if it is still wanted."""
        if self._view is not None and self._pane.is_look and self._pane.capture is not None:
            self._pane.show_look(self._view)
            self._tell()

    def _tell(self, *_capture: object) -> None:
        self.changed.emit()

    def _refuse(self) -> None:
        self._pane.show_text_instead(say("capture-no-sandbox"))

    def _show(self, capture: Capture) -> None:
        desk = self._desk
        if desk is None or self._pane.capture != capture:
            return
        view = self._view or self._make_view()

        def ask(address: str, done: Callable[[ShownPart | None], None], failed: Callable[[Exception], None]) -> None:
            self._runner.start(Lane.SHOW, lambda _job: desk.part(capture.capture, address), owner=view, done=done, failed=failed)

        view.show_capture(capture.final_address, ask, quotes=self._pane.quotes)

    def _make_view(self) -> CaptureView:
        engine.start_engine()
        from viewer.sources.capture_view import CaptureView

        self._view = view = CaptureView(say, theme=self._pane.theme)
        view.shown.connect(self._reveal)
        view.quote_sought.connect(self._pane.say_quote_sought)
        view.link_wanted.connect(self._follow)
        view.broke.connect(lambda: self._pane.show_text_instead(say("capture-broke")))
        view.print_wanted.connect(self.ask_to_print)
        return view

    def _follow(self, address: str) -> None:
        """A link in a page leads to the capture of its address in an open archive, or to a sentence that there is none."""
        archives = self._library.archives
        beside = self._reading.archive_beside
        order = sorted(range(len(archives)), key=lambda number: number != beside)

        def work(_job: Job) -> tuple[int, Source] | None:
            for number in order:
                try:
                    source = archives[number].desk.source(address)
                except SourceNotFound:
                    continue
                if source.captures:
                    return number, source
            return None

        def done(found: tuple[int, Source] | None) -> None:
            if found is None:
                self._pane.say_note(say("capture-link-missing", address=plain_address(address)))
            else:
                self._reading.open_source(found[0], found[1].address)

        self._links.start(work, done=done, failed=self.failed.emit)

    def ask_to_print(self) -> None:
        """Ask where the capture that is shown as it looked shall be printed."""
        view, capture = self._view, self._pane.capture
        if view is None or capture is None:
            return
        sheet = PrintSheet(self._window, about=plain_address(capture.final_address), printers=printers())
        sheet.printer_chosen.connect(lambda name: sheet.print_on(name, view.print_on))
        sheet.wanted.connect(lambda file: view.print_to_bytes(lambda made: self._write(sheet, file, made)))
        self._window.open_sheet(sheet)

    def _write(self, sheet: PrintSheet, file: Path, made: bytes) -> None:
        def work(_job: Job) -> None:
            from archive.api import write_whole

            write_whole(file, made, may_replace=True)

        job = self._runner.start(
            Lane.WORK, work, owner=sheet, done=lambda _done: sheet.show_done(file.name, 1), failed=sheet.refuse
        )
        sheet.cancel_wanted.connect(job.cancel)

    @property
    def _desk(self) -> Any:
        """The desk of the archive whose source stands beside."""
        archives = self._library.archives
        number = self._reading.archive_beside
        return archives[number].desk if number < len(archives) else None
