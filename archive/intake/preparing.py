"""A file becomes a document ready to be written, in a process that has nothing to lose.

All that can be computed from the bytes alone is computed in the child that parsed them: passages, notes, description, and the words
of the index. So the keeper has only to write, its lock is held for as long as that takes, several files are prepared at
once on several cores, and a file that makes any of these steps endless costs its own child and nothing else.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import msgspec

from archive.errors import ReaderGaveUp
from archive.footnotes.compose import compose
from archive.formats import reader
from archive.formats.reader import Reader
from archive.intake.describe import describe
from archive.model.document import Document, Format, PassageKind, Problem, Role
from archive.model.reading import Block, Reading, page_labels
from archive.model.sharing import ParcelDocument
from archive.search.entry import entry_of
from archive.settings import ReadingLimits
from archive.values import digest_of

MOST_READERS = 8
"""However many cores there are: each reader process takes some 60 MiB before the first file."""
_IDLE_S = 2.0
"""While files come in there are moments when none is read; a reader process that were ended in each of them would be started again for the next file."""


class Prepared(msgspec.Struct, frozen=True):
    """A document ready to be written (its original apart), the problems met on the way, and its entry in the index."""

    parcel: ParcelDocument
    problems: tuple[Problem, ...]
    columns: dict[str, str]
    forms: tuple[str, ...]


_ENCODER = msgspec.msgpack.Encoder()
_PREPARED = msgspec.msgpack.Decoder(Prepared)


class Readers:
    """Reader processes that are started when they are wanted, one per core at most; threads that want one more wait.

    Args:
        limits: what one file may cost.
    """

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits
        self._free: list[Reader] = []
        self._in_use = 0
        self._turn = threading.Condition()
        self._used_at = 0.0
        self._is_closing = threading.Event()
        self._tidying: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @contextmanager
    def one(self) -> Iterator[Reader]:
        """A reader process for this thread alone. Some seconds after the last one came back only one is kept: idle ones cost memory."""
        with self._turn:
            self._turn.wait_for(lambda: self._free or self._in_use < reader_count())
            mine = self._free.pop() if self._free else Reader(self._limits, module=__name__)
            self._in_use += 1
        try:
            yield mine
        finally:
            with self._turn:
                self._in_use -= 1
                self._free.append(mine)
                self._used_at = time.monotonic()
                self._turn.notify()
                if len(self._free) > 1 and self._tidying is None and not self._is_closing.is_set():
                    self._tidying = threading.Thread(target=self._tidy, name="ibid-readers", daemon=True)
                    self._tidying.start()

    def _tidy(self) -> None:
        """Wait until nobody has wanted a reader process for a while, and end all but one."""
        while not self._is_closing.wait(_IDLE_S):
            with self._turn:
                if self._in_use or time.monotonic() - self._used_at < _IDLE_S:
                    continue
                idle, self._free = self._free[1:], self._free[:1]
            for each in idle:
                each.close()
            with self._turn:
                self._tidying = None
            return

    def prepare(self, data: bytes, *, name: str = "", password: str | None = None) -> Prepared:
        """Read one file and make a report of it, ready to be written.

        Raises:
            InputError: the file cannot be read.
            ProcessLost: its reader process is gone; the next call starts another.
        """
        with self.one() as mine:
            made = mine.make(data, name=name, password=password)
        try:
            return _PREPARED.decode(made)
        except msgspec.MsgspecError as error:
            raise ReaderGaveUp(limit="crash") from error

    def close(self) -> None:
        """End them all; none may be in use."""
        self._is_closing.set()
        with self._turn:
            leaving, self._free = self._free, []
            tidying, self._tidying = self._tidying, None
        if tidying is not None:
            tidying.join()
        for each in leaving:
            each.close()
        self._is_closing.clear()


def reader_count() -> int:
    """How many files are read at once on this computer."""
    return max(1, min(MOST_READERS, os.cpu_count() or 1))


def make_document(reading: Reading, data: bytes, *, role: Role) -> tuple[ParcelDocument, tuple[Problem, ...]]:
    """The document that a reading of ``data`` makes, ready to be written, and the problems met on the way."""
    composed = compose(reading)
    description, passages = describe(reading, composed.passages)
    markers = [marker for passage in passages for marker in passage.markers]
    document = Document(
        document=digest_of(data),
        role=role,
        format=reading.format,
        description=description,
        size_bytes=len(data),
        passages=len(passages),
        notes=len(composed.notes),
        markers=len(markers),
        paired=sum(note.paired for note in composed.notes),
    )
    problems = (*reading.problems, *composed.problems)
    if not any(passage.text for passage in passages if passage.kind is not PassageKind.NOTE):
        problems = (*problems, Problem("no-text"))
    parcel = ParcelDocument(
        document=document,
        passages=passages,
        notes=composed.notes,
        original=data,
        geometry=composed.geometry,
        page_labels=page_labels(reading.pages),
    )
    return parcel, problems


# --- the child's side ----------------------------------------------------------------------------------------------

_ONE_OF_EACH = (
    "The register of the school names the pupils, 24 January 2025.",
    "В списке школы названы имена учеников, 24 января 2025 года.",
    "У спісе школы названыя імёны вучняў, 24 студзеня 2025 года.",
    "У списку школи названо імена учнів, 24 січня 2025 року.",
)


def _prepare(reading: Reading, data: bytes) -> bytes:
    parcel, problems = make_document(reading, data, role=Role.REPORT)
    columns, forms = entry_of(parcel.document, parcel.passages, parcel.notes)
    return _ENCODER.encode(Prepared(msgspec.structs.replace(parcel, original=b""), problems, columns, tuple(sorted(forms))))


def _warm_up() -> None:
    """A sealed process loads nothing: whatever a language needs must be there before."""
    blocks = tuple(Block(kind=PassageKind.PARAGRAPH, text=text) for text in _ONE_OF_EACH)
    _prepare(Reading(format=Format.TEXT, blocks=blocks), b"")


def main() -> None:
    """What ``python -m archive.intake.preparing`` does; started by :class:`Readers` only."""
    reader.serve(_prepare, warm_up=_warm_up)


if __name__ == "__main__":
    main()
