"""How this person likes to read; kept for as long as the program runs."""

from __future__ import annotations

import msgspec

SMALLEST_PT, LARGEST_PT, USUAL_PT = 9.0, 26.0, 12.5


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """What a person can choose about the window. ``text_pt`` is the size of running text in points."""

    language: str = "en"
    theme: str = "light"
    text_pt: float = USUAL_PT
    has_note_cards: bool = True
    has_margin_notes: bool = True

    def resized(self, by_pt: float) -> Preferences:
        """The same with larger or smaller text, within what can be read."""
        size = min(LARGEST_PT, max(SMALLEST_PT, self.text_pt + by_pt))
        return msgspec.structs.replace(self, text_pt=size)
