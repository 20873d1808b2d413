"""From a key press in the search line until its results are painted, through a real keeper.

Run: ``python -m tests.benchmarks typing [COUNT]``. The peer in the same run is the same key press in an empty line edit, painted at once.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from archive.keeper import THROUGH_KEEPERS
from tests.benchmarks.scale import DATA, documents, quantiles

WORDS = ("права", "сказал", "чалавек", "горад", "people", "school", "вулiца", "літаратура", "жизнь", "question")
_PATIENCE_S = 10.0


def run(count: int = 500) -> None:
    """Print p50 and p95 of both."""
    if not (DATA / "scale").is_dir():
        print("  no data here (IBID_DATA)")
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QLineEdit

    from viewer.app import make_application, make_program

    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "typing.ibid")
        with THROUGH_KEEPERS.new(path, title="Typing", passphrase=None) as desk:
            for _language, text in documents(count):
                desk.bring_in(text.encode(), name="page.txt")
        program = make_program(app, sample=Path(folder, "sample.ibid"))
        program.show()
        program.opening.open(path)
        _wait(app, lambda: program.library.archives)
        ours_ms, peer_ms, offered_ms, line = [], [], [], QLineEdit()
        offered = _watch_offers(program.bar)
        line.show()
        for word in WORDS:
            program.bar.show_question("")
            line.clear()
            for n, letter in enumerate(word, start=1):
                begun = time.perf_counter()
                _press(app, program.bar.findChild(QLineEdit) or program.bar, letter)
                _wait(app, lambda typed=word[:n]: program.model.answer is not None and program.model.answer.question == typed)
                program.window.repaint()
                ours_ms.append((time.perf_counter() - begun) * 1000)
                _wait(app, lambda typed=word[:n]: typed in offered)
                offered_ms.append((offered.pop(word[:n]) - begun) * 1000)
                begun = time.perf_counter()
                _press(app, line, letter)
                line.repaint()
                peer_ms.append((time.perf_counter() - begun) * 1000)
        program.window.close()
        program.close()
    print(f"  {count} documents: to painted results {quantiles(ours_ms)}; an empty line edit {quantiles(peer_ms)}")
    print(f"  {count} documents: to completions painted under the line {quantiles(offered_ms)}")


def _watch_offers(bar: object) -> dict[str, float]:
    """When completions were painted, by the text they were for."""
    offered: dict[str, float] = {}
    offer = bar.offer

    def watched(text: str, completions: object) -> None:
        offer(text, completions)
        bar.completions.repaint()
        offered[text] = time.perf_counter()

    bar.offer = watched
    return offered


def _press(app: object, widget: object, letter: str) -> None:
    """A key of any alphabet; QTest knows the Latin ones only."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        app.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter))


def _wait(app: object, is_so: object) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not is_so():
        app.processEvents()
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to show it")
        time.sleep(0.001)
