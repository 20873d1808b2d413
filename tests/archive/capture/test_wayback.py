"""What is gone is asked for at a web archive of others: nearest to the day, as it was, and never silently."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import msgspec
import pytest

from archive.capture.connect import Call
from archive.capture.fetch import fetch
from archive.capture.verdict import judge
from archive.capture.wayback import may_be_asked
from archive.model.source import Ending, Fetched, FetchOrder, OwnAnswer, SourceState, Verdict, Way
from archive.progress import Cancelled
from archive.settings import CaptureLimits
from tests.web.keeper import Keeper
from tests.web.serving import Answer, Web, open_web
from tests.web.sites import SITES
from tests.web.words import article, png, short

PAGE = article(
    head="<link rel=stylesheet href=/s.css>",
    extra="<img src='http://pictures.test:{port}/1.png' alt=''><img src=/lost.png alt=''>",
)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def kept_web(keeper: Keeper) -> Iterator[Web]:
    dead = {"dead.test": {"/busy": Answer("", status=503), "/said": Answer(short("Page not found", "Page not found."))}}
    dead["dead.test"] |= {"/block": Answer("", status=451), "/login": Answer(short("Log in")), "/hollow": Answer("<p></p>")}
    with open_web({**SITES, **keeper.sites(), **dead}) as web:
        yield web


def _limits(web: Web, limits: CaptureLimits, host: str = "keeper.test", path: str = "/web/") -> CaptureLimits:
    return msgspec.structs.replace(limits, timegate=web.at(host, path), redirects=20)


def _fetch(web: Web, limits: CaptureLimits, address: str, *, on: date | None = None, may: bool = True) -> Fetched:
    order = FetchOrder(address=address, allowed_private=(*web.hosts, "nobody.test"), nearest_to=on, may_ask_archives=may)
    return fetch(order, limits, resolve=web.resolve)


def _keep_page(keeper: Keeper, web: Web, address: str, moment: str = "20190212031500") -> None:
    keeper.keep(address, moment, Answer(PAGE.replace("{port}", str(web.port)), headers=(("Server", "old"),)))
    root = address[: address.index("/", 8)]
    keeper.keep(f"{root}/s.css", "20190212031700", Answer("body { background: url(bar.png) }", kind="text/css"))
    keeper.keep(f"{root}/bar.png", "20180101000000", Answer(png(1, 2, 3), kind="image/png"))
    keeper.keep(web.at("pictures.test", "/1.png"), "20190301000000", Answer(png(3, 2, 1), kind="image/png"))


def test_a_page_that_is_gone_comes_as_a_copy_with_what_it_needs_and_says_so(kept_web, keeper, limits) -> None:
    address = kept_web.at("dead.test", "/page")
    _keep_page(keeper, kept_web, address)
    fetched = _fetch(kept_web, _limits(kept_web, limits), address, on=date(2019, 3, 1))
    assert (fetched.address, fetched.way, fetched.ending, fetched.error) == (address, Way.COPY, Ending.COMPLETE, None)
    (page,) = fetched.exchanges
    assert page.address == address
    assert page.body.decode() == PAGE.replace("{port}", str(kept_web.port)), "as it came to the keeper, without its toolbar"
    copy = fetched.evidence.copy
    assert copy is not None
    assert (copy.keeper, copy.kept_at) == ("keeper.test", datetime(2019, 2, 12, 3, 15, tzinfo=UTC))
    assert copy.address.endswith(f"/web/20190212031500id_/{address}")
    assert fetched.evidence.own_answer == OwnAnswer(error="not-served", facts={"host": "dead.test", "status": 404})
    assert [one.address for one in fetched.requisites if one.status == 200] == [
        *(kept_web.at("dead.test", "/s.css"), kept_web.at("pictures.test", "/1.png"), kept_web.at("dead.test", "/bar.png")),
    ]
    assert [part.address for part in fetched.evidence.missing] == [kept_web.at("dead.test", "/lost.png")]
    assert judge(fetched, text="Words " * 50) == (SourceState.SAVED, Verdict.COMPLETE)
    assert {seen.host for seen in kept_web.seen} == {"dead.test", "keeper.test"}, (
        "nothing but the page was asked of the living web"
    )


@pytest.mark.parametrize(("on", "year"), [(date(2012, 1, 1), 2012), (date(2019, 1, 1), 2019), (None, 2024)])
def test_of_several_copies_the_one_nearest_to_the_day_is_taken(kept_web, keeper, limits, on, year) -> None:
    address = kept_web.at("dead.test", "/page")
    for moment in ("20120601000000", "20190212031500", "20240101000000"):
        keeper.keep(address, moment, Answer(article()))
    fetched = _fetch(kept_web, _limits(kept_web, limits), address, on=on)
    assert fetched.evidence.copy is not None
    assert fetched.evidence.copy.kept_at.year == year
    assert keeper.wishes == [f"{on:%a, %d %b %Y} 12:00:00 GMT" if on else ""]


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("dead.test/said", OwnAnswer(verdict=Verdict.ERROR_PAGE)),
        ("dead.test/login", OwnAnswer(verdict=Verdict.LOGIN)),
        ("dead.test/block", OwnAnswer(error="not-served", facts={"host": "dead.test", "status": 451})),
        ("blocked.test/be", OwnAnswer(verdict=Verdict.BLOCK_PAGE)),
        ("captcha.test/frame", OwnAnswer(verdict=Verdict.CAPTCHA)),
        ("parked.test/sale", OwnAnswer(verdict=Verdict.PARKED)),
        ("paywall.test/ru", OwnAnswer(verdict=Verdict.PAYWALL)),
        ("cookie-wall.test/en", OwnAnswer(verdict=Verdict.COOKIE_WALL)),
        ("errors.test/403", OwnAnswer(error="not-served", facts={"host": "errors.test", "status": 403})),
        ("lengths.test/none", OwnAnswer(error="host-unreachable", facts={"host": "lengths.test", "reason": "dropped"})),
        ("nobody.test/", OwnAnswer(error="host-not-found", facts={"host": "nobody.test"})),
    ],
)
def test_what_the_place_itself_answered_is_told_with_the_copy(kept_web, keeper, limits, address, own) -> None:
    host, slash, path = address.partition("/")
    whole = kept_web.at(host, slash + path)
    keeper.keep(whole, "20200101000000", Answer(article("be")))
    fetched = _fetch(kept_web, _limits(kept_web, limits), whole)
    assert (fetched.way, fetched.evidence.own_answer) == (Way.COPY, own)


@pytest.mark.parametrize(
    "address",
    [
        "dead.test/busy",
        "errors.test/429",
        "dead.test/hollow",
        "articles.test/captcha",
        "files.test/cut.pdf",
        "redirects.test/inside",
    ],
)
def test_no_copy_is_asked_for_where_the_place_may_do_better_or_did_well(kept_web, keeper, limits, address) -> None:
    host, slash, path = address.partition("/")
    whole = kept_web.at(host, slash + path)
    keeper.keep(whole, "20200101000000", Answer(article("be")))
    order = FetchOrder(address=whole, allowed_private=kept_web.hosts)
    fetched = fetch(order, _limits(kept_web, limits), resolve=kept_web.resolve)
    assert fetched.way is Way.PAGE
    assert "keeper.test" not in {seen.host for seen in kept_web.seen}


def test_an_order_that_forbids_it_asks_no_web_archive(kept_web, keeper, limits) -> None:
    address = kept_web.at("dead.test", "/page")
    keeper.keep(address, "20200101000000", Answer(article()))
    fetched = _fetch(kept_web, _limits(kept_web, limits), address, may=False)
    assert (fetched.way, fetched.exchanges[-1].status, fetched.evidence.copy) == (Way.PAGE, 404, None)
    assert "keeper.test" not in {seen.host for seen in kept_web.seen}


def test_a_private_host_is_told_to_no_web_archive_outside() -> None:
    order = FetchOrder(address="http://intranet/plans", allowed_private=("intranet",))
    assert not may_be_asked(order, "https://web.archive.org/web/")
    assert not may_be_asked(msgspec.structs.replace(order, address="https://a.org/"), "")
    assert may_be_asked(msgspec.structs.replace(order, address="https://a.org/"), "https://web.archive.org/web/")
    assert may_be_asked(msgspec.structs.replace(order, allowed_private=("intranet", "keeper")), "http://keeper/web/")


def test_where_nobody_kept_it_the_places_own_answer_stays(kept_web, limits) -> None:
    fetched = _fetch(kept_web, _limits(kept_web, limits), kept_web.at("dead.test", "/page"))
    assert (fetched.way, fetched.exchanges[-1].status, fetched.evidence.own_answer) == (Way.PAGE, 404, None)
    assert judge(fetched, text=None)[0] is SourceState.GONE


def test_a_kept_error_page_is_no_copy(kept_web, keeper, limits) -> None:
    address = kept_web.at("dead.test", "/page")
    keeper.keep(address, "20200101000000", Answer(short("Page not found", "Page not found.")))
    assert _fetch(kept_web, _limits(kept_web, limits), address).way is Way.PAGE


def test_a_kept_redirect_leads_on_within_the_keeper_and_keeps_the_addresses_of_the_originals(kept_web, keeper, limits) -> None:
    address, target = kept_web.at("dead.test", "/old"), kept_web.at("dead.test", "/new")
    keeper.keep(address, "20190101000000", Answer("", status=301, headers=(("Location", target),)))
    keeper.keep(target, "20190105000000", Answer(article()))
    fetched = _fetch(kept_web, _limits(kept_web, limits), address)
    assert [(one.address, one.status) for one in fetched.exchanges] == [(address, 301), (target, 200)]
    assert dict(fetched.exchanges[0].answer_headers)["Location"] == target
    assert fetched.evidence.copy is not None
    assert fetched.evidence.copy.kept_at == datetime(2019, 1, 5, tzinfo=UTC)


def test_a_keeper_that_knows_memento_only_is_understood_too(kept_web, keeper, limits) -> None:
    address = kept_web.at("dead.test", "/page")
    keeper.keep(address, "20170703000000", Answer(article(extra="<img src=/pic.png alt=''>")))
    keeper.keep(kept_web.at("dead.test", "/pic.png"), "20170703000000", Answer(png(1, 1, 1), kind="image/png"))
    fetched = _fetch(kept_web, _limits(kept_web, limits, "plain-keeper.test", "/gate/"), address)
    assert (fetched.way, [one.address for one in fetched.exchanges]) == (Way.COPY, [address])
    assert [one.address for one in fetched.requisites] == [kept_web.at("dead.test", "/pic.png")]
    assert fetched.evidence.copy is not None
    assert fetched.evidence.copy.kept_at == datetime(2017, 7, 3, tzinfo=UTC)


def test_a_keeper_that_leads_inside_is_not_followed(kept_web, limits) -> None:
    sites = dict(kept_web.sites)
    sites["keeper.test"] = {
        "*": Answer("", status=302, headers=(("Location", "http://169.254.169.254/web/20190101000000/http://a.org/"),))
    }
    kept_web.sites = sites
    fetched = _fetch(kept_web, _limits(kept_web, limits), kept_web.at("dead.test", "/page"))
    assert fetched.way is Way.PAGE
    assert fetched.exchanges[-1].status == 404


def test_a_web_archive_is_visited_at_a_pace_and_waiting_for_it_can_be_stopped(kept_web, keeper, limits) -> None:
    address = kept_web.at("dead.test", "/page")
    keeper.keep(address, "20200101000000", Answer(article()))
    waited: list[str] = []

    def pace_s(host: str) -> float:
        waited.append(host)
        return 0.2

    order = FetchOrder(address=address, allowed_private=kept_web.hosts)
    limits = _limits(kept_web, limits)
    begun_s = time.monotonic()
    assert fetch(order, limits, resolve=kept_web.resolve, pace_s=pace_s).way is Way.COPY
    assert waited == ["keeper.test"]
    assert time.monotonic() - begun_s >= 0.2
    call = Call(limits)
    timer = threading.Timer(0.1, call.stop)
    timer.start()
    with pytest.raises(Cancelled):
        fetch(order, limits, call=call, resolve=kept_web.resolve, pace_s=lambda _host: 30.0)
    assert time.monotonic() - begun_s < 5
