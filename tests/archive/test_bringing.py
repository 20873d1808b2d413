"""Many files at once: every file is one line, nothing comes in twice, and whatever stops the run, what was told is in and can be gone on with."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import intake_report
from archive.api import FrontDesk
from archive.bringing import FoundFile, bring_in_many, find_files
from archive.errors import NotWritable
from archive.front_desk import IN_THIS_PROCESS
from archive.keeper import THROUGH_KEEPERS
from archive.model.document import Arrival, Problem, Role
from archive.model.hit import Question
from archive.model.intake import Fate, IntakeLine
from archive.model.source import Ending, Exchange, Fetched
from archive.progress import Job
from archive.values import now


def page(name: str) -> bytes:
    return f"# Report {name}\n\nWords of {name}.[^1]\n\n[^1]: Chronicle, https://example.org/{name}\n".encode()


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page(path.stem))


def bring(desk: FrontDesk, *chosen: Path, job: Job | None = None) -> list[IntakeLine]:
    """Bring in, and give the last line of each file in their order."""
    last: dict[int, IntakeLine] = {}
    over: list[int] = []

    def told(line: IntakeLine, _arrival: Arrival | None) -> None:
        assert line.n not in over, "a line that is over is over"
        last[line.n] = line
        over.extend([line.n] if line.is_over else [])

    job = job or Job()
    bring_in_many(desk, find_files(chosen, job=Job()), job=job, told=told)
    return [last[n] for n in sorted(last)]


@pytest.fixture
def desk(tmp_path: Path) -> FrontDesk:
    with IN_THIS_PROCESS.new(tmp_path / "mine.ibid", title="Mine", passphrase=None) as opened:
        yield opened


def test_a_folder_is_walked_in_order_without_what_systems_leave_in_it(tmp_path: Path) -> None:
    chosen = tmp_path / "Reports"
    write(
        chosen, "b.md", "A.md", "c/d.md", "c/e/f.md", ".hidden.md", ".git/x.md", "Thumbs.db", "~$a.docx", "other.ibid/volume.md"
    )
    write(tmp_path, "outside/secret.md")
    (chosen / "link.md").symlink_to(tmp_path / "outside" / "secret.md")
    (chosen / "way-out").symlink_to(tmp_path / "outside")
    found = find_files([chosen, chosen / "b.md", tmp_path / "outside" / "secret.md"], job=Job())
    names = [file.name for file in found]
    below = ["A.md", "b.md", "link.md", "way-out", "c/d.md", "c/e/f.md"]
    assert names == [*(f"Reports/{name}" for name in below), "secret.md"]
    assert [file.name for file in found if file.reason == "link"] == ["Reports/link.md", "Reports/way-out"]


NAMES = st.text("abAB.~$é", min_size=1, max_size=3).filter(lambda name: name.strip(".") == name)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=st.sets(st.lists(NAMES, min_size=1, max_size=3).map(tuple), max_size=8))
def test_every_file_of_a_folder_is_exactly_one_line(tmp_path: Path, tree: set[tuple[str, ...]]) -> None:
    root = Path(tempfile.mkdtemp(dir=tmp_path))
    for parts in sorted(tree):
        path = root.joinpath(*parts)
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
    files = [Path(place, name) for place, _, names in os.walk(root) for name in names]
    seen = [path for path in files if not any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)]
    found = find_files([root, *files[:1]], job=Job())
    hidden_but_named = [path for path in files[:1] if path not in seen]
    assert sorted(file.path for file in found) == sorted([*seen, *hidden_but_named])


def test_whatever_a_file_is_it_is_one_line_and_the_others_come_in(desk: FrontDesk, tmp_path: Path) -> None:
    chosen = tmp_path / "Reports"
    write(chosen, "a.md", "sub/b.md")
    (chosen / "a again.md").write_bytes(page("a"))
    (chosen / "empty.txt").write_bytes(b"")
    (chosen / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (chosen / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    os.mkfifo(chosen / "pipe.md")
    lines = bring(desk, chosen, tmp_path / "nowhere.md")
    told = {line.name.removeprefix("Reports/"): (line.fate, line.error, line.facts.get("reason")) for line in lines}
    assert {told.pop("a.md")[0], told.pop("a again.md")[0]} == {Fate.ARRIVED, Fate.ALREADY}
    assert told == {
        "broken.pdf": (Fate.FAILED, "damaged-file", None),
        "empty.txt": (Fate.FAILED, "empty-file", None),
        "picture.png": (Fate.FAILED, "unknown-format", None),
        "pipe.md": (Fate.FAILED, "unreadable-file", "special"),
        "sub/b.md": (Fate.ARRIVED, "", None),
        "nowhere.md": (Fate.FAILED, "unreadable-file", "missing"),
    }
    assert len(desk.documents()) == 2
    assert desk.search(Question(text="words")).count == 2
    assert desk.verify(job=Job()).is_whole


def test_a_file_that_changes_while_it_is_read_is_refused(
    desk: FrontDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.md")
    states = iter([(10, 1), (12, 2)])
    real = os.fstat

    def changing(descriptor: int) -> object:
        stat = real(descriptor)
        size, moment = next(states, (0, 0))
        return type("S", (), {"st_size": size, "st_mtime_ns": moment, "st_mode": stat.st_mode})

    found = find_files([tmp_path / "a.md"], job=Job())
    monkeypatch.setattr("archive.machine.os.fstat", changing)
    told: list[IntakeLine] = []
    bring_in_many(desk, found, job=Job(), told=lambda line, _arrival: told.append(line))
    assert (told[-1].fate, told[-1].facts) == (Fate.FAILED, {"reason": "changed"})
    assert desk.documents() == ()


def test_bringing_the_same_folder_in_again_brings_in_what_was_missing(desk: FrontDesk, tmp_path: Path) -> None:
    chosen = tmp_path / "Reports"
    write(chosen, *(f"{n}.md" for n in range(5)))
    assert {line.fate for line in bring(desk, chosen)} == {Fate.ARRIVED}
    write(chosen, "new.md")
    again = bring(desk, chosen)
    assert {line.name: line.fate for line in again if line.fate is not Fate.ALREADY} == {"Reports/new.md": Fate.ARRIVED}
    assert [line.addresses for line in again] == [1] * 6


def test_what_was_told_in_when_a_run_is_cancelled_is_in_and_the_rest_is_untouched(desk: FrontDesk, tmp_path: Path) -> None:
    chosen = tmp_path / "Reports"
    write(chosen, *(f"{n:02}.md" for n in range(40)))
    job = Job()
    lines: dict[int, IntakeLine] = {}

    def told(line: IntakeLine, _arrival: Arrival | None) -> None:
        lines[line.n] = line
        if line.fate is Fate.ARRIVED:
            job.cancel()

    bring_in_many(desk, find_files([chosen], job=Job()), job=job, told=told)
    fates = [lines[n].fate for n in range(40)]
    assert set(fates) == {Fate.ARRIVED, Fate.UNTOUCHED}
    assert fates.count(Fate.ARRIVED) == len(desk.documents()) < 40
    assert desk.verify(job=Job()).is_whole
    assert {line.fate for line in bring(desk, chosen)} == {Fate.ARRIVED, Fate.ALREADY}
    assert len(desk.documents()) == 40


def test_an_archive_that_takes_nothing_more_ends_the_run_and_every_file_has_its_line(tmp_path: Path) -> None:
    chosen = tmp_path / "Reports"
    write(chosen, *(f"{n:02}.md" for n in range(40)))
    IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="A", passphrase=None).close()
    lines: dict[int, IntakeLine] = {}
    with IN_THIS_PROCESS.open(tmp_path / "a.ibid", passphrase=None, read_only=True) as desk, pytest.raises(NotWritable):
        bring_in_many(desk, find_files([chosen], job=Job()), job=Job(), told=lambda line, _arrival: lines.update({line.n: line}))
    assert {line.fate for line in lines.values()} == {Fate.FAILED, Fate.UNTOUCHED}
    assert len(lines) == 40


def test_several_threads_that_write_together_each_get_their_own_answer(tmp_path: Path) -> None:
    with THROUGH_KEEPERS.new(tmp_path / "a.ibid", title="A", passphrase=None) as desk:
        found: dict[int, Arrival] = {}
        names = [f"part{n % 10}" for n in range(20)]
        threads = [
            threading.Thread(target=lambda n=n: found.update({n: desk.bring_in(page(names[n]), name="a.md")})) for n in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [found[n].document.description.title for n in range(20)] == [f"Report {name}" for name in names]
        assert sum(not arrival.is_already_here for arrival in found.values()) == 10
        assert desk.verify(job=Job()).is_whole


@pytest.mark.timeout(120)
def test_killed_in_the_middle_a_run_can_be_gone_on_with_and_loses_nothing(tmp_path: Path) -> None:
    chosen, archive = tmp_path / "Reports", tmp_path / "a.ibid"
    write(chosen, *(f"{n:03}.md" for n in range(150)))
    IN_THIS_PROCESS.new(archive, title="A", passphrase=None).close()
    told: list[str] = []
    for moment in (1, 7, 20):
        process = subprocess.Popen(
            [sys.executable, "-m", "archive.cli", "import", str(archive), str(chosen), "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        fresh = (line for line in process.stdout if not json.loads(line)["already"])
        told += [json.loads(line)["document"] for line, _ in zip(fresh, range(moment), strict=False)]
        process.kill()
        process.wait()
        process.stdout.close()
        with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
            assert desk.verify(job=Job()).is_whole
            assert set(told) <= {entry.document.document for entry in desk.documents()}
    with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
        lines = bring(desk, chosen)
        assert len(lines) == len(desk.documents()) == 150
        assert {line.fate for line in lines} == {Fate.ARRIVED, Fate.ALREADY}
        assert all(desk.search(Question(text=f'"words of {n:03}"')).count == 1 for n in range(0, 150, 7))
    assert not any(b"Reports" in file.read_bytes() for file in archive.iterdir()), "no name of a file stays behind"


def test_a_captured_source_that_is_brought_in_is_a_report_and_still_its_captures_text(desk: FrontDesk) -> None:
    address, body = "https://example.org/page", page("square")
    exchange = Exchange(
        address=address, method="GET", status=200, reason="OK", request_headers=(), answer_headers=(("Content-Type", "text/markdown"),),
        fetched_at=now(), http_version="HTTP/1.1", body=body,
    )  # fmt: skip
    desk.bring_in(f"# A report\n\nA claim.[^1]\n\n[^1]: See {address}\n".encode(), name="report.md")
    desk.keep(Fetched(address=address, ending=Ending.COMPLETE, exchanges=(exchange,), duration_ms=1))
    (text,) = (entry.document for entry in desk.documents(role=Role.SOURCE))
    arrival = desk.bring_in(body, name="square.md")
    assert (arrival.is_already_here, arrival.document.role, arrival.document.document) == (False, Role.REPORT, text.document)
    assert desk.documents(role=Role.SOURCE) == ()
    assert {entry.document.description.title for entry in desk.documents(role=Role.REPORT)} == {"A report", "Report square"}
    assert desk.source(address).captures[0].document == text.document
    assert desk.source("https://example.org/square").cited_at[0].document == text.document
    assert [hit.role for hit in desk.search(Question(text="square")).hits] == [Role.REPORT]
    assert desk.search(Question(text="square")).count == 1
    assert desk.verify(job=Job()).is_whole
    assert desk.bring_in(body, name="square.md").is_already_here


FORMULAS = ["=1+1", "+cmd", "-2", "@sum", "\t=1", " =1", "\u200b=1", "\r=1", "＝1", "|x", "%0a"]


@pytest.mark.parametrize("name", FORMULAS, ids=ascii)
def test_no_cell_of_a_report_is_a_formula(name: str) -> None:
    line = IntakeLine(n=0, name=name, title=name, fate=Fate.ARRIVED, problems=(Problem("read-from-zip", name),))
    (row,) = csv.DictReader(io.StringIO(intake_report.as_csv([line]).decode("utf-8-sig"), newline=""))
    assert (row["file"], row["title"]) == (f"'{name}", f"'{name}")
    assert json.loads(intake_report.as_json([line]))["files"][0]["file"] == name


def test_a_report_has_one_row_per_file_and_says_why(tmp_path: Path) -> None:
    lines = [
        IntakeLine(n=0, name="a.md", fate=Fate.ARRIVED, title="A", notes=2),
        IntakeLine(n=1, name="b\udcff.pdf", fate=Fate.FAILED, error="damaged-file", facts={"format": "pdf"}),
    ]
    intake_report.write_report(tmp_path / "r.json", lines)
    told = msgspec.json.decode((tmp_path / "r.json").read_bytes())
    assert told["counts"] == {"arrived": 1, "failed": 1}
    assert told["files"][1]["codes"] == ["damaged-file"]
    assert "damaged" in told["files"][1]["problems"][0]
    intake_report.write_report(tmp_path / "r.csv", lines)
    assert len((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_the_terminal_takes_folders_and_writes_a_report_where_it_is_told(tmp_path: Path) -> None:
    write(tmp_path / "Reports", "a.md", "b.md")
    (tmp_path / "Reports" / "c.txt").write_bytes(b"")
    archive, report = tmp_path / "a.ibid", tmp_path / "report.json"
    run = [sys.executable, "-m", "archive.cli"]
    subprocess.run([*run, "new", archive], check=True, capture_output=True)
    ended = subprocess.run([*run, "import", archive, tmp_path / "Reports", "--report", report, "--json"], capture_output=True)
    assert ended.returncode == 1
    assert len(ended.stdout.splitlines()) == 3
    assert json.loads(report.read_bytes())["counts"] == {"arrived": 2, "failed": 1}
    again = subprocess.run(
        [*run, "import", archive, tmp_path / "Reports", "--report", report], capture_output=True, encoding="utf-8"
    )
    assert (again.returncode, again.stdout) == (1, "")
    assert "already there" in again.stderr


def test_a_folder_that_cannot_be_read_is_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "Reports", "a.md", "shut/b.md")
    real = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError
        return real(path)

    monkeypatch.setattr("archive.bringing.os.scandir", guarded)
    found = find_files([tmp_path / "Reports"], job=Job())
    assert found[1] == FoundFile(tmp_path / "Reports" / "shut", "Reports/shut", "permission")
