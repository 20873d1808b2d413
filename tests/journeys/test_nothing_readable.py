"""Using a locked archive writes nothing readable anywhere: every write of every process is watched, not only what is left over.

A file that is removed before anyone looks has still been on the disk; so the system calls are read (strace), with a positive control.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STRACE = shutil.which("strace")
WORDS = ("Пракопавіч", "zubrevichmarker")
WRITES = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range"

pytestmark = [
    pytest.mark.skipif(STRACE is None, reason="strace is not installed here: writes cannot be watched"),
    pytest.mark.timeout(300),
]


def written_words(log: Path) -> set[str]:
    """Which of WORDS went to a file of some path, in any of three encodings."""
    found = set()
    forms = {word: [word.encode(code).hex() for code in ("utf-8", "utf-16-le", "cp1251")] for word in WORDS}
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        target = re.search(r"\w+\(\d+<([^>]*)>", line)
        path = bytes.fromhex(target.group(1).replace("\\x", "")).decode() if target else ""
        if not path.startswith("/") or path.startswith("/dev/"):
            continue
        plain = line.replace("\\x", "")
        found |= {word for word, spellings in forms.items() if any(spelling in plain for spelling in spellings)}
    return found


def watched(command: list[str], folder: Path, log: Path) -> subprocess.CompletedProcess[bytes]:
    homes = {name: str(folder) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    watcher = [str(STRACE), "-f", "-y", "-xx", "-s", "300000", "-e", f"trace={WRITES}", "-o", str(log)]
    return subprocess.run(
        [*watcher, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=os.environ | homes,
        timeout=120,
    )


def test_no_word_of_a_locked_archive_is_ever_written_readably(tmp_path: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "strace.log"
    home.mkdir()
    report, lock, archive = tmp_path / "report.md", tmp_path / "lock.txt", tmp_path / "a.ibid"
    text = (
        f"# {WORDS[0]} і суседзі\n\n"
        + f"{WORDS[1]} бачыў плошчу.[^1]\n\n" * 400
        + f"[^1]: {WORDS[0]}, https://example.org/{WORDS[1]}\n"
    )
    report.write_text(text, encoding="utf-8")
    lock.write_text("шэсць слоў для замка", encoding="utf-8")
    ibid = [sys.executable, "-m", "archive.cli"]
    for arguments in (
        ["new", archive, "--locked", "--title", WORDS[0]],
        ["import", archive, report],
        ["search", archive, f"{WORDS[1]} плошча"],
        ["list", archive],
        ["verify", archive],
        ["share", archive, tmp_path / "b.ibid", "--locked", "--target-passphrase-file", lock],
    ):
        ended = watched([*ibid, *map(str, arguments), "--passphrase-file", str(lock)], home, log)
        assert ended.returncode == 0, ended.stderr
        assert written_words(log) == set(), arguments[0]
    left = [file for file in home.rglob("*") if file.is_file()]
    assert left == [], "files were left outside the archive"
    for file in (file for place in (archive, tmp_path / "b.ibid") for file in place.iterdir()):
        assert not any(word.encode() in file.read_bytes() for word in WORDS)


def test_the_watcher_sees_what_is_written_and_removed(tmp_path: Path) -> None:
    program = (
        f"import pathlib; p = pathlib.Path({str(tmp_path / 'gone')!r}); p.write_text('{WORDS[0]}', encoding='utf-8'); p.unlink()"
    )
    log = tmp_path / "strace.log"
    watched([sys.executable, "-c", program], tmp_path, log)
    assert written_words(log) == {WORDS[0]}
