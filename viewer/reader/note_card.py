"""The card beside a marker: the note, what it points at, what became of that, and the ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from archive.model.footnote import SURE, Citation, Note, repeats
from archive.model.source import SourceState
from viewer.look.icons import icon, icon_of_state, pixmap
from viewer.look.paper import PlainBox
from viewer.look.plain import plain, plain_host
from viewer.look.style import GRID_PX, HALF_GRID_PX, interface_font, reading_font
from viewer.look.themes import Theme
from viewer.say.words import say_date

_SHADOW_PX = 12
_INNER_PX = 384
_LEFT_PX = 32
_BUTTON_PX = 136
_TEXT_LIMIT_PX = 190
_CITATIONS_LIMIT_PX = 190


class NoteCard(QWidget):
    """Floats over the window beside a marker, and never leaves the window or the screen.

    Enter opens the first source, Tab walks the buttons, Esc closes.

    Signals:
        source_wanted: the address of a source to open.
        note_wanted: the number of the note to go to, at the end of the document.
        correct_wanted: the number of a note to be put right.
        pointer_entered, pointer_left: for whoever decides when the card goes.
        closed: the card went away by its own keys.
    """

    source_wanted = Signal(str)
    note_wanted = Signal(int)
    correct_wanted = Signal(int)
    pointer_entered = Signal()
    pointer_left = Signal()
    closed = Signal()

    def __init__(self, say: Callable[..., str], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._theme = say, theme
        self._note: Note | None = None
        self._notes: Sequence[Note] = ()
        self.is_correctable = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        self.hide()

    @property
    def note(self) -> Note | None:
        """The note shown, None when the card is away."""
        return self._note if not self.isHidden() else None

    def set_theme(self, theme: Theme) -> None:
        """Follow the theme; a card that is open goes away."""
        self._theme = theme
        self.hide()

    def show_note(
        self,
        note: Note,
        states: Mapping[str, SourceState],
        saved_at: Mapping[str, datetime],
        *,
        beside: QRect,
        notes: Sequence[Note] = (),
    ) -> None:
        """Show a note beside a rectangle of the parent.

        Args:
            note: what the marker means.
            states: of sources by address; an address that is missing waits.
            saved_at: when the newest capture of an address was taken, where there is one.
            beside: the marker, in the parent's coordinates.
            notes: all notes of the document, to say which of them this one repeats.
        """
        self._note, self._notes = note, notes
        self._label.setText(plain(note.label))
        self._words.show_words(
            note.text, font=reading_font(10.5), colour=self._theme.ink, width_px=_INNER_PX, limit_px=_TEXT_LIMIT_PX
        )
        self._show_citations(note, states, saved_at)
        self._doubt.setVisible(note.paired and note.confidence < SURE)
        self._doubt.setStyleSheet(f"color: {self._theme.of_state(SourceState.PARTIAL)};")
        self._correct.setVisible(self.is_correctable)
        self._go.setIcon(icon("note", self._theme, role="accent"))
        self._label.setStyleSheet(f"color: {self._theme.accent};")
        self.layout().activate()
        self.adjustSize()
        self.move(self._place(beside))
        self.raise_()
        self.show()

    def forget(self) -> None:
        """Go away and keep nothing of what was shown."""
        self.hide()
        self._note, self._notes = None, ()
        self._label.clear()
        self._words.clear()
        self._clear_citations()

    def first_button(self) -> QPushButton:
        """Where Tab comes in."""
        return self._list.findChild(QPushButton) or self._go

    def open_first_source(self) -> bool:
        """Ask for the first source of the note shown; whether there is one."""
        addresses = (
            [citation.address for citation in self._note.citations if citation.address] if self.note and self._note else []
        )
        if addresses:
            self.source_wanted.emit(addresses[0])
        return bool(addresses)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, from any button."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        """The pointer has come over: stay."""
        super().enterEvent(event)  # type: ignore[arg-type]
        self.pointer_entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone."""
        super().leaveEvent(event)
        self.pointer_left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card and its soft shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect()).adjusted(_SHADOW_PX, _SHADOW_PX, -_SHADOW_PX, -_SHADOW_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 18 if self._theme.is_dark else 4))
        for spread in range(_SHADOW_PX - 2, 0, -1):
            painter.drawRoundedRect(face.adjusted(-spread, -spread + 3, spread, spread + 1), 8 + spread, 8 + spread)
        painter.setBrush(QColor(self._theme.card))
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawRoundedRect(face.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def _build(self) -> None:
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        font = interface_font(10)
        font.setBold(True)
        self._label.setFont(font)
        self._label.setFixedWidth(_LEFT_PX - HALF_GRID_PX)
        self._words = PlainBox()
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID_PX)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(self._list)
        self._list.setAutoFillBackground(False)
        self._go = self._button("reading-go-to-note", lambda: self._note and self.note_wanted.emit(self._note.n))
        line = QFrame()
        line.setProperty("line", True)  # noqa: FBT003 - a property's value for the style sheet
        top = QHBoxLayout()
        top.setSpacing(HALF_GRID_PX)
        top.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._words)
        self._doubt = QLabel(self._say("reading-unsure"))
        self._doubt.setTextFormat(Qt.TextFormat.PlainText)
        self._doubt.setFont(interface_font(9))
        self._doubt.setWordWrap(True)
        self._correct = self._button("reading-correct", lambda: self._note and self.correct_wanted.emit(self._note.n))
        foot = QHBoxLayout()
        foot.addWidget(self._correct)
        foot.addStretch(1)
        foot.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setSpacing(GRID_PX)
        edge = _SHADOW_PX + GRID_PX + HALF_GRID_PX
        column.setContentsMargins(edge, edge, edge, _SHADOW_PX + HALF_GRID_PX)
        column.addLayout(top)
        column.addWidget(self._doubt)
        column.addWidget(line)
        column.addWidget(self._scroll)
        column.addLayout(foot)

    def _show_citations(self, note: Note, states: Mapping[str, SourceState], saved_at: Mapping[str, datetime]) -> None:
        self._clear_citations()
        for citation in note.citations:
            state = states.get(citation.address, SourceState.WAITING) if citation.address else SourceState.NO_ADDRESS
            self._rows.addWidget(self._row(citation, state, saved_at.get(citation.address or "")))
        if not note.citations:
            self._rows.addWidget(self._row(None, SourceState.NO_ADDRESS, None))
        for number in range(self._rows.count()):
            self._rows.itemAt(number).widget().show()  # a card that is open already would count them as hidden until later
        self._list.layout().activate()
        self._scroll.setFixedHeight(min(_CITATIONS_LIMIT_PX, self._list.sizeHint().height()))

    def _clear_citations(self) -> None:
        while self._rows.count():
            gone = self._rows.takeAt(0).widget()
            gone.setParent(None)
            gone.deleteLater()

    def _row(self, citation: Citation | None, state: SourceState, taken_at: datetime | None) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        sign = QLabel()
        sign.setFixedWidth(_LEFT_PX - GRID_PX)
        sign.setPixmap(pixmap(icon_of_state(state), self._theme.of_state(state), 18, ratio=self.devicePixelRatioF()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        address = citation.address if citation else None
        title = plain(citation.title) if citation and citation.title else ""
        host = plain_host(address) if address else ""
        state_words = self._say(f"reading-state-{state.value.replace('_', '-')}")
        if taken_at is not None and state in {SourceState.SAVED, SourceState.PARTIAL}:
            state_words = self._say("reading-state-on", state=state_words, date=say_date(taken_at))
        words = QVBoxLayout()
        words.setSpacing(0)
        width_px = _INNER_PX - (_BUTTON_PX if address else 0)
        if title or host:
            words.addWidget(_elided(title or host, interface_font(10), self._theme.ink, width_px))
        beneath = " · ".join(filter(None, (host if title else "", plain(citation.pages or "") if citation else "")))
        for line in (beneath, self._repeats(citation)):
            if line:
                words.addWidget(_elided(line, interface_font(9), self._theme.quiet_ink, width_px))
        words.addWidget(_elided(state_words, interface_font(9), self._theme.of_state(state), width_px))
        row.addLayout(words, 1)
        if address:
            row.addWidget(
                self._button("reading-open-source", lambda: self.source_wanted.emit(address)), 0, Qt.AlignmentFlag.AlignTop
            )
        return made

    def _repeats(self, citation: Citation | None) -> str:
        """Which note a citation repeats, and through which others it says so."""
        if citation is None or not (chain := [plain(note.label) for note in repeats(citation, self._notes)]):
            return ""
        if len(chain) == 1:
            return self._say("reading-repeats", note=chain[0])
        return self._say("reading-repeats-through", note=chain[-1], through=", ".join(chain[:-1]))

    def _button(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._say(words))
        button.setProperty("flat", True)  # noqa: FBT003 - a property's value for the style sheet
        button.setFont(interface_font(9.5))
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _place(self, beside: QRect) -> QPoint:
        """Under the marker, or over it where there is no room; inside the parent and inside the screen."""
        parent = self.parentWidget()
        room = parent.rect()
        screen = QGuiApplication.screenAt(parent.mapToGlobal(beside.center())) or parent.screen()
        seen = screen.availableGeometry()
        room = room.intersected(QRect(parent.mapFromGlobal(seen.topLeft()), seen.size())) or room
        size = self.size()
        left = beside.center().x() - _SHADOW_PX - GRID_PX * 4
        left = max(room.left(), min(left, room.right() - size.width() + 1))
        below, above = beside.bottom() - _SHADOW_PX + HALF_GRID_PX, beside.top() - size.height() + _SHADOW_PX - HALF_GRID_PX
        top = below if below + size.height() <= room.bottom() + _SHADOW_PX or above < room.top() - _SHADOW_PX else above
        return QPoint(left, max(room.top(), min(top, room.bottom() - size.height() + 1)))


def _elided(words: str, font: object, colour: str, width_px: int) -> QLabel:
    """One line of plain words, cut with an ellipsis at the width."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font)  # type: ignore[arg-type]
    label.setStyleSheet(f"color: {colour};")
    label.setText(label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width_px))
    label.setAccessibleName(words)
    return label
