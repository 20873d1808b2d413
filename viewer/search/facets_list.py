"""In which ways the documents that answer can be narrowed: a painted list of values with their counts, of which any can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from archive.model.hit import FacetName, Facets, Question
from viewer.look.icons import pixmap
from viewer.look.plain import plain
from viewer.look.style import interface_font
from viewer.look.themes import Theme
from viewer.say.words import say, say_number

Index = QModelIndex | QPersistentModelIndex

WIDTH_PX = 216
_FIRST_VALUES = 6
_MOST_VALUES = 60
_ROW_PX, _HEADING_PX, _SIDE_PX, _BOX_PX = 26, 34, 10, 14
_ROW = Qt.ItemDataRole.UserRole + 1
_SAID = frozenset({FacetName.ROLE, FacetName.LANGUAGE, FacetName.STATE})

CHOSEN = {
    FacetName.ROLE: "roles",
    FacetName.LANGUAGE: "languages",
    FacetName.PUBLISHER: "publishers",
    FacetName.SITE: "sites",
    FacetName.YEAR: "years",
    FacetName.STATE: "states",
    FacetName.COLLECTION: "collections",
}
"""In which field of a question what was chosen of each facet stands."""


def say_value(name: FacetName, value: str) -> str:
    """A value as a person reads it."""
    if not value:
        return say("facet-none")
    if name in _SAID:
        words = say(f"facet-value-{name}-{value}")
        return words[:1].upper() + words[1:]
    return plain(value)


def chosen_of(question: Question) -> list[tuple[FacetName, str]]:
    """What a question narrows by, in the order of the facets."""
    return [(name, str(value)) for name, field in CHOSEN.items() for value in getattr(question, field)]


class _Row:
    """A heading (``value`` None), a value, or the line that shows more of a facet (``value`` None, ``is_more``)."""

    def __init__(self, name: FacetName, value: str | None, count: int = 0, *, is_more: bool = False) -> None:
        self.name, self.value, self.count, self.is_more = name, value, count, is_more

    @property
    def is_heading(self) -> bool:
        return self.value is None and not self.is_more


class _FacetsModel(QAbstractListModel):
    """Headings and values in one list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self.facets: Facets | None = None
        self._chosen: set[tuple[FacetName, str]] = set()
        self._whole: set[FacetName] = set()

    def show(self, facets: Facets | None, chosen: set[tuple[FacetName, str]]) -> None:
        """List these facets; a facet with one value that nobody chose narrows nothing and is left out."""
        self.beginResetModel()
        self.facets, self._chosen = facets, chosen
        self._rows = []
        for facet in facets.facets if facets else ():
            values = [each for each in facet.values if (facet.name, each.value) in chosen] + [
                each for each in facet.values if (facet.name, each.value) not in chosen
            ]
            if len(values) < 2 and not any((facet.name, each.value) in chosen for each in values):
                continue
            most = _MOST_VALUES if facet.name in self._whole else _FIRST_VALUES
            self._rows.append(_Row(facet.name, None))
            self._rows += [_Row(facet.name, each.value, each.count) for each in values[:most]]
            if len(values) > most and facet.name not in self._whole:
                self._rows.append(_Row(facet.name, None, len(values) - most, is_more=True))
        self.endResetModel()

    def show_whole(self, name: FacetName) -> None:
        """Show all values of a facet, up to what a list can be read of."""
        self._whole.add(name)
        self.show(self.facets, self._chosen)

    def is_chosen(self, row: _Row) -> bool:
        """Whether it was chosen."""
        return row.value is not None and (row.name, row.value) in self._chosen

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is immutable
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and self._rows[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words for screen readers, the row for the painter."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            words = say_row(row)
            if row.value is None:
                return words
            return say("facet-spoken-chosen" if self.is_chosen(row) else "facet-spoken", value=words, count=say_number(row.count))
        return None


def say_row(row: _Row) -> str:
    """What stands in a row, without its count."""
    if row.is_more:
        return say("facet-more", count=row.count)
    return say(f"facet-{row.name}") if row.value is None else say_value(row.name, row.value)


class _FacetPainter(QStyledItemDelegate):
    """Draws headings, boxes to tick, values and counts."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self.theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row: _Row = index.data(_ROW)
        return QSize(self._view.viewport().width(), _HEADING_PX if row.is_heading else _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: _Row = index.data(_ROW)
        model = index.model()
        assert isinstance(model, _FacetsModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._paint_words(painter, option.rect.adjusted(_SIDE_PX, 10, -_SIDE_PX, 0), say_row(row), is_heading=True)
        else:
            is_here = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
            if is_here or option.state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(QColor(self.theme.accent) if is_here else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self.theme.shade))
                painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 6, 6)
            inner = option.rect.adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
            if row.value is not None:
                self._paint_box(painter, inner, is_ticked=model.is_chosen(row))
            count = say_number(row.count) if row.value is not None else ""
            count_px = round(QFontMetricsF(interface_font(9)).horizontalAdvance(count)) + 6 if count else 0
            words = inner.adjusted(_BOX_PX + 8, 0, -count_px, 0)
            self._paint_words(painter, words, say_row(row), colour=self.theme.accent if row.is_more else self.theme.ink)
            painter.setFont(interface_font(9))
            painter.setPen(QColor(self.theme.quiet_ink))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        painter.restore()

    def _paint_box(self, painter: QPainter, inner: QRect, *, is_ticked: bool) -> None:
        box = QRect(inner.left(), inner.center().y() - _BOX_PX // 2, _BOX_PX, _BOX_PX)
        painter.setPen(QColor(self.theme.accent if is_ticked else self.theme.quiet_ink))
        painter.setBrush(QColor(self.theme.accent) if is_ticked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if is_ticked:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(box.topLeft() + QPoint(1, 1), pixmap("check", self.theme.on_accent, _BOX_PX - 2, ratio=ratio))

    def _paint_words(self, painter: QPainter, room: QRect, words: str, *, is_heading: bool = False, colour: str = "") -> None:
        font = interface_font(9 if is_heading else 10)
        font.setWeight(QFont.Weight.DemiBold if is_heading else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colour or self.theme.quiet_ink))
        painter.drawText(
            room, Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        )


class FacetsList(QListView):
    """The values by which the answer can be narrowed.

    Signals:
        value_toggled: a FacetName and one of its values; chosen or let go.
        left: Esc: back to the hits.
    """

    value_toggled = Signal(object, str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, frameShape=QFrame.Shape.NoFrame)
        self._model = _FacetsModel(self)
        self._painter = _FacetPainter(self, theme)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setFixedWidth(WIDTH_PX)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("facets-name"))
        self.clicked.connect(self._act)

    def show_facets(self, facets: Facets | None, question: Question) -> None:
        """List the facets of an answer, with what the question narrows by ticked; the cursor stays at its value."""
        here = self.currentIndex().data(_ROW) if self.currentIndex().isValid() else None
        self._model.show(facets, set(chosen_of(question)))
        for number in range(self._model.rowCount()):
            row: _Row = self._model.index(number).data(_ROW)
            if here is not None and not row.is_heading and (row.name, row.value) == (here.name, here.value):
                self.setCurrentIndex(self._model.index(number))

    def show_chosen(self, question: Question) -> None:
        """Tick what a newer question narrows by, until its own facets come."""
        self.show_facets(self._model.facets, question)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to narrow by."""
        return not self._model.rowCount()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._painter.theme = theme
        self.viewport().update()

    def focus_here(self) -> None:
        """Put the cursor on the first value."""
        if not self.currentIndex().isValid() and self._model.rowCount() > 1:
            self.setCurrentIndex(self._model.index(1))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick, Esc leaves."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._act(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _act(self, index: QModelIndex) -> None:
        row: _Row | None = index.data(_ROW) if index.isValid() else None
        if row is None or row.is_heading:
            return
        if row.is_more:
            self._model.show_whole(row.name)
        elif row.value is not None:
            self.value_toggled.emit(row.name, row.value)
