"""Where the words of a document stand on its pages."""

from __future__ import annotations

import msgspec

from archive.model.reading import Spot


class Placed(msgspec.Struct, frozen=True, array_like=True):
    """Characters ``start`` to ``end`` (code points, end exclusive) of passage ``passage``, and the rectangle of a page they stand in.

    It is one line or a piece of one, so a passage has several, and one that runs over the end of a page has some on both. Where
    ``marker`` is not None, it is the place of the passage's marker of that number, and ``start`` and ``end`` are its ``at``.
    """

    passage: int
    start: int
    end: int
    spot: Spot
    marker: int | None = None
