"""The whole program on a real archive, driven by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.api import Doors
from archive.front_desk import IN_THIS_PROCESS
from archive.model.source import Ending, Exchange, Fetched, Loader
from viewer.models.preferences import Preferences
from viewer.wiring import Ibid

REPORT = """# The school by the river

Every spring the river rose and the school moved upstairs.[^1] Nobody counted the books that were lost.[^2]

## What the register says

The register names 214 pupils.[^3]

[^1]: Hanna Shuliak, "Diary of a village teacher", 4 April 1936, https://museum.example.org/diary
[^2]: Ibid.
[^3]: District archive, "Register", 1911, https://archive.example.org/register
"""
SECOND = """# Школа ў вёсцы

Вясной рака выходзіла з берагоў, і школа пераязджала на другі паверх.[^1]

[^1]: Ганна Шуляк, «Дзённік», https://museum.example.org/diary
"""
PAGE = b"""<html><head><title>Diary of a village teacher</title></head><body><article><h1>Diary of a village teacher</h1>
<p>The water reached the second step of the porch, and we carried the books upstairs before the stove and before the piano.</p>
<p>On the sixteenth day the river went back to its bed, and the children wrote about it in their copybooks.</p>
</article></body></html>"""


def fill(path: Path, *, title: str, passphrase: str | None = None) -> None:
    """Make an archive with two reports and one saved source."""
    desk = IN_THIS_PROCESS.new(path, title=title, passphrase=passphrase)
    try:
        for name, text in (("school.md", REPORT), ("skola.md", SECOND)):
            desk.bring_in(text.encode(), name=name)
        exchange = Exchange(
            address="https://museum.example.org/diary",
            method="GET",
            status=200,
            reason="OK",
            request_headers=(),
            answer_headers=(("Content-Type", "text/html; charset=utf-8"),),
            fetched_at=datetime(2025, 3, 1, tzinfo=UTC),
            http_version="HTTP/1.1",
            body=PAGE,
        )
        desk.keep(Fetched(address=exchange.address, ending=Ending.COMPLETE, exchanges=(exchange,), duration_ms=5))
    finally:
        desk.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive to copy from."""
    path = tmp_path_factory.mktemp("window") / "River.ibid"
    fill(path, title="River")
    return path


@pytest.fixture
def archive(filled: Path, tmp_path: Path) -> Path:
    """An archive of this test's own, with two reports and one saved source."""
    return Path(shutil.copytree(filled, tmp_path / "River.ibid"))


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Ibid]]:
    """Start the program; by default its desks are in this process."""
    started: list[Ibid] = []

    def begin(
        *, doors: Callable[[], Doors] = lambda: IN_THIS_PROCESS, language: str = "en", loaders: Sequence[Loader] = ()
    ) -> Ibid:
        program = Ibid(
            qapp,
            doors=doors,
            sample=tmp_path / "sample.ibid",
            version="0",
            preferences=Preferences(language=language),
            is_sealed=True,
            loaders=loaders,
        )
        started.append(program)
        program.show()
        qapp.processEvents()
        return program

    yield begin
    for program in started:
        desks = [each.desk for each in program.library.archives]
        program.window.close()
        assert program.close()
        for desk in desks:
            desk.close()
        shiboken6.delete(program.window)
        shiboken6.delete(program)


@pytest.fixture
def opened(start: Callable[..., Ibid], archive: Path, qtbot: QtBot) -> Ibid:
    """The program with the archive open."""
    program = start()
    program.opening.open(archive)
    qtbot.waitUntil(lambda: bool(program.library.archives))
    return program


@pytest.fixture
def press(qtbot: QtBot) -> Callable[[Ibid, str], None]:
    """Press a key, or several together, as ``Ctrl+L``: it goes where the cursor is."""

    def press(program: Ibid, key: str) -> None:
        combination = QKeySequence(key)[0]
        target = program.window.focusWidget() or program.window
        qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    return press
