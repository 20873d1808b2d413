"""From laid-out pages to passages and notes: pages written span by span, as a reader of PDF gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.footnotes.compose import Composed, compose
from archive.model.document import Format, PassageKind
from archive.model.reading import Box, Page, Reading, Span

BODY, NOTE, RAISED = 10.0, 8.0, 6.5
LEFT, RIGHT = 60.0, 500.0


class Sheet:
    """Writes a page line by line; ``{1}`` raises a label, ``wide`` lines reach the right margin."""

    def __init__(self, number: int = 1) -> None:
        self.number = number
        self.y = 120.0
        self.spans: list[Span] = []

    def line(
        self, text: str, *, size: float = BODY, gap: float = 1.2, x: float = LEFT, wide: bool = True, **look: object
    ) -> Sheet:
        """One line; ``gap`` is the distance to the line before it in sizes."""
        self.y += gap * size
        parts = [part for part in text.replace("{", "\0{").replace("}", "}\0").split("\0") if part]
        letters = sum(len(part) for part in parts)
        width = ((RIGHT if wide else RIGHT - 120) - x) / max(letters, 1) if x < 280 else 4.0
        for part in parts:
            label = part.startswith("{")
            words = part.strip("{}") if label else part
            own, base = (RAISED * size / BODY, self.y - 0.4 * size) if label else (size, self.y)
            end = x + width * len(part)
            self.spans.append(Span(words, Box(x, base - own * 0.8, end, base + own * 0.2), own, base, **look))
            x = end
        return self

    def body(self, *texts: str) -> Sheet:
        """Lines of one paragraph, the last one short."""
        for at, text in enumerate(texts):
            self.line(text, gap=2.2 if at == 0 else 1.2, wide=at < len(texts) - 1)
        return self

    def foot(self, *texts: str) -> Sheet:
        """Lines of notes at the foot of the page."""
        self.y = max(self.y + 30, 640.0)
        for text in texts:
            self.line(text, size=NOTE)
        return self

    def page(self) -> Page:
        """The page."""
        return Page(self.number, 560, 800, tuple(self.spans))


def lay(*sheets: Sheet) -> Composed:
    """Compose sheets."""
    return compose(Reading(format=Format.PDF, pages=tuple(sheet.page() for sheet in sheets)))


def body(composed: Composed) -> list[str]:
    """The texts that are no notes."""
    return [passage.text for passage in composed.passages if passage.kind is not PassageKind.NOTE]


FILL = ("Назіральнікі запісалі ўсё, што бачылі на вуліцах горада", "у гэтыя дні, і склалі агляд з лічбамі і датамі падзей.")


def test_notes_at_the_foot_are_told_by_smaller_type_and_a_raised_label() -> None:
    composed = lay(Sheet().body(*FILL).body("Затрымалі сорак двух чалавек{1}, з іх сем у лістападзе.{2}").foot(
        "{1} Вясна, «Агляд», https://a.by/1", "{2} Тамсама, с. 3."
    ))  # fmt: skip
    assert body(composed) == [" ".join(FILL), "Затрымалі сорак двух чалавек, з іх сем у лістападзе."]
    assert [(marker.label, marker.note, marker.reason) for marker in composed.passages[1].markers] == [
        ("1", 0, "same-page"),
        ("2", 1, "same-page"),
    ]
    assert [(note.label, note.text, note.page) for note in composed.notes] == [
        ("1", "Вясна, «Агляд», https://a.by/1", 1),
        ("2", "Тамсама, с. 3.", 1),
    ]
    assert composed.notes[1].citations[0].ibid_of == 0


def test_several_raised_labels_in_a_row_are_several_markers() -> None:
    composed = lay(Sheet().body(*FILL).body("Так было{1,2} у горадзе.").foot("{1} Першая крыніца.", "{2} Другая крыніца."))
    assert [(marker.label, marker.at) for marker in composed.passages[1].markers] == [("1", 8), ("2", 8)]


def test_powers_and_ordinals_are_no_markers() -> None:
    composed = lay(Sheet().body(*FILL).body("Плошча 42 m{2} на 1{st} паверсе.{1}").foot("{1} Крыніца."))
    assert composed.passages[1].text == "Плошча 42 m2 на 1st паверсе."
    assert [marker.label for marker in composed.passages[1].markers] == ["1"]


@pytest.mark.parametrize("words", ["у артыкуле 10", "у МЕХІCO", "а 10 p.m", "у 2010 годзе", "(supra)"])
def test_words_that_only_look_like_units_keep_their_marker(words: str) -> None:
    composed = lay(Sheet().body(*FILL).body(f"Так было {words}{{2}} і далей.").foot("{2} Крыніца."))
    assert [marker.label for marker in composed.passages[1].markers] == ["2"]


def test_a_note_continued_on_the_next_page_is_one_note() -> None:
    composed = lay(
        Sheet(1).body(*FILL).body("Так было.{1}").foot("{1} Гэтая крыніца вельмі доўгая і расказвае пра"),
        Sheet(2).body(*FILL).body("Так было.{2}").foot("усё, што было ў горадзе.", "{2} Другая крыніца."),
    )
    assert [(note.label, note.text, note.page) for note in composed.notes] == [
        ("1", "Гэтая крыніца вельмі доўгая і расказвае пра ўсё, што было ў горадзе.".replace("ўсё", "усё"), 1),
        ("2", "Другая крыніца.", 2),
    ]


def test_a_sentence_that_runs_over_the_page_is_one_paragraph() -> None:
    composed = lay(
        Sheet(1).body(*FILL).body("Пад вартай памерлі як мінімум").foot("{1} Нататка без знака."),
        Sheet(2).body("сем чалавек, і ніхто не ад-", "казаў за гэта.{1}").foot("{1} Крыніца."),
    )
    assert body(composed)[1] == "Пад вартай памерлі як мінімум сем чалавек, і ніхто не адказаў за гэта."


def test_numbering_that_restarts_on_every_page_is_paired_page_by_page() -> None:
    composed = lay(*(Sheet(n).body(*FILL).body(f"Старонка {n}.{{1}}").foot(f"{{1}} Крыніца {n}.") for n in (1, 2, 3)))
    found = [composed.notes[marker.note].text for passage in composed.passages for marker in passage.markers]  # type: ignore[index]
    assert found == ["Крыніца 1.", "Крыніца 2.", "Крыніца 3."]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    seasons = ("зіма", "вясна", "лета", "восень")
    sheets = []
    for n, season in enumerate(seasons, 1):
        sheet = Sheet(n)
        sheet.y = 30
        sheet.line(f"Агляд за 2024 год, старонка {n}", size=NOTE).body(f"У горадзе {season}, і ўсе глядзяць у вокны дамоў.")
        sheet.y = 770
        sheets.append(sheet.line(f"- {n} -", size=NOTE, x=290))
    assert body(lay(*sheets)) == [f"У горадзе {season}, і ўсе глядзяць у вокны дамоў." for season in seasons]


def test_headings_of_chapters_at_one_place_are_no_running_heads() -> None:
    sheets = []
    for n in range(1, 8, 2):
        sheet = Sheet(n)
        sheet.y = 40
        sheets.append(sheet.line(f"Частка {(n + 1) // 2}", size=14, wide=False).body(*FILL))
    assert [text for text in body(lay(*sheets)) if text.startswith("Частка")] == ["Частка 1", "Частка 2", "Частка 3", "Частка 4"]


def test_a_quotation_in_small_type_is_no_note() -> None:
    sheet = Sheet().body(*FILL)
    sheet.y += 12
    sheet.line("14. дзяржава мусіць заплаціць усю суму, названую", size=NOTE).line("у рашэнні суда, не пазней за год.", size=NOTE)
    composed = lay(sheet.body(*FILL))
    assert composed.notes == ()
    assert "14. дзяржава мусіць заплаціць усю суму, названую у рашэнні суда, не пазней за год." in body(composed)


def test_a_label_far_to_the_left_of_its_note_is_found() -> None:
    sheet = Sheet().body(*FILL).body("Так было.{1}").foot("Крыніца стаіць за табуляцыяй.")
    label = sheet.spans[-1]
    sheet.spans.append(Span("1", Box(20, label.baseline_pt - 9, 24, label.baseline_pt - 4), 5.0, label.baseline_pt - 3.4))
    [note] = lay(sheet).notes
    assert (note.label, note.text, note.paired) == ("1", "Крыніца стаіць за табуляцыяй.", True)


def test_headings_are_told_by_size_weight_and_capitals() -> None:
    sheet = Sheet().line("Агляд за год", size=18, wide=False).body(*FILL)
    sheet.line("Метад", gap=2.5, wide=False, is_bold=True).body(*FILL).line("ВЫНІКІ", gap=2.5, wide=False).body(*FILL)
    composed = lay(sheet)
    assert [(passage.text, passage.level) for passage in composed.passages if passage.kind is PassageKind.HEADING] == [
        ("Агляд за год", 1),
        ("Метад", 2),
        ("ВЫНІКІ", 2),
    ]


def test_list_items_stand_for_themselves() -> None:
    composed = lay(Sheet().body(*FILL).line("• першае месца", wide=False).line("• другое месца", wide=False))
    assert [passage.text for passage in composed.passages if passage.kind is PassageKind.LIST_ITEM] == [
        "• першае месца",
        "• другое месца",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet().line("Агляд за год на ўсю шырыню старонкі", size=14)
    for n in range(12):
        sheet.line(f"левы слупок, радок {n}", wide=False, x=60)
        at = sheet.spans.pop()
        sheet.spans.append(Span(at.text, Box(60, at.box.y0, 262, at.box.y1), BODY, at.baseline_pt))
        sheet.spans.append(Span(f"правы слупок, радок {n}", Box(298, at.box.y0, 500, at.box.y1), BODY, at.baseline_pt))
    text = " ".join(body(lay(sheet)))
    assert text.index("левы слупок, радок 11") < text.index("правы слупок, радок 0")
    assert text.count("радок") == 24


ADDRESSES = [
    pytest.param("{1} Вясна, https://a.by/wp-content/uploads/2021/", "belarus-crackdown.pdf", "https://a.by/wp-content/uploads/2021/belarus-crackdown.pdf", id="behind a slash"),
    pytest.param("{1} Вясна, https://a.by/site-", "resources/a.pdf", "https://a.by/site-resources/a.pdf", id="behind a hyphen"),
    pytest.param("{1} Вясна, https://a.by/news/117167", "Агляд за год, 2024.", "https://a.by/news/117167", id="ended at the line's end"),
    pytest.param("{1} Вясна, https://a.by/news/117167.", "https://b.by/2", "https://a.by/news/117167", id="a new address on the next line"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "address"), ADDRESSES)
def test_an_address_broken_over_lines_is_put_together(first: str, second: str, address: str) -> None:
    composed = lay(Sheet().body(*FILL).body("Так было.{1}").foot(first, second))
    assert composed.notes[0].citations[0].address == address


def test_what_one_link_covers_is_one_address() -> None:
    sheet = Sheet().body(*FILL).body("Так было.{1}").foot("{1} Вясна, https://a.by/gady", "i-ljudzi Агляд")
    last = sheet.spans[-2:]
    sheet.spans[-2] = Span(
        *[getattr(last[0], name) for name in ("text", "box", "size_pt", "baseline_pt")], link="https://a.by/gadyi-ljudzi"
    )
    tail = last[1]
    sheet.spans[-1] = Span(
        "i-ljudzi", Box(60, tail.box.y0, 100, tail.box.y1), NOTE, tail.baseline_pt, link="https://a.by/gadyi-ljudzi"
    )
    sheet.spans.append(Span("Агляд", Box(104, tail.box.y0, 140, tail.box.y1), NOTE, tail.baseline_pt))
    [note] = lay(sheet).notes
    assert note.text.endswith("https://a.by/gadyi-ljudzi Агляд")
    assert [citation.address for citation in note.citations] == ["https://a.by/gadyi-ljudzi"]


def test_notes_gathered_at_the_end_are_found_under_their_heading() -> None:
    composed = lay(
        Sheet(1).body(*FILL).body("Так было.{1} І так.{2}"),
        Sheet(2).line("Крыніцы", size=14, wide=False).line("1. Вясна, агляд.", gap=2).line("2. Там жа.", gap=2),
    )
    assert [(note.label, note.text, note.page, note.paired) for note in composed.notes] == [
        ("1", "Вясна, агляд.", 2, True),
        ("2", "Там жа.", 2, True),
    ]


def court_files(data: Path) -> list[Path]:
    """Six court papers, chosen by name only."""
    return sorted((data / "pdf_reports" / "iachr").glob("*.pdf"))[::16]


def test_real_court_papers_lose_no_note_and_no_marker(data: Path) -> None:
    from archive.formats.pdf import read_pdf

    markers = paired = notes = gaps = 0
    for path in court_files(data):
        reading = read_pdf(path.read_bytes())
        composed = compose(Reading(format=reading.format, pages=reading.pages[:25]))
        found = [marker for passage in composed.passages for marker in passage.markers]
        numbers = {int(note.label) for note in composed.notes if note.label.isdigit()}
        markers += len(found)
        paired += sum(marker.note is not None for marker in found)
        notes += len(composed.notes)
        gaps += len(set(range(1, max(numbers, default=0) + 1)) - numbers)
    assert notes >= 100
    assert gaps <= 0.02 * notes
    assert paired >= 0.98 * markers


@pytest.mark.parametrize("name", ["2014_adm-report", "2014_ej-report"])
def test_a_real_report_has_every_marker_and_every_address_of_its_truth(data: Path, name: str) -> None:
    import json

    from archive.address import normalise
    from archive.formats.pdf import read_pdf

    folder = data / "pdf_reports" / "ovdinfo" / name
    nodes = json.loads((folder / "content.json").read_text(encoding="utf-8"))["nodes"].values()
    references = [node for node in nodes if node["type"] in {"citation_reference", "remark_reference"}]
    addresses = {normalise(node["url"]) for node in nodes if node["type"] == "web_resource" and node.get("url")}
    composed = compose(read_pdf((folder / "report.pdf").read_bytes()))
    assert sum(len(passage.markers) for passage in composed.passages) == len(references)
    assert {citation.address for note in composed.notes for citation in note.citations if citation.address} == addresses


@pytest.mark.parametrize(
    ("labels", "written", "size"),
    [
        pytest.param(("i", "ii"), "{{{}}} ", BODY, id="raised-roman-numbers-in-the-body-s-type"),
        pytest.param(("i", "ii"), "{} ", NOTE, id="roman-numbers-in-smaller-type"),
        pytest.param(("1", "2"), "{}. ", NOTE, id="numbers-in-smaller-type"),
    ],
)
def test_notes_at_the_end_are_found_by_the_order_of_their_labels(labels: tuple[str, str], written: str, size: float) -> None:
    first, second = labels
    text = Sheet(1).body(*FILL).body(f"Так было{{{first}}} учора і сёння.{{{second}}}").body(*FILL)
    end = Sheet(2).line(written.format(first) + "Вясна, «Агляд».", size=size, wide=False)
    end.line("Другі радок той самай заўвагі.", size=size, wide=False).line(
        written.format(second) + "Тамсама.", size=size, wide=False
    )
    composed = lay(text, end)
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [
        (first, "Вясна, «Агляд». Другі радок той самай заўвагі.", True),
        (second, "Тамсама.", True),
    ]
    assert [(marker.label, marker.note) for marker in composed.passages[1].markers] == [(first, 0), (second, 1)]


def test_a_note_at_the_end_whose_marker_is_nowhere_stands_for_itself() -> None:
    text = Sheet(1).body(*FILL).body("Так было{1} учора,{2} сёння{4} і заўсёды.{5}").body(*FILL)
    end = Sheet(3)
    for n in range(1, 6):
        end.line(f"{n}. Крыніца нумар {n}.", size=NOTE, wide=False)
    composed = lay(text, Sheet(2).body(*FILL), end)
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [
        (str(n), f"Крыніца нумар {n}.", n != 3) for n in range(1, 6)
    ]


def test_two_numbered_lines_in_the_type_of_the_text_are_no_notes_at_the_end() -> None:
    composed = lay(
        Sheet(1).body(*FILL).body("Так было{1} учора.{2}"),
        Sheet(2).body("1. Першае патрабаванне.").body("2. Другое патрабаванне."),
    )
    assert composed.notes == ()
    assert [problem.code for problem in composed.problems] == ["marker-without-note"] * 2


def test_a_marker_of_a_paragraph_over_two_pages_stands_on_its_own_page() -> None:
    first = (
        Sheet(1).body(*FILL).body("Учора было так,{1} а сёння ўсё пайшло інакш, бо людзі выйшлі на").foot("{1} Першая крыніца.")
    )
    second = Sheet(2).line("вуліцы горада і стаялі там да вечара.{1}", wide=False).body(*FILL).foot("{1} Другая крыніца.")
    composed = lay(first, second)
    assert body(composed)[1].endswith("выйшлі на вуліцы горада і стаялі там да вечара.")
    assert [marker.note for marker in composed.passages[1].markers] == [0, 1]


def test_columns_whose_lines_stand_at_different_heights_are_told_apart() -> None:
    page = Sheet()
    for at in range(12):
        for x, start, words in ((LEFT, 120.0, "левы"), (300.0, 127.0, "правы")):
            base = start + 13 * at
            page.spans.append(Span(f"{words} слупок радок {at}", Box(x, base - 8, x + 200, base + 2), BODY, base))
    text = " ".join(body(lay(page)))
    assert text.index("левы слупок радок 11") < text.index("правы слупок радок 0")


def test_a_note_far_below_the_text_may_be_in_its_type() -> None:
    sheet = Sheet().body(*FILL).body("Так было.{1}")
    sheet.y = 700.0
    composed = lay(sheet.line("1 Крыніца ў тым самым кеглі.", wide=False))
    assert [(note.label, note.text) for note in composed.notes] == [("1", "Крыніца ў тым самым кеглі.")]


def test_a_number_that_begins_a_line_of_a_note_is_not_the_label_of_a_later_one() -> None:
    sheet = Sheet().body(*FILL).body("Адно{1}, другое{2} і трэцяе.{3}")
    sheet.foot("1 Газета «Вясна», нумар за", "3 лютага, старонка 5.", "2 Тамсама.", "3 Агляд за год.")
    assert [(note.label, note.text) for note in lay(sheet).notes] == [
        ("1", "Газета «Вясна», нумар за 3 лютага, старонка 5."),
        ("2", "Тамсама."),
        ("3", "Агляд за год."),
    ]


def test_a_number_in_brackets_is_no_marker_where_markers_are_raised() -> None:
    composed = lay(Sheet().body(*FILL).body("Так напісана [1] у кнізе.{1}").foot("{1} Крыніца."))
    assert composed.passages[1].text == "Так напісана [1] у кнізе."
    assert len(composed.passages[1].markers) == 1


def test_a_marker_that_found_no_room_on_its_line_belongs_to_the_word_before() -> None:
    sheet = Sheet().body(*FILL).line("Усё гэта было запісана назіральнікамі ў горадзе.", gap=2.2)
    sheet.line("{1}Потым было ціха.", wide=False).foot("1 Крыніца.")
    passage = lay(sheet).passages[1]
    assert passage.text == "Усё гэта было запісана назіральнікамі ў горадзе. Потым было ціха."
    assert [(marker.label, marker.at, marker.note) for marker in passage.markers] == [("1", 48, 0)]


def test_a_raised_number_that_no_note_answers_is_text() -> None:
    composed = lay(
        Sheet(1)
        .body(*FILL)
        .body("Патэнт 1095735, МПК{7} B 64 G, і (x + y){2} як у формуле.")
        .body("Так было{1} учора.")
        .foot("{1} Крыніца.")
    )
    assert body(composed)[1] == "Патэнт 1095735, МПК7 B 64 G, і (x + y)2 як у формуле."
    assert [marker.label for passage in composed.passages for marker in passage.markers] == ["1"]
    assert composed.problems == ()
    (raised,) = [one for one in composed.geometry if one.marker is None and (one.passage, one.start) == (1, 19)]
    assert raised.end == 20


def test_a_printed_number_between_answered_ones_is_a_marker_without_a_note() -> None:
    composed = lay(Sheet(1).body(*FILL).body("Так было{1} учора{3} і сёння.{5}").foot("{1} Крыніца.", "{5} Іншая."))
    assert [(marker.label, marker.note) for passage in composed.passages for marker in passage.markers] == [
        ("1", 0),
        ("3", None),
        ("5", 1),
    ]
    assert [problem.code for problem in composed.problems] == ["marker-without-note"]


def test_two_raised_numbers_that_no_note_answers_stand_in_the_text_in_their_order() -> None:
    composed = lay(Sheet(1).body(*FILL).body("Клас МПК{7,9} і далей.").body("Так было{1} учора.").foot("{1} Крыніца."))
    assert body(composed)[1] == "Клас МПК7,9 і далей."


def test_a_bracket_that_the_file_cuts_from_its_label_is_no_part_of_it_nor_of_the_text() -> None:
    composed = lay(Sheet(1).body(*FILL).body("Так было{(*}) і сёння.").foot("{(*}) Крыніца."))
    assert body(composed)[1] == "Так было і сёння."
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [("*", "Крыніца.", True)]
    assert [marker.label for passage in composed.passages for marker in passage.markers] == ["*"]


def test_a_label_without_a_gap_before_a_date_is_the_number_that_comes_next() -> None:
    text = Sheet(1).body(*FILL).body("Так было{81} учора,{82} сёння{83} і заўсёды.{84}")
    composed = lay(text.foot("81Першая крыніца.", "828/20/16, паведамленне.", "83@spring96, запіс.", "842024 год."))
    assert [(note.label, note.text, note.paired) for note in composed.notes] == [
        ("81", "Першая крыніца.", True),
        ("82", "8/20/16, паведамленне.", True),
        ("83", "@spring96, запіс.", True),
        ("84", "2024 год.", True),
    ]


def test_a_short_line_that_ends_in_a_marker_ends_its_paragraph() -> None:
    sheet = Sheet().body(*FILL).line("Усё гэта было запісана назіральнікамі ў горадзе", gap=2.2)
    sheet.line("на працягу дня.{1}", wide=False).line("Потым было ціха, і ніхто не выходзіў на вуліцу да раніцы").foot(
        "{1} Крыніца."
    )
    assert len(body(lay(sheet))) == 3
