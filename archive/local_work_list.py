"""The part of the front desk for sources that are to be saved, in this process."""

from __future__ import annotations

from archive.errors import CollectionNotFound
from archive.intake import follow_sources
from archive.intake.preparing import Readers
from archive.model.capturing import WorkEntry
from archive.model.source import Source, Verdict
from archive.storage import attempts, catalogue, collecting, judged_sources, work_list
from archive.storage.folder import ArchiveFolder
from archive.work_list import WorkListDesk


class LocalWorkList(WorkListDesk):
    """What may be asked about saving sources; a part of :class:`archive.front_desk.LocalDesk`.

    Args:
        folder: the open archive.
        readers: read captured documents again.
    """

    def __init__(self, folder: ArchiveFolder, readers: Readers) -> None:
        self._work_folder, self._work_readers = folder, readers

    def work_list(self, *, documents: tuple[str, ...] | None = None, collection: str | None = None) -> tuple[WorkEntry, ...]:
        """Every source, or those that some documents or the documents of a collection cite, in the order of documents and notes."""
        digests: set[str] | None = None
        if documents is not None:
            digests = {catalogue.find(self._work_folder, prefix).document.document for prefix in documents}
        if collection is not None:
            members = collecting.read(self._work_folder).get(" ".join(collection.split()))
            if members is None:
                raise CollectionNotFound
            digests = members if digests is None else digests & members
        return work_list.gather(self._work_folder, digests)

    def begin_run(self) -> int:
        """The number of the run that was stopped before its end, which goes on, or of a new one."""
        return attempts.begin_run(self._work_folder)

    def end_run(self) -> None:
        """The run came to its end; the next one begins anew."""
        attempts.end_run(self._work_folder)

    def judge(self, capture: str, verdict: Verdict | None) -> Source:
        """Say what a capture is worth; the state of its source follows."""
        return judged_sources.judge(self._work_folder, capture, verdict)

    def follow(self, document: str) -> int:
        """Let the addresses in the notes of a captured document be sources too."""
        with self._work_readers.one() as reader:
            return follow_sources.follow(self._work_folder, reader, document)
