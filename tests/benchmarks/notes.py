"""Notes against truth: office files as they are, the same as PDF made by LibreOffice, and judgments of a court."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from archive.errors import IbidError
from archive.footnotes.compose import Composed, compose
from archive.formats.reader import Reader
from archive.model.reading import Reading
from archive.settings import ReadingLimits
from tests.benchmarks.note_layout import LAYOUTS, corpus_paragraphs, flat_text, read_paragraphs, true_notes
from tests.benchmarks.note_truth import TrueNote, docx_notes, folded, markdown_notes, odt_notes

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
LIMITS = ReadingLimits(cpu_s=20, wall_s=20.0)
_WORDS = re.compile(r"\w+")
_NEAR_WORDS = 3
_SAME_NOTE = 0.5
_BATCH, _BATCH_S = 12, 180.0
_MARKDOWN = {f"Markdown, {layout}": layout for layout in ("usual", "two columns", "end notes")}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
CORPORA = ("be_knihi_pd", "ru_nerel_wikinews", "uk_brown", "en_ud_gum")


@dataclass
class Tally:
    """What was counted over many files."""

    files: int = 0
    notes: int = 0
    found: int = 0
    exact: int = 0
    placed: int = 0
    token_f1: float = 0.0
    predicted: int = 0
    right: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def pairing_f1(self) -> float:
        """The harmonic mean of how many pairings are right and how many right ones were found."""
        return 2 * self.right / max(1, self.predicted + self.notes)


def words(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return _WORDS.findall(folded(text).casefold())


@lru_cache(maxsize=20_000)
def _letters(text: str) -> str:
    return "".join(words(text))


def token_f1(one: Sequence[str], other: Sequence[str]) -> float:
    """The overlap of two lists of words, 1 for the same."""
    if not one or not other or "".join(one) == "".join(other):  # a long word without spaces is broken anywhere
        return float("".join(one) == "".join(other))
    same = sum((Counter(one) & Counter(other)).values())
    return 2 * same / (len(one) + len(other))


def run() -> None:
    """Print the tables."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    with Reader(LIMITS) as reader:
        office = {"docx": docx_notes, "odt": odt_notes, "fodt": odt_notes}
        truths = {kind: _truths(kind, read) for kind, read in office.items()}
        print(f"  {'':24}{'files':>7}{'notes':>7}{'found':>8}{'exact':>8}{'placed':>8}")
        for kind, files in truths.items():
            tally = Tally()
            for path, true in files:
                _measure(tally, reader, path.read_bytes(), path, true)
            _print_exact(kind, tally)
        tally = Tally()
        for path in (DATA / "markdown/mueller/volume1.md", DATA / "markdown/pandoc/testsuite.txt"):
            if true := [note for note in markdown_notes(path.read_bytes()) if words(note.text)]:
                _measure(tally, reader, path.read_bytes(), path, true)
        print(
            f"  {'markdown':24}{tally.files:7}{tally.notes:7}{tally.found / max(1, tally.notes):8.3f}{tally.exact / max(1, tally.notes):8.3f}"
        )
        print("\n".join(f"      {one}" for one in tally.failures if ": place of" not in one))
        if shutil.which("soffice") is None:
            print("  soffice is not installed: PDF made by LibreOffice skipped")
        else:
            with tempfile.TemporaryDirectory(prefix="ibid-notes-") as folder:
                _laid_out(reader, [one for kind in truths for one in truths[kind]], Path(folder))
        _judgments(reader)


def _truths(kind: str, read: Callable[[bytes], list[TrueNote]]) -> list[tuple[Path, list[TrueNote]]]:
    found: list[tuple[Path, list[TrueNote]]] = []
    for path in sorted((DATA / "office").rglob(f"*.{kind}")):
        try:
            true = [note for note in read(path.read_bytes()) if words(note.text)]
        except Exception:
            continue
        if true:
            found.append((path, true))
    return found


