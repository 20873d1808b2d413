"""Which note a marker means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.footnotes.pairing import MarkerPlace, NotePlace, pair


def paired(markers: str, notes: str) -> list[tuple[int | None, str]]:
    """Pair what is written as ``label@order`` or ``label@order/page``."""

    def read(text: str, kind: type) -> list:
        found = []
        for part in text.split():
            label, _, place = part.partition("@")
            order, _, page = place.partition("/")
            found.append(kind(label=label, order=int(order), page=int(page) if page else None))
        return found

    return [(one.note, one.reason) for one in pair(read(markers, MarkerPlace), read(notes, NotePlace))]


CASES = [
    pytest.param("1@0 2@1", "1@5 2@6", [(0, "only"), (1, "only")], id="each label once"),
    pytest.param("[1]@0 ¹@1", "1@5", [(0, "only"), (0, "repeated")], id="brackets and raised forms are one label"),
    pytest.param("1@0 9@1", "1@5", [(0, "only"), (None, "none")], id="no note"),
    pytest.param("1@0/1 1@3/2", "1@1/1 1@4/2", [(0, "same-page"), (1, "same-page")], id="anew on every page"),
    pytest.param("7@0/1", "7@4/2", [(0, "next-page")], id="the note was pushed to the next page"),
    pytest.param("1@0 2@1 1@4 2@5", "1@2 2@3 1@6 2@7", [(0, "sequence"), (1, "sequence"), (2, "sequence"), (3, "sequence")], id="anew in every chapter"),
    pytest.param("1@0 2@1 1@2 2@3", "1@6 2@7 1@8 2@9", [(0, "sequence"), (1, "sequence"), (2, "sequence"), (3, "sequence")], id="chapters' notes gathered at the end"),
    pytest.param("7@0/1 7@50/40", "7@51/40", [(0, "repeated"), (0, "same-page")], id="the marker on the note's page has the first claim"),
    pytest.param("*@0 *@2", "*@8 *@9", [(0, "sequence"), (1, "sequence")], id="as many stars as notes at the end"),
    pytest.param("7@0/1 7@50/40", "7@51/40", [(0, "repeated"), (0, "same-page")], id="the marker on the note's page has the first claim"),
    pytest.param("*@0 *@2", "*@8 *@9", [(0, "sequence"), (1, "sequence")], id="as many stars as notes at the end"),
    pytest.param("*@0 *@2", "*@1 *@3 *@4", [(0, "nearest"), (1, "nearest")], id="stars mean the nearest note behind"),
    pytest.param("1@9/9", "1@1/1", [(0, "far")], id="a note on an earlier page is hardly meant"),
    pytest.param("1@0/1 1@1/2", "1@9/40", [(0, "only"), (0, "repeated")], id="gathered at the end, cited twice"),
]  # fmt: skip


@pytest.mark.parametrize(("markers", "notes", "wanted"), CASES)
def test_a_marker_means_the_note_that_a_reader_would_take(markers: str, notes: str, wanted: list[tuple[int | None, str]]) -> None:
    assert paired(markers, notes) == wanted


def test_every_reason_comes_with_its_confidence() -> None:
    one, other = pair(
        [MarkerPlace("1", 0, target="fn1"), MarkerPlace("2", 1)], [NotePlace("x", 5, target="fn1"), NotePlace("2", 6)]
    )
    assert (one.note, one.confidence, one.reason) == (0, 1.0, "target")
    assert (other.note, other.confidence, other.reason) == (1, 0.97, "only")


def test_markers_out_of_order_are_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="order"):
        pair([MarkerPlace("1", 4), MarkerPlace("2", 1)], [])


@given(
    st.lists(st.tuples(st.sampled_from(["1", "2", "3", "*", "iv"]), st.integers(1, 3)), max_size=12),
    st.lists(st.sampled_from(["1", "2", "3", "*"]), max_size=8),
)
def test_nothing_is_dropped_and_labels_always_agree(places: list[tuple[str, int]], labels: list[str]) -> None:
    markers = [MarkerPlace(label, n, page) for n, (label, page) in enumerate(places)]
    notes = [NotePlace(label, n) for n, label in enumerate(labels)]
    pairings = pair(markers, notes)
    assert [one.marker for one in pairings] == list(range(len(markers)))
    for one in pairings:
        assert 0.0 <= one.confidence <= 1.0
        assert (one.note is None) == (one.reason == "none") == (one.confidence == 0.0)
        if one.note is not None:
            assert notes[one.note].label == markers[one.marker].label
