"""Pages that their own scripts build, on this machine's loopback: two sites, so that one is a stranger to the other."""

from __future__ import annotations

import base64
import contextlib
import json
import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def _png(color: tuple[int, int, int], size: int = 24) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(color) * size) * size
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


FONT = b"\0\1\0\0" + bytes(range(256))
"""No font that could be drawn; a browser asks for it all the same."""
TONE = (
    b"RIFF"
    + struct.pack("<I", 36 + 40000)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + b"data"
    + struct.pack("<I", 40000)
    + bytes(n * 8 % 256 for n in range(40000))
)

ITEMS = [
    f"Item number {n} of the list says that on day {n} the hearing was adjourned and nobody was told why." for n in range(1, 13)
]

_PAGE = """<!doctype html><html lang=en class=start onclick="void 0"><head><meta charset=windows-1251><title>Loading</title>
<link rel=stylesheet href=/style.css><link rel=preconnect href=http://127.0.0.1:1/><link rel=icon href=/favicon.ico>
<style>@font-face {font-family: Own; src: url(/own.ttf)} h1 {font-family: Own, serif}</style><style id=empty></style>
<script type="application/ld+json">{"@type": "NewsArticle"}</script></head>
<body><noscript>Please enable JavaScript.</noscript><article><h1>List of hearings</h1><div id=app>Loading</div></article>
<img id=pic srcset="/small.png 1x, /large.png 2x" alt=chosen><canvas id=drawn width=40 height=30></canvas><div id=shadow></div><div id=closed></div>
<form><input id=typed value=old><input id=ticked type=checkbox><input id=secret type=password value=hush><textarea id=area>old</textarea>
<select id=chosen><option>One<option>Two</select></form><details id=more><summary>More</summary>Opened text</details>
<iframe src="%(other)s/frame" width=300 height=80></iframe><iframe id=blank></iframe><img id=blob alt=blob><audio id=tone preload=auto src=/tone.wav></audio>
<div style="height:4000px"></div><img loading=lazy src=/lazy.png width=20 height=20 alt=lazy><script src=/app.js></script></body></html>"""

_SCRIPT = """
document.title = 'List of hearings';
document.documentElement.className = 'built';
fetch('/data.json').then(r => r.json()).then(items => {
  const list = document.createElement('div');
  for (const item of items) { const p = document.createElement('p'); p.textContent = item; list.append(p); }
  document.querySelector('#app').replaceChildren(list);
  setTimeout(() => { const late = document.createElement('p'); late.id = 'late'; late.textContent = 'This sentence came late, when everything else was there.'; list.append(late); }, 300);
});
const pen = document.querySelector('#drawn').getContext('2d'); pen.fillStyle = '#c03'; pen.fillRect(5, 5, 20, 20);
const root = document.querySelector('#shadow').attachShadow({mode: 'open'});
root.innerHTML = '<style>p { color: rgb(1, 2, 3) }</style><p>Words that stand in a shadow tree.</p><canvas width=5 height=5></canvas>';
const adopted = new CSSStyleSheet(); adopted.replaceSync('p { letter-spacing: 3px }'); root.adoptedStyleSheets = [adopted];
document.querySelector('#closed').attachShadow({mode: 'closed'}).innerHTML = '<p>Words behind a closed door.</p>';
const own = new CSSStyleSheet(); own.replaceSync('.adopted { color: rgb(7, 7, 7) }'); document.adoptedStyleSheets = [own];
document.querySelector('#empty').sheet.insertRule('.inserted { color: rgb(9, 9, 9) }');
document.querySelector('#typed').value = 'typed words'; document.querySelector('#ticked').checked = true;
document.querySelector('#secret').value = 'never kept'; document.querySelector('#area').value = 'written words';
document.querySelector('#chosen').selectedIndex = 1; document.querySelector('#more').open = true;
const blank = document.querySelector('#blank').contentDocument; blank.body.innerHTML = '<p>Words in a frame without an address.</p><script>1<\\/script>';
fetch('/small.png').then(r => r.blob()).then(b => { document.querySelector('#blob').src = URL.createObjectURL(b); });
"""


class _Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers.items())))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.answer_path(self.path.partition("?")[0])

    def do_POST(self) -> None:
        self.do_GET()

    def answer_path(self, path: str) -> None:
        site = self.server
        if path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Endless</title><body><p>It begins with some words.</p>")
            while not site.closing.wait(0.05):
                self.wfile.write(b"<p>and so on</p>" * 10)
                self.wfile.flush()
            self.close_connection = True
        elif path == "/moved":
            self.answer(b"", status=302, Location="/built", Set_Cookie="who=you")
        elif path == "/gone":
            self.answer(
                b"<!doctype html><title>Gone</title><body><script>document.body.append('Built, but gone')</script>", status=404
            )
        elif path in site.pages:
            kind, body = site.pages[path]
            headers = {"X_MiXeD_CaSe": "kept"} if path == "/built" else {}
            if path == "/download":
                headers["Content_Disposition"] = "attachment; filename=a.bin"
            self.answer(body, kind=kind, Access_Control_Allow_Origin="*", **headers)
        else:
            self.answer(b"<p>Nothing here.", status=404)

    def answer(self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """A site with its ``pages`` by path and its requests in ``seen``."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, other: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        html = "text/html; charset=utf-8"
        self.pages: dict[str, tuple[str, bytes]] = {
            "/built": (html, (_PAGE % {"other": other}).encode()),
            "/app.js": ("text/javascript", _SCRIPT.encode()),
            "/data.json": ("application/json", json.dumps(ITEMS).encode()),
            "/style.css": ("text/css", b"body { background: url(/back.png) } .built h1 { color: rgb(4, 5, 6) }"),
            "/own.ttf": ("font/ttf", FONT),
            "/tone.wav": ("audio/wav", TONE),
            "/frame": (
                html,
                b"<!doctype html><title>F</title><p id=f>Loading</p><script>document.querySelector('#f').textContent = 'Words of another site in a frame.'</script>",
            ),
            "/download": ("application/octet-stream", b"bytes that must not lie about" * 100),
            **{
                f"/{name}.png": ("image/png", _png((n * 40, 99, 200 - n * 30)))
                for n, name in enumerate(("small", "large", "back", "lazy"))
            },
        }

    def put(self, path: str, body: str) -> str:
        """Another page; its address."""
        self.pages[path] = ("text/html; charset=utf-8", body.encode())
        return self.at(path)

    def at(self, path: str, *, host: str = "127.0.0.1") -> str:
        """An address of the site."""
        return f"http://{host}:{self.server_port}{path}"

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.seen]


@contextlib.contextmanager
def open_site(other: str = "") -> Iterator[Site]:
    """A site that runs while the block does."""
    site = Site(other)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        site.server_close()
        thread.join()


def is_png(data: str) -> bool:
    """Whether a ``data:`` address holds a picture."""
    return base64.b64decode(data.partition(",")[2]).startswith(b"\x89PNG")
