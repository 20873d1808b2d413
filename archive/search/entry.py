"""What the index will hold of a document: the keys of its words, and the words themselves for the list of words.

Follows from the document alone, so it is made in the process that read its file; nothing here knows a database (:mod:`archive.search.index` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive.model.document import Document, Passage, PassageKind, Role
from archive.model.footnote import Note
from archive.search.endings import english
from archive.search.fold import WORD, fold, tokens
from archive.search.languages import guess, has_cyrillic, in_index, stem
from archive.values import Language

COLUMNS = ("title", "body", "notes", "meta")
BETWEEN_PASSAGES = "\ue000"
FILTER = "\ue001"
"""Begins every token of ``meta``: FTS5 takes signs for private use for letters, and no word holds one (Unicode, category Co)."""
_CYRILLIC_LANGUAGES = frozenset({Language.BELARUSIAN, Language.RUSSIAN, Language.UKRAINIAN})
_LONGEST_FORM = 40
_KNOWN_WORDS = 200_000


def role_token(role: Role) -> str:
    """The token of ``meta``, less its :data:`FILTER`, that says that a document has this role."""
    return f"role{role.value}"


def language_token(language: Language) -> str:
    """The token of ``meta``, less its :data:`FILTER`, that says that a document is in this language."""
    return f"lang{language.value}"


def date_token(published_on: str) -> str:
    """The token of ``meta``, less its :data:`FILTER`, for an ISO 8601 date of any precision: ``2025-01`` gives ``d202501``."""
    return "d" + "".join(character for character in published_on if character in "0123456789")[:8]


def date_prefixes(first: str, last: str) -> tuple[str, ...]:
    """The shortest beginnings of date tokens that cover all days from ``first`` to ``last``, ISO 8601 dates; an empty one is open.

    ``2019`` to ``2021`` gives ``d2019``, ``d2020`` and ``d2021``; at most 9 for each digit of both ends.
    """
    low = date_token(first)[1:].ljust(8, "0")
    high = date_token(last)[1:].ljust(8, "9")
    return tuple("d" + beginning for beginning in _cover(low, high)) if low <= high else ("d-",)


def _cover(low: str, high: str) -> list[str]:
    """Beginnings of numbers that together are all numbers from ``low`` to ``high``, which have equally many digits."""
    if set(low) <= {"0"} and set(high) <= {"9"}:
        return [""]
    if low[0] == high[0]:
        return [low[0] + rest for rest in _cover(low[1:], high[1:])]
    length = len(low) - 1
    found = [low[0] + rest for rest in _cover(low[1:], "9" * length)]
    found.extend(str(digit) for digit in range(int(low[0]) + 1, int(high[0])))
    found.extend(high[0] + rest for rest in _cover("0" * length, high[1:]))
    return found


def cyrillic_language(passage_text: str, stated: Language) -> Language:
    """The language whose endings the Cyrillic words of a passage are stripped of.

    It is the stated one if that is be, ru or uk; else the Cyrillic words themselves decide (a Russian title in an English note).
    """
    if stated in _CYRILLIC_LANGUAGES or not has_cyrillic(passage_text):
        return stated
    return guess(" ".join(word for _, _, word in tokens(passage_text) if has_cyrillic(word)))


@dataclass(frozen=True)
class Entry:
    """What the index will hold of a document: made before the writer's turn comes, written in it."""

    document: Document
    columns: Mapping[str, str]
    """Title, body, notes and meta as they will stand in ``words``."""
    forms: frozenset[str]
    """The words of the document for the list of words; with a capital letter those that stand in it with one and not without."""


def prepare(document: Document, passages: Sequence[Passage], notes: Sequence[Note]) -> Entry:
    """Everything about a document that can be known without a volume; most of the work of :func:`archive.search.index.add`.

    Args:
        document: what the document states of itself.
        passages: all its passages in reading order, notes included.
        notes: its notes; one whose passage is not among ``passages`` is indexed by its own text.
    """
    columns, found = entry_of(document, passages, notes)
    return Entry(document, columns, frozenset(found))


def description_lines(document: Document) -> list[str]:
    """What a document states of itself and is found by, one thing each: title first, then reference, publisher, authors, topics."""
    said = document.description
    lines = [said.title, said.reference or "", said.publisher or "", *said.authors, *said.topics]
    return [line for line in lines if line]


def entry_of(document: Document, passages: Sequence[Passage], notes: Sequence[Note]) -> tuple[dict[str, str], set[str]]:
    """What stands in the columns of ``words`` for a document, keys between spaces, and its words for the list of words.

    A word has a capital letter where the document writes it with one and never without: so names are known.
    """
    found: set[str] = set()
    stated = document.description.language
    body = [(passage.text, passage.language) for passage in passages if passage.kind != PassageKind.NOTE]
    at_foot = [(passage.text, passage.language) for passage in passages if passage.kind == PassageKind.NOTE]
    known = {passage.n for passage in passages}
    at_foot.extend((note.text, Language.UNKNOWN) for note in notes if note.passage not in known)
    columns = {
        "title": _keys([(line, stated) for line in description_lines(document)], found, otherwise=stated),
        "body": _keys(body, found, otherwise=stated),
        "notes": _keys(at_foot, found, otherwise=Language.UNKNOWN),
        "meta": _meta(document),
    }
    return columns, words_listed(found)


class _Keys(dict[str, str]):
    """From a word as it stands in a text of one language to its key as a token of the index; filled as words are met."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        if word.isascii() and word.isalpha():
            key = english(word.lower())  # what the line below comes to, by a shorter way
        else:
            folded = fold(word)
            key = in_index(stem(folded, self._language)) if folded else ""
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        self[word] = key
        return key


class _Listed(dict[str, str]):
    """From a word as it stands in a text to how it stands in the list of words, its capital letter kept; empty for one that does not."""

    def __missing__(self, word: str) -> str:
        folded = word.lower() if word.isascii() and word.isalpha() else fold(word)
        listed = folded if len(folded) <= _LONGEST_FORM and folded.replace("'", "").isalpha() else ""
        if listed and word[0].isupper():
            begun = listed[0].upper() + listed[1:]
            listed = begun if begun.lower() == listed else listed
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        self[word] = listed
        return listed


_keys_in = cache(_Keys)
_LISTED = _Listed()


def _keys(texts: Iterable[tuple[str, Language]], found: set[str], *, otherwise: Language) -> str:
    """The keys of some texts with the sign between them; the words themselves, as they stand there, go to ``found``."""
    parts: list[str] = []
    for passage_text, stated in texts:
        language = cyrillic_language(passage_text, stated if stated != Language.UNKNOWN else otherwise)
        words = WORD.findall(passage_text)
        found.update(words)
        parts.append(" ".join(map(_keys_in(language).__getitem__, words)))
    return f" {BETWEEN_PASSAGES} ".join(parts)


def words_listed(words: Iterable[str]) -> set[str]:
    """The words of a text for the list of words, folded; with a capital letter those that stand in it with one and not without: so names are known."""
    found = set(map(_LISTED.__getitem__, set(words)))
    found.discard("")
    found.difference_update([word for word in found if word[0].isupper() and word.lower() in found])
    return found


def _meta(document: Document) -> str:
    said = document.description
    said_of_it = [role_token(document.role), language_token(said.language)]
    if said.published_on:
        said_of_it.append(date_token(said.published_on))
    return " ".join(FILTER + token for token in said_of_it)
