"""A fault of our own becomes one calm sentence, never a traceback: a traceback quotes what was being read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from viewer.say.notices import name_fault, say_error


def catch_faults(show: Callable[[str], None]) -> None:
    """From now on say every exception that nobody caught through ``show``, on the GUI thread, and go on.

    Standard error gets the kind and the line only.
    """

    def say_it(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        sys.stderr.write(f"ibid: {name_fault(error)}\n")
        if isinstance(error, Exception):
            show(say_error(error))

    sys.excepthook = say_it
