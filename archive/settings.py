"""Limits and defaults in one place, with their units; everything else takes them as arguments."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
"""Words, icons, styles and the sample: they stand beside the two houses, in the repository and when installed."""

MIB = 1024 * 1024


@cache
def program() -> str:
    """Name and version of this program, for files that say what wrote them."""
    try:
        return f"Ibid {version('ibid-archive')}"
    except PackageNotFoundError:
        return "Ibid"


class ReadingLimits(msgspec.Struct, frozen=True):
    """What one file may cost its reader process."""

    file_bytes: int = 512 * MIB
    memory_bytes: int = 1024 * MIB
    cpu_s: int = 60
    wall_s: float = 120.0


class CaptureLimits(msgspec.Struct, frozen=True):
    """What one source may cost the fetcher, and which way it goes outside.

    ``body_bytes`` and ``page_s`` are for a page with all that it needs; ``parts``, ``part_bytes`` and ``part_s`` for what it needs: how many
    answers, and what each may cost. ``proxy`` is ``socks5h://host:port``, empty for none. ``timegate`` is where a web archive of others is asked
    for copies (RFC 7089): the address asked for is put behind it; empty for nowhere.
    """

    body_bytes: int = 200 * MIB
    page_s: float = 60.0
    connect_s: float = 15.0
    redirects: int = 20
    pace_s: float = 1.0
    parts: int = 400
    part_bytes: int = 32 * MIB
    part_s: float = 15.0
    proxy: str = ""
    timegate: str = "https://web.archive.org/web/"
    at_once: int = 2


class StorageLimits(msgspec.Struct, frozen=True):
    """How large a volume grows before the next one opens, and how objects are cut."""

    volume_bytes: int = 2048 * MIB
    chunk_bytes: int = MIB
