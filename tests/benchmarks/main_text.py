"""The main text of web pages beside trafilatura's own, in one run: token F1 on two truth sets, segments on a third, and speed."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import trafilatura
from lxml import html

from archive.errors import IbidError
from archive.footnotes.compose import compose
from archive.formats.encoding import decode
from archive.formats.html import declared_charset, read_html
from archive.model.reading import Reading
from tests.benchmarks.notes import words

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[2] / "../shared/data")) / "html_truth"
_WORST = 8


def run() -> None:
    """Print the tables."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    print(f"  {'':24}{'pages':>7}{'Ibid':>9}{'trafilatura':>13}")
    for title, pages in (("readability", readability()), ("scrapinghub", scrapinghub())):
        scores = [(name, *(f1(words(of(data)), words(truth)) for of in (main_text, theirs))) for name, data, truth in pages]
        mean = [sum(score[place] for score in scores) / len(scores) for place in (1, 2)]
        print(f"  {title + ', token F1':24}{len(scores):7}{mean[0]:9.4f}{mean[1]:13.4f}", flush=True)
        for name, ours, other in sorted(scores, key=lambda score: score[1] - score[2])[:_WORST]:
            if ours < other - 0.005:
                print(f"      behind on {name[:40]}: {ours:.3f}, {other:.3f}")
    _segments()
    _speed()


def readability() -> Iterator[tuple[str, bytes, str]]:
    """Name, page and true text of readability's cases."""
    for folder in sorted((DATA / "readability").iterdir()):
        truth = html.document_fromstring((folder / "expected.html").read_text("utf-8"))
        yield folder.name, (folder / "source.html").read_bytes(), " ".join(truth.itertext())


def scrapinghub() -> Iterator[tuple[str, bytes, str]]:
    """Name, page and true text of the article extraction benchmark."""
    truths = json.loads((DATA / "scrapinghub/ground-truth.json").read_text("utf-8"))
    for name, truth in sorted(truths.items()):
        path = DATA / f"scrapinghub/html/{name}.html.gz"
        if path.is_file():
            yield name, gzip.decompress(path.read_bytes()), truth["articleBody"]


def f1(one: Sequence[str], other: Sequence[str]) -> float:
    """The overlap of two lists of words, 1 for the same."""
    same = sum((Counter(one) & Counter(other)).values())
    return 2 * same / max(1, len(one) + len(other))


def main_text(data: bytes) -> str:
    """What Ibid takes for the page's own text."""
    try:
        return "\n".join(block.text for block in _read(data).blocks)
    except IbidError:
        return ""


def theirs(data: bytes) -> str:
    """What trafilatura takes for it, asked as its makers do when they measure."""
    return trafilatura.extract(decode(data, declared=declared_charset(data)).text, include_comments=False) or ""


def _read(data: bytes) -> Reading:
    return read_html(decode(data, declared=declared_charset(data)).text, is_main_text_only=True)


def _segments() -> None:
    """Of trafilatura's own pages: the segments that must be there, and those that must not."""
    pages = json.loads((DATA / "trafilatura/evaldata.json").read_text("utf-8"))
    for title, of in (("Ibid", main_text), ("trafilatura", theirs)):
        counted: Counter[str] = Counter()
        for page in pages.values():
            path = DATA / "trafilatura/eval" / page["file"]
            if not path.is_file():
                continue
            found = " ".join(of(path.read_bytes()).split())
            counted["pages"] += 1
            for kind in ("with", "without"):
                wanted = [" ".join(segment.split()) for segment in page[kind] or ()]
                counted[kind] += len(wanted)
                counted[f"{kind}-found"] += sum(segment in found for segment in wanted)
        print(
            f"  {'segments, ' + title:24}{counted['pages']:7}  wanted {counted['with-found']} of {counted['with']},"
            f" unwanted {counted['without-found']} of {counted['without']}",
            flush=True,
        )


def _speed() -> None:
    """Pages a second on one core, read and composed, whole and main text only."""
    pages = [data for _, data, _ in scrapinghub()] + [data for _, data, _ in readability()]
    modes: tuple[tuple[str, Callable[[bytes], Reading]], ...] = (
        ("whole page", lambda data: read_html(decode(data, declared=declared_charset(data)).text)),
        ("main text", _read),
    )
    for title, read in modes:
        begun = time.process_time()
        for data in pages:
            compose(read(data))
        seconds = time.process_time() - begun
        begun = time.process_time()
        for data in pages:
            theirs(data)
        other = time.process_time() - begun
        print(f"  {title + ', pages/s':24}{len(pages):7}{len(pages) / seconds:9.0f}{len(pages) / other:13.0f}", flush=True)
