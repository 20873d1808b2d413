"""Texts, web pages and PDF files come in from folders through a keeper, many at once and then one at a time.

Run: ``python -m tests.benchmarks bringing-in [COUNT]``. Processor time is that of the keeper and of all its readers, their start left out, so files per second
of it are files per second and core, whatever else the machine does. Peers in the same run: SQLite's FTS5 alone, trafilatura alone, and ``pdftotext`` (poppler), which
only write down the text.
"""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive.bringing import bring_in_many, find_files
from archive.keeper import THROUGH_KEEPERS
from archive.model.intake import Fate, IntakeLine
from archive.progress import Job
from tests.benchmarks.scale import DATA, documents, quantiles, resident_mb


def _texts(folder: Path, count: int) -> int:
    for number, (_language, text) in enumerate(documents(count)):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return 0


def _web_pages(folder: Path, count: int) -> int:
    pages = sorted(file for file in (DATA / "html_truth").rglob("*") if ".htm" in file.name and file.is_file())
    for number, file in enumerate(pages[:count]):
        data = file.read_bytes()
        (folder / f"{number:06}.html").write_bytes(gzip.decompress(data) if file.suffix == ".gz" else data)
    return 0


def _middling_web_pages(folder: Path, count: int) -> int:
    """Those pages of the same that are of 20 to 40 KB, which is what most pages are without their scripts, over and over with other words at the end."""
    _web_pages(folder, 1_000_000)
    pages = [file for file in sorted(folder.iterdir()) if 20_000 <= file.stat().st_size <= 40_000]
    written = [file.read_bytes() for file in pages]
    for file in folder.iterdir():
        file.unlink()
    for number in range(count if written else 0):
        (folder / f"{number:06}.html").write_bytes(written[number % len(written)] + b"<p>Page %d</p>" % number)
    return 0


def _pdf_files(folder: Path, count: int) -> int:
    """As many files of the court as have about this many pages; how many pages those are."""
    import pypdfium2

    pages = 0
    for file in sorted((DATA / "pdf_reports").rglob("*.pdf")):
        if pages < count:
            pages += len(pypdfium2.PdfDocument(file))
            shutil.copy(file, folder)
    return pages


def _run(folder: Path, archive: Path) -> tuple[dict[int, IntakeLine], float, float, list[float]]:
    """The lines; seconds by the clock; seconds of processor time; memory of the keeper and of its readers in MiB."""
    lines: dict[int, IntakeLine] = {}
    memory = [0.0, 0.0]
    desk = THROUGH_KEEPERS.new(archive, title="Many", passphrase="many")
    try:

        def told(line: IntakeLine, _arrival: object) -> None:
            lines[line.n] = line
            if line.is_over and line.n % 50 == 0:
                memory[:] = max(memory[0], resident_mb(desk.process_id)), max(memory[1], _readers_mb(desk.process_id))

        begun = time.perf_counter()
        bring_in_many(desk, find_files([folder], job=Job()), job=Job(), told=told)
        took_s = time.perf_counter() - begun
    finally:
        desk.close()
    return lines, took_s, _children_s(), memory


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _readers_mb(keeper: int) -> float:
    """What is resident in the largest of the keeper's reader processes."""
    listed = "".join(file.read_text(encoding="ascii") for file in Path(f"/proc/{keeper}/task").glob("*/children"))
    return max((resident_mb(int(child)) for child in listed.split()), default=0.0)


def _one_at_a_time(folder: Path, archive: Path, most: int) -> str:
    took_ms = []
    with THROUGH_KEEPERS.open(archive, passphrase="many") as desk:
        desk.bring_in(b"The first one starts the reader.\n", name="first.txt")
        for number, file in enumerate(sorted(folder.iterdir())[:most]):
            data = file.read_bytes() + b"\n<!-- %d -->" % number
            begun = time.perf_counter()
            desk.bring_in(data, name=file.name)
            took_ms.append((time.perf_counter() - begun) * 1000)
    return quantiles(took_ms)


def _peer_fts5(folder: Path, place: Path) -> float:
    begun = time.perf_counter()
    with sqlite3.connect(place / "peer.db", isolation_level=None) as peer:
        peer.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
        for file in sorted(folder.iterdir()):
            peer.execute("INSERT INTO words VALUES (?)", (file.read_text(encoding="utf-8", errors="replace"),))
    return time.perf_counter() - begun


def _peer_trafilatura(folder: Path, _place: Path) -> float:
    """The main text alone: no notes, addresses, language or index, nothing written, no process of its own for any file."""
    from trafilatura import extract

    extract("<html><body><p>The first one loads what it needs.</p></body></html>")
    pages = [file.read_bytes() for file in sorted(folder.iterdir())]
    begun = time.process_time()
    for page in pages:
        extract(page)
    return time.process_time() - begun


def _peer_pdftotext(folder: Path, place: Path) -> float:
    if shutil.which("pdftotext") is None:
        return 0.0
    before = _children_s()
    for file in sorted(folder.iterdir()):
        subprocess.run(["pdftotext", file, place / "peer.txt"], check=False, stderr=subprocess.DEVNULL)
    return _children_s() - before


KINDS: tuple[tuple[str, Callable[[Path, int], int], Callable[[Path, Path], float], str, float], ...] = (
    ("texts of 300 words", _texts, _peer_fts5, "FTS5 alone, a commit each", 1.0),
    ("web pages", _web_pages, _peer_trafilatura, "trafilatura alone, the main text and nothing else", 0.5),
    (
        "web pages of 20 to 40 KB",
        _middling_web_pages,
        _peer_trafilatura,
        "trafilatura alone, the main text and nothing else",
        0.5,
    ),
    ("PDF", _pdf_files, _peer_pdftotext, "pdftotext", 1.0),
)


def run(count: int = 600) -> None:
    """Print the figures."""
    if not DATA.is_dir():
        print("bringing-in: no data here (IBID_DATA)")
        return
    for name, fill, peer, peer_name, share in KINDS:
        with tempfile.TemporaryDirectory() as temporary:
            place = Path(temporary)
            for folder in ("few", "many"):
                (place / folder).mkdir()
            pages = fill(place / "many", max(1, int(count * share)))
            for number in range(2 * (os.cpu_count() or 1)):
                (place / "few" / f"{number}.txt").write_text(f"A text, number {number}.\n", encoding="utf-8")
            before_s = _children_s()
            _run(place / "few", place / "few.ibid")
            idle_s = _children_s() - before_s
            before_s = _children_s()
            lines, took_s, after_s, (keeper_mb, reader_mb) = _run(place / "many", place / "many.ibid")
            used_s = after_s - before_s - idle_s
            came = sum(line.fate is Fate.ARRIVED for line in lines.values())
            things, unit = (pages, "pages") if pages else (came, "files")
            print(f"  {name}: {came} of {len(lines)} files in, {things / took_s:.0f} {unit}/s by the clock")
            print(f"    {things / used_s:.0f} {unit}/s of processor time ({1000 * used_s / things:.1f} ms each), all in")
            print(f"    keeper {keeper_mb:.0f} MiB, largest reader {reader_mb:.0f} MiB")
            peer_s = peer(place / "many", place)
            if peer_s:
                print(f"    {peer_name}: {things / peer_s:.0f} {unit}/s")
            print(
                f"    one at a time: {_one_at_a_time(place / 'many', place / 'many.ibid', 100 if not pages else 15)}", flush=True
            )
