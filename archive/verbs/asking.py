"""Verbs that ask: search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archive import api, lines
from archive.api import FrontDesk
from archive.model.hit import Question
from archive.terminal import Terminal
from archive.understood import sentence
from archive.verbs.shared import Json, PassphraseFile, app, open_desk, seal
from archive.words import say


@app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="ARCHIVE... QUERY", help="One or more archives, then the question.")],
    *,
    limit: Annotated[int, typer.Option(help="How many hits at most.", min=1)] = 20,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Ask one question of one or more archives."""
    seal()
    if len(words) < 2:
        raise typer.BadParameter(say("terminal-search-usage"))
    terminal = Terminal(as_json=json)
    desks: list[FrontDesk] = []
    try:
        desks.extend(open_desk(Path(word), passphrase_file) for word in words[:-1])
        answer = api.search_together(desks, Question(text=words[-1], limit=limit))
    finally:
        for desk in desks:
            desk.close()
    terminal.tell(
        {
            "query": answer.question,
            "understood": answer.written,
            "said": sentence(answer.understood),
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
