"""The library: reports and sources, languages, and the archives they stand in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive.values import Language
from viewer.look.icons import icon, pixmap
from viewer.look.label import set_text, text_label
from viewer.look.themes import Theme
from viewer.models.documents import DocumentsModel, ShelfEntry, ShelfRole
from viewer.models.library import Library, OpenArchive
from viewer.models.sources import ShelfSource, SourcesModel
from viewer.say.words import say, say_number
from viewer.window.library_painter import LibraryPainter
from viewer.window.shelf_of_names import ShelfOfNames

_STICKS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class _Shelf(QListView):
    """A list whose chosen row opens on Enter and on a click, and has a menu."""

    menu_wanted = Signal(object, QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or by key of the one that is chosen."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            where = self.viewport().mapToGlobal(self.visualRect(index).center()) if is_by_key else event.globalPos()
            self.menu_wanted.emit(index.data(ShelfRole.ENTRY), where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles break anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Row(QPushButton):
    """A line of the pane: an icon or none, words, and a number at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, checkable=True)
        self.setProperty("row", "true")
        self.setIconSize(QSize(18, 18))
        self._words, self._count = text_label(parent=self), text_label(kind="quiet", parent=self)
        inner = QHBoxLayout(self)
        inner.setContentsMargins(38, 0, 10, 0)
        inner.addWidget(self._words, 1)
        inner.addWidget(self._count)
        for label in (self._words, self._count):
            label.setWordWrap(False)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, words: str, count: int) -> None:
        """What the line says."""
        set_text(self._words, words)
        set_text(self._count, say_number(count))
        self.setAccessibleName(f"{words}, {say_number(count)}")


