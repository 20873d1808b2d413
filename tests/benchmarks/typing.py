"""From a key press in the search line until its results are painted, through a real keeper.

Run: ``python -m tests.benchmarks typing [COUNT]``. The peer in the same run is the same key press in an empty line edit, painted at once.
On a machine that is busy the processor time of window and keeper says more than the clock; waiting for the window's next round and its clock of 1 ms is in neither's favour.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from archive.search import index
from archive.storage.folder import ArchiveFolder
from tests.benchmarks.scale import DATA, quantiles
from tests.benchmarks.search import prepared, written

WORDS = ("права", "сказал", "чалавек", "горад", "people", "school", "вулiца", "літаратура", "жизнь", "question")
_PATIENCE_S = 60.0


def processor_ms(process: str = "self") -> float:
    """Processor time so far of a process and all below it, threads that ended left out (Linux)."""
    tasks = list(Path(f"/proc/{process}/task").glob("*"))
    used = sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6
    below = " ".join((task / "children").read_text(encoding="ascii") for task in tasks).split()
    return used + sum(map(processor_ms, below))


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
        with ArchiveFolder.create(path, title="Typing") as archive:
            fill(archive, count)
        program = make_program(app, sample=Path(folder, "sample.ibid"))
        program.show()
        program.opening.open(path)
        _wait(app, lambda: program.library.archives)
        ours_ms, worked_ms, peer_ms, offered_ms, line = [], [], [], [], QLineEdit()
        offered = _watch_offers(program.bar)
        line.show()
        for word in WORDS:
            program.bar.show_question("")
            line.clear()
            for n, letter in enumerate(word, start=1):
                begun, worked = time.perf_counter(), processor_ms()
                _press(app, program.bar.findChild(QLineEdit) or program.bar, letter)
                _wait(app, lambda typed=word[:n]: program.model.answer is not None and program.model.answer.question == typed)
                program.window.repaint()
                ours_ms.append((time.perf_counter() - begun) * 1000)
                worked_ms.append(processor_ms() - worked)
                _wait(app, lambda typed=word[:n]: typed in offered)
                offered_ms.append((offered.pop(word[:n]) - begun) * 1000)
                begun = time.perf_counter()
                _press(app, line, letter)
                line.repaint()
                peer_ms.append((time.perf_counter() - begun) * 1000)
        program.window.close()
        program.close()
    print(f"  {count} documents: to painted results {quantiles(ours_ms)}; an empty line edit {quantiles(peer_ms)}")
    print(f"  {count} documents: processor time of window and keeper until results are painted {quantiles(worked_ms)}")
    print(f"  {count} documents: to completions painted under the line {quantiles(offered_ms)}")


def fill(archive: ArchiveFolder, count: int) -> None:
    """Documents of the search benchmark, many at once."""
    for _, batch in prepared(count):
        with archive.writing() as connection:
            row_ids = written(connection, batch, first=1)
            index.add_many(connection, [(row_id, each) for row_id, (_, _, each) in zip(row_ids, batch, strict=True)])


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
