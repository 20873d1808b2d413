"""Segments of postings, made and joined in small steps.

What is due is done a few milliseconds at a time (:func:`tend`), each time in a transaction of its own or in that of a document, so that nobody who writes
waits long; killed between two steps, a volume is as it was before or after a step, and the next step goes on from there. The keeper does it in the background;
where nobody does, each document does a little of it (:func:`keep_up`).

1. The log of new documents becomes a segment when it has 256; neighbouring segments of about a size become one. The row of ``joining`` says of what
   the new segment is made and up to which term its lists are written. Nobody sees them before its row in ``segments`` is written, in the
   step in which the rows of what it is made of go.
2. Lists of segments that are no more are taken away.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
from sqlalchemy import Connection

from archive.search.postings import (
    ARRAYS,
    FORWARD_DOCUMENTS,
    ForwardLog,
    Numbers,
    coded,
    new_change,
    read_forward,
    state,
)

MERGED_AT_ONCE = 8
LARGEST_SEGMENT = 65_536
STEP_S = 0.004
"""How long one step may take, about; one document waits for at most one."""
_POSTINGS_AT_ONCE = 15_000
_BLOCK_BYTES = 8000
_BLOCKS_AT_ONCE, _SWEPT_AT_ONCE = 4, 40
_MOST_FORWARD = 2048
_BULK_S = 0.0006
"""How much of the joining each of many documents does itself."""


_PARTS = msgspec.json.Decoder(list[int])


@dataclass(frozen=True)
class _Joining:
    """A row of ``joining``: segment ``number`` is made of ``parts``, or of the log up to row ``until``; ``term`` is the last one that is written."""

    number: int
    parts: tuple[int, ...]
    until: int
    term: int


def tend(connection: Connection, *, limit_s: float = STEP_S, least: int = FORWARD_DOCUMENTS) -> bool:
    """Do some of what is due, in the transaction of ``connection``; the log is due when it has ``least`` documents.

    Returns:
        Whether more is due.

    Raises:
        sqlalchemy.exc.DBAPIError: the volume could not take it.
    """
    known = state(connection)
    if known is None or not known.documents:
        return False
    until = time.perf_counter() + limit_s
    while True:
        joining = _underway(connection) or _begin(connection, least)
        if joining is None:
            if not _sweep(connection):
                return False
        else:
            _step(connection, joining, until, change=known.segments_change)
        if time.perf_counter() >= until:
            return True


def is_due(connection: Connection) -> bool:
    """Whether :func:`tend` would do anything; ``connection`` need not write."""
    known = state(connection)
    if known is None or not known.documents:
        return False
    return (
        _underway(connection) is not None
        or _has_full_log(connection, FORWARD_DOCUMENTS)
        or bool(_alike(connection))
        or _swept(connection) is not None
    )


def finish(connection: Connection) -> None:
    """Do all that is due, in the transaction of ``connection``."""
    while tend(connection, limit_s=60.0):
        pass


def merge(connection: Connection) -> None:
    """Make a segment of the log however short it is, and do all that is due, in the transaction of ``connection``."""
    take_log(connection)
    finish(connection)


def keep_up(connection: Connection, documents: int) -> None:
    """What a writer does after so many documents: nothing where somebody tends in the background, else its share."""
    waiting = connection.exec_driver_sql("SELECT count(*) FROM forward").scalar_one()
    if documents > 1:
        if waiting >= _MOST_FORWARD:
            take_log(connection)
        tend(connection, limit_s=_BULK_S * documents, least=_MOST_FORWARD)
    elif waiting >= 2 * FORWARD_DOCUMENTS:
        tend(connection)


def abandon(connection: Connection) -> None:
    """Give up what is underway and leave none of its lists."""
    connection.exec_driver_sql("DELETE FROM joining")
    while _sweep(connection):
        pass


def leave_out(connection: Connection, row_id: int) -> int | None:
    """Write the segment that holds a document anew without it; nothing may be underway.

    Returns:
        How long the document is, in words; None where no segment holds it.
    """
    for number, rows, lengths in connection.exec_driver_sql("SELECT id, rows, lengths FROM segments").fetchall():
        at = np.flatnonzero(np.frombuffer(rows, "<u4") == row_id)
        if len(at):
            joining = _Joining(_next_number(connection), (number,), 0, -1)
            plan = _planned(connection, joining, without=row_id)
            _write(connection, joining.number, _joined(connection, joining, plan))
            _exchange(connection, joining, plan)
            abandon(connection)
            return int(np.frombuffer(lengths, "<u4")[at[0]])
    return None


def _underway(connection: Connection) -> _Joining | None:
    row = connection.exec_driver_sql("SELECT segment, parts, until, term FROM joining").first()
    return _Joining(row[0], tuple(_PARTS.decode(row[1])), *row[2:]) if row else None


def _begin(connection: Connection, least: int) -> _Joining | None:
    """Begin the next thing that is due; None where nothing is."""
    parts = _alike(connection)
    until = 0
    if not parts:
        if not _has_full_log(connection, least):
            return None
        until = connection.exec_driver_sql("SELECT max(document) FROM forward").scalar_one()
    joining = _Joining(_next_number(connection), tuple(parts), until, -1)
    row = (joining.number, msgspec.json.encode(joining.parts).decode(), until, -1)
    connection.exec_driver_sql("INSERT INTO joining VALUES (1, ?, ?, ?, ?)", row)
    return joining


def _has_full_log(connection: Connection, least: int) -> bool:
    return int(connection.exec_driver_sql("SELECT count(*) FROM forward").scalar_one()) >= least


def _next_number(connection: Connection) -> int:
    used = "SELECT max(coalesce((SELECT max(id) FROM segments), 0), coalesce((SELECT max(segment) FROM postings), 0)) + 1"
    return int(connection.exec_driver_sql(used).scalar_one())


def _alike(connection: Connection) -> list[int]:
    """Neighbouring segments of about a size that are small and many enough to become one; the newest of them that there are, else none."""
    segments = connection.exec_driver_sql("SELECT id, documents FROM segments ORDER BY first DESC").fetchall()
    sizes = [documents for _, documents in segments]
    for begin in range(len(segments)):
        many = min(MERGED_AT_ONCE, max(2, LARGEST_SEGMENT // max(1, sizes[begin])))
        window = sizes[begin : begin + many]
        if len(window) == many and max(window) < MERGED_AT_ONCE * min(window) and sum(window) <= LARGEST_SEGMENT:
            return [number for number, _ in reversed(segments[begin : begin + many])]
    return []


def _step(connection: Connection, joining: _Joining, until: float, *, change: int) -> None:
    """Write on until the time is up or the new segment is whole and takes the place of its parts."""
    if joining.parts:
        plan = _kept_plan(connection, joining, change)
        lists: Iterable[_Lists] = _joined(connection, joining, plan)
    else:
        log = _until(read_forward(connection), joining.until)
        lists = _lists_of(log, joining)
    last = _write(connection, joining.number, lists, until)
    if last is not None:
        connection.exec_driver_sql("UPDATE joining SET term = ?", (last,))
        return
    connection.exec_driver_sql("DELETE FROM joining")
    if joining.parts:
        _exchange(connection, joining, plan)
    else:
        _new_segment(connection, joining, [getattr(log, name) for name in ARRAYS])
        connection.exec_driver_sql("DELETE FROM forward WHERE document <= ?", (joining.until,))
    _changed(connection)


def _changed(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE postings_state SET change = ?, segments_change = ?", (new_change(), new_change()))


def _until(log: ForwardLog, row_id: int) -> ForwardLog:
    """The documents of the log up to a row."""
    count = int(np.searchsorted(log.rows, row_id, side="right"))
    if count == len(log.rows):
        return log
    end = int(np.searchsorted(log.documents, count))
    described = {name: getattr(log, name)[:count] for name in ARRAYS}
    return ForwardLog(**described, terms=log.terms[:end], documents=log.documents[:end], weights=log.weights[:end])


def take_log(connection: Connection) -> None:
    """Make a segment of the log at once, in the transaction of ``connection``."""
    known, log = state(connection), read_forward(connection)
    if known is None or not len(log.rows):
        return
    # A segment of the log that is underway would hold the same documents.
    connection.exec_driver_sql("DELETE FROM joining WHERE parts = '[]'")
    joining = _Joining(_next_number(connection), (), int(log.rows[-1]), -1)
    _write(connection, joining.number, _lists_of(log, joining))
    _new_segment(connection, joining, [getattr(log, name) for name in ARRAYS])
    connection.exec_driver_sql("DELETE FROM forward")
    _changed(connection)


@dataclass(frozen=True)
class _Lists:
    """Lists of some terms, one after the other: in the order of terms, and of documents for each."""

    terms: Numbers
    documents: Numbers
    weights: Numbers


def _lists_of(log: ForwardLog, joining: _Joining) -> Iterator[_Lists]:
    """The lists of the documents of a log, in the order of their terms, after the last one that is written."""
    wanted = np.flatnonzero(log.terms.astype(np.int64) > joining.term)
    order = wanted[np.argsort(log.terms[wanted], kind="stable")]
    terms, documents = log.terms[order].astype(np.int64), log.documents[order]
    weights = coded(log.weights[order])
    begin = 0
    while begin < len(terms):
        last = terms[min(begin + _POSTINGS_AT_ONCE, len(terms)) - 1]
        end = int(np.searchsorted(terms, last, side="right"))
        yield _Lists(terms[begin:end], documents[begin:end], weights[begin:end])
        begin = end


def _new_segment(connection: Connection, joining: _Joining, arrays: Sequence[Numbers]) -> None:
    blobs = [array.astype(kind).tobytes() for array, kind in zip(arrays, ARRAYS.values(), strict=True)]
    row = (joining.number, len(arrays[0]), int(arrays[0][0]), *blobs)
    connection.exec_driver_sql("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _write(connection: Connection, number: int, lists: Iterable[_Lists], until: float | None = None) -> int | None:
    """Write lists; stop when the time is up, with the last term that is written, unless there are no more."""
    last: int | None = None
    for some in lists:
        if last is not None and until is not None and time.perf_counter() >= until:
            return last
        connection.exec_driver_sql("INSERT INTO postings VALUES (?, ?, ?, ?, ?, ?)", _blocks(number, some))
        last = int(some.terms[-1])
    return None


def _blocks(number: int, lists: _Lists) -> list[tuple[int, int, bytes, bytes, bytes, bytes]]:
    """The rows of ``postings`` for some lists: about 8,000 bytes each, or one long list."""
    starts = np.flatnonzero(np.diff(lists.terms, prepend=-1))
    ends = np.append(starts[1:], len(lists.terms))
    different = lists.terms[starts].astype("<u4")
    filled = np.cumsum(8 + 3 * (ends - starts)) // _BLOCK_BYTES
    cuts = [*np.flatnonzero(np.diff(filled, prepend=-1)).tolist(), len(starts)]
    documents, weights = lists.documents.astype("<u2").tobytes(), lists.weights.tobytes()
    rows = []
    for a, b in pairwise(cuts):
        begin, end = int(starts[a]), int(ends[b - 1])
        within = (ends[a:b] - begin).astype("<u4").tobytes()
        rows.append((
            number,
            int(different[a]),
            different[a:b].tobytes(),
            within,
            documents[2 * begin : 2 * end],
            weights[begin:end],
        ))
    return rows


@dataclass(frozen=True)
class _Plan:
    """Segments on their way into one. The arrays have a number for each document of theirs, one segment after the other."""

    begins: Mapping[int, int]
    """Where each segment begins in them."""
    numbers: Numbers
    """Of the document in the new segment; -1 for the one that is left out."""
    arrays: Sequence[Numbers]
    """Of the new segment."""


_plans: dict[tuple[int, int], _Plan] = {}
"""The last one: reading it anew for every step would take longer than the step."""


def _kept_plan(connection: Connection, joining: _Joining, change: int) -> _Plan:
    """What :func:`_planned` gives; the segments of one volume stay what they are while the random number ``change`` does."""
    key = (change, joining.number)
    plan = _plans.get(key)
    if plan is None:
        plan = _planned(connection, joining)
        _plans.clear()
        _plans[key] = plan
    return plan


def _planned(connection: Connection, joining: _Joining, *, without: int = 0) -> _Plan:
    arrays: list[list[Numbers]] = []
    named = ", ".join(ARRAYS)
    for number in joining.parts:
        stored = connection.exec_driver_sql(f"SELECT {named} FROM segments WHERE id = ?", (number,)).one()  # noqa: S608 - our own names
        arrays.append([np.frombuffer(blob, kind) for blob, kind in zip(stored, ARRAYS.values(), strict=True)])
    sizes = [len(each[0]) for each in arrays]
    whole = [np.concatenate(each) for each in zip(*arrays, strict=True)]
    stays = whole[0] != without
    return _Plan(
        begins=dict(zip(joining.parts, np.cumsum([0, *sizes]).tolist(), strict=False)),
        numbers=np.where(stays, np.cumsum(stays) - 1, -1),
        arrays=[each[stays] for each in whole],
    )


def _exchange(connection: Connection, joining: _Joining, plan: _Plan) -> None:
    """The new segment in the place of its parts, whose lists are swept away later."""
    if len(plan.arrays[0]):
        _new_segment(connection, joining, plan.arrays)
    marks = ", ".join(map(str, joining.parts))
    connection.exec_driver_sql(f"DELETE FROM segments WHERE id IN ({marks})")  # noqa: S608 - numbers


def _joined(connection: Connection, joining: _Joining, plan: _Plan) -> Iterator[_Lists]:
    """The lists of the new segment, in the order of their terms, after the last one that is written."""
    beyond = joining.term
    while True:
        # A few blocks of each part at a time: up to the smallest of the last terms that were read, every part has been read whole.
        parts: list[_Lists] = []
        ends: list[int] = []
        for number in joining.parts:
            some, is_all = _read(connection, number, beyond, plan.begins[number])
            if len(some.terms):
                parts.append(some)
                if not is_all:
                    ends.append(int(some.terms[-1]))
        if not parts:
            return
        last = min(ends) if ends else max(int(some.terms[-1]) for some in parts)
        terms = np.concatenate([some.terms for some in parts])
        order = np.flatnonzero(terms <= last)
        order = order[np.argsort(terms[order], kind="stable")]
        documents, weights = (np.concatenate([getattr(some, name) for some in parts])[order] for name in ("documents", "weights"))
        yield from _moved(terms[order], documents, weights, plan)
        beyond = last


def _read(connection: Connection, number: int, beyond: int, begin: int) -> tuple[_Lists, bool]:
    """Some lists of a segment after a term, their documents numbered on from ``begin``, and whether they are the last."""
    wanted = (
        "SELECT terms, ends, documents, weights FROM postings WHERE segment = ?1 AND first >= coalesce("
        "(SELECT max(first) FROM postings WHERE segment = ?1 AND first <= ?2), 0) ORDER BY first LIMIT ?3"
    )
    rows = connection.exec_driver_sql(wanted, (number, beyond + 1, _BLOCKS_AT_ONCE)).fetchall()
    terms = [
        np.repeat(np.frombuffer(row[0], "<u4").astype(np.int64), np.diff(np.frombuffer(row[1], "<u4"), prepend=0)) for row in rows
    ]
    empty = np.zeros(0, np.int64)
    whole = np.concatenate([*terms, empty])
    documents = np.frombuffer(b"".join(row[2] for row in rows), "<u2").astype(np.int64) + begin
    weights = np.frombuffer(b"".join(row[3] for row in rows), np.uint8)
    stays = int(np.searchsorted(whole, beyond, side="right"))
    return _Lists(whole[stays:], documents[stays:], weights[stays:]), len(rows) < _BLOCKS_AT_ONCE


def _moved(terms: Numbers, old: Numbers, weights: Numbers, plan: _Plan) -> Iterator[_Lists]:
    """Lists as they stand in the new segment."""
    new = plan.numbers[old]
    stays = new >= 0
    if stays.any():
        yield _Lists(terms[stays], new[stays], weights[stays])


def _sweep(connection: Connection) -> bool:
    """Take away some lists that are of no segment; whether there were any."""
    number = _swept(connection)
    if number is None:
        return False
    end = "SELECT first FROM postings WHERE segment = ? ORDER BY first LIMIT 1 OFFSET ?"
    last = connection.exec_driver_sql(end, (number, _SWEPT_AT_ONCE)).scalar()
    bound = last if last is not None else 1 << 62
    connection.exec_driver_sql("DELETE FROM postings WHERE segment = ? AND first <= ?", (number, bound))
    return True


def _swept(connection: Connection) -> int | None:
    """A segment that is no more and of which lists are left."""
    living = set(connection.exec_driver_sql("SELECT id FROM segments UNION SELECT segment FROM joining").scalars())
    following = "SELECT min(segment) FROM postings WHERE segment > ?"
    number = connection.exec_driver_sql(following, (-1,)).scalar()
    while number is not None and number in living:
        number = connection.exec_driver_sql(following, (number,)).scalar()
    return number
