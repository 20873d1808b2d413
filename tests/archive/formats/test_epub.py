"""Books come in whole, in the order of their spine, notes joined across files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from archive import words
from archive.errors import DamagedFile, PasswordWanted
from archive.footnotes.compose import compose
from archive.formats.parsing import parse
from archive.formats.reader import Reader
from archive.model.document import Format, PassageKind

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
METADATA = """<dc:title id="t">Год</dc:title><dc:creator>А. Б.</dc:creator><dc:creator>В. Г.</dc:creator><dc:publisher>Дом</dc:publisher>
<dc:date opf:event="creation">2001-01-01</dc:date><dc:date opf:event="publication">2024-05-06</dc:date><dc:language>be</dc:language><dc:subject>права</dc:subject>"""
Pack = Callable[[Mapping[str, str | bytes]], bytes]


@pytest.fixture
def book(pack: Pack) -> Callable[..., bytes]:
    """Makes a book of files by name, in the order of its spine; ``aside`` are those out of the linear order."""

    def make(files: Mapping[str, str], *, aside: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> bytes:
        names = [*files, *named]
        items = "".join(
            f'<item id="i{place}" href="{name}" media-type="application/xhtml+xml"/>' for place, name in enumerate(names)
        )
        spine = "".join(
            f'<itemref idref="i{place}"{" linear=" + chr(34) + "no" + chr(34) if name in aside else ""}/>'
            for place, name in enumerate(names)
        )
        package = (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{METADATA}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
        )
        pages = {
            f"OEBPS/{name}": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{inside}</body></html>'
            for name, inside in files.items()
        }
        return pack({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package, **pages})

    return make


def test_notes_of_epub_3_in_another_file_are_joined(book: Callable[..., bytes]) -> None:
    files = {
        "notes.xhtml": '<aside epub:type="footnote" id="n1"><p>See the list.</p></aside><aside epub:type="footnote" id="n2"><p>And this.</p></aside>',
        "one.xhtml": '<h1>One</h1><p>It grew.<a epub:type="noteref" href="notes.xhtml#n1">1</a></p>',
        "two.xhtml": '<p>It shrank.<a epub:type="noteref" href="notes.xhtml#n2">2</a></p>',
    }
    reading = parse(book(files, aside=("notes.xhtml",)))
    assert reading.format is Format.EPUB
    composed = compose(reading)
    assert [(one.label, one.text, one.confidence) for one in composed.notes] == [
        ("1", "See the list.", 1.0),
        ("2", "And this.", 1.0),
    ]
    assert [(passage.kind, passage.text) for passage in composed.passages[:3]] == [
        (PassageKind.HEADING, "One"),
        (PassageKind.PARAGRAPH, "It grew."),
        (PassageKind.PARAGRAPH, "It shrank."),
    ]


def test_links_that_lead_there_and_back_in_epub_2_are_notes(book: Callable[..., bytes]) -> None:
    files = {
        "one.xhtml": '<p>It grew.<sup><a id="r1" href="end.xhtml#n1">1</a></sup></p>',
        "two.xhtml": '<p>It shrank.<sup><a id="r1" href="end.xhtml#n2">1</a></sup></p>',
        "end.xhtml": '<p><a id="n1" href="one.xhtml#r1">1</a> First.</p><p><a id="n2" href="two.xhtml#r1">1</a> Second.</p>',
    }
    composed = compose(parse(book(files)))
    assert [(one.text, one.paired) for one in composed.notes] == [("First.", True), ("Second.", True)]
    assert [passage.markers[0].note for passage in composed.passages[:2]] == [0, 1]


def test_the_package_document_is_what_a_book_states(book: Callable[..., bytes]) -> None:
    stated = parse(book({"one.xhtml": "<p>Text</p>"})).stated
    assert (stated.title, stated.authors, stated.publisher) == ("Год", ("А. Б.", "В. Г."), "Дом")
    assert (stated.published_on, stated.language, stated.topics) == ("2024-05-06", "be", ("права",))


def test_links_to_the_outside_stay_and_links_inside_lead_nowhere(book: Callable[..., bytes]) -> None:
    files = {
        "one.xhtml": '<p><a href="https://example.org/a">out</a> <a href="two.xhtml#x">in</a></p>',
        "two.xhtml": '<p id="x">Goal</p>',
    }
    block = parse(book(files)).blocks[0]
    assert [link.address_text for link in block.links] == ["https://example.org/a"]


def test_a_missing_file_is_said_and_a_badly_formed_one_is_read(book: Callable[..., bytes]) -> None:
    reading = parse(book({"one.xhtml": "<p>Unclosed &nbsp; <b>text"}, named=("gone.xhtml",)))
    assert "Unclosed" in reading.blocks[0].text
    assert [(problem.code, problem.detail) for problem in reading.problems] == [("parts-unreadable", "1")]


def test_a_book_without_its_package_is_damaged(pack: Pack) -> None:
    with pytest.raises(DamagedFile):
        parse(pack({"mimetype": "application/epub+zip", "a.xhtml": "<html/>"}))


def test_a_sealed_process_reads_a_book(book: Callable[..., bytes], reader: Reader) -> None:
    assert [block.text for block in reader.read(book({"one.xhtml": "<p>Sealed&nbsp;book</p>"})).blocks]


def test_a_note_that_is_a_file_of_its_own_is_joined(book: Callable[..., bytes]) -> None:
    files = {
        "one.xhtml": '<p>It grew.<a epub:type="noteref" href="n1.xhtml">1</a></p>',
        "n1.xhtml": "<p>See the list.</p>",
    }
    composed = compose(parse(book(files, aside=("n1.xhtml",))))
    assert [(one.text, one.paired) for one in composed.notes] == [("See the list.", True)]


NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Частка першая</text></navLabel><content src="one.xhtml"/>
<navPoint><navLabel><text>Пачатак</text></navLabel><content src="one.xhtml#b"/></navPoint></navPoint></navMap></ncx>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="landmarks"><ol><li><a href="one.xhtml">Text</a></li></ol></nav>
<nav epub:type="toc"><ol><li><a href="one.xhtml">Частка першая</a><ol><li><a href="one.xhtml#b">Пачатак</a></li></ol></li></ol></nav></body></html>"""


