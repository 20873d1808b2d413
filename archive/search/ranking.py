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
"""Documents, numbered through all segments in the order of their rows, and a number for each."""


_CURRENT = (
    "SELECT version, last, documents, length, change FROM postings_state "
    "WHERE last = coalesce((SELECT max(id) FROM words_docsize), 0)"
)
_KEPT_VOLUMES = 4
_KEPT_BYTES = 16 * 1024 * 1024


class LeftToWords(Exception):
    """The question, or a part of it, is for FTS5."""


@dataclass(frozen=True)
class _Segment:
    """A segment; its documents are numbered on from ``begin``."""

    number: int
    begin: int
    mean_length: float


@dataclass
class _Snapshot:
    """What was read of the postings of one volume in one state, kept from one question to the next.

    The documents of the forward log come after those of all segments.
    """

    documents: int
    mean_length: float
    segments: list[_Segment]
    log: ForwardLog
    arrays: dict[str, Numbers] = field(default_factory=dict)
    lists: dict[int, _Found] = field(default_factory=dict)
    kept_bytes: int = 0

    @property
    def in_segments(self) -> int:
        """How many documents are in segments."""
        return self.documents - len(self.log.rows)

    def array(self, name: str, run: Run) -> Numbers:
        """One number for each document: a column of ``segments``, or ``factors``, what stands beside f in BM25."""
        if name not in self.arrays:
            if name == "factors":
                lengths = self.array("lengths", run)
                ends = [*(segment.begin for segment in self.segments), self.in_segments, self.documents]
                means = [*(segment.mean_length for segment in self.segments), self.mean_length]
                self.arrays[name] = postings.factor(lengths, np.repeat(means, np.diff(ends)))
            else:
                blobs = run(f"SELECT {name} FROM segments ORDER BY first").fetchall()  # noqa: S608 - our own names
                parts = [np.frombuffer(blob, ARRAYS[name]) for (blob,) in blobs]
                self.arrays[name] = np.concatenate([*parts, getattr(self.log, name).astype(ARRAYS[name])])
        return self.arrays[name]

    def keep(self, term: int, found: _Found) -> None:
        """Remember the list of a term, up to some megabytes."""
        self.kept_bytes += 5 * len(found[0]) + 200
        if self.kept_bytes > _KEPT_BYTES:
            self.lists.clear()
            self.kept_bytes = 0
        self.lists[term] = found


_snapshots: dict[int, _Snapshot] = {}
"""By the random number of the state; the newest last."""


