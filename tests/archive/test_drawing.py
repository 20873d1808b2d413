"""Pages drawn in a process that holds one file and nothing else."""

from __future__ import annotations

import sys
from array import array
from pathlib import Path

import pytest

from archive.drawing import Drawer
from archive.errors import DamagedFile, PasswordWanted, PasswordWrong, ProcessLost, ReaderGaveUp
from tests.papers import locked_pdf, scanned_pdf


def page(words: str = "River school") -> bytes:
    return locked_pdf(words, password="")


def test_a_page_is_drawn_as_large_as_wanted_dark_on_white() -> None:
    with Drawer() as drawer:
        sizes = drawer.open(page())
        assert [(size.width_pt, size.height_pt) for size in sizes] == [(300, 400)]
        picture = drawer.draw(1, scale=2)
        assert (picture.width_px, picture.height_px) == (600, 800)
        assert len(picture.dots) == picture.stride_bytes * picture.height_px
        assert picture.dots.startswith(b"\xff" * 1800)
        assert min(picture.dots) < 60
        grey = drawer.draw(1, scale=2, is_grey=True)
        assert grey.stride_bytes < picture.stride_bytes
        assert min(grey.dots) < 60


def test_letters_stand_where_the_page_shows_them() -> None:
    with Drawer() as drawer:
        drawer.open(page("River school"))
        letters = drawer.letters(1)
    edges = array("f", letters.edges)
    assert letters.text.startswith("River school")
    assert len(edges) == 4 * len(letters.text)
    left, top, right, bottom = edges[:4]
    assert left == pytest.approx(40, abs=1.5)
    assert top < 100 < bottom + 4
    assert right > left
    assert edges[4] >= right - 1


def test_a_locked_file_opens_with_its_password_only() -> None:
    locked = locked_pdf("River school", password="heron")
    with Drawer() as drawer:
        with pytest.raises(PasswordWanted):
            drawer.open(locked)
        with pytest.raises(PasswordWrong):
            drawer.open(locked, password="stork")
        drawer.open(locked, password="heron")
        assert drawer.letters(1).text.startswith("River")


def test_what_is_no_pdf_is_refused_and_the_next_file_opens() -> None:
    with Drawer() as drawer:
        with pytest.raises(DamagedFile):
            drawer.open(b"%PDF-1.4\nnothing")
        with pytest.raises(ProcessLost):
            drawer.draw(1, scale=1)
        assert len(drawer.open(scanned_pdf([(2, 2, b"\0\xff\xff\0")]))) == 1


def test_a_page_that_is_not_there_is_an_empty_picture() -> None:
    with Drawer() as drawer:
        drawer.open(page())
        assert drawer.draw(7, scale=1).width_px == 0
        assert drawer.letters(7).text == ""


def test_a_page_that_takes_too_long_ends_the_process_and_says_so() -> None:
    with Drawer(page_s=0.0) as drawer:
        drawer.open(page())
        with pytest.raises(ReaderGaveUp) as caught:
            drawer.draw(1, scale=60)
        assert caught.value.facts == {"limit": "time"}
        with pytest.raises(ProcessLost):
            drawer.draw(1, scale=1)


def test_a_drawer_that_was_closed_opens_nothing_more() -> None:
    drawer = Drawer()
    drawer.open(page())
    drawer.close()
    with pytest.raises(ProcessLost):
        drawer.open(page())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process is confined by")
def test_the_process_that_draws_is_sealed() -> None:
    with Drawer() as drawer:
        drawer.open(page())
        assert drawer._child is not None
        said = Path(f"/proc/{drawer._child.process.pid}/status").read_text(encoding="ascii")
        status = dict(line.split(":", 1) for line in said.splitlines())
        assert status["Seccomp"].strip() == "2"
        assert status["NoNewPrivs"].strip() == "1"
        assert len(list(Path(f"/proc/{drawer._child.process.pid}/fd").iterdir())) <= 5
