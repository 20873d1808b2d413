"""What an archive can give."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model.document import Role
from archive.model.sharing import Item
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder


def items(folder: ArchiveFolder, documents: Sequence[str] | None = None) -> tuple[Item, ...]:
    """Reports, then the captures that belong to them, each with about how many bytes it is.

    Args:
        folder: the archive to give from.
        documents: identifiers (or their beginnings); a report brings the captures of every source it cites, a source's text
            the captures it was read from. None for all reports and all captures.

    Returns:
        Each thing once, in the order of the archive.

    Raises:
        DocumentNotFound, DocumentAmbiguous: one of ``documents`` is none.
    """
    chosen = None if documents is None else {catalogue.find(folder, prefix).document.document for prefix in documents}
    given = [
        Item(entry.document.document, is_capture=False, size_bytes=entry.document.size_bytes)
        for entry in catalogue.entries(folder, role=Role.REPORT)
        if chosen is None or entry.document.document in chosen
    ]
    seen: set[str] = set()
    for source in catalogue.sources(folder):
        is_cited = chosen is None or any(place.document in chosen for place in source.cited_at)
        for capture in source.captures:
            if capture.capture not in seen and (is_cited or (chosen is not None and capture.document in chosen)):
                seen.add(capture.capture)
                given.append(Item(capture.capture, is_capture=True, size_bytes=capture.size_bytes))
    return tuple(given)
