"""Taking in what another archive holds: what it is, then whether to, then what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from archive.model.sharing import ArchiveFacts, MergeReport
from archive.progress import Step
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error
from viewer.say.words import say, say_size


class MergeSheet(Sheet):
    """Shows what the giver holds, asks, shows how it goes and what came of it.

    Args:
        host: the window.
        giver: what the other archive says of itself.
        receiver: the title of the archive that takes.

    Signals:
        wanted: go on.
        cancel_wanted: stop; what is in stays in, each thing whole.
    """

    wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, giver: ArchiveFacts, receiver: str) -> None:
        super().__init__(host, title=say("merge-title", receiver=receiver), width_px=500)
        self._is_merging = False
        self.body.addWidget(text_label(giver.title, kind="heading", parent=self))
        holds = say(
            "merge-holds",
            reports=giver.reports,
            sources=giver.sources,
            captures=giver.captures,
            size=say_size(giver.size_bytes),
        )
        self._told = text_label(f"{holds}\n\n{say('merge-plan')}", parent=self)
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.hide()
        self.body.addWidget(self._told)
        self.body.addWidget(self._progress)
        self._leave = self.add_cancel()
        self._go = self.add_button(say("merge-go"), is_main=True)
        self._go.clicked.connect(self._want)

    def show_step(self, step: Step) -> None:
        """It has come this far."""
        self._progress.setMaximum(step.total or 0)
        self._progress.setValue(step.done)

    def show_result(self, report: MergeReport) -> None:
        """It is done."""
        self._is_merging = False
        self._progress.hide()
        lines = [
            say(f"merge-{name}", count=count)
            for name, count in (("new", report.new), ("same", report.same), ("differing", report.differing))
        ]
        set_text(self._told, "\n".join(lines))
        self.say_notice(say("merge-refused", count=report.refused) if report.refused else "")
        self._leave.setText(say("button-done"))
        self._leave.setFocus()
        self.fit()

    def refuse(self, error: Exception) -> None:
        """It could not be finished."""
        self._is_merging = False
        self._progress.hide()
        self.say_notice(say_error(error))

    def close_sheet(self) -> None:
        """Leave; what is under way stops after the thing at hand."""
        if self._is_merging:
            self.cancel_wanted.emit()
        super().close_sheet()

    def _want(self) -> None:
        self._is_merging = True
        self._go.hide()
        set_text(self._told, say("merge-going"))
        self._progress.show()
        self._leave.setFocus()
        self.fit()
        self.wanted.emit()
