"""What one archive gives, another takes: whole, once, in any order, after checking all of it."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from archive.errors import ArchiveDamaged, DocumentNotFound
from archive.model.document import Role
from archive.model.footnote import Marker
from archive.model.hit import FacetName, Question
from archive.model.sharing import Item, Parcel, ParcelCapture, ParcelDocument, ParcelSource
from archive.model.source import SourceState, Verdict
from archive.progress import Job
from archive.search import answer
from archive.settings import StorageLimits
from archive.sharing.give import give
from archive.sharing.merge import take
from archive.sharing.select import items
from archive.sharing.verify import verify
from archive.storage import catalogue, collecting
from archive.storage.folder import ArchiveFolder
from archive.storage.sources import add_capture, capture_name, set_state

NewArchive = Callable[..., ArchiveFolder]
A, B, C = (f"https://example.org/{name}" for name in "abc")


@pytest.fixture
def giver(new_archive: NewArchive, made) -> ArchiveFolder:
    """Two reports, three sources: one saved twice, one gone, one waiting."""
    folder = new_archive("Дае", passphrase="пароль")
    made.bring(folder, made.report(1, addresses=(A, B)))
    made.bring(folder, made.report(2, addresses=(B, C)))
    for n in (1, 2):
        parcel = made.capture(A, n=n)
        made.bring(folder, parcel.text)
        with folder.writing() as connection:
            add_capture(connection, parcel)
            set_state(connection, A, SourceState.SAVED)
    with folder.writing() as connection:
        set_state(connection, B, SourceState.GONE, "host-not-found", {"host": "example.org"})
    return folder


def _everything(folder: ArchiveFolder) -> object:
    """All that an archive says, whatever the order in which it came in."""
    entries = sorted(catalogue.entries(folder), key=lambda entry: entry.document.document)
    sources = sorted(catalogue.sources(folder), key=lambda source: source.address)
    return (
        entries,
        [catalogue.whole(folder, entry.document.document)[1:] for entry in entries],
        [msgspec.structs.replace(source, cited_at=tuple(sorted(source.cited_at, key=repr))) for source in sources],
        [catalogue.exchanges(folder, capture.capture) for source in sources for capture in source.captures],
    )


def _take_all(folder: ArchiveFolder, giver: ArchiveFolder, order: list[Item] | None = None) -> list[str]:
    return [take(folder, give(giver, item)).outcome for item in order or items(giver)]


def test_reports_come_first_then_the_captures(giver: ArchiveFolder) -> None:
    listed = items(giver)
    assert [item.is_capture for item in listed] == [False, False, True, True]
    assert all(item.size_bytes > 0 for item in listed)


def test_a_chosen_report_brings_the_captures_of_what_it_cites(giver: ArchiveFolder, made) -> None:
    first, second = made.report(1, addresses=(A, B)).document.document, made.report(2, addresses=(B, C)).document.document
    assert [item.is_capture for item in items(giver, [first])] == [False, True, True]
    assert [item.name for item in items(giver, [second[:20]])] == [second]
    text = made.capture(A, n=1)
    assert [item.name for item in items(giver, [text.text.document.document])] == [text.capture.capture]
    with pytest.raises(DocumentNotFound):
        items(giver, ["0" * 64])


def test_all_that_is_given_arrives_and_is_whole(giver: ArchiveFolder, new_archive: NewArchive) -> None:
    taker = new_archive("Бярэ")
    assert _take_all(taker, giver) == ["new"] * 4
    assert _everything(taker) == _everything(giver)
    report = verify(taker, Job())
    assert report.is_whole
    assert report.documents == 4


def test_taking_twice_changes_nothing(giver: ArchiveFolder, new_archive: NewArchive) -> None:
    taker = new_archive("Бярэ")
    _take_all(taker, giver)
    taker.finish()
    before = {file.name: file.read_bytes() for file in taker.path.iterdir()}
    assert _take_all(taker, giver) == ["same"] * 4
    assert {file.name: file.read_bytes() for file in taker.path.iterdir()} == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=some.integers(0, 10_000))
def test_the_order_does_not_matter(giver: ArchiveFolder, new_archive: NewArchive, seed: int) -> None:
    order = list(items(giver)) * 2
    random.Random(seed).shuffle(order)
    taker = new_archive(f"Бярэ {random.SystemRandom().random()}")
    _take_all(taker, giver, order)
    assert _everything(taker) == _everything(giver)
    taker.close()


def _as_report(made, text: ParcelDocument, *, addresses: tuple[str, ...] = ()) -> ParcelDocument:
    """The document of a capture as it is read where somebody brings the file in: a report, with more in it."""
    like = made.report(7, addresses=addresses, words="цалкам")
    document = msgspec.structs.replace(like.document, document=text.document.document, size_bytes=text.document.size_bytes)
    return msgspec.structs.replace(like, document=document, original=text.original)


@pytest.fixture
def as_source(new_archive: NewArchive, made) -> ArchiveFolder:
    """A saved source, its text in a collection."""
    folder = new_archive("Крыніца")
    parcel = made.capture(A, n=1)
    made.bring(folder, made.report(1, addresses=(A,)))
    take(folder, Parcel(capture=parcel, sources=(ParcelSource(address=A, state=SourceState.SAVED),)))
    collecting.collect(folder, "Суды", [parcel.text.document.document])
    return folder


@pytest.fixture
def as_report(new_archive: NewArchive, made) -> ArchiveFolder:
    """The same file as somebody brought it in."""
    folder = new_archive("Справаздача")
    made.bring(folder, _as_report(made, made.capture(A, n=1).text, addresses=(C,)))
    return folder


def _roles_found(folder: ArchiveFolder, question: str, digest: str) -> list[tuple[Role, int]]:
    """The role of the document in what is found, and how many documents of each role answer."""
    found = answer.ask(folder, Question(text=question))
    (counted,) = [facet for facet in answer.facets(folder, Question(text=question)).facets if facet.name is FacetName.ROLE]
    assert [hit.document for hit in found.hits].count(digest) == 1
    assert sum(value.count for value in counted.values) == found.count
    return [
        (hit.role, value.count)
        for hit in found.hits
        if hit.document == digest
        for value in counted.values
        if value.value == hit.role
    ]


@pytest.mark.parametrize("limits", [StorageLimits(), StorageLimits(volume_bytes=4096)], ids=["one volume", "a volume each"])
@pytest.mark.parametrize("is_source_first", [True, False], ids=["source first", "report first"])
def test_what_one_has_as_a_source_and_another_brought_in_is_a_report_in_the_end(
    as_source: ArchiveFolder,
    as_report: ArchiveFolder,
    new_archive: NewArchive,
    made,
    limits: StorageLimits,
    *,
    is_source_first: bool,
) -> None:
    text = made.capture(A, n=1).text
    digest = text.document.document
    whole = _as_report(made, text, addresses=(C,))
    taker = new_archive("Бярэ", limits=limits)
    for giver in (as_source, as_report) if is_source_first else (as_report, as_source):
        assert "refused" not in _take_all(taker, giver)
    assert catalogue.whole(taker, digest) == (whole.document, whole.passages, whole.notes)
    assert [entry.document.document for entry in catalogue.entries(taker, role=Role.SOURCE)] == []
    assert catalogue.source(taker, A).state is SourceState.SAVED
    assert catalogue.source(taker, A).captures[0].document == digest
    assert [place.document for place in catalogue.source(taker, C).cited_at] == [digest]
    assert collecting.read(taker) == {"Суды": {digest}}
    assert _roles_found(taker, "цалкам", digest) == [(Role.REPORT, 1)]
    assert _roles_found(taker, "role:report", digest) == [(Role.REPORT, 2)]
    assert answer.ask(taker, Question(text="role:source")).count == 0
    assert answer.ask(taker, Question(text="восень", roles=(Role.SOURCE,))).count == 0
    assert verify(taker, Job()).is_whole
    taker.finish()
    before = {file.name: file.read_bytes() for file in taker.path.iterdir()}
    for giver in (as_report, as_source):
        assert set(_take_all(taker, giver)) <= {"same"}
    assert {file.name: file.read_bytes() for file in taker.path.iterdir()} == before


def test_two_archives_that_take_from_each_other_end_with_the_same_report(
    as_source: ArchiveFolder, as_report: ArchiveFolder
) -> None:
    _take_all(as_source, as_report)
    _take_all(as_report, as_source)
    assert _everything(as_source) == _everything(as_report)
    assert _take_all(as_source, as_report) == _take_all(as_report, as_source) == ["same"] * 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=some.integers(0, 10_000))
def test_the_order_does_not_matter_to_what_a_document_is(
    as_source: ArchiveFolder, as_report: ArchiveFolder, giver: ArchiveFolder, new_archive: NewArchive, made, seed: int
) -> None:
    order = [(each, item) for each in (as_source, as_report, giver) for item in items(each)] * 2
    random.Random(seed).shuffle(order)
    taker, orderly = (new_archive(f"Бярэ {random.SystemRandom().random()}") for _ in range(2))
    for each, item in order:
        assert take(taker, give(each, item)).outcome in {"new", "same", "differing"}
    for each in (as_report, giver, as_source):
        _take_all(orderly, each)
    assert _everything(taker) == _everything(orderly)
    digest = made.capture(A, n=1).text.document.document
    assert _roles_found(taker, "цалкам", digest) == [(Role.REPORT, 1)]
    taker.close()
    orderly.close()


def test_a_source_never_takes_the_place_of_a_report(as_source: ArchiveFolder, as_report: ArchiveFolder) -> None:
    before = [catalogue.whole(as_report, entry.document.document) for entry in catalogue.entries(as_report)]
    capture = next(item for item in items(as_source) if item.is_capture)
    assert take(as_report, give(as_source, capture)).outcome == "new"
    assert [catalogue.whole(as_report, entry.document.document) for entry in catalogue.entries(as_report)] == before


def test_a_report_alone_does_not_bring_the_word_saved(giver: ArchiveFolder, new_archive: NewArchive, made) -> None:
    taker = new_archive("Бярэ")
    take(taker, give(giver, items(giver)[0]))
    assert catalogue.source(taker, A).state is SourceState.WAITING
    gone = catalogue.source(taker, B)
    assert (gone.state, gone.error, gone.facts) == (SourceState.GONE, "host-not-found", {"host": "example.org"})


def test_what_was_saved_here_stays_saved(giver: ArchiveFolder, new_archive: NewArchive, made) -> None:
    taker = new_archive("Бярэ")
    ours = made.capture(B, n=9)
    made.bring(taker, ours.text)
    with taker.writing() as connection:
        add_capture(connection, ours)
        set_state(connection, B, SourceState.SAVED)
    _take_all(taker, giver)
    assert catalogue.source(taker, B).state is SourceState.SAVED
    assert catalogue.source(taker, B).captures == (ours.capture,)


def test_another_reading_of_the_same_bytes_is_left_where_it_was(giver: ArchiveFolder, new_archive: NewArchive, made) -> None:
    taker = new_archive("Бярэ")
    report = made.report(1, addresses=(A, B))
    ours = msgspec.structs.replace(
        report, passages=(msgspec.structs.replace(report.passages[0], text="Раней прачытана іначай."), *report.passages[1:])
    )
    made.bring(taker, ours)
    assert take(taker, give(giver, items(giver)[0])).outcome == "differing"
    assert catalogue.whole(taker, report.document.document)[1] == ours.passages


def test_a_parcel_says_nothing_of_the_giver(giver: ArchiveFolder) -> None:
    for item in items(giver):
        packed = msgspec.msgpack.encode(give(giver, item))
        for trace in ("Дае", str(giver.path), giver.volumes[0].archive):
            assert trace.encode() not in packed


def test_what_cannot_be_given_is_said_not_invented(giver: ArchiveFolder) -> None:
    for is_capture in (True, False):
        with pytest.raises(DocumentNotFound):
            give(giver, Item("0" * 64, is_capture=is_capture, size_bytes=1))


def test_a_capture_whose_text_is_lost_is_not_given_as_if_whole(giver: ArchiveFolder) -> None:
    capture = next(item for item in items(giver) if item.is_capture)
    digest = catalogue.capture(giver, capture.name).document
    row_id = catalogue.find(giver, digest).row_id
    with giver.volumes[0].write() as connection:
        for table in ("citations", "notes", "markers", "passages"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE document = {row_id}")
        connection.exec_driver_sql(f"DELETE FROM documents WHERE id = {row_id}")
    with pytest.raises(ArchiveDamaged):
        give(giver, capture)


def _replaced(value, **changes):
    return msgspec.structs.replace(value, **changes)


def _with_passage(parcel: Parcel, **changes: object) -> Parcel:
    report = parcel.report
    return _replaced(parcel, report=_replaced(report, passages=(_replaced(report.passages[0], **changes), *report.passages[1:])))


def _with_note(parcel: Parcel, **changes: object) -> Parcel:
    report = parcel.report
    return _replaced(parcel, report=_replaced(report, notes=(_replaced(report.notes[0], **changes), *report.notes[1:])))


def _with_citation(parcel: Parcel, **changes: object) -> Parcel:
    return _with_note(parcel, citations=(_replaced(parcel.report.notes[0].citations[0], **changes),))


def _with_document(parcel: Parcel, **changes: object) -> Parcel:
    return _replaced(parcel, report=_replaced(parcel.report, document=_replaced(parcel.report.document, **changes)))


MARKER = Marker(label="1", at=0, note=0)
BAD_REPORTS = {
    "nothing in it": lambda parcel: Parcel(),
    "another original": lambda parcel: _replaced(parcel, report=_replaced(parcel.report, original=b"another")),
    "another name": lambda parcel: _with_document(parcel, document="0" * 64),
    "another size": lambda parcel: _with_document(parcel, size_bytes=1),
    "too many passages": lambda parcel: _with_document(parcel, passages=99),
    "a text that is none": lambda parcel: _with_passage(parcel, text=b"bytes"),
    "a number that is none": lambda parcel: _with_passage(parcel, page="two"),
    "a passage out of order": lambda parcel: _with_passage(parcel, n=1),
    "a marker behind the text": lambda parcel: _with_passage(parcel, markers=(_replaced(MARKER, at=10_000),) * 3),
    "a marker before the text": lambda parcel: _with_passage(parcel, markers=(_replaced(MARKER, at=-1),) * 3),
    "a marker to no note": lambda parcel: _with_passage(parcel, markers=(_replaced(MARKER, note=77),) * 3),
    "a marker too sure": lambda parcel: _with_passage(parcel, markers=(_replaced(MARKER, confidence=2.0),) * 3),
    "a marker that is no number": lambda parcel: _with_passage(parcel, markers=(_replaced(MARKER, confidence=float("nan")),) * 3),
    "a link behind the text": lambda parcel: _with_passage(
        parcel, links=(_replaced(parcel.report.passages[0].links[0], end=9999),)
    ),
    "a style backwards": lambda parcel: _with_passage(
        parcel, styles=(_replaced(parcel.report.passages[0].styles[0], start=12, end=3),)
    ),
    "a note in the body": lambda parcel: _with_note(parcel, passage=0),
    "a note nowhere": lambda parcel: _with_note(parcel, passage=77),
    "a citation of another note": lambda parcel: _with_citation(parcel, note=1),
    "a citation that repeats itself": lambda parcel: _with_citation(parcel, ibid_of=0),
    "a citation out of order": lambda parcel: _with_citation(parcel, n=5),
    "an address of another scheme": lambda parcel: _with_citation(parcel, address="file:///etc/passwd"),
    "an address not normalised": lambda parcel: _with_citation(parcel, address="HTTPS://EXAMPLE.org/a"),
    "a source it does not cite": lambda parcel: _replaced(
        parcel, sources=(ParcelSource(address="https://example.org/other", state=SourceState.GONE),)
    ),
    "a source without a state": lambda parcel: _replaced(
        parcel, sources=(ParcelSource(address=A, state=SourceState.NO_ADDRESS),)
    ),
}


@pytest.mark.parametrize("spoil", BAD_REPORTS.values(), ids=BAD_REPORTS.keys())
def test_a_report_that_does_not_hold_together_is_refused_and_nothing_of_it_stays(
    giver: ArchiveFolder, new_archive: NewArchive, spoil: Callable[[Parcel], Parcel]
) -> None:
    taker = new_archive("Бярэ")
    outcome = take(taker, spoil(give(giver, items(giver)[0])))
    assert outcome.outcome == "refused"
    assert outcome.error in {"archive-damaged", "address-refused"}
    assert catalogue.entries(taker) == ()
    assert catalogue.sources(taker) == ()


def _spoiled_captures(whole: ParcelCapture) -> dict[str, ParcelCapture]:
    exchange = whole.exchanges[0]
    foreign = (_replaced(exchange, address="file:///etc/passwd"),)
    return {
        "another body": _replaced(whole, exchanges=(_replaced(exchange, body=b"another"),)),
        "another status": _replaced(whole, exchanges=(_replaced(exchange, status=404),)),
        "no exchange": _replaced(whole, exchanges=()),
        "another size": _replaced(whole, capture=_replaced(whole.capture, size_bytes=1)),
        "no text": _replaced(whole, text=None),
        "another text": _replaced(whole, capture=_replaced(whole.capture, document="0" * 64)),
        "an exchange with a file": _replaced(
            whole, exchanges=foreign, capture=_replaced(whole.capture, capture=capture_name(foreign))
        ),
        "an address with a user": _replaced(whole, capture=_replaced(whole.capture, address="https://u@example.org/")),
    }


def test_a_capture_that_is_not_what_its_name_says_is_refused(new_archive: NewArchive, made) -> None:
    taker = new_archive("Бярэ")
    for name, parcel in _spoiled_captures(made.capture(A)).items():
        assert take(taker, Parcel(capture=parcel)).outcome == "refused", name
    assert catalogue.entries(taker) == ()
    assert taker.facts().captures == 0
    assert take(taker, Parcel(capture=made.capture(A))).outcome == "new"


def test_a_capture_that_is_not_complete_never_makes_its_source_saved(new_archive: NewArchive, made) -> None:
    taker = new_archive("Бярэ")
    parcel = made.capture(A, verdict=Verdict.PARTIAL)
    take(taker, Parcel(capture=parcel, sources=(ParcelSource(address=A, state=SourceState.SAVED),)))
    assert catalogue.source(taker, A).state is SourceState.PARTIAL


def test_collections_travel_with_what_is_given_and_add_up(giver: ArchiveFolder, new_archive: NewArchive, made) -> None:
    taker = new_archive("Бярэ")
    first, second = (made.report(n, addresses=cited).document.document for n, cited in ((1, (A, B)), (2, (B, C))))
    text = made.capture(A, n=1).text.document.document
    collecting.collect(giver, "Суды", [first, text])
    collecting.make(giver, "Пустая")
    collecting.collect(taker, "Суды", [])
    assert _take_all(taker, giver)[:2] == ["new", "new"]
    assert collecting.read(taker) == {"Суды": {first, text}}
    collecting.collect(taker, "Суды", [second])
    collecting.collect(giver, "Лісты", [second])
    assert _take_all(taker, giver)[:2] == ["same", "same"]
    assert collecting.read(taker) == {"Лісты": {second}, "Суды": {first, second, text}}
    before = collecting.read(taker)
    _take_all(taker, giver)
    assert collecting.read(taker) == before
    assert verify(taker, Job(lambda _step: None)).is_whole


@pytest.mark.parametrize("name", ["", " a", "a\u202eb", "x" * 201])
def test_a_parcel_with_a_collection_that_cannot_be_named_is_refused(new_archive: NewArchive, made, name: str) -> None:
    taker = new_archive("Бярэ")
    parcel = Parcel(report=made.report(1, addresses=(A,)), collections=(name,))
    assert take(taker, parcel).outcome == "refused"
    assert not collecting.read(taker)
    assert not catalogue.entries(taker)
