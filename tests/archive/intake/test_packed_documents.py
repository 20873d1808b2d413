"""A ZIP of several documents: each comes in as a document of its own, and what fails stops none of the others."""

from __future__ import annotations

import zipfile
from pathlib import Path

from archive.bringing import bring_in_many, find_files, open_packed
from archive.front_desk import IN_THIS_PROCESS
from archive.model.intake import Fate
from archive.progress import Job
from archive.values import digest_of

PARTS = {
    "report.txt": b"The first report of the centre.[1]\n\n[1] A letter to the court.\n",
    "broken.pdf": b"%PDF-1.7 broken",
    "../../page.html": b"<h1>A page</h1><p>With words of its own.</p>",
}


def bring_in(archive: Path, folder: Path) -> tuple[list[tuple[str, Fate]], set[str]]:
    """One line for each file that was brought in from a folder, and the documents that stand in the archive."""
    told: dict[int, tuple[str, Fate]] = {}
    doors = IN_THIS_PROCESS
    with doors.open(archive, passphrase=None) if archive.exists() else doors.new(archive, title="A", passphrase=None) as desk:
        files = open_packed(desk, find_files([folder], job=Job()), job=Job())
        bring_in_many(desk, files, job=Job(), told=lambda line, _arrival: told.update({line.n: (line.name, line.fate)}))
        return [told[n] for n in sorted(told)], {entry.document.document for entry in desk.documents()}


def test_every_document_of_a_zip_comes_in_with_its_own_digest(tmp_path: Path) -> None:
    folder = tmp_path / "F"
    folder.mkdir()
    (folder / "alone.txt").write_bytes(b"A text that stands alone.")
    with zipfile.ZipFile(folder / "several.zip", "w") as file:
        for name, content in PARTS.items():
            file.writestr(name, content)
    (folder / "torn.zip").write_bytes((folder / "several.zip").read_bytes()[:200])
    lines, documents = bring_in(tmp_path / "A.ibid", folder)
    assert lines == [
        ("F/alone.txt", Fate.ARRIVED),
        ("F/several.zip/report.txt", Fate.ARRIVED),
        ("F/several.zip/broken.pdf", Fate.FAILED),
        ("F/several.zip/page.html", Fate.ARRIVED),
        ("F/torn.zip", Fate.FAILED),
    ]
    assert documents == {
        digest_of(b"A text that stands alone."),
        digest_of(PARTS["report.txt"]),
        digest_of(PARTS["../../page.html"]),
    }
    assert not list(tmp_path.rglob("page.html"))
    again, same = bring_in(tmp_path / "A.ibid", folder)
    assert [fate for _, fate in again] == [Fate.ALREADY, Fate.ALREADY, Fate.FAILED, Fate.ALREADY, Fate.FAILED]
    assert same == documents
