"""Which link covers which words of a page: rectangles, looked up by height. Units are points of the file's own coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Quad = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_BAND_PT, _MOST_BANDS, _FARTHEST_PT = 24.0, 1000, 1e6


def in_bands(links: Iterable[tuple[str, list[Quad]]]) -> dict[int, list[tuple[str, Quad]]]:
    """The links by the horizontal bands of the page in which they lie."""
    bands: dict[int, list[tuple[str, Quad]]] = {}
    for address, quads in links:
        for quad in quads:
            for band in range(_band(quad[1]), _band(quad[3]) + 1)[:_MOST_BANDS]:
                bands.setdefault(band, []).append((address, quad))
    return bands


def links_near(box: Quad, bands: dict[int, list[tuple[str, Quad]]]) -> list[tuple[str, Quad]]:
    """The links whose rectangles touch the box, looked for in its own bands only."""
    own = range(_band(box[1]), _band(box[3]) + 1)[:_MOST_BANDS]
    return [link for band in own for link in bands.get(band, ()) if _overlap(link[1], box)]


def address_at(x: float, y: float, links: Sequence[tuple[str, Quad]]) -> str | None:
    """The address of the first link that covers a point."""
    for address, quad in links:
        if quad[0] <= x <= quad[2] and quad[1] <= y <= quad[3]:
            return address
    return None


def covers(links: Sequence[tuple[str, Quad]], box: Quad) -> bool:
    """Whether the links are one and its rectangle covers the middle of the box from end to end."""
    quad, middle = links[0][1], (box[1] + box[3]) / 2
    return len(links) == 1 and quad[0] <= box[0] and box[2] <= quad[2] and quad[1] <= middle <= quad[3]


def _band(y: float) -> int:
    """The band of a height; files give heights that are no numbers."""
    return int(min(max(-_FARTHEST_PT, y), _FARTHEST_PT) // _BAND_PT)


def _overlap(one: Quad, other: Quad) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
