"""Sources that are to be saved: what is known of each beforehand, in which order they come, and what becomes of each in a run."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from archive.errors import Fact
from archive.model.source import Quoted, Source, SourceState, Verdict, Way


class ListedAs(StrEnum):
    """What a person's own list says of a host."""

    BLOCKED = "blocked"
    LABELLED = "labelled"


class ListedHost(msgspec.Struct, frozen=True):
    """A host of a person's own list, as it is called on the network; its subdomains are meant too."""

    host: str
    kind: ListedAs = ListedAs.BLOCKED


class Risk(StrEnum):
    """Why a source should be saved before others. LISTED ones are shown to the person whose list it is, and written nowhere."""

    LISTED_BLOCKED = "listed_blocked"
    LISTED_LABELLED = "listed_labelled"
    SOCIAL = "social"
    FLAKY = "flaky"
    OLD = "old"
    QUOTED = "quoted"
    UNTRIED = "untried"


class WorkEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A source with what decides when it is asked for.

    ``source`` comes without the evidence of its captures. ``title`` is what notes call it. Days are ISO 8601 of the precision given:
    ``accessed_on`` when an author saw it, ``cited_on`` the day a note gives it, ``reported_on`` of the first report that cites it. ``is_quoted``: the report
    quotes words right before a note that cites it. ``tries`` counts how often it was asked for, ``fell_short`` how often of these it was not saved whole;
    ``is_tried``: that was in the run that was begun and has not come to its end.
    """

    source: Source
    title: str = ""
    accessed_on: str | None = None
    cited_on: str | None = None
    reported_on: str | None = None
    is_quoted: bool = False
    tries: int = 0
    fell_short: int = 0
    is_tried: bool = False


class PlannedSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source at its place in the order, the ``address`` under which it is asked for, and why it stands there."""

    entry: WorkEntry
    address: str
    risks: tuple[Risk, ...] = ()


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which sources a run is about.

    Those that reports (identifiers or their beginnings) or the documents of a collection cite, or all; of these the ones that wait, failed or came
    in part, with ``is_retry`` also what is gone or was refused. ``only`` are addresses, whatever their state.
    """

    reports: tuple[str, ...] = ()
    collection: str = ""
    only: tuple[str, ...] = ()
    is_retry: bool = False


class CaptureFate(StrEnum):
    """How far a source has come in a run."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    IN_BROWSER = "in_browser"
    OVER = "over"
    BROKEN = "broken"
    UNTOUCHED = "untouched"


class CaptureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One source of a run.

    ``n`` counts from 0 in the order of the run. When it is OVER, ``state`` is what this attempt came to, with ``error`` and ``facts`` where something is in the
    way; BROKEN means that the archive could not keep what came, for the reason in ``error``.
    ``wants_browser``: its page seems to be built by its own scripts, and no browser was there to do so.
    """

    n: int
    address: str
    title: str = ""
    fate: CaptureFate = CaptureFate.WAITING
    risks: tuple[Risk, ...] = ()
    state: SourceState = SourceState.WAITING
    verdict: Verdict | None = None
    way: Way = Way.PAGE
    quoted: Quoted | None = None
    wants_browser: bool = False
    status: int = 0
    size_bytes: int = 0
    duration_ms: int = 0
    error: str | None = None
    facts: dict[str, Fact] = {}

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it in this run."""
        return self.fate in {CaptureFate.OVER, CaptureFate.BROKEN, CaptureFate.UNTOUCHED}

    @property
    def is_saved(self) -> bool:
        """Whether it came whole in this run."""
        return self.fate is CaptureFate.OVER and self.state is SourceState.SAVED
