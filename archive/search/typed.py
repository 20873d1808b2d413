"""What a person typed, read: any text at all becomes a plan (:mod:`archive.search.query`).

AND is understood between words; OR, NOT, a minus at the start of a word, brackets, "phrases" in any quotation marks, word*, word~, "some words"~5 and
``a NEAR b`` mean what they mean elsewhere; in capitals also И, ИЛИ, НЕ, І, АБО, ЧИ, РЯДОМ, ПОБАЧ. The fields are those of :mod:`archive.search.fields`:

    title:  body:  note:                 the part of a document
    source:words  source:spring96.org    in the text of saved sources; of sources with this in their address
    in:  lang:  role:  publisher:  site:  state:           the sort of document
    date:2024   date:[2023-05 TO 2024]   from:2023-05   to:2024    the date of publication, in the precision given
    cites:address  cites:site            documents whose notes cite it
    cited-by:identifier  cited-by:"words of a title"       the sources that a report cites

A word is asked for in all its forms; one word in quotation marks as it is written. As nothing says in which language it was meant, it stands for the keys of
all languages of its script. What is written together (``2-123/2019``, ``human-rights``, an address) is a phrase. There is no wrong
question: brackets and quotation marks that do not match, unknown fields and operators without words are taken for what remains of them.

    valid:      права человека      "правы чалавека" ИЛИ "права людини"      title:Беларусь -role:source      EUR 49/8966/2025
    not valid:  nothing

Quotations and values are taken out first and stand for themselves as one sign each, so that Whoosh's parser sees words and operators only.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

from archive.model.document import Role
from archive.model.hit import Clause, ClauseKind
from archive.search import fields
from archive.search.entry import date_prefixes, language_token, role_token
from archive.search.fold import tokens
from archive.search.query import AllOf, AnyOf, Filter, Narrow, Node, Plan, Words, clauses_of, write

with warnings.catch_warnings():
    # WORKAROUND whoosh-reloaded 2.7.5: its sources hold invalid escapes ("\u0020\S" and the like), of which Python warns when it
    # first compiles them; until a release that repairs them.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import qparser, query
    from whoosh.qparser import plugins

_LONGEST_QUESTION = 2000
_DEEPEST_BRACKET = 12
_MOST_NEAR = 100
_NEAR_USUALLY = 10
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟〝〞＂", '"'))
_SIGN = "\ue010"
"""Before and after the number of something taken out; what a person types of it is no letter and is left out."""
_UNTYPED = re.compile("[\0\ue010]")
_WIDE_SPACE = re.compile(r"\s{3,}")
_FUZZY_END = re.compile(r"~\d*$")
_COLUMNS = {fields.TITLE: "title", fields.BODY: "body", fields.NOTE: "notes"}
_OPERATORS = {
    **dict.fromkeys(("AND", "И", "І"), "AND"),
    **dict.fromkeys(("OR", "ИЛИ", "АБО", "ЧИ"), "OR"),
    **dict.fromkeys(("NOT", "НЕ"), "NOT"),
    **dict.fromkeys(("NEAR", "РЯДОМ", "ПОБАЧ", "ПОРУЧ"), "NEAR"),
}
_OPERATOR = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(_OPERATORS, key=len, reverse=True))})(?=[\s/]|$)")
_OPEN_START = re.compile(r"^\s*(?:(?:AND|OR)(?:\s+|$))+")
_OPEN_END = re.compile(r"(?:(?:\s+|^)(?:AND|OR|NOT|NEAR(?:/\d*)?))+\s*$")
_NAMES = "|".join(sorted(map(re.escape, fields.NAMES), key=len, reverse=True))
_FIELD = re.compile(rf"(?<![\w:\-])(?P<minus>-?)(?P<name>{_NAMES}):[ \t]*", re.IGNORECASE)
_QUOTED = re.compile(r'"(?P<said>[^"]*)"(?:~(?P<near>\d{0,4}))?')
_SPAN = re.compile(
    r"[\[{]\s*(?P<first>[^\[\]{}]{0,40}?)\s*(?:\bTO\b|\.\.)\s*(?P<last>[^\[\]{}]{0,40}?)\s*(?:[\]}]|$)", re.IGNORECASE
)
_VALUE = re.compile(r'"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+)')
_MINUS = re.compile(rf'(?<![^\s(])[-−](?=[^\W_]|["({_SIGN}])')
_NEAR = re.compile(r"(?<![^\s()])(?P<first>[^\s()]++)\s+NEAR(?:/(?P<near>\d{1,4}))?\s+(?P<second>[^\s()]+)")
_TAKEN = re.compile(f"{_SIGN}(\\d+){_SIGN}")
_LOWER = re.compile("[a-zа-яёіїєўґ]")


class _Not:
    """Only on the way: becomes ``without`` of the group it stands in."""

    def __init__(self, part: Node) -> None:
        self.part = part


_Read = Node | _Not | None


def read(question_text: str, *, is_typing: bool = False) -> Plan:
    """The plan for a question, for any text at all.

    Args:
        question_text: as typed; from the 2,000th character on it is not looked at.
        is_typing: the last word may go on.
    """
    # Every pattern here takes a time that grows with the text, not with its square: words are tried from their start only, and space is short.
    typed = _WIDE_SPACE.sub("  ", _UNTYPED.sub(" ", question_text[:_LONGEST_QUESTION].translate(_QUOTES)))
    tree = _Reading(is_typing=is_typing).read(typed)
    if tree is None or isinstance(tree, _Not):
        unwanted = (Clause(kind=ClauseKind.NOT, parts=clauses_of(tree.part)),) if tree else ()
        return Plan(None, f"NOT {write(tree.part)}" if tree else "", unwanted)
    return Plan(tree, write(tree), clauses_of(tree))


class _Reading:
    """One question on its way from text to plan."""

    def __init__(self, *, is_typing: bool) -> None:
        self._is_typing = is_typing
        self._taken: list[Node | None] = []

    def read(self, typed: str) -> _Read:
        """The plan's tree, nothing where nothing is asked, what is not wanted where nothing else is said."""
        left = self._take_quotations(self._take_values(typed))
        left = _operators(_level(left))
        left = _NEAR.sub(self._near, left)
        left = _OPEN_START.sub("", _OPEN_END.sub(" ", left)).replace(" NEAR ", " ")
        left = _MINUS.sub(" NOT ", left)
        if self._is_typing and left[-1:].isalnum() and not _FUZZY_END.search(left):
            left += "*"
        return self._parse(left)

    def _put(self, node: Node | None) -> str:
        self._taken.append(node)
        return f" {_SIGN}{len(self._taken) - 1}{_SIGN} "

    def _take_values(self, typed: str) -> str:
        """The text with a sign for each field that narrows, and its value."""
        kept: list[str] = []
        at = 0
        while found := _FIELD.search(typed, at):
            field = fields.NAMES[found["name"].lower()]
            if typed.count('"', 0, found.start()) % 2:
                kept.append(typed[at : found.end()])
                at = found.end()
                continue
            kept.append(typed[at : found.start()])
            at = found.end()
            if field in _COLUMNS:
                is_last = not typed[at:].strip()
                kept.append("" if is_last else f"{found['minus']}{field}:")
                continue
            value, at = _value(typed, at, field)
            node = _narrowed(field, value, found["name"].lower()) if value else None
            # A field that waits for its value asks for nothing yet.
            kept.append(f" {found['minus']}{self._put(node).strip()} " if node is not None else " ")
        return "".join(kept) + typed[at:]

    def _take_quotations(self, typed: str) -> str:
        """The text with a sign for each quotation; one that is not closed ends with the text while it is typed, else its words stand alone."""
        if typed.count('"') % 2:
            head, _, last = typed.rpartition('"')
            if not self._is_typing:
                typed = f"{head} {last}"
            elif last.strip():
                opened = _words(last, is_prefix=last[-1:].isalnum())
                return _QUOTED.sub(self._quotation, head) + (self._put(opened).lstrip() if opened else "")
            else:
                typed = head
        return _QUOTED.sub(self._quotation, typed)

    def _quotation(self, found: re.Match[str]) -> str:
        said = found["said"]
        node = _words(said, is_prefix=said.endswith("*"))
        if node is None:
            return " "
        if found["near"] is not None and len(node.words) > 1:
            node = replace(node, is_prefix=False, near=min(int(found["near"] or _NEAR_USUALLY), _MOST_NEAR))
        elif len(node.words) == 1 and not node.is_prefix:
            node = replace(node, is_exact=True)
        # What stands right before it, a minus or a field, keeps standing there.
        return self._put(node).lstrip()

    def _near(self, found: re.Match[str]) -> str:
        sides = [self._side(found[name]) for name in ("first", "second")]
        words = tuple(word for side in sides if side is not None for word in side.words)
        column = next((side.column for side in sides if side is not None and side.column), None)
        if len(words) < 2:
            return " ".join(found[name] for name in ("first", "second"))
        return self._put(Words(words, column, near=min(int(found["near"] or _NEAR_USUALLY), _MOST_NEAR)))

    def _side(self, said: str) -> Words | None:
        taken = _TAKEN.fullmatch(said)
        if taken is not None:
            node = self._taken[int(taken[1])]
            return node if isinstance(node, Words) else None
        field, _, rest = said.rpartition(":")
        node = _words(rest or said)
        return node if node is None or field not in _COLUMNS else replace(node, column=_COLUMNS[field])

    def _parse(self, left: str) -> _Read:
        try:
            return self._node(_PARSER.parse(left, normalize=False))
        except Exception:  # noqa: BLE001 - Whoosh names no errors, and fails in many ways on operators of operators; any text is a question
            return _group([self._term(None, chunk) for chunk in left.split()], is_any=False)

    def _node(self, found: query.Query) -> _Read:
        if isinstance(found, (query.And, query.Or)):
            return _group([self._node(part) for part in found], is_any=isinstance(found, query.Or))
        if isinstance(found, query.AndNot):
            unwanted = self._node(found.b)
            return _group(
                [self._node(found.a), _Not(unwanted) if unwanted and not isinstance(unwanted, _Not) else None], is_any=False
            )
        if isinstance(found, query.Not):
            part = self._node(found.query)
            return part.part if isinstance(part, _Not) else (_Not(part) if part else None)
        # Before Term and Prefix: a fuzzy term is one of them.
        if isinstance(found, query.FuzzyTerm):
            return self._term(found.fieldname, found.text, is_fuzzy=True)
        if isinstance(found, (query.Term, query.Prefix)):
            return self._term(found.fieldname, found.text, is_prefix=isinstance(found, query.Prefix))
        return None

    def _term(self, field: str | None, said: str, *, is_prefix: bool = False, is_fuzzy: bool = False) -> _Read:
        """A word between spaces; signs of what was taken out may stand in it."""
        parts: list[_Read] = []
        at = 0
        column = _COLUMNS.get(field or "")
        for taken in _TAKEN.finditer(said):
            parts.append(_words(said[at : taken.start()], column))
            node = self._taken[int(taken[1])] if int(taken[1]) < len(self._taken) else None
            parts.append(replace(node, column=node.column or column) if isinstance(node, Words) else node)
            at = taken.end()
        parts.append(_words(said[at:], column, is_prefix=is_prefix, is_fuzzy=is_fuzzy))
        return _group(parts, is_any=False)


