"""Our own icons: one family on a grid of 24 by 24, strokes of 1.5, tinted by the theme.

Only files of ``resources/icons`` are ever drawn here: an SVG from a document or a page is not a picture to this program.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from archive.model.source import SourceState
from viewer.look.style import RESOURCES
from viewer.look.themes import Theme

_SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
_OF_STATE = {SourceState.FAILED: "warning", SourceState.NO_ADDRESS: "no-address"}


def icon(name: str, chosen: Theme, *, role: str = "ink") -> QIcon:
    """The icon of that name in a colour of the theme; quieter when disabled, sharp on any screen.

    Args:
        name: a file of ``resources/icons`` without its ending.
        chosen: the theme.
        role: which of the theme's colours, by name.

    Raises:
        FileNotFoundError: there is no such icon (a bug).
    """
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, getattr(chosen, role)), (QIcon.Mode.Disabled, chosen.quiet_ink)):
        for size_px in _SIZES_PX:
            made.addPixmap(_drawn(name, colour, size_px, opacity=0.5 if mode == QIcon.Mode.Disabled else 1.0), mode)
    return made


def pixmap(name: str, colour: str, size_px: int, *, ratio: float = 1.0) -> QPixmap:
    """The icon of that name as a picture, ``size_px`` wide and high in a screen's own units.

    Args:
        name: a file of ``resources/icons`` without its ending.
        colour: ``#rrggbb``.
        size_px: the side in device-independent pixels.
        ratio: device pixels per pixel of the screen it goes to.
    """
    made = QPixmap(_drawn(name, colour, round(size_px * ratio)))
    made.setDevicePixelRatio(ratio)
    return made


def icon_of_state(state: SourceState) -> str:
    """The name of the icon that stands for a source's state."""
    return _OF_STATE.get(state, state.value)


@cache
def _drawn(name: str, colour: str, side_px: int, *, opacity: float = 1.0) -> QPixmap:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_bytes().replace(b"currentColor", QColor(colour).name().encode())
    made = QPixmap(side_px, side_px)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return made
