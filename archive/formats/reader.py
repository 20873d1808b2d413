"""Reads files in processes that have nothing to lose.

The host (:class:`Reader`) keeps one child, ``python -I -m archive.formats.reader``. It imports the engines once and touches no
file itself: for every file it forks a child of its own, which seals itself, parses, answers and is gone; the child for the next file is made while
nobody asks. No hostile file
meets the next one, and a file costs some ten milliseconds instead of the start of a program. Where there is no fork
(Windows), the child reads one file itself and leaves, and the host starts the next.

What is made of a reading by pure functions can be made in the same child (:meth:`Reader.make`): a higher floor that has such work starts a
module of its own, which calls :func:`serve` with it.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Self

import msgspec

from archive import machine
from archive.errors import DamagedFile, Fact, FileTooLarge, IbidError, ProcessLost, ReaderGaveUp, from_code
from archive.model.document import Format
from archive.model.reading import Reading
from archive.model.replay import ServedText
from archive.pipe import Pipe
from archive.settings import ReadingLimits

_GRACE_S = 20.0
_RARELY = 200_000
_LARGE_BYTES = 1 << 20
_CAN_FORK = hasattr(os, "fork")


class _Order(msgspec.Struct, frozen=True, array_like=True):
    """One file to read; with a ``part``, one packed file of which that document is wanted, or, where it is empty, the names of all.

    With ``shown_as``, a text of a capture of this media type that shall be shown; with ``texts``, texts whose charsets are wanted.
    """

    data: bytes
    limits: ReadingLimits
    name: str = ""
    charset: str | None = None
    is_main_text_only: bool = False
    file_format: Format | None = None
    password: str | None = None
    is_worked_on: bool = False
    part: str | None = None
    shown_as: str | None = None
    texts: tuple[ServedText, ...] = ()


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of it: a reading or what was made of it, or names, or a part, or an error's code and facts."""

    reading: Reading | None = None
    error: str = ""
    facts: dict[str, Fact] = {}
    made: bytes | None = None
    names: tuple[str, ...] = ()
    part: bytes | None = None


Work = Callable[[Reading, bytes], bytes]
"""What a child makes of a reading and the file it came from."""


_ENCODER = msgspec.msgpack.Encoder()
_ORDERS = msgspec.msgpack.Decoder(_Order)
_ANSWERS = msgspec.msgpack.Decoder(_Answer)


