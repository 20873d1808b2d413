"""Names and words that sound alike across scripts and orthographies: Лукашенко, Лукашэнка, Lukashenka, Łukašenka; William, Уильям.

A word is read by the rules of :mod:`archive.search.sounds` in all ways there are, the cheapest first; each reading is a skeleton under which words
are listed in a volume. Of the words found there each is told how far off it is: what the cheapest way costs to write the one as the other, rule by rule,
less what the cheapest way costs to write it at all. It is right to offer the nearest ones and wrong to take them for the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search import sounds
from archive.search.languages import has_cyrillic

Numbers = NDArray[Any]
_NEVER = 1e6
_OF_WHAT_IS_WRITTEN = 0.7
_WORSE = 11.0
_OTHER_LETTER, _LETTER_MORE = 10.0, 9.0
_ENDING, _OF_ENDING, _LONGEST_ENDING = 2.0, 1.0, 3
_LAST_LETTER = 0x2000


class Channel:
    """The rules by which words of one script are written in another, or in the same in other ways.

    Args:
        rules: what each run of letters may be written as, and the cost of it.
        is_cyrillic: whether what is written is Cyrillic.
        most_ways: so many skeletons of a word are looked for.
        farthest: a word that costs more than this for each letter, beyond what is least, is another one.
        scale: what counts as far as one slip of the hand.
    """

    def __init__(self, rules: sounds.Rules, *, is_cyrillic: bool, most_ways: int, farthest: float, scale: float) -> None:
        self._rules = rules
        self._most_ways = most_ways
        self._farthest, self._scale = farthest, scale
        self._is_cyrillic = is_cyrillic
        self._ways: dict[str, list[tuple[str, str, float]]] = {}
        self._costs: dict[str, tuple[float, list[tuple[int, Numbers]]]] = {}
        targets = {way for ways in rules.values() for way in ways if way and has_cyrillic(way) == is_cyrillic}
        self._letter_codes = _letter_codes(targets)
        self._base = int(self._letter_codes.max()) + 1
        self._known: dict[int, dict[str, int]] = {}
        for way in sorted(targets):
            known = self._known.setdefault(len(way), {})
            known[way] = len(known)
        self._tables = {length: self._sorted(known) for length, known in self._known.items()}
        self._cheapest = {length: np.full(len(known) + 1, _NEVER, np.float32) for length, known in self._known.items()}
        for ways in rules.values():
            for way, cost in ways.items():
                number = self._known.get(len(way), {}).get(way)
                if number is not None:
                    self._cheapest[len(way)][number] = min(cost, self._cheapest[len(way)][number])
        more = self._rules.get("", {})
        self._more = np.full(self._base, _LETTER_MORE, np.float32)
        for letter, cost in more.items():
            if len(letter) == 1:
                self._more[self._letter_codes[ord(letter)]] = cost

    def skeletons(self, word: str) -> tuple[list[int], float]:
        """The numbers of the skeletons of all ways to write ``word``, the likeliest first, and what the cheapest way costs."""
        states: list[dict[str, float]] = [{} for _ in range(len(word) + 1)]
        states[0][""] = 0.0
        worse = min(_WORSE, self._farthest * (len(word) + 1))
        for at in range(len(word)):
            state = states[at]
            if not state:
                continue
            worth = min(state.values()) + worse
            ordered = sorted((cost, skeleton) for skeleton, cost in state.items() if cost <= worth)[: self._most_ways]
            for length in range(1, min(sounds.LONGEST_RULE, len(word) - at) + 1):
                then = states[at + length]
                for at_start, later, cost in self._ways_of(word[at : at + length]):
                    for so_far, skeleton in ordered:
                        longer = skeleton if not later and skeleton else _longer(skeleton, later) if skeleton else at_start
                        whole = so_far + cost
                        if whole < then.get(longer, _NEVER):
                            then[longer] = whole
        ordered = sorted((cost, skeleton) for skeleton, cost in states[-1].items())[: self._most_ways]
        found = dict.fromkeys(sounds.number(skeleton, is_cyrillic=self._is_cyrillic) for _, skeleton in ordered)
        found.pop(0, None)
        return list(found), ordered[0][0] if ordered else 0.0

    def nearest(self, word: str, forms: Iterable[str], *, least: float, most: int) -> list[tuple[str, float]]:
        """Those of the forms that ``word`` may be written as, nearest first, and how far off they are: 0 the likeliest, 1 about as far as a slip."""
        ordered = list(forms)
        over = (self.far(word, list(map(sounds.spelt, ordered))) - (1 - _OF_WHAT_IS_WRITTEN) * least).tolist()
        near = sorted(
            (far / self._scale, form) for far, form in zip(over, ordered, strict=True) if far <= self._farthest * (len(word) + 1)
        )
        return [(form, far) for far, form in near[:most]]

    def _ways_of(self, run: str) -> list[tuple[str, str, float]]:
        """(signs at the start of a word, signs later, cost), each pair of signs once."""
        known = self._ways.get(run)
        if known is None:
            found: dict[tuple[str, str], float] = {}
            for way, cost in self._written_as(run).items():
                if not way or has_cyrillic(way) == self._is_cyrillic:
                    said = (sounds.signs(way), sounds.signs(way, before="-")[1:])
                    found[said] = min(cost, found.get(said, _NEVER))
            known = self._ways[run] = [(*said, cost) for said, cost in found.items()]
        return known

    def _written_as(self, run: str) -> dict[str, float]:
        ways = dict(self._rules.get(run, {}))
        if len(run) == 1 and not ways:
            plain = unicodedata.normalize("NFD", run)[0]
            ways = {way: cost + 1 for way, cost in self._rules.get(plain, {}).items()} or {"": _OTHER_LETTER}
        return ways

    def far(self, word: str, forms: Sequence[str]) -> Numbers:
        """For each of the forms, what the cheapest way costs to write ``word`` so."""
        codes, lengths = self._coded(forms)
        runs = self._runs_in(codes)
        rows = np.arange(len(forms))
        more = np.cumsum(np.pad(self._more[codes], ((0, 0), (1, 0))), axis=1)
        costs = [np.full((len(forms), codes.shape[1] + 1), _NEVER, np.float32) for _ in range(len(word) + 1)]
        costs[0][:, 0] = 0
        for at in range(len(word) + 1):
            here = np.minimum.accumulate(costs[at] - more, axis=1) + more
            costs[at] = here
            if at == len(word):
                break
            np.minimum(costs[at + 1], here + _OTHER_LETTER, out=costs[at + 1])
            np.minimum(costs[at + 1][:, 1:], here[:, :-1] + _OTHER_LETTER, out=costs[at + 1][:, 1:])
            for length in range(1, min(sounds.LONGEST_RULE, len(word) - at) + 1):
                silent, ways = self._costs_of(word[at : at + length])
                then = costs[at + length]
                if silent < _NEVER:
                    np.minimum(then, here + silent, out=then)
                for other, of_way in ways:
                    if other < here.shape[1]:
                        np.minimum(then[:, other:], here[:, :-other] + of_way[runs[other]], out=then[:, other:])
        found = costs[len(word)][rows, lengths]
        rare = self._least(codes, runs, lengths)
        for ending in range(1, _LONGEST_ENDING + 1):
            price = np.float32(_ENDING + _OF_ENDING * ending)
            if self._is_cyrillic:
                found = np.minimum(found, costs[len(word)][rows, np.maximum(lengths - ending, 0)] + price)
            if has_cyrillic(word) and len(word) > ending + 2:
                found = np.minimum(found, costs[len(word) - ending][rows, lengths] + price)
        return found - _OF_WHAT_IS_WRITTEN * rare

    def _least(self, codes: Numbers, runs: dict[int, Numbers], lengths: Numbers) -> Numbers:
        """What each of the forms costs at least, whatever it is written for."""
        rows, longest = codes.shape
        least = np.full((longest + 1, rows), _NEVER, np.float32)
        least[0] = 0
        more = self._more[codes]
        for at in range(longest):
            np.minimum(least[at + 1], least[at] + more[:, at], out=least[at + 1])
            for length, cheapest in self._cheapest.items():
                if at + length <= longest:
                    np.minimum(least[at + length], least[at] + cheapest[runs[length][:, at]], out=least[at + length])
        return least[lengths, np.arange(rows)]

    def _costs_of(self, run: str) -> tuple[float, list[tuple[int, Numbers]]]:
        """What it costs not to write the letters at all, and for each length of what they are written as the cost of each run of letters."""
        known = self._costs.get(run)
        if known is None:
            ways = self._written_as(run)
            found: dict[int, Numbers] = {}
            for way, cost in ways.items():
                number = self._known.get(len(way), {}).get(way)
                if number is not None:
                    table = found.setdefault(len(way), np.full(len(self._known[len(way)]) + 1, _NEVER, np.float32))
                    table[number] = cost
            known = self._costs[run] = (ways.get("", _NEVER), list(found.items()))
        return known

    def _coded(self, forms: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The letters of the forms as codes, a row for each, and their lengths."""
        lengths = np.array([len(form) for form in forms])
        letters = np.frombuffer("".join(forms).encode("utf-32-le"), np.uint32)
        codes = np.zeros((len(forms), int(lengths.max())), np.int64)
        codes[np.arange(codes.shape[1]) < lengths[:, None]] = self._letter_codes[np.minimum(letters, _LAST_LETTER)]
        return codes, lengths

    def _runs_in(self, codes: Numbers) -> dict[int, Numbers]:
        """For each length of a run that rules know, the number of the run that begins at each place, or one more than there are."""
        found = {}
        said = codes
        for length in range(1, max(self._known) + 1):
            if length > codes.shape[1]:
                break
            if length > 1:
                said = said[:, :-1] * self._base + codes[:, length - 1 :]
            if length in self._tables:
                keys, numbers = self._tables[length]
                at = np.minimum(np.searchsorted(keys, said), len(keys) - 1)
                found[length] = np.where(keys[at] == said, numbers[at], len(keys))
        return found

    def _sorted(self, known: dict[str, int]) -> tuple[Numbers, Numbers]:
        said = np.zeros(len(known), np.int64)
        for way, number in known.items():
            for letter in way:
                said[number] = said[number] * self._base + self._letter_codes[ord(letter)]
        order = np.argsort(said)
        return said[order], order


