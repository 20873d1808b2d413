"""The words of a volume that the beginning of a word, or a word with slips, stands for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from archive.search import forms
from archive.search.deadline import EXPANDED_S, Deadline
from archive.search.languages import KEY_LANGUAGES, alike, stem
from archive.search.query import Expand, OnlyThese, Words
from archive.storage.database import Interrupted

_MOST_FORMS = 2000
_SHORTEST_EXPANDED = 4
_MANY_FORMS, _MOST_COMMON = 400, 64
_LOOKED_AT_BETWEEN = 50


class Expanding:
    """Looks words up for one question; each is looked up once in each volume.

    A beginning of two or three letters with which more than 400 words begin stands for the 64 words that stand in most documents, and the answer is not exact.
    Where it is not wanted it stands for all of them: whoever leaves out some of what is not wanted gives wrong answers.
    After a twentieth of a second nothing further is looked up.

    Args:
        deadline: of the question.
    """

    def __init__(self, deadline: Deadline | None = None) -> None:
        self._deadline = deadline or Deadline()
        self.known: dict[Words, frozenset[str]] = {}
        """What was looked up so far, in all volumes together."""
        self.is_exact = True
        """Whether everything was looked up that was asked for."""
        self._cut: set[tuple[Connection, Words]] = set()
        self._in_volume: dict[tuple[Connection, Words], frozenset[str]] = {}

    def in_volume(self, connection: Connection) -> Expand:
        """The look-up for one volume."""
        return partial(self._expand, connection)

    def is_cut(self, connection: Connection, words: Words) -> bool:
        """Whether ``words`` may stand for more in this volume than was looked up."""
        return (connection, words) in self._cut

    def _expand(self, connection: Connection, words: Words) -> frozenset[str]:
        known = self._in_volume.get((connection, words))
        if known is not None:
            return known
        try:
            keys = self._look_up(connection, words)
        except Interrupted:
            keys = self._cut_short(connection, words)
        self._in_volume[connection, words] = keys
        return keys

    def _cut_short(self, connection: Connection, words: Words) -> frozenset[str]:
        self.is_exact = False
        self._cut.add((connection, words))
        return frozenset()

    def _look_up(self, connection: Connection, words: Words) -> frozenset[str]:
        """The keys of the volume's words that ``words`` is a beginning of, or close to; those that begin like it are found without."""
        last = words.words[-1]
        if self._deadline.is_over(EXPANDED_S):
            return self._cut_short(connection, words)
        if words.is_prefix and not words.is_unwanted and self._is_short_for_many(connection, last):
            self._cut_short(connection, words)
            common = forms.beginning_with(connection, last, most=_MOST_COMMON)
            return OnlyThese(stem(form, language) for form, _ in common for language in KEY_LANGUAGES)
        found: forms.Forms = []
        if words.is_fuzzy:
            found = forms.near(connection, last)
        elif len(last) >= _SHORTEST_EXPANDED:
            found = forms.beginning_with(connection, last, most=_MOST_FORMS)
            if len(found) == _MOST_FORMS:
                self._cut_short(connection, words)
        keys = self._keys_of(connection, words, [form for form, _ in found])
        self.known[words] = self.known.get(words, frozenset()) | keys
        return keys

    def _keys_of(self, connection: Connection, words: Words, found: Sequence[str]) -> frozenset[str]:
        beginning = alike(words.words[-1]) if words.is_prefix else None
        keys: set[str] = set()
        for at, form in enumerate(found, 1):
            keys.update(stem(form, language) for language in KEY_LANGUAGES)
            if at % _LOOKED_AT_BETWEEN == 0 and self._deadline.is_over(EXPANDED_S):
                self._cut_short(connection, words)
                break
        return frozenset(key for key in keys if beginning is None or not key.startswith(beginning))

    @staticmethod
    def _is_short_for_many(connection: Connection, beginning: str) -> bool:
        # The list has no words with digits.
        if not beginning.isalpha() or len(beginning) >= _SHORTEST_EXPANDED:
            return False
        return forms.are_many(connection, beginning, more_than=_MANY_FORMS)
