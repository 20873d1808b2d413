"""Leaving an archive at a place where it can be unplugged: written under a name that says it is not done, synced, read back, renamed."""

from __future__ import annotations

from pathlib import Path

from archive.errors import NotWritable, TargetExists, TargetInside
from archive.machine import forget_cached, sync_file, sync_folder
from archive.storage.files import remove, volume_numbers

_PARTIAL = ".partial"


def check_target(target: Path) -> None:
    """Return if a new archive may stand at ``target``.

    Raises:
        TargetExists: something stands there.
        TargetInside: it would stand inside another archive.
    """
    if target.exists() or target.is_symlink():
        raise TargetExists
    if any(volume_numbers(parent) for parent in target.absolute().parents):
        raise TargetInside


def partial_path(target: Path) -> Path:
    """A free name beside ``target`` for what is not done; what a broken attempt left under another such name is not touched."""
    name = target.with_name(target.name + _PARTIAL)
    n = 1
    while name.exists() or name.is_symlink():
        n += 1
        name = target.with_name(f"{target.name}{_PARTIAL}-{n}")
    return name


def sync_share(partial: Path) -> bool:
    """Return when every file of a closed archive is on the disk, and ask the system to forget its own copy of them.

    Returns:
        Whether what is read next comes from the disk, not from memory.

    Raises:
        NotWritable: the disk did not take them.
    """
    try:
        files = [file for file in sorted(partial.iterdir()) if file.is_file()]
        for file in files:
            sync_file(file)
        sync_folder(partial)
        forgotten = [forget_cached(file) for file in files]
    except OSError as error:
        raise NotWritable from error
    return all(forgotten)


def publish(partial: Path, target: Path) -> None:
    """Give what was written and verified its name.

    Raises:
        TargetExists: something has come to stand there meanwhile; both are left as they are.
        NotWritable: the disk did not take it.
    """
    if target.exists() or target.is_symlink():
        raise TargetExists
    try:
        partial.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise NotWritable from error


def discard(partial: Path) -> None:
    """Take away what was begun, as far as it is ours.

    Raises:
        NotWritable: the disk does not let go of it.
    """
    try:
        remove(partial)
    except OSError as error:
        raise NotWritable from error
