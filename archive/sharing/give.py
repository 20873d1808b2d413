"""One thing of an archive, ready for another. Only the plain tables are read, never an index that someone else may have made."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import ArchiveDamaged, DocumentNotFound
from archive.model.sharing import Item, Parcel, ParcelCapture, ParcelDocument, ParcelSource
from archive.storage import catalogue, collecting
from archive.storage.folder import ArchiveFolder


def give(folder: ArchiveFolder, item: Item) -> Parcel:
    """The report or capture that ``item`` names, with everything that is its own and nothing of the giver.

    Raises:
        DocumentNotFound: the archive has no such report.
        ArchiveDamaged: it cannot be read whole.
    """
    if not item.is_capture:
        report = catalogue.parcel(folder, item.name)
        cited = [citation.address for note in report.notes for citation in note.citations if citation.address is not None]
        return Parcel(
            report=report, sources=_states(folder, cited), collections=collecting.names_of(folder, report.document.document)
        )
    capture = catalogue.capture(folder, item.name)
    if capture is None:
        raise DocumentNotFound(document=item.name)
    text = None if capture.document is None else _text(folder, capture.document)
    exchanges = catalogue.exchanges(folder, item.name)
    return Parcel(
        capture=ParcelCapture(capture=capture, exchanges=exchanges, text=text),
        sources=_states(folder, [capture.address]),
        collections=() if capture.document is None else collecting.names_of(folder, capture.document),
    )


def _text(folder: ArchiveFolder, digest: str) -> ParcelDocument:
    try:
        return catalogue.parcel(folder, digest)
    except DocumentNotFound as error:
        raise ArchiveDamaged(where=next(iter((*folder.damaged, *folder.missing)), "")) from error


def _states(folder: ArchiveFolder, addresses: Sequence[str]) -> tuple[ParcelSource, ...]:
    known = catalogue.states(folder, list(dict.fromkeys(addresses)))
    return tuple(
        ParcelSource(address=address, state=state, error=error, facts=facts) for address, (state, error, facts) in known.items()
    )
