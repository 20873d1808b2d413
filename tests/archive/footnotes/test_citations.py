"""What a note points at."""

from __future__ import annotations

import pytest

from archive.footnotes.bodies import Body
from archive.footnotes.citations import cite
from archive.model.document import Emphasis, Link, PassageKind, Style
from archive.model.footnote import Citation, Note, repeats
from archive.model.reading import Block


def cited(*texts: str) -> list[tuple[Citation, ...]]:
    """The citations of notes labelled 1, 2, 3 ..."""
    blocks = [Block(kind=PassageKind.NOTE, text=text) for text in texts]
    return cite([Body(str(n), block, n) for n, block in enumerate(blocks, 1)])


ONE_NOTE = [
    pytest.param(
        "Вясна, «Агляд за год», 15 студзеня, https://a.by/1.", [("https://a.by/1", "Агляд за год")], id="title and address"
    ),
    pytest.param(
        "Observers, “A year”, https://a.by/1; Watchers, “Two years”, https://a.by/2",
        [("https://a.by/1", "A year"), ("https://a.by/2", "Two years")],
        id="two, a semicolon between",
    ),
    pytest.param(
        "See https://a.by/1. Also https://a.by/2.", [("https://a.by/1", None), ("https://a.by/2", None)], id="two sentences"
    ),
    pytest.param(
        "https://a.by/1 і https://a.by/2", [("https://a.by/1", None), ("https://a.by/2", None)], id="two in one sentence"
    ),
    pytest.param("«Адна»; «Другая»", [(None, "Адна"), (None, "Другая")], id="two titles without addresses"),
    pytest.param(
        "“Who is next?” A survey. Minsk, 2024, https://a.by/1",
        [("https://a.by/1", "Who is next?")],
        id="a sentence that ends inside the title",
    ),
    pytest.param("«Агляд», Мінск; https://a.by/1", [("https://a.by/1", "Агляд")], id="a semicolon before its own address"),
    pytest.param("A study, doi:10.1234/abc.5.", [("https://doi.org/10.1234/abc.5", None)], id="DOI"),
    pytest.param("The number counts each person once.", [], id="a note that only explains"),
    pytest.param("UN document A/HRC/99/1, para. 3.", [(None, None)], id="a document's number"),
    pytest.param(
        "«Слова „унутры“ назвы», https://a.by/1", [("https://a.by/1", "Слова „унутры“ назвы")], id="quotation inside a title"
    ),
]

SAME = [
    "Ibid., p. 5.",
    "See ibid.",
    "Id. at 4.",
    "Там же, с. 5",
    "См. там же.",
    "Тамсама, с. 3.",
    "Гл. тамсама",
    "Там жа.",
    "Там само, с. 1",
]
BACK = [
    "Supra note 1, para. 4.", "See note 1 above.", "Watchers, supra n. 1", "См. сноску 1.", "Гл. зноску 1.", "Див. виноску 1.", "См. прим. 1 выше", "supra nota 1, párr. 5"
]  # fmt: skip
WORK = ["Watchers, op. cit., p. 3", "Watchers, указ. соч., с. 3"]


@pytest.mark.parametrize(("text", "wanted"), ONE_NOTE)
def test_each_part_of_a_note_is_a_citation_of_its_own(text: str, wanted: list[tuple[str | None, str | None]]) -> None:
    [citations] = cited(text)
    assert [(one.address, one.title) for one in citations] == wanted


@pytest.mark.parametrize("text", SAME)
def test_ibid_repeats_the_citation_before_it(text: str) -> None:
    first, second = cited("Watchers, “Two years”, https://a.by/2", text)
    assert (second[0].ibid_of, second[0].address) == (first[0].n, "https://a.by/2")


@pytest.mark.parametrize("text", BACK)
def test_supra_repeats_the_citation_of_the_note_it_names(text: str) -> None:
    notes = cited("Watchers, “Two years”, https://a.by/2", "“Other”, https://a.by/3", text)
    assert [(one.ibid_of, one.address) for one in notes[2]] == [(0, "https://a.by/2")]


@pytest.mark.parametrize("text", WORK)
def test_op_cit_repeats_the_last_citation_of_the_same_author(text: str) -> None:
    notes = cited("Watchers, “Two years”, https://a.by/2", "Readers, “Other”, https://a.by/3", text)
    assert [(one.ibid_of, one.address) for one in notes[2]] == [(0, "https://a.by/2")]


def test_a_chain_of_ibid_leads_to_its_beginning() -> None:
    notes = cited("“One”, https://a.by/1", "Ibid.", "Там же.", "Тамсама; «Другая», https://a.by/2", "Ibid.")
    assert [[one.ibid_of for one in note] for note in notes] == [[None], [0], [1], [2, None], [4]]
    assert [notes[2][0].address, notes[4][0].address] == ["https://a.by/1", "https://a.by/2"]