class Reader:
    """Reads files, one after the other, each in a process of its own; close it, or use it in a ``with``.

    Threads may share one, and wait for each other; for two files at a time make two. The child starts with the first file.

    Args:
        limits: what one file may cost.
        module: what the child runs: this module, or one whose ``main`` calls :func:`serve`.
    """

    def __init__(self, limits: ReadingLimits | None = None, *, module: str = "archive.formats.reader") -> None:
        self._limits = limits or ReadingLimits()
        self._module = module
        self._child: machine.Child | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start the child now, so that the first file does not wait for it. Safe to call more than once."""
        with self._turn:
            self._started()

    def close(self) -> None:
        """End the child. A later :meth:`read` starts a new one."""
        with self._turn:
            self._drop()

    def read(
        self,
        data: bytes,
        *,
        name: str = "",
        charset: str | None = None,
        is_main_text_only: bool = False,
        format: Format | None = None,  # noqa: A002 (the word of the design)
        password: str | None = None,
    ) -> Reading:
        """What one file says.

        Args:
            data: the whole file.
            name: the file's name; its ending is a hint between kinds of text, nothing more.
            charset: the encoding that came with the file from outside (a ``Content-Type`` header).
            is_main_text_only: leave out what stands around the text of a web page.
            format: read it as this, without looking what it is.
            password: with which its maker encrypted it; kept nowhere.

        Raises:
            EmptyFile: there is nothing in it to read.
            UnknownFormat: it is nothing Ibid reads.
            DamagedFile: it breaks off or contradicts itself.
            PasswordWanted: its maker encrypted it.
            PasswordWrong: the password given does not open it.
            FileTooLarge: it is over the limit; nothing was read.
            ReaderGaveUp: it would have cost more time or memory than allowed, or the engine broke down over it.
            ProcessLost: the reader process itself is gone; the next call starts a new one.
        """
        answer = self._ask(_Order(data, self._limits, name, charset, is_main_text_only, format, password))
        if answer.reading is None:
            raise from_code(answer.error, answer.facts)
        return answer.reading

    def make(self, data: bytes, *, name: str = "", password: str | None = None) -> bytes:
        """What the child's own work makes of a file; arguments and errors as of :meth:`read`."""
        answer = self._ask(_Order(data, self._limits, name, password=password, is_worked_on=True))
        if answer.made is None:
            raise from_code(answer.error, answer.facts)
        return answer.made

    def list_packed(self, data: bytes) -> tuple[str, ...]:
        """The names of the documents in a ZIP of several, in the order in which they stand there; none where it is anything else.

        Raises:
            DamagedFile, FileTooLarge, ReaderGaveUp, ProcessLost: as of :meth:`read`.
        """
        return self._unpack(data, "").names

    def read_packed(self, data: bytes, name: str) -> bytes:
        """One document of a ZIP, by a name that :meth:`list_packed` gave: its bytes, which are as hostile as any.

        Raises:
            DamagedFile, FileTooLarge, PasswordWanted, ReaderGaveUp, ProcessLost: as of :meth:`read`.
        """
        return self._unpack(data, name).part or b""

    def show_text(self, data: bytes, *, media_type: str, charset: str = "") -> bytes:
        """A text of a capture as a browser may have it; see :func:`archive.formats.replay.show_text`.

        Raises:
            FileTooLarge, ReaderGaveUp, ProcessLost: as of :meth:`read`.
        """
        answer = self._ask(_Order(data, self._limits, charset=charset or None, shown_as=media_type))
        if answer.part is None:
            raise from_code(answer.error, answer.facts)
        return answer.part

    def settle_charsets(self, texts: Sequence[ServedText]) -> tuple[str, ...]:
        """The charset of each of these texts; see :func:`archive.formats.replay.settle_charset`.

        Raises:
            FileTooLarge, ReaderGaveUp, ProcessLost: as of :meth:`read`.
        """
        answer = self._ask(_Order(b"", self._limits, texts=tuple(texts)))
        if answer.error:
            raise from_code(answer.error, answer.facts)
        return answer.names

    def _unpack(self, data: bytes, part: str) -> _Answer:
        answer = self._ask(_Order(data, self._limits, part=part))
        if answer.error:
            raise from_code(answer.error, answer.facts)
        return answer

    def _ask(self, order: _Order) -> _Answer:
        if len(order.data) > self._limits.file_bytes:
            raise FileTooLarge(size_bytes=len(order.data), limit_bytes=self._limits.file_bytes)
        encoded = _ENCODER.encode(order)
        with self._turn:
            return self._exchange(encoded)

    def _exchange(self, order: bytes) -> _Answer:
        child = self._started()
        watch = threading.Timer(self._limits.wall_s + _GRACE_S, child.process.kill)
        watch.start()
        try:
            child.pipe.send(order)
            message = child.pipe.receive()
        except OSError as error:
            self._drop()
            raise ProcessLost(process="reader") from error
        finally:
            watch.cancel()
            watch.join()
        if message is None:
            self._drop()
            raise ProcessLost(process="reader")
        if not _CAN_FORK:
            self._drop()
        try:
            return _ANSWERS.decode(message)
        except msgspec.MsgspecError as error:
            raise ReaderGaveUp(limit="crash") from error

    def _started(self) -> machine.Child:
        if self._child is None:
            try:
                self._child = machine.spawn(self._module, is_forking=_CAN_FORK)
            except OSError as error:
                raise ProcessLost(process="reader") from error
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


# --- the child's side: everything below runs in it only ------------------------------------------------------------


def main() -> None:
    """What ``python -m archive.formats.reader`` does."""
    serve()


