"""Files on their way into an archive: one line each, with what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from archive.model.document import Arrival
from archive.model.saved import PagesReport
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error, say_problem
from viewer.say.words import say


class _Line(QWidget):
    """One file: its name, and beneath it what became of it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._name = text_label(name, parent=self)
        self._fate = text_label(say("bring-in-waiting"), kind="hint", parent=self)
        self._problem = text_label("", kind="problem", parent=self)
        self._problem.hide()
        for label in (self._name, self._fate, self._problem):
            column.addWidget(label)

    def say_fate(self, text: str, *, problem: str = "") -> None:
        set_text(self._fate, text)
        self._fate.setVisible(bool(text))
        set_text(self._problem, problem)
        self._problem.setVisible(bool(problem))


class BringInSheet(Sheet):
    """Shows how the files come in, in order; what is in stays in when the rest is cancelled.

    Args:
        host: the window.
        files: what is brought in.
        archive: the title of the archive that takes them.

    Signals:
        cancel_wanted: the person does not want the rest.
    """

    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, files: list[Path], archive: str) -> None:
        super().__init__(host, title=say("bring-in-title", archive=archive), width_px=560)
        self._done = 0
        self._progress = QProgressBar(self, maximum=len(files), textVisible=False)
        self._summary = text_label(say("bring-in-count", done=0, total=len(files)), kind="quiet", parent=self)
        holder = QWidget(self)
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(12)
        self._lines = [_Line(file.name, holder) for file in files]
        for line in self._lines:
            lines.addWidget(line)
        lines.addStretch(1)
        scroll = QScrollArea(self, widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(holder)
        scroll.setMinimumHeight(min(320, 24 + 52 * len(files)))
        scroll.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        for widget in (self._progress, self._summary, scroll):
            self.body.addWidget(widget)
        self._leave = self.add_cancel()

    @property
    def is_done(self) -> bool:
        """Whether every file has met its fate."""
        return self._done == len(self._lines)

    def begin(self, row: int) -> None:
        """This file is being read now."""
        self._lines[row].say_fate(say("bring-in-reading"))

    def say_arrival(self, row: int, arrival: Arrival) -> None:
        """This file is in, or was here already."""
        document = arrival.document
        fate = say(
            "bring-in-already" if arrival.is_already_here else "bring-in-arrived",
            notes=document.notes,
            paired=document.paired,
            addresses=arrival.addresses,
        )
        self._lines[row].say_fate(fate, problem="\n".join(say_problem(problem) for problem in arrival.problems))
        self._count()

    def say_pages(self, row: int, report: PagesReport) -> None:
        """What of this web archive is in, in one line, and what is amiss with it."""
        fate = say("bring-in-pages", new=report.new, already=report.already, others=report.others)
        amiss = [say_problem(problem) for problem in report.problems]
        if report.failed:
            amiss.append(say("bring-in-pages-failed", count=report.failed))
        self._lines[row].say_fate(" ".join(fate.split()), problem="\n".join(amiss))
        self._count()

    def say_failure(self, row: int, error: Exception) -> None:
        """This file did not come in; the others go on."""
        self._lines[row].say_fate("", problem=say_error(error))
        self._count()

    def close_sheet(self) -> None:
        """Leave; what has not begun yet is not begun."""
        if self._done < len(self._lines):
            self.cancel_wanted.emit()
        super().close_sheet()

    def _count(self) -> None:
        self._done += 1
        total = len(self._lines)
        self._progress.setValue(self._done)
        set_text(self._summary, say("bring-in-count", done=self._done, total=total))
        if self._done == total:
            self._leave.setText(say("button-done"))
            self._leave.setFocus()
