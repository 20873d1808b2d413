"""Reader processes for many files: as many as are wanted, no more than that for long."""

from __future__ import annotations

import threading

import pytest

from archive.intake import preparing
from archive.intake.preparing import Readers


def test_reader_processes_stay_while_files_come_in_and_all_but_one_end_when_it_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "reader_count", lambda: 2)
    monkeypatch.setattr(preparing, "_IDLE_S", 1000.0)
    with Readers() as readers:
        for _ in range(3):
            with readers.one() as first, readers.one() as second:
                met = {first, second}
            with readers.one() as one, readers.one() as other:
                assert {one, other} == met
        monkeypatch.setattr(preparing, "_IDLE_S", 0.0)
        readers._tidy()
        with readers.one() as one, readers.one() as other:
            assert len({one, other} & met) == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "ibid-readers"]
