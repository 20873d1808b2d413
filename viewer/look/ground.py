"""The ground of one row of a painted list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from viewer.look.themes import Theme


def paint_ground(
    painter: QPainter,
    option: QStyleOptionViewItem,
    *,
    view: QWidget,
    theme: Theme,
    radius_px: int,
    inset_px: float,
    chosen: str | None = None,
) -> None:
    """A quiet ground where the row is chosen or pointed at, and an edge where it is chosen and the list has the focus.

    Args:
        painter: smooths edges already.
        option: of the row.
        view: the list.
        theme: the colours.
        radius_px: of the corners.
        inset_px: how far the ground stays inside the row above and below.
        chosen: the colour of a chosen row; that of one pointed at without it.
    """
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    ground = QRectF(option.rect).adjusted(0.5, inset_px, -0.5, -inset_px)
    if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen if is_chosen and chosen else theme.shade))
        painter.drawRoundedRect(ground, radius_px, radius_px)
    if is_chosen and view.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent))
        painter.drawRoundedRect(ground, radius_px, radius_px)
