"""A place in a document that a reader can be taken to."""

from __future__ import annotations

import msgspec


class Locator(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` (code points, end exclusive) of passage ``passage`` of a document."""

    document: str
    passage: int
    start: int = 0
    end: int = 0
