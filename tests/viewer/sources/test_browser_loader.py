"""Pages that their own scripts build: a real browser in its own process, real sites on the loopback, and everything a page may try."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path
from urllib.parse import urljoin

import pytest

from archive.capture.fetcher import Fetcher
from archive.errors import BrowserUnavailable, ProcessLost
from archive.formats.reader import Reader
from archive.intake.capture_sources import keep
from archive.machine import IS_LINUX
from archive.model.source import FROZEN, Ending, Fetched, FetchOrder, SourceState, Way, page_of
from archive.namespaces import are_allowed
from archive.progress import Cancelled
from archive.settings import CaptureLimits
from archive.storage.folder import ArchiveFolder
from tests.viewer.sources import built_site as built

OPENSSL = shutil.which("openssl")
MODULE = "viewer.sources.browser_loader"
WITHOUT_SANDBOX = "IBID_TEST_SUITE_BROWSES_WITHOUT_SANDBOX"
LIMITS = CaptureLimits(page_s=20.0, body_bytes=8 << 20, pace_s=0.0)


@pytest.fixture(scope="module")
def may_browse() -> Iterator[None]:
    """As root, or where there is no sandbox to be had, the suite does without; nobody else may."""
    with pytest.MonkeyPatch.context() as patch:
        if not are_allowed():
            patch.setenv(WITHOUT_SANDBOX, "1")
        yield


@pytest.fixture(scope="module")
def browser(may_browse) -> Iterator[Fetcher]:
    with Fetcher(LIMITS, module=MODULE, name="browser") as opened:
        yield opened


@pytest.fixture(scope="module")
def hasty(may_browse) -> Iterator[Fetcher]:
    with Fetcher(CaptureLimits(page_s=4.0, body_bytes=1 << 20, pace_s=0.0), module=MODULE, name="browser") as opened:
        yield opened


@pytest.fixture
def site() -> Iterator:
    with built.open_site() as other, built.open_site(other.at("", host="localhost")) as opened:
        yield opened


def _load(browser: Fetcher, address: str, *, allowed: tuple[str, ...] = ("127.0.0.1", "localhost"), first: int = 0) -> Fetched:
    return browser.load(FetchOrder(address=address, allowed_private=allowed, first_words=first))


def _frozen(fetched: Fetched) -> str:
    page = page_of(fetched.exchanges)
    assert page is not None, fetched.error
    assert page.method == FROZEN
    return page.body.decode()


def _children_of(process: int) -> list[int]:
    """The processes under one, all the way down."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [child for child, parent in parents.items() if parent == process]
    return found + [one for child in found for one in _children_of(child)]


def _until(is_so, limit_s: float = 5.0) -> bool:
    end_s = time.monotonic() + limit_s
    pause = threading.Event()
    while not is_so() and time.monotonic() < end_s:
        pause.wait(0.02)
    return is_so()


def _are_gone(processes: list[int]) -> bool:
    return not any(Path(f"/proc/{one}").exists() for one in processes)


@pytest.fixture(scope="module")
def loaded(browser) -> tuple[Fetched, built.Site]:
    """The page with everything, reached by a redirect; and its site, which stands no more."""
    with built.open_site() as other, built.open_site(other.at("", host="localhost")) as opened:
        return _load(browser, opened.at("/moved#part"), first=3), opened


