"""What was found: the lines above, the hits with their passages, and what they can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from archive.model.hit import Answer, Facets, FoundPassage, Hit, Question, Spelling
from viewer.look.label import text_label
from viewer.look.themes import Theme
from viewer.models.results import ResultRole, ResultsModel
from viewer.say.words import say
from viewer.search.facets_list import WIDTH_PX, FacetsList
from viewer.search.result_painter import ResultPainter
from viewer.search.results_head import ResultsHead

WIDEST_PX = 860
_SPELLINGS_SHOWN = 6
_FACETS_FROM_PX = 760


class _HitList(QListView):
    """The list itself: Enter opens, Right unfolds, Left folds, Up from the first hit leaves for the line above.

    Signals:
        left_upwards: back to the line.
        menu_wanted: where on the screen, for the row that is chosen.
    """

    left_upwards = Signal()
    menu_wanted = Signal(QPoint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew, which Qt thinks of only where rows lie side by side."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the hit, Right and Left unfold and fold it, Up on the first one and Esc go back to the line."""
        here = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and here.isValid():
            self.activated.emit(here)
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left} and here.isValid():
            self.turn(here, is_open=event.key() == Qt.Key.Key_Right)
        elif (event.key() == Qt.Key.Key_Up and here.row() <= 0) or event.key() == Qt.Key.Key_Escape:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the number of passages unfolds them; anywhere else it opens."""
        at = event.position().toPoint()
        index, painter = self.indexAt(at), self.itemDelegate()
        assert isinstance(painter, ResultPainter)
        is_fold = index.isValid() and painter.fold_place(self.visualRect(index), index).contains(at)
        if event.button() == Qt.MouseButton.LeftButton and is_fold:
            self.turn(index, is_open=not index.data(ResultRole.IS_UNFOLDED))
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or by key of the one that is chosen."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            where = self.viewport().mapToGlobal(self.visualRect(index).center()) if is_by_key else event.globalPos()
            self.menu_wanted.emit(where)

    def turn(self, index: QModelIndex, *, is_open: bool) -> None:
        """Unfold or fold the hit of a row."""
        model = self.model()
        assert isinstance(model, ResultsModel)
        if is_open:
            model.unfold(index.row())
        else:
            self.setCurrentIndex(model.index(model.fold(index.row())))


class ResultsView(QWidget):
    """The answer to a question.

    Signals:
        hit_opened: the Hit the person wants to read.
        passage_opened: a Hit and one FoundPassage of it.
        line_wanted: back to the line to ask in.
        menu_wanted: a Hit, the FoundPassage or None, and where on the screen.
        value_toggled: a FacetName and a value: narrow by it, or no more.
    """

    hit_opened = Signal(object)
    passage_opened = Signal(object, object)
    line_wanted = Signal()
    menu_wanted = Signal(object, object, QPoint)
    value_toggled = Signal(object, str)

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self.head = ResultsHead(self)
        self._list = _HitList(self, frameShape=QFrame.Shape.NoFrame)
        self.facets = FacetsList(theme, self)
        self._are_facets_wanted: bool | None = None
        self._painter = ResultPainter(self._list, theme)
        self._nothing = _page_of_nothing(self)
        self._pages = QStackedWidget(self)
        self._build()
        self._join()

    def show_answer(
        self,
        answer: Answer,
        question: Question | None = None,
        *,
        spellings: Sequence[Spelling] | None = None,
        ticked: Sequence[Spelling] = (),
        archives: Sequence[str] = (),
        heading: str = "",
    ) -> None:
        """List a new answer from its first hit.

        Args:
            answer: what was answered.
            question: what was asked; without one, what the answer says it was.
            spellings: those that are offered; without them, those of the answer.
            ticked: those that are asked for.
            archives: the titles of the open archives.
            heading: said before the count, where the hits answer no typed question.
        """
        self._painter.forget()
        self._model.show(answer, archives=archives)
        offered = (answer.spellings if spellings is None else spellings)[:_SPELLINGS_SHOWN]
        self.head.show_answer(
            answer, question or Question(text=answer.question), spellings=offered, ticked=ticked, heading=heading
        )
        if heading:
            self.show_facets(None, Question(text=""))
        elif question is not None:
            self.facets.show_chosen(question)
        self._pages.setCurrentIndex(0 if answer.hits else 1)
        if answer.hits:
            self._list.setCurrentIndex(self._model.index(0))
            self._list.scrollToTop()

    def show_facets(self, facets: Facets | None, question: Question) -> None:
        """List what the answer can be narrowed by."""
        self.facets.show_facets(facets, question)
        self._place_facets()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._painter.set_theme(theme)
        self.facets.set_theme(theme)
        self._list.viewport().update()

    def focus_list(self) -> None:
        """Put the cursor on the chosen hit."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> bool:
        """Choose the next or the previous hit or passage and open it; whether there was one."""
        row = self._list.currentIndex().row() + by
        if not 0 <= row < self._model.rowCount():
            return False
        self._list.setCurrentIndex(self._model.index(row))
        self._open(self._model.index(row))
        return True

    def step_document(self, hit: Hit, by: int) -> bool:
        """Choose the hit after or before this one and open it; whether there was one."""
        hits = self._model.hits
        at = next((number for number, each in enumerate(hits) if each is hit), None)
        if at is None or not 0 <= at + by < len(hits):
            return False
        row = self._model.row_of(hits[at + by])
        assert row is not None
        self._list.setCurrentIndex(self._model.index(row))
        self.hit_opened.emit(hits[at + by])
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines of a readable length on a wide window."""
        super().resizeEvent(event)
        self._place_facets()

    def _place_facets(self) -> None:
        is_wide = self.width() >= _FACETS_FROM_PX
        is_shown = not self.facets.is_empty and (is_wide if self._are_facets_wanted is None else self._are_facets_wanted)
        self.facets.setVisible(is_shown)
        self.head.follow_facets(is_shown=is_shown, is_there=not self.facets.is_empty)
        side = max(24 if is_wide else 8, (self.width() - WIDEST_PX - (WIDTH_PX if is_wide else 0)) // 2)
        self.layout().setContentsMargins(side, 24, max(side - 8, 0), 0)
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
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._pages, 1)
        below.addWidget(self.facets)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addLayout(below, 1)
        self.facets.hide()
        self.head.follow_facets(is_shown=False, is_there=False)

    def _join(self) -> None:
        self._list.activated.connect(self._open)
        self._list.clicked.connect(self._open)
        self._list.left_upwards.connect(self.line_wanted)
        self._list.menu_wanted.connect(self._want_menu)
        self.facets.value_toggled.connect(self.value_toggled)
        self.facets.left.connect(self.focus_list)
        self.head.value_dropped.connect(self.value_toggled)
        self.head.facets_wanted.connect(self._turn_facets)

    def _turn_facets(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot of clicked(bool)
        self._are_facets_wanted = is_shown
        self._place_facets()
        if is_shown:
            self.facets.focus_here()

    def _open(self, index: QModelIndex) -> None:
        hit, passage = index.data(ResultRole.HIT), index.data(ResultRole.PASSAGE)
        if isinstance(passage, FoundPassage):
            self.passage_opened.emit(hit, passage)
        elif index.data(ResultRole.ORDINAL) is None:
            self.hit_opened.emit(hit)

    def _want_menu(self, where: QPoint) -> None:
        index = self._list.currentIndex()
        self.menu_wanted.emit(index.data(ResultRole.HIT), index.data(ResultRole.PASSAGE), where)


def _page_of_nothing(parent: QWidget) -> QWidget:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 40, 16, 16)
    column.setSpacing(10)
    column.addWidget(text_label(say("results-none-title"), kind="title", parent=page))
    column.addWidget(text_label(say("results-none-text"), kind="quiet", parent=page))
    column.addStretch(1)
    return page
