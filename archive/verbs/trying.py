"""Verbs about Ibid on this machine: check, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archive import checks
from archive.terminal import Terminal
from archive.verbs.shared import Json, app
from archive.window_entry import window_entry
from archive.words import say


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
