"""Lists for Qt views: results that grow, tasks that come and go, preferences within bounds."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from archive.model.document import Role
from archive.model.hit import Answer, Hit, Where
from archive.progress import Job, Step
from viewer.models.preferences import LARGEST_PT, SMALLEST_PT, Preferences
from viewer.models.results import ResultRole, ResultsModel
from viewer.models.tasks import Tasks


def answer(question: str, *, first: int = 0, hits: int, count: int) -> Answer:
    found = tuple(
        Hit(document=f"{n:064x}", title=f"Report {n}", role=Role.REPORT, where=Where.BODY, score=1.0, snippet=(("words", True),))
        for n in range(first, first + hits)
    )
    return Answer(question=question, written=question, count=count, is_exact=True, duration_ms=1.0, hits=found)


def test_results_ask_for_more_once_and_stop_at_the_count(qtbot: QtBot) -> None:
    model = ResultsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: list[int] = []
    model.more_wanted.connect(wanted.append)
    model.show(answer("river", hits=3, count=5))
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert wanted == [3]
    model.go_on(answer("river", first=3, hits=2, count=5))
    assert model.rowCount() == 5
    assert model.index(4).data(ResultRole.HIT).title == "Report 4"
    assert not model.canFetchMore(QModelIndex())


def test_a_page_of_an_older_question_is_dropped(qtbot: QtBot) -> None:
    model = ResultsModel()
    model.show(answer("rivers", hits=3, count=5))
    model.go_on(answer("river", first=3, hits=2, count=5))
    assert model.rowCount() == 3


def test_tasks_go_on_and_are_stopped_all_at_once(qtbot: QtBot) -> None:
    tasks, job = Tasks(), Job()
    with qtbot.waitSignal(tasks.changed):
        number = tasks.begin("Writing a copy")
    tasks.may_stop(number, job)
    tasks.go_on(number, Step(2, 8))
    assert [(task.words, task.step.done) for task in tasks.all] == [("Writing a copy", 2)]
    tasks.stop_all()
    assert job.is_cancelled
    assert tasks.all == ()
    tasks.go_on(number, Step(3, 8))
    assert tasks.all == ()


def test_text_stays_within_what_can_be_read() -> None:
    assert Preferences(text_pt=LARGEST_PT).resized(1).text_pt == LARGEST_PT
    assert Preferences(text_pt=SMALLEST_PT).resized(-1).text_pt == SMALLEST_PT
