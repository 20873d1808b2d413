"""PDF to pages of spans: text with its size, font, place and links, read through PDFium (the only file that imports it).

PDFium's own functions are called for whole pages and text objects, not for letters: a text object (one showing operator of the file)
has one font, size and baseline, so the letters are asked only which object they belong to. A change of size, font or
baseline begins a new span; that is how a raised note number comes out by itself. Spaces that PDFium found between objects stand
at the end of the span before; its line ends are dropped, since every line has spans of its own. A hyphen at the end of a
line is an ordinary ``-``. Coordinates are points of the page as it is seen: turned upright, origin top left.
"""

from __future__ import annotations

import ctypes
import re
import sys
import weakref
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from math import hypot
from operator import add, eq, sub
from typing import Any, NamedTuple, Self

import msgspec
import pypdfium2.raw as pdfium

from archive.errors import DamagedFile, EmptyFile, PasswordWanted, PasswordWrong
from archive.formats.pdf_links import Quad, address_at, covers, in_bands, links_near
from archive.formats.pdf_mending import mend_cyrillic
from archive.formats.pdf_outline import read_outline
from archive.formats.pdf_symbols import signs_of
from archive.model.document import Format, Problem
from archive.model.reading import Box, Page, Reading, Span, StatedProperties
from archive.values import Language

_MOST_PAGES = 20_000
_MOST_CHARACTERS = 1_000_000
_SAME_SIZE = 0.02
_SAME_BASELINE = 0.05
_WIDE_GAP = 2.5
_LETTER_STEP = 1.6
_FEW_LETTERS = 3
_BOLD_WEIGHT = 600
_ITALIC_FLAG = 1 << 6
_FORCE_BOLD_FLAG = 1 << 18
_BOLD_NAME = re.compile(r"bold|black|heavy|semibd|demi|[-,]bd|халбфет", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|oblique|kursiv|[-,]it\b", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_DOUBTFUL_TITLE = re.compile(
    r"^(?:\(anonymous\)|microsoft \w+ - .*|untitled.*|без имени.*|document\d*|.*\.(?:docx?|odt|rtf|indd|qxd|vp|pdf|pages|tex|dvi|wpd))$",
    re.IGNORECASE,
)
_INSTEAD: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys((0x00, 0xFFFF, *range(0x7F, 0xA0), *range(0xD800, 0xE000)), "\ufffd"),
    0x09: " ",
    **dict.fromkeys((0x02, 0xAD, 0xFFFE, 0xF02D), "-"),
    **dict.fromkeys((0xFEFF, 0x200B)),
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
}
_SHORTS = ctypes.POINTER(ctypes.c_ushort)


