"""The same document in other languages."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from archive.model.document import Document, Role, Version
from archive.model.source import SourceState
from archive.settings import StorageLimits
from archive.storage.folder import ArchiveFolder
from archive.storage.sources import add_capture, set_state
from archive.storage.versions import other_versions
from archive.values import Language

NewArchive = Callable[..., ArchiveFolder]
EN, RU, BE = (f"https://example.org/{code}/report" for code in ("en", "ru", "be"))


@pytest.fixture(params=[StorageLimits(), StorageLimits(volume_bytes=4096)], ids=["one volume", "a volume each"])
def folder(request: pytest.FixtureRequest, new_archive: NewArchive) -> ArchiveFolder:
    return new_archive(limits=request.param)


def _bring(folder: ArchiveFolder, made, n: int, language: Language, **said: object) -> Document:
    parcel = made.report(n)
    about = msgspec.structs.replace(parcel.document.description, language=language, reference=None)
    document = msgspec.structs.replace(parcel.document, description=msgspec.structs.replace(about, **said))
    made.bring(folder, msgspec.structs.replace(parcel, document=document))
    return document


def test_documents_of_one_number_in_two_languages_are_versions(folder: ArchiveFolder, made) -> None:
    english = _bring(folder, made, 1, Language.ENGLISH, reference="A/HRC/99/1")
    russian = _bring(folder, made, 2, Language.RUSSIAN, reference="A/HRC/99/1")
    _bring(folder, made, 3, Language.ENGLISH, reference="A/HRC/99/1")
    _bring(folder, made, 4, Language.BELARUSIAN, reference="A/HRC/99/10")
    [found] = other_versions(folder, english)
    assert (found.language, found.document, found.title) == (Language.RUSSIAN, russian.document, russian.description.title)
    assert [version.document for version in other_versions(folder, russian)] == [english.document]


def test_a_document_that_names_another_is_its_version_both_ways(folder: ArchiveFolder, made) -> None:
    english = _bring(folder, made, 1, Language.ENGLISH, address=EN, versions=(Version(Language.RUSSIAN, RU),))
    russian = _bring(folder, made, 2, Language.RUSSIAN, address=RU)
    assert [version.document for version in other_versions(folder, english)] == [russian.document]
    assert [version.document for version in other_versions(folder, russian)] == [english.document]


def test_a_version_that_is_not_here_is_named_with_its_address_only(folder: ArchiveFolder, made) -> None:
    english = _bring(folder, made, 1, Language.ENGLISH, versions=(Version(Language.BELARUSIAN, BE),))
    [found] = other_versions(folder, english)
    assert (found.language, found.document, found.address) == (Language.BELARUSIAN, None, BE)


def test_a_version_that_was_saved_as_a_source_is_here(folder: ArchiveFolder, made) -> None:
    english = _bring(folder, made, 1, Language.ENGLISH, versions=(Version(Language.BELARUSIAN, BE),))
    parcel = made.capture(BE)
    with folder.writing() as connection:
        add_capture(connection, parcel)
        set_state(connection, BE, SourceState.SAVED)
    made.bring(folder, parcel.text)
    [found] = other_versions(folder, english)
    assert found.document == parcel.text.document.document
    assert parcel.text.document.role is Role.SOURCE


def test_a_document_without_number_and_address_has_no_versions(folder: ArchiveFolder, made) -> None:
    first = _bring(folder, made, 1, Language.ENGLISH)
    _bring(folder, made, 2, Language.RUSSIAN)
    assert other_versions(folder, first) == ()
