"""Taking what another archive gives, after checking all of it again.

Twice changes nothing. The order does not matter: what is new comes in, what is here already stays as it is, collections of one name become
one with the documents of both, and of two states of
a source the one that says more is kept (saved, then partial, gone, refused, failed, waiting). A report whose notes were put right by the giver and by nobody here
takes the corrections; where both put something right, what stands here stays. So it is with what a person said a capture is worth. What one of them brought in and the other has as
the text of a capture only is a report in the
end, read as it was where it was brought in, as if it had been brought in by hand (:mod:`archive.intake.import_document`).
"""

from __future__ import annotations

import msgspec

from archive.errors import AddressRefused, ArchiveDamaged, Fact
from archive.model.document import Role
from archive.model.sharing import Parcel, ParcelCapture, ParcelDocument, ParcelSource, TakeOutcome
from archive.model.source import Capture, SourceState, Verdict
from archive.search import index
from archive.search.replacing import replace_in
from archive.sharing.check import check_parcel
from archive.storage import catalogue, collecting, judging
from archive.storage.documents import add_document, find_report, has_document
from archive.storage.folder import ArchiveFolder
from archive.storage.judged_sources import put
from archive.storage.sources import add_capture, set_state

_SAYS_MORE = (
    SourceState.WAITING,
    SourceState.FAILED,
    SourceState.REFUSED,
    SourceState.GONE,
    SourceState.PARTIAL,
    SourceState.SAVED,
)
_UNKNOWN: tuple[SourceState, None, dict[str, Fact]] = (SourceState.WAITING, None, {})


def take(folder: ArchiveFolder, parcel: Parcel) -> TakeOutcome:
    """Take one report or capture, with its index, in one transaction.

    Returns:
        ``new``; ``same`` where the archive has it; ``differing`` where the archive has it in another reading, which it keeps;
        ``refused``, with the code of the error, where it does not hold together.

    Raises:
        MachineError: the archive is as it was.
    """
    try:
        check_parcel(parcel)
    except (ArchiveDamaged, AddressRefused) as error:
        return TakeOutcome(outcome="refused", error=error.code())
    known = _known(folder, parcel)
    if known is not None and not (
        _says_more(folder, parcel) or _news(folder, parcel) or _collections(folder, parcel) or _is_judged_there(folder, parcel)
    ):
        return TakeOutcome(outcome=known)
    with folder.writing(_size_bytes(parcel)) as connection:
        # Another program may have brought it meanwhile; now none can.
        known = _known(folder, parcel)
        document = _document(parcel)
        if document is not None and not has_document(folder, document.document.document):
            row_id = add_document(connection, document)
            index.add(connection, row_id, document.document, document.passages, document.notes)
        elif document is not None and _says_more(folder, parcel):
            replace_in(connection, document)
            known = known if parcel.report is None else None
        if known is None and parcel.capture is not None:
            add_capture(connection, parcel.capture)
        for source in _news(folder, parcel):
            set_state(connection, source.address, source.state, source.error, source.facts)
        if parcel.capture is not None and _is_judged_there(folder, parcel):
            put(connection, folder, parcel.capture.capture, parcel.capture.capture.judged)
        for name in _collections(folder, parcel):
            collecting.put(connection, name, [_digest(parcel)])
    return TakeOutcome(outcome=known or "new")


def _known(folder: ArchiveFolder, parcel: Parcel) -> str | None:
    if parcel.report is not None:
        if not has_document(folder, parcel.report.document.document):
            return None
        return "same" if _is_same(folder, parcel.report) else "differing"
    assert parcel.capture is not None
    here = catalogue.capture(folder, parcel.capture.capture.capture)
    if here is None:
        return None
    return "same" if _unjudged(here) == _unjudged(parcel.capture.capture) else "differing"


def _unjudged(capture: Capture) -> Capture:
    return msgspec.structs.replace(capture, judged=None)


def _is_judged_there(folder: ArchiveFolder, parcel: Parcel) -> bool:
    """Whether a person judged the capture at the giver's, and nobody did here."""
    capture = parcel.capture.capture if parcel.capture is not None else None
    return capture is not None and capture.judged is not None and capture.capture not in judging.read(folder)


def _is_same(folder: ArchiveFolder, report: ParcelDocument) -> bool:
    return catalogue.whole(folder, report.document.document) == (report.document, report.passages, report.notes)


def _says_more(folder: ArchiveFolder, parcel: Parcel) -> bool:
    """Whether the document of a parcel stands here and is to take the place of ours: a report that is only the text of a capture here,
    or ours with something put right in it by the giver and nothing here.
    """
    given = _document(parcel)
    if given is None or given.document.role is not Role.REPORT or not has_document(folder, given.document.document):
        return False
    if find_report(folder, given.document.document) is None:
        return True
    if not given.corrections or given.as_read is None or catalogue.corrections(folder, given.document.document):
        return False
    _, passages, notes = catalogue.whole(folder, given.document.document)
    return (passages, notes) == (given.as_read.passages, given.as_read.notes)


def _news(folder: ArchiveFolder, parcel: Parcel) -> list[ParcelSource]:
    """The states of sources that say more than what is known here."""
    told = [_as_far_as_proved(source, parcel.capture) for source in parcel.sources]
    if parcel.capture is not None and not told:
        told = [_as_far_as_proved(ParcelSource(address=parcel.capture.capture.address, state=SourceState.SAVED), parcel.capture)]
    known = catalogue.states(folder, [source.address for source in told])
    return [
        source
        for source in told
        if _weight(source.state, source.error, source.facts) > _weight(*known.get(source.address, _UNKNOWN))
    ]


def _as_far_as_proved(source: ParcelSource, capture: ParcelCapture | None) -> ParcelSource:
    """Saved is what comes with a capture that is complete; without a capture a source waits for it."""
    if source.state not in {SourceState.SAVED, SourceState.PARTIAL}:
        return source
    if capture is None:
        return ParcelSource(address=source.address, state=SourceState.WAITING)
    if source.state is SourceState.SAVED and capture.capture.counted is not Verdict.COMPLETE:
        return ParcelSource(address=source.address, state=SourceState.PARTIAL, error=source.error, facts=source.facts)
    return source


def _weight(state: SourceState, error: str | None, facts: dict[str, Fact]) -> tuple[int, str, str]:
    return _SAYS_MORE.index(state), error or "", repr(sorted(facts.items()))


def _collections(folder: ArchiveFolder, parcel: Parcel) -> list[str]:
    """The collections of the giver that its document is not in here; nothing is taken out of any."""
    if not parcel.collections:
        return []
    here = collecting.read(folder)
    return [name for name in parcel.collections if _digest(parcel) not in here.get(name, ())]


def _digest(parcel: Parcel) -> str:
    document = _document(parcel)
    assert document is not None
    return document.document.document


def _document(parcel: Parcel) -> ParcelDocument | None:
    return parcel.report or (parcel.capture.text if parcel.capture else None)


def _size_bytes(parcel: Parcel) -> int:
    """About how much will be written: the bytes themselves, and text and index once more."""
    document = _document(parcel)
    bodies = sum(len(exchange.body) for exchange in parcel.capture.exchanges) if parcel.capture else 0
    return bodies + (3 * len(document.original) if document else 0)
