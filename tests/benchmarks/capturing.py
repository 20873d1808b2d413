"""Sources saved a second: pages of 20 KB with ten parts each from a server on this machine, beside ``wget -p`` on the same list in the same run."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from archive.capture.fetcher import Fetcher
from archive.formats.reader import Reader
from archive.intake.capture_sources import keep
from archive.model.source import Fetched, FetchOrder, SourceState
from archive.settings import CaptureLimits
from archive.storage.folder import ArchiveFolder
from tests.benchmarks.scale import resident_mb
from tests.web.serving import Answer, Sites, open_web
from tests.web.words import article, png

_PARTS = 10
_PAGE_BYTES = 20_000


def run(count: int = 300) -> None:
    """Print sources a second and memory."""
    with _server(count) as port, tempfile.TemporaryDirectory() as place:
        addresses = [f"http://127.0.0.1:{port}/{n}.html" for n in range(count)]
        theirs_s = _by_wget(addresses, Path(place) / "wget")
        ours_s, grown_mb = _by_us(addresses, Path(place) / "Sources.ibid")
    print(f"  {count} sources, {_PARTS} parts each")
    print(
        f"  {'Ibid, fetched, judged and kept':34}{count / ours_s:8.1f} sources/s   fetcher and this process grew by {grown_mb:.0f} MB"
    )
    if theirs_s:
        print(f"  {'wget -p, files only':34}{count / theirs_s:8.1f} sources/s   Ibid / wget = {theirs_s / ours_s:.2f}")


def _by_us(addresses: list[str], place: Path) -> tuple[float, float]:
    with (
        ArchiveFolder.create(place, title="Sources") as folder,
        Reader() as reader,
        Fetcher(CaptureLimits(timegate="")) as fetcher,
        ThreadPoolExecutor(2) as pool,
    ):
        pids = [fetcher._child.process.pid, os.getpid()]

        def load(address: str) -> Fetched:
            return fetcher.load(FetchOrder(address=address, allowed_private=("127.0.0.1",)))

        begun_s, first_mb = time.monotonic(), 0.0
        for done, fetched in enumerate(pool.map(load, addresses)):
            assert keep(folder, reader, fetched).state is SourceState.SAVED
            assert len(fetched.requisites) == _PARTS
            if done == len(addresses) // 4:
                first_mb = _held_mb(pids)
        return time.monotonic() - begun_s, _held_mb(pids) - first_mb


def _held_mb(pids: list[int]) -> float:
    return sum(map(resident_mb, pids))


def _by_wget(addresses: list[str], place: Path) -> float:
    program = shutil.which("wget")
    if program is None:
        return 0.0
    place.mkdir()
    begun_s = time.monotonic()
    subprocess.run([program, "-q", "-p", "-P", str(place), "-i", "-"], input="\n".join(addresses).encode(), check=True)
    return time.monotonic() - begun_s


@contextmanager
def _server(count: int) -> Iterator[int]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(count, theirs))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("leave")
        process.join()


def _serve(count: int, pipe: multiprocessing.connection.Connection) -> None:
    with open_web({"127.0.0.1": _pages(count)}) as web:
        pipe.send(web.port)
        pipe.recv()


def _pages(count: int) -> Sites:
    pages = {}
    for n in range(count):
        parts = "".join(f"<img src='/{n}-{part}.png' alt=''>" for part in range(_PARTS))
        body = article("en", extra=parts, title=f"Crossing {n}")
        pages[f"/{n}.html"] = Answer(body.replace("</head>", f"<style>/*{'-' * (_PAGE_BYTES - len(body))}*/</style></head>"))
        pages |= {f"/{n}-{part}.png": Answer(png(n % 255, part, 7), kind="image/png") for part in range(_PARTS)}
    return pages
