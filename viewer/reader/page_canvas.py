"""Pages as they look, one under another: what is drawn, what is still to be drawn, scrolling and zoom."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from archive.model.drawing import PageSize, Picture
from viewer.look.themes import Theme
from viewer.reader.page_roll import STEP, PageRoll

_KEPT_BYTES = 64 << 20
_LINE_PX = 48
_AHEAD = (1, -1, 2)


class Wanted(msgspec.Struct, frozen=True):
    """A page that is to be drawn, and at how many dots a point."""

    page: int
    scale: float


class PageCanvas(QAbstractScrollArea):
    """A roll of pages of which only those near the eye are kept as pictures. Paper is white in every theme; the theme lies around it.

    Signals:
        drawing_wanted: a page is wanted that is not there; ask :meth:`wanted` which.
        zoom_changed: by the person, here; None while the page fits the width.
    """

    drawing_wanted = Signal()
    zoom_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sizes: tuple[PageSize, ...] = ()
        self._zoom: float | None = None
        self._pictures: dict[int, tuple[float, QPixmap]] = {}
        self._failed: set[int] = set()
        self.roll = PageRoll((), zoom=None, width_px=1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(_LINE_PX)
        self.horizontalScrollBar().setSingleStep(_LINE_PX)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._moved())
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    def show_sizes(self, sizes: Sequence[PageSize]) -> None:
        """Lay out pages of these sizes, from the first; whatever was shown is forgotten."""
        self._sizes = tuple(sizes)
        self._pictures, self._failed = {}, set()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._moved()

    def show_picture(self, page: int, scale: float, picture: Picture | None) -> None:
        """Here is a page that was wanted; None or an empty picture where it cannot be drawn."""
        if picture is None or not picture.width_px:
            self._failed.add(page)
        elif page <= self.roll.count:
            image = QImage(picture.dots, picture.width_px, picture.height_px, picture.stride_bytes, QImage.Format.Format_BGR888)
            self._pictures[page] = (scale, QPixmap.fromImage(image))
            self._forget_far_pages()
        self.viewport().update()

    def has_page(self, page: int) -> bool:
        """Whether the picture of a page at this zoom is here."""
        return page in self._pictures and abs(self._pictures[page][0] - self._dots_per_pt) < 0.01

    def wanted(self) -> Wanted | None:
        """The page to draw next: one that is seen, then those after and before; None when all are here."""
        seen = list(self.seen_pages())
        if not seen or not self.isVisible():
            return None
        around = [seen[-1] + by if by > 0 else seen[0] + by for by in _AHEAD]
        for page in [*seen, *around]:
            if 1 <= page <= self.roll.count and page not in self._failed and not self.has_page(page):
                return Wanted(page, self._dots_per_pt)
        return None

    def seen_pages(self) -> range:
        """The pages of which something is in sight."""
        return self.roll.seen(self.verticalScrollBar().value(), self.viewport().height())

    def set_zoom(self, zoom: float | None) -> None:
        """Show pages so large, 1 as on paper, None as wide as the window, staying at the place."""
        self._zoom = zoom
        self._lay_out_around(1 / 3 if self.verticalScrollBar().value() else 0.0)

    def _lay_out_around(self, share: float) -> None:
        """Lay the pages out anew; what stands at a share of the window's height stays there."""
        page, x, y = self._anchor(share)
        self._lay_out()
        if not self.roll.count:
            return
        left, top = self.roll.to_roll(page, x, y)
        self.verticalScrollBar().setValue(round(top - share * self.viewport().height()))
        self.horizontalScrollBar().setValue(round(left - self.viewport().width() / 2))
        self._moved()

    def step_zoom(self, by: int) -> None:
        """Larger (1), smaller (-1), or as wide as the window again (0)."""
        self.set_zoom(self.roll.zoom * STEP**by if by else None)
        self.zoom_changed.emit(self._zoom)

    def scroll_to(self, page: int, y_pt: float, *, share: float = 0.25) -> None:
        """Bring a height of a page to a share of the window's height."""
        _, top = self.roll.to_roll(page, 0, y_pt)
        self.verticalScrollBar().setValue(round(top - share * self.viewport().height()))

    def on_screen(self, page: int, edges: tuple[float, float, float, float]) -> QRectF:
        """A rectangle of a page, in points, as one of the viewport."""
        left, top = self.roll.to_roll(page, edges[0], edges[1])
        corner = QPointF(left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value())
        return QRectF(corner.x(), corner.y(), (edges[2] - edges[0]) * self.roll.scale, (edges[3] - edges[1]) * self.roll.scale)

    def to_page(self, where: QPointF) -> tuple[int, float, float]:
        """The page at a point of the viewport, and that point in points of the page."""
        return self.roll.to_page(where.x() + self.horizontalScrollBar().value(), where.y() + self.verticalScrollBar().value())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pages in sight, each on its paper."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(self.theme.shade))
        for page in self.seen_pages():
            place = self._place(page)
            painter.fillRect(place.adjusted(-1, -1, 1, 2), QColor(self.theme.line))
            painter.fillRect(place, QColor("#ffffff"))
            if page in self._pictures:
                painter.drawPixmap(place, self._pictures[page][1], QRectF(self._pictures[page][1].rect()))
            self.paint_over(painter, page)
        painter.end()

    def paint_over(self, painter: QPainter, page: int) -> None:
        """What lies over a page; nothing here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place when the width changes."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out_around(0.0)
        else:
            self._lay_out()
            self._moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @property
    def _dots_per_pt(self) -> float:
        return round(self.roll.scale * self.devicePixelRatioF(), 4)

    def _place(self, page: int) -> QRectF:
        left, top, width, height = self.roll.rectangle(page)
        left, top = left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), round(width), round(height))

    def _anchor(self, share: float) -> tuple[int, float, float]:
        """The place in the middle of the window, at a share of its height."""
        if not self.roll.count:
            return 1, 0.0, 0.0
        return self.to_page(QPointF(self.viewport().width() / 2, share * self.viewport().height()))

    def _lay_out(self) -> None:
        self.roll = PageRoll(self._sizes, zoom=self._zoom, width_px=self.viewport().width())
        height, width = self.viewport().height(), self.viewport().width()
        self.verticalScrollBar().setPageStep(max(1, height - _LINE_PX))
        self.verticalScrollBar().setRange(0, max(0, round(self.roll.height_px - height)))
        self.horizontalScrollBar().setPageStep(width)
        self.horizontalScrollBar().setRange(0, max(0, round(self.roll.width_px - width)))

    def _moved(self) -> None:
        self.viewport().update()
        if self.wanted() is not None:
            self.drawing_wanted.emit()

    def _forget_far_pages(self) -> None:
        """Let go of the pictures farthest from the eye until the rest fits."""
        seen = self.seen_pages()
        near = seen[0] if seen else 1
        far_first = sorted(self._pictures, key=lambda page: -abs(page - near))
        sizes = {page: 4 * kept.width() * kept.height() for page, (_, kept) in self._pictures.items()}
        for page in far_first:
            if sum(sizes.values()) <= _KEPT_BYTES or page in seen:
                break
            del self._pictures[page], sizes[page]
