"""The work list: every source with its state and reasons, endangered first, and the buttons that save them where this window may."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archive import capture_report
from archive.model.capturing import PlannedSource
from archive.model.source import SourceState
from viewer.look.label import set_text, text_label
from viewer.look.plain import plain, plain_address
from viewer.look.style import GRID_PX, code_font
from viewer.look.themes import Theme
from viewer.models.capturing import Capturing, Shown, WorkRow
from viewer.say.words import say
from viewer.sources.work_painter import WorkPainter

COMMAND = "ibid --archivist"
_LONGEST_SCOPE = 60
_PLACES_SHOWN = 4


class _Rows(QListView):
    """The list: Enter opens, Esc leaves, a menu on the right button and its key."""

    menu_wanted = Signal(QPoint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the row the cursor is on; the view takes what the list has no use for."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the rows that are picked."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            where = self.viewport().mapToGlobal(self.visualRect(index).center()) if is_by_key else event.globalPos()
            self.menu_wanted.emit(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as the list."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class WorkList(QFrame):
    """Shows the sources of an archive, a report or a collection that are to be saved, and the run that saves them.

    Args:
        work: the list and the run.
        theme: the theme to begin with.

    Signals:
        close_wanted: Esc.
        scope_wanted: the position of the row that was chosen among what may be listed.
        source_wanted: a WorkRow is to be shown beside.
        menu_wanted: a WorkRow, and where on the screen.
    """

    close_wanted = Signal()
    scope_wanted = Signal(int)
    source_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, work: Capturing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "paper")
        self._work = work
        self._is_awaited, self._address = False, ""
        self._title = text_label(say("work-title"), kind="title", parent=self)
        self._scopes, self._states = QComboBox(self), QComboBox(self)
        self._summary = text_label(kind="quiet", parent=self)
        self._progress = QProgressBar(self, textVisible=False)
        self._list = _Rows(self, frameShape=QFrame.Shape.NoFrame)
        self._painter = WorkPainter(self._list, theme)
        self._empty = text_label(kind="quiet", parent=self)
        self._detail = text_label(kind="hint", parent=self)
        self._middle = QStackedWidget(self)
        self._more, self._stop = QPushButton(say("work-more"), self), QPushButton(say("button-stop"), self)
        self._pause = QPushButton(self)
        self._picked, self._all = QPushButton(self), QPushButton(self)
        self._build()
        self._join()
        self.follow()

    def show_scopes(self, names: Sequence[str], chosen: int) -> None:
        """What may be listed: archives, collections, reports."""
        with QSignalBlocker(self._scopes):
            self._scopes.clear()
            for name in names:
                words = plain(name)
                self._scopes.addItem(words if len(words) <= _LONGEST_SCOPE else words[: _LONGEST_SCOPE - 1] + "…")
            self._scopes.setCurrentIndex(chosen)

    def follow(self) -> None:
        """Show how things stand."""
        work, model = self._work, self._work.model
        done, total = work.progress
        is_running, can_fetch = work.is_running, work.can_fetch
        set_text(self._summary, self._say_summary())
        self._progress.setVisible(is_running)
        self._progress.setMaximum(max(1, total))
        self._progress.setValue(done)
        self._scopes.setEnabled(not is_running)
        self._states.setEnabled(not is_running)
        for button in (self._stop, self._pause):
            button.setVisible(is_running)
        for button in (self._picked, self._all):
            button.setVisible(can_fetch and not is_running)
        self._sealed.setVisible(not can_fetch)
        self._pause.setText(say("work-resume" if work.is_paused else "work-pause"))
        count = len(model.worth_asking())
        self._all.setText(say("work-retry-all" if model.shown is Shown.GONE else "work-save-all", count=count))
        self._all.setEnabled(count > 0)
        set_text(self._empty, self._say_empty())
        self._middle.setCurrentWidget(self._list if model.rowCount() else self._empty)
        if model.rowCount() and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(model.index(0))
        if self._is_awaited and model.rowCount() and self._states.hasFocus():
            self.focus_list()
        self._follow_rows()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._painter.theme = theme
        self._list.viewport().update()

    def focus_list(self) -> None:
        """Put the cursor into the list as soon as there is one, until then on what there is to choose."""
        self._is_awaited = not self._work.model.rowCount()
        (self._states if self._is_awaited else self._list).setFocus(Qt.FocusReason.OtherFocusReason)

    def picked(self) -> list[PlannedSource]:
        """The sources that are picked, in their order; they do not wait to be asked for if nothing is."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedIndexes())
        return [self._work.model.row(row).planned for row in rows]

    def current(self) -> WorkRow | None:
        """The row the cursor is on."""
        index = self._list.currentIndex()
        return self._work.model.row(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the list; the run goes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._list.setObjectName("sources")
        self._list.setModel(self._work.model)
        self._list.setItemDelegate(self._painter)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(say("work-title"))
        self._scopes.setAccessibleName(say("work-scope"))
        self._scopes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._states.setAccessibleName(say("work-states"))
        for shown in Shown:
            self._states.addItem(say(f"work-shown-{shown.name.lower()}"))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail.setMinimumHeight(GRID_PX * 11)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._all.setProperty("main", "true")
        for page in (self._list, self._empty):
            self._middle.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(GRID_PX)
        head.addWidget(self._scopes, 1)
        head.addWidget(self._states)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID_PX * 3, GRID_PX * 3, GRID_PX * 3, GRID_PX * 2)
        column.setSpacing(GRID_PX)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addWidget(self._summary)
        column.addWidget(self._progress)
        column.addWidget(self._middle, 1)
        column.addWidget(self._detail)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        self._sealed = QWidget(self)
        sealed = QHBoxLayout(self._sealed)
        sealed.setContentsMargins(0, 0, 0, 0)
        sealed.setSpacing(GRID_PX)
        sealed.addWidget(text_label(say("work-sealed"), kind="hint", parent=self._sealed), 1)
        command = text_label(COMMAND, parent=self._sealed)
        command.setFont(code_font())
        command.setWordWrap(False)
        command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sealed.addWidget(command)
        foot = QHBoxLayout()
        foot.setSpacing(GRID_PX)
        foot.addWidget(self._more)
        foot.addWidget(self._sealed, 8)
        foot.addStretch(1)
        for button in (self._stop, self._pause, self._picked, self._all):
            foot.addWidget(button)
        return foot

    def _join(self) -> None:
        work = self._work
        self._scopes.activated.connect(self.scope_wanted)
        self._states.activated.connect(self._show_states)
        self._list.activated.connect(lambda _index: self._open())
        self._list.doubleClicked.connect(lambda _index: self._open())
        self._list.menu_wanted.connect(lambda where: self.menu_wanted.emit(self.current(), where))
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._follow_rows())
        self._list.selectionModel().currentChanged.connect(lambda *_: self._follow_rows())
        self._more.clicked.connect(self._open_menu)
        self._stop.clicked.connect(work.stop)
        self._pause.clicked.connect(lambda: work.resume() if work.is_paused else work.pause())
        self._picked.clicked.connect(lambda: work.start(self.picked(), is_run=False))
        self._all.clicked.connect(lambda: work.start(work.model.worth_asking(), is_run=work.model.shown is not Shown.GONE))
        work.model.modelAboutToBeReset.connect(self._remember_row)
        work.model.modelReset.connect(self._return_to_row)
        work.changed.connect(self.follow)

    def _remember_row(self) -> None:
        row = self.current()
        self._address = row.planned.address if row is not None else self._address

    def _return_to_row(self) -> None:
        """The cursor stays on its source where the list is another."""
        place = self._work.model.place_of(self._address)
        if place is not None:
            self._list.setCurrentIndex(self._work.model.index(place))

    def _show_states(self, position: int) -> None:
        self._work.model.show_states(list(Shown)[position])
        self.follow()

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.source_wanted.emit(row)

    def _open_menu(self) -> None:
        self.menu_wanted.emit(self.current(), self._more.mapToGlobal(self._more.rect().topLeft()))

    def _follow_rows(self) -> None:
        """What is to be said of the row the cursor is on, and how many are picked."""
        count = len(self.picked())
        self._picked.setText(say("work-save-picked", count=count))
        self._picked.setEnabled(count > 0)
        row = self.current()
        set_text(self._detail, "" if row is None else "\n".join(_say_detail(row)))

    def _say_summary(self) -> str:
        work, model = self._work, self._work.model
        report = work.report
        if work.is_running:
            done, total = work.progress
            said = [say("work-paused" if work.is_paused else "work-running", done=done, total=total)]
            said += [f"{say(f'state-{state}')}: {count}" for state, count in report.states.items()] if report else []
            return " · ".join(said)
        if report is not None:
            return " · ".join(capture_report.say_end(report))
        states = model.states
        return " · ".join(f"{say(f'state-{state}')}: {states[state]}" for state in SourceState if states.get(state))

    def _say_empty(self) -> str:
        model = self._work.model
        if not self._work.is_known:
            return say("work-looking")
        return say("work-none" if not model.total else f"work-empty-{model.shown.name.lower()}")


def _say_detail(row: WorkRow) -> list[str]:
    """Everything that is known of a source, a line each."""
    entry = row.planned.entry
    cited = entry.source.cited_at
    places = [
        say("work-cited-at", label=plain(place.label), title=plain(place.title) or place.document[:12], more=0)
        for place in cited[:_PLACES_SHOWN]
    ]
    if len(cited) > _PLACES_SHOWN:
        places.append(say("work-cited-more", count=len(cited) - _PLACES_SHOWN))
    risks = capture_report.say_risks(row.risks)
    said = [plain_address(row.planned.address), " · ".join(places), risks, *row.why]
    said += [say("work-tries", count=entry.tries)] if entry.tries else []
    return [each for each in said if each]
