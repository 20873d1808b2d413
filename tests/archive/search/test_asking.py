"""What may be asked of an archive beyond words: what documents are, what they cite, what is like them; and how the answers lead on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import api
from archive.errors import CollectionNotFound, CollectionUnnamed, DocumentNotFound
from archive.front_desk import LocalDesk
from archive.model.document import Role
from archive.model.hit import Answer, CompletionKind, FacetName, Order, Question, Where
from archive.model.source import SourceState
from archive.progress import Job
from archive.search.hits_table import safe
from archive.storage.folder import ArchiveFolder
from archive.storage.sources import set_state
from archive.understood import sentence
from archive.values import Language
from archive.words import choose_language

Shelve = Callable[..., str]
_SITE = "https://spring96.org/be/news/117167"


@pytest.fixture
def desk(folder: ArchiveFolder, shelve: Shelve) -> Iterator[LocalDesk]:
    """Two reports and two saved sources: both reports cite one source, one of them cites the other too."""
    shelve(
        "No end in sight",
        "The court of Minsk closed the reading room.",
        "Nothing of this kind.",
        "The court of Brest closed another reading room, and the librarian wrote letters.",
        notes=[f"Viasna, {_SITE}", "See https://www.example.org/a?b=(c) for the letters of the court."],
        language=Language.ENGLISH,
        publisher="Amnesty International",
        published_on="2025-01-24",
    )
    shelve(
        "Суд над чытальнямі",
        "Суд у Мінску закрыў чытальную залу. Права, правы, правамі.",
        notes=[f"Вясна, {_SITE}"],
        language=Language.BELARUSIAN,
        publisher="Human Rights Watch",
        published_on="2023",
    )
    source = shelve(
        "Суд зачыніў залу",
        "Суд зачыніў чытальную залу ў Мінску.",
        role=Role.SOURCE,
        language=Language.BELARUSIAN,
        published_on="2024-05",
    )
    other = shelve("A letter", "A court wrote a letter, =1+1.", role=Role.SOURCE, language=Language.ENGLISH)
    with folder.writing() as connection:
        for name, address, digest, state in (
            ("c", _SITE, source, SourceState.SAVED),
            ("d", "https://www.example.org/a?b=(c)", other, SourceState.PARTIAL),
        ):
            connection.exec_driver_sql(
                "INSERT INTO captures VALUES (?, ?, ?, '2025-01-15T00:00:00+00:00', 'complete', 200, 'text/html', 10, ?, 'page', '{}', '')",
                (name * 64, address, address, digest),
            )
            set_state(connection, address, state)
    made = LocalDesk(folder)
    made.collect("Дело Беляцкого", (source,))
    yield made
    made._readers.close()


def titles(answer: Answer) -> list[str]:
    return [hit.title for hit in answer.hits]


NARROWED = [
    ("cites a site", "cites:spring96.org", {"No end in sight", "Суд над чытальнямі"}),
    ("cites an address", f"cites:{_SITE}", {"No end in sight", "Суд над чытальнямі"}),
    ("cites what an address begins with", "cites:https://spring96.org/be", {"No end in sight", "Суд над чытальнямі"}),
    ("cites an address with brackets", "cites:https://example.org/a?b=(c)", {"No end in sight"}),
    ("cites another site", "cites:example.org", {"No end in sight"}),
    ("cites nothing of the kind", "cites:example.com", set()),
    ("cites a site of a like name", "cites:ring96.org", set()),
    ("cited by words of a title", 'cited-by:"end sight"', {"Суд зачыніў залу", "A letter"}),
    ("cited by the other report", "cited-by:чытальнямі", {"Суд зачыніў залу"}),
    ("cited by nobody", "cited-by:zebra", set()),
    ("a publisher", "publisher:amnesty", {"No end in sight"}),
    ("a publisher in Russian", 'издатель:"human rights"', {"Суд над чытальнямі"}),
    ("a site", "site:spring96.org", {"Суд зачыніў залу"}),
    ("a site with www", "site:www.example.org", {"A letter"}),
    ("a state", "state:partial", {"A letter"}),
    ("a collection", 'in:"дело беляцкого"', {"Суд зачыніў залу"}),
    ("a collection begun", "in:дел", {"Суд зачыніў залу"}),
    ("an address of sources", "source:spring96.org/be", {"Суд зачыніў залу"}),
    ("words of sources", "source:суд", {"Суд зачыніў залу"}),
    ("a word and a site", "суд site:spring96.org", {"Суд зачыніў залу"}),
    ("a word or a site", "letters OR site:spring96.org", {"No end in sight", "Суд зачыніў залу", "A letter"}),
    ("a word and not a site", "суд -site:spring96.org", {"Суд над чытальнямі"}),
    ("not a collection", "суд -in:дело", {"Суд над чытальнямі"}),
    ("a role and not a site", "role:source -site:spring96.org", {"A letter"}),
    ("dates", "from:2024-05", {"No end in sight", "Суд зачыніў залу"}),
    ("words near each other", '"court room"~5', {"No end in sight"}),
    ("words not near enough", '"court letters"~1', set()),
    ("a word as it is written", '"правамі"', {"Суд над чытальнямі"}),
    ("a word in another form", '"правам"', set()),
    ("a word in any form", "правам", {"Суд над чытальнямі"}),
    ("a word as it is written, or another", '"правам" OR letters', {"No end in sight", "A letter"}),
    ("without a word as it is written", 'court -"letters"', {"A letter"}),
    ("a title as it is written", 'title:"чытальнямі"', {"Суд над чытальнямі"}),
    ("a site in brackets", "(суд OR court) (site:spring96.org OR site:example.org)", {"Суд зачыніў залу", "A letter"}),
]


@pytest.mark.parametrize(("typed", "expected"), [case[1:] for case in NARROWED], ids=[case[0] for case in NARROWED])
def test_a_field_narrows_an_answer(desk: LocalDesk, typed: str, expected: set[str]) -> None:
    answer = desk.search(Question(text=typed))
    assert set(titles(answer)) == expected
    assert (answer.count, answer.is_exact) == (len(expected), True)


def test_cited_by_more_reports_than_are_looked_at_says_that_there_may_be_more(
    desk: LocalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Question(text="cited-by:чытальнямі")
    assert desk.search(asked).is_exact
    monkeypatch.setattr("archive.search.narrowing._MOST_REPORTS", 0)
    assert not desk.search(asked).is_exact
    assert desk.search(Question(text="role:source NOT cited-by:чытальнямі")).count == 0


def test_the_switch_asks_for_all_words_as_they_are_written(desk: LocalDesk) -> None:
    assert desk.search(Question(text="правам")).count == 1
    assert desk.search(Question(text="правам", is_exact=True)).count == 0
    assert desk.search(Question(text="правамі суд", is_exact=True)).count == 1


ORDERS = [
    (Order.NEWEST, ["No end in sight", "Суд зачыніў залу", "Суд над чытальнямі", "A letter"]),
    (Order.OLDEST, ["Суд над чытальнямі", "Суд зачыніў залу", "No end in sight", "A letter"]),
    (Order.TITLE, ["A letter", "No end in sight", "Суд зачыніў залу", "Суд над чытальнямі"]),
]


@pytest.mark.parametrize(("order", "expected"), ORDERS)
def test_hits_are_ordered_as_asked(desk: LocalDesk, order: Order, expected: list[str]) -> None:
    question = Question(text="суд OR court", order=order)
    assert titles(desk.search(question)) == expected
    parts = [titles(desk.search(Question(text="суд OR court", order=order, offset=at, limit=1)))[0] for at in range(4)]
    assert parts == expected


def test_facets_count_all_that_answer(desk: LocalDesk) -> None:
    facets = desk.facets(Question(text="суд OR court", limit=1))
    counted = {facet.name: {found.value: found.count for found in facet.values} for facet in facets.facets}
    assert facets.count == 4
    assert counted == {
        FacetName.ROLE: {"report": 2, "source": 2},
        FacetName.LANGUAGE: {"be": 2, "en": 2},
        FacetName.PUBLISHER: {"": 2, "Amnesty International": 1, "Human Rights Watch": 1},
        FacetName.SITE: {"": 2, "example.org": 1, "spring96.org": 1},
        FacetName.YEAR: {"2025": 1, "2024": 1, "2023": 1, "": 1},
        FacetName.STATE: {"partial": 1, "saved": 1},
        FacetName.COLLECTION: {"": 3, "Дело Беляцкого": 1},
    }


CHOSEN = [
    ({"sites": ("spring96.org",)}, 1),
    ({"sites": ("spring96.org", "example.org")}, 2),
    ({"publishers": ("",)}, 2),
    ({"years": ("2025", "")}, 2),
    ({"states": (SourceState.SAVED,)}, 1),
    ({"collections": ("Дело Беляцкого",)}, 1),
    ({"roles": (Role.SOURCE,), "languages": (Language.ENGLISH,)}, 1),
    ({"roles": (Role.SOURCE,), "years": ("2023",)}, 0),
]


@pytest.mark.parametrize(("chosen", "count"), CHOSEN)
@pytest.mark.parametrize("typed", ["суд OR court", ""])
def test_what_is_chosen_from_facets_narrows_as_it_counted(
    desk: LocalDesk, chosen: dict[str, object], count: int, typed: str
) -> None:
    question = Question(text=typed, **chosen)
    assert desk.search(question).count == len(desk.search(question).hits) == count
    facets = desk.facets(question)
    assert facets.count == count
    for facet in facets.facets:
        for found in facet.values:
            one = Question(text=typed, **{**chosen, _FIELDS[facet.name]: (_KINDS.get(facet.name, str)(found.value),)})
            assert desk.search(one).count == found.count, facet.name


_KINDS = {FacetName.ROLE: Role, FacetName.LANGUAGE: Language, FacetName.STATE: SourceState}
_FIELDS = {
    FacetName.ROLE: "roles",
    FacetName.LANGUAGE: "languages",
    FacetName.PUBLISHER: "publishers",
    FacetName.SITE: "sites",
    FacetName.YEAR: "years",
    FacetName.STATE: "states",
    FacetName.COLLECTION: "collections",
}


def test_facets_follow_what_changes(desk: LocalDesk, folder: ArchiveFolder, shelve: Shelve) -> None:
    assert desk.facets(Question(text="")).count == 4
    shelve("Another court", "A court.", language=Language.ENGLISH)
    assert desk.facets(Question(text="")).count == 5
    desk.uncollect("Дело Беляцкого", (desk.search(Question(text="in:дело")).hits[0].document,))
    assert desk.search(Question(text="in:дело")).count == 0
    with folder.writing() as connection:
        set_state(connection, _SITE, SourceState.GONE)
    assert desk.search(Question(text="state:gone")).count == 1


def test_every_passage_of_a_document_is_reached_in_order(desk: LocalDesk) -> None:
    question = Question(text="court")
    hit = next(hit for hit in desk.search(question).hits if hit.title == "No end in sight")
    assert hit.passage_count == 3
    assert hit.is_counted
    assert [(each.where, each.note) for each in hit.passages] == [(Where.BODY, None), (Where.BODY, None), (Where.NOTE, "2")]
    whole = desk.passages_found(hit.document, question)
    assert whole.passages == hit.passages
    assert whole.count == 3
    parts = [desk.passages_found(hit.document, question, first=at, count=1).passages[0] for at in range(3)]
    assert tuple(parts) == whole.passages
    for each in parts:
        [locator] = each.locators
        assert desk.passages(hit.document)[each.passage].text[locator.start : locator.end].lower() == "court"
    assert not desk.passages_found(hit.document, question, first=9).passages
    with pytest.raises(DocumentNotFound):
        desk.passages_found("f" * 64, question)


def test_a_source_names_its_address_and_where_it_is_cited(desk: LocalDesk) -> None:
    [hit] = desk.search(Question(text="зачыніў")).hits
    assert hit.address == _SITE
    assert [(place.title, place.label) for place in hit.cited_at] == [("No end in sight", "1"), ("Суд над чытальнямі", "1")]


@pytest.mark.parametrize("typed", ["spring96.org", _SITE, "https://www.spring96.org"])
def test_an_address_typed_offers_who_cites_it(desk: LocalDesk, typed: str) -> None:
    [offer] = desk.search(Question(text=typed)).offers
    assert offer.count == 2
    assert desk.search(Question(text=offer.text)).count == 2


def test_a_word_with_a_dot_that_nobody_cites_offers_nothing(desk: LocalDesk) -> None:
    assert not desk.search(Question(text="суд.мінск")).offers
    assert not desk.search(Question(text="court room")).offers


def test_who_cites_a_source_is_said_with_the_notes(desk: LocalDesk) -> None:
    found = desk.citing("spring96.org")
    assert [(each.title, [note.label for note in each.notes]) for each in found] == [
        ("No end in sight", ["1"]),
        ("Суд над чытальнямі", ["1"]),
    ]
    assert not desk.citing("")
    assert not desk.citing("%$#")


def test_reports_that_share_sources_are_named(desk: LocalDesk) -> None:
    first, second = (
        desk.search(Question(text=f"title:{word}", roles=(Role.REPORT,))).hits[0].document for word in ("sight", "чытальнямі")
    )
    [related] = desk.also_cited_by(first)
    assert (related.document, related.count, related.addresses) == (second, 1, (_SITE,))


def test_what_is_like_a_document_does_not_hold_itself(desk: LocalDesk, shelve: Shelve) -> None:
    asked = shelve("Тэма", "Беларускі архіў захоўвае рукапісы бібліятэкараў.", "Зусім іншае пра надвор'е.")
    alike = shelve("Падобнае", "Рукапісы захоўвае архіў.", language=Language.BELARUSIAN)
    shelve("Іншае", "Надвор'е сёння добрае.", language=Language.BELARUSIAN)
    answer = desk.like(asked, passage=1)
    assert answer.hits[0].document == alike
    assert asked not in {hit.document for hit in answer.hits}
    assert [hit.title for hit in desk.like(asked, passage=2).hits] == ["Іншае"]
    assert answer.count == len(answer.hits)


def test_collections_are_made_filled_renamed_and_let_go(desk: LocalDesk) -> None:
    first, second = (entry.document.document for entry in desk.documents()[:2])
    assert desk.collect("  Прысуды \n 2024 ", (first[:12], second)) == 2
    assert desk.collect("Прысуды 2024", (first,)) == 0
    assert [(each.name, each.count) for each in desk.collections()] == [("Дело Беляцкого", 1), ("Прысуды 2024", 2)]
    assert [each.name for each in desk.collections(document=first)] == ["Прысуды 2024"]
    desk.rename_collection("Прысуды 2024", to="Дело Беляцкого")
    assert [(each.name, each.count) for each in desk.collections()] == [("Дело Беляцкого", 3)]
    assert desk.uncollect("Дело Беляцкого", (first,)) == 1
    desk.make_collection("Пустая")
    desk.remove_collection("Дело Беляцкого")
    assert [(each.name, each.count) for each in desk.collections()] == [("Пустая", 0)]
    with desk._folder.volumes[0].look() as connection:
        assert not connection.exec_driver_sql("SELECT * FROM collection_documents").fetchall()


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\u202eb", "a\x00b", "\ud800"])
def test_a_collection_needs_a_name_that_can_be_seen(desk: LocalDesk, name: str) -> None:
    with pytest.raises(CollectionUnnamed):
        desk.make_collection(name)
    with pytest.raises(CollectionNotFound):
        desk.remove_collection(name)


COMPLETED = [
    ("a word", "суд чыт", "чытальную"),
    ("a capital letter", "Чыт", "Чытальную"),
    ("the name of a field", "pub", "publisher:"),
    ("the name of a field in Russian", "изд", "издатель:"),
    ("a language", "lang:b", "be"),
    ("a publisher", "publisher:hum", '"Human Rights Watch"'),
    ("a publisher in quotation marks", 'publisher:"amnesty i', '"Amnesty International"'),
    ("a collection", "суд in:", '"Дело Беляцкого"'),
    ("a site", "site:spr", "spring96.org"),
    ("a year", "date:20", "2025"),
    ("a state", "state:p", "partial"),
    ("a title", "sight", 'title:"No end in sight"'),
    ("a word in quotation marks", '"reading ro', "room"),
    ("a word after a minus", "суд -lett", "letter"),
    ("a word of a title", "title:sig", "sight"),
]


@pytest.mark.parametrize(("typed", "expected"), [case[1:] for case in COMPLETED], ids=[case[0] for case in COMPLETED])
def test_a_question_can_be_gone_on_with(desk: LocalDesk, typed: str, expected: str) -> None:
    offered = desk.completions(typed)
    [chosen] = [each for each in offered if each.text == expected]
    finished = typed[: chosen.start] + chosen.text + typed[chosen.end :]
    if chosen.kind != CompletionKind.FIELD:
        assert desk.search(Question(text=finished)).count > 0


def test_completions_are_for_where_the_cursor_stands(desk: LocalDesk) -> None:
    offered = desk.completions("lett суд", cursor=4)
    assert "letter" in {each.text for each in offered}
    assert {(each.start, each.end) for each in offered} == {(0, 4)}
    assert not desk.completions("s")
    assert not desk.completions("")
    assert len(desk.completions("re", limit=2)) <= 2


def test_a_table_of_hits_holds_every_passage_and_no_formula(desk: LocalDesk) -> None:
    choose_language("en")
    written = "".join(api.hits_as_csv([desk], Question(text="court"), job=Job(lambda _step: None)))
    assert written.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(written[1:])))
    assert [row["Where"] for row in rows if row["Title"] == "No end in sight"] == ["text", "text", "note"]
    assert {row["Title"] for row in rows} == {"No end in sight", "A letter"}
    assert {row["Address"] for row in rows if row["Title"] == "A letter"} == {"https://www.example.org/a?b=(c)"}


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "|calc",
    "%x",
    "\r=1",
    "\ufeff=1",
    "\u200b=1",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_would_be_a_formula_is_text(cell: str) -> None:
    assert safe(cell).startswith("'")


def test_several_archives_count_a_document_once(desk: LocalDesk, shelve: Shelve, tmp_path: Path) -> None:
    other = ArchiveFolder.create(tmp_path / "other.ibid", title="Other")
    for into in (desk._folder, other):
        shelve("Both", "A court in two archives.", language=Language.ENGLISH, published_on="2026", into=into)
    shelve("Only there", "A court in one archive.", language=Language.ENGLISH, into=other)
    with LocalDesk(other) as second:
        desks = [desk, second]
        question = Question(text="court", order=Order.NEWEST)
        answer = api.search_together(desks, question)
        assert titles(answer) == ["Both", "No end in sight", "A letter", "Only there"]
        assert [hit.archives for hit in answer.hits] == [(0, 1), (0,), (0,), (1,)]
        facets = api.facets_together(desks, question)
        assert facets.count == 4
        languages = next(facet for facet in facets.facets if facet.name == FacetName.LANGUAGE)
        assert [(found.value, found.count) for found in languages.values] == [("en", 4)]
        assert len(api.citing_together(desks, "spring96.org")) == 2
        rows = "".join(api.hits_as_csv(desks, question, job=Job(lambda _step: None)))
        both = f"{desk.about().title}; Other"
    assert [line.rstrip().endswith(both) for line in rows.splitlines() if "Both" in line] == [True]
    assert rows.count(both) == 1


SAID = [
    ("en", "title:(права человека) from:2024-01", "documents with “права” and “человека” in the title, from January 2024"),
    ("ru", "title:(права человека) from:2024-01", "документы, где есть «права» и «человека» в заголовке, начиная с даты: "),
    ("be", "суд -турма lang:be", "дакументы, дзе ёсць «суд», па-беларуску, без «турма»"),
    ("en", 'суд OR "турма"', "documents with “суд” or exactly “турма”"),
    ("en", "site:spring96.org role:source", "documents, from the site spring96.org, saved sources"),
    ("ru", '"суд прысуд"~5', "документы, где есть «суд, прысуд» не дальше 5 слов друг от друга"),
    ("en", "", ""),
]


@pytest.mark.parametrize(("language", "typed", "said"), SAID)
def test_what_was_understood_is_said_in_words(desk: LocalDesk, language: str, typed: str, said: str) -> None:
    choose_language(language)
    try:
        written = sentence(desk.search(Question(text=typed)).understood)
        assert written.startswith(said)
        assert bool(written) == bool(said)
    finally:
        choose_language("en")


_TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([
            "суд",
            "-суд",
            '"суд',
            '"права"',
            "(",
            ")",
            "OR",
            "NOT",
            "И",
            "in:",
            "in:дело",
            "cites:a.org",
            "cites:",
            "site:x",
            "source:b.by",
            "state:s",
            "from:20",
            "~",
            "*",
            '"a',
            'b"~3',
            "cited-by:sight",
            "1.5",
        ]),
        max_size=8,
    ).map(" ".join),
)


@settings(
    max_examples=60 if settings.default.max_examples <= 100 else settings.default.max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=_TYPED, is_typing=st.booleans(), order=st.sampled_from(Order))
def test_any_text_is_answered_counted_completed_and_said(desk: LocalDesk, typed: str, order: Order, *, is_typing: bool) -> None:
    question = Question(text=typed, is_typing=is_typing, order=order)
    answer = desk.search(question)
    assert answer.count == len(answer.hits)
    if answer.hits:
        assert desk.facets(question).count == answer.count
    sentence(answer.understood)
    for completion in desk.completions(typed):
        assert 0 <= completion.start <= completion.end <= len(typed)
