"""A web archive, first looked through and then read page by page: WARC, ARC, or a WACZ that holds some.

Only :mod:`archive.formats.large_file` uses this, in a process that has nothing to lose.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from archive.errors import DamagedFile, FileTooLarge, IbidError
from archive.formats import page_plan, wacz, warc
from archive.formats.packed import is_packed
from archive.formats.wacz import Wacz, line
from archive.formats.warc import Damage, Record
from archive.model.document import Problem
from archive.model.saved import ListedPage, SavedPage, WebArchiveFacts
from archive.model.source import Ending, Exchange, Fetched, Way
from archive.settings import MIB

_REQUISITES_BYTES = 64 * MIB
_MOST_REQUISITES = 500
_MOST_STYLES = 40
_MOST_RECORDS = 1_000_000


class WebArchive:
    """One web archive. First :meth:`survey` to the end, then :meth:`page` by number, pages first, then what is left over.

    Args:
        file: the whole file; it is read from where it stands, never into memory as a whole.

    Raises:
        DamagedFile: it is no web archive.
        FileTooLarge: it would have to be inflated as a whole and is over the limit.
    """

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        head = file.read(4)
        self._size_bytes = file.seek(0, os.SEEK_END)
        self._wacz = Wacz(file) if is_packed(head) else None
        self._files: list[BinaryIO] = [] if self._wacz else [warc.opened(file)]
        self._records: list[Record] = []
        self._asked: dict[int, Record] = {}
        self._answers = page_plan.Answers(())
        self._pages: list[tuple[int, ...]] = []
        self._left: list[tuple[int, ...]] | None = None
        self._claimed: set[int] = set()
        self._page_ends: set[int] = set()
        self._by_referrer: dict[str, list[int]] = {}
        self._titles: dict[int, str] = {}
        self._met: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self.facts = WebArchiveFacts()

    def survey(self) -> Iterator[tuple[int, int]]:
        """Look through all of it; how far it has come, after every record, in bytes.

        Raises:
            DamagedFile: not one record can be read.
        """
        total = self._size_bytes * (2 if self._wacz and self._wacz.has_digests else 1)
        done = 0
        if self._wacz is not None:
            for found in self._wacz.check():
                if found is None:
                    done += MIB
                else:
                    self._problems.append(found)
                yield min(done, self._size_bytes), total
            done = total - self._size_bytes
            self._open_parts()
        for part, file in enumerate(self._files):
            size = file.seek(0, os.SEEK_END)
            for offset in self._look_through(file, part):
                yield min(done + offset, total), total
            done += size
        self._plan()
        yield total, total

    def page(self, number: int) -> SavedPage | None:
        """One page, or what is left over behind the pages; None behind the last.

        Raises:
            DamagedFile, FileTooLarge: this one cannot be brought; the next can.
        """
        if number < len(self._pages):
            return self._read(self._pages[number], is_page=True)
        if self._left is None:
            self._left = page_plan.left_over(self._answers, self._claimed)
        number -= len(self._pages)
        if number >= len(self._left):
            return None
        return self._read(self._left[number], is_page=page_plan.is_read(self._records[self._left[number][-1]]))

    def page_of(self, address: str) -> SavedPage | None:
        """The answer of one address (or of the same under the other of http and https) with what it needs, the latest where there are
        several; None where it is not in here.
        """
        scheme, _, rest = address.partition(":")
        for wanted in (address, f"{'http' if scheme == 'https' else 'https'}:{rest}"):
            found = [number for number, chain in enumerate(self._pages) if wanted == self._records[chain[0]].address]
            if found:
                return self.page(found[-1])
            number = self._answers.nearest(wanted, None)
            if number is not None:
                return self._read(self._answers.chain(number), is_page=True)
        return None

    def _open_parts(self) -> None:
        assert self._wacz is not None
        for name in self._wacz.web_archives:
            try:
                self._files.append(warc.opened(self._wacz.open(name)))
            except (DamagedFile, FileTooLarge):
                self._problems.append(Problem("web-archive-part-unreadable", line(name)[-80:]))
                if len(self._wacz.web_archives) == 1:
                    raise

    def _look_through(self, file: BinaryIO, part: int) -> Iterator[int]:
        try:
            for found in warc.survey(file, part):
                self._met["records"] += 1
                if isinstance(found, Damage):
                    self._met["damages"] += 1
                    yield found.offset
                elif found is not None:
                    if found.kind != "request" and not found.address:
                        self._met["nameless"] += 1
                    elif len(self._records) < _MOST_RECORDS:
                        self._records.append(found)
                    yield found.offset
        except DamagedFile:
            if len(self._files) == 1:
                raise
            self._problems.append(Problem("web-archive-part-unreadable", str(part + 1)))

    def _plan(self) -> None:
        """Decide which records are pages, once all are known."""
        listed: tuple[ListedPage, ...] = ()
        if self._wacz is not None:
            listed, problems = self._wacz.pages()
            self._problems += problems
        self._asked = page_plan.requests_of(self._records)
        known = page_plan.Answers(self._records)
        self._records = [
            msgspec.structs.replace(self._settled(record, known), method=self._method(number))
            for number, record in enumerate(self._records)
        ]
        self._answers = page_plan.Answers(self._records)
        self._by_referrer = page_plan.by_referrer(self._records, self._asked)
        self._pages = page_plan.pages(self._answers, listed)
        self._claimed = {number for chain in self._pages for number in chain}
        self._page_ends = {chain[-1] for chain in self._pages}
        for page in listed:
            number = self._answers.nearest(page.address, page.taken_at)
            if number is not None and page.title:
                self._titles.setdefault(number, page.title)
        made = tuple(
            ListedPage(address=record.address, taken_at=record.at)
            for record in (self._records[chain[0]] for chain in self._pages if len(chain) == 1)
        )
        self.facts = WebArchiveFacts(
            title=self._wacz.title if self._wacz is not None else "",
            records=self._met["records"],
            pages=len(self._pages),
            listed=listed or made,
            has_list=bool(listed),
            problems=(*self._problems, *self._counted()),
        )

    def _counted(self) -> Iterator[Problem]:
        if self._met["damages"]:
            yield Problem("web-archive-records-damaged", str(self._met["damages"]))
        if self._met["nameless"]:
            yield Problem("web-archive-records-nameless", str(self._met["nameless"]))
        if self._met["unrepeatable"]:
            yield Problem("web-archive-records-unrepeatable", str(self._met["unrepeatable"]))

    def _method(self, number: int) -> str:
        return self._asked[number].method if number in self._asked else "GET"

    def _settled(self, record: Record, known: page_plan.Answers) -> Record:
        """A revisit with the status and kind of what it repeats, where it does not say them itself; one that repeats nothing here has no status."""
        if record.kind != "revisit":
            return record
        number = known.repeated(record)
        if number is None:
            self._met["unrepeatable"] += 1
            return msgspec.structs.replace(record, status=0, kind="lost")
        repeated = known.records[number]
        is_own = 200 <= record.status < 300 or page_plan.is_redirect(record)
        return msgspec.structs.replace(
            record,
            status=record.status if is_own else repeated.status,
            media_type=record.media_type if is_own and record.media_type else repeated.media_type,
            location=record.location or repeated.location,
        )

    def _read(self, chain: tuple[int, ...], *, is_page: bool) -> SavedPage:
        """A page with its redirects and what it needs; those that cannot be read are left out of the latter."""
        answers = [self._answer(number) for number in chain]
        last = answers[-1]
        requisites = self._requisites(chain, last.exchange.body) if is_page else ()
        fetched = Fetched(
            address=self._records[chain[0]].address,
            ending=Ending.COMPLETE if last.is_whole else Ending.PARTIAL,
            exchanges=tuple(answer.exchange for answer in answers),
            requisites=requisites,
            way=Way.FILE,
        )
        title = next((self._titles[number] for number in chain if number in self._titles), "")
        return SavedPage(fetched=fetched, title=title, is_page=is_page)

    def _answer(self, number: int) -> warc.Whole:
        record = self._records[number]
        request = self._asked.get(number)
        asked = warc.read_headers(self._files[request.part], request.offset) if request is not None else ()
        if record.kind != "revisit":
            return warc.read_answer(self._files[record.part], record, asked=asked)
        repeated = self._answers.repeated(record)
        if repeated is None:
            raise DamagedFile(format="warc")
        origin = self._records[repeated]
        there = msgspec.structs.replace(record, part=origin.part, offset=origin.offset)
        whole = warc.read_answer(self._files[origin.part], there, asked=asked)
        own = warc.read_headers(self._files[record.part], record.offset)
        headers = own or whole.exchange.answer_headers
        return msgspec.structs.replace(whole, exchange=msgspec.structs.replace(whole.exchange, answer_headers=headers))

    def _requisites(self, chain: tuple[int, ...], body: bytes) -> tuple[Exchange, ...]:
        """What the page names, what its styles name, and what was asked for on its account; within limits."""
        page = self._records[chain[-1]]
        found: dict[int, Exchange] = {}
        left_bytes = _REQUISITES_BYTES
        styles = 0
        wanted: list[int | None] = [self._answers.nearest(address, page.at) for address in page_plan.links(page, body)]
        wanted += self._by_referrer.get(page.address, ())
        at = 0
        while at < len(wanted) and len(found) < _MOST_REQUISITES and left_bytes > 0:
            number = wanted[at]
            at += 1
            if number is None or number in found or number in chain or number in self._page_ends:
                continue
            for each in self._answers.chain(number):
                try:
                    exchange = self._answer(each).exchange
                except IbidError:
                    continue
                left_bytes -= len(exchange.body)
                found[each] = exchange
                record = self._records[each]
                if record.media_type == "text/css" and styles < _MOST_STYLES:
                    styles += 1
                    wanted += [self._answers.nearest(address, page.at) for address in page_plan.links(record, exchange.body)]
                    wanted += self._by_referrer.get(record.address, ())
        self._claimed.update(found)
        return tuple(found.values())


def load_engine() -> None:
    """Read a page of our own, so that everything is imported before the process is sealed."""
    warc.load_engine()
    wacz.load_engine()
    archive = WebArchive(io.BytesIO(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"))
    for _ in archive.survey():
        pass
    archive.page(0)
