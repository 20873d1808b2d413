"""What becomes of each of many files that are brought in: one line per file, whatever happens to it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from archive.errors import Fact
from archive.model.document import Problem


class Fate(StrEnum):
    """What has become of a file."""

    WAITING = "waiting"
    READING = "reading"
    ARRIVED = "arrived"
    ALREADY = "already"
    FAILED = "failed"
    UNTOUCHED = "untouched"


class IntakeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a run.

    ``n`` counts from 0 in the order of the run. ``name`` begins with the name of what the person chose and goes on below it
    (``Reports/2024/a.pdf``); it is untrusted, and it never enters the archive. ``document`` and what follows it are set when it is in.
    ``error`` is the code of the error that kept it out, with its facts. ``children`` counts by fate what was in it, where a file holds many
    things (a ZIP, a web archive).
    """

    n: int
    name: str
    fate: Fate = Fate.WAITING
    document: str | None = None
    title: str = ""
    notes: int = 0
    paired: int = 0
    addresses: int = 0
    problems: tuple[Problem, ...] = ()
    error: str = ""
    facts: dict[str, Fact] = {}
    children: dict[str, int] = {}

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it in this run."""
        return self.fate not in {Fate.WAITING, Fate.READING}

    @property
    def has_problems(self) -> bool:
        """Whether a person should look at it: it did not come in, or something about it should be known."""
        return bool(self.error or self.problems) or self.fate is Fate.FAILED
