"""A share has its name only when it is done, and what is not ours is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import TargetExists, TargetInside
from archive.sharing.write import check_target, discard, partial_path, publish, sync_share
from archive.storage.folder import ArchiveFolder

NewArchive = Callable[..., ArchiveFolder]


def test_a_share_is_sealed_synced_and_given_its_name(new_archive: NewArchive, made, tmp_path: Path) -> None:
    target = tmp_path / "Для сябра.ibid"
    partial = partial_path(target)
    assert partial.name == "Для сябра.ibid.partial"
    with ArchiveFolder.create(partial, title="Для сябра") as folder:
        made.bring(folder, made.report())
        folder.finish()
    sync_share(partial)
    publish(partial, target)
    assert not partial.exists()
    assert sorted(file.name for file in target.iterdir()) == ["archive.sums", "volume-0001.ibv"]
    with ArchiveFolder.open(target, read_only=True) as again:
        assert again.facts().reports == 1


def test_what_a_broken_attempt_left_is_neither_used_nor_taken_away(tmp_path: Path) -> None:
    target = tmp_path / "a.ibid"
    first = partial_path(target)
    first.mkdir()
    assert partial_path(target) not in {first, target}
    assert first.is_dir()


def test_what_came_to_stand_there_meanwhile_is_left(new_archive: NewArchive, tmp_path: Path) -> None:
    partial = new_archive("a.partial").path
    target = tmp_path / "a.ibid"
    target.write_text("mine")
    with pytest.raises(TargetExists):
        publish(partial, target)
    assert target.read_text() == "mine"
    assert partial.is_dir()


def test_only_our_own_files_are_discarded(new_archive: NewArchive, tmp_path: Path) -> None:
    folder = new_archive("a")
    folder.close()
    (folder.path / "letter.txt").write_text("mine")
    discard(folder.path)
    assert [file.name for file in folder.path.iterdir()] == ["letter.txt"]
    (folder.path / "letter.txt").unlink()
    discard(folder.path)
    discard(folder.path)
    assert not folder.path.exists()


def test_a_copy_never_stands_inside_an_archive_or_in_the_place_of_something(tmp_path: Path, new_archive: NewArchive) -> None:
    folder = new_archive()
    check_target(tmp_path / "free.ibid")
    for inside in (folder.path / "copy.ibid", folder.path / "deeper" / "copy.ibid"):
        with pytest.raises(TargetInside):
            check_target(inside)
    with pytest.raises(TargetExists):
        check_target(folder.path)