def test_the_notes_of_a_chain_are_named_from_the_nearest_to_the_one_that_gives_the_work() -> None:
    texts = ("“One”, https://a.by/1", "Ibid., p. 2", "Там жа, с. 3", "“Two”, https://a.by/2")
    notes = [
        Note(n=n, label=str(n + 1), text=text, passage=n, citations=own)
        for n, (text, own) in enumerate(zip(texts, cited(*texts), strict=True))
    ]
    assert [note.label for note in repeats(notes[2].citations[0], notes)] == ["2", "1"]
    assert repeats(notes[3].citations[0], notes) == ()


PARTICULARS = [
    pytest.param("“One”, 15 January 2025, p. 5, https://a.by/1.", ("p. 5", "2025-01-15", None), id="en"),
    pytest.param(
        "Viasna, “One”, 15 January 2025, https://a.by/1 (accessed 20 January 2025), paras. 3–4 and 7",
        ("paras. 3–4 and 7", "2025-01-15", "2025-01-20"),
        id="en, day of access",
    ),
    pytest.param("“One”, https://a.by/1, last accessed on 3 May 2024", (None, None, "2024-05-03"), id="only a day of access"),
    pytest.param("«Адзін», Мінск, 2024, с. 12–14, https://a.by/1 (дата звароту: 03.05.2024)", ("с. 12–14", "2024", "2024-05-03"), id="be"),
    pytest.param("«Один», 24 января 2025 г., стр. 5, https://a.by/1 (дата обращения: 25.01.2025).", ("стр. 5", "2025-01-24", "2025-01-25"), id="ru"),
    pytest.param("«Один», 24 січня 2025 року, с. 5, https://a.by/1 (дата звернення: 25.01.2025).", ("с. 5", "2025-01-24", "2025-01-25"), id="uk"),
    pytest.param("“Elections of 9 August 2020”, https://a.by/2021/01/02/p.5", (None, None, None), id="what stands in title and address is not theirs"),
    pytest.param("Ibid., at 45", ("45", None, None), id="at"),
    pytest.param("UN document A/HRC/99/1 (2023), para. 3.", ("para. 3", "2023", None), id="a year in brackets"),
    pytest.param("Law No. 2024 of the Republic, https://a.by/1", (None, None, None), id="a number that looks like a year"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PARTICULARS)
def test_pages_and_dates_of_a_citation_are_told_apart(text: str, wanted: tuple[str | None, ...]) -> None:
    note = cited("Watchers, “Two years”, https://a.by/2", text)[1]
    assert [(one.pages, one.published_on, one.accessed_on) for one in note] == [wanted]


def test_ibid_with_nothing_before_it_stays_without_an_address() -> None:
    [[citation]] = cited("Ibid., p. 4")
    assert (citation.ibid_of, citation.address) == (None, None)


def test_supra_of_a_note_with_several_citations_takes_the_one_it_names() -> None:
    notes = cited("Watchers, “Two years”, https://a.by/2; Readers, “Other”, https://a.by/3", "Readers, supra note 1")
    assert notes[1][0].address == "https://a.by/3"


def linked(text: str, *links: Link, styles: tuple[Style, ...] = ()) -> tuple[Citation, ...]:
    """The citations of one note with links."""
    return cite([Body("1", Block(kind=PassageKind.NOTE, text=text, links=links, styles=styles), 0)])[0]


def test_the_target_of_a_link_wins_over_its_words() -> None:
    text = "Вясна, https://a.by/trade_unions"
    [citation] = linked(text, Link(7, len(text), "https://a.by/trade_unions_web-1.pdf"))
    assert citation.address == "https://a.by/trade_unions_web-1.pdf"


def test_the_same_address_in_words_and_link_is_one_citation() -> None:
    text = "Вясна, https://a.by/x"
    assert len(linked(text, Link(7, len(text), "https://a.by/x"))) == 1


def test_a_link_of_the_first_line_only_does_not_cut_the_address() -> None:
    text = "Вясна, https://a.by/en/documents/1"
    [citation] = linked(text, Link(7, 21, "https://a.by/en"))
    assert citation.address == "https://a.by/en/documents/1"


def test_a_linked_title_is_a_title_with_an_address() -> None:
    [citation] = linked("Вясна, Агляд за цэлы год, 2024", Link(7, 24, "https://a.by/1"))
    assert (citation.title, citation.address) == ("Агляд за цэлы год", "https://a.by/1")


def test_links_that_are_no_web_addresses_are_left_alone() -> None:
    assert linked("Пішыце нам", Link(0, 6, "mailto:a@a.by"), Link(7, 10, "#top")) == ()


def test_italics_are_a_title_where_no_quotation_is() -> None:
    [citation] = linked("Вясна, Агляд за год, https://a.by/1", styles=(Style(7, 19, Emphasis.ITALIC),))
    assert citation.title == "Агляд за год"
