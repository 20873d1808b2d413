"""Many sources saved: which, in which order, several under way at once, one line for each whatever happens.

* A loader goes outside and has no archive; the desk has the archive and does not go outside. What passes between them passes here.
* Never two at once to one host, unless the person named it as a host of his own. A few at once altogether.
* What is kept is on the disk before it is told. Killed at any moment, what was told is kept, and the next run goes on: what was tried in this one
  comes after what was not (:mod:`archive.storage.attempts`).
* Where the desk says that a page seems to be built by its own scripts and there is a browser, the browser loads it as a second step.
"""

from __future__ import annotations

import heapq
import queue
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from archive import machine
from archive.address import host_of, normalise, place_of
from archive.api import FrontDesk
from archive.capture.risk import in_order, read_listed
from archive.errors import (
    AddressRefused,
    ArchiveError,
    DiskFull,
    Fact,
    HostsUnreadable,
    IbidError,
    NotWritable,
    ProcessLost,
    SourceNotFound,
)
from archive.model.capturing import CaptureFate, CaptureLine, Choice, ListedHost, PlannedSource, WorkEntry
from archive.model.document import Role
from archive.model.source import CaptureOutcome, FetchOrder, Loader, SourceState
from archive.progress import Cancelled, Job
from archive.values import now

AT_ONCE = 2
WORTH_TRYING = frozenset({SourceState.WAITING, SourceState.FAILED, SourceState.PARTIAL})
"""States of sources that are asked for without being named; RETRIED only when the person says so."""
RETRIED = frozenset({SourceState.GONE, SourceState.REFUSED})
_LOOK_S = 0.1
_LONGEST_LIST = 4 * 1024 * 1024
_NO_USE_GOING_ON = (DiskFull, NotWritable, ArchiveError)
_WORTH = {SourceState.SAVED: 2, SourceState.PARTIAL: 1}
_MIDDLE = {4: "-07-01", 7: "-15"}

Told = Callable[[CaptureLine], None]
"""Gets a line whenever something became of its source."""


def find_work(
    desk: FrontDesk, choice: Choice, *, listed: Sequence[ListedHost] = (), today: date | None = None
) -> list[PlannedSource]:
    """The sources that a person chose, in the order in which they are asked for, each with its reasons.

    Args:
        desk: the archive.
        choice: which.
        listed: the person's own list of hosts.
        today: by which ages count; None for this day.

    Raises:
        DocumentNotFound, DocumentAmbiguous, CollectionNotFound: as for the reports and the collection.
        SourceNotFound, AddressRefused: one of ``only`` is cited nowhere, or is no address.
    """
    if choice.only:
        entries = desk.work_list(documents=choice.reports or None, collection=choice.collection or None)
        chosen = _named(entries, choice.only)
        planned = in_order([entry for entry, _address in chosen.values()], listed=listed, today=today or now().date())
        return [replace(one, address=chosen[one.address][1]) for one in planned]
    states = WORTH_TRYING | (RETRIED if choice.is_retry else frozenset())
    return [one for one in all_work(desk, choice, listed=listed, today=today) if one.entry.source.state in states]


def all_work(
    desk: FrontDesk, choice: Choice, *, listed: Sequence[ListedHost] = (), today: date | None = None
) -> list[PlannedSource]:
    """Every source of the reports and the collection that a person chose, in the same order, whatever its state.

    Raises:
        DocumentNotFound, DocumentAmbiguous, CollectionNotFound: as for the reports and the collection.
    """
    entries = desk.work_list(documents=choice.reports or None, collection=choice.collection or None)
    return in_order(entries, listed=listed, today=today or now().date())


def read_hosts(file: Path) -> tuple[ListedHost, ...]:
    """A person's own list of hosts out of a file; see :func:`archive.capture.risk.read_listed`.

    Raises:
        HostsUnreadable, UnreadableFile, FileTooLarge: it is none, or cannot be read.
    """
    try:
        return read_listed(machine.read_file(file, limit_bytes=_LONGEST_LIST).decode())
    except UnicodeDecodeError as error:
        raise HostsUnreadable(line=1 + error.object[: error.start].count(b"\n")) from error


def lines_of(work: Iterable[PlannedSource]) -> list[CaptureLine]:
    """A line for each source, in their order, with which nothing has happened yet."""
    return [_line(n, planned) for n, planned in enumerate(work)]


def order_of(planned: PlannedSource, *, allowed_private: Sequence[str] = (), may_ask_archives: bool = True) -> FetchOrder:
    """What a loader is asked: the day that is meant is the one on which an author saw the page, else that of the report."""
    entry = planned.entry
    return FetchOrder(
        address=planned.address,
        allowed_private=tuple(allowed_private),
        nearest_to=_day(entry.accessed_on) or _day(entry.reported_on),
        may_ask_archives=may_ask_archives,
    )


