"""Writing a copy of an archive somewhere else: a stick, a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QRadioButton, QWidget

from archive.model.sharing import ArchiveFacts, ShareReport
from archive.progress import Step
from viewer.dialogs.files import choose_folder
from viewer.dialogs.new_archive import folder_name
from viewer.dialogs.passphrase import LockChoice
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.say.notices import say_error
from viewer.say.words import say, say_size


class ShareSheet(Sheet):
    """Asks what, where and whether locked; then shows how it goes; says "safe to unplug" only of what was read back.

    Args:
        host: the window.
        facts: of the archive that is shared.
        selected: the title of the report being read, None when there is none.
        place: where to propose to write.

    Signals:
        wanted: the folder to make (Path), the passphrase or None, and whether only the selected report.
        cancel_wanted: stop writing.
    """

    wanted = Signal(object, object, bool)
    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, facts: ArchiveFacts, selected: str | None, place: Path) -> None:
        super().__init__(host, title=say("share-title"), width_px=540)
        self._facts = facts
        self._place = place
        self._is_writing = False
        self.is_done = False
        self._questions: list[QWidget] = []
        self._all = QRadioButton(say("share-all", reports=facts.reports, sources=facts.sources), self, checked=True)
        self._one = QRadioButton(say("share-one"), self)
        self._one.setVisible(selected is not None)
        self._selected = text_label(selected or "", kind="hint", parent=self)
        self._selected.setVisible(selected is not None)
        self._name = QLineEdit(folder_name(facts.title).removesuffix(".ibid"), self)
        self._name.setAccessibleName(say("share-name"))
        self._where = text_label("", kind="hint", parent=self)
        self._change = QPushButton(say("button-change-place"), self)
        self._change.setProperty("flat", "true")
        self._lock = LockChoice(self, is_locked=facts.is_locked)
        self._progress = QProgressBar(self, textVisible=False)
        self._told = text_label("", parent=self)
        self._build()
        self._join()
        self._follow()

    def show_step(self, step: Step) -> None:
        """It has come this far."""
        self._progress.setMaximum(step.total or 0)
        self._progress.setValue(step.done)

    def show_result(self, report: ShareReport) -> None:
        """It is done, and was read back."""
        self.is_done = True
        self._is_writing = False
        self._progress.hide()
        facts = {"documents": report.documents, "size": say_size(report.size_bytes), "name": report.archive}
        set_text(self._told, say("share-verified" if report.is_verified else "share-unverified", **facts))
        self._leave.setText(say("button-done"))
        self._leave.setFocus()
        self.fit()

    def refuse(self, error: Exception) -> None:
        """It could not be written; nothing was left at the target."""
        self._is_writing = False
        self._show_questions(is_shown=True)
        self._follow()
        self.say_notice(say_error(error))

    @property
    def target(self) -> Path:
        """The folder that would be written."""
        return self._place / folder_name(self._name.text())

    def move_to(self, place: Path) -> None:
        """The copy shall stand in this folder."""
        self._place = place
        self._follow()

    def close_sheet(self) -> None:
        """Leave; what is half written is taken away again."""
        if self._is_writing:
            self.cancel_wanted.emit()
        super().close_sheet()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._where, 1)
        row.addWidget(self._change)
        name_label = text_label(say("share-name"), kind="hint", parent=self)
        self._questions = [self._all, name_label, self._name, self._where, self._change, self._lock]
        self._questions += [] if self._one.isHidden() else [self._one, self._selected]
        for widget in (self._all, self._one, self._selected, name_label, self._name):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        for widget in (self._lock, self._told, self._progress):
            self.body.addWidget(widget)
        self._told.hide()
        self._progress.hide()
        self._leave = self.add_cancel()
        self._write = self.add_button(say("share-write"), is_main=True)

    def _join(self) -> None:
        self._name.textChanged.connect(self._follow)
        self._lock.changed.connect(self._follow)
        self._change.clicked.connect(lambda: choose_folder(self, chosen=self.move_to, label=say("button-choose")))
        self._write.clicked.connect(self._want)

    def _follow(self) -> None:
        set_text(self._where, say("share-where", place=str(self.target)))
        self._write.setEnabled(bool(self._name.text().strip()) and self._lock.is_complete and not self._is_writing)
        self.fit()

    def _want(self) -> None:
        self._is_writing = True
        self.say_notice("")
        self._show_questions(is_shown=False)
        set_text(self._told, say("share-writing", place=str(self.target)))
        self.fit()
        self._leave.setFocus()
        self.wanted.emit(self.target, self._lock.passphrase, self._one.isChecked())

    def _show_questions(self, *, is_shown: bool) -> None:
        for widget in self._questions:
            widget.setVisible(is_shown)
        self._told.setVisible(not is_shown)
        self._progress.setVisible(not is_shown)
        self._write.setVisible(is_shown)
