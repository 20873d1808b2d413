"""An article of a ZIM file becomes a document, described by what the file states of it where the article itself does not."""

from __future__ import annotations

import msgspec

from archive.formats.reader import Reader
from archive.intake.import_document import Importer
from archive.intake.preparing import Prepared, make_document
from archive.model.document import Arrival, Format, Role
from archive.model.reading import StatedProperties
from archive.model.saved import Article
from archive.search.entry import entry_of
from archive.values import digest_of

_FORMATS = {"text/html": Format.HTML, "application/xhtml+xml": Format.HTML, "application/pdf": Format.PDF}


def bring_in_article(importer: Importer, reader: Reader, article: Article) -> Arrival:
    """Bring one article in as a report; twice is the same as once.

    Its reference is the web address of the original, where that can be told and the article has no reference of its own.

    Args:
        importer: writes it.
        reader: a reader process; it alone sees the bytes before they are understood.
        article: as the process that reads the ZIM file gave it.

    Raises:
        InputError: the article cannot be read; the archive is as it was.
        MachineError: the disk or the archive would not take it; the archive is as it was.
    """
    here = importer.already_here(digest_of(article.data))
    if here is not None:
        return here
    reading = reader.read(article.data, name=article.title, format=_FORMATS.get(article.media_type))
    reading = msgspec.structs.replace(reading, stated=_with(reading.stated, article.stated))
    parcel, problems = make_document(reading, article.data, role=Role.REPORT)
    description = parcel.document.description
    title = article.title or description.title
    described = msgspec.structs.replace(description, title=title, reference=description.reference or article.origin or None)
    document = msgspec.structs.replace(parcel.document, description=described)
    parcel = msgspec.structs.replace(parcel, document=document)
    columns, forms = entry_of(document, parcel.passages, parcel.notes)
    return importer.write(Prepared(parcel, problems, columns, tuple(sorted(forms))))


def _with(own: StatedProperties, stated: StatedProperties) -> StatedProperties:
    """What an article states itself, completed by what its file states."""
    return msgspec.structs.replace(
        own,
        title=stated.title or own.title,
        publisher=own.publisher or stated.publisher,
        published_on=own.published_on or stated.published_on,
        language=own.language or stated.language,
    )