def _fast(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function with plain numbers for pointers and no word to other threads, which costs a third per call."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_object_of = _fast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_unicode_of = _fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_font_size_of = _fast(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_box_of = _fast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_matrix_of = _fast(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_origin_of = _fast(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_font_of = _fast(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)


class _Face(NamedTuple):
    """What a font says of itself."""

    name: str
    is_bold: bool
    is_italic: bool
    signs: dict[int, str] | None = None


class _Run(NamedTuple):
    """Characters of one text object, before rotation and joining; ``box`` and ``origin`` in the file's own coordinates."""

    text: str
    box: Quad
    origin: tuple[float, float]
    size_pt: float
    face: _Face
    link: str | None


def read_pdf(data: bytes, *, password: str | None = None) -> Reading:
    """The pages of a PDF and what its information dictionary states.

    A page without any text is a :class:`Problem` (``page-without-text``, its number); a file without any, one (``no-text-layer``).

    Raises:
        DamagedFile: PDFium cannot open it.
        EmptyFile: it has no pages.
        PasswordWanted: it opens with a password only.
        PasswordWrong: it opens with another password.
    """
    with _Document(data, password) as document:
        count = pdfium.FPDF_GetPageCount(document.handle)
        if count < 1:
            raise EmptyFile
        pages: list[Page] = []
        problems = [Problem("pages-left-out", str(_MOST_PAGES))] if count > _MOST_PAGES else []
        for place in range(min(count, _MOST_PAGES)):
            page = document.read_page(place)
            if page is None:
                problems.append(Problem("page-unreadable", str(place + 1)))
                page = Page(place + 1, 0.0, 0.0)
            pages.append(page)
        stated, outline = document.stated(), read_outline(pdfium, document.handle)
    silent = [page.number for page in pages if not any(span.text.strip() for span in page.spans)]
    if len(silent) == len(pages):
        problems.append(Problem("no-text-layer", str(len(pages))))
    elif silent:
        problems.append(Problem("page-without-text", _as_ranges(silent)))
    pages, was_mended = mend_cyrillic(pages)
    if was_mended:
        problems.append(Problem("text-layer-mended", "windows-1251"))
    return Reading(format=Format.PDF, pages=tuple(pages), stated=stated, problems=tuple(problems), outline=outline)


class _Document:
    """An open PDF; the bytes stay alive as long as it does."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        pdfium.FPDF_GetLastError()
        self.handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None if password is None else password.encode())
        if not self.handle:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
                raise (PasswordWanted if password is None else PasswordWrong)(format="pdf")
            raise DamagedFile(format="pdf")
        self._data = data
        self._faces: dict[int, _Face] = {}
        self._close = weakref.finalize(self, pdfium.FPDF_CloseDocument, self.handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def read_page(self, place: int) -> Page | None:
        """The page at ``place`` (from 0), None where PDFium cannot load it."""
        page = pdfium.FPDF_LoadPage(self.handle, place)
        if not page:
            return None
        try:
            frame = _Frame.of(page)
            text_page = pdfium.FPDFText_LoadPage(page)
            if not text_page:
                return None
            try:
                links = list(_links(self.handle, page))
                runs = _Letters(text_page, self._face, links).runs()
                spans = tuple(_joined(frame.upright(run) for run in runs))
            finally:
                pdfium.FPDFText_ClosePage(text_page)
            return Page(place + 1, frame.width_pt, frame.height_pt, spans, self._label(place))
        finally:
            pdfium.FPDF_ClosePage(page)

    def stated(self) -> StatedProperties:
        """What the information dictionary and the catalogue state. The day of making is no day of publication, so it is left out."""
        title = self._meta("Title")
        topics = tuple(part.strip() for part in re.split(r"[;,]", self._meta("Keywords")) if part.strip())
        authors = tuple(part.strip() for part in self._meta("Author").split(";") if part.strip())
        language = _utf16(lambda buffer, size: pdfium.FPDFCatalog_GetLanguage(self.handle, ctypes.cast(buffer, _SHORTS), size))[
            :2
        ].lower()
        return StatedProperties(
            title=None if not title or _DOUBTFUL_TITLE.match(title) else title,
            authors=authors,
            language=Language(language) if language in set(Language) else None,
            topics=topics if len(topics) <= 50 else (),
        )

    def _meta(self, key: str) -> str:
        return _utf16(lambda buffer, size: pdfium.FPDF_GetMetaText(self.handle, key.encode(), buffer, size))

    def _label(self, place: int) -> str:
        return _utf16(lambda buffer, size: pdfium.FPDF_GetPageLabel(self.handle, place, buffer, size))

    def _face(self, text_object: int) -> _Face:
        font = _font_of(text_object)
        face = self._faces.get(font or 0)
        if face is None:
            face = self._faces[font or 0] = _read_face(font) if font else _Face("", is_bold=False, is_italic=False)
        return face


class _Frame(NamedTuple):
    """The visible part of a page and how it is turned, to bring coordinates upright."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int

    @staticmethod
    def of(page: Any) -> _Frame:
        """The frame of a loaded page."""
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        return _Frame(
            min(box.left, box.right),
            min(box.bottom, box.top),
            max(box.left, box.right),
            max(box.bottom, box.top),
            max(0, pdfium.FPDFPage_GetRotation(page)),
        )

    @property
    def width_pt(self) -> float:
        """The width of the page as it is seen."""
        return round(self.top - self.bottom if self.quarter_turns % 2 else self.right - self.left, 2)

    @property
    def height_pt(self) -> float:
        """The height of the page as it is seen."""
        return round(self.right - self.left if self.quarter_turns % 2 else self.top - self.bottom, 2)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file is seen, origin top left."""
        match self.quarter_turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def upright(self, run: _Run) -> Span:
        """The run as a span of the page as it is seen."""
        (xa, ya), (xb, yb) = self.point(run.box[0], run.box[1]), self.point(run.box[2], run.box[3])
        _, baseline = self.point(*run.origin)
        box = Box(round(min(xa, xb), 2), round(min(ya, yb), 2), round(max(xa, xb), 2), round(max(ya, yb), 2))
        return Span(
            run.text,
            box,
            round(run.size_pt, 2),
            round(baseline, 2),
            run.face.name,
            run.face.is_bold,
            run.face.is_italic,
            run.link,
        )


class _Letters:
    """The characters of one page, cut into runs."""

    def __init__(self, text_page: Any, face_of: Any, links: Iterable[tuple[str, list[Quad]]]) -> None:
        self._page = text_page
        self._handle = ctypes.cast(text_page, ctypes.c_void_p).value
        self._face_of = face_of
        self._bands = in_bands(links)
        self._matrix, self._rectangle = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._to_matrix, self._to_rectangle = ctypes.addressof(self._matrix), ctypes.addressof(self._rectangle)
        self._to_x, self._to_y = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._count = min(max(0, pdfium.FPDFText_CountChars(text_page)), _MOST_CHARACTERS)
        self._text = self._read_text()

    def runs(self) -> Iterator[_Run]:
        """The runs in file order, each of one text object; spaces PDFium put between them are at the end of the run before.

        Some programs (Chromium) make an object of every letter or two: those that follow each other on a line in one look are put together at once.
        """
        objects = list(map(_object_of, repeat(self._handle), range(self._count)))
        cuts = [place for place, (one, next_one) in enumerate(pairwise(objects), 1) if one != next_one]
        starts, ends = ([0, *cuts], [*cuts, self._count]) if objects else ([], [])
        held: tuple[int, int, int] | None = None
        is_letter = False
        for start, end, goes_on in zip(starts, ends, self._going_on(starts, objects), strict=True):
            if is_letter and goes_on and held is not None:
                held, is_letter = (held[0], end, held[2]), end - start <= _FEW_LETTERS
                continue
            shown = objects[start]
            if shown is None and is_letter and end - start == 1 and self._text[start] == " ":
                continue  # a letter may follow
            if held is not None:
                yield from self._cut_at_links(*held, self._text[held[1] : start if shown else end])
            held, is_letter = (start, end, shown) if shown else None, end - start <= _FEW_LETTERS
        if held is not None:
            yield from self._cut_at_links(*held, self._text[held[1] : self._count])

    def _going_on(self, starts: Sequence[int], objects: Sequence[int | None]) -> list[bool]:
        """Whether each of the objects that begin at these characters goes on where the one before it begins, in the same look:
        font, size, matrix and baseline. All are asked for at once, because a page may have thousands; spaces of PDFium's stand in none.
        """
        count = len(starts)
        shown = [(at, place) for at, place in enumerate(starts) if objects[place] is not None]
        places = [place for _, place in shown]
        fonts = map(_font_of, [objects[place] for place in places])
        sizes = list(map(_font_size_of, repeat(self._handle), places))
        matrices = array("f", bytes(24 * count))
        matrix_at = matrices.buffer_info()[0]
        deque(map(_matrix_of, repeat(self._handle), places, range(matrix_at, matrix_at + 24 * count, 24)), 0)
        looks = list(zip(fonts, sizes, *(matrices[part::6] for part in (0, 1, 2, 3, 5)), strict=False))
        lefts = matrices[4::6]  # an object's matrix moves it to the origin of its first letter
        steps = map(sub, lefts[1:], lefts)
        found = [False] * count
        for (at, _), look, is_same, step in zip(shown[1:], looks, map(eq, looks[1:], looks), steps, strict=False):
            found[at] = is_same and 0 < step <= _LETTER_STEP * look[1] * hypot(look[4], look[5])
        return found

    def _read_text(self) -> str:
        """The page's characters, one place for each, so that places in it are PDFium's."""
        buffer = (ctypes.c_ushort * (self._count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, self._count, buffer)
        text = bytes(buffer)[: 2 * self._count].decode("utf-16-le", "surrogatepass")
        if written == self._count + 1 and len(text) == self._count:
            return text
        codes = map(_unicode_of, repeat(self._handle), range(self._count))
        return "".join(chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes)

    def _cut_at_links(self, start: int, end: int, text_object: int, after: str) -> Iterator[_Run]:
        box = self._box(start, end)
        near = links_near(box, self._bands)
        if not near or covers(near, box):
            yield self._run(start, end, text_object, near[0][0] if near else None, after)
            return
        covering = self._addresses(start, end, near)
        at = start
        while at < end:
            stop = at + 1
            while stop < end and covering[stop - start] == covering[at - start]:
                stop += 1
            yield self._run(at, stop, text_object, covering[at - start], after if stop == end else "")
            at = stop

    def _addresses(self, start: int, end: int, near: Sequence[tuple[str, Quad]]) -> list[str | None]:
        """For each character the address of the link that covers its middle."""
        count = end - start
        boxes = array("f", bytes(16 * count))
        box_at = boxes.buffer_info()[0]
        deque(map(_box_of, repeat(self._handle), range(start, end), range(box_at, box_at + 16 * count, 16)), 0)
        lefts, tops, rights, bottoms = (boxes[part::4] for part in range(4))
        xs, ys = map(add, lefts, rights), map(add, tops, bottoms)
        return [address_at(x / 2, y / 2, near) for x, y in zip(xs, ys, strict=True)]

    def _run(self, start: int, end: int, text_object: int, link: str | None, after: str) -> _Run:
        _matrix_of(self._handle, start, self._to_matrix)
        _origin_of(self._handle, start, self._to_x, self._to_y)
        scale = hypot(self._matrix.c, self._matrix.d) or 1.0
        face = self._face_of(text_object)
        text = (self._text[start:end].translate(face.signs) if face.signs else self._text[start:end]).translate(_INSTEAD) + (
            " " if " " in after else ""
        )
        return _Run(
            text,
            self._box(start, end),
            (self._x.value, self._y.value),
            _font_size_of(self._handle, start) * scale,
            face,
            link,
        )

    def _box(self, start: int, end: int) -> Quad:
        """The smallest upright rectangle around the first and the last character."""
        if not _box_of(self._handle, start, self._to_rectangle):
            return _corners(self._rectangle) if _box_of(self._handle, end - 1, self._to_rectangle) else (0.0, 0.0, 0.0, 0.0)
        first = _corners(self._rectangle)
        if end - start == 1 or not _box_of(self._handle, end - 1, self._to_rectangle):
            return first
        last = _corners(self._rectangle)
        return min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Neighbours of one line that look the same and are not far apart, as one span; those without any character left out."""
    group: list[Span] = []
    for span in spans:
        if span.text:
            if group and not _goes_on(group[-1], span):
                yield _as_one(group)
                group = []
            group.append(span)
    if group:
        yield _as_one(group)


def _as_one(group: Sequence[Span]) -> Span:
    if len(group) == 1:
        return group[0]
    box = Box(
        min(span.box.x0 for span in group),
        min(span.box.y0 for span in group),
        max(span.box.x1 for span in group),
        max(span.box.y1 for span in group),
    )
    return msgspec.structs.replace(group[0], text="".join(span.text for span in group), box=box)


def _goes_on(held: Span, span: Span) -> bool:
    same_look = (held.font, held.is_bold, held.is_italic, held.link) == (span.font, span.is_bold, span.is_italic, span.link)
    size = max(held.size_pt, span.size_pt, 0.1)
    return (
        same_look
        and abs(held.size_pt - span.size_pt) <= _SAME_SIZE * size
        and abs(held.baseline_pt - span.baseline_pt) <= _SAME_BASELINE * size
        and -0.5 * size <= span.box.x0 - held.box.x1 <= _WIDE_GAP * size
    )


def _read_face(font: int) -> _Face:
    handle = ctypes.cast(font, pdfium.FPDF_FONT)
    size = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, size)
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))[:100]
    flags = max(0, pdfium.FPDFFont_GetFlags(handle))
    weight = pdfium.FPDFFont_GetWeight(handle)
    angle = ctypes.c_int()
    is_slanted = bool(pdfium.FPDFFont_GetItalicAngle(handle, angle)) and angle.value != 0
    return _Face(
        name,
        is_bold=_BOLD_NAME.search(name) is not None or bool(flags & _FORCE_BOLD_FLAG) or weight >= _BOLD_WEIGHT,
        is_italic=_ITALIC_NAME.search(name) is not None or bool(flags & _ITALIC_FLAG) or is_slanted,
        signs=signs_of(name),
    )


