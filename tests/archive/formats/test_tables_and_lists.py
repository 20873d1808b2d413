"""Tables, lists, captions, quotations and code of every marked-up format, case by case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from archive.formats.docx import read_docx
from archive.formats.html import read_html
from archive.formats.markdown import read_markdown
from archive.formats.odt import read_flat_odt
from archive.formats.packed import Packed
from archive.formats.rtf import read_rtf
from archive.model.document import Format
from archive.model.reading import Reading

Pack = Callable[[Mapping[str, str | bytes]], bytes]
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TWO, BEGUN = "<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def shown(reading: Reading) -> list[str]:
    """Kind (with its level), and text of every block."""
    return [f"{block.kind.value}{block.level or ''}: {block.text}" for block in reading.blocks]


HTML = {
    "a cell over two columns leaves the second empty": (
        "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
        ["table: a\t\tb\nc\td\te"],
    ),
    "a cell over two rows leaves the one below empty": (
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td rowspan=3>e<tr><td>f</table>",
        ["table: a\tb\n\tc\nd\te\nf"],
    ),
    "a cell over two rows and two columns": (
        "<table><tr><td>a<td colspan=2 rowspan=2>b<td>c<tr><td>d<td>e</table>",
        ["table: a\tb\t\tc\nd\t\t\te"],
    ),
    "a span that no table has is one": ("<table><tr><td colspan=x>a<td rowspan=-4>b<tr><td>c<td>d</table>", ["table: a\tb\nc\td"]),
    "line ends and paragraphs in a cell are spaces": (
        "<table><tr><td>a<br>b<td><p>c</p><p>d</p><tr><td><div>e</div><td><p></p></table>",
        ["table: a b\tc d\ne"],
    ),
    "a table in a table loses nothing": (
        "<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>",
        ["paragraph: a", "table: b\tc", "paragraph: d"],
    ),
    "what stands between the rows loses nothing": ("<table>x<tr>y<td>a<td>b</tr><p>z</p></table>", ["paragraph: x", "paragraph: z", "paragraph: y", "table: a\tb"]),
    "a list in a table that names its columns stays in its cell": (
        "<table><tr><th>Who<th>What<tr><td>A<td><ol><li>one<li>two</ol></table>",
        ["table: Who\tWhat\nA\t1. one 2. two"],
    ),
    "caption above a table": ("<table><caption>Of 2024</caption><tr><td>a<td>b</table>", ["caption: Of 2024", "table: a\tb"]),
    "start, value and reversed": (
        "<ol start=3><li>a<li value=7>b<li>c</ol><ol reversed><li>d<li>e</ol>",
        ["list_item1: 3. a", "list_item1: 7. b", "list_item1: 8. c", "list_item1: 2. d", "list_item1: 1. e"],
    ),
    "letters and roman numbers": (
        "<ol type=a><li>a<li>b</ol><ol type=I start=4><li>c</ol><ol style='list-style-type: lower-roman'><li>d</ol><ol style='list-style:none'><li>e</ol>",
        ["list_item1: a. a", "list_item1: b. b", "list_item1: IV. c", "list_item1: i. d", "list_item1: e"],
    ),
    "lists in lists": (
        "<ul><li>a<ol><li>b<ul><li>c</ul></ol></ul>",
        ["list_item1: a", "list_item2: 1. b", "list_item3: c"],
    ),
    "terms and what describes them": ("<dl><dt>Term<dd>Meaning<dd><p>Other</p></dl>", ["paragraph: Term", "list_item1: Meaning", "list_item1: Other"]),
    "descriptions without terms only set text in": ("<dl><dd>Answer</dl>", ["paragraph: Answer"]),
    "items as Word saves them": (
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span>b.</span> Two</p>",
        ["list_item2: b. Two"],
    ),
    "headings by their role": (
        "<div role=heading aria-level=3>Three</div><div role=heading>Two</div><h2 aria-level=9>Six</h2>",
        ["heading3: Three", "heading2: Two", "heading6: Six"],
    ),
    "a picture's description is a caption, once": (
        "<p>Text <img alt='A line before the prison gates'> goes on.</p><figure><img alt='The court house'><figcaption>The court house, 2021</figcaption></figure>",
        ["paragraph: Text goes on.", "caption: A line before the prison gates", "caption: The court house, 2021"],
    ),
    "pictures of which nothing is said": (
        "<p>T<img alt=''><img alt='IMG 2041.jpg'><img alt='Photo 3'><img alt='our logo'><img alt='a b'><img alt='Two guards' role=presentation></p>",
        ["paragraph: T"],
    ),
    "how a word is said stands in parentheses": ("<p><ruby>漢字<rt>kanji</rt></ruby> <ruby>x<rp>[</rp><rt>y</rt><rp>]</rp></ruby></p>", ["paragraph: 漢字 (kanji) x[y]"]),
    "abbreviations stand as they are printed": ("<p>The <abbr title='United Nations'>UN</abbr></p>", ["paragraph: The UN"]),
    "what can be unfolded is read": ("<details><summary>More</summary><p>Inside</p></details>", ["paragraph: More", "paragraph: Inside"]),
    "quotation marks of the language": ("<p>A <q>b</q></p><p lang=ru>А <q>б</q></p>", ["paragraph: A “b”", "paragraph: А «б»"]),
    "a quotation with its source": ("<blockquote><p>a</p><footer>b</footer></blockquote>", ["quotation: a", "quotation: b"]),
    "code keeps its lines": ("<pre><code>a\n  b</code></pre>", ["code: a\n  b"]),
    "a formula is said once": ("<p><math><mi>x</mi><annotation>\\mathrm{x}</annotation></math></p>", ["paragraph: x"]),
}  # fmt: skip


@pytest.mark.parametrize("case", HTML)
def test_web_pages(case: str) -> None:
    page, expected = HTML[case]
    assert shown(read_html(f"<body>{page}</body>")) == expected


def test_a_term_is_bold() -> None:
    assert [(style.start, style.end) for style in read_html("<dl><dt>Term<dd>x</dl>").blocks[0].styles] == [(0, 4)]


MARKDOWN = {
    "a line end in a cell is a space": ("| a | b |\n|---|---|\n| c<br>d | e |\n", ["table: a\tb\nc d\te"]),
    "a missing cell stays empty": ("| a | b | c |\n|---|---|---|\n| d | | e |\n", ["table: a\tb\tc\nd\t\te"]),
    "numbers as they are written": ("3) a\n4) b\n   - c\n", ["list_item1: 3) a", "list_item1: 4) b", "list_item2: c"]),
    "a description of a picture": ("![The court house](a.png)\n", ["paragraph: The court house"]),
    "a table of HTML": ("<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>\n", ["table: a\t\nb\tc"]),
}


@pytest.mark.parametrize("case", MARKDOWN)
def test_markdown(case: str) -> None:
    text, expected = MARKDOWN[case]
    assert shown(read_markdown(text)) == expected


def cell(text: str, properties: str = "") -> str:
    """A cell of a Word table."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in text.split("|"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def row(*cells: str) -> str:
    """A row of a Word table."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


DOCX = {
    "a cell over two columns": (
        f"<w:tbl>{row(cell('a', TWO), cell('b'))}{row(cell('c'), cell('d'), cell('e'))}</w:tbl>",
        ["table: a\t\tb\nc\td\te"],
    ),
    "a cell over two rows": (
        f"<w:tbl>{row(cell('a', BEGUN), cell('b'))}{row(cell('', '<w:vMerge/>'), cell('d'))}</w:tbl>",
        ["table: a\tb\n\td"],
    ),
    "a row that begins in the second column": (
        f"<w:tbl>{row(cell('a'), cell('b'))}<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('c')}</w:tr></w:tbl>",
        ["table: a\tb\n\tc"],
    ),
    "paragraphs and line ends in a cell": (
        f"<w:tbl>{row(cell('a|b'), '<w:tc><w:p><w:r><w:t>c</w:t><w:br/><w:t>d</w:t></w:r></w:p><w:p/></w:tc>', cell('e'))}</w:tbl>",
        ["table: a b\tc d\te"],
    ),
    "a table in a table loses nothing": (
        f"<w:tbl>{row('<w:tc><w:tbl>' + row(cell('a'), cell('b')) + '</w:tbl><w:p/></w:tc>', cell('c'))}</w:tbl>",
        ["table: a\tb", "paragraph: c"],
    ),
    "a described picture": (
        '<w:p><w:r><w:t>One</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="The court house in winter"/></wp:inline></w:drawing></w:r></w:p>',
        ["paragraph: One", "caption: The court house in winter"],
    ),
    "how a word is said": (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>kanji</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        ["paragraph: 漢字 (kanji)"],
    ),
    "a caption by its style": ("<w:p><w:pPr><w:pStyle w:val='Caption'/></w:pPr><w:r><w:t>Figure 1. Gates</w:t></w:r></w:p>", ["caption: Figure 1. Gates"]),
    "numbers that Word counts in cells": (
        "<w:tbl>" + "".join(
            f"<w:tr><w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p></w:tc>{cell(name)}</w:tr>" for name in "ab"
        ) + "</w:tbl>",
        ["table: 1.\ta\n2.\tb"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DOCX)
def test_word(case: str, pack: Pack) -> None:
    body, expected = DOCX[case]
    document = f"<w:document xmlns:w='{_WORD}' xmlns:wp='{_DRAWN}'><w:body>{body}</w:body></w:document>"
    styles = f"<w:styles xmlns:w='{_WORD}'><w:style w:type='paragraph' w:styleId='Caption'><w:name w:val='caption'/></w:style></w:styles>"
    numbering = (
        f"<w:numbering xmlns:w='{_WORD}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    relations = "".join(f"<Relationship Id='{name}' Type='{_R}/{name}' Target='{name}.xml'/>" for name in ("styles", "numbering"))
    related = f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{relations}</Relationships>"
    parts = {
        "word/_rels/document.xml.rels": related,
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": document,
        "word/styles.xml": styles,
        "word/numbering.xml": numbering,
    }
    assert shown(read_docx(Packed(pack(parts), kind=Format.DOCX))) == expected


ODT = {
    "a cell over two columns and one over two rows": (
        ("<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell table:number-columns-repeated='2'/>"
        "<table:table-cell><text:p>c</text:p><text:p>d<text:line-break/>e</text:p></table:table-cell></table:table-row></table:table>"),
        ["table: a\t\tb\n\t\tc d e"],
    ),
    "a list in a cell": (
        ("<table:table><table:table-row><table:table-cell><text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p>"
        "</text:list-item></text:list></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"),
        ["table: a b\tc"],
    ),
    "a table in a table loses nothing": (
        ("<table:table><table:table-row><table:table-cell><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"),
        ["table: a\tb", "paragraph: c"],
    ),
    "a described picture": (
        "<text:p>One<draw:frame><draw:image/><svg:title>Gates</svg:title><svg:desc>The gates of the prison</svg:desc></draw:frame></text:p><text:p>Two</text:p>",
        ["paragraph: One", "caption: The gates of the prison", "paragraph: Two"],
    ),
    "how a word is said": (
        "<text:p><text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>kanji</text:ruby-text></text:ruby></text:p>",
        ["paragraph: 漢字 (kanji)"],
    ),
    "a caption by its style": ("<text:p text:style-name='Illustration'>Figure 1</text:p>", ["caption: Figure 1"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ODT)
def test_open_document(case: str) -> None:
    body, expected = ODT[case]
    names = " ".join(
        f"xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    whole = f"<office:document {names}><office:body><office:text>{body}</office:text></office:body></office:document>"
    assert shown(read_flat_odt(whole.encode())) == expected


RTF = {
    "a cell that covers others": (
        r"\trowd\clmgf\cellx1\clmrg\cellx2\cellx3\intbl a\cell\cell b\cell\row\trowd\cellx1\cellx2\cellx3 c\cell d\cell e\cell\row\pard f\par",
        ["table: a\t\tb\nc\td\te", "paragraph: f"],
    ),
    "a line end and paragraphs in a cell": (
        r"\trowd\cellx1\cellx2\pard\intbl a\line b\cell c\par d\cell\row\pard\par",
        ["table: a b\tc d"],
    ),
    "a table in a table loses nothing": (
        r"\trowd\cellx1\cellx2\pard\intbl a\par\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}\pard\intbl\itap1\cell d\cell\row\pard\par",
        ["table: a b c\td"],
    ),
    "numbers as they are printed": (r"\pard{\listtext\tab iv)\tab}\ilvl1 a\par", ["list_item2: iv) a"]),
    "a caption by its style": (r"{\stylesheet{\s1 caption;}{\s2 Quote;}}\pard\s1 Figure 1\par\pard\s2 Said\par", ["caption: Figure 1", "quotation: Said"]),
}  # fmt: skip


@pytest.mark.parametrize("case", RTF)
def test_rtf(case: str) -> None:
    text, expected = RTF[case]
    assert shown(read_rtf(b"{\\rtf1\\ansi " + text.encode() + b"}")) == expected
