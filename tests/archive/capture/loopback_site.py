"""A site on this machine's loopback, with everything the web does to people who follow footnotes."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.web.words import pdf

ARTICLE = (
    "<!doctype html><html lang='en'><head><title>Where the notes went</title></head><body><article><h1>Where the notes went</h1>"
    "<p>A footnote is a promise that somebody else can look. When the page behind it goes away, the promise is still printed, "
    "but nobody can keep it any more, and the sentence above it stands alone.</p>"
    "<p>The people who maintain small sites change their systems every few years, and each change breaks old addresses by the "
    "hundred. Nobody means harm. It is simply that nobody reads the old notes on that day.</p></article></body></html>"
)
RUSSIAN = (
    "<html><head><title>Куда делись сноски</title></head><body><article><h1>Куда делись сноски</h1>"
    "<p>Сноска обещает, что сказанное можно проверить. Когда страница исчезает, обещание остаётся напечатанным, но сдержать его "
    "уже некому, и предложение над ней остаётся без опоры.</p><p>Чаще всего никто не хочет зла: просто сайт переезжает, а старые "
    "адреса в этот день никто не перечитывает.</p></article></body></html>"
)


class _Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers.items())))
        name = self.path.strip("/").partition("?")[0].replace("/", "_").replace("-", "_").replace(".", "_") or "front"
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"page_{name}", self.page_missing)()

    def answer(self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def to(self, location: str, *, status: int = 302, **headers: str) -> None:
        self.answer(b"", status=status, Location=location, **headers)

    def page_missing(self) -> None:
        self.answer(b"<title>Not Found</title><p>Nothing here.", status=404)

    def page_front(self) -> None:
        self.answer(ARTICLE.encode())

    def page_article(self) -> None:
        self.answer(ARTICLE.encode(), X_MiXeD_CaSe="kept", Set_Cookie="who=you; Path=/")

    def page_moved(self) -> None:
        self.to("/article", status=301)

    def page_inside(self) -> None:
        self.to(f"http://localhost:{self.server.server_port}/article")

    def page_to_metadata(self) -> None:
        self.to("http://169.254.169.254/latest/meta-data/")

    def page_to_file(self) -> None:
        self.to("file:///etc/hosts")

    def page_round(self) -> None:
        self.to("/round")

    def page_old_news_2019(self) -> None:
        self.to("/")

    def page_wants_login(self) -> None:
        self.to("/login?next=/wants-login")

    def page_login(self) -> None:
        self.answer(ARTICLE.encode())

    def page_cookie_door(self) -> None:
        if "seen=1" in self.headers.get("Cookie", ""):
            self.answer(ARTICLE.encode())
        else:
            self.to("/cookie-door", Set_Cookie="seen=1; Path=/")

    def page_cookie_away(self) -> None:
        self.to(self.server.elsewhere, Set_Cookie="secret=of-this-host; Path=/")

    def page_slow(self) -> None:
        self.server.closing.wait(5)

    def page_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for sign in ARTICLE.encode():
            self.wfile.write(bytes([sign]))
            self.wfile.flush()
            if self.server.closing.wait(0.02):
                return

    def page_drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(500):
            self.wfile.write(f"X-{n}: slow\r\n".encode())
            self.wfile.flush()
            if self.server.closing.wait(0.02):
                return

    def page_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        until_s = time.monotonic() + 20
        while time.monotonic() < until_s and not self.server.closing.is_set():
            self.wfile.write(b"<p>and so on</p>" * 4096)

    def page_cut(self) -> None:
        self.answer(ARTICLE.encode(), Content_Length="100000")
        self.close_connection = True

    def page_empty(self) -> None:
        self.answer(b"")

    def page_hollow(self) -> None:
        self.answer(b"<html><head><title>Menu</title></head><body><nav></nav><script>draw()</script></body></html>")

    def page_says_gone(self) -> None:
        self.answer("<title>Старонка не знойдзена</title><p>На жаль, старонка не знойдзена або выдаленая.".encode())

    def page_says_blocked(self) -> None:
        self.answer("<title>Доступ ограничен</title><p>Доступ к запрашиваемому ресурсу ограничен.".encode())

    def page_forbidden(self) -> None:
        self.answer(b"<p>No.", status=403)

    def page_broken(self) -> None:
        self.answer(b"<p>Oh.", status=500)

    def page_cp1251(self) -> None:
        self.answer(RUSSIAN.encode("cp1251"), kind="text/html")

    def page_gzip(self) -> None:
        packed = gzip.compress(ARTICLE[:300].encode()) + gzip.compress(ARTICLE[300:].encode())
        self.answer(packed, Content_Encoding="gzip")

    def page_bare_deflate(self) -> None:
        engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self.answer(engine.compress(ARTICLE.encode()) + engine.flush(), Content_Encoding="deflate")

    def page_bomb(self) -> None:
        self.answer(gzip.compress(bytes(64 << 20)), Content_Encoding="gzip")

    def page_bomb_in_bomb(self) -> None:
        self.answer(gzip.compress(gzip.compress(bytes(64 << 20))), Content_Encoding="gzip, gzip")

    def page_half_gzip(self) -> None:
        packed = gzip.compress(ARTICLE.encode())
        self.answer(packed[: len(packed) // 2], Content_Encoding="gzip")

    def page_zstandard(self) -> None:
        self.answer(b"\x28\xb5\x2f\xfd", Content_Encoding="zstd")

    def page_picture_png(self) -> None:
        self.answer(b"\x89PNG\r\n\x1a\n" + bytes(64), kind="image/png")

    def page_report_pdf(self) -> None:
        self.answer(pdf("A report that a note points at"), kind="application/pdf")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """The site, its requests in ``seen``, and where ``/cookie-away`` leads."""

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.elsewhere = "/"
        self.closing = threading.Event()

    def at(self, path: str, *, host: str = "127.0.0.1") -> str:
        """An address of the site."""
        return f"http://{host}:{self.server_port}{path}"


@contextlib.contextmanager
def open_site() -> Iterator[Site]:
    """A site that runs while the block does."""
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        site.server_close()
        thread.join()