def _links(document: Any, page: Any) -> Iterator[tuple[str, list[Quad]]]:
    """The addresses of the page's link annotations, each with the rectangles that it covers, in the file's coordinates."""
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = ctypes.create_string_buffer(max(1, size))
        pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
        address = buffer.value.decode("utf-8", "replace").strip()
        quads = list(_quads(link))
        if address and quads:
            yield address, quads


def _quads(link: Any) -> Iterator[Quad]:
    count = max(0, pdfium.FPDFLink_CountQuadPoints(link))
    corners = pdfium.FS_QUADPOINTSF()
    for place in range(min(count, 1000)):
        if pdfium.FPDFLink_GetQuadPoints(link, place, corners):
            xs = (corners.x1, corners.x2, corners.x3, corners.x4)
            ys = (corners.y1, corners.y2, corners.y3, corners.y4)
            yield min(xs), min(ys), max(xs), max(ys)
    rectangle = pdfium.FS_RECTF()
    if not count and pdfium.FPDFLink_GetAnnotRect(link, rectangle):
        yield _corners(rectangle)


def _corners(rectangle: Any) -> Quad:
    """Left, bottom, right, top; files give the corners in any order."""
    left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    if left > right:
        left, right = right, left
    return (left, bottom, right, top) if bottom <= top else (left, top, right, bottom)


def _utf16(ask: Any) -> str:
    """A string that PDFium gives in two calls, the first for its size in bytes; without control characters."""
    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    text = buffer.raw.decode("utf-16-le", "replace").split("\0")[0]
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f]", " ", text)).strip()


def _as_ranges(numbers: Sequence[int]) -> str:
    """``1-3, 7`` for 1, 2, 3, 7."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
