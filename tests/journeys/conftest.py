"""The terminal as a person uses it: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Said:
    """What one run of the terminal said."""

    code: int
    lines: list[dict[str, Any]]
    errors: str


@pytest.fixture(scope="session")
def ibid(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Said]:
    """Run ``ibid`` with these arguments and ``--json``; ``as_json=False`` leaves that out."""

    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: object, as_json: bool = True, limit_s: float = 60) -> Said:
        command = [sys.executable, "-m", "archive.cli", *map(str, arguments), *(["--json"] if as_json else [])]
        ended = subprocess.run(
            command,
            cwd=elsewhere,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_s,
            env=os.environ | {"LANG": "C.UTF-8", "LC_ALL": ""},
        )
        lines = [json.loads(line) for line in ended.stdout.splitlines()] if as_json else []
        return Said(ended.returncode, lines, ended.stderr.decode())

    return run


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """A file that holds a passphrase."""
    file = tmp_path / "passphrase.txt"
    file.write_text("шэсць выпадковых слоў нібы ў казцы\n", encoding="utf-8")
    return file
