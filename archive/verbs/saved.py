"""Verbs for what others saved: zim, attach; and how ``import`` brings in web archives and articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from archive import lines, machine, saved
from archive.api import FrontDesk
from archive.bringing import FoundFile, line_of_pages
from archive.errors import ArticlesWanted, InputError, UnknownFormat, from_code
from archive.model.document import Arrival
from archive.model.intake import Fate, IntakeLine
from archive.model.saved import Container, PageFault, PageOutcome
from archive.progress import Cancelled, Job
from archive.settings import ReadingLimits
from archive.terminal import Terminal
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal
from archive.words import say

_AT_ONCE = 500


@app.command("zim")
def list_articles(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A ZIM file.")],
    *,
    find: Annotated[str, typer.Option(metavar="WORDS", help="Only titles that hold these words.")] = "",
    limit: Annotated[int, typer.Option(help="How many at most; 0 for all.", min=0)] = 0,
    json: Json = False,
) -> int:
    """List the articles of a ZIM file."""
    seal()
    terminal = Terminal(as_json=json)
    if saved.container_of(file) is not Container.ZIM:
        raise UnknownFormat(looks_like="data")
    with terminal.progress(say("terminal-looking-through")) as job:
        opened, facts = saved.open_zim(file, job=job)
    with opened:
        for problem in facts.problems:
            terminal.complain(say(f"problem-{problem.code}", detail=problem.detail))
        first = 0
        while True:
            found = opened.titles(find, first=first, count=_AT_ONCE if not limit else min(_AT_ONCE, limit - first))
            for entry in found.entries:
                terminal.tell({"title": entry.title, "path": entry.path}, f"{entry.title}  ({entry.path})")
            first += len(found.entries)
            if not found.entries or first >= found.count or (limit and first >= limit):
                break
        if not json:
            terminal.tell({}, "", say("terminal-articles", count=found.count))
    return 0


@app.command("attach")
def attach(
    archive: Archive,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address of the source.")],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A saved page (HTML, MHTML), a PDF, a picture of it, or a web archive that holds it."
        ),
    ],
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Keep a file as a saved state of a source, added by hand."""
    seal()
    terminal = Terminal(as_json=json)
    data = machine.read_file(file, limit_bytes=ReadingLimits().file_bytes)
    with open_desk(archive, passphrase_file) as desk:
        outcome = desk.attach_capture(address, data, name=file.name)
    state = say("terminal-page-already", address=outcome.address) if outcome.is_already_here else say(f"state-{outcome.state}")
    terminal.tell(lines.page(file, outcome), say("terminal-attached", address=outcome.address, state=state))
    return 0


def bring_in_all(
    desk: FrontDesk,
    files: Sequence[FoundFile],
    *,
    terminal: Terminal,
    job: Job,
    articles: Sequence[str],
    lines_told: list[IntakeLine],
) -> None:
    """Bring web archives, and articles of ZIM files, in; one that cannot be read does not stop the others.

    Args:
        desk: the archive.
        files: the second part of :func:`apart`.
        terminal: is told what becomes of every page and article.
        job: cancelled, what came in so far stays and the rest is untouched.
        articles: of the ZIM files, by title or path.
        lines_told: gets one line per file.
    """
    for file in files:
        line = IntakeLine(n=len(lines_told), name=file.name, fate=Fate.UNTOUCHED)
        try:
            if not job.is_cancelled:
                line = _bring_in(desk, file.path, line, terminal=terminal, job=job, articles=articles)
        except Cancelled:
            pass
        except InputError as error:
            line = msgspec.structs.replace(line, fate=Fate.FAILED, error=error.code(), facts=error.facts)
            terminal.tell(lines.failure(file.path, line))
            terminal.fail(error, about=file.name)
        lines_told.append(line)


def _bring_in(
    desk: FrontDesk, file: Path, line: IntakeLine, *, terminal: Terminal, job: Job, articles: Sequence[str]
) -> IntakeLine:
    if saved.container_of(file) is Container.ZIM:
        return _bring_in_articles(desk, file, line, terminal=terminal, job=job, articles=articles)

    def told(outcome: PageOutcome | PageFault) -> None:
        if isinstance(outcome, PageFault):
            failed = msgspec.structs.replace(line, error=outcome.code, facts=outcome.facts)
            terminal.tell(lines.failure(file, failed))
            terminal.fail(from_code(outcome.code, outcome.facts), about=file.name)
        else:
            terminal.tell(lines.page(file, outcome), lines.page_sentence(outcome))

    report = saved.bring_in_pages(desk, file, job=job, told=told)
    for arrival in report.lists:
        terminal.tell(lines.arrival(file, arrival), lines.arrival_sentence(file.name, arrival))
    terminal.tell(
        lines.pages(file, report),
        say("terminal-pages", name=file.name, new=report.new, already=report.already, failed=report.failed, others=report.others),
    )
    for problem in report.problems:
        terminal.complain(f"{file.name}: " + say(f"problem-{problem.code}", detail=problem.detail))
    return line_of_pages(report, line)


def _bring_in_articles(
    desk: FrontDesk, file: Path, line: IntakeLine, *, terminal: Terminal, job: Job, articles: Sequence[str]
) -> IntakeLine:
    if not articles:
        raise ArticlesWanted
    met: Counter[str] = Counter()

    def told(name: str, came: Arrival | InputError) -> None:
        if isinstance(came, InputError):
            met[Fate.FAILED.value] += 1
            terminal.tell(lines.failure(file, msgspec.structs.replace(line, error=came.code(), facts=came.facts)))
            terminal.fail(came, about=name)
        else:
            met[(Fate.ALREADY if came.is_already_here else Fate.ARRIVED).value] += 1
            terminal.tell(lines.arrival(file, came), lines.arrival_sentence(name, came))

    opened, facts = saved.open_zim(file, job=job)
    with opened:
        for problem in facts.problems:
            terminal.complain(f"{file.name}: " + say(f"problem-{problem.code}", detail=problem.detail))
        saved.bring_in_articles(desk, opened, articles, job=job, told=told)
    fate = Fate.FAILED if met[Fate.FAILED.value] else Fate.ARRIVED if met[Fate.ARRIVED.value] else Fate.ALREADY
    return msgspec.structs.replace(line, fate=fate, problems=facts.problems, children=dict(met))
