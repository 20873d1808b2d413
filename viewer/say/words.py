"""Words, dates and sizes in the language of the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale

from archive import words

LANGUAGES = {"en": "English", "ru": "Русский", "be": "Беларуская"}
"""The languages of the window, by code, each under its own name."""


def say(identifier: str, **facts: str | float) -> str:
    """The sentence ``identifier`` of resources/words, with its facts filled in; plain text."""
    return words.say(identifier, **facts)


def say_date(stated: str | datetime | None) -> str:
    """A date as people write it: ``24 January 2025``, ``24 студзеня 2025``; of the precision given, empty for None.

    Args:
        stated: an ISO 8601 date, month or year, or a moment. What is no date is given back as it is.
    """
    if stated is None:
        return ""
    return words.say_date(stated.date().isoformat() if isinstance(stated, datetime) else stated)


def say_number(number: int) -> str:
    """A whole number with its thousands set apart as the language does."""
    return _locale().toString(number)


def say_size(size_bytes: int) -> str:
    """A size as the language writes it: ``3.2 MB``."""
    return _locale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def _locale() -> QLocale:
    return QLocale(words.chosen_language())
