"""Questions of every kind to the index of one locked volume, beside other engines over the same keys in the same run.

Run: ``make bench-search`` or ``python -m tests.benchmarks search [COUNT [KINDS]]``. Documents are made of stretches of real paragraphs from two places of one language, about
300 words, with a case number and names of people each, most of them met before and some new. All engines are given the keys that Ibid makes of the words and answer with the
best 20 and the exact number; places, snippets and spellings are not in these times. Questions are measured in processor time of the thread that answers, so that what else the
machine does counts little; all files are in memory. FTS5 alone is the table ``words`` of the same volumes. The files of the others are plain and stand outside the archive.
What was made stays where ``IBID_BENCH_PLACE`` names an empty folder, and is asked again, without being made anew, where it names that folder once more.
"""

from __future__ import annotations

import gc
import gzip
import json
import math
import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from archive.model.document import Description, Document, Format, Passage, PassageKind, Role
from archive.model.hit import ClauseKind, Question
from archive.model.sharing import ParcelDocument
from archive.search import entry, full_text, index, merging
from archive.search.answer import ask
from archive.search.expanding import Expanding
from archive.search.query import AllOf, AnyOf, Expand, Filter, Node, Words, key_variants, to_match, words_asked
from archive.search.ranking import LeftToWords, Ranking
from archive.search.tending import Tender
from archive.storage import tables
from archive.storage.database import plain_statements
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.storage.rows import document_row
from archive.values import Language, digest_of
from tests.benchmarks.scale import DATA, resident_mb
from tests.benchmarks.search_contestants import BEST, Answer, contestants

EACH_KIND = 12
ROUNDS = 4
AT_ONCE = 500
SYLLABLES = {
    "en": ("mar", "ten", "wood", "al", "ber", "hol", "den", "ris", "ton", "kes", "lan", "fer", "wyn", "gar", "lock", "ham"),
    "ru": ("мар", "тын", "ко", "ва", "лен", "бо", "рис", "гор", "ше", "мя", "ки", "на", "зо", "лот", "дуб", "ров"),
    "be": ("мар", "ты", "ка", "ва", "лен", "ба", "рыс", "гар", "шэ", "мя", "кі", "на", "за", "лат", "дуб", "роў"),
    "uk": ("мар", "ти", "ко", "ва", "лен", "бо", "рис", "гор", "ше", "мя", "кі", "на", "зо", "лот", "дуб", "рів"),
}
ENDINGS = {"en": ("son", "er", "ley"), "ru": ("ов", "ская", "ин"), "be": ("оў", "ская", "віч"), "uk": ("енко", "ська", "ук")}
LANGUAGES = {"en": 28, "ru": 40, "be": 17, "uk": 15}
SAMPLED = 4000
MOST_WITH_TEXT = 200_000
"""Of more documents, titles and index are written and not their texts."""


