"""The part of the front desk for sources that are to be saved, and for what a person says of what was saved; see :mod:`archive.api`."""

from __future__ import annotations

from typing import Protocol

from archive.model.capturing import WorkEntry
from archive.model.source import Source, Verdict


class WorkListDesk(Protocol):
    """What may be asked about saving the sources of one open archive. Every method may be called from any thread; those that write take their turn."""

    def work_list(self, *, documents: tuple[str, ...] | None = None, collection: str | None = None) -> tuple[WorkEntry, ...]:
        """Every source, or those that some documents or the documents of a collection cite, in the order of documents and notes.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for each of ``documents``.
            CollectionNotFound: there is no such collection.
        """
        ...

    def begin_run(self) -> int:
        """The number of the run that was stopped before its end, which goes on, or of a new one."""
        ...

    def end_run(self) -> None:
        """The run came to its end; the next one begins anew."""
        ...

    def judge(self, capture: str, verdict: Verdict | None) -> Source:
        """Say what a capture is worth (None: what Ibid itself said); the state of its source follows.

        Raises:
            CaptureNotFound: no capture has a name that begins so, or several have.
        """
        ...

    def follow(self, document: str) -> int:
        """Let the addresses in the notes of a captured document be sources too; how many of them are new to the archive.

        Raises:
            DocumentNotFound, DocumentAmbiguous: as for ``document``.
            NothingToCorrect: it is no text of a capture.
        """
        ...
