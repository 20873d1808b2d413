"""What pages hold besides running text: tables, lists, captions, titles of the outline, and notes gathered under a heading."""

from __future__ import annotations

import pytest

from archive.footnotes.compose import Composed, compose
from archive.model.document import Format, Passage, PassageKind
from archive.model.reading import Box, OutlineEntry, Reading, Span
from tests.archive.footnotes.test_layout import BODY, FILL, NOTE, Sheet, body, lay


def put(sheet: Sheet, *cells: tuple[float, str], size: float = BODY, gap: float = 1.4) -> Sheet:
    """A row of words that begin at these places."""
    sheet.y += gap * size
    for x, text in cells:
        box = Box(x, sheet.y - size * 0.8, x + 0.5 * size * len(text), sheet.y + size * 0.2)
        sheet.spans.append(Span(text, box, size, sheet.y))
    return sheet


def of_kind(composed: Composed, kind: PassageKind) -> list[Passage]:
    """The passages of one kind."""
    return [passage for passage in composed.passages if passage.kind is kind]


def test_rows_whose_cells_stand_below_each_other_are_a_table() -> None:
    sheet = Sheet().body(*FILL)
    sheet.y += 20
    for row in (
        ("Год", "Затрыманыя", "Асуджаныя"),
        ("2021", "35 000", "1 285"),
        ("2022", "6 381", "1 242"),
        ("2023", "2 770", "1 603"),
    ):
        put(sheet, *zip((60.0, 200.0, 340.0), row, strict=True))
    composed = lay(sheet.body(*FILL))
    [table] = of_kind(composed, PassageKind.TABLE)
    assert table.text == "Год\tЗатрыманыя\tАсуджаныя\n2021\t35 000\t1 285\n2022\t6 381\t1 242\n2023\t2 770\t1 603"
    assert body(composed)[0] == body(composed)[2] == " ".join(FILL)


def test_a_line_within_a_column_goes_on_with_the_cell_above_it() -> None:
    sheet = Sheet().body(*FILL)
    sheet.y += 20
    put(sheet, (60, "Мінск"), (240, "Суд першага"))
    put(sheet, (240, "раёна"))
    put(sheet, (60, "Гомель"), (240, "Абласны суд"))
    put(sheet, (60, "Брэст"), (240, "Гарадскі суд"))
    [table] = of_kind(lay(sheet), PassageKind.TABLE)
    assert table.text == "Мінск\tСуд першага раёна\nГомель\tАбласны суд\nБрэст\tГарадскі суд"


def test_a_marker_in_a_table_leads_to_its_note() -> None:
    sheet = Sheet().body(*FILL)
    sheet.y += 20
    for name, count in (("Мінск", "12"), ("Гомель", "7"), ("Брэст", "3")):
        put(sheet, (60, name), (240, count))
    last = sheet.spans[-1]
    sheet.spans.append(Span("1", Box(last.box.x1, last.box.y0 - 2, last.box.x1 + 3, last.box.y0 + 3), 6.0, last.baseline_pt - 4))
    composed = lay(sheet.foot("{1} Вясна, агляд."))
    [table] = of_kind(composed, PassageKind.TABLE)
    assert [(marker.label, marker.at, marker.note) for marker in table.markers] == [("1", len(table.text), 0)]


def test_numbered_lines_are_a_list_and_no_table() -> None:
    sheet = Sheet().body(*FILL)
    sheet.y += 20
    for number, words in ((1, "вызваліць усіх"), (2, "спыніць пераслед"), (3, "прызнаць віну")):
        put(sheet, (60, f"{number}."), (90, words), gap=1.8)
    composed = lay(sheet)
    assert of_kind(composed, PassageKind.TABLE) == []
    assert [(one.text, one.level) for one in of_kind(composed, PassageKind.LIST_ITEM)] == [
        ("1. вызваліць усіх", 1),
        ("2. спыніць пераслед", 1),
        ("3. прызнаць віну", 1),
    ]


def test_items_that_stand_further_in_are_deeper() -> None:
    sheet = Sheet().body(*FILL)
    for x, text in ((60.0, "• горад"), (90.0, "• раён"), (90.0, "• вуліца"), (60.0, "• вёска")):
        put(sheet, (x, text))
    assert [one.level for one in of_kind(lay(sheet), PassageKind.LIST_ITEM)] == [1, 2, 2, 1]


def test_a_letter_in_brackets_that_begins_a_line_of_running_text_begins_no_item() -> None:
    composed = lay(
        Sheet().body("Яны зрабілі тры рэчы: (a) запісалі імёны ўсіх затрыманых;", "(b) знайшлі сведкаў; (c) склалі агляд.")
    )
    assert [passage.kind for passage in composed.passages] == [PassageKind.PARAGRAPH]


@pytest.mark.parametrize(
    "text", ["Рис. 3. Затрыманні па месяцах", "Figure 2: Arrests by month", "Табліца 1. Прысуды", "Мал. 4 — Карта"]
)
def test_what_stands_below_a_picture_is_a_caption(text: str) -> None:
    composed = lay(Sheet().body(*FILL).line(text, gap=3, wide=False).body(*FILL))
    assert [one.text for one in of_kind(composed, PassageKind.CAPTION)] == [text]