def paragraphs() -> dict[str, list[str]]:
    """Real paragraphs by language, in the order of their texts."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for file in sorted([*(DATA / "scale").glob("*.jsonl.gz"), *(DATA / "text_corpora").glob("*.jsonl.gz")]):
        for line in gzip.decompress(file.read_bytes()).splitlines():
            record = json.loads(line)
            if record.get("lang") in found:
                found[record["lang"]].extend(part for part in record["text"].split("\n") if len(part) > 40)
    return found


def names(language: str, chance: random.Random) -> Iterator[str]:
    """Names of people without end: one in three is new."""
    met: list[str] = []
    while True:
        if not met or chance.random() < 0.34:
            made = "".join(chance.choices(SYLLABLES[language], k=chance.choice((2, 2, 3, 4)))) + chance.choice(ENDINGS[language])
            met.append(made.capitalize())
            yield met[-1]
        else:
            yield met[int(len(met) * chance.random() ** 2)]


def documents(count: int) -> Iterator[tuple[Document, list[Passage]]]:
    """``count`` documents; the same ones every time."""
    chance, pool = random.Random(8), paragraphs()
    people = {language: names(language, random.Random(language)) for language in LANGUAGES}
    for number in range(count):
        language = chance.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]
        stock, body = pool[language], []
        for _ in range(2):
            words, at = min(3000, chance.lognormvariate(4.75, 0.7)), chance.randrange(len(stock))
            while words > 0:
                part = stock[at % len(stock)][:4000]
                if chance.random() < 0.5:
                    cut = part.rfind(" ", 0, chance.randrange(len(part))) + 1
                    part = f"{part[:cut]}{next(people[language])} {part[cut:]}"
                body.append(part)
                words -= body[-1].count(" ") + 1
                at += 1
        title = " ".join(body[0].split()[:8])
        body.append(f"№ {chance.randrange(10**5)}-{number}/{chance.randrange(1990, 2026)}")
        yield _document(number, title, body, Language(language), chance)


def _document(
    number: int, title: str, body: Sequence[str], language: Language, chance: random.Random
) -> tuple[Document, list[Passage]]:
    passages = [Passage(n=0, kind=PassageKind.HEADING, text=title, level=1)]
    passages += [Passage(n=n, kind=PassageKind.PARAGRAPH, text=part) for n, part in enumerate(body, 1)]
    said = Description(
        title=title,
        language=language,
        published_on=f"{chance.randrange(1995, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
    )
    original = "\n".join(body).encode()
    made = Document(
        document=digest_of(original),
        role=chance.choice((Role.REPORT, Role.SOURCE, Role.SOURCE)),
        format=Format.TEXT,
        description=said,
        size_bytes=len(original),
        passages=len(passages),
        notes=0,
        markers=0,
        paired=0,
    )
    return made, passages


class Ibid:
    """Ibid's own index, over all volumes of the archive: with postings, or FTS5 alone. No document stands in two of them here."""

    def __init__(self, connections: Sequence[Any], *, has_postings: bool) -> None:
        self._connections = connections
        self._has_postings = has_postings
        self.left: Counter[str] = Counter()
        self.kind = ""

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        counts, found = 0, []
        expanding = Expanding()
        for connection in self._connections:
            count, best = self._of(connection, tree, expanding.in_volume(connection))
            counts += count
            found += best
        return counts, [row for row, _ in sorted(found, key=lambda each: -each[1])[:BEST]]

    def _of(self, connection: Any, tree: Node, expand: Expand) -> tuple[int, list[tuple[int, float]]]:
        with plain_statements(connection) as run_statement:
            if self._has_postings:
                try:
                    return Ranking(run_statement, tree, expand).best(BEST)
                except LeftToWords:
                    self.left[self.kind] += 1
            best = full_text.best(run_statement, tree, expand, BEST)
            if len(best) < BEST:
                return len(best), best
            return run_statement(full_text.COUNTED, (to_match(tree, expand),)).fetchone()[0], best


def kinds(sample: list[str]) -> dict[str, list[Node]]:
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
            run = [key for key in chance.choice(runs) if key != entry.BETWEEN_PASSAGES]
            at = chance.randrange(max(1, len(run) - how_many))
            found = tuple(run[at : at + how_many] if is_phrase else chance.sample(run, min(len(run), how_many)))
            if len(set(found)) == how_many and all(key in met for key in found):
                return found

    def beginning(length: int) -> Words:
        return Words((chance.choice([key for key in mid if len(key) > length])[:length],), is_prefix=True)

    language = Filter((entry.language_token(Language.RUSSIAN),), "", ClauseKind.LANGUAGE, ("ru",))
    is_source = Filter((entry.role_token(Role.SOURCE),), "", ClauseKind.ROLE, ("source",))
    narrow = (language, is_source, Filter(("d2015",), "", ClauseKind.DATE, ("2015", "2015")))
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


Prepared = list[tuple[Document, list[Passage], entry.Entry]]


def _prepare(count: int, into: Any) -> None:
    """In a child: make documents, cut and stem their words, and send them ``AT_ONCE`` at a time with the processor time of the latter."""
    made = documents(count)
    while batch := list(islice(made, AT_ONCE)):
        begun = time.process_time()
        entries = [entry.prepare(document, passages, ()) for document, passages in batch]
        took_s = time.process_time() - begun
        is_lean = count > MOST_WITH_TEXT
        into.put((
            took_s,
            [(document, [] if is_lean else passages, each) for (document, passages), each in zip(batch, entries, strict=True)],
        ))
    into.put((0.0, []))


def prepared(count: int) -> Iterator[tuple[float, Prepared]]:
    """Documents with their entries, ``AT_ONCE`` at a time, made in a child; and how long cutting and stemming their words took."""
    processes = multiprocessing.get_context("spawn")
    batches = processes.Queue(3)
    child = processes.Process(target=_prepare, args=(count, batches), daemon=True)
    child.start()
    while (batch := batches.get())[1]:
        yield batch
    child.join()


