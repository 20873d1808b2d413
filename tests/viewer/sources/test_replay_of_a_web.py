"""What was saved from a web looks as the web did when it is gone: nothing saved is missed, and hardly a dot is another."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.address import host_of
from archive.capture.fetch import fetch
from archive.front_desk import IN_THIS_PROCESS
from archive.model.source import FetchOrder
from archive.settings import CaptureLimits
from archive.words import say
from tests.viewer.sources.live_page import SIZE, settled
from tests.web.serving import open_web
from tests.web.sites import SITES
from viewer.look.themes import theme
from viewer.work.runner import Lane, TaskRunner

ROOT = Path(__file__).resolve().parents[3]
LIMITS = CaptureLimits(body_bytes=2 << 20, page_s=20.0, connect_s=10.0, pace_s=0.0, timegate="")
PAGES = (
    ("relative.test", "/a/b/page.html"), ("rooted.test", "/deep/in/here"), ("schemeless.test", "/"), ("absolute.test", "/"),
    ("based.test", "/far/from/here"), ("srcset.test", "/"), ("imports.test", "/"), ("fonts.test", "/"), ("frames.test", "/"),
    ("media.test", "/"), ("xn--80azbjm.test", "/"), ("quiet.test", "/"), ("moved-parts.test", "/"), ("holes.test", "/"),
    ("stated.test", "/"), ("meta.test", "/"), ("koi8.test", "/"), ("wide.test", "/"), ("lazy.test", "/"), ("redirects.test", "/5"),
    ("chunked.test", "/"), ("packed.test", "/gzip"), ("articles.test", "/"),
)  # fmt: skip
WITH_SCRIPTS = {"lazy.test"}
"""There a script of the page fetches pictures; the replay, in which none runs, shows them all the same."""


def share_of_other_dots(one: QImage, two: QImage) -> float:
    """The share of the dots in which two pictures of one size differ, 0..1."""
    first, second = (image.convertToFormat(QImage.Format.Format_RGB32) for image in (one, two))
    assert first.size() == second.size()
    a, b = (np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF for image in (first, second))
    return float(np.mean(a != b))


def photograph(folder: Path, addresses: list[str], *options: str) -> None:
    """Write a picture of each page as it is live."""
    subprocess.run(
        [sys.executable, "-B", "-m", "tests.viewer.sources.live_page", *options, str(folder), *addresses],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, timeout=110, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture
def saved(certificates: Path, tmp_path: Path) -> Iterator:
    """The pages saved, and a picture of each as it was live; then the web is gone."""
    folder = tmp_path
    desk = IN_THIS_PROCESS.new(folder / "Web.ibid", title="Web", passphrase=None)
    with open_web(SITES, certificates) as web:
        addresses = [web.at(host, path) for host, path in PAGES if path in SITES[host]]
        for address in addresses:
            order = FetchOrder(address=address, allowed_private=web.hosts)
            desk.keep(fetch(order, LIMITS, resolve=web.resolve, trust=web.trust))
        photograph(folder, addresses)
        built = [number for number, address in enumerate(addresses) if host_of(address) in WITH_SCRIPTS]
        (folder / "built").mkdir()
        photograph(folder / "built", [addresses[number] for number in built], "--scripts")
        for n, number in enumerate(built):
            (folder / "built" / f"{n}.png").replace(folder / f"{number}.png")
    yield desk, addresses, folder
    desk.close()


@pytest.mark.timeout(240)
def test_saved_pages_look_as_they_did_when_their_web_is_gone(
    saved: tuple, browser: Callable[[], bool], qapp: QApplication, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    from viewer.sources.capture_view import CaptureView

    desk, addresses, folder = saved
    runner, view = TaskRunner(), CaptureView(say, theme=theme("light"))
    qtbot.addWidget(view)
    view.resize(*SIZE)
    told, wrong = [], []
    for number, address in enumerate(addresses):
        capture = desk.source(address).captures[0]

        def ask(wanted, done, failed, name=capture.capture):
            runner.start(Lane.SHOW, lambda _job: desk.part(name, wanted), owner=view, done=done, failed=failed)

        view.show()
        with qtbot.waitSignal(view.shown, timeout=20_000):
            view.show_capture(capture.final_address, ask)
        shown, live = settled(qapp, view), QImage(str(folder / f"{number}.png"))
        other = share_of_other_dots(shown, live)
        known_lost = {part.address for part in capture.evidence.missing} | {
            part.address for part in desk.parts(capture.capture) if not part.is_good
        }
        missed = [lost for lost in view.answers.missing if lost not in known_lost]
        told.append(
            f"{address}: {len(view.answers.served)} parts, missing {view.answers.missing}, {other:.2%} of the dots differ"
        )
        if missed or other >= 0.01:
            wrong.append(f"{told[-1]}; not known to be lost: {missed}")
            shown.save(str(folder / f"{number}-replay.png"))
    view.show_nothing()
    qtbot.waitUntil(browser, timeout=5000)
    runner.close()
    with capsys.disabled():
        print("", *told, sep="\n  ")
    assert len(addresses) >= 20
    assert not wrong, "\n".join([str(folder), *wrong])
