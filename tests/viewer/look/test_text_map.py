"""Characters of passages and positions of the text document, there and back."""

from hypothesis import given
from hypothesis import strategies as st

from viewer.look.text_map import TextMap, units


def test_a_marker_between_two_words_shifts_what_follows_it() -> None:
    made = TextMap()
    after = made.add(7, 0, 100, "before")
    made.add(7, 6, after + 2, " after")
    assert made.position_of(7, 0) == 100
    assert made.position_of(7, 6) == 108, "a start stands behind the marker"
    assert made.position_of(7, 6, is_end=True) == 106, "an end stands ahead of it"
    assert made.position_of(7, 99) == 114
    assert made.place_of(109) == (7, 7)
    assert made.place_of(107) == (7, 6)


def test_what_is_not_in_the_text_has_no_position() -> None:
    made = TextMap()
    made.add(1, 0, 10, "x")
    assert made.position_of(2, 0) is None
    assert made.place_of(9) is None


@given(st.lists(st.text(alphabet="aж🙂𐍈 ", min_size=1, max_size=12), min_size=1, max_size=6), st.integers(0, 5))
def test_there_and_back_is_the_same_character(pieces: list[str], gap: int) -> None:
    made = TextMap()
    position, offset, starts = 3, 0, []
    for piece in pieces:
        starts.append((offset, piece))
        position = made.add(0, offset, position, piece) + gap
        offset += len(piece)
    for start, piece in starts:
        for inside in range(len(piece)):
            found = made.position_of(0, start + inside)
            assert found is not None
            assert made.place_of(found) == (0, start + inside)


def test_units_count_pairs_twice() -> None:
    assert units("ab🙂") == 4
