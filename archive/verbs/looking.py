"""Verbs that show what an archive holds: list, show, notes, sources."""

from __future__ import annotations

from typing import Annotated

import typer

from archive import lines
from archive.model.source import SourceState
from archive.terminal import Terminal
from archive.verbs.shared import Archive, DocumentName, Json, PassphraseFile, app, open_desk, seal
from archive.words import say


@app.command("list")
def list_documents(archive: Archive, *, passphrase_file: PassphraseFile = None, json: Json = False) -> int:
    """List the documents."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
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
    document: DocumentName,
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Show the passages of a document in reading order."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        name = desk.document(document).document
        labels = desk.page_labels(name)
        for passage in desk.passages(name):
            label = labels[passage.page - 1] if passage.page is not None and passage.page <= len(labels) else ""
            terminal.tell(
                {
                    "n": passage.n,
                    "kind": passage.kind,
                    "level": passage.level,
                    "page": passage.page,
                    "page_label": label,
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
    document: DocumentName,
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Show the notes of a document, what they cite, and what has become of it."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        notes = desk.notes(desk.document(document).document)
        cited = {citation.address for note in notes for citation in note.citations}
        sources = {spelt: source for source in desk.sources() for spelt in source.spellings if spelt in cited}
        for note in notes:
            terminal.tell(lines.note(note, sources, notes), f"{note.label:>4}  {note.text}", "")
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
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk:
        for source in desk.sources(state=state):
            terminal.tell(
                {
                    "address": source.address,
                    "also_spelt": source.also_spelt,
                    "state": source.state,
                    "cited_at": lines.places(source.cited_at),
                    "captures": [
                        {
                            "capture": kept.capture,
                            "taken_at": kept.taken_at,
                            "verdict": kept.verdict,
                            "judged": kept.judged,
                            "bytes": kept.size_bytes,
                        }
                        for kept in source.captures
                    ],
                },
                f"{say(f'state-{source.state}'):<14}  {source.address}",
            )
    return 0
