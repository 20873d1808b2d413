"""Reads text from pictures of pages with Tesseract, where a person has installed it; Ibid brings none.

Tesseract parses hostile dots, so it is started through this module's :func:`main`, which seals itself (no sockets, no byte written to
a file, memory and time bounded, and, where the kernel has Landlock, only the system's own files in sight) and then becomes
Tesseract. The picture goes in on a pipe as PGM and words come back on a pipe as TSV: nothing stands on a disk.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from archive import machine
from archive.errors import NoTesseract, NoTesseractLanguage, ReaderGaveUp
from archive.model.drawing import PageSize, Picture
from archive.model.reading import Box, Page, Span
from archive.progress import Cancelled, Job
from archive.settings import MIB

DOTS_PER_PT = 300 / 72
_MEMORY_BYTES = 1024 * MIB
_PAGE_S = 120
_NOT_LANGUAGES = frozenset({"osd", "equ", "snum"})
_TSV = ("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text")
_WORD = "5"
_ALIKE = 0.3
_SIZE_OF_BOX = 0.8


class Recognised(msgspec.Struct, frozen=True):
    """A page with the words that were read on it, how sure the program was of each letter on the mean (0..1), and how many letters."""

    page: Page
    confidence: float
    letters: int


def engine() -> str:
    """The name and version of the program, ``tesseract 5.3.0``.

    Raises:
        NoTesseract: it is not installed.
    """
    said = _run(["--version"], b"", within_s=20).decode("utf-8", "replace").split()
    return f"tesseract {said[1]}" if len(said) > 1 else "tesseract"


def languages() -> tuple[str, ...]:
    """The languages that can be read, as Tesseract names them (``bel``, ``eng``, ``rus``); empty where it is not installed."""
    if _program() is None:
        return ()
    lines = _run(["--list-langs"], b"", within_s=20).decode("utf-8", "replace").splitlines()[1:]
    return tuple(sorted(line for line in lines if line.isidentifier() and line not in _NOT_LANGUAGES))


def check_languages(wanted: Sequence[str]) -> None:
    """Return when all these can be read.

    Raises:
        NoTesseract: the program is not installed.
        NoTesseractLanguage: one of them is not.
    """
    known = languages()
    if _program() is None:
        raise NoTesseract
    for language in wanted:
        if language not in known:
            raise NoTesseractLanguage(language=language)


def read_page(picture: Picture, size: PageSize, *, number: int, languages: Sequence[str], job: Job) -> Recognised:
    """The words on a picture of a page, as a page of spans like one of a PDF, one span a word.

    Args:
        picture: grey, :data:`DOTS_PER_PT` dots a point, or coarser.
        size: of the page.
        number: of the page, from 1.
        languages: as :func:`languages` names them, the likeliest first; at least one.
        job: cancelling ends the program at once.

    Raises:
        NoTesseract: the program is gone.
        ReaderGaveUp: it took too long or broke down.
        Cancelled: the job was.
    """
    rows = memoryview(picture.dots)
    bare = b"".join(
        rows[start : start + picture.width_px]
        for start in range(0, picture.stride_bytes * picture.height_px, picture.stride_bytes)
    )
    head = b"P5\n%d %d\n255\n" % (picture.width_px, picture.height_px)
    order = ["stdin", "stdout", "-l", "+".join(languages), "--dpi", "300", "--psm", "3", "tsv"]
    said = _run(order, head + bare, within_s=_PAGE_S, job=job)
    return _page(said.decode("utf-8", "replace"), size, number, dots_per_pt=picture.width_px / (size.width_pt or 1.0))


def _page(said: str, size: PageSize, number: int, *, dots_per_pt: float) -> Recognised:
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    letters, sure = 0, 0.0
    for row in csv.DictReader(said.splitlines(), fieldnames=_TSV, delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] != _WORD or not text:
            continue
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
        letters += len(text)
        sure += len(text) * max(0.0, min(float(row["conf"]) / 100, 1.0))
    spans = _with_alike_sizes([span for words in lines.values() for span in _spans(words, dots_per_pt)])
    page = Page(number, size.width_pt, size.height_pt, tuple(spans))
    return Recognised(page, sure / letters if letters else 0.0, letters)


def _spans(words: Sequence[dict[str, str]], dots_per_pt: float) -> Iterator[Span]:
    """The words of a line, all of one height and on one baseline, without the name of a font: so their places stay apart."""
    edges = [(int(word["left"]), int(word["top"]), int(word["width"]), int(word["height"])) for word in words]
    y0, y1 = min(top for _, top, _, _ in edges), max(top + height for _, top, _, height in edges)
    size = round(_SIZE_OF_BOX * (y1 - y0) / dots_per_pt, 1)
    for word, (left, _, width, _) in zip(words, edges, strict=True):
        box = Box(*(round(edge / dots_per_pt, 2) for edge in (left, y0, left + width, y1)))
        yield Span(word["text"].strip() + " ", box, size, round(box.y1 - 0.2 * size, 2))


def _with_alike_sizes(spans: Sequence[Span]) -> list[Span]:
    """The spans with one size for all that are about as large as most: a line without tall letters is no smaller type."""
    if not spans:
        return []
    sizes = sorted(span.size_pt for span in spans for _ in range(len(span.text)))
    usual = sizes[len(sizes) // 2]
    return [
        msgspec.structs.replace(span, size_pt=usual) if abs(span.size_pt - usual) <= _ALIKE * usual else span for span in spans
    ]


def _program() -> str | None:
    return shutil.which("tesseract")


def _run(order: Sequence[str], given: bytes, *, within_s: int, job: Job | None = None) -> bytes:
    program = _program()
    if program is None:
        raise NoTesseract
    command = [*machine.module_command(__name__), str(within_s), program, *order]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX") if name in os.environ}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        if job is not None:
            job.when_cancelled(process.kill)
        try:
            said, _ = process.communicate(given, timeout=within_s + 10)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise ReaderGaveUp(limit="time") from error
    if job is not None and job.is_cancelled:
        raise Cancelled
    if process.returncode:
        raise ReaderGaveUp(limit="crash")
    return said


def main() -> None:
    """What ``python -m archive.recognition SECONDS PROGRAM ARGUMENT...`` does: seal, and become the program."""
    seconds, program, *arguments = sys.argv[1:]
    data = [Path(place) for place in (os.environ.get("TESSDATA_PREFIX"), str(Path(program).resolve().parent)) if place]
    machine.seal_program(readable=data, memory_bytes=_MEMORY_BYTES, cpu_s=int(seconds))
    os.execv(program, [program, *arguments])  # noqa: S606 - it is the point: nothing of ours is left in the process


if __name__ == "__main__":
    main()
