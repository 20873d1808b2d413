"""Folders and files come in while the window goes on: by keyboard, by hand, in the background; thousands of lines do not stutter."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QListView, QPushButton
from pytestqt.qtbot import QtBot

from archive.front_desk import IN_THIS_PROCESS
from archive.model.document import Problem
from archive.model.intake import Fate, IntakeLine
from viewer.dialogs.bring_in import BringInSheet
from viewer.dialogs.choose_archive import ChooseArchiveSheet
from viewer.dialogs.password import PasswordSheet
from viewer.models.intake import IntakeModel, IntakeRole
from viewer.wiring import Ibid

Press = Callable[[Ibid, str], None]


def write(folder: Path, count: int) -> Path:
    folder.mkdir()
    for n in range(count):
        (folder / f"page{n:02}.md").write_text(f"# Page {n}\n\nWords of page {n}.\n", encoding="utf-8")
    return folder


def sheet_of(program: Ibid) -> BringInSheet:
    return next(sheet for sheet in program.window.findChildren(BringInSheet) if sheet.isVisible())


def words_of(sheet: BringInSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet))


def button(sheet: BringInSheet, words: str) -> QPushButton:
    return next(each for each in sheet.findChildren(QPushButton) if each.text() == words)


def until_over(qtbot: QtBot, program: Ibid) -> None:
    qtbot.waitUntil(lambda: not program.intake.is_running and not program.runner._jobs, timeout=30_000)


def test_a_folder_that_is_let_fall_comes_in_and_each_file_has_its_line(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    chosen = write(tmp_path / "Reports", 3)
    (chosen / "empty.txt").write_bytes(b"")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(chosen))])
    opened.window.dropEvent(
        QDropEvent(QPoint(50, 50), Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    until_over(qtbot, opened)
    told = {line.name: line.fate for line in opened.intake.model.lines}
    assert told == {"Reports/empty.txt": Fate.FAILED, **{f"Reports/page{n:02}.md": Fate.ARRIVED for n in range(3)}}
    assert "4 of 4 · 3 came in · 1 did not come in" in words_of(sheet_of(opened))
    qtbot.waitUntil(lambda: len(opened.library.reports) == 5)


def test_by_keyboard_alone_problems_are_found_and_a_document_is_opened(
    qtbot: QtBot, press: Press, opened: Ibid, tmp_path: Path
) -> None:
    chosen = write(tmp_path / "Reports", 2)
    (chosen / "empty.txt").write_bytes(b"")
    opened.bringing.bring_in([chosen])
    until_over(qtbot, opened)
    sheet = sheet_of(opened)
    listed = sheet.findChild(QListView)
    for _ in range(12):
        if isinstance(opened.window.focusWidget(), QCheckBox):
            break
        press(opened, "Tab")
    press(opened, "Space")
    assert [listed.model().index(row, 0).data() for row in range(listed.model().rowCount())] == ["Reports/empty.txt"]
    press(opened, "Tab")
    press(opened, "Down")
    assert "The file is empty." in words_of(sheet)
    press(opened, "Shift+Tab")
    press(opened, "Space")
    press(opened, "Tab")
    press(opened, "Down")
    assert listed.currentIndex().data(IntakeRole.LINE).fate is Fate.ARRIVED
    press(opened, "Return")
    qtbot.waitUntil(lambda: opened.reading.document is not None)
    assert opened.reading.document.document.description.title in {"Page 0", "Page 1"}
    assert not opened.window.has_sheet


def test_the_sheet_may_be_put_away_and_laid_out_again_while_files_come_in(
    qtbot: QtBot, press: Press, opened: Ibid, tmp_path: Path
) -> None:
    opened.bringing.bring_in([write(tmp_path / "Reports", 12)])
    press(opened, "Escape")
    assert not opened.window.has_sheet
    assert [task.words for task in opened.tasks.all] == ["Bringing in"]
    press(opened, "Ctrl+J")
    assert sheet_of(opened).isVisible()
    press(opened, "Escape")
    until_over(qtbot, opened)
    assert opened.tasks.all == ()
    assert opened.intake.model.fates == {Fate.ARRIVED: 12}
    press(opened, "Ctrl+J")
    assert "12 of 12 · 12 came in" in words_of(sheet_of(opened))


def test_stopped_what_is_in_stays_and_the_rest_was_not_begun(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    chosen = write(tmp_path / "Reports", 60)
    opened.bringing.bring_in([chosen])
    qtbot.waitUntil(lambda: opened.intake.model.fates.get(Fate.ARRIVED, 0) > 0, timeout=20_000)
    button(sheet_of(opened), "Stop").click()
    until_over(qtbot, opened)
    fates = opened.intake.model.fates
    assert set(fates) == {Fate.ARRIVED, Fate.UNTOUCHED}
    assert len(opened.library.archives[0].desk.documents()) == 3 + fates[Fate.ARRIVED]
    opened.intake.start(opened.library.archives[0].desk, archive="River", chosen=[chosen])
    until_over(qtbot, opened)
    assert opened.intake.model.fates[Fate.ALREADY] == fates[Fate.ARRIVED]
    assert opened.intake.model.fates[Fate.ARRIVED] == fates[Fate.UNTOUCHED]


def test_files_that_come_while_others_do_wait_and_are_listed_below_them(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    opened.bringing.bring_in([write(tmp_path / "First", 4)])
    opened.bringing.bring_in([write(tmp_path / "Second", 2)])
    until_over(qtbot, opened)
    names = [line.name.split("/")[0] for line in opened.intake.model.lines]
    assert names == ["First"] * 4 + ["Second"] * 2
    assert {line.fate for line in opened.intake.model.lines} <= {Fate.ARRIVED, Fate.ALREADY}


def test_which_of_several_archives_takes_the_files_is_asked(qtbot: QtBot, press: Press, opened: Ibid, tmp_path: Path) -> None:
    IN_THIS_PROCESS.new(tmp_path / "Second.ibid", title="Second", passphrase=None).close()
    opened.opening.open(tmp_path / "Second.ibid")
    qtbot.waitUntil(lambda: len(opened.library.archives) == 2)
    opened.bringing.bring_in([write(tmp_path / "Reports", 1)])
    assert opened.window.findChild(ChooseArchiveSheet).isVisible()
    press(opened, "Down")
    press(opened, "Return")
    until_over(qtbot, opened)
    assert opened.intake.archive == "Second"
    assert [len(each.desk.documents()) for each in opened.library.archives] == [3, 1]


LOCKED = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [] /Count 0 >>
endobj
3 0 obj
<< /Filter /Standard /V 1 /R 2 /P -4 /O <1111111111111111111111111111111111111111111111111111111111111111> /U <2222222222222222222222222222222222222222222222222222222222222222> >>
endobj
trailer
<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<33333333333333333333333333333333> <33333333333333333333333333333333>] >>
%%EOF
"""  # fmt: skip


