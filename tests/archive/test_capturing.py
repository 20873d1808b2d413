"""Many sources saved: in order, a few at once, one at a time from each host, stopped and going on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from archive.api import FrontDesk
from archive.capture_report import end_report, say_end, say_fate, say_why
from archive.capturing import capture_many, find_work, follow_all, order_of
from archive.errors import CollectionNotFound, DiskFull, DocumentNotFound, ProcessLost, SourceNotFound
from archive.front_desk import IN_THIS_PROCESS
from archive.model.capturing import CaptureFate, CaptureLine, Choice, ListedHost, Risk
from archive.model.source import CaptureOutcome, Ending, Exchange, Fetched, FetchOrder, SourceState, Verdict, Way
from archive.progress import Cancelled, Job

PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>The river rose on the sixteenth and the books were carried upstairs "
    "before the stove, so that nothing but the benches was lost that spring.</p><p>It is told here as it was written down then, by the "
    "person who carried them, for {0}.</p></article></body></html>"
)


def answer(order: FetchOrder, body: str | None = None, *, status: int = 200, kind: str = "text/html; charset=utf-8") -> Fetched:
    """What a fetcher brings of a page."""
    exchange = Exchange(
        address=order.address,
        method="GET",
        status=status,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", kind),),
        fetched_at=datetime(2025, 3, 1, tzinfo=UTC),
        http_version="HTTP/1.1",
        body=(PAGE.format(order.address) if body is None else body).encode(),
    )
    return Fetched(address=order.address, ending=Ending.COMPLETE, exchanges=(exchange,), duration_ms=5)


class Web:
    """The outside, as a loader: what it was asked, and how many at once."""

    def __init__(self, load: Callable[[FetchOrder], Fetched] = answer) -> None:
        self.orders: list[FetchOrder] = []
        self.cancels = 0
        self._load = load
        self._lock = threading.Lock()
        self.now: dict[str, int] = {}
        self.most_of_a_host = self.most = 0

    def load(self, order: FetchOrder) -> Fetched:
        host = order.address.split("/")[2]
        with self._lock:
            self.orders.append(order)
            self.now[host] = self.now.get(host, 0) + 1
            self.most_of_a_host = max(self.most_of_a_host, self.now[host])
            self.most = max(self.most, sum(self.now.values()))
        try:
            return self._load(order)
        finally:
            with self._lock:
                self.now[host] -= 1

    def cancel(self) -> None:
        self.cancels += 1


def report_of(addresses: list[str], *, title: str = "A report") -> bytes:
    body = "\n\n".join(f"Statement {n}.[^{n}]" for n in range(1, len(addresses) + 1))
    notes = "\n".join(f"[^{n}]: Page {n}, {address}" for n, address in enumerate(addresses, 1))
    return f"# {title}\n\n{body}\n\n{notes}\n".encode()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FrontDesk]:
    with IN_THIS_PROCESS.new(tmp_path / "a.ibid", title="A", passphrase=None) as made:
        yield made


def run(desk: FrontDesk, web: Web, choice: Choice | None = None, **how: object) -> list[CaptureLine]:
    lines: list[CaptureLine] = []
    how = {"job": Job(), "told": lines.append} | how
    capture_many(desk, web, find_work(desk, choice or Choice(), today=date(2025, 6, 1)), **how)  # type: ignore[arg-type]
    return lines


def states(desk: FrontDesk) -> dict[str, SourceState]:
    return {source.address: source.state for source in desk.sources()}


def test_every_source_of_a_report_is_saved_with_a_line_for_each_step(desk: FrontDesk) -> None:
    addresses = [f"https://h{n}.example/p" for n in range(5)]
    desk.bring_in(report_of(addresses), name="a.md")
    lines = run(desk, Web())
    assert states(desk) == dict.fromkeys(addresses, SourceState.SAVED)
    assert [line.fate for line in lines if line.n == 3] == [CaptureFate.UNDER_WAY, CaptureFate.OVER]
    over = [line for line in lines if line.is_over]
    assert {line.address for line in over} == set(addresses)
    assert all(line.verdict is Verdict.COMPLETE for line in over)


def test_two_at_a_time_and_never_two_at_once_from_one_host(desk: FrontDesk) -> None:
    meeting = threading.Barrier(2)

    def load(order: FetchOrder) -> Fetched:
        meeting.wait(20)  # two are under way together, or nothing goes on
        return answer(order)

    desk.bring_in(report_of([f"https://{host}.example/{n}" for host in "ab" for n in range(4)]), name="a.md")
    web = Web(load)
    run(desk, web)
    assert (web.most, web.most_of_a_host) == (2, 1)
    assert len(web.orders) == 8


def test_a_host_of_the_persons_own_is_asked_several_times_at_once(desk: FrontDesk) -> None:
    meeting = threading.Barrier(3)

    def load(order: FetchOrder) -> Fetched:
        meeting.wait(20)
        return answer(order)

    desk.bring_in(report_of([f"https://mine.example/{n}" for n in range(6)]), name="a.md")
    web = Web(load)
    run(desk, web, at_once=3, allowed_private=("mine.example",))
    assert web.most_of_a_host == 3
    assert web.orders[0].allowed_private == ("mine.example",)


def test_only_the_sources_of_a_report_or_a_collection_are_asked_for(desk: FrontDesk) -> None:
    first = desk.bring_in(report_of(["https://a.example/1", "https://b.example/1"]), name="a.md").document.document
    second = desk.bring_in(report_of(["https://b.example/1", "https://c.example/1"], title="B"), name="b.md").document.document
    desk.make_collection("Mine")
    desk.collect("Mine", (second,))
    assert [one.address for one in find_work(desk, Choice(reports=(first[:12],)))] == [
        "https://a.example/1",
        "https://b.example/1",
    ]
    assert [one.address for one in find_work(desk, Choice(collection="Mine"))] == ["https://b.example/1", "https://c.example/1"]
    with pytest.raises(DocumentNotFound):
        find_work(desk, Choice(reports=("0" * 64,)))
    with pytest.raises(CollectionNotFound):
        find_work(desk, Choice(collection="Yours"))
    with pytest.raises(SourceNotFound):
        find_work(desk, Choice(only=("https://nobody.example/",)))


def test_what_is_gone_is_asked_for_again_only_when_the_person_says_so(desk: FrontDesk) -> None:
    desk.bring_in(report_of(["https://a.example/1", "https://b.example/1", "https://c.example/1"]), name="a.md")
    answers = {"a": 404, "b": 403, "c": 500}
    run(desk, Web(lambda order: answer(order, status=answers[order.address[8]])))
    assert list(states(desk).values()) == [SourceState.GONE, SourceState.REFUSED, SourceState.FAILED]
    assert [one.address for one in find_work(desk, Choice())] == ["https://c.example/1"]
    again = find_work(desk, Choice(is_retry=True))
    assert {one.address for one in again} == set(states(desk))
    assert all(Risk.FLAKY in one.risks and one.entry.tries == 1 for one in again)
    assert [one.entry.source.error for one in again] == ["not-served"] * 3
    lines = run(desk, Web(), Choice(is_retry=True))
    assert all(line.is_saved for line in lines if line.is_over)


def test_the_day_that_is_meant_is_the_one_of_the_note_else_of_the_report(desk: FrontDesk) -> None:
    text = (
        b"---\ntitle: A\ndate: 2024-02-03\n---\n\n# A\n\nOne.[^1] Two.[^2]\n\n"
        b"[^1]: Page, https://a.example/1, accessed on 5 March 2023\n[^2]: Page, https://b.example/1\n"
    )
    desk.bring_in(text, name="a.md")
    asked = {one.address: order_of(one) for one in find_work(desk, Choice())}
    assert asked["https://a.example/1"].nearest_to == date(2023, 3, 5)
    reported = desk.documents()[0].document.description.published_on
    assert asked["https://b.example/1"].nearest_to == (date(2024, 2, 3) if reported else None)
    assert asked["https://a.example/1"].may_ask_archives
    assert not order_of(find_work(desk, Choice())[0], may_ask_archives=False).may_ask_archives


def test_a_run_that_was_stopped_goes_on_with_what_it_had_not_tried(desk: FrontDesk) -> None:
    addresses = [f"https://h{n}.example/p" for n in range(6)]
    desk.bring_in(report_of(addresses), name="a.md")
    job = Job()

    def load(order: FetchOrder) -> Fetched:
        if len(web.orders) == 3:
            job.cancel()
        return answer(order, status=500)

    web = Web(load)
    lines = run(desk, web, job=job, at_once=1)
    fates = {line.address: line.fate for line in lines if line.is_over}
    assert set(fates) == set(addresses)
    tried = [order.address for order in web.orders]
    again = [one.address for one in find_work(desk, Choice())]
    assert again[-len(tried) :] == tried, "what was tried in this run comes last"
    assert len(again) == 6
    whole = run(desk, Web(lambda order: answer(order, status=500)), at_once=1)
    assert all(line.fate is CaptureFate.OVER for line in whole if line.is_over)
    assert not any(one.entry.is_tried for one in find_work(desk, Choice())), "the run came to its end"


def test_a_few_that_were_picked_leave_a_stopped_run_as_it_is(desk: FrontDesk) -> None:
    desk.bring_in(report_of(["https://a.example/1", "https://b.example/1"]), name="a.md")
    desk.begin_run()
    run(desk, Web(lambda order: answer(order, status=500)), Choice(only=("https://a.example/1",)), is_run=False)
    assert [one.entry.is_tried for one in find_work(desk, Choice())] == [False, True]


def test_cancelled_what_is_under_way_is_left_at_once(desk: FrontDesk) -> None:
    desk.bring_in(report_of([f"https://h{n}.example/p" for n in range(4)]), name="a.md")
    job, left = Job(), threading.Event()

    class Slow(Web):
        def load(self, order: FetchOrder) -> Fetched:
            job.cancel()
            assert left.wait(20)
            raise Cancelled

        def cancel(self) -> None:
            left.set()

    lines = run(desk, Slow(), job=job)
    assert {line.fate for line in lines if line.is_over} == {CaptureFate.UNTOUCHED}
    assert len([line for line in lines if line.is_over]) == 4
    assert set(states(desk).values()) == {SourceState.WAITING}


def test_paused_nothing_new_is_begun_until_it_goes_on(desk: FrontDesk) -> None:
    desk.bring_in(report_of([f"https://h{n}.example/p" for n in range(4)]), name="a.md")
    job, lines = Job(), []
    paused = threading.Event()

    def told(line: CaptureLine) -> None:
        lines.append(line)
        if line.is_over and not paused.is_set():
            job.pause()
            paused.set()

    web = Web()
    thread = threading.Thread(target=run, args=(desk, web), kwargs={"job": job, "told": told, "at_once": 1})
    thread.start()
    assert paused.wait(20)
    thread.join(0.3)
    assert thread.is_alive()
    assert len(web.orders) == 1
    job.resume()
    thread.join(20)
    assert len(web.orders) == 4
    assert set(states(desk).values()) == {SourceState.SAVED}


def test_a_disk_that_is_full_ends_the_run_and_every_line_is_told(desk: FrontDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.bring_in(report_of([f"https://h{n}.example/p" for n in range(4)]), name="a.md")
    keep = desk.keep

    def full(fetched: Fetched) -> CaptureOutcome:
        if "h1" in fetched.address:
            raise DiskFull
        return keep(fetched)

    monkeypatch.setattr(desk, "keep", full)
    lines: list[CaptureLine] = []
    with pytest.raises(DiskFull):
        run(desk, Web(), told=lines.append, at_once=1)
    assert [(line.fate, line.error) for line in lines if line.is_over] == [
        (CaptureFate.OVER, None),
        (CaptureFate.BROKEN, "disk-full"),
        (CaptureFate.UNTOUCHED, None),
        (CaptureFate.UNTOUCHED, None),
    ]


def test_a_fetcher_that_is_gone_ends_the_run(desk: FrontDesk) -> None:
    desk.bring_in(report_of(["https://a.example/1", "https://b.example/1"]), name="a.md")

    def load(order: FetchOrder) -> Fetched:
        raise ProcessLost(process="fetcher")

    with pytest.raises(ProcessLost):
        run(desk, Web(load), at_once=1)
    assert [one.entry.tries for one in find_work(desk, Choice())] == [0, 0]


def test_a_page_of_scripts_goes_on_to_the_browser_and_the_better_of_both_counts(
    desk: FrontDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bring_in(report_of(["https://a.example/1", "https://b.example/1"]), name="a.md")
    keep = desk.keep
    monkeypatch.setattr(
        desk, "keep", lambda fetched: msgspec.structs.replace(keep(fetched), wants_browser=fetched.way is Way.PAGE)
    )

    def built(order: FetchOrder) -> Fetched:
        if order.address == "https://b.example/1":
            raise ProcessLost(process="fetcher")
        return msgspec.structs.replace(answer(order), way=Way.BROWSER)

    web = Web(lambda order: answer(order, "<html><body><div id=app></div></body></html>"))
    lines = run(desk, web, browser=Web(built), at_once=1)
    of_a = [line for line in lines if line.address == "https://a.example/1"]
    assert [line.fate for line in of_a] == [CaptureFate.UNDER_WAY, CaptureFate.IN_BROWSER, CaptureFate.OVER]
    assert (of_a[-1].state, of_a[-1].way) == (SourceState.SAVED, Way.BROWSER)
    assert states(desk) == {"https://a.example/1": SourceState.SAVED, "https://b.example/1": SourceState.FAILED}
    tries = {each.source.address: (each.tries, each.fell_short) for each in desk.work_list()}
    assert tries == {"https://a.example/1": (1, 0), "https://b.example/1": (1, 1)}, "two steps are one attempt"


def test_the_end_report_is_honest(desk: FrontDesk) -> None:
    desk.bring_in(report_of([f"https://{host}.example/1" for host in "abcd"]), name="a.md")

    def load(order: FetchOrder) -> Fetched:
        match order.address[8]:
            case "a":
                return answer(order)
            case "b":
                return answer(order, status=404)
            case "c":
                return answer(order, "<html><title>Not found</title><p>Page not found</html>")
            case _:
                return msgspec.structs.replace(answer(order), way=Way.COPY)

    lines = [line for line in run(desk, Web(load)) if line.is_over]
    report = end_report(lines)
    assert report.states == {SourceState.SAVED: 2, SourceState.GONE: 2}
    assert (report.tried, report.copies, report.untouched) == (4, 1, 0)
    assert {line.address[8] for line in report.not_saved} == {"b", "c"}
    why = {line.address[8]: say_why(line) for line in lines}
    assert "404" in why["b"][0]
    assert "not counted as saved" in why["c"][0]
    assert why["a"] == []
    assert {say_fate(line) for line in lines} == {"Saved", "Gone", "Saved, from a copy"}
    assert say_end(report)[0] == "4 sources were asked for."


def test_what_a_saved_document_cites_is_followed_only_when_asked(desk: FrontDesk) -> None:
    desk.bring_in(report_of(["https://a.example/deep.md"]), name="a.md")
    deep = report_of(["https://b.example/1", "https://c.example/1"], title="A deeper report").decode()
    run(desk, Web(lambda order: answer(order, deep, kind="text/markdown")))
    assert list(states(desk)) == ["https://a.example/deep.md"]
    assert find_work(desk, Choice()) == []
    (followed,) = follow_all(desk, Choice())
    assert [one.address for one in find_work(desk, Choice(reports=(followed,)))] == ["https://b.example/1", "https://c.example/1"]
    assert desk.verify(job=Job()).is_whole
    assert follow_all(desk, Choice()) == (followed,)
    assert desk.follow(followed) == 0
    run(desk, Web(lambda order: answer(order, deep, kind="text/markdown")), Choice(reports=(followed,)))
    assert follow_all(desk, Choice()) == (followed,), "depth two, and no deeper"


def test_a_list_of_hosts_lives_on_the_private_desk_and_leaves_no_trace_in_an_archive(tmp_path: Path, desk: FrontDesk) -> None:
    hosts = (ListedHost("a.example"),)
    with IN_THIS_PROCESS.new(tmp_path / "d.desk", title="D", passphrase=None, is_desk=True) as private:
        private.list_hosts(hosts)
        assert private.listed_hosts() == hosts
        private.list_hosts(())
        assert private.listed_hosts() == ()
    desk.bring_in(report_of(["https://b.example/1", "https://a.example/1"]), name="a.md")
    planned = find_work(desk, Choice(), listed=hosts)
    assert planned[0].risks[0] is Risk.LISTED_BLOCKED
    assert planned[0].address == "https://a.example/1"
    lines: list[CaptureLine] = []
    capture_many(desk, Web(), planned, job=Job(), told=lines.append)
    volume = b"".join(file.read_bytes() for file in (tmp_path / "a.ibid").iterdir())
    assert b"listed_blocked" not in volume
