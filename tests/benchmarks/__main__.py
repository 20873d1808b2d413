"""``python -m tests.benchmarks [NAME [NUMBER]]``: print figures; nothing here passes or fails."""

from __future__ import annotations

import sys

from tests.benchmarks import first_window, notes, pages_drawn, scale, search, typing

BENCHMARKS = {
    "scale": scale.run,
    "search": search.run,
    "notes": notes.run,
    "pages-drawn": pages_drawn.run,
    "first-window": first_window.run,
    "typing": typing.run,
}

if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or [""]
    for title, run in BENCHMARKS.items():
        if name in {"", title}:
            print(f"{title}:", flush=True)
            run(*map(int, numbers))
