"""Sites that are odd on the wire: charsets, codings, lengths, redirects, cookies, slowness."""

from __future__ import annotations

import gzip
import zlib

import brotli

from tests.web.serving import Answer, Sites, Visit, h2_refusal
from tests.web.words import TEXTS, article, docx, pdf, png


def _chunked(visit: Visit) -> None:
    visit.begin(Transfer_Encoding="chunked")
    body = article().encode()
    for at in range(0, len(body), 100):
        piece = body[at : at + 100]
        visit.wfile.write(f"{len(piece):x};extension=1\r\n".encode() + piece + b"\r\n")
    visit.wfile.write(b"0\r\nX-Trailer: yes\r\n\r\n")


def _chunks_break_off(visit: Visit) -> None:
    visit.begin(Transfer_Encoding="chunked")
    body = article().encode()
    visit.wfile.write(f"{len(body) * 2:x}\r\n".encode() + body)
    visit.close_connection = True


def _until_closed(visit: Visit) -> None:
    visit.begin()
    visit.wfile.write(article().encode())


def _countdown(visit: Visit) -> None:
    left = int(visit.path.rpartition("/")[2])
    visit.send(Answer("", status=302, headers=(("Location", f"/{left - 1}"),)) if left else Answer(article()))


def _wants_cookies(visit: Visit) -> None:
    if "seen=1" in visit.headers.get("Cookie", ""):
        visit.send(Answer(article()))
    else:
        visit.send(Answer("", status=302, headers=(("Location", "/"), ("Set-Cookie", "seen=1; Path=/"))))


def _slow_head(visit: Visit) -> None:
    visit.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(2000):
        visit.wfile.write(f"X-{n}: slow\r\n".encode())
        visit.wfile.flush()
        if visit.server.web.closing.wait(0.02):
            return


def _slow_body(visit: Visit) -> None:
    visit.begin(Content_Length="100000")
    for sign in article().encode():
        visit.wfile.write(bytes([sign]))
        visit.wfile.flush()
        if visit.server.web.closing.wait(0.01):
            return


