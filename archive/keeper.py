"""The front desk behind a pipe: one process per open archive, which holds its key and nothing else worth stealing.

The questions are the methods of :class:`archive.api.FrontDesk`: their annotations decide how arguments and answers are
encoded (msgpack) and checked at both doors. The keeper has no network (seccomp) and, where the kernel has Landlock, no file outside
its archive's folder and Python's own.

    client -> keeper    Open, then any number of Ask and Stop
    keeper -> client    Opened or Wrong, then per Ask: any number of Moved, then one of Done, Wrong, Stopped, Broke
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, cast, get_type_hints

import msgspec

from archive import machine
from archive.api import FrontDesk
from archive.errors import Fact, IbidError, ProcessLost, from_code
from archive.pipe import Pipe
from archive.progress import Cancelled, Job, Step

_LOOKING, _WRITING, _BRINGING = 4, 1, 32
_COLLECTING = frozenset({"make_collection", "rename_collection", "remove_collection", "collect", "uncollect"})
_CAPTURING = frozenset({"begin_run", "end_run", "judge", "follow"})
_CHANGING = frozenset({"keep_saved", "attach_capture", "bring_in_article", "correct", "undo_correction"})
_SAVING = frozenset({"save_question", "rename_question", "remove_question", "list_hosts"})
_WRITERS = frozenset({"take", "build_sample", "finish"}) | _CHANGING | _COLLECTING | _SAVING | _CAPTURING
_BRINGERS = frozenset({"bring_in", "keep"})
"""Most of it is waiting for a reader process; the desk lets those that are ready write together."""
_GRACE_S = 5.0


class Open(msgspec.Struct, tag=True):
    """The first message: which archive. ``title`` is set when it shall be made."""

    path: str
    passphrase: str | None
    title: str | None
    read_only: bool | None
    is_desk: bool = False


class Ask(msgspec.Struct, tag=True):
    """Call ``method`` with ``arguments`` (a map); the answer carries the same number."""

    number: int
    method: str
    arguments: msgspec.Raw


class Stop(msgspec.Struct, tag=True):
    """Cancel the call of this number."""

    number: int


class Done(msgspec.Struct, tag=True):
    """What the call gave."""

    number: int
    value: msgspec.Raw


class Wrong(msgspec.Struct, tag=True):
    """One of our errors."""

    number: int
    code: str
    facts: dict[str, Fact]


class Moved(msgspec.Struct, tag=True):
    """A step of the call."""

    number: int
    step: Step


class Stopped(msgspec.Struct, tag=True):
    """The call was cancelled."""

    number: int


class Broke(msgspec.Struct, tag=True):
    """A bug in the keeper: only the kind of exception and where, never its words."""

    number: int
    kind: str


class KeeperBug(Exception):
    """The keeper met an exception that is none of ours."""


class _Call:
    """How one method of the desk travels."""

    def __init__(self, name: str) -> None:
        method = getattr(FrontDesk, name)
        hints = get_type_hints(method)
        self.signature = inspect.signature(method)
        self.answer_type = hints.pop("return")
        self.takes_job = hints.pop("job", None) is not None
        fields: list[Any] = [
            (field, hints[field]) if parameter.default is parameter.empty else (field, hints[field], parameter.default)
            for field, parameter in self.signature.parameters.items()
            if field in hints
        ]
        self.arguments_type = msgspec.defstruct(f"{name}_arguments", fields, kw_only=True)
        # WORKAROUND: msgspec 0.22 learns a type when it is first met, and two threads that meet it at once crash the process. So
        # every type is met here, before there are threads.
        self.arguments = msgspec.msgpack.Decoder(self.arguments_type)
        self.answers = msgspec.msgpack.Decoder(self.answer_type)


_CALLS = {
    name: _Call(name)
    for part in FrontDesk.__mro__
    for name, member in vars(part).items()
    if inspect.isfunction(member) and not name.startswith("_") and name != "close"
}


_OPENING = msgspec.msgpack.Decoder(Open)
_ASKING = msgspec.msgpack.Decoder(Ask | Stop)
_TELLING = msgspec.msgpack.Decoder(Done | Wrong | Moved | Stopped | Broke)


# --- the keeper's side ---------------------------------------------------------------------------------------------


class _Keeper:
    """Answers on a pipe until the other end closes it."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._jobs: dict[int, Job] = {}
        self._looking = ThreadPoolExecutor(_LOOKING, "look")
        self._writing = ThreadPoolExecutor(_WRITING, "write")
        self._bringing = ThreadPoolExecutor(_BRINGING, "bring")

    def serve(self) -> None:
        """Open, answer, and close when asked or left alone."""
        first = self._pipe.receive()
        if first is None:
            return
        try:
            desk = _open(_OPENING.decode(first))
        except IbidError as error:
            self._send(Wrong(0, error.code(), error.facts))
            return
        self._send(Done(0, msgspec.Raw(msgspec.msgpack.encode(None))))
        # With numpy, a third of a second that the first question shall not wait for.
        self._looking.submit(importlib.import_module, "archive.search.ranking")
        try:
            while (message := self._pipe.receive()) is not None:
                self._take(desk, _ASKING.decode(message))
        finally:
            for job in list(self._jobs.values()):
                job.cancel()
            self._looking.shutdown()
            self._writing.shutdown()
            self._bringing.shutdown()
            desk.close()

    def _take(self, desk: FrontDesk, message: Ask | Stop) -> None:
        if isinstance(message, Stop):
            job = self._jobs.get(message.number)
            if job is not None:
                job.cancel()
            return
        number = message.number
        self._jobs[number] = Job(lambda step: self._send(Moved(number, step)))
        pool = self._writing if message.method in _WRITERS else self._bringing if message.method in _BRINGERS else self._looking
        pool.submit(self._answer, desk, message)

    def _answer(self, desk: FrontDesk, ask: Ask) -> None:
        number = ask.number
        try:
            call = _CALLS[ask.method]
            arguments = msgspec.structs.asdict(call.arguments.decode(ask.arguments))
            if call.takes_job:
                arguments["job"] = self._jobs[number]
            value = getattr(desk, ask.method)(**arguments)
            self._send(Done(number, msgspec.Raw(msgspec.msgpack.encode(value))))
        except IbidError as error:
            self._send(Wrong(number, error.code(), error.facts))
        except Cancelled:
            self._send(Stopped(number))
        except Exception as error:  # noqa: BLE001 - a bug is told to the client, which reports it; the archive stays open
            self._send(Broke(number, type(error).__name__ + _where(error)))
        finally:
            self._jobs.pop(number, None)

    def _send(self, message: msgspec.Struct) -> None:
        try:
            self._pipe.send(msgspec.msgpack.encode(message))
        except OSError:
            for job in list(self._jobs.values()):
                job.cancel()


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _open(wanted: Open) -> FrontDesk:
    """Open (or make) the archive; a file of someone else's is read only after the seal."""
    from archive.front_desk import IN_THIS_PROCESS  # here, so that a client of this file loads neither engine nor parser

    path = Path(wanted.path)
    if wanted.title is not None:
        IN_THIS_PROCESS.new(path, title=wanted.title, passphrase=wanted.passphrase, is_desk=wanted.is_desk).close()
    machine.seal_to_folder(readable=machine.program_places(), writable=[path])
    return IN_THIS_PROCESS.open(path, passphrase=wanted.passphrase, read_only=wanted.read_only, is_desk=wanted.is_desk)


