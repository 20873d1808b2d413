"""How many sources a second a run saves, beside ``wget -p`` on the same list, and what it holds in memory meanwhile.

The pages are served by a process of its own on this machine: 20 KB of text and ten things that they need (two styles, a script, seven pictures), each of 4 KB.
The limit per host is lifted, because there is only one host.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from archive.capture.fetcher import Fetcher
from archive.capturing import capture_many, find_work
from archive.front_desk import IN_THIS_PROCESS
from archive.model.capturing import CaptureLine, Choice
from archive.model.source import SourceState
from archive.progress import Job
from archive.settings import CaptureLimits

_HOST = "127.0.0.1"
_PARTS = ("one.css", "two.css", "run.js", *(f"p{n}.png" for n in range(7)))
_KINDS = {"css": "text/css", "js": "text/javascript", "png": "image/png"}
_PAGE_BYTES, _PART_BYTES, _READY = 20_000, 4_000, 300
_WORDS = [
    "river",
    "step",
    "porch",
    "book",
    "stove",
    "spring",
    "village",
    "school",
    "water",
    "bench",
    "teacher",
    "register",
    "pupil",
    "copybook",
    "date",
    "bridge",
]


def run(sources: int = 300) -> None:
    """Save so many sources with two workers, then let wget fetch the same."""
    with _served() as site, tempfile.TemporaryDirectory(prefix="ibid-benchmark-") as folder:
        addresses = [f"{site}/{n}/page.html" for n in range(sources)]
        ours_s = _save(addresses, Path(folder))
        _fetch_with_wget(addresses, Path(folder), ours_s)


def _save(addresses: list[str], folder: Path) -> float:
    lines: list[CaptureLine] = []
    memory: list[tuple[int, int]] = []
    ended_s = _processor_s(resource.RUSAGE_CHILDREN)
    with Fetcher(CaptureLimits()) as fetcher, IN_THIS_PROCESS.new(folder / "a.ibid", title="A", passphrase=None) as desk:
        desk.bring_in(_report(addresses), name="report.md")
        outside = fetcher._child.process.pid

        def told(line: CaptureLine) -> None:
            if line.is_over:
                lines.append(line)
                if len(lines) % max(1, len(addresses) // 6) == 0:
                    memory.append((_held_bytes(os.getpid()), _held_bytes(outside)))

        work = find_work(desk, Choice())
        began, used_s = time.perf_counter(), _processor_s(resource.RUSAGE_SELF)
        capture_many(desk, fetcher, work, job=Job(), told=told, allowed_private=(_HOST,))
        taken_s = time.perf_counter() - began
        used_s, outside_s = _processor_s(resource.RUSAGE_SELF) - used_s, _processor_s_of(outside)
        saved = [source for source in desk.sources() if source.state is SourceState.SAVED]
        parts = sum(len(source.captures) for source in saved)
    readers_s = _processor_s(resource.RUSAGE_CHILDREN) - ended_s - outside_s
    each_ms = [1000 * used / len(addresses) for used in (used_s, readers_s, outside_s)]
    size_kb = sum(line.size_bytes for line in lines) / len(lines) / 1000
    print(
        f"  {len(saved)} of {len(addresses)} sources saved ({parts} captures of {size_kb:.0f} KB) in {taken_s:.1f} s: "
        f"{len(saved) / taken_s:.1f} a second with two workers"
    )
    print(
        "  processor time for each: {:.0f} ms here, {:.0f} ms in readers, {:.0f} ms in the fetcher, their start with it: "
        "two cores that do nothing else allow {:.0f} a second".format(*each_ms, 2000 / sum(each_ms))
    )
    held = " ".join(f"{ours / 1e6:.0f}+{theirs / 1e6:.0f}" for ours, theirs in memory)
    print(f"  memory of this process and the fetcher on the way, MB: {held}")
    return taken_s


def _fetch_with_wget(addresses: list[str], folder: Path, ours_s: float) -> None:
    if shutil.which("wget") is None:
        print("  wget is not installed: no ratio")
        return
    names = folder / "addresses.txt"
    names.write_text("\n".join(addresses), encoding="utf-8")
    began = time.perf_counter()
    subprocess.run(["wget", "-q", "-p", "-e", "robots=off", "-P", str(folder / "wget"), "-i", str(names)], check=False)
    taken_s = time.perf_counter() - began
    files = sum(1 for file in (folder / "wget").rglob("*") if file.is_file())
    print(
        f"  wget -p: {files} files in {taken_s:.1f} s, {len(addresses) / taken_s:.1f} pages a second; "
        f"ours takes {ours_s / taken_s:.2f} of its time, and reads, indexes and judges every page besides"
    )


def _held_bytes(process: int) -> int:
    pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def _processor_s_of(process: int) -> float:
    """User and system time of a process that still runs (proc_pid_stat(5))."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _processor_s(whose: int) -> float:
    times = resource.getrusage(whose)
    return times.ru_utime + times.ru_stime


def _report(addresses: list[str]) -> bytes:
    body = "\n\n".join(f"Statement {n}.[^{n}]" for n in range(1, len(addresses) + 1))
    notes = "\n".join(f"[^{n}]: Page {n}, {address}" for n, address in enumerate(addresses, 1))
    return f"# A report\n\n{body}\n\n{notes}\n".encode()


@contextlib.contextmanager
def _served() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.capture"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://{_HOST}:{server.stdout.readline().strip()}"
        finally:
            server.kill()


@cache
def _page(number: int) -> bytes:
    chance = random.Random(number)
    head = "".join(f'<link rel="stylesheet" href="{part}">' for part in _PARTS[:2])
    head += f'<script src="{_PARTS[2]}"></script>'
    text = f"<!doctype html><html lang=en><head><title>Page {number}</title>{head}</head><body><article><h1>Page {number}</h1>"
    while len(text) < _PAGE_BYTES:
        sentences = (" ".join(chance.choices(_WORDS, k=14)).capitalize() + f" {chance.randrange(10_000)}." for _ in range(4))
        text += f"<p>{' '.join(sentences)}</p>"
    return (text + "".join(f'<img src="{part}">' for part in _PARTS[3:]) + "</article></body></html>").encode()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode().strip("/")
            number, _, name = path.partition("/")
            kind = _KINDS.get(name.rpartition(".")[2], "text/html; charset=utf-8")
            made = _page(int(number)) if name == "page.html" else random.Random(path).randbytes(_PART_BYTES // 2).hex().encode()
            body = b"\x89PNG\r\n\x1a\n" + made if kind == "image/png" else b"/*" + made + b"*/" if name != "page.html" else made
            head_of_answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head_of_answer.encode() + body)
            await writer.drain()
    writer.close()


async def _serve() -> None:
    for number in range(_READY):
        _page(number)
    server = await asyncio.start_server(_answer, _HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
