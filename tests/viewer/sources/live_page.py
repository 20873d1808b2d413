"""Pages as a browser without guards gets them from the loopback web: the picture that a replay is held against.

    python -m tests.viewer.sources.live_page [--scripts] FOLDER ADDRESS...

Writes ``0.png``, ``1.png``, … in the order of the addresses. Every name of ``.test`` leads to this machine; scripts are off, as in a replay,
unless the page is one that they build.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from viewer.sources.engine import _OF_TESTS

SIZE = (1000, 700)


def settled(app, view, *, quiet_s=0.2):
    """The picture of a view once something is drawn in it and it has not changed for a while."""
    last, until, since = view.grab().toImage(), time.monotonic() + 8, time.monotonic()
    while time.monotonic() < until and (time.monotonic() - since < quiet_s or _is_blank(last)):
        app.processEvents()
        time.sleep(0.04)
        now = view.grab().toImage()
        if now != last:
            last, since = now, time.monotonic()
    return last


def _is_blank(picture) -> bool:
    small = picture.scaled(50, 35)
    return len({small.pixel(x, y) for x in range(50) for y in range(35)}) < 2


def main(folder: Path, addresses: list[str], *, has_scripts: bool) -> None:
    """Load and photograph one after the other."""
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(['--host-resolver-rules="MAP *.test 127.0.0.1"', *_OF_TESTS])
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineCore import QWebEngineSettings
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    view = QWebEngineView()
    view.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, has_scripts)
    view.resize(*SIZE)
    view.show()
    for number, address in enumerate(addresses):
        came: list[bool] = []
        view.loadFinished.connect(came.append)
        view.load(QUrl.fromEncoded(address.encode()))
        until = time.monotonic() + 15
        while not came and time.monotonic() < until:
            app.processEvents()
            time.sleep(0.01)
        view.loadFinished.disconnect(came.append)
        # What scripts build comes when it comes.
        settled(app, view, quiet_s=2.0 if has_scripts else 0.2).save(str(folder / f"{number}.png"))
    os._exit(0)


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if each != "--scripts"]
    main(Path(given[0]), given[1:], has_scripts="--scripts" in sys.argv)
