"""Articles of ZIM files (openZIM), the one file that knows libzim.

Only :mod:`archive.formats.large_file` uses this, in a process that has nothing to lose. libzim takes a path and reads what it needs of the
file, so a file of many gigabytes is never in memory as a whole.

* What is listed is what people read: HTML and PDF, redirects left out.
* A file of up to a gibibyte is compared with the digest that it ends with; a larger one is not, which is said.
* The origin of an article can be told for copies of MediaWikis (``Source`` or ``Name``, and the title as its path) and of web archives
  (the path is the address); else it is left empty.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from libzim.reader import Archive

from archive.address import normalise
from archive.errors import AddressRefused, ArticleNotFound, DamagedFile, FileTooLarge
from archive.model.document import Problem
from archive.model.reading import StatedProperties
from archive.model.saved import Article, ArticleEntries, ArticleEntry, ZimFacts
from archive.settings import MIB
from archive.values import Language

_CHECKED_BYTES = 1024 * MIB
_ARTICLE_BYTES = 64 * MIB
_MOST_LISTED = 3_000_000
_MOST_DAMAGES = 1000
_STEP_ENTRIES = 200
_LONGEST = 300
_DIGEST_BYTES = 16
_CHECKSUM_AT = 72
_ENGINE_ERRORS = (RuntimeError, KeyError, ValueError, IndexError, OSError, TypeError, UnicodeError)
_READ = frozenset({"text/html", "application/xhtml+xml", "application/pdf"})
_LANGUAGES = {"bel": "be", "rus": "ru", "ukr": "uk", "eng": "en"}
_WIKI_NAME = re.compile(
    r"(wikipedia|wikibooks|wikinews|wikisource|wikiquote|wiktionary|wikivoyage|wikiversity)_([a-z-]{2,12})(?:_|$)"
)
_WIKI_HOST = re.compile(r"(?:^|[/.])wik(?:i|t)[a-z]*\.org(?:$|/)")


class Zim:
    """One ZIM file. First :meth:`survey` to the end; the rest of the methods after that.

    Args:
        place: a path that libzim can open.
        file: the same file.

    Raises:
        DamagedFile: libzim does not take it.
    """

    def __init__(self, place: str, file: BinaryIO) -> None:
        try:
            self._archive: Any = Archive(Path(place))
            self._has_namespaces = not self._archive.has_new_namespace_scheme
        except _ENGINE_ERRORS as error:
            raise DamagedFile(format="zim") from error
        self._file = file
        self._numbers = array("I")
        self._titles: list[str] = []
        self._stated = {
            name: self._metadata(name)
            for name in ("Title", "Language", "Publisher", "Creator", "Date", "Source", "Name", "Scraper")
        }
        self._site = _site(self._stated)
        self.facts = ZimFacts()

    def survey(self) -> Iterator[tuple[int, int]]:
        """Compare the file with its digest and list its articles; how far it has come.

        Raises:
            DamagedFile: it is not what its digest says, or nothing in it can be read.
        """
        size_bytes = self._file.seek(0, io.SEEK_END)
        entries = min(self._entries(), _MOST_LISTED * 4)
        problems: list[Problem] = []
        checked = size_bytes // MIB if size_bytes <= _CHECKED_BYTES else 0
        total = entries + checked
        if checked or size_bytes <= _CHECKED_BYTES:
            for done in self._check():
                yield done, total
        else:
            problems.append(Problem("zim-unchecked", f"{size_bytes // MIB} MiB"))
        damages = 0
        for number in range(entries):
            try:
                self._list(number)
            except _ENGINE_ERRORS:
                damages += 1
                if damages > _MOST_DAMAGES:
                    raise DamagedFile(format="zim") from None
            if number % _STEP_ENTRIES == 0:
                yield checked + number, total
        if damages:
            problems.append(Problem("zim-entries-damaged", str(damages)))
        if len(self._titles) >= _MOST_LISTED:
            problems.append(Problem("zim-entries-unlisted", str(_MOST_LISTED)))
        self.facts = ZimFacts(
            title=self._stated["Title"],
            language=_language(self._stated["Language"]) or "",
            publisher=self._stated["Creator"] or self._stated["Publisher"],
            date=self._stated["Date"],
            origin=self._site,
            articles=len(self._titles),
            problems=tuple(problems),
        )
        yield total, total

    def titles(self, words: str, *, first: int, count: int) -> ArticleEntries:
        """The articles whose titles hold all of ``words`` (letter case aside), ``count`` of them from the ``first`` on, in the file's order."""
        wanted = words.casefold().split()
        if wanted:
            found = [at for at, title in enumerate(self._titles) if all(word in title.casefold() for word in wanted)]
        else:
            found = list(range(len(self._titles)))
        return ArticleEntries(len(found), tuple(map(self._entry, found[first : first + count])))

    def article(self, name: str) -> Article:
        """The article whose number (``#12``), path or title this is.

        Raises:
            ArticleNotFound: none is.
            DamagedFile, FileTooLarge: it cannot be read.
        """
        entry = self._find(name)
        try:
            for _ in range(20):
                if not entry.is_redirect:
                    break
                entry = entry.get_redirect_entry()
            item = entry.get_item()
            if item.size > _ARTICLE_BYTES:
                raise FileTooLarge(size_bytes=item.size, limit_bytes=_ARTICLE_BYTES)
            data = bytes(item.content)
            path, title, media_type = entry.path, _line(entry.title), item.mimetype.partition(";")[0].strip().lower()
        except _ENGINE_ERRORS as error:
            raise DamagedFile(format="zim") from error
        if media_type not in _READ:
            raise ArticleNotFound
        language = _language(self._stated["Language"])
        return Article(
            data=data,
            title=title,
            path=_line(path),
            media_type=media_type,
            stated=StatedProperties(
                title=title or None,
                publisher=self._stated["Creator"] or self._stated["Publisher"] or None,
                published_on=self._stated["Date"] or None,
                language=Language(language) if language in set(Language) else None,
            ),
            origin=self._origin(path),
        )

    def _find(self, name: str) -> Any:
        number = re.fullmatch(r"#(\d{1,9})", name)
        if number is not None and int(number[1]) < len(self._titles):
            return self._archive._get_entry_by_id(self._numbers[int(number[1])])
        ways = (
            (self._archive.get_entry_by_path, name),
            (self._archive.get_entry_by_path, f"A/{name}"),
            (self._archive.get_entry_by_title, name),
        )
        for find, text in ways:
            try:
                return find(text)
            except _ENGINE_ERRORS:
                continue
        raise ArticleNotFound

    def _entry(self, at: int) -> ArticleEntry:
        try:
            path = _line(self._archive._get_entry_by_id(self._numbers[at]).path)
        except _ENGINE_ERRORS:
            path = ""
        return ArticleEntry(at, self._titles[at], path)

    def _entries(self) -> int:
        try:
            return int(self._archive.entry_count)
        except _ENGINE_ERRORS as error:
            raise DamagedFile(format="zim") from error

    def _list(self, number: int) -> None:
        entry = self._archive._get_entry_by_id(number)
        if entry.is_redirect or (self._has_namespaces and not entry.path.startswith("A/")):
            return
        if entry.get_item().mimetype.partition(";")[0].strip().lower() in _READ and len(self._titles) < _MOST_LISTED:
            self._numbers.append(number)
            self._titles.append(_line(entry.title) or _line(entry.path))

    def _check(self) -> Iterator[int]:
        """Compare the file with the MD5 that it ends with; how many mebibytes are done.

        Raises:
            DamagedFile: they differ, or the file states no place for it.
        """
        self._file.seek(_CHECKSUM_AT)
        stated = self._file.read(8)
        size_bytes = self._file.seek(0, io.SEEK_END)
        end = struct.unpack("<Q", stated)[0] if len(stated) == 8 else 0
        if not 80 <= end <= size_bytes - _DIGEST_BYTES:
            raise DamagedFile(format="zim")
        self._file.seek(0)
        hasher, left = hashlib.md5(usedforsecurity=False), end
        while left and (piece := self._file.read(min(MIB, left))):
            hasher.update(piece)
            left -= len(piece)
            yield (end - left) // MIB
        if hasher.digest() != self._file.read(_DIGEST_BYTES):
            raise DamagedFile(format="zim")

    def _metadata(self, name: str) -> str:
        try:
            return _line(bytes(self._archive.get_metadata(name)[: _LONGEST * 4]).decode("utf-8", "replace"))
        except _ENGINE_ERRORS:
            return ""

    def _origin(self, path: str) -> str:
        path = path.removeprefix("A/") if self._has_namespaces else path
        scraper = self._stated["Scraper"].lower()
        if "warc2zim" in scraper or "zimit" in scraper:
            return _address(f"https://{path}")
        if self._site and ("mwoffliner" in scraper or _WIKI_HOST.search(self._site)):
            name = unquote(path).removesuffix(".html" if self._has_namespaces else "").replace(" ", "_")
            return _address(f"{self._site.rstrip('/')}/wiki/{quote(name, safe='/:()!,*')}")
        return ""


def load_engine() -> None:
    """Whatever Python loads late for what is done here."""
    hashlib.md5(b"", usedforsecurity=False)
    quote("ё")
    normalise("https://пример.бел/ё")
    "ё".encode("utf-16-le").decode("utf-16-le")


def _site(stated: dict[str, str]) -> str:
    """The address of the site a ZIM file was made from: its ``Source``, else what its ``Name`` says of a wiki."""
    source = stated["Source"]
    if source and " " not in source:
        address = _address(source if "://" in source else f"https://{source}")
        if address and "." in address.partition("//")[2].partition("/")[0]:
            return address
    named = _WIKI_NAME.match(stated["Name"].lower())
    return _address(f"https://{named[2]}.{named[1]}.org/") if named else ""


def _language(text: str) -> str | None:
    first = re.split(r"[,;\s]+", text.strip().lower())[0]
    return _LANGUAGES.get(first, first if re.fullmatch(r"[a-z]{2}", first) else None)


def _line(text: str) -> str:
    words = " ".join(text.encode("utf-8", "replace").decode().split())
    return "".join(letter for letter in words if letter.isprintable())[:_LONGEST]


def _address(text: str) -> str:
    try:
        return normalise(text)
    except AddressRefused:
        return ""
