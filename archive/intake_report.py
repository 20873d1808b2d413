"""What became of many files, in words and as a file that can be read later.

The report names files, and a person may not want their names on this computer: it is written where the person says, when he says so, and nowhere else.

CSV is UTF-8 with a byte order mark, so that Excel takes it for what it is (RFC 4180). A cell that a spreadsheet would run as a formula
(``=``, ``+``, ``-``, ``@``, also behind blanks or invisible characters) begins with an apostrophe, as OWASP's "CSV Injection" advises; file names and titles are someone
else's words.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from archive.errors import ReportNotWritten
from archive.model.intake import Fate, IntakeLine
from archive.words import say

KINDS = (".csv", ".json")
_COLUMNS = ("file", "fate", "title", "document", "notes", "paired", "addresses", "problems", "codes", "children")
_FORMULA = re.compile(r"[\s\x00-\x1f\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*[=+\-@＝＋－＠|%]|[\t\r\n]")


def say_fate(line: IntakeLine) -> str:
    """What has become of a file, as one sentence."""
    return say(f"bring-in-{line.fate}", notes=line.notes, paired=line.paired, addresses=line.addresses)


def say_problems(line: IntakeLine) -> list[str]:
    """Why it did not come in, or what a person should know though it did; each a sentence."""
    met = [say(f"problem-{problem.code}", detail=problem.detail) for problem in line.problems]
    return [say(f"error-{line.error}", **line.facts), *met] if line.error else met


def counts(lines: Sequence[IntakeLine]) -> dict[Fate, int]:
    """How many files met which fate; fates that none met are left out."""
    met = Counter(line.fate for line in lines)
    return {fate: met[fate] for fate in Fate if met[fate]}


def as_csv(lines: Sequence[IntakeLine]) -> bytes:
    """One row per file under a row of names."""
    whole = io.StringIO(newline="")
    writer = csv.writer(whole, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for line in lines:
        row = _row(line)
        cells = (" ".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell) for cell in row.values())
        writer.writerow([_plain(cell) for cell in cells])
    return b"\xef\xbb\xbf" + whole.getvalue().encode(errors="replace")


def as_json(lines: Sequence[IntakeLine]) -> bytes:
    """``counts`` by fate and ``files`` in their order, with the names of the CSV's columns."""
    whole = {"counts": counts(lines), "files": [_row(line) for line in lines]}
    return msgspec.json.format(msgspec.json.encode(_encodable(whole)), indent=1) + b"\n"


def write_report(path: Path, lines: Sequence[IntakeLine]) -> None:
    """Write a report where a person said, as JSON if the name says so and as CSV otherwise; what stands there is replaced.

    Raises:
        ReportNotWritten: the place did not take it.
    """
    data = as_json(lines) if path.suffix.lower() == ".json" else as_csv(lines)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ReportNotWritten from error


def _row(line: IntakeLine) -> dict[str, object]:
    return {
        "file": line.name,
        "fate": str(line.fate),
        "title": line.title,
        "document": line.document,
        "notes": line.notes,
        "paired": line.paired,
        "addresses": line.addresses,
        "problems": say_problems(line),
        "codes": [line.error] * bool(line.error) + [problem.code for problem in line.problems],
        "children": [f"{fate} {count}" for fate, count in line.children.items()],
    }


def _plain(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _encodable(value: object) -> object:
    """File names of other encodings hold lone surrogates, which JSON cannot."""
    if isinstance(value, str):
        return value.encode(errors="surrogateescape").decode(errors="replace")
    if isinstance(value, dict):
        return {key: _encodable(each) for key, each in value.items()}
    return [_encodable(each) for each in value] if isinstance(value, list) else value
