"""One run of the terminal: the verbs of this folder, the same desk that the window asks.

Exit codes: 0 done, 1 something was wrong with the input or the archive, 2 wrong usage; each with a sentence on standard error.
With ``--json`` standard output holds one JSON object per line and nothing else; the README lists their keys.
"""

from __future__ import annotations

from collections.abc import Sequence

import typer

from archive.errors import IbidError
from archive.progress import Cancelled
from archive.terminal import Terminal
from archive.verbs import asking, bringing, capturing, collecting, handing, looking, recognising, saved, trying
from archive.verbs.shared import app
from archive.words import say

VERBS = (bringing, recognising, saved, capturing, looking, asking, collecting, handing, trying)
"""The files whose verbs there are; a verb exists because its file is imported."""
_FLAGS = frozenset({"--json", "--locked", "--sample", "--retry", "--no-copies", "--follow", "--dry-run"})


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


def _spread(arguments: Sequence[str]) -> list[str]:
    """``--only A B`` as ``--only A --only B``, once the places that the verb wants have been given."""
    several = {"--only", "--allow-private", "--documents", "--articles"} | (
        {"--report"} if arguments[:1] == ["capture"] else set()
    )
    places_left = {"capture": 1, "share": 2}.get(arguments[0] if arguments else "", 0)
    spread: list[str] = []
    repeated = previous = ""
    for argument in arguments:
        if argument.startswith("-"):
            repeated = argument if argument in several else ""
        elif repeated and previous != repeated and places_left <= 0:
            spread.append(repeated)
        elif spread and (previous in _FLAGS or not previous.startswith("--")):
            places_left -= 1
        spread.append(argument)
        previous = argument
    return spread
