"""Words are found as people compare them."""

import pytest

from archive.model.document import Passage, PassageKind
from viewer.look.find_words import find_in, fold

PASSAGES = [
    Passage(n=0, kind=PassageKind.HEADING, text="Ёлка и ёлки"),
    Passage(n=1, kind=PassageKind.PARAGRAPH, text="Сям’я   Шуляк — “people”; her family’s\npiano 🙂 stood"),
    Passage(n=2, kind=PassageKind.TABLE, text="Year\tPupils\n1911\t38"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("елк", [(0, 0, 3), (0, 7, 10)], id="ё and е, any case, inside words"),
        pytest.param("сям'я шуляк", [(1, 0, 13)], id="any apostrophe, any white space"),
        pytest.param('"people"', [(1, 16, 24)], id="any quotation mark"),
        pytest.param("family's piano", [(1, 30, 44)], id="across a line end"),
        pytest.param("stood", [(1, 47, 52)], id="after a sign of two units: code points are counted"),
        pytest.param("1911 38", [(2, 12, 19)], id="across cells"),
        pytest.param("   ", [], id="blank"),
        pytest.param("(.*", [], id="no pattern"),
    ],
)
def test_places_of_words(text: str, found: list[tuple[int, int, int]]) -> None:
    assert [(hit.passage, hit.start, hit.end) for hit in find_in(PASSAGES, text, document="d")] == found


def test_folding_keeps_the_length() -> None:
    assert len(fold("İSTANBUL ẞ")) == len("İSTANBUL ẞ")
