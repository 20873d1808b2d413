"""Thousands of real documents come in through a keeper; memory and questions are measured as they grow.

Run: ``python -m tests.benchmarks scale [COUNT]``. The peer in the same run is SQLite's FTS5 alone, plain, unlocked, in memory of one process,
over the same texts cut into words by itself: no forms of words, no pipe, no snippets.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archive.keeper import THROUGH_KEEPERS
from archive.model.hit import Question

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
QUESTIONS = 200


def documents(count: int) -> Iterator[tuple[str, str]]:
    """(language, text with its title) of ``count`` documents, the languages mixed evenly."""
    streams = [iter(gzip.decompress(file.read_bytes()).splitlines()) for file in sorted((DATA / "scale").glob("*_300w.jsonl.gz"))]
    given = 0
    while streams and given < count:
        for stream in list(streams):
            line = next(stream, None)
            if line is None:
                streams.remove(stream)
            elif given < count:
                record = json.loads(line)
                given += 1
                yield record["lang"], f"{record['title']} {record['part']}\n\n{record['text']}"


def resident_mb(process: int | str) -> float:
    """The resident memory of a process in MiB (Linux); 0 of one that is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found.group(1)) / 1024 if found else 0.0


def quantiles(times_ms: list[float]) -> str:
    """p50, p95 and the largest."""
    ordered = sorted(times_ms)
    return f"p50 {statistics.median(ordered):.1f}  p95 {ordered[int(len(ordered) * 0.95)]:.1f}  max {ordered[-1]:.1f} ms"


def run(count: int = 5000) -> None:
    """Print the figures."""
    if not (DATA / "scale").is_dir():
        print("scale: no data here (IBID_DATA)")
        return
    chance, peer = random.Random(3), sqlite3.connect(":memory:")
    peer.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
    asked: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        THROUGH_KEEPERS.new(Path(folder, "scale.ibid"), title="Scale", passphrase="scale") as desk,
    ):
        took_ms, started = [], time.perf_counter()
        for number, (_language, text) in enumerate(documents(count), start=1):
            begun = time.perf_counter()
            desk.bring_in(text.encode(), name="page.txt")
            took_ms.append((time.perf_counter() - begun) * 1000)
            peer.execute("INSERT INTO words VALUES (?)", (text,))
            words = [word for word in re.findall(r"\w{4,}", text) if word.isalpha()]
            if len(asked) < QUESTIONS and number % max(1, count // QUESTIONS) == 0 and len(words) > 30:
                asked.append(" ".join(chance.sample(words, 3)))
            if number % max(1, count // 5) == 0:
                memory = resident_mb(desk.process_id)
                print(f"  {number:>6} documents  keeper {memory:6.1f} MiB  last fifth: {quantiles(took_ms[-count // 5 :])}")
        print(f"  {number / (time.perf_counter() - started):.0f} documents/s all in (read, notes, index, disk), one at a time")
        ask(desk, peer, asked)


def ask(desk: object, peer: sqlite3.Connection, asked: list[str]) -> None:
    """Print what three-word questions take in the keeper, through the pipe, and at the peer."""
    inside_ms, outside_ms, peer_ms, found = [], [], [], 0
    for text in asked:
        begun = time.perf_counter()
        answer = desk.search(Question(text=text))
        outside_ms.append((time.perf_counter() - begun) * 1000)
        inside_ms.append(answer.duration_ms)
        found += answer.count > 0
        begun = time.perf_counter()
        match = " ".join(f'"{word}"' for word in text.split())
        peer.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20", (match,)).fetchall()
        peer_ms.append((time.perf_counter() - begun) * 1000)
    print(f"  three-word questions, {len(asked)}, {found} with hits")
    print(f"    in the keeper      {quantiles(inside_ms)}")
    print(f"    through the pipe   {quantiles(outside_ms)}")
    print(
        f"    FTS5 alone         {quantiles(peer_ms)}   ratio of medians {statistics.median(inside_ms) / statistics.median(peer_ms):.1f}"
    )
