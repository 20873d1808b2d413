"""Pages of a PDF as they look, and where each of their letters stands (with :mod:`archive.formats.pdf`, the door of PDFium)."""

from __future__ import annotations

import ctypes
import weakref
from array import array
from math import sqrt
from typing import Any

import pypdfium2.raw as pdfium

from archive.errors import DamagedFile, EmptyFile, PasswordWanted, PasswordWrong
from archive.model.drawing import Letters, PageSize, Picture

_MOST_PAGES = 20_000
_MOST_DOTS = 24_000_000
_MOST_CHARACTERS = 200_000
_WHITE = 0xFFFFFFFF
_FINE = 100
_NOTHING = Picture(0, 0, 0, b"")
_INSTEAD = {**dict.fromkeys((0x02, 0xAD, 0xFFFE), "-"), 0: "\ufffd", 0xFFFF: "\ufffd"}


class DrawnPdf:
    """An open PDF; the bytes stay alive as long as it does.

    Args:
        data: the file, whole.
        password: of the owner or the user; None where there is none.

    Raises:
        DamagedFile: PDFium cannot open it.
        EmptyFile: it has no pages.
        PasswordWanted: it opens with a password only.
        PasswordWrong: it opens with another password.
    """

    def __init__(self, data: bytes, *, password: str | None = None) -> None:
        pdfium.FPDF_GetLastError()
        self._data = data
        self._handle = pdfium.FPDF_LoadMemDocument64(data, len(data), password.encode() if password is not None else None)
        if not self._handle:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
                raise (PasswordWanted if password is None else PasswordWrong)(format="pdf")
            raise DamagedFile(format="pdf")
        self._close = weakref.finalize(self, pdfium.FPDF_CloseDocument, self._handle)
        self._count = min(pdfium.FPDF_GetPageCount(self._handle), _MOST_PAGES)
        if self._count < 1:
            raise EmptyFile

    def sizes(self) -> tuple[PageSize, ...]:
        """How large each page is."""
        size = pdfium.FS_SIZEF()
        return tuple(
            PageSize(round(size.width, 2), round(size.height, 2))
            if pdfium.FPDF_GetPageSizeByIndexF(self._handle, place, size)
            else PageSize(0.0, 0.0)
            for place in range(self._count)
        )

    def draw(self, page: int, *, scale: float, is_grey: bool = False) -> Picture:
        """The page of this number, from 1, ``scale`` dots a point; coarser where it would be more than 24 million dots."""
        loaded = self._load(page)
        if not loaded:
            return _NOTHING
        try:
            width_pt, height_pt = pdfium.FPDF_GetPageWidthF(loaded), pdfium.FPDF_GetPageHeightF(loaded)
            scale = min(scale, sqrt(_MOST_DOTS / max(1.0, width_pt * height_pt)))
            width, height = max(1, round(width_pt * scale)), max(1, round(height_pt * scale))
            bitmap = pdfium.FPDFBitmap_CreateEx(
                width, height, pdfium.FPDFBitmap_Gray if is_grey else pdfium.FPDFBitmap_BGR, None, 0
            )
            if not bitmap:
                return _NOTHING
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
                pdfium.FPDF_RenderPageBitmap(bitmap, loaded, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
                stride = pdfium.FPDFBitmap_GetStride(bitmap)
                dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
                return Picture(width, height, stride, dots)
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
        finally:
            pdfium.FPDF_ClosePage(loaded)

    def letters(self, page: int) -> Letters:
        """The characters of the page of this number, from 1."""
        loaded = self._load(page)
        if not loaded:
            return Letters("", b"")
        text_page = pdfium.FPDFText_LoadPage(loaded)
        try:
            return _letters(loaded, text_page) if text_page else Letters("", b"")
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(loaded)

    def _load(self, page: int) -> Any:
        return pdfium.FPDF_LoadPage(self._handle, page - 1) if 1 <= page <= self._count else None


def _letters(page: Any, text_page: Any) -> Letters:
    count = min(max(0, pdfium.FPDFText_CountChars(text_page)), _MOST_CHARACTERS)
    (a, b, c), (d, e, f) = _upright(page)
    edges = array("f")
    box = pdfium.FS_RECTF()
    codes = []
    for place in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, place)
        codes.append(code if code < 0x110000 and not 0xD800 <= code < 0xE000 else 0xFFFD)
        if pdfium.FPDFText_IsGenerated(text_page, place) == 1 or not pdfium.FPDFText_GetLooseCharBox(text_page, place, box):
            edges.extend((0.0, 0.0, 0.0, 0.0))
            continue
        x0, x1 = a * box.left + b * box.bottom + c, a * box.right + b * box.top + c
        y0, y1 = d * box.left + e * box.bottom + f, d * box.right + e * box.top + f
        edges.extend((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return Letters("".join(map(chr, codes)).translate(_INSTEAD), edges.tobytes())


def _upright(page: Any) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """The two rows of numbers that bring coordinates of the file to the page as it is seen."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    # Device coordinates are whole numbers, so the device is taken very fine; three corners of it say how the page lies.
    across, down = max(1, round(width * _FINE)), max(1, round(height * _FINE))
    for device in ((0, 0), (across, 0), (0, down)):
        pdfium.FPDF_DeviceToPage(page, 0, 0, across, down, 0, *device, x, y)
        found.append((x.value, y.value))
    (ox, oy), (rx, ry), (lx, ly) = found
    rx, ry, lx, ly = (rx - ox) / (width or 1), (ry - oy) / (width or 1), (lx - ox) / (height or 1), (ly - oy) / (height or 1)
    size = rx * ly - ry * lx or 1.0
    a, b, d, e = ly / size, -lx / size, -ry / size, rx / size
    return (a, b, -(a * ox + b * oy)), (d, e, -(d * ox + e * oy))


def warm_up() -> None:
    """Have the engine make what it makes once; a sealed process opens no file."""
    pdfium.FPDF_GetLastError()
