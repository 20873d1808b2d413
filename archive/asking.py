"""The part of the front desk where questions are asked: of words, of citations, of collections.

:class:`AskingDesk` names the questions, as :class:`archive.api.FrontDesk` does, of which it is a part.
"""

from __future__ import annotations

from typing import Protocol

from archive.model.hit import Answer, Citing, Collection, Completion, Facets, PassagesFound, Question, Related


class AskingDesk(Protocol):
    """What may be asked of one open archive. Every method may be called from any thread; those that write take their turn."""

    def search(self, question: Question) -> Answer:
        """What the archive answers; any text gives an answer."""
        ...

    def passages_found(self, document: str, question: Question, *, first: int = 0, count: int = 20) -> PassagesFound:
        """The passages of a document that hold words of the question, in reading order, from the ``first`` on.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
        """
        ...

    def facets(self, question: Question, *, left_out: bytes = b"") -> Facets:
        """How many of the documents that answer have which role, language, publisher, site, year, state and collection.

        ``left_out`` are documents that are not counted, as :meth:`answering` gives them.
        """
        ...

    def answering(self, question: Question) -> bytes:
        """The documents that answer, whatever was chosen besides: the first 16 digits of each identifier one after the other."""
        ...

    def completions(self, text: str, *, cursor: int | None = None, limit: int = 10) -> tuple[Completion, ...]:
        """How a question that is being typed may go on at ``cursor`` (its end without one), likeliest first."""
        ...

    def like(self, document: str, *, passage: int | None = None, limit: int = 20) -> Answer:
        """Documents that use the rare words of a document, or of one of its passages; itself is not among them.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
        """
        ...

    def citing(self, address: str) -> tuple[Citing, ...]:
        """The documents whose notes cite an address, or any address of a site, in the order in which they came in."""
        ...

    def also_cited_by(self, document: str) -> tuple[Related, ...]:
        """The other documents that cite what this one cites, those with the most sources in common first.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
        """
        ...

    def collections(self, *, document: str | None = None) -> tuple[Collection, ...]:
        """All collections in the order of their names, or those that hold a document."""
        ...

    def make_collection(self, name: str) -> None:
        """Make an empty collection; one that is there already stays as it is.

        Raises:
            CollectionUnnamed: the name is empty or too long, or holds characters that cannot be seen.
        """
        ...

    def rename_collection(self, name: str, *, to: str) -> None:
        """Give a collection another name; where that one is taken, the two become one.

        Raises:
            CollectionNotFound, CollectionUnnamed: nothing was changed.
        """
        ...

    def remove_collection(self, name: str) -> None:
        """Let go of a collection; its documents stay in the archive.

        Raises:
            CollectionNotFound: there is none of this name.
        """
        ...

    def collect(self, name: str, documents: tuple[str, ...]) -> int:
        """Put documents (identifiers or their beginnings) into a collection, which is made if it is not there.

        Returns:
            How many were not in it before.

        Raises:
            DocumentNotFound, DocumentAmbiguous, CollectionUnnamed: nothing was changed.
        """
        ...

    def uncollect(self, name: str, documents: tuple[str, ...]) -> int:
        """Take documents out of a collection.

        Returns:
            How many were in it before.

        Raises:
            DocumentNotFound, DocumentAmbiguous, CollectionNotFound: nothing was changed.
        """
        ...
