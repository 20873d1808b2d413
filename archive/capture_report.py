"""What became of the sources of a run, in words: each in a line, all of them at the end.

The end report is honest: what is not saved is named with its reason, a copy that others kept is called one, and words that were quoted and not found are said to be
missing. Reasons that come from a person's own list of hosts are said to that person alone: :func:`written_risks` leaves them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from archive.capture.risk import LISTED
from archive.errors import from_code
from archive.model.capturing import CaptureFate, CaptureLine, Risk
from archive.model.source import Capture, Quoted, SourceState, Verdict, Way
from archive.words import say

_NOT_SAID = frozenset({Verdict.COMPLETE, Verdict.PARTIAL})
"""Verdicts of which the state says enough."""


class EndReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. ``states`` and ``verdicts`` count sources; ``not_saved`` are the lines of those that are not saved whole, in the order of the run."""

    tried: int
    untouched: int
    states: dict[SourceState, int]
    verdicts: dict[Verdict, int]
    copies: int
    by_browser: int
    unbuilt: int
    not_found: int
    not_saved: tuple[CaptureLine, ...]


def end_report(lines: Sequence[CaptureLine]) -> EndReport:
    """What the sources of a run have come to so far."""
    over = [line for line in lines if line.fate is CaptureFate.OVER]
    states = Counter(line.state for line in over)
    verdicts = Counter(line.verdict for line in over if line.verdict is not None)
    return EndReport(
        tried=len(over) + sum(line.fate is CaptureFate.BROKEN for line in lines),
        untouched=sum(line.fate is CaptureFate.UNTOUCHED for line in lines),
        states={state: states[state] for state in SourceState if states[state]},
        verdicts={verdict: verdicts[verdict] for verdict in Verdict if verdicts[verdict]},
        copies=sum(line.way is Way.COPY and line.is_saved for line in over),
        unbuilt=sum(line.wants_browser for line in over),
        by_browser=sum(line.way is Way.BROWSER for line in over),
        not_found=sum(line.quoted is Quoted.NOT_FOUND for line in over),
        not_saved=tuple(line for line in lines if line.is_over and not line.is_saved and line.fate is not CaptureFate.UNTOUCHED),
    )


def say_fate(line: CaptureLine) -> str:
    """How far a source has come, in a few words; when it is over, what came of it."""
    if line.fate is CaptureFate.OVER:
        return say("capture-saved-copy") if line.is_saved and line.way is Way.COPY else say(f"state-{line.state}")
    if line.fate is CaptureFate.UNTOUCHED or line.fate is CaptureFate.WAITING:
        return say(f"state-{line.state}")
    return say(f"capture-{line.fate}")


def say_why(line: CaptureLine) -> list[str]:
    """Why a source is not saved, or what should be known though it is; each a sentence, the weightiest first."""
    said = [say_error(line.error, line.facts)] if line.error else []
    if line.verdict is not None and line.verdict not in _NOT_SAID:
        said.append(say(f"verdict-{line.verdict}"))
    elif line.verdict is Verdict.PARTIAL and not said:
        said.append(say("verdict-partial"))
    if line.wants_browser:
        said.append(say("capture-unbuilt"))
    if line.quoted is Quoted.NOT_FOUND:
        said.append(say("capture-quoted-missing"))
    return [sentence for sentence in said if sentence]


def say_error(error: str, facts: dict[str, str | int | float | bool]) -> str:
    """The sentence of an error that the archive keeps with a source; what someone else's archive invents says nothing."""
    if error == "bug":
        return say("error-bug")
    try:
        known = from_code(error, facts)
        return say(f"error-{known.code()}", **known.facts)
    except (ValueError, KeyError):
        return ""


def say_judged(capture: Capture) -> str:
    """What a capture is worth: a person's word, with Ibid's own beside it, or Ibid's alone."""
    if capture.judged is None:
        return say(f"verdict-{capture.verdict}")
    return say("capture-judged", judged=say_worth(capture.judged), said=say_worth(capture.verdict))


def say_worth(verdict: Verdict) -> str:
    """A verdict in a word or two."""
    return say(f"source-pane-verdict-{verdict.replace('_', '-')}")


def say_risks(risks: Sequence[Risk]) -> str:
    """Why a source should be saved before others, for the eyes of the person alone; empty where nothing speaks for it."""
    return " · ".join(say(f"risk-{risk}") for risk in risks)


def written_risks(risks: Sequence[Risk]) -> list[Risk]:
    """The reasons that may be written: not those that a person's own list gives."""
    return [risk for risk in risks if risk not in LISTED]


def say_end(report: EndReport) -> list[str]:
    """The end report in sentences, without the sources that are not saved."""
    said = [say("capture-end", tried=report.tried)]
    said += [f"{say(f'state-{state}')}: {count}" for state, count in report.states.items()]
    said += [say("capture-end-copies", count=report.copies)] if report.copies else []
    said += [say("capture-end-browser", count=report.by_browser)] if report.by_browser else []
    said += [say("capture-end-unbuilt", count=report.unbuilt)] if report.unbuilt else []
    said += [say("capture-end-not-found", count=report.not_found)] if report.not_found else []
    said += [say("capture-end-untouched", count=report.untouched)] if report.untouched else []
    return said
