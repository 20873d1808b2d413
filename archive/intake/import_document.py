"""A file becomes a document: prepared by a reader process, and written with its index in one transaction.

Several threads may bring files in at once. Each waits for a reader process of its own; those that have what they need wait
for their turn to write, and whoever gets it writes for all that wait: one transaction, one commit, and nobody is told that a document is in
before that. So a killed program leaves all of them or none, and each as a whole.

A document that is here already changes nothing. One that is here as the text of a capture becomes a report: the reading of the whole
file takes the place of the capture's, which was the main text without addresses, and the capture finds its text by the same digest.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import msgspec

from archive.errors import ReaderGaveUp
from archive.intake.preparing import Prepared, Readers
from archive.model.document import Arrival, Document, Passage, Role
from archive.model.footnote import Note
from archive.model.geometry import Placed
from archive.search import index
from archive.search.entry import Entry
from archive.storage import documents
from archive.storage.folder import ArchiveFolder, Writing
from archive.values import digest_of

_MOST_AT_ONCE = 64
_MOST_BYTES = 16 * 1024 * 1024
"""Of originals in one transaction: others who write or read wait no longer than it takes."""
_LONGEST_WAIT_S = 0.1
"""For others that are being read, so that they are written together: a transaction costs as much as writing a page of the web does."""

Claim = Callable[[Document, Sequence[Passage], Sequence[Note], Sequence[Placed]], bool]
"""Whether a document holds together; a reader process that was taken over could say anything."""


@dataclass(frozen=True)
class _Waiting:
    """A document that waits to be written, and whoever waits for it."""

    prepared: Prepared
    arrival: Future[Arrival] = field(default_factory=Future)


class Importer:
    """Brings files into one archive; threads share it.

    Args:
        folder: an archive that may be written.
        readers: reader processes; they alone see the bytes before they are understood.
        holds_together: what is said of every document before it is written.
    """

    def __init__(self, folder: ArchiveFolder, readers: Readers, *, holds_together: Claim) -> None:
        self._folder, self._readers, self._holds_together = folder, readers, holds_together
        self._guard = threading.Condition()
        self._turn = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._under_way = 0

    def already_here(self, digest: str) -> Arrival | None:
        """What stands in the archive as a report under this digest, or None."""
        here = documents.find_report(self._folder, digest)
        return None if here is None else Arrival(document=here[0], is_already_here=True, addresses=here[1])

    def bring_in(self, data: bytes, *, name: str = "", password: str | None = None) -> Arrival:
        """Bring one file in as a report; twice is the same as once.

        Args:
            data: the file, whole.
            name: the file's name, a hint for its format only; it is not kept.
            password: of a file that its maker encrypted; it is not kept, and the file is kept as it is.

        Returns:
            The document as it now stands in the archive, and what a person should know of it.

        Raises:
            InputError: the file cannot be read; the archive is as it was.
            MachineError: the disk or the archive would not take it; the archive is as it was.
        """
        digest = digest_of(data)
        here = self.already_here(digest)
        if here is not None:
            return here
        with self._guard:
            self._under_way += 1
        try:
            prepared = self._readers.prepare(data, name=name, password=password)
            return self.write(msgspec.structs.replace(prepared, parcel=msgspec.structs.replace(prepared.parcel, original=data)))
        finally:
            with self._guard:
                self._under_way -= 1
                self._guard.notify_all()

    def write(self, prepared: Prepared) -> Arrival:
        """Write a report that is ready, its original with it; several threads may, and those that wait are written together.

        Raises:
            ReaderGaveUp: it does not hold together; the archive is as it was.
            MachineError: the disk or the archive would not take it; the archive is as it was.
        """
        parcel = prepared.parcel
        digest = digest_of(parcel.original)
        is_its_own = parcel.document.document == digest and parcel.document.role is Role.REPORT
        if not is_its_own or not self._holds_together(parcel.document, parcel.passages, parcel.notes, parcel.geometry):
            raise ReaderGaveUp(limit="crash")
        mine = _Waiting(prepared)
        with self._guard:
            self._waiting.append(mine)
            self._guard.notify_all()
        while not mine.arrival.done():
            with self._turn:
                if not mine.arrival.done():
                    self._write(self._next())
        return mine.arrival.result()

    def _next(self) -> list[_Waiting]:
        """Those that have waited longest, as many as one transaction takes; of many that are under way half are waited for, but not long."""
        taken: list[_Waiting] = []
        size_bytes = 0
        with self._guard:
            self._guard.wait_for(self._are_enough, _LONGEST_WAIT_S)
            while self._waiting and len(taken) < _MOST_AT_ONCE:
                size_bytes += len(self._waiting[0].prepared.parcel.original)
                if taken and size_bytes > _MOST_BYTES:
                    break
                taken.append(self._waiting.pop(0))
        return taken

    def _are_enough(self) -> bool:
        return len(self._waiting) >= min(_MOST_AT_ONCE, self._under_way // 2)

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            arrivals = self._in_one_transaction([each.prepared for each in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait
            if len(batch) == 1:
                batch[0].arrival.set_exception(error)
                return
            for each in batch:
                self._write([each])
            return
        for each, arrival in zip(batch, arrivals, strict=True):
            each.arrival.set_result(arrival)

    def _in_one_transaction(self, batch: list[Prepared]) -> list[Arrival]:
        size_bytes = sum(len(each.parcel.original) for each in batch)
        entries: list[tuple[int, Entry]] = []
        with self._folder.writing(expected_bytes=size_bytes) as connection:
            arrivals = [self._put(connection, each, entries) for each in batch]
            index.add_many(connection, entries)
        return arrivals

    def _put(self, connection: Writing, prepared: Prepared, entries: list[tuple[int, Entry]]) -> Arrival:
        """Write a document; what the index will hold of it is added to ``entries``, so that all are indexed together."""
        parcel = prepared.parcel
        document = parcel.document
        # The same bytes may have come in under another name since they were looked for, also in this very transaction.
        here = documents.find_report(self._folder, document.document, writing=connection)
        if here is not None:
            return Arrival(document=here[0], is_already_here=True, addresses=here[1])
        as_source = documents.row_in(connection, document.document)
        if as_source is not None:
            index.remove(connection, as_source, comes_back=True)
            documents.take_out(connection, as_source)
        row_id = documents.add_document(connection, parcel)
        entries.append((row_id, Entry(document, prepared.columns, frozenset(prepared.forms))))
        addresses = {citation.address for note in parcel.notes for citation in note.citations if citation.address is not None}
        return Arrival(document=document, is_already_here=False, addresses=len(addresses), problems=prepared.problems)
