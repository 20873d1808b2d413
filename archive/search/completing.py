"""How a question that is being typed may go on: words that stand in the archive, titles, names of fields and what may stand after them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from sqlalchemy import Connection, text

from archive.model.document import Role
from archive.model.hit import Completion, CompletionKind, FacetName
from archive.model.source import SourceState
from archive.search import fields, forms
from archive.search.fold import fold, tokens
from archive.search.languages import KEY_LANGUAGES, in_index, stem
from archive.storage import collecting
from archive.storage.folder import ArchiveFolder
from archive.values import Language

_SHORTEST = 2
_MOST_FORMS = 60
_MOST_FIELDS = 3
_MOST_TITLES = 3
_SHORTEST_TITLE = 4
_LONGEST_TITLE = 120
_LAST = re.compile(r'(?P<minus>[-−(]*)(?:(?P<field>[^\s:"()]+):)?(?P<quote>["«“„]?)(?P<value>[^"«»“”„]*)$')
_WORD_START = re.compile(r"[^\s]*$")
_TITLES = text(
    "SELECT title FROM documents WHERE id IN (SELECT rowid FROM words WHERE words MATCH :match LIMIT :most) AND role = 'report'"
)
_VALUES = {
    fields.LANGUAGE: [language.value for language in Language],
    fields.ROLE: [role.value for role in Role],
    fields.STATE: [state.value for state in SourceState if state != SourceState.NO_ADDRESS],
}
_FACETS = {fields.PUBLISHER: FacetName.PUBLISHER, fields.SITE: FacetName.SITE, fields.DATE: FacetName.YEAR}


def completions(folder: ArchiveFolder, typed: str, *, cursor: int | None, limit: int) -> tuple[Completion, ...]:
    """How a question may go on at a place; nothing for fewer than two letters but after the name of a field.

    Args:
        folder: the archive.
        typed: the question so far.
        cursor: the place, in code points; None for its end.
        limit: so many at most.

    Returns:
        What may stand there: words by the number of documents they stand in, of each word one form; a few names of fields, titles, and
        names of collections; after the name of a field its values.
    """
    end = len(typed) if cursor is None else min(max(cursor, 0), len(typed))
    before = typed[:end]
    begin = _begin(before)
    last = _LAST.match(before, begin)
    if last is None or limit < 1:
        return ()
    with ExitStack() as stack:
        connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
        field = fields.NAMES.get((last["field"] or "").lower())
        if field is not None and field not in {fields.TITLE, fields.BODY, fields.NOTE}:
            return _values(connections, field, last["value"], last.start("quote"), end)[:limit]
        word = re.search(r"[^\W_][^\s]*$", last["value"])
        if word is None or len(word[0]) < _SHORTEST:
            return ()
        start = last.start("value") + word.start()
        names = [] if field is not None or last["quote"] else _fields(word[0], start, end)
        words = _words(connections, word[0], start, end)
        found = [] if field is not None or last["quote"] else _titles(connections, word[0], start, end)
    room = max(1, limit - len(names) - len(found))
    return (*words[:room], *names, *found)[:limit]


def _begin(before: str) -> int:
    """Where the last word, or the last quotation, begins with what stands right before it."""
    if len(re.findall('["«“„»”]', before)) % 2:
        opened = max(before.rfind(quote) for quote in '"«“„')
        if opened >= 0:
            return opened - len(re.search(r"[^\s\"]*$", before[:opened])[0])  # type: ignore[index]
    found = _WORD_START.search(before)
    return found.start() if found else len(before)


def _words(connections: Sequence[Connection], typed: str, start: int, end: int) -> list[Completion]:
    here = tokens(typed)
    if not here or here[-1][1] != len(typed):
        return []
    begin, _, beginning = here[-1]
    if len(beginning) < _SHORTEST:
        return []
    counted: Counter[str] = Counter()
    for connection in connections:
        counted.update(dict(forms.beginning_with(connection, beginning, most=_MOST_FORMS)))
    shown: dict[tuple[str, ...], tuple[str, int]] = {}
    for form, documents in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        shown.setdefault(tuple(stem(form, language) for language in KEY_LANGUAGES), (form, documents))
    is_capital = typed[begin : begin + 1].isupper()
    return [
        Completion(
            kind=CompletionKind.WORD,
            text=form.capitalize() if is_capital else form,
            start=start + begin,
            end=end,
            count=documents,
        )
        for form, documents in shown.values()
        if form != beginning
    ]


def _fields(typed: str, start: int, end: int) -> list[Completion]:
    """Names of fields that begin so, of each field one."""
    beginning = typed.casefold()
    named: dict[str, str] = {}
    for name, field in fields.NAMES.items():
        if name.startswith(beginning):
            named.setdefault(field, name)
    return [
        Completion(kind=CompletionKind.FIELD, text=f"{name}:", start=start, end=end)
        for name in list(named.values())[:_MOST_FIELDS]
    ]


def _titles(connections: Sequence[Connection], typed: str, start: int, end: int) -> list[Completion]:
    """Titles of reports with a word that begins so, as a question for the title."""
    word = fold(typed) if typed.replace("'", "").isalpha() else ""
    if len(word) < _SHORTEST_TITLE:
        return []
    match = "title : (" + " OR ".join(f'"{in_index(key)}" *' for key in dict.fromkeys((word, *_keys(word)))) + ")"
    found: dict[str, None] = {}
    for connection in connections:
        for (title,) in connection.execute(_TITLES, {"match": match, "most": _MOST_TITLES * 4}).fetchall():
            if 0 < len(title) <= _LONGEST_TITLE:
                found.setdefault(title.replace('"', " "))
    return [
        Completion(kind=CompletionKind.TITLE, text=f'title:"{title}"', start=start, end=end, count=1)
        for title in list(found)[:_MOST_TITLES]
    ]


def _keys(word: str) -> Iterable[str]:
    return (stem(word, language) for language in KEY_LANGUAGES)


def _values(connections: Sequence[Connection], field: str, typed: str, start: int, end: int) -> tuple[Completion, ...]:
    """The values of a field that begin so, or of which a word does."""
    beginning = typed.casefold().strip()
    counted: list[tuple[str, int]] = []
    if field in _VALUES:
        counted = [(value, 0) for value in _VALUES[field]]
    elif field == fields.COLLECTION:
        counted = [(name, len(documents)) for name, documents in collecting.members(connections).items()]
    elif field in _FACETS:
        from archive.search.facets import columns_of

        columns = columns_of(connections)
        counted = columns.facets[_FACETS[field]].totals()
    chosen = [
        (value, count)
        for value, count in counted
        if value and (value.casefold().startswith(beginning) or f" {beginning}" in f" {value.casefold()}")
    ]
    return tuple(
        Completion(
            kind=CompletionKind.VALUE,
            text=value if re.fullmatch(r'[^\s"()]+', value) else '"' + value.replace('"', " ") + '"',
            start=start,
            end=end,
            count=count,
        )
        for value, count in sorted(chosen, key=lambda pair: (-pair[1], pair[0].casefold()))
    )
