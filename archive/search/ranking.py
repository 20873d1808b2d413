"""Which documents of a volume answer a question, and how well, from its postings alone.

A document's score is the sum, over the parts of the question that it satisfies, of what FTS5's bm25() gives: for each key
log((N - n + 0.5) / (n + 0.5)), at least 0.000001, times (k1 + 1) times the impact (:mod:`archive.search.postings`). All keys that begin in one way count as one
word. Against FTS5 alone the documents and their number are the same, always, and scores differ by what a byte cannot hold.

Phrases, words of one part of a document and beginnings of very many words are left to FTS5: it finds few documents for them, or is quicker.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from sqlalchemy import Connection

from archive.search import postings
from archive.search.index import language_token, role_token
from archive.search.postings import LANGUAGES, ROLES, Numbers
from archive.search.query import AllOf, AnyOf, Expand, Filter, Node, Words, phrases

_MOST_KEYS = 64
_LEAST_IDF = 1e-6
_AFTER_ALL = "\U0010ffff"
_ROLE_TOKENS = tuple(role_token(role) for role in ROLES)
_LANGUAGE_TOKENS = tuple(language_token(language) for language in LANGUAGES)
_Found = tuple[Numbers, Numbers]
"""Documents of one segment, in order, and a number for each."""


class LeftToWords(Exception):
    """The question, or a part of it, is for FTS5."""


@dataclass
class _Segment:
    """A segment, or, without a number, the forward log; what it has is read when it is first needed."""

    connection: Connection
    number: int | None
    documents: int
    mean_length: float
    arrays: dict[str, Numbers] = field(default_factory=dict)

    def array(self, name: str, kind: str) -> Numbers:
        """One number for each document."""
        if name not in self.arrays:
            blob = self.connection.exec_driver_sql(f"SELECT {name} FROM segments WHERE id = ?", (self.number,)).scalar_one()  # noqa: S608 - our own names
            self.arrays[name] = np.frombuffer(blob, kind)
        return self.arrays[name]

    def factors(self) -> Numbers:
        """What stands beside f in BM25."""
        return postings.factor(self.array("lengths", "<u4"), self.mean_length)


@dataclass(frozen=True)
class _Phrase:
    """One word: its documents with their impacts, segment by segment, and what an impact is worth."""

    lists: tuple[_Found | None, ...]
    worth: float


class Ranking:
    """The postings of one volume, ready for one question.

    Args:
        connection: sees one state of the volume.
        tree: the question.
        expand: gives the further keys of beginnings and fuzzy words.

    Raises:
        LeftToWords: FTS5 is to be asked.
    """

    def __init__(self, connection: Connection, tree: Node, expand: Expand) -> None:
        known = postings.state(connection)
        if known is None or not postings.is_current(connection, known):
            raise LeftToWords
        self._connection = connection
        self._total = known.documents
        self._tree = tree
        self._expand = expand
        self._segments = [
            _Segment(connection, number, documents, mean)
            for number, documents, mean in connection.exec_driver_sql(
                "SELECT id, documents, mean_length FROM segments ORDER BY first"
            )
        ]
        self._log = postings.read_forward(connection)
        if len(self._log.rows):
            self._segments.append(self._forward(known.mean_length))
        self._marks = ", ".join(str(int(each.number)) for each in self._segments if each.number is not None)
        self._parts: dict[Node, list[_Phrase]] = {}
        self._read(tree)

    def _forward(self, mean_length: float) -> _Segment:
        log = self._log
        segment = _Segment(self._connection, None, len(log.rows), mean_length)
        segment.arrays = {
            "rows": log.rows,
            "lengths": log.lengths,
            "roles": log.roles,
            "languages": log.languages,
            "dates": log.dates,
        }
        return segment

    def best(self, most: int) -> tuple[int, list[tuple[int, float]]]:
        """How many documents answer, and the row and score of the best ``most`` of them, equal ones in the order of their rows."""
        count = 0
        best: list[tuple[float, int]] = []
        for place, segment in enumerate(self._segments):
            found, scores = self._answer(self._tree, place)
            count += len(found)
            if not len(found) or not most:
                continue
            if len(best) == most:
                # Segments are in the order of rows: what only equals the last of the best comes after it.
                better = scores > -best[-1][0]
                found, scores = found[better], scores[better]
            kept = _largest(scores, most)
            named = segment.array("rows", "<u4")[found[kept]]
            best = sorted([*best, *zip((-scores[kept]).tolist(), named.tolist(), strict=True)])[:most]
        return count, [(row, -badness) for badness, row in best]

    def _read(self, node: Node) -> None:
        """Fetch the lists of all words of the question."""
        if isinstance(node, Words):
            if node.column is not None or len(node.words) > 1:
                raise LeftToWords
            asked = phrases(node, self._expand)
            if len(asked) > _MOST_KEYS:
                raise LeftToWords
            self._parts[node] = [self._phrase(keys[0], is_beginning=is_beginning) for keys, is_beginning in asked]
        elif isinstance(node, (AllOf, AnyOf)):
            for part in (*node.parts, *(node.without if isinstance(node, AllOf) else ())):
                self._read(part)

    def _phrase(self, key: str, *, is_beginning: bool) -> _Phrase:
        if is_beginning:
            named = "SELECT id FROM terms WHERE key >= ? AND key < ? LIMIT ?"
            terms = self._connection.exec_driver_sql(named, (key, key + _AFTER_ALL, _MOST_KEYS + 1)).scalars().all()
            if len(terms) > _MOST_KEYS:
                raise LeftToWords
        else:
            terms = self._connection.exec_driver_sql("SELECT id FROM terms WHERE key = ?", (key,)).scalars().all()
        single = [self._lists(term) for term in terms]
        lists = single[0] if len(single) == 1 else [self._together(place, single) for place in range(len(self._segments))]
        count = sum(len(found[0]) for found in lists if found is not None)
        idf = math.log((self._total - count + 0.5) / (count + 0.5)) if count else 0.0
        return _Phrase(tuple(lists), max(idf, _LEAST_IDF) * (postings.K1 + 1) / 255)

    def _lists(self, term: int) -> list[_Found | None]:
        """The documents and impacts of a term, for each segment."""
        stored = f"SELECT segment, documents, impacts FROM postings WHERE segment IN ({self._marks}) AND term = ?"  # noqa: S608 - numbers
        found = {
            number: (np.frombuffer(documents, "<u2"), np.frombuffer(impacts, np.uint8))
            for number, documents, impacts in self._connection.exec_driver_sql(stored, (term,)).fetchall()
        }
        lists: list[_Found | None] = []
        for segment in self._segments:
            if segment.number is not None:
                lists.append(found.get(segment.number))
                continue
            at = np.flatnonzero(self._log.terms == term)
            documents = self._log.documents[at]
            lists.append(
                (documents, postings.impacts_of(self._log.weights[at], segment.factors()[documents])) if len(at) else None
            )
        return lists

    def _together(self, place: int, single: Sequence[Sequence[_Found | None]]) -> _Found | None:
        """Several terms as one, in one segment."""
        present = [lists[place] for lists in single]
        segment = self._segments[place]
        if all(found is None for found in present):
            return None
        factors = segment.factors()
        weights = np.zeros(segment.documents)
        for found in present:
            if found is not None:
                weights[found[0]] += postings.weights_of(found[1], factors[found[0]])
        documents = np.flatnonzero(weights)
        return documents, 255 * weights[documents] / (weights[documents] + factors[documents])

    def _answer(self, node: Node, place: int) -> _Found:
        """The documents of one segment that satisfy a part of the question, with their scores."""
        if isinstance(node, Words):
            listed = [(phrase.lists[place], phrase.worth) for phrase in self._parts[node]]
            return self._any([(found[0], found[1] * worth) for found, worth in listed if found is not None], place)
        if isinstance(node, Filter):
            documents = np.flatnonzero(self._passes(node, place))
            return documents, np.zeros(len(documents))
        if isinstance(node, AnyOf):
            return self._any([self._answer(part, place) for part in node.parts], place)
        return self._all(node, place)

    def _any(self, parts: Sequence[_Found], place: int) -> _Found:
        if len(parts) == 1:
            return parts[0]
        scores = np.zeros(self._segments[place].documents)
        is_found = np.zeros(self._segments[place].documents, np.bool_)
        for documents, score in parts:
            scores[documents] += score
            is_found[documents] = True
        documents = np.flatnonzero(is_found)
        return documents, scores[documents]

    def _all(self, node: AllOf, place: int) -> _Found:
        wanted = [part for part in node.parts if not isinstance(part, Filter)]
        filters = [self._passes(part, place) for part in node.parts if isinstance(part, Filter)]
        found = sorted((self._answer(part, place) for part in wanted), key=lambda each: len(each[0]))
        if not found:
            documents = np.flatnonzero(reduce(np.logical_and, filters))
            scores = np.zeros(len(documents))
        else:
            documents, scores = found[0]
        for others, weighed in found[1:]:
            if not len(documents):
                break
            documents, scores = _common(documents, scores, others, weighed)
        if found and filters:
            stays = reduce(np.logical_and, filters)[documents]
            documents, scores = documents[stays], scores[stays]
        for part in node.without:
            unwanted = np.zeros(self._segments[place].documents, np.bool_)
            unwanted[self._answer(part, place)[0]] = True
            documents, scores = documents[~unwanted[documents]], scores[~unwanted[documents]]
        return documents, scores

    def _passes(self, node: Filter, place: int) -> Numbers:
        """For each document of a segment, whether a filter lets it pass."""
        segment = self._segments[place]
        passes = np.zeros(segment.documents, np.bool_)
        for beginning in node.beginnings:
            for name, tokens in (("roles", _ROLE_TOKENS), ("languages", _LANGUAGE_TOKENS)):
                for number, token in enumerate(tokens):
                    if token.startswith(beginning):
                        passes |= segment.array(name, "u1") == number
            if beginning.startswith("d") and beginning[1:].isdigit():
                digits = beginning[1:]
                dates = segment.array("dates", "<u4")
                passes |= (dates // 10 // 10 ** (8 - len(digits)) == int(digits)) & (dates % 10 >= len(digits))
        return passes


def _common(documents: Numbers, scores: Numbers, others: Numbers, weighed: Numbers) -> _Found:
    """What two lists of documents have in common, with the sums of their scores; the first is the shorter one."""
    at = np.searchsorted(others, documents)
    at[at == len(others)] = 0
    both = others[at] == documents
    return documents[both], scores[both] + weighed[at[both]]


def _largest(scores: Numbers, most: int) -> Numbers:
    """The places of the ``most`` largest scores, of equal ones the first; in order."""
    if len(scores) <= most:
        return np.arange(len(scores))
    bound = np.partition(scores, len(scores) - most)[len(scores) - most]
    larger = np.flatnonzero(scores > bound)
    equal = np.flatnonzero(scores == bound)[: most - len(larger)]
    return np.sort(np.concatenate((larger, equal)))
