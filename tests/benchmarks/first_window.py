"""How long from the start of the process until the first window has painted, and what it weighs.

Run: ``python -m tests.benchmarks first-window``. The peer in the same run is the smallest Qt window with one label.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

RUNS = 7
SMALLEST = """
from PySide6.QtWidgets import QApplication, QLabel
from PySide6.QtCore import QTimer
application = QApplication([])
label = QLabel("Ibid")
label.resize(1200, 800)
label.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
IBID = """
import os
os.environ["IBID_LEAVE_AFTER_FIRST_PAINT"] = "1"
from viewer.app import main
main([])
"""


def once(program: str) -> float:
    """Milliseconds from start to end of a process that leaves after its first paint."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=False, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, timeout=60)
    return (time.perf_counter() - begun) * 1000


def run() -> None:
    """Print both medians and their ratio."""
    once(IBID)
    pairs = [(once(IBID), once(SMALLEST)) for _ in range(RUNS)]
    ours, peers = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"  Ibid {ours:.0f} ms, the smallest Qt window {peers:.0f} ms, ratio {ours / peers:.2f} (median of {RUNS}, start and end of the process included)"
    )
