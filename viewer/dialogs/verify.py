"""Checking an archive: everything in it is read and hashed again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from archive.model.sharing import VerifyReport
from archive.progress import Step
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error, say_fault
from viewer.say.words import say

_SHOWN = 100


class VerifySheet(Sheet):
    """Shows how the check goes, and what it found.

    Signals:
        cancel_wanted: stop checking.
    """

    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, archive: str) -> None:
        super().__init__(host, title=say("verify-title", archive=archive), width_px=520)
        self._is_checking = True
        self._told = text_label(say("verify-going"), parent=self)
        self._progress = QProgressBar(self, textVisible=False, maximum=0)
        self.body.addWidget(self._told)
        self.body.addWidget(self._progress)
        self._leave = self.add_cancel()

    @property
    def is_done(self) -> bool:
        """Whether the check has come to its end."""
        return not self._is_checking

    def show_step(self, step: Step) -> None:
        """It has come this far."""
        self._progress.setMaximum(step.total or 0)
        self._progress.setValue(step.done)

    def show_result(self, report: VerifyReport) -> None:
        """What the check found: all faults, the first hundred by name."""
        self._end()
        if report.is_whole:
            set_text(self._told, say("verify-whole", documents=report.documents, objects=report.objects))
        else:
            set_text(self._told, say("verify-faults", count=len(report.faults)))
            self.body.addWidget(self._list([say_fault(fault) for fault in report.faults[:_SHOWN]]))
        self.fit()

    def refuse(self, error: Exception) -> None:
        """It could not be checked to the end."""
        self._end()
        self._told.hide()
        self.say_notice(say_error(error))

    def close_sheet(self) -> None:
        """Leave; a check under way stops."""
        if self._is_checking:
            self.cancel_wanted.emit()
        super().close_sheet()

    def _end(self) -> None:
        self._is_checking = False
        self._progress.hide()
        self._leave.setText(say("button-done"))
        self._leave.setFocus()

    def _list(self, sentences: list[str]) -> QScrollArea:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        for sentence in sentences:
            column.addWidget(text_label(sentence, kind="problem", parent=holder))
        column.addStretch(1)
        scroll = QScrollArea(self, widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(holder)
        scroll.setMinimumHeight(min(280, 40 * len(sentences)))
        return scroll
