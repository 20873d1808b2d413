"""Pages of PDF files as pictures with what was found drawn over them: paragraphs, headings, list items and tables in boxes, notes and markers marked.

``python -m tests.benchmarks pages-drawn [NUMBER]`` writes so many pictures (20) into the folder that ``IBID_PICTURES`` names, for a person to look at.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

import pypdfium2.raw as pdfium
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen

from archive.footnotes.compose import compose
from archive.footnotes.feet import raised_labels
from archive.footnotes.layout import Laid, lay_out_lines
from archive.footnotes.lines import Line, is_raised
from archive.formats.pdf import read_pdf
from archive.model.document import PassageKind
from tests.benchmarks.notes import DATA

_SCALE = 1.6
_COLOURS = {
    PassageKind.PARAGRAPH: "#3b82f6",
    PassageKind.HEADING: "#dc2626",
    PassageKind.LIST_ITEM: "#9333ea",
    PassageKind.TABLE: "#ea580c",
    PassageKind.CAPTION: "#0d9488",
}
_NOTE, _MARKER = "#16a34a", "#e11d48"


def run(count: int = 20) -> None:
    """Write the pictures; the pages are taken evenly from all files that hold notes."""
    target = os.environ.get("IBID_PICTURES")
    if target is None or not DATA.is_dir():
        print("  IBID_PICTURES or IBID_DATA names no folder: skipped")
        return
    app = QGuiApplication.instance() or QGuiApplication(["drawn", "-platform", "offscreen"])
    files = sorted((DATA / "pdf_reports" / os.environ.get("IBID_PAGES_OF", "iachr")).rglob("*.pdf"))
    chosen = files[:: max(1, len(files) // count)][:count]
    for number, path in enumerate(chosen):
        page = draw(path, Path(target), part=(number + 0.5) / len(chosen))
        print(f"  {path.name}: page {page}")
    del app


def draw(path: Path, folder: Path, *, part: float) -> int:
    """Draw the page that lies ``part`` (0..1) of the way through the pages with notes of a file; the number of that page."""
    data = path.read_bytes()
    reading = read_pdf(data)
    laid = lay_out_lines(reading.pages)
    composed = compose(reading)
    with_notes = sorted({one.piece.page or 1 for one in laid if one.piece.is_foot}) or [page.number for page in reading.pages]
    number = with_notes[min(len(with_notes) - 1, int(part * len(with_notes)))]
    labels = {marker.label for passage in composed.passages for marker in passage.markers}
    picture = _picture(data, number - 1)
    painter = QPainter(picture)
    painter.scale(_SCALE, _SCALE)
    for place, one in enumerate(laid):
        _draw_piece(painter, one, [line for line in one.lines if line.page == number], labels, place)
    painter.end()
    picture.save(str(folder / f"{path.stem[:24]}-{number}.png"))
    return number


def _draw_piece(painter: QPainter, laid: Laid, lines: Sequence[Line], labels: set[str], place: int) -> None:
    if not lines:
        return
    block = laid.piece.block
    colour = QColor(_NOTE if laid.piece.is_foot else _COLOURS.get(block.kind, "#000000"))
    painter.setPen(QPen(colour, 0.8))
    boxes = [span.box for line in lines for span in line.spans]
    area = QRectF(min(box.x0 for box in boxes), min(box.y0 for box in boxes), 0, 0)
    area.setRight(max(box.x1 for box in boxes))
    area.setBottom(max(box.y1 for box in boxes))
    painter.drawRect(area)
    painter.setFont(QFont("DejaVu Sans", 5))
    title = f"note {block.note_label}" if laid.piece.is_foot else f"{place} {block.kind.value[:4]}{block.level or ''}"
    painter.drawText(area.topRight(), title)
    painter.setPen(QPen(QColor(_MARKER), 1.2))
    for line in lines:
        for span in line.spans[1:]:
            if is_raised(span, line) and raised_labels(line) and span.text.strip() in labels:
                box = span.box
                painter.drawEllipse(QRectF(box.x0 - 1, box.y0 - 1, box.x1 - box.x0 + 2, box.y1 - box.y0 + 2))


def _picture(data: bytes, place: int) -> QImage:
    """The page as PDFium draws it."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, place)
    width, height = int(pdfium.FPDF_GetPageWidthF(page) * _SCALE), int(pdfium.FPDF_GetPageHeightF(page) * _SCALE)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    store = (ctypes.c_uint8 * (width * height * 4)).from_buffer(picture.bits())
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, store, picture.bytesPerLine())
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    pdfium.FPDFBitmap_Destroy(bitmap)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return picture
