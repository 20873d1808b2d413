"""What the sheet of evidence says of a page that a browser built."""

from __future__ import annotations

from archive.model.source import Capture, Evidence, Source, SourceState, StepWords, Verdict, Way
from archive.values import now
from archive.words import say
from viewer.models.evidence import in_full


def test_both_steps_are_told_with_their_words() -> None:
    capture = Capture(
        capture="0" * 64,
        address="https://a.example/",
        final_address="https://a.example/",
        taken_at=now(),
        verdict=Verdict.COMPLETE,
        status=200,
        media_type="text/html",
        size_bytes=1,
        way=Way.BROWSER,
        evidence=Evidence(program="Ibid 0, Chromium 1", words=StepWords(first=1, second=240)),
    )
    source = Source(address=capture.address, state=SourceState.SAVED, captures=(capture,))
    told = " ".join(line for fact in in_full(source, capture, (), say) for line in fact.lines)
    assert "came with 1 word of text" in told
    assert "it had 240 words" in told
