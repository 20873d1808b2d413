"""Verbs that put something into an archive: new, import, capture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from archive import api, lines, machine
from archive.api import FrontDesk
from archive.capture.fetcher import Fetcher
from archive.errors import OPENED_WITH_PASSWORD, InputError, PasswordWanted
from archive.front_desk import IN_THIS_PROCESS
from archive.model.document import Arrival
from archive.model.source import CaptureOutcome
from archive.settings import ReadingLimits
from archive.terminal import Terminal, read_passphrase
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal
from archive.words import say


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
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents to bring in.")],
    *,
    passphrase_file: PassphraseFile = None,
    file_password_file: Annotated[
        Path | None,
        typer.Option(help="A file whose first line is the password of encrypted documents.", exists=True, dir_okay=False),
    ] = None,
    json: Json = False,
) -> int:
    """Bring documents in. One that cannot be read does not stop the others."""
    seal()
    terminal = Terminal(as_json=json)
    failed = 0
    with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-importing")) as job:
        for done, file in enumerate(files):
            job.step(done, len(files), file.name)
            try:
                data = machine.read_file(file, limit_bytes=ReadingLimits().file_bytes)
                arrival = _bring_in(desk, data, file, password_file=file_password_file, may_ask=not json)
            except InputError as error:
                failed += 1
                terminal.tell({"path": str(file), "document": None, "already": False, "problems": [lines.problem(error)]})
                terminal.fail(error, about=file.name)
            else:
                terminal.tell(lines.arrival(file, arrival), lines.arrival_sentence(file, arrival))
                for problem in arrival.problems:
                    if not json:
                        terminal.complain(f"{file.name}: " + say(f"problem-{problem.code}", detail=problem.detail))
        job.step(len(files), len(files))
    return 1 if failed else 0


def _bring_in(desk: FrontDesk, data: bytes, file: Path, *, password_file: Path | None, may_ask: bool) -> Arrival:
    """Bring one file in; the password of one that its maker encrypted comes from the file named, or is asked for on a terminal."""
    try:
        return desk.bring_in(data, name=file.name)
    except PasswordWanted as error:
        if error.facts["format"] not in OPENED_WITH_PASSWORD or (password_file is None and not (may_ask and sys.stdin.isatty())):
            raise
        password = read_passphrase(password_file, question=say("terminal-file-password", name=file.name))
        return desk.bring_in(data, name=file.name, password=password)


@app.command("capture")
def capture(
    archive: Archive,
    *,
    only: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="Only this source; may be given again.")] = None,
    allow_private: Annotated[list[str] | None, typer.Option(metavar="HOST", help="A private host that may be asked.")] = None,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Save the sources that are not saved yet. The only verb that goes online."""
    terminal = Terminal(as_json=json)
    outcomes: list[CaptureOutcome] = []

    def told(outcome: CaptureOutcome) -> None:
        outcomes.append(outcome)
        terminal.tell(
            {
                "address": outcome.address,
                "state": outcome.state,
                "verdict": outcome.verdict,
                "status": outcome.status,
                "bytes": outcome.size_bytes,
                "ms": outcome.duration_ms,
            },
            f"{say(f'state-{outcome.state}'):<14}  {outcome.address}",
        )

    with Fetcher() as fetcher:
        seal()
        with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-capturing")) as job:
            api.capture(desk, fetcher, only=only or (), allowed_private=allow_private or (), job=job, told=told)
    return 0
