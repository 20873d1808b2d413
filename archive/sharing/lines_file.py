"""Lines written into a file that stands there whole or not at all; it is readable by anyone, and only made where the person says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from archive.errors import NotWritable, TargetExists


def write_lines(file: Path, lines: Iterable[str], *, may_replace: bool = False) -> int:
    """Write lines as UTF-8 under the file's name.

    Args:
        file: where they shall stand.
        lines: whole lines with their ends.
        may_replace: whether what stands there already may go.

    Returns:
        How many lines.

    Raises:
        TargetExists: something stands there; it is left as it is.
        NotWritable: the place does not take it; nothing is left of it.
    """
    if file.exists() and not may_replace:
        raise TargetExists
    count = 0
    partial = file.with_name(file.name + ".partial")
    try:
        written = partial.open("x", encoding="utf-8", newline="")
    except FileExistsError as error:
        raise TargetExists from error
    except OSError as error:
        raise NotWritable from error
    try:
        with written:
            for line in lines:
                written.write(line)
                count += 1
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise NotWritable from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return count
