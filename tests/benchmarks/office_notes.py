"""Notes of every office file that opens, against truth read without any code of Ibid's; and what is left out, with the reason."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from archive.errors import IbidError
from archive.footnotes.compose import Composed, compose
from archive.formats.parsing import parse
from archive.formats.reader import Reader
from tests.benchmarks.note_truth import TrueNote, docx_notes, odt_notes
from tests.benchmarks.notes import DATA, LIMITS, Tally, _measure, _print_exact, words

_FUZZED = re.compile(r"forcepoint|ofz|UXTSOREL")


def run() -> None:
    """Print how many files hold how many notes by the list of sources, by their own XML, and by Ibid."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    with tempfile.TemporaryDirectory(prefix="ibid-office-") as folder, Reader(LIMITS) as reader:
        kinds: dict[str, tuple[Callable[[bytes], list[TrueNote]], dict[Path, Path]]] = {
            kind: (docx_notes if kind == "docx" else odt_notes, {path: path for path in _files(kind)})
            for kind in ("docx", "odt", "fodt")
        }
        kinds["rtf"] = (odt_notes, _converted(_files("rtf"), Path(folder)))
        print(f"  {'':24}{'files':>7}{'notes':>7}{'found':>8}{'exact':>8}{'placed':>8}")
        for kind, (read, files) in kinds.items():
            _row(kind, read, files, reader)


def _files(kind: str) -> list[Path]:
    return sorted((DATA / "office").rglob(f"*.{kind}"))


def _row(kind: str, read: Callable[[bytes], list[TrueNote]], files: dict[Path, Path], reader: Reader) -> None:
    tallies = {"": Tally(), ", made by fuzzing": Tally()}
    left_out: Counter[str] = Counter()
    wordless = seen_wordless = 0
    for path, truth in files.items():
        try:
            true = read(truth.read_bytes())
        except Exception as error:  # a broken file may break the plain reading in any way
            left_out[f"{type(error).__name__} in the truth, {_outcome(path)} by Ibid"] += 1
            continue
        worded = [note for note in true if words(note.text)]
        if len(worded) < len(true) and (whole := _composed(path)) is not None:
            wordless += len(true) - len(worded)
            seen_wordless += min(len(true), sum(len(passage.markers) for passage in whole.passages)) - len(worded)
        if worded:
            name = ", made by fuzzing" if kind == "rtf" and _FUZZED.search(path.name) else ""
            _measure(tallies[name], reader, path.read_bytes(), path, worded)
    for name, tally in tallies.items():
        if tally.notes:
            _print_exact(kind + name, tally)
    said = _said(kind)
    print(
        f"      the list of sources names {said[1]} notes in {said[0]} files; {wordless} more have no words, of which the markers"
    )
    print(f"      of {seen_wordless} are there; not to be read: {dict(left_out)}")


def _said(kind: str) -> tuple[int, int]:
    """How many files of this kind hold how many notes by the list of sources."""
    with (DATA / "SOURCES.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    counts = [
        int(found[1])
        for row in rows
        if row and row[0].startswith("office/") and row[0].endswith(f".{kind}") and (found := re.search(r"(\d+) notes", row[-1]))
    ]
    return sum(count > 0 for count in counts), sum(counts)


def _composed(path: Path) -> Composed | None:
    try:
        return compose(parse(path.read_bytes(), name=path.name))
    except IbidError:
        return None


def _outcome(path: Path) -> str:
    try:
        parse(path.read_bytes(), name=path.name)
    except IbidError as error:
        return error.code()
    return "read"


def _converted(files: list[Path], folder: Path) -> dict[Path, Path]:
    """RTF files as LibreOffice reads them; none where it is not installed."""
    if shutil.which("soffice") is None:
        print("  soffice is not installed: RTF skipped")
        return {}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(folder), *map(str, files)]
    subprocess.run(order, capture_output=True, timeout=300, check=False)
    made = {path: folder / f"{path.stem}.fodt" for path in files}
    return {path: target for path, target in made.items() if target.is_file()}
