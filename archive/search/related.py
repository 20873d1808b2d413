"""What belongs together: documents that use the same rare words, that cite the same sources, that cite a source at all."""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from contextlib import ExitStack

import msgspec
from sqlalchemy import Connection, text

from archive.model.hit import Answer, Citing, CitingNote, Hit, Order, Related
from archive.search import forms, showing
from archive.search.answer import Search
from archive.search.deadline import Deadline
from archive.search.fold import tokens
from archive.search.languages import KEY_LANGUAGES, stem
from archive.search.query import AnyOf, Node, Words
from archive.storage import catalogue
from archive.storage.folder import ArchiveFolder

_MOST_WORDS = 24
_SHORTEST_WORD = 3
_LONGEST_SHOWN = 300
_FIRST_ADDRESSES = 5
_SIZE = text("SELECT count(*) FROM documents")
_CITING = (
    "SELECT d.digest, d.title, d.published_on, n.label, n.passage, c.source, c.text FROM citations AS c "
    "JOIN documents AS d ON d.id = c.document JOIN notes AS n ON n.document = c.document AND n.n = c.note "
    "WHERE c.source {} ORDER BY d.id, c.n"
)
_CITED = text("SELECT DISTINCT s.place FROM citations AS c JOIN sources AS s ON s.address = c.source WHERE c.document = :row")
_SHARING = text(
    "SELECT DISTINCT d.digest, d.title, s.place, c.source FROM sources AS s JOIN citations AS c ON c.source = s.address "
    "JOIN documents AS d ON d.id = c.document "
    "WHERE s.place IN (SELECT value FROM json_each(:places)) AND d.digest <> :digest ORDER BY d.id, c.source"
)


def like(folder: ArchiveFolder, prefix: str, *, passage: int | None, limit: int) -> Answer:
    """Documents that use the rarest words of a document, or of one of its passages, the likest first; itself is not among them.

    The words weigh tf-idf: how often here, against in how many documents of the archive; the best of them are asked for, any of them.

    Raises:
        DocumentNotFound, DocumentAmbiguous: see :func:`archive.storage.catalogue.find`.
    """
    began = time.perf_counter()
    found = catalogue.find(folder, prefix)
    with found.volume.look() as connection:
        opened = showing.open_documents(connection, [found.row_id])[found.row_id]
    chosen = [each.text for each in opened.passages if passage is None or each.n == passage]
    with ExitStack() as stack:
        connections = [stack.enter_context(volume.look()) for volume in folder.volumes]
        rare = _rare_words(connections, chosen)
        count = 0
        hits: tuple[Hit, ...] = ()
        if rare:
            parts: list[Node] = [Words((word,)) for word in rare]
            tree = parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
            count, hits = Search(folder, connections, tree, Deadline()).page(0, max(0, limit) + 1, Order.RELEVANCE)
    others = tuple(hit for hit in hits if hit.document != found.document.document)
    return Answer(
        question="",
        written=" OR ".join(rare),
        count=max(count - (len(hits) - len(others) or 1), len(others[:limit])) if hits else 0,
        is_exact=True,
        duration_ms=round((time.perf_counter() - began) * 1000, 3),
        hits=others[:limit],
    )


def _rare_words(connections: list[Connection], texts: list[str]) -> list[str]:
    """The words that tell these texts from others, of each word one form, the most telling first."""
    used = Counter(
        word for each in texts for _, _, word in tokens(each) if len(word) >= _SHORTEST_WORD and word.replace("'", "").isalpha()
    )
    total = sum(int(connection.execute(_SIZE).scalar_one()) for connection in connections)
    known: Counter[str] = Counter()
    for connection in connections:
        known.update(forms.counts(connection, list(used)))
    weights = {
        word: (1 + math.log(times)) * math.log((total + 1) / known[word])
        for word, times in used.items()
        if 1 < known[word] <= max(2, total // 3)
    }
    chosen: dict[tuple[str, ...], str] = {}
    for word in sorted(weights, key=lambda each: (-weights[each], each)):
        chosen.setdefault(tuple(stem(word, language) for language in KEY_LANGUAGES), word)
        if len(chosen) == _MOST_WORDS:
            break
    return list(chosen.values())


def citing(folder: ArchiveFolder, address: str) -> tuple[Citing, ...]:
    """The documents whose notes cite an address (with either scheme, and what goes on from it), or any address of a site.

    Args:
        folder: the archive.
        address: an address, a site or a part of an address.

    Returns:
        Documents in the order in which they came in, the notes of each in theirs.
    """
    from archive.search.narrowing import addresses_like

    documents: dict[str, tuple[str, str | None]] = {}
    notes: defaultdict[str, dict[tuple[str, str], CitingNote]] = defaultdict(dict)
    for volume in folder.volumes:
        with volume.look() as connection:
            for condition, values in addresses_like(address):
                statement = _CITING.format(condition.replace("source", "c.source"))
                for digest, title, published_on, label, passage, source, said in connection.exec_driver_sql(
                    statement, tuple(values)
                ):
                    documents.setdefault(digest, (title, published_on))
                    note = CitingNote(label=label, passage=passage, address=source, text=said[:_LONGEST_SHOWN])
                    notes[digest].setdefault((label, source), note)
    return tuple(
        Citing(
            document=digest,
            title=title,
            notes=tuple(sorted(notes[digest].values(), key=lambda note: note.passage)),
            published_on=published_on,
        )
        for digest, (title, published_on) in documents.items()
    )


def also_cited_by(folder: ArchiveFolder, prefix: str) -> tuple[Related, ...]:
    """The other documents that cite what this one cites, those with the most sources in common first, then in the order they came in.

    Raises:
        DocumentNotFound, DocumentAmbiguous: see :func:`archive.storage.catalogue.find`.
    """
    found = catalogue.find(folder, prefix)
    digest = found.document.document
    with found.volume.look() as connection:
        cited = [row.place for row in connection.execute(_CITED, {"row": found.row_id})]
    asked = {"places": msgspec.json.encode(cited).decode(), "digest": digest}
    titles: dict[str, str] = {}
    shared: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for volume in folder.volumes:
        with volume.look() as connection:
            for other, title, place, source in connection.execute(_SHARING, asked).fetchall():
                titles.setdefault(other, title)
                shared[other].setdefault(place, source)
    ordered = sorted(titles, key=lambda other: -len(shared[other]))
    return tuple(
        Related(
            document=other,
            title=titles[other],
            count=len(shared[other]),
            addresses=tuple(shared[other].values())[:_FIRST_ADDRESSES],
        )
        for other in ordered
    )
