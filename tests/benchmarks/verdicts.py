"""The verdict over real pages that are the pages asked for: everything that is not called complete is a false alarm.

Judged twice, as in life: by the main text that the reader finds, and by what the fetcher sees at first sight, which decides whether a copy of others is asked for.
"""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archive.capture.said import said_by
from archive.capture.verdict import judge
from archive.formats.reader import Reader
from archive.intake.capture_sources import read_text
from archive.model.source import Ending, Exchange, Fetched, Verdict
from archive.values import now

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
_EMPTY = {Verdict.EMPTY_PAGE, Verdict.UNREADABLE}


def run() -> None:
    """Print the tables, and every page that was called something else."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    counted: Counter[str] = Counter()
    with Reader() as reader:
        for name, body in _pages():
            counted["pages"] += 1
            fetched = _fetched(body)
            _, text, title = read_text(reader, fetched)
            by_text = judge(fetched, text=text, title=title)[1]
            title, text = said_by(body, media_type="text/html", charset="")
            by_sight = judge(fetched, text=text, title=title)[1]
            for way, verdict in (("by main text", by_text), ("at first sight", by_sight)):
                if verdict is not Verdict.COMPLETE:
                    counted[f"{way}: {'no text' if verdict in _EMPTY else 'false alarm'}"] += 1
                    print(f"    {way:15}{verdict!s:14}{name[-70:]}")
    for what, count in sorted(counted.items()):
        print(f"  {what:32}{count:6}{100 * count / counted['pages']:8.2f} %")


def _pages() -> Iterator[tuple[str, bytes]]:
    for folder in ("html_truth", "html_footnotes", "pdf_reports"):
        for path in sorted((DATA / folder).rglob("*")):
            if path.name == "expected.html" or not path.is_file():
                continue
            if path.name.endswith((".html", ".htm")):
                yield str(path.relative_to(DATA)), path.read_bytes()
            elif path.name.endswith(".html.gz"):
                yield str(path.relative_to(DATA)), gzip.decompress(path.read_bytes())


def _fetched(body: bytes) -> Fetched:
    exchange = Exchange(
        address="https://a.org/2019/page",
        method="GET",
        status=200,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", "text/html"),),
        fetched_at=now(),
        http_version="HTTP/1.1",
        body=body,
    )
    return Fetched(address=exchange.address, ending=Ending.COMPLETE, exchanges=(exchange,))
