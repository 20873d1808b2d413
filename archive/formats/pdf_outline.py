"""The outline that a PDF states: its bookmarks, walked without trust, since files make them endless."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from archive.model.reading import OutlineEntry

_MOST_ENTRIES, _DEEPEST = 5000, 6


def read_outline(pdfium: Any, document: Any) -> tuple[OutlineEntry, ...]:
    """The entries of an open document's outline in order; those without a title are left out.

    Args:
        pdfium: the engine's raw functions, which one file alone imports.
        document: the engine's handle of the document.
    """
    found: list[OutlineEntry] = []
    seen: set[int] = set()
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting and len(found) < _MOST_ENTRIES:
        bookmark, level = waiting.pop()
        key = ctypes.cast(bookmark, ctypes.c_void_p).value if bookmark else None
        if key is None or key in seen:
            continue
        seen.add(key)
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, bookmark), level))
        if level < _DEEPEST:
            waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, bookmark), level + 1))
        size = pdfium.FPDFBookmark_GetTitle(bookmark, None, 0)
        if 2 < size < 10_000:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFBookmark_GetTitle(bookmark, buffer, size)
            title = re.sub(r"\s+", " ", buffer.raw.decode("utf-16-le", "replace").split("\0")[0]).strip()
            target = pdfium.FPDFBookmark_GetDest(document, bookmark)
            page = pdfium.FPDFDest_GetDestPageIndex(document, target) if target else -1
            if title:
                found.append(OutlineEntry(title, level, page + 1 if page >= 0 else None))
    return tuple(found)
