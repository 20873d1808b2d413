"""Collections over several volumes: the newest volume has the last word."""

from __future__ import annotations

from pathlib import Path

from archive.settings import StorageLimits
from archive.storage import collecting
from archive.storage.folder import ArchiveFolder

_ONE, _TWO, _THREE = ("1" * 64, "2" * 64, "3" * 64)


def test_what_a_newer_volume_says_counts(tmp_path: Path, made) -> None:
    folder = ArchiveFolder.create(tmp_path / "two.ibid", title="Two", limits=StorageLimits(volume_bytes=1))
    collecting.collect(folder, "Суды", [_ONE, _TWO])
    collecting.collect(folder, "Лісты", [_ONE])
    for n in (1, 2):
        made.bring(folder, made.report(n))
    assert len(folder.volumes) == 2
    assert collecting.uncollect(folder, "Суды", [_ONE]) == 1
    collecting.collect(folder, "Суды", [_THREE])
    collecting.remove(folder, "Лісты")
    assert collecting.read(folder) == {"Суды": {_TWO, _THREE}}
    collecting.rename(folder, "Суды", "Прысуды")
    assert collecting.read(folder) == {"Прысуды": {_TWO, _THREE}}
    collecting.collect(folder, "Лісты", [_TWO])
    collecting.make(folder, "Суды")
    assert collecting.read(folder) == {"Лісты": {_TWO}, "Прысуды": {_TWO, _THREE}, "Суды": set()}
    folder.close()