def test_a_page_built_by_scripts_is_frozen_with_all_that_it_shows(loaded, tmp_path) -> None:
    fetched, site = loaded
    assert (fetched.ending, fetched.error, fetched.way) == (Ending.COMPLETE, None, Way.BROWSER)
    _, served, frozen = fetched.exchanges
    assert (served.method, served.status, served.address) == ("GET", 200, site.at("/built"))
    assert served.body == site.pages["/built"][1]
    assert ("X-MiXeD-CaSe", "kept") in served.answer_headers
    assert (frozen.method, frozen.status, frozen.address, frozen.charset) == (FROZEN, 200, site.at("/built"), "utf-8")

    page = _frozen(fetched)
    wanted = [
        *(*built.ITEMS, "This sentence came late", "Words that stand in a shadow tree.", "Words behind a closed door."),
        *("letter-spacing: 3px", ".adopted { color: rgb(7, 7, 7)", ".inserted { color: rgb(9, 9, 9)", "color: rgb(1, 2, 3)"),
        *('value="typed words"', ">written words<", '<option selected="">Two', 'checked=""', '<details id="more" open="">'),
        *(
            "Words in a frame without an address.",
            '<meta charset="utf-8">',
            '{"@type": "NewsArticle"}',
            "<title>List of hearings<",
        ),
    ]
    assert [words for words in wanted if words not in page] == []
    unwanted = ["<noscript", "<script>", "src=/app.js", "onclick", "never kept", "hush", "preconnect", "windows-1251", "srcset"]
    assert [words for words in unwanted if words in page] == []
    pictures = dict(re.findall(r'<img id="(\w+)"[^>]*? src="([^"]*)"', page))
    assert built.is_png(pictures["drawn"])
    assert built.is_png(pictures["blob"])
    assert pictures["pic"] == site.at("/small.png")

    had = {one.address: one.body for one in fetched.requisites if one.method == "GET"}
    for path in ("/style.css", "/small.png", "/back.png", "/lazy.png", "/own.ttf", "/data.json", "/app.js", "/tone.wav"):
        assert had[site.at(path)] == site.pages[path][1], path
    for found in re.findall(r'(?:src|href)="([^"#]+)"', page):
        address = urljoin(site.at("/built"), found)
        assert found.startswith("data:") or address in had or address.endswith("/favicon.ico"), found
    (frame,) = [one for one in fetched.requisites if one.method == FROZEN]
    assert "Words of another site in a frame." in frame.body.decode()
    assert frame.address in had
    assert fetched.evidence.missing == ()

    with ArchiveFolder.create(tmp_path / "Notes.ibid", title="Notes") as folder, Reader() as reader:
        outcome = keep(folder, reader, fetched)
    assert outcome.state is SourceState.SAVED
    assert outcome.compared is not None
    assert outcome.compared.first == 3 < outcome.compared.second


_TRIES = """<!doctype html><title>Tries</title><body><p id=said></p><img src="http://%(victim)s/img"><iframe src="http://%(victim)s/frame"></iframe>
<iframe src="file:///etc/passwd"></iframe><link rel=stylesheet href="http://169.254.169.254/style.css"><object data="http://%(victim)s/object"></object>
<link rel=dns-prefetch href="//prefetch.example.org"><link rel=preconnect href="http://%(victim)s/">
<script>
const said = [];
const tell = (name, how) => { said.push(name + '=' + how); document.querySelector('#said').textContent = said.sort().join(' '); };
const tries = { fetch: 'http://%(victim)s/fetch', meta: 'http://169.254.169.254/latest/meta-data/', v6: 'http://[::1]:%(port)s/v6', file: 'file:///etc/passwd',
  name: 'http://printer.local/', decimal: 'http://2130706433:%(port)s/decimal', own: '/own' };
for (const [name, address] of Object.entries(tries)) fetch(address, {mode: name === 'own' ? 'cors' : 'no-cors'}).then(() => tell(name, 'came'), () => tell(name, 'failed'));
const socket = new WebSocket('ws://%(victim)s/socket'); socket.onopen = () => tell('socket', 'came'); socket.onerror = () => tell('socket', 'failed');
navigator.sendBeacon('http://%(victim)s/beacon', 'x');
new EventSource('http://%(victim)s/events').onerror = (event) => { event.target.close(); tell('events', 'failed'); };
new Worker(URL.createObjectURL(new Blob(["fetch('http://%(victim)s/worker', {mode: 'no-cors'}).then(() => postMessage('came'), () => postMessage('failed'))"])))
  .onmessage = (event) => tell('worker', event.data);
const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:%(victim)s'}, {urls: 'turn:%(victim)s?transport=tcp', username: 'a', credential: 'b'}]});
peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
const found = []; peer.onicecandidate = (event) => { if (event.candidate) found.push(event.candidate.candidate); else tell('peer', found.length); };
setTimeout(() => tell('end', 'now'), 350);
</script>"""


