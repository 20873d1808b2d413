"""Killed at any moment, an archive holds each document with its index, or nothing of it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.progress import Job
from archive.settings import StorageLimits
from archive.sharing.verify import verify
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder

WRITER = """
import importlib.util, sys
from pathlib import Path
import archive.search.postings  # numpy comes in with it; else it would with the first document
from archive.settings import StorageLimits
from archive.storage.folder import ArchiveFolder
spec = importlib.util.spec_from_file_location("made", sys.argv[2])
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)
maker = made.Maker()
folder = ArchiveFolder.open(Path(sys.argv[1]), passphrase=sys.argv[3] or None, limits=StorageLimits(volume_bytes=300_000))
first = len(list(Path(sys.argv[1]).iterdir())) * 1000 + int(sys.argv[4])
print("ready", flush=True)
for n in range(first, first + 10_000):
    maker.bring(folder, maker.report(n, addresses=(f"https://example.org/{n}",), words="словы пра восень " * 100))
"""
MOMENTS = 12


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no such signal")
@pytest.mark.parametrize("passphrase", ["", "пароль"], ids=["open", "locked"])
def test_killed_at_random_moments_nothing_is_ever_half_there(
    new_archive: Callable[..., ArchiveFolder], tmp_path: Path, passphrase: str
) -> None:
    folder = new_archive(passphrase=passphrase or None)
    folder.close()
    chance = random.Random(20250124)
    maker = Path(__file__).parent.parent / "conftest.py"
    counts = [0]
    for attempt in range(MOMENTS // 2):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder.path), str(maker), passphrase, str(attempt * 100_000)],
            stdout=subprocess.PIPE,
            cwd=tmp_path,
        )
        with child:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready"
            time.sleep(chance.uniform(0.0, 0.15))
            child.kill()
        limits = StorageLimits(volume_bytes=300_000)
        with ArchiveFolder.open(folder.path, passphrase=passphrase or None, limits=limits) as again:
            report = verify(again, Job())
            assert report.faults == ()
            entries = catalogue.entries(again)
            assert report.documents == len(entries) == report.objects
            assert all(entry.sources == {"waiting": 1, "no_address": 1} for entry in entries)
            counts.append(len(entries))
        assert not list(folder.path.glob("*.new"))
    assert counts == sorted(counts)
    assert counts[-1] > 0
