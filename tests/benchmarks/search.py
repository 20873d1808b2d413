"""Questions of every kind to the index of one locked volume, beside other engines over the same keys in the same run.

Run: ``python -m tests.benchmarks search [COUNT]``. Documents are made of stretches of real paragraphs from two places of one language, about 300
words, with a case number each. All engines are given the keys that Ibid makes of the words and answer with the best 20 and the exact number; places, snippets
and spellings are not in these times. FTS5 alone is the table ``words`` of the same volume. tantivy and Xapian (Debian's python3-xapian) take part where they can
be imported; their files are plain and stand outside the volume.
"""

from __future__ import annotations

import gc
import gzip
import json
import math
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from archive.model.document import Description, Document, Format, Passage, PassageKind, Role
from archive.model.hit import Question
from archive.model.sharing import ParcelDocument
from archive.search import index
from archive.search.answer import ask
from archive.search.query import AllOf, AnyOf, Filter, Node, Words, key_variants, to_match, words_asked
from archive.search.ranking import LeftToWords, Ranking
from archive.storage.database import plain_statements
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language, digest_of
from tests.benchmarks.scale import DATA, resident_mb

BEST = 20
EACH_KIND = 12
ROUNDS = 4
AT_ONCE = 500
LANGUAGES = {"en": 28, "ru": 40, "be": 17, "uk": 15}
RANKED = (
    "SELECT rowid, bm25(words, 5.0, 1.0, 0.8, 0.0) AS badness FROM words WHERE words MATCH ? ORDER BY badness, rowid LIMIT 20"
)
COUNTED = "SELECT count(*) FROM words WHERE words MATCH ?"
Answer = tuple[int, list[int]]


def nothing_further(_words: Words) -> frozenset[str]:
    """The kinds of question here have no further keys."""
    return frozenset()


def paragraphs() -> dict[str, list[str]]:
    """Real paragraphs by language, in the order of their texts."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for file in sorted([*(DATA / "scale").glob("*.jsonl.gz"), *(DATA / "text_corpora").glob("*.jsonl.gz")]):
        for line in gzip.decompress(file.read_bytes()).splitlines():
            record = json.loads(line)
            if record.get("lang") in found:
                found[record["lang"]].extend(part for part in record["text"].split("\n") if len(part) > 40)
    return found


def documents(count: int) -> Iterator[tuple[Document, list[Passage]]]:
    """``count`` documents; the same ones every time."""
    chance, pool = random.Random(8), paragraphs()
    for number in range(count):
        language = chance.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]
        stock, body = pool[language], []
        for _ in range(2):
            words, at = min(3000, chance.lognormvariate(4.9, 0.7)), chance.randrange(len(stock))
            while words > 0:
                body.append(stock[at % len(stock)][:4000])
                words -= body[-1].count(" ") + 1
                at += 1
        title = " ".join(body[0].split()[:8])
        body.append(f"№ {chance.randrange(10**5)}-{number}/{chance.randrange(1990, 2026)}")
        passages = [Passage(n=0, kind=PassageKind.HEADING, text=title, level=1)]
        passages += [Passage(n=n, kind=PassageKind.PARAGRAPH, text=part) for n, part in enumerate(body, 1)]
        said = Description(
            title=title,
            language=Language(language),
            published_on=f"{chance.randrange(1995, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        )
        original = "\n".join(body).encode()
        yield (
            Document(
                document=digest_of(original),
                role=chance.choice((Role.REPORT, Role.SOURCE, Role.SOURCE)),
                format=Format.TEXT,
                description=said,
                size_bytes=len(original),
                passages=len(passages),
                notes=0,
                markers=0,
                paired=0,
            ),
            passages,
        )


class Volume:
    """Ibid's own index: with postings, or FTS5 alone."""

    def __init__(self, connection: Any, *, has_postings: bool) -> None:
        self._connection = connection
        self._has_postings = has_postings
        self.left = 0

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        if self._has_postings:
            try:
                with plain_statements(self._connection) as run_statement:
                    count, best = Ranking(run_statement, tree, nothing_further).best(BEST)
            except LeftToWords:
                self.left += 1
            else:
                return count, [row for row, _ in best]
        match = (to_match(tree, nothing_further),)
        with plain_statements(self._connection) as run_statement:
            best = [row for row, _ in run_statement(RANKED, match)]
            return (len(best) if len(best) < BEST else run_statement(COUNTED, match).fetchone()[0]), best


