"""Files that come in at the same time are written together, and none waits for long or for nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.errors import InputError
from archive.intake import import_document
from archive.intake.import_document import Importer
from archive.intake.preparing import Prepared, Readers
from archive.sharing.check import is_consistent
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder

AT_ONCE = 4


class _StartTogether(Readers):
    """Readers that begin with the first file when as many as can be are under way."""

    start = threading.Barrier(AT_ONCE)

    def prepare(self, data: bytes, *, name: str = "", password: str | None = None) -> Prepared:
        self.start.wait(60)
        return super().prepare(data, name=name, password=password)


@pytest.fixture
def folder(new_archive: Callable[..., ArchiveFolder]) -> ArchiveFolder:
    return new_archive()


@pytest.fixture
def written(folder: ArchiveFolder) -> list[int]:
    """How many documents there were after each transaction."""
    seen: list[int] = []
    folder.when_written = lambda: seen.append(len(catalogue.entries(folder)))
    return seen


@pytest.fixture
def together(folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Importer]:
    monkeypatch.setattr(import_document, "_LONGEST_WAIT_S", 60.0)
    with _StartTogether() as readers:
        yield Importer(folder, readers, holds_together=is_consistent)


def _bring_in(importer: Importer, files: list[bytes]) -> list[bool]:
    """Whether each came in."""

    def one(data: bytes) -> bool:
        try:
            return not importer.bring_in(data, name="a.txt").is_already_here
        except InputError:
            return False

    with ThreadPoolExecutor(len(files)) as pool:
        return list(pool.map(one, files))


def test_of_many_files_under_way_half_are_written_in_one_transaction(together: Importer, written: list[int]) -> None:
    began = time.monotonic()
    assert _bring_in(together, [f"Слова {n} у тэксце.\n".encode() for n in range(AT_ONCE)]) == [True] * AT_ONCE
    assert written[0] >= AT_ONCE // 2
    assert written[-1] == AT_ONCE
    assert time.monotonic() - began < 60, "nobody waited for those that never came"


def test_files_that_cannot_be_read_keep_no_other_waiting(together: Importer, written: list[int]) -> None:
    began = time.monotonic()
    assert _bring_in(together, [b"A text.\n", *(b"%PDF-1.4 broken " + bytes([65 + n]) for n in range(AT_ONCE - 1))]) == [
        True,
        *([False] * (AT_ONCE - 1)),
    ]
    assert written == [1]
    assert time.monotonic() - began < 60


def test_a_file_alone_is_written_at_once(folder: ArchiveFolder, written: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_document, "_LONGEST_WAIT_S", 60.0)
    began = time.monotonic()
    with Readers() as readers:
        Importer(folder, readers, holds_together=is_consistent).bring_in(b"A text alone.\n", name="a.txt")
    assert written == [1]
    assert time.monotonic() - began < 60
