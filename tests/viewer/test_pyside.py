"""The two faults for which PySide6 6.12 is not used; a new version is tried against these before it is taken."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

UPDATES = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget = QWidget()
before = sys.getrefcount(None)
for _ in range(20_000):
    widget.update()
lost = before - sys.getrefcount(None)
sys.exit(lost > 1000)
"""
CYRILLIC_PAGE = """
import os, sys
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWidgets import QApplication
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
app = QApplication([])
profile = QWebEngineProfile()
page = QWebEnginePage(profile)
ended = []
page.renderProcessTerminated.connect(lambda status, code: (ended.append("crashed"), app.quit()))
page.loadFinished.connect(lambda ok: (ended.append("loaded" if ok else "refused"), app.quit()))
QTimer.singleShot(40_000, app.quit)
page.load(QUrl("data:text/html;charset=windows-1251,%CF%F0%E8%E2%E5%F2"))
app.exec()
os._exit(ended != ["loaded"])
"""


def run(program: str) -> int:
    # The sandbox of the embedded browser needs a user who is not root; only tests may start it without one, and say so here.
    environment = os.environ | {"QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, timeout=90).returncode


@pytest.mark.parametrize(
    "program", [UPDATES, CYRILLIC_PAGE], ids=["a call that gives nothing keeps None", "a windows-1251 page loads"]
)
def test_a_fault_of_later_versions_is_not_here(program: str) -> None:
    assert run(program) == 0
