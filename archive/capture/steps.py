"""The steps of a capture and how they end.

There is one step now, ``page``: the address itself and the redirects that lead to it. It ends

    complete    the last answer came whole
    partial     the last answer broke off; what came is kept
    failed      no last answer came (redirects before it are kept all the same), or it was too large to keep
"""

from __future__ import annotations

from archive.model.source import Ending, Exchange


class Page:
    """The step ``page``: the exchanges of one source, in the order made."""

    name = "page"

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self._is_cut = False

    def add(self, exchange: Exchange) -> None:
        """Add an exchange whose answer came whole."""
        self.exchanges.append(exchange)

    def add_cut(self, exchange: Exchange) -> None:
        """Add an exchange whose answer broke off; it is the last."""
        self.exchanges.append(exchange)
        self._is_cut = True

    def room_bytes(self, limit_bytes: int) -> int:
        """How many bytes the next body may have, if all bodies of the source together may have ``limit_bytes``."""
        return limit_bytes - sum(len(exchange.body) for exchange in self.exchanges)

    def ending(self, *, failed: bool) -> Ending:
        """How the step ended.

        Args:
            failed: whether an error ended it.
        """
        if self._is_cut:
            return Ending.PARTIAL
        return Ending.FAILED if failed else Ending.COMPLETE
