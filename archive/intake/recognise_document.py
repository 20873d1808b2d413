"""Text for a document that is pictures of pages: read page by page, and put into the place of what the archive had, index and all."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archive import recognition
from archive.drawing import Drawer
from archive.errors import DamagedFile, EmptyFile, VolumeClosed
from archive.intake.preparing import make_document
from archive.model.document import Document, Format, Recognition
from archive.model.reading import Page, Reading
from archive.progress import Job
from archive.search import index
from archive.storage import catalogue, documents
from archive.storage.folder import ArchiveFolder


def recognise(
    folder: ArchiveFolder, document: str, *, languages: Sequence[str], password: str | None = None, job: Job
) -> Document:
    """Read a document's pages with Tesseract; its text, geometry and index replace the old ones in one transaction.

    Args:
        folder: an archive that may be written.
        document: identifier of a PDF.
        languages: as Tesseract names them, at least one.
        password: of an encrypted original; kept nowhere.
        job: a step per page. When cancelled, the archive is as it was.

    Raises:
        NoTesseract, NoTesseractLanguage: it is not installed, or not for these languages.
        EmptyFile: nothing could be read on any page; the archive is as it was.
        VolumeClosed: the document stands in a volume that never changes again.
        InputError, ArchiveError, MachineError: the archive is as it was.
    """
    recognition.check_languages(languages)
    found = catalogue.find(folder, document)
    if found.document.format is not Format.PDF:
        raise DamagedFile(format="pdf")
    if found.volume is not folder.volumes[-1]:
        raise VolumeClosed
    original = catalogue.original(folder, found.document.document)
    pages, confidence = _read(original, languages, password, job)
    if not any(page.spans for page in pages):
        raise EmptyFile
    parcel, _ = make_document(Reading(format=Format.PDF, pages=tuple(pages)), original, role=found.document.role)
    how = Recognition(recognition.engine(), tuple(languages), round(confidence, 3))
    about = msgspec.structs.replace(parcel.document, recognised=how)
    parcel = msgspec.structs.replace(parcel, document=about)
    with folder.writing(3 * len(original)) as connection:
        row_id = documents.row_in(connection, about.document)
        if row_id is None:
            raise VolumeClosed
        index.remove(connection, row_id)
        documents.take_out(connection, row_id)
        row_id = documents.add_document(connection, parcel)
        index.add(connection, row_id, about, parcel.passages, parcel.notes)
    return about


def _read(data: bytes, languages: Sequence[str], password: str | None, job: Job) -> tuple[list[Page], float]:
    pages: list[Page] = []
    sure, letters = 0.0, 0
    with Drawer() as drawer:
        sizes = drawer.open(data, password=password)
        for number, size in enumerate(sizes, 1):
            job.step(number - 1, len(sizes))
            picture = drawer.draw(number, scale=recognition.DOTS_PER_PT, is_grey=True)
            if not picture.width_px:
                pages.append(Page(number, size.width_pt, size.height_pt))
                continue
            read = recognition.read_page(picture, size, number=number, languages=languages, job=job)
            pages.append(read.page)
            sure, letters = sure + read.confidence * read.letters, letters + read.letters
        job.step(len(sizes), len(sizes))
    return pages, sure / letters if letters else 0.0