def _letter_codes(targets: set[str]) -> Numbers:
    """The code of each letter that rules know; of a letter with a mark that they do not know, that of the letter; 0 of everything else."""
    letters = sorted({letter for way in targets for letter in way})
    known = {letter: code for code, letter in enumerate(letters, 1)}
    codes = np.zeros(_LAST_LETTER + 1, np.int64)
    for first, last in sounds.LETTERS:
        for letter in map(chr, range(first, last + 1)):
            codes[ord(letter)] = known.get(letter) or known.get(unicodedata.normalize("NFD", letter)[0], 0)
    return codes


@lru_cache(maxsize=20_000)
def _longer(skeleton: str, later: str) -> str:
    if not later or len(skeleton) >= sounds.LONGEST_SKELETON:
        return skeleton
    return (skeleton + (later[1:] if later[0] == skeleton[-1] else later))[: sounds.LONGEST_SKELETON]


@cache
def channels(*, from_cyrillic: bool) -> tuple[Channel, Channel]:
    """The rules for words typed in Cyrillic or in Latin script: into the other script, and within it."""
    there, back = sounds.transcription()
    other = Channel(back if from_cyrillic else there, is_cyrillic=not from_cyrillic, most_ways=40, farthest=2.3, scale=3)
    return other, Channel(sounds.respelling(), is_cyrillic=from_cyrillic, most_ways=48, farthest=0.33, scale=0.35)
