"""Web archives and ZIM files brought in from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.archive.web_files import Warc, page, zim
from viewer.dialogs.articles import ArticlesSheet
from viewer.wiring import Ibid

ARTICLES = {f"Порт {n}": f"<html><body><h1>Порт {n}</h1><p>Порт нумар {n} стаіць на рацэ.</p></body></html>" for n in range(450)}


def _seen(program: Ibid) -> list[str]:
    return [label.text() for label in program.window.findChildren(QLabel) if label.isVisible()]


def test_the_pages_of_a_web_archive_come_in_from_the_window(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    file = tmp_path / "piers.warc.gz"
    file.write_bytes(Warc().answer("https://pier.example/a", page("one")).answer("https://pier.example/b", page("two")).bytes())
    opened.bringing.bring_in([file])
    qtbot.waitUntil(lambda: not opened.runner._jobs, timeout=20_000)
    opened.window.close_sheets()
    qtbot.waitUntil(lambda: opened.library.archives[0].facts.captures == 3)


def test_articles_are_filtered_ticked_and_brought_in_by_keyboard(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    opened.bringing.bring_in([zim(tmp_path / "ports.zim", ARTICLES)])
    sheet = opened.window.findChild(ArticlesSheet)
    qtbot.waitUntil(lambda: sheet.model.count == 450, timeout=20_000)
    assert sheet.model.rowCount() == 200, "the rest comes while it is scrolled"
    sheet.model.fetchMore(QModelIndex())
    qtbot.waitUntil(lambda: sheet.model.rowCount() == 400)
    field = sheet.findChild(QLineEdit)
    field.setText("порт 44")
    qtbot.waitUntil(lambda: sheet.model.count == 14)
    sheet._list.setFocus()
    sheet._list.setCurrentIndex(sheet.model.index(0))
    qtbot.keyClick(sheet._list, Qt.Key.Key_Space)
    assert len(sheet.model.chosen) == 1
    field.clear()
    qtbot.waitUntil(lambda: sheet.model.count == 450)
    assert len(sheet.model.chosen) == 1, "what is ticked stays ticked"
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("1 of 1 here" in text for text in _seen(opened)), timeout=20_000)
    sheet.close_sheet()
    qtbot.waitUntil(lambda: len(opened.library.reports) == 3)
    qtbot.waitUntil(lambda: not opened.runner._jobs)


def test_a_zim_file_that_is_none_is_said_in_its_sheet(qtbot: QtBot, opened: Ibid, tmp_path: Path) -> None:
    (tmp_path / "a.zim").write_bytes(b"ZIM\x04 and nothing more")
    opened.bringing.bring_in([tmp_path / "a.zim"])
    qtbot.waitUntil(lambda: any("damaged" in text for text in _seen(opened)), timeout=20_000)
    opened.window.close_sheets()
    qtbot.waitUntil(lambda: not opened.runner._jobs)