def test_the_outline_of_the_file_says_what_is_a_heading_and_how_deep() -> None:
    sheet = Sheet().body(*FILL).line("2.1 Як мы лічылі", gap=2.5, wide=False).body(*FILL)
    sheet.line("Вынікі назірання за судамі", gap=2.5, wide=False, size=14).line("у 2024 годзе", gap=1.2, wide=False, size=12)
    outline = (OutlineEntry("Як мы лічылі", 3, 1), OutlineEntry("Вынікі назірання за судамі у 2024 годзе", 2, 1))
    composed = compose(Reading(format=Format.PDF, pages=(sheet.body(*FILL).page(),), outline=outline))
    assert [(one.text, one.level) for one in of_kind(composed, PassageKind.HEADING)] == [
        ("2.1 Як мы лічылі", 3),
        ("Вынікі назірання за судамі у 2024 годзе", 2),
    ]


def test_a_title_of_the_outline_far_from_its_page_is_no_heading() -> None:
    outline = (OutlineEntry("Як мы лічылі", 1, 9),)
    composed = compose(
        Reading(format=Format.PDF, pages=(Sheet().body(*FILL).line("Як мы лічылі", gap=2.5, wide=False).page(),), outline=outline)
    )
    assert of_kind(composed, PassageKind.HEADING) == []


def chapter(number: int, first: str, second: str) -> list[Sheet]:
    """A chapter of two pages, its notes under a heading of their own."""
    text = Sheet(2 * number - 1).line(f"Частка {number}", size=16, wide=False).body(*FILL).body("Так было{1} учора.{2}")
    notes = Sheet(2 * number).line("Заўвагі", size=14, wide=False, gap=2)
    return [text, notes.line(f"1. {first}", gap=2, wide=False).line(f"2. {second}", wide=False)]


def test_every_chapter_has_the_notes_under_its_own_heading() -> None:
    composed = lay(*chapter(1, "Вясна.", "Тамсама."), *chapter(2, "Газета.", "Кніга."))
    found = [composed.notes[marker.note or 0].text for passage in composed.passages for marker in passage.markers]
    assert found == ["Вясна.", "Тамсама.", "Газета.", "Кніга."]
    assert composed.problems == ()


def test_notes_under_a_heading_may_be_in_smaller_type_and_count_on_past_markers_that_were_not_seen() -> None:
    text = Sheet().body(*FILL).body("Так было{1} учора,{2} сёння{4} і заўсёды.").line("Крыніцы", size=14, wide=False, gap=3)
    for number in range(1, 5):
        text.line(f"{number}. Крыніца нумар {number}.", size=NOTE, wide=False)
    assert [(note.label, note.text, note.paired) for note in lay(text).notes] == [
        (str(number), f"Крыніца нумар {number}.", number != 3) for number in range(1, 5)
    ]


def test_a_number_alone_in_tiny_type_is_the_marker_of_a_picture() -> None:
    sheet = Sheet().body(*FILL).line("1", size=5.0, gap=8, wide=False).body(*FILL).foot("{1} Фота: архіў.")
    composed = lay(sheet)
    assert [(marker.label, marker.note) for passage in composed.passages for marker in passage.markers] == [("1", 0)]
    assert composed.notes[0].text == "Фота: архіў."


def test_letters_on_lines_of_their_own_begin_notes_at_the_end() -> None:
    text = Sheet(1).body(*FILL).body("Адно{a} і другое.{b}")
    end = Sheet(2).line("a", size=6, wide=False).line("Першая крыніца.", wide=False).line("b", size=6, wide=False)
    composed = lay(text, end.line("Другая крыніца.", wide=False))
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [
        ("a", "Першая крыніца.", True),
        ("b", "Другая крыніца.", True),
    ]


def test_notes_that_are_tables_have_their_labels_below_their_first_lines() -> None:
    sheet = Sheet().body(*FILL).body("Адно{1} і другое.{2}")
    sheet.y += 30
    for number, (one, other) in enumerate((("Вясна", "Агляд за год"), ("Газета", "Нумар дзесяць")), 1):
        put(sheet, (80, one), (240, other), gap=5)
        put(sheet, (240, "працяг"), gap=1.2)
        sheet.spans.append(Span(str(number), Box(60, sheet.y - 6, 63, sheet.y), 5.5, sheet.y))
    composed = lay(sheet)
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [
        ("1", "Вясна Агляд за год працяг", True),
        ("2", "Газета Нумар дзесяць працяг", True),
    ]


def test_no_word_of_a_page_with_tables_is_lost() -> None:
    sheet = Sheet(1).body(*FILL)
    words = [f"слова{n}" for n in range(40)]
    for at in range(0, 40, 4):
        put(sheet, *((60.0 + 100 * place + 7 * (at % 3), word) for place, word in enumerate(words[at : at + 4])))
    text = " ".join(body(lay(sheet))).split()
    assert sorted(text) == sorted(" ".join(FILL).split() + words)
