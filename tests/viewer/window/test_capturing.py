"""The work list in the window: listed in every window, saved where a fetcher stands beside it, by keyboard and by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from archive.errors import DiskFull
from archive.front_desk import IN_THIS_PROCESS
from archive.model.capturing import CaptureFate, CaptureLine, ListedHost, PlannedSource, Risk, WorkEntry
from archive.model.source import Ending, Exchange, Fetched, FetchOrder, Source, SourceState, Verdict
from archive.progress import Cancelled
from viewer.models.capturing import Capturing, Shown, WorkModel, WorkRole
from viewer.sources.work_list import WorkList
from viewer.wiring import Ibid

Press = Callable[[Ibid, str], None]
PAGE = """<html lang="en"><head><title>{0}</title></head><body><article><h1>{0}</h1><p>The water reached the second step of the porch, and we
carried the books upstairs before the stove and before the piano.</p><p>On the sixteenth day the river went back to its bed, and the children
wrote about {0} in their copybooks.</p></article></body></html>"""


class Web:
    """The outside: pages at once, or one by one when the test lets them go."""

    def __init__(self, *, is_held: bool = False, status: int = 200) -> None:
        self.asked: list[str] = []
        self.status = status
        self._gate = threading.Semaphore(0) if is_held else None
        self._left = threading.Event()

    def load(self, order: FetchOrder) -> Fetched:
        self.asked.append(order.address)
        while self._gate is not None and not self._gate.acquire(timeout=0.02):
            if self._left.is_set():
                raise Cancelled
        exchange = Exchange(
            address=order.address,
            method="GET",
            status=self.status,
            reason="OK",
            request_headers=(),
            answer_headers=(("Content-Type", "text/html; charset=utf-8"),),
            fetched_at=datetime(2025, 3, 2, tzinfo=UTC),
            http_version="HTTP/1.1",
            body=PAGE.format(order.address).encode(),
        )
        return Fetched(address=order.address, ending=Ending.COMPLETE, exchanges=(exchange,), duration_ms=5)

    def let_go(self, count: int = 1) -> None:
        assert self._gate is not None
        self._gate.release(count)

    def cancel(self) -> None:
        self._left.set()


def add_report(archive: Path, count: int) -> None:
    with IN_THIS_PROCESS.open(archive, passphrase=None) as desk:
        body = "\n\n".join(f"Statement {n}.[^{n}]" for n in range(1, count + 1))
        notes = "\n".join(
            f"[^{n}]: Keeper {n}, “A page on the river, {n}”, https://h{n}.example/{n}" for n in range(1, count + 1)
        )
        desk.bring_in(f"# A longer report\n\n{body}\n\n{notes}\n".encode(), name="long.md")


@pytest.fixture
def archivist(start: Callable[..., Ibid], archive: Path, qtbot: QtBot) -> Callable[..., Ibid]:
    """The program with a web beside it, the archive open and the work list shown."""

    def begin(web: Web, *, sources: int = 0) -> Ibid:
        if sources:
            add_report(archive, sources)
        program = start(loaders=[web])
        program.opening.open(archive)
        qtbot.waitUntil(lambda: bool(program.library.archives))
        program.actions["work-list"].trigger()
        qtbot.waitUntil(lambda: program.work.is_known)
        return program

    return begin


def view(program: Ibid) -> WorkList:
    return program.window.zones.work


def words_of(program: Ibid) -> str:
    return "\n".join(label.text() for label in view(program).findChildren(QLabel) if label.isVisibleTo(program.window))


def button(program: Ibid, beginning: str) -> QPushButton | None:
    seen = [each for each in view(program).findChildren(QPushButton) if each.isVisibleTo(program.window)]
    return next((each for each in seen if each.text().startswith(beginning)), None)


def addresses(program: Ibid) -> list[str]:
    return [program.work.model.row(row).planned.address for row in range(program.work.model.rowCount())]


def until_over(qtbot: QtBot, program: Ibid) -> None:
    qtbot.waitUntil(lambda: not program.work.is_running and not program.runner._jobs, timeout=30_000)


def test_a_sealed_window_lists_what_waits_and_says_how_it_is_saved(qtbot: QtBot, press: Press, opened: Ibid) -> None:
    press(opened, "Ctrl+Shift+W")
    qtbot.waitUntil(lambda: opened.work.is_known)
    assert addresses(opened) == ["https://archive.example.org/register"]
    assert button(opened, "Save") is None
    assert "ibid --archivist" in words_of(opened)
    assert "Saved: 1" in words_of(opened)
    press(opened, "Escape")
    assert opened.window.shown is opened.window.zones.home


def test_everything_is_saved_by_keyboard_alone(qtbot: QtBot, press: Press, archivist: Callable[..., Ibid]) -> None:
    web = Web()
    program = archivist(web, sources=3)
    assert program.window.focusWidget() is view(program).findChild(QListView, "sources")
    for _ in range(8):
        if program.window.focusWidget() is button(program, "Save all"):
            break
        press(program, "Tab")
    assert button(program, "Save all").text() == "Save all (4)"
    press(program, "Space")
    until_over(qtbot, program)
    assert (
        sorted(web.asked)
        == sorted(addresses(program))
        == sorted([
            "https://archive.example.org/register",
            *(f"https://h{n}.example/{n}" for n in (1, 2, 3)),
        ])
    )
    assert "4 sources were asked for. · Saved: 4" in words_of(program)
    assert {program.work.model.row(row).fate for row in range(4)} == {"Saved"}
    qtbot.waitUntil(lambda: program.library.archives[0].facts.captures == 5)
    assert button(program, "Save all").isEnabled() is False


def test_by_hand_two_are_picked_and_saved_and_one_is_opened_beside(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    web = Web()
    program = archivist(web, sources=4)
    listed = view(program).findChild(QListView, "sources")
    for row, keys in ((1, Qt.KeyboardModifier.NoModifier), (3, Qt.KeyboardModifier.ControlModifier)):
        where = listed.visualRect(listed.model().index(row, 0)).center()
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, keys, where)
    wanted = {addresses(program)[1], addresses(program)[3]}
    assert button(program, "Save what is picked").text() == "Save what is picked (2)"
    qtbot.mouseClick(button(program, "Save what is picked"), Qt.MouseButton.LeftButton)
    until_over(qtbot, program)
    assert set(web.asked) == wanted
    where = listed.visualRect(listed.model().index(1, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(program.window.zones.source.isVisible)
    assert program.window.shown is view(program)


def test_paused_stopped_and_gone_on_with(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    web = Web(is_held=True)
    program = archivist(web, sources=5)
    button(program, "Save all").click()
    qtbot.waitUntil(lambda: len(web.asked) == 2)
    assert [task.words for task in program.tasks.all] == ["Saving sources"]
    rows = [program.work.model.row, range(6)]
    qtbot.waitUntil(lambda: [row.fate for row in map(*rows)].count("Being asked for…") == 2)
    button(program, "Pause").click()
    web.let_go(2)
    qtbot.waitUntil(lambda: program.work.progress[0] == 2, timeout=30_000)
    assert "Paused: 2 of 6" in words_of(program)
    assert len(web.asked) == 2
    button(program, "Go on").click()
    qtbot.waitUntil(lambda: len(web.asked) == 4, timeout=30_000)
    button(program, "Stop").click()
    until_over(qtbot, program)
    assert "4 were not begun. Ask again, and it goes on there." in words_of(program)
    assert program.tasks.all == ()
    states = [source.state for source in program.library.desks[0].sources()]
    assert states.count(SourceState.SAVED) == 3


def test_what_failed_says_why_and_is_tried_again(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    web = Web(status=404)
    program = archivist(web)
    button(program, "Save all").click()
    until_over(qtbot, program)
    assert "there is no such page" in words_of(program)
    states = view(program).findChildren(QComboBox)[1]
    states.setCurrentIndex(1)
    states.activated.emit(1)
    assert addresses(program) == ["https://archive.example.org/register"]
    web.status = 200
    button(program, "Try all again").click()
    until_over(qtbot, program)
    assert program.library.desks[0].source("https://archive.example.org/register").state is SourceState.SAVED


def test_the_sources_of_one_report_or_collection_are_listed(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    program = archivist(Web(), sources=2)
    desk = program.library.desks[0]
    report = next(each.document.document for each in desk.documents() if each.document.description.title == "A longer report")
    desk.make_collection("River papers")
    desk.collect("River papers", (report,))
    program.actions["work-list"].trigger()
    scopes = view(program).findChildren(QComboBox)[0]
    qtbot.waitUntil(lambda: scopes.findText("Collection: River papers") >= 0)
    for name in ("Collection: River papers", "A longer report"):
        scopes.setCurrentIndex(scopes.findText(name))
        scopes.activated.emit(scopes.findText(name))
        qtbot.waitUntil(lambda: addresses(program) == ["https://h1.example/1", "https://h2.example/2"])


def test_a_person_judges_a_copy_in_the_menu_and_takes_it_back(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    program = archivist(Web())
    states = view(program).findChildren(QComboBox)[1]
    states.setCurrentIndex(2)
    states.activated.emit(2)
    address = "https://museum.example.org/diary"
    assert addresses(program) == [address]

    def choose(words: str) -> None:
        menu = program.capturing.menu_of(view(program).current())
        judging = next(action.menu() for action in menu.actions() if action.menu() is not None)
        assert isinstance(judging, QMenu)
        next(action for action in judging.actions() if action.text() == words).trigger()
        menu.deleteLater()
        qtbot.waitUntil(lambda: not program.runner._jobs)

    choose("an error page")
    desk = program.library.desks[0]
    assert (desk.source(address).state, desk.source(address).captures[0].judged) == (SourceState.GONE, Verdict.ERROR_PAGE)
    states.setCurrentIndex(3)
    states.activated.emit(3)
    qtbot.waitUntil(lambda: address in addresses(program))
    listed = view(program).findChild(QListView, "sources")
    listed.setCurrentIndex(listed.model().index(addresses(program).index(address), 0))
    said = "Judged by a person: an error page. Ibid said: complete."
    assert said in words_of(program)
    choose("As Ibid said: complete")
    assert desk.source(address).state is SourceState.SAVED


def test_a_list_of_hosts_is_kept_on_the_private_desk_alone(qtbot: QtBot, archivist: Callable[..., Ibid], tmp_path: Path) -> None:
    program = archivist(Web(), sources=3)
    done: list[object] = []
    program.private_desk.make(tmp_path / "d" / "Ibid.desk", passphrase=None, done=lambda: done.append(1), failed=done.append)
    qtbot.waitUntil(lambda: done == [1])
    file = tmp_path / "hosts.txt"
    file.write_text("h3.example blocked\n", encoding="utf-8")
    program.capturing.choose_hosts()
    dialog = program.window.findChild(QFileDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    qtbot.waitUntil(lambda: program.private_desk.listed == (ListedHost("h3.example"),))
    qtbot.waitUntil(lambda: addresses(program)[0] == "https://h3.example/3")
    listed = view(program).findChild(QListView, "sources")
    listed.setCurrentIndex(listed.model().index(0, 0))
    assert "on your list: blocked" in words_of(program)
    program.opening.lock_now()
    assert program.private_desk.listed == ()
    assert addresses(program) == []


def test_locking_stops_the_run_and_forgets_the_list(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    web = Web(is_held=True)
    program = archivist(web, sources=3)
    button(program, "Save all").click()
    qtbot.waitUntil(lambda: len(web.asked) == 2)
    program.opening.lock_now()
    assert not program.work.is_known
    assert not program.work.is_running
    assert program.work.model.rowCount() == 0
    qtbot.waitUntil(lambda: not program.runner._jobs, timeout=20_000)
    assert len(web.asked) == 2


def test_a_disk_that_is_full_is_said_in_a_sentence(
    qtbot: QtBot, archivist: Callable[..., Ibid], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = archivist(Web())

    def full(_fetched: Fetched) -> None:
        raise DiskFull

    monkeypatch.setattr(program.library.desks[0], "keep", full)
    button(program, "Save all").click()
    until_over(qtbot, program)
    qtbot.waitUntil(lambda: program.window.has_sheet)
    said = "\n".join(label.text() for label in program.window.findChildren(QLabel))
    assert "There is no room left on the disk." in said
    assert program.work.model.row(0).fate == "Could not be kept"
    program.window.close_sheets()


def planned(n: int) -> PlannedSource:
    state = list(SourceState)[n % 6]
    entry = WorkEntry(source=Source(address=f"https://h{n % 50}.example/{n}", state=state), title=f"Page {n}")
    return PlannedSource(entry=entry, address=entry.source.address, risks=(Risk.UNTRIED,))


def test_the_list_shows_the_states_that_are_wanted_and_what_the_run_is_about(qapp: QApplication) -> None:
    model = WorkModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show([planned(n) for n in range(60)])
    assert all(model.row(row).state in Shown.UNSAVED.value for row in range(model.rowCount()))
    first = model.row(0).planned
    model.begin([CaptureLine(n=0, address=first.address)])
    model.take([CaptureLine(n=0, address=first.address, fate=CaptureFate.OVER, state=SourceState.SAVED)])
    assert model.index(0).data(WorkRole.ROW).state is SourceState.SAVED
    assert first not in model.worth_asking()
    model.show_states(Shown.SAVED)
    assert {model.row(row).state for row in range(model.rowCount())} == {SourceState.SAVED}
    model.clear()
    assert model.rowCount() == 0
    assert isinstance(tester.model(), QAbstractListModel)


def test_in_another_language_the_list_and_its_run_go_on(qtbot: QtBot, archivist: Callable[..., Ibid]) -> None:
    web = Web(is_held=True)
    program = archivist(web, sources=3)
    listed = view(program).findChild(QListView, "sources")
    listed.setCurrentIndex(listed.model().index(2, 0))
    here = addresses(program)[2]
    button(program, "Save all").click()
    qtbot.waitUntil(lambda: len(web.asked) == 2)
    assert view(program).current().planned.address == here
    program.prefer(msgspec.structs.replace(program.preferences, language="be"))
    program.actions["work-list"].trigger()
    qtbot.waitUntil(lambda: "Захоўваем: 0 з 4" in words_of(program))
    web.let_go(4)
    until_over(qtbot, program)
    assert "Запытаны 4 крыніцы." in words_of(program)
    assert program.work.report.states == {SourceState.SAVED: 4}


def test_a_window_without_a_fetcher_has_no_way_to_begin(qapp: QApplication, opened: Ibid) -> None:
    assert isinstance(opened.work, Capturing)
    assert not opened.work.can_fetch
    opened.work.start([planned(0)], is_run=True)
    assert not opened.work.is_running