def _measure(tally: Tally, reader: Reader, data: bytes, path: Path, true: Sequence[TrueNote]) -> None:
    """Compare one file with its truth."""
    try:
        composed = compose(reader.read(data, name=path.name))
    except IbidError as error:
        tally.failures.append(f"{path.name}: {error.code()} {error.facts}")
        return
    tally.files += 1
    tally.notes += len(true)
    places = _places(composed)
    tally.predicted += sum(marker.note is not None for passage in composed.passages for marker in passage.markers)
    free = {note.n: words(note.text) for note in composed.notes}
    chosen = _in_place(true, places, free)
    for at, note in enumerate(true):
        wanted = words(note.text)
        near = [n for n in free if any(_is_placed(note, one) for one in places.get(n, ()))]
        scores = {n: (token_f1(wanted, text), n in near) for n, text in free.items() if chosen.get(n, at) == at}
        best = max(scores, key=lambda n: scores[n], default=None)
        if best is None or scores[best][0] < _SAME_NOTE:
            tally.failures.append(f"{path.name}: not found: {note.text[:60]!r} behind {note.before[-40:]!r}")
            continue
        score, is_placed = scores[best]
        text = composed.notes[best].text
        del free[best]
        tally.found += 1
        tally.token_f1 += score
        tally.exact += folded(text) == note.text
        tally.placed += is_placed
        tally.right += is_placed
        if folded(text) != note.text:
            tally.failures.append(f"{path.name}: text: {note.text[:70]!r} read as {text[:70]!r}")
        if not is_placed:
            there = [(before[-40:], after[:20]) for before, after in places.get(best, ())]
            tally.failures.append(
                f"{path.name}: place of {note.text[:30]!r}: {note.before[-40:]!r}|{note.after[:20]!r}, is {there}"
            )


def _in_place(true: Sequence[TrueNote], places: dict[int, list[tuple[str, str]]], found: dict[int, list[str]]) -> dict[int, int]:
    """Found note -> true note where text and place are both right: another note of the same words, lost elsewhere, may not take it."""
    chosen: dict[int, int] = {}
    of_text: dict[str, list[int]] = {}
    for n, own in found.items():
        of_text.setdefault("".join(own), []).append(n)
    for at, note in enumerate(true):
        same = (n for n in of_text.get("".join(words(note.text)), ()) if n not in chosen)
        if (n := next((n for n in same if any(_is_placed(note, one) for one in places.get(n, ()))), None)) is not None:
            chosen[n] = at
    return chosen


def _places(composed: Composed) -> dict[int, list[tuple[str, str]]]:
    """The text before and behind the markers of every note."""
    found: dict[int, list[tuple[str, str]]] = {}
    for passage in composed.passages:
        for marker in passage.markers:
            if marker.note is not None:
                found.setdefault(marker.note, []).append((passage.text[: marker.at], passage.text[marker.at :]))
    return found


def _is_placed(note: TrueNote, place: tuple[str, str]) -> bool:
    """Whether the marker stands between the same words."""
    before, after = _letters(note.before), _letters(note.after)
    is_before, is_after = _letters(place[0]), _letters(place[1])
    near = "".join(words(note.before)[-_NEAR_WORDS:])
    if near:
        return is_before.endswith(near)
    near = "".join(words(note.after)[:_NEAR_WORDS])
    return is_after.startswith(near) if near else not before and not after


def _print_exact(title: str, tally: Tally) -> None:
    share = [f"{part / max(1, tally.notes):8.3f}" for part in (tally.found, tally.exact, tally.placed)]
    print(f"  {title:24}{tally.files:7}{tally.notes:7}{''.join(share)}", flush=True)
    for failure in tally.failures:
        print(f"      {failure}")


# --- the same, laid out ----------------------------------------------------------------------------------------------


def _laid_out(reader: Reader, office: Sequence[tuple[Path, list[TrueNote]]], folder: Path) -> None:
    """The office files as PDF, and running text with notes in several layouts."""
    groups: dict[str, list[tuple[Path, list[TrueNote]]]] = {
        "office, left to right": [one for one in office if not any(_RIGHT_TO_LEFT.search(note.text) for note in one[1])],
        "office, right to left": [one for one in office if any(_RIGHT_TO_LEFT.search(note.text) for note in one[1])],
    }
    for name in CORPORA:
        paragraphs = corpus_paragraphs(DATA / "text_corpora" / f"{name}.jsonl.gz")
        for layout in LAYOUTS:
            path = folder / f"{name}-{layout.replace(' ', '-')}.fodt"
            path.write_text(flat_text(paragraphs, layout), encoding="utf-8")
            groups.setdefault(layout, []).append((path, true_notes(paragraphs)))
    for title, layout in _MARKDOWN.items():
        for source in (DATA / "markdown/mueller/volume1.md", DATA / "markdown/pandoc/testsuite.txt"):
            paragraphs = read_paragraphs(compose(reader.read(source.read_bytes(), name="text.md")))
            path = folder / f"{source.stem}-{title.replace(' ', '-')}.fodt"
            path.write_text(flat_text(paragraphs, layout), encoding="utf-8")
            groups.setdefault(title, []).append((path, true_notes(paragraphs)))
    made = convert([path for group in groups.values() for path, _ in group], folder)
    print(
        f"  {'PDF by LibreOffice':24}{'files':>7}{'notes':>7}{'pairing F1':>12}{'token F1':>10}{'passage':>9}{'predicted':>11}{'right':>7}"
    )
    whole = Tally()
    for title, group in groups.items():
        tally = Tally()
        for path, true in group:
            if path in made:
                _measure(tally, reader, made[path].read_bytes(), Path(f"{path.name}.pdf"), true)
        _print_laid_out(title, tally)
        if title in LAYOUTS:
            for name in ("files", "notes", "found", "placed", "token_f1", "predicted", "right"):
                setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        for failure in tally.failures:
            if ": text:" not in failure:
                print(f"      {failure}")
    _print_laid_out("running text, together", whole)


