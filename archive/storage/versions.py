"""Where the same document stands in other languages.

Two documents are versions of each other where one names the other's address (of any spelling of its place), or where they have one
reference number; and only if their languages differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select

from archive.address import place_of
from archive.errors import SourceNotFound
from archive.model.document import Document, OtherVersion
from archive.model.source import Capture
from archive.storage import catalogue, rows
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import documents
from archive.values import Language


def other_versions(folder: ArchiveFolder, document: Document) -> tuple[OtherVersion, ...]:
    """The versions of a document in other languages: those that stand in the archive, then those of which only the address is known.

    Args:
        folder: the archive.
        document: one of its documents.

    Returns:
        At most one of each language, in the order in which they came in.
    """
    about = document.description
    wanted = {place_of(version.address): version for version in about.versions}
    here = set() if about.address is None else {place_of(about.address)}
    found: dict[Language, OtherVersion] = {}
    for other in _candidates(folder, document):
        said = other.description
        theirs = set() if said.address is None else {place_of(said.address)}
        names_us = any(place_of(version.address) in here for version in said.versions)
        is_version = bool(theirs & set(wanted)) or names_us or (about.reference is not None and said.reference == about.reference)
        if is_version and said.language is not about.language:
            version = OtherVersion(language=said.language, title=said.title, document=other.document, address=said.address)
            found.setdefault(said.language, version)
    for stated in about.versions:
        text = next((kept.document for kept in _captures(folder, stated.address) if kept.document is not None), None)
        found.setdefault(stated.language, OtherVersion(language=stated.language, document=text, address=stated.address))
    return tuple(found.values())


def _candidates(folder: ArchiveFolder, document: Document) -> Iterator[Document]:
    """Documents that have the number of this one, stand where it says, or name its address."""
    about, columns = document.description, documents.c
    is_candidate: ColumnElement[bool] = columns.address.in_([version.address for version in about.versions])
    if about.reference is not None:
        is_candidate |= columns.reference == about.reference
    if about.address is not None:
        is_candidate |= (columns.versions != "[]") & (func.instr(columns.versions, about.address) > 0)
    for volume in folder.volumes:
        with volume.look() as connection:
            chosen = select(documents).where(is_candidate, columns.digest != document.document).order_by(columns.id)
            for row in connection.execute(chosen).mappings():
                yield rows.document_of(row)


def _captures(folder: ArchiveFolder, address: str) -> tuple[Capture, ...]:
    try:
        return catalogue.source(folder, address).captures
    except SourceNotFound:
        return ()
