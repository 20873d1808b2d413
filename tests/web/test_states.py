"""Every page of the loopback web, captured into a real archive: state and verdict right for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from archive.capture.fetch import fetch
from archive.formats.reader import Reader
from archive.intake.capture_sources import keep
from archive.model.source import FetchOrder, SourceState
from archive.settings import CaptureLimits
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder
from tests.web.serving import Web, open_web
from tests.web.sites import CASES, SITES

LIMITS = CaptureLimits(body_bytes=2 << 20, page_s=20.0, connect_s=10.0, pace_s=0.0, timegate="")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveFolder]:
    with ArchiveFolder.create(tmp_path_factory.mktemp("states") / "States.ibid", title="States") as made:
        yield made


@pytest.fixture(scope="module")
def standing(certificates: Path) -> Iterator[Web]:
    with open_web(SITES, certificates) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_becomes_what_it_is(standing, folder, reader, case) -> None:
    limits = msgspec.structs.replace(LIMITS, page_s=0.6) if case.is_hurried else LIMITS
    address = standing.at(case.host, case.path, is_secure=case.is_secure)
    order = FetchOrder(address=address, allowed_private=standing.hosts)
    outcome = keep(folder, reader, fetch(order, limits, resolve=standing.resolve, trust=standing.trust))
    assert (outcome.state, outcome.verdict) == case.outcome
    source = catalogue.source(folder, address)
    assert source.state is case.outcome[0]
    assert len(source.captures) == (case.outcome[1] is not None)
    if case.outcome[0] in {SourceState.REFUSED, SourceState.FAILED} and case.outcome[1] is None:
        assert source.error
