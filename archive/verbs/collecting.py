"""The verb that puts documents into collections: collect."""

from __future__ import annotations

from typing import Annotated

import typer

from archive.terminal import Terminal
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal
from archive.words import say


@app.command("collect")
def collect(
    archive: Archive,
    name: Annotated[str, typer.Argument(help="The collection; without it all are listed.")] = "",
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="DOCUMENT...", help="Identifiers of documents, or how they begin.")
    ] = None,
    *,
    out: Annotated[bool, typer.Option("--out", help="Take the documents out instead of putting them in.")] = False,
    rename: Annotated[str, typer.Option(metavar="NAME", help="Give the collection this name.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Let go of the collection; its documents stay.")] = False,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Put documents into a collection, or list the collections."""
    seal()
    terminal = Terminal(as_json=json)
    chosen = tuple(documents or ())
    with open_desk(archive, passphrase_file, read_only=None if name else True) as desk:
        if not name:
            for found in desk.collections():
                terminal.tell({"collection": found.name, "documents": found.count}, f"{found.count:>6}  {found.name}")
        elif remove:
            desk.remove_collection(name)
            terminal.tell({"collection": name, "removed": True}, say("terminal-collection-removed", name=name))
        elif rename:
            desk.rename_collection(name, to=rename)
            terminal.tell({"collection": rename, "was": name}, say("terminal-collection-renamed", name=name, to=rename))
        elif out:
            count = desk.uncollect(name, chosen)
            terminal.tell({"collection": name, "out": count}, say("terminal-uncollected", name=name, count=count))
        else:
            count = desk.collect(name, chosen)
            terminal.tell({"collection": name, "in": count}, say("terminal-collected", name=name, count=count))
    return 0
