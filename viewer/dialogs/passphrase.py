"""Fields for a passphrase: one to open with, two to lock with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from viewer.look.label import text_label
from viewer.say.words import say


def passphrase_field(name: str, *, parent: QWidget) -> QLineEdit:
    """A field that hides what is typed and keeps it out of input methods' memories."""
    field = QLineEdit(parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
    )
    return field


class LockChoice(QWidget):
    """Locked with a passphrase (typed twice), or open.

    Signals:
        changed: the choice or the passphrase is another.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, *, is_locked: bool = True) -> None:
        super().__init__(parent)
        self._is_locked = QCheckBox(say("lock-choice"), self, checked=is_locked)
        self._first = passphrase_field(say("passphrase"), parent=self)
        self._second = passphrase_field(say("passphrase-again"), parent=self)
        self._shown = QCheckBox(say("passphrase-show"), self)
        self._hint = text_label("", kind="hint", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self._is_locked, self._first, self._second, self._shown, self._hint):
            column.addWidget(widget)
        for signal in (self._is_locked.toggled, self._first.textChanged, self._second.textChanged):
            signal.connect(self._follow)
        self._shown.toggled.connect(self._show_typed)
        self._follow()

    @property
    def passphrase(self) -> str | None:
        """The passphrase typed, None for an open archive."""
        return self._first.text() if self._is_locked.isChecked() else None

    @property
    def is_complete(self) -> bool:
        """Whether the choice can be acted upon."""
        return not self._is_locked.isChecked() or (bool(self._first.text()) and self._first.text() == self._second.text())

    def _follow(self) -> None:
        is_locked = self._is_locked.isChecked()
        for widget in (self._first, self._second, self._shown):
            widget.setVisible(is_locked)
        differs = is_locked and bool(self._second.text()) and self._first.text() != self._second.text()
        if differs:
            self._hint.setText(say("passphrase-differs"))
        else:
            self._hint.setText(say("lock-hint-locked") if is_locked else say("lock-hint-open"))
        self.changed.emit()

    def _show_typed(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot of toggled(bool)
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self._first.setEchoMode(mode)
        self._second.setEchoMode(mode)
