"""A web archive or a ZIM file, held open by a process that has nothing to lose and is asked for one thing after another.

The host (:class:`LargeFile`: the terminal, the window, for a file that was attached the keeper) opens the file and hands its descriptor to a child,
which imports its engines, seals itself (no files, sockets, children; limits of memory and time) and only then looks at a byte. So a file of
any size is read from where it stands, and the child can read this file and nothing else. libzim opens by path: while it does so, every
``open`` of the sealed child gives the descriptor it already has (:func:`archive.machine.seal_reader`), and afterwards none.
One child sees one file. Every answer has to come in time, or the child is ended by its id.
"""

from __future__ import annotations

import io
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec

from archive import machine
from archive.errors import (
    DamagedFile,
    Fact,
    IbidError,
    PartOfFile,
    ProcessLost,
    ReaderGaveUp,
    UnreadableFile,
    from_code,
)
from archive.model.saved import Article, ArticleEntries, Container, Listed, SavedPage, Surveyed, WebArchiveFacts, ZimFacts
from archive.progress import Job
from archive.settings import ReadingLimits

_WAIT_S = 20.0
_START_S = 20.0
_STEP_S = 0.2
_CPU_S = 3600
_HEAD_BYTES = 64
_TAIL_BYTES = 64 * 1024
_PART_NAME = re.compile(r"\.zim[a-z]{2}$", re.IGNORECASE)
_UNIT = 1 << 20


class _Open(msgspec.Struct, frozen=True, array_like=True):
    """The first message: what kind it is, and either its bytes, or its path where descriptors cannot be handed on."""

    kind: str
    data: bytes | None
    path: str
    name: str
    memory_bytes: int


class _Ask(msgspec.Struct, frozen=True, array_like=True):
    """``method`` of the opened file with text and numbers."""

    method: str
    text: str = ""
    first: int = 0
    count: int = 0


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of it, or an error's code and facts."""

    value: msgspec.Raw = msgspec.Raw(b"\xc0")
    error: str = ""
    facts: dict[str, Fact] = {}


_ENCODER = msgspec.msgpack.Encoder()
_OPENING = msgspec.msgpack.Decoder(_Open)
_ASKING = msgspec.msgpack.Decoder(_Ask)
_ANSWERS = msgspec.msgpack.Decoder(_Answer)
_SURVEYED = msgspec.msgpack.Decoder(Surveyed)
_LISTED = msgspec.msgpack.Decoder(Listed)
_PAGES = msgspec.msgpack.Decoder(SavedPage | None)
_ENTRIES = msgspec.msgpack.Decoder(ArticleEntries)
_ARTICLES = msgspec.msgpack.Decoder(Article)
_NOTHING = msgspec.msgpack.Decoder(None)


def container_of(file: Path) -> Container | None:
    """What holds many things of the web, told by a few bytes of it and, for parts and packed files, by its name; None for a document.

    Raises:
        PartOfFile: it is one of several parts of a ZIM file.
        UnreadableFile: the operating system would not give it.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
            size_bytes = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size_bytes - _TAIL_BYTES))
            tail = opened.read()
    except OSError as error:
        raise UnreadableFile(reason=machine.reason_of(error)) from error
    if _PART_NAME.search(file.name):
        raise PartOfFile
    if head.startswith(b"ZIM\x04"):
        return Container.ZIM
    is_archive = head.startswith((b"WARC/", b"filedesc://")) or (head.startswith(b"PK\x03\x04") and _is_wacz(tail, file.name))
    return Container.WEB_ARCHIVE if is_archive or (head.startswith(b"\x1f\x8b") and not _is_other_gzip(file.name)) else None


def _is_wacz(tail: bytes, name: str) -> bool:
    """Whether a ZIP's table of contents names what a WACZ has; only looked for, not read."""
    return name.lower().endswith(".wacz") or (b"datapackage.json" in tail and b"archive/" in tail)


def _is_other_gzip(name: str) -> bool:
    return name.lower().endswith((".tar.gz", ".tgz", ".svgz", ".txt.gz", ".xml.gz", ".json.gz", ".csv.gz"))


