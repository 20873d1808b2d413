"""How often each way of writing a name in Cyrillic is used: makes ``resources/search/sounds.txt``.

Run: ``python -m tests.benchmarks learn-names``, then ``names`` for what it gives. Learned from the pairs to steer by alone (:func:`tests.benchmarks.spellings.steers`) and from the interface texts of a
desktop in Belarusian, Cyrillic and Łacinka. A pair is cut into rules, in all ways, by expectation and maximisation; runs of up to three Latin and two Cyrillic letters are
rules where they are found often enough, those of ``transcription.txt`` always. A pair that no rules explain well (a translation, another person's name) counts for little.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from archive.search import sounds
from archive.search.fold import tokens
from archive.search.languages import has_cyrillic
from archive.settings import RESOURCES
from tests.benchmarks.scale import DATA
from tests.benchmarks.spellings import pairs, steers

Pair = tuple[str, str, float]
Rule = tuple[str, str]
ROUNDS = 7
SEEN_SHORT, SEEN_LONG, WRITTEN = 0.5, 2.5, 0.3
LEAST_SHARE = 0.35
CAPTION = """\
# What rules of writing Latin names in Cyrillic cost: ten times the negative logarithm of their share among all. Learned by us; tests/benchmarks/learning_names.py says from what and how.
# latin cyrillic=cost ...; "-" stands for no Latin letters. Rules of transcription.txt that are missing here were not met.
"""


def interface_texts() -> Iterator[Pair]:
    """Words of Belarusian interface texts in Łacinka and Cyrillic."""
    met: Counter[tuple[str, str]] = Counter()
    for line in (DATA / "translit" / "gnome_be_belatin.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        cyrillic, latin = ([word for _, _, word in tokens(said.replace("_", ""))] for said in line.split("\t")[:2])
        if len(cyrillic) == len(latin):
            met.update(
                (b, a)
                for a, b in zip(cyrillic, latin, strict=True)
                if min(len(a), len(b)) > 3 and has_cyrillic(a) and not has_cyrillic(b)
            )
    return ((latin, cyrillic, 1.0) for latin, cyrillic in met)


def _guessed(latin: str, cyrillic: str, at: tuple[int, int], written: Mapping[str, list[str]]) -> Iterator[tuple[Rule, float]]:
    i, j = at
    for length in range(sounds.LONGEST_RULE):
        run = latin[i : i + length]
        if len(run) < length:
            return
        for other in (1,) if not length else range(3) if length < 4 else ():
            is_there = j + other <= len(cyrillic)
            if is_there and abs((i + length / 2) / len(latin) - (j + other / 2) / len(cyrillic)) <= LEAST_SHARE:
                yield (
                    (run, cyrillic[j : j + other]),
                    0.02 * math.exp(-1.2 * (length + other - 1)) if length and other else 0.0005,
                )
        for ways in written.get(run, ()):
            if cyrillic.startswith(ways, j):
                yield (run, ways), 0.05 * math.exp(1 - length - len(ways))


def _known(
    latin: str, cyrillic: str, at: tuple[int, int], rules: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[Rule, float]]:
    i, j = at
    for length in range(min(sounds.LONGEST_RULE, len(latin) - i + 1)):
        run = latin[i : i + length]
        for ways, share in rules.get(run, {}).items():
            if cyrillic.startswith(ways, j):
                yield (run, ways), share


def counted(pair: Pair, rules: Mapping[str, Mapping[str, float]] | None, written: Mapping[str, list[str]]) -> dict[Rule, float]:
    """How often each rule is expected to be used in a pair."""
    latin, cyrillic, weight = pair
    n, m = len(latin), len(cyrillic)
    before = [[0.0] * (m + 1) for _ in range(n + 1)]
    after = [[0.0] * (m + 1) for _ in range(n + 1)]
    before[0][0] = after[n][m] = 1.0
    steps = []
    for i in range(n + 1):
        for j in range(m + 1):
            here = before[i][j]
            if not here:
                continue
            found = _guessed(latin, cyrillic, (i, j), written) if rules is None else _known(latin, cyrillic, (i, j), rules)
            for (run, ways), share in found:
                before[i + len(run)][j + len(ways)] += here * share
                steps.append((i, j, (run, ways), share))
    whole = before[n][m]
    if whole <= 1e-300:
        return {}
    surprise = -math.log(whole) / (n + m)
    weight = weight if rules is None else weight / (1 + math.exp((surprise - 2.6) * 6))
    expected: defaultdict[Rule, float] = defaultdict(float)
    for i, j, rule, share in reversed(steps):
        rest = after[i + len(rule[0])][j + len(rule[1])]
        after[i][j] += share * rest
        expected[rule] += before[i][j] * share * rest / whole * weight
    return expected


def learned(some: list[Pair]) -> dict[Rule, float]:
    """The share of each rule."""
    written = frozenset(sounds.written())
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for latin, cyrillic in sorted(written):
        ways[latin].append(cyrillic)
    rules: dict[str, dict[str, float]] | None = None
    shares: dict[Rule, float] = {}
    for _ in range(ROUNDS):
        found: Counter[Rule] = Counter()
        for pair in some:
            found.update(counted(pair, rules, ways))
        for rule in list(found):
            is_long = len(rule[0]) + len(rule[1]) > 2 or "" in rule
            if rule not in written and found[rule] < (SEEN_LONG if is_long else SEEN_SHORT):
                del found[rule]
        for rule in written:
            found[rule] = max(found[rule], WRITTEN)
        shares = {rule: count / found.total() for rule, count in found.items()}
        rules = {}
        for (latin, cyrillic), share in shares.items():
            rules.setdefault(latin, {})[cyrillic] = share
        print(f"  {len(shares)} rules")
    return {rule: share for rule, share in shares.items() if found[rule] > WRITTEN}


def run() -> None:
    """Learn, and write the file."""
    some = [
        *((latin, cyrillic, min(3.0, 1 + math.log(count))) for latin, cyrillic, count in pairs("wd_russian_16.tsv")),
        *((latin, cyrillic, 3.0) for latin, cyrillic, _ in pairs("interscript_pairs.tsv")),
        *interface_texts(),
    ]
    shares = learned([
        (sounds.spelt(latin), sounds.spelt(cyrillic), weight)
        for latin, cyrillic, weight in some
        if steers(latin) and abs(len(latin) - len(cyrillic)) <= 5
    ])
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for (latin, cyrillic), share in sorted(shares.items(), key=lambda each: (each[0][0], -each[1], each[0][1])):
        lines[latin or "-"].append(f"{cyrillic}={round(-10 * math.log(share))}")
    text = CAPTION + "".join(f"{latin} {' '.join(found)}\n" for latin, found in lines.items())
    (RESOURCES / "search" / "sounds.txt").write_text(text, encoding="utf-8")
    print(f"  {len(shares)} rules with a cost, {len(text.encode())} bytes")