def written(connection: Any, batch: Prepared, *, first: int) -> list[int]:
    """The rows of documents, from number ``first`` on, now that they are in; of those without passages only what they state of themselves is."""
    if batch[0][1]:
        return [
            add_document(
                connection, ParcelDocument(document=document, passages=tuple(passages), notes=(), original=original_of(passages))
            )
            for document, passages, _ in batch
        ]
    stated = [{"id": first + at, "seal": "", **document_row(document)} for at, (document, _, _) in enumerate(batch)]
    connection.execute(tables.documents.insert(), stated)
    return [row["id"] for row in stated]


def original_of(passages: Sequence[Passage]) -> bytes:
    """The bytes of a document made here."""
    return "\n".join(passage.text for passage in passages[1:]).encode()


def fill(folder: ArchiveFolder, count: int, others: dict[str, Any]) -> list[str]:
    """Bring everything in; print what it took; give the keys of some documents."""
    took: Counter[str] = Counter()
    sample: list[str] = []
    done = text_bytes = 0

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        took[name] += time.process_time() - begun

    begun = time.perf_counter()
    for took_s, batch in prepared(count):
        took["words cut and stemmed"] += took_s
        with folder.writing() as connection:
            rows = written(connection, batch, first=done + 1)
            done += len(batch)
            with timed("FTS5, postings and list of words"):
                index.add_many(connection, list(zip(rows, (each for _, _, each in batch), strict=True)))
        sample.extend(each.columns["body"] for _, _, each in batch[: max(0, SAMPLED - len(sample))])
        text_bytes += sum(document.size_bytes for document, _, _ in batch)
        for row, (document, _, each) in zip(rows, batch, strict=True):
            for name, engine in others.items():
                with timed(name):
                    engine.add(row, document, each.columns)
    print(
        f"  all in after {time.perf_counter() - begun:.0f} s; resident memory {resident_mb('self'):.0f} MiB, other engines and the benchmark included"
    )
    for name, engine in others.items():
        with timed(name):
            engine.ready()
    sizes(folder, count, text_bytes)
    for name, seconds in took.items():
        print(f"  {name}: {seconds / count * 1000:.3f} ms of CPU a document" + (", keys given" if name in others else ""))
    ours = sum(seconds for name, seconds in took.items() if name not in others)
    print(f"  Ibid's index: {count / ours:.0f} documents a second of one core, caches cold")
    return sample


def sizes(folder: ArchiveFolder, count: int, text_bytes: int) -> None:
    """Print how much room the index takes."""
    wanted = {
        "FTS5": "SELECT sum(length(block)) FROM words_data",
        "postings": "SELECT sum(length(documents) + length(weights) + length(terms) + length(ends) + 8) FROM postings",
        "terms": "SELECT sum(length(CAST(key AS BLOB)) + 6) FROM terms",
        "list of words": "SELECT sum(length(CAST(form AS BLOB)) + 4) FROM word_forms",
        "skeletons": "SELECT sum(length(CAST(form AS BLOB)) + 7) FROM skeletons",
    }
    found: Counter[str] = Counter()
    segments = []
    with looking(folder) as connections:
        for connection in connections:
            found.update({name: (connection.exec_driver_sql(each).scalar() or 0) / 2**20 for name, each in wanted.items()})
            segments.append(connection.exec_driver_sql("SELECT documents FROM segments ORDER BY first").scalars().all())
    parts = ", ".join(f"{name} {size:.0f}" for name, size in found.items())
    whole = sum(found.values())
    print(
        f"  {count} documents, {text_bytes / 2**20:.0f} MiB of text; MiB of index: {parts} ({whole / text_bytes * 2**20:.2f} of the text)"
    )
    for each in segments:
        print(f"  segments {each}")


@contextmanager
def looking(folder: ArchiveFolder) -> Iterator[list[Any]]:
    """Connections to all volumes."""
    with ExitStack() as stack:
        yield [stack.enter_context(volume.look()) for volume in folder.volumes]


@contextmanager
def standing(place: Path) -> Iterator[tuple[ArchiveFolder, bool]]:
    """The archive that was kept there, or a new one, and whether it was kept."""
    path = Path(place, "search.ibid")
    if path.exists():
        with ArchiveFolder.open(path, passphrase="search") as folder:
            yield folder, True
    else:
        with ArchiveFolder.create(path, title="Search", passphrase="search") as folder:
            yield folder, False


