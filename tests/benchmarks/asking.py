"""What is asked beside words: facets, narrowing, orders, completions, passages, what is like and what cites, in one locked volume.

Run: ``python -m tests.benchmarks asking [COUNT]``. Documents as in the benchmark of search; every third is a report that cites five of 5,000 sources, of which the
other documents are the texts; 300 publishers, 200 sites, one collection. Each figure is the median and the 95th percentile of
its questions, asked again in turn, in processor time.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive.address import place_of
from archive.front_desk import LocalDesk
from archive.model.hit import FacetName, Order, Question
from archive.storage.folder import ArchiveFolder
from tests.benchmarks.scale import DATA
from tests.benchmarks.search import fill

_ROUNDS = 5
_TYPED = ("права", "суд минск", "human rights", "затрымалі", "people", "війна", "год", "president")


def furnish(folder: ArchiveFolder) -> None:
    """Give the documents of an archive publishers, sites, states, citations and a collection."""
    chance = random.Random(4)
    with folder.writing() as connection:
        rows = connection.exec_driver_sql("SELECT id, digest, role FROM documents ORDER BY id").fetchall()
        sources = [f"https://www.site{n % 200}.org/page/{n}" for n in range(5000)]
        states = ("saved", "saved", "partial", "gone")
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO sources (address, place, state, facts, seal) VALUES (?, ?, ?, '{}', '')",
            [(each, place_of(each), chance.choice(states)) for each in sources],
        )
        connection.exec_driver_sql(
            "UPDATE documents SET publisher = ? WHERE id = ?", [(f"Publisher {chance.randrange(300)}", row) for row, _, _ in rows]
        )
        captured = [
            (
                f"{row:064x}",
                chance.choice(sources),
                "",
                "2025-01-15T00:00:00+00:00",
                "complete",
                200,
                "text/html",
                10,
                digest,
                "page",
                "{}",
                "",
            )
            for row, digest, role in rows
            if role == "source"
        ]
        connection.exec_driver_sql("INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", captured)
        for row, _, role in rows:
            if role == "report":
                connection.exec_driver_sql(
                    "INSERT INTO notes (document, n, label, passage, text, page, paired, confidence, before) VALUES (?, 0, '1', 0, 'x', 1, 0, 0, '')",
                    (row,),
                )
                cited = [(row, n, 0, "x", each, None, None) for n, each in enumerate(chance.sample(sources, 5))]
                connection.exec_driver_sql(
                    "INSERT INTO citations (document, n, note, text, source, title, ibid_of) VALUES (?, ?, ?, ?, ?, ?, ?)", cited
                )
    LocalDesk(folder).collect("Collection", tuple(digest for _, digest, _ in rows[:500]))


def measure(desk: LocalDesk) -> None:
    """Print the figures of one archive."""
    began = time.thread_time()
    desk.facets(Question(text="права"))
    print(f"  facets asked for the first time: {(time.thread_time() - began) * 1000:.0f} ms")
    report = desk.documents()[0].document.document
    hit = desk.search(Question(text="права")).hits[0]
    asked: dict[str, list[Callable[[], object]]] = {
        "facets": [lambda typed=typed: desk.facets(Question(text=typed)) for typed in _TYPED],  # type: ignore[misc]
        "facets, two chosen": [
            lambda typed=typed: desk.facets(Question(text=typed, years=("2020",), sites=("site5.org",))) for typed in _TYPED
        ],  # type: ignore[misc]
        "best 20, chosen from facets": [
            lambda typed=typed: desk.search(Question(text=typed, publishers=("Publisher 5",))) for typed in _TYPED
        ],  # type: ignore[misc]
        "newest 20": [lambda typed=typed: desk.search(Question(text=typed, order=Order.NEWEST)) for typed in _TYPED],  # type: ignore[misc]
        "by title": [lambda typed=typed: desk.search(Question(text=typed, order=Order.TITLE)) for typed in _TYPED],  # type: ignore[misc]
        "best 20": [lambda typed=typed: desk.search(Question(text=typed)) for typed in _TYPED],  # type: ignore[misc]
        "a word as it is written": [lambda typed=typed: desk.search(Question(text=f'"{typed.split()[0]}"')) for typed in _TYPED],  # type: ignore[misc]
        "cites: a site": [lambda n=n: desk.search(Question(text=f"cites:site{n}.org")) for n in range(8)],  # type: ignore[misc]
        "site: and a word": [lambda typed=typed: desk.search(Question(text=f"{typed} site:site7.org")) for typed in _TYPED],  # type: ignore[misc]
        "who cites an address": [lambda n=n: desk.citing(f"https://site{n}.org/page/{n}") for n in range(8)],  # type: ignore[misc]
        "also cited by": [lambda: desk.also_cited_by(report)],
        "like a document": [lambda: desk.like(hit.document), lambda: desk.like(report)],
        "passages found": [lambda typed=typed: desk.passages_found(hit.document, Question(text=typed)) for typed in _TYPED],  # type: ignore[misc]
        "completions of two letters": [lambda typed=typed: desk.completions(typed[:2]) for typed in _TYPED],  # type: ignore[misc]
        "completions of three letters": [lambda typed=typed: desk.completions(typed[:3]) for typed in _TYPED],  # type: ignore[misc]
        "completions of four letters": [lambda typed=typed: desk.completions(typed[:4]) for typed in _TYPED],  # type: ignore[misc]
        "completions of a publisher": [lambda: desk.completions("publisher:pub")],
    }
    for name, questions in asked.items():
        times: list[float] = []
        first: list[float] = []
        for number in range(_ROUNDS):
            for question in questions:
                begun = time.thread_time()
                question()
                (times if number else first).append((time.thread_time() - begun) * 1000)
        ordered = sorted(times)
        print(
            f"  {name}: {statistics.median(times):.1f} ms, 95 % under {ordered[int(len(ordered) * 0.95)]:.1f}; first time {max(first):.1f}"
        )
    forms = desk._folder.volumes[0]
    with forms.look() as connection:
        print(f"  {connection.exec_driver_sql('SELECT count(*) FROM word_forms').scalar_one()} words in the list")
    print(f"  {len(desk.facets(Question(text='')).facets)} facets of {len(FacetName)}")


def run(count: int = 10_000) -> None:
    """Print the figures."""
    if not (DATA / "scale").is_dir():
        print("  no data here (IBID_DATA)")
        return
    with (
        tempfile.TemporaryDirectory() as place,
        ArchiveFolder.create(Path(place, "asking.ibid"), title="Asking", passphrase="asking") as folder,
    ):
        fill(folder, count, {})
        furnish(folder)
        measure(LocalDesk(folder))