def capture_many(
    desk: FrontDesk,
    loader: Loader,
    work: Sequence[PlannedSource],
    *,
    job: Job,
    told: Told,
    browser: Loader | None = None,
    at_once: int = AT_ONCE,
    allowed_private: Sequence[str] = (),
    may_ask_archives: bool = True,
    is_run: bool = True,
) -> None:
    """Fetch sources, a few at once, and keep each as it comes; one that fails stops none of the others.

    Lines are told in the calling thread: when a source begins, when the browser goes on with it, when it is over. When the job is paused, what is under way is finished
    and nothing is begun. When it is cancelled, what is under way is left at once and told untouched, as is the rest; so it is when the archive takes no more.

    Args:
        desk: the archive; it alone writes.
        loader: brings the answers; it alone goes outside.
        work: from :func:`find_work`.
        job: a step for each source that is over.
        told: called with every line, in the order in which things happen.
        browser: loads pages that their own scripts build; None leaves them as they came.
        at_once: how many are under way at most.
        allowed_private: hosts that may be private, named by the person; several of their pages may be asked for at once.
        may_ask_archives: whether web archives of others may be asked for copies.
        is_run: the sources are all that there is to do; False for a few that the person picked, which leave a run that was stopped as it is.

    Raises:
        MachineError, ArchiveError: the archive takes no more (disk full, keeper gone), or the fetcher is gone; all lines were told.
    """
    run = _Run(desk, loader, browser, work, job=job, told=told, lifted=frozenset(allowed_private))
    run.order_of = lambda planned: order_of(planned, allowed_private=allowed_private, may_ask_archives=may_ask_archives)
    if is_run and work:
        desk.begin_run()
    with ThreadPoolExecutor(max(1, at_once), "ibid-fetch") as pool:
        run.go(pool, at_once=max(1, at_once))
    if run.fatal is not None:
        raise run.fatal
    if is_run and not job.is_cancelled:
        desk.end_run()


def follow_all(desk: FrontDesk, choice: Choice) -> tuple[str, ...]:
    """Let what captured documents cite be sources too: of the sources that a person chose, those that were saved as documents with notes.

    Returns:
        The identifiers of these documents: their sources are what a second run is about.
    """
    entries = desk.work_list(documents=choice.reports or None, collection=choice.collection or None)
    roles = {each.document.document: each.document.role for each in desk.documents()}
    noted = {each.document.document for each in desk.documents(role=Role.SOURCE) if each.document.notes}
    followed = dict.fromkeys(
        capture.document
        for entry in entries
        if any(roles.get(place.document) is Role.REPORT for place in entry.source.cited_at)
        for capture in entry.source.captures
        if capture.document is not None and capture.document in noted
    )
    for document in followed:
        desk.follow(document)
    return tuple(followed)


