"""The part of the front desk that only a person's private desk answers: what he keeps for himself. It is never shared.

An archive has none of this: asked for it, it says that it is no desk.
"""

from __future__ import annotations

from typing import Protocol

from archive.model.capturing import ListedHost
from archive.model.hit import SavedQuestion


class PrivateDesk(Protocol):
    """What a person keeps on the desk. Every method may be called from any thread; those that write take their turn.

    All of them raise NotAnArchive where an archive is asked and no desk.
    """

    def saved_questions(self) -> tuple[SavedQuestion, ...]:
        """The questions that were saved, in the order of their names."""
        ...

    def save_question(self, saved: SavedQuestion) -> None:
        """Keep a question; one of the same name gives way.

        Raises:
            QuestionUnnamed: the name is empty or too long, or holds characters that cannot be seen.
        """
        ...

    def rename_question(self, name: str, *, to: str) -> None:
        """Give a saved question another name; one that has it already gives way. A name that is not there changes nothing.

        Raises:
            QuestionUnnamed: nothing was changed.
        """
        ...

    def remove_question(self, name: str) -> None:
        """Keep a question no longer."""
        ...

    def listed_hosts(self) -> tuple[ListedHost, ...]:
        """The person's own list of hosts that are blocked or labelled, in the order of their names; empty without one."""
        ...

    def list_hosts(self, hosts: tuple[ListedHost, ...]) -> None:
        """Keep this list in the place of the one before; an empty one leaves nothing."""
        ...
