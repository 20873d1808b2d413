"""How the terminal asks and answers: plain text or JSON lines, progress, passphrases, errors as sentences."""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from archive.errors import ArchiveLocked, EmptyPassphrase, IbidError
from archive.progress import Job, Step
from archive.words import choose_language, say

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_LABEL = 40


class Terminal:
    """One run's output. Foreign text is printed as plain text: no markup, no control characters.

    Args:
        as_json: print one JSON object per line on standard output and nothing else there.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._out = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
        self._err = Console(markup=False, highlight=False, emoji=False, stderr=True, soft_wrap=True)
        choose_language(os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en")

    @property
    def is_json(self) -> bool:
        """Whether nothing but JSON is printed on standard output."""
        return self._as_json

    def tell(self, value: Mapping[str, object], *lines: str) -> None:
        """One answer: ``value`` as a JSON line, or ``lines`` for a person."""
        if self._as_json:
            sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
            sys.stdout.buffer.flush()
        else:
            for line in lines:
                self._out.print(Text(printable(line)))

    def fail(self, error: IbidError, *, about: str = "") -> None:
        """The error's sentence, on standard error."""
        self.complain((f"{about}: " if about else "") + sentence(error))

    def complain(self, text: str) -> None:
        """A sentence on standard error."""
        self._err.print(Text(printable(text)))

    @contextlib.contextmanager
    def progress(self, label: str) -> Iterator[Job]:
        """A job whose steps are drawn as a bar on standard error, if that is a terminal."""
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as bar:
            line = bar.add_task(label, total=None)

            def draw(step: Step) -> None:
                what = printable(step.label)[:_LONGEST_LABEL]
                bar.update(line, completed=step.done, total=step.total, description=f"{label} {what}".rstrip())

            yield Job(draw)


def printable(text: str) -> str:
    """``text`` without the characters that command a terminal or turn the direction of reading."""
    return _UNPRINTABLE.sub("", text)


def sentence(error: IbidError) -> str:
    """What happened, what it means for the archive, and what to do, in the chosen language."""
    return say(f"error-{error.code()}", **error.facts)


def read_passphrase(file: Path | None, *, question: str, is_new: bool = False) -> str:
    """The passphrase in ``file`` (its first line), or the one typed at a prompt; a new one is asked for twice.

    Raises:
        ArchiveLocked, EmptyPassphrase: there is no file and no terminal to ask at, or nothing was given.
    """
    if file is not None:
        lines = file.read_text(encoding="utf-8").splitlines()
        passphrase = lines[0] if lines else ""
    elif sys.stdin.isatty():
        passphrase = getpass.getpass(question + " ")
        if is_new and getpass.getpass(say("terminal-passphrase-again") + " ") != passphrase:
            passphrase = ""
    else:
        raise EmptyPassphrase if is_new else ArchiveLocked
    if not passphrase:
        raise EmptyPassphrase
    return passphrase
