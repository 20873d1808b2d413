"""What the index will hold of a document: the keys of its words, and the words themselves for the list of words.

Follows from the document alone, so it is made in the process that read its file; nothing here knows a database (:mod:`archive.search.index` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive.model.document import Document, Passage, PassageKind, Role
from archive.model.footnote import Note
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
_APART = "\t"


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
    stated = document.description.language
    body = [(passage.text, passage.language) for passage in passages if passage.kind != PassageKind.NOTE]
    at_foot = [(passage.text, passage.language) for passage in passages if passage.kind == PassageKind.NOTE]
    known = {passage.n for passage in passages}
    at_foot.extend((note.text, Language.UNKNOWN) for note in notes if note.passage not in known)
    cut = {
        "title": _cut([(line, stated) for line in description_lines(document)], otherwise=stated),
        "body": _cut(body, otherwise=stated),
        "notes": _cut(at_foot, otherwise=Language.UNKNOWN),
    }
    keys, listed = _looked_up([each for texts in cut.values() for each in texts])
    columns = {
        name: f" {BETWEEN_PASSAGES} ".join(" ".join(map(keys[language].__getitem__, words)) for language, words in texts)
        for name, texts in cut.items()
    }
    return {**columns, "meta": _meta(document)}, listed


_Cut = tuple[Language, list[str]]
"""A text as its words, with the language whose endings they are stripped of."""


def _cut(texts: Iterable[tuple[str, Language]], *, otherwise: Language) -> list[_Cut]:
    return [
        (cyrillic_language(text, stated if stated != Language.UNKNOWN else otherwise), WORD.findall(text))
        for text, stated in texts
    ]


def _looked_up(texts: Sequence[_Cut]) -> tuple[dict[Language, dict[str, str]], set[str]]:
    """The key of each word of some texts in each language, and the words for the list of words."""
    words: dict[Language, dict[str, str]] = {}
    for language, found in texts:
        words.setdefault(language, {}).update(dict.fromkeys(found, ""))
    listed: set[str] = set()
    for language, distinct in words.items():
        # Each word is looked up once in a table too large for the processor's caches, which is most of the work.
        said = _APART.join(map(_known_words(language).__getitem__, distinct)).split(_APART) if distinct else []
        distinct.update(zip(distinct, said[::2], strict=True))
        listed.update(said[1::2])
    return words, without_begun(listed)


def without_begun(listed: set[str]) -> set[str]:
    """Words for the list of words; of those that stand there with a capital letter and without one the former are left out, so that names are known."""
    listed.discard("")
    begun = [word for word in listed if word != (small := word.lower()) and small in listed]
    listed.difference_update(begun)
    return listed


def listed_as(word: str, folded: str) -> str:
    """How a word of a text stands in the list of words, its capital letter kept; empty for one that does not."""
    if len(folded) > _LONGEST_FORM or not folded.replace("'", "").isalpha():
        return ""
    begun = folded[0].upper() + folded[1:]
    return begun if word[0].isupper() and begun.lower() == folded else folded


class _Words(dict[str, str]):
    """From a word as it stands in a text of one language to its key as a token of the index and, behind :data:`_APART`, how it stands in the list of words.

    Its capital letter is kept there; a word that does not stand in the list has nothing. Filled as words are met.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        folded = fold(word)
        key = in_index(stem(folded, self._language)) if folded else ""
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        self[word] = said = key + _APART + listed_as(word, folded)
        return said


_known_words = cache(_Words)


def _meta(document: Document) -> str:
    said = document.description
    said_of_it = [role_token(document.role), language_token(said.language)]
    if said.published_on:
        said_of_it.append(date_token(said.published_on))
    return " ".join(FILTER + token for token in said_of_it)
