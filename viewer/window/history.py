"""Where the person has been, to go back and forward in."""

from __future__ import annotations

import msgspec

from archive.model.hit import Question
from archive.model.locator import Locator


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place: a question's results, or a document, opened at ``locator`` where one is set; neither is the library itself.

    ``asked`` is the question with all that it narrows by. ``is_like`` means the list of what is like the document.
    """

    question: str = ""
    asked: Question | None = None
    is_like: bool = False
    archive: int = 0
    document: str = ""
    locator: Locator | None = None


class History:
    """A line of places, and where in it one stands."""

    def __init__(self) -> None:
        self._places: list[Place] = [Place()]
        self._here = 0

    @property
    def here(self) -> Place:
        """The present place."""
        return self._places[self._here]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has come back from somewhere."""
        return self._here + 1 < len(self._places)

    def go(self, place: Place) -> None:
        """A new place; those one had come back from are forgotten. A question that is being typed stays one place."""
        if place == self.here:
            return
        del self._places[self._here + 1 :]
        if place.question and self.here.question and not place.document:
            self._places[self._here] = place
        else:
            self._places.append(place)
            self._here += 1

    def back(self) -> Place:
        """The place before."""
        self._here = max(0, self._here - 1)
        return self.here

    def forward(self) -> Place:
        """The place one had come back from."""
        self._here = min(len(self._places) - 1, self._here + 1)
        return self.here

    def forget(self) -> None:
        """Nothing has been."""
        self._places, self._here = [Place()], 0
