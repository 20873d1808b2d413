"""What changed between two texts of one place: pure, over passages.

Whole passages are compared first; of those that stand in each other's place, the words. The comparison is difflib's, without its
habit of passing over what is common ("autojunk").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from archive.model.document import Passage

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]")
_LIKE = 0.4
_MOST_WORDS = 3000


class Fate(StrEnum):
    """What became of some words between the older and the newer text."""

    KEPT = "kept"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


class Run(msgspec.Struct, frozen=True):
    """Words that met one fate."""

    text: str
    fate: Fate


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A passage as it stands in one text or the other, its runs in reading order; ``level`` is that of a heading, else 0.

    ``unchanged`` counts passages that stand in both, one after the other, of which only the first and the last are shown; then there are no runs.
    """

    runs: tuple[Run, ...] = ()
    level: int = 0
    unchanged: int = 0

    @property
    def is_change(self) -> bool:
        """Whether anything in it was put in or taken out."""
        return any(run.fate is not Fate.KEPT for run in self.runs)


def differences(older: Sequence[Passage], newer: Sequence[Passage]) -> tuple[Change, ...]:
    """How one text became the other, in reading order; of a stretch that stands in both, its first and last passage and how many are between.

    Args:
        older: n passages of the older text.
        newer: m passages of the newer one.

    Returns:
        Joined, the KEPT and TAKEN_OUT runs are the older text, the KEPT and PUT_IN runs the newer, but for what is counted as unchanged.
    """
    before, after = [passage.text for passage in older], [passage.text for passage in newer]
    found: list[Change] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _kept(newer[j:j_end], is_first=not found, is_last=j_end == len(newer))
        else:
            found += _replaced(older[i:i_end], newer[j:j_end])
    return tuple(found)


def _kept(passages: Sequence[Passage], *, is_first: bool, is_last: bool) -> Iterator[Change]:
    """One passage of context beside a change, and the number of the others."""
    shown_before, shown_after = int(not is_first), int(not is_last)
    hidden = max(0, len(passages) - shown_before - shown_after)
    for passage in passages[:shown_before]:
        yield _whole(passage, Fate.KEPT)
    if hidden:
        yield Change(unchanged=hidden)
    for passage in passages[max(shown_before, len(passages) - shown_after) :]:
        yield _whole(passage, Fate.KEPT)


def _replaced(older: Sequence[Passage], newer: Sequence[Passage]) -> Iterator[Change]:
    """Passages that stand in each other's place: pairs that are alike word by word, the others whole."""
    left = list(newer)
    for passage in older:
        like = next((at for at, other in enumerate(left) if _is_like(passage.text, other.text)), None)
        if like is None:
            yield _whole(passage, Fate.TAKEN_OUT)
            continue
        for other in left[:like]:
            yield _whole(other, Fate.PUT_IN)
        yield Change(runs=tuple(_word_by_word(passage.text, left[like].text)), level=left[like].level)
        left = left[like + 1 :]
    for other in left:
        yield _whole(other, Fate.PUT_IN)


def _is_like(one: str, other: str) -> bool:
    words = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    return words.real_quick_ratio() >= _LIKE and words.quick_ratio() >= _LIKE and words.ratio() >= _LIKE


def _word_by_word(before: str, after: str) -> Iterator[Run]:
    one, other = _words(before), _words(after)
    for tag, i, i_end, j, j_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("".join(one[i:i_end]), Fate.KEPT)
            continue
        if i_end > i:
            yield Run("".join(one[i:i_end]), Fate.TAKEN_OUT)
        if j_end > j:
            yield Run("".join(other[j:j_end]), Fate.PUT_IN)


def _words(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= _MOST_WORDS else text.splitlines(keepends=True)


def _whole(passage: Passage, fate: Fate) -> Change:
    return Change(runs=(Run(passage.text, fate),), level=passage.level)
