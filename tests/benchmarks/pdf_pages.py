"""PDF by collections: pages a second beside ``pdftotext`` alone, annotated addresses that are found, markers paired, labels in sequence, and OVD-Info's own truth.

``python -m tests.benchmarks pdf-pages``. Times are processor seconds of one core; the peer only writes out bare text.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import time
from pathlib import Path

from archive.address import normalise
from archive.errors import IbidError
from archive.footnotes.compose import Composed, compose
from archive.formats.pdf import read_pdf
from archive.model.reading import Reading
from tests.benchmarks.notes import DATA, label_gaps

_COLLECTIONS = ("iachr", "ovdinfo", "ru_uk_docs", "wikipedia_print", "uwazi", "misc")


def run() -> None:
    """Print the tables."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    print(
        f"  {'':18}{'pages':>7}{'a second':>10}{'pdftotext':>11}{'annotated':>11}{'found':>8}{'markers':>9}{'paired':>8}{'labels':>8}{'in order':>10}"
    )
    for name in _COLLECTIONS:
        _collection(name, sorted((DATA / "pdf_reports" / name).rglob("*.pdf")))
    for folder in sorted((DATA / "pdf_reports/ovdinfo").iterdir()):
        if (folder / "content.json").is_file() and (folder / "report.pdf").is_file():
            _against_truth(folder)


def _collection(name: str, paths: list[Path]) -> None:
    pages = annotated = found = markers = paired = labels = gaps = 0
    own_s = 0.0
    for path in paths:
        data = path.read_bytes()
        started = time.process_time()
        try:
            reading = read_pdf(data)
        except IbidError:
            continue
        composed = compose(reading)
        own_s += time.process_time() - started
        pages += len(reading.pages)
        stated, kept = _addresses(reading, composed)
        annotated, found = annotated + len(stated), found + len(stated & kept)
        all_markers = [marker for passage in composed.passages for marker in passage.markers]
        markers, paired = markers + len(all_markers), paired + sum(marker.note is not None for marker in all_markers)
        numbers = [int(note.label) for note in composed.notes if note.label.isdecimal()]
        labels, gaps = labels + len(numbers), gaps + label_gaps(numbers)
    peer_s = _peer_s(paths)
    print(
        f"  {name:18}{pages:7}{pages / max(0.001, own_s):10.0f}{f'{pages / peer_s:.0f}' if peer_s else '-':>11}{annotated:11}{found / max(1, annotated):8.3f}"
        f"{markers:9}{paired / max(1, markers):8.3f}{labels:8}{1 - gaps / max(1, labels):10.3f}",
        flush=True,
    )


def _addresses(reading: Reading, composed: Composed) -> tuple[set[str], set[str]]:
    """The addresses that the file's annotations lead to from words, and those that the passages' links lead to."""
    stated = {span.link for page in reading.pages for span in page.spans if span.link and span.text.strip()}
    return stated, {link.address_text for passage in composed.passages for link in passage.links}


def _peer_s(paths: list[Path]) -> float:
    if shutil.which("pdftotext") is None:
        return 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    for path in paths:
        subprocess.run(["pdftotext", path, "/dev/null"], check=False, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def _against_truth(folder: Path) -> None:
    nodes = json.loads((folder / "content.json").read_text(encoding="utf-8"))["nodes"].values()
    references = [node for node in nodes if node["type"] in {"citation_reference", "remark_reference"}]
    addresses = {normalise(node["url"]) for node in nodes if node["type"] == "web_resource" and node.get("url")}
    composed = compose(read_pdf((folder / "report.pdf").read_bytes()))
    markers = [marker for passage in composed.passages for marker in passage.markers]
    cited = {citation.address for note in composed.notes for citation in note.citations if citation.address}
    print(
        f"  {folder.name}: markers {len(markers)} of {len(references)}, paired {sum(marker.note is not None for marker in markers)}; "
        f"addresses {len(cited & addresses)} of {len(addresses)}, {len(cited - addresses)} too many"
    )
