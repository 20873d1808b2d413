"""Language, theme, size of text."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QSlider, QWidget

from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.look.themes import THEMES
from viewer.models.preferences import LARGEST_PT, SMALLEST_PT, Preferences
from viewer.say.words import LANGUAGES, say


class _Choice(QWidget):
    """A few words side by side, of which one is chosen.

    Args:
        parent: the sheet.
        words: what is offered, by value.
        chosen: the value to begin with.
    """

    def __init__(self, parent: QWidget, *, words: dict[str, str], chosen: str) -> None:
        super().__init__(parent)
        self._values = list(words)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, (value, text) in enumerate(words.items()):
            button = QPushButton(text, self, checkable=True, checked=value == chosen)
            button.setProperty("choice", "true")
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)

    @property
    def chosen(self) -> str:
        """The value chosen."""
        return self._values[self._group.checkedId()]

    def focus_chosen(self) -> None:
        """Put the cursor on the words chosen."""
        self._group.checkedButton().setFocus(Qt.FocusReason.OtherFocusReason)


class PreferencesSheet(Sheet):
    """Offers every preference at once; nothing changes until it is confirmed.

    Signals:
        wanted: the new Preferences.
    """

    wanted = Signal(object)

    def __init__(self, host: QWidget, *, preferences: Preferences) -> None:
        super().__init__(host, title=say("preferences-title"), width_px=600)
        self._before = preferences
        self._language = _Choice(self, words=LANGUAGES, chosen=preferences.language)
        themes = {theme.name: say(f"theme-{theme.name}") for theme in THEMES}
        self._theme = _Choice(self, words=themes, chosen=preferences.theme)
        self._size = QSlider(Qt.Orientation.Horizontal, self, minimum=int(2 * SMALLEST_PT), maximum=int(2 * LARGEST_PT))
        self._size.setValue(round(2 * preferences.text_pt))
        self._size.setAccessibleName(say("preferences-text-size"))
        self._size_words = text_label(kind="quiet", parent=self)
        self._size_words.setMinimumWidth(56)
        self._cards = QCheckBox(say("preferences-note-cards"), self, checked=preferences.has_note_cards)
        self._margin = QCheckBox(say("preferences-margin-notes"), self, checked=preferences.has_margin_notes)
        self._build()
        self._size.valueChanged.connect(self._say_size)
        self._say_size()

    def focus_first(self) -> None:
        """Put the cursor on the language chosen."""
        self._language.focus_chosen()

    def _build(self) -> None:
        size = QHBoxLayout()
        size.addWidget(self._size, 1)
        size.addWidget(self._size_words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(("language", "theme", "text-size")):
            grid.addWidget(text_label(say(f"preferences-{name}"), kind="quiet", parent=self), row, 0)
        grid.addWidget(self._language, 0, 1)
        grid.addWidget(self._theme, 1, 1)
        grid.addLayout(size, 2, 1)
        self.body.addLayout(grid)
        self.body.addSpacing(4)
        self.body.addWidget(self._cards)
        self.body.addWidget(self._margin)
        self.body.addWidget(text_label(say("preferences-forgotten"), kind="hint", parent=self))
        self.add_cancel()
        self.add_button(say("button-done"), is_main=True).clicked.connect(self._want)

    def _say_size(self) -> None:
        set_text(self._size_words, say("preferences-points", points=self._size.value() / 2))

    def _want(self) -> None:
        self.close_sheet()
        self.wanted.emit(
            msgspec.structs.replace(
                self._before,
                language=self._language.chosen,
                theme=self._theme.chosen,
                text_pt=self._size.value() / 2,
                has_note_cards=self._cards.isChecked(),
                has_margin_notes=self._margin.isChecked(),
            )
        )
