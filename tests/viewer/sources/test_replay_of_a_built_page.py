"""A page that its scripts built looks, frozen and with its site gone, as it did while they ran."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.capture.fetcher import Fetcher
from archive.front_desk import IN_THIS_PROCESS
from archive.model.source import FetchOrder, Way
from archive.settings import CaptureLimits
from archive.words import say
from tests.viewer.sources.built_site import open_site
from tests.viewer.sources.live_page import SIZE, settled
from tests.viewer.sources.test_replay_of_a_web import ROOT, share_of_other_dots
from viewer.look.themes import theme
from viewer.work.runner import Lane, TaskRunner

LIMITS = CaptureLimits(page_s=20.0, body_bytes=8 << 20, pace_s=0.0)
NEARBY = ("127.0.0.1", "localhost")


@pytest.mark.timeout(180)
def test_a_page_built_by_script_looks_as_it_did_when_its_site_is_gone(
    tmp_path: Path, browser: Callable[[], bool], qapp: QApplication, qtbot: QtBot
) -> None:
    from viewer.sources.capture_view import CaptureView

    with IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="A", passphrase=None) as desk:
        with open_site() as other, open_site(other.at("", host="localhost")) as site:
            address = site.at("/built")
            with Fetcher(LIMITS, module="viewer.sources.browser_loader", name="browser") as loader:
                desk.keep(loader.load(FetchOrder(address=address, allowed_private=NEARBY)))
            subprocess.run(
                [sys.executable, "-B", "-m", "tests.viewer.sources.live_page", "--scripts", str(tmp_path), address],
                cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, timeout=60, check=True, capture_output=True,
            )  # fmt: skip
        [capture] = desk.source(address).captures
        assert capture.way is Way.BROWSER
        runner, view = TaskRunner(), CaptureView(say, theme=theme("light"))
        qtbot.addWidget(view)
        view.resize(*SIZE)

        def ask(wanted, done, failed):
            runner.start(Lane.SHOW, lambda _job: desk.part(capture.capture, wanted), owner=view, done=done, failed=failed)

        view.show()
        with qtbot.waitSignal(view.shown, timeout=20_000):
            view.show_capture(capture.final_address, ask)
        shown, live = settled(qapp, view), QImage(str(tmp_path / "0.png"))
        missing = list(view.answers.missing)
        view.show_nothing()
        qtbot.waitUntil(browser, timeout=5000)
        runner.close()
    shown.save(str(tmp_path / "replay.png"))
    assert missing == []
    assert share_of_other_dots(shown, live) < 0.01, tmp_path
