"""Type, spacing and the one style sheet."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from viewer.look.themes import Theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
"""Beside both houses, in a checkout, an installation and a bundle alike."""

GRID_PX = 8
HALF_GRID_PX = 4
INTERFACE_PT = 10.0
READING_PT = 12.5

_READING_FAMILIES = ("Source Serif 4", "PT Serif", "Noto Serif", "Georgia", "Times New Roman", "DejaVu Serif")
_INTERFACE_FAMILIES = ("Inter", "PT Sans", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
_CODE_FAMILIES = ("JetBrains Mono", "PT Mono", "Noto Sans Mono", "Consolas", "Menlo", "DejaVu Sans Mono")


def reading_font(size_pt: float = READING_PT) -> QFont:
    """The serif that documents are set in; a family of ours that this system has, and that has Cyrillic."""
    return _font(_READING_FAMILIES, size_pt, QFont.StyleHint.Serif)


def interface_font(size_pt: float = INTERFACE_PT) -> QFont:
    """The sans that everything around the text is set in."""
    return _font(_INTERFACE_FAMILIES, size_pt, QFont.StyleHint.SansSerif)


def code_font(size_pt: float = INTERFACE_PT) -> QFont:
    """The monospaced face, for code and addresses."""
    return _font(_CODE_FAMILIES, size_pt, QFont.StyleHint.Monospace)


def apply(app: QApplication, chosen: Theme) -> None:
    """Give the whole program this theme: Fusion underneath, our palette, our style sheet.

    Args:
        app: the program; called again when the person chooses another theme.
        chosen: the theme to put on.
    """
    if app.style().name().lower() not in {"fusion", "stylesheet"}:
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(interface_font())
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen))


def palette(chosen: Theme) -> QPalette:
    """The theme as Qt's palette, for everything that the style sheet does not reach."""
    made = QPalette()
    for colour, roles in {
        chosen.chrome: (QPalette.ColorRole.Window, QPalette.ColorRole.Button),
        chosen.paper: (QPalette.ColorRole.Base,),
        chosen.shade: (QPalette.ColorRole.AlternateBase, QPalette.ColorRole.Midlight),
        chosen.card: (QPalette.ColorRole.ToolTipBase, QPalette.ColorRole.Light),
        chosen.ink: (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.ToolTipText,
            QPalette.ColorRole.HighlightedText,
        ),
        chosen.quiet_ink: (QPalette.ColorRole.PlaceholderText,),
        chosen.line: (QPalette.ColorRole.Mid, QPalette.ColorRole.Dark),
        chosen.accent: (QPalette.ColorRole.Link, QPalette.ColorRole.LinkVisited, QPalette.ColorRole.Accent),
        chosen.selection: (QPalette.ColorRole.Highlight,),
    }.items():
        for role in roles:
            made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.quiet_ink))
    return made


def style_sheet(chosen: Theme) -> str:
    """The text of ``resources/styles/ibid.qss`` with the theme's colours in place of its ``$roles``."""
    colours = {role: value for role in chosen.__struct_fields__ if isinstance(value := getattr(chosen, role), str)}
    ground = "dark" if chosen.is_dark else "light"
    drawn = {name: (RESOURCES / "styles" / f"{name}-on-{ground}.svg").as_posix() for name in ("tick", "arrow")}
    return string.Template(_sheet_text()).substitute(colours, **drawn)


@cache
def _sheet_text() -> str:
    return (RESOURCES / "styles" / "ibid.qss").read_text("utf-8")


def _font(families: tuple[str, ...], size_pt: float, hint: QFont.StyleHint) -> QFont:
    font = QFont()
    font.setFamilies(list(_present(families)))
    font.setStyleHint(hint)
    font.setPointSizeF(size_pt)
    return font


@cache
def _present(families: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the families that are installed and can write Cyrillic; all of them when none is, so that the hint decides."""
    cyrillic = set(QFontDatabase.families(QFontDatabase.WritingSystem.Cyrillic))
    return tuple(family for family in families if family in cyrillic) or families
