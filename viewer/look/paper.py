"""A sheet of text on the screen: one calm column, read only, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontInfo,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from viewer.look.plain import plain_text
from viewer.look.themes import Theme
from viewer.look.typesetting import BAR, MARKER, Bar, Sheet, measure_px

_SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01\x00\x00\x00",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\x00\x00\x00\x00",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\x00\x00\x00\x00",
}


class Paper(QTextEdit):
    """Shows a :class:`~viewer.look.typesetting.Sheet` in a column of a given measure, centred.

    Selecting copies plain text without the markers, marked for clipboard managers as not to be kept.

    Signals:
        size_wanted: larger (1) or smaller (-1) type, by Ctrl and the wheel.
    """

    size_wanted = Signal(int)

    def __init__(self, chosen: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = chosen
        self.sheet: Sheet | None = None
        self.side_px = 0
        self.is_centred = True
        self._column_px = 640
        self._anchor: tuple[int, float, int] | None = None
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_sheet(self, sheet: Sheet, *, size_pt: float, characters: int) -> None:
        """Put this sheet on, from its top.

        Args:
            sheet: what to show; this widget keeps it.
            size_pt: of the running text it was set in.
            characters: to a line; fewer where the window is narrow.
        """
        self._column_px = measure_px(size_pt, characters) + 2 * round(sheet.document.rootFrame().frameFormat().leftMargin())
        previous, self.sheet = self.sheet, sheet
        sheet.document.setParent(self)
        self._fit_column()
        self.setDocument(sheet.document)
        if previous is not None and previous is not sheet:
            previous.document.deleteLater()
        self._anchor = None
        self.verticalScrollBar().setValue(0)

    def offer(self, words: str, do: Callable[[], object]) -> None:
        """Add a line to the menu of the right button; its keys, if any, are someone else's."""
        action = QAction(words, self)
        action.triggered.connect(lambda _checked=False: do())
        self.addAction(action)

    def column_px(self) -> int:
        """The width of the column that is wished for, its own margins included."""
        return self._column_px

    def keep_side_free(self, width_px: int) -> None:
        """Leave so much room at the right of the column for notes; 0 centres the column again."""
        if width_px != self.side_px:
            self.side_px = width_px
            self._fit_column()

    def scroll_to(self, position: int, *, share: float = 0.3) -> None:
        """Bring a position of the document to ``share`` of the height, from the top, without moving the selection."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        bar = self.verticalScrollBar()
        # This lays out what stands before the position, and two windows more; Qt does the rest in slices and puts the range right.
        value = round(self.cursorRect(cursor).top() + bar.value() - share * self.viewport().height())
        beyond = QPointF(0, value + 3 * self.viewport().height())
        layout = self.document().documentLayout()
        layout.hitTest(beyond, Qt.HitTestAccuracy.FuzzyHit)
        # Never beyond the end: a bar that appears for a text that fits makes Qt lay it out again, without end.
        value = max(0, min(value, round(layout.documentSize().height()) - self.viewport().height()))
        if bar.maximum() < value:
            bar.setMaximum(value)
        bar.setValue(value)
        self._anchor = (position, share, bar.value())

    def position_at_top(self) -> int:
        """The position of the first character that is seen."""
        return self.cursorForPosition(self.viewport().rect().topLeft()).position()

    def rect_of(self, position: int, length: int) -> QRectF:
        """Where so many characters of one line stand, in the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        first = self.cursorRect(cursor)
        cursor.setPosition(position + length)
        last = self.cursorRect(cursor)
        right = last.left() if last.top() == first.top() else first.left() + 8
        return QRectF(first.left(), first.top(), max(4, right - first.left()), first.height())

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The blocks that are seen, with where they stand in the viewport."""
        layout = self.document().documentLayout()
        block = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(0, -self.verticalScrollBar().value())
            if place.top() > self.viewport().height():
                return
            yield block, place
            block = block.next()

    def loadResource(self, _kind: int, _name: QUrl) -> None:
        """Nothing: a text of ours refers to no picture, sheet or file, whatever its words say."""
        return

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:
        """Never: this is for reading."""
        return False

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words as plain text, markers left out."""
        return _plain_mime(self.textCursor())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for larger or smaller type."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.size_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Wheel turns beside the column scroll it too; the column is fitted before Qt lays the text out once more."""
        if event.type() == QEvent.Type.Wheel:
            return QApplication.sendEvent(self.verticalScrollBar(), event)
        if event.type() == QEvent.Type.Resize:
            self._fit_column()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the same words: where one was taken to, or at the top once one has scrolled since."""
        value = self.verticalScrollBar().value()
        if self._anchor is not None and self._anchor[2] == value:
            position, share, _ = self._anchor
        else:
            position, share = (self.position_at_top() if value else 0), 0.0
        super().resizeEvent(event)
        if position:
            self.scroll_to(position, share=share)

    def showEvent(self, event: QShowEvent) -> None:
        """Stay where one was taken to: Qt goes to the text cursor when a text is first shown."""
        anchor = self._anchor
        super().showEvent(event)
        if anchor is not None:
            self.scroll_to(anchor[0], share=anchor[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and the bars at the left of quotations."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for block, place in self.visible_blocks():
            bar = block.blockFormat().property(BAR)
            if bar:
                colour = self.theme.accent if bar == Bar.STRONG else self.theme.line
                painter.fillRect(QRectF(place.left() + 2, place.top() + 3, 3, place.height() - 4), QColor(colour))
        painter.end()

    def _fit_column(self) -> None:
        room_px = self.width() - self.verticalScrollBar().sizeHint().width()
        column_px = min(self._column_px, room_px)
        left_px = max(0, (room_px - column_px - self.side_px) // 2) if self.is_centred else 0
        margins = (left_px, 0, max(0, room_px - column_px - left_px), 0)
        now = self.viewportMargins()
        if margins != (now.left(), now.top(), now.right(), now.bottom()):
            self.setViewportMargins(*margins)


class PlainBox(QTextEdit):
    """A few lines of foreign words, as plain text, as high as they are up to a limit; selectable, broken anywhere if need be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("onCard", True)  # noqa: FBT003 - a property's value for the style sheet
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)

    def show_words(self, words: str, *, font: QFont, colour: str, width_px: int, limit_px: int) -> None:
        """Show the words in this type, ``width_px`` wide and at most ``limit_px`` high; what is more scrolls."""
        self.clear()
        look, block = QTextCharFormat(), QTextBlockFormat()
        look.setFont(font)
        look.setForeground(QColor(colour))
        block.setLineHeight(round(QFontInfo(font).pixelSize() * 1.45), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(block)
        cursor.insertText(plain_text(words).replace("\n", "\u2028"), look)
        self.document().setTextWidth(width_px)
        self.setFixedSize(width_px, min(limit_px, round(self.document().size().height()) + 2))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, _kind: int, _name: QUrl) -> None:
        """Nothing, as on every text of ours."""
        return

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words as plain text."""
        return _plain_mime(self.textCursor())


def _plain_mime(cursor: QTextCursor) -> QMimeData:
    return private_mime(words_between(cursor))


def private_mime(words: str) -> QMimeData:
    """Plain words for the clipboard, marked for clipboard managers as not to be kept."""
    mime = QMimeData()
    mime.setText(words)
    for kind, value in _SECRET.items():
        mime.setData(kind, value)
    return mime


def words_between(cursor: QTextCursor) -> str:
    """The selected words of a set document as plain text: markers left out, lines and paragraphs as line ends."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    lines: list[str] = []
    while block.isValid() and block.position() < end:
        words: list[str] = []
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if not fragment.charFormat().hasProperty(MARKER):
                text, at = fragment.text(), fragment.position()
                pieces = text.encode("utf-16-le", "surrogatepass")[2 * max(0, start - at) : 2 * max(0, end - at)]
                words.append(pieces.decode("utf-16-le", "replace"))
            fragments += 1
        lines.append("".join(words).replace("\u2028", "\n").replace("\ufffc", ""))
        block = block.next()
    return "\n".join(lines)
