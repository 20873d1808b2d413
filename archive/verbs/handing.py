"""Verbs that carry archives to other people: share, verify, merge, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archive import api
from archive.errors import ArchiveDamaged, ArchiveTooNew, ForeignArchive
from archive.front_desk import IN_THIS_PROCESS
from archive.keeper import THROUGH_KEEPERS
from archive.model.sharing import Fault, VerifyReport, WebArchiveKind
from archive.terminal import Terminal, read_passphrase
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal
from archive.words import say

EXPORT_KINDS = tuple(kind.value for kind in WebArchiveKind)


@app.command("share")
def share(
    archive: Archive,
    target: Annotated[Path, typer.Argument(help="Where the new archive shall stand.")],
    *,
    locked: Annotated[bool, typer.Option("--locked", help="Lock the new archive with a passphrase of its own.")] = False,
    documents: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this report; may be given again.")] = None,
    passphrase_file: PassphraseFile = None,
    target_passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Write a new archive to hand over, and read it back. Its passphrase is asked for, or stands in --target-passphrase-file."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        new = target_passphrase_file or passphrase_file
        passphrase = read_passphrase(new, question=say("terminal-new-passphrase"), is_new=True) if locked else None
        if locked and target_passphrase_file is None and passphrase_file is not None and desk.about().is_locked:
            terminal.complain(say("terminal-same-passphrase"))
        with terminal.progress(say("terminal-sharing")) as job:
            report = api.share(desk, target, passphrase=passphrase, documents=documents, job=job, doors=IN_THIS_PROCESS)
    terminal.tell(
        {
            "archive": report.archive,
            "volumes": report.volumes,
            "documents": report.documents,
            "objects": report.objects,
            "bytes": report.size_bytes,
            "verified": report.is_verified,
        },
        say("terminal-shared", documents=report.documents, name=report.archive),
    )
    return 0


@app.command("verify")
def verify(archive: Archive, *, passphrase_file: PassphraseFile = None, json: Json = False) -> int:
    """Read the whole archive and name every fault."""
    seal()
    terminal = Terminal(as_json=json)
    try:
        with open_desk(archive, passphrase_file, read_only=True) as desk, terminal.progress(say("terminal-verifying")) as job:
            report = desk.verify(job=job)
    except (ArchiveDamaged, ArchiveTooNew, ForeignArchive) as error:
        terminal.tell({"problem": error.code(), "where": str(error.facts.get("where", "")), "what": ""})
        terminal.fail(error)
        report = VerifyReport(faults=(Fault(error.code()),), documents=0, objects=0)
    else:
        for fault in report.faults:
            terminal.tell(
                {"problem": fault.problem, "where": fault.where, "what": fault.what},
                say(f"fault-{fault.problem}", where=fault.where, what=fault.what),
            )
    terminal.tell(
        {"ok": report.is_whole, "documents": report.documents, "objects": report.objects},
        *([say("terminal-whole", documents=report.documents, objects=report.objects)] if report.is_whole else []),
    )
    if not report.is_whole:
        terminal.complain(say("terminal-damaged"))
    return 0 if report.is_whole else 1


@app.command("merge")
def merge(
    archive: Archive,
    giver: Annotated[Path, typer.Argument(metavar="FROM", help="The archive to take from; it is not changed.")],
    *,
    passphrase_file: PassphraseFile = None,
    from_passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Take everything that FROM has and ARCHIVE has not. Twice is the same as once."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        source = from_passphrase_file or passphrase_file
        with (
            open_desk(giver, source, read_only=True, doors=THROUGH_KEEPERS) as other,
            terminal.progress(say("terminal-merging")) as job,
        ):
            report = api.merge_from(desk, other, job=job)
    terminal.tell(
        {"new": report.new, "same": report.same, "differing": report.differing, "refused": report.refused},
        say("terminal-merged", new=report.new, same=report.same, refused=report.refused),
    )
    return 1 if report.refused else 0


@app.command("export")
def export(
    archive: Archive,
    target: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    kind: Annotated[str, typer.Option("--as", metavar="KIND", help=", ".join(EXPORT_KINDS))],
    documents: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only what this report cites; may be given again.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Write the saved pages as a web archive (WARC, WACZ) that other programs open. Anyone can read it."""
    if kind not in EXPORT_KINDS:
        raise typer.BadParameter(say("terminal-export-unknown", kinds=", ".join(EXPORT_KINDS)))
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-exporting")) as job:
        written = api.export_web_archive(desk, target, kind=WebArchiveKind(kind), documents=documents, job=job)
        is_locked = desk.about().is_locked
    terminal.tell(
        {"file": target.name, "captures": written.captures, "answers": written.answers},
        say("terminal-exported", name=target.name, captures=written.captures),
    )
    if is_locked:
        terminal.complain(say("terminal-exported-open", name=target.name))
    return 0
