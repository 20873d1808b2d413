"""PDF files in our own words that the tests of several rooms need: of words, locked, and of pictures of pages."""

from __future__ import annotations

import hashlib
import struct
import zlib

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_pdf(words: str, *, password: str) -> bytes:
    """A page of 300 x 400 points with these words, locked by the standard handler of revision 2 (ISO 32000-1, 7.6.3)."""
    name, rights = b"\x33" * 16, -4
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", rights) + name).digest()[:5]
    user = _rc4(key, _PADDING)
    content = f"BT /F1 12 Tf 40 300 Td ({words}) Tj ET".encode("latin-1")
    content = _rc4(hashlib.md5(key + struct.pack("<I", 4)[:3] + b"\0\0").digest()[:10], content)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            page,
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Filter /Standard /V 1 /R 2 /P %d /O <%b> /U <%b> >>" % (rights, owner.hex().encode(), user.hex().encode()),
        ],
        f"/Root 1 0 R /Encrypt 6 0 R /ID [<{name.hex()}> <{name.hex()}>]",
    )


def text_pdf(pages: list[list[tuple[float, float, float, str]]], *, labels: bytes = b"") -> bytes:
    """Pages of 300 x 400 points; every line is (x, y from the bottom, size, text); ``labels`` is what the catalogue says of their names."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R %b >>" % labels, b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        content = "\n".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET" for x, y, size, words in lines).encode(
            "latin-1"
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    return _file(objects, "/Root 1 0 R")


def scanned_pdf(pages: list[tuple[int, int, bytes]]) -> bytes:
    """Pages of 300 x 400 points that are each one grey picture (width, height, a byte a dot), and hold no text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for width, height, dots in pages:
        picture, content, page = len(objects) + 1, len(objects) + 2, len(objects) + 3
        packed = zlib.compress(dots)
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
            b" /Length %d >>\nstream\n%b\nendstream" % (width, height, len(packed), packed)
        )
        objects.append(b"<< /Length 30 >>\nstream\nq 300 0 0 400 0 0 cm /I Do Q  \nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>"
            % (content, picture)
        )
        kids.append(b"%d 0 R" % page)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    return _file(objects, "/Root 1 0 R")


def _file(objects: list[bytes], trailer: str) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n<< /Size {len(objects) + 1} {trailer} >>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())
