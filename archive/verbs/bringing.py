"""Verbs that put something into an archive: new, import."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from archive import intake_report, lines
from archive.bringing import FoundFile, PasswordOf, apart, bring_in_many, find_files, open_packed
from archive.errors import TargetExists
from archive.front_desk import IN_THIS_PROCESS
from archive.model.document import Arrival
from archive.model.intake import Fate, IntakeLine
from archive.progress import Cancelled
from archive.terminal import Terminal, read_passphrase
from archive.verbs import saved
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal, stopped_by_keyboard
from archive.words import say

FilePasswordFile = Annotated[
    Path | None,
    typer.Option(help="A file whose first line is the password of encrypted documents.", exists=True, dir_okay=False),
]


@app.command("new")
def new_archive(
    archive: Archive,
    *,
    locked: Annotated[bool, typer.Option("--locked", help="Lock it with a passphrase.")] = False,
    sample: Annotated[bool, typer.Option("--sample", help="Put in it the small collection that comes with Ibid.")] = False,
    title: Annotated[str, typer.Option(help="What the archive is called; its folder's name without this.")] = "",
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Make a new, empty archive."""
    seal()
    terminal = Terminal(as_json=json)
    passphrase = read_passphrase(passphrase_file, question=say("terminal-new-passphrase"), is_new=True) if locked else None
    with IN_THIS_PROCESS.new(archive, title=title or archive.stem, passphrase=passphrase) as desk:
        if sample:
            with terminal.progress(say("terminal-importing")) as job:
                desk.build_sample(job=job)
        facts = desk.about()
    terminal.tell(
        {"archive": archive.name, "title": facts.title, "locked": facts.is_locked}, say("terminal-made", title=facts.title)
    )
    return 0


@app.command("import")
def import_files(
    archive: Archive,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents, and folders of documents, to bring in.")],
    *,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what became of every file here: .csv or .json. It names the files.")
    ] = None,
    collection: Annotated[
        str, typer.Option(metavar="NAME", help="Put them into this collection, which is made if need be.")
    ] = "",
    articles: Annotated[list[str] | None, typer.Option(metavar="TITLE", help="Articles of a ZIM file, by title or path.")] = None,
    passphrase_file: PassphraseFile = None,
    file_password_file: FilePasswordFile = None,
    json: Json = False,
) -> int:
    """Bring documents in, several at once. One that cannot be read does not stop the others; what is here already stays as it is."""
    seal()
    terminal = Terminal(as_json=json)
    if report is not None and report.suffix.lower() not in intake_report.KINDS:
        raise typer.BadParameter(say("terminal-report-kinds"), param_hint="--report")
    if report is not None and (report.exists() or report.is_symlink()):
        raise TargetExists
    told = _Told(terminal)
    with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-importing")) as job:
        ones, holding = apart(find_files(files, job=job))
        told.files = open_packed(desk, ones, job=job)
        try:
            with stopped_by_keyboard(job):
                passwords = _passwords(file_password_file, may_ask=not json)
                bring_in_many(desk, told.files, job=job, told=told, password_of=passwords)
                saved.bring_in_all(desk, holding, terminal=terminal, job=job, articles=articles or (), lines_told=told.of_many)
        finally:
            if collection and told.documents:
                desk.make_collection(collection)
                desk.collect(collection, told.documents)
            if report is not None:
                intake_report.write_report(report, told.lines)
    if not json and len(told.lines) > 1:
        terminal.tell({}, say("terminal-import-counts", **told.counts()))
    if job.is_cancelled:
        raise Cancelled
    return 1 if any(line.fate is Fate.FAILED for line in told.lines) else 0


class _Told:
    """Tells the terminal what becomes of each file, and remembers it for the report."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._lines: dict[int, IntakeLine] = {}
        self._arrivals: dict[int, Arrival | None] = {}
        self._told = 0
        self.files: Sequence[FoundFile] = ()
        self.of_many: list[IntakeLine] = []

    @property
    def lines(self) -> list[IntakeLine]:
        """One line per file in their order, web archives and ZIM files last; those of which nothing was told yet are untouched."""
        ones = [self._lines.get(n, IntakeLine(n=n, name=file.name, fate=Fate.UNTOUCHED)) for n, file in enumerate(self.files)]
        return ones + self.of_many

    @property
    def documents(self) -> tuple[str, ...]:
        """The identifiers of what is in the archive now, each once."""
        return tuple(dict.fromkeys(line.document for line in self.lines if line.document))

    def counts(self) -> dict[str, int]:
        """How many files met which fate."""
        met = intake_report.counts(self.lines)
        return {
            name: met.get(fate, 0)
            for name, fate in (("arrived", Fate.ARRIVED), ("already", Fate.ALREADY), ("failed", Fate.FAILED))
        }

    def __call__(self, line: IntakeLine, arrival: Arrival | None) -> None:
        if not line.is_over:
            return
        self._lines[line.n] = line
        self._arrivals[line.n] = arrival
        while self._told in self._arrivals:
            self._tell(self._lines[self._told], self._arrivals.pop(self._told))
            self._told += 1

    def _tell(self, line: IntakeLine, arrival: Arrival | None) -> None:
        """Say one line; lines are said in the order of the files, whichever is over first."""
        path = self.files[line.n].path
        said = [f"{line.name}: {sentence}" for sentence in intake_report.say_problems(line)]
        if arrival is not None:
            self._terminal.tell(lines.arrival(path, arrival), lines.arrival_sentence(line.name, arrival))
        elif line.fate is Fate.FAILED:
            self._terminal.tell(lines.failure(path, line))
        if arrival is None or not self._terminal.is_json:
            for sentence in said:
                self._terminal.complain(sentence)


def _passwords(file: Path | None, *, may_ask: bool) -> PasswordOf:
    """Where the password of a file that its maker encrypted comes from: the file named, a question on a terminal, or nowhere."""
    if file is None and not (may_ask and sys.stdin.isatty()):
        return lambda _name: None
    return lambda name: read_passphrase(file, question=say("terminal-file-password", name=name))