@dataclass(frozen=True)
class _Phrase:
    """One word: its documents with their impacts, and what an impact is worth."""

    found: _Found
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
        self._parts: dict[Node, list[_Phrase]] = {}
        self._read(tree)

    def rows(self) -> Numbers:
        """The rows of all documents that answer, in order."""
        return self._snapshot.array("rows", self._run)[self._answer(self._tree)[0]]

    def best(self, most: int, *, among: Numbers | None = None) -> tuple[int, list[tuple[int, float]]]:
        """How many documents answer, and the row and score of the best ``most`` of them, equal ones in the order of their rows.

        Args:
            most: so many at most.
            among: rows in order; other documents do not answer.
        """
        found, scores = self._answer(self._tree)
        if among is not None:
            stays = np.isin(self._snapshot.array("rows", self._run)[found], among, assume_unique=True)
            found, scores = found[stays], scores[stays]
        kept = _largest(scores, most)
        rows = self._snapshot.array("rows", self._run)[found[kept]] if len(kept) else kept
        best = sorted(zip((-scores[kept]).tolist(), rows.tolist(), strict=True))
        return len(found), [(row, -badness) for badness, row in best]

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
        found = single[0] if len(single) == 1 else self._together(single)
        total, count = self._snapshot.documents, len(found[0])
        idf = math.log((total - count + 0.5) / (count + 0.5))
        return _Phrase(found, max(idf, _LEAST_IDF) * (postings.K1 + 1) / 255)

    def _fetch(self, terms: Sequence[int]) -> None:
        """Read the documents and impacts of these terms unless they are known."""
        # Other threads ask other questions of the same snapshot meanwhile.
        known = ((term, self._snapshot.lists.get(term)) for term in terms)
        self._found = {term: found for term, found in known if found is not None}
        missing = [term for term in dict.fromkeys(terms) if term not in self._found]
        if not missing:
            return
        begins = {segment.number: segment.begin for segment in self._snapshot.segments}
        numbered, wanted = ", ".join(map(str, begins)), ", ".join(map(str, missing))
        stored = f"SELECT segment, term, documents, impacts FROM postings WHERE segment IN ({numbered}) AND term IN ({wanted})"  # noqa: S608 - numbers
        parts: dict[int, list[tuple[int, bytes, bytes]]] = {term: [] for term in missing}
        for number, term, documents, impacts in self._run(stored):
            parts[term].append((begins[number], documents, impacts))
        for term, pieces in parts.items():
            self._found[term] = self._whole(term, sorted(pieces))
            self._snapshot.keep(term, self._found[term])

    def _whole(self, term: int, pieces: Sequence[tuple[int, bytes, bytes]]) -> _Found:
        """The list of a term through all segments, and through the forward log."""
        documents = [np.frombuffer(blob, "<u2") + np.uint32(begin) for begin, blob, _ in pieces]
        impacts = [np.frombuffer(blob, np.uint8) for _, _, blob in pieces]
        log = self._snapshot.log
        at = np.flatnonzero(log.terms == term)
        if len(at) or not pieces:
            logged = (log.documents[at] + self._snapshot.in_segments).astype(np.uint32)
            documents.append(logged)
            impacts.append(postings.impacts_of(log.weights[at], self._snapshot.array("factors", self._run)[logged]))
        return (documents[0], impacts[0]) if len(documents) == 1 else (np.concatenate(documents), np.concatenate(impacts))

    def _together(self, single: Sequence[_Found]) -> _Found:
        """Several terms as one."""
        factors = self._snapshot.array("factors", self._run)
        weights = np.zeros(self._snapshot.documents)
        for documents, impacts in single:
            weights[documents] += postings.weights_of(impacts, factors[documents])
        documents = np.flatnonzero(weights)
        return documents, 255 * weights[documents] / (weights[documents] + factors[documents])

    def _answer(self, node: Node) -> _Found:
        """The documents that satisfy a part of the question, with their scores."""
        if isinstance(node, Words):
            return self._any([(each.found[0], each.found[1] * np.float32(each.worth)) for each in self._parts[node]])
        if isinstance(node, Filter):
            documents = np.flatnonzero(self._passes(node))
            return documents, np.zeros(len(documents), np.float32)
        if isinstance(node, AnyOf):
            return self._any([self._answer(part) for part in node.parts])
        assert isinstance(node, AllOf), "publishers, sites and citations are no words"
        return self._all(node)

    def _any(self, parts: Sequence[_Found]) -> _Found:
        present = [part for part in parts if len(part[0])]
        if len(present) <= 1:
            return present[0] if present else parts[0]
        scores = np.zeros(self._snapshot.documents, np.float32)
        is_found = np.zeros(self._snapshot.documents, np.bool_)
        for documents, score in present:
            scores[documents] += score
            is_found[documents] = True
        documents = np.flatnonzero(is_found)
        return documents, scores[documents]

    def _all(self, node: AllOf) -> _Found:
        passes = [self._passes(part) for part in node.parts if isinstance(part, Filter)]
        wanted = [self._answer(part) for part in node.parts if not isinstance(part, Filter)]
        if wanted:
            (documents, scores), *others = sorted(wanted, key=lambda each: len(each[0]))
        else:
            documents, others = np.flatnonzero(passes.pop()), []
            scores = np.zeros(len(documents), np.float32)
        for each in others:
            if len(documents):
                documents, scores = _common(documents, scores, *each)
        for mask in passes:
            stays = mask[documents]
            documents, scores = documents[stays], scores[stays]
        for part in node.without:
            unwanted = np.zeros(self._snapshot.documents, np.bool_)
            unwanted[self._answer(part)[0]] = True
            stays = ~unwanted[documents]
            documents, scores = documents[stays], scores[stays]
        return documents, scores

    def _passes(self, node: Filter) -> Numbers:
        """For each document, whether a filter lets it pass."""
        passes = np.zeros(self._snapshot.documents, np.bool_)
        for beginning in node.beginnings:
            for name, tokens in (("roles", _ROLE_TOKENS), ("languages", _LANGUAGE_TOKENS)):
                for number, token in enumerate(tokens):
                    if token.startswith(beginning):
                        passes |= self._snapshot.array(name, self._run) == number
            if beginning.startswith("d") and beginning[1:].isdigit():
                digits = beginning[1:]
                dates = self._snapshot.array("dates", self._run)
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
    segments: list[_Segment] = []
    begin = 0
    for number, documents, mean_length in run("SELECT id, documents, mean_length FROM segments ORDER BY first").fetchall():
        segments.append(_Segment(number, begin, mean_length))
        begin += documents
    log = postings.forward_log(run(postings.READ_FORWARD).fetchall())
    made = _Snapshot(begin + len(log.rows), known.mean_length, segments, log)
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
    if len(scores) <= most or not most:
        return np.arange(min(len(scores), most))
    bound = np.partition(scores, len(scores) - most)[len(scores) - most]
    larger = np.flatnonzero(scores > bound)
    equal = np.flatnonzero(scores == bound)[: most - len(larger)]
    return np.sort(np.concatenate((larger, equal)))
