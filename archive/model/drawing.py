"""Pages as they look: what a drawing process gives of them."""

from __future__ import annotations

import msgspec


class PageSize(msgspec.Struct, frozen=True, array_like=True):
    """How large a page is as it is seen, in points (1/72 inch); both are 0 where the page cannot be read."""

    width_pt: float
    height_pt: float


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """A page drawn: rows from top to bottom, ``stride_bytes`` from one to the next, a dot three bytes (blue, green, red) or, if grey, one.

    ``width_px`` and ``height_px`` are 0 where the page could not be drawn.
    """

    width_px: int
    height_px: int
    stride_bytes: int
    dots: bytes


class Letters(msgspec.Struct, frozen=True, array_like=True):
    """The characters of a page in the order of the file, and where each stands.

    ``edges`` holds four 32-bit floats of this machine's byte order for each: left, top, right, bottom, in points, origin top left of
    the page as it is seen; all 0 for a space or line end that is only understood.
    """

    text: str
    edges: bytes
