"""The strip at the foot: that nothing goes out, how much is here, what is being done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from viewer.look.icons import icon, pixmap
from viewer.look.label import set_text, text_label
from viewer.look.themes import Theme
from viewer.models.library import Library
from viewer.models.tasks import Tasks
from viewer.say.words import say

HEIGHT_PX = 32


class StatusStrip(QFrame):
    """Says where one stands; the newest piece of work with how far it has come, and a way to stop it.

    Args:
        library: the open archives.
        tasks: what is under way.
        theme: the colours.
        is_sealed: whether the system keeps this program off the network; only then is it said.
        can_fetch: whether a fetcher stands beside it, so that sources can be saved.

    Signals:
        stop_wanted: stop everything that is under way.
        work_wanted: show what is under way.
    """

    stop_wanted = Signal()
    work_wanted = Signal()

    def __init__(
        self,
        library: Library,
        tasks: Tasks,
        theme: Theme,
        *,
        is_sealed: bool,
        can_fetch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("pane", "true")
        self.setFixedHeight(HEIGHT_PX)
        self._library, self._tasks, self._is_sealed, self._can_fetch = library, tasks, is_sealed, can_fetch
        self._sign = QLabel(self)
        self._words = _small(self)
        self._work = QToolButton(self, autoRaise=True)
        self._work.setToolTip(say("action-bring-in-list"))
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setFixedWidth(120)
        self._stop = QToolButton(self)
        self._stop.setAccessibleName(say("task-stop"))
        self._stop.setToolTip(say("task-stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        row.addStretch(1)
        for widget in (self._work, self._progress, self._stop):
            row.addWidget(widget)
        self._stop.clicked.connect(self.stop_wanted)
        self._work.clicked.connect(self.work_wanted)
        library.changed.connect(self.follow)
        tasks.changed.connect(self.follow_tasks)
        self.set_theme(theme)
        self.follow()
        self.follow_tasks()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._sign.setPixmap(pixmap("offline", theme.quiet_ink, 16, ratio=self.devicePixelRatioF()))
        self._stop.setIcon(icon("close", theme, role="quiet_ink"))

    def follow(self) -> None:
        """Say what is open now."""
        archives = self._library.archives
        parts = [say("strip-archivist" if self._can_fetch else "strip-offline" if self._is_sealed else "strip-offline-unsealed")]
        if archives:
            parts.append(say("strip-documents", count=sum(each.facts.reports + each.facts.captures for each in archives)))
            parts += [
                f"{each.facts.title} ({say('archive-locked' if each.facts.is_locked else 'archive-open')})"
                for each in archives[:3]
            ]
            parts += (
                [say("strip-damaged", count=damaged)] if (damaged := sum(len(each.facts.damaged) for each in archives)) else []
            )
        set_text(self._words, " · ".join(parts))

    def follow_tasks(self) -> None:
        """Show the newest piece of work, or nothing."""
        tasks = self._tasks.all
        for widget in (self._work, self._progress, self._stop):
            widget.setVisible(bool(tasks))
        if tasks:
            newest = tasks[-1]
            self._work.setText(newest.words if len(tasks) == 1 else say("strip-tasks", words=newest.words, count=len(tasks)))
            self._progress.setMaximum(newest.step.total or 0)
            self._progress.setValue(newest.step.done)


def _small(parent: QWidget) -> QLabel:
    label = text_label(kind="hint", parent=parent)
    label.setWordWrap(False)
    label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return label