def serve(work: Work | None = None, *, warm_up: Callable[[], object] = lambda: None) -> None:
    """Answer one order after the other until the host closes the pipe.

    Args:
        work: what is made of readings; it may import and open nothing that is not loaded yet.
        warm_up: loads what ``work`` needs, once, before the first order.
    """
    from archive.formats import parsing, replay

    pipe = machine.inherited_pipe()
    machine.no_core_dumps()
    machine.seal_no_internet()
    parsing.load_engines()
    replay.show_page("<p>One")
    warm_up()
    if not _CAN_FORK:
        if (message := pipe.receive()) is not None:
            order = _ORDERS.decode(message)
            if order.is_main_text_only:
                parsing.load_heavy_engines()
            pipe.send(_answer_to(order, work))
        return
    _keep_children_ready(pipe, work)


def _keep_children_ready(pipe: Pipe, work: Work | None) -> None:
    """Answer each order from a child of its own; while nobody asks, the next child is made and sealed already."""
    from archive.formats import parsing
    from archive.formats.sandbox import GaveUp, Sealed

    def answer_to(message: bytes) -> bytes:
        return _answer_to(_ORDERS.decode(message), work)

    has_heavy_engines = False
    _freeze()
    ready: Sealed | None = None
    while (message := pipe.receive()) is not None:
        order = _ORDERS.decode(message)
        is_heavy = order.is_main_text_only and not has_heavy_engines
        if ready is not None and (is_heavy or ready.limits != order.limits):
            ready.end()
            ready = None
        if is_heavy:
            parsing.load_heavy_engines()
            has_heavy_engines = True
            _freeze()
        try:
            if len(message) > _LARGE_BYTES:  # a child that is forked now has the file already, once
                message = b""
                Sealed(partial(_answer_to_large, order, work), limits=order.limits).answer(b"", pipe.send)
            else:
                child, ready = ready or Sealed(answer_to, limits=order.limits), None
                child.answer(message, pipe.send)
        except GaveUp as error:
            pipe.send(_ENCODER.encode(_failure(ReaderGaveUp(limit=error.limit))))
        limits = order.limits
        del order, message  # or the next child would have this file
        ready = ready or Sealed(answer_to, limits=limits)


def _answer_to_large(order: _Order, work: Work | None, _nothing: bytes) -> bytes:
    return _answer_to(order, work)


def _freeze() -> None:
    """The forked children share our pages for as long as nobody writes to them."""
    gc.collect()
    gc.freeze()
    machine.prepare_to_fork()


def _answer_to(order: _Order, work: Work | None) -> bytes:
    """Parse; whatever goes wrong is an answer too."""
    from archive.formats import parsing, replay

    gc.set_threshold(_RARELY)  # this process is gone before most of its garbage would be looked for

    try:
        if order.part is not None:
            return _ENCODER.encode(
                _Answer(part=parsing.read_packed(order.data, order.part))
                if order.part
                else _Answer(names=parsing.list_packed(order.data))
            )
        if order.shown_as is not None:
            shown = replay.show_text(order.data, media_type=order.shown_as, charset=order.charset or "")
            return _ENCODER.encode(_Answer(part=shown))
        if order.texts:
            return _ENCODER.encode(_Answer(names=tuple(map(replay.settle_charset, order.texts))))
        reading = parsing.parse(
            order.data,
            name=order.name,
            charset=order.charset,
            is_main_text_only=order.is_main_text_only,
            file_format=order.file_format,
            password=order.password,
        )
        if order.is_worked_on and work is not None:
            return _ENCODER.encode(_Answer(made=work(reading, order.data)))
        return _ENCODER.encode(_Answer(reading))
    except IbidError as error:
        return _ENCODER.encode(_failure(error))
    except MemoryError:
        return _ENCODER.encode(_failure(ReaderGaveUp(limit="memory")))
    except RecursionError:
        return _ENCODER.encode(_failure(DamagedFile(format=order.file_format or "nested")))
    except Exception:  # noqa: BLE001 (a hostile file may break an engine in any way; the host must hear that it did)
        return _ENCODER.encode(_failure(ReaderGaveUp(limit="crash")))


def _failure(error: IbidError) -> _Answer:
    return _Answer(error=error.code(), facts=error.facts)


if __name__ == "__main__":
    main()
