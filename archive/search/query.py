"""A question, read: from what a person typed to what the index is asked.

The language is that of Whoosh's parser (AND is understood between words, OR, NOT, brackets, "phrases" in any quotation marks, word*,
word~), with these fields:

    title:  body:  note:              the part of a document
    lang:be   role:report|source      the sort of document
    date:2024   date:[2023-05 TO 2024]   from:2023-05   to:2024    the date of publication, in the precision given

A word is asked for in all its forms. As nothing says in which language it was meant, it stands for the keys of all languages of its
script. What is written together (``2-123/2019``, ``human-rights``, an address) is a phrase. There is no wrong question: brackets
and quotation marks that do not match, unknown fields and operators without words are taken for what remains of them.

    valid:      права человека      "правы чалавека" OR "права людини"      title:Беларусь NOT role:source      EUR 49/8966/2025
    not valid:  nothing
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.model.document import Role
from archive.search.fold import tokens
from archive.search.index import FILTER, date_prefixes, language_token, role_token
from archive.search.languages import KEY_LANGUAGES, alike, in_index, stem
from archive.values import Language

with warnings.catch_warnings():
    # WORKAROUND whoosh-reloaded 2.7.5: its sources hold invalid escapes ("\u0020\S" and the like), of which Python warns when it
    # first compiles them; until a release that repairs them.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import qparser, query
    from whoosh.qparser import plugins

_LONGEST_QUESTION = 2000
_DEEPEST_BRACKET = 12
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟〝〞＂", '"'))
_OPEN_END = re.compile(r"(?:\s+|^)(?:AND|OR|NOT)\s*$")
_FUZZY_END = re.compile(r"~\d$")
_COLUMNS = {"title": "title", "body": "body", "text": "body", "note": "notes", "notes": "notes"}
_FIELDS = (*_COLUMNS, "lang", "role", "date", "from", "to")
_SHORTEST_PREFIX = 2


@dataclass(frozen=True)
class Words:
    """Words that must stand one after the other; usually one word. ``column`` is None for all parts of a document."""

    words: tuple[str, ...]
    column: str | None = None
    is_prefix: bool = False
    is_fuzzy: bool = False


@dataclass(frozen=True)
class Filter:
    """The beginnings of tokens in ``meta``, any of which a document must have; ``written`` is the filter as it is typed."""

    beginnings: tuple[str, ...]
    written: str


@dataclass(frozen=True)
class AllOf:
    """All ``parts`` and none of ``without``; at least one part."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one of at least two ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class _Not:
    """Only on the way: becomes ``without`` of the group it stands in."""

    part: Node


Node = Words | Filter | AllOf | AnyOf
_Read = Node | _Not | None
Expand = Callable[[Words], frozenset[str]]
"""From a word that is a beginning or is fuzzy to the keys of the volume's words that it stands for, beyond its own keys."""


@dataclass(frozen=True)
class Plan:
    """What was understood; ``tree`` is None where nothing was asked for that could be found."""

    tree: Node | None
    understood: str


def read(question_text: str, *, is_typing: bool = False) -> Plan:
    """The plan for a question, for any text at all.

    Args:
        question_text: as typed; from the 2,000th character on it is not looked at.
        is_typing: the last word may go on.
    """
    typed = _level(question_text[:_LONGEST_QUESTION].translate(_QUOTES).replace("\0", " "))
    typed = _OPEN_END.sub(" ", typed)
    if typed.count('"') % 2:
        head, _, last = typed.rpartition('"')
        typed = f'{head}"{last}*"' if is_typing and last[-1:].isalnum() else (f'{typed}"' if is_typing else f"{head} {last}")
    elif is_typing and typed[-1:].isalnum() and not _FUZZY_END.search(typed):
        typed += "*"
    tree = _parse(typed)
    if tree is None or isinstance(tree, _Not):
        written = f"NOT {write(tree.part)}" if isinstance(tree, _Not) else ""
        return Plan(None, written)
    return Plan(tree, write(tree))


