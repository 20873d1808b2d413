"""What can be verified on this machine, each by doing it: the promises of docs/safety.md that do not need a person.

A check that cannot be kept on this system is listed as not kept, never left out. ``ibid check`` prints them; the sentence of
each stands in words under ``check-<name>``.
"""

from __future__ import annotations

import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import msgspec

from archive import machine, words
from archive.errors import IbidError
from archive.front_desk import IN_THIS_PROCESS
from archive.model.hit import Question
from archive.progress import Job

_LOCK = token_hex(16)
_TEXT = "# Праверка\n\nГэты сказ нельга прачытаць без парольнай фразы.\n"


@dataclass(frozen=True)
class Result:
    """One check. ``is_required`` is False for what some systems cannot offer; ``detail`` is short and technical."""

    name: str
    is_kept: bool
    is_required: bool = True
    detail: str = ""


def run() -> Iterator[Result]:
    """Every check in turn, in the order in which a reader should know of them."""
    sealed = _ask_sealed_child()
    yield Result(
        "no-internet", sealed.get("internet") == "refused", is_required=machine.IS_LINUX, detail=sealed.get("internet", "")
    )
    yield Result("keeper-folder", sealed.get("file") == "refused", is_required=False, detail=sealed.get("file", ""))
    yield _attempt("locked-unreadable", _locked_is_unreadable)
    yield _attempt("found-again", _found_again)
    yield _attempt("words", _words_are_complete)


def _attempt(name: str, check: Callable[[Path], str]) -> Result:
    """Run a check in a folder of its own; it returns what is wrong, or nothing."""
    with tempfile.TemporaryDirectory(prefix="ibid-check-") as folder:
        try:
            detail = check(Path(folder))
        except (IbidError, OSError) as error:
            detail = type(error).__name__
    return Result(name, not detail, detail=detail)


def _locked_is_unreadable(folder: Path) -> str:
    path = folder / "check.ibid"
    with IN_THIS_PROCESS.new(path, title="check", passphrase=_LOCK) as desk:
        desk.bring_in(_TEXT.encode(), name="check.md")
    words_of_text = [word.encode() for word in ("парольнай", "Праверка", "SQLite format 3")]
    for file in path.iterdir():
        data = file.read_bytes()
        if any(word in data for word in words_of_text):
            return file.name
    return ""


def _found_again(folder: Path) -> str:
    with IN_THIS_PROCESS.new(folder / "check.ibid", title="check", passphrase=None) as desk:
        desk.bring_in(_TEXT.encode(), name="check.md")
        is_found = desk.search(Question(text="парольная фраза")).count == 1
        is_whole = desk.verify(job=Job()).is_whole
    return "" if is_found and is_whole else "search" if is_whole else "verify"


def _words_are_complete(_folder: Path) -> str:
    missing = [code for code in words.LANGUAGES if words.identifiers(code) != words.identifiers("en")]
    return " ".join(missing)


# --- in a child that is sealed as a keeper is ----------------------------------------------------------------------


def _ask_sealed_child() -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix="ibid-check-") as folder:
        inside, outside = Path(folder, "inside"), Path(folder, "outside")
        inside.mkdir()
        outside.touch()
        child = machine.spawn("archive.checks", args=[str(inside), str(outside)])
        try:
            answer = child.pipe.receive()
        finally:
            child.end()
    return {} if answer is None else msgspec.msgpack.decode(answer, type=dict[str, str])


def _try_to_leave(inside: Path, outside: Path) -> dict[str, str]:
    machine.seal_no_internet()
    machine.seal_to_folder(readable=machine.program_places(), writable=[inside])
    return {
        "internet": _outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()),
        "file": _outcome(outside.read_bytes),
    }


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError:
        return "refused"
    return "allowed"


if __name__ == "__main__":
    pipe = machine.inherited_pipe()
    pipe.send(msgspec.msgpack.encode(_try_to_leave(Path(sys.argv[1]), Path(sys.argv[2]))))