def main() -> None:
    """What ``python -m archive.keeper`` does; started by :func:`archive.machine.spawn` only."""
    pipe = machine.inherited_pipe()
    machine.no_core_dumps()
    machine.private_umask()
    machine.seal_no_internet()
    _Keeper(pipe).serve()


# --- the client's side ---------------------------------------------------------------------------------------------


class RemoteDesk:
    """A desk whose methods are answered by a keeper. Thread-safe; every call blocks until it is answered.

    It has the methods of :class:`~archive.api.FrontDesk`, raises what they raise, and besides:

    Raises:
        ProcessLost: the keeper is gone; what it had committed is on the disk.
        KeeperBug: the keeper met a bug of ours.
    """

    def __init__(self, first: Open) -> None:
        self._child = machine.spawn("archive.keeper")
        self._guard = threading.Lock()
        self._waiting: dict[int, tuple[Future[bytes], Job | None]] = {}
        self._next = 1
        self._is_gone = False
        opened: Future[bytes] = Future()
        self._waiting[0] = (opened, None)
        self._listener = threading.Thread(target=self._listen, name="ibid-keeper-listener", daemon=True)
        self._listener.start()
        try:
            self._send(first)
            opened.result()
        except BaseException:
            self.close()
            raise

    @property
    def process_id(self) -> int:
        """The keeper's process, for tests and for the list of what runs."""
        return self._child.process.pid

    def close(self) -> None:
        """Ask the keeper to close its archive and leave; one that does not is ended by its id."""
        self._child.ask_to_leave(grace_s=_GRACE_S)
        self._listener.join(_GRACE_S)
        self._child.pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in _CALLS:
            raise AttributeError(name)
        call = _CALLS[name]

        def ask(*args: Any, **named: Any) -> Any:
            arguments = call.signature.bind(self, *args, **named).arguments
            arguments.pop("self")
            return self._ask(name, call, arguments.pop("job", None), arguments)

        return ask

    def _ask(self, name: str, call: _Call, job: Job | None, arguments: dict[str, Any]) -> Any:
        if job is not None and job.is_cancelled:
            raise Cancelled
        answer: Future[bytes] = Future()
        with self._guard:
            if self._is_gone:
                raise ProcessLost(process="keeper")
            number, self._next = self._next, self._next + 1
            self._waiting[number] = (answer, job)
        self._send(Ask(number, name, msgspec.Raw(msgspec.msgpack.encode(call.arguments_type(**arguments)))))
        if job is not None:
            job.when_cancelled(lambda: self._ask_to_stop(number))
        return call.answers.decode(answer.result())

    def _ask_to_stop(self, number: int) -> None:
        if number in self._waiting:
            with contextlib.suppress(ProcessLost):
                self._send(Stop(number))

    def _send(self, message: msgspec.Struct) -> None:
        try:
            self._child.pipe.send(msgspec.msgpack.encode(message))
        except OSError as error:
            raise ProcessLost(process="keeper") from error

    def _listen(self) -> None:
        while (message := self._child.pipe.receive()) is not None:
            told = _TELLING.decode(message)
            if isinstance(told, Moved):
                self._report(told)
                continue
            future, _job = self._waiting.pop(told.number)
            if isinstance(told, Done):
                future.set_result(bytes(told.value))
            else:
                future.set_exception(_error_of(told))
        with self._guard:
            self._is_gone = True
        while self._waiting:
            self._waiting.popitem()[1][0].set_exception(ProcessLost(process="keeper"))

    def _report(self, moved: Moved) -> None:
        _future, job = self._waiting[moved.number]
        if job is not None and not job.is_cancelled:
            job.step(moved.step.done, moved.step.total, moved.step.label)


def _error_of(told: Wrong | Stopped | Broke) -> Exception:
    if isinstance(told, Wrong):
        return from_code(told.code, told.facts)
    return Cancelled() if isinstance(told, Stopped) else KeeperBug(told.kind)


class ThroughKeepers:
    """Doors that open on a keeper of their own for every archive."""

    def new(self, path: Path, *, title: str, passphrase: str | None, is_desk: bool = False) -> FrontDesk:
        """A new, empty archive at ``path``, or a desk. Raises what :class:`~archive.storage.folder.ArchiveFolder` raises."""
        return cast("FrontDesk", RemoteDesk(Open(str(path.absolute()), passphrase, title, read_only=False, is_desk=is_desk)))

    def open(self, path: Path, *, passphrase: str | None, read_only: bool | None = None, is_desk: bool = False) -> FrontDesk:
        """The archive that stands at ``path``, or the desk. Raises what :class:`~archive.storage.folder.ArchiveFolder` raises."""
        return cast("FrontDesk", RemoteDesk(Open(str(path.absolute()), passphrase, None, read_only=read_only, is_desk=is_desk)))


THROUGH_KEEPERS = ThroughKeepers()


if __name__ == "__main__":
    main()
