"""Ranking judged by people: Cranfield and MEDLINE (nDCG@10), and XQuAD's Russian questions with its paragraphs hidden among other documents (MRR).

Run: ``python -m tests.benchmarks ranking-quality``. Every engine is given the keys that Ibid makes of the words, and every question as any of its words. FTS5
is the table ``words`` of the same volume; tantivy, Whoosh (BM25F) and Xapian (Debian's python3-xapian) rank as they do of themselves, a word of the title
weighing five times one of the body.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.model.document import Description, Document, Format, Passage, PassageKind, Role
from archive.model.sharing import ParcelDocument
from archive.search import index
from archive.search.entry import entry_of
from archive.search.fold import tokens
from archive.search.query import AnyOf, Words, key_variants
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language, digest_of
from tests.benchmarks.scale import DATA
from tests.benchmarks.search import Ibid
from tests.benchmarks.search_contestants import contestants

Judged = dict[str, dict[str, int]]


def collection(name: str) -> tuple[list[tuple[str, str, str]], dict[str, str], Judged]:
    """(identifier, title, text) of each document, the questions, and what was judged of both."""
    folder = DATA / "ir" / name
    documents = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    judged: Judged = {}
    with (folder / "qrels.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            judged.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return (
        [(each["_id"], each.get("title", ""), each["text"]) for each in documents],
        {each["_id"]: each["text"] for each in questions if each["_id"] in judged},
        judged,
    )


def others() -> Iterator[tuple[str, str, str]]:
    """The Russian documents among which the paragraphs are hidden."""
    for line in gzip.decompress((DATA / "scale" / "ru_300w.jsonl.gz").read_bytes()).splitlines():
        record = json.loads(line)
        yield f"scale {record['id']} {record['part']}", record["title"], record["text"]


def shelve(
    place: Path, documents: list[tuple[str, str, str]], language: Language, engines: dict[str, Any]
) -> tuple[ArchiveFolder, dict[int, str]]:
    """A new archive with the documents, which the other engines are given too; what each of its rows is."""
    folder, rows = ArchiveFolder.create(place, title="Judged"), {}
    with folder.writing() as connection:
        for identifier, title, text in documents:
            original = f"{identifier}\n{title}\n{text}".encode()
            passages = (Passage(n=0, kind=PassageKind.PARAGRAPH, text=text),)
            document = Document(
                document=digest_of(original), role=Role.REPORT, format=Format.TEXT, size_bytes=len(original), passages=1, notes=0, markers=0, paired=0,
                description=Description(title=title, language=language, published_on="2025-01-01"),
            )  # fmt: skip
            row = add_document(connection, ParcelDocument(document=document, passages=passages, notes=(), original=original))
            index.add(connection, row, document, passages, ())
            rows[row] = identifier
            columns, _ = entry_of(document, passages, ())
            for engine in engines.values():
                engine.add(row, document, columns)
    for engine in engines.values():
        engine.ready()
    return folder, rows


def ndcg(found: list[str], judged: dict[str, int]) -> float:
    """nDCG@10 with the judgements as gains (K. Järvelin and J. Kekäläinen, 2002)."""
    best = sum(gain / math.log2(at + 2) for at, gain in enumerate(sorted(judged.values(), reverse=True)[:10]))
    return sum(judged.get(each, 0) / math.log2(at + 2) for at, each in enumerate(found[:10])) / best if best > 0 else 0.0


def reciprocal(found: list[str], judged: dict[str, int]) -> float:
    """One divided by the place of the first right answer."""
    return next((1 / at for at, each in enumerate(found, 1) if judged.get(each, 0) > 0), 0.0)


def run() -> None:
    """Print the figures."""
    if not (DATA / "ir").is_dir():
        print("  no data here (IBID_DATA)")
        return
    for name, language, hidden in (
        ("cranfield", Language.ENGLISH, False),
        ("medline", Language.ENGLISH, False),
        ("xquad_ru", Language.RUSSIAN, True),
    ):
        documents, questions, judged = collection(name)
        with tempfile.TemporaryDirectory() as place:
            shown = [*documents, *others()] if hidden else documents
            engines = contestants(Path(place), len(shown))
            folder, rows = shelve(Path(place) / "judged.ibid", shown, language, engines)
            measure = reciprocal if hidden else ndcg
            every: dict[str, list[float]] = {}
            with folder.volumes[0].look() as connection:
                mine = {"ibid": Ibid([connection], has_postings=True), "fts5": Ibid([connection], has_postings=False)}
                for number, question in questions.items():
                    words = list(dict.fromkeys(word for _, _, word in tokens(question)))
                    keys = dict.fromkeys(key for word in words for key in key_variants((word,)))
                    tree, given = AnyOf(tuple(Words((word,)) for word in words)), AnyOf(tuple(Words(key) for key in keys))
                    for engine, asked in {**dict.fromkeys(mine, tree), **dict.fromkeys(engines, given)}.items():
                        _, best = (mine | engines)[engine].answer(asked)
                        every.setdefault(engine, []).append(measure([rows[row] for row in best], judged[number]))
            folder.close()
        said = "MRR" if hidden else "nDCG@10"
        print(
            f"  {name}, {len(shown)} documents, {len(questions)} questions, {said}: "
            + "  ".join(f"{engine} {statistics.mean(each):.3f}" for engine, each in every.items()),
            flush=True,
        )
        for engine in engines:
            apart = [mine - other for mine, other in zip(every["ibid"], every[engine], strict=True)]
            within = 1.96 * statistics.stdev(apart) / math.sqrt(len(apart))
            print(f"    ibid above {engine} by {statistics.mean(apart):+.3f}, 95 % within {within:.3f} of it")
