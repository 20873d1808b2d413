"""What stands above the hits: how many, how the question was taken, other spellings, what was chosen, and in which order they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from archive.model.hit import Answer, FacetName, Offer, Order, Question, Spelling
from archive.understood import sentence
from viewer.look.flow import FlowLayout
from viewer.look.label import set_text, text_label
from viewer.look.plain import plain
from viewer.say.words import say, say_number
from viewer.search.facets_list import chosen_of, say_value

_CITES = "cites:"


class ResultsHead(QWidget):
    """The lines above the hits.

    Signals:
        spelling_ticked: a Spelling, and whether it is asked for too.
        offer_chosen: ask this instead.
        value_dropped: a FacetName and a value: do not narrow by it any more.
        order_chosen: an Order.
        exact_chosen: whether words are meant as they are written.
        facets_wanted: show or hide what can be narrowed by.
        save_wanted, csv_wanted: keep the question; write the hits as a table.
    """

    spelling_ticked = Signal(object, bool)
    offer_chosen = Signal(str)
    value_dropped = Signal(object, str)
    order_chosen = Signal(object)
    exact_chosen = Signal(bool)
    facets_wanted = Signal(bool)
    save_wanted = Signal()
    csv_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = text_label(kind="heading", parent=self)
        self._count.setWordWrap(False)
        self._understood = text_label(kind="hint", parent=self)
        self._spellings, self._chosen = FlowLayout(gap_px=10), FlowLayout()
        self._order = self._button("")
        self._facets = self._button(say("facets-name"))
        self._facets.setCheckable(True)
        self._more = self._button(say("results-more"))
        self._orders = QActionGroup(self)
        self._exact = QAction(say("results-exact"), self, checkable=True)
        self._build()

    def show_answer(
        self, answer: Answer, question: Question, *, spellings: Sequence[Spelling], ticked: Sequence[Spelling], heading: str = ""
    ) -> None:
        """Say what this answer is.

        Args:
            answer: what was answered.
            question: what was asked, with what it narrows by.
            spellings: those that are offered.
            ticked: those among them that are asked for.
            heading: said before the count, where the hits answer no typed question.
        """
        set_text(self._count, f"{heading} · {say_count(answer)}" if heading else say_count(answer))
        is_otherwise = not heading and _simplified(answer.written) != _simplified(answer.question)
        set_text(
            self._understood, say("results-understood", understood=plain(sentence(answer.understood))) if is_otherwise else ""
        )
        self._understood.setVisible(is_otherwise and bool(answer.understood))
        self._offer(spellings, ticked, answer.offers)
        self._show_chosen(question)
        for part in (self._order, self._more):
            part.setVisible(not heading)
        self._order.setText(say("results-order", order=say(f"order-{question.order}")))
        for action in self._orders.actions():
            action.setChecked(action.data() == question.order)
        self._exact.setChecked(question.is_exact)

    def follow_facets(self, *, is_shown: bool, is_there: bool) -> None:
        """What can be narrowed by is shown now or not; there may be nothing."""
        self._facets.setVisible(is_there)
        self._facets.setChecked(is_shown)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._count, 1)
        for button in (self._order, self._more, self._facets):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._understood)
        column.addLayout(self._spellings)
        column.addLayout(self._chosen)
        orders = QMenu(self._order)
        for order in Order:
            action = orders.addAction(say(f"order-{order}"))
            action.setCheckable(True)
            action.setData(order)
            action.triggered.connect(lambda _checked=False, order=order: self.order_chosen.emit(order))
            self._orders.addAction(action)
        self._order.setMenu(orders)
        more = QMenu(self._more)
        more.addAction(self._exact)
        more.addSeparator()
        more.addAction(say("results-save"), self.save_wanted.emit)
        more.addAction(say("results-csv"), self.csv_wanted.emit)
        self._more.setMenu(more)
        self._exact.triggered.connect(self.exact_chosen)
        self._facets.clicked.connect(self.facets_wanted)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("flat", "true")
        return button

    def _offer(self, spellings: Sequence[Spelling], ticked: Sequence[Spelling], offers: Sequence[Offer]) -> None:
        self._spellings.clear()
        word = None
        for spelling in spellings:
            if spelling.word != word or word is None:
                word = spelling.word
                words = say("results-spellings-of", word=plain(word)) if word else say("results-spellings")
                label = text_label(words, kind="hint", parent=self)
                label.setWordWrap(False)
                self._add(self._spellings, label)
            box = QCheckBox(f"{plain(spelling.text)}  {say_number(spelling.count)}".replace("&", "&&"), self)
            box.setToolTip(say("results-spelling-tip"))
            box.setChecked(spelling in ticked)
            box.toggled.connect(lambda is_on, spelling=spelling: self.spelling_ticked.emit(spelling, is_on))
            self._add(self._spellings, box)
        for offer in offers:
            words = say("results-offer-cites", count=offer.count) if offer.text.startswith(_CITES) else plain(offer.text)
            button = self._button(words.replace("&", "&&"))
            button.clicked.connect(lambda _checked=False, text=offer.text: self.offer_chosen.emit(text))
            self._add(self._spellings, button)

    def _show_chosen(self, question: Question) -> None:
        self._chosen.clear()
        for name, value in chosen_of(question):
            words = say("facet-chip", facet=say(f"facet-{name}"), value=say_value(name, value))
            chip = QPushButton(f"{words}  ×".replace("&", "&&"), self)
            chip.setProperty("choice", "true")
            chip.setAccessibleName(say("facet-drop", value=words))
            chip.setToolTip(say("facet-drop", value=words))
            chip.clicked.connect(lambda _checked=False, name=name, value=value: self.value_dropped.emit(FacetName(name), value))
            self._add(self._chosen, chip)

    @staticmethod
    def _add(flow: FlowLayout, widget: QWidget) -> None:
        flow.addWidget(widget)
        widget.show()


def say_count(answer: Answer) -> str:
    """How many documents answer, exactly or at least, in words."""
    if not answer.count:
        return say("results-none-count")
    number = say_number(answer.count)
    return say("results-count", count=answer.count, number=number if answer.is_exact else f"{number}+")


def _simplified(text: str) -> str:
    return " ".join(text.casefold().replace("(", " ").replace(")", " ").split())
