"""A question as a plan: what the index is asked, and how the plan is written out.

:mod:`archive.search.typed` reads what a person typed into it; a question written out by :func:`write` is read as the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.model.hit import Clause, ClauseKind, Question, Where
from archive.search.entry import FILTER, language_token, role_token
from archive.search.languages import KEY_LANGUAGES, alike, in_index, stems_asked

_SHORTEST_PREFIX = 2
_PLAIN_VALUE = re.compile(r'[^\s"()]+')
_MOST_ROWS = 16


@dataclass(frozen=True)
class Words:
    """Words that must stand one after the other; usually one word. ``column`` is None for all parts of a document.

    ``is_exact`` asks for them as they are written, not in all their forms. Where ``near`` is a number, they may stand in any order with at most so
    many other words between the first and the last. ``is_unwanted`` says that no answer may hold them, so a beginning stands for all words that begin so, however many.
    """

    words: tuple[str, ...]
    column: str | None = None
    is_prefix: bool = False
    is_fuzzy: bool = False
    is_exact: bool = False
    near: int | None = None
    is_unwanted: bool = False


@dataclass(frozen=True)
class Filter:
    """The beginnings of tokens in ``meta``, any of which a document must have; ``written`` is the filter as it is typed."""

    beginnings: tuple[str, ...]
    written: str
    kind: ClauseKind
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Narrow:
    """What a document must be or cite, which no index of words tells: a field of :mod:`archive.search.fields` and the value typed."""

    field: str
    value: str


@dataclass(frozen=True)
class Chosen:
    """What was chosen from a facet: a document must have one of the values."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class AllOf:
    """All ``parts`` and none of ``without``; at least one part."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one of at least two ``parts``."""

    parts: tuple[Node, ...]


Node = Words | Filter | Narrow | Chosen | AllOf | AnyOf


class OnlyThese(frozenset[str]):
    """Keys that stand for a beginning of very many words: of those that stand in most documents. The beginning itself is not asked for."""


Expand = Callable[[Words], frozenset[str]]
"""From a word that is a beginning or is fuzzy to the keys of the volume's words that it stands for, beyond its own keys."""


@dataclass(frozen=True)
class Plan:
    """What was understood; ``tree`` is None where nothing was asked for that could be found."""

    tree: Node | None
    understood: str
    clauses: tuple[Clause, ...] = ()


def restricted(plan: Plan, question: Question, *, is_blank: bool) -> Plan:
    """The plan for the documents that were chosen besides, for words as they are written where that is asked, and with what is not wanted marked as such.

    Args:
        plan: what was typed.
        question: what was chosen.
        is_blank: nothing was typed, so that what was chosen is the whole question.
    """
    filters: list[Node] = []
    if question.roles:
        roles = tuple(role.value for role in question.roles)
        filters.append(Filter(tuple(role_token(role) for role in question.roles), "", ClauseKind.ROLE, roles))
    if question.languages:
        languages = tuple(language.value for language in question.languages)
        filters.append(
            Filter(tuple(language_token(language) for language in question.languages), "", ClauseKind.LANGUAGE, languages)
        )
    chosen = {
        "publisher": question.publishers,
        "site": question.sites,
        "year": question.years,
        "state": tuple(state.value for state in question.states),
        "collection": question.collections,
    }
    filters.extend(Chosen(facet, values) for facet, values in chosen.items() if values)
    tree = plan.tree
    if tree is not None:
        tree = _marked(_exactly(tree) if question.is_exact else tree, is_unwanted=False)
    if tree is not None and filters:
        tree = AllOf((tree, *filters))
    elif is_blank and filters:
        tree = AllOf(tuple(filters))
    return replace(plan, tree=tree)


