"""Pages built by script: how long one takes in the embedded browser, and what its processes hold after many."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from archive.capture.fetcher import Fetcher
from archive.model.source import FetchOrder
from archive.settings import CaptureLimits
from tests.viewer.sources.built_site import open_site

_NEARBY = ("127.0.0.1", "localhost")


def run(count: int = 20) -> None:
    """Load one page so many times."""
    os.environ["IBID_TEST_SUITE_BROWSES_WITHOUT_SANDBOX"] = "1" if hasattr(os, "geteuid") and os.geteuid() == 0 else "0"
    took_s: list[float] = []
    held_mb: list[float] = []
    with open_site() as other, open_site(other.at("", host="localhost")) as site:
        begun_s = time.perf_counter()
        with Fetcher(CaptureLimits(pace_s=0.0), module="viewer.sources.browser_loader", name="browser") as browser:
            print(f"  started in {time.perf_counter() - begun_s:.2f} s")
            for _ in range(count):
                begun_s = time.perf_counter()
                fetched = browser.load(FetchOrder(address=site.at("/built"), allowed_private=_NEARBY))
                assert fetched.error is None
                took_s.append(time.perf_counter() - begun_s)
                held_mb.append(sum(map(_pss_mb, _family(browser._child.process.pid))))
    print(f"  a page: median {statistics.median(took_s):.2f} s, longest {max(took_s):.2f} s")
    print(f"  memory of all processes (PSS): {held_mb[0]:.0f} MB after one page, {held_mb[-1]:.0f} MB after {count}")


def _family(process: int) -> list[int]:
    children = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == process:
                children.append(int(status.parent.name))
        except OSError:
            continue
    return [process, *(one for child in children for one in _family(child))]


def _pss_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
