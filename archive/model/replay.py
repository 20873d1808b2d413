"""What a capture consists of, and one part of it made ready to be shown as it looked."""

from __future__ import annotations

from datetime import datetime

import msgspec

from archive.model.source import FROZEN


class CapturePart(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange of a capture without its bytes. ``leads_to`` is where a redirect sent on, normalised; empty for what is none.

    ``media_type`` is as the host stated it, lower case, without parameters; empty where it stated none. ``digest`` is of the body as
    it came.
    """

    address: str
    status: int
    media_type: str
    size_bytes: int
    digest: str
    fetched_at: datetime
    method: str = "GET"
    charset: str = ""
    leads_to: str = ""

    @property
    def is_frozen(self) -> bool:
        """Whether it is a page as its own scripts had built it, which is what is shown of its address."""
        return self.method == FROZEN

    @property
    def is_good(self) -> bool:
        """Whether it holds what was asked for."""
        return 200 <= self.status < 300


class ShownPart(msgspec.Struct, frozen=True, kw_only=True):
    """A part as a browser may have it: text as UTF-8, without what would act or ask. One that only leads on has no body."""

    media_type: str
    body: bytes
    leads_to: str = ""


class ServedText(msgspec.Struct, frozen=True, array_like=True):
    """Bytes that are text, and what their host said of them."""

    data: bytes
    media_type: str
    declared: str = ""
