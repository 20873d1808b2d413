"""What a person put right in a document's notes stays right: in the archive, when it is asked, shared, merged and checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.api import FrontDesk, merge_from, share
from archive.errors import CorrectionLost, NothingToCorrect
from archive.formats.markdown import read_markdown
from archive.front_desk import IN_THIS_PROCESS, LocalDesk
from archive.intake.preparing import make_document
from archive.keeper import THROUGH_KEEPERS
from archive.model.correction import EditAddress, JoinNotes, PairMarker, SplitNote, anchor_marker, anchor_note
from archive.model.document import Role
from archive.model.hit import Question
from archive.model.source import SourceState
from archive.progress import Job
from archive.settings import StorageLimits
from archive.storage.folder import ArchiveFolder

TEXT = """# Агляд

Вада стаяла высока.[^1] Кнігі вынеслі наверх.[^2] Званок застаўся.[^3]

[^1]: Вясна, «Агляд за год», https://a.by/1
[^2]: Дзённік настаўніцы, які пачынаецца словамі
[^3]: «Вада стаяла да другой прыступкі», https://a.by/2
""".encode()
EACH_ALONE = StorageLimits(volume_bytes=4096)
NewArchive = Callable[..., ArchiveFolder]


def _put(folder: ArchiveFolder, made, text: bytes) -> LocalDesk:
    parcel, _ = make_document(read_markdown(text.decode()), text, role=Role.REPORT)
    made.bring(folder, parcel)
    return LocalDesk(folder)


@pytest.fixture(params=[StorageLimits(), EACH_ALONE], ids=["one volume", "a volume each"])
def desk(request: pytest.FixtureRequest, new_archive: NewArchive, made) -> FrontDesk:
    folder = new_archive(limits=request.param)
    _put(folder, made, TEXT)
    return _put(folder, made, b"# Other\n\nWords of another report.\n")


@pytest.fixture
def other(new_archive: NewArchive, made) -> FrontDesk:
    return _put(new_archive("other"), made, TEXT)


def report(desk: FrontDesk) -> str:
    return desk.search(Question(text="вада")).hits[0].document


def edit(desk: FrontDesk, n: int, address: str | None) -> EditAddress:
    notes = desk.notes(report(desk))
    return EditAddress(anchor_note(notes, n), notes[n].citations[0].text, address)


def found(desk: FrontDesk, text: str) -> list[tuple[str, str | None]]:
    return [(hit.where.value, hit.note) for hit in desk.search(Question(text=text)).hits]


def test_joined_notes_are_one_in_the_archive_and_found_as_one(desk: FrontDesk) -> None:
    document = report(desk)
    desk.correct(document, JoinNotes(anchor_note(desk.notes(document), 1)))
    assert [note.label for note in desk.notes(document)] == ["1", "2"]
    assert found(desk, '"словамі вада"') == [("note", "2")]
    assert desk.document(document).notes == 2
    assert len(desk.documents()) == 2
    assert desk.verify(job=Job()).is_whole


def test_a_split_is_found_under_its_own_label_and_taken_back(desk: FrontDesk) -> None:
    document, before = report(desk), desk.notes(report(desk))
    desk.correct(document, SplitNote(anchor_note(before, 2), before[2].text.index("https"), "4"))
    assert [note.label for note in desk.notes(document)] == ["1", "2", "3", "4"]
    assert desk.notes(document)[3].citations[0].address == "https://a.by/2"
    desk.undo_correction(document)
    assert desk.notes(document) == before
    assert desk.corrections(document) == ()
    assert desk.verify(job=Job()).is_whole


def test_an_address_put_right_is_a_source_that_waits_and_the_wrong_one_waits_no_more(desk: FrontDesk) -> None:
    desk.correct(report(desk), edit(desk, 0, "https://b.by/right"))
    assert {source.address: source.state for source in desk.sources() if source.cited_at} == {
        "https://b.by/right": SourceState.WAITING,
        "https://a.by/2": SourceState.WAITING,
    }


def test_what_was_put_right_stays_when_the_same_file_is_brought_in_again(desk: FrontDesk) -> None:
    document = report(desk)
    passages = desk.passages(document)
    desk.correct(document, PairMarker(anchor_marker(passages, 1, 0), anchor_note(desk.notes(document), 2)))
    again = desk.bring_in(TEXT, name="other.md")
    assert again.is_already_here
    assert desk.passages(document)[1].markers[0].note == 2
    assert len(desk.corrections(document)) == 1


def test_corrections_are_taken_back_one_by_one_the_newest_first(desk: FrontDesk) -> None:
    document, before = report(desk), desk.notes(report(desk))
    desk.correct(document, edit(desk, 0, "https://b.by/right"))
    desk.correct(document, JoinNotes(anchor_note(desk.notes(document), 1)))
    assert desk.notes(document)[0].citations[0].address == "https://b.by/right"
    desk.undo_correction(document)
    assert [note.citations[0].address if note.citations else None for note in desk.notes(document)] == [
        "https://b.by/right", *(note.citations[0].address if note.citations else None for note in before[1:])
    ]  # fmt: skip
    desk.undo_correction(document)
    assert desk.notes(document) == before
    with pytest.raises(NothingToCorrect):
        desk.undo_correction(document)


def test_a_correction_whose_place_is_gone_is_refused_and_changes_nothing(desk: FrontDesk) -> None:
    document, join = report(desk), JoinNotes(anchor_note(desk.notes(report(desk)), 1))
    desk.correct(document, join)
    before = desk.notes(document)
    with pytest.raises(CorrectionLost):
        desk.correct(document, SplitNote(anchor_note(before, 0), 4000, "9"))
    assert desk.notes(document) == before
    assert desk.corrections(document) == (join,)


def test_corrections_travel_and_merging_takes_them_where_nobody_corrected(
    desk: FrontDesk, other: FrontDesk, tmp_path: Path
) -> None:
    document = report(desk)
    desk.correct(document, JoinNotes(anchor_note(desk.notes(document), 1)))
    shared = share(desk, tmp_path / "stick.ibid", job=Job(), doors=IN_THIS_PROCESS)
    assert shared.is_verified
    with IN_THIS_PROCESS.open(tmp_path / "stick.ibid", passphrase=None) as stick:
        assert stick.notes(document) == desk.notes(document)
        assert stick.corrections(document) == desk.corrections(document)
    merge_from(other, desk, job=Job())
    assert other.notes(document) == desk.notes(document)
    merge_from(desk, other, job=Job())
    assert merge_from(other, desk, job=Job()).new == 0
    other.undo_correction(document)
    assert len(other.notes(document)) == 3


def test_where_both_corrected_what_stands_here_stays(desk: FrontDesk, other: FrontDesk) -> None:
    document = report(desk)
    desk.correct(document, edit(desk, 0, "https://b.by/one"))
    other.correct(document, edit(other, 0, "https://b.by/other"))
    assert merge_from(desk, other, job=Job()).differing == 1
    assert desk.notes(document)[0].citations[0].address == "https://b.by/one"


def test_notes_of_a_saved_page_are_not_put_right(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    text = made.capture("https://a.by/1").text
    made.bring(folder, text)
    with pytest.raises(NothingToCorrect):
        LocalDesk(folder).correct(text.document.document, JoinNotes(anchor_note(text.notes, 0)))


def test_a_keeper_corrects_too(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    _put(folder, made, TEXT)
    folder.close()
    with THROUGH_KEEPERS.open(folder.path, passphrase=None) as kept:
        document = report(kept)
        kept.correct(document, JoinNotes(anchor_note(kept.notes(document), 1)))
        assert [note.label for note in kept.notes(document)] == ["1", "2"]
        assert [type(one) for one in kept.corrections(document)] == [JoinNotes]


def test_many_corrections_taken_back_leave_an_archive_that_its_open_volume_calls_whole(new_archive: NewArchive, made) -> None:
    """FTS5 merges what is written; a connection that looked before must not call that damage."""
    folder = new_archive()
    for n in range(30):
        desk = _put(folder, made, TEXT.replace("Агляд".encode(), f"Агляд {n}".encode()))
    documents = [entry.document.document for entry in desk.documents()]
    for document in documents:
        desk.correct(document, JoinNotes(anchor_note(desk.notes(document), 1)))
    assert desk.verify(job=Job()).is_whole
    for document in documents:
        desk.undo_correction(document)
    assert desk.verify(job=Job()).is_whole