def test_scripts_reach_no_address_that_the_policy_refuses(browser, site) -> None:
    with built.open_site() as victim, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", victim.server_port))
        heard.setblocking(False)
        site.put("/own", "<p>own")
        address = site.put("/tries", _TRIES % {"victim": f"127.0.0.1:{victim.server_port}", "port": victim.server_port})
        fetched = _load(browser, address.replace("127.0.0.1", "localhost"), allowed=("localhost",))
        assert victim.seen == []
        with pytest.raises(BlockingIOError):
            heard.recv(1)
    said = dict(part.split("=") for part in re.search(r'<p id="said">([^<]*)</p>', _frozen(fetched))[1].split())
    assert said.pop("own") == "came"
    assert said.pop("end") == "now"
    assert said.pop("peer", "0") == "0"
    assert {"fetch", "meta", "v6", "file", "name", "decimal", "socket", "worker", "events"} <= set(said)
    assert set(said.values()) == {"failed"}
    missing = {part.address: part.error for part in fetched.evidence.missing}
    assert missing[f"http://127.0.0.1:{victim.server_port}/img"] == "request-refused"


_RUDE = """<!doctype html><title>Rude</title><body onbeforeunload="return 'stay'"><p id=said></p><a id=load href=/download download>x</a><input type=file id=file><script>
const said = [];
const tell = (how) => { said.push(how); document.querySelector('#said').textContent = said.join(' '); };
alert('one'); tell('alert'); tell('confirm:' + confirm('two')); tell('prompt:' + prompt('three'));
tell('window:' + window.open('/built')); print(); tell('print');
document.querySelector('#load').click(); document.querySelector('#file').click();
onbeforeunload = (event) => { event.preventDefault(); return 'stay'; };
Notification.requestPermission().then((how) => tell('notify:' + how));
navigator.geolocation.getCurrentPosition(() => tell('place'), () => tell('no-place'));
navigator.mediaDevices?.getUserMedia({audio: true}).then(() => tell('heard'), () => tell('no-hearing'));
navigator.clipboard?.readText().then(() => tell('read'), () => tell('no-reading'));
document.documentElement.requestFullscreen().catch(() => tell('no-fullscreen'));
for (let n = 0; n < 3; n++) { const frame = document.createElement('iframe'); frame.src = '/download'; document.body.append(frame); }
location.href = 'mailto:a@example.org';
debugger; tell('debugger');
</script>"""


def test_a_page_that_asks_and_shouts_is_answered_no_and_frozen(browser, site, tmp_path, monkeypatch) -> None:
    address = site.put("/rude", _RUDE)
    frozen = _frozen(_load(browser, address))
    said = re.search(r'<p id="said">([^<]*)</p>', frozen)[1].split()
    wanted = {
        "alert",
        "confirm:false",
        "prompt:null",
        "window:null",
        "print",
        "debugger",
        "notify:denied",
        "no-place",
        "no-fullscreen",
    }
    assert wanted <= set(said)
    assert not {"place", "heard", "read"} & set(said)


def test_a_redirect_is_kept_and_what_names_the_visitor_is_not(loaded) -> None:
    fetched, site = loaded
    assert [(one.method, one.status) for one in fetched.exchanges] == [("GET", 302), ("GET", 200), (FROZEN, 200)]
    assert ("Location", "/built") in fetched.exchanges[0].answer_headers
    headers = {
        name.lower() for one in fetched.exchanges + fetched.requisites for name, _ in one.request_headers + one.answer_headers
    }
    assert not {"cookie", "set-cookie", "proxy-authorization", "proxy-connection"} & headers
    assert "cookie" in {name.lower() for path, asked in site.seen if path == "/built" for name in asked}
    asked = dict(site.seen)["/built"]
    named = " ".join(value for name, value in asked.items() if name.lower().startswith(("sec-ch-ua", "user-agent")))
    assert "Windows" in named
    assert not [word for word in ("Linux", "X11", "QtWebEngine") if word in named]


def test_an_error_page_that_scripts_build_stays_an_error(browser, site) -> None:
    fetched = _load(browser, site.at("/gone"))
    assert "Built, but gone" in _frozen(fetched)
    assert fetched.exchanges[-1].status == 404


@pytest.mark.parametrize(
    ("path", "error", "reason"),
    [("/download", "page-broke", "no_page"), ("/small.png", "page-broke", "no_page"), (":1/", "request-refused", "port")],
)
def test_what_is_no_page_is_said_so(browser, site, path, error, reason) -> None:
    address = site.at(path) if path.startswith("/") else f"http://example.org{path}"
    fetched = _load(browser, address)
    assert (fetched.ending, fetched.error, fetched.facts["reason"]) == (Ending.FAILED, error, reason)
    assert fetched.exchanges == ()


