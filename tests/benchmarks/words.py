"""How well a question for one form of a word finds the others, on treebanks of Universal Dependencies, and what a form costs.

``IBID_TREEBANKS`` names a folder with the ``*-ud-dev.conllu`` and ``*-ud-test.conllu`` of the treebanks Belarusian-HSE, Russian-GSD, Russian-Taiga,
Ukrainian-IU and English-GUM. Rules and lists were made on the dev parts; the figure is that of the test parts. Nouns, names, verbs, adjectives and
adverbs count, each form as often as it stands there. Recall is of the other forms of its words, precision of all that is found, itself too.
"""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from archive.search.fold import fold
from archive.search.languages import stem, stems_asked
from archive.values import Language

_COUNTED = {"NOUN", "PROPN", "VERB", "ADJ", "ADV"}
_LANGUAGES = {"be": Language.BELARUSIAN, "ru": Language.RUSSIAN, "uk": Language.UKRAINIAN, "en": Language.ENGLISH}
Forms = dict[str, tuple[int, set[str]]]


def read(files: list[Path]) -> Forms:
    """The forms in the files, each with how often it stands there and what it is a form of."""
    counts: Counter[str] = Counter()
    words: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) < 10 or not cells[0].isdigit() or cells[3] not in _COUNTED:
                continue
            form, word = (cell.lower().replace("\u0301", "").replace("’", "'") for cell in cells[1:3])
            if form.replace("'", "").isalpha():
                counts[form] += 1
                words[form].add(word)
    return {form: (count, words[form]) for form, count in counts.items()}


def score(forms: Forms, kept: Callable[[str], str], asked: Callable[[str], tuple[str, ...]]) -> tuple[float, float, float]:
    """Recall, precision and F1 of keys: ``kept`` in the index, ``asked`` for in a question."""
    of_word: defaultdict[str, set[str]] = defaultdict(set)
    of_key: defaultdict[str, set[str]] = defaultdict(set)
    for form, (_, words) in forms.items():
        of_key[kept(form)].add(form)
        for word in words:
            of_word[word].add(form)
    recall = precision = recalled = total = 0.0
    for form, (count, words) in forms.items():
        meant = set().union(*(of_word[word] for word in words))
        found = set().union(*(of_key[key] for key in asked(form))) | {form}
        others = sum(forms[each][0] for each in meant - {form})
        if others:
            recall += count * sum(forms[each][0] for each in (meant & found) - {form}) / others
            recalled += count
        precision += count * sum(forms[each][0] for each in meant & found) / sum(forms[each][0] for each in found)
        total += count
    recall, precision = recall / recalled, precision / total
    return recall, precision, 2 * recall * precision / (recall + precision)


def run() -> None:
    """Print recall, precision, F1 and microseconds a form, per language and part."""
    folder = Path(os.environ.get("IBID_TREEBANKS", ""))
    if not os.environ.get("IBID_TREEBANKS") or not any(folder.glob("*.conllu")):
        print("  no treebanks: IBID_TREEBANKS names no folder with *.conllu files")
        return
    for name, language in _LANGUAGES.items():
        for part in ("dev", "test"):
            forms = read(sorted(folder.glob(f"{name}_*-ud-{part}.conllu")))
            if not forms:
                continue
            stem("слово", language)
            begun = time.perf_counter()
            for form in forms:
                stem(fold(form), language)
            took_us = (time.perf_counter() - begun) / len(forms) * 1e6
            recall, precision, f1 = score(
                forms,
                lambda form, spoken=language: stem(fold(form), spoken),
                lambda form, spoken=language: stems_asked(fold(form), spoken),
            )
            print(
                f"  {name} {part:5} {len(forms):6} forms  recall {recall:.3f}  precision {precision:.3f}  F1 {f1:.3f}  {took_us:5.1f} µs a form"
            )
