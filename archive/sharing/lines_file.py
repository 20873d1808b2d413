"""Lines written into a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from archive.sharing.new_file import written_whole


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
    count = 0
    with written_whole(file, may_replace=may_replace) as written:
        for line in lines:
            written.write(line.encode())
            count += 1
    return count
