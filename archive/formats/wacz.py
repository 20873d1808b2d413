"""WACZ: web archives in a ZIP, with a list of pages and a table of digests (Web Archive Collection Zipped, 1.1.1).

Only :mod:`archive.formats.large_file` uses this, in a process that has nothing to lose. Parts are read where they stand and never
unpacked: a web archive inside is stored as it is (section 5), and read through a window. One that was deflated all the same is
inflated in memory, within limits.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from archive.address import normalise
from archive.errors import AddressRefused, DamagedFile, FileTooLarge
from archive.model.document import Problem
from archive.model.saved import ListedPage
from archive.settings import MIB

_MOST_PARTS = 100_000
_INFLATED_BYTES = 256 * MIB
_LIST_BYTES = 64 * MIB
_MOST_PAGES = 200_000
_LONGEST_TITLE = 300
_WEB_ARCHIVE = re.compile(r"archive/[^/].*\.w?arc(?:\.gz)?", re.IGNORECASE)
_LIST = re.compile(r"pages/[^/]+\.jsonl", re.IGNORECASE)
_LOCAL_HEAD = struct.Struct("<4s22xHH")
_ENGINE_ERRORS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, IndexError, KeyError,
)  # fmt: skip
_JSON = msgspec.json.Decoder(dict[str, Any])


class Window(io.RawIOBase):
    """``size`` bytes of a file from ``start`` on, as a file of its own that can be read and sought in."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file, self._start, self._size, self._here = file, start, size, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought in."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._here = max(0, {io.SEEK_SET: 0, io.SEEK_CUR: self._here, io.SEEK_END: self._size}[whence] + offset)
        return self._here

    def tell(self) -> int:
        """The place."""
        return self._here

    def readinto(self, buffer: Any) -> int:
        """Fill as much of the buffer as there is."""
        wanted = max(0, min(len(buffer), self._size - self._here))
        self._file.seek(self._start + self._here)
        data = self._file.read(wanted)
        buffer[: len(data)] = data
        self._here += len(data)
        return len(data)


