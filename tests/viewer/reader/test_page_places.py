"""From words to rectangles on pages and back, and how pages lie on their roll."""

from __future__ import annotations

from array import array

import pytest

from archive.model.drawing import Letters, PageSize
from archive.model.geometry import Placed
from archive.model.locator import Locator
from archive.model.reading import Box, Spot
from viewer.reader.page_places import PageLetters, PagePlaces
from viewer.reader.page_roll import GAP_PX, LARGEST, SMALLEST, PageRoll

TEXT = "The river rose and fell."
LINES = (
    Placed(0, 0, 14, Spot(1, Box(40.0, 100.0, 180.0, 112.0))),
    Placed(0, 15, 24, Spot(2, Box(40.0, 30.0, 130.0, 42.0))),
    Placed(0, 14, 14, Spot(1, Box(181.0, 98.0, 184.0, 104.0)), 0),
)


def spelt(words: str, *, x: float = 40.0, y: float = 100.0, wide: dict[str, float] | None = None) -> Letters:
    """Letters of 10 points each, or as wide as said."""
    edges = array("f")
    for sign in words:
        width = 0.0 if sign == "\n" else (wide or {}).get(sign, 10.0)
        edges.extend((x, y, x + width, y + 12) if width else (0.0, 0.0, 0.0, 0.0))
        x += width
    return Letters(words, edges.tobytes())


@pytest.fixture
def places() -> PagePlaces:
    return PagePlaces("d" * 64, [TEXT], LINES)


def at(start: int, end: int) -> Locator:
    return Locator("d" * 64, 0, start, end)


def test_words_stand_about_where_their_line_says(places: PagePlaces) -> None:
    assert places.boxes(at(4, 9)) == [(1, (80.0, 100.0, 130.0, 112.0))]


def test_words_over_a_page_end_stand_on_both_pages(places: PagePlaces) -> None:
    assert [page for page, _ in places.boxes(at(10, 18))] == [1, 2]


def test_known_letters_say_to_the_letter_where_words_stand(places: PagePlaces) -> None:
    places.know(1, spelt("The river rose1", wide={"i": 2.0, "r": 5.0, "1": 3.0}))
    ((page, (left, _, right, _)),) = places.boxes(at(4, 9))
    assert (page, left, right) == (1, 80.0, 112.0)


def test_letters_that_are_not_the_words_leave_the_place_as_it_was(places: PagePlaces) -> None:
    places.know(1, spelt("Ðåêà ïîäíÿëàñü"))
    assert places.boxes(at(4, 9)) == [(1, (80.0, 100.0, 130.0, 112.0))]


def test_a_page_without_letters_is_selected_by_its_passages(places: PagePlaces) -> None:
    places.know(2, Letters("", b""))
    letters = places.letters(2)
    assert letters is not None
    assert letters.text.startswith("and fell.")
    assert letters.near(45.0, 35.0) == 0


def test_the_words_at_a_height_are_those_on_it_or_below(places: PagePlaces) -> None:
    assert places.place_near(1, 0) == at(0, 0)
    assert places.place_near(1, 300) == at(15, 15)
    assert places.place_near(3, 0) is None


def test_a_point_leads_to_its_character(places: PagePlaces) -> None:
    assert places.character_at(1, 85.0, 105.0) == (0, 4)
    assert places.character_at(1, 85.0, 300.0) is None


def test_a_place_without_words_is_its_line(places: PagePlaces) -> None:
    assert places.boxes(at(16, 16))[0][0] == 2
    assert places.boxes(Locator("d" * 64, 7)) == []


def test_letters_are_picked_and_words_chosen() -> None:
    letters = PageLetters(spelt("The river\nrose", y=100.0))
    assert letters.on(85.0, 105.0) == 4
    assert letters.word(5) == (4, 9)
    assert letters.near(0.0, 105.0) == 0
    assert letters.near(500.0, 105.0) == 14
    assert letters.boxes(4, 9) == [(80.0, 100.0, 130.0, 112.0)]


def test_the_widest_page_fits_the_window_and_zoom_has_bounds() -> None:
    roll = PageRoll([PageSize(300, 400), PageSize(600, 400), PageSize(0, 0)], zoom=None, width_px=828)
    assert roll.rectangle(2)[2] == pytest.approx(828 - 2 * GAP_PX)
    assert roll.rectangle(1)[2] == pytest.approx(400)
    assert PageRoll([PageSize(300, 400)], zoom=99, width_px=800).zoom == LARGEST
    assert PageRoll([PageSize(90000, 400)], zoom=None, width_px=800).zoom == SMALLEST


def test_a_point_of_the_roll_and_of_its_page_are_one() -> None:
    roll = PageRoll([PageSize(300, 400)] * 5, zoom=1.5, width_px=900)
    for page in range(1, 6):
        assert roll.to_page(*roll.to_roll(page, 30, 40)) == pytest.approx((page, 30, 40))
    assert list(roll.seen(0, 100)) == [1]
    assert list(roll.seen(roll.rectangle(3)[1] + 20, roll.rectangle(3)[3])) == [3, 4]
