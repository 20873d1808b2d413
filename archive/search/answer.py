"""A question put to one archive.

Which documents answer, and in what order, the postings of each volume say, or FTS5 where they cannot (BM25; S. Robertson and H. Zaragoza, "The Probabilistic Relevance
Framework", 2009; a word of the title weighs five times one of the body). Only the documents of the page asked for are then opened, to find the
places of the words and to show them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, select, text

from archive.model.document import Document, Passage, PassageKind, Role
from archive.model.hit import Answer, Hit, Question, Spelling, Where
from archive.model.locator import Locator
from archive.model.source import Place
from archive.search import forms, snippets, suggest
from archive.search.index import cyrillic_language, description_lines
from archive.search.languages import KEY_LANGUAGES, alike, stem
from archive.search.query import Plan, Words, read, restricted, to_match, words_asked
from archive.search.snippets import Finder, Found, Runs
from archive.storage import catalogue, rows, tables
from archive.storage.database import plain_statements
from archive.storage.folder import ArchiveFolder
from archive.values import Language

_MOST_LOCATORS = 200
_MOST_FORMS = 400
_SHORTEST_EXPANDED = 4
_BEST = text(
    "SELECT rowid, bm25(words, 5.0, 1.0, 0.8, 0.0) AS badness FROM words WHERE words MATCH :match ORDER BY badness, rowid LIMIT :most"
)
_KINDS = {kind.value: kind for kind in PassageKind}
_LANGUAGES = {language.value: language for language in Language}
_COUNT = text("SELECT count(*) FROM words WHERE words MATCH :match")
_DIGESTS = text("SELECT digest FROM documents WHERE id IN (SELECT rowid FROM words WHERE words MATCH :match)")


@dataclass(frozen=True)
class _Candidate:
    """A document that answers: in which volume, at which row."""

    score: float
    volume: int
    row_id: int
    digest: str
    role: Role


def ask(folder: ArchiveFolder, question: Question) -> Answer:
    """The documents of an archive that answer a question, best first, equal ones in the order they came in.

    Args:
        folder: the open archive.
        question: any text; a limit below one gives no hits but the count.

    Returns:
        The answer; its count is exact.

    Raises:
        ArchiveDamaged, ArchiveBusy: a volume cannot be read.
    """
    began = time.perf_counter()
    asked_text = question.text.encode("utf-8", "replace").decode("utf-8")
    plan = restricted(read(asked_text, is_typing=question.is_typing), roles=question.roles, languages=question.languages)
    count = 0
    hits: tuple[Hit, ...] = ()
    offered: tuple[Spelling, ...] = ()
    if plan.tree is not None:
        with ExitStack() as stack:
            connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
            count, hits = _Search(folder, connections, plan).page(max(0, question.offset), max(0, question.limit))
            offered = suggest.spellings(connections, words_asked(plan.tree), asked_text, is_found=count > 0)
    return Answer(
        question=asked_text,
        understood=plan.understood,
        count=count,
        is_exact=True,
        duration_ms=round((time.perf_counter() - began) * 1000, 3),
        hits=hits,
        spellings=offered,
    )


class _Search:
    """One plan at work on the volumes of one archive."""

    def __init__(self, folder: ArchiveFolder, connections: Sequence[Connection], plan: Plan) -> None:
        assert plan.tree is not None
        self._folder = folder
        self._connections = connections
        self._asked = words_asked(plan.tree)
        self._expanded: dict[Words, frozenset[str]] = {}
        self._expanded_in: dict[tuple[Connection, Words], frozenset[str]] = {}
        self._tree = plan.tree
        self._expand_in = [partial(self._expand, connection) for connection in connections]
        self._counts: dict[int, int] = {}

    def _expand(self, connection: Connection, words: Words) -> frozenset[str]:
        """The keys of the volume's words that ``words`` is a beginning of, or close to; those that begin like it are found without."""
        known = self._expanded_in.get((connection, words))
        if known is not None:
            return known
        last = words.words[-1]
        found: forms.Forms = []
        if words.is_fuzzy:
            found = forms.near(connection, last)
        elif len(last) >= _SHORTEST_EXPANDED:
            found = forms.beginning_with(connection, last, most=_MOST_FORMS)
        keys = frozenset(stem(form, language) for form, _ in found for language in KEY_LANGUAGES)
        if words.is_prefix:
            keys = frozenset(key for key in keys if not key.startswith(alike(last)))
        self._expanded[words] = self._expanded.get(words, frozenset()) | keys
        self._expanded_in[connection, words] = keys
        return keys

    def page(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        """How many documents answer, and the hits from ``offset`` on."""
        candidates: dict[str, _Candidate] = {}
        for candidate in sorted(self._best(offset + limit), key=lambda each: (-each.score, each.volume, each.row_id)):
            candidates.setdefault(candidate.digest, candidate)
        shown = list(candidates.values())[offset : offset + limit]
        finder = Finder(self._asked, self._expanded)
        opened = self._open(shown)
        sources = [candidate.digest for candidate in shown if candidate.role == Role.SOURCE]
        cited_at = catalogue.cited_at(self._folder, sources) if sources else {}
        hits = tuple(_hit(opened[each.digest], each, finder, cited_at=cited_at.get(each.digest, ())) for each in shown)
        if len(candidates) < offset + limit:
            return len(candidates), hits
        return self._count(), hits

    def _best(self, most: int) -> list[_Candidate]:
        found: list[_Candidate] = []
        for number, connection in enumerate(self._connections):
            scores = self._scores(number, most)
            columns = tables.documents.c
            known = connection.execute(select(columns.id, columns.digest, columns.role).where(columns.id.in_(list(scores))))
            found.extend(_Candidate(scores[row.id], number, row.id, row.digest, Role(row.role)) for row in known.fetchall())
        return found

    def _scores(self, number: int, most: int) -> dict[int, float]:
        """The best rows of a volume with their scores: from its postings, or from FTS5 where they are not for this question."""
        # numpy comes in with it, a third of a second at the first question.
        from archive.search import ranking

        try:
            with plain_statements(self._connections[number]) as run:
                count, best = ranking.Ranking(run, self._tree, self._expand_in[number]).best(most)
        except ranking.LeftToWords:
            found = self._connections[number].execute(_BEST, {"match": self._match(number), "most": most})
            return {row.rowid: -row.badness for row in found.fetchall()}
        self._counts[number] = count
        return dict(best)

    def _match(self, number: int) -> str:
        return to_match(self._tree, self._expand_in[number])

    def _open(self, shown: Sequence[_Candidate]) -> dict[str, _Opened]:
        """The documents of a page with their passages, by digest."""
        opened: dict[str, _Opened] = {}
        for number, connection in enumerate(self._connections):
            row_ids = {each.row_id: each.digest for each in shown if each.volume == number}
            if not row_ids:
                continue
            described = select(tables.documents).where(tables.documents.c.id.in_(list(row_ids)))
            for row in connection.execute(described).mappings().fetchall():
                opened[row["digest"]] = _Opened(connection, row["id"], rows.document_of(row), [])
            columns = tables.passages.c
            wanted = select(columns.document, columns.n, columns.kind, columns.page, columns.language, columns.text)
            stored = connection.execute(wanted.where(columns.document.in_(list(row_ids))).order_by(columns.document, columns.n))
            for row_id, n, kind, page, language, passage_text in stored.fetchall():
                passage = Passage(n=n, kind=_KINDS[kind], text=passage_text, page=page, language=_LANGUAGES[language])
                opened[row_ids[row_id]].passages.append(passage)
        return opened

    def _count(self) -> int:
        if len(self._connections) == 1:
            if 0 in self._counts:
                return self._counts[0]
            return int(self._connections[0].execute(_COUNT, {"match": self._match(0)}).scalar_one())
        # A document may stand in two volumes and is one answer.
        digests: set[str] = set()
        for number, connection in enumerate(self._connections):
            digests.update(connection.execute(_DIGESTS, {"match": self._match(number)}).scalars())
        return len(digests)


@dataclass(frozen=True)
class _Opened:
    """A document of the page asked for, with its passages in reading order."""

    connection: Connection
    row_id: int
    document: Document
    passages: list[Passage]


def _hit(opened: _Opened, candidate: _Candidate, finder: Finder, *, cited_at: tuple[Place, ...]) -> Hit:
    """A document with the places of the words in it."""
    said = opened.document.description
    found = snippets.find(finder, opened.passages, stated=said.language, most=_MOST_LOCATORS)
    shown = _in_description(opened, found, finder) or _in_passage(opened, found[0])
    spans = [(each.passage.n, span) for each in found for span in each.spans]
    return Hit(
        document=candidate.digest,
        title=said.title,
        role=candidate.role,
        where=shown.where,
        score=round(candidate.score, 6),
        snippet=shown.snippet,
        locators=tuple(Locator(candidate.digest, n, span.start, span.end) for n, span in spans[:_MOST_LOCATORS]),
        note=shown.note,
        passage=shown.passage.n if shown.passage else None,
        page=shown.passage.page if shown.passage else None,
        language=said.language,
        published_on=said.published_on,
        publisher=said.publisher,
        cited_at=cited_at,
    )


@dataclass(frozen=True)
class _Shown:
    where: Where
    snippet: Runs
    passage: Passage | None = None
    note: str | None = None


def _in_passage(opened: _Opened, best: Found) -> _Shown:
    """The best passage; a note's is shown with its label."""
    snippet = snippets.cut(best.passage.text, best.spans)
    if best.passage.kind != PassageKind.NOTE:
        return _Shown(Where.BODY, snippet, best.passage)
    of_passage = (tables.notes.c.document == opened.row_id) & (tables.notes.c.passage == best.passage.n)
    label = opened.connection.execute(select(tables.notes.c.label).where(of_passage).order_by(tables.notes.c.n)).scalar()
    return _Shown(Where.NOTE, snippet, best.passage, label)


def _in_description(opened: _Opened, found: Sequence[Found], finder: Finder) -> _Shown | None:
    """The title, or another line of what the document states of itself, where that shows more of the question than any passage does.

    A document that was found by filters alone is shown by its first paragraph.
    """
    said = opened.document.description
    title = said.title.casefold()
    heading = next((each for each in opened.passages if each.kind == PassageKind.HEADING and each.text.casefold() == title), None)
    if found and heading is not None and found[0].passage.n == heading.n:
        return _Shown(Where.TITLE, snippets.cut(heading.text, found[0].spans), heading)
    lines = [
        (line, finder.spans(line, cyrillic_language(line, said.language), column="title") if finder.may_stand_in(line) else [])
        for line in description_lines(opened.document)
    ]
    line, spans = max(lines, key=lambda pair: len({span.asked for span in pair[1]}), default=("", []))
    if found and len({span.asked for span in spans}) <= found[0].worth[0]:
        return None
    if not spans and opened.passages:
        first = next((each for each in opened.passages if each.kind != PassageKind.HEADING), opened.passages[0])
        return _Shown(Where.BODY, snippets.cut(first.text, ()), first)
    return _Shown(Where.TITLE, snippets.cut(line, spans), heading or (found[0].passage if found else None))
