"""From place to place of what was found: through all passages of a document, then on to the next document."""

from __future__ import annotations

from PySide6.QtCore import QObject

from archive.model.hit import FoundPassage, Hit
from archive.model.locator import Locator
from archive.progress import Job
from viewer.search.results_view import ResultsView
from viewer.window.asking import Asking
from viewer.window.main_window import MainWindow
from viewer.window.reading import Reading
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner

_PASSAGES_AT_ONCE = 200
_MOST_PLACES = 20_000


class Walking(QObject):
    """Opens hits and passages, marks every place of the document, and goes on where the document ends."""

    def __init__(self, runner: TaskRunner, asking: Asking, reading: Reading, window: MainWindow) -> None:
        super().__init__(window)
        self._asking, self._reading = asking, reading
        self._view, self._results = window.zones.reading, window.zones.results
        self._places = Latest(runner, Lane.HINT, owner=self)
        self._hit: Hit | None = None
        self._forwards: bool | None = None
        results: ResultsView = self._results
        results.hit_opened.connect(self.open_hit)
        results.passage_opened.connect(self.open_passage)
        reading.shown.connect(lambda _opened: self._mark_all())

    def open_hit(self, hit: Hit) -> None:
        """Open a document at its best words; where one came from the document before it, at its first or last ones."""
        self._hit, forwards, self._forwards = hit, self._forwards, None
        self._reading.open_hit(hit, None if forwards is None else _edge_of(hit, is_first=forwards))
        self._mark_all()

    def open_passage(self, hit: Hit, passage: FoundPassage) -> None:
        """Open a document at one of its passages."""
        self._hit = hit
        self._reading.open_hit(hit, passage.locators[0] if passage.locators else Locator(hit.document, passage.passage))
        self._mark_all()

    def next(self) -> None:
        """Go to the next place; after the last one of a document, to the next document."""
        self._go(1)

    def previous(self) -> None:
        """Go to the place before; before the first one of a document, to the document before."""
        self._go(-1)

    def forget(self) -> None:
        """Nothing is walked through any more."""
        self._hit = None
        self._places.drop()

    def _go(self, by: int) -> None:
        step = self._view.next_hit if by > 0 else self._view.previous_hit
        if self._hit is None or not self._is_read(self._hit):
            step()
        elif not step(is_round=False):
            self._forwards = by > 0
            if not self._results.step_document(self._hit, by):
                self._forwards = None
                step()

    def _is_read(self, hit: Hit) -> bool:
        read = self._reading.document
        return read is not None and read.document.document == hit.document

    def _mark_all(self) -> None:
        """Mark the places beyond those that came with the hit."""
        hit = self._hit
        if hit is None or not self._is_read(hit) or (hit.is_counted and hit.passage_count <= len(hit.passages)):
            return

        def work(job: Job) -> list[Locator]:
            places: list[Locator] = []
            first = 0
            while len(places) < _MOST_PLACES:
                job.step(first)
                found = self._asking.places(hit, first=first, count=_PASSAGES_AT_ONCE)
                places += [locator for passage in found.passages for locator in passage.locators]
                first += len(found.passages)
                if not found.passages or first >= found.count:
                    break
            return places

        def done(places: list[Locator]) -> None:
            if hit is self._hit and self._is_read(hit):
                self._view.set_hits([*places, *hit.locators])

        self._places.start(work, done=done, failed=self._asking.failed.emit)


def _edge_of(hit: Hit, *, is_first: bool) -> Locator | None:
    """The first or the last place of a hit that is known."""
    known = [*hit.locators, *(locator for passage in hit.passages for locator in passage.locators)]
    return (min if is_first else max)(known, key=lambda each: (each.passage, each.start), default=None)