def _operators(typed: str) -> str:
    """The text with the operators of all languages in English; НЕ in a text all in capitals is a word."""
    is_shouted = _LOWER.search(_TAKEN.sub("", typed)) is None

    def named(found: re.Match[str]) -> str:
        operator = _OPERATORS[found[0]]
        return found[0] if is_shouted and found[0] == "НЕ" and typed[: found.start()].strip() == "" else operator

    return _OPERATOR.sub(named, typed)


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
    names = "|".join(_COLUMNS)
    return qparser.QueryParser(
        None,
        None,
        plugins=[
            plugins.FieldsPlugin(rf"(?<![\w:])(?P<text>{names}):\s*", remove_unknown=False),
            plugins.PrefixPlugin(r"(?<![^\s*()~:])(?P<text>[^\s*()~]++)[*]++(?=[\s)]|$)"),
            plugins.FuzzyTermPlugin(r"(?<=\w)~(?P<maxdist>[0-9])?(?P<prefix>(?!))?(?=[\s)]|$)"),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(AndMaybe=None, Require=None),
        ],
    )


_PARSER = _make_parser()


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


def _words(said: str, column: str | None = None, *, is_prefix: bool = False, is_fuzzy: bool = False) -> Words | None:
    words = tuple(word for _, _, word in tokens(said))
    return Words(words, column, is_prefix=is_prefix, is_fuzzy=is_fuzzy and len(words) == 1) if words else None


