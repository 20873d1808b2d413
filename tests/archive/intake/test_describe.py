"""What a document states of itself."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import read_date
from archive.footnotes.compose import compose
from archive.formats.markdown import read_markdown
from archive.formats.text import read_text
from archive.intake.describe import describe
from archive.model.document import Description, Format, Link, Passage, PassageKind, Version
from archive.model.reading import Reading, StatedProperties
from archive.values import Language

PROSE = "Назіральнікі запісалі ўсё, што бачылі і чулі на вуліцах горада за гэтыя дні, і перадалі запісы тым, хто захоўвае памяць пра падзеі."
ENGLISH = "The observers wrote down what they saw and heard in the streets of the city during these days, and gave the records to those who keep them."


def passages(*lines: str) -> tuple[Passage, ...]:
    """Passages; ``# `` and ``## `` begin headings, ``^ `` a note."""
    signs = {"# ": (PassageKind.HEADING, 1), "## ": (PassageKind.HEADING, 2), "^ ": (PassageKind.NOTE, 0)}
    made = []
    for n, line in enumerate(lines):
        sign = next((sign for sign in signs if line.startswith(sign)), "")
        kind, level = signs.get(sign, (PassageKind.PARAGRAPH, 0))
        made.append(Passage(n=n, kind=kind, level=level, text=line.removeprefix(sign)))
    return tuple(made)


def described(*lines: str, form: Format = Format.MARKDOWN, **stated: object) -> tuple[Description, tuple[Passage, ...]]:
    """Describe a document of these lines."""
    return describe(Reading(format=form, stated=StatedProperties(**stated)), passages(*lines))  # type: ignore[arg-type]


DATES = [
    pytest.param("24 January 2025", "2025-01-24", id="en"),
    pytest.param("January 24, 2025", "2025-01-24", id="en, month first"),
    pytest.param("the 3rd of May 2024", "2024-05-03", id="en, ordinal"),
    pytest.param("Мінск, 24 студзеня 2025 г.", "2025-01-24", id="be"),
    pytest.param("24 января 2025 года", "2025-01-24", id="ru"),
    pytest.param("24 січня 2025 року", "2025-01-24", id="uk"),
    pytest.param("2 жніўня 2024", "2024-08-02", id="be, August"),
    pytest.param("5 мая 2023", "2023-05-05", id="ru, May"),
    pytest.param("1 траўня 2023", "2023-05-01", id="be, May"),
    pytest.param("24.01.2025", "2025-01-24", id="figures"),
    pytest.param("2025-01-24T10:00:00Z", "2025-01-24", id="ISO 8601"),
    pytest.param("Снежань 2024", "2024-12", id="a month"),
    pytest.param("лютага 2023", "2023-02", id="a month in the genitive"),
    pytest.param("31.02.2025", None, id="no such day"),
    pytest.param("глава 24, 2025 гадоў таму", None, id="no date"),
]

TITLES = [
    pytest.param(["## PUBLIC STATEMENT", "# АГЛЯД ЗА ГОД", "## Уводзіны", PROSE], "АГЛЯД ЗА ГОД", id="the highest heading"),
    pytest.param(["## Viasna press release", "## Агляд за год", PROSE], "Агляд за год", id="a heading that names the kind is none"),
    pytest.param(["# Уводзіны", PROSE, "## Метад", PROSE], "Метад", id="Introduction is no title"),
    pytest.param(["© Алесь Нехта/AFP", "24 студзеня 2025", "Горад без святла", PROSE], "Горад без святла", id="a line without headings"),
    pytest.param(["«Мы чакалі.»", "Фота: Вясна", "Горад без святла", PROSE], "Горад без святла", id="quotations and credits are none"),
    pytest.param(["## Агляд", PROSE], "Агляд", id="the kind of document where there is nothing else"),
    pytest.param([PROSE, PROSE], "", id="nothing is stated"),
]  # fmt: skip

REFERENCES = [
    pytest.param("index number: EUR 49/8966/2025", "EUR 49/8966/2025", "Amnesty International", id="Amnesty index"),
    pytest.param("A/HRC/58/68", "A/HRC/58/68", "United Nations", id="United Nations symbol"),
    pytest.param("Distr.: General A/79/508/Add.1", "A/79/508/Add.1", "United Nations", id="with an addition"),
    pytest.param("ISBN 978-3-16-148410-0", "ISBN 978-3-16-148410-0", None, id="ISBN"),
    pytest.param("doi: 10.1234/abc.5", "10.1234/abc.5", None, id="DOI"),
]


