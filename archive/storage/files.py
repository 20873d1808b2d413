"""The names of an archive's files, and taking away those and no others. No database is opened here."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

NEW: Final = ".new"
"""Ends the name of what is being made; a killed program may leave it."""
OURS: Final = re.compile(r"(archive\.key|archive\.sums|volume-[0-9]{4}\.ibv)(-wal|-shm|-journal|\.new)?")
"""Every file name that Ibid ever writes in an archive's folder."""
_VOLUME: Final = re.compile(r"volume-([0-9]{4})\.ibv")


def volume_name(number: int) -> str:
    """The file name of volume ``number``, counted from 1."""
    return f"volume-{number:04d}.ibv"


def remove(path: Path) -> None:
    """Take away an archive that was begun and not wanted, as far as its files are ours; anything else stays, and so does the folder.

    Raises:
        OSError: the place does not let go of a file.
    """
    if path.is_symlink() or not path.is_dir():
        return
    for file in list(path.iterdir()):
        if OURS.fullmatch(file.name):
            file.unlink(missing_ok=True)
    with suppress(OSError):
        path.rmdir()


def volume_numbers(path: Path) -> list[int]:
    """The numbers of the volumes whose files stand in a folder, in order; none where there is no folder.

    Raises:
        OSError: the place does not let itself be read.
    """
    if not path.is_dir():
        return []
    return sorted(int(match[1]) for file in path.iterdir() if (match := _VOLUME.fullmatch(file.name)))
