"""The sample: every state that a reader may meet, in three languages, built by the real program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.address import normalise
from archive.errors import all_errors
from archive.intake.import_document import Importer
from archive.intake.preparing import Readers
from archive.intake.sample import build_sample
from archive.model.document import DocumentEntry, Role
from archive.model.source import SourceState
from archive.progress import Job, Step
from archive.sharing.check import is_consistent
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from archive.words import LANGUAGES, knows


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> Iterator[ArchiveFolder]:
    with Readers() as readers, ArchiveFolder.create(tmp_path_factory.mktemp("sample") / "Sample.ibid", title="Sample") as folder:
        importer = Importer(folder, readers, holds_together=is_consistent)
        build_sample(folder, importer, readers, Job(steps.append))
        build_sample(folder, importer, readers, Job())
        yield folder


def _report(folder: ArchiveFolder, beginning: str) -> DocumentEntry:
    return next(e for e in catalogue.entries(folder, role=Role.REPORT) if e.document.description.title.startswith(beginning))


def test_the_sample_speaks_three_languages_in_reports_and_in_sources(sample) -> None:
    told = Counter((entry.document.role, entry.document.description.language) for entry in catalogue.entries(sample))
    for role in Role:
        for language in (Language.ENGLISH, Language.RUSSIAN, Language.BELARUSIAN):
            assert told[role, language] >= 1


def test_building_it_reports_every_step_and_building_it_twice_adds_nothing(sample, steps) -> None:
    assert [step.done for step in steps] == list(range(len(steps)))
    assert steps[-1].done == steps[-1].total
    assert len(catalogue.entries(sample)) == 12
    assert all(len(source.captures) <= 1 for source in catalogue.sources(sample))


@pytest.mark.parametrize("title", ["A short guide", "Краткое руководство", "Кароткі дапаможнік"])
def test_a_guide_shows_a_saved_a_waiting_and_a_gone_source_and_an_ibid(sample, title) -> None:
    entry = _report(sample, title)
    assert {state: entry.sources[state] for state in ("saved", "waiting", "gone")} == {"saved": 2, "waiting": 1, "gone": 1}
    first, second, *_ = catalogue.whole(sample, entry.document.document)[2]
    assert second.text in {"Ibid.", "Там же.", "Там жа."}
    assert second.citations[0].ibid_of == first.citations[0].n
    assert second.citations[0].address == first.citations[0].address


def test_the_digest_carries_the_eleven_citations_of_the_statement_and_claims_not_to_be_it(sample) -> None:
    entry = _report(sample, "Belarus before the vote")
    _, _, notes = catalogue.whole(sample, entry.document.document)
    addresses = [citation.address for note in notes for citation in note.citations if citation.address]
    assert len(dict.fromkeys(addresses)) == 11
    assert all(normalise(address) == address for address in addresses)
    assert "https://www.amnesty.org/en/wp-content/uploads/2021/06/trade_unions_web-1.pdf" in addresses
    assert "https://spring96.org/ru/news/117167" in addresses
    assert entry.document.description.publisher == "The makers of Ibid"
    assert entry.document.description.reference is None
    assert entry.sources["waiting"] == 11


def test_the_digest_holds_no_sentence_of_the_statement(sample, seeds: Path) -> None:
    entry = _report(sample, "Belarus before the vote")
    texts = [passage.text for passage in catalogue.whole(sample, entry.document.document)[1] if passage.kind != "note"]
    ours = " ".join(texts).lower().split()
    originals = [path.read_text(encoding="utf-8").lower().split() for path in sorted(seeds.glob("*.txt"))]
    theirs = {tuple(words[at : at + 9]) for words in originals for at in range(len(words) - 8)}
    assert not [" ".join(ours[at : at + 9]) for at in range(len(ours) - 8) if tuple(ours[at : at + 9]) in theirs]


def test_every_note_of_the_sample_is_paired_and_every_saved_source_can_be_read(sample) -> None:
    for entry in catalogue.entries(sample, role=Role.REPORT):
        assert all(note.paired for note in catalogue.whole(sample, entry.document.document)[2])
    for source in catalogue.sources(sample, state=SourceState.SAVED):
        assert source.cited_at
        (capture,) = source.captures
        assert capture.document is not None
        passages = catalogue.whole(sample, capture.document)[1]
        assert sum(len(passage.text) for passage in passages) > 800
        assert not any("All pages" in p.text or "Все страницы" in p.text or "Усе старонкі" in p.text for p in passages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_verdict_and_refusal_has_its_words(language: str) -> None:
    from archive.capture.policy import Refusal
    from archive.model.source import Verdict

    names = [f"state-{state}" for state in SourceState] + [f"verdict-{verdict}" for verdict in Verdict]
    names += [f"refusal-{refusal}" for refusal in Refusal] + [f"error-{error.code()}" for error in all_errors()]
    assert [name for name in names if not knows(name, language=language)] == []
