"""Records of web archives (WARC, ISO 28500; ARC), the one file that knows warcio.

Only :mod:`archive.formats.large_file` uses this, in a process that has nothing to lose. A record is found once, in
:func:`survey`, and read when it is wanted, by its place in the file. What is kept of an answer:

* the body with transfer and content coding undone, as :class:`~archive.model.source.Exchange` has it. A coding that nobody
  can undo stays, and then none is stated as undone;
* the headers in their order and spelling; the pseudo headers of HTTP/2 (``:status``) have no form in a record and are left out;
* an answer that the writer cut (``WARC-Truncated``), or that is shorter than it says, as a part of one;
* ``revisit`` records as the answer that they repeat, at their own moment, with their own headers where they have some.

A damaged record is passed over: the next one is looked for by how records begin.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import brotli
import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from archive.address import normalise
from archive.errors import AddressRefused, DamagedFile, FileTooLarge
from archive.model.source import Exchange
from archive.settings import MIB

RECORD_BYTES = 128 * MIB
_WHOLE_BYTES = 256 * MIB
_ENGINE_ERRORS = (
    ArchiveLoadFailed, EOFError, ValueError, TypeError, AttributeError, KeyError, IndexError, zlib.error, OSError, RecursionError,
)  # fmt: skip
_ANSWERS = frozenset({"response", "resource", "revisit"})
_START = re.compile(rb"(?:^|\n)(?=WARC/\d\.\d\r?\n)|(?=\x1f\x8b\x08)")
_SEARCH_BYTES = MIB
_MOST_DAMAGES = 200
MOVED = "X-Archive-Orig-"
"""Before the name of a header that was true on the wire and is not of the record (pywb's convention)."""

MOVED_FIELD = "Ibid-Moved"
"""The field of a record in which Ibid names the headers that it moved so (ISO 28500 section 5: further fields are allowed)."""

_BARE_ARC = re.compile(r"^\d{14}$")


class _Brotli:
    """Brotli as zlib's objects are.

    WORKAROUND: warcio 1.8.1 sets an attribute that brotli's own objects do not take since 1.2, until warcio no longer does.
    """

    unused_data = b""

    def __init__(self) -> None:
        self._engine = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""
        return bool(self._engine.is_finished())

    def decompress(self, data: bytes) -> bytes:
        """What more of the stream gives."""
        return bytes(self._engine.process(data))


BufferedReader.DECOMPRESSORS["br"] = _Brotli


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record of interest: an answer, or a request. ``part`` is the file it stands in, ``offset`` where.

    ``address`` is normalised; empty for what has none (a screenshot, DNS). ``at`` is aware, UTC, None where it cannot be read.
    """

    part: int
    offset: int
    kind: str
    address: str
    at: datetime | None
    name: str = ""
    concurrent_to: str = ""
    status: int = 0
    media_type: str = ""
    location: str = ""
    referrer: str = ""
    method: str = "GET"
    digest: str = ""
    repeats_address: str = ""
    repeats_at: datetime | None = None


class Damage(msgspec.Struct, frozen=True):
    """A place in a file where no record could be read; the next one was looked for behind it."""

    offset: int


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """An answer read: the exchange, and whether all of it is there."""

    exchange: Exchange
    is_whole: bool


def opened(file: BinaryIO) -> BinaryIO:
    """The file as one that records can be read from by their place: a gzip of many records in one piece is inflated first.

    Raises:
        DamagedFile: it is no web archive.
        FileTooLarge: what would have to be inflated is over the limit.
    """
    file.seek(0)
    head = file.read(2)
    file.seek(0)
    if head != b"\x1f\x8b" or _is_in_members(file):
        return file
    whole = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            while piece := packed.read(MIB):
                whole.write(piece)
                if whole.tell() > _WHOLE_BYTES:
                    raise FileTooLarge(size_bytes=whole.tell(), limit_bytes=_WHOLE_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        if not whole.tell():
            raise DamagedFile(format="warc") from error
    return whole


def _is_in_members(file: BinaryIO) -> bool:
    """Whether each record is a gzip member of its own, judged by the first: it ends where its record does."""
    engine = zlib.decompressobj(wbits=31)
    inflated = b""
    with contextlib.suppress(zlib.error):
        while not engine.eof and len(inflated) < 4 * MIB and (piece := file.read(64 * 1024)):
            inflated += engine.decompress(piece, MIB)
            if engine.unconsumed_tail:
                break
    file.seek(0)
    head, _, rest = inflated.partition(b"\r\n\r\n")
    stated = re.search(rb"(?im)^content-length:\s*(\d+)", head)
    return stated is None or not inflated.startswith(b"WARC/") or len(rest) <= int(stated[1]) + 8


def survey(file: BinaryIO, part: int) -> Iterator[Record | Damage | None]:
    """Every record of a file: of interest, as a Record; any other as None; a place that cannot be read as a Damage.

    Raises:
        DamagedFile: nothing in it is a record.
    """
    file.seek(0)
    met, damages = 0, 0
    start = 0
    while start >= 0:
        file.seek(start)
        records = ArchiveIterator(file, arc2warc=True, verify_http=False)
        at, is_doubtful = start, False
        try:
            for record in records:
                at = records.offset
                met += 1
                found = _record(record, part, at)
                # Damage may leave something that still looks like a record and swallows the beginning of the next one.
                is_doubtful = found is not None and not found.address
                yield found
            following = _next_start(file, at + 1) if is_doubtful else -1
            if following < 0:
                return
            damages += 1
            yield Damage(at)
            start = following if damages < _MOST_DAMAGES else -1
        except _ENGINE_ERRORS as error:
            damages += 1
            at = at if is_doubtful else max(at, records.offset)
            following = _next_start(file, at + 1)
            if not met and following < 0:
                raise DamagedFile(format="warc") from error
            yield Damage(at)
            start = following if damages < _MOST_DAMAGES else -1


def read_answer(file: BinaryIO, record: Record, *, asked: tuple[tuple[str, str], ...] = ()) -> Whole:
    """An answer with its headers and body.

    Args:
        file: where it stands.
        record: a response or resource.
        asked: the headers of the request.

    Raises:
        DamagedFile: it cannot be read.
        FileTooLarge: it is over the limit.
    """
    try:
        found = _at(file, record.offset)
        raw = found.raw_stream.read(RECORD_BYTES + 1)
        is_short = len(raw) <= RECORD_BYTES and getattr(found.raw_stream, "limit", 0) > 0
        headers = _headers(found)
        body, coding, came = _body(found, raw)
        headers, coding = _put_back(headers, coding, found.rec_headers.get_header(MOVED_FIELD) or "")
        stated = _number(found.http_headers.get_header("content-length")) if found.http_headers else None
        is_whole = found.rec_headers.get_header("WARC-Truncated") is None and came
        is_whole = is_whole and not is_short
        if stated is not None and "transfer-encoding" not in {name.lower() for name, _ in headers}:
            is_whole = is_whole and len(raw) >= stated
        protocol, reason = _status_line(found)
    except _ENGINE_ERRORS as error:
        raise DamagedFile(format="warc") from error
    if max(len(raw), len(body)) > RECORD_BYTES:
        raise FileTooLarge(size_bytes=max(len(raw), len(body)), limit_bytes=RECORD_BYTES)
    exchange = Exchange(
        address=record.address,
        method=record.method,
        status=record.status,
        reason=reason,
        request_headers=asked,
        answer_headers=headers or ((("Content-Type", record.media_type),) if record.media_type else ()),
        fetched_at=record.at or datetime(1970, 1, 1, tzinfo=UTC),
        http_version=protocol,
        body=body,
        coding=coding,
    )
    return Whole(exchange=exchange, is_whole=is_whole)


def read_headers(file: BinaryIO, offset: int) -> tuple[tuple[str, str], ...]:
    """The HTTP headers of a request or a revisit; none where they cannot be read."""
    try:
        return _headers(_at(file, offset))
    except _ENGINE_ERRORS:
        return ()


def load_engine() -> None:
    """Write and read a record of our own, so that everything is imported before the process is sealed."""
    whole = io.BytesIO()
    writer = WARCWriter(whole, gzip=True)
    record = writer.create_warc_record(
        "http://a.example/", "resource", payload=io.BytesIO(b"one"), warc_content_type="text/plain"
    )
    writer.write_record(record)
    arc = b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 8\n1 0 a\nb\n\n"
    for data in (whole.getvalue(), arc, b"WARC/1.0\r\n"):
        with contextlib.suppress(DamagedFile):
            for found in survey(opened(io.BytesIO(data)), 0):
                if isinstance(found, Record):
                    read_answer(io.BytesIO(data), found)
    "ё".encode("latin-1", "replace").decode("latin-1")
    _Brotli().decompress(brotli.compress(b"one"))
    normalise("https://пример.бел/")


def _record(found: Any, part: int, offset: int) -> Record | None:
    if found.rec_type not in _ANSWERS and found.rec_type != "request":
        return None
    head = found.rec_headers
    address = _address(head.get_header("WARC-Target-URI"))
    http = found.http_headers
    if found.rec_type == "request":
        method, referrer = _asked(http)
        return Record(
            part=part, offset=offset, kind="request", address=address, at=_moment(head.get_header("WARC-Date")), method=method,
            name=head.get_header("WARC-Record-ID") or "", concurrent_to=head.get_header("WARC-Concurrent-To") or "", referrer=referrer,
        )  # fmt: skip
    is_plain = found.rec_type == "resource" or http is None
    stated = head.get_header("Content-Type") if is_plain else http.get_header("content-type")
    return Record(
        part=part,
        offset=offset,
        kind=found.rec_type,
        address=address,
        at=_moment(head.get_header("WARC-Date")),
        name=head.get_header("WARC-Record-ID") or "",
        concurrent_to=head.get_header("WARC-Concurrent-To") or "",
        status=200 if found.rec_type == "resource" else _number(http.get_statuscode()) or 0 if http is not None else 0,
        media_type=(stated or "").partition(";")[0].strip().lower(),
        location=(http.get_header("location") or "") if http is not None else "",
        digest=head.get_header("WARC-Payload-Digest") or "",
        repeats_address=_address(head.get_header("WARC-Refers-To-Target-URI")) if found.rec_type == "revisit" else "",
        repeats_at=_moment(head.get_header("WARC-Refers-To-Date")) if found.rec_type == "revisit" else None,
    )


def _asked(http: Any) -> tuple[str, str]:
    if http is None:
        return "GET", ""
    return (http.protocol or "GET").upper(), _address(http.get_header("referer"))


def _at(file: BinaryIO, offset: int) -> Any:
    file.seek(offset)
    return next(iter(ArchiveIterator(file, arc2warc=True, verify_http=False)))


def _body(found: Any, raw: bytes) -> tuple[bytes, str, bool]:
    """The body, the coding that was undone, and whether undoing came to its end."""
    http = found.http_headers
    if http is None:
        return raw, "", True
    stated = (http.get_header("content-encoding") or "").strip().lower()
    found.raw_stream = io.BytesIO(raw)
    stream = found.content_stream()
    body = bytearray()
    came = True
    try:
        while len(body) <= RECORD_BYTES and (piece := stream.read(MIB)):
            body += piece
    except _ENGINE_ERRORS:
        came = False
    engine: Any = getattr(stream, "decompressor", None)  # gone where the body had no coding, whatever its headers say
    is_undone = engine is not None and stated in BufferedReader.get_supported_decompressors()
    return bytes(body), stated if is_undone else "", came and (not is_undone or not raw or bool(engine.eof))


def _headers(found: Any) -> tuple[tuple[str, str], ...]:
    headers = found.http_headers.headers if found.http_headers is not None else ()
    return tuple((_clean(name), _clean(value)) for name, value in headers if name and not name.startswith(":"))


def _put_back(headers: tuple[tuple[str, str], ...], coding: str, moved: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The headers as they were on the wire, where Ibid wrote those that were not true of the record under another name, and the coding undone."""
    names = {MOVED.lower() + name for name in moved.lower().split()}
    if not names:
        return headers, coding
    wire: list[tuple[str, str]] = []
    for name, value in headers:
        if name.lower() in names:
            wire.append((name[len(MOVED) :], value))
            if name.lower().endswith("-content-encoding"):
                coding = value
        elif MOVED.lower() + name.lower() not in names:
            wire.append((name, value))
    return tuple(wire), coding


def _status_line(found: Any) -> tuple[str, str]:
    """The protocol and the words behind the status; an answer without HTTP is taken for a good one."""
    http = found.http_headers
    if http is None:
        return "HTTP/1.1", "OK"
    protocol = http.protocol if re.fullmatch(r"HTTP/\d(?:\.\d)?", http.protocol or "") else "HTTP/1.1"
    return protocol, _clean(http.statusline.partition(" ")[2])


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _address(text: str | None) -> str:
    """The normalised address; empty for what is none. Old programs write it between angle brackets."""
    try:
        return normalise((text or "").strip().removeprefix("<").removesuffix(">"))
    except AddressRefused:
        return ""


def _moment(text: str | None) -> datetime | None:
    text = (text or "").strip()
    try:
        if _BARE_ARC.match(text):
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,15}", text.strip()) else None


def _next_start(file: BinaryIO, offset: int) -> int:
    """Where the next thing begins that looks like a record; -1 where there is none."""
    file.seek(offset)
    while piece := file.read(_SEARCH_BYTES):
        found = _START.search(piece)
        if found and offset + found.end() > 0:
            return offset + found.end()
        if len(piece) < _SEARCH_BYTES:
            return -1
        offset += len(piece) - 16
        file.seek(offset)
    return -1
