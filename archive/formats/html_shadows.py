"""Shadow trees that a page states (HTML standard, ``<template shadowrootmode>``): what a browser shows, and no template for scripts."""

from __future__ import annotations

import re

_TEMPLATE_TAG = re.compile(r"<template\b[^>]*>|</template\s*>", re.IGNORECASE)


def open_shadows(text: str) -> str:
    """The page with its declarative shadow trees in place of their templates; other templates stay as they are."""
    if "shadowrootmode" not in text.lower():
        return text
    is_shadow: list[bool] = []

    def opened(tag: re.Match[str]) -> str:
        if not tag[0].startswith("</"):
            is_shadow.append("shadowrootmode" in tag[0].lower())
            return "<div>" if is_shadow[-1] else tag[0]
        return "</div>" if is_shadow and is_shadow.pop() else tag[0]

    return _TEMPLATE_TAG.sub(opened, text)
