"""What a person puts right stays right."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.footnotes.compose import compose
from archive.footnotes.correcting import Corrected, correct, correct_all
from archive.formats.markdown import read_markdown
from archive.model.correction import (
    Correction,
    EditAddress,
    JoinNotes,
    NoteAnchor,
    PairMarker,
    SplitNote,
    anchor_marker,
    anchor_note,
)
from archive.model.footnote import Note

TEXT = """# Агляд

Вада стаяла высока.[^1] Кнігі вынеслі наверх.[^2] Званок застаўся.[^3] Потым прыйшлі людзі.[^4]

[^1]: Вясна, «Агляд за год», https://a.by/1
[^2]: Тамсама, с. 5.
[^3]: Дзённік настаўніцы, які пачынаецца словамі
[^4]: «Вада стаяла да другой прыступкі», https://a.by/2
"""


def read(text: str = TEXT) -> Corrected:
    composed = compose(read_markdown(text))
    return Corrected(composed.passages, composed.notes)


def corrected(*corrections: Correction, base: Corrected | None = None) -> Corrected:
    base = base or read()
    done, _ = correct_all(base.passages, base.notes, corrections)
    return done


def address(n: int, new: str | None, base: Corrected | None = None) -> EditAddress:
    notes = (base or read()).notes
    return EditAddress(anchor_note(notes, n), notes[n].citations[0].text, new)


def labels_meant(done: Corrected) -> list[str | None]:
    markers = [marker for passage in done.passages for marker in passage.markers]
    return [None if marker.note is None else done.notes[marker.note].label for marker in markers]


def test_a_joined_note_has_both_texts_and_both_markers_and_is_cited_anew() -> None:
    done = corrected(JoinNotes(anchor_note(read().notes, 2)))
    assert [note.label for note in done.notes] == ["1", "2", "3"]
    assert done.notes[2].text == "Дзённік настаўніцы, які пачынаецца словамі «Вада стаяла да другой прыступкі», https://a.by/2"
    assert [citation.address for citation in done.notes[2].citations] == ["https://a.by/2"]
    assert labels_meant(done) == ["1", "2", "3", "3"]
    assert [passage.n for passage in done.passages] == list(range(len(done.passages)))
    assert done.passages[done.notes[2].passage].text == done.notes[2].text


def test_a_split_note_is_two_and_the_second_takes_the_marker_of_its_label_that_meant_nothing() -> None:
    base = read(TEXT.replace("словамі\n[^4]: «", "словамі 4 «"))
    assert labels_meant(base) == ["1", "2", "3", None]
    text = base.notes[2].text
    done = corrected(SplitNote(anchor_note(base.notes, 2), text.index("4 «"), "4"), base=base)
    assert [note.text for note in done.notes[2:]] == [
        "Дзённік настаўніцы, які пачынаецца словамі",
        "«Вада стаяла да другой прыступкі», https://a.by/2",
    ]
    assert labels_meant(done) == ["1", "2", "3", "4"]
    assert (done.notes[3].paired, done.notes[3].confidence) == (True, 1.0)


def test_joining_undoes_splitting() -> None:
    base = read()
    text = base.notes[3].text
    split = corrected(SplitNote(anchor_note(base.notes, 3), text.index("https"), "5"))
    joined = corrected(JoinNotes(anchor_note(split.notes, 3)), base=split)
    assert [(note.label, note.text) for note in joined.notes] == [(note.label, note.text) for note in base.notes]
    assert joined.passages == base.passages


def test_a_marker_paired_by_hand_is_sure_and_leaves_its_old_note_without_one() -> None:
    base = read()
    wanted = PairMarker(anchor_marker(base.passages, 1, 2), anchor_note(base.notes, 3))
    done = corrected(wanted)
    marker = done.passages[1].markers[2]
    assert (marker.note, marker.confidence, marker.reason) == (3, 1.0, "person")
    assert [note.paired for note in done.notes] == [True, True, False, True]
    assert labels_meant(corrected(msgspec.structs.replace(wanted, note=None))) == ["1", "2", None, "4"]


def test_an_address_set_by_hand_counts_for_those_that_repeat_it() -> None:
    done = corrected(address(0, "https://b.by/right"))
    assert [note.citations[0].address for note in done.notes[:2]] == ["https://b.by/right"] * 2
    assert done.notes[3].citations[0].address == "https://a.by/2"
    assert corrected(address(0, None)).notes[0].citations[0].address is None


def test_an_address_set_by_hand_stays_when_notes_are_joined_later() -> None:
    done = corrected(address(0, "https://b.by/right"), JoinNotes(anchor_note(read().notes, 2)))
    assert [note.citations[0].address for note in done.notes[:2]] == ["https://b.by/right"] * 2


def test_corrections_find_their_place_in_another_reading_of_the_file() -> None:
    base = read()
    corrections = (address(3, "https://b.by/right"), PairMarker(anchor_marker(base.passages, 1, 0), anchor_note(base.notes, 1)))
    other = read("# Новы загаловак\n\nЯшчэ адзін радок.[^0]\n\n" + TEXT + "\n[^0]: Новая заўвага\n")
    done = corrected(*corrections, base=other)
    assert done.lost == ()
    by_label = {note.label: note for note in done.notes}
    assert by_label["4"].citations[0].address == "https://b.by/right"
    assert "2" in labels_meant(done)[:2]


@pytest.mark.parametrize(
    "correction",
    [
        JoinNotes(NoteAnchor("9", "няма такой")),
        JoinNotes(NoteAnchor("4", "«Вада стаяла да другой прыступкі», https://a.by/2")),
        SplitNote(NoteAnchor("1", "Вясна, «Агляд за год», https://a.by/1"), 400, "2"),
        EditAddress(NoteAnchor("1", "Вясна"), "няма такога", "https://a.by/3"),
    ],
    ids=["no such note", "nothing follows", "beyond its end", "no such citation"],
)
def test_a_correction_without_its_place_changes_nothing_and_is_named(correction: Correction) -> None:
    base = read()
    assert correct(base.passages, base.notes, correction, earlier=()) is None
    assert corrected(correction) == Corrected(base.passages, base.notes, lost=(0,))


@st.composite
def _any_corrections(draw: st.DrawFn) -> list[Correction]:
    now = read()
    made: list[Correction] = []
    for _ in range(draw(st.integers(0, 5))):
        n = draw(st.integers(0, len(now.notes) - 1))
        anchor = anchor_note(now.notes, n)
        kind = draw(st.sampled_from(["join", "split", "pair", "address"]))
        correction: Correction = JoinNotes(anchor)
        if kind == "split":
            correction = SplitNote(anchor, draw(st.integers(0, len(now.notes[n].text))), draw(st.sampled_from("1459*")))
        elif kind == "pair":
            index = draw(st.integers(0, len(now.passages[1].markers) - 1))
            correction = PairMarker(anchor_marker(now.passages, 1, index), draw(st.sampled_from([None, anchor])))
        elif kind == "address" and now.notes[n].citations:
            correction = EditAddress(anchor, now.notes[n].citations[0].text, draw(st.sampled_from([None, "https://c.by/"])))
        now = correct(now.passages, now.notes, correction, earlier=made) or now
        made.append(correction)
    return made


def _words(notes: tuple[Note, ...]) -> list[str]:
    return "".join(note.text for note in notes).split()


@given(_any_corrections())
def test_whatever_is_corrected_no_word_is_lost_and_all_numbers_fit(corrections: list[Correction]) -> None:
    base = read()
    done = corrected(*corrections)
    assert "".join(_words(done.notes)) == "".join(_words(base.notes)) or any(isinstance(one, SplitNote) for one in corrections)
    assert [passage.n for passage in done.passages] == list(range(len(done.passages)))
    assert [note.n for note in done.notes] == list(range(len(done.notes)))
    assert [citation.n for note in done.notes for citation in note.citations] == list(
        range(sum(len(note.citations) for note in done.notes))
    )
    for passage in done.passages:
        assert all(0 <= marker.at <= len(passage.text) for marker in passage.markers)
        assert all(marker.note is None or marker.note < len(done.notes) for marker in passage.markers)
    assert all(done.passages[note.passage].text == note.text for note in done.notes)
    assert done.passages[:2] == tuple(
        msgspec.structs.replace(passage, markers=done.passages[at].markers) for at, passage in enumerate(base.passages[:2])
    )