@pytest.mark.parametrize(
    ("contents", "item"),
    [
        (NCX, '<item id="ncx" href="toc" media-type="application/x-dtbncx+xml"/>'),
        (NAV, '<item id="nav" href="toc" properties="nav" media-type="application/xhtml+xml"/>'),
    ],
    ids=["ncx", "nav"],
)
def test_headings_that_only_the_table_of_contents_knows_are_headings(pack: Pack, contents: str, item: str) -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Some words.</p><p id="b"><span>Пачатак</span></p><p>More.</p></body></html>'
    package = (
        f'<package><manifest>{item}<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    reading = parse(
        pack({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package, "OEBPS/toc": contents, "OEBPS/one.xhtml": page})
    )
    assert [(block.kind.value, block.level, block.text) for block in reading.blocks] == [
        ("heading", 1, "Частка першая"),
        ("paragraph", 0, "Some words."),
        ("heading", 2, "Пачатак"),
        ("paragraph", 0, "More."),
    ]


def test_an_isbn_is_the_books_reference(pack: Pack) -> None:
    package = """<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:identifier>urn:uuid:1</dc:identifier><dc:identifier>urn:isbn:978-3-16-148410-0</dc:identifier></metadata>
<manifest><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"""
    whole = pack({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package, "OEBPS/one.xhtml": "<p>Text</p>"})
    assert parse(whole).stated.reference == "ISBN 978-3-16-148410-0"


LOCKED = """<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/>
<enc:CipherData><enc:CipherReference URI="OEBPS/{}"/></enc:CipherData></enc:EncryptedData></encryption>"""


def test_an_encrypted_book_says_so_and_hidden_fonts_do_not_matter(pack: Pack) -> None:
    package = '<package><manifest><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    parts = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package, "OEBPS/one.xhtml": "<p>Text</p>"}
    aes = LOCKED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "one.xhtml")
    with pytest.raises(PasswordWanted):
        parse(pack({**parts, "META-INF/encryption.xml": aes, "OEBPS/one.xhtml": bytes(range(256)) * 4}))
    font = LOCKED.format("http://www.idpf.org/2008/embedding", "one.xhtml")
    assert parse(pack({**parts, "META-INF/encryption.xml": font})).blocks[0].text == "Text"


@pytest.mark.parametrize(
    ("language", "promise"), [("en", "Nothing is wrong"), ("ru", "Сам файл исправен"), ("be", "Сам файл спраўны")]
)
def test_of_a_book_that_its_seller_locked_nobody_is_told_to_find_a_password(language: str, promise: str) -> None:
    words.choose_language(language)
    try:
        sentence = words.say("error-password-wanted", format="epub")
    finally:
        words.choose_language("en")
    assert promise in sentence
    assert "DRM" in sentence
    assert not any(word in sentence.lower() for word in ("password", "парол"))


def test_a_book_without_its_package_document_comes_in_by_the_names_of_its_pages(pack: Pack) -> None:
    pages = {f"c{number}.xhtml": f"<p>Chapter {number}.</p>" for number in (10, 2, 1)}
    reading = parse(pack({"mimetype": "application/epub+zip", "content.opf": "<package><broken", **pages}))
    assert [block.text for block in reading.blocks] == ["Chapter 1.", "Chapter 2.", "Chapter 10."]
    assert [problem.code for problem in reading.problems] == ["parts-unreadable"]
