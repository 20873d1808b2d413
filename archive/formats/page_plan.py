"""Which records of a web archive are pages, and what each page needs: pure functions over the records that a survey found.

* A page is a good answer (2xx) that people read: HTML, PDF, text, office files and books. Where a WACZ lists its pages, those are the pages.
* A redirect that leads to a page is a page too, at its own address, with the whole chain.
* What a page needs is what it or its styles name (pictures, styles, frames, fonts, scripts), and what was asked for with the page as
  referrer. Of several answers of one address the one nearest in time is meant.
* Whatever is left over is brought all the same, at its own address and without text: nothing of a file is dropped unsaid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from archive.formats.warc import Record
from archive.model.saved import ListedPage
from archive.references import references_of, resolve

_READ = frozenset({
    "text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown", "application/rtf", "text/rtf",
    "application/epub+zip", "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "",
})  # fmt: skip
_NOT_READ = (".js", ".mjs", ".css", ".json", ".map", ".ico", "/robots.txt", ".woff", ".woff2", ".ttf", ".xml")
_MOST_REDIRECTS = 20
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Answers:
    """The answers of a web archive by address.

    Args:
        records: every answer that can be told apart, in file order; requests are passed over.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self._by_address: defaultdict[str, list[int]] = defaultdict(list)
        self._by_digest: dict[str, int] = {}
        for number, record in enumerate(records):
            if record.kind == "request" or not record.address:
                continue
            self._by_address[record.address].append(number)
            if record.digest and record.kind != "revisit":
                self._by_digest.setdefault(record.digest, number)

    def nearest(self, address: str, at: datetime | None) -> int | None:
        """The answer of this address that is nearest in time, a good one before any other; None where there is none."""
        found = self._by_address.get(address)
        if not found:
            return None
        return min(found, key=lambda number: (not _is_good(self.records[number]), _apart_s(self.records[number].at, at)))

    def repeated(self, record: Record) -> int | None:
        """The answer whose body a revisit repeats; None where this file has it not."""
        if record.digest in self._by_digest:
            return self._by_digest[record.digest]
        named = [number for number in self._by_address.get(record.repeats_address, ()) if self.records[number].kind != "revisit"]
        return min(named, key=lambda number: _apart_s(self.records[number].at, record.repeats_at), default=None)

    def chain(self, number: int) -> tuple[int, ...]:
        """The answers that one leads to by redirects, itself first; it ends where nothing answers or a circle closes."""
        chain = [number]
        while len(chain) <= _MOST_REDIRECTS:
            record = self.records[chain[-1]]
            following = self.nearest(resolve(record.address, record.location), record.at) if is_redirect(record) else None
            if following is None or following in chain:
                break
            chain.append(following)
        return tuple(chain)


def pages(answers: Answers, listed: Sequence[ListedPage]) -> list[tuple[int, ...]]:
    """The pages of a web archive, each as the numbers of its redirects and, last, the page itself; in the order of the list, if there is one."""
    named = [answers.nearest(page.address, page.taken_at) for page in listed]
    wanted: dict[int, tuple[int, ...]] = {}
    for number in dict.fromkeys(number for number in named if number is not None):
        chain = answers.chain(number)
        if _is_good(answers.records[chain[-1]]):
            wanted[number] = chain
    has_list = bool(wanted)
    ends = {chain[-1] for chain in wanted.values()}
    for number, record in enumerate(answers.records):
        if number in wanted or record.kind == "request" or not record.address:
            continue
        chain = answers.chain(number) if is_redirect(record) else (number,)
        last = answers.records[chain[-1]]
        if not _is_good(last) or not is_read(last):
            continue
        if not has_list or (len(chain) > 1 and chain[-1] in ends):
            wanted[number] = chain
    return list(wanted.values())


def left_over(answers: Answers, claimed: set[int]) -> list[tuple[int, ...]]:
    """The good answers that nothing has claimed, each alone."""
    return [
        (number,)
        for number, record in enumerate(answers.records)
        if record.kind != "request" and record.address and number not in claimed and _is_good(record)
    ]


def links(page: Record, body: bytes) -> Iterator[str]:
    """The normalised addresses of what a page or a style sheet needs, in order."""
    return (named.address for named in references_of(body, address=page.address, media_type=page.media_type))


def by_referrer(records: Sequence[Record], asked: Mapping[int, Record]) -> dict[str, list[int]]:
    """The answers that were asked for with each address as referrer.

    Args:
        records: all records.
        asked: the request of each answer, by the answer's number.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, request in asked.items():
        if request.referrer and request.referrer != records[number].address:
            found[request.referrer].append(number)
    return found


def requests_of(records: Sequence[Record]) -> dict[int, Record]:
    """The request of each answer: the one that names it or that it names, else the one of its address beside it."""
    by_name = {record.name: record for record in records if record.kind == "request" and record.name}
    by_answer = {record.concurrent_to: record for record in records if record.kind == "request" and record.concurrent_to}
    found: dict[int, Record] = {}
    for number, record in enumerate(records):
        if record.kind == "request":
            continue
        request = by_answer.get(record.name) if record.name else None
        request = request or by_name.get(record.concurrent_to)
        if request is None:
            beside = (records[near] for near in (number - 1, number + 1) if 0 <= near < len(records))
            request = next((one for one in beside if one.kind == "request" and one.address == record.address), None)
        if request is not None:
            found[number] = request
    return found


def is_redirect(record: Record) -> bool:
    """Whether an answer leads elsewhere."""
    return 300 <= record.status < 400 and bool(record.location)


def is_read(record: Record) -> bool:
    """Whether an answer is of a kind that people read."""
    path = unquote(urlsplit(record.address).path).lower()
    return record.media_type in _READ and not (record.media_type in {"", "text/plain"} and path.endswith(_NOT_READ))


def _is_good(record: Record) -> bool:
    return 200 <= record.status < 300 or (record.kind == "revisit" and record.status in {0, 304})


def _apart_s(first: datetime | None, second: datetime | None) -> float:
    if second is None:
        return 0.0
    return abs(((first or _LONG_AGO) - second).total_seconds())