class _Run:
    """One run: who is next, what is under way, what became of it."""

    def __init__(
        self,
        desk: FrontDesk,
        loader: Loader,
        browser: Loader | None,
        work: Sequence[PlannedSource],
        *,
        job: Job,
        told: Told,
        lifted: frozenset[str],
    ) -> None:
        self._desk, self._loader, self._browser, self._work = desk, loader, browser, work
        self._job, self._told = job, told
        self._next = _Queues(work, lifted)
        self._under_way: dict[Future[CaptureOutcome], int] = {}
        self._in_browser: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._over = 0
        self.fatal: IbidError | None = None
        self.order_of: Callable[[PlannedSource], FetchOrder] = order_of

    def go(self, pool: ThreadPoolExecutor, *, at_once: int) -> None:
        """Start each when it is its turn, and tell every line before returning or raising."""
        left = set(range(len(self._work)))
        try:
            while (self._next or self._under_way) and not self._is_to_stop():
                while self._next and len(self._under_way) < at_once and not (self._is_to_stop() or self._job.is_paused):
                    n = self._next.take()
                    left.discard(n)
                    self._told(replace(self._line(n), fate=CaptureFate.UNDER_WAY))
                    self._under_way[pool.submit(self._one, n)] = n
                if self._under_way:
                    self._take_back()
                else:
                    self._job.wait_while_paused(_LOOK_S)
        finally:
            while self._under_way:
                self._leave()
                self._take_back()
            for n in sorted(left):
                self._tell(n, replace(self._line(n), fate=CaptureFate.UNTOUCHED))

    def _one(self, n: int) -> CaptureOutcome:
        """One source, in a thread of the pool."""
        order = self.order_of(self._work[n])
        if self._job.is_cancelled:
            raise Cancelled
        outcome = self._desk.keep(self._loader.load(order))
        if outcome.wants_browser and self._browser is not None and not self._job.is_cancelled:
            try:
                self._in_browser.put(n)
                second = self._desk.keep(self._browser.load(replace(order, first_words=outcome.text_words)))
            except ProcessLost as error:
                if error.facts["process"] == "keeper":
                    raise
                self._browser = None  # it is gone; what the first step brought is kept
            else:
                is_better = second.verdict is not None and _WORTH.get(second.state, 0) >= _WORTH.get(outcome.state, 0)
                outcome = replace(second if is_better else outcome, wants_browser=False)
        return outcome

    def _is_to_stop(self) -> bool:
        return self._job.is_cancelled or self.fatal is not None

    def _leave(self) -> None:
        """Leave what is under way; asked again, because a loader leaves only what it has been asked for by then."""
        for each in (self._loader, self._browser):
            if each is not None:
                each.cancel()

    def _take_back(self) -> None:
        finished, _ = wait(self._under_way, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
        while not self._in_browser.empty():
            n = self._in_browser.get()
            self._told(replace(self._line(n), fate=CaptureFate.IN_BROWSER))
        for future in sorted(finished, key=lambda one: self._under_way[one]):
            n = self._under_way.pop(future)
            self._next.give_back(n)
            error = future.exception()
            self._tell(n, _ended(self._line(n), future.result()) if error is None else self._failed(n, error))

    def _failed(self, n: int, error: BaseException) -> CaptureLine:
        line = self._line(n)
        if isinstance(error, Cancelled):
            return replace(line, fate=CaptureFate.UNTOUCHED)
        code, facts = "bug", dict[str, Fact]()
        if isinstance(error, IbidError):
            code, facts = error.code(), error.facts
            if isinstance(error, (*_NO_USE_GOING_ON, ProcessLost)):
                self.fatal = error
        return replace(line, fate=CaptureFate.BROKEN, error=code, facts=facts)

    def _line(self, n: int) -> CaptureLine:
        return _line(n, self._work[n])

    def _tell(self, n: int, line: CaptureLine) -> None:
        self._over += 1
        self._told(line)
        with suppress(Cancelled):  # whoever cancelled is told by the lines that are untouched
            self._job.step(self._over, len(self._work), self._work[n].address)


class _Queues:
    """Sources in their order, of each host one at a time."""

    def __init__(self, work: Sequence[PlannedSource], lifted: frozenset[str]) -> None:
        self._hosts = [_key(planned.address, n, lifted) for n, planned in enumerate(work)]
        self._waiting: dict[str, deque[int]] = {}
        for n, host in enumerate(self._hosts):
            self._waiting.setdefault(host, deque()).append(n)
        self._free = [(waiting[0], host) for host, waiting in self._waiting.items()]
        heapq.heapify(self._free)

    def __bool__(self) -> bool:
        """Whether one can be taken now."""
        return bool(self._free)

    def take(self) -> int:
        """The first whose host is free; it is not free until it is given back."""
        n, host = heapq.heappop(self._free)
        self._waiting[host].popleft()
        return n

    def give_back(self, n: int) -> None:
        """The host of this one is free again."""
        host = self._hosts[n]
        if self._waiting[host]:
            heapq.heappush(self._free, (self._waiting[host][0], host))


def _key(address: str, n: int, lifted: frozenset[str]) -> str:
    try:
        host = host_of(address)
    except AddressRefused:
        host = address
    return f"{n}" if host in lifted else host


def _named(entries: Sequence[WorkEntry], only: Sequence[str]) -> dict[str, tuple[WorkEntry, str]]:
    """By the address that stands for it: each source that was named, and how it is asked for: as it was named where notes spell it so."""
    known = {place_of(entry.source.address): entry for entry in entries}
    found: dict[str, tuple[WorkEntry, str]] = {}
    for text in only:
        address = normalise(text)
        entry = known.get(place_of(address))
        if entry is None:
            raise SourceNotFound(address=address)
        found[entry.source.address] = (entry, address if address in entry.source.spellings else entry.source.address)
    return found


def _line(n: int, planned: PlannedSource) -> CaptureLine:
    source = planned.entry.source
    return CaptureLine(n=n, address=planned.address, title=planned.entry.title, risks=planned.risks, state=source.state)


def _ended(line: CaptureLine, outcome: CaptureOutcome) -> CaptureLine:
    return replace(
        line,
        fate=CaptureFate.OVER,
        state=outcome.state,
        verdict=outcome.verdict,
        way=outcome.way,
        quoted=outcome.quoted,
        wants_browser=outcome.wants_browser,
        status=outcome.status,
        size_bytes=outcome.size_bytes,
        duration_ms=outcome.duration_ms,
        error=outcome.error,
        facts=outcome.facts,
    )


def _day(text: str | None) -> date | None:
    """A day of ISO 8601; the middle of a month or a year where no more is known."""
    try:
        return date.fromisoformat(text + _MIDDLE.get(len(text), "")) if text else None
    except ValueError:
        return None
