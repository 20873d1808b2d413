"""The window: three zones and one line to ask in. Everything else appears when needed and leaves when not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from viewer.dialogs.files import WINDOW_TITLE
from viewer.dialogs.sheet import Sheet
from viewer.reader.reading_view import ReadingView
from viewer.search.results_view import ResultsView
from viewer.sources.source_pane import SourcePane
from viewer.sources.work_list import WorkList
from viewer.window.home_view import HomeView
from viewer.window.library_pane import LibraryPane
from viewer.window.status_strip import StatusStrip
from viewer.window.top_bar import TopBar

LIBRARY_PX, SOURCE_PX = 288, 420


@dataclass(frozen=True)
class Zones:
    """What the window is put together from."""

    top_bar: TopBar
    library: LibraryPane
    home: HomeView
    results: ResultsView
    reading: ReadingView
    source: SourcePane
    work: WorkList
    strip: StatusStrip


class MainWindow(QMainWindow):
    """Holds the zones and says which of them are seen.

    Its title is the name of the program and nothing else: window lists and task bars are read over shoulders.

    Signals:
        files_dropped: files (paths) were let fall on the window.
        sheet_changed: a sheet was laid over the window, or the last one taken away.
        source_shown: the source beside is now shown, or hidden.
        closing: the person leaves.
    """

    files_dropped = Signal(object)
    sheet_changed = Signal()
    source_shown = Signal(bool)
    closing = Signal()

    def __init__(self, zones: Zones) -> None:
        super().__init__()
        self.zones = zones
        self.setWindowTitle(WINDOW_TITLE)
        self.setAccessibleName(WINDOW_TITLE)
        self.setAcceptDrops(True)
        self.setMinimumSize(760, 480)
        self.resize(1360, 860)
        self._sheets: list[Sheet] = []
        self._middle = QStackedWidget()
        self._zones = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._build()

    @property
    def has_sheet(self) -> bool:
        """Whether a sheet is waiting for an answer."""
        return bool(self._sheets)

    def show_home(self) -> None:
        """The middle shows where to begin."""
        self._middle.setCurrentWidget(self.zones.home)

    def show_results(self) -> None:
        """The middle shows the answer."""
        self._middle.setCurrentWidget(self.zones.results)

    def show_reading(self) -> None:
        """The middle shows a document."""
        self._middle.setCurrentWidget(self.zones.reading)

    def show_work(self) -> None:
        """The middle shows the work list."""
        self._middle.setCurrentWidget(self.zones.work)

    @property
    def shown(self) -> QWidget:
        """What the middle shows."""
        return self._middle.currentWidget()

    def show_source(self, *, is_shown: bool) -> None:
        """Show or hide the source beside the report."""
        if is_shown == self.zones.source.isVisibleTo(self):
            return
        self.zones.source.setVisible(is_shown)
        if is_shown:
            left, middle, _right = self._zones.sizes()
            self._zones.setSizes([left, max(middle - SOURCE_PX, 360), SOURCE_PX])
        self.source_shown.emit(is_shown)

    def show_library(self, *, is_shown: bool) -> None:
        """Show or hide the library; without an archive it stays away."""
        self.zones.library.setVisible(is_shown)

    def open_sheet(self, sheet: Sheet) -> None:
        """Lay a sheet over the window; when it is taken away the cursor returns to where it was."""
        before = self.focusWidget()
        self._sheets.append(sheet)

        def leave() -> None:
            self._sheets.remove(sheet)
            self.sheet_changed.emit()
            if before is not None and shiboken6.isValid(before) and not self._sheets:
                before.setFocus(Qt.FocusReason.OtherFocusReason)

        sheet.closed.connect(leave)
        sheet.open()
        self.sheet_changed.emit()

    def close_sheets(self) -> None:
        """Take every sheet away."""
        for sheet in list(self._sheets):
            sheet.close_sheet()

    def go_to_next_zone(self) -> None:
        """Move the cursor on: line, library, middle, source, and round again."""
        zones = [self.zones.top_bar, self.zones.library, self._middle, self.zones.source]
        seen = [zone for zone in zones if zone.isVisibleTo(self)]
        cursor = self.focusWidget()
        here = next((n for n, zone in enumerate(seen) if cursor is not None and zone.isAncestorOf(cursor)), -1)
        self._enter(seen[(here + 1) % len(seen)])

    def enter_middle(self) -> None:
        """Put the cursor into what the middle shows."""
        self._enter(self._middle)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the person leaves."""
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome while no sheet is open."""
        if event.mimeData().hasUrls() and not self.has_sheet:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files were let fall."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Whatever Qt or a document would make of the title, it stays the program's name."""
        if event.type() == QEvent.Type.WindowTitleChange and self.windowTitle() != WINDOW_TITLE:
            self.setWindowTitle(WINDOW_TITLE)
        super().changeEvent(event)

    def _build(self) -> None:
        for page in (self.zones.home, self.zones.results, self.zones.reading, self.zones.work):
            self._middle.addWidget(page)
        for zone in (self.zones.library, self._middle, self.zones.source):
            self._zones.addWidget(zone)
        self._zones.setHandleWidth(1)
        self._zones.setStretchFactor(0, 0)
        self._zones.setStretchFactor(1, 1)
        self._zones.setStretchFactor(2, 0)
        self.zones.library.setMinimumWidth(200)
        self.zones.source.setMinimumWidth(280)
        self._middle.setMinimumWidth(360)
        self._zones.setSizes([LIBRARY_PX, self.width() - LIBRARY_PX - SOURCE_PX, SOURCE_PX])
        self.zones.source.hide()
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.zones.top_bar, _line(whole), self._zones, _line(whole), self.zones.strip):
            column.addWidget(part, 1 if part is self._zones else 0)
        self.setCentralWidget(whole)

    def _enter(self, zone: QWidget) -> None:
        if zone is self.zones.top_bar:
            self.zones.top_bar.search_bar.focus_here()
        elif zone is self.zones.library:
            self.zones.library.focus_list()
        elif zone is self._middle and self._middle.currentWidget() is self.zones.results:
            self.zones.results.focus_list()
        elif zone is self._middle and self._middle.currentWidget() is self.zones.home:
            self.zones.home.focus_first()
        elif zone is self._middle and self._middle.currentWidget() is self.zones.work:
            self.zones.work.focus_list()
        else:
            (self.zones.reading if zone is self._middle else zone).setFocus(Qt.FocusReason.OtherFocusReason)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("line", "true")
    return line
