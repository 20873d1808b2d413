"""The evidence of a copy says what the place itself answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model.source import Capture, Evidence, OwnAnswer, Source, SourceState, Verdict, Way, WebCopy
from archive.words import LANGUAGES, choose_language, say
from viewer.models.evidence import in_full

AT = datetime(2025, 1, 15, 12, tzinfo=UTC)


def _lines(own: OwnAnswer | None) -> str:
    copy = WebCopy(address="https://keeper.example/web/20190212031500id_/https://a.org/", keeper="keeper.example", kept_at=AT)
    capture = Capture(
        capture="c" * 64,
        address="https://a.org/",
        final_address="https://a.org/",
        taken_at=AT,
        verdict=Verdict.COMPLETE,
        status=200,
        media_type="text/html",
        size_bytes=10,
        way=Way.COPY,
        evidence=Evidence(copy=copy, own_answer=own),
    )
    source = Source(address="https://a.org/", state=SourceState.SAVED, captures=(capture,))
    return "\n".join(line for fact in in_full(source, capture, (), say) for line in fact.lines)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (OwnAnswer(error="not-served", facts={"host": "a.org", "status": 404}), "answered with 404 and no page"),
        (OwnAnswer(error="host-not-found", facts={"host": "a.org"}), "no such host any more"),
        (OwnAnswer(error="host-unreachable", facts={"host": "a.org", "reason": "refused"}), "nobody answered"),
        (OwnAnswer(verdict=Verdict.BLOCK_PAGE), "access is blocked"),
        (OwnAnswer(verdict=Verdict.PARKED), "for sale or unused"),
        (OwnAnswer(error="something-later-versions-say"), "not to be had"),
    ],
)
def test_what_the_place_itself_answered_is_said_with_the_copy(own: OwnAnswer, words: str) -> None:
    choose_language("en")
    assert words in _lines(own)
    assert "Asked at" not in _lines(None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_every_language(language: str) -> None:
    choose_language(language)
    try:
        said = {_lines(OwnAnswer(verdict=verdict)) for verdict in Verdict}
        assert len(said) >= 8
    finally:
        choose_language("en")
