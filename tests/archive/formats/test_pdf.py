"""PDF: where every word stands, how large it is, and where it leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument
from pytestqt.qtbot import QtBot

from archive.errors import DamagedFile, EmptyFile, PasswordWanted
from archive.formats.pdf import read_pdf
from archive.model.document import Problem
from archive.model.reading import OutlineEntry, Page

SmallPdf = Callable[..., bytes]


def only(data: bytes) -> Page:
    """The one page of ``data``."""
    (page,) = read_pdf(data).pages
    return page


def test_a_line_is_a_span_with_its_size_and_place(small_pdf: SmallPdf) -> None:
    page = only(small_pdf([[(20, 350, 12, "People of the country"), (20, 330, 12, "had a choice.", "F2")]]))
    assert (page.number, page.width_pt, page.height_pt) == (1, 300, 400)
    first, second = page.spans
    assert first.text.strip() == "People of the country"
    assert (first.size_pt, first.baseline_pt, first.is_bold, first.is_italic) == (12, 50, False, False)
    assert first.box.x0 == pytest.approx(20, abs=1)
    assert first.box.y0 < first.baseline_pt < first.box.y1
    assert (second.text, second.baseline_pt, second.is_bold, second.font) == ("had a choice.", 70, True, "Helvetica-Bold")


def test_a_raised_number_is_a_span_of_its_own(small_pdf: SmallPdf) -> None:
    page = only(small_pdf([[(20, 350, 12, "ill-treatment."), (95, 355, 7, "12"), (103, 350, 12, " The situation")]]))
    assert [(span.text.strip(), span.size_pt) for span in page.spans] == [
        ("ill-treatment.", 12),
        ("12", 7),
        ("The situation", 12),
    ]
    assert page.spans[1].baseline_pt < page.spans[0].baseline_pt


def test_words_of_one_line_are_joined_with_their_spaces(small_pdf: SmallPdf) -> None:
    page = only(small_pdf([[(20, 350, 10, "One"), (42, 350, 10, "two"), (62, 350, 10, "three"), (200, 350, 10, "far")]]))
    assert [span.text for span in page.spans] == ["One two three ", "far"]


def test_a_change_of_font_begins_a_span(small_pdf: SmallPdf) -> None:
    page = only(small_pdf([[(20, 350, 10, "See "), (40, 350, 10, "The report", "F3")]]))
    assert [(span.text.strip(), span.is_italic) for span in page.spans] == [("See", False), ("The report", True)]


def test_a_link_covers_the_words_under_it(small_pdf: SmallPdf) -> None:
    page = only(small_pdf([[(20, 350, 10, "See here now")]], links=[(40, 345, 61, 362, "https://example.org/a_b")]))
    assert [(span.text.strip(), span.link) for span in page.spans] == [
        ("See", None),
        ("here", "https://example.org/a_b"),
        ("now", None),
    ]


@pytest.mark.parametrize(
    ("rotate", "width", "height", "x", "baseline"),
    [(0, 300, 400, 20, 50), (90, 400, 300, 350, None), (180, 300, 400, 280, 350), (270, 400, 300, 50, None)],
)
def test_coordinates_are_those_of_the_page_as_it_is_seen(
    small_pdf: SmallPdf, rotate: int, width: float, height: float, x: float, baseline: float | None
) -> None:
    page = only(small_pdf([[(20, 350, 12, "Turned")]], rotate=rotate))
    (span,) = page.spans
    assert (page.width_pt, page.height_pt) == (width, height)
    assert 0 <= span.box.x0 <= span.box.x1 <= width
    assert 0 <= span.box.y0 <= span.box.y1 <= height
    edge = {0: span.box.x0, 90: span.box.x0, 180: span.box.x1, 270: span.box.x1}[rotate]
    assert edge == pytest.approx(x, abs=4)
    if baseline is not None:
        assert span.baseline_pt == baseline


def test_pages_are_numbered_and_keep_their_printed_label(small_pdf: SmallPdf) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>"
    pages = read_pdf(small_pdf([[(20, 350, 9, "a")], [(20, 350, 9, "b")], [(20, 350, 9, "c")]], labels=labels)).pages
    assert [(page.number, page.label) for page in pages] == [(1, "i"), (2, "1"), (3, "2")]


def test_what_the_file_states_is_read_and_a_title_that_is_a_file_name_is_not(small_pdf: SmallPdf) -> None:
    page = [[(20, 350, 9, "a")]]
    assert read_pdf(small_pdf(page, title="No end in sight")).stated.title == "No end in sight"
    assert read_pdf(small_pdf(page, title="Microsoft Word - report_final2.doc")).stated.title is None
    assert read_pdf(small_pdf(page, title="report.indd")).stated.title is None


def test_pages_without_text_are_said(small_pdf: SmallPdf) -> None:
    text = [(20, 350, 9, "a")]
    assert read_pdf(small_pdf([text, [], [], text, []])).problems == (Problem("page-without-text", "2-3, 5"),)
    assert read_pdf(small_pdf([[], []])).problems == (Problem("no-text-layer", "2"),)


def test_cyrillic_of_an_embedded_font_is_read(qtbot: QtBot) -> None:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    document = QTextDocument()
    document.setHtml("<p>Праваабаронцы затрыманыя<sup>7</sup> у Мінску. <b>Ўсё</b> — ціха.</p>")
    document.print_(writer)
    del writer
    buffer.close()
    spans = only(bytes(store.data())).spans
    text = "".join(span.text for span in spans)
    assert "Праваабаронцы затрыманыя" in text
    assert "Ўсё" in text
    (raised,) = [span for span in spans if span.text.strip() == "7"]
    assert raised.size_pt < spans[0].size_pt
    assert raised.baseline_pt < spans[0].baseline_pt


def test_a_text_layer_of_accented_letters_is_the_cyrillic_that_was_meant(small_pdf: SmallPdf) -> None:
    meant = "Права человека и гражданина защищены законом"
    data = small_pdf([[(20, 350, 9, meant.encode("cp1251").decode("latin-1"))]])
    with_encoding = data.replace(b"/BaseFont /Helvetica >>", b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    reading = read_pdf(with_encoding)
    assert "".join(span.text for span in reading.pages[0].spans).strip() == meant
    assert reading.problems == (Problem("text-layer-mended", "windows-1251"),)


def test_a_text_layer_in_the_order_of_tex_is_told_from_windows_1251(small_pdf: SmallPdf) -> None:
    written = (
        "\xbe\xcf\xf0\xe0\xe2\xe0\xbf \xea\xf0\xe0\xa8\xed\xe8 \xe7\xe0\xf5\xe8\xf9\xe5\xedi \xbe\xc7\xe0\xea\xee\xed\xee\xec\xbf"
    )
    data = small_pdf([[(20, 350, 9, written)]])
    with_encoding = data.replace(b"/BaseFont /Helvetica >>", b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    reading = read_pdf(with_encoding)
    assert "".join(span.text for span in reading.pages[0].spans).strip() == "«Права» країни захищені «Законом»"


def test_the_outline_of_a_file_is_read_with_its_levels_and_pages(small_pdf: SmallPdf) -> None:
    second = "<< /Title (Method) /Dest [1 /Fit] >>"
    outline = f"/Outlines << /First << /Title (Report) /Dest [0 /Fit] /First {second} >> >>"
    data = small_pdf([[(20, 350, 9, "a")], [(20, 350, 9, "b")]], labels=outline)
    assert read_pdf(data).outline == (OutlineEntry("Report", 1, 1), OutlineEntry("Method", 2, 2))


def test_letters_that_are_objects_of_their_own_are_one_span(small_pdf: SmallPdf) -> None:
    word = [(20 + 5.6 * at, 350, 10, letter) for at, letter in enumerate("bohead")]
    page = only(small_pdf([[*word, (20 + 5.6 * 6, 354, 6, "7")]]))
    assert [span.text.strip() for span in page.spans] == ["bohead", "7"]


def test_a_locked_a_damaged_and_an_empty_file_are_told_apart(small_pdf: SmallPdf) -> None:
    whole = small_pdf([[(20, 350, 9, "a")]])
    with pytest.raises(PasswordWanted):
        read_pdf(small_pdf([[(20, 350, 9, "a")]], is_encrypted=True))
    with pytest.raises(DamagedFile):
        read_pdf(whole[:40])
    with pytest.raises(EmptyFile):
        read_pdf(small_pdf([]))


@pytest.mark.parametrize(
    ("font", "codes", "shown"),
    [
        ("Symbol", "F0AE F0B3 F061", "→≥α"),
        ("ABCDEF+SymbolMT,Bold", "F0B7 F044 F0F2", "•Δ∫"),
        ("Wingdings-Regular", "F0E0 F0FC F0A7", "→✓▪"),
        ("Barcode39", "F031 F032 F033", "\uf031\uf032\uf033"),
    ],
)
def test_signs_of_symbol_fonts_are_what_they_show(small_pdf: SmallPdf, font: str, codes: str, shown: str) -> None:
    rows = "\n".join(f"<{ord(letter):02X}> <{code}>" for letter, code in zip("abc", codes.split(), strict=True))
    said = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> "
        f"endcodespacerange 3 beginbfchar {rows} endbfchar endcmap end end"
    )
    table = f"90 0 obj\n<< /Length {len(said)} >>\nstream\n{said}\nendstream\nendobj\n".encode()
    data = small_pdf([[(20, 350, 9, "abc")]]).replace(
        b"/BaseFont /Helvetica >>", f"/BaseFont /{font} /ToUnicode 90 0 R >>".encode()
    )
    page = only(data.replace(b"xref\n0", table + b"xref\n0", 1))
    assert "".join(span.text for span in page.spans).strip() == shown
