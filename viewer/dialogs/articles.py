"""Choosing articles of a ZIM file, which may hold thousands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QProgressBar, QPushButton, QWidget

from archive.model.document import Problem
from archive.model.saved import ArticleEntries, ArticleEntry
from archive.progress import Step
from viewer.dialogs.sheet import Sheet
from viewer.look.label import set_text, text_label
from viewer.models.articles import ArticlesModel
from viewer.say.notices import say_error, say_problem
from viewer.say.words import say
from viewer.work.debounce import Debounce

_QUIET_MS = 150


class ArticlesSheet(Sheet):
    """Shows the articles, filtered by words of their titles; the person ticks those that shall come in.

    Args:
        host: the window.
        name: of the file.

    Signals:
        words_wanted: list the articles with these words in their titles, from this place on. Answer with :meth:`show_articles`.
        all_wanted: tick all articles that have these words. Answer with :meth:`choose`.
        wanted: bring these in (numbers, ``#12``).
        cancel_wanted: the person does not want the rest.
    """

    words_wanted = Signal(str, int)
    all_wanted = Signal(str)
    wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, host: QWidget, *, name: str) -> None:
        super().__init__(host, title=say("articles-title", name=name), width_px=560)
        self._is_coming = False
        self._failures: list[str] = []
        self.model = ArticlesModel(self)
        self._filter = QLineEdit(self, placeholderText=say("articles-filter"), enabled=False)
        self._filter.setAccessibleName(say("articles-filter"))
        self._list = QListView(self, uniformItemSizes=True)
        self._list.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of rows are measured a few at a time
        self._list.setAccessibleName(say("articles-title", name=name))
        self._list.setProperty("ticks", "true")
        self._list.setMinimumHeight(300)
        self._list.setModel(self.model)
        self._shown = text_label(say("articles-listing"), kind="quiet", parent=self)
        self._chosen = text_label("", kind="quiet", parent=self)
        self._all = QPushButton(say("articles-choose-all"), self, enabled=False)
        self._none = QPushButton(say("articles-choose-none"), self, enabled=False)
        self._progress = QProgressBar(self, textVisible=False, maximum=0)
        self._leave = self.add_cancel()
        self._go = self.add_button(say("button-bring-in"), is_main=True)
        self._go.setEnabled(False)
        self._asking = Debounce(lambda: self.words_wanted.emit(self._filter.text(), 0), quiet_ms=_QUIET_MS, parent=self)
        self._build()
        self._join()

    @property
    def words(self) -> str:
        """The words of the title that were typed."""
        return str(self._filter.text())

    def show_listed(self, problems: Sequence[Problem]) -> None:
        """The file is listed: words can be typed now."""
        self._progress.hide()
        for widget in (self._filter, self._all, self._none):
            widget.setEnabled(True)
        self._filter.setFocus()
        self.say_notice("\n".join(say_problem(problem) for problem in problems))
        self.words_wanted.emit("", 0)

    def show_articles(self, found: ArticleEntries, *, first: int) -> None:
        """The articles that answer, from the ``first`` on."""
        if first:
            self.model.go_on(found)
        else:
            self.model.show(found)
        set_text(self._shown, say("articles-shown", count=found.count))

    def choose(self, entries: tuple[ArticleEntry, ...]) -> None:
        """Tick these."""
        self.model.choose(entries)

    def show_step(self, step: Step) -> None:
        """It has come this far."""
        self._progress.setMaximum(step.total or 0)
        self._progress.setValue(step.done)
        if self._is_coming:
            set_text(self._shown, say("articles-come", done=step.done, total=step.total or 0))

    def say_failure(self, name: str, error: Exception) -> None:
        """One article did not come in; the others go on."""
        self._failures.append(f"{name}: {say_error(error)}")
        self.say_notice("\n".join(self._failures[-3:]))

    def show_done(self, came: int) -> None:
        """All are in, or have failed."""
        self._is_coming = False
        self._progress.hide()
        set_text(self._shown, say("articles-come", done=came, total=len(self.model.chosen)))
        self._leave.setText(say("button-done"))
        self._leave.setFocus()

    def refuse(self, error: Exception) -> None:
        """The file cannot be read."""
        self._is_coming = False
        self._progress.hide()
        set_text(self._shown, "")
        self.say_notice(say_error(error))

    def close_sheet(self) -> None:
        """Leave; what has not begun yet is not begun."""
        self.cancel_wanted.emit()
        super().close_sheet()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._shown, 1)
        row.addWidget(self._chosen)
        buttons = QHBoxLayout()
        for button in (self._all, self._none):
            button.setProperty("flat", "true")
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addWidget(self._filter)
        self.body.addWidget(self._list, 1)
        self.body.addLayout(row)
        self.body.addLayout(buttons)
        self.body.addWidget(self._progress)

    def _join(self) -> None:
        self._filter.textChanged.connect(lambda _text: self._asking.poke())
        self.model.more_wanted.connect(lambda first: self.words_wanted.emit(self._filter.text(), first))
        self.model.chosen_changed.connect(self._follow)
        self._all.clicked.connect(lambda: self.all_wanted.emit(self._filter.text()))
        self._none.clicked.connect(self.model.choose_none)
        self._go.clicked.connect(self._begin)

    def _follow(self) -> None:
        count = len(self.model.chosen)
        set_text(self._chosen, say("articles-chosen", count=count))
        self._go.setEnabled(count > 0 and not self._is_coming)

    def _begin(self) -> None:
        self._is_coming = True
        for widget in (self._filter, self._list, self._all, self._none, self._go):
            widget.setEnabled(False)
        self._progress.show()
        self.wanted.emit(self.model.chosen)
