"""What the verbs share: the application they belong to, their usual arguments, how they open an archive."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from archive import api, machine
from archive.api import FrontDesk
from archive.errors import ArchiveLocked
from archive.front_desk import IN_THIS_PROCESS
from archive.progress import Job
from archive.terminal import read_passphrase
from archive.words import say

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

Archive = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive: a folder NAME.ibid.")]
DocumentName = Annotated[str, typer.Argument(help="A document's identifier, or how it begins.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on standard output, and nothing else.")]
PassphraseFile = Annotated[
    Path | None, typer.Option(help="A file whose first line is the passphrase.", exists=True, dir_okay=False)
]


def seal() -> None:
    """Shut this process off from the network and from dumps of its memory; every verb but ``capture`` begins so."""
    machine.no_core_dumps()
    machine.private_umask()
    machine.seal_no_internet()


def open_desk(
    archive: Path, passphrase_file: Path | None, *, read_only: bool | None = None, doors: api.Doors = IN_THIS_PROCESS
) -> FrontDesk:
    """The archive, its passphrase asked for where it is locked.

    Raises:
        ArchiveError: it cannot be opened.
    """
    try:
        return doors.open(archive, passphrase=None, read_only=read_only)
    except ArchiveLocked:
        passphrase = read_passphrase(passphrase_file, question=say("terminal-passphrase", name=archive.stem))
        return doors.open(archive, passphrase=passphrase, read_only=read_only)


@contextlib.contextmanager
def stopped_by_keyboard(job: Job) -> Iterator[None]:
    """Ctrl+C ends after the files under way, so that whatever is told is true."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: job.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