def restricted(plan: Plan, *, roles: tuple[Role, ...], languages: tuple[Language, ...]) -> Plan:
    """The plan for documents of these roles and languages only; empty means any."""
    filters: list[Node] = []
    if roles:
        filters.append(Filter(tuple(role_token(role) for role in roles), ""))
    if languages:
        filters.append(Filter(tuple(language_token(language) for language in languages), ""))
    if plan.tree is None or not filters:
        return plan
    return replace(plan, tree=AllOf((plan.tree, *filters)))


def _parse(typed: str) -> _Read:
    try:
        return _node(_PARSER.parse(typed, normalize=False))
    except Exception:  # noqa: BLE001 - Whoosh names no errors, and fails in many ways on operators of operators; any text is a question
        return _group([_words(None, chunk) for chunk in typed.split()], is_any=False)


def _level(typed: str) -> str:
    """The text with brackets only where they match and are not nested deeper than anyone means."""
    opened: list[int] = []
    kept: set[int] = set()
    for at, character in enumerate(typed):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened:
            begin = opened.pop()
            if len(opened) < _DEEPEST_BRACKET:
                kept |= {begin, at}
    return "".join(" " if character in "()" and at not in kept else character for at, character in enumerate(typed))


def _make_parser() -> qparser.QueryParser:
    fields = "|".join(sorted(_FIELDS, key=len, reverse=True))
    return qparser.QueryParser(
        None,
        None,
        plugins=[
            plugins.FieldsPlugin(rf"(?<![\w:])(?P<text>{fields}):\s*", remove_unknown=False),
            plugins.PhrasePlugin(),
            plugins.PrefixPlugin(r'(?P<text>[^\s*()"~]+)[*]+(?=[\s)]|$)'),
            plugins.FuzzyTermPlugin(r"(?<=\w)~(?P<maxdist>[0-9])?(?P<prefix>(?!))?(?=[\s)]|$)"),
            plugins.RangePlugin(
                re.compile(r"(?<=date:)(?P<open>[\[{])\s*(?P<start>[\d-]*)\s*(?:TO|to|\.\.)\s*(?P<end>[\d-]*)\s*(?P<close>[\]}])")
            ),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(AndMaybe=None, Require=None),
        ],
    )


_PARSER = _make_parser()


def _node(found: query.Query) -> _Read:
    if isinstance(found, (query.And, query.Or)):
        return _group([_node(part) for part in found], is_any=isinstance(found, query.Or))
    if isinstance(found, query.AndNot):
        unwanted = _node(found.b)
        return _group([_node(found.a), _Not(unwanted) if unwanted and not isinstance(unwanted, _Not) else None], is_any=False)
    if isinstance(found, query.Not):
        part = _node(found.query)
        return part.part if isinstance(part, _Not) else (_Not(part) if part else None)
    if isinstance(found, query.TermRange):
        return _dates("date", found.start or "", found.end or "")
    if isinstance(found, query.Phrase):
        said = " ".join(found.words)
        return _words(found.fieldname, said, is_prefix=said.endswith("*"))
    if isinstance(found, query.FuzzyTerm):
        return _words(found.fieldname, found.text, is_fuzzy=True)
    if isinstance(found, (query.Term, query.Prefix)):
        return _words(found.fieldname, found.text, is_prefix=isinstance(found, query.Prefix))
    return None


def _group(parts: list[_Read], *, is_any: bool) -> _Read:
    """All or any of the parts as one; groups of the same sort become part of it."""
    wanted: list[Node] = []
    unwanted: list[Node] = []
    for part in parts:
        if isinstance(part, _Not):
            unwanted.extend(part.part.parts if isinstance(part.part, AnyOf) else (part.part,))
        elif isinstance(part, AnyOf) and is_any:
            wanted.extend(part.parts)
        elif isinstance(part, AllOf) and not is_any:
            wanted.extend(part.parts)
            unwanted.extend(part.without)
        elif part is not None:
            wanted.append(part)
    wanted = list(dict.fromkeys(wanted))
    unwanted = list(dict.fromkeys(unwanted))
    if not wanted:
        return _Not(unwanted[0] if len(unwanted) == 1 else AnyOf(tuple(unwanted))) if unwanted else None
    if is_any or not unwanted:
        # "a OR NOT b" would be nearly everything: what is not wanted counts only beside what is wanted.
        return wanted[0] if len(wanted) == 1 else AnyOf(tuple(wanted)) if is_any else AllOf(tuple(wanted))
    return AllOf(tuple(wanted), tuple(unwanted))


