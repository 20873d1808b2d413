"""A page that tries every way out is shown as it looked: no packet, no file, no script. A network of its own counts, and a control proves the count."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.viewer.sources.canary import page
from viewer.sources import engine

ROOT = Path(__file__).resolve().parents[3]
# Every address there is leads to this very network, where nobody answers: whatever is sent is counted.
NETWORK = "ip link set lo up && ip route add local default dev lo && { ip -6 route add local default dev lo || true; }"
INSIDE = f"mount --bind {{names}} /etc/resolv.conf; {NETWORK}; exec {{command}}"


@pytest.fixture(scope="module")
def namespace(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How a command is run in a network of its own; skips where the system gives none."""
    names = tmp_path_factory.mktemp("names") / "resolv.conf"
    names.write_text("nameserver 10.9.9.1\n", encoding="ascii")
    began = ["unshare", "--net", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net", "--mount"]
    try:
        tried = subprocess.run([*began, "sh", "-c", NETWORK], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        pytest.skip("no unshare here: packets cannot be counted")
    if tried.returncode:
        pytest.skip("this system gives a test no network of its own (unshare, ip): packets cannot be counted")
    return [*began, "sh", "-c", INSIDE.replace("{names}", str(names))]


def look(namespace: list[str], mode: str, folder: Path, file: Path | None = None, *, is_sandboxed: bool = False) -> dict:
    home = folder / "home"
    home.mkdir()
    words = [sys.executable, "-B", "-m", "tests.viewer.sources.canary", mode, str(folder), *([str(file)] if file else [])]
    command = " ".join(f"'{word}'" for word in words)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "XDG_RUNTIME_DIR": str(home), "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen", engine.WITHOUT_SANDBOX: "1",
    }  # fmt: skip
    if is_sandboxed:
        environment.pop(engine.WITHOUT_SANDBOX)
    done = subprocess.run(
        [*namespace[:-1], namespace[-1].replace("{command}", command)],
        capture_output=True, timeout=90, check=False, cwd=ROOT, env=environment, text=True,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr[-2000:]
    assert "CANARY" not in done.stderr, "what a page says is printed nowhere"
    return json.loads(lines[-1])


def assert_nothing_left(folder: Path) -> None:
    left = [path for path in (folder / "home").rglob("*") if path.is_file()]
    assert not left, "files left behind"
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".html":
            assert b"CANARY" not in path.read_bytes(), path.name


@pytest.mark.timeout(200)
def test_a_page_that_tries_every_way_out_finds_none(namespace: list[str], tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    control = look(namespace, "bare", tmp_path / "bare")
    assert control["packets"] > 10, "the control must be caught, or nothing is counted"
    assert "RAN" in control["titles"]
    (tmp_path / "guarded").mkdir()
    found = look(namespace, "guarded", tmp_path / "guarded")
    assert found["packets"] == 0
    assert found["title"] == "Canary"
    assert "CANARY-WORDS" in found["shown"]
    assert found["asked"] >= 15, "the page was really there, and the archive was asked for its parts"
    assert found["ended"]
    assert_nothing_left(tmp_path / "guarded")


@pytest.mark.timeout(200)
def test_the_canary_that_security_was_measured_with_finds_no_way_out_either(
    namespace: list[str], data: Path, tmp_path: Path
) -> None:
    shared = data.parent / "prototypes" / "security" / "hostile.html"
    if not shared.is_file():
        pytest.skip("the measured canary is not here")
    found = look(namespace, "guarded", tmp_path, shared)
    assert (found["packets"], found["title"] == "JSRAN", found["ended"]) == (0, False, True)
    assert_nothing_left(tmp_path)


@pytest.mark.timeout(200)
def test_with_its_sandbox_on_the_page_is_shown_and_what_draws_it_is_confined(tmp_path: Path) -> None:
    """As a user without rights sees it: nothing says that the sandbox may be off."""
    began = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--net"]
    trial = [*began, sys.executable, "-I", "-m", "archive.namespaces"]
    try:
        tried = subprocess.run(trial, capture_output=True, timeout=20, check=False, cwd=ROOT)
    except (OSError, subprocess.TimeoutExpired):
        pytest.skip("no unshare here")
    if tried.returncode:
        pytest.skip("this system lets no user make namespaces: there is no sandbox to try")
    found = look([*began, "sh", "-c", "exec {command}"], "guarded", tmp_path, is_sandboxed=True)
    assert found["is_allowed"]
    assert found["is_confined"]
    assert "CANARY-WORDS" in found["shown"]
    assert_nothing_left(tmp_path)


def test_the_canary_knows_many_ways() -> None:
    assert page().count("canary-test.example") >= 40