class Wacz:
    """The parts of a WACZ.

    Args:
        file: the whole file.

    Raises:
        DamagedFile: its table of contents cannot be read, or no web archive is in it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(file)
            self._parts = {part.filename: part for part in self._zip.infolist()[:_MOST_PARTS] if not part.is_dir()}
        except _ENGINE_ERRORS as error:
            raise DamagedFile(format="wacz") from error
        self.web_archives = tuple(sorted(name for name in self._parts if _WEB_ARCHIVE.fullmatch(name)))
        if not self.web_archives:
            raise DamagedFile(format="wacz")
        package = self._json("datapackage.json")
        self.title = line(package.get("title"))
        resources = package.get("resources")
        self._stated = [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []
        self.has_digests = bool(self._stated)

    def open(self, name: str) -> BinaryIO:
        """A part as a file that can be read and sought in.

        Raises:
            DamagedFile: it cannot be read, or is encrypted.
            FileTooLarge: it is packed and too large to be unpacked.
        """
        part = self._parts[name]
        try:
            if part.compress_type == zipfile.ZIP_STORED and not part.flag_bits & 0x1:
                self._file.seek(part.header_offset)
                mark, name_bytes, extra_bytes = _LOCAL_HEAD.unpack(self._file.read(_LOCAL_HEAD.size))
                if mark != b"PK\x03\x04":
                    raise DamagedFile(format="wacz")
                start = part.header_offset + _LOCAL_HEAD.size + name_bytes + extra_bytes
                return io.BufferedReader(Window(self._file, start, part.file_size), 64 * 1024)
            return io.BytesIO(self._inflated(name, _INFLATED_BYTES))
        except _ENGINE_ERRORS as error:
            raise DamagedFile(format="wacz") from error

    def pages(self) -> tuple[tuple[ListedPage, ...], tuple[Problem, ...]]:
        """The entries of its lists of pages that have a web address, in order, and what is amiss with the others."""
        found: dict[tuple[str, datetime | None], ListedPage] = {}
        bad = 0
        for name in sorted((name for name in self._parts if _LIST.fullmatch(name)), key=lambda name: name != "pages/pages.jsonl"):
            try:
                lines = self._inflated(name, _LIST_BYTES).splitlines()
            except (*_ENGINE_ERRORS, FileTooLarge):
                bad += 1
                continue
            for text in lines[: _MOST_PAGES + 1]:
                try:
                    entry = _JSON.decode(text) if text.strip() else {"format": ""}
                except (msgspec.MsgspecError, RecursionError, ValueError):
                    bad += 1
                    continue
                if "format" in entry and "url" not in entry:
                    continue
                listed = _listed(entry)
                if listed is not None:
                    found.setdefault((listed.address, listed.taken_at), listed)
                else:
                    bad += 1
        problems = (Problem("page-list-lines-unreadable", str(bad)),) if bad else ()
        return tuple(found.values()), problems

    def check(self) -> Iterator[Problem | None]:
        """Compare every part with the digest that the table states: a Problem where they differ, None for progress."""
        yield from self._check_table()
        for stated in self._stated:
            name, digest = stated.get("path"), stated.get("hash")
            if not isinstance(name, str) or not isinstance(digest, str):
                continue
            kind, _, wanted = digest.partition(":")
            if kind not in {"sha256", "md5"}:
                continue
            if name not in self._parts:
                yield Problem("wacz-part-missing", shown(name))
                continue
            hasher = hashlib.new(kind, usedforsecurity=False)
            try:
                with self._zip.open(self._parts[name]) as part:
                    while piece := part.read(MIB):
                        hasher.update(piece)
                        yield None
            except _ENGINE_ERRORS:
                yield Problem("wacz-digest-differs", shown(name))
                continue
            if hasher.hexdigest() != wanted.strip().lower():
                yield Problem("wacz-digest-differs", shown(name))

    def _check_table(self) -> Iterator[Problem | None]:
        """The digest of the table of digests itself (section 6.4)."""
        stated = self._json("datapackage-digest.json").get("hash")
        if isinstance(stated, str) and stated.startswith("sha256:") and "datapackage.json" in self._parts:
            try:
                table = self._inflated("datapackage.json", _LIST_BYTES)
            except (*_ENGINE_ERRORS, FileTooLarge):
                table = b""
            if hashlib.sha256(table).hexdigest() != stated.partition(":")[2].lower():
                yield Problem("wacz-digest-differs", "datapackage.json")

    def _inflated(self, name: str, limit_bytes: int) -> bytes:
        with self._zip.open(self._parts[name]) as part:
            data = part.read(limit_bytes + 1)
        if len(data) > limit_bytes:
            raise FileTooLarge(size_bytes=len(data), limit_bytes=limit_bytes)
        return data

    def _json(self, name: str) -> dict[str, Any]:
        if name not in self._parts:
            return {}
        try:
            return _JSON.decode(self._inflated(name, _LIST_BYTES))
        except (*_ENGINE_ERRORS, msgspec.MsgspecError, FileTooLarge, RecursionError):
            return {}


def line(value: object) -> str:
    """A stated text as one line of printable characters, not longer than a title is; empty for anything else."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value.encode("utf-8", "replace").decode().split())
    return "".join(letter for letter in words if letter.isprintable())[:_LONGEST_TITLE]


def shown(name: str) -> str:
    """The end of a part's name, for the eye."""
    return line(name)[-80:]


def _listed(entry: dict[str, Any]) -> ListedPage | None:
    address = entry.get("url")
    try:
        normal = normalise(address) if isinstance(address, str) else ""
    except AddressRefused:
        return None
    if not normal:
        return None
    moment = entry.get("ts")
    try:
        taken_at = datetime.fromisoformat(moment) if isinstance(moment, str) else None
    except ValueError:
        taken_at = None
    if taken_at is not None:
        taken_at = (taken_at if taken_at.tzinfo else taken_at.replace(tzinfo=UTC)).astimezone(UTC)
    return ListedPage(address=normal, title=line(entry.get("title")), taken_at=taken_at)


def load_engine() -> None:
    """Read a file of our own, so that everything is imported before the process is sealed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("archive/a.warc", b"one")
        made.writestr("pages/pages.jsonl", b'{"url": "https://a.example/", "ts": "2025-01-15T10:00:00Z"}')
        made.writestr(
            "datapackage.json", b'{"resources": [{"path": "archive/a.warc", "hash": "sha256:0"}, {"path": "a", "hash": "md5:0"}]}'
        )
    b"\x80".decode("cp437")  # how names without a mark are written
    found = Wacz(io.BytesIO(whole.getvalue()))
    found.pages()
    found.open("archive/a.warc")
    for _ in found.check():
        pass
