"""A run that is killed goes on where it was, nothing lost and nothing doubled; a disk that fills up leaves a sentence and a whole archive."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from archive.front_desk import IN_THIS_PROCESS
from archive.model.source import SourceState
from archive.progress import Job

SOURCES, MOMENTS = 30, 4
PAGE = "<!doctype html><html lang='en'><head><title>Page {0}</title></head><body><article><h1>Page {0}</h1>{1}</article></body></html>"


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    paragraphs, filler_bytes = 20, 0

    def filler(self, name: str) -> str:
        """Bytes that cannot be packed."""
        return random.Random(name).randbytes(self.filler_bytes).hex()

    def do_GET(self) -> None:
        name = self.path.strip("/")
        said = (
            f"On day {n} of page {name} the river stood {n * 7} fingers below the step, and {n + 3} people wrote it down."
            for n in range(self.paragraphs)
        )
        body = PAGE.format(name, "".join(f"<p>{sentence}</p>" for sentence in said) + f"<!--{self.filler(name)}-->").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def pages() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def make_archive(folder: Path, site: str) -> Path:
    """An archive with a report that cites every page."""
    archive, numbers = folder / "a.ibid", range(1, SOURCES + 1)
    body = "\n\n".join(f"Statement {n}.[^{n}]" for n in numbers)
    report = f"# Report\n\n{body}\n\n" + "\n".join(f"[^{n}]: Page, {site}/{n}" for n in numbers)
    with IN_THIS_PROCESS.new(archive, title="A", passphrase=None) as desk:
        assert desk.bring_in(report.encode(), name="report.md").addresses == SOURCES
    return archive


@pytest.mark.timeout(240)
def test_killed_at_random_moments_a_run_goes_on_and_doubles_nothing(ibid: Callable[..., Any], tmp_path: Path, pages: str) -> None:
    archive = make_archive(tmp_path, pages)
    chance = random.Random(11)
    told: list[str] = []
    command = [sys.executable, "-m", "archive.cli", "capture", str(archive), "--allow-private", "127.0.0.1", "--json"]
    for moment in range(MOMENTS):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tmp_path)
        assert process.stdout is not None
        for _ in range(moment):
            if line := process.stdout.readline():
                told.append(json.loads(line)["address"])
        time.sleep(chance.uniform(0, 0.05) if moment else chance.uniform(0, 0.8))
        process.kill()
        told += [json.loads(line)["address"] for line in process.stdout if line.endswith(b"}\n")]
        process.wait()
        process.stdout.close()
        with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
            report = desk.verify(job=Job())
            assert report.is_whole, report.faults
            saved = {source.address for source in desk.sources(state=SourceState.SAVED)}
        assert set(told) <= saved, "what was said to be kept is kept"
    assert len(told) == len(set(told)), "nothing that was kept is asked for again"
    assert 0 < len(told) < SOURCES, "the moments did not fall into the run"
    rest = ibid("capture", archive, "--allow-private", "127.0.0.1", limit_s=120)
    assert not {line["address"] for line in rest.lines} & set(told)
    with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
        assert [len(source.captures) for source in desk.sources()] == [1] * SOURCES
        assert {source.state for source in desk.sources()} == {SourceState.SAVED}
        assert desk.verify(job=Job()).is_whole


@pytest.mark.timeout(120)
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes")
def test_stopped_by_keyboard_what_is_kept_stays_and_it_is_said(
    tmp_path: Path, pages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    answer = _Pages.do_GET

    def slowly(self: _Pages) -> None:
        if self.path.strip("/") not in {"1", "2"}:
            released.wait(60)
        answer(self)

    monkeypatch.setattr(_Pages, "do_GET", slowly)
    archive = make_archive(tmp_path, pages)
    command = [sys.executable, "-m", "archive.cli", "capture", str(archive), "--allow-private", "127.0.0.1", "--json"]
    environment = os.environ | {"LANG": "C.UTF-8", "LC_ALL": ""}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, cwd=tmp_path, env=environment, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = [json.loads(process.stdout.readline())["address"] for _ in range(2)]
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to every process of the group
        assert process.stderr.read().decode() == "Stopped as you asked. What was finished before is kept.\n"
        assert process.wait(30) == 1
    released.set()
    with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
        assert {source.address for source in desk.sources(state=SourceState.SAVED)} == set(told)
        assert desk.verify(job=Job()).is_whole


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A real file system of a few megabytes."""
    place.mkdir()
    try:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], capture_output=True)
    except FileNotFoundError:
        pytest.skip("nothing here mounts a small file system")
    if made.returncode:
        pytest.skip("this system lets nobody mount a small file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.timeout(120)
@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="this system has no such file systems")
def test_a_disk_that_is_full_ends_the_run_with_a_sentence_and_a_whole_archive(
    ibid: Callable[..., Any], tmp_path: Path, pages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Pages, "filler_bytes", 200_000)
    with small_disk(tmp_path / "disk", "4m") as disk:
        archive = make_archive(disk, pages)
        filler = disk / "other"
        filler.write_bytes(bytes(1024 * 1024))
        said = ibid("capture", archive, "--allow-private", "127.0.0.1", limit_s=60)
        assert said.code == 1
        assert "There is no room left on the disk." in said.errors
        assert "Traceback" not in said.errors
        kept = {line["address"] for line in said.lines if line["state"] == "saved"}
        with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
            assert desk.verify(job=Job()).is_whole
            saved = {source.address for source in desk.sources(state=SourceState.SAVED)}
        assert kept <= saved
        assert len(saved) < SOURCES
        filler.unlink()
    assert kept