def _exactly(node: Node) -> Node:
    if isinstance(node, Words):
        return node if node.is_prefix or node.is_fuzzy or node.near is not None else replace(node, is_exact=True)
    if isinstance(node, AllOf):
        return AllOf(tuple(map(_exactly, node.parts)), tuple(map(_exactly, node.without)))
    return AnyOf(tuple(map(_exactly, node.parts))) if isinstance(node, AnyOf) else node


def _marked(node: Node, *, is_unwanted: bool) -> Node:
    """The same question; its words know whether an answer may hold them."""
    if isinstance(node, Words):
        return replace(node, is_unwanted=True) if is_unwanted else node
    if isinstance(node, AnyOf):
        return AnyOf(tuple(_marked(part, is_unwanted=is_unwanted) for part in node.parts))
    if isinstance(node, AllOf):
        without = tuple(_marked(part, is_unwanted=True) for part in node.without)
        return AllOf(tuple(_marked(part, is_unwanted=is_unwanted) for part in node.parts), without)
    return node


def over_volumes(node: Node) -> Node:
    """The plan for an archive of several volumes: what a document is, the index of one of them may say of a time before another said better."""
    if isinstance(node, Filter) and node.kind is ClauseKind.ROLE:
        return Chosen("role", node.texts)
    if isinstance(node, AllOf):
        return AllOf(tuple(map(over_volumes, node.parts)), tuple(map(over_volumes, node.without)))
    return AnyOf(tuple(map(over_volumes, node.parts))) if isinstance(node, AnyOf) else node


_WHERE = {"title": Where.TITLE, "body": Where.BODY, "notes": Where.NOTE}
_NARROWS = {
    "publisher": ClauseKind.PUBLISHER,
    "site": ClauseKind.SITE,
    "state": ClauseKind.STATE,
    "in": ClauseKind.COLLECTION,
    "source": ClauseKind.SOURCE,
    "cites": ClauseKind.CITES,
    "cited-by": ClauseKind.CITED_BY,
}


def clauses_of(node: Node) -> tuple[Clause, ...]:
    """The parts of a question, for saying them; see :class:`~archive.model.hit.Clause`."""
    if isinstance(node, AllOf):
        wanted = [
            clause for part in node.parts for clause in (clauses_of(part) if not isinstance(part, AllOf) else (_clause(part),))
        ]
        return (*wanted, *(Clause(kind=ClauseKind.NOT, parts=(_clause(part),)) for part in node.without))
    return (_clause(node),)


def _clause(node: Node) -> Clause:
    if isinstance(node, Words):
        return Clause(kind=_kind(node), texts=node.words, where=_WHERE.get(node.column or ""), distance=node.near or 0)
    if isinstance(node, Filter):
        return Clause(kind=node.kind, texts=node.texts)
    if isinstance(node, Narrow):
        return Clause(kind=_NARROWS[node.field], texts=(node.value,))
    if isinstance(node, Chosen):
        return Clause(kind=ClauseKind.ANY, texts=node.values)
    if isinstance(node, AnyOf):
        return Clause(kind=ClauseKind.ANY, parts=tuple(map(_clause, node.parts)))
    return Clause(kind=ClauseKind.ALL, parts=clauses_of(node))


def _kind(node: Words) -> ClauseKind:
    if node.near is not None:
        return ClauseKind.NEAR
    if node.is_fuzzy:
        return ClauseKind.FUZZY
    if node.is_prefix:
        return ClauseKind.BEGINNING
    if node.is_exact:
        return ClauseKind.EXACT
    return ClauseKind.PHRASE if len(node.words) > 1 else ClauseKind.WORD


