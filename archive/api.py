"""The front desk: what the window and the terminal may ask of an archive.

:class:`FrontDesk` names the questions. They are answered in this process (:mod:`archive.front_desk`: tests, the terminal) or, with the
same methods, behind a pipe (:mod:`archive.keeper`: the window). The functions below it carry things between two desks, so that no process ever holds the
keys of two archives; :mod:`archive.capturing` does so between a desk and a fetcher. Nothing here opens a database
or a file of someone else's, so a window that asks loads neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from msgspec.structs import replace

from archive.asking import AskingDesk
from archive.errors import ArchiveDamaged, NothingToShare
from archive.looking import LookingDesk
from archive.model.correction import Correction
from archive.model.document import Arrival, Document
from archive.model.hit import Answer, Citing, Completion, CompletionKind, Facets, FoundPassage, Hit, Question
from archive.model.saved import Article, PageOutcome, SavedPage
from archive.model.sharing import (
    ArchiveFacts,
    Exported,
    Item,
    MergeReport,
    Parcel,
    ParcelCapture,
    ShareReport,
    TakeOutcome,
    VerifyReport,
    WebArchiveKind,
)
from archive.model.source import CaptureOutcome, Fetched
from archive.private import PrivateDesk
from archive.progress import Job
from archive.search import hits_table, together
from archive.settings import program
from archive.sharing import lines_file, write
from archive.sharing.new_file import written_whole
from archive.work_list import WorkListDesk

_ROWS_AT_ONCE = 100


class FrontDesk(LookingDesk, AskingDesk, PrivateDesk, WorkListDesk, Protocol):
    """One open archive. Every method may be called from any thread; those that write take their turn."""

    def about(self) -> ArchiveFacts:
        """What the archive says of itself."""
        ...

    def bring_in(self, data: bytes, *, name: str = "", password: str | None = None) -> Arrival:
        """Bring one file in; see :meth:`archive.intake.import_document.Importer.bring_in`. Several threads may do so at once."""
        ...

    def already_here(self, digest: str) -> Arrival | None:
        """What stands in the archive as a report under this digest, or None: then there is no need to send the file."""
        ...

    def correct(self, document: str, correction: Correction) -> Document:
        """Put something right in the notes of a report; see :func:`archive.intake.correct_notes.correct`."""
        ...

    def undo_correction(self, document: str) -> Document:
        """Take the newest correction of a report back."""
        ...

    def packed_documents(self, data: bytes) -> tuple[str, ...]:
        """The names of the documents in a ZIP of several; none where the file is anything else. Writes nothing."""
        ...

    def packed_document(self, data: bytes, name: str) -> bytes:
        """The bytes of one of them. Writes nothing."""
        ...

    def keep(self, fetched: Fetched) -> CaptureOutcome:
        """Keep what a fetcher brought, judge it, and say what became of the source."""
        ...

    def keep_saved(self, saved: SavedPage) -> PageOutcome:
        """Keep a page of a web archive as a capture of its address; twice is the same as once."""
        ...

    def attach_capture(self, address: str, data: bytes, *, name: str = "") -> PageOutcome:
        """Keep a file (HTML, MHTML, PDF, web archive) as a saved state of an address, added by hand.

        Raises:
            AddressRefused, NotInFile, InputError: nothing was changed.
        """
        ...

    def bring_in_article(self, article: Article) -> Arrival:
        """Bring an article of a ZIM file in as a report; twice is the same as once."""
        ...

    def items(self, *, documents: tuple[str, ...] | None = None) -> tuple[Item, ...]:
        """What can be given: everything, or some reports with the captures of what they cite."""
        ...

    def give(self, item: Item) -> Parcel:
        """One thing, ready for another archive."""
        ...

    def take(self, parcel: Parcel) -> TakeOutcome:
        """Take one thing from another archive, after checking all of it; twice changes nothing."""
        ...

    def verify(self, *, job: Job) -> VerifyReport:
        """Read everything, hash everything, and list every fault."""
        ...

    def build_sample(self, *, job: Job) -> None:
        """Bring in the collection that comes with Ibid."""
        ...

    def finish(self) -> None:
        """Leave the files as they travel best: one file a volume, nothing beside it, on the disk."""
        ...

    def changed_volumes(self, *, job: Job) -> tuple[str, ...]:
        """The file names of volumes whose bytes are not those that were noted when they were last closed."""
        ...

    def close(self) -> None:
        """Close the archive and end its readers."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Doors(Protocol):
    """How an archive is made and opened: in this process, or through a keeper."""

    def new(self, path: Path, *, title: str, passphrase: str | None, is_desk: bool = False) -> FrontDesk:
        """A new, empty archive at ``path``, or the private desk of a person."""
        ...

    def open(self, path: Path, *, passphrase: str | None, read_only: bool | None = None, is_desk: bool = False) -> FrontDesk:
        """The archive that stands at ``path``; a desk only if one is asked for, and never both."""
        ...


