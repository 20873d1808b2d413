"""How the archive finds its window without knowing it: by entry point (group ``ibid.window``)."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any


def window_entry(name: str) -> Any:
    """What the window offers under this name: ``open`` (paths -> exit code) or ``demo`` (folder -> pictures).

    Raises:
        LookupError: Ibid was installed without its window.
    """
    for entry in entry_points(group="ibid.window", name=name):
        return entry.load()
    raise LookupError(name)
