"""The verbs that ask and collect, as a person types them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from archive.verbs.run import run
from tests.papers import text_pdf

_FIRST = "# No end in sight\n\nThe court closed the reading room.[^1]\n\n[^1]: Viasna, <https://spring96.org/be/news/1>\n"
_SECOND = "# Another report\n\nAnother court wrote letters.[^1]\n\n[^1]: Viasna, <https://spring96.org/be/news/1>\n"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two reports that cite one source; the first is in a collection."""
    place = tmp_path_factory.mktemp("shelf")
    made = place / "a.ibid"
    for name, contents in (("first.md", _FIRST), ("second.md", _SECOND)):
        (place / name).write_text(contents, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        _stay_open(patched)
        assert run(["new", str(made)]) == 0
        assert run(["import", str(made), str(place / "first.md"), "--collection", "Courts"]) == 0
        assert run(["import", str(made), str(place / "second.md")]) == 0
    return made


@pytest.fixture
def archive(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shelf of one's own."""
    _stay_open(monkeypatch)
    return Path(shutil.copytree(shelf, tmp_path / "a.ibid"))


def _stay_open(patched: pytest.MonkeyPatch) -> None:
    """Verbs shut their process off for good; this one has other tests to run."""
    for seal in ("seal_no_internet", "no_core_dumps", "private_umask"):
        patched.setattr(f"archive.verbs.shared.machine.{seal}", lambda: None)


def said(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> list[dict[str, object]]:
    """What a verb answers with --json."""
    capfdbinary.readouterr()
    assert run([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_a_question_is_said_in_words_and_its_answers_are_counted(
    archive: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    about, *hits = said(capfdbinary, "search", str(archive), "court -letters", "--facets")
    assert (about["count"], about["understood"]) == (1, "court NOT letters")
    assert about["said"] == "documents with “court”, without “letters”"
    assert hits[0]["title"] == "No end in sight"
    assert {"facet": "collection", "values": [["Courts", 1]]} in hits
    [about, *hits] = said(capfdbinary, "search", str(archive), "in:courts")
    assert [hit["title"] for hit in hits] == ["No end in sight"]


def test_hits_are_written_as_a_table_and_never_over_something(
    archive: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    table = tmp_path / "hits.csv"
    [written] = said(capfdbinary, "search", str(archive), "court", "--csv", str(table))
    assert written["rows"] == 2
    assert table.read_bytes().startswith(b"\xef\xbb\xbfDocument,")
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] in (["No end in sight", "Another report"], ["Another report", "No end in sight"])
    before = table.read_bytes()
    assert run(["search", str(archive), "letters", "--csv", str(table)]) == 1
    assert table.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.ibid", "hits.csv"}


def test_who_cites_and_what_is_cited_together(archive: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    citing = said(capfdbinary, "cites", str(archive), "spring96.org")
    assert [each["title"] for each in citing] == ["No end in sight", "Another report"]
    [related] = said(capfdbinary, "cites", str(archive), str(citing[0]["document"])[:12])
    assert (related["title"], related["shared"]) == ("Another report", 1)
    about, *hits = said(capfdbinary, "like", str(archive), str(citing[0]["document"])[:12])
    assert str(citing[0]["document"]) not in {hit["document"] for hit in hits}
    assert about["count"] == len(hits)


def test_collections_are_kept_from_the_terminal(archive: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    second = next(str(hit["document"]) for hit in said(capfdbinary, "list", str(archive)) if hit["title"] == "Another report")
    assert said(capfdbinary, "collect", str(archive), "Courts", second[:12]) == [{"collection": "Courts", "in": 1}]
    assert said(capfdbinary, "collect", str(archive)) == [{"collection": "Courts", "documents": 2}]
    assert said(capfdbinary, "collect", str(archive), "Courts", second, "--out") == [{"collection": "Courts", "out": 1}]
    said(capfdbinary, "collect", str(archive), "Courts", "--rename", "Суды")
    assert said(capfdbinary, "collect", str(archive)) == [{"collection": "Суды", "documents": 1}]
    said(capfdbinary, "collect", str(archive), "Суды", "--remove")
    assert said(capfdbinary, "collect", str(archive)) == []
    assert run(["collect", str(archive), "Суды", "--remove"]) == 1


def test_a_page_is_called_what_the_file_calls_it(
    archive: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = [[(40, 340, 10, f"On page {n} the heron stood in the river.")] for n in range(1, 4)]
    report = text_pdf(lines, labels=b"/PageLabels << /Nums [0 << /S /r /St 11 >> 2 << /S /D /St 3 >>] >>")
    (tmp_path / "roman.pdf").write_bytes(report)
    assert run(["import", str(archive), str(tmp_path / "roman.pdf")]) == 0
    _, hit = said(capfdbinary, "search", str(archive), "heron")
    assert (hit["page"], hit["page_label"]) == (1, "xi")
    shown = said(capfdbinary, "show", str(archive), str(hit["document"])[:12])
    assert [(passage["page"], passage["page_label"]) for passage in shown] == [(1, "xi"), (2, "xii"), (3, "")]
