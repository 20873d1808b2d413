"""Files on their way into an archive: one line each, with what came of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QFrame, QHBoxLayout, QListView, QProgressBar, QWidget

from archive import intake_report
from archive.model.intake import Fate, IntakeLine
from viewer.dialogs.intake_painter import IntakePainter
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.look.themes import Theme
from viewer.models.intake import Intake
from viewer.say.words import say

_LIST_PX, _LEAST_PX, _DETAIL_PX = 330, 60, 74
_TOLD = (Fate.ARRIVED, Fate.ALREADY, Fate.FAILED, Fate.UNTOUCHED)


class _Lines(QListView):
    """The list itself: Enter is for the line the cursor is on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the line; the sheet takes what the list has no use for."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Some six rows where there is room."""
        return QSize(super().sizeHint().width(), _LIST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as the list."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class BringInSheet(Sheet):
    """Shows how files come in. It can be put away and laid out again: the run goes on without it.

    Args:
        host: the window.
        intake: the run.
        theme: the colours of the list.

    Signals:
        document_wanted: the person wants to read a document that came in (its identifier).
        password_wanted: the person wants to open a file that is locked by its maker (the row of its line among all lines).
        save_wanted: write the report somewhere.
    """

    document_wanted = Signal(str)
    password_wanted = Signal(int)
    save_wanted = Signal()

    def __init__(self, host: QWidget, *, intake: Intake, theme: Theme) -> None:
        super().__init__(host, title=say("bring-in-title", archive=intake.archive), width_px=680)
        self._intake = intake
        self._progress = QProgressBar(self, textVisible=False)
        self._summary = text_label(kind="quiet", parent=self)
        self._only = QCheckBox(say("bring-in-only-problems", count=0), self, checked=intake.model.shows_problems_only)
        self._list = _Lines(self, frameShape=QFrame.Shape.NoFrame)
        self._detail = text_label(kind="hint", parent=self)
        self._build(theme)
        self._stop = self.add_button(say("button-stop"))
        self._save = self.add_button(say("button-save-report"))
        self._read = self.add_button(say("button-read-it"))
        self._leave = self.add_button(say("button-background"), is_main=True)
        self._join()
        self.follow()

    @property
    def is_done(self) -> bool:
        """Whether every file has met its fate."""
        return not self._intake.is_running

    def follow(self) -> None:
        """Say how far it has come."""
        intake, model = self._intake, self._intake.model
        total, is_running = len(model.lines), intake.is_running
        set_text(self.title, say("bring-in-title", archive=intake.archive))
        self._progress.setMaximum(0 if intake.is_looking else max(1, total))
        self._progress.setValue(model.over_count if is_running or total else 1)
        if intake.is_looking:
            set_text(self._summary, say("bring-in-looking", count=intake.found_count))
        elif not total:
            set_text(self._summary, say("bring-in-nothing"))
        else:
            fates = model.fates
            parts = [say(f"bring-in-count-{fate}", count=fates[fate]) for fate in _TOLD if fates.get(fate)]
            set_text(self._summary, " · ".join([say("bring-in-count", done=model.over_count, total=total), *parts]))
        self._only.setText(say("bring-in-only-problems", count=model.problem_count))
        self._stop.setVisible(is_running)
        self._save.setEnabled(bool(total) and not is_running)
        words = say("button-background" if is_running else "button-done")
        if self._leave.text() != words:
            self._leave.setText(words)
            if not is_running and self.focusWidget() in {None, self, self._stop}:
                self._leave.setFocus()
        self._follow_line()

    def _build(self, theme: Theme) -> None:
        self._list.setModel(self._intake.model)
        self._list.setItemDelegate(IntakePainter(self._list, theme))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(_LEAST_PX)
        self._list.setAccessibleName(say("bring-in-title", archive=self._intake.archive))
        self._detail.setMinimumHeight(_DETAIL_PX)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        above = QHBoxLayout()
        above.addWidget(self._summary, 1)
        above.addWidget(self._only, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._progress)
        self.body.addLayout(above)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._detail)

    def _join(self) -> None:
        self._stop.clicked.connect(self._intake.stop)
        self._save.clicked.connect(self.save_wanted)
        self._read.clicked.connect(lambda: self._choose(self._list.currentIndex()))
        self._leave.clicked.connect(self.close_sheet)
        self._list.activated.connect(self._choose)
        self._list.doubleClicked.connect(self._choose)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._follow_line())
        self._only.toggled.connect(lambda is_on: self._intake.model.show_problems_only(is_on=is_on))
        self._only.toggled.connect(lambda _is_on: self._follow_line())
        self._intake.changed.connect(self.follow)

    def focus_first(self) -> None:
        """The cursor begins on the button that leaves: nothing needs to be done here."""
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Put the sheet away; the run goes on."""
        self._intake.changed.disconnect(self.follow)
        super().close_sheet()

    def _line(self) -> IntakeLine | None:
        index = self._list.currentIndex()
        return self._intake.model.line(index.row()) if index.isValid() else None

    def _follow_line(self) -> None:
        """Everything that is to be said of the line that the cursor is on."""
        line = self._line()
        may_read = line is not None and line.document is not None
        is_locked = line is not None and line.error == "password-wanted"
        self._read.setText(say("button-give-password" if is_locked else "button-read-it"))
        self._read.setEnabled(may_read or is_locked)
        said = [] if line is None else [line.name, *([line.title] if line.title else []), *intake_report.say_problems(line)]
        set_text(self._detail, "\n".join(said))

    def _choose(self, index: QModelIndex) -> None:
        line = self._intake.model.line(index.row()) if index.isValid() else None
        if line is not None and line.document is not None:
            self.close_sheet()
            self.document_wanted.emit(line.document)
        elif line is not None and line.error == "password-wanted":
            self.password_wanted.emit(line.n)