@pytest.mark.skipif(OPENSSL is None, reason="making a certificate needs the program openssl")
def test_a_certificate_that_signed_itself_is_not_taken(browser, site, tmp_path) -> None:
    key, made = tmp_path / "key.pem", tmp_path / "made.pem"
    assert OPENSSL is not None
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-keyout", str(key), "-out", str(made), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
        timeout=20,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    fetched = _load(browser, site.at("/gone", host="localhost").replace("http:", "https:"))
    assert (fetched.ending, fetched.error, fetched.facts["reason"]) == (Ending.FAILED, "host-unreachable", "tls")
    assert site.seen == []


def test_an_endless_page_is_frozen_as_far_as_it_came(hasty, site) -> None:
    fetched = _load(hasty, site.at("/endless"))
    assert (fetched.ending, fetched.error) == (Ending.PARTIAL, "took-too-long")
    assert "It begins with some words." in _frozen(fetched)
    assert fetched.duration_ms < 5000


def test_a_script_without_end_is_told_and_the_next_page_is_loaded(hasty, site) -> None:
    fetched = _load(hasty, site.put("/loop", "<!doctype html><p>Words<script>onload = () => { for (;;) ; }</script>"))
    assert fetched.ending is Ending.FAILED
    assert fetched.error in {"page-broke", "took-too-long"}
    assert "Built, but gone" in _frozen(_load(hasty, site.at("/gone")))


@pytest.mark.skipif(not IS_LINUX, reason="looks into /proc")
def test_cancelling_leaves_the_page_at_once_and_a_killed_renderer_is_told(browser, site) -> None:
    address = site.put("/wait", "<!doctype html><p>Words<script>setInterval(() => document.body.append('more '), 50)</script>")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_load, browser, address)
        assert _until(lambda: "/wait" in site.asked)
        browser.cancel()
        with pytest.raises(Cancelled):
            waiting.result()
        waiting = pool.submit(_load, browser, address)
        assert _until(lambda: site.asked.count("/wait") == 2)
        for child in _children_of(browser._child.process.pid):
            if b"--type=renderer" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(child, signal.SIGKILL)
        fetched = waiting.result()
    assert (fetched.ending, fetched.error, fetched.facts["reason"]) == (Ending.FAILED, "page-broke", "crash")


def _shared_memory_of(process: int) -> int | None:
    """Which file system a process has its shared memory in; None for one that has ended meanwhile."""
    try:
        return Path("/proc", str(process), "root", "dev", "shm").stat().st_dev
    except OSError:
        return None


@pytest.mark.skipif(not IS_LINUX, reason="looks into /proc")
def test_killed_in_the_middle_it_leaves_no_process_and_no_file(may_browse, site, tmp_path, monkeypatch) -> None:
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    address = site.put("/busy", "<!doctype html><p>Words<script>setInterval(() => document.body.append('more '), 20)</script>")
    with Fetcher(LIMITS, module=MODULE, name="browser") as browser, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_load, browser, address)
        assert _until(lambda: "/busy" in site.asked)
        family = _children_of(browser._child.process.pid)
        assert len(family) >= 3
        own_memory = {_shared_memory_of(one) for one in (browser._child.process.pid, *family)} - {None}
        assert len(own_memory - {_shared_memory_of(os.getpid())}) == 1
        browser._child.process.kill()
        with pytest.raises(ProcessLost) as lost:
            waiting.result()
    assert lost.value.facts == {"process": "browser"}
    assert _until(lambda: _are_gone(family)), "processes left over"
    assert list(tmp_path.rglob("*")) == []


def test_the_archive_finds_its_browser_without_knowing_it() -> None:
    found = [entry.value for entry in entry_points(group="ibid.browser", name="loader")]
    assert found == [MODULE], "what is installed is older than pyproject.toml: make .venv/run"


@pytest.mark.skipif(not IS_LINUX, reason="who root is, is a question of POSIX")
def test_without_its_sandbox_it_does_not_start_and_says_why(monkeypatch) -> None:
    if are_allowed():
        pytest.skip("the sandbox holds here")
    monkeypatch.delenv(WITHOUT_SANDBOX, raising=False)
    with pytest.raises(BrowserUnavailable) as why:
        Fetcher(LIMITS, module=MODULE, name="browser")
    assert why.value.facts["reason"] == ("root" if os.geteuid() == 0 else "sandbox")
