"""A sheet of paper laid over the window: one question, asked inside the window and never in a window of its own.

A window of its own would have a title, a place in the task bar and a shadow of what it says in the window list.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from viewer.look.label import set_text, text_label
from viewer.say.words import say

MARGIN_PX = 32


class Sheet(QWidget):
    """A card in the middle of its host, the rest of which is dimmed and out of reach until the sheet is closed.

    Esc closes it; Tab stays inside. Put things into ``body``, buttons in with :meth:`add_button`.

    Signals:
        closed: the sheet is gone, for whatever reason.
    """

    closed = Signal()

    def __init__(self, host: QWidget, *, title: str, width_px: int = 480) -> None:
        super().__init__(host)
        self._width_px = width_px
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self._card = QFrame(self)
        self._card.setProperty("card", "true")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._notice = text_label("", kind="problem", parent=self._card)
        self._notice.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(MARGIN_PX, 28, MARGIN_PX, 24)
        inner.setSpacing(16)
        self.title = text_label(title, kind="title", parent=self._card)
        inner.addWidget(self.title)
        inner.addLayout(self.body)
        inner.addWidget(self._notice)
        inner.addSpacing(4)
        inner.addLayout(self._buttons)
        host.installEventFilter(self)

    def open(self) -> None:
        """Lay the sheet over the host and put the cursor into its first field."""
        self.setGeometry(self.parentWidget().rect())
        self._place_card()
        self.show()
        self.raise_()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor into the first field that takes it, else on the main button, else on any."""
        stops = self._stops()
        fields = [stop for stop in stops if not isinstance(stop, QPushButton)]
        main = self.main_button()
        chosen = [*fields, *([main] if main in stops else []), *stops, self][0]
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Take the sheet away."""
        self.parentWidget().removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def add_button(self, text: str, *, is_main: bool = False) -> QPushButton:
        """A button in the bottom row; the main one stands out and answers to Enter."""
        button = QPushButton(text, self._card)
        button.setProperty("main", "true" if is_main else "false")
        button.setAutoDefault(False)
        button.setDefault(is_main)
        self._buttons.addWidget(button)
        return button

    def add_cancel(self, text: str | None = None) -> QPushButton:
        """The button that closes the sheet."""
        button = self.add_button(text or say("button-cancel"))
        button.clicked.connect(self.close_sheet)
        return button

    def say_notice(self, text: str) -> None:
        """Show a sentence above the buttons; an empty one takes it away."""
        set_text(self._notice, text)
        self._notice.setVisible(bool(text))
        self._place_card()

    def fit(self) -> None:
        """Give the card the height that its present content needs."""
        self._place_card()

    def main_button(self) -> QPushButton | None:
        """The button that Enter presses."""
        return next((button for button in self._card.findChildren(QPushButton) if button.isDefault()), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
            self._place_card()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter presses the button the cursor is on, else the main one; nothing reaches the window beneath."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            cursor = self.focusWidget()
            button = cursor if isinstance(cursor, QPushButton) else self.main_button()
            if button is not None and button.isEnabled() and button.isVisible():
                button.click()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt calls it so
        """Tab goes round inside the sheet."""
        stops = self._stops()
        if stops:
            here = stops.index(self.focusWidget()) if self.focusWidget() in stops else -1 if forward else 0
            stops[(here + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QEvent) -> None:
        """A click beside the card does nothing: what was typed is not lost by a slip."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim the window beneath."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(20, 18, 15, 110))

    def _stops(self) -> list[QWidget]:
        """What Tab visits, in the order in which it was made."""
        return [
            child
            for child in self._card.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and child.isEnabled()
            and child.isVisibleTo(self)
            and not isinstance(child, QScrollArea)
        ]

    def _place_card(self) -> None:
        width = min(self._width_px, max(280, self.width() - 2 * MARGIN_PX))
        layout = self._card.layout()
        assert isinstance(layout, QLayout)
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        height = min(height, self.height() - 2 * MARGIN_PX)
        top = max(MARGIN_PX, (self.height() - height) // 3)
        self._card.setGeometry((self.width() - width) // 2, top, width, height)
