"""``archive.sums``: SHA-256 of the volumes that no longer change, one line each as ``sha256sum`` writes and checks them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from archive.machine import sync_file, sync_folder
from archive.progress import Job

SUMS_FILE = "archive.sums"

_LINE = re.compile(r"([0-9a-f]{64}) [ *](volume-[0-9]{4}\.ibv)")
_READ_BYTES = 1024 * 1024


def read(folder: Path) -> dict[str, str]:
    """The digests noted, by file name; lines that are none are passed over."""
    try:
        text = (folder / SUMS_FILE).read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return {}
    return {match[2]: match[1] for line in text.splitlines() if (match := _LINE.fullmatch(line))}


def file_digest(path: Path, job: Job | None = None) -> str:
    """The SHA-256 of a whole file, read piece by piece; ``job`` takes a step of bytes for each piece.

    Raises:
        OSError: the disk does not give it.
        Cancelled: it was stopped.
    """
    job, hasher = job or Job(), hashlib.sha256()
    with path.open("rb") as file:
        size_bytes = path.stat().st_size
        while piece := file.read(_READ_BYTES):
            hasher.update(piece)
            job.step(file.tell(), size_bytes, path.name)
    return hasher.hexdigest()


def write(folder: Path, names: Sequence[str]) -> None:
    """Note the digests of these files, and of no others."""
    _replace(folder, {name: file_digest(folder / name) for name in names})


def add(folder: Path, name: str) -> None:
    """Note the digest of one more file."""
    _replace(folder, read(folder) | {name: file_digest(folder / name)})


def forget(folder: Path, name: str) -> None:
    """Take out a file that is about to change."""
    known = read(folder)
    if known.pop(name, None) is not None:
        _replace(folder, known)


def _replace(folder: Path, known: dict[str, str]) -> None:
    staging = folder / (SUMS_FILE + ".new")
    staging.unlink(missing_ok=True)
    staging.touch(mode=0o600)
    staging.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(known.items())), encoding="ascii", newline="\n")
    sync_file(staging)
    staging.replace(folder / SUMS_FILE)
    sync_folder(folder)
