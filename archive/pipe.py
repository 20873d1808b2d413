"""Messages between two processes of ours: a length of four bytes (big-endian), then that many bytes.

What the bytes mean is msgpack of :mod:`archive.model` types, decided by whoever owns both ends. Nothing is ever unpickled.
"""

from __future__ import annotations

import os
import struct
import threading

_LENGTH = struct.Struct(">I")
_LARGEST_READ_BYTES = 1 << 20


class Pipe:
    """One end of a two-way connection made of two file descriptors.

    Several threads may send; one thread receives.

    Args:
        source: the descriptor to read from.
        sink: the descriptor to write to.
    """

    def __init__(self, *, source: int, sink: int) -> None:
        self._source, self._sink = source, sink
        self._sending = threading.Lock()
        self._open = {source, sink}

    def send(self, message: bytes | memoryview) -> None:
        """Send one message, whole.

        Raises:
            OSError: the other end is gone.
        """
        with self._sending:
            if self._sink not in self._open:
                raise BrokenPipeError
            if len(message) < _LARGEST_READ_BYTES:
                self._write(_LENGTH.pack(len(message)) + bytes(message))
            else:
                self._write(_LENGTH.pack(len(message)))
                self._write(message)

    def receive(self) -> bytes | None:
        """The next message, or None when the other end is closed (also in the middle of a message)."""
        head = self._read(_LENGTH.size)
        return None if head is None else self._read(_LENGTH.unpack(head)[0])

    def finish_sending(self) -> None:
        """Close the descriptor to write to, so that the other end receives None; what comes can still be received."""
        self._close(self._sink)

    def close(self) -> None:
        """Close both descriptors; safe to call twice, but not while another thread receives."""
        self._close(self._sink)
        self._close(self._source)

    def _close(self, descriptor: int) -> None:
        if descriptor in self._open:
            self._open.remove(descriptor)
            os.close(descriptor)

    def _write(self, data: bytes | memoryview) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._sink, rest) :]

    def _read(self, size: int) -> bytes | None:
        parts: list[bytes] = []
        while size:
            try:
                part = os.read(self._source, min(size, _LARGEST_READ_BYTES))
            except OSError:
                return None
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)
