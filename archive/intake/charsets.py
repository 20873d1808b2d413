"""The charset of every text of a capture, settled once, when it is kept.

Afterwards whoever reads the text and whoever shows the page read the same letters. What is UTF-8 beyond doubt is not looked at
further; everything else goes to a reader process, all of a capture at once.
"""

from __future__ import annotations

import contextlib

import msgspec

from archive.errors import InputError, ProcessLost
from archive.formats.reader import Reader
from archive.formats.replay import is_text
from archive.model.replay import ServedText
from archive.model.source import Exchange, Fetched

_DOUBTFUL = (b"\0", b"\x04", b"\x1b")
"""Bytes of which a text in two bytes a letter, or one that shifts between sets, is full (see :mod:`archive.formats.encoding`)."""


def settle_charsets(reader: Reader, fetched: Fetched) -> Fetched:
    """What was fetched, each text of it with its charset; a text that the reader gives up on keeps none.

    Args:
        reader: a reader process.
        fetched: all that came.
    """
    made = fetched.exchanges + fetched.requisites
    settled = {n: "utf-8" for n, one in enumerate(made) if _has_charset(one) and is_surely_utf8(one.body)}
    left = [n for n, one in enumerate(made) if _has_charset(one) and n not in settled]
    if left:
        texts = [ServedText(made[n].body, made[n].media_type, made[n].declared_charset) for n in left]
        with contextlib.suppress(InputError, ProcessLost):
            settled.update(zip(left, reader.settle_charsets(texts), strict=True))
    filled = tuple(msgspec.structs.replace(one, charset=settled.get(n, "")) for n, one in enumerate(made))
    first = len(fetched.exchanges)
    return msgspec.structs.replace(fetched, exchanges=filled[:first], requisites=filled[first:])


def is_surely_utf8(data: bytes) -> bool:
    """Whether :func:`archive.formats.encoding.decode` takes the bytes for UTF-8 whatever is declared of them."""
    if any(sign in data for sign in _DOUBTFUL):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_charset(exchange: Exchange) -> bool:
    return bool(exchange.body) and (not exchange.media_type or is_text(exchange.media_type))
