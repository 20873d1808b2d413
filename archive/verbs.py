"""The verbs of the terminal: the same desk that the window asks.

Exit codes: 0 done, 1 something was wrong with the input or the archive, 2 wrong usage; each with a sentence on standard error.
With ``--json`` standard output holds one JSON object per line and nothing else; the README lists their keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from archive import api, checks, lines, machine
from archive.api import FrontDesk
from archive.capture.fetcher import Fetcher
from archive.errors import (
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveTooNew,
    ForeignArchive,
    IbidError,
    InputError,
)
from archive.front_desk import IN_THIS_PROCESS
from archive.keeper import THROUGH_KEEPERS
from archive.model.hit import Question
from archive.model.sharing import Fault, VerifyReport
from archive.model.source import CaptureOutcome, SourceState
from archive.progress import Cancelled
from archive.settings import ReadingLimits
from archive.terminal import Terminal, read_passphrase
from archive.window_entry import window_entry
from archive.words import say

EXPORT_KINDS = ("web", "zim", "epub", "wacz", "warc", "bagit", "csl", "bibtex", "ris", "csv", "jsonl")

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

Archive = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive: a folder NAME.ibid.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on standard output, and nothing else.")]
PassphraseFile = Annotated[
    Path | None, typer.Option(help="A file whose first line is the passphrase.", exists=True, dir_okay=False)
]


def run(arguments: Sequence[str]) -> int:
    """Run one verb.

    Returns:
        The exit code.
    """
    try:
        return app(_spread(arguments), prog_name="ibid", standalone_mode=False) or 0
    except typer.Exit as ended:
        return ended.exit_code
    except IbidError as error:
        Terminal(as_json=False).fail(error)
        return 1
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        Terminal(as_json=False).complain(say("terminal-stopped"))
        return 1
    except Exception as error:
        show = getattr(error, "format_message", None)
        if show is None:
            raise
        Terminal(as_json=False).complain(show())
        return 2


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
    _seal()
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
    json: Json = False,
) -> int:
    """Bring documents in. One that cannot be read does not stop the others."""
    _seal()
    terminal = Terminal(as_json=json)
    failed = 0
    with _open(archive, passphrase_file) as desk, terminal.progress(say("terminal-importing")) as job:
        for done, file in enumerate(files):
            job.step(done, len(files), file.name)
            try:
                arrival = desk.bring_in(machine.read_file(file, limit_bytes=ReadingLimits().file_bytes), name=file.name)
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


@app.command("list")
def list_documents(archive: Archive, *, passphrase_file: PassphraseFile = None, json: Json = False) -> int:
    """List the documents."""
    _seal()
    terminal = Terminal(as_json=json)
    with _open(archive, passphrase_file) as desk:
        for entry in desk.documents():
            document, description = entry.document, entry.document.description
            terminal.tell(
                {
                    "document": document.document,
                    "role": document.role,
                    "title": description.title,
                    "language": description.language,
                    "reference": description.reference,
                    "published_on": description.published_on,
                    "notes": document.notes,
                    "sources": entry.sources,
                },
                f"{document.document[:12]}  {description.published_on or '          '}  {description.language}  {description.title}",
            )
    return 0


@app.command("show")
def show_document(
    archive: Archive,
    document: Annotated[str, typer.Argument(help="A document's identifier, or how it begins.")],
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Show the passages of a document in reading order."""
    _seal()
    terminal = Terminal(as_json=json)
    with _open(archive, passphrase_file) as desk:
        for passage in desk.passages(desk.document(document).document):
            terminal.tell(
                {
                    "n": passage.n,
                    "kind": passage.kind,
                    "level": passage.level,
                    "page": passage.page,
                    "text": passage.text,
                    "markers": [{"label": marker.label, "at": marker.at} for marker in passage.markers],
                },
                ("#" * passage.level + " " if passage.kind == "heading" else "") + passage.text,
                "",
            )
    return 0


