"""The notes of a captured document lead somewhere too: on a person's request their addresses become sources that wait.

When a document is captured its addresses stay text (:mod:`archive.intake.capture_sources`). Asked to follow it, Ibid reads the kept bytes again, this time
with addresses, and puts the document into its own place. Nothing is fetched here, and nothing is followed further by itself.
"""

from __future__ import annotations

import msgspec

from archive.errors import NothingToCorrect
from archive.formats.reader import Reader
from archive.intake.capture_sources import read_text
from archive.model.document import Role
from archive.model.sharing import ParcelDocument
from archive.model.source import Ending, Exchange, Fetched
from archive.search.replacing import replace_document
from archive.storage import captured, catalogue
from archive.storage.folder import ArchiveFolder


def follow(folder: ArchiveFolder, reader: Reader, document: str) -> int:
    """Make the addresses in the notes of a captured document sources that wait.

    Args:
        folder: an archive that may be written.
        reader: a reader process.
        document: the identifier of a document of role SOURCE, or how it begins.

    Returns:
        How many of them the archive did not know; twice is the same as once.

    Raises:
        NothingToCorrect: it is a report, whose sources wait already.
        DocumentNotFound, DocumentAmbiguous, ArchiveDamaged, MachineError: nothing was changed.
    """
    here = catalogue.parcel(folder, document)
    if here.document.role is not Role.SOURCE:
        raise NothingToCorrect
    again = _read_again(folder, reader, here)
    cited = {citation.address for note in again.notes for citation in note.citations if citation.address is not None}
    new = cited - catalogue.states(folder, sorted(cited)).keys()
    if again.notes != here.notes:
        replace_document(folder, again)
    return len(new)


def _read_again(folder: ArchiveFolder, reader: Reader, here: ParcelDocument) -> ParcelDocument:
    """The document with the addresses of its notes; as it stands where it cannot be read so again."""
    address = captured.address_of(folder, here.document.document)
    kept = [] if address is None else captured.captures_of(folder, address)
    capture = next((each for each in kept if each.document == here.document.document), None)
    page = None if capture is None else _page(catalogue.exchanges(folder, capture.capture))
    if capture is None or page is None:
        return here
    fetched = Fetched(address=capture.address, ending=Ending.COMPLETE, exchanges=(page,))
    again, _main_text, _title = read_text(reader, fetched, keeps_addresses=True)
    if again is None or again.document.document != here.document.document:
        return here
    document = msgspec.structs.replace(again.document, role=Role.SOURCE, recognised=here.document.recognised)
    return here if here.document.recognised is not None else msgspec.structs.replace(again, document=document)


def _page(made: tuple[Exchange, ...]) -> Exchange | None:
    """The exchange that is the page: the first that is no redirect."""
    return next((exchange for exchange in made if not 300 <= exchange.status < 400), None)
