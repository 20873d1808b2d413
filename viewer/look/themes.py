"""Three palettes, their colours named by what they are for.

Every colour that writes on ``paper`` or ``card`` reaches a contrast of 4.5:1 there (WCAG 2.2, success criterion 1.4.3), and ``ink`` does
so on ``selection``, ``hit`` and ``hit_current`` too.
"""

from __future__ import annotations

import msgspec

from archive.model.source import SourceState


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """One palette; colours are ``#rrggbb``.

    ``paper`` lies under running text, ``chrome`` under lists and bars, ``card`` under what floats, ``shade`` under what the pointer is on.
    ``ink`` and ``quiet_ink`` write, ``line`` separates, ``accent`` is for links, focus and the chosen thing, ``on_accent`` writes on it.
    """

    name: str
    is_dark: bool
    paper: str
    chrome: str
    card: str
    shade: str
    ink: str
    quiet_ink: str
    line: str
    accent: str
    on_accent: str
    selection: str
    hit: str
    hit_current: str
    saved: str
    partial: str
    waiting: str
    gone: str
    refused: str

    def of_state(self, state: SourceState) -> str:
        """The colour that stands for a source's state, always beside an icon or a word that says the same."""
        return {
            SourceState.SAVED: self.saved,
            SourceState.PARTIAL: self.partial,
            SourceState.WAITING: self.waiting,
            SourceState.GONE: self.gone,
            SourceState.REFUSED: self.refused,
            SourceState.FAILED: self.gone,
            SourceState.NO_ADDRESS: self.quiet_ink,
        }[state]


_LIGHT = Theme(
    name="light",
    is_dark=False,
    paper="#fcfbf8",
    chrome="#f4f2ed",
    card="#ffffff",
    shade="#e9e6de",
    ink="#21201c",
    quiet_ink="#66635a",
    line="#dedad0",
    accent="#1d5b79",
    on_accent="#ffffff",
    selection="#cfe1ea",
    hit="#fbeeb4",
    hit_current="#f5cb5c",
    saved="#2c6b41",
    partial="#875600",
    waiting="#56616d",
    gone="#a2382b",
    refused="#793d86",
)
_SEPIA = Theme(
    name="sepia",
    is_dark=False,
    paper="#f5edda",
    chrome="#ece2ca",
    card="#fbf6e9",
    shade="#dfd3b6",
    ink="#3a2e20",
    quiet_ink="#685842",
    line="#d8caab",
    accent="#7a4519",
    on_accent="#fffaf0",
    selection="#e2cda0",
    hit="#f2dc8f",
    hit_current="#e6b946",
    saved="#3a6028",
    partial="#7b4c00",
    waiting="#575549",
    gone="#963020",
    refused="#703a6f",
)
_DARK = Theme(
    name="dark",
    is_dark=True,
    paper="#1c1d1f",
    chrome="#161719",
    card="#27292c",
    shade="#2c2f33",
    ink="#dfdcd5",
    quiet_ink="#a09d96",
    line="#383b3f",
    accent="#8fbdd7",
    on_accent="#12181c",
    selection="#2e495a",
    hit="#54451a",
    hit_current="#73570f",
    saved="#86c294",
    partial="#dcb367",
    waiting="#a6b0bb",
    gone="#e69483",
    refused="#cba0d6",
)
THEMES = (_LIGHT, _SEPIA, _DARK)


def theme(name: str) -> Theme:
    """The palette of that name: ``light``, ``sepia`` or ``dark``.

    Raises:
        KeyError: there is no such palette.
    """
    return {known.name: known for known in THEMES}[name]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb``, 1..21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
