"""Everything the window can do, each with its words, its key and its icon."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from viewer.look.icons import icon
from viewer.look.themes import Theme
from viewer.say.words import say

# Name, keys, icon of its button in the bar ("" where it has none). A row None is a line in the menu.
_ROWS: tuple[tuple[str, tuple[str, ...], str] | None, ...] = (
    ("search", ("Ctrl+L", "/"), ""),
    ("find", ("Ctrl+F",), ""),
    ("contents", ("Ctrl+Shift+O",), "outline"),
    ("page", ("F8",), "page"),
    ("find-next", ("F3", "Ctrl+G"), ""),
    ("find-previous", ("Shift+F3", "Ctrl+Shift+G"), ""),
    ("next-result", ("Alt+Down",), ""),
    ("previous-result", ("Alt+Up",), ""),
    ("like", ("Ctrl+Shift+M",), ""),
    ("shares-sources", ("Ctrl+Shift+U",), ""),
    ("collect", ("Ctrl+D",), ""),
    ("back", ("Alt+Left",), "back"),
    ("forward", ("Alt+Right",), "forward"),
    None,
    ("open", ("Ctrl+O",), ""),
    ("new", ("Ctrl+N",), ""),
    ("sample", (), ""),
    ("bring-in", ("Ctrl+I",), ""),
    ("bring-in-folder", ("Ctrl+Shift+I",), ""),
    ("bring-in-list", ("Ctrl+J",), ""),
    ("share", ("Ctrl+Shift+S",), ""),
    ("export", ("Ctrl+Shift+E",), ""),
    ("merge", ("Ctrl+M",), ""),
    ("verify", ("Ctrl+Shift+K",), ""),
    None,
    ("library", ("F9",), "library"),
    ("sources", ("Ctrl+E",), "source"),
    ("look", ("F7",), ""),
    ("evidence", ("Shift+F7",), ""),
    ("print", ("Ctrl+P",), ""),
    ("work-list", ("Ctrl+Shift+W",), ""),
    ("next-zone", ("F6",), ""),
    ("larger", ("Ctrl++", "Ctrl+="), "text-size"),
    ("smaller", ("Ctrl+-",), ""),
    ("usual-size", ("Ctrl+0",), ""),
    ("theme", ("Ctrl+T",), "theme"),
    None,
    ("preferences", ("Ctrl+,",), ""),
    ("keys", ("Ctrl+?", "F2"), ""),
    ("about", ("F1",), ""),
    ("lock", ("Ctrl+Shift+L",), "lock"),
    ("quit", ("Ctrl+Q",), ""),
)
_ALWAYS = frozenset({"lock", "quit"})
_WITH_ARCHIVE = frozenset({
    "search",
    "share",
    "verify",
    "export",
    "merge",
    "bring-in",
    "bring-in-folder",
    "next-result",
    "previous-result",
    "library",
    "sources",
    "work-list",
})
_WITH_DOCUMENT = frozenset({"find", "find-next", "find-previous", "contents", "like", "shares-sources", "collect"})


class Actions:
    """The actions of one window, by name; once the window has them, their keys work wherever the cursor is.

    Args:
        theme: for the icons.
    """

    def __init__(self, theme: Theme) -> None:
        self._by_name: dict[str, QAction] = {}
        for row in _ROWS:
            if row is not None:
                name, keys, _icon = row
                action = QAction(say(f"action-{name}"))
                action.setShortcuts([QKeySequence(key) for key in keys])
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                action.setMenuRole(QAction.MenuRole.NoRole)
                key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                action.setToolTip(f"{say(f'action-{name}')}  {key}".strip())
                self._by_name[name] = action
        self["library"].setCheckable(True)
        self["page"].setCheckable(True)
        self["sources"].setCheckable(True)
        self["library"].setChecked(True)
        self.set_theme(theme)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def all(self) -> list[QAction]:
        """Every action, in the order of the menu."""
        return list(self._by_name.values())

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in another theme."""
        for row in _ROWS:
            if row is not None and row[2]:
                self._by_name[row[0]].setIcon(icon(row[2], theme))

    def follow(
        self,
        *,
        has_archive: bool,
        has_document: bool,
        is_writable: bool,
        is_asking: bool,
        has_pages: bool = False,
        has_capture: bool = False,
        has_look: bool = False,
    ) -> None:
        """Enable what can be done now.

        Args:
            has_archive: an archive is open.
            has_document: a document is being read.
            is_writable: an open archive takes changes.
            is_asking: a sheet is open; only locking and leaving are possible then.
            has_pages: the document being read can be shown as its pages look.
            has_capture: a saved source stands beside.
            has_look: it is shown as it looked.
        """
        for name, action in self._by_name.items():
            may = name in _ALWAYS or not is_asking
            may = may and (has_archive or name not in _WITH_ARCHIVE | {"lock"})
            may = may and (has_document or name not in _WITH_DOCUMENT)
            may = may and (has_pages or name != "page")
            may = may and (has_capture or name not in {"look", "evidence"}) and (has_look or name != "print")
            may = may and (is_writable or name not in {"bring-in", "bring-in-folder", "merge", "collect"})
            if name not in {"back", "forward"} or is_asking:
                action.setEnabled(may)

    def menu(self, parent: QWidget) -> QMenu:
        """All actions in one quiet menu."""
        menu = QMenu(parent)
        for row in _ROWS:
            if row is None:
                menu.addSeparator()
            elif row[0] not in {"find-next", "find-previous", "next-zone"}:
                action = self._by_name[row[0]]
                menu.addAction(action)
        for action in menu.actions():
            action.setIconVisibleInMenu(False)
        return menu

    def keys(self) -> list[tuple[str, str]]:
        """What each action does and the key that does it, those without a key left out."""
        rows = [self._by_name[row[0]] for row in _ROWS if row is not None]
        return [
            (action.text(), ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()))
            for action in rows
            if action.shortcuts()
        ]
