"""The words of a volume that the beginning of a word, or a word with slips, stands for."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from archive.search import forms
from archive.search.deadline import EXPANDED_S, Deadline
from archive.search.languages import KEY_LANGUAGES, alike, stem
from archive.search.query import Expand, OnlyThese, Words
from archive.storage.database import Interrupted

_MOST_FORMS = 400
_SHORTEST_EXPANDED = 4
_MANY_FORMS, _MOST_COMMON = 400, 64


class Expanding:
    """Looks words up for one question; each is looked up once in each volume.

    A beginning of two or three letters with which more than 400 words begin stands for the 64 words that stand in most documents, and the answer is not exact.
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
        self._in_volume: dict[tuple[Connection, Words], frozenset[str]] = {}

    def in_volume(self, connection: Connection) -> Expand:
        """The look-up for one volume."""
        return partial(self._expand, connection)

    def _expand(self, connection: Connection, words: Words) -> frozenset[str]:
        known = self._in_volume.get((connection, words))
        if known is not None:
            return known
        try:
            return self._look_up(connection, words)
        except Interrupted:
            self.is_exact = False
            self._in_volume[connection, words] = nothing = frozenset[str]()
            return nothing

    def _look_up(self, connection: Connection, words: Words) -> frozenset[str]:
        """The keys of the volume's words that ``words`` is a beginning of, or close to; those that begin like it are found without."""
        last = words.words[-1]
        found: forms.Forms = []
        if self._deadline.is_over(EXPANDED_S):
            self.is_exact = False
        elif words.is_prefix and self._is_cut(connection, last):
            self.is_exact = False
            common = forms.beginning_with(connection, last, most=_MOST_COMMON)
            only = OnlyThese(stem(form, language) for form, _ in common for language in KEY_LANGUAGES)
            self._in_volume[connection, words] = only
            return only
        elif words.is_fuzzy:
            found = forms.near(connection, last)
        elif len(last) >= _SHORTEST_EXPANDED:
            found = forms.beginning_with(connection, last, most=_MOST_FORMS)
        keys = frozenset(stem(form, language) for form, _ in found for language in KEY_LANGUAGES)
        if words.is_prefix:
            keys = frozenset(key for key in keys if not key.startswith(alike(last)))
        self.known[words] = self.known.get(words, frozenset()) | keys
        self._in_volume[connection, words] = keys
        return keys

    @staticmethod
    def _is_cut(connection: Connection, beginning: str) -> bool:
        # The list has no words with digits.
        if not beginning.isalpha() or len(beginning) >= _SHORTEST_EXPANDED:
            return False
        return forms.are_many(connection, beginning, more_than=_MANY_FORMS)
