"""Captured pages as they looked: every HTML page of real web archives replayed in a network of its own, its packets counted, and how long a page takes.

A page is done when the browser says so, and then has a quarter of a second more to try what it likes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.scale import DATA

_NETWORK = "ip link set lo up && ip route add local default dev lo"
_INSIDE = "IBID_BENCHMARK_NETWORK"
_PATIENCE_S = 20.0


def run() -> None:
    """Print what the pages of ``webarchive`` need, what of it was not saved, and what was sent: nothing."""
    if not DATA.is_dir():
        return
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "IBID_TEST_SUITE_BROWSES_WITHOUT_SANDBOX": "1"}
    began = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
    command = [sys.executable, "-m", "tests.benchmarks.replay"]
    counted = [*began, "sh", "-c", f'{_NETWORK} && {_INSIDE}=1 exec "$@"', "sh", *command]
    sys.stdout.flush()
    if subprocess.run(counted, env=environment, check=False).returncode == 1:
        print("  this system gives no network to count in; replayed uncounted", flush=True)
        subprocess.run(command, env=environment, check=False)


def _sent() -> int:
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return sum(int(line.partition(":")[2].split()[9]) for line in lines)


def _resident_mb(process: int) -> float:
    """The memory of a process and its children, shared pages shared out (PSS)."""
    total = 0
    listed = [process]
    while listed:
        one = listed.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            listed += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split())
        except (OSError, StopIteration):
            continue
    return total / 1024


def _replay() -> None:
    from archive import saved
    from archive.errors import IbidError
    from archive.front_desk import IN_THIS_PROCESS
    from archive.progress import Job
    from archive.words import say
    from viewer.app import make_application
    from viewer.look.themes import theme
    from viewer.sources import engine
    from viewer.work.runner import Lane, TaskRunner

    app = make_application()
    with tempfile.TemporaryDirectory() as place, IN_THIS_PROCESS.new(Path(place) / "a.ibid", title="A", passphrase=None) as desk:
        for file in sorted((DATA / "webarchive").rglob("*")):
            try:
                if file.is_file() and saved.container_of(file) is not None:
                    saved.bring_in_pages(desk, file, job=Job(), told=lambda _outcome: None)
            except IbidError:
                continue
        captures = [
            one
            for source in desk.sources()
            for one in source.captures
            if one.media_type in {"text/html", "application/xhtml+xml"}
        ]
        before_mb = _resident_mb(os.getpid())
        began = time.perf_counter()
        engine.start_engine()
        from viewer.sources.capture_view import CaptureView, end_now

        runner, view = TaskRunner(), CaptureView(say, theme=theme("light"))
        started_ms = 1000 * (time.perf_counter() - began)
        view.resize(1000, 800)
        view.show()
        packets, taken, served, missing, unshown = _sent(), [], 0, 0, 0
        first_ms = with_page_mb = 0.0
        for capture in captures:
            came: list[bool] = []
            view.shown.connect(lambda came=came: came.append(True))

            def ask(address, done, failed, name=capture.capture):
                runner.start(Lane.SHOW, lambda _job: desk.part(name, address), owner=view, done=done, failed=failed)

            began = time.perf_counter()
            view.show_capture(capture.final_address, ask)
            while not came and time.perf_counter() - began < _PATIENCE_S:
                app.processEvents()
                time.sleep(0.001)
            taken.append(1000 * (time.perf_counter() - began))
            unshown += not came
            until = time.perf_counter() + 0.25
            while time.perf_counter() < until:
                app.processEvents()
                time.sleep(0.005)
            served, missing = served + len(view.answers.served), missing + len(view.answers.missing)
            if not first_ms:
                first_ms, with_page_mb = taken[0], _resident_mb(os.getpid())
        packets = _sent() - packets
        view.show_nothing()
        end_now()
        runner.close()
        is_counted = "" if os.environ.get(_INSIDE) else " (not counted)"
        print(
            f"  {len(captures)} HTML pages, {served} parts shown, {missing} asked for that were not saved, {unshown} never came"
        )
        print(f"  packets sent: {packets}{is_counted}")
        print(f"  engine {started_ms:.0f} ms, first page {first_ms:.0f} ms, then median {statistics.median(taken[1:]):.0f} ms")
        print(f"  memory (PSS of all processes): {before_mb:.0f} MB before, {with_page_mb:.0f} MB with a page", flush=True)
    os._exit(0)


if __name__ == "__main__":
    _replay()
