"""The part of the front desk where questions are asked, in this process."""

from __future__ import annotations

import threading

from archive.asking import AskingDesk
from archive.model.hit import Answer, Citing, Collection, Completion, Facets, PassagesFound, Question, Related
from archive.search import answer, completing, related
from archive.search.snippets import Found
from archive.storage import catalogue, collecting
from archive.storage.folder import ArchiveFolder


class LocalAsking(AskingDesk):
    """What may be asked of one open archive; a part of :class:`archive.front_desk.LocalDesk`.

    Args:
        folder: the open archive.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        self._asked_folder = folder
        self._found_turn = threading.Lock()
        self._found: tuple[str, Question, list[Found]] | None = None

    def search(self, question: Question) -> Answer:
        """What the archive answers; any text gives an answer."""
        return answer.ask(self._asked_folder, question)

    def passages_found(self, document: str, question: Question, *, first: int = 0, count: int = 20) -> PassagesFound:
        """The passages of a document that hold words of the question, in reading order, from the ``first`` on.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
        """
        with self._found_turn:
            kept = self._found
        # A list that is scrolled asks for one part of the same passages after the other.
        if kept is None or kept[:2] != (document, question):
            kept = (document, question, answer.passages_found(self._asked_folder, document, question))
            with self._found_turn:
                self._found = kept
        return answer.show_passages(self._asked_folder, document, kept[2], first=first, count=count)

    def facets(self, question: Question, *, left_out: bytes = b"") -> Facets:
        """How many of the documents that answer have which role, language, publisher, site, year, state and collection."""
        return answer.facets(self._asked_folder, question, left_out=left_out)

    def answering(self, question: Question) -> bytes:
        """The documents that answer, whatever was chosen besides: the first 16 digits of each identifier one after the other."""
        return answer.answering(self._asked_folder, question)

    def completions(self, text: str, *, cursor: int | None = None, limit: int = 10) -> tuple[Completion, ...]:
        """How a question that is being typed may go on at ``cursor`` (its end without one), likeliest first."""
        return completing.completions(self._asked_folder, text, cursor=cursor, limit=limit)

    def like(self, document: str, *, passage: int | None = None, limit: int = 20) -> Answer:
        """Documents that use the rare words of a document, or of one of its passages; itself is not among them.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
        """
        return related.like(self._asked_folder, document, passage=passage, limit=limit)

    def citing(self, address: str) -> tuple[Citing, ...]:
        """The documents whose notes cite an address, or any address of a site, in the order in which they came in."""
        return related.citing(self._asked_folder, address)

    def also_cited_by(self, document: str) -> tuple[Related, ...]:
        """The other documents that cite what this one cites, those with the most sources in common first.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
        """
        return related.also_cited_by(self._asked_folder, document)

    def collections(self, *, document: str | None = None) -> tuple[Collection, ...]:
        """All collections in the order of their names, or those that hold a document."""
        digest = None if document is None else self._whole_names((document,))[0]
        counted = collecting.counts(self._asked_folder, holding=digest)
        return tuple(Collection(name, count) for name, count in counted.items())

    def make_collection(self, name: str) -> None:
        """Make an empty collection; one that is there already stays as it is.

        Raises:
            CollectionUnnamed: the name is empty or too long, or holds characters that cannot be seen.
        """
        collecting.make(self._asked_folder, name)

    def rename_collection(self, name: str, *, to: str) -> None:
        """Give a collection another name; where that one is taken, the two become one.

        Raises:
            CollectionNotFound, CollectionUnnamed: nothing was changed.
        """
        collecting.rename(self._asked_folder, name, to)

    def remove_collection(self, name: str) -> None:
        """Let go of a collection; its documents stay in the archive.

        Raises:
            CollectionNotFound: there is none of this name.
        """
        collecting.remove(self._asked_folder, name)

    def collect(self, name: str, documents: tuple[str, ...]) -> int:
        """Put documents (identifiers or their beginnings) into a collection, which is made if it is not there.

        Returns:
            How many were not in it before.

        Raises:
            DocumentNotFound, DocumentAmbiguous, CollectionUnnamed: nothing was changed.
        """
        return collecting.collect(self._asked_folder, name, self._whole_names(documents))

    def uncollect(self, name: str, documents: tuple[str, ...]) -> int:
        """Take documents out of a collection.

        Returns:
            How many were in it before.

        Raises:
            DocumentNotFound, DocumentAmbiguous, CollectionNotFound: nothing was changed.
        """
        return collecting.uncollect(self._asked_folder, name, self._whole_names(documents))

    def _whole_names(self, prefixes: tuple[str, ...]) -> list[str]:
        return [catalogue.find(self._asked_folder, prefix).document.document for prefix in prefixes]
