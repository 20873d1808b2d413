"""What was found: how much, how the question was taken, other spellings, and the hits."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archive.model.hit import Answer, Spelling
from archive.understood import sentence
from viewer.look.label import set_text, text_label
from viewer.look.plain import plain
from viewer.look.themes import Theme
from viewer.models.results import ResultRole, ResultsModel
from viewer.say.words import say, say_number
from viewer.search.result_painter import ResultPainter

WIDEST_PX = 860
_SPELLINGS_SHOWN = 5


class _HitList(QListView):
    """The list itself: Enter opens, Up from the first hit leaves for the line above."""

    left_upwards = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew, which Qt thinks of only where rows lie side by side."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the hit, Up on the first one and Esc go back to the line."""
        is_first = self.currentIndex().row() <= 0
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif (event.key() == Qt.Key.Key_Up and is_first) or event.key() == Qt.Key.Key_Escape:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)


class ResultsView(QWidget):
    """The answer to a question.

    Signals:
        hit_opened: the Hit the person wants to read.
        spelling_chosen: ask with this spelling too.
        line_wanted: back to the line to ask in.
    """

    hit_opened = Signal(object)
    spelling_chosen = Signal(str)
    line_wanted = Signal()

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._count = text_label(kind="heading", parent=self)
        self._understood = text_label(kind="hint", parent=self)
        self._spellings = QHBoxLayout()
        self._list = _HitList(self, frameShape=QFrame.Shape.NoFrame)
        self._painter = ResultPainter(self._list, theme)
        self._nothing = _page_of_nothing(self)
        self._pages = QStackedWidget(self)
        self._build()
        self._join()

    def show_answer(self, answer: Answer) -> None:
        """List a new answer from its first hit."""
        self._painter.forget()
        self._model.show(answer)
        set_text(self._count, say_count(answer))
        is_otherwise = _simplified(answer.written) != _simplified(answer.question)
        set_text(
            self._understood, say("results-understood", understood=plain(sentence(answer.understood))) if is_otherwise else ""
        )
        self._understood.setVisible(is_otherwise and bool(answer.understood))
        self._offer(answer.spellings[:_SPELLINGS_SHOWN])
        self._pages.setCurrentIndex(0 if answer.hits else 1)
        if answer.hits:
            self._list.setCurrentIndex(self._model.index(0))
            self._list.scrollToTop()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._painter.set_theme(theme)
        self._list.viewport().update()

    def focus_list(self) -> None:
        """Put the cursor on the chosen hit."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Choose the next or the previous hit and open it."""
        row = self._list.currentIndex().row() + by
        if 0 <= row < self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(row))
            self._open(self._model.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines of a readable length on a wide window."""
        side = max(24, (event.size().width() - WIDEST_PX) // 2)
        self.layout().setContentsMargins(side, 24, side - 8, 0)
        self._painter.forget()

    def _build(self) -> None:
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._painter)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(say("results-name"))
        self._list.verticalScrollBar().setSingleStep(24)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._nothing)
        self._spellings.setSpacing(8)
        self._count.setContentsMargins(16, 0, 0, 0)
        self._understood.setContentsMargins(16, 0, 0, 0)
        self._spellings.setContentsMargins(16, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addWidget(self._count)
        column.addWidget(self._understood)
        column.addLayout(self._spellings)
        column.addSpacing(4)
        column.addWidget(self._pages, 1)

    def _join(self) -> None:
        self._list.activated.connect(self._open)
        self._list.clicked.connect(self._open)
        self._list.left_upwards.connect(self.line_wanted)

    def _open(self, index: QModelIndex) -> None:
        self.hit_opened.emit(index.data(ResultRole.HIT))

    def _offer(self, spellings: tuple[Spelling, ...]) -> None:
        while (item := self._spellings.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        if not spellings:
            return
        self._spellings.addWidget(text_label(say("results-spellings"), kind="hint", parent=self))
        for spelling in spellings:
            button = QPushButton(f"{plain(spelling.text)}  {say_number(spelling.count)}".replace("&", "&&"), self)
            button.setProperty("flat", "true")
            button.setToolTip(say("results-spelling-tip"))
            button.clicked.connect(lambda _checked=False, text=spelling.text: self.spelling_chosen.emit(text))
            self._spellings.addWidget(button)
        self._spellings.addStretch(1)


def say_count(answer: Answer) -> str:
    """How many documents answer, in words."""
    if not answer.count:
        return say("results-none-count")
    return say("results-count" if answer.is_exact else "results-count-about", count=answer.count)


def _simplified(text: str) -> str:
    return " ".join(text.casefold().replace("(", " ").replace(")", " ").split())


def _page_of_nothing(parent: QWidget) -> QWidget:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 40, 16, 16)
    column.setSpacing(10)
    column.addWidget(text_label(say("results-none-title"), kind="title", parent=page))
    column.addWidget(text_label(say("results-none-text"), kind="quiet", parent=page))
    column.addStretch(1)
    return page
