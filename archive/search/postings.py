"""Postings: for each key of a word, in which documents of the volume it stands and how much it weighs there.

They are a second index beside the table ``words`` (FTS5), from which the same questions are answered faster; whatever is said here follows from
the other tables (:func:`rebuild`), and without it, or where it lags behind (:func:`is_current`), FTS5 answers alone.

A new document is one row of ``forward``: found at once, looked through from end to end. When 256 have gathered they become a segment, in the
transaction of the document that filled it; eight segments of a size become one of the next, up to 16,384 documents. Inside a segment a document is a
number from 0 in the order of rows, so that all arrays of a segment are short and start at 0.

An impact is the part of BM25 that belongs to word and document, as one byte: 255 f / (f + k1 (1 - b + b length / mean length)), at least 1, with FTS5's own
k1 = 1.2 and b = 0.75, f the number of places with a title's counted five times and a note's 0.8 times. The mean length is the volume's at the time when
the segment was made; where it has moved by more than a tenth a merge makes the impacts anew, and by more than a third every segment is (f is then
taken back from the byte, to the precision of the byte).
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.model.document import Document, Role
from archive.search.index import BETWEEN_PASSAGES, date_token
from archive.values import Language

Numbers = NDArray[Any]

VERSION = 1
"""Of keys, weights and arrays; a volume with postings of another version is answered by FTS5 until they are made anew."""
WEIGHTS = {"title": 25, "body": 5, "notes": 4}
"""How much one place of a word weighs, in fifths: as FTS5 is told in :mod:`archive.search.answer`."""
ROLES = (Role.REPORT, Role.SOURCE)
LANGUAGES = (Language.UNKNOWN, Language.ENGLISH, Language.RUSSIAN, Language.BELARUSIAN, Language.UKRAINIAN)
FORWARD_DOCUMENTS = 256
MERGED_AT_ONCE = 8
LARGEST_SEGMENT = 16_384
K1, B = 1.2, 0.75
_DRIFT_AT_MERGE, _DRIFT_ALWAYS = 0.10, 0.35
_ROWS_AT_ONCE = 4000
READ_FORWARD = "SELECT document, length, role, language, date, words FROM forward ORDER BY document"
_LAST = "SELECT max(id) FROM words_docsize"


@dataclass(frozen=True)
class State:
    """What the postings of a volume cover: up to which row, how many documents, of how many words together."""

    version: int
    last: int
    documents: int
    length: int
    change: int
    """Another random number after every change: what was read of the postings stays true while it stays."""

    @property
    def mean_length(self) -> float:
        """Words per document."""
        return self.length / max(1, self.documents)


def state(connection: Connection) -> State | None:
    """What the postings cover; None where there are none."""
    row = connection.exec_driver_sql("SELECT version, last, documents, length, change FROM postings_state").first()
    return State(*row) if row else None


def is_current(connection: Connection, known: State | None) -> bool:
    """Whether the postings cover what ``words`` holds. It is enough to compare the last rows: no program takes a row out of one of them alone."""
    return known is not None and known.version == VERSION and known.last == (connection.exec_driver_sql(_LAST).scalar() or 0)


def factor(lengths: Numbers, mean_length: float | Numbers) -> Numbers:
    """What stands beside f in BM25, for documents of these lengths."""
    scaled: Numbers = K1 * (1 - B + B * lengths.astype(np.float64) / np.maximum(mean_length, 1e-9))
    return scaled


def impacts_of(weights: Numbers, factors: Numbers) -> Numbers:
    """Bytes for weights f of documents with these factors."""
    impacts: Numbers = np.clip(np.rint(255 * weights / (weights + factors)), 1, 255).astype(np.uint8)
    return impacts


def weights_of(impacts: Numbers, factors: Numbers) -> Numbers:
    """The weights f that such bytes stand for, about."""
    bounded = np.minimum(impacts.astype(np.float64), 254.5)
    weights: Numbers = factors * bounded / (255 - bounded)
    return weights


def add(connection: Connection, row_id: int, document: Document, columns: Mapping[str, str]) -> None:
    """Take in a document, before ``words`` does, in the transaction of ``connection``. Postings that lag behind are forgotten.

    Args:
        connection: to the volume.
        row_id: of the document; larger than that of every document before.
        document: for role, language and date.
        columns: the keys of title, body and notes and the tokens of meta, as ``words`` will have them.
    """
    known = state(connection)
    last = connection.exec_driver_sql(_LAST).scalar() or 0
    if (known is None and last == 0) or (is_current(connection, known) and row_id > last):
        take_in(connection, row_id, document, columns)
    elif known is not None:
        clear(connection)


def take_in(connection: Connection, row_id: int, document: Document, columns: Mapping[str, str]) -> None:
    """What :func:`add` does, whatever ``words`` holds; documents come in the order of their rows."""
    connection.exec_driver_sql("INSERT OR IGNORE INTO postings_state VALUES (1, ?, 0, 0, 0, 0)", (VERSION,))
    weights: Counter[str] = Counter()
    for column, weight in WEIGHTS.items():
        for key, times in Counter(columns[column].split()).items():
            weights[key] += weight * times
    del weights[BETWEEN_PASSAGES]
    length = sum(len(columns[column].split()) for column in (*WEIGHTS, "meta"))
    ids = _term_ids(connection, weights)
    ordered = sorted((ids[key], weight) for key, weight in weights.items())
    words = np.array(ordered, "<u4").reshape(-1, 2).T.tobytes()
    said = document.description
    row = (
        row_id,
        length,
        ROLES.index(document.role),
        LANGUAGES.index(said.language),
        date_number(said.published_on or ""),
        words,
    )
    connection.exec_driver_sql("INSERT INTO forward VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.exec_driver_sql(
        "UPDATE postings_state SET last = ?, documents = documents + 1, length = length + ?, change = ?",
        (row_id, length, _new_change()),
    )
    if connection.exec_driver_sql("SELECT count(*) FROM forward").scalar_one() >= FORWARD_DOCUMENTS:
        merge(connection)


def _new_change() -> int:
    return secrets.randbits(62)


def date_number(published_on: str) -> int:
    """A date as one number: its digits filled up to eight, and how many there were: ``2025-01`` gives 202501006."""
    digits = date_token(published_on)[1:]
    return int(digits.ljust(8, "0")) * 10 + len(digits) if digits else 0


def _term_ids(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    wanted = sorted(keys)
    select = "SELECT key, id FROM terms WHERE key IN (SELECT value FROM json_each(?))"
    found = dict(_pairs(connection, select, wanted))
    missing = [key for key in wanted if key not in found]
    if missing:
        connection.exec_driver_sql("INSERT INTO terms (key) SELECT value FROM json_each(?)", (_json(missing),))
        found.update(_pairs(connection, select, missing))
    return found


def _pairs(connection: Connection, statement: str, keys: Sequence[str]) -> list[tuple[str, int]]:
    return [(key, number) for key, number in connection.exec_driver_sql(statement, (_json(keys),)).fetchall()]


def _json(keys: Sequence[Any]) -> str:
    return msgspec.json.encode(keys).decode()


def merge(connection: Connection) -> None:
    """Make a segment of the documents of ``forward``, and one of the newest eight segments of about a size, in the transaction of ``connection``."""
    known = state(connection)
    if known is None:
        return
    connection.exec_driver_sql("UPDATE postings_state SET change = ?", (_new_change(),))
    _flush(connection, known.mean_length)
    while numbers := _alike(connection):
        _join(connection, numbers, known.mean_length)
    for number, mean in connection.exec_driver_sql("SELECT id, mean_length FROM segments").fetchall():
        if abs(mean / known.mean_length - 1) > _DRIFT_ALWAYS:
            _join(connection, [number], known.mean_length)


def _alike(connection: Connection) -> list[int]:
    """The newest eight segments where they are of about a size and small enough to become one; else none."""
    newest = connection.exec_driver_sql(
        "SELECT id, documents FROM segments ORDER BY first DESC LIMIT ?", (MERGED_AT_ONCE,)
    ).fetchall()
    sizes = [documents for _, documents in newest]
    if len(newest) < MERGED_AT_ONCE or max(sizes) >= MERGED_AT_ONCE * min(sizes) or sum(sizes) > LARGEST_SEGMENT:
        return []
    return [number for number, _ in reversed(newest)]


@dataclass(frozen=True)
class ForwardLog:
    """The documents that are in no segment yet, in the order of their rows."""

    rows: Numbers
    lengths: Numbers
    roles: Numbers
    languages: Numbers
    dates: Numbers
    terms: Numbers
    """Of every word of every document, one after the other; ``documents`` and ``weights`` beside them."""
    documents: Numbers
    weights: Numbers


def read_forward(connection: Connection) -> ForwardLog:
    """All of ``forward``."""
    return forward_log(connection.exec_driver_sql(READ_FORWARD).fetchall())


def forward_log(stored: Sequence[Any]) -> ForwardLog:
    """The rows that :data:`READ_FORWARD` gives, as arrays."""
    rows, lengths, roles, languages, dates = np.array([row[:5] for row in stored], np.int64).reshape(-1, 5).T
    words = [np.frombuffer(row[5], "<u4").reshape(2, -1) for row in stored]
    counts = [part.shape[1] for part in words]
    whole = np.concatenate(words, axis=1) if words else np.zeros((2, 0), np.uint32)
    documents = np.repeat(np.arange(len(stored)), counts)
    return ForwardLog(rows, lengths, roles, languages, dates, whole[0], documents, whole[1] / 5)


def _flush(connection: Connection, mean_length: float) -> None:
    log = read_forward(connection)
    if not len(log.rows):
        return
    number = _new_segment(connection, mean_length, (log.rows, log.lengths, log.roles, log.languages, log.dates))
    impacts = impacts_of(log.weights, factor(log.lengths, mean_length)[log.documents])
    order = np.argsort(log.terms, kind="stable")
    terms, documents, impacts = log.terms[order], log.documents[order].astype("<u2"), impacts[order]
    begins = np.flatnonzero(np.diff(terms.astype(np.int64), prepend=-1)).tolist()
    named = terms[begins].tolist()
    _write(
        connection,
        (
            (number, term, documents[begin:end].tobytes(), impacts[begin:end].tobytes())
            for term, begin, end in zip(named, begins, [*begins[1:], len(terms)], strict=True)
        ),
    )
    connection.exec_driver_sql("DELETE FROM forward")


ARRAYS = {"rows": "<u4", "lengths": "<u4", "roles": "u1", "languages": "u1", "dates": "<u4"}
"""The arrays of a segment, with the type of their numbers."""


def _new_segment(connection: Connection, mean_length: float, arrays: Sequence[Numbers]) -> int:
    number = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM segments").scalar_one())
    blobs = [array.astype(kind).tobytes() for array, kind in zip(arrays, ARRAYS.values(), strict=True)]
    row = (number, len(arrays[0]), int(arrays[0][0]), mean_length, *blobs)
    connection.exec_driver_sql("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return number


def _write(connection: Connection, rows: Iterable[tuple[int, int, bytes, bytes]]) -> None:
    batch: list[tuple[int, int, bytes, bytes]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_AT_ONCE:
            connection.exec_driver_sql("INSERT INTO postings VALUES (?, ?, ?, ?)", batch)
            batch.clear()
    if batch:
        connection.exec_driver_sql("INSERT INTO postings VALUES (?, ?, ?, ?)", batch)


@dataclass(frozen=True)
class _Joining:
    """Segments on their way into one. The arrays have a number for each document of theirs, one segment after the other."""

    begins: Mapping[int, int]
    """Where each segment begins in them."""
    numbers: Numbers
    """Of the document in the new segment; -1 for the one that is left out."""
    factors: Numbers
    new_factors: Numbers
    has_drifted: Numbers


def _join(connection: Connection, numbers: Sequence[int], mean_length: float, *, without: int | None = None) -> None:
    """Make one segment of several neighbours, without the document of one row."""
    arrays: list[list[Numbers]] = []
    means: list[float] = []
    for number in numbers:
        *stored, mean = connection.exec_driver_sql(
            "SELECT rows, lengths, roles, languages, dates, mean_length FROM segments WHERE id = ?", (number,)
        ).one()
        arrays.append([np.frombuffer(blob, kind) for blob, kind in zip(stored, ARRAYS.values(), strict=True)])
        means.append(mean)
    sizes = [len(each[0]) for each in arrays]
    whole = [np.concatenate(each) for each in zip(*arrays, strict=True)]
    old_means = np.repeat(means, sizes)
    stays = whole[0] != (without or 0)
    joining = _Joining(
        begins=dict(zip(numbers, np.cumsum([0, *sizes]).tolist(), strict=False)),
        numbers=np.where(stays, np.cumsum(stays) - 1, -1),
        factors=factor(whole[1], old_means),
        new_factors=factor(whole[1], mean_length),
        has_drifted=abs(old_means / mean_length - 1) > _DRIFT_AT_MERGE,
    )
    if stays.any():
        kept_mean = mean_length if joining.has_drifted.all() or len(set(means)) > 1 else means[0]
        joined = _new_segment(connection, kept_mean, [each[stays] for each in whole])
        _write(connection, _lists(connection, joining, joined))
    marks = ", ".join(map(str, numbers))
    connection.exec_driver_sql(f"DELETE FROM postings WHERE segment IN ({marks})")  # noqa: S608 - numbers
    connection.exec_driver_sql(f"DELETE FROM segments WHERE id IN ({marks})")  # noqa: S608 - numbers


def _lists(connection: Connection, joining: _Joining, joined: int) -> Iterator[tuple[int, int, bytes, bytes]]:
    """The lists of the new segment, in the order of their terms."""
    marks = ", ".join(map(str, joining.begins))
    # SQLite sorts before it gives the first row of several segments, and a new segment's rows are in none of them.
    wanted = f"SELECT term, segment, documents, impacts FROM postings WHERE segment IN ({marks}) ORDER BY term"  # noqa: S608 - numbers
    rows = connection.exec_driver_sql(wanted)
    waiting: list[Any] = []
    while batch := rows.fetchmany(_ROWS_AT_ONCE):
        waiting.extend(batch)
        last = waiting[-1][0]
        yield from _moved([row for row in waiting if row[0] != last], joining, joined)
        waiting = [row for row in waiting if row[0] == last]
    yield from _moved(waiting, joining, joined)


def _moved(rows: Sequence[Any], joining: _Joining, joined: int) -> Iterator[tuple[int, int, bytes, bytes]]:
    """All lists of some terms, as they stand in the new segment: one pass of arithmetic over all of them."""
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: (row[0], joining.begins[row[1]]))
    sizes = [len(impacts) for _, _, _, impacts in ordered]
    begins = np.repeat([joining.begins[number] for _, number, _, _ in ordered], sizes)
    old = np.frombuffer(b"".join(documents for _, _, documents, _ in ordered), "<u2") + begins
    impacts = np.frombuffer(b"".join(each for _, _, _, each in ordered), np.uint8)
    if joining.has_drifted.any():
        anew = impacts_of(weights_of(impacts, joining.factors[old]), joining.new_factors[old])
        impacts = np.where(joining.has_drifted[old], anew, impacts)
    new = joining.numbers[old]
    terms = np.repeat([row[0] for row in ordered], sizes)[new >= 0]
    documents, weighed = new[new >= 0].astype("<u2").tobytes(), impacts[new >= 0].tobytes()
    if not len(terms):
        return
    starts = np.flatnonzero(np.diff(terms, prepend=-1)).tolist()
    for begin, end in zip(starts, [*starts[1:], len(terms)], strict=True):
        yield joined, int(terms[begin]), documents[2 * begin : 2 * end], weighed[begin:end]


def remove(connection: Connection, row_id: int, keys: Iterable[str]) -> None:
    """Take a document out, before ``words`` does, in the transaction of ``connection``: its segment is written anew, its own keys are forgotten.

    Args:
        connection: to the volume.
        row_id: of the document; nothing is done where the postings do not know it.
        keys: all its keys.
    """
    known = state(connection)
    if known is None or not is_current(connection, known):
        connection.exec_driver_sql("DELETE FROM postings_state")
        return
    length = connection.exec_driver_sql("SELECT length FROM forward WHERE document = ?", (row_id,)).scalar()
    connection.exec_driver_sql("DELETE FROM forward WHERE document = ?", (row_id,))
    if length is None:
        found = _segment_of(connection, row_id)
        if found is None:
            return
        number, length = found
        _join(connection, [number], known.mean_length, without=row_id)
    wanted = sorted(set(keys))
    ids = [
        number
        for _, number in _pairs(connection, "SELECT key, id FROM terms WHERE key IN (SELECT value FROM json_each(?))", wanted)
    ]
    unused = sorted(set(ids) - set(np.unique(read_forward(connection).terms).tolist()))
    for number in connection.exec_driver_sql("SELECT id FROM segments").scalars().all():
        used = "SELECT term FROM postings WHERE segment = ? AND term IN (SELECT value FROM json_each(?))"
        unused = sorted(set(unused) - set(connection.exec_driver_sql(used, (number, _json(unused))).scalars()))
    connection.exec_driver_sql("DELETE FROM terms WHERE id IN (SELECT value FROM json_each(?))", (_json(unused),))
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM words_docsize WHERE id <> ?", (row_id,)).scalar_one()
    connection.exec_driver_sql(
        "UPDATE postings_state SET last = ?, documents = documents - 1, length = length - ?, change = ?",
        (last, length, _new_change()),
    )


def _segment_of(connection: Connection, row_id: int) -> tuple[int, int] | None:
    """The segment that holds a document, and how long the document is."""
    for number, rows, lengths in connection.exec_driver_sql("SELECT id, rows, lengths FROM segments"):
        at = np.flatnonzero(np.frombuffer(rows, "<u4") == row_id)
        if len(at):
            return number, int(np.frombuffer(lengths, "<u4")[at[0]])
    return None


def clear(connection: Connection) -> None:
    """Forget all postings; FTS5 answers alone until they are made anew."""
    for table in ("postings", "segments", "forward", "terms", "postings_state"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our own names
