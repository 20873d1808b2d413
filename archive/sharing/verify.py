"""Proving that an archive is whole: every object hashed again, every row read, every index entry counted.

A fault is one of these codes; its sentence stands in words under ``fault-<code>``:

    volume-damaged     the volume cannot be read, or the engine finds pages changed
    volume-missing     a volume between others has no file
    volume-changed     the file is not the one whose digest is noted in ``archive.sums``
    object-damaged     bytes are not what their name says, or are not all there
    object-missing     a document's original is not there
    document-damaged   a document's rows are not what was written, or do not hold together
    source-damaged     a source's row is not what was written
    capture-damaged    a capture's rows are not what was written, or are not what its name says, or a person's judgement of it is not
    index-missing      a document cannot be found by searching
    index-stray        the index knows a document that is not there
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.errors import AddressRefused, ArchiveDamaged
from archive.model.sharing import Fault, VerifyReport
from archive.progress import Job
from archive.search import index
from archive.sharing.check import check_capture, check_page_labels, is_consistent
from archive.storage import checks
from archive.storage.corrections import read_corrections
from archive.storage.database import Volume
from archive.storage.documents import read_whole
from archive.storage.folder import ArchiveFolder
from archive.storage.geometry import read_geometry
from archive.storage.objects import has_object
from archive.storage.page_labels import read_page_labels


def verify(folder: ArchiveFolder, job: Job) -> VerifyReport:
    """Read everything, hash everything, list every fault.

    Args:
        folder: the archive; nothing in it changes.
        job: a step per volume, object and document.

    Raises:
        Cancelled: it was stopped.
    """
    faults = [Fault("volume-damaged", name) for name in folder.damaged]
    faults += [Fault("volume-missing", name) for name in folder.missing]
    faults += [Fault("volume-changed", name) for name in folder.changed(job)]
    documents: set[str] = set()
    objects: set[str] = set()
    for volume in folder.volumes:
        try:
            with volume.look() as connection:
                documents.update(checks.document_rows(connection).values())
                objects.update(checks.object_names(connection))
            for look_for_faults in (_engine_faults, _object_faults, _document_faults, _source_faults, _index_faults):
                faults.extend(look_for_faults(volume, job))
        except ArchiveDamaged:
            faults.append(Fault("volume-damaged", volume.name))
    return VerifyReport(faults=tuple(dict.fromkeys(faults)), documents=len(documents), objects=len(objects))


def _engine_faults(volume: Volume, job: Job) -> Iterator[Fault]:
    job.step(0, None, volume.name)
    if volume.faults_of_engine():
        yield Fault("volume-damaged", volume.name)


def _object_faults(volume: Volume, job: Job) -> Iterator[Fault]:
    with volume.look() as connection:
        names = checks.object_names(connection)
        for done, digest in enumerate(names):
            job.step(done, len(names), volume.name)
            if not checks.is_object_whole(connection, digest):
                yield Fault("object-damaged", volume.name, digest)
        if checks.stray_chunks(connection):
            yield Fault("object-damaged", volume.name)


def _document_faults(volume: Volume, job: Job) -> Iterator[Fault]:
    with volume.look() as connection:
        documents = checks.document_rows(connection)
        for done, (row_id, digest) in enumerate(documents.items()):
            job.step(done, len(documents), volume.name)
            try:
                read_corrections(connection, row_id, digest)
                check_page_labels(read_page_labels(connection, row_id, digest))
                is_whole = is_consistent(*read_whole(connection, row_id), read_geometry(connection, row_id, digest))
            except checks.NOT_WHOLE:
                is_whole = False
            if not is_whole:
                yield Fault("document-damaged", volume.name, digest)
            if not has_object(connection, digest):
                yield Fault("object-missing", volume.name, digest)


def _source_faults(volume: Volume, job: Job) -> Iterator[Fault]:
    with volume.look() as connection:
        for address in checks.damaged_sources(connection):
            yield Fault("source-damaged", volume.name, address)
        for name in checks.damaged_judgements(connection):
            yield Fault("capture-damaged", volume.name, name)
        for done, (name, parcel) in enumerate(checks.stored_captures(connection)):
            job.step(done, None, volume.name)
            try:
                if parcel is not None:
                    check_capture(parcel)
                    continue
            except (ArchiveDamaged, AddressRefused):
                pass
            yield Fault("capture-damaged", volume.name, name)


def _index_faults(volume: Volume, job: Job) -> Iterator[Fault]:
    with volume.look() as connection:
        job.step(0, None, volume.name)
        documents = checks.document_rows(connection)
        known = index.row_ids(connection)
        if not index.has_own_keys(connection):
            yield Fault("index-outdated", volume.name)
            return
    for row_id in sorted(documents.keys() - known):
        yield Fault("index-missing", volume.name, documents[row_id])
    for row_id in sorted(known - documents.keys()):
        yield Fault("index-stray", volume.name, str(row_id))
