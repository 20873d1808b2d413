"""Work off the GUI thread: order, answers, errors, cancelling, leaving."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from archive.progress import Job
from viewer.work.debounce import Debounce
from viewer.work.latest import Latest
from viewer.work.runner import Lane, TaskRunner


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.close()


def test_work_runs_in_a_thread_of_its_lane_and_its_answer_comes_to_the_gui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, got = QObject(), []
    runner.start(
        Lane.LOOK,
        lambda _job: threading.current_thread().name,
        owner=owner,
        done=lambda name: got.append((name, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0].startswith("ibid-look")
    assert got[0][1]


def test_an_error_goes_to_its_claimant_else_to_the_runner(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, claimed, unclaimed = QObject(), [], []
    runner.unclaimed.connect(unclaimed.append)

    def fail(_job: Job) -> None:
        raise ValueError("one of ours would carry facts")

    runner.start(Lane.LOOK, fail, owner=owner, done=print, failed=claimed.append)
    runner.start(Lane.LOOK, fail, owner=owner, done=print)
    qtbot.waitUntil(lambda: bool(claimed and unclaimed))
    assert isinstance(claimed[0], ValueError)


def test_nothing_is_called_once_the_owner_is_gone(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, got, gate = QObject(), [], threading.Event()
    runner.start(Lane.LOOK, lambda _job: gate.wait(2), owner=owner, done=got.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.wait(60)
    assert got == []


def test_cancelling_is_silent_and_work_not_yet_begun_never_begins(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, said, gate, begun = QObject(), [], threading.Event(), []
    runner.unclaimed.connect(said.append)
    first = runner.start(Lane.WORK, lambda job: (gate.wait(2), job.step(1)), owner=owner, done=said.append)
    second = runner.start(Lane.WORK, lambda _job: begun.append(1), owner=owner, done=said.append)
    first.cancel()
    second.cancel()
    gate.set()
    qtbot.wait(60)
    assert said == []
    assert begun == []


def test_work_of_the_work_lane_is_done_one_at_a_time_and_in_order(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, order, done = QObject(), [], []
    for number in range(10):
        runner.start(
            Lane.WORK,
            lambda _job, n=number: (time.sleep(0.001 * (10 - n)), order.append(n)),
            owner=owner,
            done=done.append,
        )
    qtbot.waitUntil(lambda: len(done) == 10)
    assert order == list(range(10))


def test_steps_come_to_the_gui_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, steps, done = QObject(), [], []
    runner.start(Lane.WORK, lambda job: [job.step(n, 3) for n in range(3)], owner=owner, done=done.append, progress=steps.append)
    qtbot.waitUntil(lambda: bool(done))
    assert [step.done for step in steps] == [0, 1, 2]


def test_closing_waits_no_longer_than_it_is_told(qtbot: QtBot) -> None:
    runner, gate, begun = TaskRunner(), threading.Event(), threading.Event()
    runner.start(Lane.LOOK, lambda _job: (begun.set(), gate.wait(5)), owner=runner, done=print)
    assert begun.wait(2)
    before = time.monotonic()
    assert not runner.close(within_s=0.1)
    assert time.monotonic() - before < 1
    gate.set()


def test_only_the_newest_answer_counts(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, got = QObject(), []
    latest = Latest(runner, Lane.LOOK, owner=owner)
    for word in ("i", "ib", "ibi", "ibid"):
        latest.start(lambda _job, w=word: (time.sleep(0 if w == "ibid" else 0.05), w)[1], done=got.append)
    qtbot.waitUntil(lambda: bool(got))
    qtbot.wait(100)
    assert got == ["ibid"]


def test_debounce_acts_once_when_things_have_been_quiet(qtbot: QtBot) -> None:
    owner, acts = QObject(), []
    debounce = Debounce(lambda: acts.append(1), quiet_ms=30, parent=owner)
    for _ in range(5):
        debounce.poke()
        qtbot.wait(5)
    assert acts == []
    qtbot.waitUntil(lambda: acts == [1])
    debounce.poke()
    debounce.forget()
    qtbot.wait(50)
    assert acts == [1]