def search_together(desks: Sequence[FrontDesk], question: Question) -> Answer:
    """One ranked answer from all open archives."""
    if len(desks) == 1:
        return desks[0].search(question)
    whole = replace(question, offset=0, limit=question.offset + question.limit)
    return together.merge_answers(question, [desk.search(whole) for desk in desks])


def facets_together(desks: Sequence[FrontDesk], question: Question) -> Facets:
    """The documents of all open archives that answer, counted in each way; one that stands in several counts once."""
    known = b""
    counted: list[Facets] = []
    for number, desk in enumerate(desks):
        counted.append(desk.facets(question, left_out=known))
        if number + 1 < len(desks):
            known += desk.answering(question)
    return together.merge_facets(counted)


def completions_together(
    desks: Sequence[FrontDesk], text: str, *, cursor: int | None = None, limit: int = 10
) -> tuple[Completion, ...]:
    """How a question may go on in all open archives: likeliest first, each once, with the documents of all of them."""
    found: dict[tuple[CompletionKind, str], tuple[int, Completion]] = {}
    for desk in desks:
        for rank, each in enumerate(desk.completions(text, cursor=cursor, limit=limit)):
            best, known = found.get((each.kind, each.text), (rank, replace(each, count=0)))
            found[each.kind, each.text] = (min(rank, best), replace(known, count=known.count + each.count))
    return tuple(each for _rank, each in sorted(found.values(), key=lambda pair: pair[0]))[:limit]


def citing_together(desks: Sequence[FrontDesk], address: str) -> tuple[Citing, ...]:
    """The documents of all open archives whose notes cite an address or a site, each once."""
    found: dict[str, Citing] = {}
    for number, desk in enumerate(desks):
        for citing in desk.citing(address):
            found.setdefault(citing.document, replace(citing, archive=number))
    return tuple(found.values())


def like_together(
    desks: Sequence[FrontDesk], archive: int, document: str, *, passage: int | None = None, limit: int = 20
) -> Answer:
    """Documents of all open archives that use the rare words of a document of one of them; itself is not among them.

    Raises:
        DocumentNotFound, DocumentAmbiguous: that archive has no such document.
    """
    alike = desks[archive].like(document, passage=passage, limit=limit)
    if len(desks) == 1 or not alike.written:
        return alike
    whole = desks[archive].document(document).document
    answer = search_together(desks, Question(text=alike.written, limit=limit + 1))
    others = tuple(hit for hit in answer.hits if hit.document != whole)[:limit]
    return replace(answer, question="", count=max(answer.count - 1, len(others)), hits=others, spellings=(), offers=())


def hits_as_csv(desks: Sequence[FrontDesk], question: Question, *, job: Job) -> Iterator[str]:
    """Every passage that answers, as lines of CSV: archive by archive, in each the documents in the order asked for, the passages in theirs.

    A document that stands in several archives comes once, with all of their titles.

    Args:
        desks: the open archives.
        question: its offset and limit do not matter.
        job: a step per document; stops when cancelled.

    Yields:
        Whole lines, the first with the names of the columns and a byte order mark; see :mod:`archive.search.hits_table`.

    Raises:
        Cancelled: it was stopped.
    """
    yield hits_table.heading()
    seen: set[str] = set()
    titles = [desk.about().title for desk in desks]
    holders = [hits_table.beginnings(desk.answering(question)) for desk in desks] if len(desks) > 1 else []
    for desk, title in zip(desks, titles, strict=True):
        offset = 0
        while True:
            answer = desk.search(replace(question, offset=offset, limit=_ROWS_AT_ONCE, is_typing=False))
            for hit in answer.hits:
                job.step(len(seen), max(answer.count, len(seen)))
                if hit.document not in seen:
                    seen.add(hit.document)
                    holding = [
                        each for each, held in zip(titles, holders, strict=False) if hits_table.beginning(hit) in held
                    ] or [title]
                    for passage in _all_passages(desk, question, hit):
                        yield hits_table.row(hit, passage, archive="; ".join(holding))
            offset += len(answer.hits)
            if len(answer.hits) < _ROWS_AT_ONCE:
                break


def export_hits(desks: Sequence[FrontDesk], question: Question, file: Path, *, may_replace: bool = False, job: Job) -> int:
    """Write :func:`hits_as_csv` into a file, whole or not at all; how many rows there are below the heading.

    Raises:
        TargetExists, NotWritable, Cancelled: nothing was written.
    """
    return lines_file.write_lines(file, hits_as_csv(desks, question, job=job), may_replace=may_replace) - 1


