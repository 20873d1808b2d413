"""What a note quotes of its source: the words to look for in the saved text."""

from __future__ import annotations

import re

from archive.model.footnote import Note

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
_SHORTEST = 8


def quotes_of(note: Note) -> tuple[str, ...]:
    """The words that a note puts in quotation marks, then the titles it cites; longest first, each once, none shorter than 8 signs."""
    quoted = ["".join(found.groups(default="")).strip(" .,;:") for found in _QUOTED.finditer(note.text)]
    titles = [citation.title.strip() for citation in note.citations if citation.title]
    return tuple(
        sorted({words for words in (*quoted, *titles) if len(words) >= _SHORTEST}, key=lambda words: (-len(words), words))
    )
