"""How a document that answers is shown: at which passage, with which words around it, and where all its places are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select

from archive.errors import ArchiveDamaged
from archive.model.document import Document, Passage, PassageKind, Role
from archive.model.hit import FoundPassage, Hit, Where
from archive.model.locator import Locator
from archive.model.source import Place
from archive.search import snippets
from archive.search.entry import cyrillic_language, description_lines
from archive.search.snippets import Finder, Found, Runs
from archive.storage import rows, tables
from archive.storage.page_labels import read_page_labels
from archive.values import Language

_MOST_LOCATORS = 200
_FIRST_PASSAGES = 3
_KINDS = {kind.value: kind for kind in PassageKind}
_LANGUAGES = {language.value: language for language in Language}


@dataclass(frozen=True)
class Candidate:
    """A document that answers: in which volume, at which row."""

    score: float
    volume: int
    row_id: int
    digest: str
    role: Role


@dataclass(frozen=True)
class Opened:
    """A document with its passages in reading order, without their markers, links and styles."""

    connection: Connection
    row_id: int
    document: Document
    passages: list[Passage]

    @cached_property
    def page_labels(self) -> tuple[str, ...]:
        """What its pages are called where that is not their number; none where they are damaged, which verifying says."""
        try:
            return read_page_labels(self.connection, self.row_id, self.document.document)
        except ArchiveDamaged:
            return ()

    def page_label(self, page: int | None) -> str:
        """What a page is called, ``""`` where that is its number."""
        return self.page_labels[page - 1] if page is not None and 0 < page <= len(self.page_labels) else ""


def open_documents(connection: Connection, row_ids: Sequence[int]) -> dict[int, Opened]:
    """Documents of a volume with their passages, by row."""
    opened = described(connection, row_ids)
    read_passages(connection, list(opened.values()))
    return opened


def described(connection: Connection, row_ids: Sequence[int]) -> dict[int, Opened]:
    """Documents of a volume without their passages, by row."""
    wanted = select(tables.documents).where(tables.documents.c.id.in_(list(row_ids)))
    stored = connection.execute(wanted).mappings().fetchall()
    return {row["id"]: Opened(connection, row["id"], rows.document_of(row), []) for row in stored}


def read_passages(connection: Connection, documents: Sequence[Opened]) -> None:
    """Give documents of a volume their passages, all or, where this raises, none of them."""
    opened = {each.row_id: each for each in documents}
    columns = tables.passages.c
    wanted = select(columns.document, columns.n, columns.kind, columns.page, columns.language, columns.text)
    stored = connection.execute(wanted.where(columns.document.in_(list(opened))).order_by(columns.document, columns.n))
    for row_id, n, kind, page, language, passage_text in stored.fetchall():
        passage = Passage(n=n, kind=_KINDS[kind], text=passage_text, page=page, language=_LANGUAGES[language])
        opened[row_id].passages.append(passage)


def passages_of(opened: Opened, found: Sequence[Found]) -> tuple[FoundPassage, ...]:
    """Passages found, each with a snippet and its places."""
    labels = _labels(opened, [each.passage.n for each in found if each.passage.kind == PassageKind.NOTE])
    title = opened.document.description.title.casefold()
    digest = opened.document.document
    shown: list[FoundPassage] = []
    for each in found:
        passage = each.passage
        is_title = passage.kind == PassageKind.HEADING and passage.text.casefold() == title
        where = Where.NOTE if passage.kind == PassageKind.NOTE else Where.TITLE if is_title else Where.BODY
        shown.append(
            FoundPassage(
                passage=passage.n,
                where=where,
                snippet=snippets.cut(passage.text, each.spans),
                locators=tuple(Locator(digest, passage.n, span.start, span.end) for span in each.spans[:_MOST_LOCATORS]),
                note=labels.get(passage.n),
                page=passage.page,
                page_label=opened.page_label(passage.page),
            )
        )
    return tuple(shown)


def _labels(opened: Opened, numbers: Sequence[int]) -> dict[int, str]:
    """The labels of the notes that are these passages."""
    if not numbers:
        return {}
    columns = tables.notes.c
    of_passages = (columns.document == opened.row_id) & columns.passage.in_(list(numbers))
    stored = opened.connection.execute(select(columns.passage, columns.label).where(of_passages).order_by(columns.n))
    labels: dict[int, str] = {}
    for passage, label in stored.fetchall():
        labels.setdefault(passage, label)
    return labels


def hit(opened: Opened, candidate: Candidate, finder: Finder, *, cited_at: tuple[Place, ...], address: str | None) -> Hit:
    """A document with the places of the words in it."""
    said = opened.document.description
    looked = snippets.find(finder, opened.passages, stated=said.language, most=_MOST_LOCATORS)
    found = looked.found
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
        page_label=opened.page_label(shown.passage.page if shown.passage else None),
        language=said.language,
        published_on=said.published_on,
        publisher=said.publisher,
        cited_at=cited_at,
        passage_count=len(found),
        is_counted=looked.is_whole,
        passages=passages_of(opened, sorted(found, key=lambda each: each.passage.n)[:_FIRST_PASSAGES]),
        address=address,
    )


@dataclass(frozen=True)
class _Shown:
    where: Where
    snippet: Runs
    passage: Passage | None = None
    note: str | None = None


def _in_passage(opened: Opened, best: Found) -> _Shown:
    """The best passage; a note's is shown with its label."""
    snippet = snippets.cut(best.passage.text, best.spans)
    if best.passage.kind != PassageKind.NOTE:
        return _Shown(Where.BODY, snippet, best.passage)
    of_passage = (tables.notes.c.document == opened.row_id) & (tables.notes.c.passage == best.passage.n)
    label = opened.connection.execute(select(tables.notes.c.label).where(of_passage).order_by(tables.notes.c.n)).scalar()
    return _Shown(Where.NOTE, snippet, best.passage, label)


def _in_description(opened: Opened, found: Sequence[Found], finder: Finder) -> _Shown | None:
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
