"""Which sources are asked for before others, and why."""

from __future__ import annotations

from datetime import date

import pytest

from archive.capture.risk import LISTED, in_order, read_listed, risks_of
from archive.capture_report import written_risks
from archive.errors import HostsUnreadable
from archive.model.capturing import ListedAs, ListedHost, Risk, WorkEntry
from archive.model.source import Source, SourceState

TODAY = date(2025, 6, 1)
LIST = (ListedHost("spring96.example"), ListedHost("xn--80ab.example", ListedAs.LABELLED))


def entry(address: str, **known: object) -> WorkEntry:
    known = {"tries": 1} | known
    return WorkEntry(source=Source(address=address, state=SourceState.WAITING), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "risks"),
    [
        (entry("https://a.example/x"), ()),
        (entry("https://a.example/x", tries=0), (Risk.UNTRIED,)),
        (entry("https://spring96.example/x"), (Risk.LISTED_BLOCKED,)),
        (entry("https://www.spring96.example/x"), (Risk.LISTED_BLOCKED,)),
        (entry("https://news.spring96.example/x"), (Risk.LISTED_BLOCKED,)),
        (entry("https://notspring96.example/x"), ()),
        (entry("https://xn--80ab.example/x"), (Risk.LISTED_LABELLED,)),
        (entry("https://t.me/channel/17"), (Risk.SOCIAL,)),
        (entry("https://m.facebook.com/post"), (Risk.SOCIAL,)),
        (entry("https://reset.me/x"), ()),
        (entry("https://a.example/x", tries=3, fell_short=2), (Risk.FLAKY,)),
        (entry("https://a.example/2019/05/page"), (Risk.OLD,)),
        (entry("https://a.example/2023/05/page"), ()),
        (entry("https://a.example/x", cited_on="2020-01-05"), (Risk.OLD,)),
        (entry("https://a.example/x", accessed_on="2024-12-31"), ()),
        (entry("https://a.example/x", is_quoted=True), (Risk.QUOTED,)),
    ],
    ids=lambda value: value.source.address if isinstance(value, WorkEntry) else None,
)
def test_a_source_has_its_reasons(asked: WorkEntry, risks: tuple[Risk, ...]) -> None:
    assert risks_of(asked, listed=LIST, today=TODAY) == risks


def test_the_endangered_come_first_and_what_was_tried_in_this_run_last() -> None:
    calm, post, listed = entry("https://a.example/1"), entry("https://t.me/1"), entry("https://spring96.example/1")
    tried = entry("https://spring96.example/2", is_tried=True, fell_short=1)
    also_calm = entry("https://a.example/2")
    planned = in_order([calm, tried, post, listed, also_calm], listed=LIST, today=TODAY)
    assert [one.entry for one in planned] == [listed, post, calm, also_calm, tried]


def test_without_a_list_no_source_is_on_one() -> None:
    assert not set(risks_of(entry("https://spring96.example/x"), today=TODAY)) & LISTED


def test_what_a_persons_own_list_says_is_never_written() -> None:
    assert written_risks(risks_of(entry("https://spring96.example/2001/x"), listed=LIST, today=TODAY)) == [Risk.OLD]


def test_a_list_of_hosts_is_read_as_people_write_it() -> None:
    text = "\ufeff# mine\n\nSpring96.example\nwww.прыклад.example labelled  # so they say\nhttps://b.example/ blocked\n"
    assert read_listed(text) == (
        ListedHost("spring96.example"),
        ListedHost("xn--80aiqesg1f.example", ListedAs.LABELLED),
        ListedHost("b.example"),
    )


@pytest.mark.parametrize(
    "line", ["a b.example", "b.example maybe", "b.example blocked twice", "javascript:alert(1)", "b.example:x"]
)
def test_a_line_that_is_no_host_is_named_by_its_number(line: str) -> None:
    with pytest.raises(HostsUnreadable) as raised:
        read_listed(f"a.example\n{line}\n")
    assert raised.value.facts == {"line": 2}
