"""How pages lie under one another on one long roll, without Qt. Lengths are pixels of the screen, before its own ratio."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from archive.model.drawing import PageSize

GAP_PX = 14
_PX_PER_PT = 96 / 72
_UNKNOWN = PageSize(595.0, 842.0)
SMALLEST, LARGEST = 0.25, 6.0
STEP = 1.15


class PageRoll:
    """The pages of a document at one zoom.

    Args:
        sizes: of the pages; a page whose size is not known is taken for A4.
        zoom: 1 shows a page as large as on paper; None makes the widest page fit ``width_px``.
        width_px: of the view.
    """

    def __init__(self, sizes: Sequence[PageSize], *, zoom: float | None, width_px: float) -> None:
        self._sizes = [size if size.width_pt > 0 and size.height_pt > 0 else _UNKNOWN for size in sizes]
        widest_pt = max((size.width_pt for size in self._sizes), default=_UNKNOWN.width_pt)
        fitting = (width_px - 2 * GAP_PX) / (widest_pt * _PX_PER_PT)
        self.zoom = max(SMALLEST, min(zoom if zoom is not None else fitting, LARGEST))
        self.scale = self.zoom * _PX_PER_PT
        self.width_px = max(width_px, widest_pt * self.scale + 2 * GAP_PX)
        self._tops: list[float] = []
        at = float(GAP_PX)
        for size in self._sizes:
            self._tops.append(at)
            at += size.height_pt * self.scale + GAP_PX
        self.height_px = at

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def rectangle(self, page: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of a page, from 1."""
        size = self._sizes[page - 1]
        width = size.width_pt * self.scale
        return (self.width_px - width) / 2, self._tops[page - 1], width, size.height_pt * self.scale

    def seen(self, top_px: float, height_px: float) -> range:
        """The pages of which something lies between two heights."""
        if not self._sizes:
            return range(1, 1)
        first = max(1, bisect_right(self._tops, top_px))
        last = max(first, bisect_right(self._tops, top_px + height_px - 1))
        return range(first, last + 1)

    def to_page(self, x_px: float, y_px: float) -> tuple[int, float, float]:
        """The page at a point of the roll, and the point in points of that page; beside a page, the nearest one's."""
        page = max(1, min(bisect_right(self._tops, y_px), self.count))
        left, top, _, _ = self.rectangle(page)
        return page, (x_px - left) / self.scale, (y_px - top) / self.scale

    def to_roll(self, page: int, x_pt: float, y_pt: float) -> tuple[float, float]:
        """Where a point of a page lies on the roll."""
        left, top, _, _ = self.rectangle(page)
        return left + x_pt * self.scale, top + y_pt * self.scale
