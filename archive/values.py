"""Small values that every room uses: digests, languages, moments."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from enum import StrEnum

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Language(StrEnum):
    """The languages Ibid can tell apart (ISO 639-1), and UNKNOWN (ISO 639-2 ``und``), which is an honest answer."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    BELARUSIAN = "be"
    UKRAINIAN = "uk"
    UNKNOWN = "und"


def digest_of(data: bytes) -> str:
    """The SHA-256 of ``data``, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    """Whether ``text`` has the form of a digest."""
    return _DIGEST.fullmatch(text) is not None


def now() -> datetime:
    """This moment, aware, in UTC, to the second: finer would only tell more about who saved it."""
    return datetime.now(UTC).replace(microsecond=0)
