"""Text for documents that are pictures of pages: said, offered, never begun unasked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from archive.model.document import Document, Format
from archive.progress import Job, Step
from archive.words import chosen_language
from viewer.dialogs.recognise import RecogniseSheet
from viewer.models.library import Library
from viewer.models.tasks import Tasks
from viewer.say.words import say
from viewer.window.main_window import MainWindow
from viewer.window.reading import OpenDocument, Reading
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

_LIKELY = {"en": ("eng",), "ru": ("rus", "eng"), "be": ("bel", "rus", "eng")}


class Recognising(QObject):
    """Says over a document when it has no text, or text that Tesseract read, and has it read when the person wants that."""

    def __init__(self, runner: TaskRunner, library: Library, tasks: Tasks, reading: Reading, window: MainWindow) -> None:
        super().__init__(window)
        self._runner, self._library, self._tasks, self._reading, self._window = runner, library, tasks, reading, window
        self._asking = Latest(runner, Lane.LOOK, owner=self)
        reading.shown.connect(self._follow)
        window.zones.reading.notice.wanted.connect(self.ask)

    def ask(self) -> None:
        """Lay open what can be done for the document that is being read."""
        read = self._reading.document
        if read is None:
            return
        desk = self._library.archives[read.archive].desk
        self._asking.start(
            lambda _job: desk.recognition_languages(),
            done=lambda found: self._open_sheet(read, found),
            failed=self._runner.unclaimed.emit,
        )

    def _follow(self, read: OpenDocument) -> None:
        notice, how = self._window.zones.reading.notice, read.document.recognised
        if how is not None:
            languages = ", ".join(say("recognise-language", language=language) for language in how.languages)
            notice.say(say("reading-recognised", engine=how.engine, languages=languages, sure=round(100 * how.confidence)))
        elif read.document.format == Format.PDF and not read.passages:
            is_writable = self._library.archives[read.archive].facts.is_writable
            notice.say(say("reading-without-text"), action=say("reading-recognise") if is_writable else "")
        else:
            notice.say("")

    def _open_sheet(self, read: OpenDocument, languages: tuple[str, ...]) -> None:
        likely = [language for language in _LIKELY.get(chosen_language(), ("eng",)) if language in languages]
        sheet = RecogniseSheet(self._window, languages=languages, chosen=likely or languages[:1])
        sheet.wanted.connect(lambda wanted: self._read(read, wanted, sheet))
        self._window.open_sheet(sheet)

    def _read(self, read: OpenDocument, languages: tuple[str, ...], sheet: RecogniseSheet) -> None:
        desk, document = self._library.archives[read.archive].desk, read.document.document
        task = self._tasks.begin(say("task-recognising"))

        def work(job: Job) -> Document:
            found: Document = desk.recognise(document, languages=languages, job=job)
            return found

        def progress(step: Step) -> None:
            sheet.go_on(step)
            self._tasks.go_on(task, step)

        def done(_document: Document) -> None:
            self._tasks.end(task)
            sheet.finish()
            self._library.look_again(read.archive)
            self._reading.look_again()

        def failed(error: Exception) -> None:
            self._tasks.end(task)
            sheet.refuse(error)

        job = self._runner.start(Lane.WORK, work, owner=sheet, done=done, failed=failed, progress=progress)
        self._tasks.may_stop(task, job)
        sheet.cancel_wanted.connect(job.cancel)
        sheet.closed.connect(lambda: self._tasks.end(task))