@pytest.mark.parametrize(("text", "wanted"), DATES)
def test_dates_are_read_in_every_language(text: str, wanted: str | None) -> None:
    assert read_date(text) == wanted


@given(st.text(alphabet="0123456789.-/ маясічня", max_size=20))
def test_reading_a_date_never_raises(text: str) -> None:
    found = read_date(text)
    assert found is None or len(found) in {7, 10}


@pytest.mark.parametrize(("lines", "title"), TITLES)
def test_the_title_is_what_a_reader_would_call_it(lines: list[str], title: str) -> None:
    description, after = described(
        *lines, form=Format.TEXT if not any(line.startswith("#") for line in lines) else Format.MARKDOWN
    )
    assert description.title == title
    if title:
        assert next(passage.kind for passage in after if passage.text == title) is PassageKind.HEADING


def test_the_title_of_the_metadata_stands_where_the_text_has_none() -> None:
    assert described(PROSE, title="Агляд")[0].title == "Агляд"
    assert described("# Агляд за год", PROSE, title="Microsoft Word - doc1.docx")[0].title == "Агляд за год"


@pytest.mark.parametrize(("line", "reference", "owner"), REFERENCES)
def test_reference_numbers_are_found_and_name_their_owner(line: str, reference: str, owner: str | None) -> None:
    description, _ = described("# Агляд", line, PROSE)
    assert (description.reference, description.publisher) == (reference, owner)


def test_a_reference_inside_prose_or_a_note_is_not_the_documents_own() -> None:
    description, _ = described("# Агляд", PROSE + " Гл. A/HRC/58/68. " + PROSE, "^ EUR 49/0001/2020")
    assert description.reference is None


def test_a_press_release_speaks_of_its_publisher_in_its_first_words() -> None:
    lead = "Human Rights Watch calls on everybody to read slowly. " + ENGLISH
    assert described("NEWS", "24 May 2024", "# A year", lead)[0].publisher == "Human Rights Watch"
    assert described("# A year", lead)[0].publisher is None


def test_the_metadata_names_publisher_authors_and_topics() -> None:
    description, _ = described("# A", ENGLISH, publisher="Гурток", authors=("А. Б.",), topics=("восень", "Восень"))
    assert (description.publisher, description.authors, description.topics) == ("Гурток", ("А. Б.",), ("восень",))


def test_topics_are_read_from_capitals_at_the_very_end_and_stay_readable() -> None:
    lines = ["# A year", "NEWS", ENGLISH, "BELARUS\tDETENTION\t\tNEWS\nPRESS FREEDOM\tNEWS", "^ A note."]
    description, after = described(*lines)
    assert description.topics == ("BELARUS", "DETENTION", "NEWS", "PRESS FREEDOM")
    assert (after[3].kind, after[3].text) == (PassageKind.CAPTION, lines[3])


def test_topics_are_read_from_a_line_that_says_so() -> None:
    assert described("# Агляд", PROSE, "Тэгі: восень, горад; людзі")[0].topics == ("восень", "горад", "людзі")


def test_a_credit_is_a_caption_and_never_the_title() -> None:
    description, after = described("© Алесь Нехта/AFP via Getty Images", "# Агляд", PROSE)
    assert after[0].kind is PassageKind.CAPTION
    assert description.title == "Агляд"


@pytest.mark.parametrize(
    "line", ["By Ales Nechta and Maria Niechta", "Автор: Алесь Нехта, Мария Нехта", "Аўтары: Алесь Нехта і Марыя Нехта"]
)
def test_authors_are_read_from_their_line(line: str) -> None:
    assert len(described("# Агляд", line, PROSE)[0].authors) == 2


def test_every_passage_has_its_language() -> None:
    description, after = described("# Агляд", PROSE, PROSE, ENGLISH, "^ «Положение людей в городе в этом году»")
    assert description.language is Language.BELARUSIAN
    assert [passage.language for passage in after[1:]] == [
        Language.BELARUSIAN,
        Language.BELARUSIAN,
        Language.ENGLISH,
        Language.RUSSIAN,
    ]


