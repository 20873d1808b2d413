"""What Ibid is, what it cannot do, and how it is used without a mouse."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.say.words import say

_LIMITS = ("hide", "force", "records", "erase", "memory", "screen", "proof", "rollback")


class AboutSheet(Sheet):
    """The program in a sentence, the honest list of its limits, its licence."""

    def __init__(self, host: QWidget, *, version: str) -> None:
        super().__init__(host, title=say("about-title"), width_px=600)
        holder, column = _page(self)
        column.addWidget(text_label(say("about-text"), parent=holder))
        column.addSpacing(8)
        column.addWidget(text_label(say("about-limits"), kind="heading", parent=holder))
        for limit in _LIMITS:
            column.addWidget(text_label(say(f"about-cannot-{limit}"), parent=holder))
        column.addSpacing(8)
        column.addWidget(text_label(say("about-licence", version=version), kind="hint", parent=holder))
        column.addStretch(1)
        self.body.addWidget(_scrolled(self, holder))
        self.add_cancel(say("button-done"))


class KeysSheet(Sheet):
    """Every action that has a key, in the order of the menu.

    Args:
        host: the window.
        keys: what an action does, and its key as it is printed on this computer.
    """

    def __init__(self, host: QWidget, *, keys: list[tuple[str, str]]) -> None:
        super().__init__(host, title=say("keys-title"), width_px=520)
        holder, column = _page(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, (words, key) in enumerate(keys):
            grid.addWidget(text_label(words, parent=holder), row, 0)
            grid.addWidget(text_label(key, kind="quiet", parent=holder), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self.body.addWidget(_scrolled(self, holder))
        self.add_cancel(say("button-done"))


def _page(sheet: Sheet) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget(sheet)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 12, 0)
    column.setSpacing(10)
    return holder, column


def _scrolled(sheet: Sheet, holder: QWidget) -> QScrollArea:
    scroll = QScrollArea(sheet, widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
    scroll.setWidget(holder)
    scroll.setMinimumHeight(380)
    scroll.viewport().setAutoFillBackground(False)
    holder.setAutoFillBackground(False)
    return scroll
