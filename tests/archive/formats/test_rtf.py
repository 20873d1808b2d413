"""RTF comes in with its letters, whatever code page they are in, and its notes."""

from __future__ import annotations

import pytest

from archive.footnotes.compose import compose
from archive.formats.parsing import parse
from archive.formats.reader import Reader
from archive.formats.rtf import read_rtf
from archive.model.document import PassageKind

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"


def rtf(inside: str, head: str = "") -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252" + FONTS + STYLES + head + inside + "}").encode("ascii")


def hexadecimal(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def test_notes_stand_where_they_were_set() -> None:
    foot = r"{\super\chftn{\footnote\pard\plain{\super\chftn} See the list.}}"
    end = r"{\super\chftn{\footnote\ftnalt\pard\plain{\super\chftn} At the end.}}"
    star = r"{\super *{\footnote\pard\plain{\super *} Starred.}}"
    composed = compose(parse(rtf(rf"\pard The list grew.{foot} Nobody counted.{end} Really{star}.\par")))
    assert [(one.label, one.text, one.confidence) for one in composed.notes] == [
        ("1", "See the list.", 1.0),
        ("*", "Starred.", 1.0),
        ("1", "At the end.", 1.0),
    ]
    assert composed.passages[0].text == "The list grew. Nobody counted. Really."
    assert [(marker.at, marker.note) for marker in composed.passages[0].markers] == [(14, 0), (30, 2), (37, 1)]


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(r"\f1 " + hexadecimal("Беларусь", "cp1251"), id="code-page-of-the-font"),
        pytest.param("".join(f"\\u{ord(letter)}?" for letter in "Беларусь"), id="unicode"),
        pytest.param(
            r"\uc2" + "".join(f"\\u{ord(letter)}\\'3f\\'3f" for letter in "Беларусь"), id="unicode-with-two-letters-instead"
        ),
        pytest.param(
            r"{\upr{nothing}{\*\ud " + "".join(f"\\u{ord(letter)} ?" for letter in "Беларусь") + "}}", id="unicode-destination"
        ),
    ],
)
def test_letters_are_read_whatever_way_they_are_written(inside: str) -> None:
    assert [block.text for block in parse(rtf(rf"\pard {inside}\par")).blocks] == ["Беларусь"]


def test_a_letter_beyond_the_first_plane_comes_in_halves() -> None:
    assert parse(rtf(r"\u-10179?\u-8704?\par")).blocks[0].text == "😀"


def test_headings_lists_tables_links_and_styles_are_kept_in_rtf() -> None:
    blocks = parse(
        rtf(
            r"\pard\s1 What happened\par\pard{\listtext 1.\tab}first\par{\listtext\'b7\tab}second\par"
            r"\trowd\pard\intbl Year\cell Cases\cell\row\trowd\intbl 2021\cell 7\cell\row"
            r"\pard See {\field{\*\fldinst HYPERLINK "
            '"https://example.org/a"'
            r"}{\fldrslt here}} in {\i italics}{\super 7}.\par"
        )
    ).blocks
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (PassageKind.HEADING, 1, "What happened"),
        (PassageKind.LIST_ITEM, 1, "1. first"),
        (PassageKind.LIST_ITEM, 1, "second"),
        (PassageKind.TABLE, 0, "Year\tCases\n2021\t7"),
        (PassageKind.PARAGRAPH, 0, "See here in italics."),
    ]
    assert [(link.start, link.end, link.address_text) for link in blocks[4].links] == [(4, 8, "https://example.org/a")]
    assert [(style.start, style.end) for style in blocks[4].styles] == [(12, 19)]
    assert [(marker.label, marker.at) for marker in blocks[4].markers] == [("7", 19)]


def test_what_is_not_text_is_left_out() -> None:
    reading = parse(
        rtf(
            r"{\header Running}{\*\unknown secret}{\pict 0a0b\bin3 }{}}{\v hidden}{\deleted gone}"
            r"{\*\annotation a remark}Kept \{text\}\~here\_now\par",
            head=r"{\info{\title Agenda}{\author A. B.; C. D.}}",
        )
    )
    assert [block.text for block in reading.blocks] == ["Kept {text}\u00a0here\u2011now"]
    assert (reading.stated.title, reading.stated.authors) == ("Agenda", ("A. B.", "C. D."))
    assert {problem.code for problem in reading.problems} == {"deletions-left-out", "comments-left-out"}


@pytest.mark.parametrize("tail", ["", "{{{{", "}}}}", "\\", "\\'", "\\'zz", r"\bin99999999 ", r"\u", r"\footnote", r"{\footnote"])
def test_what_breaks_off_is_read_as_far_as_it_goes(tail: str, reader: Reader) -> None:
    reading = reader.read((r"{\rtf1 Whole.\par half" + tail).encode("ascii"))
    assert reading.blocks[0].text == "Whole."


def test_a_mark_of_the_authors_choice_is_no_part_of_its_note() -> None:
    body, note = parse(
        rb"{\rtf1{\*\pgdsctbl {\pgdsc0 Default Style;}}One{\super ${\*\footnote $\tab The note.}} two.\par}"
    ).blocks
    assert (body.text, [(marker.label, marker.at) for marker in body.markers]) == ("One two.", [("$", 3)])
    assert (note.text, note.note_label) == ("The note.", "$")


def test_a_table_of_styles_that_is_never_closed_does_not_swallow_the_text() -> None:
    reading = read_rtf(
        rb"{\rtf1{\fonttbl{\f0 A;}}{\stylesheet{\s0 Normal;}{\s1 Other\par\pard One\par Two{\super\chftn{\footnote\chftn Note}}\par}"
    )
    assert [block.text for block in reading.blocks] == ["One", "Two", "Note"]


def test_a_number_of_too_many_digits_leaves_none_of_them_in_the_text() -> None:
    assert read_rtf(rb"{\rtf1\s-4442765870052266095 One\par}").blocks[0].text == "One"
