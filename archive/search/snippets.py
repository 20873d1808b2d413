"""Where in a document the words asked for stand, and the few lines that show it.

The places are found in the text itself, by the same folding and keys as the index, so nothing about them is stored.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.model.document import Passage, PassageKind
from archive.search.entry import cyrillic_language
from archive.search.fold import WORD, fold
from archive.search.languages import alike, beginnings, stem
from archive.search.query import Words, key_variants
from archive.values import Language

_WIDTH = 220
_LEAD = 60
_LONGEST_ENDING = 7
_LETTERS_LOOKED_AT = 5
_LONG = 250_000
_LOOKED_AT_BETWEEN = 500
_MOST_WEIGHED = 1000
_MOST_OUTLINES, _MOST_IN_A_ROW = 300, 16
"""Of more, the pattern would take longer to make than the texts to read."""
_SPACE = re.compile(r"\s+")
# What folding or a stemmer may change within a word: signs that come to nothing, and letters that are taken for each other.
_NOTHING = dict.fromkeys(map(ord, "'’ʼ‘`´ʹ′＇ь\u0300\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_NOTHING_PATTERN = "[\\Wь]*"
_ALIKE = {letter: f"[{group}]" for group in ("іїyiуўвиѝ", "ёѐeе", "ґг", "aа", "cс", "oо", "pр", "xх") for letter in group}
# Sets of more than two ranges cost a tenth of a millisecond each in Python's compiler, for each question.
_WIDER = {**dict.fromkeys("іїyiуўвиѝ", r"\w"), **dict.fromkeys("ёѐeе", "[eе-ё]")}
Runs = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` of a text, where the words number ``asked`` of the question stand."""

    start: int
    end: int
    asked: int


