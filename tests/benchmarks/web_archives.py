"""Web archives and ZIM files: whether each comes in or is refused within its bounds, and how fast pages come in."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archive import saved
from archive.errors import InputError
from archive.front_desk import IN_THIS_PROCESS
from archive.model.saved import Container
from archive.progress import Job
from tests.archive.web_files import Warc
from tests.benchmarks.scale import DATA

LIMIT_S, LIMIT_MIB = 20.0, 1024
PAGES = 300


def rows() -> Iterator[tuple[str, str, float, int]]:
    """Every file of ``webarchive`` and ``zim``: its name, what came of it (``12 pages``, ``damaged-file``), seconds, MiB of the largest child so far."""
    with tempfile.TemporaryDirectory() as place, IN_THIS_PROCESS.new(Path(place) / "a.ibid", title="A", passphrase=None) as desk:
        for file in sorted([*(DATA / "webarchive").rglob("*"), *(DATA / "zim").rglob("*")]):
            if not file.is_file() or file.suffix in {".jsonl", ".gitignore"}:
                continue
            began = time.perf_counter()
            try:
                container = saved.container_of(file)
                if container is Container.ZIM:
                    opened, facts = saved.open_zim(file, job=Job())
                    with opened:
                        names = [f"#{entry.number}" for entry in opened.titles(count=20).entries]
                        saved.bring_in_articles(desk, opened, names, job=Job(), told=lambda _name, _came: None)
                    said = f"{facts.articles} articles"
                elif container is Container.WEB_ARCHIVE:
                    report = saved.bring_in_pages(desk, file, job=Job(), told=lambda _outcome: None)
                    came = report.new + report.already + report.others
                    said = f"{came} pages" if came else " ".join(problem.code for problem in report.problems)
                else:
                    desk.bring_in(file.read_bytes(), name=file.name)
                    said = "a document"
            except InputError as error:
                said = error.code()
            largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            yield str(file.relative_to(DATA)), said, time.perf_counter() - began, largest
        assert desk.verify(job=Job()).is_whole


def run(pages: int = PAGES) -> None:
    """Print a row per file, those over a bound marked, and pages a second."""
    if DATA.is_dir():
        for name, said, taken_s, largest_mib in rows():
            mark = " OVER" if taken_s > LIMIT_S or largest_mib > LIMIT_MIB else ""
            print(f"  {name:<70} {said:<40} {taken_s:6.2f} s {largest_mib:5} MiB{mark}", flush=True)
    for words in (300, 3000):
        _print_speed(pages, words)


def _print_speed(pages: int, words: int) -> None:
    warc = Warc()
    for n in range(pages):
        text = "".join(
            f"<p>{' '.join(f'word{(n * 7 + k * 13) % 997}' for k in range(start, start + 60))}.</p>"
            for start in range(0, words, 60)
        )
        body = f"<html><head><title>Page {n}</title></head><body><article><h1>Page {n}</h1>{text}</article></body></html>"
        warc.answer(f"https://pages.example/{n}", body.encode())
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "a.warc.gz"
        file.write_bytes(warc.bytes())
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began, began_cpu = time.perf_counter(), time.process_time()
        with IN_THIS_PROCESS.new(Path(place) / "a.ibid", title="A", passphrase=None) as desk:
            saved.bring_in_pages(desk, file, job=Job(), told=lambda _outcome: None)
            own_s, taken_s = time.process_time() - began_cpu, time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        children_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"  {pages} pages of {words} words: {pages / taken_s:.1f} a second by the clock, {pages / (own_s + children_s):.1f} per second of processor "
            f"time ({own_s / pages * 1000:.1f} ms writing and indexing, {children_s / pages * 1000:.1f} ms in the processes that read)"
        )
