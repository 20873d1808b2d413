"""From a typed question to a list of hits, what it can be narrowed by, and how it may go on."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from archive.model.document import Role
from archive.model.hit import Answer, Completion, FacetName, Facets, Hit, Order, PassagesFound, Question, Spelling
from archive.model.source import SourceState
from archive.progress import Job
from archive.values import Language
from viewer.look.plain import plain
from viewer.models.library import Library
from viewer.models.results import PAGE, PASSAGES_AT_ONCE, ResultsModel
from viewer.say.words import say
from viewer.search.facets_list import CHOSEN
from viewer.search.results_view import ResultsView
from viewer.search.search_bar import SearchBar
from viewer.search.spellings import with_spellings
from viewer.window.history import Place
from viewer.work.debounce import Debounce
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

FACETS_QUIET_MS = 120
"""What can be narrowed by is asked for when the hits are painted and nothing newer was asked meanwhile."""
_FIRST_SEEN = 10
"""While a question is typed, as many hits as a window shows at once; the rest comes when it is scrolled to."""
_KINDS: dict[FacetName, Callable[[str], object]] = {
    FacetName.ROLE: Role,
    FacetName.LANGUAGE: Language,
    FacetName.STATE: SourceState,
}
_NOTHING = Question(text="", limit=PAGE)


class Asking(QObject):
    """Joins the line, the library and the list; an older question never overtakes a newer one.

    Signals:
        answered: the Answer that is now listed; :attr:`question` is what was asked.
        likened: the Place of what the hits now listed are like.
        failed: the exception that came instead.
    """

    answered = Signal(object)
    likened = Signal(object)
    failed = Signal(object)

    def __init__(
        self, runner: TaskRunner, library: Library, bar: SearchBar, view: ResultsView, model: ResultsModel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner, self._library, self._bar, self._view, self._model = runner, library, bar, view, model
        self._first, self._more = Latest(runner, Lane.LOOK, owner=self), Latest(runner, Lane.LOOK, owner=self)
        self._facets, self._completions = Latest(runner, Lane.HINT, owner=self), Latest(runner, Lane.HINT, owner=self)
        self._facets_rest = Debounce(self._ask_facets, quiet_ms=FACETS_QUIET_MS, parent=self)
        self._asked = self._listed = _NOTHING
        self._base = ""
        self._offered: tuple[Spelling, ...] | None = None
        self._ticked: tuple[Spelling, ...] = ()
        self._join()

    @property
    def question(self) -> Question:
        """What is asked, with what it narrows by; its text is empty when nothing is."""
        return self._asked

    def ask(self, question: Question) -> None:
        """Ask; the answer is listed when it comes, unless something newer is asked first."""
        if not self._library.archives:
            return
        self._asked = question
        self._more.drop()
        self._facets.drop()
        self._facets_rest.forget()

        def done(answer: Answer) -> None:
            self._take(answer, question)

        self._first.start(lambda _job: self._library.search(question), done=done, failed=self.failed.emit)

    def ask_again(self, question: Question) -> None:
        """Ask a question that was asked before, with all that it narrows by, and show it in the line."""
        self._offered, self._ticked = None, ()
        self._bar.show_question(question.text)
        self.ask(msgspec.structs.replace(question, limit=PAGE, offset=0, is_typing=False))

    def narrow(self, name: FacetName, value: str) -> None:
        """Narrow by a value, or no more if it was narrowed by already."""
        field = CHOSEN[name]
        kept, typed = getattr(self._asked, field), _KINDS.get(name, str)(value)
        others = tuple(each for each in kept if each != typed)
        self.ask(msgspec.structs.replace(self._asked, **{field: others if typed in kept else (*kept, typed)}, is_typing=False))

    def tick(self, spelling: Spelling, is_on: bool) -> None:  # noqa: FBT001 - a slot of spelling_ticked(Spelling, bool)
        """Ask for another spelling too, or no more; what was typed stays, and what is asked is seen in the line."""
        if not self._ticked:
            self._base = self._bar.text()
            self._offered = self._model.answer.spellings if self._model.answer else ()
        self._ticked = (*self._ticked, spelling) if is_on else tuple(each for each in self._ticked if each != spelling)
        text = with_spellings(self._base, self._ticked)
        self._bar.show_question(text)
        self.ask(msgspec.structs.replace(self._asked, text=text, is_typing=False))

    def find_like(self, place: Place) -> None:
        """List documents that use the rare words of a document, or of the passage where the place is."""
        passage = place.locator.passage if place.locator is not None else None
        place = Place(archive=place.archive, document=place.document, locator=place.locator, is_like=True)

        def work(_job: Job) -> tuple[Answer, str]:
            from archive.api import like_together

            desks = self._library.desks
            title = desks[place.archive].document(place.document).description.title
            return like_together(desks, place.archive, place.document, passage=passage), title

        def done(found: tuple[Answer, str]) -> None:
            answer, title = found
            self._asked, self._listed = _NOTHING, Question(text=answer.written)
            answer = msgspec.structs.replace(answer, count=len(answer.hits))
            name = "results-like" if passage is None else "results-like-passage"
            heading = say(name, title=_shortened(plain(title)) or say("hit-untitled"))
            self._view.show_answer(answer, archives=self._titles, heading=heading)
            self.likened.emit(place)

        self.forget()
        self._first.start(work, done=done, failed=self.failed.emit)

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._asked = self._listed = _NOTHING
        self._offered, self._ticked = None, ()
        self._facets_rest.forget()
        for latest in (self._first, self._more, self._facets, self._completions):
            latest.drop()

    def places(self, hit: Hit, *, first: int, count: int) -> PassagesFound:
        """Passages of a hit with words of what is listed; blocks, so call it in a runner's thread."""
        found: PassagesFound = self._library.desks[hit.archive].passages_found(
            hit.document, self._listed, first=first, count=count
        )
        return found

    @property
    def _titles(self) -> list[str]:
        return [each.facts.title for each in self._library.archives]

    def _join(self) -> None:
        bar, view, head = self._bar, self._view, self._view.head
        bar.asked.connect(self._ask_typed)
        bar.completions_wanted.connect(self._ask_completions)
        bar.emptied.connect(self.forget)
        self._model.more_wanted.connect(self._ask_for_more)
        self._model.passages_wanted.connect(self._ask_passages)
        view.value_toggled.connect(self.narrow)
        head.spelling_ticked.connect(self.tick)
        head.offer_chosen.connect(bar.ask)
        head.order_chosen.connect(self._put_in_order)
        head.exact_chosen.connect(self._ask_exactly)

    def _put_in_order(self, order: Order) -> None:
        self.ask(msgspec.structs.replace(self._asked, order=order, is_typing=False))

    def _ask_exactly(self, is_exact: bool) -> None:  # noqa: FBT001 - a slot of exact_chosen(bool)
        self.ask(msgspec.structs.replace(self._asked, is_exact=is_exact, is_typing=False))

    def _ask_typed(self, text: str, is_typing: bool) -> None:  # noqa: FBT001 - a slot of asked(str, bool)
        self._offered, self._ticked = None, ()
        limit = _FIRST_SEEN if is_typing else PAGE
        self.ask(msgspec.structs.replace(self._asked, text=text, is_typing=is_typing, limit=limit))

    def _take(self, answer: Answer, question: Question) -> None:
        self._listed = question
        self._view.show_answer(answer, question, spellings=self._offered, ticked=self._ticked, archives=self._titles)
        self._facets_rest.poke()
        self.answered.emit(answer)

    def _ask_facets(self) -> None:
        question = self._listed

        def work(_job: Job) -> Facets:
            from archive.api import facets_together

            return facets_together(self._library.desks, question)

        self._facets.start(work, done=lambda facets: self._view.show_facets(facets, question), failed=self.failed.emit)

    def _ask_completions(self, text: str, cursor: int) -> None:
        if not self._library.archives:
            return

        def work(_job: Job) -> tuple[Completion, ...]:
            from archive.api import completions_together

            return completions_together(self._library.desks, text, cursor=cursor)

        self._completions.start(work, done=lambda found: self._bar.offer(text, found), failed=self.failed.emit)

    def _ask_for_more(self, offset: int) -> None:
        if not self._asked.text and self._asked == _NOTHING:
            return
        question = msgspec.structs.replace(self._asked, offset=offset, limit=PAGE)

        def work(_job: Job) -> Answer:
            return self._library.search(question)

        self._more.start(work, done=self._model.go_on, failed=self.failed.emit)

    def _ask_passages(self, hit: Hit, first: int) -> None:
        self._runner.start(
            Lane.LOOK,
            lambda _job: self.places(hit, first=first, count=PASSAGES_AT_ONCE),
            owner=self,
            done=lambda found: self._model.take_passages(hit, found),
            failed=self.failed.emit,
        )


def _shortened(title: str) -> str:
    return title if len(title) <= 60 else title[:59].rstrip() + "…"
