"""Which documents of a volume answer a question, and how well, from its postings.

A document's score is the sum, over the parts of the question that it satisfies, of what FTS5's bm25() gives: for each key
log((N - n + 0.5) / (n + 0.5)), at least 0.000001, times (k1 + 1) times its impact f / (f + k1 (1 - b + b length / mean length)) (:mod:`archive.search.postings`). All keys that begin in one way count as one
word. A phrase weighs what its words weigh, and so does a word of the body or of the notes alone (:func:`archive.search.full_text.ranked`).
Against FTS5 alone the documents and their number are the same, always, and scores differ by what a byte cannot hold of more than 20 places.

Where a phrase stands FTS5 says, among the documents that hold all its words; of two common words in a row the postings know. A question with beginnings of very
many words is left to FTS5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from archive.search import full_text, postings
from archive.search.common_words import COMMON_KEYS
from archive.search.entry import language_token, role_token
from archive.search.postings import ARRAYS, IN_TITLE, LANGUAGES, ROLES, VERSION, ForwardLog, Numbers, State, pair_term
from archive.search.query import AllOf, AnyOf, Expand, Filter, Node, Words, phrases, to_match
from archive.storage.database import Run

_MOST_KEYS = 512
_MOST_LOOKED_AT, _FEW_CANDIDATES, _FEW_KEYS = 60, 4, 8
_LEAST_IDF = 1e-6
_AFTER_ALL = "\U0010ffff"
_ROLE_TOKENS = tuple(role_token(role) for role in ROLES)
_LANGUAGE_TOKENS = tuple(language_token(language) for language in LANGUAGES)
_Found = tuple[Numbers, Numbers]
"""Documents, numbered through all segments in the order of their rows, and a number for each."""

_CURRENT = postings.READ_STATE + " WHERE last = coalesce((SELECT max(id) FROM words_docsize), 0)"  # noqa: S608 - our own names
_BLOCK = "SELECT terms, ends, documents, weights FROM postings WHERE segment = ? AND first <= ? ORDER BY first DESC LIMIT 1"
_KEPT_VOLUMES = 4
_KEPT_BYTES, _KEPT_BYTES_A_DOCUMENT = 24 * 1024 * 1024, 128
_DRIFT = 0.002
"""By how much the mean length may move until impacts are computed anew."""
_NOTHING: _Found = (np.zeros(0, np.uint32), np.zeros(0, np.float32))


class LeftToWords(Exception):
    """The question, or a part of it, is for FTS5."""


@dataclass(frozen=True)
class _Segment:
    """A segment; its documents are numbered on from ``begin``."""

    number: int
    begin: int


@dataclass
class _Kept:
    """What was read of the segments of one volume, as long as they stay what they are."""

    documents: int
    mean_length: float
    """For which impacts were computed."""
    segments: list[_Segment]
    arrays: dict[str, Numbers] = field(default_factory=dict)
    lists: dict[int, _Found] = field(default_factory=dict)
    kept_bytes: int = 0
    snapshot: _Snapshot | None = None

    def array(self, name: str, run: Run) -> Numbers:
        """One number for each document: a column of ``segments``, or ``factors``, what stands beside f in BM25."""
        if name not in self.arrays:
            if name == "factors":
                self.arrays[name] = postings.factor(self.array("lengths", run), self.mean_length)
            else:
                blobs = run(f"SELECT {name} FROM segments ORDER BY first").fetchall()  # noqa: S608 - our own names
                self.arrays[name] = np.frombuffer(b"".join(blob for (blob,) in blobs), ARRAYS[name])
        return self.arrays[name]

    def keep(self, term: int, found: _Found) -> None:
        """Remember the list of a term, up to some megabytes; then the longest go, which take least to read for their length, until half is free."""
        self.lists[term] = found
        self.kept_bytes += 8 * len(found[0]) + 200
        most = max(_KEPT_BYTES, _KEPT_BYTES_A_DOCUMENT * self.documents)
        if self.kept_bytes > most:
            shortest_first = sorted(self.lists.copy().items(), key=lambda each: len(each[1][0]))
            sizes = np.cumsum([8 * len(documents) + 200 for _, (documents, _) in shortest_first])
            stay = int(np.searchsorted(sizes, most // 2, "right"))
            self.lists = dict(shortest_first[:stay])
            self.kept_bytes = int(sizes[stay - 1]) if stay else 0


@dataclass
class _Snapshot:
    """One state of a volume's postings. The documents of the forward log come after those of all segments."""

    change: int
    documents: int
    mean_length: float
    kept: _Kept
    log: ForwardLog
    arrays: dict[str, Numbers] = field(default_factory=dict)
    masks: dict[tuple[str, ...], Numbers] = field(default_factory=dict)

    def array(self, name: str, run: Run) -> Numbers:
        """One number for each document: see :meth:`_Kept.array`."""
        if name not in self.arrays:
            kept = self.kept.array(name, run)
            if len(self.log.rows):
                added = postings.factor(self.log.lengths, self.mean_length) if name == "factors" else getattr(self.log, name)
                kept = np.concatenate([kept, added.astype(kept.dtype)])
            self.arrays[name] = kept
        return self.arrays[name]


