"""Sheets over the window, by keyboard: Tab stays inside, Esc leaves, Enter goes on; what they ask and what they tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archive import words
from archive.errors import TargetExists, WrongPassphrase
from archive.model.sharing import ArchiveFacts, Fault, MergeReport, ShareReport, VerifyReport
from archive.progress import Step
from viewer.dialogs.about import AboutSheet, KeysSheet
from viewer.dialogs.choose_archive import ChooseArchiveSheet
from viewer.dialogs.files import choose_folder, send_settings_nowhere
from viewer.dialogs.merge import MergeSheet
from viewer.dialogs.new_archive import NewArchiveSheet, folder_name
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.preferences import PreferencesSheet
from viewer.dialogs.share import ShareSheet
from viewer.dialogs.sheet import Sheet
from viewer.dialogs.unlock import UnlockSheet
from viewer.dialogs.verify import VerifySheet
from viewer.models.preferences import Preferences

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

HOSTILE = "<img src='file:///etc/passwd'>\u202eibid"
FACTS = ArchiveFacts(
    title=HOSTILE, is_locked=False, is_writable=True, format=1000, volumes=1, reports=2, sources=5, captures=3, size_bytes=4096
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.choose_language("en")


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 700)
    host.show()
    return host


def open_sheet(sheet: Sheet) -> Sheet:
    sheet.open()
    QApplication.processEvents()
    return sheet


def said(sheet: Sheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet))


def button(sheet: Sheet, text: str) -> QPushButton:
    return next(each for each in sheet.findChildren(QPushButton) if each.text() == text)


def test_tab_goes_round_inside_the_sheet_and_escape_closes_it(qtbot: QtBot, host: QWidget) -> None:
    beneath = QLineEdit(host)
    beneath.show()
    sheet = open_sheet(UnlockSheet(host, name="Belarus 2025"))
    for _ in range(8):
        assert sheet.isAncestorOf(host.window().focusWidget())
        qtbot.keyClick(host.window().focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(host.window().focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_wrong_passphrase_is_one_sentence_and_may_be_typed_again(qtbot: QtBot, host: QWidget) -> None:
    sheet = open_sheet(UnlockSheet(host, name="Belarus 2025"))
    field = sheet.findChild(QLineEdit)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "six words")
    with qtbot.waitSignal(sheet.given) as given:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert given.args == ["six words"]
    sheet.refuse(WrongPassphrase())
    assert "This passphrase does not open the archive." in said(sheet)
    assert field.isEnabled()
    assert field.selectedText() == "six words"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Belarus 2025", "Belarus 2025.ibid"),
        ("Беларусь: 2025?", "Беларусь  2025.ibid"),
        ("../../etc/passwd", "etc passwd.ibid"),
        ("...", "Ibid.ibid"),
        ("", "Ibid.ibid"),
    ],
)
def test_a_title_becomes_a_folder_name_that_every_system_takes(title: str, name: str) -> None:
    assert folder_name(title) == name


def test_a_new_locked_archive_wants_a_title_and_the_passphrase_twice(qtbot: QtBot, host: QWidget, tmp_path: Path) -> None:
    sheet = open_sheet(NewArchiveSheet(host, place=tmp_path))
    title, first, second = sheet.findChildren(QLineEdit)
    make = button(sheet, "Make it")
    qtbot.keyClicks(title, "Belarus")
    qtbot.keyClicks(first, "six words")
    qtbot.keyClicks(second, "six wor")
    assert not make.isEnabled()
    assert "not the same yet" in said(sheet)
    qtbot.keyClicks(second, "ds")
    with qtbot.waitSignal(sheet.wanted) as wanted:
        qtbot.keyClick(second, Qt.Key.Key_Return)
    assert wanted.args == [tmp_path / "Belarus.ibid", "Belarus", "six words"]


def test_an_archive_without_a_lock_asks_for_no_passphrase(qtbot: QtBot, host: QWidget, tmp_path: Path) -> None:
    sheet = open_sheet(NewArchiveSheet(host, place=tmp_path))
    qtbot.keyClicks(sheet.findChildren(QLineEdit)[0], "Belarus")
    sheet.findChild(QCheckBox).setChecked(False)
    with qtbot.waitSignal(sheet.wanted) as wanted:
        button(sheet, "Make it").click()
    assert wanted.args[2] is None


def test_safe_to_unplug_is_said_of_a_verified_copy_only(qtbot: QtBot, host: QWidget, tmp_path: Path) -> None:
    for is_verified in (True, False):
        sheet = open_sheet(ShareSheet(host, facts=FACTS, selected="A report", place=tmp_path))
        with qtbot.waitSignal(sheet.wanted) as wanted:
            button(sheet, "Write").click()
        assert wanted.args[0].parent == tmp_path
        sheet.show_step(Step(1, 4))
        assert "Safe to unplug" not in said(sheet)
        sheet.show_result(
            ShareReport(archive="copy.ibid", volumes=1, documents=2, objects=7, size_bytes=4096, is_verified=is_verified)
        )
        assert ("Safe to unplug" in said(sheet)) is is_verified


def test_a_refused_copy_may_be_tried_elsewhere(host: QWidget, tmp_path: Path) -> None:
    sheet = open_sheet(ShareSheet(host, facts=FACTS, selected=None, place=tmp_path))
    button(sheet, "Write").click()
    sheet.refuse(TargetExists())
    assert "already there" in said(sheet)
    assert button(sheet, "Write").isEnabled()


def test_merging_says_what_there_is_before_and_what_came_of_it_after(qtbot: QtBot, host: QWidget) -> None:
    sheet = open_sheet(MergeSheet(host, giver=FACTS, receiver="Belarus"))
    assert "2 reports, 5 sources, 3 saved copies" in said(sheet)
    with qtbot.waitSignal(sheet.wanted):
        button(sheet, "Merge").click()
    sheet.show_result(MergeReport(new=3, same=1, differing=0, refused=2))
    assert "3 things came in." in said(sheet)
    assert "2 things were refused" in said(sheet)


def test_a_check_names_its_faults(host: QWidget) -> None:
    whole = open_sheet(VerifySheet(host, archive="Belarus"))
    whole.show_result(VerifyReport(faults=(), documents=2, objects=7))
    assert "2 documents and 7 objects" in said(whole)
    broken = open_sheet(VerifySheet(host, archive="Belarus"))
    known = next(name for name in sorted(words.identifiers("en")) if name.startswith("fault-"))
    faults = (Fault(known.removeprefix("fault-"), "volume-0001.ibv", "a1b2"),)
    broken.show_result(VerifyReport(faults=faults, documents=2, objects=7))
    assert "1 fault was found." in said(broken)


def test_preferences_change_only_when_they_are_confirmed(qtbot: QtBot, host: QWidget) -> None:
    sheet = open_sheet(PreferencesSheet(host, preferences=Preferences()))
    button(sheet, "Беларуская").click()
    button(sheet, "Dark").click()
    with qtbot.waitSignal(sheet.wanted) as wanted:
        button(sheet, "Done").click()
    assert (wanted.args[0].language, wanted.args[0].theme, wanted.args[0].text_pt) == ("be", "dark", Preferences().text_pt)


def test_enter_presses_the_button_that_the_cursor_is_on(qtbot: QtBot, host: QWidget) -> None:
    sheet = open_sheet(VerifySheet(host, archive="Belarus"))
    sheet.refuse(TargetExists())
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(host.window().focusWidget(), Qt.Key.Key_Return)


def test_what_ibid_cannot_do_is_said_in_the_window(host: QWidget) -> None:
    text = said(open_sheet(AboutSheet(host, version="0.1.0")))
    assert "There is no second, false password." in text
    assert "GPL-3.0-or-later" in text


def test_foreign_words_are_plain_in_every_sheet(host: QWidget, tmp_path: Path) -> None:
    sheets = [
        UnlockSheet(host, name=HOSTILE),
        ChooseArchiveSheet(host, titles=[HOSTILE, "Mine"], chosen=1),
        ShareSheet(host, facts=FACTS, selected=HOSTILE, place=tmp_path),
        MergeSheet(host, giver=FACTS, receiver=HOSTILE),
        VerifySheet(host, archive=HOSTILE),
        KeysSheet(host, keys=[(HOSTILE, "Ctrl+L")]),
        NoticeSheet(host, title=HOSTILE, text=HOSTILE),
    ]
    for sheet in sheets:
        open_sheet(sheet).grab()
        for label in sheet.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText
            assert "\u202e" not in label.text()


def test_a_file_dialog_leaves_nothing_on_this_computer(
    qtbot: QtBot, host: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    send_settings_nowhere()
    chosen: list[Path] = []
    dialog = choose_folder(host, chosen=chosen.append, label="Open")
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.windowTitle() == "Ibid"
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()
    QSettings("QtProject", "QtProject").sync()
    QApplication.processEvents()
    assert not list(tmp_path.rglob("*.conf"))
    assert chosen == []
