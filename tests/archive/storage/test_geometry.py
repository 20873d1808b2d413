"""Where words stand on pages, kept in few bytes and under a seal of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveDamaged
from archive.model.geometry import Placed
from archive.model.reading import Box, Spot
from archive.progress import Job
from archive.sharing import give, merge, verify
from archive.sharing.select import items
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from archive.storage.geometry import pack, unpack

DAMAGED = ArchiveDamaged(where="volume-0001.ibv")
PLACES = (
    Placed(0, 0, 12, Spot(1, Box(40.0, 90.2, 220.4, 104.0))),
    Placed(0, 13, 20, Spot(2, Box(40.0, 30.0, 120.0, 44.0))),
    Placed(0, 12, 12, Spot(1, Box(221.0, 88.0, 224.0, 94.0)), 0),
    Placed(1, 0, 4, Spot(2, Box(40.0, 380.0, 90.0, 388.0))),
)

places = st.builds(
    Placed,
    st.integers(0, 500),
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.builds(Spot, st.integers(1, 3000), st.builds(Box, *[st.integers(-5000, 5000).map(lambda edge: edge / 5)] * 4)),
    st.none() | st.integers(0, 50),
)


@given(st.lists(places, max_size=40))
def test_what_is_packed_comes_back(placed: list[Placed]) -> None:
    assert unpack(pack(placed), DAMAGED) == tuple(placed)


def test_bytes_that_are_no_places_are_damage() -> None:
    for data in (b"", b"nothing", pack(PLACES)[:-3]):
        with pytest.raises(ArchiveDamaged):
            unpack(data, DAMAGED)


def folder_with_places(path: Path, made: Any) -> tuple[ArchiveFolder, str]:
    folder = ArchiveFolder.create(path, title="Places", passphrase=None)
    report = msgspec.structs.replace(made.report(1), geometry=PLACES[:1] + PLACES[2:3])
    made.bring(folder, report)
    return folder, report.document.document


def test_places_are_kept_given_and_taken(tmp_path: Path, made: Any) -> None:
    folder, digest = folder_with_places(tmp_path / "A.ibid", made)
    with folder, ArchiveFolder.create(tmp_path / "B.ibid", title="Other", passphrase=None) as other:
        assert catalogue.geometry(folder, digest) == PLACES[:1] + PLACES[2:3]
        assert merge.take(other, give.give(folder, items(folder, None)[0])).outcome == "new"
        assert catalogue.geometry(other, digest) == PLACES[:1] + PLACES[2:3]
        assert verify.verify(other, Job()).is_whole


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(Placed(9, 0, 1, PLACES[0].spot), id="a passage that is not there"),
        pytest.param(Placed(0, 0, 9000, PLACES[0].spot), id="more letters than the passage has"),
        pytest.param(Placed(0, 0, 0, PLACES[0].spot, 9), id="a marker that is not there"),
        pytest.param(Placed(0, 0, 1, Spot(0, PLACES[0].spot.box)), id="no page"),
        pytest.param(Placed(0, 0, 1, Spot(1, Box(2.0, 0.0, 1.0, 1.0))), id="a box inside out"),
    ],
)
def test_places_that_are_none_of_the_document_are_refused(tmp_path: Path, made: Any, wrong: Placed) -> None:
    folder, _ = folder_with_places(tmp_path / "A.ibid", made)
    with folder, ArchiveFolder.create(tmp_path / "B.ibid", title="Other", passphrase=None) as other:
        parcel = give.give(folder, items(folder, None)[0])
        parcel = msgspec.structs.replace(parcel, report=msgspec.structs.replace(parcel.report, geometry=(wrong,)))
        assert merge.take(other, parcel).outcome == "refused"


def test_a_changed_place_is_a_fault(tmp_path: Path, made: Any) -> None:
    folder, digest = folder_with_places(tmp_path / "A.ibid", made)
    with folder:
        with folder.writing() as connection:
            connection.exec_driver_sql("UPDATE geometry SET data = ?", (pack(PLACES[:1]),))
        with pytest.raises(ArchiveDamaged):
            catalogue.geometry(folder, digest)
        assert [fault.problem for fault in verify.verify(folder, Job()).faults if fault.what == digest] == ["document-damaged"]