class LibraryPane(QFrame):
    """What there is to read.

    Args:
        library: the open archives.
        theme: the colours.

    Signals:
        document_opened: the number of the archive and the document.
        source_opened: a ShelfSource.
        sources_wanted: the list of sources is to be shown; answer with :meth:`show_sources`.
        menu_wanted: a ShelfEntry or ShelfSource, and where on the screen.
    """

    document_opened = Signal(int, str)
    source_opened = Signal(object)
    sources_wanted = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "true")
        self._library, self._theme = library, theme
        self._documents, self._sources = DocumentsModel(self), SourcesModel(self)
        self._language: Language | None = None
        self._kinds = QButtonGroup(self)
        self._reports_row, self._sources_row = _Row(self), _Row(self)
        self._languages = QVBoxLayout()
        self._languages.setSpacing(0)
        self._list = _Shelf(self, frameShape=QFrame.Shape.NoFrame)
        self._painter = LibraryPainter(self._list, theme)
        self.collections = ShelfOfNames(title=say("collections-title"), add=say("collection-new-title"), parent=self)
        self.questions = ShelfOfNames(title=say("questions-title"), add=say("question-save"), parent=self)
        self._archives = QVBoxLayout()
        self._archives.setSpacing(10)
        self._build()
        self._join()
        self.follow()

    def follow(self) -> None:
        """Show what the library holds now."""
        reports = self._library.reports
        sources = sum(each.facts.sources for each in self._library.archives)
        self._reports_row.say(say("library-reports"), len(reports))
        self._sources_row.say(say("library-sources"), sources)
        self._show_languages(Counter(shelved.entry.document.description.language for shelved in reports))
        self._documents.show([shelved for shelved in reports if self._language in {None, _language(shelved)}])
        _empty(self._archives)
        for each in self._library.archives:
            self._archives.addWidget(self._archive_row(each))
        if self._sources_row.isChecked():
            self.sources_wanted.emit()

    def show_sources(self, sources: list[ShelfSource]) -> None:
        """List these sources."""
        self._sources.show(sources)

    def choose_document(self, document: str) -> None:
        """Mark the document that is being read, without opening it."""
        row = self._documents.row_of(document)
        if self._list.model() is self._documents:
            self._list.setCurrentIndex(QModelIndex() if row is None else self._documents.index(row))
            if row is None:
                self._list.clearSelection()

    def focus_list(self) -> None:
        """Put the cursor into the list."""
        if not self._list.currentIndex().isValid() and self._list.model().rowCount():
            self._list.setCurrentIndex(self._list.model().index(0, 0))
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        self._painter.set_theme(theme)
        self._draw_icons()
        self.follow()

    def _build(self) -> None:
        self._draw_icons()
        for row in (self._reports_row, self._sources_row):
            self._kinds.addButton(row)
        self._list.setMouseTracking(True)
        self._list.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of rows are measured a few at a time
        self._list.setItemDelegate(self._painter)
        self._list.setModel(self._documents)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(say("library-name"))
        self._reports_row.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 14)
        column.setSpacing(2)
        column.addWidget(self._reports_row)
        column.addLayout(self._languages)
        column.addWidget(self._sources_row)
        column.addSpacing(8)
        column.addWidget(_line(self))
        column.addSpacing(8)
        column.addWidget(self._list, 1)
        column.addSpacing(8)
        column.addWidget(self.collections)
        column.addWidget(self.questions)
        column.addSpacing(4)
        column.addWidget(_line(self))
        column.addSpacing(10)
        column.addLayout(self._archives)

    def _join(self) -> None:
        self._list.activated.connect(self._open)
        self._list.clicked.connect(self._open)
        self._list.menu_wanted.connect(self.menu_wanted)
        self._reports_row.clicked.connect(lambda: self._list.setModel(self._documents))
        self._sources_row.clicked.connect(self._turn_to_sources)

    def _draw_icons(self) -> None:
        for row, name in ((self._reports_row, "report"), (self._sources_row, "source")):
            row.setIcon(icon(name, self._theme, role="quiet_ink"))

    def _turn_to_sources(self) -> None:
        self._list.setModel(self._sources)
        self.sources_wanted.emit()

    def _open(self, index: QModelIndex) -> None:
        shelved = index.data(ShelfRole.ENTRY)
        if isinstance(shelved, ShelfSource):
            self.source_opened.emit(shelved)
        elif isinstance(shelved, ShelfEntry):
            self.document_opened.emit(shelved.archive, shelved.entry.document.document)

    def _show_languages(self, counts: Counter[Language]) -> None:
        _empty(self._languages)
        if len(counts) < 2:
            self._language = None
            return
        for language, count in counts.most_common():
            row = _Row(self)
            row.say(say(f"language-{language.value}"), count)
            row.setChecked(language == self._language)
            row.clicked.connect(lambda _checked=False, chosen=language: self._choose_language(chosen))
            self._languages.addWidget(row)

    def _choose_language(self, language: Language) -> None:
        self._language = None if self._language == language else language
        self._reports_row.setChecked(True)
        self._list.setModel(self._documents)
        self.follow()

    def _archive_row(self, opened: OpenArchive) -> QWidget:
        row = QWidget(self)
        inner = QHBoxLayout(row)
        inner.setContentsMargins(10, 0, 10, 0)
        inner.setSpacing(10)
        sign = text_label(parent=row)
        name = "usb" if is_on_stick(opened.path) else "archive"
        sign.setPixmap(pixmap(name, self._theme.quiet_ink, 18, ratio=self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(opened.facts.title, parent=row))
        words.addWidget(text_label(say_standing(opened), kind="hint", parent=row))
        inner.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(words, 1)
        return row


def is_on_stick(path: Path) -> bool:
    """Whether the archive stands where removable disks appear (Linux, macOS)."""
    return str(path.absolute()).startswith(_STICKS)


def say_standing(opened: OpenArchive) -> str:
    """Where an archive stands, whether it is locked and whether it takes changes."""
    parts = [
        say("archive-on-stick" if is_on_stick(opened.path) else "archive-on-computer"),
        say("archive-locked" if opened.facts.is_locked else "archive-open"),
    ]
    return " · ".join(parts if opened.facts.is_writable else [*parts, say("archive-read-only")])


def _language(shelved: ShelfEntry) -> Language:
    return shelved.entry.document.description.language


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("line", "true")
    return line


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
