"""The fetcher process: orders, answers, stopping, dying."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.capture.fetcher import CarefulResolver, Fetcher, Pace
from archive.errors import HostNotFound, HostUnreachable, ProcessLost
from archive.machine import IS_LINUX
from archive.model.source import Ending, FetchOrder, Way
from archive.progress import Cancelled
from archive.settings import CaptureLimits
from tests.web.keeper import Keeper
from tests.web.serving import Answer
from tests.web.socks import open_socks
from tests.web.words import article

NEARBY = ("127.0.0.1",)


def _order(site, path: str) -> FetchOrder:
    return FetchOrder(address=site.at(path), allowed_private=NEARBY)


def test_an_order_goes_to_the_process_and_the_answer_comes_back(site, limits, article) -> None:
    with Fetcher(limits) as fetcher:
        fetched = fetcher.load(_order(site, "/article"))
        refused = fetcher.load(FetchOrder(address=site.at("/article")))
    assert (fetched.ending, fetched.exchanges[0].body.decode()) == (Ending.COMPLETE, article)
    assert (refused.error, refused.facts["reason"]) == ("request-refused", "private")


def test_two_orders_are_under_way_at_once(site) -> None:
    limits = CaptureLimits(page_s=0.8, pace_s=0.0)
    with Fetcher(limits) as fetcher, ThreadPoolExecutor(2) as pool:
        begun_s = time.monotonic()
        slow = [pool.submit(fetcher.load, _order(site, "/slow")) for _ in range(2)]
        assert [answer.result().error for answer in slow] == ["took-too-long"] * 2
    assert time.monotonic() - begun_s < 1.5


def test_the_visits_to_one_host_are_paced_and_those_to_another_are_not() -> None:
    pace = Pace(10.0)
    assert pace.wait_s("one.org") == 0
    assert pace.wait_s("other.org") == 0
    assert 9 < pace.wait_s("one.org") <= 10
    assert 19 < pace.wait_s("one.org") <= 20


def test_cancelling_ends_what_is_under_way_and_the_fetcher_lives_on(site, article) -> None:
    with Fetcher(CaptureLimits(page_s=30, pace_s=0.0)) as fetcher, ThreadPoolExecutor(3) as pool:
        slow = [pool.submit(fetcher.load, _order(site, "/slow")) for _ in range(3)]
        timer = threading.Timer(0.3, fetcher.cancel)
        timer.start()
        begun_s = time.monotonic()
        for answer in slow:
            with pytest.raises(Cancelled):
                answer.result()
        assert fetcher.load(_order(site, "/article")).exchanges[0].body.decode() == article
        assert time.monotonic() - begun_s < 3


def test_a_process_that_dies_is_told_to_everyone_who_waits_and_to_everyone_after(site) -> None:
    with Fetcher(CaptureLimits(page_s=30)) as fetcher, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(fetcher.load, _order(site, "/slow"))
        timer = threading.Timer(0.3, fetcher._child.process.kill)
        timer.start()
        with pytest.raises(ProcessLost) as lost:
            waiting.result()
        assert lost.value.facts == {"process": "fetcher"}
        with pytest.raises(ProcessLost):
            fetcher.load(_order(site, "/article"))


def test_closing_ends_the_process_even_when_it_waits(site) -> None:
    fetcher = Fetcher(CaptureLimits(page_s=30))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(fetcher.load, _order(site, "/slow"))
        time.sleep(0.2)
        begun_s = time.monotonic()
        fetcher.close()
        fetcher.close()
        with pytest.raises(Cancelled):
            waiting.result()
    assert fetcher._child.process.poll() is not None
    assert time.monotonic() - begun_s < 3


_TRY_FILES = """
import sys, pathlib
from archive.capture import fetcher
said = []
class Trying(fetcher._Worker):
    def serve(self):
        for place, act in ((sys.argv[1], "read_bytes"), (sys.argv[1] + ".new", "touch"), ("/etc/hosts", "read_bytes")):
            try:
                getattr(pathlib.Path(place), act)()
                said.append("could")
            except OSError as error:
                said.append("refused")
fetcher._Worker = Trying
class Pipe:
    def receive(self): return b"\\x80"
    def send(self, message): said.append(str(fetcher.msgspec.msgpack.decode(message, type=fetcher.Standing).is_sealed))
fetcher.inherited_pipe = Pipe
fetcher.main()
print(*said)
"""


@pytest.mark.skipif(not IS_LINUX, reason="only Linux has Landlock")
def test_a_sealed_fetcher_reads_no_file_of_the_user_and_writes_none(tmp_path: Path) -> None:
    private = tmp_path / "private.txt"
    private.write_text("nobody's business")
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", _TRY_FILES, str(private)], capture_output=True, text=True, timeout=20, check=True
    )
    is_sealed, *said = done.stdout.split()
    if is_sealed != "True":
        pytest.skip("this kernel has no Landlock")
    assert said == ["refused", "refused", "could"]


def test_no_such_name_is_believed_only_where_names_were_found_before() -> None:
    names = {"known.org": ["93.184.215.14"]}

    def resolve(host: str, _port: int) -> list[str]:
        if host not in names:
            raise HostNotFound(host=host)
        return names[host]

    careful = CarefulResolver(resolve)
    with pytest.raises(HostUnreachable):
        careful("gone.org", 80)
    assert careful("known.org", 80) == ("93.184.215.14",)
    with pytest.raises(HostNotFound):
        careful("gone.org", 80)


def test_a_fetcher_that_was_given_a_proxy_asks_it_for_every_name_and_says_what_it_is(web) -> None:
    with open_socks(web.port) as socks, Fetcher(CaptureLimits(proxy=socks.address, timegate="")) as fetcher:
        fetched = fetcher.load(FetchOrder(address="http://absolute.test/", allowed_private=web.hosts))
    assert (fetched.ending, len(fetched.requisites)) == (Ending.COMPLETE, 2)
    assert {name for _, name, _ in socks.asked} == {"absolute.test", "pictures.test"}
    assert fetched.evidence.program.startswith("Ibid 0"), "a sealed process knows its own version"


def test_a_fetcher_asks_a_web_archive_for_what_is_gone(web) -> None:
    keeper = Keeper()
    web.sites = {**web.sites, **keeper.sites()}
    keeper.keep("http://dead.test/page", "20190212031500", Answer(article()))
    with (
        open_socks(web.port) as socks,
        Fetcher(CaptureLimits(proxy=socks.address, timegate="http://keeper.test/web/")) as fetcher,
    ):
        order = FetchOrder(address="http://dead.test/page", allowed_private=(*web.hosts, "dead.test"))
        fetched = fetcher.load(order)
    assert fetched.way is Way.COPY
    assert [name for _, name, _ in socks.asked] == ["dead.test", "keeper.test"]


def test_a_host_that_the_person_named_is_not_paced(site) -> None:
    with Fetcher(CaptureLimits(pace_s=5.0, timegate="")) as fetcher:
        begun_s = time.monotonic()
        for _ in range(3):
            assert fetcher.load(_order(site, "/article")).ending is Ending.COMPLETE
    assert time.monotonic() - begun_s < 5
