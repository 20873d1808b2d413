"""Other spellings of the words of a question, to be offered and never merged silently.

Four kinds: the same name in another language (``resources/search/aliases.txt``: Рыгор, Григорий), names that sound alike in any script (Лукашэнка,
Lukashenka; with a hyphen all parts together), and, for a word that stands in few documents, words a slip away and what the same keys give in another layout (``vbycr``, «минск»). A
spelling that the question finds anyway, because its key is the same, is not offered; of several forms of a word the most frequent is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product

from sqlalchemy import Connection, text

from archive.model.hit import MOST_SPELLINGS, Spelling
from archive.search import forms
from archive.search.endings import lines_of
from archive.search.fold import fold, tokens
from archive.search.keyboard import retyped
from archive.search.languages import KEY_LANGUAGES, in_index, stem, stems_asked
from archive.search.query import Words, key_variants

_FEW_DOCUMENTS = 3
_MOST_SLIPS = 40
_SHORTEST = 4
_LONGEST = 30
_MOST_WORDS = 4
_LIMIT_S = 0.003
_MOST_WAYS, _MOST_TOGETHER = 5, 20
_HYPHENATED = re.compile(r"""(?<![\w"«“„'-])[^\W\d_]{2,20}(?:-[^\W\d_]{2,20}){1,2}(?![\w"»”“'-])""")
_ALIAS, _OTHER_LAYOUT = -3.0, -4.0
_COUNT_FEW = text("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH :match LIMIT :most)")
_COUNT = text("SELECT count(*) FROM words WHERE words MATCH :match")


def spellings(
    connections: Sequence[Connection], asked: Sequence[Words], question_text: str, *, is_found: bool
) -> tuple[Spelling, ...]:
    """At most ten other spellings: what the keys give in another layout, other names, then the nearest first, equally near ones by the number of
    documents, then in the order of their letters.

    They are looked for where they may help: for a word that stands alone, that is written as a name or that stands in few documents; for
    every word of a question to which nothing was found.

    Args:
        connections: to all volumes of the archive.
        asked: the words of the question; phrases are passed over.
        question_text: as typed, for its capital letters.
        is_found: whether a document answers the question.

    Returns:
        Spellings with the number of documents that a question for each alone would find, and the word that each may take the place of.
    """
    typed = {word: question_text[start:end] for start, end, word in tokens(question_text)}
    singles = [words.words[0] for words in asked if len(words.words) == 1]
    worth = [word for word in dict.fromkeys(singles) if _is_worth(word)]
    found: dict[tuple[str, str], tuple[float, int]] = {}
    if not is_found:
        found.update(_in_other_layouts(connections, question_text))
    for word in worth[:_MOST_WORDS]:
        surface = typed.get(word, word)
        is_name = surface[:1].isupper()
        is_rare = sum(_count(connection, word, most=_FEW_DOCUMENTS) for connection in connections) < _FEW_DOCUMENTS
        if not (is_name or is_rare or len(singles) == 1 or not is_found):
            continue
        limit_s = _LIMIT_S / min(len(worth), _MOST_WORDS)
        for form, (far, documents) in _of_word(connections, word, is_rare=is_rare, limit_s=limit_s).items():
            shown = form.upper() if surface.isupper() else form.capitalize() if surface[:1].isupper() else form
            found.setdefault((shown, surface), (far, documents))
    for surface in _hyphenated(question_text)[:_MOST_WORDS]:
        for shown, far, documents in _of_hyphenated(connections, surface):
            found.setdefault((shown, surface), (far, documents))
    ordered = sorted(found.items(), key=lambda pair: (pair[1][0], -pair[1][1], pair[0]))
    return tuple(Spelling(shown, documents, surface) for (shown, surface), (_, documents) in ordered[:MOST_SPELLINGS])


def make_ready() -> None:
    """Reads what is read once in a process."""
    from archive.search import names

    _aliases()
    for from_cyrillic in (True, False):
        names.channels(from_cyrillic=from_cyrillic)


def _hyphenated(question_text: str) -> list[str]:
    """What is typed as one name with a hyphen, and not in quotation marks: Saint-Exupéry."""
    return [each for each in _HYPHENATED.findall(question_text) if each.replace("-", "").isalpha()]


def _of_hyphenated(connections: Sequence[Connection], surface: str) -> list[tuple[str, float, int]]:
    """Other spellings of a name with a hyphen, nearest first: how far off all of its parts are, and in how many documents they stand one after the other."""
    words = tuple(map(fold, surface.split("-")))
    ways: list[list[tuple[str, float]]] = []
    for word in words:
        alike = [each for connection in connections for each in forms.sounding_like(connection, word, limit_s=_LIMIT_S)]
        nearest = {each.form: each.far for each in sorted(alike, key=lambda each: -each.far)}
        ways.append([(word, 0.0), *sorted(nearest.items(), key=lambda way: way[1])[:_MOST_WAYS]])
    asked = set(key_variants(words))
    found = []
    for parts in sorted(product(*ways), key=lambda way: sum(far for _, far in way))[:_MOST_TOGETHER]:
        said = tuple(form for form, _ in parts)
        keys = key_variants(said)
        documents = 0 if asked & set(keys) else sum(_count_phrases(connection, keys) for connection in connections)
        if documents:
            shown = "-".join(
                part.capitalize() if typed[:1].isupper() else part for part, typed in zip(said, surface.split("-"), strict=True)
            )
            found.append((shown, sum(far for _, far in parts), documents))
            asked |= set(keys)
    return found


def _is_worth(word: str) -> bool:
    return (_SHORTEST <= len(word) <= _LONGEST or word in _aliases()) and word.replace("'", "").isalpha()


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """For each key of a name in our list, the names that mean the same."""
    found: dict[str, dict[str, None]] = {}
    for line in lines_of("aliases.txt"):
        group = dict.fromkeys(map(fold, line))
        for key in {key for name in group for key in (name, *_keys(name))}:
            found.setdefault(key, {}).update(group)
    return {key: tuple(group) for key, group in found.items()}


def _in_other_layouts(connections: Sequence[Connection], question_text: str) -> dict[tuple[str, str], tuple[float, int]]:
    """Words that the keys of each word as typed give in another layout and that stand in documents; nearer than all other spellings."""
    found: dict[tuple[str, str], tuple[float, int]] = {}
    for chunk in question_text.split()[:_MOST_WORDS]:
        for word in retyped(chunk) if len(chunk) <= _LONGEST else ():
            documents = sum(_count(connection, fold(word)) for connection in connections)
            if documents:
                found[word, chunk] = (_OTHER_LAYOUT, documents)
    return found


def _of_word(connections: Sequence[Connection], word: str, *, is_rare: bool, limit_s: float) -> dict[str, tuple[float, int]]:
    """Other spellings of one word: how far off each is, and in how many documents it is found."""
    known = frozenset(key for language in KEY_LANGUAGES for key in stems_asked(word, language))
    offered: dict[str, tuple[float, int]] = {}
    seen: set[str] = set()
    for name in dict.fromkeys(name for key in (word, *_keys(word)) for name in _aliases().get(key, ())):
        documents = (
            0 if known & _keys(name) or seen & _keys(name) else sum(_count(connection, name) for connection in connections)
        )
        if documents:
            offered[name] = (_ALIAS, documents)
            seen |= _keys(name)
    candidates: dict[str, float] = {}
    for connection in connections:
        alike = forms.sounding_like(connection, word, limit_s=limit_s / len(connections))
        slips = [each for each, _ in forms.mistyped(connection, word)[:_MOST_SLIPS]] if is_rare else []
        for each in (*alike, *slips):
            if not each.form.startswith(word):
                candidates[each.form] = min(each.far, candidates.get(each.form, each.far))
    for form in sorted(candidates, key=lambda each: (candidates[each], each)):
        if len(offered) >= MOST_SPELLINGS:
            break
        keys = _keys(form)
        if not keys & seen and not keys & known:
            documents = sum(_count(connection, form) for connection in connections)
            if documents:
                offered[form] = (candidates[form], documents)
        seen |= keys
    return offered


def _keys(form: str) -> frozenset[str]:
    return frozenset(stem(fold(form), language) for language in KEY_LANGUAGES)


def _count(connection: Connection, word: str, *, most: int | None = None) -> int:
    keys = key_variants((word,))
    if most is None:
        return _count_phrases(connection, keys)
    match = _match(keys)
    return int(connection.execute(_COUNT_FEW, {"match": match, "most": most}).scalar_one())


def _count_phrases(connection: Connection, rows: Sequence[tuple[str, ...]]) -> int:
    return int(connection.execute(_COUNT, {"match": _match(rows)}).scalar_one())


def _match(rows: Sequence[tuple[str, ...]]) -> str:
    return " OR ".join('"' + " ".join(map(in_index, keys)) + '"' for keys in rows)
