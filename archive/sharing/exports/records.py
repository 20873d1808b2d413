"""Captures as records of a web archive (WARC 1.1, ISO 28500:2017), the one file that writes them with warcio.

* One ``response`` for every exchange, and its ``request`` where one was made. What a person added, or a browser froze, was never
  answered by a server: a ``resource``.
* No byte of a payload changes. Where a coding was undone, the headers that would no longer be true go on under another name
  (``X-Archive-Orig-Content-Encoding``) and are named in a field of the record (``Ibid-Moved``): :mod:`archive.formats.warc` puts
  them back, so that the capture has its name again.
* A cookie is the visitor's, not the page's, and is not in an archive in the first place.
* Beside each page a ``metadata`` record says what Ibid knows of the capture: verdict, way, evidence.
* The same captures give the same bytes: names of records are made from those of captures, and no clock of the exporter is in them.
"""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import msgspec
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.formats.warc import MOVED, MOVED_FIELD
from archive.model.sharing import ParcelCapture
from archive.model.source import Exchange, Verdict, page_of

_NAMES = uuid.UUID("1f0a6a52-6d0e-5a2b-9a1e-49626964a001")
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_METHOD = re.compile(r"[A-Z]{1,20}")
_ASKED = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PROTOCOL = re.compile(r"HTTP/\d(?:\.\d)?")
_BREAKS = re.compile(r"[\r\n\0]+")


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it was written, for an index: where its record begins and how long it is in the file, both in bytes."""

    address: str
    at: datetime
    media_type: str
    status: int
    digest: str
    offset: int
    length: int


class Records:
    """Writes the records of captures.

    Args:
        file: where; what was written before counts into the offsets.
        program: name and version, for the first record.
        at: the moment that the first record states.
    """

    def __init__(self, file: BinaryIO, *, program: str, at: datetime) -> None:
        self._file = _Counted(file)
        self._writer = _Writer(self._file, gzip=True, warc_version="1.1")
        fields = f"software: {program}\r\nformat: WARC File Format 1.1\r\nconformsTo: {_CONFORMS_TO}\r\n"
        self._write("warcinfo", "", _name("warcinfo", program, at.isoformat()), at, fields.encode(), "application/warc-fields")

    def add(self, parcel: ParcelCapture) -> Iterator[Written]:
        """Write everything of one capture.

        Yields:
            Each answer, as it was written.
        """
        capture = parcel.capture
        page = page_of(parcel.exchanges)
        for n, exchange in enumerate(parcel.exchanges):
            name = _name(capture.capture, str(n))
            # A page that came whole may be partly saved too, for what it needs and lacks: then that is in the evidence.
            is_cut = exchange is page and capture.verdict is Verdict.PARTIAL and not capture.evidence.missing
            yield self._answer(exchange, name, is_cut=is_cut)
            if exchange.request_headers and exchange.method in _ASKED:
                self._request(exchange, name)
            if exchange is page:
                known = {
                    "capture": capture.capture,
                    "source": capture.address,
                    "verdict": capture.verdict,
                    "way": capture.way,
                    "evidence": capture.evidence,
                }
                about = _name(capture.capture, "about")
                self._write(
                    "metadata",
                    exchange.address,
                    about,
                    exchange.fetched_at,
                    msgspec.json.encode(known),
                    "application/json",
                    beside=name,
                )

    def _answer(self, exchange: Exchange, name: str, *, is_cut: bool) -> Written:
        start = self._file.size_bytes
        media_type = _header(exchange.answer_headers, "content-type")
        more = {"WARC-Truncated": "unspecified"} if is_cut else {}
        if exchange.method in _ASKED:
            headers, moved = answer_headers(exchange, is_cut=is_cut)
            if moved:
                more[MOVED_FIELD] = " ".join(moved)
            protocol = exchange.http_version if _PROTOCOL.fullmatch(exchange.http_version) else "HTTP/1.1"
            http = _Headers(f"{exchange.status} {_line(exchange.reason)}".strip(), headers, protocol=protocol)
            digest = self._write("response", exchange.address, name, exchange.fetched_at, exchange.body, http=http, more=more)
        else:
            content = media_type or "application/octet-stream"
            digest = self._write("resource", exchange.address, name, exchange.fetched_at, exchange.body, content, more=more)
        return Written(
            address=exchange.address,
            at=exchange.fetched_at,
            media_type=media_type.partition(";")[0].strip().lower(),
            status=exchange.status,
            digest=digest,
            offset=start,
            length=self._file.size_bytes - start,
        )

    def _request(self, exchange: Exchange, answer: str) -> None:
        parts = urlsplit(exchange.address)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        method = exchange.method if _METHOD.fullmatch(exchange.method) else "GET"
        headers = [(_line(name), _line(value)) for name, value in exchange.request_headers]
        http = _Headers(f"{method} {path} HTTP/1.1", headers, is_http_request=True)
        self._write("request", exchange.address, _name(answer, "request"), exchange.fetched_at, b"", http=http, beside=answer)

    def _write(
        self,
        kind: str,
        address: str,
        name: str,
        at: datetime,
        payload: bytes,
        content: str = "",
        *,
        http: _Headers | None = None,
        beside: str = "",
        more: dict[str, str] | None = None,
    ) -> str:
        """Write one record; the digest of its payload as the record states it, empty where it states none."""
        fields = {"WARC-Record-ID": f"<{name}>", "WARC-Date": _moment(at)} | (more or {})
        if beside:
            fields["WARC-Concurrent-To"] = f"<{beside}>"
        record: Any = self._writer.create_warc_record(
            address,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_content_type=content,
            warc_headers_dict=fields,
            http_headers=http,
        )
        self._writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Payload-Digest") or "")


def answer_headers(exchange: Exchange, *, is_cut: bool = False) -> tuple[list[tuple[str, str]], list[str]]:
    """The headers of an answer as they are true of its body without codings, and the names of those that are not and were moved.

    A cut answer keeps the length that the server stated: it is what shows how much is missing.
    """
    headers: list[tuple[str, str]] = []
    moved: list[str] = []
    for name, value in ((_line(name), _line(value)) for name, value in exchange.answer_headers):
        folded = name.lower()
        is_length = folded == "content-length" and not is_cut and value.strip() != str(len(exchange.body))
        if folded == "transfer-encoding" or is_length or (folded == "content-encoding" and exchange.coding):
            headers.append((MOVED + name, value))
            moved.append(folded)
        else:
            headers.append((name, value))
        if is_length:
            headers.append((name, str(len(exchange.body))))
    return headers, moved


class _Headers(StatusAndHeaders):  # type: ignore[misc]  # warcio states no types
    """Headers as bytes: those of the wire, where they came from it (RFC 9110 section 5.5), and not percent-encoded ones in their place."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        lines = self.to_str(header_filter).split("\r\n")
        self.headers_buff = b"\r\n".join(map(_as_on_the_wire, lines)) + b"\r\n"


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio states no types
    """warcio's writer without its temporary files: nothing readable is written but what the person asked for."""

    _create_temp_file = staticmethod(io.BytesIO)


class _Counted(io.RawIOBase):
    """Writes on, and counts."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._into = file
        self.size_bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._into.write(data)
        self.size_bytes += len(data)
        return len(data)


def _name(*parts: str) -> str:
    return uuid.uuid5(_NAMES, "/".join(parts)).urn


def _moment(at: datetime) -> str:
    """ISO 8601 in UTC; fractions of a second only where there are some (section 5.4 of version 1.1)."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _as_on_the_wire(line: str) -> bytes:
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode(errors="replace")


def _line(text: str) -> str:
    """A header's text on one line, whoever made the volume that it stands in."""
    return _BREAKS.sub(" ", text)


def _header(headers: Sequence[tuple[str, str]], name: str) -> str:
    return _line(next((value for found, value in headers if found.lower() == name), ""))
