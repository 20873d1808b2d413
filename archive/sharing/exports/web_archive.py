"""Captures as a web archive that other programs open: one WARC, or a WACZ of it with an index and a list of pages.

WACZ is Web Archive Collection Zipped 1.1.1; the index is CDXJ in blocks, as ReplayWeb.page and pywb read it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import parse_qsl, quote_plus, urlsplit

import msgspec

from archive.model.document import PassageKind
from archive.model.sharing import Exported, ParcelCapture
from archive.model.source import page_of
from archive.sharing.exports.records import Records, Written

_VERSION = "1.1.1"
_LINES_IN_A_BLOCK = 1024
_WARC = "archive/data.warc.gz"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_WWW = re.compile(r"^www\d*\.")


def write_warc(file: BinaryIO, captures: Iterable[ParcelCapture], *, program: str) -> Exported:
    """Write captures as one WARC, a gzip member for each record.

    Args:
        file: where.
        captures: gives them, one at a time.
        program: name and version of what writes.

    Raises:
        OSError: the file does not take them.
    """
    records: Records | None = None
    count, answers = 0, 0
    for parcel in captures:
        records = records or Records(file, program=program, at=parcel.capture.taken_at)
        count += 1
        answers += sum(1 for _ in records.add(parcel))
    return Exported(captures=count, answers=answers)


def write_wacz(file: BinaryIO, captures: Iterable[ParcelCapture], *, program: str, title: str) -> Exported:
    """Write captures as a WACZ.

    Args:
        file: where; it can be sought in.
        captures: gives them, one at a time.
        program: name and version of what writes.
        title: of the collection.

    Raises:
        OSError: the file does not take them.
    """
    index: list[str] = []
    pages: list[bytes] = [msgspec.json.encode({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})]
    parts: list[dict[str, object]] = []
    count, latest = 0, datetime(1970, 1, 1, tzinfo=UTC)
    with zipfile.ZipFile(file, "w") as packed:
        with _Part(packed, _WARC, parts) as part:
            records: Records | None = None
            for parcel in captures:
                records = records or Records(part, program=program, at=parcel.capture.taken_at)
                count += 1
                latest = max(latest, parcel.capture.taken_at)
                index += [_index_line(answer) for answer in records.add(parcel)]
                pages.append(_page_line(parcel))
        index.sort(key=str.encode)
        blocks = _write_blocks(packed, index, parts)
        with _Part(packed, "indexes/index.idx", parts) as part:
            part.write("\n".join([_META, *blocks, ""]).encode())
        with _Part(packed, "pages/pages.jsonl", parts) as part:
            part.write(b"\n".join([*pages, b""]))
        package = {
            "profile": "data-package",
            "resources": parts,
            "title": title,
            "created": _seconds(latest),
            "wacz_version": _VERSION,
            "software": program,
        }
        whole = msgspec.json.format(msgspec.json.encode(package))
        with _Part(packed, "datapackage.json", parts) as part:
            part.write(whole)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(whole).hexdigest()}"}
        with _Part(packed, "datapackage-digest.json", parts) as part:
            part.write(msgspec.json.encode(digest))
    return Exported(captures=count, answers=len(index))


_META = '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'


def key_of(address: str) -> str:
    """What an index is sorted by (SURT, as ReplayWeb.page makes it): ``https://www.A.org/x?b=2&a=1`` gives ``org,a)/x?a=1&b=2``.

    Args:
        address: normalised.
    """
    parts = urlsplit(address.lower())
    host = _WWW.sub("", parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    query = sorted(parse_qsl(parts.query, keep_blank_values=True), key=lambda pair: pair[0])
    asked = "?" + "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in query) if query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{asked}"


class _Part:
    """One part of a WACZ, stored as it is; its digest and length are noted when it is closed."""

    def __init__(self, packed: zipfile.ZipFile, path: str, noted: list[dict[str, object]]) -> None:
        self._into = packed.open(zipfile.ZipInfo(path, _NO_DATE), "w", force_zip64=True)
        self._path, self._noted = path, noted
        self._hasher, self.size_bytes = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._hasher.update(data)
        self.size_bytes += len(data)
        return self._into.write(data)

    def __enter__(self) -> BinaryIO:
        return self  # type: ignore[return-value]  # what writes into it needs no more of a file than write()

    def __exit__(self, *_error: object) -> None:
        self._into.close()
        name = self._path.rpartition("/")[2]
        hashed = f"sha256:{self._hasher.hexdigest()}"
        self._noted.append({"name": name, "path": self._path, "hash": hashed, "bytes": self.size_bytes})


def _write_blocks(packed: zipfile.ZipFile, index: list[str], parts: list[dict[str, object]]) -> list[str]:
    """Write the index in blocks that can be unpacked alone; a line about each, under the first key in it."""
    blocks: list[str] = []
    offset = 0
    with _Part(packed, "indexes/index.cdx.gz", parts) as part:
        for first in range(0, len(index), _LINES_IN_A_BLOCK):
            lines = index[first : first + _LINES_IN_A_BLOCK]
            block = gzip.compress("\n".join([*lines, ""]).encode(), mtime=0)
            part.write(block)
            about = {"offset": offset, "length": len(block), "digest": f"sha256:{hashlib.sha256(block).hexdigest()}"}
            blocks.append(f"{' '.join(lines[0].split(' ', 2)[:2])} {_json(about)}")
            offset += len(block)
    return blocks


def _index_line(answer: Written) -> str:
    about = {
        "url": answer.address,
        "mime": answer.media_type,
        "status": str(answer.status),
        "digest": answer.digest,
        "length": str(answer.length),
        "offset": str(answer.offset),
        "filename": _WARC.rpartition("/")[2],
    }
    return f"{key_of(answer.address)} {answer.at.astimezone(UTC):%Y%m%d%H%M%S} {_json(about)}"


def _page_line(parcel: ParcelCapture) -> bytes:
    page = page_of(parcel.exchanges)
    assert page is not None  # a capture has exchanges
    passages = parcel.text.passages if parcel.text is not None else ()
    line = {"id": parcel.capture.capture[:22], "url": page.address, "ts": _seconds(page.fetched_at)}
    if parcel.text is not None:
        line["title"] = parcel.text.document.description.title
        line["text"] = "\n".join(passage.text for passage in passages if passage.kind is not PassageKind.NOTE)
    return msgspec.json.encode(line)


def _seconds(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