def _gigabyte(visit: Visit) -> None:
    visit.begin()
    piece = b"<p>and so on and so on</p>" * 2520
    for _ in range((1 << 30) // len(piece)):
        visit.wfile.write(piece)


def _says_longer(visit: Visit) -> None:
    visit.send(Answer(article()), length=100_000)
    visit.close_connection = True


def _says_shorter(visit: Visit) -> None:
    visit.send(Answer(article()), length=900)
    visit.close_connection = True


def _half_a_file(visit: Visit) -> None:
    visit.send(Answer(pdf("Half of it"), kind="application/pdf"), length=9000)
    visit.close_connection = True


def _no_answer(visit: Visit) -> None:
    visit.close_connection = True


def _nonsense(visit: Visit) -> None:
    visit.wfile.write(b"Hello, I am no web server.\r\n\r\n")
    visit.close_connection = True


def _bare_deflate(text: str) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(text.encode()) + engine.flush()


def _packed(body: bytes, coding: str) -> Answer:
    return Answer(body, headers=(("Content-Encoding", coding),))


_RU = article("ru", charset="windows-1251").encode("cp1251")
_RU_UNSTATED = article("ru", charset="").encode("cp1251")

WIRE_SITES: Sites = {
    "stated.test": {"/": Answer(article("ru", charset="").encode("cp1251"), kind="text/html; charset=windows-1251")},
    "meta.test": {"/": Answer(_RU, kind="text/html")},
    "unstated.test": {
        "/": Answer(_RU_UNSTATED, kind="text/html"),
        "/be": Answer(article("be", charset="").encode("cp1251"), kind="text/html"),
    },
    "lying.test": {
        "/": Answer(_RU_UNSTATED, kind="text/html; charset=utf-8"),
        "/latin": Answer(article("ru", charset="utf-8"), kind="text/html; charset=iso-8859-1"),
        "/nonsense": Answer(article("ru", charset="").encode("utf-8"), kind="text/html; charset=x-no-such-thing"),
    },
    "koi8.test": {"/": Answer(article("ru", charset="").encode("koi8-r"), kind="text/html; charset=KOI8-R")},
    "wide.test": {"/": Answer(article("uk", charset="").encode("utf-16"), kind="text/html")},
    "chunked.test": {"/": _chunked, "/cut": _chunks_break_off, "/until-closed": _until_closed},
    "packed.test": {
        "/gzip": _packed(gzip.compress(article().encode()), "gzip"),
        "/br": _packed(brotli.compress(article("be").encode()), "br"),
        "/deflate": _packed(zlib.compress(article().encode()), "deflate"),
        "/bare": _packed(_bare_deflate(article()), "deflate"),
        "/twice": _packed(brotli.compress(gzip.compress(article().encode())), "gzip, br"),
        "/half": _packed(gzip.compress(article().encode())[:300], "gzip"),
        "/half-br": _packed(brotli.compress(article().encode())[:300], "br"),
        "/bomb": _packed(gzip.compress(bytes(64 << 20)), "gzip"),
        "/bomb-br": _packed(brotli.compress(bytes(64 << 20), quality=5), "br"),
        "/unknown": _packed(article().encode(), "squeeze"),
        "/not-packed": _packed(article().encode(), "gzip"),
    },
    "secure.test": {
        "/": Answer(article(extra="<img src='/pic.png' alt=''>")),
        "/pic.png": Answer(png(90, 30, 30), kind="image/png"),
    },
    "stranger.test": {"/": Answer(article())},  # its certificate is another's
    "both.test": {"/": Answer(article())},
    "h2only.test": {"/": h2_refusal, "*": Answer(article())},
    "redirects.test": {f"/{n}": _countdown for n in range(40)}
    | {
        "/loop": Answer("", status=301, headers=(("Location", "/pool"),)),
        "/pool": Answer("", status=301, headers=(("Location", "/loop"),)),
        "/nowhere": Answer("", status=302),
        "/cyrillic": Answer("", status=302, headers=(("Location", "/статья".encode().decode("latin-1")),)),
        "/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F": Answer(article("ru")),
        "/by-page": Answer("<html><head><meta http-equiv='Refresh' content=\"0; URL='/0'\"></head><body>Moved.</body></html>"),
        "/round-by-page": Answer(
            "<html><head><meta http-equiv=refresh content='0;url=/back-by-page'></head><body>Moved.</body></html>"
        ),
        "/back-by-page": Answer(
            "<html><head><meta http-equiv=refresh content='1;url=/round-by-page'></head><body>Moved.</body></html>"
        ),
        "/old/news/12": Answer("", status=302, headers=(("Location", "/"),)),
        "/": Answer(article()),
        "/inside": Answer("", status=302, headers=(("Location", "http://169.254.169.254/latest/meta-data/"),)),
        "/file": Answer("", status=302, headers=(("Location", "file:///etc/hosts"),)),
    },
    "cookies.test": {"/": _wants_cookies},
    "robots.test": {
        "/": Answer(article(), headers=(("X-Robots-Tag", "noarchive"),)),
        "/robots.txt": Answer("User-agent: *\nDisallow: /\n", kind="text/plain"),
    },
    "slow.test": {"/head": _slow_head, "/body": _slow_body},
    "endless.test": {"/": _gigabyte},
    "lengths.test": {"/longer": _says_longer, "/shorter": _says_shorter, "/none": _no_answer, "/nonsense": _nonsense},
    "types.test": {
        "/page.txt": Answer(article(), kind="text/plain; charset=utf-8"),
        "/page": Answer(article(), kind="application/octet-stream"),
        "/untyped": Answer(article(), kind=""),
        "/as-html.pdf": Answer(pdf("A report under a wrong name"), kind="text/html"),
        "/as-html.png": Answer(png(1, 2, 3), kind="text/html"),
        "/as-pdf": Answer(article(), kind="application/pdf"),
    },
    "files.test": {
        "/report.pdf": Answer(pdf("A report that a note points at"), kind="application/pdf"),
        "/download?id=7": Answer(pdf("A report that a note points at"), kind="application/octet-stream"),
        "/report.docx": Answer(
            docx(*TEXTS["ru"]), kind="application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        "/cut.pdf": _half_a_file,
        "/picture.png": Answer(png(200, 100, 50), kind="image/png"),
        "/notes.txt": Answer("\n\n".join(TEXTS["uk"]), kind="text/plain; charset=utf-8"),
    },
}
