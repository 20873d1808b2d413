"""Objects: once, in pieces, compressed where it pays, hashed again when read."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import zstandard
from sqlalchemy import func, select, update

from archive.errors import ArchiveDamaged
from archive.storage.folder import ArchiveFolder
from archive.storage.objects import has_object, put_object, read_object
from archive.storage.tables import chunks, objects
from archive.values import digest_of

NewArchive = Callable[..., ArchiveFolder]

CASES = {
    "nothing": b"",
    "one byte": b"x",
    "one chunk": b"ab" * 500,
    "chunk and a byte": b"ab" * 500 + b"c",
    "many chunks": "восень ".encode() * 3000,
    "no pattern": random.Random(7).randbytes(5000),
}


@pytest.mark.parametrize("data", CASES.values(), ids=CASES.keys())
def test_an_object_comes_out_as_it_went_in(new_archive: NewArchive, data: bytes) -> None:
    folder = new_archive()
    with folder.writing() as connection:
        assert put_object(connection, data, chunk_bytes=1000) == digest_of(data)
    with folder.volumes[0].look() as connection:
        assert read_object(connection, digest_of(data)) == data
        assert has_object(connection, digest_of(data))


def test_the_same_bytes_are_kept_once(new_archive: NewArchive) -> None:
    with new_archive().writing() as connection:
        for _ in range(3):
            put_object(connection, b"again")
        assert connection.execute(select(func.count()).select_from(objects)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(chunks)).scalar() == 1


def test_only_what_gains_is_compressed(new_archive: NewArchive) -> None:
    with new_archive().writing() as connection:
        put_object(connection, b"a" * 10_000)
        put_object(connection, random.Random(7).randbytes(10_000))
        assert list(connection.execute(select(chunks.c.coding).order_by(chunks.c.object)).scalars()) == ["zstd", "plain"]


@pytest.mark.parametrize(
    "change",
    [
        {"data": b"other"},
        {"coding": "zstd"},
        {"coding": "brotli"},
        {"coding": "zstd", "data": zstandard.ZstdCompressor().compress(b"other")},
        {"coding": "zstd", "data": b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 8},
    ],
    ids=["other bytes", "not compressed", "unknown coding", "other bytes compressed", "claims to be endless"],
)
def test_bytes_that_are_not_what_their_name_says_are_never_given(new_archive: NewArchive, change: dict[str, object]) -> None:
    with new_archive().writing() as connection:
        digest = put_object(connection, random.Random(7).randbytes(1000))
        connection.execute(update(chunks).values(change))
        with pytest.raises(ArchiveDamaged) as caught:
            read_object(connection, digest)
    assert caught.value.facts == {"where": "volume-0001.ibv"}


def test_an_object_that_is_not_there_is_damage(new_archive: NewArchive) -> None:
    with new_archive().volumes[0].look() as connection, pytest.raises(ArchiveDamaged):
        read_object(connection, "0" * 64)
