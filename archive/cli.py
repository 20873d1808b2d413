"""The command ``ibid``: without a verb it opens the window, with one it answers in the terminal.

The terminal's engines are imported only when a verb asks for them, so that a window opens at once.
"""

from __future__ import annotations

import sys
from pathlib import Path

from archive.window_entry import window_entry

VERBS = frozenset({
    "new", "import", "list", "show", "notes", "search", "like", "cites", "collect", "sources", "capture", "share", "verify", "merge", "export", "check", "demo",
    "zim", "attach", "ocr", "judge",
})  # fmt: skip


ARCHIVIST = "--archivist"
"""Opens the window with a fetcher beside it; there is no switch inside the window."""
PROXY = "--proxy"
"""Behind ``--archivist``: the SOCKS proxy that the fetcher goes through."""


def main() -> int:
    """Run the command with the process's own arguments.

    Returns:
        0 done, 1 something was wrong with the input or the archive, 2 wrong usage.
    """
    arguments = sys.argv[1:]
    if arguments and arguments[0] not in {ARCHIVIST, PROXY} and (arguments[0] in VERBS or not Path(arguments[0]).exists()):
        from archive.verbs.run import run

        return run(arguments)
    if ARCHIVIST not in arguments:
        return int(window_entry("open")([Path(argument) for argument in arguments]))
    return _open_for_archivist([argument for argument in arguments if argument != ARCHIVIST])


def _open_for_archivist(arguments: list[str]) -> int:
    """The window with processes beside it that go outside; ``--proxy socks5h://HOST:PORT`` sends all of that through a SOCKS proxy."""
    from archive.capture.fetcher import open_loaders
    from archive.errors import IbidError, ProxyUnreadable
    from archive.settings import CaptureLimits

    try:
        proxy = ""
        if PROXY in arguments:
            at = arguments.index(PROXY)
            proxy = next(iter(arguments[at + 1 : at + 2]), "")
            del arguments[at : at + 2]
            if not proxy:
                raise ProxyUnreadable
        # Before the window gives up the network: seals are inherited.
        with open_loaders(CaptureLimits(proxy=proxy)) as loaders:
            return int(window_entry("open")([Path(argument) for argument in arguments], loaders=loaders))
    except IbidError as error:
        from archive.terminal import Terminal

        Terminal(as_json=False).fail(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
