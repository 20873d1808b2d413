"""What an archive says it holds, over all its volumes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import pairwise

import pytest

from archive.errors import DocumentAmbiguous, DocumentNotFound, SourceNotFound
from archive.model.document import Role
from archive.model.source import Place, SourceState
from archive.settings import StorageLimits
from archive.storage import catalogue
from archive.storage.documents import has_document
from archive.storage.folder import ArchiveFolder
from archive.storage.sources import add_capture, capture_name, set_state

NewArchive = Callable[..., ArchiveFolder]
A, B, C = (f"https://example.org/{name}" for name in "abc")
EACH_ALONE = StorageLimits(volume_bytes=4096)


def _keep(folder: ArchiveFolder, made, parcel) -> None:
    with folder.writing() as connection:
        add_capture(connection, parcel)
        set_state(connection, parcel.capture.address, SourceState.SAVED)
    made.bring(folder, parcel.text)


@pytest.fixture(params=[StorageLimits(), EACH_ALONE], ids=["one volume", "a volume each"])
def folder(request: pytest.FixtureRequest, new_archive: NewArchive, made) -> ArchiveFolder:
    folder = new_archive(limits=request.param)
    made.bring(folder, made.report(1, addresses=(A, B)))
    made.bring(folder, made.report(2, addresses=(B, C, B)))
    return folder


def test_a_list_counts_each_source_of_a_document_once_by_its_state(folder: ArchiveFolder, made) -> None:
    _keep(folder, made, made.capture(B))
    with folder.writing() as connection:
        set_state(connection, C, SourceState.GONE, "host-not-found", {"host": "example.org"})
    first, second, text = catalogue.entries(folder)
    assert first.sources == {"saved": 1, "waiting": 1, "no_address": 1}
    assert second.sources == {"saved": 1, "gone": 1, "no_address": 1}
    assert text.document.role is Role.SOURCE
    assert [entry.document for entry in catalogue.entries(folder, role=Role.REPORT)] == [first.document, second.document]
    assert folder.facts().reports == 2
    assert (folder.facts().sources, folder.facts().captures) == (3, 1)


def test_a_document_is_found_by_the_beginning_of_its_identifier(folder: ArchiveFolder, made) -> None:
    report = made.report(2, addresses=(B, C, B))
    found = catalogue.find(folder, report.document.document[:12].upper())
    assert found.document == report.document
    assert catalogue.whole(folder, report.document.document) == (report.document, report.passages, report.notes)
    assert has_document(folder, report.document.document)
    assert not has_document(folder, "0" * 64)


@pytest.mark.parametrize("prefix", ["", "zz", "0" * 64, "%", "' OR 1=1 --"])
def test_what_begins_no_identifier_finds_nothing(folder: ArchiveFolder, prefix: str) -> None:
    with pytest.raises(DocumentNotFound):
        catalogue.find(folder, prefix)


def test_a_beginning_that_several_share_is_not_guessed(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    for n in range(17):
        made.bring(folder, made.report(n))
    digests = sorted(entry.document.document for entry in catalogue.entries(folder))
    shared = next(a[0] for a, b in pairwise(digests) if a[0] == b[0])
    with pytest.raises(DocumentAmbiguous) as caught:
        catalogue.find(folder, shared)
    assert caught.value.facts["count"] == sum(digest.startswith(shared) for digest in digests)


def test_sources_come_in_the_order_in_which_they_are_cited_with_every_place(folder: ArchiveFolder, made) -> None:
    one, two = made.report(1, addresses=(A, B)).document, made.report(2, addresses=(B, C, B)).document
    listed = catalogue.sources(folder)
    assert [source.address for source in listed] == [A, B, C]
    title = one.description.title
    assert listed[1].cited_at == (
        Place(one.document, "2", title),
        Place(two.document, "1", two.description.title),
        Place(two.document, "3", two.description.title),
    )
    assert catalogue.sources(folder, state=SourceState.SAVED) == ()
    assert catalogue.source(folder, B) == listed[1]
    with pytest.raises(SourceNotFound):
        catalogue.source(folder, "https://example.org/none")


def test_captures_of_a_source_stand_newest_first(folder: ArchiveFolder, made) -> None:
    older, newer = made.capture(A, n=1), made.capture(A, n=2)
    for parcel in (older, newer):
        _keep(folder, made, parcel)
    source = catalogue.source(folder, A)
    assert source.captures == (newer.capture, older.capture)
    assert catalogue.exchanges(folder, older.capture.capture) == older.exchanges
    assert catalogue.capture(folder, older.capture.capture) == older.capture
    assert catalogue.exchanges(folder, "0" * 64) == ()
    assert catalogue.capture(folder, "0" * 64) is None


def test_a_saved_text_knows_which_notes_rest_on_it(folder: ArchiveFolder, made) -> None:
    parcel = made.capture(B)
    _keep(folder, made, parcel)
    digest = parcel.text.document.document
    places = catalogue.cited_at(folder, [digest, "0" * 64])
    assert [place.label for place in places[digest]] == ["2", "1", "3"]
    assert places["0" * 64] == ()
    assert catalogue.original(folder, digest) == parcel.text.original


def test_a_capture_kept_twice_is_one(folder: ArchiveFolder, made) -> None:
    parcel = made.capture(A)
    with folder.writing() as connection:
        assert add_capture(connection, parcel)
        assert not add_capture(connection, parcel)


@pytest.mark.parametrize(
    ("older", "newer", "together"),
    [
        (SourceState.SAVED, SourceState.GONE, SourceState.SAVED),
        (SourceState.PARTIAL, SourceState.FAILED, SourceState.PARTIAL),
        (SourceState.PARTIAL, SourceState.SAVED, SourceState.SAVED),
        (SourceState.GONE, SourceState.FAILED, SourceState.FAILED),
        (SourceState.FAILED, SourceState.GONE, SourceState.GONE),
        (SourceState.GONE, SourceState.WAITING, SourceState.GONE),
    ],
)
def test_of_two_volumes_the_one_that_knows_more_speaks(
    new_archive: NewArchive, made, older: SourceState, newer: SourceState, together: SourceState
) -> None:
    folder = new_archive(limits=EACH_ALONE)
    for n, state in enumerate((older, newer)):
        made.bring(folder, made.report(n, addresses=(A,)))
        with folder.volumes[-1].write() as connection:
            set_state(connection, A, state)
    assert len(folder.volumes) == 2
    assert catalogue.source(folder, A).state is together
    assert [entry.sources[together.value] for entry in catalogue.entries(folder)] == [1, 1]
    assert folder.facts().sources == 1


def test_the_name_of_a_capture_is_what_the_format_says(made) -> None:
    exchange = made.capture(A).exchanges[0]
    fields = [exchange.address, "GET", "200", "OK", "HTTP/1.1", "", "2025-01-15T10:00:00+00:00", "1", "Accept", "*/*"]
    fields += ["2", "Content-Type", "text/plain", "X", "ö", hashlib.sha256(exchange.body).hexdigest()]
    whole = b"ibid-capture\x01" + b"".join(len(field.encode()).to_bytes(8, "big") + field.encode() for field in fields)
    assert capture_name((exchange,)) == hashlib.sha256(whole).hexdigest()


FIVE = (
    "https://www.example.org/report/",
    "http://example.org/report",
    "https://example.org/report",
    "http://www.example.org/report",
    "https://example.org/report/",
)


@pytest.fixture(params=[StorageLimits(), EACH_ALONE], ids=["one volume", "a volume each"])
def spelt(request: pytest.FixtureRequest, new_archive: NewArchive, made) -> ArchiveFolder:
    folder = new_archive(limits=request.param)
    made.bring(folder, made.report(1, addresses=FIVE[:2]))
    made.bring(folder, made.report(2, addresses=FIVE[2:]))
    return folder


def test_a_place_cited_in_five_spellings_is_one_source(spelt: ArchiveFolder) -> None:
    [source] = catalogue.sources(spelt)
    assert (source.address, set(source.spellings)) == (FIVE[0], set(FIVE))
    assert [place.label for place in source.cited_at] == ["1", "2", "1", "2", "3"]
    assert all(catalogue.source(spelt, address) == source for address in FIVE)
    assert spelt.facts().sources == 1
    assert [entry.sources["waiting"] for entry in catalogue.entries(spelt)] == [1, 1]


def test_what_was_saved_under_one_spelling_is_saved_for_all_under_the_address_it_came_from(spelt: ArchiveFolder, made) -> None:
    parcel = made.capture(FIVE[3])
    _keep(spelt, made, parcel)
    [source] = catalogue.sources(spelt)
    assert (source.address, source.state, source.captures) == (FIVE[3], SourceState.SAVED, (parcel.capture,))
    assert [entry.sources["saved"] for entry in catalogue.entries(spelt, role=Role.REPORT)] == [1, 1]
    text = parcel.text.document.document
    assert len(catalogue.cited_at(spelt, [text])[text]) == 5


def test_an_archive_that_calls_two_places_one_is_not_believed(new_archive: NewArchive, made) -> None:
    folder = new_archive()
    made.bring(folder, made.report(1, addresses=(A, B)))
    with folder.writing() as connection:
        connection.exec_driver_sql("UPDATE sources SET place = 'example.org/a'")
    assert [source.spellings for source in catalogue.sources(folder)] == [(A,), (B,)]
    assert catalogue.source(folder, A).spellings == (A,)