def run(count: int = 10_000, only: int = 0) -> None:
    """Print the figures; with ``only`` no more than what one more document takes."""
    if not (DATA / "scale").is_dir():
        print("  no data here (IBID_DATA)")
        return
    kept = os.environ.get("IBID_BENCH_PLACE")
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as place, standing(Path(place)) as (folder, is_kept):
        others = {} if only else contestants(Path(place), count)
        if is_kept:
            sample = [entry.prepare(*each, ()).columns["body"] for each in documents(min(count, SAMPLED))]
        else:
            sample = fill(folder, count, others)
            tended(folder)
        asked = kinds(sample)
        if not only:
            with looking(folder) as connections:
                engines = {
                    "postings": Ibid(connections, has_postings=True),
                    "fts5": Ibid(connections, has_postings=False),
                    **others,
                }
                compare(engines, asked)
        if only or not kept:
            # The others are not given these.
            one_more(folder)
        whole(folder, asked)
        for engine in others.values():
            getattr(engine, "close", lambda: None)()


def tended(folder: ArchiveFolder) -> None:
    """Print how long the joining takes that is still due, and its longest step."""
    steps: list[float] = []
    is_due = True
    while is_due:
        begun = time.perf_counter()
        with folder.writing() as connection:
            is_due = merging.tend(connection)
        steps.append((time.perf_counter() - begun) * 1000)
    print(f"  joining what was left: {len(steps)} steps, {sum(steps):.0f} ms; p95 {p95(steps):.1f}, longest {max(steps):.1f} ms")


def compare(engines: dict[str, Any], asked: dict[str, list[Node]]) -> None:
    """Print what each kind takes at each engine, the order of engines shuffled for each question."""
    chance = random.Random(2)
    took: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in asked} for name in engines}
    differing: Counter[str] = Counter()
    gc.disable()
    for turn in range(ROUNDS + 1):
        for kind, questions in asked.items():
            engines["postings"].kind = kind
            for tree in questions:
                counts = {}
                for name in chance.sample(list(engines), len(engines)):
                    if turn > 1 and name in {"fts5", "whoosh"}:
                        # Too slow to be asked everything several times.
                        continue
                    if name == "whoosh" and kind == "prefix 2":
                        continue
                    begun = time.thread_time()
                    counts[name], _ = engines[name].answer(tree)
                    if turn:
                        took[name][kind].append((getattr(engines[name], "took_s", 0) or time.thread_time() - begun) * 1000)
                differing.update(f"{name}, {kind}" for name in counts if counts[name] != counts.get("fts5", counts[name]))
    gc.enable()
    print(f"  {'':14}" + "".join(f"{name:>20}" for name in engines) + "    p50 / p95 ms of processor time, best 20 and number")
    for kind in asked:
        times = [took[name][kind] or [math.nan] for name in engines]
        print(f"  {kind:14}" + "".join(f"{statistics.median(each):12.2f} / {p95(each):5.1f}" for each in times))
    every = {name: [each for times in took[name].values() for each in times] for name in engines}
    print(f"  {'all':14}" + "".join(f"{statistics.median(every[name]):12.2f} / {p95(every[name]):5.1f}" for name in engines))
    print(f"  {'worst':14}" + "".join(f"{max(every[name]):20.1f}" for name in engines))
    for name in [name for name in engines if name != "postings"]:
        ratios = {
            kind: statistics.median(took["postings"][kind]) / statistics.median(took[name][kind])
            for kind in asked
            if took[name][kind]
        }
        mean = math.exp(statistics.mean(map(math.log, ratios.values())))
        slow = ", ".join(f"{kind} {ratio:.1f}" for kind, ratio in ratios.items() if ratio > 3)
        print(f"  geometric mean of medians, postings / {name}: {mean:.2f}" + (f"; above 3: {slow}" if slow else ""))
    print(
        f"  numbers that differ from those of FTS5: {dict(differing) or 'none'}; left to FTS5: {dict(engines['postings'].left) or 'none'}"
    )


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def one_more(folder: ArchiveFolder) -> None:
    """Print what one more document takes until it is found: its rows, its index, the disk, and the question; segments are joined meanwhile."""
    times = []
    tender = Tender(folder)
    for number in range(600):
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
        with folder.volumes[-1].look() as connection:
            found, _ = Ibid([connection], has_postings=True).answer(Words((f"рэдкаеслова{number}",)))
        times.append((time.perf_counter() - begun) * 1000)
        assert found == 1
    tender.close()
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
