"""A person overrules what Ibid said of a capture: the state follows, it can be taken back, it travels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import CaptureNotFound
from archive.front_desk import IN_THIS_PROCESS, LocalDesk
from archive.model.source import Capture, Source, SourceState, Verdict
from archive.progress import Job
from archive.settings import StorageLimits
from archive.sharing.give import give
from archive.sharing.merge import take
from archive.sharing.select import items
from archive.sharing.verify import verify
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from archive.storage.judged_sources import judge
from archive.storage.sources import add_capture, set_state
from archive.storage.tables import attempts, capture_run, judgements, listed_hosts

A = "https://a.example/1"


def fill(folder: ArchiveFolder, made, verdict: Verdict = Verdict.COMPLETE, state: SourceState = SourceState.SAVED) -> Capture:
    made.bring(folder, made.report(1, addresses=(A,)))
    parcel = made.capture(A, verdict=verdict)
    made.bring(folder, parcel.text)
    with folder.writing() as connection:
        add_capture(connection, parcel)
        set_state(connection, A, state)
    return parcel.capture


def move(giver: ArchiveFolder, taker: ArchiveFolder) -> list[str]:
    return [take(taker, give(giver, item)).outcome for item in items(giver)]


def one(folder: ArchiveFolder) -> tuple[Source, Capture]:
    source = catalogue.source(folder, A)
    return source, source.captures[0]


@pytest.mark.parametrize(
    ("said", "was", "judged", "state"),
    [
        (Verdict.COMPLETE, SourceState.SAVED, Verdict.ERROR_PAGE, SourceState.GONE),
        (Verdict.COMPLETE, SourceState.SAVED, Verdict.LOGIN, SourceState.REFUSED),
        (Verdict.COMPLETE, SourceState.SAVED, Verdict.EMPTY_PAGE, SourceState.FAILED),
        (Verdict.COMPLETE, SourceState.SAVED, Verdict.PARTIAL, SourceState.PARTIAL),
        (Verdict.ERROR_PAGE, SourceState.GONE, Verdict.COMPLETE, SourceState.SAVED),
        (Verdict.UNREADABLE, SourceState.PARTIAL, Verdict.COMPLETE, SourceState.SAVED),
    ],
)
def test_a_persons_word_counts_and_the_state_follows(
    new_archive: Callable[..., ArchiveFolder], made, said: Verdict, was: SourceState, judged: Verdict, state: SourceState
) -> None:
    folder = new_archive()
    capture = fill(folder, made, said, was)
    source = judge(folder, capture.capture[:10], judged)
    assert (source.state, source.captures[0].verdict, source.captures[0].judged) == (state, said, judged)
    assert source.captures[0].counted is judged
    assert judge(folder, capture.capture, None).state is was, "taken back, it is what Ibid said"
    assert one(folder)[1] == capture
    assert verify(folder, Job()).is_whole


def test_neither_who_judged_nor_when_is_noted(new_archive: Callable[..., ArchiveFolder], made) -> None:
    folder = new_archive()
    judge(folder, fill(folder, made).capture, Verdict.PARKED)
    with folder.volumes[0].look() as connection:
        (row,) = connection.execute(judgements.select()).mappings()
    assert set(row) == {"capture", "n", "verdict", "seal"}


def test_a_judgement_counts_though_the_capture_stands_in_a_volume_that_is_closed(
    new_archive: Callable[..., ArchiveFolder], made, tmp_path: Path
) -> None:
    path = tmp_path / "Two.ibid"
    with ArchiveFolder.create(path, title="Two") as folder:
        capture = fill(folder, made)
    with ArchiveFolder.open(path, limits=StorageLimits(volume_bytes=1)) as folder:
        made.bring(folder, made.report(2, addresses=("https://b.example/1",)))
        assert len(folder.volumes) == 2
        judge(folder, capture.capture, Verdict.ERROR_PAGE)
        source, kept = one(folder)
        assert (source.state, kept.judged) == (SourceState.GONE, Verdict.ERROR_PAGE)
        states = {state for entry in catalogue.entries(folder) for state in entry.sources}
        assert "saved" not in states
        assert judge(folder, capture.capture, None).state is SourceState.SAVED


def test_a_judgement_travels_and_twice_changes_nothing(new_archive: Callable[..., ArchiveFolder], made, tmp_path: Path) -> None:
    giver = new_archive()
    capture = fill(giver, made)
    taker = ArchiveFolder.create(tmp_path / "Taker.ibid", title="Taker")
    assert set(move(giver, taker)) == {"new"}
    judge(giver, capture.capture, Verdict.ERROR_PAGE)
    assert set(move(giver, taker)) == {"same"}
    source, kept = one(taker)
    assert (source.state, kept.judged) == (SourceState.GONE, Verdict.ERROR_PAGE)
    before = one(taker)
    assert set(move(giver, taker)) == {"same"}
    assert one(taker) == before
    third = ArchiveFolder.create(tmp_path / "Third.ibid", title="Third")
    move(taker, third)
    assert one(third) == one(taker)
    taker.close()
    third.close()


def test_where_both_judged_what_stands_here_stays(new_archive: Callable[..., ArchiveFolder], made, tmp_path: Path) -> None:
    giver = new_archive()
    capture = fill(giver, made)
    with ArchiveFolder.create(tmp_path / "Taker.ibid", title="Taker") as taker:
        move(giver, taker)
        judge(giver, capture.capture, Verdict.PARKED)
        judge(taker, capture.capture, Verdict.LOGIN)
        judge(taker, capture.capture, None)
        move(giver, taker)
        source, kept = one(taker)
        assert (source.state, kept.judged) == (SourceState.SAVED, None), "what was taken back here is not said again by others"


def test_a_changed_judgement_says_nothing_and_is_a_fault(new_archive: Callable[..., ArchiveFolder], made) -> None:
    folder = new_archive()
    capture = fill(folder, made)
    judge(folder, capture.capture, Verdict.PARKED)
    with folder.writing() as connection:
        connection.execute(judgements.update().values(verdict="complete"))
    assert one(folder)[1].judged is None
    assert [(fault.problem, fault.what) for fault in verify(folder, Job()).faults] == [("capture-damaged", capture.capture)]


def test_a_capture_that_is_not_there_is_said(new_archive: Callable[..., ArchiveFolder], made) -> None:
    folder = new_archive()
    fill(folder, made)
    for name in ("0" * 64, "nothing", ""):
        with pytest.raises(CaptureNotFound) as raised:
            judge(folder, name, Verdict.COMPLETE)
        assert raised.value.facts["count"] == 0


def test_attempts_and_runs_and_lists_never_reach_a_copy(new_archive: Callable[..., ArchiveFolder], made, tmp_path: Path) -> None:
    from archive import api

    giver = new_archive()
    fill(giver, made)
    with giver.writing() as connection:
        connection.execute(attempts.insert().values(address=A, run=1, tries=3, fell_short=3, state="failed"))
        connection.execute(capture_run.insert().values(id=1, number=4, is_over=0))
    desk = LocalDesk(giver)
    api.share(desk, tmp_path / "Copy.ibid", job=Job(), doors=IN_THIS_PROCESS)
    desk.close()
    with ArchiveFolder.open(tmp_path / "Copy.ibid") as copy, copy.volumes[0].look() as connection:
        for table in (attempts, capture_run, listed_hosts):
            assert connection.execute(table.select()).all() == []
