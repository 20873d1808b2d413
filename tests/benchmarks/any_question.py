"""Any text at all as a question, ten thousand times, over whole answers; and the questions that take longest.

Run: ``python -m tests.benchmarks any-question [COUNT]``. Texts are Hypothesis's, of any signs of Unicode and of pieces of the query language, put to an archive of
2,000 documents with its postings and then to FTS5 alone. Time is that of the thread that asks. Nothing here fails: an exception is counted.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.model.hit import Order, Question
from archive.search import postings
from archive.search.answer import ask
from archive.storage.folder import ArchiveFolder
from tests.archive.search.test_deadline import NASTY, TEXTS, ask_once, fill
from tests.benchmarks.scale import quantiles

LONGEST_MS = 200


def run(count: int = 10_000) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place, ArchiveFolder.create(Path(place, "many.ibid"), title="Many") as folder:
        fill(folder)
        _asked(folder, count, "postings")
        with folder.writing() as connection:
            postings.clear(connection)
        ask_once(folder)
        _asked(folder, count, "FTS5 alone")


def _asked(folder: ArchiveFolder, count: int, name: str) -> None:
    took_ms: list[float] = []
    wrong: Counter[str] = Counter()

    slow: list[Question] = []

    def timed(question: Question) -> float:
        began = time.thread_time()
        try:
            ask(folder, question)
        except Exception as error:
            wrong[type(error).__name__] += 1
        return (time.thread_time() - began) * 1000

    def put(text: str, order: Order, *, is_exact: bool, is_typing: bool) -> None:
        question = Question(text=text, is_exact=is_exact, is_typing=is_typing, order=order)
        took_ms.append(timed(question))
        if took_ms[-1] > LONGEST_MS:
            # What Python clears away meanwhile is not the question's.
            slow.append(question)
            took_ms[-1] = min(timed(question) for _ in range(2))

    def told(what: str) -> None:
        print(f"  {name}: {len(took_ms)} {what}: {quantiles(took_ms)}, exceptions {dict(wrong) or 0}", flush=True)
        print(
            f"    {len(slow)} took longer than {LONGEST_MS} ms at first"
            + "".join(f"\n    {ascii(each)[:400]}" for each in slow[:3])
        )
        took_ms.clear()
        slow.clear()

    for order in Order:
        for text in NASTY.values():
            put(text, order, is_exact=False, is_typing=False)
            put(text, order, is_exact=True, is_typing=True)
    told("nasty questions")

    # No example is kept, and none is made smaller: what is wanted is many of them.
    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(text=TEXTS, is_exact=st.booleans(), is_typing=st.booleans(), order=st.sampled_from(Order))
    def any_text(text: str, order: Order, *, is_exact: bool, is_typing: bool) -> None:
        put(text, order, is_exact=is_exact, is_typing=is_typing)

    any_text()
    told("questions of any text")