_kept: dict[int, _Kept] = {}
"""By the random number of the segments; the newest last."""


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
        row = run(_CURRENT).fetchone()
        if row is None or row[0] != VERSION:
            raise LeftToWords
        self._run = run
        self._tree = tree
        self._expand = expand
        self._snapshot = _snapshot(run, State(*row))
        self._parts: dict[Node, list[_Phrase]] = {}
        self._found: dict[int, _Found] = {}
        self._answered: _Found | None = None
        self._read(tree)

    @property
    def _whole(self) -> _Found:
        if self._answered is None:
            found, scores = self._answer(self._tree)
            weighed = full_text.ranked(self._tree)
            self._answered = (found, scores if weighed == self._tree else self._weigh(weighed, found)[1])
        return self._answered

    def rows(self) -> Numbers:
        """The rows of all documents that answer, in order."""
        return self._snapshot.array("rows", self._run)[self._answer(self._tree)[0]]

    def best(self, most: int, *, among: Numbers | None = None) -> tuple[int, list[tuple[int, float]]]:
        """How many documents answer, and the row and score of the best ``most`` of them, equal ones in the order of their rows.

        Args:
            most: so many at most.
            among: rows in order; other documents do not answer.
        """
        found, scores = self._whole
        if among is not None:
            stays = np.isin(self._snapshot.array("rows", self._run)[found], among, assume_unique=True)
            found, scores = found[stays], scores[stays]
        kept = _largest(scores, most)
        rows = self._snapshot.array("rows", self._run)[found[kept]] if len(kept) else kept
        best = sorted(zip((-scores[kept]).tolist(), rows.tolist(), strict=True))
        return len(found), [(row, -badness) for badness, row in best]

    def digests(self) -> Numbers:
        """The first 64 bits of the identifiers of all documents that answer."""
        return self._snapshot.array("digests", self._run)[self._whole[0]]

    def _read(self, node: Node) -> None:
        """Fetch the lists of all words of the question."""
        if isinstance(node, Words):
            self._parts[node] = self._read_words(node)
        elif isinstance(node, (AllOf, AnyOf)):
            for part in (*node.parts, *(node.without if isinstance(node, AllOf) else ())):
                self._read(part)

    def _read_words(self, node: Words) -> list[_Phrase]:
        if node.column in {None, "title"} and len(node.words) == 1 and node.near is None:
            mark = IN_TITLE if node.column else ""
            asked = [(mark + keys[0], is_beginning) for keys, is_beginning in phrases(node, self._expand)]
            try:
                named = self._named(asked)
            except LeftToWords:
                if not node.is_unwanted:
                    raise
                # What no answer holds weighs nothing: FTS5 says where it stands.
                return []
            self._fetch([term for terms in named for term in terms])
            return [self._phrase(terms) for terms in named]
        for part in full_text.words_of(node):
            self._parts[part] = self._read_words(part)
        return []

    def _named(self, asked: Sequence[tuple[str, bool]]) -> list[list[int]]:
        if len(asked) > _MOST_KEYS:
            raise LeftToWords
        return [self._terms(key, is_beginning=is_beginning) for key, is_beginning in asked]

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
        if not single:
            return _Phrase(_NOTHING, 0.0)
        found = single[0] if len(single) == 1 else self._together(single)
        total, count = self._snapshot.documents, len(found[0])
        idf = math.log((total - count + 0.5) / (count + 0.5))
        return _Phrase(found, max(idf, _LEAST_IDF) * (postings.K1 + 1))

    def _fetch(self, terms: Sequence[int]) -> None:
        """Read the documents and impacts of these terms unless they are known."""
        # Other threads ask other questions of the same snapshot meanwhile.
        lists = self._snapshot.kept.lists
        known = {term: found for term in terms if term not in self._found and (found := lists.get(term)) is not None}
        missing = sorted({term for term in terms if term not in known and term not in self._found})
        if missing:
            for term, found in self._from_segments(missing).items():
                known[term] = found
                self._snapshot.kept.keep(term, found)
        log = self._snapshot.log
        for term, found in known.items():
            at = np.flatnonzero(log.terms == term)
            self._found[term] = self._with_log(found, at) if len(at) else found

    def _from_segments(self, terms: Sequence[int]) -> dict[int, _Found]:
        """The lists of terms, which ascend, through all segments."""
        parts: dict[int, list[_Found]] = {term: [] for term in terms}
        for segment in self._snapshot.kept.segments:
            block = _Block()
            for term in terms:
                if not block.may_hold(term):
                    row = self._run(_BLOCK, (segment.number, term)).fetchone()
                    block = _Block(*row) if row else _Block()
                found = block.list_of(term)
                if found is not None:
                    parts[term].append((found[0] + np.uint32(segment.begin), found[1]))
        return {term: self._weighed(found) if found else _NOTHING for term, found in parts.items()}

    def _weighed(self, parts: Sequence[_Found]) -> _Found:
        """The list of a term, with impacts, from those of the segments, with bytes."""
        documents, codes = parts[0] if len(parts) == 1 else (np.concatenate(each) for each in zip(*parts, strict=True))
        weights = postings.PLACES[codes]
        return documents, weights / (weights + self._snapshot.kept.array("factors", self._run)[documents])

    def _with_log(self, found: _Found, at: Numbers) -> _Found:
        """A list with the documents of the log."""
        log = self._snapshot.log
        weights = log.weights[at].astype(np.float32)
        impacts = weights / (weights + postings.factor(log.lengths, self._snapshot.mean_length)[log.documents[at]])
        logged = (log.documents[at] + self._snapshot.kept.documents).astype(np.uint32)
        return np.concatenate([found[0], logged]), np.concatenate([found[1], impacts])

    def _together(self, single: Sequence[_Found]) -> _Found:
        """Several terms as one."""
        factors = self._snapshot.array("factors", self._run)
        documents = np.concatenate([each[0] for each in single])
        impacts = np.concatenate([each[1] for each in single])
        weights = np.bincount(documents, factors[documents] * impacts / (1 - impacts), minlength=self._snapshot.documents)
        found = np.flatnonzero(weights)
        return found, (weights[found] / (weights[found] + factors[found])).astype(np.float32)

    def _answer(self, node: Node) -> _Found:
        """The documents that satisfy a part of the question, with their scores."""
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, Filter):
            documents = np.flatnonzero(self._passes(node))
            return documents, np.zeros(len(documents), np.float32)
        if isinstance(node, AnyOf):
            return self._any([self._answer(part) for part in node.parts])
        assert isinstance(node, AllOf), "publishers, sites and citations are no words"
        return self._all(node)

    def _words(self, node: Words) -> _Found:
        parts = self._parts[node]
        if parts:
            return self._any([(each.found[0], each.found[1] * np.float32(each.worth)) for each in parts])
        found = self._standing(node)
        return found, np.zeros(len(found), np.float32)

    def _weigh(self, node: Node, documents: Numbers) -> tuple[Numbers, Numbers]:
        """Which of some documents satisfy a part of the question, and their scores; 0 for the others."""
        if isinstance(node, Filter):
            return self._passes(node)[documents], np.zeros(len(documents), np.float32)
        if isinstance(node, Words):
            has, scores = np.zeros(len(documents), np.bool_), np.zeros(len(documents), np.float32)
            for part in self._parts[node]:
                at, is_there = _places(documents, part.found[0])
                has |= is_there
                if len(part.found[0]):
                    scores += np.where(is_there, part.found[1][at] * np.float32(part.worth), np.float32(0))
            return has, scores
        assert isinstance(node, (AllOf, AnyOf))
        parts = [self._weigh(part, documents) for part in node.parts]
        joined = np.logical_or if isinstance(node, AnyOf) else np.logical_and
        has = joined.reduce([each[0] for each in parts])
        scores = np.sum([each[1] for each in parts], axis=0, dtype=np.float32)
        return has, scores * has

    def _standing(self, node: Words) -> Numbers:
        """The documents in which words stand in a row, or in one part."""
        if node.near is not None:
            return self._matching(to_match(node, self._expand), None)
        found: list[Numbers] = []
        for keys, is_beginning in phrases(node, self._expand):
            pair = self._pair(keys) if not is_beginning and len(keys) == 2 and node.column is None else None
            if pair is not None:
                found.append(pair)
                continue
            candidates = self._holding(keys[:-1] if is_beginning else keys)
            if candidates is None or len(candidates):
                found.append(self._matching(full_text.match(node, keys, is_beginning=is_beginning), candidates))
        return np.unique(np.concatenate(found)) if len(found) > 1 else found[0] if found else np.zeros(0, np.uint32)

    def _pair(self, keys: tuple[str, ...]) -> Numbers | None:
        if not COMMON_KEYS.issuperset(keys):
            return None
        terms = self._terms(pair_term(*keys), is_beginning=False)
        self._fetch(terms)
        return self._found[terms[0]][0] if terms else np.zeros(0, np.uint32)

    def _holding(self, keys: Sequence[str]) -> Numbers | None:
        """The documents that hold all of these keys, and all pairs of common ones; None where that is not looked at.

        FTS5 reads through a few lists sooner than it looks up a dozen documents, so of few keys only the rarest are worth a look; many it reads slowly,
        and nothing stops it meanwhile.
        """
        terms: list[int] = []
        marks = [pair_term(*pair) for pair in pairwise(keys) if COMMON_KEYS.issuperset(pair)]
        for key in dict.fromkeys((*keys, *marks)):
            known = self._terms(key, is_beginning=False)
            if not known:
                return np.zeros(0, np.uint32)
            terms.extend(known)
        self._fetch(terms)
        lists = sorted((self._found[term][0] for term in terms), key=len)
        if not lists or (len(lists[0]) > _MOST_LOOKED_AT and len(keys) <= _FEW_KEYS):
            return None
        found = lists[0]
        for other in lists[1:]:
            if not len(found):
                break
            found = found[_places(found, other)[1]]
        return found

    def _matching(self, match: str, candidates: Numbers | None) -> Numbers:
        """The documents for which FTS5 has this expression; those of the candidates, where they are few."""
        rows = self._snapshot.array("rows", self._run)
        if candidates is not None and len(candidates) <= _FEW_CANDIDATES:
            held = [row for row in rows[candidates].tolist() if self._run(full_text.HAS, (match, row)).fetchone()]
            return np.searchsorted(rows, np.array(held, rows.dtype)).astype(np.uint32)
        return np.searchsorted(rows, full_text.listed(self._run, match).astype(rows.dtype)).astype(np.uint32)

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
        masks = self._snapshot.masks
        if node.beginnings not in masks:
            if len(masks) > 32:
                masks.clear()
            masks[node.beginnings] = self._mask(node)
        return masks[node.beginnings]

    def _mask(self, node: Filter) -> Numbers:
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


