"""How long a page takes in the window, and what the places of words cost.

Run: ``python -m tests.benchmarks pages``. A page turn is a press of Page Down when the next page is drawn ahead, until the window has
painted; a far page is one that nobody drew ahead, until its picture is there. Sizes are those of the archive's own compression.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from archive.drawing import Drawer
from archive.footnotes.compose import compose
from archive.formats.pdf import read_pdf
from archive.storage.geometry import pack
from archive.storage.objects import compress

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
TURNS = 60
FAR = 12


def run() -> None:
    """Print both tables."""
    files = sorted(path for path in (DATA / "pdf_reports").rglob("*.pdf"))
    if not files:
        print("  no data here (IBID_DATA)")
        return
    _sizes(files[::4])
    _turns(max(files, key=lambda path: path.stat().st_size if "iachr" in path.parts else 0))


def _sizes(files: list[Path]) -> None:
    text = placed = pages = markers = found = 0
    read_s = packed_s = 0.0
    for path in files:
        begun = time.perf_counter()
        composed = compose(read_pdf(path.read_bytes()))
        read_s += time.perf_counter() - begun
        begun = time.perf_counter()
        placed += len(pack(composed.geometry)) if composed.geometry else 0
        packed_s += time.perf_counter() - begun
        text += len(compress("\n".join(passage.text for passage in composed.passages).encode()))
        pages += len({one.spot.page for one in composed.geometry})
        markers += sum(len(passage.markers) for passage in composed.passages)
        found += sum(one.marker is not None for one in composed.geometry)
    print(
        f"  places of words: {placed / text:.1%} of the text's compressed size ({len(files)} files, {pages} pages, {placed / pages:.0f} bytes a page), "
        f"{1000 * packed_s / pages:.2f} ms a page to pack beside {1000 * read_s / pages:.1f} ms to read; {found} of {markers} markers placed"
    )


def _turns(path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from archive.front_desk import IN_THIS_PROCESS
    from viewer.models.preferences import Preferences
    from viewer.window.history import Place
    from viewer.wiring import Ibid

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as place:
        archive = Path(place) / "Pages.ibid"
        with IN_THIS_PROCESS.new(archive, title="Pages", passphrase=None) as desk:
            document = desk.bring_in(path.read_bytes(), name=path.name).document.document
        program = Ibid(
            app,
            doors=lambda: IN_THIS_PROCESS,
            sample=Path(place),
            version="0",
            preferences=Preferences(language="en"),
            is_sealed=False,
        )
        program.show()
        program.opening.open(archive)
        _until(app, lambda: bool(program.library.archives))
        program.reading.open(Place(archive=0, document=document))
        _until(app, lambda: program.reading.document is not None)
        begun = time.perf_counter()
        program.paging.show_page(is_shown=True)
        page = program.window.zones.reading.page
        _until(app, lambda: page.isVisible() and page.has_page(1))
        opened_ms = 1000 * (time.perf_counter() - begun)
        turns, far, blank = [], [], 0
        for number in range(2, min(TURNS, page.roll.count) + 1):
            _until(app, lambda: page.wanted() is None)
            begun = time.perf_counter()
            page.scroll_to(number, 0, share=0)
            page.viewport().repaint()
            turns.append(1000 * (time.perf_counter() - begun))
            blank += not all(page.has_page(seen) for seen in page.seen_pages())
        for number in range(page.roll.count, max(1, page.roll.count - 5 * FAR), -5):
            _until(app, lambda: page.wanted() is None)
            begun = time.perf_counter()
            page.scroll_to(number, 0, share=0)
            _until(app, lambda number=number: page.has_page(number))
            far.append(1000 * (time.perf_counter() - begun))
        program.window.close()
        desks = [each.desk for each in program.library.archives]
        program.close()
        for each in desks:
            each.close()
    _print(opened_ms, turns, far, blank)
    with Drawer() as drawer:
        data = path.read_bytes()
        begun = time.perf_counter()
        drawer.open(data)
        print(f"  a drawing process with a file of {len(data) / 2**20:.1f} MiB: {1000 * (time.perf_counter() - begun):.0f} ms")


def _print(opened_ms: float, turns: list[float], far: list[float], blank: int) -> None:
    turns.sort()
    print(f"  pages instead of text: {opened_ms:.0f} ms until the first is seen")
    print(
        f"  page turn, drawn ahead: p50 {statistics.median(turns):.1f} ms, p95 {turns[int(0.95 * len(turns))]:.1f} ms of {len(turns)} turns,"
        f" {blank} of them onto a page not yet drawn"
    )
    print(f"  a far page: median {statistics.median(far):.0f} ms, slowest {max(far):.0f} ms of {len(far)}")


def _until(app: object, is_so: object) -> None:
    deadline = time.monotonic() + 60
    while not is_so():  # type: ignore[operator]
        if time.monotonic() > deadline:
            raise TimeoutError
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.001)
