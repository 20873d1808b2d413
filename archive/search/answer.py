"""A question put to one archive.

Which documents answer, and in what order, the postings of each volume say, or FTS5 where they cannot (BM25; S. Robertson and H. Zaragoza, "The Probabilistic Relevance
Framework", 2009; a word of the title weighs five times one of the body); what no index of words tells is in :mod:`archive.search.matching`. Only
the documents of the page asked for are then opened, to find the places of the words and to show them.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, suppress

from sqlalchemy import Connection, select, text

from archive.model.document import Role
from archive.model.hit import Answer, Facet, FacetName, Facets, Hit, Offer, Order, PassagesFound, Question, Spelling
from archive.search import showing, snippets, suggest
from archive.search.deadline import COUNTED_S, SHOWN_S, Deadline
from archive.search.expanding import Expanding
from archive.search.query import Node, Plan, restricted, to_match, words_asked
from archive.search.showing import Candidate, Opened
from archive.search.snippets import Finder, Found
from archive.search.typed import read
from archive.storage import captured, catalogue, tables
from archive.storage.database import Interrupted
from archive.storage.folder import ArchiveFolder

_MOST_PASSAGES = 4000
"""Of the documents that are opened at once."""
_DIGESTS = text("SELECT digest FROM documents WHERE id IN (SELECT rowid FROM words WHERE words MATCH :match)")
_COUNT = text("SELECT count(*) FROM words WHERE words MATCH :match")


def plan_of(question: Question) -> Plan:
    """What a question asks for, with what was chosen besides; of a question without words what was chosen alone."""
    asked_text = question.text.encode("utf-8", "replace").decode("utf-8")
    return restricted(read(asked_text, is_typing=question.is_typing), question, is_blank=not asked_text.strip())


def ask(folder: ArchiveFolder, question: Question) -> Answer:
    """The documents of an archive that answer a question, in the order asked for, equal ones in the order they came in.

    Args:
        folder: the open archive.
        question: any text; a limit below one gives no hits but the count.

    Returns:
        The answer, in time (:mod:`archive.search.deadline`); its count is exact but where that was too little.

    Raises:
        ArchiveDamaged, ArchiveBusy: a volume cannot be read.
    """
    began, deadline = time.perf_counter(), Deadline()
    asked_text = question.text.encode("utf-8", "replace").decode("utf-8")
    plan = plan_of(question)
    count, is_exact = 0, True
    hits: tuple[Hit, ...] = ()
    spelt: tuple[Spelling, ...] = ()
    offers: tuple[Offer, ...] = ()
    if plan.tree is not None:
        with ExitStack() as stack:
            connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
            search = Search(folder, connections, plan.tree, deadline)
            count, hits = search.page(max(0, question.offset), max(0, question.limit), question.order)
            is_exact = search.is_exact
            spelt = search.spellings(asked_text, is_found=count > 0)
            offers = _offers(connections, asked_text)
    return Answer(
        question=asked_text,
        written=plan.understood,
        understood=plan.clauses,
        count=count,
        is_exact=is_exact,
        duration_ms=round((time.perf_counter() - began) * 1000, 3),
        hits=hits,
        spellings=spelt,
        offers=offers,
    )


def _offers(connections: Sequence[Connection], asked_text: str) -> tuple[Offer, ...]:
    """For an address that was typed alone: who cites it."""
    from archive.search.narrowing import Narrowing, looks_like_address
    from archive.search.query import Narrow

    address = asked_text.strip()
    if not looks_like_address(address):
        return ()
    count = int(Narrowing(connections).mask(Narrow("cites", address)).sum())
    return (Offer(f"cites:{address}", count),) if count else ()


class Search:
    """One plan at work on the volumes of one archive."""

    def __init__(self, folder: ArchiveFolder, connections: Sequence[Connection], tree: Node, deadline: Deadline) -> None:
        with deadline.apart():
            # numpy and the dictionaries come in with it, a third of a second at the first question.
            from archive.search.matching import Matching

            suggest.make_ready()
        self._folder = folder
        self._connections = connections
        self._deadline = deadline
        self._asked = words_asked(tree)
        self._tree = tree
        self._matching = Matching(connections, tree, self._deadline)
        self._expanding = self._matching.expanding
        self._is_counted = True

    @property
    def is_exact(self) -> bool:
        """Whether the count is."""
        return self._matching.is_exact and self._is_counted

    def spellings(self, asked_text: str, *, is_found: bool) -> tuple[Spelling, ...]:
        """Other spellings of the words, if there is time left; see :func:`archive.search.suggest.spellings`."""
        if self._deadline.is_over():
            return ()
        with ExitStack() as stack:
            stack.enter_context(suppress(Interrupted))
            for connection in self._connections:
                stack.enter_context(self._deadline.until(connection, SHOWN_S))
            return suggest.spellings(self._connections, self._asked, asked_text, is_found=is_found)
        return ()

    def page(self, offset: int, limit: int, order: Order) -> tuple[int, tuple[Hit, ...]]:
        """How many documents answer, and the hits from ``offset`` on."""
        if self._matching.is_plain and order == Order.RELEVANCE:
            return self._plain_page(offset, limit)
        scored = self._matching.page(offset, limit, order)
        return self._matching.count, self._show(self._candidates(scored))

    def _plain_page(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        most = offset + limit
        scored = [
            (number, row, score) for number in range(len(self._connections)) for row, score in self._matching.scored(number, most)
        ]
        candidates: dict[str, Candidate] = {}
        for candidate in sorted(self._candidates(scored), key=lambda each: (-each.score, each.volume, each.row_id)):
            candidates.setdefault(candidate.digest, candidate)
        count = len(candidates) if len(candidates) < most else self._count(len(candidates))
        return count, self._show(list(candidates.values())[offset:most])

    def _candidates(self, scored: Sequence[tuple[int, int, float]]) -> list[Candidate]:
        """Documents by volume, row and score, in the order given."""
        known: dict[tuple[int, int], tuple[str, str]] = {}
        columns = tables.documents.c
        for number, connection in enumerate(self._connections):
            row_ids = [row for volume, row, _ in scored if volume == number]
            if row_ids:
                stored = connection.execute(select(columns.id, columns.digest, columns.role).where(columns.id.in_(row_ids)))
                known.update({(number, row.id): (row.digest, row.role) for row in stored.fetchall()})
        became_reports = self._reports({digest for digest, role in known.values() if role == Role.SOURCE})
        found: list[Candidate] = []
        for volume, row, score in scored:
            if (volume, row) in known:
                digest, role = known[volume, row]
                found.append(Candidate(score, volume, row, digest, Role.REPORT if digest in became_reports else Role(role)))
        return found

    def _reports(self, digests: Collection[str]) -> set[str]:
        """Those of these documents that are reports in another volume."""
        found: set[str] = set()
        columns = tables.documents.c
        for connection in self._connections if len(self._connections) > 1 and digests else ():
            is_one = columns.digest.in_(digests) & (columns.role == Role.REPORT.value)
            found.update(connection.execute(select(columns.digest).where(is_one)).scalars())
        return found

    def _show(self, shown: Sequence[Candidate]) -> tuple[Hit, ...]:
        if not shown:
            return ()
        finder = Finder(self._asked, self._expanding.known, is_over=self._deadline.is_over)
        opened = self._opened(shown)
        sources = [candidate.digest for candidate in shown if candidate.role == Role.SOURCE]
        cited_at = catalogue.cited_at(self._folder, sources) if sources else {}
        addresses = captured.addresses_of(self._connections, sources) if sources else {}
        return tuple(
            showing.hit(
                opened[each.volume, each.row_id],
                each,
                finder,
                cited_at=cited_at.get(each.digest, ()),
                address=addresses.get(each.digest),
            )
            for each in shown
        )

    def _opened(self, shown: Sequence[Candidate]) -> dict[tuple[int, int], Opened]:
        """Documents by volume and row, the best with their passages as long as there is time."""
        opened: dict[tuple[int, int], Opened] = {}
        for number, connection in enumerate(self._connections):
            row_ids = [each.row_id for each in shown if each.volume == number]
            described = showing.described(connection, row_ids) if row_ids else {}
            opened.update({(number, row): document for row, document in described.items()})
            with suppress(Interrupted), self._deadline.until(connection, SHOWN_S):
                for some in _parts([described[row] for row in row_ids]):
                    if self._deadline.is_over():
                        break
                    showing.read_passages(connection, some)
        return opened

    def _count(self, known_count: int) -> int:
        """How many documents answer; at least those known where there is no time to count."""
        try:
            return self._counted()
        except Interrupted:
            self._is_counted = False
            return known_count

    def _counted(self) -> int:
        if len(self._connections) == 1:
            known = self._matching.counts.get(0)
            if known is not None:
                return known
            with self._deadline.until(self._connections[0], COUNTED_S):
                return int(self._connections[0].execute(_COUNT, {"match": self._match(0)}).scalar_one())
        # A document may stand in two volumes and is one answer.
        digests: set[int] = set()
        for number, connection in enumerate(self._connections):
            known_digests = self._matching.digests.get(number)
            if known_digests is not None:
                digests.update(known_digests.tolist())
                continue
            with self._deadline.until(connection, COUNTED_S):
                found = connection.execute(_DIGESTS, {"match": self._match(number)}).scalars()
                digests.update(int(digest[:16], 16) for digest in found)
        return len(digests)

    def _match(self, number: int) -> str:
        match = to_match(self._tree, self._expanding.in_volume(self._connections[number]))
        if not self._matching.knows_unwanted(number):
            raise Interrupted
        return match


def _parts(documents: Sequence[Opened]) -> Iterator[list[Opened]]:
    """Documents in their order, as many at once as have some thousand passages together."""
    some: list[Opened] = []
    passages = 0
    for each in documents:
        passages += each.document.passages
        if some and passages > _MOST_PASSAGES:
            yield some
            some, passages = [], each.document.passages
        some.append(each)
    if some:
        yield some


def passages_found(folder: ArchiveFolder, digest: str, question: Question) -> list[Found]:
    """All passages of a document that hold words of a question, in reading order; the document is there.

    Raises:
        DocumentNotFound, DocumentAmbiguous: see :func:`archive.storage.catalogue.find`.
    """
    document = catalogue.find(folder, digest)
    tree = plan_of(question).tree
    with document.volume.look() as connection:
        expanding = Expanding()
        asked = words_asked(tree)
        for words in asked:
            if words.is_prefix or words.is_fuzzy:
                expanding.in_volume(connection)(words)
        opened = showing.open_documents(connection, [document.row_id]).get(document.row_id)
        if opened is None or not asked:
            return []
        stated = opened.document.description.language
        looked = snippets.find(Finder(asked, expanding.known), opened.passages, stated=stated, most=None)
        return sorted(looked.found, key=lambda each: each.passage.n)


def show_passages(folder: ArchiveFolder, digest: str, found: Sequence[Found], *, first: int, count: int) -> PassagesFound:
    """Some of the passages found, with their snippets.

    Raises:
        DocumentNotFound, DocumentAmbiguous: see :func:`archive.storage.catalogue.find`.
    """
    document = catalogue.find(folder, digest)
    first = max(0, first)
    with document.volume.look() as connection:
        opened = Opened(connection, document.row_id, document.document, [])
        shown = showing.passages_of(opened, found[first : first + max(0, count)])
    return PassagesFound(document=document.document.document, count=len(found), first=first, passages=shown)


def facets(folder: ArchiveFolder, question: Question, *, left_out: bytes = b"") -> Facets:
    """The documents that answer, counted in each way; see :class:`~archive.model.hit.Facets`.

    Args:
        folder: the open archive.
        question: its order, offset and limit do not matter.
        left_out: documents not to be counted, the first 16 digits of each identifier one after the other.

    Raises:
        ArchiveDamaged, ArchiveBusy: a volume cannot be read.
    """
    from archive.search.counting import count_facets

    began = time.perf_counter()
    with ExitStack() as stack:
        connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
        count, is_exact, found = count_facets(connections, question, plan_of(_unchosen(question)).tree, left_out=left_out)
    counted = tuple(Facet(name, found[name]) for name in FacetName if found[name])
    return Facets(count=count, is_exact=is_exact, duration_ms=round((time.perf_counter() - began) * 1000, 3), facets=counted)


def answering(folder: ArchiveFolder, question: Question) -> bytes:
    """The documents that answer whatever was chosen besides: the first 16 digits of each identifier, one after the other.

    Raises:
        ArchiveDamaged, ArchiveBusy: a volume cannot be read.
    """
    from archive.search.counting import digests_found

    with ExitStack() as stack:
        connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
        return digests_found(connections, plan_of(_unchosen(question)).tree)


def _unchosen(question: Question) -> Question:
    return Question(text=question.text, is_typing=question.is_typing, is_exact=question.is_exact)