class Finder:
    """Finds the words of one question in texts.

    Args:
        asked: the words of the question.
        expanded: for words that are a beginning or fuzzy: the further keys they stand for.
        is_over: says that no more places are wanted.
    """

    def __init__(
        self,
        asked: Sequence[Words],
        expanded: Mapping[Words, frozenset[str]],
        *,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.is_over = is_over
        self._columns = [words.column for words in asked]
        self._lengths = [len(words.words) for words in asked]
        roughly: set[str] = set()
        every_word = False
        self._by_key: dict[str, list[_Place]] = {}
        self._by_form: dict[str, list[_Place]] = {}
        self._beginnings: list[tuple[str, str, _Place]] = []
        for number, words in enumerate(asked):
            if is_over():
                break
            if words.is_exact:
                for position, word in enumerate(words.words):
                    roughly.add(_pattern(word))
                    self._by_form.setdefault(exact_form(word), []).append((number, position))
                continue
            if len(words.words) > _MOST_IN_A_ROW:
                every_word = True
            for word in () if every_word else words.words:
                if len(roughly) <= _MOST_OUTLINES:
                    roughly.update(map(_outline, beginnings(word)))
            for keys in key_variants(words.words):
                for position, key in enumerate(keys):
                    self._know(key, (number, position))
            last = (number, len(words.words) - 1)
            for key in expanded.get(words, frozenset()):
                if len(roughly) <= _MOST_OUTLINES:
                    roughly.update(map(_outline, beginnings(key)))
                self._know(key, last)
            if words.is_prefix:
                self._beginnings.append((words.words[-1], alike(words.words[-1]), last))
                roughly.add(_pattern(words.words[-1]))
        one_of_them = "|".join(sorted(roughly)) if len(roughly) <= _MOST_OUTLINES and not every_word else r"[^\W_]"
        self._may_begin = re.compile(rf"(?<![^\W_])(?:{one_of_them or '(?!)'})")
        self._known: dict[Language, dict[str, tuple[_Place, ...]]] = {}

    @property
    def asked_count(self) -> int:
        """How many words and phrases the question has."""
        return len(self._lengths)

    def _know(self, key: str, place: _Place) -> None:
        places = self._by_key.setdefault(key, [])
        if place not in places:
            places.append(place)

    def may_stand_in(self, text: str) -> bool:
        """Whether looking for the words in ``text`` is worth while; quick, and never wrong when it says no."""
        return self._may_begin.search(text.lower()) is not None

    def spans(self, text: str, language: Language, *, column: str) -> list[Span]:
        """All places of the words in ``text``, in its order; a phrase is one place.

        Args:
            text: a passage or a title.
            language: what its Cyrillic words are in.
            column: the part of the document it belongs to; words asked for in another part are not found.
        """
        found: list[Span] = []
        running: dict[_Place, int] = {}
        known = self._known.setdefault(language, {})
        for number_of, (begin, end) in enumerate(self._stretches(text), 1):
            if number_of % _LOOKED_AT_BETWEEN == 0 and self.is_over():
                return found
            for met, match in enumerate(WORD.finditer(text, begin, end), 1):
                if met % _LOOKED_AT_BETWEEN == 0 and self.is_over():
                    return found
                surface = match[0]
                places = known.get(surface)
                if places is None:
                    places = known[surface] = self._look_up(surface, language)
                if not places:
                    if running:
                        running = {}
                    continue
                going_on: dict[_Place, int] = {}
                for number, position in places:
                    start = match.start() if position == 0 else running.get((number, position - 1), -1)
                    if start < 0:
                        continue
                    if position + 1 < self._lengths[number]:
                        going_on[number, position] = start
                    elif self._columns[number] in {None, column}:
                        found.append(Span(start, match.end(), number))
                running = going_on
        return found

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """The parts of ``text`` in which the words may stand, from space to space; all of it where words must stand in a row."""
        lower = text.lower()
        if max(self._lengths, default=1) > 1 or len(lower) != len(text):
            yield 0, len(text)
            return
        end = 0
        while match := self._may_begin.search(lower, end):
            begin = lower.rfind(" ", end, match.start()) + 1 or end
            end = lower.find(" ", match.end())
            if end < 0:
                end = len(lower)
            yield begin, end

    def _look_up(self, surface: str, language: Language) -> tuple[_Place, ...]:
        if self._may_begin.match(surface.lower()) is None:
            return ()
        word = fold(surface)
        key = stem(word, language)
        exact = self._by_form.get(exact_form(word), ()) if self._by_form else ()
        if not self._beginnings and not exact:
            return tuple(self._by_key.get(key, ()))
        places = {*self._by_key.get(key, ()), *exact}
        for beginning, alike_beginning, place in self._beginnings:
            if word.startswith(beginning) or key.startswith(alike_beginning):
                places.add(place)
        return tuple(sorted(places))


class Exactly:
    """Tells whether a word stands in texts as it is written; quicker than :class:`Finder`, which also says where.

    Args:
        word: folded.
    """

    def __init__(self, word: str) -> None:
        self._form = exact_form(word)
        self._may_begin = re.compile(rf"(?<![^\W_]){_pattern(word)}")

    def stands_in(self, text: str) -> bool:
        """Whether it stands in ``text``."""
        lower = text.lower()
        if len(lower) != len(text):
            return any(exact_form(fold(match[0])) == self._form for match in WORD.finditer(text))
        words = (WORD.match(text, match.start()) for match in self._may_begin.finditer(lower))
        return any(word is not None and exact_form(fold(word[0])) == self._form for word in words)


_Place = tuple[int, int]


def exact_form(word: str) -> str:
    """What two folded words that are written alike have in common: ё is е."""
    return word.replace("ё", "е")


def _outline(beginning: str) -> str:
    """A beginning as a pattern for lower-case text; more words fit than begin so, never fewer (no word begins with ь).

    A short one leaves an ending only, so that «и» does not fit half of all words; of a long one the first letters say enough, and the pattern
    is made anew for each question.
    """
    if len(beginning) > 2:
        return _pattern(beginning)
    return (
        _NOTHING_PATTERN.join(_ALIKE.get(letter) or _letter(letter) for letter in beginning) + rf"(?![^\W_]{{{_LONGEST_ENDING}}})"
    )


def _pattern(beginning: str) -> str:
    letters = beginning.translate(_NOTHING)[:_LETTERS_LOOKED_AT]
    return _NOTHING_PATTERN.join(_WIDER.get(letter) or _ALIKE.get(letter) or _letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    """A letter, which may also be written as another one and a mark (й as и and a breve); the mark comes to nothing."""
    bare = unicodedata.normalize("NFD", letter)[0]
    return re.escape(letter) if bare == letter else f"[{re.escape(letter)}{re.escape(bare)}]"


@dataclass(frozen=True)
class Found:
    """A passage that holds words of the question."""

    passage: Passage
    spans: list[Span] = field(default_factory=list)

    @property
    def worth(self) -> tuple[int, int]:
        """What makes one passage better than another: more different words of the question, then more of them (up to nine)."""
        return len({span.asked for span in self.spans}), min(len(self.spans), 9)


@dataclass(frozen=True)
class Looked:
    """The passages found; ``is_whole`` says that the document was looked through to its end."""

    found: list[Found]
    is_whole: bool


def find(finder: Finder, passages: Sequence[Passage], *, stated: Language, most: int | None) -> Looked:
    """The passages that hold words of the question, the best one first, the others in reading order.

    Args:
        finder: for the question.
        passages: all passages of a document.
        stated: the language of the document.
        most: so many places are enough, once a passage holds all words of the question; None for all there are.

    Returns:
        In a text longer than a book, where places abound, and where the time of the question is over, the passages up to the one where enough was found.
    """
    found: list[Found] = []
    seen = places = most_words = 0
    is_whole = True
    for at, passage in enumerate(passages, 1):
        if finder.is_over():
            is_whole = False
            break
        seen += len(passage.text)
        spans = _spans(finder, passage, stated=stated) if finder.may_stand_in(passage.text) else []
        if spans:
            found.append(Found(passage, spans))
            places += len(spans)
            if most_words < finder.asked_count:
                most_words = max(most_words, found[-1].worth[0])
        if most is None:
            continue
        is_enough = (places >= most or seen > _LONG) and most_words == finder.asked_count
        if is_enough or places >= most * 10:
            is_whole = at == len(passages)
            break
    if found:
        best = max(range(len(found)), key=lambda at: (*found[at].worth, -at))
        found.insert(0, found.pop(best))
    return Looked(found, is_whole)


def _spans(finder: Finder, passage: Passage, *, stated: Language) -> list[Span]:
    is_note = passage.kind == PassageKind.NOTE
    otherwise = Language.UNKNOWN if is_note else stated
    language = cyrillic_language(passage.text, passage.language if passage.language != Language.UNKNOWN else otherwise)
    return finder.spans(passage.text, language, column="notes" if is_note else "body")


def cut(text: str, spans: Sequence[Span]) -> Runs:
    """About 220 characters of ``text`` around the places that show most, as (text, is_hit) runs of plain text.

    Cut between words, with … where something was left out; white space of any kind is one space. Without places, its beginning.
    """
    begin, end = _window(text, spans)
    runs: list[tuple[str, bool]] = []
    at = begin
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if span.start < begin or span.end > end or span.end <= at:
            continue
        start = max(span.start, at)
        runs.extend(((text[at:start], False), (text[start : span.end], True)))
        at = span.end
    runs.append((text[at:end], False))
    if begin > 0:
        runs.insert(0, ("…", False))
    if end < len(text):
        runs.append(("…", False))
    return _joined(runs)


def _window(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """Where to cut: at word borders, no span inside cut in two."""
    first, last = 0, 0
    if spans:
        best = (0, 0)
        ordered = sorted(spans, key=lambda each: (each.start, each.end))
        starts = [span.start for span in ordered]
        for at, span in enumerate(ordered[:_MOST_WEIGHED]):
            near = ordered[at : bisect_right(starts, span.start + _WIDTH - _LEAD)]
            inside = [each for each in near if each.end - span.start <= _WIDTH - _LEAD]
            worth = (len({each.asked for each in inside}), len(inside))
            if worth > best:
                best, first, last = worth, span.start, max(each.end for each in inside)
        if not best[0]:
            first, last = ordered[0].start, ordered[0].end
    begin = max(0, min(first - _LEAD, len(text) - _WIDTH))
    end = min(len(text), max(begin + _WIDTH, last))
    while 0 < begin < first and not text[begin - 1].isspace():
        begin += 1
    while last < end < len(text) and not text[end].isspace():
        end -= 1
    if end <= last and last - begin < _WIDTH:
        end = last
    return min(begin, first), max(end, last) if last else (end or min(len(text), _WIDTH))


def _joined(runs: Sequence[tuple[str, bool]]) -> Runs:
    """The runs with single spaces, equal neighbours made one, no empty ones, no space at either end."""
    joined: list[tuple[str, bool]] = []
    for piece, is_hit in runs:
        plain = _SPACE.sub(" ", piece)
        if joined and joined[-1][0].endswith(" "):
            plain = plain.removeprefix(" ")
        if plain and joined and joined[-1][1] == is_hit:
            joined[-1] = (joined[-1][0] + plain, is_hit)
        elif plain:
            joined.append((plain, is_hit))
    if joined:
        joined[0] = (joined[0][0].lstrip(), joined[0][1])
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return tuple(run for run in joined if run[0])
