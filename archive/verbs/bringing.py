"""Verbs that put something into an archive: new, import, capture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archive import api, lines, machine
from archive.capture.fetcher import Fetcher
from archive.errors import InputError
from archive.front_desk import IN_THIS_PROCESS
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
    collection: Annotated[
        str, typer.Option(metavar="NAME", help="Put them into this collection, which is made if need be.")
    ] = "",
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Bring documents in. One that cannot be read does not stop the others."""
    seal()
    terminal = Terminal(as_json=json)
    failed = 0
    with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-importing")) as job:
        if collection:
            desk.make_collection(collection)
        for done, file in enumerate(files):
            job.step(done, len(files), file.name)
            try:
                arrival = desk.bring_in(machine.read_file(file, limit_bytes=ReadingLimits().file_bytes), name=file.name)
            except InputError as error:
                failed += 1
                terminal.tell({"path": str(file), "document": None, "already": False, "problems": [lines.problem(error)]})
                terminal.fail(error, about=file.name)
            else:
                if collection:
                    desk.collect(collection, (arrival.document.document,))
                terminal.tell(lines.arrival(file, arrival), lines.arrival_sentence(file, arrival))
                for problem in arrival.problems:
                    if not json:
                        terminal.complain(f"{file.name}: " + say(f"problem-{problem.code}", detail=problem.detail))
        job.step(len(files), len(files))
    return 1 if failed else 0


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