class _Block:
    """A row of ``postings``: some lists of one segment."""

    def __init__(self, terms: bytes = b"", ends: bytes = b"", documents: bytes = b"", weights: bytes = b"") -> None:
        self._terms = np.frombuffer(terms, "<u4")
        self._ends = np.frombuffer(ends, "<u4")
        self._documents = np.frombuffer(documents, "<u2")
        self._weights = np.frombuffer(weights, np.uint8)

    def may_hold(self, term: int) -> bool:
        """Whether a term that is not smaller than those asked for before would be in here if it is anywhere."""
        return len(self._terms) > 0 and term <= self._terms[-1]

    def list_of(self, term: int) -> _Found | None:
        """The documents of a term, numbered within the segment, and the bytes of their weights."""
        at = int(np.searchsorted(self._terms, term))
        if at == len(self._terms) or self._terms[at] != term:
            return None
        begin, end = int(self._ends[at - 1]) if at else 0, int(self._ends[at])
        return self._documents[begin:end], self._weights[begin:end]


def _snapshot(run: Run, known: State) -> _Snapshot:
    """The one that is kept for this state, or a new one."""
    kept = _kept.get(known.segments_change)
    if kept is None or abs(known.mean_length - kept.mean_length) > _DRIFT * kept.mean_length:
        segments: list[_Segment] = []
        begin = 0
        for number, documents in run("SELECT id, documents FROM segments ORDER BY first").fetchall():
            segments.append(_Segment(number, begin))
            begin += documents
        kept = _Kept(begin, known.mean_length, segments)
        _kept[known.segments_change] = kept
        for change in list(_kept)[:-_KEPT_VOLUMES]:
            _kept.pop(change, None)
    snapshot = kept.snapshot
    if snapshot is None or snapshot.change != known.change:
        log = postings.forward_log(run(postings.READ_FORWARD).fetchall())
        snapshot = _Snapshot(known.change, known.documents, known.mean_length, kept, log)
        kept.snapshot = snapshot
    return snapshot


def _common(documents: Numbers, scores: Numbers, others: Numbers, weighed: Numbers) -> _Found:
    """What two lists of documents have in common, with the sums of their scores; the first is the shorter one."""
    at, both = _places(documents, others)
    return documents[both], scores[both] + weighed[at[both]]


def _places(documents: Numbers, others: Numbers) -> tuple[Numbers, Numbers]:
    """Where documents stand in another list, and whether they do."""
    if not len(others):
        return np.zeros(len(documents), np.int64), np.zeros(len(documents), np.bool_)
    # Of one type: otherwise numpy makes another copy of the longer list.
    at = np.searchsorted(others, documents.astype(others.dtype, copy=False))
    at[at == len(others)] = 0
    return at, others[at] == documents


def _largest(scores: Numbers, most: int) -> Numbers:
    """The places of the ``most`` largest scores, of equal ones the first; in order."""
    if len(scores) <= most or not most:
        return np.arange(min(len(scores), most))
    bound = np.partition(scores, len(scores) - most)[len(scores) - most]
    larger = np.flatnonzero(scores > bound)
    equal = np.flatnonzero(scores == bound)[: most - len(larger)]
    return np.sort(np.concatenate((larger, equal)))
