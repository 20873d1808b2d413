"""The steps of a capture and how they end.

    page     the address itself and the redirects that lead to it
    parts    what the page needs to look as it looks (see :mod:`archive.capture.requisites`)
    copy     where the place has nothing any more: what a web archive of others keeps of it (see :mod:`archive.capture.wayback`)

The step ``page`` ends

    complete    the last answer came whole
    partial     the last answer broke off; what came is kept
    failed      no last answer came (redirects before it are kept all the same), or it was too large to keep

and ``parts`` makes a complete page partial where something is missing without which it looks otherwise than it does to others.
"""

from __future__ import annotations

import threading

from archive.model.source import Ending, Exchange


class Budget:
    """How many bytes the bodies of one source may still have together; several threads may take from it.

    Args:
        limit_bytes: for all of them.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._left_bytes = limit_bytes
        self._lock = threading.Lock()

    def take(self, size_bytes: int) -> bool:
        """Take so many bytes; False, and nothing taken, where they are more than is left."""
        with self._lock:
            if size_bytes > self._left_bytes:
                return False
            self._left_bytes -= size_bytes
            return True

    def give_back(self, size_bytes: int) -> None:
        """So many bytes that were taken are not kept after all."""
        with self._lock:
            self._left_bytes += size_bytes


class Trail:
    """The exchanges that one address led to, in the order made.

    ``aside`` are pages whose only purpose was to send the visitor on: no redirects by their status, and not the page either.
    """

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.aside: list[Exchange] = []
        self._is_cut = False

    def add(self, exchange: Exchange) -> None:
        """Add an exchange whose answer came whole."""
        self.exchanges.append(exchange)

    def add_cut(self, exchange: Exchange) -> None:
        """Add an exchange whose answer broke off; it is the last."""
        self.exchanges.append(exchange)
        self._is_cut = True

    def put_last_aside(self) -> None:
        """The last exchange was a page that only sent us on."""
        self.aside.append(self.exchanges.pop())

    def ending(self, *, failed: bool) -> Ending:
        """How the step ended.

        Args:
            failed: whether an error ended it.
        """
        if self._is_cut:
            return Ending.PARTIAL
        return Ending.FAILED if failed else Ending.COMPLETE
