"""Whatever holds together goes into a volume and comes out the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from archive.model.document import Description, Document, Emphasis, Format, Link, Passage, PassageKind, Role, Style
from archive.model.footnote import Citation, Marker, Note
from archive.model.sharing import ParcelDocument
from archive.sharing.check import check_document
from archive.storage import catalogue
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language, digest_of

TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=60)
FRACTION = some.floats(0, 1)
ADDRESS = some.none() | some.integers(0, 5).map(lambda n: f"https://example.org/{n}")
OPTIONAL = some.none() | TEXT


def _places(text: str) -> some.SearchStrategy[tuple[int, int]]:
    return some.tuples(some.integers(0, len(text)), some.integers(0, len(text))).map(lambda pair: (min(pair), max(pair)))


@some.composite
def _passage(draw: some.DrawFn, n: int, kind: PassageKind, notes: int) -> Passage:
    text = draw(TEXT)
    note = some.none() | some.integers(0, notes - 1) if notes else some.none()
    marker = some.builds(
        Marker,
        label=TEXT,
        at=some.integers(0, len(text)),
        note=note,
        confidence=FRACTION,
        reason=some.sampled_from(["", "superscript"]),
    )
    place = _places(text)
    return Passage(
        n=n,
        kind=kind,
        text=text,
        level=draw(some.integers(0, 6)),
        page=draw(some.none() | some.integers(1, 900)),
        language=draw(some.sampled_from(Language)),
        markers=tuple(draw(some.lists(marker, max_size=3))),
        links=tuple(Link(*draw(place), draw(TEXT)) for _ in range(draw(some.integers(0, 2)))),
        styles=tuple(Style(*draw(place), draw(some.sampled_from(Emphasis))) for _ in range(draw(some.integers(0, 2)))),
    )


@some.composite
def _parcel(draw: some.DrawFn) -> ParcelDocument:
    note_count, body_count = draw(some.integers(0, 3)), draw(some.integers(0, 4))
    kinds = [kind for kind in PassageKind if kind is not PassageKind.NOTE]
    passages = [draw(_passage(n, draw(some.sampled_from(kinds)), note_count)) for n in range(body_count)]
    passages += [draw(_passage(body_count + n, PassageKind.NOTE, note_count)) for n in range(note_count)]
    notes, total = [], 0
    for n in range(note_count):
        citations = []
        for _ in range(draw(some.integers(0, 2))):
            earlier = draw(some.none() | some.integers(0, total - 1)) if total else None
            citations.append(
                Citation(n=total, note=n, text=draw(TEXT), address=draw(ADDRESS), title=draw(OPTIONAL), ibid_of=earlier)
            )
            total += 1
        passage = passages[body_count + n]
        notes.append(
            Note(
                n=n,
                label=draw(TEXT),
                text=draw(some.just(passage.text) | TEXT),
                passage=passage.n,
                page=passage.page,
                paired=draw(some.booleans()),
                confidence=draw(FRACTION),
                before=draw(TEXT),
                citations=tuple(citations),
            )
        )
    original = draw(some.binary(max_size=300))
    description = draw(
        some.builds(
            Description,
            title=TEXT,
            language=some.sampled_from(Language),
            publisher=OPTIONAL,
            reference=OPTIONAL,
            published_on=some.sampled_from([None, "2025", "2025-01"]),
            authors=some.lists(TEXT, max_size=3).map(tuple),
            topics=some.lists(TEXT, max_size=3).map(tuple),
        )
    )
    document = Document(
        document=digest_of(original),
        role=draw(some.sampled_from(Role)),
        format=draw(some.sampled_from(Format)),
        description=description,
        size_bytes=len(original),
        passages=len(passages),
        notes=len(notes),
        markers=sum(len(passage.markers) for passage in passages),
        paired=sum(note.paired for note in notes),
    )
    return ParcelDocument(document=document, passages=tuple(passages), notes=tuple(notes), original=original)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    path: Path = tmp_path_factory.mktemp("round") / "Any.ibid"
    with ArchiveFolder.create(path, title="Any") as folder:
        yield folder


class _Undo(Exception):
    """Leaves the volume as it was."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(parcel=_parcel())
def test_a_document_comes_out_as_it_went_in(folder: ArchiveFolder, parcel: ParcelDocument) -> None:
    check_document(parcel.document, parcel.passages, parcel.notes)

    def there_and_back() -> None:
        with folder.writing() as connection:
            row_id = add_document(connection, parcel)
            assert catalogue.read_parcel(connection, row_id) == parcel
            raise _Undo

    with pytest.raises(_Undo):
        there_and_back()
    assert catalogue.entries(folder) == ()


def test_a_parcel_whose_original_is_another_is_a_bug_of_the_caller(folder: ArchiveFolder, made) -> None:
    report = made.report()
    wrong = ParcelDocument(document=report.document, passages=report.passages, notes=report.notes, original=b"another")
    with pytest.raises(ValueError, match="original"), folder.writing() as connection:
        add_document(connection, wrong)
