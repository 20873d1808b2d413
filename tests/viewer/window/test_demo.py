"""The demonstration walks the three journeys, in a process of its own because it gives up the network for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_three_journeys_are_walked_and_pictured(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-m", "viewer.demo", str(tmp_path)], capture_output=True, timeout=90, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    names = sorted(path.stem for path in tmp_path.glob("*.png"))
    assert [name[0] for name in names] == ["a"] * 3 + ["b"] * 4 + ["c"] * 3
    assert all(path.stat().st_size > 10_000 for path in tmp_path.glob("*.png"))
