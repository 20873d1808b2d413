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

from archive.search import postings
from archive.search.index import language_token, role_token
from archive.search.postings import ARRAYS, LANGUAGES, ROLES, VERSION, ForwardLog, Numbers, State
from archive.search.query import AllOf, AnyOf, Expand, Filter, Node, Words, phrases
from archive.storage.database import Run

_MOST_KEYS = 64
_LEAST_IDF = 1e-6
_AFTER_ALL = "\U0010ffff"
_ROLE_TOKENS = tuple(role_token(role) for role in ROLES)
_LANGUAGE_TOKENS = tuple(language_token(language) for language in LANGUAGES)
_Found = tuple[Numbers, Numbers]
"""Documents of one segment, in order, and a number for each."""


_CURRENT = (
    "SELECT version, last, documents, length, change FROM postings_state "
    "WHERE last = coalesce((SELECT max(id) FROM words_docsize), 0)"
)
_KEPT_VOLUMES = 4
_KEPT_BYTES = 8 * 1024 * 1024


class LeftToWords(Exception):
    """The question, or a part of it, is for FTS5."""


@dataclass
class _Segment:
    """A segment, or, without a number, the forward log; its arrays are read when they are first needed."""

    number: int | None
    documents: int
    mean_length: float
    arrays: dict[str, Numbers] = field(default_factory=dict)


@dataclass
class _Snapshot:
    """What was read of the postings of one volume in one state, kept from one question to the next."""

    total: int
    segments: list[_Segment]
    log: ForwardLog
    lists: dict[int, tuple[_Found | None, ...]] = field(default_factory=dict)
    kept_bytes: int = 0

    def keep(self, term: int, found: tuple[_Found | None, ...]) -> None:
        """Remember the lists of a term, up to some megabytes."""
        self.kept_bytes += sum(3 * len(each[0]) + 200 for each in found if each is not None) + 100
        if self.kept_bytes > _KEPT_BYTES:
            self.lists.clear()
            self.kept_bytes = 0
        self.lists[term] = found


_snapshots: dict[int, _Snapshot] = {}
"""By the random number of the state; the newest last."""


@dataclass(frozen=True)
class _Phrase:
    """One word: its documents with their impacts, segment by segment, and what an impact is worth."""

    lists: tuple[_Found | None, ...]
    worth: float