def test_a_language_that_ibid_cannot_tell_is_not_called_english() -> None:
    spanish = "Los observadores escribieron lo que vieron y oyeron en las calles de la ciudad durante estos días y lo entregaron."
    description, after = described("# Informe", "The report", spanish, spanish, spanish)
    assert description.language is Language.UNKNOWN
    assert after[2].language is Language.UNKNOWN


@given(st.lists(st.sampled_from(["# Агляд", "NEWS", PROSE, "A\tB", "^ нататка", "© x", "24 мая 2024", "Тэгі: а, б"]), max_size=8))
def test_describing_never_changes_a_text(lines: list[str]) -> None:
    _, after = described(*lines, form=Format.TEXT)
    assert [(passage.n, passage.text) for passage in after] == [(passage.n, passage.text) for passage in passages(*lines)]


def test_the_founding_statement_is_described(seeds: Path) -> None:
    reading = read_markdown(next(seeds.glob("000_*.txt")).read_text(encoding="utf-8"))
    description, after = describe(reading, compose(reading).passages)
    assert description == Description(
        title="BELARUS: NO END IN SIGHT FOR THE HUMAN RIGHTS CRISIS",
        language=Language.ENGLISH,
        publisher="Amnesty International",
        reference="EUR 49/8966/2025",
        published_on="2025-01-24",
    )
    assert sum(passage.kind is PassageKind.HEADING for passage in after) == 5
    assert after[34].language is Language.RUSSIAN


def test_the_founding_news_item_is_described(seeds: Path) -> None:
    reading = read_text(next(seeds.glob("001_*.txt")).read_text(encoding="utf-8"))
    description, after = describe(reading, compose(reading).passages)
    assert description.title == "Belarus: Authorities hold presidential election in climate of total fear and repression"
    assert (description.published_on, description.publisher) == ("2025-01-24", "Amnesty International")
    assert len(description.topics) >= 9
    assert len({topic.casefold() for topic in description.topics}) == len(description.topics)
    kinds = {passage.text: passage.kind for passage in after}
    assert kinds["Widespread repression"] is PassageKind.HEADING
    assert kinds["© NATALIA KOLESNIKOVA/AFP via Getty Images"] is PassageKind.CAPTION


VERSIONS = [
    pytest.param("Русская версия", "Русская версия", Language.RUSSIAN, id="a link in ru"),
    pytest.param("Read in Belarusian", "Belarusian", Language.BELARUSIAN, id="the language alone is the link"),
    pytest.param("Available in: English | Українською", "Українською", Language.UKRAINIAN, id="one of several"),
    pytest.param("Гэты тэкст па-руску", "па-руску", Language.RUSSIAN, id="be"),
    pytest.param("He spoke Russian to the judges", "Russian to the judges", None, id="a sentence"),
    pytest.param("Рускія людзі", "Рускія людзі", None, id="people are no language"),
]


@pytest.mark.parametrize(("line", "link", "language"), VERSIONS)
def test_a_line_that_names_a_language_and_leads_there_states_a_version(line: str, link: str, language: Language | None) -> None:
    there = "https://a.by/other"
    start = line.index(link)
    prose = passages("# Zeitung", "x", "Der Bericht. " * 30)
    linked = msgspec.structs.replace(prose[1], text=line, links=(Link(start, start + len(link), there),))
    description, _ = describe(Reading(format=Format.MARKDOWN), (prose[0], linked, prose[2]))
    assert description.versions == (() if language is None else (Version(language, there),))


def test_a_version_is_read_from_an_address_behind_its_language() -> None:
    assert described("# A year", "Русская версия: https://a.by/ru/1", ENGLISH)[0].versions == (
        Version(Language.RUSSIAN, "https://a.by/ru/1"),
    )


def test_what_the_head_states_comes_first_and_the_own_language_is_no_other() -> None:
    stated = {
        "versions": (
            ("en", "https://a.by/en"),
            ("ru-by", "https://a.by/ru"),
            ("ru", "https://a.by/ru2"),
            ("x-default", "https://a.by/"),
        )
    }
    description, _ = described("# A year", ENGLISH, **stated, address_text="https://A.by/en?utm_source=x")
    assert description.versions == (Version(Language.RUSSIAN, "https://a.by/ru"),)
    assert description.address == "https://a.by/en"
