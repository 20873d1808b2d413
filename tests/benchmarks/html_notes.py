"""Notes of real web pages and books: what their markup counts, told by the names alone, beside what Ibid finds."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archive.errors import IbidError
from archive.footnotes.compose import compose
from archive.formats.parsing import parse

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
_LINK = re.compile(r"<a\s[^>]*>", re.IGNORECASE)
_MARKER = re.compile(
    r"""(?:role|epub:type)=["'](?:doc-)?noteref|class=["'](?:footnote|footnote-ref\w*|footnoteRef|footnote-reference[^"']*|noteref)["']""",
    re.IGNORECASE,
)
_RAISED = re.compile(r"<sup[^>]*>\s*\[?<a\s[^>]*href=[\"'][^\"']*#[^>]*>", re.IGNORECASE)
_BACK = re.compile(r"""class=["'][^"']*(?:para|back)|role=["']doc-backlink""", re.IGNORECASE)


def run() -> None:
    """Print a line for every file with notes, and the sums."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    sums: Counter[str] = Counter()
    for folder in ("html_footnotes", "epub"):
        for path in sorted(one for one in (DATA / folder).rglob("*") if one.is_file()):
            _measure(path, sums)
    print(
        f"  {sums['files']} files read, {sums['refused']} refused; {sums['found']} of {sums['expected']} markers found,"
        f" {sums['paired']} paired; {sums['notes']} notes of {sums['true notes']}"
    )


def _measure(path: Path, sums: Counter[str]) -> None:
    data = path.read_bytes()
    expected = Counter(name for page in _pages(data) for name in _marks(page))
    try:
        whole = compose(parse(data, name=path.name))
    except IbidError as error:
        print(f"      {path.name}: {error.code()}")
        sums["refused"] += 1
        return
    markers = [marker for passage in whole.passages for marker in passage.markers]
    paired = sum(marker.note is not None for marker in markers)
    sums.update(files=1, found=min(len(markers), expected.total()), expected=expected.total(), paired=paired)
    sums.update({"notes": min(len(whole.notes), len(expected)), "true notes": len(expected)})
    if expected or markers or whole.notes:
        print(
            f"  {path.name[:60]:60} markers {len(markers)} of {expected.total()}, paired {paired}, notes {len(whole.notes)} of {len(expected)}"
        )


def _pages(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for name in file.namelist():
                if name.lower().endswith((".xhtml", ".html", ".htm")):
                    yield file.read(name).decode("utf-8", "replace")
    else:
        yield data.decode("utf-8", "replace")


def _marks(page: str) -> list[str]:
    """Where the markers of a page lead, one entry for each."""
    raised = {match[0][match[0].lower().rindex("<a") :] for match in _RAISED.finditer(page)}
    found = []
    for match in _LINK.finditer(page):
        goal = re.search(r"""href=["'][^"'#]*#([^"']+)""", match[0])
        if goal and (_MARKER.search(match[0]) or match[0] in raised) and not _BACK.search(match[0]):
            found.append(goal[1])
    return found
