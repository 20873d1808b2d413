"""A large file in a process that has nothing to lose: what it is told by, what it gives, what it refuses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import saved
from archive.errors import ArticleNotFound, DamagedFile, InputError, PartOfFile
from archive.formats.large_file import LargeFile, container_of
from archive.front_desk import IN_THIS_PROCESS, LocalDesk
from archive.model.document import Arrival, Format, Role
from archive.model.hit import Question
from archive.model.saved import Container
from archive.progress import Job
from archive.values import Language
from tests.archive.web_files import Warc, page, wacz, zim

NOTE = '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>'
LIST = '<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">↑</a> Register, https://a.example/register</li></ol>'
ARTICLES = {
    "Порт Мінска": f"<html><body><h1>Порт Мінска</h1><p>Порт стаіць на рацэ, і зімой ён замярзае.{NOTE}</p>{LIST}</body></html>",
    "Порт Брэста": "<html><body><h1>Порт Брэста</h1><p>Тут разгружаюць баржы з лесам.</p></body></html>",
    "Маяк": "<html><body><h1>Маяк</h1><p>Маяк свеціць да раніцы.</p></body></html>",
}


@pytest.fixture(scope="module")
def harbours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    stated = {"Name": "wikipedia_be_all", "Scraper": "mwoffliner 1.14"}
    return zim(tmp_path_factory.mktemp("zim") / "harbours.zim", ARTICLES, metadata=stated)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LocalDesk]:
    with IN_THIS_PROCESS.new(tmp_path / "Ports.ibid", title="Ports", passphrase=None) as opened:
        yield opened  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.warc", b"WARC/1.1\r\n", Container.WEB_ARCHIVE),
        ("a.warc.gz", b"\x1f\x8b\x08", Container.WEB_ARCHIVE),
        ("a.arc", b"filedesc://a", Container.WEB_ARCHIVE),
        ("renamed.zip", wacz(b"", []), Container.WEB_ARCHIVE),
        ("a.bin", b"ZIM\x04", Container.ZIM),
        ("a.tar.gz", b"\x1f\x8b\x08", None),
        ("a.docx", b"PK\x03\x04", None),
        ("a.md", b"# One", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_many_things_is_told_by_its_bytes(tmp_path: Path, name: str, data: bytes, found: Container | None) -> None:
    (tmp_path / name).write_bytes(data)
    assert container_of(tmp_path / name) is found


def test_a_part_of_a_zim_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zimab").write_bytes(b"\0")
    with pytest.raises(PartOfFile):
        container_of(tmp_path / "a.zimab")


def test_the_articles_of_a_zim_file_are_listed_and_filtered(harbours: Path) -> None:
    opened, facts = saved.open_zim(harbours, job=Job())
    with opened:
        assert (facts.title, facts.language, facts.articles, facts.problems) == ("Harbours", "be", 3, ())
        found = opened.titles("ПОРТ", first=1, count=1)
        assert (found.count, len(found.entries)) == (2, 1)
        assert opened.titles("няма").entries == ()
        everything = opened.titles("").entries
        assert sorted(entry.title for entry in everything) == sorted(ARTICLES)
        assert opened.article(f"#{everything[1].number}").title == everything[1].title


def test_a_chosen_article_comes_in_with_its_notes_and_what_the_file_states(harbours: Path, desk: LocalDesk) -> None:
    told: dict[str, Arrival | InputError] = {}
    opened, _ = saved.open_zim(harbours, job=Job())
    with opened:
        saved.bring_in_articles(desk, opened, ["Порт Мінска", "Маяк", "Вакзал"], job=Job(), told=told.__setitem__)
        saved.bring_in_articles(desk, opened, ["Порт_Мінска"], job=Job(), told=told.__setitem__)
    assert isinstance(told["Вакзал"], ArticleNotFound)
    first = told["Порт Мінска"]
    assert isinstance(first, Arrival)
    description = first.document.description
    assert (description.title, description.language, description.publisher) == (
        "Порт Мінска",
        Language.BELARUSIAN,
        "Harbour book",
    )
    assert (description.published_on, first.document.role, first.document.format) == ("2025-02-03", Role.REPORT, Format.HTML)
    assert (description.reference or "").startswith("https://be.wikipedia.org/wiki/")
    assert [note.citations[0].address for note in desk.notes(first.document.document)] == ["https://a.example/register"]
    again = told["Порт_Мінска"]
    assert isinstance(again, Arrival)
    assert again.is_already_here
    assert desk.search(Question(text="замярзае")).count == 1


def test_a_zim_file_with_a_changed_byte_is_refused(harbours: Path, tmp_path: Path) -> None:
    whole = bytearray(harbours.read_bytes())
    whole[len(whole) // 2] ^= 1
    (tmp_path / "a.zim").write_bytes(whole)
    with pytest.raises(DamagedFile):
        saved.open_zim(tmp_path / "a.zim", job=Job())


@pytest.mark.parametrize("cut", [4, 79, 200, -20])
def test_a_cut_zim_file_is_refused(harbours: Path, tmp_path: Path, cut: int) -> None:
    (tmp_path / "a.zim").write_bytes(harbours.read_bytes()[:cut])
    with pytest.raises(InputError):
        saved.open_zim(tmp_path / "a.zim", job=Job())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux seals in the kernel")
@pytest.mark.parametrize("kind", list(Container))
def test_the_process_that_reads_it_is_sealed(kind: Container, harbours: Path, tmp_path: Path) -> None:
    file = harbours
    if kind is Container.WEB_ARCHIVE:
        file = tmp_path / "a.warc"
        file.write_bytes(Warc().answer("https://a.example/", page("x")).bytes())
    with LargeFile(kind, file) as opened:
        number = opened._child.process.pid
        status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
        limits = Path(f"/proc/{number}/limits").read_text(encoding="ascii")
        there = {str(place.resolve()) for place in Path(f"/proc/{number}/fd").iterdir() if place.exists()}
    filters = int(status.split("Seccomp_filters:")[1].split()[0])
    assert filters >= (3 if kind is Container.ZIM else 2)
    assert "Max address space         1073741824" in limits
    assert {place for place in there if place.startswith("/") and not place.startswith(("/dev/", "/proc/"))} == {
        str(file.resolve())
    }


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux seals in the kernel")
def test_while_libzim_opens_every_path_is_the_file_and_afterwards_none_is(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "given").write_text("given", encoding="ascii")
    (tmp_path / "secret").write_text("secret", encoding="ascii")
    program = (
        "import os, sys; from archive import machine\n"
        "os.dup2(os.open(sys.argv[1], os.O_RDONLY), 0)\n"
        "assert machine.seal_reader(memory_bytes=1 << 30, cpu_s=5, opens_first_only=True)\n"
        "number = os.open(sys.argv[2], os.O_RDONLY); os.close(number); print(os.pread(number, 9, 0).decode())\n"
        "assert machine.seal_reader(memory_bytes=1 << 30, cpu_s=5)\n"
        "try: os.open(sys.argv[2], os.O_RDONLY)\n"
        "except PermissionError: print('refused')\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "given"), str(tmp_path / "secret")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["given", "refused"]


def test_every_invalid_zim_file_is_refused_and_every_valid_one_is_read(data: Path) -> None:
    for file in sorted((data / "zim").rglob("*.zim")):
        try:
            opened, facts = saved.open_zim(file, job=Job())
        except InputError:
            assert file.name.startswith("invalid"), file.name
        else:
            opened.close()
            assert not file.name.startswith("invalid"), file.name
            assert facts.articles
