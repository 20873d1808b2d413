"""Draws pages of one foreign file at a time, in a process that has nothing else.

The host (:class:`Drawer`) keeps one child, ``python -I -m archive.drawing``, for as long as one document is looked at: it is given
the file once, so a page costs what the engine takes and no more, and it is sealed as a reader is: no files, no sockets, no
children, memory bounded. Another document, a page that takes too long or a crash ends it; the next one begins with nothing. The window, or
a keeper for Tesseract, gets dots and letters, never the engine.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

import msgspec

from archive import machine
from archive.errors import Fact, IbidError, ProcessLost, ReaderGaveUp, from_code
from archive.model.drawing import Letters, PageSize, Picture
from archive.settings import ReadingLimits

_LONG_LIFE_S = 24 * 3600
_PAGE_S = 20.0


class _Open(msgspec.Struct, tag=True):
    """The first order: the file to draw."""

    data: bytes
    password: str | None
    limits: ReadingLimits


class _Draw(msgspec.Struct, tag=True):
    """One page as dots."""

    page: int
    scale: float
    is_grey: bool


class _Spell(msgspec.Struct, tag=True):
    """One page as letters."""

    page: int


class _Answer(msgspec.Struct, array_like=True):
    """What came of an order: one of these, or an error's code and facts."""

    sizes: tuple[PageSize, ...] | None = None
    picture: Picture | None = None
    letters: Letters | None = None
    error: str = ""
    facts: dict[str, Fact] = {}


_ENCODER = msgspec.msgpack.Encoder()
_ORDERS = msgspec.msgpack.Decoder(_Open | _Draw | _Spell)
_ANSWERS = msgspec.msgpack.Decoder(_Answer)


class Drawer:
    """Draws pages of one document after the other; close it, or use it in a ``with``. Threads may share one, and wait for each other.

    Args:
        limits: what one file may cost; ``wall_s`` bounds opening it.
        page_s: how long one page may take.
    """

    def __init__(self, limits: ReadingLimits | None = None, *, page_s: float = _PAGE_S) -> None:
        self._limits = limits or ReadingLimits()
        self._page_s = page_s
        self._child: machine.Child | None = None
        self._is_closed = False
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child for good, at once; a thread that waits for it is told that it is gone."""
        self._is_closed = True
        if (child := self._child) is not None:
            child.process.kill()
        with self._turn:
            self._drop()

    def open(self, data: bytes, *, password: str | None = None) -> tuple[PageSize, ...]:
        """Put a PDF before a fresh child, and say how large its pages are.

        Raises:
            DamagedFile, EmptyFile: it cannot be opened.
            PasswordWanted: it opens with another password only.
            ReaderGaveUp: it would have cost more time or memory than allowed, or the engine broke down over it.
            ProcessLost: no child could be started, or this was closed.
        """
        with self._turn:
            self._drop()
            if self._is_closed:
                raise ProcessLost(process="reader")
            try:
                self._child = machine.spawn("archive.drawing")
            except OSError as error:
                raise ProcessLost(process="reader") from error
            answer = self._ask(_Open(data, password, self._limits), within_s=self._limits.wall_s)
        assert answer.sizes is not None
        return answer.sizes

    def draw(self, page: int, *, scale: float, is_grey: bool = False) -> Picture:
        """A page of the document that was opened last, from 1; ``scale`` is dots per point, a grey dot is one byte.

        Raises:
            ReaderGaveUp: it took too long or the engine broke down over it; open the document again.
            ProcessLost: no document is open, or the child is gone.
        """
        with self._turn:
            answer = self._ask(_Draw(page, scale, is_grey), within_s=self._page_s)
        assert answer.picture is not None
        return answer.picture

    def letters(self, page: int) -> Letters:
        """The letters of a page of the document that was opened last. Raises what :meth:`draw` raises."""
        with self._turn:
            answer = self._ask(_Spell(page), within_s=self._page_s)
        assert answer.letters is not None
        return answer.letters

    def _ask(self, order: _Open | _Draw | _Spell, *, within_s: float) -> _Answer:
        child = self._child
        if child is None:
            raise ProcessLost(process="reader")
        is_late = threading.Event()

        def stop() -> None:
            is_late.set()
            child.process.kill()

        watch = threading.Timer(within_s, stop)
        watch.start()
        try:
            child.pipe.send(_ENCODER.encode(order))
            message = child.pipe.receive()
            answer = None if message is None else _ANSWERS.decode(message)
        except (OSError, msgspec.MsgspecError):
            answer = None
        finally:
            watch.cancel()
            watch.join()
        if answer is None:
            self._drop()
            raise ReaderGaveUp(limit="time" if is_late.is_set() else "crash")
        if answer.error:
            self._drop()
            raise from_code(answer.error, answer.facts)
        return answer

    def _drop(self) -> None:
        if self._child is not None:
            self._child.process.kill()
            self._child.end()
            self._child = None


# --- the child's side: everything below runs in it only ------------------------------------------------------------


def main() -> None:
    """Open one file, then answer one order after the other until the host closes the pipe."""
    from archive.formats import pdf_drawing

    pipe = machine.inherited_pipe()
    machine.no_core_dumps()
    machine.seal_no_internet()
    pdf_drawing.warm_up()
    document: pdf_drawing.DrawnPdf | None = None
    while (message := pipe.receive()) is not None:
        order = _ORDERS.decode(message)
        del message
        try:
            if isinstance(order, _Open):
                machine.seal_reader(memory_bytes=order.limits.memory_bytes, cpu_s=_LONG_LIFE_S)
                document = pdf_drawing.DrawnPdf(order.data, password=order.password)
                answer = _Answer(sizes=document.sizes())
            elif document is None:
                return
            elif isinstance(order, _Draw):
                answer = _Answer(picture=document.draw(order.page, scale=order.scale, is_grey=order.is_grey))
            else:
                answer = _Answer(letters=document.letters(order.page))
        except IbidError as error:
            answer = _Answer(error=error.code(), facts=error.facts)
        except MemoryError:
            answer = _Answer(error=ReaderGaveUp.code(), facts={"limit": "memory"})
        pipe.send(_ENCODER.encode(answer))


if __name__ == "__main__":
    main()
