"""The part of the front desk that only a private desk answers, in this process."""

from __future__ import annotations

from archive.model.capturing import ListedHost
from archive.model.hit import SavedQuestion
from archive.private import PrivateDesk
from archive.storage import listing, saving
from archive.storage.folder import ArchiveFolder


class LocalPrivate(PrivateDesk):
    """What a person keeps on the desk; a part of :class:`archive.front_desk.LocalDesk`.

    Args:
        folder: the open desk.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        self._private_folder = folder

    def saved_questions(self) -> tuple[SavedQuestion, ...]:
        """The questions that were saved, in the order of their names."""
        return saving.read(self._private_folder)

    def save_question(self, saved: SavedQuestion) -> None:
        """Keep a question; one of the same name gives way.

        Raises:
            QuestionUnnamed: the name is empty or too long, or holds characters that cannot be seen.
        """
        saving.put(self._private_folder, saved)

    def rename_question(self, name: str, *, to: str) -> None:
        """Give a saved question another name; one that has it already gives way.

        Raises:
            QuestionUnnamed: nothing was changed.
        """
        saving.rename(self._private_folder, name, to)

    def remove_question(self, name: str) -> None:
        """Keep a question no longer."""
        saving.remove(self._private_folder, name)

    def listed_hosts(self) -> tuple[ListedHost, ...]:
        """The person's own list of hosts that are blocked or labelled, in the order of their names."""
        return listing.read(self._private_folder)

    def list_hosts(self, hosts: tuple[ListedHost, ...]) -> None:
        """Keep this list in the place of the one before."""
        listing.write(self._private_folder, hosts)
