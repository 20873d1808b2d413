"""From a typed question to a list of hits."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Signal

from archive.model.hit import Answer, Question
from archive.progress import Job
from viewer.models.library import Library
from viewer.models.results import PAGE, ResultsModel
from viewer.search.results_view import ResultsView
from viewer.search.search_bar import SearchBar
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner


class Asking(QObject):
    """Joins the line, the library and the list; an older question never overtakes a newer one.

    Signals:
        answered: the Answer that is now listed.
        failed: the exception that came instead.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(
        self, runner: TaskRunner, library: Library, bar: SearchBar, view: ResultsView, model: ResultsModel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library, self._bar, self._view, self._model = library, bar, view, model
        self._first = Latest(runner, Lane.LOOK, owner=self)
        self._more = Latest(runner, Lane.LOOK, owner=self)
        self._asked: Question | None = None
        bar.asked.connect(self._ask_typed)
        bar.emptied.connect(self.forget)
        model.more_wanted.connect(self._ask_for_more)
        view.spelling_chosen.connect(self.add_spelling)

    def ask(self, question: Question) -> None:
        """Ask; the answer is listed when it comes, unless something newer is asked first."""
        if not self._library.archives:
            return
        self._asked = question
        self._more.drop()
        self._first.start(lambda _job: self._library.search(question), done=self._take, failed=self.failed.emit)

    def add_spelling(self, spelling: str) -> None:
        """Ask again, with another spelling as an alternative."""
        text = self._bar.text().strip()
        self._bar.ask(f"{text} OR {spelling}" if len(text.split()) == 1 or " OR " in text else f"({text}) OR {spelling}")

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._asked = None
        self._first.drop()
        self._more.drop()

    def _ask_typed(self, text: str, is_typing: bool) -> None:  # noqa: FBT001 - a slot of asked(str, bool)
        self.ask(Question(text=text, limit=PAGE, is_typing=is_typing))

    def _take(self, answer: Answer) -> None:
        self._view.show_answer(answer)
        self.answered.emit(answer)

    def _ask_for_more(self, offset: int) -> None:
        if self._asked is not None:
            question = msgspec.structs.replace(self._asked, offset=offset)

            def work(_job: Job) -> Answer:
                return self._library.search(question)

            self._more.start(work, done=self._model.go_on, failed=self.failed.emit)
