"""Killed at any moment of an import, an archive is whole: each document is there with its index, or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.bringing import at_once
from archive.front_desk import IN_THIS_PROCESS
from archive.model.hit import Question
from archive.progress import Job
from archive.storage.folder import ArchiveFolder
from archive.storage.keys import GuessCost

MOMENTS, AN_ARCHIVE = 50, 5
AT_ONCE = 2 * at_once()
"""More than are under way at once, so that they are not all written together."""
PASSPHRASE = "крумкач глядзіць на раку моўчкі"


def make_files(folder: Path, moment: int) -> list[Path]:
    """Reports of some thirty passages, each with a word of its own and a note."""
    files = []
    for name in (f"marker{moment:02d}x{number}" for number in range(AT_ONCE)):
        body = "\n\n".join(f"Paragraph {place} of report {name} tells what was seen on the square." for place in range(30))
        text = f"# Report {name}\n\n{body}[^1]\n\n[^1]: Chronicle, https://example.org/{name}\n"
        files.append(folder / f"{name}.md")
        files[-1].write_text(text, encoding="utf-8")
    return files


@pytest.mark.timeout(400)
def test_killed_at_fifty_random_moments_an_archive_is_whole(tmp_path: Path) -> None:
    lock = tmp_path / "passphrase.txt"
    lock.write_text(PASSPHRASE, encoding="utf-8")
    chance, before, cut_short = random.Random(7), 0, 0
    for moment in range(MOMENTS):
        archive = tmp_path / f"{moment // AN_ARCHIVE}.ibid"
        if moment % AN_ARCHIVE == 0:  # each is checked from end to end after every moment
            cost, before = GuessCost(memory_kib=64 * 1024, passes=1), 0
            ArchiveFolder.create(archive, title="A", passphrase=PASSPHRASE, cost=cost).close()
        command = ["import", str(archive), *map(str, make_files(tmp_path, moment)), "--passphrase-file", str(lock), "--json"]
        process = subprocess.Popen(
            [sys.executable, "-m", "archive.cli", *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None
        told = chance.randrange(AT_ONCE)
        for _ in range(told):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03) if told else chance.uniform(0, 1.0))
        process.kill()
        process.wait()
        process.stdout.close()
        with IN_THIS_PROCESS.open(archive, passphrase=PASSPHRASE) as desk:
            report = desk.verify(job=Job())
            assert report.is_whole, (moment, report.faults)
            names = {entry.document.description.title.split()[-1] for entry in desk.documents()}
            new = {name for name in names if name.startswith(f"marker{moment:02d}")}
            assert {name for name in new if desk.search(Question(text=name)).count == 1} == new
        came = len(names) - before
        assert told <= came <= AT_ONCE, "what was said to be in is in"
        cut_short += told > 0 and came < AT_ONCE
        before = len(names)
    assert cut_short > MOMENTS // 4, "the moments did not fall into the writing"
