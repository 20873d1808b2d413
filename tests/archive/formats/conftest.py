"""What the tests of the formats share: a reader process, and a writer of small PDF files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from archive.formats.reader import Reader
from archive.settings import ReadingLimits

Line = tuple[float, float, float, str]
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Times-Italic"}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def write_pdf(
    pages: Sequence[Sequence[Line | tuple[float, float, float, str, str]]],
    *,
    title: str = "",
    links: Sequence[tuple[float, float, float, float, str]] = (),
    rotate: int = 0,
    is_encrypted: bool = False,
    labels: str = "",
) -> bytes:
    """A PDF of 300 x 400 points a page; every line is (x, y from the bottom, size, text[, font]); links go to the first page."""
    objects: list[str] = []

    def add(body: str) -> int:
        objects.append(body)
        return len(objects)

    catalogue, tree = add(""), add("")
    fonts = " ".join(f"/{name} {add(f'<< /Type /Font /Subtype /Type1 /BaseFont /{base} >>')} 0 R" for name, base in FONTS.items())
    kids = []
    for number, lines in enumerate(pages):
        shown = "\n".join(
            f"BT /{line[4] if len(line) > 4 else 'F1'} {line[2]} Tf 1 0 0 1 {line[0]} {line[1]} Tm ({_escaped(line[3])}) Tj ET"
            for line in lines
        )
        content = add(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        notes = [
            add(f"<< /Type /Annot /Subtype /Link /Rect [{x0} {y0} {x1} {y1}] /A << /S /URI /URI ({_escaped(address)}) >> >>")
            for x0, y0, x1, y1, address in (links if number == 0 else ())
        ]
        annotations = f"/Annots [{' '.join(f'{note} 0 R' for note in notes)}]" if notes else ""
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 300 400] /Rotate {rotate} /Contents {content} 0 R "
                f"/Resources << /Font << {fonts} >> >> {annotations} >>"
            )
        )
    objects[catalogue - 1] = f"<< /Type /Catalog /Pages {tree} 0 R {labels} >>"
    objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    information = add(f"<< /Title ({_escaped(title)}) >>")
    trailer = f"/Root {catalogue} 0 R /Info {information} 0 R"
    if is_encrypted:
        lock = add(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>")
        trailer += f" /Encrypt {lock} 0 R /ID [<{'33' * 16}> <{'33' * 16}>]"
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n<< /Size {len(objects) + 1} {trailer} >>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


def write_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these parts, in this order."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return whole.getvalue()


@pytest.fixture
def pack() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """:func:`write_zip`."""
    return write_zip


@pytest.fixture
def small_pdf() -> Callable[..., bytes]:
    """:func:`write_pdf`."""
    return write_pdf


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A reader process for all tests of a file, with short limits."""
    with Reader(ReadingLimits(cpu_s=10, wall_s=10.0)) as one:
        yield one
