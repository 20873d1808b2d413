"""Where words and markers stand on their pages, from the file to the passages."""

from __future__ import annotations

from collections.abc import Callable

from archive.footnotes.compose import Composed, compose
from archive.formats.pdf import read_pdf
from archive.model.geometry import Placed

SmallPdf = Callable[..., bytes]


def composed(data: bytes) -> Composed:
    return compose(read_pdf(data))


def words_at(found: Composed, placed: Placed) -> str:
    return found.passages[placed.passage].text[placed.start : placed.end]


def lines(found: Composed) -> list[Placed]:
    return [one for one in found.geometry if one.marker is None]


def test_every_line_of_a_passage_has_its_place(small_pdf: SmallPdf) -> None:
    found = composed(small_pdf([[(40, 300, 10, "The river rose in April"), (40, 288, 10, "and fell in the month of May.")]]))
    first, second = lines(found)
    assert words_at(found, first) == "The river rose in April"
    assert words_at(found, second) == "and fell in the month of May."
    assert first.spot.page == 1
    assert abs(first.spot.box.x0 - 40) < 1.5
    assert first.spot.box.y0 < 100 < first.spot.box.y1 + 3
    assert second.spot.box.y0 > first.spot.box.y0


def test_a_word_broken_at_a_line_end_stands_on_both_lines(small_pdf: SmallPdf) -> None:
    found = composed(small_pdf([[(40, 300, 10, "The children wrote in their copy-"), (40, 288, 10, "books about the flood.")]]))
    assert found.passages[0].text == "The children wrote in their copybooks about the flood."
    assert [words_at(found, one) for one in lines(found)] == ["The children wrote in their copy", "books about the flood."]


def test_a_passage_over_the_end_of_a_page_has_places_on_both(small_pdf: SmallPdf) -> None:
    first = [(40, 40, 10, "The school moved upstairs when the water reached the second step of the porch and")]
    second = [(40, 360, 10, "went back to its rooms in summer."), (40, 200, 10, "A new paragraph begins here.")]
    found = composed(small_pdf([first, second]))
    assert found.passages[0].text.endswith("porch and went back to its rooms in summer.")
    assert [one.spot.page for one in lines(found) if one.passage == 0] == [1, 2]


def test_a_raised_marker_has_its_own_place(small_pdf: SmallPdf) -> None:
    page = [
        (40, 300, 10, "The register names them all"),
        (166, 304, 6, "1"),
        (40, 288, 10, "and so does the second register of the school."),
        (40, 40, 6, "1"),
        (44, 38, 8, "District archive, Register of 1911."),
    ]
    found = composed(small_pdf([page]))
    assert [marker.label for marker in found.passages[0].markers] == ["1"]
    (placed,) = [one for one in found.geometry if one.marker is not None]
    assert (placed.passage, placed.marker, placed.start) == (0, 0, placed.end)
    assert abs(placed.spot.box.x0 - 166) < 1.5
    assert placed.spot.box.y1 < 102


def test_a_marker_written_in_brackets_has_a_place_on_its_line(small_pdf: SmallPdf) -> None:
    page = [(40, 300, 10, "The register names them all.[1] So it says."), (40, 40, 8, "[1] District archive, Register of 1911.")]
    found = composed(small_pdf([page]))
    (placed,) = [one for one in found.geometry if one.marker is not None]
    line = lines(found)[0]
    assert line.spot.box.x0 < placed.spot.box.x0 < placed.spot.box.x1 < line.spot.box.x1


def test_marked_up_text_has_no_places() -> None:
    from archive.model.document import Format, PassageKind
    from archive.model.reading import Block, Reading

    assert compose(Reading(format=Format.TEXT, blocks=(Block(kind=PassageKind.PARAGRAPH, text="One."),))).geometry == ()
