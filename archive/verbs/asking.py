"""Verbs that ask: search, like, cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from archive import api, lines
from archive.api import FrontDesk
from archive.model.hit import Answer, FacetName, Order, Question
from archive.terminal import Terminal
from archive.understood import sentence
from archive.verbs.shared import Archive, DocumentName, Json, PassphraseFile, app, open_desk, seal
from archive.words import say

_MOST_VALUES = 10
_IDENTIFIER_DIGITS = frozenset("0123456789abcdef")


@app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="ARCHIVE... QUERY", help="One or more archives, then the question.")],
    *,
    limit: Annotated[int, typer.Option(help="How many hits at most.", min=1)] = 20,
    sort: Annotated[Order, typer.Option(help="In which order.")] = Order.RELEVANCE,
    exact: Annotated[bool, typer.Option("--exact", help="Words as they are written, not in all their forms.")] = False,
    facets: Annotated[bool, typer.Option("--facets", help="Count the answers by kind, language, publisher and so on.")] = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every passage found into this file.")] = None,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Ask one question of one or more archives."""
    seal()
    if len(words) < 2:
        raise typer.BadParameter(say("terminal-search-usage"))
    terminal = Terminal(as_json=json)
    question = Question(text=words[-1], limit=limit, order=sort, is_exact=exact)
    with _open_all(words[:-1], passphrase_file) as desks:
        if csv is not None:
            _write_csv(terminal, desks, question, csv)
            return 0
        answer = api.search_together(desks, question)
        _tell_answer(terminal, answer)
        for facet in api.facets_together(desks, question).facets if facets else ():
            terminal.tell(
                {"facet": facet.name, "values": [[found.value, found.count] for found in facet.values]},
                say(f"facet-{facet.name}"),
                *(f"    {found.count:>6}  {_value(facet.name, found.value)}" for found in facet.values[:_MOST_VALUES]),
                "",
            )
    return 0


@app.command("like")
def like(
    archive: Archive,
    document: DocumentName,
    *,
    passage: Annotated[int | None, typer.Option(metavar="N", help="Only this passage of it, as show --json counts them.")] = None,
    limit: Annotated[int, typer.Option(help="How many hits at most.", min=1)] = 20,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Find documents that use the same rare words as a document."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        _tell_answer(terminal, desk.like(document, passage=passage, limit=limit))
    return 0


@app.command("cites")
def cites(
    archive: Archive,
    what: Annotated[str, typer.Argument(metavar="ADDRESS", help="An address, a site, or a report's identifier.")],
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Find who cites an address or a site; for a report, the other reports that cite what it cites."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        is_found = (
            _tell_related(terminal, desk, what) if set(what.lower()) <= _IDENTIFIER_DIGITS else _tell_citing(terminal, desk, what)
        )
    if not is_found and not json:
        terminal.complain(say("terminal-cites-nobody"))
    return 0


def _tell_related(terminal: Terminal, desk: FrontDesk, document: str) -> bool:
    found = desk.also_cited_by(document)
    for each in found:
        terminal.tell(
            {"document": each.document, "title": each.title, "shared": each.count, "addresses": list(each.addresses)},
            f"{each.document[:12]}  {each.title}",
            "    " + say("terminal-sources-shared", count=each.count),
        )
    return bool(found)


def _tell_citing(terminal: Terminal, desk: FrontDesk, address: str) -> bool:
    found = desk.citing(address)
    for each in found:
        terminal.tell(
            {
                "document": each.document,
                "title": each.title,
                "notes": [{"label": note.label, "address": note.address, "text": note.text} for note in each.notes],
            },
            f"{each.document[:12]}  {each.title}",
            *(f"    {note.label}  {note.text}" for note in each.notes),
            "",
        )
    return bool(found)


@contextmanager
def _open_all(archives: Sequence[str], passphrase_file: Path | None) -> Iterator[list[FrontDesk]]:
    with ExitStack() as stack:
        yield [stack.enter_context(open_desk(Path(archive), passphrase_file)) for archive in archives]


def _tell_answer(terminal: Terminal, answer: Answer) -> None:
    said = sentence(answer.understood)
    terminal.tell(
        {
            "query": answer.question,
            "understood": answer.written,
            "said": said,
            "count": answer.count,
            "exact": answer.is_exact,
            "ms": round(answer.duration_ms, 2),
            "spellings": [{"text": spelling.text, "count": spelling.count} for spelling in answer.spellings],
            "offers": [{"text": offer.text, "count": offer.count} for offer in answer.offers],
        },
        say("terminal-hits" if answer.is_exact else "terminal-at-least", count=answer.count),
        *([say("terminal-understood", said=said)] if said else []),
        *(say("terminal-also-cites", count=offer.count, text=offer.text) for offer in answer.offers),
        "",
    )
    for hit in answer.hits:
        terminal.tell(
            lines.hit(hit),
            f"{hit.document[:12]}  {hit.title}",
            "    " + "".join(text for text, _is_hit in hit.snippet),
            *(["    " + say("terminal-more-passages", count=hit.passage_count)] if hit.passage_count > 1 else []),
            "",
        )


def _value(name: FacetName, value: str) -> str:
    if not value:
        return say("terminal-facet-none")
    if name in {FacetName.ROLE, FacetName.LANGUAGE, FacetName.STATE}:
        return say(f"asked-{name}-{value}")
    return value


def _write_csv(terminal: Terminal, desks: Sequence[FrontDesk], question: Question, file: Path) -> None:
    """Write the table under its name only when it is whole; what stands there already is left as it is.

    Raises:
        TargetExists, NotWritable: nothing was written.
    """
    with terminal.progress(say("terminal-writing-csv")) as job:
        rows = api.export_hits(desks, question, file, job=job)
    terminal.tell({"file": str(file), "rows": rows}, say("terminal-csv-written", name=file.name, count=rows))
