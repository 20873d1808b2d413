"""One family of icons, one style sheet, type with Cyrillic."""

import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from archive.model.source import SourceState
from viewer.look import style
from viewer.look.icons import icon, icon_of_state, pixmap
from viewer.look.style import RESOURCES
from viewer.look.themes import THEMES, Theme

NAMES = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))
WANTED = [
    "search",
    "back",
    "forward",
    "library",
    "report",
    "source",
    "note",
    "share",
    "import",
    "lock",
    "unlock",
    "theme",
    "text-size",
    "close",
    "check",
    "waiting",
    "gone",
    "refused",
    "partial",
    "saved",
    "no-address",
    "offline",
    "tasks",
    "outline",
    "archive",
    "usb",
    "settings",
    "info",
    "warning",
    "page",
    "copy",
]


def test_every_icon_that_is_wanted_is_there(qapp: QApplication) -> None:
    assert set(WANTED) <= set(NAMES)
    assert {icon_of_state(state) for state in SourceState} <= set(NAMES)
    with pytest.raises(FileNotFoundError):
        icon("nothing", THEMES[0])


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_of_the_family_and_refers_to_nothing(name: str) -> None:
    text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    root = ET.fromstring(text)
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert root.attrib["stroke-width"] == "1.5"
    assert set(re.findall(r"#[0-9a-f]{3,6}|href|url\(|<script|<image", text)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = pixmap(name, "#a2382b", 24, ratio=2.0).toImage()
    assert image.width() == 48
    strong = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert strong
    wanted = QColor("#a2382b")
    for colour in strong:
        assert (
            max(abs(colour.red() - wanted.red()), abs(colour.green() - wanted.green()), abs(colour.blue() - wanted.blue())) <= 2
        )


def test_an_icon_is_sharp_at_every_size_and_quiet_when_disabled(qapp: QApplication) -> None:
    made = icon("search", THEMES[0])
    assert made.actualSize(made.availableSizes()[-1]).width() == 64
    enabled, disabled = (made.pixmap(24, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert enabled != disabled


@pytest.mark.parametrize("chosen", THEMES, ids=lambda chosen: chosen.name)
def test_the_style_sheet_is_filled_in_and_understood(qapp: QApplication, chosen: Theme) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    style.apply(qapp, chosen)
    try:
        assert "$" not in qapp.styleSheet()
        assert chosen.paper in qapp.styleSheet()
        assert qapp.palette().highlightedText().color() == QColor(chosen.ink)
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_type_can_write_cyrillic(qapp: QApplication) -> None:
    cyrillic = QFontDatabase.families(QFontDatabase.WritingSystem.Cyrillic)
    for font in (style.reading_font(12), style.interface_font(9), style.code_font(9)):
        assert font.families()[0] in cyrillic or not cyrillic
    assert style.reading_font(13).pointSizeF() == 13