def _all_passages(desk: FrontDesk, question: Question, hit: Hit) -> Iterator[FoundPassage | None]:
    if hit.is_counted and hit.passage_count == len(hit.passages):
        yield from hit.passages or (None,)
        return
    first = 0
    while True:
        found = desk.passages_found(hit.document, replace(question, is_typing=False), first=first, count=_ROWS_AT_ONCE)
        yield from found.passages
        first += len(found.passages)
        if not found.passages or first >= found.count:
            return


def share(
    desk: FrontDesk,
    target: Path,
    *,
    passphrase: str | None = None,
    documents: Sequence[str] | None = None,
    job: Job,
    doors: Doors,
) -> ShareReport:
    """Write a new archive with everything, or some reports and what they cite; read it back; only then give it its name.

    Args:
        desk: the archive to give from.
        target: where the new archive shall stand; nothing may stand there.
        passphrase: locks the new archive; None leaves it open.
        documents: identifiers (or their beginnings) of reports; None for everything.
        job: a step per thing given, then per thing checked. When cancelled, nothing is left at the target.
        doors: how the new archive is made.

    Raises:
        TargetExists, TargetInside, NothingToShare, DocumentNotFound: nothing was written.
        MachineError: the target's disk did not take it; what was written is gone again.
        ArchiveDamaged: what was read back is not what was written; it is gone again.
    """
    write.check_target(target)
    chosen = None if documents is None else tuple(desk.document(prefix).document for prefix in documents)
    items = desk.items(documents=chosen)
    if not items:
        raise NothingToShare
    partial = write.partial_path(target)
    try:
        with doors.new(partial, title=desk.about().title, passphrase=passphrase) as copy:
            for done, item in enumerate(items):
                job.step(done, len(items))
                copy.take(desk.give(item))
            copy.finish()
        write.sync_share(partial)
        with doors.open(partial, passphrase=passphrase, read_only=True) as copy:
            report = copy.verify(job=job)
            facts = copy.about()
        if not report.is_whole:
            raise ArchiveDamaged(where=report.faults[0].where)
        write.publish(partial, target)
    except BaseException:
        write.discard(partial)
        raise
    return ShareReport(
        archive=target.name,
        volumes=facts.volumes,
        documents=report.documents,
        objects=report.objects,
        size_bytes=facts.size_bytes,
        is_verified=True,
    )


def export_web_archive(
    desk: FrontDesk,
    file: Path,
    *,
    kind: WebArchiveKind,
    documents: Sequence[str] | None = None,
    may_replace: bool = False,
    job: Job,
) -> Exported:
    """Write captures as a web archive that other programs open; readable by anyone.

    Args:
        desk: the archive.
        file: where it shall stand, whole or not at all.
        kind: one WARC, or a WACZ with an index and a list of pages.
        documents: identifiers (or their beginnings) of reports: only the captures of what they cite; None for every capture.
        may_replace: whether a file that stands there may go.
        job: a step per capture. When cancelled, nothing is left.

    Raises:
        NothingToShare, TargetExists, DocumentNotFound, DocumentAmbiguous: nothing was written.
        NotWritable, ArchiveDamaged: nothing is left of it.
    """
    from archive.sharing.exports import web_archive  # its engine is loaded by nobody who does not export

    chosen = None if documents is None else tuple(desk.document(prefix).document for prefix in documents)
    items = [item for item in desk.items(documents=chosen) if item.is_capture]
    if not items:
        raise NothingToShare

    def captures() -> Iterator[ParcelCapture]:
        for done, item in enumerate(items):
            job.step(done, len(items))
            parcel = desk.give(item).capture
            assert parcel is not None
            yield parcel

    with written_whole(file, may_replace=may_replace) as written:
        if kind is WebArchiveKind.WARC:
            done = web_archive.write_warc(written, captures(), program=program())
        else:
            done = web_archive.write_wacz(written, captures(), program=program(), title=desk.about().title)
    job.step(len(items), len(items))
    return done


def merge_from(desk: FrontDesk, giver: FrontDesk, *, job: Job) -> MergeReport:
    """Take everything that another archive has and this one has not.

    One thing that is refused does not stop the others. Cancelling leaves what came in so far, each whole.
    """
    counts = {"new": 0, "same": 0, "differing": 0, "refused": 0}
    items = giver.items()
    for done, item in enumerate(items):
        job.step(done, len(items))
        try:
            outcome = desk.take(giver.give(item)).outcome
        except (ArchiveDamaged, ValueError):
            outcome = "refused"
        counts[outcome] += 1
    job.step(len(items), len(items))
    return MergeReport(**counts)


def write_whole(file: Path, data: bytes, *, may_replace: bool = False) -> None:
    """Write bytes into a file, whole or not at all.

    Raises:
        TargetExists, NotWritable: nothing was written.
    """
    with written_whole(file, may_replace=may_replace) as written:
        written.write(data)
