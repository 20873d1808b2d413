"""Putting notes right: from the sheet to the archive and back into what is being read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from archive.model.correction import Correction
from archive.progress import Job
from viewer.dialogs.correct_note import CorrectNoteSheet, Text
from viewer.models.library import Library
from viewer.say.notices import say_error
from viewer.window.main_window import MainWindow
from viewer.window.reading import OpenDocument, Reading
from viewer.work.runner import Lane, TaskRunner


class Correcting(QObject):
    """Opens the sheet for a note or a marker of the document being read, if its archive takes changes.

    Signals:
        corrected: the document was changed and should be looked at again.
    """

    corrected = Signal()

    def __init__(self, runner: TaskRunner, library: Library, reading: Reading, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._reading, self._window = runner, library, reading, window

    def correct_note(self, note: int) -> None:
        """Open the sheet for this note."""
        self._open(self._reading.document, note, None)

    def correct_marker(self, passage: int, index: int) -> None:
        """Open the sheet for a marker that means no note."""
        self._open(self._reading.document, None, (passage, index))

    def _open(self, read: OpenDocument | None, note: int | None, marker: tuple[int, int] | None) -> None:
        if read is None or not self._library.archives[read.archive].facts.is_writable:
            return
        desk, document = self._library.archives[read.archive].desk, read.document.document

        def work(_job: Job) -> Text:
            return Text(desk.passages(document), desk.notes(document), desk.corrections(document))

        self._runner.start(
            Lane.LOOK,
            work,
            owner=self,
            done=lambda text: self._show(read, text, note, marker),
            failed=self._reading.failed.emit,
        )

    def _show(self, read: OpenDocument, text: Text, note: int | None, marker: tuple[int, int] | None) -> None:
        if (note is not None and note >= len(text.notes)) or (note is None and marker is None):
            return
        sheet = CorrectNoteSheet(self._window, text=text, note=note, marker=marker)
        sheet.correction_wanted.connect(lambda correction: self._change(sheet, read, note, correction))
        sheet.undo_wanted.connect(lambda: self._change(sheet, read, note, None))
        self._window.open_sheet(sheet)

    def _change(self, sheet: CorrectNoteSheet, read: OpenDocument, note: int | None, correction: Correction | None) -> None:
        """Make one change, or take the last one back; then the sheet shows the document as it is now."""
        desk, document = self._library.archives[read.archive].desk, read.document.document
        sheet.setEnabled(False)

        def work(_job: Job) -> None:
            if correction is None:
                desk.undo_correction(document)
            else:
                desk.correct(document, correction)

        def done(_nothing: object) -> None:
            sheet.close_sheet()
            self.corrected.emit()
            self._open(read, note, None)

        def failed(error: Exception) -> None:
            sheet.setEnabled(True)
            sheet.say_notice(say_error(error))

        self._runner.start(Lane.WORK, work, owner=sheet, done=done, failed=failed)
