"""What a fetcher brought becomes a capture, its text a document, its source a state: all of it in one transaction.

* The text of a page is its main text, read in the reader process; a PDF or another file is read whole.
* An answer that is no page of the source's own (a status that is no success) is not kept: only its state is, and why.
* An attempt that brought less than what is kept already changes nothing: what was saved once stays saved. An error page or an
  empty page is kept once, so that a person can look, and not again at every attempt.
* What a captured page itself cites is not followed: its notes stay, their addresses are text. Otherwise every run would
  fetch the sources of the sources of the run before.
* What the embedded browser built is a second step: it is kept only if it has more words than the first brought; else the first stays, and so
  does the state of the source.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import msgspec

from archive.capture.second_step import asks_for_scripts, count_words, wants_browser
from archive.capture.verdict import charset, is_page, judge, media_type, reason
from archive.errors import EmptyFile, InputError, ProcessLost, SourceNotFound
from archive.formats.reader import Reader
from archive.intake.charsets import settle_charsets
from archive.intake.preparing import make_document
from archive.intake.quoted_words import quoted_in
from archive.model.document import PassageKind, Role
from archive.model.footnote import Note
from archive.model.sharing import ParcelCapture, ParcelDocument
from archive.model.source import Capture, CaptureOutcome, Fetched, SourceState, StepWords, Verdict, Way
from archive.search import index
from archive.storage import attempts, catalogue, documents, sources
from archive.storage.folder import ArchiveFolder

_WORTH = {SourceState.SAVED: 2, SourceState.PARTIAL: 1}
WITH_TEXT = frozenset({Verdict.COMPLETE, Verdict.PARTIAL})
"""What a capture must be worth for its text to be kept as a document."""

_ONCE = frozenset(Verdict) - {Verdict.COMPLETE, Verdict.PARTIAL, Verdict.UNREADABLE}


def keep(folder: ArchiveFolder, reader: Reader, fetched: Fetched) -> CaptureOutcome:
    """Keep what a fetcher brought, judge it, and say what became of the source in this attempt.

    Args:
        folder: an archive that may be written.
        reader: a reader process; it alone sees the bytes before they are understood.
        fetched: all that came.

    Returns:
        The state and verdict of this attempt. An earlier, better one stays the state of the source.

    Raises:
        MachineError: the disk or the archive would not take it; the archive is as it was.
    """
    fetched = settle_charsets(reader, fetched)
    text, main_text, title = read_text(reader, fetched)
    state, verdict = judge(fetched, text=main_text, title=title)
    error, facts = reason(fetched)
    known, _, _ = catalogue.states(folder, [fetched.address]).get(fetched.address, (SourceState.WAITING, None, {}))
    wants = wants_browser(fetched, verdict, main_text)
    if verdict is Verdict.COMPLETE and is_page(media_type(fetched)) and asks_for_scripts(main_text):
        state, verdict = SourceState.PARTIAL, Verdict.PARTIAL
    words, compared = count_words(main_text), None
    if fetched.way is Way.BROWSER:
        fetched, compared = _compared(fetched, words)
        verdict, state = (verdict, state) if compared.second > compared.first and verdict in WITH_TEXT else (None, known)
    capture = None
    is_better = (fetched.way is not Way.BROWSER or verdict is not None) and _WORTH.get(state, 0) >= _WORTH.get(known, 0)
    if is_better and verdict is not None and not (verdict in _ONCE and _has_capture(folder, fetched.address, verdict)):
        capture = make_capture(fetched, verdict, text if verdict in WITH_TEXT else None)
    _write(folder, fetched, capture, text, state, is_better=is_better)
    return CaptureOutcome(
        address=fetched.address,
        state=state,
        verdict=verdict,
        status=fetched.exchanges[-1].status if fetched.exchanges else 0,
        size_bytes=_size_bytes(fetched),
        duration_ms=fetched.duration_ms,
        error=error,
        facts=facts,
        text_words=words,
        wants_browser=wants,
        compared=compared,
        way=fetched.way,
        quoted=quoted_in(folder, fetched.address, text.document, text.passages) if text and verdict in WITH_TEXT else None,
    )


def _compared(fetched: Fetched, second_words: int) -> tuple[Fetched, StepWords]:
    """What the browser brought, with the words of both steps in its evidence."""
    told = fetched.evidence.words
    words = StepWords(first=0 if told is None else told.first, second=second_words)
    return msgspec.structs.replace(fetched, evidence=msgspec.structs.replace(fetched.evidence, words=words)), words


def _write(
    folder: ArchiveFolder,
    fetched: Fetched,
    capture: Capture | None,
    text: ParcelDocument | None,
    state: SourceState,
    *,
    is_better: bool,
) -> None:
    """Everything in one transaction; a text that the archive has already is not written twice. That it was tried is noted in any case."""
    error, facts = reason(fetched)
    with folder.writing(expected_bytes=_size_bytes(fetched)) as connection:
        # Asked now, when nobody else can bring the same text.
        is_new_text = (
            capture is not None and capture.document is not None and not documents.has_document(folder, capture.document)
        )
        if is_new_text and text is not None:
            row_id = documents.add_document(connection, text)
            index.add(connection, row_id, text.document, text.passages, text.notes)
        if capture is not None:
            sources.add_capture(connection, ParcelCapture(capture=capture, exchanges=fetched.exchanges + fetched.requisites))
        if is_better:
            sources.set_state(connection, fetched.address, state, error, facts)
        attempts.add(connection, folder, fetched.address, state, error, is_again=fetched.way is Way.BROWSER)


def read_text(
    reader: Reader, fetched: Fetched, *, keeps_addresses: bool = False
) -> tuple[ParcelDocument | None, str | None, str]:
    """The last answer as a document, its main text (None where nothing can read it), and the title that it states.

    Args:
        reader: a reader process.
        fetched: all that came.
        keeps_addresses: the addresses that its notes cite shall be sources too.
    """
    last = fetched.exchanges[-1] if fetched.exchanges else None
    if last is None or not last.body or not 200 <= last.status < 300:
        return None, None, ""
    name = unquote(urlsplit(last.address).path).rpartition("/")[2]
    is_web_page = is_page(media_type(fetched))
    try:
        reading = reader.read(last.body, name=name, charset=charset(fetched) or None, is_main_text_only=is_web_page)
    except EmptyFile:
        return None, "", ""
    except (InputError, ProcessLost):
        return None, None, ""
    parcel, _ = make_document(reading, last.body, role=Role.SOURCE)
    if not keeps_addresses:
        parcel = msgspec.structs.replace(parcel, notes=tuple(map(_without_addresses, parcel.notes)))
    main_text = "\n".join(passage.text for passage in parcel.passages if passage.kind is not PassageKind.NOTE)
    return (parcel if main_text.strip() else None), main_text, reading.stated.title or ""


def _has_capture(folder: ArchiveFolder, address: str, verdict: Verdict) -> bool:
    try:
        return any(capture.verdict is verdict for capture in catalogue.source(folder, address).captures)
    except SourceNotFound:
        return False


def _without_addresses(note: Note) -> Note:
    citations = tuple(msgspec.structs.replace(citation, address=None) for citation in note.citations)
    return msgspec.structs.replace(note, citations=citations)


def make_capture(fetched: Fetched, verdict: Verdict, text: ParcelDocument | None) -> Capture:
    """The capture that these exchanges are, the page last, with what the page needs behind it."""
    last = fetched.exchanges[-1]
    exchanges = fetched.exchanges + fetched.requisites
    return Capture(
        capture=sources.capture_name(exchanges),
        address=fetched.address,
        final_address=last.address,
        taken_at=last.fetched_at,
        verdict=verdict,
        status=last.status,
        media_type=media_type(fetched),
        size_bytes=sum(len(exchange.body) for exchange in exchanges),
        document=None if text is None else text.document.document,
        way=fetched.way,
        evidence=fetched.evidence,
    )


def _size_bytes(fetched: Fetched) -> int:
    return sum(len(exchange.body) for exchange in fetched.exchanges + fetched.requisites)