class Tantivy:
    """tantivy, one thread, the same keys between spaces."""

    def __init__(self, place: str) -> None:
        import tantivy

        self._t, self._q = tantivy, tantivy.Query
        schema = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            schema.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="position")
        for name in ("lang", "role"):
            schema.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
        for name in ("date", "row"):
            schema.add_integer_field(name, stored=name == "row", indexed=True, fast=True)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=place)
        self._writer = self._index.writer(128_000_000, 1)

    def add(self, row: int, document: Document, columns: dict[str, str]) -> None:
        """Take in one document."""
        made = self._t.Document()
        made.add_text("title", columns["title"])
        made.add_text("body", columns["body"])
        made.add_text("lang", document.description.language.value)
        made.add_text("role", document.role.value)
        made.add_integer("date", int(document.description.published_on.replace("-", "")))
        made.add_integer("row", row)
        self._writer.add_document(made)

    def ready(self) -> None:
        """Everything is in."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        found = self._searcher.search(self._query(tree), BEST, True)
        return found.count, [self._searcher.doc(address)["row"][0] for _, address in found.hits]

    def _query(self, node: Node) -> Any:
        must, should, must_not = self._t.Occur.Must, self._t.Occur.Should, self._t.Occur.MustNot
        if isinstance(node, Filter):
            return self._q.const_score_query(self._filter(node.beginnings[0]), 0.0)
        if isinstance(node, Words):
            fields = (node.column,) if node.column else ("title", "body")
            return self._q.boolean_query([(should, self._words(node, name)) for name in fields])
        if isinstance(node, AnyOf):
            return self._q.boolean_query([(should, self._query(part)) for part in node.parts])
        return self._q.boolean_query(
            [(must, self._query(part)) for part in node.parts] + [(must_not, self._query(part)) for part in node.without]
        )

    def _words(self, node: Words, name: str) -> Any:
        if len(node.words) > 1:
            return self._q.phrase_query(self._schema, name, list(node.words))
        if node.is_prefix:
            return self._q.regex_query(self._schema, name, node.words[0] + ".*")
        single = self._q.term_query(self._schema, name, node.words[0])
        return self._q.boost_query(single, 5.0) if name == "title" else single

    def _filter(self, beginning: str) -> Any:
        for name in ("lang", "role"):
            if beginning.startswith(name):
                return self._q.term_query(self._schema, name, beginning.removeprefix(name))
        year = int(beginning[1:])
        return self._q.range_query(self._schema, "date", self._t.FieldType.Integer, year * 10_000, year * 10_000 + 9999)


class Xapian:
    """Xapian, the same keys; words of the title five times."""

    def __init__(self, place: str) -> None:
        import xapian

        self._x = xapian
        self._place = place
        self._database = xapian.WritableDatabase(place, xapian.DB_CREATE_OR_OVERWRITE)

    def add(self, row: int, document: Document, columns: dict[str, str]) -> None:
        """Take in one document."""
        made, position = self._x.Document(), 0
        for column, weight, prefix in (("title", 5, "S"), ("body", 1, "")):
            for key in columns[column].split():
                position += 1
                made.add_posting(key, position, weight)
                if prefix:
                    made.add_term(prefix + key)
            position += 100
        made.add_boolean_term("XL" + document.description.language.value)
        made.add_boolean_term("XR" + document.role.value)
        made.add_boolean_term("XD" + document.description.published_on[:4])
        made.set_data(str(row))
        self._database.add_document(made)

    def ready(self) -> None:
        """Everything is in."""
        self._database.commit()
        self._database.close()
        self._database = self._x.Database(self._place)

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        enquire = self._x.Enquire(self._database)
        enquire.set_query(self._query(tree))
        found = enquire.get_mset(0, BEST, self._database.get_doccount())
        return found.get_matches_estimated(), [int(match.document.get_data()) for match in found]

    def _query(self, node: Node) -> Any:
        made = self._x.Query
        if isinstance(node, Filter):
            beginning = node.beginnings[0]
            term = {"l": "XL" + beginning[4:], "r": "XR" + beginning[4:], "d": "XD" + beginning[1:]}[beginning[0]]
            return made(made.OP_SCALE_WEIGHT, made(term), 0.0)
        if isinstance(node, Words):
            if len(node.words) > 1:
                return made(made.OP_PHRASE, [made(word) for word in node.words])
            if node.is_prefix:
                return made(made.OP_WILDCARD, node.words[0], 0, made.WILDCARD_LIMIT_ERROR, made.OP_OR)
            return made(("S" if node.column else "") + node.words[0])
        parts = [self._query(part) for part in node.parts]
        return made(made.OP_OR if isinstance(node, AnyOf) else made.OP_AND, parts)


def kinds(folder: ArchiveFolder, sample: list[str], count: int) -> dict[str, list[Node]]:
    """Questions of each kind, of keys that are their own keys in every language."""
    chance = random.Random(4)
    met = Counter(key for keys in sample for key in set(keys.split()) if key.isalpha() and key_variants((key,)) == ((key,),))
    share = {key: met[key] / len(sample) for key in met}
    ordered = sorted(met, key=lambda key: (-met[key], key))
    common = [key for key in ordered if share[key] > 0.15][:40] or ordered[:20]
    mid = [key for key in ordered if 0.005 < share[key] < 0.05]
    rare = [key for key in ordered if met[key] <= 2 and len(key) > 4]
    runs = [keys.split() for keys in sample]

    def some(keys: list[str], how_many: int) -> tuple[Words, ...]:
        return tuple(Words((key,)) for key in chance.sample(keys, how_many))

    def together(how_many: int, *, is_phrase: bool) -> tuple[str, ...]:
        while True:
            run = [key for key in chance.choice(runs) if key != index.BETWEEN_PASSAGES]
            at = chance.randrange(max(1, len(run) - how_many))
            found = tuple(run[at : at + how_many] if is_phrase else chance.sample(run, min(len(run), how_many)))
            if len(set(found)) == how_many and all(key in met for key in found):
                return found

    def beginning(length: int) -> Words:
        return Words((chance.choice([key for key in mid if len(key) > length])[:length],), is_prefix=True)

    language = Filter((index.language_token(Language.RUSSIAN),), "")
    narrow = (language, Filter((index.role_token(Role.SOURCE),), ""), Filter(("d2015",), ""))
    made: dict[str, Callable[[], Node]] = {
        "rare": lambda: some(rare, 1)[0],
        "mid": lambda: some(mid, 1)[0],
        "common": lambda: some(common, 1)[0],
        "and 2": lambda: AllOf(tuple(Words((key,)) for key in together(2, is_phrase=False))),
        "and 3": lambda: AllOf(tuple(Words((key,)) for key in together(3, is_phrase=False))),
        "or 2": lambda: AnyOf((*some(mid, 1), *some(common, 1))),
        "or 3": lambda: AnyOf((*some(mid, 2), *some(common, 1))),
        "or 2 common": lambda: AnyOf(some(common, 2)),
        "phrase 2": lambda: Words(together(2, is_phrase=True)),
        "phrase 3": lambda: Words(together(3, is_phrase=True)),
        "phrase common": lambda: Words(tuple(chance.sample(common[:8], 2))),
        "prefix 2": lambda: beginning(2),
        "prefix 3": lambda: beginning(3),
        "prefix 4": lambda: beginning(4),
        "title": lambda: Words((chance.choice(mid),), "title"),
        "filter 1": lambda: AllOf((*some(mid, 1), language)),
        "filter 3": lambda: AllOf((*some(common, 1), *narrow)),
    }
    return {kind: [make() for _ in range(EACH_KIND)] for kind, make in made.items()}


def fill(folder: ArchiveFolder, count: int, others: dict[str, Any]) -> list[str]:
    """Bring everything in; print what it took; give the keys of some documents."""
    took: Counter[str] = Counter()
    sample: list[str] = []
    text_bytes, batch = 0, []

    def write() -> None:
        with folder.writing() as connection:
            for document, passages in batch:
                original = "\n".join(passage.text for passage in passages[1:]).encode()
                parcel = ParcelDocument(document=document, passages=tuple(passages), notes=(), original=original)
                row = add_document(connection, parcel)
                begun = time.perf_counter()
                index.add(connection, row, document, passages, ())
                took["ibid"] += time.perf_counter() - begun
                columns, _ = index.entry(document, passages, ())
                if len(sample) < 4000:
                    sample.append(columns["body"])
                for name, engine in others.items():
                    begun = time.perf_counter()
                    engine.add(row, document, columns)
                    took[name] += time.perf_counter() - begun
        batch.clear()

    seen: set[str] = set()
    for document, passages in documents(count):
        if document.document in seen:
            continue
        seen.add(document.document)
        text_bytes += document.size_bytes
        batch.append((document, passages))
        if len(batch) == AT_ONCE:
            write()
    write()
    for name, engine in others.items():
        begun = time.perf_counter()
        engine.ready()
        took[name] += time.perf_counter() - begun
    with folder.volumes[0].look() as connection:
        inside = "SELECT (SELECT sum(length(block)) FROM words_data), (SELECT sum(length(documents) + length(impacts) + 8) FROM postings)"
        words_bytes, postings_bytes = connection.exec_driver_sql(inside).one()
        segments = connection.exec_driver_sql("SELECT documents FROM segments ORDER BY first").scalars().all()
    mb = 1024 * 1024
    print(
        f"  {len(seen)} documents, {text_bytes / mb:.0f} MiB of text; FTS5 {words_bytes / mb:.0f} MiB, postings {postings_bytes / mb:.0f} MiB"
        f" ({(words_bytes + postings_bytes) / text_bytes:.2f} of the text), segments {segments}"
    )
    for name, seconds in took.items():
        note = ", its words cut and stemmed, FTS5, postings and list of words" if name == "ibid" else ", keys given"
        print(f"  {name}: {len(seen) / seconds:.0f} documents/s{note}")
    return sample


def run(count: int = 10_000) -> None:
    """Print the figures."""
    if not (DATA / "scale").is_dir():
        print("  no data here (IBID_DATA)")
        return
    with (
        tempfile.TemporaryDirectory() as place,
        ArchiveFolder.create(Path(place, "search.ibid"), title="Search", passphrase="search") as folder,
    ):
        others: dict[str, Any] = {}
        for name, make in (("tantivy", Tantivy), ("xapian", Xapian)):
            if find_spec(name):
                Path(place, name).mkdir()
                others[name] = make(str(Path(place, name)))
        sample = fill(folder, count, others)
        asked = kinds(folder, sample, count)
        with folder.volumes[0].look() as connection:
            engines = {
                "postings": Volume(connection, has_postings=True),
                "fts5": Volume(connection, has_postings=False),
                **others,
            }
            compare(engines, asked)
        one_more(folder)
        whole(folder, asked)
        print(f"  resident memory {resident_mb('self'):.0f} MiB, other engines and the benchmark included")


def compare(engines: dict[str, Any], asked: dict[str, list[Node]]) -> None:
    """Print what each kind takes at each engine, the order of engines shuffled for each question."""
    chance = random.Random(2)
    took: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in asked} for name in engines}
    differing: Counter[str] = Counter()
    gc.disable()
    for turn in range(ROUNDS + 1):
        for kind, questions in asked.items():
            for tree in questions:
                counts = {}
                for name in chance.sample(list(engines), len(engines)):
                    begun = time.perf_counter()
                    counts[name], _ = engines[name].answer(tree)
                    if turn:
                        took[name][kind].append((time.perf_counter() - begun) * 1000)
                differing.update(f"{name}, {kind}" for name in counts if counts[name] != counts["fts5"])
    gc.enable()
    print(f"  {'':14}" + "".join(f"{name:>20}" for name in engines) + "    p50 / p95 ms, best 20 and number")
    for kind in asked:
        print(
            f"  {kind:14}"
            + "".join(f"{statistics.median(took[name][kind]):12.2f} / {p95(took[name][kind]):5.1f}" for name in engines)
        )
    every = {name: [each for times in took[name].values() for each in times] for name in engines}
    print(f"  {'all':14}" + "".join(f"{statistics.median(every[name]):12.2f} / {p95(every[name]):5.1f}" for name in engines))
    print(f"  {'worst':14}" + "".join(f"{max(every[name]):20.1f}" for name in engines))
    for name in [name for name in engines if name != "postings"]:
        logs = [math.log(statistics.median(took["postings"][kind]) / statistics.median(took[name][kind])) for kind in asked]
        print(f"  geometric mean of medians, postings / {name}: {math.exp(statistics.mean(logs)):.2f}")
    print(
        f"  numbers that differ from those of FTS5: {dict(differing) or 'none'}; left to FTS5: {engines['postings'].left} questions"
    )


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def one_more(folder: ArchiveFolder) -> None:
    """Print what one more document takes until it is found: its rows, its index, the disk, and the question."""
    times = []
    for number in range(300):
        body = f"Яшчэ адзін дакумент {number} з рэдкім словам рэдкаеслова{number}."
        passages = [Passage(n=0, kind=PassageKind.PARAGRAPH, text=body)]
        document = Document(
            document=digest_of(body.encode()),
            role=Role.REPORT,
            format=Format.TEXT,
            description=Description(title=f"Яшчэ адзін {number}", language=Language.BELARUSIAN),
            size_bytes=len(body.encode()),
            passages=1,
            notes=0,
            markers=0,
            paired=0,
        )
        begun = time.perf_counter()
        with folder.writing() as connection:
            row = add_document(
                connection, ParcelDocument(document=document, passages=tuple(passages), notes=(), original=body.encode())
            )
            index.add(connection, row, document, passages, ())
        with folder.volumes[0].look() as connection:
            found, _ = Volume(connection, has_postings=True).answer(Words((f"рэдкаеслова{number}",)))
        times.append((time.perf_counter() - begun) * 1000)
        assert found == 1
    print(f"  one short document until found: p50 {statistics.median(times):.1f}  p95 {p95(times):.1f}  max {max(times):.1f} ms")


def whole(folder: ArchiveFolder, asked: dict[str, list[Node]]) -> None:
    """Print what whole answers take, with places, snippets and spellings."""
    questions = [
        " ".join(words.words[0] for words in words_asked(tree)) for kind in ("mid", "and 2", "and 3") for tree in asked[kind]
    ]
    times = []
    for question in questions * 2:
        begun = time.perf_counter()
        ask(folder, Question(text=question))
        times.append((time.perf_counter() - begun) * 1000)
    half = times[len(questions) :]
    print(f"  whole answers, places, snippets and spellings: p50 {statistics.median(half):.1f}  p95 {p95(half):.1f} ms")
