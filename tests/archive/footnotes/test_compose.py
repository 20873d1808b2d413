"""From blocks of marked-up files to passages and notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.footnotes.compose import Composed, compose
from archive.formats.markdown import read_markdown
from archive.formats.text import read_text
from archive.model.document import Format, Link, PassageKind, Problem
from archive.model.reading import Block, RawMarker, Reading

LONG = "Назіральнікі запісалі ўсё, што бачылі і чулі на вуліцах горада за гэтыя тры дні восені"


def read(*blocks: Block) -> Composed:
    """Compose blocks."""
    return compose(Reading(format=Format.MARKDOWN, blocks=blocks))


def paragraph(text: str, *labels: str, kind: PassageKind = PassageKind.PARAGRAPH, **more: object) -> Block:
    """A paragraph in whose text ``^`` marks the places of the labels."""
    markers = []
    for label in labels:
        at = text.index("^")
        text = text[:at] + text[at + 1 :]
        markers.append(RawMarker(label=label, at=at))
    return Block(kind=kind, text=text, markers=tuple(markers), **more)  # type: ignore[arg-type]


def body(composed: Composed) -> list[str]:
    """The texts that are no notes."""
    return [passage.text for passage in composed.passages if passage.kind is not PassageKind.NOTE]


def test_a_paragraph_that_begins_with_a_marker_of_the_text_is_a_note() -> None:
    composed = read(paragraph("Сорак два чалавекі.^ Так.", "1"), paragraph("^ Вясна, https://a.by/1", "1"))
    [marker] = composed.passages[0].markers
    [note] = composed.notes
    assert body(composed) == ["Сорак два чалавекі. Так."]
    assert (marker.at, marker.note, marker.reason) == (19, 0, "only")
    assert (note.label, note.text, note.passage, note.paired) == ("1", "Вясна, https://a.by/1", 1, True)
    assert note.before == "Сорак два чалавекі."
    assert composed.passages[1].kind is PassageKind.NOTE


def test_the_markup_joins_a_marker_to_its_note() -> None:
    marked = Block(kind=PassageKind.PARAGRAPH, text="Так.", markers=(RawMarker("a", 4, "fn-a"),))
    bodies = [
        paragraph(text, kind=PassageKind.NOTE, note_label="a", note_target="fn-a") for text in ("Першы абзац.", "Другі абзац.")
    ]
    composed = read(marked, *bodies)
    assert [note.text for note in composed.notes] == ["Першы абзац.\nДругі абзац."]
    assert composed.passages[0].markers[0].reason == "target"


def test_a_sentence_cut_by_the_notes_of_a_page_is_one_again() -> None:
    composed = read(
        paragraph("У горадзе засталося^ як мінімум сем", "1"),
        paragraph("^ Адна крыніца.", "1"),
        paragraph("чалавек, і^ ўсе чакалі.", "2"),
        Block(kind=PassageKind.PARAGRAPH, text="", is_rule=True),
        paragraph("^ Другая крыніца.", "2"),
        paragraph("Новы абзац."),
    )
    assert body(composed) == ["У горадзе засталося як мінімум сем чалавек, і ўсе чакалі.", "Новы абзац."]
    markers = composed.passages[0].markers
    assert [composed.passages[0].text[: marker.at].split()[-1] for marker in markers] == ["засталося", "і"]
    assert [marker.note for marker in markers] == [0, 1]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        pytest.param("Дзяр-", "жава^ маўчала.", ["Дзяржава маўчала."], id="a word broken by a hyphen"),
        pytest.param("Так было.", "а потым^ не.", ["Так было.", "а потым не."], id="the first ends its sentence"),
        pytest.param("Кароткі радок", "Вялікая^ літара.", ["Кароткі радок", "Вялікая літара."], id="a short line and a capital"),
        pytest.param(LONG, "Лукашэнка^ маўчаў.", [LONG + " Лукашэнка маўчаў."], id="a long line without an end and a name"),
    ],
)
def test_only_what_is_one_sentence_is_joined(first: str, second: str, wanted: list[str]) -> None:
    composed = read(
        paragraph("Пачатак.^", "1"),
        paragraph(first),
        paragraph("^ Нататка.", "1"),
        paragraph(second, "2"),
        paragraph("^ Яшчэ.", "2"),
    )
    assert body(composed)[1:] == wanted


def test_paragraphs_that_no_note_parts_are_never_joined() -> None:
    assert body(read(paragraph("першы радок"), paragraph("другі радок"))) == ["першы радок", "другі радок"]


def test_a_list_is_not_joined_to_the_line_before_it() -> None:
    item = paragraph("сем чалавек", kind=PassageKind.LIST_ITEM)
    composed = read(paragraph("Былі^", "1"), paragraph("^ Нататка.", "1"), item)
    assert body(composed) == ["Былі", "сем чалавек"]


WRITTEN = [
    pytest.param(["Сорак два.[1] Так [2].", "[1] Першая.", "[2] Другая."], ["1", "2"], "Сорак два. Так.", id="brackets"),
    pytest.param(["Сорак два.¹ Так¹².", "¹ Першая.", "¹² Другая."], ["1", "12"], "Сорак два. Так.", id="raised figures"),
    pytest.param(["Сорак два.* Так†.", "* Першая.", "† Другая."], ["*", "†"], "Сорак два. Так.", id="symbols"),
    pytest.param(["Сорак два.[1] Так.", "Заўвагі", "1. Першая."], ["1"], "Сорак два. Так.", id="a list under a heading"),
]


@pytest.mark.parametrize(("texts", "labels", "wanted"), WRITTEN)
def test_markers_written_in_plain_text_are_found(texts: list[str], labels: list[str], wanted: str) -> None:
    kinds = [PassageKind.HEADING if text == "Заўвагі" else PassageKind.PARAGRAPH for text in texts]
    composed = read(*(Block(kind=kind, text=text) for kind, text in zip(kinds, texts, strict=True)))
    assert composed.passages[0].text == wanted
    assert [
        re.sub(r"[^\d*†]", "", marker.label.translate(str.maketrans("¹²", "12"))) for marker in composed.passages[0].markers
    ] == labels
    assert all(note.paired for note in composed.notes)
    assert [note.text for note in composed.notes] == ["Першая.", "Другая."][: len(labels)]


@pytest.mark.parametrize(
    "text",
    ["Плошча 42 м² і 7 km².", "У 2020 годзе [2021] было 5 * 3 разы.", "Гэта [sic] 1st і 2º.", "Хуткасць x² + 10³"],
)
def test_powers_years_and_sums_are_no_markers(text: str) -> None:
    composed = read(Block(kind=PassageKind.PARAGRAPH, text=text), Block(kind=PassageKind.PARAGRAPH, text="² Нешта іншае."))
    assert composed.passages[0].text == text
    assert not composed.passages[0].markers


def test_a_marker_without_a_note_and_a_note_without_a_marker_are_kept_and_reported() -> None:
    composed = read(
        paragraph("Адзін.^ Два.^", "1", "7"),
        paragraph("^ Першая.", "1"),
        paragraph("^ Другая.", "2"),
        paragraph("^ Трэцяя.", "3"),
    )
    assert [(marker.label, marker.note) for marker in composed.passages[0].markers] == [("1", 0), ("7", None)]
    assert [(note.label, note.paired, note.confidence) for note in composed.notes] == [
        ("1", True, 0.97),
        ("2", False, 0),
        ("3", False, 0),
    ]
    assert set(composed.problems) == {
        Problem("marker-without-note", "7"),
        Problem("note-without-marker", "2"),
        Problem("note-without-marker", "3"),
    }


def test_several_notes_in_one_block_are_cut_at_their_markers() -> None:
    composed = read(
        paragraph("Адзін.^ Два.^", "1", "2"), paragraph("^ Першая, https://a.by/1 ^ Другая, https://a.by/2", "1", "2")
    )
    assert [(note.label, note.text, note.citations[0].address) for note in composed.notes] == [
        ("1", "Першая, https://a.by/1", "https://a.by/1"),
        ("2", "Другая, https://a.by/2", "https://a.by/2"),
    ]


def test_links_and_markers_keep_their_words_when_texts_are_joined() -> None:
    second = Block(kind=PassageKind.PARAGRAPH, text="чалавек тут", links=(Link(8, 11, "https://a.by/"),))
    composed = read(paragraph("Сем^", "1"), paragraph("^ Нататка.", "1"), second)
    [link] = composed.passages[0].links
    assert composed.passages[0].text[link.start : link.end] == "тут"


QUOTE = "гэта горад, у якім людзі пішуць адно аднаму лісты на паперы"


def test_a_pull_quote_is_told_from_the_paragraph_that_it_repeats() -> None:
    composed = read(paragraph(f"«Мінск — {QUOTE}.»"), paragraph("““"), paragraph(f"Мінск — {QUOTE}"), paragraph("Далей."))
    assert [passage.kind for passage in composed.passages] == [
        PassageKind.PARAGRAPH,
        PassageKind.PULL_QUOTE,
        PassageKind.PARAGRAPH,
    ]
    assert [passage.n for passage in composed.passages] == [0, 1, 2]


def test_words_that_come_again_far_away_are_no_pull_quote() -> None:
    between = [paragraph(f"Абзац нумар {n}.") for n in range(9)]
    composed = read(paragraph(f"Мінск — {QUOTE}."), *between, paragraph(f"Мінск — {QUOTE}"))
    assert {passage.kind for passage in composed.passages} == {PassageKind.PARAGRAPH}


def words(text: str) -> list[str]:
    """The words of a text, broken or not."""
    return re.findall(r"\w+", text)


blocks = st.builds(
    lambda text, kind, labels: Block(
        kind=kind,
        text=text,
        markers=tuple(RawMarker(label, min(at, len(text))) for label, at in sorted(labels, key=lambda one: one[1])),
    ),
    st.text(alphabet="абв abc.,;“” 12*[]", max_size=30),
    st.sampled_from([PassageKind.PARAGRAPH, PassageKind.HEADING, PassageKind.LIST_ITEM, PassageKind.QUOTATION]),
    st.lists(st.tuples(st.sampled_from(["1", "2", "*"]), st.integers(0, 30)), max_size=3),
)


@settings(max_examples=600, deadline=None)
@given(st.lists(blocks, max_size=8))
def test_no_word_and_no_marker_is_lost(some: list[Block]) -> None:
    composed = read(*some)
    everything = " ".join(passage.text for passage in composed.passages)
    labels = [marker.label for passage in composed.passages for marker in passage.markers] + [
        note.label for note in composed.notes
    ]
    before = sorted("".join(words(" ".join(block.text for block in some))))
    after = sorted("".join(words(everything)))
    for letter in set(before) - set("12"):
        assert before.count(letter) == after.count(letter)
    assert sum(len(block.markers) for block in some) <= len(labels)
    assert [passage.n for passage in composed.passages] == list(range(len(composed.passages)))
    for passage in composed.passages:
        assert all(0 <= marker.at <= len(passage.text) for marker in passage.markers)
        assert [marker.at for marker in passage.markers] == sorted(marker.at for marker in passage.markers)
    for note in composed.notes:
        assert composed.passages[note.passage].text == note.text


def test_the_founding_statement_has_eleven_notes_and_one_text(seeds: Path) -> None:
    composed = compose(read_markdown(next(seeds.glob("000_*.txt")).read_text(encoding="utf-8")))
    assert [note.label for note in composed.notes] == [str(n) for n in range(1, 12)]
    assert [len(note.citations) for note in composed.notes] == [1] * 11
    assert all(note.paired and note.confidence > 0.9 for note in composed.notes)
    assert (
        composed.notes[3].citations[0].address == "https://www.amnesty.org/en/wp-content/uploads/2021/06/trade_unions_web-1.pdf"
    )
    tenth = composed.notes[9].citations[0]
    assert (tenth.address, tenth.title) == (
        "https://spring96.org/ru/news/117167",
        "Ситуация с правами человека в Беларуси в 2024 году",
    )
    assert sum(len(passage.markers) for passage in composed.passages) == 11
    assert any("At least seven people have died while in detention since 2020" in text for text in body(composed))
    assert not any("https://" in text for text in body(composed))
    assert composed.problems == ()


def test_the_founding_news_item_has_its_pull_quote_once(seeds: Path) -> None:
    composed = compose(read_text(next(seeds.glob("001_*.txt")).read_text(encoding="utf-8")))
    kinds = [passage.kind for passage in composed.passages if "bleak picture" in passage.text]
    assert kinds == [PassageKind.PARAGRAPH, PassageKind.PULL_QUOTE]
    assert not any(passage.text.strip() == "““" for passage in composed.passages)
