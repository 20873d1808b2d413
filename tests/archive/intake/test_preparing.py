"""Reader processes for many files: as many as are wanted, no more than that for long."""

from __future__ import annotations

import threading

import pytest

from archive.intake import preparing
from archive.intake.preparing import Readers


def _tidying() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "ibid-readers"]


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "reader_count", lambda: 2)


def test_reader_processes_stay_while_files_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_IDLE_S", 1000.0)
    with Readers() as readers:
        for _ in range(3):
            with readers.one() as first, readers.one() as second:
                met = {first, second}
            with readers.one() as one, readers.one() as other:
                assert {one, other} == met
        assert len(_tidying()) == 1
    assert not _tidying()


def test_all_but_one_end_when_it_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_IDLE_S", 0.0)
    with Readers() as readers:
        with readers.one() as first, readers.one() as second:
            met = {first, second}
        for thread in _tidying():
            thread.join()
        with readers.one() as one, readers.one() as other:
            assert len({one, other} & met) == 1
    assert not _tidying()
