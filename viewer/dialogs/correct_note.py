"""Putting right what was read wrongly in a note: where it ends, which marker means it, where it leads."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archive.address import normalise
from archive.errors import AddressRefused
from archive.model.correction import (
    Correction,
    EditAddress,
    JoinNotes,
    PairMarker,
    SplitNote,
    anchor_marker,
    anchor_note,
    words_before,
)
from archive.model.document import Passage
from archive.model.footnote import Citation, Note
from viewer.dialogs.sheet import Sheet
from viewer.look.label import text_label
from viewer.look.plain import plain, plain_text
from viewer.say.notices import say_error
from viewer.say.words import say

_LONGEST_CHOICE = 60
_MOST_LONELY = 40


class Text(msgspec.Struct, frozen=True):
    """The document as it is now: all passages, all notes, and the corrections made so far."""

    passages: Sequence[Passage]
    notes: Sequence[Note]
    corrections: Sequence[Correction] = ()


class CorrectNoteSheet(Sheet):
    """One note with everything about it that can be put right; each button acts at once, and what it did can be taken back.

    Args:
        host: the window.
        text: the document.
        note: the number of the note, None where the person began at a marker that means none.
        marker: the passage and place of that marker.

    Signals:
        correction_wanted: a Correction.
        undo_wanted: take back the newest correction of the document.
    """

    correction_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, host: QWidget, *, text: Text, note: int | None, marker: tuple[int, int] | None = None) -> None:
        label = (
            text.notes[note].label if note is not None else text.passages[marker[0]].markers[marker[1]].label if marker else ""
        )
        title = say("correct-title" if note is not None else "correct-marker-title", label=plain(label))
        super().__init__(host, title=title, width_px=600)
        self._text, self._note, self._marker = text, note, marker
        names = [f"{plain(each.label)}   {_shortened(each.text)}" for each in text.notes]
        self._choices = QStringListModel([say("correct-means-none"), *names], self)
        holder = QWidget(self)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        if note is not None:
            self._add_text(text.notes[note])
        self._add_markers()
        if note is not None:
            self._add_citations(text.notes[note])
        self._column.addStretch(1)
        scroll = QScrollArea(self, widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(holder)
        scroll.setMinimumHeight(min(520, holder.sizeHint().height() + 8))
        scroll.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        self.body.addWidget(scroll)
        if text.corrections:
            undo = self.add_button(say("correct-undo", count=len(text.corrections)))
            undo.clicked.connect(self.undo_wanted)
        self.add_cancel(say("button-done"))

    def _add_text(self, note: Note) -> None:
        self._heading(say("correct-text"))
        self._words = QPlainTextEdit(plain_text(note.text), self, readOnly=True)
        self._words.setAccessibleName(say("correct-text"))
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(min(150, 40 + 22 * (len(note.text) // 70)))
        self._column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._new_label = QLineEdit(self, placeholderText=say("correct-label"), maxLength=12)
        self._new_label.setAccessibleName(say("correct-label"))
        self._new_label.setFixedWidth(120)
        split = self._button(say("correct-split"), self._split)
        self._words.cursorPositionChanged.connect(lambda: self._follow_cursor(split))
        self._follow_cursor(split)
        row.addWidget(split)
        row.addWidget(self._new_label)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(text_label(say("correct-split-hint"), kind="hint", parent=self))
        if note.n + 1 < len(self._text.notes):
            following = self._text.notes[note.n + 1]
            join = self._button(say("correct-join", label=plain(following.label)), self._join)
            self._column.addWidget(join, 0, Qt.AlignmentFlag.AlignLeft)
            self._column.addWidget(text_label(_shortened(following.text), kind="hint", parent=self))

    def _follow_cursor(self, split: QPushButton) -> None:
        """Offer the label that stands at the cursor, if one does."""
        at = self._words.textCursor().position()
        split.setEnabled(0 < at < len(self._words.toPlainText()))
        rest = self._words.toPlainText()[at:].lstrip().split(maxsplit=1)
        label = rest[0].strip(".)[]:") if rest else ""
        if label and (label.isdecimal() or not label[0].isalnum()) and len(label) <= 4:
            self._new_label.setText(label)

    def _add_markers(self) -> None:
        places = [
            (passage.n, index)
            for passage in self._text.passages
            for index, marker in enumerate(passage.markers)
            if (self._note is not None and marker.note == self._note) or (passage.n, index) == self._marker
        ]
        lonely = [
            (passage.n, index)
            for passage in self._text.passages
            for index, marker in enumerate(passage.markers)
            if marker.note is None and (passage.n, index) not in places
        ]
        shown = places + (lonely[:_MOST_LONELY] if self._note is not None else [])
        if not shown:
            return
        self._heading(say("correct-markers"))
        for passage, index in shown:
            self._add_marker(passage, index)

    def _add_marker(self, passage: int, index: int) -> None:
        marker = self._text.passages[passage].markers[index]
        words = f"…{plain(words_before(self._text.passages[passage], index))} [{plain(marker.label)}]"
        self._column.addWidget(text_label(words, kind="hint", parent=self))
        choice = QComboBox(self)
        choice.setAccessibleName(say("correct-means", label=plain(marker.label)))
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setModel(self._choices)
        choice.setCurrentIndex(0 if marker.note is None else marker.note + 1)
        choice.activated.connect(lambda at, place=(passage, index): self._pair(place, at - 1))
        self._column.addWidget(choice)

    def _add_citations(self, note: Note) -> None:
        if not note.citations:
            return
        self._heading(say("correct-addresses"))
        for citation in note.citations:
            self._column.addWidget(text_label(_shortened(citation.text, longest=160), kind="hint", parent=self))
            row = QHBoxLayout()
            row.setSpacing(8)
            line = QLineEdit(plain(citation.address or ""), self, placeholderText=say("correct-no-address"))
            line.setAccessibleName(say("correct-address"))
            line.setCursorPosition(0)
            set_it = self._button(say("correct-set"), lambda citation=citation, line=line: self._edit(citation, line))
            set_it.setEnabled(False)
            line.textEdited.connect(lambda _text, button=set_it: button.setEnabled(True))
            row.addWidget(line, 1)
            row.addWidget(set_it)
            self._column.addLayout(row)

    def _split(self) -> None:
        assert self._note is not None
        at = _code_points(self._words)
        self.correction_wanted.emit(
            SplitNote(anchor_note(self._text.notes, self._note), at, self._new_label.text().strip() or "*")
        )

    def _join(self) -> None:
        assert self._note is not None
        self.correction_wanted.emit(JoinNotes(anchor_note(self._text.notes, self._note)))

    def _pair(self, place: tuple[int, int], note: int) -> None:
        if self._text.passages[place[0]].markers[place[1]].note == (None if note < 0 else note):
            return
        marker = anchor_marker(self._text.passages, *place)
        self.correction_wanted.emit(PairMarker(marker, None if note < 0 else anchor_note(self._text.notes, note)))

    def _edit(self, citation: Citation, line: QLineEdit) -> None:
        assert self._note is not None
        typed = line.text().strip()
        try:
            address = normalise(typed) if typed else None
        except AddressRefused as error:
            self.say_notice(say_error(error))
            return
        self.correction_wanted.emit(EditAddress(anchor_note(self._text.notes, self._note), citation.text, address))

    def _heading(self, words: str) -> None:
        self._column.addWidget(text_label(words, kind="heading", parent=self))

    def _button(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: do())  # type: ignore[operator]
        return button


def _shortened(text: str, *, longest: int = _LONGEST_CHOICE) -> str:
    words = " ".join(plain(text).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _code_points(words: QPlainTextEdit) -> int:
    """Where the cursor stands, in code points: Qt counts in UTF-16."""
    cursor = QTextCursor(words.document())
    cursor.setPosition(words.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
    return len(cursor.selectedText())
