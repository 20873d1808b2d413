"""A page that tries every way out, and a process that looks at it: run by ``test_the_canary.py`` in a network of its own.

    python -m tests.viewer.sources.canary guarded|bare FOLDER [PAGE]

``guarded`` shows the page as a capture, as the window does. ``bare`` is the control: the same page, scripts on, nothing in its way.
Prints one line of JSON: how many packets were sent, what became of the page. The interface that is counted must be up.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

HOSTS = iter(f"way{n}.canary-test.example" for n in range(1000))


def _url(path: str = "") -> str:
    return f"https://{next(HOSTS)}/{path}"


def page() -> str:
    """The page, in our words; every host in it is another, so that a name asked for says which way was open."""
    head = "".join((
        f'<link rel="dns-prefetch" href="{_url()}"><link rel="preconnect" href="{_url()}">',
        '<link rel="preconnect" href="http://198.51.100.7:8080"><link rel="p&#114;econnect" href="http://198.51.100.17:8080">',
        f'<link rel="prefetch" href="{_url("x")}"><link rel="preload" as="image" href="{_url("x.png")}">',
        f'<link rel="modulepreload" href="{_url("x.js")}"><link rel="icon" href="{_url("i.ico")}"><link rel="prerender" href="{_url()}">',
        f'<link rel="stylesheet" href="{_url("s.css")}"><link rel="manifest" href="{_url("m.json")}">',
        f'<meta http-equiv="refresh" content="1;url={_url()}">',
        f"<style>@import url({_url('i.css')}); @font-face {{ font-family: x; src: url({_url('f.woff2')}) }}",
        f" body {{ font-family: x; background: url({_url('b.png')}) }}</style>",
        f'<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["{_url()}"]}}],',
        f' "prerender": [{{"source": "list", "urls": ["{_url()}"]}}]}}</script>',
    ))
    body = "".join((
        f'<p>CANARY-WORDS</p><img src="http://198.51.100.8/ip.png"><img src="{_url("a.png")}"><img src="file:///etc/passwd">',
        f'<img srcset="{_url("a.png")} 2x"><iframe src="{_url()}"></iframe><iframe src="file:///etc/passwd"></iframe>',
        f'<iframe src="ibids://another.example/"></iframe><iframe srcdoc="<link rel=preconnect href={_url()}><img src={_url()}>"></iframe>',
        f'<object data="{_url("o")}"></object><embed src="{_url("e")}"><audio src="{_url("a.mp3")}" autoplay></audio>',
        f'<video src="{_url("v.mp4")}" autoplay poster="{_url("p.png")}"><track src="{_url("t")}"></video>',
        f'<svg><image href="{_url("i.png")}"/><use href="{_url("u.svg")}#a"/></svg>',
        f'<form id="form" action="{_url()}"><input name="a"></form><a id="link" href="{_url()}" ping="{_url()}">link</a>',
        '<iframe src="mailto:x@canary-test.example"></iframe><iframe src="chrome://gpu"></iframe><iframe src="/marker.bin"></iframe>',
        '<iframe src="data:application/octet-stream,CANARY-DOWNLOAD"></iframe><a download="x" href="data:text/x,CANARY-DOWNLOAD" id="down">d</a>',
    ))
    script = f"""<script>document.title = 'RAN';
    const attempt = way => {{ try {{ way() }} catch (error) {{}} }};
    attempt(() => fetch('{_url()}').catch(() => 0));
    attempt(() => {{ const x = new XMLHttpRequest(); x.open('GET', '{_url()}'); x.send() }});
    attempt(() => navigator.sendBeacon('{_url()}', 'x')); attempt(() => new WebSocket('wss://{next(HOSTS)}/'));
    attempt(() => new WebSocket('ws://198.51.100.9:9000/')); attempt(() => new EventSource('{_url()}'));
    attempt(() => new WebTransport('https://{next(HOSTS)}:443/'));
    attempt(() => {{ const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:198.51.100.10:3478'}}, {{urls: 'stun:{next(HOSTS)}:3478'}},
      {{urls: 'turn:198.51.100.11:3478', username: 'u', credential: 'c'}}]}}); p.createDataChannel('x');
      p.createOffer().then(o => p.setLocalDescription(o)) }});
    attempt(() => new Worker(URL.createObjectURL(new Blob(['fetch("{_url()}")'])))); attempt(() => import('{_url("m.js")}').catch(() => 0));
    attempt(() => {{ new Image().src = '{_url()}' }}); attempt(() => window.open('{_url()}'));
    attempt(() => localStorage.setItem('CANARY-STORED', '1')); attempt(() => indexedDB.open('CANARY-STORED'));
    attempt(() => {{ document.cookie = 'CANARY=1' }}); attempt(() => navigator.serviceWorker.register('/sw.js').catch(() => 0));
    attempt(() => Notification.requestPermission()); attempt(() => navigator.geolocation.getCurrentPosition(() => 0));
    attempt(() => document.getElementById('down').click()); attempt(() => document.getElementById('link').click());
    </script>"""
    return f"<!doctype html><html><head><meta charset=utf-8><title>Canary</title>{head}</head><body>{body}{script}</body></html>"


def sent() -> int:
    """How many packets every interface of this network has sent."""
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return sum(int(line.partition(":")[2].split()[9]) for line in lines)


def main(mode: str, folder: Path, file: str | None = None) -> None:
    """Look at the page for a while."""
    text = Path(file).read_bytes() if file else page().encode()
    found = _look_bare(text, folder) if mode == "bare" else _look_guarded(text, folder)
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _wait(app: object, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.01)


def _look_guarded(text: bytes, folder: Path) -> dict[str, object]:
    from archive import namespaces
    from archive.front_desk import IN_THIS_PROCESS
    from archive.model.source import Ending, Exchange, Fetched
    from archive.words import say
    from viewer.app import make_application
    from viewer.look.themes import theme
    from viewer.sources import engine
    from viewer.work.runner import Lane, TaskRunner

    address = "https://canary.example/"
    exchange = Exchange(
        address=address, method="GET", status=200, reason="OK", request_headers=(),
        answer_headers=(("Content-Type", "text/html; charset=utf-8"), ("Link", "<https://headers.example>; rel=preconnect")),
        fetched_at=datetime(2025, 3, 1, tzinfo=UTC), http_version="HTTP/1.1", body=text,
    )  # fmt: skip
    marker = msgspec_replace(
        exchange, address=f"{address}marker.bin", kind="application/octet-stream", body=b"CANARY-DOWNLOAD" * 99
    )
    app = make_application()
    desk = IN_THIS_PROCESS.new(folder / "Canary.ibid", title="Canary", passphrase="not for writing down" * 2)
    desk.keep(Fetched(address=address, ending=Ending.COMPLETE, exchanges=(exchange,), requisites=(marker,)))
    capture = desk.source(address).captures[0]
    engine.start_engine()
    from viewer.sources.capture_view import CaptureView, end_now, has_ended

    runner, view = TaskRunner(), CaptureView(say, theme=theme("light"))
    links: list[str] = []
    view.link_wanted.connect(links.append)

    def ask(wanted, done, failed):
        runner.start(Lane.SHOW, lambda _job: desk.part(capture.capture, wanted), owner=view, done=done, failed=failed)

    before = sent()
    view.show()
    view.show_capture(address, ask)
    _wait(app, 2.5)
    said: list[str] = []
    view.page.toPlainText(said.append)
    view.page.runJavaScript("for (const a of document.links) a.click(); document.forms[0] && document.forms[0].submit()", 1)
    _wait(app, 1.5)
    found = {
        "packets": sent() - before, "title": view.page.title(), "shown": said[0] if said else "", "links": links,
        "asked": len(view.answers.served) + len(view.answers.missing), "blocked": view.guard.blocked,
        "is_confined": namespaces.is_inside(view.page.renderProcessPid()), "is_allowed": engine.is_allowed(),
    }  # fmt: skip
    view.show_nothing()
    end_now()
    found["ended"] = has_ended()
    runner.close()
    desk.close()
    return found


def msgspec_replace(exchange, *, address: str, kind: str, body: bytes):
    """The same exchange at another address with another body."""
    import msgspec

    return msgspec.structs.replace(exchange, address=address, answer_headers=(("Content-Type", kind),), body=body)


def _look_bare(text: bytes, folder: Path) -> dict[str, object]:
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox --disable-gpu"
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    file = folder / "canary.html"
    file.write_bytes(text)
    before, titles = sent(), []
    view = QWebEngineView()
    view.titleChanged.connect(titles.append)
    view.page().settings().setAttribute(view.page().settings().WebAttribute.LocalContentCanAccessRemoteUrls, True)
    view.show()
    view.load(QUrl.fromLocalFile(str(file)))
    _wait(app, 3)
    return {"packets": sent() - before, "titles": titles}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:4])
