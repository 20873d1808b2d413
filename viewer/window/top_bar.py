"""The bar above the zones: the name, the line to ask in, and a few buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from viewer.look.icons import icon
from viewer.look.label import text_label
from viewer.look.themes import Theme
from viewer.say.words import say
from viewer.search.search_bar import SearchBar
from viewer.window.actions import Actions

HEIGHT_PX = 60
_BUTTONS = ("back", "forward", "contents", "page", "larger", "theme", "sources", "lock")


class TopBar(QFrame):
    """One line to ask in, in the middle; everything else keeps quiet beside it."""

    def __init__(self, search_bar: SearchBar, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "true")
        self.setFixedHeight(HEIGHT_PX)
        self.search_bar = search_bar
        self._name = text_label("Ibid", kind="title", parent=self)
        self._name.setWordWrap(False)
        font = self._name.font()
        font.setItalic(True)
        self._name.setFont(font)
        self.search_bar.setMaximumWidth(720)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self._name)
        row.addSpacing(24)
        row.addWidget(self._button(actions, "library"))
        row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self.search_bar, 8)
        row.addStretch(1)
        for name in _BUTTONS:
            row.addWidget(self._button(actions, name))
        self._more = QToolButton(self)
        self._more.setIconSize(QSize(20, 20))
        self._more.setToolTip(f"{say('menu-name')}  F10")
        self._more.setAccessibleName(say("menu-name"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(actions.menu(self))
        row.addWidget(self._more)
        self.set_theme(theme)

    def menu(self) -> QMenu:
        """The quiet menu with everything."""
        return self._more.menu()

    def open_menu(self) -> None:
        """Show the menu, for the keyboard."""
        self._more.showMenu()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme; the buttons follow their actions."""
        self.search_bar.set_theme(theme)
        self._more.setIcon(icon("more", theme))

    def _button(self, actions: Actions, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(actions[name])
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(actions[name].text())
        return button