def _value(typed: str, at: int, field: str) -> tuple[str, int]:
    """What stands after a field, and where it ends: a span, a quotation, or all up to the next space but brackets that were opened before."""
    span = _SPAN.match(typed, at) if field == fields.DATE else None
    if span is not None:
        return f"{span['first']}..{span['last']}", span.end()
    found = _VALUE.match(typed, at)
    if found is None:
        return "", at
    if found["plain"] is None:
        return found["quoted"].strip(), found.end()
    value = found["plain"]
    while value.endswith(")") and value.count(")") > value.count("("):
        value = value[:-1]
    return value, at + len(value)


def _narrowed(field: str, value: str, typed_name: str) -> Node:
    """What a field and its value ask for; words like others where the value is none of that field."""
    node: Node | None
    if field in {fields.DATE, fields.FROM, fields.TO}:
        node = _dates(field, value)
    elif field == fields.LANGUAGE:
        language = fields.language_of(value)
        beginnings = (language_token(language),) if language else ()
        written = f"lang:{language.value}" if language else ""
        node = Filter(beginnings, written, ClauseKind.LANGUAGE, (language.value,)) if language else None
    elif field == fields.ROLE:
        role = fields.role_of(value)
        node = Filter((role_token(role),), f"role:{role.value}", ClauseKind.ROLE, (role.value,)) if role else None
    elif field == fields.STATE:
        state = fields.state_of(value)
        node = Narrow(field, state.value) if state else None
    elif field == fields.SOURCE and not re.search(r"\w[./]\w", value):
        said = _words(value, is_prefix=value.endswith("*"))
        in_sources = Filter((role_token(Role.SOURCE),), "role:source", ClauseKind.ROLE, (Role.SOURCE.value,))
        node = AllOf((said, in_sources)) if said else in_sources
    else:
        node = Narrow(field, value.replace('"', " ").strip())
    if node is None:
        plain = [word for word in (_words(typed_name), _words(value)) if word is not None]
        node = AllOf(tuple(dict.fromkeys(plain))) if len(set(plain)) > 1 else plain[0]
    return node


def _dates(field: str, value: str) -> Filter | None:
    """The filter for a span of dates; an empty end is open."""
    first_text, is_span, last_text = value.partition("..")
    if field != fields.DATE or not is_span:
        first_text = last_text = value.rstrip("*")
    first = fields.date_of(first_text) if first_text and field != fields.TO else ""
    last = fields.date_of(last_text, is_last=True) if last_text and field != fields.FROM else ""
    if first is None or last is None or not (first or last):
        return None
    written = f"{field}:{first or last}" if field != fields.DATE or first == last else f"date:[{first} TO {last}]"
    return Filter(date_prefixes(first, last), written, ClauseKind.DATE, (first, last))
