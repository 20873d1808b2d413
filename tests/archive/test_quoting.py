"""What a note quotes of its source, and whether those words stand in the saved text."""

from __future__ import annotations

import time

import pytest

from archive.model.footnote import Citation, Note
from archive.model.quoting import how_quoted, least, quotes_of
from archive.model.source import Quoted
from tests.web.words import TEXTS

EN, RU, BE = ("\n".join(TEXTS[language]) for language in ("en", "ru", "be"))
FOUND, NEARLY, NOT_FOUND = Quoted.FOUND, Quoted.NEARLY, Quoted.NOT_FOUND


def _note(text: str, *citations: Citation, before: str = "") -> Note:
    return Note(n=0, label="1", text=text, passage=1, before=before, citations=citations)


def _cited(address: str, text: str, title: str | None = None) -> Citation:
    return Citation(n=0, note=0, text=text, address=address, title=title)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        (EN, "Nobody asked for the book until the pier was sold.", FOUND),
        (EN, "Nobody asked\nfor the  book", FOUND),
        (EN, "nobody asked for the book", NEARLY),
        (EN, "Nobody asked for “the book” until the pier was sold", NEARLY),
        (EN, "the harbour master’s account in all but one line", NEARLY),
        (EN, "written in the same ink on the same line, and the book says so too", NOT_FOUND),
        (EN, "Nobody had asked for the book until the pier was sold", NEARLY),
        (EN, "Nobody asked for it before they sold the pier to others", NOT_FOUND),
        (EN, "the pier the sold was until the for asked book Nobody", NOT_FOUND),
        (EN, "Nobody asked for the book ... three people came on one day", FOUND),
        (EN, "Nobody asked for the book [of crossings] until the pier was sold", FOUND),
        (EN, "Nobody asked for the book […] four people came at night in the rain", NOT_FOUND),
        (RU, "Никто не спрашивал о книге", FOUND),
        (RU, "в книгу с зеленой обложкой", NEARLY),
        (RU, "Никто и никогда не покупал билетов на паром", NOT_FOUND),
        (BE, "ён абяцаў сем’ям", NEARLY),
        (RU, "Nobody asked for the book", None),
        (EN, "Никто не спрашивал о книге", None),
        ("Co-operation between the two ports has ended.", "co-operation between the two ports", NEARLY),
        ("Co\u00adoperation between the two ports has ended.", "Cooperation between the two ports", NEARLY),
        ("Число 2020 и 9 августа", "9 августа", FOUND),
        ("", "Nobody asked", None),
        ("Nobody asked for anything at all", "", FOUND),
    ],
)
def test_words_are_found_nearly_found_or_not(text: str, quote: str, expected: Quoted | None) -> None:
    if quote:
        assert how_quoted(text, [quote]) is expected
    else:
        assert how_quoted(text, []) is None


def test_one_of_several_that_are_quoted_is_enough_and_the_best_counts() -> None:
    assert how_quoted(EN, ["nothing of this kind stands there", "Nobody asked for the book"]) is FOUND
    assert how_quoted(EN, ["nothing of this kind stands there", "nobody asked for the book"]) is NEARLY
    assert how_quoted(EN, []) is None


def test_words_that_are_scattered_over_a_text_are_not_found() -> None:
    words = ["the", "keeper", "of", "the", "green", "book", "let", "families", "read", "one", "line"]
    scattered = (" and so on " * 40).join(words)
    assert how_quoted(scattered, [" ".join(words)]) is NOT_FOUND


def test_of_several_notes_the_least_counts() -> None:
    assert least([FOUND, None, NEARLY]) is NEARLY
    assert least([FOUND, NOT_FOUND]) is NOT_FOUND
    assert least([None, None]) is None
    assert least([]) is None


def test_a_note_of_several_places_is_asked_for_what_it_says_of_one() -> None:
    first = _cited("https://a.org/", "“The first of two quotations”, https://a.org/")
    second = _cited("https://b.org/", "“The second of two quotations”, https://b.org/", "A title of it")
    note = _note(f"{first.text}; {second.text}", first, second, before="he said “something before the note”")
    assert quotes_of(note, of=("https://a.org/",)) == ("The first of two quotations",)
    assert quotes_of(note, of=("https://b.org/",)) == ("The second of two quotations", "A title of it")
    assert len(quotes_of(note)) == 4


def test_what_the_report_quotes_just_before_the_marker_counts_and_what_stands_earlier_does_not() -> None:
    citation = _cited("https://a.org/", "https://a.org/")
    just_before = _note("https://a.org/", citation, before="The court wrote: “no grounds were found”.")
    earlier = _note("https://a.org/", citation, before="It wrote “no grounds were found”, and nobody asked why.")
    assert quotes_of(just_before, of=("https://a.org/",)) == ("no grounds were found",)
    assert quotes_of(earlier, of=("https://a.org/",)) == ()


def test_a_long_text_is_compared_in_a_moment() -> None:
    text = f"{EN}\n" * 2000
    begun_s = time.monotonic()
    assert how_quoted(
        text, ["The keeper wrote the crossings down in a green book of the pier every winter of frost and ink"] * 5
    ) in {
        NOT_FOUND,
        NEARLY,
    }
    assert time.monotonic() - begun_s < 10