@app.command("notes")
def show_notes(
    archive: Archive,
    document: Annotated[str, typer.Argument(help="A document's identifier, or how it begins.")],
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Show the notes of a document, what they cite, and what has become of it."""
    _seal()
    terminal = Terminal(as_json=json)
    with _open(archive, passphrase_file) as desk:
        notes = desk.notes(desk.document(document).document)
        cited = {citation.address for note in notes for citation in note.citations}
        sources = {source.address: source for source in desk.sources() if source.address in cited}
        label_of = {citation.n: note.label for note in notes for citation in note.citations}
        for note in notes:
            terminal.tell(lines.note(note, sources, label_of), f"{note.label:>4}  {note.text}", "")
    return 0


@app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="ARCHIVE... QUERY", help="One or more archives, then the question.")],
    *,
    limit: Annotated[int, typer.Option(help="How many hits at most.", min=1)] = 20,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Ask one question of one or more archives."""
    _seal()
    if len(words) < 2:
        raise typer.BadParameter(say("terminal-search-usage"))
    terminal = Terminal(as_json=json)
    desks: list[FrontDesk] = []
    try:
        desks.extend(_open(Path(word), passphrase_file) for word in words[:-1])
        answer = api.search_together(desks, Question(text=words[-1], limit=limit))
    finally:
        for desk in desks:
            desk.close()
    terminal.tell(
        {
            "query": answer.question,
            "understood": answer.understood,
            "count": answer.count,
            "exact": answer.is_exact,
            "ms": round(answer.duration_ms, 2),
            "spellings": [{"text": spelling.text, "count": spelling.count} for spelling in answer.spellings],
        },
        say("terminal-hits", count=answer.count),
        "",
    )
    for hit in answer.hits:
        terminal.tell(
            lines.hit(hit), f"{hit.document[:12]}  {hit.title}", "    " + "".join(text for text, _is_hit in hit.snippet), ""
        )
    return 0


@app.command("sources")
def show_sources(
    archive: Archive,
    *,
    state: Annotated[SourceState | None, typer.Option(help="Only those in this state.")] = None,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """List the sources, where they are cited, and what is saved of them."""
    _seal()
    terminal = Terminal(as_json=json)
    with _open(archive, passphrase_file) as desk:
        for source in desk.sources(state=state):
            terminal.tell(
                {
                    "address": source.address,
                    "state": source.state,
                    "cited_at": lines.places(source.cited_at),
                    "captures": [
                        {"capture": kept.capture, "taken_at": kept.taken_at, "verdict": kept.verdict, "bytes": kept.size_bytes}
                        for kept in source.captures
                    ],
                },
                f"{say(f'state-{source.state}'):<14}  {source.address}",
            )
    return 0


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
        _seal()
        with _open(archive, passphrase_file) as desk, terminal.progress(say("terminal-capturing")) as job:
            api.capture(desk, fetcher, only=only or (), allowed_private=allow_private or (), job=job, told=told)
    return 0


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
    _seal()
    terminal = Terminal(as_json=json)
    with _open(archive, passphrase_file) as desk:
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
    _seal()
    terminal = Terminal(as_json=json)
    try:
        with _open(archive, passphrase_file, read_only=True) as desk, terminal.progress(say("terminal-verifying")) as job:
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
    _seal()
    terminal = Terminal(as_json=json)
    with _open(archive, passphrase_file) as desk:
        source = from_passphrase_file or passphrase_file
        with (
            _open(giver, source, read_only=True, doors=THROUGH_KEEPERS) as other,
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
    target: Annotated[Path, typer.Argument(help="Where to write.")],
    *,
    kind: Annotated[str, typer.Option("--as", metavar="KIND", help=", ".join(EXPORT_KINDS))],
) -> int:
    """Write the archive in another format."""
    del archive, target  # the usage line names them; no kind is built yet
    if kind not in EXPORT_KINDS:
        raise typer.BadParameter(say("terminal-export-unknown", kinds=", ".join(EXPORT_KINDS)))
    raise typer.BadParameter(say("terminal-export-not-built", kind=kind))


@app.command("check")
def check(*, json: Json = False) -> int:
    """Check on this machine what Ibid promises, and say plainly what it cannot keep here."""
    terminal = Terminal(as_json=json)
    is_all_well = True
    for result in checks.run():
        is_all_well &= result.is_kept or not result.is_required
        mark = "+" if result.is_kept else "-"
        terminal.tell(
            {"check": result.name, "kept": result.is_kept, "detail": result.detail},
            f" {mark} " + say(f"check-{result.name}") + (f" ({result.detail})" if result.detail else ""),
        )
    return 0 if is_all_well else 1


@app.command("demo")
def demo(folder: Annotated[Path, typer.Argument(help="Where the pictures go.")]) -> int:
    """Walk the three journeys on the sample, without a screen, and leave pictures."""
    terminal = Terminal(as_json=False)
    for picture in window_entry("demo")(folder):
        terminal.tell({}, str(picture))
    return 0


# --- small steps shared by the verbs -------------------------------------------------------------------------------


def _spread(arguments: Sequence[str]) -> list[str]:
    """``--only A B`` as ``--only A --only B``, once the places that the verb wants have been given."""
    places_left = {"capture": 1, "share": 2}.get(arguments[0] if arguments else "", 0)
    spread: list[str] = []
    repeated = previous = ""
    for argument in arguments:
        if argument.startswith("-"):
            repeated = argument if argument in {"--only", "--allow-private", "--documents"} else ""
        elif repeated and previous != repeated and places_left <= 0:
            spread.append(repeated)
        elif spread and (previous in {"--json", "--locked", "--sample"} or not previous.startswith("--")):
            places_left -= 1
        spread.append(argument)
        previous = argument
    return spread


def _seal() -> None:
    machine.no_core_dumps()
    machine.private_umask()
    machine.seal_no_internet()


def _open(
    archive: Path, passphrase_file: Path | None, *, read_only: bool | None = None, doors: api.Doors = IN_THIS_PROCESS
) -> FrontDesk:
    try:
        return doors.open(archive, passphrase=None, read_only=read_only)
    except ArchiveLocked:
        passphrase = read_passphrase(passphrase_file, question=say("terminal-passphrase", name=archive.stem))
        return doors.open(archive, passphrase=passphrase, read_only=read_only)
