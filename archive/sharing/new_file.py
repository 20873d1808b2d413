"""A file that stands there whole or not at all; it is readable by anyone, and only made where the person says."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archive.errors import IbidError, NotWritable, TargetExists
from archive.machine import sync_file, sync_folder


@contextlib.contextmanager
def written_whole(file: Path, *, may_replace: bool = False) -> Iterator[BinaryIO]:
    """A file to write and to seek in, under another name; it gets its own, on the disk, when the block ends well.

    Args:
        file: where it shall stand.
        may_replace: whether what stands there already may go.

    Raises:
        TargetExists: something stands there; it is left as it is.
        NotWritable: the place does not take it; nothing is left of it.
    """
    if file.exists() and not may_replace:
        raise TargetExists
    partial = file.with_name(file.name + ".partial")
    try:
        written = partial.open("xb")
    except FileExistsError as error:
        raise TargetExists from error
    except OSError as error:
        raise NotWritable from error
    try:
        with written:
            yield written
        sync_file(partial)
        partial.replace(file)
        sync_folder(file.parent)
    except IbidError:
        partial.unlink(missing_ok=True)
        raise
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise NotWritable from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
