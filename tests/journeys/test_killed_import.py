"""Killed at any moment of an import, an archive is whole: each document is there with its index, or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.api import IN_THIS_PROCESS
from archive.model.hit import Question
from archive.progress import Job

MOMENTS = 50
FILES = 24
PASSPHRASE = "крумкач глядзіць на раку моўчкі"


def make_files(folder: Path) -> list[Path]:
    """Reports of some thirty passages, each with a word of its own and a note."""
    files = []
    for number in range(FILES):
        body = "\n\n".join(
            f"Paragraph {place} of report marker{number:02d} tells what was seen on the square." for place in range(30)
        )
        text = f"# Report marker{number:02d}\n\n{body}[^1]\n\n[^1]: Chronicle, https://example.org/{number}\n"
        files.append(folder / f"{number:02d}.md")
        files[-1].write_text(text, encoding="utf-8")
    return files


@pytest.mark.timeout(400)
def test_killed_at_fifty_random_moments_an_archive_is_whole(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    archive, lock = tmp_path / "a.ibid", tmp_path / "passphrase.txt"
    lock.write_text(PASSPHRASE, encoding="utf-8")
    IN_THIS_PROCESS.new(archive, title="A", passphrase=PASSPHRASE).close()
    chance, seen = random.Random(7), set()
    command = [sys.executable, "-m", "archive.cli", "import", str(archive), *map(str, files), "--passphrase-file", str(lock)]
    for moment in range(MOMENTS):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        for _ in range(chance.randrange(4)):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.08) if moment % 5 else chance.uniform(0, 1.0))
        process.kill()
        process.wait()
        process.stdout.close()
        with IN_THIS_PROCESS.open(archive, passphrase=PASSPHRASE) as desk:
            report = desk.verify(job=Job())
            assert report.is_whole, (moment, report.faults)
            titles = {entry.document.description.title for entry in desk.documents()}
            found = {name for name in titles if desk.search(Question(text=name.split()[-1])).count == 1}
            assert found == titles
            seen.add(len(titles))
    assert len(seen) > 3, "the moments did not fall into the writing"