class LargeFile:
    """One file, open in a process of its own; close it, or use it in a ``with``.

    Args:
        kind: what it is; :func:`container_of` tells.
        path: where it stands.
        data: its bytes, instead of a place.
        name: its name, a hint for its format.

    Raises:
        UnreadableFile: the operating system would not give it.
        ProcessLost: the process would not start.
        DamagedFile, UnknownFormat, ReaderGaveUp: it is not what it should be.
    """

    def __init__(self, kind: Container, path: Path | None = None, *, data: bytes | None = None, name: str = "") -> None:
        self._turn = threading.Lock()
        descriptor = None
        try:
            if path is not None and machine.HANDS_ON_FILES:
                descriptor = os.open(path, os.O_RDONLY)
            self._child = machine.spawn("archive.formats.large_file", descriptor=descriptor)
        except OSError as error:
            if path is not None and descriptor is None:
                raise UnreadableFile(reason=machine.reason_of(error)) from error
            raise ProcessLost(process="reader") from error
        finally:
            if descriptor is not None:
                os.close(descriptor)
        place = str(path.absolute()) if path is not None and descriptor is None else ""
        opening = _Open(kind.value, data, place, name, ReadingLimits().memory_bytes)
        try:
            self._send(_ENCODER.encode(opening), _NOTHING, wait_s=_START_S)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._child.end(grace_s=0.2)

    def survey(self, job: Job) -> WebArchiveFacts:
        """Look through a web archive once; its pages can be asked for then.

        Args:
            job: a step about every fifth of a second, in mebibytes.

        Raises:
            DamagedFile, ReaderGaveUp, Cancelled: as their names say.
        """
        while True:
            come: Surveyed = self._ask(_Ask("survey"), _SURVEYED)
            job.step(come.done // _UNIT, come.total // _UNIT)
            if come.facts is not None:
                return come.facts

    def page(self, number: int) -> SavedPage | None:
        """One page of a web archive (see :class:`archive.formats.web_archive.WebArchive`), None behind the last.

        Raises:
            DamagedFile, FileTooLarge: this one cannot be brought; the next can.
            ReaderGaveUp: the process is gone, and with it the file.
        """
        found: SavedPage | None = self._ask(_Ask("page", first=number), _PAGES)
        return found

    def page_of(self, address: str) -> SavedPage | None:
        """What the file holds of one normalised address; None where it holds nothing. Raises what :meth:`page` raises."""
        found: SavedPage | None = self._ask(_Ask("page_of", address), _PAGES)
        return found

    def list_articles(self, job: Job) -> ZimFacts:
        """Check a ZIM file and list its articles; they can be asked for then.

        Args:
            job: a step about every fifth of a second.

        Raises:
            DamagedFile, ReaderGaveUp, Cancelled: as their names say.
        """
        while True:
            come: Listed = self._ask(_Ask("survey"), _LISTED)
            job.step(come.done, come.total)
            if come.facts is not None:
                return come.facts

    def titles(self, words: str = "", *, first: int = 0, count: int = 200) -> ArticleEntries:
        """Articles whose titles hold all of ``words``, letter case aside: ``count`` of them from the ``first`` on."""
        found: ArticleEntries = self._ask(_Ask("titles", words, first, count), _ENTRIES)
        return found

    def article(self, name: str) -> Article:
        """The article of this number (``#12``), path or title.

        Raises:
            ArticleNotFound: there is none.
            DamagedFile, FileTooLarge: it cannot be read.
        """
        found: Article = self._ask(_Ask("article", name), _ARTICLES)
        return found

    def _ask(self, ask: _Ask, decoder: Any) -> Any:
        return self._send(_ENCODER.encode(ask), decoder, wait_s=_WAIT_S)

    def _send(self, message: bytes, decoder: Any, *, wait_s: float) -> Any:
        with self._turn:
            is_late = threading.Event()

            def give_up() -> None:
                is_late.set()
                self._child.process.kill()

            watch = threading.Timer(wait_s, give_up)
            watch.start()
            try:
                self._child.pipe.send(message)
                said = self._child.pipe.receive()
            except OSError:
                said = None
            finally:
                watch.cancel()
                watch.join()
        if said is None:
            raise ReaderGaveUp(limit="time" if is_late.is_set() else "crash")
        try:
            answer = _ANSWERS.decode(said)
            if answer.error:
                raise from_code(answer.error, answer.facts)
            return decoder.decode(answer.value)
        except (msgspec.MsgspecError, ValueError) as error:
            raise ReaderGaveUp(limit="crash") from error


# --- the child's side: everything below runs in it only ------------------------------------------------------------


def main() -> None:
    """Open what the host says, seal, answer until the host closes the pipe."""
    from archive.formats import attached, web_archive, zim

    pipe = machine.inherited_pipe()
    descriptor = machine.inherited_file()
    machine.no_core_dumps()
    machine.seal_no_internet()
    web_archive.load_engine()
    zim.load_engine()
    attached.load_engine()
    _ENCODER.encode(_Answer())
    first = pipe.receive()
    if first is None:
        return
    opening = _OPENING.decode(first)
    opened: list[_Opened] = []

    def open_it() -> None:
        opened.append(_Opened(opening, descriptor))

    pipe.send(_answer(open_it))
    while opened and (message := pipe.receive()) is not None:
        ask = _ASKING.decode(message)
        pipe.send(_answer(lambda ask=ask: opened[0].answer(ask)))  # type: ignore[misc]


class _Opened:
    """The file in the child's hands, the seal around it."""

    def __init__(self, opening: _Open, descriptor: int | None) -> None:
        from archive.formats import attached, web_archive, zim

        if opening.data is not None:
            file: BinaryIO = io.BytesIO(opening.data)
            place = ""
        elif descriptor is not None:
            os.dup2(descriptor, 0)
            file = io.BufferedReader(io.FileIO(0, closefd=False), _UNIT)
            place = machine.descriptor_path(0)
        else:
            file = Path(opening.path).open("rb")  # noqa: SIM115 - open until the process ends
            place = opening.path
        self._surveying: Iterator[tuple[int, int]] | None = None
        self._file: Any
        if opening.kind == Container.ZIM:
            machine.seal_reader(memory_bytes=opening.memory_bytes, cpu_s=_CPU_S, opens_first_only=True)
            try:
                self._file = zim.Zim(place, file)
            finally:
                machine.seal_reader(memory_bytes=opening.memory_bytes, cpu_s=_CPU_S)
        else:
            machine.seal_reader(memory_bytes=opening.memory_bytes, cpu_s=_CPU_S)
            is_web_archive = opening.data is None or attached.is_web_archive(opening.data)
            self._file = web_archive.WebArchive(file) if is_web_archive else attached.Attached(opening.data or b"", opening.name)

    def answer(self, ask: _Ask) -> Any:
        """Do what was asked; only the methods of :class:`LargeFile` are."""
        if ask.method == "survey":
            return self._survey()
        if ask.method == "titles":
            return self._file.titles(ask.text, first=ask.first, count=ask.count)
        return {
            "page": lambda: self._file.page(ask.first),
            "page_of": lambda: self._file.page_of(ask.text),
            "article": lambda: self._file.article(ask.text),
        }[ask.method]()

    def _survey(self) -> Surveyed | Listed:
        if self._surveying is None:
            self._surveying = self._file.survey()
        until_s = time.monotonic() + _STEP_S
        done = total = 0
        for done, total in self._surveying:
            if time.monotonic() >= until_s:
                return Surveyed(done, total)
        return Surveyed(done, total, self._file.facts)


def _answer(work: Callable[[], Any]) -> bytes:
    """Do it; whatever goes wrong is an answer too."""
    try:
        return _ENCODER.encode(_Answer(msgspec.Raw(_ENCODER.encode(work()))))
    except IbidError as error:
        return _failure(error)
    except MemoryError:
        return _failure(ReaderGaveUp(limit="memory"))
    except RecursionError:
        return _failure(DamagedFile(format="nested"))
    except Exception:  # noqa: BLE001 (a hostile file may break an engine in any way; the host must hear that it did)
        return _failure(ReaderGaveUp(limit="crash"))


def _failure(error: IbidError) -> bytes:
    return _ENCODER.encode(_Answer(error=error.code(), facts=error.facts))


if __name__ == "__main__":
    main()
