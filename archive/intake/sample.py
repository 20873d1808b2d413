"""The collection that comes with Ibid: a digest, guides and articles, and captures of the pages that they cite.

``resources/sample/sample.json`` names everything. The captures are of a moment in the past and are kept exactly as a fetcher's
would be, so what a first reader meets is what the program does, not a picture of it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from archive.intake.capture_sources import keep
from archive.intake.import_document import Importer
from archive.intake.preparing import Readers
from archive.model.source import Ending, Exchange, Fetched
from archive.progress import Job
from archive.storage.folder import ArchiveFolder

_SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"


class SampleCapture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer of the past: ``page`` is the file that holds its body, empty for none."""

    address: str
    status: int
    reason: str
    taken_at: datetime
    headers: tuple[tuple[str, str], ...]
    page: str


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``sample.json`` says; paths are beside it."""

    documents: tuple[str, ...]
    captures: tuple[SampleCapture, ...]


def build_sample(folder: ArchiveFolder, importer: Importer, readers: Readers, job: Job) -> None:
    """Bring the sample into an archive; what is there already stays as it is.

    Args:
        folder: an archive that may be written.
        importer: brings the documents into it.
        readers: reader processes for the captures.
        job: a step per document and per capture.

    Raises:
        MachineError: the disk or the archive would not take it; what came in so far is whole.
        Cancelled: the job was cancelled, likewise.
    """
    sample = msgspec.json.decode(_read("sample.json"), type=Sample)
    total = len(sample.documents) + len(sample.captures)
    for done, name in enumerate(sample.documents):
        job.step(done, total, name)
        importer.bring_in(_read(name), name=name)
    for done, capture in enumerate(sample.captures, start=len(sample.documents)):
        job.step(done, total, capture.address)
        with readers.one() as reader:
            keep(folder, reader, _fetched(capture))
    job.step(total, total)


def _fetched(capture: SampleCapture) -> Fetched:
    exchange = Exchange(
        address=capture.address,
        method="GET",
        status=capture.status,
        reason=capture.reason,
        request_headers=(("Host", "sample.ibid.example"),),
        answer_headers=capture.headers,
        fetched_at=capture.taken_at,
        http_version="HTTP/1.1",
        body=_read(capture.page) if capture.page else b"",
    )
    return Fetched(address=capture.address, ending=Ending.COMPLETE, exchanges=(exchange,))


def _read(name: str) -> bytes:
    return (_SAMPLE / name).read_bytes()
