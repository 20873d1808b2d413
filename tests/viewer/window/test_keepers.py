"""The window with real keepers: it paints while one is stopped, and outlives one that is killed."""

from __future__ import annotations

import os
import signal
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from archive.keeper import THROUGH_KEEPERS
from viewer.dialogs.notice import NoticeSheet
from viewer.wiring import Ibid

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop and continue a process by signal"),
]
STOPPED_S = 5.0
# A window that waits for its keeper would stand for all of the five seconds; on a busy machine one round in hundreds may be slow.
LONGEST_PAINT_S, USUAL_PAINT_S = 1.0, 0.1


@pytest.fixture
def kept(start: Callable[..., Ibid], archive: Path, qtbot: QtBot) -> Ibid:
    program = start(doors=lambda: THROUGH_KEEPERS)
    program.opening.open(archive)
    qtbot.waitUntil(lambda: bool(program.library.archives), timeout=20_000)
    return program


def test_the_window_paints_while_its_keeper_is_stopped(qtbot: QtBot, kept: Ibid) -> None:
    keeper = kept.library.archives[0].desk.process_id
    rounds_s: list[float] = []
    os.kill(keeper, signal.SIGSTOP)
    try:
        kept.bar.ask("register")
        until = time.monotonic() + STOPPED_S
        while time.monotonic() < until:
            begun = time.monotonic()
            QApplication.processEvents()
            kept.window.grab()
            rounds_s.append(time.monotonic() - begun)
            time.sleep(0.02)
    finally:
        os.kill(keeper, signal.SIGCONT)
    assert max(rounds_s) < LONGEST_PAINT_S
    assert statistics.median(rounds_s) < USUAL_PAINT_S
    qtbot.waitUntil(lambda: kept.model.answer is not None, timeout=10_000)
    assert kept.model.answer.count >= 1


def test_a_keeper_that_is_killed_is_said_and_the_window_stays(qtbot: QtBot, kept: Ibid) -> None:
    os.kill(kept.library.archives[0].desk.process_id, signal.SIGKILL)
    kept.bar.ask("register")
    qtbot.waitUntil(lambda: kept.window.has_sheet, timeout=10_000)
    sheet = kept.window.findChild(NoticeSheet)
    assert any("stopped without being asked" in label.text() for label in sheet.findChildren(QLabel))


def test_the_program_leaves_in_time_though_its_keeper_is_stopped(start: Callable[..., Ibid], archive: Path, qtbot: QtBot) -> None:
    program = start(doors=lambda: THROUGH_KEEPERS)
    program.opening.open(archive)
    qtbot.waitUntil(lambda: bool(program.library.archives), timeout=20_000)
    keeper = program.library.archives[0].desk.process_id
    os.kill(keeper, signal.SIGSTOP)
    try:
        before = time.monotonic()
        program.bar.ask("register")
        QApplication.processEvents()
        program.close()
        assert time.monotonic() - before < 5
    finally:
        os.kill(keeper, signal.SIGCONT)
