"""Pages of a web archive become captures of their addresses, each in one transaction; so does a file that a person attaches to a source.

* A page is judged as a live capture would be, and its text becomes a document of role SOURCE. ``taken_at`` is the moment at which it was saved
  then, not the moment of bringing in.
* What a page needs is kept with it, as further exchanges of its capture.
* The same page of the same moment is "already here", also from another file.
* What was saved once stays saved: a web archive never makes the state of a source less, and of an address that notes cite it only
  says something where it has something. An address that no note cites is a source all the same.
* Of a file that was attached, the moment is the one that the file states, else the moment of attaching.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from archive.address import normalise
from archive.capture.verdict import judge, reason
from archive.errors import AddressRefused, NotInFile, ReaderGaveUp
from archive.formats.attached import NO_DATE
from archive.formats.large_file import LargeFile
from archive.formats.reader import Reader
from archive.intake.capture_sources import WITH_TEXT, make_capture, read_text
from archive.intake.charsets import settle_charsets
from archive.model.saved import Container, PageOutcome, SavedPage
from archive.model.sharing import ParcelCapture, ParcelDocument
from archive.model.source import Capture, Exchange, SourceState, Way
from archive.progress import Job
from archive.search import index
from archive.storage import captured, catalogue, documents, sources
from archive.storage.folder import ArchiveFolder
from archive.values import digest_of, now

_WORTH = {SourceState.SAVED: 2, SourceState.PARTIAL: 1}


def keep_saved(folder: ArchiveFolder, reader: Reader, saved: SavedPage) -> PageOutcome:
    """Keep one page of a web archive with what it needs.

    Args:
        folder: an archive that may be written.
        reader: a reader process; it alone sees the bytes before they are understood.
        saved: the page as the process that reads the web archive gave it.

    Returns:
        What became of it; where it was here already, nothing was changed.

    Raises:
        ReaderGaveUp: it does not hold together: the process that gave it cannot be believed.
        MachineError: the disk or the archive would not take it; the archive is as it was.
    """
    _check(saved)
    fetched, exchanges = saved.fetched, saved.fetched.exchanges + saved.fetched.requisites
    here = _already_here(captured.captures_of(folder, fetched.address), saved)
    if here is not None:
        return PageOutcome(
            address=fetched.address,
            state=_known(folder, fetched.address) or SourceState.WAITING,
            verdict=here.verdict,
            is_already_here=True,
            document=here.document,
            title=saved.title or _title(folder, here.document),
        )
    fetched = settle_charsets(reader, fetched)
    exchanges = fetched.exchanges + fetched.requisites
    text, main_text, title = read_text(reader, fetched) if saved.is_page else (None, None, "")
    state, verdict = judge(fetched, text=main_text, title=title)
    text = text if verdict in WITH_TEXT else None
    if verdict is not None:
        capture = make_capture(fetched, verdict, text)
        _write(folder, saved, ParcelCapture(capture=capture, exchanges=exchanges), text, state)
    return PageOutcome(
        address=fetched.address,
        state=state,
        verdict=verdict,
        document=None if text is None else text.document.document,
        title=saved.title or (text.document.description.title if text is not None else ""),
        requisites=len(fetched.requisites),
        size_bytes=sum(len(exchange.body) for exchange in exchanges),
    )


def attach_capture(folder: ArchiveFolder, reader: Reader, address: str, data: bytes, *, name: str = "") -> PageOutcome:
    """Keep a file that a person has as a saved state of an address: a page (HTML, MHTML), a PDF, or what a web archive holds of it.

    Args:
        folder: an archive that may be written.
        reader: a reader process.
        address: of the source, as printed or typed; it need not be cited.
        data: the whole file.
        name: its name, a hint for its format only; it is not kept.

    Raises:
        AddressRefused: it is no address Ibid would ever open.
        NotInFile: the web archive holds nothing of it.
        InputError: the file cannot be read; the archive is as it was.
    """
    wanted = normalise(address)
    with LargeFile(Container.WEB_ARCHIVE, data=data, name=name) as opened:
        opened.survey(Job())
        saved = opened.page_of(wanted)
    if saved is None:
        raise NotInFile(address=wanted)
    moment = now()

    def dated(made: Iterable[Exchange]) -> tuple[Exchange, ...]:
        return tuple(msgspec.structs.replace(one, fetched_at=moment) if one.fetched_at == NO_DATE else one for one in made)

    first, *others = dated(saved.fetched.exchanges)
    fetched = msgspec.structs.replace(
        saved.fetched,
        address=wanted,
        exchanges=(_placed(first, wanted), *others),
        requisites=dated(saved.fetched.requisites),
        way=Way.ADDED,
    )
    return keep_saved(folder, reader, msgspec.structs.replace(saved, fetched=fetched))


def _check(saved: SavedPage) -> None:
    """Return when a page is what a reader that was not taken over would give: addresses normalised, moments aware."""
    exchanges = saved.fetched.exchanges + saved.fetched.requisites
    addresses = {saved.fetched.address, *(exchange.address for exchange in exchanges)}
    try:
        is_plain = all(normalise(address) == address for address in addresses)
    except AddressRefused:
        is_plain = False
    if not is_plain or not saved.fetched.exchanges or any(exchange.fetched_at.tzinfo is None for exchange in exchanges):
        raise ReaderGaveUp(limit="crash")


def _placed(first: Exchange, address: str) -> Exchange:
    """The exchange at the address that the person says; where the file says another, that stays in a header (RFC 9110 section 8.7)."""
    if first.address == address:
        return first
    headers = (*first.answer_headers, ("Content-Location", first.address))
    return msgspec.structs.replace(first, address=address, answer_headers=headers)


def _already_here(kept: Iterable[Capture], saved: SavedPage) -> Capture | None:
    """The capture that this page is already, or one of the same moment and text that has no less with it; None where there is none."""
    exchanges = saved.fetched.exchanges + saved.fetched.requisites
    name, last = sources.capture_name(exchanges), saved.fetched.exchanges[-1]
    body, size_bytes = digest_of(last.body), sum(len(exchange.body) for exchange in exchanges)
    for capture in kept:
        same = (capture.taken_at, capture.final_address, capture.status) == (last.fetched_at, last.address, last.status)
        if capture.capture == name or (same and capture.document == body and capture.size_bytes >= size_bytes):
            return capture
    return None


def _title(folder: ArchiveFolder, document: str | None) -> str:
    return catalogue.find(folder, document).document.description.title if document is not None else ""


def _known(folder: ArchiveFolder, address: str) -> SourceState | None:
    found = catalogue.states(folder, [address]).get(address)
    return None if found is None else found[0]


def _write(
    folder: ArchiveFolder, saved: SavedPage, parcel: ParcelCapture, text: ParcelDocument | None, state: SourceState
) -> None:
    """Everything in one transaction; a text that the archive has already is not written twice."""
    address = saved.fetched.address
    is_new_text = text is not None and not documents.has_document(folder, text.document.document)
    known = _known(folder, address)
    error, facts = reason(saved.fetched)
    with folder.writing(expected_bytes=parcel.capture.size_bytes) as connection:
        if is_new_text and text is not None:
            row_id = documents.add_document(connection, text)
            index.add(connection, row_id, text.document, text.passages, text.notes)
        sources.add_capture(connection, parcel)
        says_more = _WORTH.get(state, 0) > _WORTH.get(known, 0) if known is not None else True
        if says_more:
            sources.set_state(connection, address, state, error, facts)