class Ranking:
    """The postings of one volume, ready for one question.

    Args:
        run: runs a statement on a connection that sees one state of the volume (:func:`~archive.storage.database.plain_statements`).
        tree: the question.
        expand: gives the further keys of beginnings and fuzzy words.

    Raises:
        LeftToWords: FTS5 is to be asked.
    """

    def __init__(self, run: Run, tree: Node, expand: Expand) -> None:
        _refuse(tree)
        row = run(_CURRENT).fetchone()
        if row is None or row[0] != VERSION:
            raise LeftToWords
        self._run = run
        self._tree = tree
        self._expand = expand
        self._snapshot = _snapshot(run, State(*row))
        self._segments = self._snapshot.segments
        self._parts: dict[Node, list[_Phrase]] = {}
        self._read(tree)

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
            named = self._array(segment, "rows")[found[kept]]
            best = sorted([*best, *zip((-scores[kept]).tolist(), named.tolist(), strict=True)])[:most]
        return count, [(row, -badness) for badness, row in best]

    def _read(self, node: Node) -> None:
        """Fetch the lists of all words of the question."""
        if isinstance(node, Words):
            asked = phrases(node, self._expand)
            if len(asked) > _MOST_KEYS:
                raise LeftToWords
            named = [self._terms(keys[0], is_beginning=is_beginning) for keys, is_beginning in asked]
            self._fetch([term for terms in named for term in terms])
            self._parts[node] = [self._phrase(terms) for terms in named]
        elif isinstance(node, (AllOf, AnyOf)):
            for part in (*node.parts, *(node.without if isinstance(node, AllOf) else ())):
                self._read(part)

    def _terms(self, key: str, *, is_beginning: bool) -> list[int]:
        if not is_beginning:
            return [term for (term,) in self._run("SELECT id FROM terms WHERE key = ?", (key,))]
        named = "SELECT id FROM terms WHERE key >= ? AND key < ? LIMIT ?"
        terms = [term for (term,) in self._run(named, (key, key + _AFTER_ALL, _MOST_KEYS + 1))]
        if len(terms) > _MOST_KEYS:
            raise LeftToWords
        return terms

    def _phrase(self, terms: Sequence[int]) -> _Phrase:
        single = [self._found[term] for term in terms]
        lists = single[0] if len(single) == 1 else tuple(self._together(place, single) for place in range(len(self._segments)))
        count = sum(len(found[0]) for found in lists if found is not None)
        total = self._snapshot.total
        idf = math.log((total - count + 0.5) / (count + 0.5)) if count else 0.0
        return _Phrase(lists, max(idf, _LEAST_IDF) * (postings.K1 + 1) / 255)

    def _fetch(self, terms: Sequence[int]) -> None:
        """Read the documents and impacts of these terms, for each segment, unless they are known."""
        # Other threads ask other questions of the same snapshot meanwhile.
        known = ((term, self._snapshot.lists.get(term)) for term in terms)
        self._found = {term: lists for term, lists in known if lists is not None}
        missing = [term for term in dict.fromkeys(terms) if term not in self._found]
        if not missing:
            return
        numbered = ", ".join(str(segment.number) for segment in self._segments if segment.number is not None)
        wanted = ", ".join(map(str, missing))
        stored = f"SELECT segment, term, documents, impacts FROM postings WHERE segment IN ({numbered}) AND term IN ({wanted})"  # noqa: S608 - numbers
        found = {
            (number, term): (np.frombuffer(documents, "<u2"), np.frombuffer(impacts, np.uint8))
            for number, term, documents, impacts in self._run(stored)
        }
        for term in missing:
            lists = tuple(
                self._logged(term, segment) if segment.number is None else found.get((segment.number, term))
                for segment in self._segments
            )
            self._found[term] = lists
            self._snapshot.keep(term, lists)

    def _logged(self, term: int, segment: _Segment) -> _Found | None:
        log = self._snapshot.log
        at = np.flatnonzero(log.terms == term)
        if not len(at):
            return None
        documents = log.documents[at]
        return documents, postings.impacts_of(log.weights[at], self._factors(segment)[documents])

    def _array(self, segment: _Segment, name: str) -> Numbers:
        """One number for each document of a segment."""
        if name not in segment.arrays:
            (blob,) = self._run(f"SELECT {name} FROM segments WHERE id = ?", (segment.number,)).fetchone()  # noqa: S608 - our own names
            segment.arrays[name] = np.frombuffer(blob, ARRAYS[name])
        return segment.arrays[name]

    def _factors(self, segment: _Segment) -> Numbers:
        return postings.factor(self._array(segment, "lengths"), segment.mean_length)

    def _together(self, place: int, single: Sequence[Sequence[_Found | None]]) -> _Found | None:
        """Several terms as one, in one segment."""
        present = [lists[place] for lists in single]
        segment = self._segments[place]
        if all(found is None for found in present):
            return None
        factors = self._factors(segment)
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
                        passes |= self._array(segment, name) == number
            if beginning.startswith("d") and beginning[1:].isdigit():
                digits = beginning[1:]
                dates = self._array(segment, "dates")
                passes |= (dates // 10 // 10 ** (8 - len(digits)) == int(digits)) & (dates % 10 >= len(digits))
        return passes


def _refuse(node: Node) -> None:
    """Raise for what the postings do not know: phrases and parts of documents."""
    if isinstance(node, Words) and (node.column is not None or len(node.words) > 1):
        raise LeftToWords
    if isinstance(node, (AllOf, AnyOf)):
        for part in (*node.parts, *(node.without if isinstance(node, AllOf) else ())):
            _refuse(part)


def _snapshot(run: Run, known: State) -> _Snapshot:
    """The one that is kept for this state, or a new one."""
    kept = _snapshots.get(known.change)
    if kept is not None:
        return kept
    listed = run("SELECT id, documents, mean_length FROM segments ORDER BY first").fetchall()
    segments = [_Segment(number, documents, mean) for number, documents, mean in listed]
    log = postings.forward_log(run(postings.READ_FORWARD).fetchall())
    if len(log.rows):
        segments.append(_Segment(None, len(log.rows), known.mean_length, {name: getattr(log, name) for name in ARRAYS}))
    made = _Snapshot(known.documents, segments, log)
    _snapshots[known.change] = made
    for change in list(_snapshots)[:-_KEPT_VOLUMES]:
        _snapshots.pop(change, None)
    return made


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
