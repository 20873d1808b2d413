"""What changed between two texts, passage by passage and word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from archive.model.difference import Fate, differences
from archive.model.document import Passage, PassageKind
from archive.values import Language


def _text(*passages: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(n=n, kind=PassageKind.PARAGRAPH, text=text, language=Language.ENGLISH) for n, text in enumerate(passages)
    )


RIVER = ("The river rose.", "We carried the books upstairs before noon.", "Nobody was hurt.", "The stove went out.", "The end.")


def test_the_same_text_has_no_change() -> None:
    [only] = differences(_text(*RIVER), _text(*RIVER))
    assert (only.unchanged, only.is_change) == (5, False)


def test_changed_words_are_told_inside_their_passage_with_one_passage_around_them() -> None:
    newer = (RIVER[0], RIVER[1].replace("before noon", "after supper"), *RIVER[2:])
    before, changed, after, rest = differences(_text(*RIVER), _text(*newer))
    assert [run.text for run in before.runs + after.runs] == [RIVER[0], RIVER[2]]
    assert rest.unchanged == 2
    assert [(run.text, run.fate) for run in changed.runs] == [
        ("We carried the books upstairs ", Fate.KEPT),
        ("before", Fate.TAKEN_OUT),
        ("after", Fate.PUT_IN),
        (" ", Fate.KEPT),
        ("noon", Fate.TAKEN_OUT),
        ("supper", Fate.PUT_IN),
        (".", Fate.KEPT),
    ]


def test_a_passage_that_is_gone_and_one_that_is_new_stand_whole() -> None:
    changes = differences(_text("A", "Dropped words entirely", "B"), _text("A", "B", "Another thing came"))
    assert [[(run.text, run.fate) for run in change.runs] for change in changes if change.is_change] == [
        [("Dropped words entirely", Fate.TAKEN_OUT)],
        [("Another thing came", Fate.PUT_IN)],
    ]


words = some.lists(some.sampled_from(["рака", "школа", "and", "ran", "7,5", "—"]), min_size=1, max_size=6).map(" ".join)


@given(some.lists(words, max_size=6), some.lists(words, max_size=6))
def test_what_is_kept_and_taken_out_is_the_older_text_and_what_is_kept_and_put_in_the_newer(
    older: list[str], newer: list[str]
) -> None:
    changes = differences(_text(*older), _text(*newer))
    hidden = sum(change.unchanged for change in changes)
    for fate, text in ((Fate.TAKEN_OUT, older), (Fate.PUT_IN, newer)):
        shown = [
            "".join(run.text for run in change.runs if run.fate in {Fate.KEPT, fate})
            for change in changes
            if any(run.fate in {Fate.KEPT, fate} for run in change.runs)
        ]
        assert len(shown) + hidden == len(text)
        assert [one for one in text if one in shown] == [one for one in shown if one in text] or set(shown) <= set(text)
