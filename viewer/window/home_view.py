"""What the middle of the window shows while nothing is being read: where to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.look.label import set_text, text_label
from viewer.look.style import reading_font
from viewer.models.library import Library
from viewer.say.words import say
from viewer.window.actions import Actions

WIDTH_PX = 520


class HomeView(QFrame):
    """Three states: no archive is open, an empty one is, or there is something to read."""

    def __init__(self, library: Library, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "paper")
        self._library, self._actions = library, actions
        self._title = text_label(kind="title", parent=self)
        self._title.setFont(reading_font(26))
        self._text = text_label(kind="quiet", parent=self)
        self._choices = QGridLayout()
        self._choices.setHorizontalSpacing(16)
        self._choices.setVerticalSpacing(10)
        self._choices.setColumnStretch(1, 1)
        holder = QWidget(self)
        holder.setFixedWidth(WIDTH_PX)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self._title)
        inner.addWidget(self._text)
        inner.addSpacing(16)
        inner.addLayout(self._choices)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(holder)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)
        library.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Say what can be done first."""
        archives = self._library.archives
        reports = sum(each.facts.reports for each in archives)
        if not archives:
            self._show(say("home-start-title"), say("home-start-text"), ("open", "new", "sample"))
        elif not reports:
            text = say("home-empty-text" if self._library.writable else "home-empty-read-only-text")
            self._show(archives[0].facts.title, text, ("bring-in",) if self._library.writable else ())
        else:
            title = archives[0].facts.title if len(archives) == 1 else say("home-library-title")
            facts = {
                "reports": reports,
                "sources": sum(each.facts.sources for each in archives),
                "captures": sum(each.facts.captures for each in archives),
            }
            names = ("search", "bring-in", "share") if self._library.writable else ("search", "share")
            self._show(title, say("home-library-text", **facts), names, is_quiet=True)

    def focus_first(self) -> None:
        """Put the cursor on the first choice."""
        if (item := self._choices.itemAtPosition(0, 0)) is not None:
            item.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, title: str, text: str, names: tuple[str, ...], *, is_quiet: bool = False) -> None:
        had_cursor = self.isAncestorOf(self.window().focusWidget() or self.window())
        set_text(self._title, title)
        set_text(self._text, text)
        while (item := self._choices.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for row, name in enumerate(names):
            action = self._actions[name]
            button = QPushButton(action.text(), self)
            button.setMinimumWidth(150)
            button.setProperty("main", "true" if row == 0 and not is_quiet else "false")
            button.clicked.connect(lambda _checked=False, wanted=action: _act(wanted))
            self._choices.addWidget(button, row, 0)
            self._choices.addWidget(text_label(say(f"home-{name}"), kind="quiet", parent=self), row, 1)
        if had_cursor:
            self.focus_first()


def _act(action: QAction) -> None:
    if action.isEnabled():
        action.trigger()
