"""``python -m tests.benchmarks [NAME [NUMBER]]``: print figures; nothing here passes or fails."""

from __future__ import annotations

import sys

from tests.benchmarks import bringing_in, first_window, notes, scale, search, typing, web_archives

BENCHMARKS = {
    "bringing-in": bringing_in.run,
    "scale": scale.run,
    "search": search.run,
    "notes": notes.run,
    "first-window": first_window.run,
    "typing": typing.run,
    "web-archives": web_archives.run,
}

if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or [""]
    for title, run in BENCHMARKS.items():
        if name in {"", title}:
            print(f"{title}:", flush=True)
            run(*map(int, numbers))
