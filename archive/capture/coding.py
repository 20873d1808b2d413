"""A body with its Content-Encoding undone while it comes, never more than a mebibyte at a time whatever it unpacks to."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import brotli

from archive.errors import HostUnreachable
from archive.settings import MIB

ASKED_FOR = {"https": "gzip, deflate, br", "http": "gzip, deflate"}
"""What is asked for over each scheme; browsers ask for brotli over TLS only, because old proxies on the way broke it."""

_MOST_CODINGS = 2
_PACKED = zlib.MAX_WBITS | 32  # gzip or zlib, whichever the first bytes say

Undo = Callable[[Iterable[bytes], str], Iterator[bytes]]


def undone(parts: Iterator[bytes], coding: str, host: str) -> Iterator[bytes]:
    """The parts with their coding undone (RFC 9110 section 8.4): the last one applied comes off first.

    Args:
        parts: the body as it comes.
        coding: the value of Content-Encoding.
        host: who sends it, for the error.

    Raises:
        HostUnreachable: the coding is unknown or too deep, the bytes are not coded so (``protocol``), or they break off (``dropped``).
    """
    codings = [name for name in re.split(r"[\s,]+", coding.lower()) if name not in {"", "identity"}]
    if len(codings) > _MOST_CODINGS or not set(codings) <= set(_UNDO):
        raise HostUnreachable(host=host, reason="protocol")
    for name in reversed(codings):
        parts = _UNDO[name](parts, host)
    return parts


def _unpacked(parts: Iterable[bytes], host: str) -> Iterator[bytes]:
    """Gzip (RFC 1952, also of several members) or deflate (RFC 1950)."""
    engine, is_begun = zlib.decompressobj(_PACKED), False
    for part in parts:
        rest = part
        while rest:
            if engine.eof:
                if not rest.startswith(b"\x1f\x8b"):
                    break  # what follows the last member is no part of the body; browsers pass over it too
                engine = zlib.decompressobj(_PACKED)
            try:
                piece = engine.decompress(rest, MIB)
            except zlib.error as error:
                if is_begun:
                    raise HostUnreachable(host=host, reason="protocol") from error
                # Some servers send bare deflate (RFC 1951) where RFC 9110 means zlib.
                engine, is_begun = zlib.decompressobj(-zlib.MAX_WBITS), True
                continue
            is_begun = True
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
            yield piece
    if is_begun and not engine.eof:
        raise HostUnreachable(host=host, reason="dropped")


def _unpacked_brotli(parts: Iterable[bytes], host: str) -> Iterator[bytes]:
    """Brotli (RFC 7932)."""
    engine: Any = brotli.Decompressor()
    is_begun = False
    for part in parts:
        if engine.is_finished():
            break
        is_begun, rest = True, part
        try:
            while rest or not engine.can_accept_more_data():
                yield engine.process(rest, output_buffer_limit=MIB)
                rest = b""
        except brotli.error as error:
            raise HostUnreachable(host=host, reason="protocol") from error
    if is_begun and not engine.is_finished():
        raise HostUnreachable(host=host, reason="dropped")


_UNDO: dict[str, Undo] = {"gzip": _unpacked, "x-gzip": _unpacked, "deflate": _unpacked, "br": _unpacked_brotli}
