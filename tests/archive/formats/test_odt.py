"""OpenDocument texts come in as they would be printed, their notes with the labels that are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from archive.errors import PasswordWanted
from archive.footnotes.compose import compose
from archive.formats.parsing import parse
from archive.formats.reader import Reader
from archive.model.document import Format, PassageKind

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("meta", "meta"), ("fo", "xsl-fo-compatible"))
)  # fmt: skip
STYLES = (
    '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T2"><style:text-properties fo:font-style="italic"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>'
)
Pack = Callable[[Mapping[str, str | bytes]], bytes]


def note(label: str, text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
    )


def flat(body: str, meta: str = "") -> str:
    return (
        f'<?xml version="1.0"?><office:document {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta>{meta}</office:meta><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


@pytest.fixture(params=["packed", "flat"])
def odt(request: pytest.FixtureRequest, pack: Pack) -> Callable[..., bytes]:
    """Makes a text of a body, packed or in one XML file."""

    def make(body: str, meta: str = "") -> bytes:
        if request.param == "flat":
            return flat(body, meta).encode()
        return pack({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": flat(body),
            "meta.xml": f'<office:document-meta {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta></office:document-meta>',
        })  # fmt: skip

    return make


def test_notes_stand_where_they_were_set_and_keep_their_labels(odt: Callable[..., bytes]) -> None:
    body = f"<text:p>Спіс вырас.{note('1', 'Гл. спіс.')} Яго не лічылі.{note('i', 'У канцы.', 'endnote')}{note('*', 'Зорка.')}</text:p>"
    reading = parse(odt(body))
    assert reading.format is Format.ODT
    composed = compose(reading)
    assert [(one.label, one.text, one.confidence) for one in composed.notes] == [
        ("1", "Гл. спіс.", 1.0),
        ("*", "Зорка.", 1.0),
        ("i", "У канцы.", 1.0),
    ]
    assert [(marker.at, marker.note) for marker in composed.passages[0].markers] == [(11, 0), (26, 2), (26, 1)]


def test_changes_and_annotations_are_left_out_and_said(odt: Callable[..., bytes]) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Kept<office:annotation><text:p>a remark</text:p></office:annotation> text</text:p>"
    )
    reading = parse(odt(body))
    assert [block.text for block in reading.blocks] == ["Kept text"]
    assert {(problem.code, problem.detail) for problem in reading.problems} == {
        ("deletions-left-out", "1"),
        ("comments-left-out", "1"),
    }


def test_headings_lists_tables_links_and_styles_are_kept(odt: Callable[..., bytes]) -> None:
    body = (
        '<text:h text:outline-level="2">What happened</text:h>'
        '<text:list text:style-name="L1"><text:list-item><text:p>first</text:p></text:list-item><text:list-item><text:p>second</text:p></text:list-item></text:list>'
        "<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Cases</text:p></table:table-cell></table:table-row></table:table>"
        '<text:p>see <text:a xlink:href="https://example.org/a">here</text:a><text:s text:c="3"/><text:span text:style-name="T2">in italics</text:span><text:span text:style-name="T1">7</text:span></text:p>'
    )
    blocks = parse(odt(body)).blocks
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (PassageKind.HEADING, 2, "What happened"),
        (PassageKind.LIST_ITEM, 1, "1. first"),
        (PassageKind.LIST_ITEM, 1, "2. second"),
        (PassageKind.TABLE, 0, "Year\tCases"),
        (PassageKind.PARAGRAPH, 0, "see here in italics"),
    ]
    assert [(link.start, link.end, link.address_text) for link in blocks[4].links] == [(4, 8, "https://example.org/a")]
    assert [(style.start, style.end) for style in blocks[4].styles] == [(9, 19)]
    assert [(marker.label, marker.at) for marker in blocks[4].markers] == [("7", 19)]


def test_the_metadata_is_what_the_file_states(odt: Callable[..., bytes]) -> None:
    meta = "<dc:title>Агляд</dc:title><meta:initial-creator>А. Б.</meta:initial-creator><dc:language>be-BY</dc:language><meta:keyword>восень</meta:keyword>"
    stated = parse(odt("<text:p>x</text:p>", meta)).stated
    assert (stated.title, stated.authors, stated.language, stated.topics) == ("Агляд", ("А. Б.",), "be", ("восень",))


def test_an_encrypted_text_wants_its_password(pack: Pack) -> None:
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\x00\x01\x02",
        "META-INF/manifest.xml": "<manifest><file-entry><encryption-data/></file-entry></manifest>",
    }
    with pytest.raises(PasswordWanted):
        parse(pack(parts))


def test_a_sealed_process_reads_an_open_document(odt: Callable[..., bytes], reader: Reader) -> None:
    assert [block.text for block in reader.read(odt("<text:p>Sealed</text:p>")).blocks] == ["Sealed"]
