"""Text read from pictures of pages by Tesseract, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import machine, recognition
from archive.api import FrontDesk
from archive.drawing import Drawer
from archive.errors import NoTesseract, NoTesseractLanguage
from archive.front_desk import IN_THIS_PROCESS
from archive.model.hit import Question
from archive.progress import Cancelled, Job
from tests.papers import locked_pdf, scanned_pdf

installed = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def scan(*pages: str) -> bytes:
    """A PDF without text whose pages are pictures of these words."""
    pictures = []
    with Drawer() as drawer:
        for words in pages:
            drawer.open(locked_pdf(words, password=""))
            grey = drawer.draw(1, scale=recognition.DOTS_PER_PT, is_grey=True)
            rows = range(0, grey.stride_bytes * grey.height_px, grey.stride_bytes)
            pictures.append((grey.width_px, grey.height_px, b"".join(grey.dots[row : row + grey.width_px] for row in rows)))
    return scanned_pdf(pictures)


@pytest.fixture(scope="module")
def scanned() -> bytes:
    """Two scanned pages."""
    return scan("The river rose in April", "The school moved upstairs")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FrontDesk]:
    """An empty archive."""
    with IN_THIS_PROCESS.new(tmp_path / "Scans.ibid", title="Scans", passphrase=None) as one:
        yield one


def test_a_scan_comes_in_as_pages_and_is_said_to_be_without_text(desk: FrontDesk, scanned: bytes) -> None:
    arrival = desk.bring_in(scanned, name="scan.pdf")
    assert arrival.document.passages == 0
    assert "no-text-layer" in {problem.code for problem in arrival.problems}
    assert desk.original(arrival.document.document) == scanned


@installed
def test_a_scan_that_was_read_is_found_at_once_and_is_whole(desk: FrontDesk, scanned: bytes) -> None:
    name = desk.bring_in(scanned, name="scan.pdf").document.document
    assert desk.passages(name) == ()
    assert desk.search(Question(text="river")).count == 0
    steps: list[tuple[int, int | None]] = []
    read = desk.recognise(name, languages=("eng",), job=Job(lambda step: steps.append((step.done, step.total))))
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert read.recognised is not None
    assert read.recognised.engine.startswith("tesseract ")
    assert read.recognised.languages == ("eng",)
    assert read.recognised.confidence > 0.5
    assert desk.document(name) == read
    text = " ".join(passage.text for passage in desk.passages(name))
    assert "river rose" in text
    assert "upstairs" in text
    assert desk.search(Question(text="river")).count == 1
    pages = {placed.spot.page for placed in desk.geometry(name)}
    assert pages == {1, 2}
    box = desk.geometry(name, page=1)[0].spot.box
    assert box.x0 == pytest.approx(40, abs=4)
    assert 85 < box.y0 < 100
    assert desk.original(name) == scanned
    assert desk.verify(job=Job()).is_whole
    assert [entry.document for entry in desk.documents()] == [read]


@installed
def test_what_was_read_goes_to_another_archive_like_any_text(desk: FrontDesk, scanned: bytes, tmp_path: Path) -> None:
    name = desk.bring_in(scanned, name="scan.pdf").document.document
    read = desk.recognise(name, languages=("eng",), job=Job())
    with IN_THIS_PROCESS.new(tmp_path / "Other.ibid", title="Other", passphrase=None) as other:
        assert [other.take(desk.give(item)).outcome for item in desk.items()] == ["new"]
        assert other.document(name) == read
        assert other.geometry(name) == desk.geometry(name)


@installed
def test_reading_that_is_cancelled_leaves_the_archive_as_it_was(desk: FrontDesk, scanned: bytes) -> None:
    name = desk.bring_in(scanned, name="scan.pdf").document.document
    job = Job(lambda step: job.cancel() if step.done else None)
    with pytest.raises(Cancelled):
        desk.recognise(name, languages=("eng",), job=job)
    assert desk.document(name).recognised is None
    assert desk.verify(job=Job()).is_whole


@installed
def test_a_language_that_is_not_installed_is_said(desk: FrontDesk, scanned: bytes) -> None:
    name = desk.bring_in(scanned, name="scan.pdf").document.document
    with pytest.raises(NoTesseractLanguage):
        desk.recognise(name, languages=("eng", "xyz"), job=Job())


def test_without_tesseract_one_sentence_says_so(desk: FrontDesk, scanned: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    name = desk.bring_in(scanned, name="scan.pdf").document.document
    monkeypatch.setenv("PATH", "")
    assert desk.recognition_languages() == ()
    with pytest.raises(NoTesseract):
        desk.recognise(name, languages=("eng",), job=Job())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux seals a program")
def test_the_program_can_write_nothing_and_has_no_sockets(tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    attempt = (
        f"import socket\ntry:\n    open({str(leak)!r}, 'wb', buffering=0).write(b'words')\nexcept OSError:\n    pass\n"
        "try:\n    socket.socket()\nexcept OSError:\n    print('no socket', flush=True)\n"
    )
    command = [*machine.module_command("archive.recognition"), "20", sys.executable, "-I", "-c", attempt]
    said = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert not leak.exists() or leak.read_bytes() == b""
    assert said.stdout.strip() == b"no socket"
