"""Lines that are read from right to left."""

from __future__ import annotations

from archive.model.reading import Box, Span
from tests.archive.footnotes.test_layout import BODY, NOTE, RAISED, Sheet, body, lay


def turned(sheet: Sheet, *parts: str, size: float = BODY, gap: float = 1.2) -> Sheet:
    """A line whose parts stand one to the left of the other, as they are read; ``{1}`` raises a label."""
    sheet.y += gap * size
    x = 500.0
    for part in parts:
        own, base = (RAISED * size / BODY, sheet.y - 0.4 * size) if part.startswith("{") else (size, sheet.y)
        words = part.strip("{}")
        left = x - 0.5 * own * len(words)
        sheet.spans.append(Span(words, Box(left, base - own * 0.8, x, base + own * 0.2), own, base))
        x = left
    return sheet


def test_a_line_of_hebrew_is_read_from_right_to_left_and_its_marker_stands_behind_its_word() -> None:
    sheet = turned(Sheet(), "העיתון כתב על המשפט", "{1}", " והעיר שתקה", gap=2)
    turned(sheet, "ואחרי יומיים באו כולם אל הכיכר הגדולה של העיר ועמדו שם")
    sheet.y = 660.0
    composed = lay(turned(sheet, "{1}", " עיתון העיר, גיליון שני", size=NOTE))
    assert body(composed) == ["העיתון כתב על המשפט והעיר שתקה ואחרי יומיים באו כולם אל הכיכר הגדולה של העיר ועמדו שם"]
    assert [(marker.label, marker.at, marker.note) for marker in composed.passages[0].markers] == [("1", 19, 0)]
    assert [(note.label, note.text) for note in composed.notes] == [("1", "עיתון העיר, גיליון שני")]


def test_what_is_written_from_left_to_right_in_such_a_line_keeps_its_order() -> None:
    sheet = turned(Sheet(), "הארגון")
    for x, words in ((390.0, "Viasna"), (428.0, "1996")):
        sheet.spans.append(Span(words, Box(x, sheet.y - 8, x + 34, sheet.y + 2), BODY, sheet.y))
    sheet.spans.append(Span("כתב על המשפט בעיר", Box(270, sheet.y - 8, 386, sheet.y + 2), BODY, sheet.y))
    assert body(lay(sheet)) == ["הארגון Viasna 1996 כתב על המשפט בעיר"]


def test_a_label_far_to_the_left_of_such_a_line_is_read_first() -> None:
    sheet = turned(Sheet(), "העיתון כתב על המשפט", "{1}", " והעיר שתקה", gap=2)
    sheet.y = 660.0
    turned(sheet, "עיתון העיר, גיליון שני", size=NOTE)
    sheet.spans.append(Span("1", Box(60, sheet.y - 6, 64, sheet.y + 2), NOTE, sheet.y))
    assert [(note.label, note.text, note.paired) for note in lay(sheet).notes] == [("1", "עיתון העיר, גיליון שני", True)]


def test_a_short_last_line_of_such_a_paragraph_ends_it() -> None:
    sheet = turned(Sheet(), "ואחרי יומיים באו כולם אל הכיכר הגדולה של העיר ועמדו שם", gap=2)
    turned(sheet, "עד הערב.")
    turned(sheet, "ובבוקר חזרו הביתה ושתקו, כי לא היה להם עוד מה לומר שם")
    assert len(body(lay(sheet))) == 2


def test_a_first_line_that_stands_further_in_from_the_right_begins_a_paragraph() -> None:
    sheet = turned(Sheet(), "ואחרי יומיים באו כולם אל הכיכר הגדולה של העיר ועמדו שם בשקט", gap=2)
    turned(sheet, "עד הערב, ואיש מהם לא אמר מילה אחת ולא הלך אל ביתו בלילה הזה.")
    last = sheet.spans[-1].box.x0
    turned(sheet, "ובבוקר חזרו הביתה ושתקו, כי לא היה להם מה לומר")
    own = sheet.spans.pop()
    sheet.spans.append(Span(own.text, Box(last, own.box.y0, 480, own.box.y1), BODY, own.baseline_pt))
    assert len(body(lay(sheet))) == 2


def test_notes_that_are_read_from_right_to_left_begin_at_one_right_edge() -> None:
    sheet = turned(Sheet(), "העיתון כתב על המשפט", "{1}", " והעיר שתקה", "{2}", gap=2)
    turned(sheet, "ואחרי יומיים באו כולם אל הכיכר הגדולה של העיר ועמדו שם")
    sheet.y = 660.0
    turned(sheet, "1", " עיתון העיר, גיליון של", size=NOTE)
    sheet.y += 10
    for right, words in ((492.0, "חודש יולי, עמוד"), (500.0, "יומן המשפט")):
        for text, x1 in (("2", right), (words, right - 8)):
            sheet.spans.append(Span(text, Box(x1 - 4 * len(text), sheet.y - 6, x1, sheet.y + 2), NOTE, sheet.y))
        sheet.y += 10
    assert [(note.label, note.text) for note in lay(sheet).notes] == [
        ("1", "עיתון העיר, גיליון של 2 חודש יולי, עמוד"),
        ("2", "יומן המשפט"),
    ]


def test_a_raised_label_far_to_the_right_of_its_note_is_found() -> None:
    sheet = turned(Sheet(), "העיתון כתב על המשפט", "{1}", " והעיר שתקה", gap=2)
    turned(sheet, "ואחרי יומיים באו כולם אל הכיכר הגדולה של העיר ועמדו שם")
    sheet.y = 660.0
    turned(sheet, "עיתון העיר, גיליון שני", size=NOTE)
    sheet.spans.append(Span("1", Box(520, sheet.y - 9, 524, sheet.y - 4), 5.0, sheet.y - 3.4))
    assert [(note.label, note.text, note.paired) for note in lay(sheet).notes] == [("1", "עיתון העיר, גיליון שני", True)]
