"""Odd, damaged and hostile files: each opens as its engine alone would, or is refused with a sentence; none crashes, hangs or swells.

Run: ``python -m tests.benchmarks robustness``. Every file of a set is read and composed as when it is brought in, and of a PDF the first
page is drawn and its letters are asked for. The peer in the same run is PDFium alone, asked for the first page and its text.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from archive.drawing import Drawer
from archive.errors import IbidError
from archive.formats.reader import Reader
from archive.settings import MIB, ReadingLimits

DATA = Path(os.environ.get("IBID_DATA", "../shared/data"))
SETS = (
    "pdf_robustness/pdfjs",
    "pdf_robustness/qpdf",
    "pdf_robustness/qpdf_fuzz",
    "pdf_robustness/verapdf",
    "pdf_robustness/corkami",
    "pdf_robustness/pikepdf",
    "pdf_robustness/ocrmypdf",
    "pdf_robustness/libreoffice",
    "pdf_robustness",
    "hostile",
)
"""Folders; one that stands under another is counted in the first of them only."""
SLOW_S = 20.0
LARGE_BYTES = 1024 * MIB
_PEER = """
import sys
from pathlib import Path
import pypdfium2 as pdfium
for name in sys.stdin.read().splitlines():
    try:
        document = pdfium.PdfDocument(Path(name).read_bytes())
        said = "opened" if len(document) else "refused"
    except pdfium.PdfiumError as error:
        said = "password" if "assword" in str(error) else "refused"
    print(said, flush=True)
"""


def run() -> None:
    """Print a row for each set, and each file that is not as it should be."""
    print("  set                          files  opened  password  refused  gave up  as PDFium  pages drawn  slowest s  peak MiB")
    seen: set[Path] = set()
    for name in SETS:
        files = [path for path in sorted((DATA / name).rglob("*")) if path.is_file() and path not in seen]
        seen.update(files)
        if not files:
            print(f"  {name:<28} not here")
            continue
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.robustness"],
            input="\n".join(map(str, files)),
            capture_output=True,
            text=True,
            check=True,
        )
        _print_row(name, files, json.loads(answer.stdout))


def _print_row(name: str, files: list[Path], told: dict[str, object]) -> None:
    rows: list[dict[str, object]] = told["files"]  # type: ignore[assignment]
    count = Counter(str(row["fate"]) for row in rows)
    pdfs = [at for at, path in enumerate(files) if path.read_bytes()[:1024].find(b"%PDF-") >= 0]
    peer = _as_pdfium([files[at] for at in pdfs])
    same = sum(_is_alike(str(rows[at]["fate"]), said) for at, said in zip(pdfs, peer, strict=True))
    drawn = [row for row in rows if row["drawn"] is not None]
    print(
        f"  {name:<28} {len(files):>5} {count['opened']:>7} {count['password']:>9} {count['refused']:>8} {count['gave-up']:>8}"
        f"  {same:>4}/{len(pdfs):<5} {sum(bool(row['drawn']) for row in drawn):>5}/{len(drawn):<5}"
        f" {max(float(str(row['seconds'])) for row in rows):>10.1f} {int(str(told['peak_bytes'])) / MIB:>9.0f}",
        flush=True,
    )
    for at, row in enumerate(rows):
        said = peer[pdfs.index(at)] if at in pdfs else ""
        is_odd = (
            row["fate"] == "gave-up" or float(str(row["seconds"])) > SLOW_S or (said and not _is_alike(str(row["fate"]), said))
        )
        if is_odd or row["drawn"] is False:
            print(
                f"      {files[at].name}: {row['fate']} {row['code']} in {row['seconds']} s, drawn {row['drawn']}, PDFium alone {said}"
            )


def _is_alike(fate: str, said: str) -> bool:
    return fate == said


def _as_pdfium(files: list[Path]) -> list[str]:
    """What PDFium alone makes of each; a process that breaks down breaks down over one file, and the rest is asked again."""
    said: list[str] = []
    while len(said) < len(files):
        rest = "\n".join(map(str, files[len(said) :]))
        answer = subprocess.run([sys.executable, "-c", _PEER], input=rest, capture_output=True, text=True, check=False)
        said += answer.stdout.split()
        if answer.returncode:
            said.append("crashed")
    return said


def measure(files: list[Path]) -> dict[str, object]:
    """What Ibid makes of each file, how long it took, and the most memory that any process took."""
    rows: list[dict[str, object]] = []
    limits = ReadingLimits()
    with Reader(limits) as reader:
        reader.start()
        for path in files:
            data = path.read_bytes()
            begun = time.perf_counter()
            fate, code, drawn = "opened", "", None
            try:
                reading = reader.read(data, name=path.name)
                if reading.pages:
                    with Drawer(limits) as drawer:
                        drawer.open(data)
                        drawer.letters(1)
                        drawn = bool(drawer.draw(1, scale=1.0).width_px)
            except IbidError as error:
                code = f"{error.code()} {error.facts.get('limit', '')}".strip()
                fate = (
                    "password"
                    if error.code().startswith("password")
                    else "gave-up"
                    if error.code() == "reader-gave-up"
                    else "refused"
                )
            rows.append({"fate": fate, "code": code, "drawn": drawn, "seconds": round(time.perf_counter() - begun, 2)})
    return {"files": rows, "peak_bytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024}


if __name__ == "__main__":
    print(json.dumps(measure([Path(line) for line in sys.stdin.read().splitlines()])))
