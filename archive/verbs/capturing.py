"""Verbs about saving sources: capture, the only one that goes online, and judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from archive import capture_report, lines
from archive.api import FrontDesk
from archive.capture.fetcher import open_loaders
from archive.capturing import AT_ONCE, capture_many, find_work, follow_all, read_hosts
from archive.errors import MachineError, ProxyUnreadable
from archive.model.capturing import CaptureFate, CaptureLine, Choice, ListedHost, PlannedSource
from archive.model.source import Loader, Verdict
from archive.progress import Cancelled, Job
from archive.settings import CaptureLimits
from archive.terminal import Terminal
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal, stopped_by_keyboard
from archive.words import say

_AS_IBID = "ibid"
Hosts = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Your own list of hosts to save first: one a line, then 'blocked' or 'labelled'. It is used for this run and kept nowhere.",
        exists=True,
        dir_okay=False,
    ),
]


@app.command("capture")
def capture(
    archive: Archive,
    *,
    report: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only what this report cites.")] = None,
    collection: Annotated[str, typer.Option(metavar="NAME", help="Only what the documents of this collection cite.")] = "",
    only: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="Only this source; may be given again.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Also what is gone or was refused before.")] = False,
    at_once: Annotated[int, typer.Option(metavar="N", help="How many sources are under way at once.", min=1, max=16)] = AT_ONCE,
    proxy: Annotated[
        str | None,
        typer.Option(metavar="socks5h://HOST:PORT", help="Ask for everything through this SOCKS proxy, Tor's for one."),
    ] = None,
    no_copies: Annotated[
        bool, typer.Option("--no-copies", help="Ask no web archive of others for copies of what is gone.")
    ] = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Then also what the documents that were saved cite in their own notes.")
    ] = False,
    listed_hosts: Hosts = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be asked for, in order, and why.")] = False,
    allow_private: Annotated[list[str] | None, typer.Option(metavar="HOST", help="A private host that may be asked.")] = None,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Save the sources that are not saved yet, the endangered first. The only verb that goes online; stopped, it goes on next time."""
    terminal = Terminal(as_json=json)
    choice = Choice(reports=tuple(report or ()), collection=collection, only=tuple(only or ()), is_retry=retry)
    listed = () if listed_hosts is None else read_hosts(listed_hosts)
    if dry_run:
        seal()
        with open_desk(archive, passphrase_file) as desk:
            _list(terminal, find_work(desk, choice, listed=listed))
        return 0
    if proxy == "":
        raise ProxyUnreadable  # whoever meant one shall not go without
    told = _Told(terminal)
    limits = CaptureLimits(at_once=at_once, proxy=proxy or "")
    with open_loaders(limits, without_browser=told.take_reason) as loaders:
        seal()
        with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-capturing")) as job:
            going = _Going(desk, loaders, job, told, at_once, tuple(allow_private or ()), may_ask_archives=not no_copies)
            try:
                with stopped_by_keyboard(job):
                    going.go(choice, listed=listed)
                    if follow and not job.is_cancelled:
                        documents = follow_all(desk, choice)
                        going.go(Choice(reports=documents), listed=listed) if documents else None
            finally:
                told.say_end()
    if job.is_cancelled:
        raise Cancelled
    return 1 if any(line.fate is CaptureFate.BROKEN for line in told.lines) else 0


@app.command("judge")
def judge(
    archive: Archive,
    capture_name: Annotated[
        str, typer.Argument(metavar="CAPTURE", help="A capture's identifier, or how it begins (see sources --json).")
    ],
    verdict: Annotated[
        str,
        typer.Argument(
            metavar="VERDICT", help="What it is worth: " + ", ".join(Verdict) + "; or ibid, for what Ibid itself said."
        ),
    ],
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Overrule what Ibid said of a capture; the state of its source follows. It can be taken back, and it travels with the capture."""
    seal()
    terminal = Terminal(as_json=json)
    if verdict not in {*Verdict, _AS_IBID}:
        raise typer.BadParameter(", ".join((*Verdict, _AS_IBID)), param_hint="VERDICT")
    with open_desk(archive, passphrase_file) as desk:
        source = desk.judge(capture_name, None if verdict == _AS_IBID else Verdict(verdict))
    kept = next(each for each in source.captures if each.capture.startswith(capture_name.strip().lower()))
    said = capture_report.say_judged(kept)
    terminal.tell(lines.judged(source, kept), f"{say(f'state-{source.state}'):<14}  {source.address}", said)
    return 0


class _Going:
    """The way a run goes, the same for what was chosen and for what that leads on to."""

    def __init__(
        self,
        desk: FrontDesk,
        loaders: Sequence[Loader],
        job: Job,
        told: _Told,
        at_once: int,
        allowed: tuple[str, ...],
        *,
        may_ask_archives: bool,
    ) -> None:
        self._desk, self._loaders, self._job, self._told = desk, loaders, job, told
        self._at_once, self._allowed, self._may_ask_archives = at_once, allowed, may_ask_archives

    def go(self, choice: Choice, *, listed: tuple[ListedHost, ...]) -> None:
        capture_many(
            self._desk,
            self._loaders[0],
            find_work(self._desk, choice, listed=listed),
            job=self._job,
            told=self._told,
            browser=self._loaders[1] if len(self._loaders) > 1 else None,
            at_once=self._at_once,
            allowed_private=self._allowed,
            may_ask_archives=self._may_ask_archives,
            is_run=not choice.only,
        )


class _Told:
    """Tells the terminal what becomes of each source, and remembers it for the end report."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.lines: list[CaptureLine] = []
        self._no_browser: MachineError | None = None

    def take_reason(self, why: MachineError) -> None:
        """Remember why there is no browser, to be told if a page would have wanted one."""
        self._no_browser = why

    def __call__(self, line: CaptureLine) -> None:
        if not line.is_over:
            return
        self.lines.append(line)
        if line.fate is CaptureFate.UNTOUCHED:
            return
        why = capture_report.say_why(line)[:1]
        self._terminal.tell(
            lines.captured(line), f"{capture_report.say_fate(line):<14}  {line.address}", *(f"    {each}" for each in why)
        )

    def say_end(self) -> None:
        """The end report, for a person."""
        if not self.lines or self._terminal.is_json:
            return
        report = capture_report.end_report(self.lines)
        self._terminal.tell({}, "", *capture_report.say_end(report))
        if report.unbuilt and self._no_browser is not None:
            self._terminal.tell({}, f"    {say(f'error-{self._no_browser.code()}', **self._no_browser.facts)}")
        if report.not_saved:
            self._terminal.tell({}, "", say("capture-end-not-saved"))
            for line in report.not_saved:
                self._terminal.tell({}, f"  {line.address}", *(f"    {each}" for each in capture_report.say_why(line)))


def _list(terminal: Terminal, work: list[PlannedSource]) -> None:
    for n, planned in enumerate(work, 1):
        risks = capture_report.say_risks(planned.risks)
        said = f"{n:>4}  {say(f'state-{planned.entry.source.state}'):<14}  {planned.address}"
        terminal.tell(lines.planned(n, planned), said, *([f"      {risks}"] if risks else []))
    if not terminal.is_json:
        terminal.tell({}, "", say("terminal-capture-planned", count=len(work)))
