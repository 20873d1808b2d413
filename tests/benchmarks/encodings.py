"""Texts in old encodings against what their folder, their source list or their name says they are in."""

from __future__ import annotations

import codecs
import csv
import os
import re
from collections import Counter
from pathlib import Path

from archive.formats.encoding import decode
from archive.formats.html import declared_charset

DATA = Path(os.environ.get("IBID_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
_BY_FOLDER = {"MacCyrillic": "mac-cyrillic", "UTF-16BE": "utf-16-be"}
# The Polish text is named Latin-2 and holds 0x9C and 0x9F, which are no letters in it but "ś" and "ź" in windows-1250.
_BY_NAME = {"UTF8": ("utf-8",), "Latin1": ("windows-1252",), "Latin2": ("iso-8859-2", "windows-1250")}
_ONE_OF_THESE = ("windows-1251", "iso-8859-5")


def run() -> None:
    """Print one line of figures, and one for every text that was read wrongly or without being sure."""
    if not DATA.is_dir():
        print("  IBID_DATA names no folder here: skipped")
        return
    counted: Counter[str] = Counter()
    for path, truths in true_encodings().items():
        outcome, found = judge(path, truths)
        counted[outcome] += 1
        if outcome != "right":
            print(f"  {outcome:8} {path.relative_to(DATA / 'txt_encodings')}: {'/'.join(truths)} read as {found}")
    print(f"  {counted.total()} texts: {counted['right']} right, {counted['unsure']} said to be unsure, {counted['wrong']} wrong")


def true_encodings() -> dict[Path, tuple[str, ...]]:
    """Every text of the collection, with the encodings of which one is the true one."""
    with (DATA / "SOURCES.tsv").open(encoding="utf-8", newline="") as lines:
        said = {row[0]: row[-1] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row}
    root = DATA / "txt_encodings"
    return {
        path: _truths(path.relative_to(root), said.get(f"txt_encodings/{path.relative_to(root)}", ""), path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def judge(path: Path, truths: tuple[str, ...]) -> tuple[str, str]:
    """``right``, ``unsure`` or ``wrong``, and the encoding that was found; another encoding that gives the same text is right."""
    data = path.read_bytes()
    found = decode(data, declared=declared_charset(data) if path.suffix in {".html", ".xml"} else None)
    wanted = {data.decode(codecs.lookup(truth).name, "replace").lstrip("\ufeff") for truth in truths}
    if found.text.lstrip("\ufeff") in wanted:
        return "right", found.encoding
    return ("wrong" if found.is_sure else "unsure"), found.encoding


def _truths(path: Path, said: str, data: bytes) -> tuple[str, ...]:
    folder = path.parts[0]
    if folder == "chardet":
        name = re.sub("-(?:russian|bulgarian)$", "", path.parts[1])
        return (_BY_FOLDER.get(name, name),)
    if found := re.search(r"decodes as (\S+)", said):
        return (found[1],)
    if found := re.search(r"cp500|win-1252", path.name):
        return (found[0].replace("win-", "windows-"),)
    if found := re.search("UTF8$|Latin[12]$", path.name):
        return _BY_NAME[found[0]]
    if path.name.endswith("-Cyrillic"):
        return _ONE_OF_THESE
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return (declared_charset(data) or "windows-1252",)
    return ("utf-8",)
