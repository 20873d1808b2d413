"""Word files come in as they would be printed, their notes where the author set them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from archive.footnotes.compose import compose
from archive.formats.parsing import parse
from archive.formats.reader import Reader
from archive.model.document import Format, PassageKind
from archive.model.reading import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
Pack = Callable[[Mapping[str, str | bytes]], bytes]

STYLES = """<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Our subheading"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="character" w:styleId="Ref"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>"""
NUMBERING = """<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inside)}</w:p>"


def footnote_at(identifier: int, *, mark: str = "", kind: str = "footnote") -> str:
    custom = ' w:customMarkFollows="1"' if mark else ""
    return f'<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:{kind}Reference w:id="{identifier}"{custom}/>{f"<w:t>{mark}</w:t>" if mark else ""}</w:r>'


def note(identifier: int, *paragraphs: str, kind: str = "footnote", sign: str = "") -> str:
    own = sign or f"<w:r><w:{kind}Ref/></w:r>"
    inside = "".join(f"<w:p>{own if not place else ''}{text}</w:p>" for place, text in enumerate(paragraphs))
    return f'<w:{kind} w:id="{identifier}">{inside}</w:{kind}>'


@pytest.fixture
def word(pack: Pack) -> Callable[..., bytes]:
    """Makes a DOCX of a body, footnotes and endnotes."""

    def make(
        body: str,
        *,
        footnotes: str = "",
        endnotes: str = "",
        settings: str = "",
        links: str = "",
        core: str = "",
        namespace: str = W,
    ) -> bytes:
        def part(name: str, inside: str) -> str:
            return f'<w:{name} xmlns:w="{namespace}" xmlns:r="{R}">{inside}</w:{name}>'

        kinds = ("styles", "numbering", "footnotes", "endnotes", "settings")
        relations = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in kinds)
        return pack({
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}{links}</Relationships>',
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": part("styles", STYLES),
            "word/numbering.xml": part("numbering", NUMBERING),
            "word/footnotes.xml": part("footnotes", '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>' + footnotes),
            "word/endnotes.xml": part("endnotes", endnotes),
            "word/settings.xml": part("settings", settings),
            "docProps/core.xml": core or "<nothing/>",
        })  # fmt: skip

    return make


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.note_label is None]


def test_a_footnote_stands_where_its_author_set_it(word: Callable[..., bytes]) -> None:
    body = paragraph(run("The list grew."), footnote_at(2), run(" Nobody counted."), footnote_at(3))
    reading = parse(word(body, footnotes=note(3, run("Second.")) + note(2, run("See the") + run(" first."))))
    assert reading.format is Format.DOCX
    composed = compose(reading)
    assert [(one.label, one.text, one.confidence) for one in composed.notes] == [
        ("1", "See the first.", 1.0),
        ("2", "Second.", 1.0),
    ]
    assert [(marker.at, marker.note) for marker in composed.passages[0].markers] == [(14, 0), (30, 1)]
    assert composed.passages[0].text == "The list grew. Nobody counted."


def test_endnotes_are_counted_apart_and_stand_last(word: Callable[..., bytes]) -> None:
    body = paragraph(run("A"), footnote_at(1, kind="endnote"), run(" b"), footnote_at(1))
    composed = compose(parse(word(body, footnotes=note(1, run("Foot.")), endnotes=note(1, run("End."), kind="endnote"))))
    assert [(one.label, one.text) for one in composed.notes] == [("1", "Foot."), ("i", "End.")]
    assert [marker.note for marker in composed.passages[0].markers] == [1, 0]


def test_a_mark_that_the_author_chose_is_the_label(word: Callable[..., bytes]) -> None:
    body = paragraph(run("Word"), footnote_at(4, mark="**"), run(" and more"), footnote_at(5))
    composed = compose(parse(word(body, footnotes=note(4, run(" Starred."), sign=run("**")) + note(5, run("Counted.")))))
    assert [(one.label, one.text) for one in composed.notes] == [("**", "Starred."), ("1", "Counted.")]
    assert composed.passages[0].text == "Word and more"


def test_a_raised_mark_in_several_runs_is_one_mark_in_the_text_and_none_in_the_note(word: Callable[..., bytes]) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = paragraph(run("Word"), footnote_at(4, mark="I"), run("I", raised), run(" and more"))
    notes = note(4, run("Text."), sign=run("I", raised) + run("I", raised))
    composed = compose(parse(word(body, footnotes=notes)))
    assert [(one.label, one.text) for one in composed.notes] == [("II", "Text.")]
    assert composed.passages[0].text == "Word and more"


def test_footnotes_begin_anew_in_every_section(word: Callable[..., bytes]) -> None:
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="upperLetter"/><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = paragraph(run("One"), footnote_at(1), properties=section) + paragraph(run("Two"), footnote_at(2)) + section
    composed = compose(parse(word(body, footnotes=note(1, run("First.")) + note(2, run("Second.")))))
    assert [(one.label, one.text, one.paired) for one in composed.notes] == [("A", "First.", True), ("A", "Second.", True)]
    assert [passage.markers[0].note for passage in composed.passages[:2]] == [0, 1]


def test_a_note_of_several_paragraphs_is_one_note(word: Callable[..., bytes]) -> None:
    composed = compose(parse(word(paragraph(run("A"), footnote_at(1)), footnotes=note(1, run("First."), run("Second.")))))
    assert [one.text for one in composed.notes] == ["First.\nSecond."]


def test_what_was_struck_out_is_left_out_with_its_note_and_said(word: Callable[..., bytes]) -> None:
    body = paragraph(
        run("Kept "), f"<w:del><w:r><w:delText>gone</w:delText></w:r>{footnote_at(1)}</w:del>", f"<w:ins>{run('added')}</w:ins>"
    ) + paragraph(run("end"), footnote_at(2))
    reading = parse(word(body, footnotes=note(1, run("Gone note.")) + note(2, run("Kept note."))))
    assert texts(reading) == ["Kept added", "end"]
    assert [(block.note_label, block.text) for block in reading.blocks if block.note_label is not None] == [("1", "Kept note.")]
    assert [(problem.code, problem.detail) for problem in reading.problems] == [("deletions-left-out", "1")]


def test_a_paragraph_whose_end_was_struck_out_goes_on_in_the_next(word: Callable[..., bytes]) -> None:
    body = paragraph(run("One "), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("sentence."))
    assert texts(parse(word(body))) == ["One sentence."]


def test_headings_lists_and_tables_are_told_apart(word: Callable[..., bytes]) -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(paragraph(run('Year')))}{cell(paragraph(run('Cases')))}</w:tr><w:tr>{cell(paragraph(run('2021')))}{cell(paragraph(run('7'), footnote_at(1)))}</w:tr></w:tbl>"
    deeper = '<w:pStyle w:val="L"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>'
    body = (
        paragraph(run("What happened"), properties='<w:pStyle w:val="Sub"/>')
        + paragraph(run("first"), properties='<w:pStyle w:val="L"/>')
        + paragraph(run("inside"), properties=deeper)
        + paragraph(run("second"), properties='<w:pStyle w:val="L"/>')
        + table
    )
    blocks = parse(word(body, footnotes=note(1, run("Counted."))))
    assert [(block.kind, block.level, block.text) for block in blocks.blocks[:5]] == [
        (PassageKind.HEADING, 2, "What happened"),
        (PassageKind.LIST_ITEM, 1, "1. first"),
        (PassageKind.LIST_ITEM, 2, "1a) inside"),
        (PassageKind.LIST_ITEM, 1, "2. second"),
        (PassageKind.TABLE, 0, "Year\tCases\n2021\t7"),
    ]
    assert blocks.blocks[4].markers[0].at == len("Year\tCases\n2021\t7")


def test_links_come_from_relations_and_from_fields(word: Callable[..., bytes]) -> None:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = '<w:r><w:instrText> HYPERLINK "https://example.org/b" </w:instrText></w:r>'
    body = paragraph(
        f'<w:hyperlink r:id="x">{run("here")}</w:hyperlink>',
        run(" or "),
        sign("begin"),
        code,
        sign("separate"),
        run("there"),
        sign("end"),
    )
    links = f'<Relationship Id="x" Type="{R}/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
    block = parse(word(body, links=links)).blocks[0]
    assert block.text == "here or there"
    assert [(block.text[link.start : link.end], link.address_text) for link in block.links] == [
        ("here", "https://example.org/a"),
        ("there", "https://example.org/b"),
    ]


def test_hidden_text_and_field_codes_are_not_text(word: Callable[..., bytes]) -> None:
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(parse(word(paragraph(run("Seen"), run("unseen", "<w:vanish/>"), code, run(" 3"), end)))) == ["Seen 3"]


def test_words_in_bold_and_italics_keep_it_and_a_raised_number_is_a_marker(word: Callable[..., bytes]) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    block = parse(word(paragraph(run("A "), run("bold", "<w:b/>"), run(" one"), run("1", raised), run("2", raised)))).blocks[0]
    assert [(block.text[style.start : style.end], style.emphasis) for style in block.styles] == [("bold", "bold")]
    assert [(marker.label, marker.at) for marker in block.markers] == [("12", 10)]


def test_the_strict_form_is_read_too(word: Callable[..., bytes]) -> None:
    data = word(
        paragraph(run("Strict"), footnote_at(1)),
        footnotes=note(1, run("Note.")),
        namespace="http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert [one.text for one in compose(parse(data)).notes] == ["Note."]


def test_the_core_properties_are_what_the_file_states(word: Callable[..., bytes]) -> None:
    core = (
        '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Агляд</dc:title><dc:creator>А. Б.; В. Г.</dc:creator><p:keywords>восень, агляд</p:keywords><dc:language>be-BY</dc:language>"
        "</p:coreProperties>"
    )
    stated = parse(word(paragraph(run("Text")), core=core)).stated
    assert (stated.title, stated.authors, stated.topics, stated.language) == (
        "Агляд",
        ("А. Б.", "В. Г."),
        ("восень", "агляд"),
        "be",
    )


def test_a_list_of_sources_is_not_taken_for_the_notes_of_the_markup(word: Callable[..., bytes]) -> None:
    body = (
        paragraph(run("As shown, it grew."), footnote_at(1))
        + paragraph(run("References"), properties='<w:pStyle w:val="H2"/>')
        + paragraph(run("1. Smith, The Year."))
    )
    composed = compose(parse(word(body, footnotes=note(1, run("Real note.")))))
    assert [one.text for one in composed.notes] == ["Real note."]


def test_a_sealed_process_reads_it(word: Callable[..., bytes], reader: Reader) -> None:
    assert texts(reader.read(word(paragraph(run("Sealed"))), name="a.docx")) == ["Sealed"]