def _print_laid_out(title: str, tally: Tally) -> None:
    print(
        f"  {title:24}{tally.files:7}{tally.notes:7}{tally.pairing_f1:12.3f}{tally.token_f1 / max(1, tally.notes):10.3f}"
        f"{tally.placed / max(1, tally.found):9.3f}{tally.predicted:11}{tally.right:7}",
        flush=True,
    )


def convert(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """PDF files made by LibreOffice from office files, by the path of the original; those it cannot read are missing."""
    made: dict[Path, Path] = {}
    named = {path: f"{number:03}-{re.sub(r'[^A-Za-z0-9.]', '_', path.name)}" for number, path in enumerate(paths)}
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    for path, name in named.items():
        shutil.copyfile(path, folder / "in" / name)
    for start in range(0, len(paths), _BATCH):
        batch = paths[start : start + _BATCH]
        _soffice([folder / "in" / named[path] for path in batch], folder)
        for path in batch:
            pdf = folder / "out" / Path(named[path]).with_suffix(".pdf").name
            if pdf.is_file():
                made[path] = pdf
    return made


def _soffice(files: Iterable[Path], folder: Path) -> None:
    command = [
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir",
        str(folder / "out"), *map(str, files),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_BATCH_S)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# --- judgments -------------------------------------------------------------------------------------------------------


def _judgments(reader: Reader) -> None:
    """The judgments of the Inter-American Court: no truth, but numbers that must count on and annotations that must be found."""
    note_like = yielded = labels = gaps = annotated = found = pages = 0
    started = time.perf_counter()
    lines: list[str] = []
    for path in sorted((DATA / "pdf_reports/iachr").rglob("*.pdf")):
        try:
            reading = reader.read(path.read_bytes(), name=path.name)
        except IbidError as error:
            print(f"      {path.name}: {error.code()}")
            continue
        composed = compose(reading)
        pages += len(reading.pages)
        with_notes = {note.page for note in composed.notes}
        wanted = _note_like_pages(reading)
        note_like += len(wanted)
        missing = wanted - with_notes
        yielded += len(wanted & with_notes)
        numbers = [int(note.label) for note in composed.notes if note.label.isdecimal()]
        own_gaps = label_gaps(numbers)
        labels += len(numbers)
        gaps += own_gaps
        addresses = {span.link for page in reading.pages for span in page.spans if span.link}
        kept = {link.address_text for passage in composed.passages for link in passage.links}
        annotated += len(addresses)
        found += len(addresses & kept)
        if missing or own_gaps:
            lines.append(
                f"      {path.name}: {own_gaps} gaps in {len(numbers)} labels; pages without notes {sorted(missing)[:12]}"
            )
    elapsed_s = time.perf_counter() - started
    print(
        f"  judgments: {pages} pages, {pages / max(0.001, elapsed_s):.0f} a second; pages with note-like lines {note_like}, with notes "
        f"{yielded / max(1, note_like):.3f}; labels {labels}, in sequence {1 - gaps / max(1, labels):.3f}; annotated addresses {annotated}, "
        f"found {found / max(1, annotated):.3f}"
    )
    print("\n".join(lines))


def _note_like_pages(reading: Reading) -> set[int]:
    """The pages in whose lower half a small raised number begins a line of small type."""
    sizes: Counter[float] = Counter()
    for page in reading.pages:
        for span in page.spans:
            sizes[round(span.size_pt, 1)] += len(span.text)
    found: set[int] = set()
    for page in reading.pages:
        lefts = [span.box.x0 for span in page.spans if span.text.strip()]
        left = min(lefts, default=0.0)
        for place, span in enumerate(page.spans[:-1]):
            follows = page.spans[place + 1]
            is_label = re.fullmatch(r"\s*\d{1,3}\s*", span.text) is not None and span.size_pt <= 0.8 * follows.size_pt
            if is_label and span.box.x0 <= left + 30 and span.box.y0 > page.height_pt / 2 and len(follows.text) > 3:
                found.add(page.number)
    return found


def label_gaps(numbers: Sequence[int]) -> int:
    """How many labels do not count on from the one before; one run may follow another."""
    gaps, last = 0, 0
    for number in numbers:
        if number != last + 1 and number != 1:
            gaps += 1
        last = number
    return gaps
