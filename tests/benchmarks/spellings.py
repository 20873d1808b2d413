"""Other spellings that are offered: of names in the other script, and of words with a slip of the hand.

Run: ``python -m tests.benchmarks names`` and ``spelling``. The list of words is that of the running texts in ``text_corpora``, each with the number of stretches
of 300 words it stands in, in a locked volume, and the names themselves.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import Connection, text

from archive.search import forms
from archive.search.entry import listed_as, without_begun
from archive.search.fold import WORD, fold, tokens
from archive.search.languages import KEY_LANGUAGES, has_cyrillic, stem
from archive.storage.folder import ArchiveFolder
from tests.benchmarks.scale import DATA, quantiles

_FIRST = 10
_FEW = 5
_LOOKED_AT = 40
_MOST_PAIRS = 1500
_FILL = text("UPDATE word_forms SET documents = :documents WHERE form = :form")


def vocabulary() -> Counter[str]:
    """All words of the running texts, with a capital letter those that are written so, and in how many stretches of 300 words each stands."""
    found: Counter[str] = Counter()
    for file in sorted((DATA / "text_corpora").glob("*.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).splitlines():
            words = WORD.findall(json.loads(line)["text"])
            for at in range(0, len(words), 300):
                found.update(without_begun({listed_as(word, fold(word)) for word in words[at : at + 300]}))
    return found


@contextmanager
def listed(words: Counter[str]) -> Iterator[Connection]:
    """A connection to a volume whose list of words is ``words``."""
    with tempfile.TemporaryDirectory() as place:
        folder = ArchiveFolder.create(Path(place) / "words.ibid", title="Words")
        with folder.writing() as connection:
            forms.add_many(connection, [words])
            small: Counter[str] = Counter()
            for form, count in words.items():
                small[form.lower()] += count
            connection.execute(_FILL, [{"form": form, "documents": small[form]} for form in sorted(small)])
        with folder.volumes[0].look() as connection:
            yield connection
        folder.close()


def pairs(name: str) -> list[tuple[str, str, int]]:
    """(Latin, Cyrillic, how often) of single words of four letters and more in a file of pairs."""
    rows = [line.split("\t") for line in (DATA / "translit" / name).read_text(encoding="utf-8").splitlines()[1:]]
    if name.startswith("wd"):
        return [
            (fold(latin), fold(cyrillic), int(count)) for latin, cyrillic, count in rows if min(len(latin), len(cyrillic)) > 3
        ]
    found: dict[tuple[str, str, int], None] = {}
    for _, _, cyrillic, latin in rows:
        ours, theirs = ([word for _, _, word in tokens(said)] for said in (cyrillic, latin))
        if len(ours) == len(theirs):
            found.update(
                dict.fromkeys((b, a, 1) for a, b in zip(ours, theirs, strict=True) if min(len(a), len(b)) > 3 and has_cyrillic(a))
            )
    return list(found)


def steers(word: str) -> bool:
    """Whether a pair with this Latin word is one to steer by; the others are held out for the figure."""
    return crc32(word.encode()) % 2 == 0


def keys(word: str) -> set[str]:
    """The keys of a word in all languages."""
    return {stem(word, language) for language in KEY_LANGUAGES}


def run_names() -> None:
    """Print how often the right spelling is among the first ten offered, for each way of writing names, typed in either script."""
    if not (DATA / "translit").is_dir():
        print("  no data here (IBID_DATA)")
        return
    sources = {"Wikidata Latin/Russian": pairs("wd_russian_16.tsv"), "interscript": pairs("interscript_pairs.tsv")}
    words = vocabulary()
    for each in sources.values():
        for pair in each:
            for form in pair[:2]:
                words[form[0].upper() + form[1:]] += pair[2]
    with listed(words) as connection:
        for name, all_pairs in sources.items():
            for part, is_steering in (("held out", False), ("steered by", True)):
                some = [pair for pair in all_pairs if steers(pair[0]) == is_steering]
                some = random.Random(2).sample(some, min(_MOST_PAIRS, len(some)))
                named(connection, f"{name}, {part}, typed in Latin", some)
                named(connection, f"{name}, {part}, typed in Cyrillic", [(b, a, count) for a, b, count in some])


def named(connection: Connection, title: str, some: Sequence[tuple[str, str, int]]) -> None:
    """Print how often the second word of a pair is among the first offered for the first, and in what time."""
    right = weighed = 0
    times = []
    for typed, meant, count in some:
        begun = time.thread_time()
        found = forms.sounding_like(connection, typed)
        times.append((time.thread_time() - begun) * 1000)
        known = keys(typed)
        offered = _distinct([each.form for each in found if not keys(each.form) & known], _FIRST)
        # What the question finds anyway needs not be offered.
        is_right = bool(known & keys(meant)) or any(keys(form) & keys(meant) for form in offered)
        right, weighed = right + is_right, weighed + count * is_right
    total = sum(count for _, _, count in some)
    print(
        f"  {title}: {right / len(some):.3f} of {len(some)} among the first {_FIRST}, weighed {weighed / total:.3f}, {quantiles(times)}",
        flush=True,
    )


def _distinct(ordered: Sequence[str], most: int) -> list[str]:
    offered: list[str] = []
    seen: set[str] = set()
    for form in ordered:
        if not keys(form) & seen:
            offered.append(form)
        seen |= keys(form)
        if len(offered) == most:
            break
    return offered


def slip(word: str, chance: random.Random) -> str:
    """``word`` with a letter left out, put in, changed or swapped with its neighbour; the first stays, as most typists' does."""
    letters = "абвгдежзиклмнопрстуя" if has_cyrillic(word) else "abcdefghiklmnoprstu"
    at = chance.randrange(1, len(word))
    return chance.choice((
        word[:at] + word[at + 1 :],
        word[:at] + chance.choice(letters) + word[at:],
        word[:at] + chance.choice(letters) + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    ))


def run_slips() -> None:
    """Print how often the right word is among the first five, for one slip and for two, and what it takes.

    How much a slip weighs against the number of documents was chosen with other slips than these. "Anywhere" is the best there could be: that the right word is within
    two slips of what was typed at all.
    """
    if not (DATA / "text_corpora").is_dir():
        print("  no data here (IBID_DATA)")
        return
    words, chance = vocabulary(), random.Random(7)
    small: Counter[str] = Counter()
    for form, count in words.items():
        small[form.lower()] += count
    known = [word for word, count in small.items() if count >= 5 and len(word) >= 5]
    with listed(words) as connection:
        forms.mistyped(connection, "слово")
        for slips in (1, 2):
            right = total = within = 0
            times = []
            for word in chance.choices(known, weights=[small[word] ** 0.5 for word in known], k=1500):
                typed = word
                for _ in range(slips):
                    typed = slip(typed, chance)
                if typed in small or len(typed) < 4:
                    continue
                begun = time.thread_time()
                found = forms.mistyped(connection, typed)
                times.append((time.thread_time() - begun) * 1000)
                total += 1
                meant = keys(word)
                right += any(keys(form) & meant for form in _distinct([each.form for each, _ in found[:_LOOKED_AT]], _FEW))
                within += any(keys(each.form) & meant for each, _ in found)
            print(
                f"  {slips} of {total} words, {len(small)} in the list: {right / total:.3f} among the first {_FEW}, {within / total:.3f} anywhere, "
                f"{quantiles(times)}"
            )