def write(node: Node) -> str:
    """The question written out in full, in its own language: what :func:`read` reads as the same plan."""
    if isinstance(node, Words):
        said = " ".join(node.words) + ("*" if node.is_prefix else "") + ("~" if node.is_fuzzy else "")
        said = f'"{said}"' if len(node.words) > 1 or node.is_exact else said
        said += "" if node.near is None else f"~{node.near}"
        column = {"notes": "note"}.get(node.column or "", node.column)
        return f"{column}:{said}" if column else said
    if isinstance(node, Filter):
        return node.written
    if isinstance(node, Narrow):
        return f"{node.field}:" + (node.value if _PLAIN_VALUE.fullmatch(node.value) else f'"{node.value}"')
    if isinstance(node, Chosen):
        return ""
    if isinstance(node, AnyOf):
        return " OR ".join(_bracketed(part) for part in node.parts)
    wanted = " AND ".join(_bracketed(part) for part in node.parts)
    return " ".join([wanted, *(f"NOT {_bracketed(part)}" for part in node.without)])


def _bracketed(node: Node) -> str:
    return f"({write(node)})" if isinstance(node, (AllOf, AnyOf)) else write(node)


def to_match(node: Node, expand: Expand) -> str:
    """The plan as an FTS5 expression (SQLite documentation, "FTS5 Full-text Query Syntax").

    Every word is quoted, so that nothing a person typed is read as syntax.
    """
    if isinstance(node, Words):
        return _match_words(node, expand)
    if isinstance(node, Filter):
        return _any(f'"{FILTER}{beginning}" *' for beginning in node.beginnings)
    if isinstance(node, (Narrow, Chosen)):
        raise TypeError("no index of words tells this")
    if isinstance(node, AnyOf):
        return _any(to_match(part, expand) for part in node.parts)
    wanted = " AND ".join(to_match(part, expand) for part in node.parts)
    if not node.without:
        return f"({wanted})"
    return f"(({wanted}) NOT {_any(to_match(part, expand) for part in node.without)})"


def _any(expressions: Iterator[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"


def _match_words(node: Words, expand: Expand) -> str:
    if node.near is not None:
        in_each = (" ".join(f'"{in_index(key)}"' for key in keys) for keys in key_variants(node.words))
        expression = _any(f"NEAR({keys}, {node.near})" for keys in in_each)
        return f"({node.column} : {expression})" if node.column else expression
    expression = _any(f'"{" ".join(keys)}"' + (" *" if is_beginning else "") for keys, is_beginning in phrases(node, expand))
    return f"({node.column} : {expression})" if node.column else expression


def phrases(node: Words, expand: Expand) -> list[tuple[tuple[str, ...], bool]]:
    """What words stand for, each once: keys in a row as the index has them, and whether the last of them is only the beginning of one."""
    found = dict.fromkeys((_tokens(keys), False) for keys in key_variants(node.words))
    if node.is_prefix or node.is_fuzzy:
        before = [_tokens(keys) for keys in key_variants(node.words[:-1])]
        beginning = alike(node.words[-1])
        further = expand(node)
        if node.is_prefix and len(beginning) >= _SHORTEST_PREFIX and not isinstance(further, OnlyThese):
            found |= dict.fromkeys(((*keys, in_index(beginning)), True) for keys in before)
        found |= dict.fromkeys(((*keys, key), False) for keys in before for key in map(in_index, sorted(further)))
    return list(found)


def _tokens(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(in_index(key) for key in keys)


def key_variants(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The keys of some words in a row, for each language they may be of and each word that their forms may belong to; at most sixteen for a language."""
    found: dict[tuple[str, ...], None] = {}
    for language in KEY_LANGUAGES:
        rows: list[tuple[str, ...]] = [()]
        for word in words:
            rows = [(*row, key) for key in stems_asked(word, language) for row in rows][:_MOST_ROWS]
        found.update(dict.fromkeys(rows))
    return tuple(found)


def words_asked(node: Node | None) -> list[Words]:
    """The words that an answer must show, in the order of the question; those that must not occur are left out.

    Words that must stand near each other are shown one by one.
    """
    if isinstance(node, Words):
        return [node] if node.near is None else [Words((word,), node.column) for word in node.words]
    if isinstance(node, (AllOf, AnyOf)):
        return [words for part in node.parts for words in words_asked(part)]
    return []
