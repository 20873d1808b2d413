"""When the note card comes and goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from archive.model.footnote import Note
from archive.model.source import SourceState
from viewer.reader.note_card import NoteCard
from viewer.reader.page_view import PageView
from viewer.reader.reading_text import ReadingText

GRACE_MS = 300

Face = ReadingText | PageView


class NoteHover(QObject):
    """Brings the card when the pointer rests on a marker, and takes it away with grace.

    A card that was opened by a click or by Enter stays until Esc, another marker, scrolling or a click elsewhere;
    a second Enter or click on the same marker asks for its source.

    Args:
        faces: the ways in which a document is shown, of which one is seen at a time; the first one to begin with.
        card: is shown beside their markers.

    Signals:
        opened: a card was opened by the person's own act; the number of the note.
    """

    opened = Signal(int)

    def __init__(self, faces: Sequence[Face], card: NoteCard) -> None:
        super().__init__(card)
        self._face, self._card = faces[0], card
        self._notes: Mapping[int, Note] = {}
        self._states: Mapping[str, SourceState] = {}
        self._saved_at: Mapping[str, datetime] = {}
        self._is_pinned = False
        self.comes_on_rest = True
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self.close)
        for face in faces:
            face.marker_rested.connect(self._rested)
            face.marker_left.connect(self._left)
            face.marker_opened.connect(self.open)
            face.escaped.connect(self.close)
            face.verticalScrollBar().valueChanged.connect(self.close)
        card.pointer_entered.connect(self._grace.stop)
        card.pointer_left.connect(self._left)
        card.closed.connect(self._return_focus)
        card.source_wanted.connect(self.close)

    def follow(self, face: Face) -> None:
        """This is what is seen now of the document; a card over the other goes away."""
        self.close()
        self._face = face

    def know(self, notes: Mapping[int, Note], states: Mapping[str, SourceState], saved_at: Mapping[str, datetime]) -> None:
        """These are the notes of the document by number, and the states and dates of their sources by address."""
        self.close()
        self._notes, self._states, self._saved_at = notes, states, saved_at

    def open(self, note: int, place: QRect) -> None:
        """Open the card for good; if it is open at this note already, ask for its first source."""
        if self._card.note is not None and self._card.note.n == note and self._card.open_first_source():
            return
        self._show(note, place)
        self._is_pinned = True
        self.opened.emit(note)

    def close(self) -> None:
        """Take the card away."""
        self._grace.stop()
        self._is_pinned = False
        if not self._card.isHidden():
            had_focus = self._card.isAncestorOf(self._face.window().focusWidget() or self._face)
            self._card.hide()
            if had_focus:
                self._face.setFocus()

    def _return_focus(self) -> None:
        self._face.setFocus()

    def _rested(self, note: int, place: QRect) -> None:
        if self.comes_on_rest and not self._is_pinned:
            self._show(note, place)

    def _left(self) -> None:
        if not self._is_pinned and not self._card.isHidden():
            self._grace.start()

    def _show(self, note: int, place: QRect) -> None:
        shown = self._notes.get(note)
        if shown is None:
            return
        self._grace.stop()
        window = self._face.window()
        if self._card.parentWidget() is not window:
            self._card.setParent(window)
        corner = self._face.viewport().mapTo(window, place.topLeft())
        everything = tuple(self._notes.values())
        self._card.show_note(shown, self._states, self._saved_at, beside=QRect(corner, place.size()), notes=everything)
        self._face.neighbour = self._card.first_button()