def _words(field: str | None, said: str, *, is_prefix: bool = False, is_fuzzy: bool = False) -> Node | None:
    words = tuple(word for _, _, word in tokens(said))
    if field is None or field in _COLUMNS:
        column = _COLUMNS.get(field or "")
        return Words(words, column, is_prefix=is_prefix, is_fuzzy=is_fuzzy and len(words) == 1) if words else None
    narrowed = _sort_filter(field, words[0]) if len(words) == 1 and field in {"lang", "role"} else None
    if narrowed is None and field in {"date", "from", "to"}:
        value = said.rstrip("*")
        narrowed = _dates(field, value if field != "to" else "", value if field != "from" else "")
    if narrowed is not None:
        return narrowed
    plain = dict.fromkeys((Words((field,)), Words(words, is_prefix=is_prefix)) if words else (Words((field,)),))
    return AllOf(tuple(plain)) if len(plain) > 1 else next(iter(plain))


def _sort_filter(field: str, value: str) -> Filter | None:
    if field == "lang":
        known = [language_token(language) for language in Language if language.value == value]
    else:
        known = [role_token(role) for role in Role if role.value == value.rstrip("s")]
    return Filter(tuple(known), f"{field}:{value}") if known else None


def _dates(field: str, first: str, last: str) -> Filter | None:
    """The filter for a span of dates; an empty end is open."""
    if not first and not last:
        return None
    for day in (first, last):
        if day and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", day, re.ASCII):
            return None
    written = f"{field}:{first or last}" if field != "date" or first == last else f"date:[{first} TO {last}]"
    return Filter(date_prefixes(first, last), written)


def write(node: Node) -> str:
    """The question written out in full, in its own language: what :func:`read` reads as the same plan."""
    if isinstance(node, Words):
        said = " ".join(node.words) + ("*" if node.is_prefix else "") + ("~" if node.is_fuzzy else "")
        said = f'"{said}"' if len(node.words) > 1 or said in {"AND", "OR", "NOT"} else said
        column = {"notes": "note"}.get(node.column or "", node.column)
        return f"{column}:{said}" if column else said
    if isinstance(node, Filter):
        return node.written
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
    if isinstance(node, AnyOf):
        return _any(to_match(part, expand) for part in node.parts)
    wanted = " AND ".join(to_match(part, expand) for part in node.parts)
    if not node.without:
        return f"({wanted})"
    return f"(({wanted}) NOT {_any(to_match(part, expand) for part in node.without)})"


def _any(expressions: Iterator[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"


def _match_words(node: Words, expand: Expand) -> str:
    expression = _any(f'"{" ".join(keys)}"' + (" *" if is_beginning else "") for keys, is_beginning in phrases(node, expand))
    return f"({node.column} : {expression})" if node.column else expression


def phrases(node: Words, expand: Expand) -> list[tuple[tuple[str, ...], bool]]:
    """What words stand for, each once: keys in a row as the index has them, and whether the last of them is only the beginning of one."""
    found = dict.fromkeys((_tokens(keys), False) for keys in key_variants(node.words))
    if node.is_prefix or node.is_fuzzy:
        before = key_variants(node.words[:-1])
        beginning = alike(node.words[-1])
        if node.is_prefix and len(beginning) >= _SHORTEST_PREFIX:
            found |= dict.fromkeys((_tokens((*keys, beginning)), True) for keys in before)
        found |= dict.fromkeys((_tokens((*keys, key)), False) for keys in before for key in sorted(expand(node)))
    return list(found)


def _tokens(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(in_index(key) for key in keys)


def key_variants(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The keys of some words in a row, once for each language they may be of."""
    return tuple(dict.fromkeys(tuple(stem(word, language) for word in words) for language in KEY_LANGUAGES))


def words_asked(node: Node | None) -> list[Words]:
    """The words that an answer must show, in the order of the question; those that must not occur are left out."""
    if node is None or isinstance(node, Filter):
        return []
    if isinstance(node, Words):
        return [node]
    return [words for part in node.parts for words in words_asked(part)]