def test_the_password_of_a_locked_file_is_asked_from_its_line(qtbot: QtBot, press: Press, opened: Ibid, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(LOCKED)
    opened.bringing.bring_in([file])
    until_over(qtbot, opened)
    assert opened.intake.model.lines[0].error == "password-wanted"
    listed = sheet_of(opened).findChild(QListView)
    listed.setFocus()
    press(opened, "Down")
    press(opened, "Return")
    asked = opened.window.findChild(PasswordSheet)
    qtbot.keyClicks(opened.window.focusWidget(), "wrong")
    press(opened, "Return")
    qtbot.waitUntil(lambda: any("does not open the file" in label.text() for label in asked.findChildren(QLabel)), timeout=15_000)
    assert opened.intake.model.lines[0].fate is Fate.FAILED
    file.write_bytes(b"# Open now\n\nWhoever made it took the lock away.\n")
    press(opened, "Return")
    qtbot.waitUntil(lambda: opened.intake.model.lines[0].fate is Fate.ARRIVED, timeout=15_000)
    assert opened.intake.model.fates == {Fate.ARRIVED: 1}
    qtbot.waitUntil(lambda: len(opened.library.reports) == 3)


def test_a_report_is_written_only_where_the_person_says(
    qtbot: QtBot, opened: Ibid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    opened.bringing.bring_in([write(tmp_path / "Reports", 1)])
    until_over(qtbot, opened)
    before = set(tmp_path.rglob("*.csv"))
    button(sheet_of(opened), "Save the report…").click()
    dialog = opened.window.findChild(QFileDialog)
    dialog.selectFile(str(tmp_path / "came in"))
    dialog.accept()
    qtbot.waitUntil((tmp_path / "came in.csv").exists)
    qtbot.waitUntil(lambda: "The report is written: came in.csv" in words_of(sheet_of(opened)))
    assert "Reports/page00.md" in (tmp_path / "came in.csv").read_text(encoding="utf-8-sig")
    assert set(tmp_path.rglob("*.csv")) - before == {tmp_path / "came in.csv"}


def test_locking_forgets_the_names_of_files(qtbot: QtBot, press: Press, opened: Ibid, tmp_path: Path) -> None:
    opened.bringing.bring_in([write(tmp_path / "Reports", 1)])
    until_over(qtbot, opened)
    opened.opening.lock_now()
    assert opened.intake.model.lines == ()
    assert not opened.intake.is_known
    press(opened, "Ctrl+J")
    assert not opened.window.has_sheet


def lines_of(count: int) -> list[IntakeLine]:
    return [
        IntakeLine(n=n, name=f"Reports/{n}.pdf", fate=Fate.FAILED, error="empty-file")
        if n % 5 == 0
        else IntakeLine(n=n, name=f"Reports/{n}.pdf", fate=Fate.ARRIVED, notes=n, problems=(Problem("no-text"),) * (n % 7 == 0))
        for n in range(count)
    ]


def test_the_list_keeps_count_and_shows_all_or_only_problems(qapp: QApplication) -> None:
    model = IntakeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add([f"{n}.pdf" for n in range(40)])
    model.take(lines_of(40)[:20])
    model.show_problems_only(is_on=True)
    model.take(lines_of(40)[20:])
    wanted = [line.n for line in lines_of(40) if line.has_problems]
    assert [model.line(row).n for row in range(model.rowCount())] == wanted
    assert (model.problem_count, model.over_count) == (len(wanted), 40)
    model.show_problems_only(is_on=False)
    assert model.rowCount() == 40
    model.clear()
    assert model.rowCount() == 0
    assert isinstance(tester.model(), QAbstractListModel)


def test_ten_thousand_lines_do_not_stutter(qtbot: QtBot, opened: Ibid) -> None:
    opened.intake._archive = "River"
    opened.bringing.show()
    listed = sheet_of(opened).findChild(QListView)
    worst = 0.0

    def measured(act: Callable[[], object]) -> None:
        nonlocal worst
        begun = time.process_time()  # what it costs us, whatever else the machine is doing
        act()
        QApplication.processEvents()
        listed.grab()
        worst = max(worst, time.process_time() - begun)

    model = opened.intake.model
    measured(lambda: model.add([f"Reports/{n}.pdf" for n in range(10_000)]))
    for line in lines_of(10_000)[::500]:
        measured(lambda line=line: (model.take([line]), opened.intake.changed.emit()))
    measured(lambda: model.take(lines_of(10_000)))
    measured(listed.scrollToBottom)
    measured(lambda: model.show_problems_only(is_on=True))
    assert worst < 0.5
