"""Save the dying first: which sources are asked for before others, and why.

=================  ======  ==================================================================================================
reason             weight  holds when
=================  ======  ==================================================================================================
listed_blocked     8       the host is on the person's own list as one that is blocked
listed_labelled    6       the host is on the person's own list as one that a state has labelled
social             5       it is a post: accounts are closed, posts taken back, logins asked for (resources/capture/social_hosts.txt)
flaky              4       it was asked for before and did not come whole
old                2 or 3  by what a note or its address says, it is five years old or more; three from ten years on
quoted             2       the report quotes words right before the note, so a reader will want to see them there
untried            1       nobody has asked for it yet
=================  ======  ==================================================================================================

What counts is the sum; where it is equal, the order of documents and notes. What was tried in the run that goes on comes after all that was not.
The list of hosts is the person's own: no list comes with Ibid, none is kept in an archive, and nothing that is written or shared says what is on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from archive.address import host_of
from archive.errors import AddressRefused, HostsUnreadable
from archive.model.capturing import ListedAs, ListedHost, PlannedSource, Risk, WorkEntry
from archive.settings import RESOURCES

LISTED = frozenset({Risk.LISTED_BLOCKED, Risk.LISTED_LABELLED})
"""Reasons that come from a person's own list: they are never written into anything."""

_WEIGHTS = {
    Risk.LISTED_BLOCKED: 8,
    Risk.LISTED_LABELLED: 6,
    Risk.SOCIAL: 5,
    Risk.FLAKY: 4,
    Risk.OLD: 2,
    Risk.QUOTED: 2,
    Risk.UNTRIED: 1,
}
_OLD_YEARS, _VERY_OLD_YEARS = 5, 10
_YEAR_IN_PATH = re.compile(r"/(19[89]\d|20\d\d)(?=[/\-_.])")


def risks_of(entry: WorkEntry, *, listed: Sequence[ListedHost] = (), today: date) -> tuple[Risk, ...]:
    """Why a source should be saved before others, weightiest first; see the table above.

    Args:
        entry: what is known of it.
        listed: the person's own list.
        today: by which its age counts.
    """
    host = _host(entry.source.address)
    kinds = {each.kind for each in listed if _is_within(host, each.host)}
    holds = {
        Risk.LISTED_BLOCKED: ListedAs.BLOCKED in kinds,
        Risk.LISTED_LABELLED: ListedAs.LABELLED in kinds,
        Risk.SOCIAL: any(_is_within(host, each) for each in _social_hosts()),
        Risk.FLAKY: entry.fell_short > 0,
        Risk.OLD: _age_years(entry, today) >= _OLD_YEARS,
        Risk.QUOTED: entry.is_quoted,
        Risk.UNTRIED: not entry.tries and not entry.source.captures,
    }
    return tuple(risk for risk in Risk if holds[risk])


def in_order(entries: Iterable[WorkEntry], *, listed: Sequence[ListedHost] = (), today: date) -> list[PlannedSource]:
    """The sources in the order in which they are asked for, each with its reasons.

    Args:
        entries: in the order of documents and notes.
        listed: the person's own list.
        today: by which ages count.
    """
    planned = [
        PlannedSource(entry=entry, address=entry.source.address, risks=risks_of(entry, listed=listed, today=today))
        for entry in entries
    ]
    return sorted(planned, key=lambda one: (one.entry.is_tried, -_weight(one, today)))


def read_listed(text: str) -> tuple[ListedHost, ...]:
    """The list of hosts that a person wrote: one a line, then ``blocked`` (what is meant without a word) or ``labelled``; ``#`` begins a remark.

    Raises:
        HostsUnreadable: a line is none of this; the fact is its number, from 1.
    """
    found: dict[str, ListedHost] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        try:
            name = words[0] if "://" in words[0] else f"https://{words[0]}/"
            one = ListedHost(_bare(host_of(name)), ListedAs(words[1].lower()) if words[1:] else ListedAs.BLOCKED)
        except (AddressRefused, ValueError) as error:
            raise HostsUnreadable(line=number) from error
        if len(words) > 2:
            raise HostsUnreadable(line=number)
        found[one.host] = one
    return tuple(found.values())


def _weight(planned: PlannedSource, today: date) -> int:
    more = 1 if _age_years(planned.entry, today) >= _VERY_OLD_YEARS else 0
    return sum(_WEIGHTS[risk] for risk in planned.risks) + more


def _age_years(entry: WorkEntry, today: date) -> int:
    """By the oldest year that a note or the address gives; 0 where nothing says it."""
    in_path = _YEAR_IN_PATH.search(entry.source.address.partition("://")[2])
    years = [int(day[:4]) for day in (entry.cited_on, entry.accessed_on) if day and day[:4].isdecimal()]
    years += [int(in_path[1])] if in_path else []
    return max(0, today.year - min(years)) if years else 0


def _is_within(host: str, other: str) -> bool:
    return host == other or host.endswith("." + other)


def _host(address: str) -> str:
    try:
        return _bare(host_of(address))
    except AddressRefused:
        return ""


def _bare(host: str) -> str:
    return host.removeprefix("www.")


@cache
def _social_hosts() -> tuple[str, ...]:
    lines = (RESOURCES / "capture" / "social_hosts.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
